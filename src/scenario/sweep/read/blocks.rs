//! The blocks of a sweep file: which factors vary in them, and in which design.

use super::factors::one_unit;
use super::{Reading, tables};
use crate::scenario::document::Table;
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::Span;
use crate::scenario::sweep::factor::{Factor, Scale};
use crate::scenario::sweep::keys::Keys;
use crate::scenario::sweep::tables::{BLOCK, DESIGNS, MOST};
use crate::scenario::sweep::{Block, Design, list};

/// What the lists of a sweep say of factors that have no levels of their own.
struct Lists {
    /// One a factor: the units of its levels so far; `None` where the factor has levels of its own, or a range.
    units: Vec<Option<Vec<Option<String>>>>,
}

impl Lists {
    fn of(factors: &[Factor]) -> Self {
        Self { units: factors.iter().map(|factor| factor.is_open().then(Vec::new)).collect() }
    }
}

impl Reading<'_> {
    /// Reads the blocks; factors without levels get those that lists name.
    pub(super) fn blocks(&self, root: &Table, factors: &mut [Factor]) -> Vec<Block> {
        let tables = tables(root, "block");
        if tables.is_empty() && root.get("block").is_none() {
            let start = Span { file: 0, start: 0, end: 0 };
            self.book.error(start, "there is no [[block]]", "[[block]] says in which combinations: design = \"grid\"");
        }
        let mut lists = Lists::of(factors);
        let blocks = tables.into_iter().filter_map(|(table, span)| self.block(root, table, span, factors, &mut lists)).collect();
        let fine = !self.book.has_errors();
        for (factor, units) in factors.iter_mut().zip(&lists.units) {
            let Some(units) = units else { continue };
            if factor.is_open() && fine {
                self.no_levels(root, factor);
            }
            if let Scale::Levels(levels) = &mut factor.scale {
                factor.unit = one_unit(levels, units);
            }
        }
        blocks
    }

    fn block(&self, root: &Table, table: &Table, span: Span, factors: &mut [Factor], lists: &mut Lists) -> Option<Block> {
        let keys = Keys::new(self.book, table, span, "block", &BLOCK);
        let word = keys.text("design")?;
        if !DESIGNS.contains(&word.text.as_str()) {
            let near = did_you_mean(&word.text, DESIGNS.iter().copied());
            let help = near.map_or_else(|| format!("designs: {}", DESIGNS.join(", ")), |near| format!("did you mean {near:?}?"));
            return keys.wrong("design", format!("is {:?}, which is none", word.text), help);
        }
        keys.of_design(&word.text);
        let varying = self.varying(&keys, factors)?;
        let without = varying.iter().filter(|at| word.text != "list" && lists.units[**at].is_some());
        without.for_each(|at| self.no_levels(root, &factors[*at]));
        let design = match word.text.as_str() {
            "grid" => Design::Grid,
            "zip" => Design::Zip,
            "list" => {
                Design::List(list::read(&keys, factors, &varying, &mut lists.units, |factor, cell| self.level_of_cell(root, factor, cell))?)
            }
            "lhs" => Design::Lhs(keys.whole("points")? as u32),
            "sobol" => {
                let rows = keys.whole("rows")?;
                if !rows.is_power_of_two() {
                    let near = rows.next_power_of_two();
                    return keys.wrong("rows", format!("is {rows}, but must be a power of two"), format!("write rows = {near}"));
                }
                Design::Sobol { rows: rows as u32, second_order: keys.flag("second_order") }
            }
            "morris" => {
                let trajectories = keys.whole("trajectories")? as u32;
                let levels = keys.whole("levels")?;
                if levels % 2 != 0 {
                    return keys.wrong("levels", format!("is {levels}, but must be even"), "write levels = 4");
                }
                Design::Morris { trajectories, levels: levels as u32 }
            }
            _ => {
                let generators = keys.texts("generators").unwrap_or_default();
                Design::Factorial(generators.into_iter().map(|written| written.text).collect())
            }
        };
        self.countable(&keys, &design, &varying, factors)?;
        Some(Block { design, factors: varying, place: word.place })
    }

    /// The factors of a block.
    fn varying(&self, keys: &Keys<'_>, factors: &[Factor]) -> Option<Vec<usize>> {
        if keys.value("factors").is_none() {
            return Some((0..factors.len()).collect());
        }
        let mut varying = Vec::new();
        for name in keys.texts("factors")? {
            match factors.iter().position(|factor| factor.id == name.text) {
                Some(at) if varying.contains(&at) => {
                    keys.wrong::<()>("factors", format!("names {:?} twice", name.text), "").unwrap_or_default();
                }
                Some(at) => varying.push(at),
                None => {
                    let near = did_you_mean(&name.text, factors.iter().map(|factor| factor.id.as_str()));
                    let help = near.map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
                    keys.wrong::<()>("factors", format!("names {:?}, which is no factor", name.text), help).unwrap_or_default();
                }
            }
        }
        Some(varying)
    }

    /// A grid and a zip count levels; what cannot be counted or is too much is a problem.
    fn countable(&self, keys: &Keys<'_>, design: &Design, varying: &[usize], factors: &[Factor]) -> Option<()> {
        let counted = matches!(design, Design::Grid | Design::Zip);
        if let Some(at) = varying.iter().find(|at| counted && factors[**at].levels().is_none()) {
            let id = &factors[*at].id;
            return keys.wrong("design", format!("needs levels, but {id} has a range"), format!("give {id} levels, or steps = 5"));
        }
        let counts: Vec<u64> = varying.iter().filter_map(|at| factors[*at].levels()).map(|n| n as u64).collect();
        let points = match design {
            Design::Grid => counts.iter().try_fold(1_u64, |product, n| product.checked_mul(*n)),
            Design::Zip if counts.windows(2).any(|pair| pair[0] != pair[1]) => {
                return keys.wrong("design", "is zip, but its factors have different numbers of levels", "a zip takes one level of each");
            }
            Design::Sobol { rows, second_order } => {
                u64::from(*rows).checked_mul(varying.len() as u64 * if *second_order { 2 } else { 1 } + 2)
            }
            Design::Morris { trajectories, .. } => Some(u64::from(*trajectories) * (varying.len() as u64 + 1)),
            _ => Some(1),
        };
        match points {
            Some(points) if points <= MOST => Some(()),
            _ => keys.wrong("design", format!("makes more than {MOST} points"), "leave levels or factors out"),
        }
    }
}
