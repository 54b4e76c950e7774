//! One row an input, most important first, and the noise floor below them.

use crate::report::difference::places;
use crate::report::style::Style;
use crate::report::words::{figure, wrapped};
use crate::results::{Measures, ResponseSensitivity, Sensitivity};
use crate::stats::Interval;
use std::fmt::Write as _;

/// Widest name of an input; longer ones go on in a further line.
const WIDEST: usize = 24;

/// The table of one response.
pub(super) fn table(analysis: &Sensitivity, response: &ResponseSensitivity, style: Style) -> String {
    let (head, mut rows) = match &response.measures {
        Measures::Sobol(_) => (["", "total", "alone", ""], Vec::new()),
        Measures::Morris(_) => (["", "mean size (mu*)", "mean (mu)", "spread (sigma)"], Vec::new()),
        Measures::Unknown => return "  nothing can be said\n".into(),
    };
    for factor in response.measures.ranking() {
        let name = analysis.factors[factor].label.clone();
        rows.push(match &response.measures {
            Measures::Sobol(found) => [name, share(&found.total[factor]), share(&found.first[factor]), String::new()],
            Measures::Morris(found) => {
                let one = &found.factors[factor];
                let digits = places(one.mu_star.half_width());
                [name, with_ends(&one.mu_star, digits), figure(one.mu.estimate, digits), figure(one.sigma.estimate, digits)]
            }
            Measures::Unknown => unreachable!("has no ranking"),
        });
    }
    rows.extend(floor(&response.measures));
    laid_out(head.map(String::from), &rows, style)
}

/// What an input without any effect would show.
fn floor(measures: &Measures) -> Option<[String; 4]> {
    let name = || "input without effect".to_owned();
    match measures {
        Measures::Sobol(found) => {
            let up_to = |floor: f64| format!("up to {}", figure(floor, if floor < 0.01 { 3 } else { 2 }));
            found.floor.map(|floor| [name(), up_to(floor.total), up_to(floor.first), String::new()])
        }
        Measures::Morris(found) => {
            let up_to = |floor: f64| format!("up to {}", figure(floor, places(floor / 2.0)));
            found.floor.map(|floor| [name(), up_to(floor.mu_star), String::new(), up_to(floor.sigma)])
        }
        Measures::Unknown => None,
    }
}

/// An index: two decimals, three where its interval is so narrow that two would show nothing.
fn share(one: &Interval) -> String {
    with_ends(one, if one.half_width() < 0.01 { 3 } else { 2 })
}

/// `0.61 (0.55 to 0.67)`; an end that nothing bounds is unknown.
fn with_ends(one: &Interval, digits: usize) -> String {
    let end = |x: f64| if x.is_finite() { figure(x, digits) } else { "unknown".into() };
    format!("{} ({} to {})", figure(one.estimate, digits), end(one.lower), end(one.upper))
}

fn laid_out(head: [String; 4], rows: &[[String; 4]], style: Style) -> String {
    let wide = |column: usize| rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let name = wide(0).min(WIDEST);
    let mut text = String::new();
    for (i, row) in [&head].into_iter().chain(rows).enumerate() {
        let names = wrapped(&row[0], name);
        for line in 0..names.len().max(1) {
            let number = |column: usize| if line == 0 { row[column].as_str() } else { "" };
            let cells = format!(
                "  {:<name$}  {:<first$}  {:<second$}  {}",
                names.get(line).map_or("", String::as_str),
                number(1),
                number(2),
                number(3),
                first = wide(1),
                second = wide(2),
            );
            let cells = cells.trim_end();
            writeln!(text, "{}", if i == 0 { style.strong(cells) } else { cells.to_owned() }).expect("a String takes everything");
        }
    }
    text
}
