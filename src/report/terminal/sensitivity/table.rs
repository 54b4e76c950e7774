//! One row an input, most important first, and the noise floor below them.

use crate::report::difference::places;
use crate::report::sensitivity::{share, up_to_effect, up_to_share, with_ends};
use crate::report::style::Style;
use crate::report::words::{figure, wrapped};
use crate::results::{Measures, ResponseSensitivity, Sensitivity};
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
        Measures::Sobol(found) => found.floor.map(|floor| [name(), up_to_share(floor.total), up_to_share(floor.first), String::new()]),
        Measures::Morris(found) => found.floor.map(|floor| [name(), up_to_effect(floor.mu_star), String::new(), up_to_effect(floor.sigma)]),
        Measures::Unknown => None,
    }
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
