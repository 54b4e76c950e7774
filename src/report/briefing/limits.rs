//! What limits the rate, what the days went to, and which assumptions move the answer.

use super::figure::Figure;
use super::markup::Html;
use super::table::Table;
use super::{Figures, LIMITS};
use crate::report::words::{figure, plain};
use crate::results::{Assumed, Output, Tried};

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures, assumed: &[&Assumed]) {
    html.section("limits", "What limits it", |html| {
        figures.write(html, LIMITS, output);
        for (nth, one) in assumed.iter().enumerate() {
            let table = ends(one);
            match Figure::draw("tornado", (*one).into(), 0, &format!("assumed-{}-", nth + 1)) {
                Some(Ok(figure)) => {
                    if one.base.sha256 != output.info.sha256 {
                        html.line("p", &[("class", "of")], &one.base.name);
                    }
                    figure.write(html, Some(&table));
                }
                Some(Err(why)) => html.line("p", &[("class", "note")], &format!("No chart `tornado`: {why}.")),
                None => {}
            }
        }
    });
}

/// Both ends of every input that was looked at closely.
fn ends(assumed: &Assumed) -> Table {
    let terms = &assumed.swings.terms;
    let caption =
        format!("Change of mean {} ({}) when one input alone is moved (explanation.json)", terms.response.name, terms.response.unit);
    let mut table = Table::new(caption, &["Input", "Value", "At", "Change", "Interval", "Swing"]);
    for swing in &assumed.swings.rows {
        for end in swing.ends.iter().flatten() {
            let change = end.interval().map_or_else(|| "not known".into(), |one| figure(one.estimate, 2));
            let interval = end.interval().map_or_else(|| why(end), |one| format!("{} to {}", figure(one.lower, 2), figure(one.upper, 2)));
            table.row([swing.path.clone(), swing.value.clone(), end.label.clone(), change, interval, plain(swing.size())]);
        }
    }
    table
}

fn why(end: &Tried) -> String {
    match &end.outcome {
        Err(why) => why.clone(),
        Ok(effect) => format!("{} of {} runs unfinished", effect.unfinished, effect.unfinished + effect.pairs),
    }
}
