//! A table of two factors: the first across, the second down, its last level at the top as in the chart.

use super::{SweepView, decimals, marked, put};
use crate::results::PointFigure;

/// More columns do not fit into 80 characters.
const WIDEST: usize = 10;
/// More rows are no table any more.
const TALLEST: usize = 20;

/// The table; nothing where the sweep is no such grid.
pub(super) fn table(view: &SweepView<'_>) -> Option<String> {
    let [across, down] = view.info.factors.as_slice() else { return None };
    let (mut columns, mut rows): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut placed: Vec<(usize, usize, &PointFigure)> = Vec::new();
    for point in view.figures {
        let cells = (view.cells)(point.point);
        let [Some(x), Some(y)] = cells.as_slice() else { return None };
        let position = |known: &mut Vec<String>, label: &str| {
            known.iter().position(|one| one == label).unwrap_or_else(|| {
                known.push(label.to_owned());
                known.len() - 1
            })
        };
        placed.push((position(&mut columns, &x.label), position(&mut rows, &y.label), point));
    }
    let full = placed.len() == columns.len() * rows.len();
    let widest = columns.iter().map(|label| label.chars().count()).max()?;
    if !full || columns.len() > WIDEST || rows.len() > TALLEST || columns.len() * (widest.max(6) + 2) > 64 {
        return None;
    }
    let decimals = decimals(view);
    let figure = |column: usize, row: usize| {
        let found = placed.iter().find(|(x, y, _)| (*x, *y) == (column, row));
        found.map_or_else(String::new, |(.., point)| marked(view, point, decimals))
    };
    let width = (0..columns.len())
        .flat_map(|column| (0..rows.len()).map(move |row| (column, row)))
        .map(|(column, row)| figure(column, row).chars().count())
        .max()?
        .max(widest + 1);
    let margin = rows.iter().map(|label| label.chars().count()).max()?.max(down.label.chars().count()) + 2;
    let mut text = String::new();
    put(&mut text, &format!("{:margin$}  {}", "", across.label));
    let heads: String = columns.iter().map(|label| format!("{label:>width$} ")).collect();
    put(&mut text, &format!("{:<margin$}{heads}", format!("  {}", down.label)));
    for row in (0..rows.len()).rev() {
        let line: String = (0..columns.len()).map(|column| format!(" {:>width$}", figure(column, row))).collect();
        put(&mut text, &format!("{:>margin$}{line}", rows[row]));
    }
    Some(text)
}
