//! The file of a `list` block: a CSV with a column for each factor of the block, and a row for each point.

use super::factor::{Factor, Level, Scale};
use super::keys::Keys;
use crate::scenario::check;
use crate::scenario::problem::ProblemKind;
use crate::scenario::quantity::Decimal;
use crate::scenario::source::Span;

/// The rows of the file, as positions of levels in the order of `varying`.
///
/// A cell is the label of a level; a number is found among the levels by its value.
///
/// A factor without levels of its own takes what stands in its cells for its levels, in the order in which they come; `units` has the units
/// of those known so far, and `level` makes a level of a cell.
pub(super) fn read(
    keys: &Keys<'_>,
    factors: &mut [Factor],
    varying: &[usize],
    units: &mut [Option<Vec<Option<String>>>],
    level: impl Fn(&Factor, (&str, Span)) -> Option<(Level, Option<String>)>,
) -> Option<Vec<Vec<usize>>> {
    let name = keys.text("file")?;
    let ids: Vec<&str> = varying.iter().map(|at| factors[*at].id.as_str()).collect();
    let table = check::columns(keys.book, &name.text, keys.value("file")?.span, &ids)?;
    let mut rows = Vec::new();
    let mut fine = true;
    for cells in table {
        let mut row = Vec::new();
        for (at, (cell, span)) in varying.iter().zip(cells) {
            if let Some(units) = &mut units[*at]
                && !cell.is_empty()
            {
                match level(&factors[*at], (&cell, span)) {
                    Some(made) => row.push(among(&mut factors[*at], units, made)),
                    None => fine = false,
                }
                continue;
            }
            match position(&factors[*at], &cell) {
                Some(position) => row.push(position),
                None => {
                    let message = format!("{cell:?} is no level of {}", factors[*at].id);
                    keys.book.report(ProblemKind::Data, span, message, Some(levels(&factors[*at])));
                    fine = false;
                }
            }
        }
        rows.push(row);
    }
    if rows.is_empty() && fine {
        return keys.wrong("file", "has no rows below its first", "");
    }
    fine.then_some(rows)
}

/// The position of a level among those known, to which it is added where it is new.
fn among(factor: &mut Factor, units: &mut Vec<Option<String>>, (made, unit): (Level, Option<String>)) -> usize {
    let Scale::Levels(levels) = &mut factor.scale else { unreachable!("only levels are taken from lists") };
    let same = |(level, other): (&Level, &Option<String>)| {
        level.label == made.label || (made.number.is_some() && level.number == made.number && *other == unit)
    };
    if let Some(known) = levels.iter().zip(&*units).position(same) {
        return known;
    }
    units.push(unit);
    levels.push(made);
    levels.len() - 1
}

fn position(factor: &Factor, cell: &str) -> Option<usize> {
    let number = Decimal::read(cell).ok().map(Decimal::real);
    (0..factor.levels()?).find(|at| {
        let level = factor.level(*at);
        level.label == cell || (number.is_some() && level.number == number)
    })
}

fn levels(factor: &Factor) -> String {
    match &factor.scale {
        Scale::Levels(levels) => format!("levels: {}", levels.iter().map(|level| level.label.as_str()).collect::<Vec<_>>().join(", ")),
        Scale::Range { .. } => "a range has levels only with steps or whole".to_owned(),
    }
}
