//! What `sensitivity` prints: for each response a ranked table with its noise floor, what can be said about it, and a sentence.
//!
//! Eighty columns. Estimates below 0 stand as they came, and an order that intervals do not settle is called open.

mod notes;
mod table;
#[cfg(test)]
mod tests;

use crate::report::difference::words;
use crate::report::sensitivity::finding;
use crate::report::style::Style;
use crate::report::terminal::paragraphs::Paragraphs;
use crate::report::words::{capital, counted, grouped};
use crate::results::{ResponseSensitivity, Sensitivity, SensitivityDesign};

/// The whole text; `wrote` says in a line what was written where, and may be empty.
#[must_use]
pub fn text(analysis: &Sensitivity, wrote: &str, style: Style) -> String {
    let mut page = Paragraphs { text: String::new(), style };
    if let Some(handling) = &analysis.handling {
        page.say(handling);
        page.gap();
    }
    page.say(&opening(analysis));
    for response in &analysis.responses {
        page.gap();
        page.text.push_str(&style.strong(&heading(analysis, response)));
        page.text.push('\n');
        page.text.push_str(&table::table(analysis, response, style));
        notes::of_response(&mut page, analysis, response);
    }
    page.gap();
    notes::of_all(&mut page, analysis);
    page.say(&format!(
        "Seed {}, plan {}, convoysim {}. Simulated.",
        analysis.seed,
        short(&analysis.plan_sha256),
        env!("CARGO_PKG_VERSION")
    ));
    page.say(wrote);
    page.gap();
    for sentence in answers(analysis) {
        page.say_as(&sentence, |line| style.strong(line));
    }
    style.finish(page.text)
}

/// One sentence a response: what moves it most, as far as that is known.
#[must_use]
pub fn answers(analysis: &Sensitivity) -> Vec<String> {
    analysis.responses.iter().map(|response| answer(analysis, response)).collect()
}

fn answer(analysis: &Sensitivity, response: &ResponseSensitivity) -> String {
    format!("{}.", finding(analysis, response, usize::MAX))
}

/// What was run.
fn opening(analysis: &Sensitivity) -> String {
    let Sensitivity { sweep, points, replications, factors, .. } = analysis;
    let inputs = counted(factors.len(), "input", "inputs");
    let points = counted(*points as usize, "point", "points");
    let runs = counted(*replications as usize, "run", "runs");
    let numbers = if analysis.common { "the same random numbers at every point" } else { "each point with random numbers of its own" };
    let design = match analysis.design {
        SensitivityDesign::Morris { trajectories, levels } => {
            format!("Morris screening, {} on {levels} levels", counted(trajectories as usize, "trajectory", "trajectories"))
        }
        SensitivityDesign::Sobol { rows, pairs } => {
            format!("Sobol' indices, {} rows{}", grouped(rows as usize), if pairs { " with pairs" } else { "" })
        }
    };
    format!("{sweep}: {inputs}. {design}: {points} of {runs}, {numbers}.")
}

fn heading(analysis: &Sensitivity, response: &ResponseSensitivity) -> String {
    let what = capital(&words(&response.info));
    match analysis.design {
        SensitivityDesign::Morris { .. } if response.info.unit.is_empty() => format!("{what}: effects over the whole range of an input"),
        SensitivityDesign::Morris { .. } => format!("{what}: effects over the whole range of an input ({})", response.info.unit),
        SensitivityDesign::Sobol { .. } => format!("{what}: shares of the variance of its expected value"),
    }
}

fn short(sha: &str) -> String {
    if sha.len() == 64 { format!("{}..{}", &sha[..4], &sha[60..]) } else { sha.to_owned() }
}
