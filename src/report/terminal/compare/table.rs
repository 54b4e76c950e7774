//! One row a figure: base, variant, difference with its interval, verdict.

use crate::report::difference::{places, places_of, words};
use crate::report::style::Style;
use crate::report::words::{capital, figure, plain, signed, wrapped};
use crate::results::{Comparison, Contrast, Figure, Measure, PairedResponse};
use std::fmt::Write as _;

/// Longest name of a scenario that may head a column.
const LONGEST: usize = 10;
/// Fewest columns for the words at the left.
const NARROW: usize = 18;
/// Columns that a wrapped verdict needs.
const VERDICT: usize = 12;

/// The cells of a row.
type Row = [String; 5];

/// The table of one variant.
pub(super) fn table(comparison: &Comparison, contrast: &Contrast, style: Style) -> String {
    let heading = |label: &str, word: &str| if label.chars().count() <= LONGEST { label.to_owned() } else { word.to_owned() };
    let head: Row = [
        String::new(),
        heading(&comparison.base.label, "base"),
        heading(&contrast.variant.label, "variant"),
        "difference".into(),
        "verdict".into(),
    ];
    let rows: Vec<Row> = contrast.responses.iter().flat_map(|one| one.figures.iter().map(|figure| row(one, figure))).collect();
    let wide = |column: usize| rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let numbers = wide(1) + wide(2) + wide(3);
    let left = |verdict: usize| 80_usize.saturating_sub(2 + numbers + verdict + 4 * 2);
    let verdict = if left(wide(4)) < NARROW { VERDICT } else { wide(4) };
    let label = left(verdict).clamp(12, wide(0).max(12));
    let mut text = String::new();
    for (i, row) in [&head].into_iter().chain(&rows).enumerate() {
        let (labels, verdicts) = (wrapped(&row[0], label), wrapped(&row[4], verdict));
        for line in 0..labels.len().max(verdicts.len()).max(1) {
            let at = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
            let number = |column: usize| if line == 0 { row[column].as_str() } else { "" };
            let cells = format!(
                "  {:<label$}  {:>base$}  {:>variant$}  {:<difference$}  {}",
                at(&labels),
                number(1),
                number(2),
                number(3),
                at(&verdicts),
                base = wide(1),
                variant = wide(2),
                difference = wide(3),
            );
            let cells = cells.trim_end();
            let cells = if i == 0 { style.strong(cells) } else { cells.to_owned() };
            writeln!(text, "{cells}").expect("a String takes everything");
        }
    }
    text
}

fn row(one: &PairedResponse, of: &Figure) -> Row {
    let which = match of.measure {
        Measure::Mean if one.figures.len() > 1 => " (mean)".into(),
        Measure::Mean => String::new(),
        Measure::Quantile(p) => format!(" ({} in 10 by)", plain(p * 10.0)),
    };
    let number = |value: Option<f64>| match (value, of.difference) {
        (None, _) => "unknown".into(),
        (Some(value), Some(difference)) if difference.half_width() > 0.0 && difference.half_width().is_finite() => {
            figure(value, places(difference.half_width()))
        }
        (Some(value), _) => plain(value),
    };
    let label = format!("{}{which}", capital(&words(&one.info)));
    [label, number(of.base), number(of.variant), difference(one, of), one.verdict(of).to_owned()]
}

/// `−4.1 (−4.8 to −3.4)`.
fn difference(one: &PairedResponse, of: &Figure) -> String {
    let Some(difference) = of.difference else { return "unknown".into() };
    if one.identical() {
        return "0 in every pair".into();
    }
    let places = places_of(&difference);
    let end = |x: f64| match x {
        x if x.is_finite() => signed(x, places),
        _ => "unknown".into(),
    };
    format!("{} ({} to {})", signed(difference.estimate, places), end(difference.lower), end(difference.upper))
}
