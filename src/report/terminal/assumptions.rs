//! What `explain --assumptions` prints: the inputs that move the answer most.

use super::explanation::{heading, put, whose};
use super::trials::{basis, difference, hanging, words};
use crate::report::style::Style;
use crate::report::words::{counted, plain, wrapped};
use crate::results::{RunInfo, Swing, Swings, Tried};

/// Inputs that are printed.
const ROWS: usize = 8;

/// The assumptions that drive the answer, in 80 columns.
#[must_use]
pub fn assumptions(swings: &Swings, info: &RunInfo, runs: usize, style: Style) -> String {
    let mut page = String::new();
    let terms = &swings.terms;
    if !info.handling.is_empty() {
        put(&mut page, &format!("{}\n", info.handling));
    }
    let intro = format!(
        "Every value without a source, and every one with a range, moved to the ends of its range, one at a time: down and up by 20% where \
         no range is stated (marked *). Change of {}, {} What two inputs do together is not in it.",
        words(terms),
        basis(terms)
    );
    heading(&mut page, style, "ASSUMPTIONS THAT DRIVE THE ANSWER", &intro);
    for (i, swing) in swings.rows.iter().take(ROWS).enumerate() {
        input(&mut page, swing, i + 1, terms.response.unit);
    }
    let others: Vec<&Swing> = swings.rows.iter().skip(ROWS).chain(&swings.others).collect();
    if let Some(most) = others.iter().map(|swing| swing.size()).reduce(f64::max) {
        let n = counted(others.len(), "other", "others");
        let seen = swings.terms.looks.first().copied().unwrap_or(0);
        hanging(
            &mut page,
            &format!("{n}: each moves the mean by at most {} {}, as seen over {seen} pairs or more.", plain(most), terms.response.unit),
        );
    }
    if swings.fixed > 0 {
        let values = counted(swings.fixed, "value without a source is", "values without a source are");
        hanging(&mut page, &format!("{values} a date, a choice or the like, and cannot be made larger or smaller."));
    }
    page.push('\n');
    for line in wrapped(&whose(info, runs), 80) {
        put(&mut page, &line);
    }
    page.push('\n');
    for line in wrapped(&answer(swings), 80) {
        put(&mut page, &style.strong(&line));
    }
    style.finish(page)
}

/// An input with what its two ends do.
fn input(page: &mut String, swing: &Swing, rank: usize, unit: &str) {
    let shared = if swing.entries > 1 { format!(" and {} more", swing.entries - 1) } else { String::new() };
    let usual = if swing.stated { "" } else { "*" };
    let source = if swing.source.is_some() { ", has a source" } else { "" };
    hanging(page, &format!("{rank}. {}{shared} = {}{usual}{source}; swing {} {unit}", swing.path, swing.value, plain(swing.size())));
    for (end, name) in swing.ends.iter().zip(["low", "high"]) {
        let text = match end {
            None => "the value itself".to_owned(),
            Some(Tried { label, outcome: Err(why), .. }) => format!("{label}: not possible: {why}"),
            Some(tried) => match tried.interval() {
                Some(interval) => {
                    let known = if interval.contains(0.0) { ", not resolved" } else { "" };
                    format!("{}: {}{known}", tried.label, difference(&interval))
                }
                None => format!("{}: unknown, as some runs are not done", tried.label),
            },
        };
        for (i, line) in wrapped(&text, 66).iter().enumerate() {
            put(page, &format!("       {:<5}{line}", if i == 0 { name } else { "" }));
        }
    }
}

fn answer(swings: &Swings) -> String {
    let known: Vec<&str> = swings.rows.iter().take(ROWS).filter(|swing| swing.is_known()).map(|swing| swing.path.as_str()).collect();
    match known.as_slice() {
        [] => "No assumption moved alone is known to change the answer with these pairs.".into(),
        [one] => format!("One assumption is known to move the answer: {one}."),
        [first, rest @ ..] => {
            let more = if rest.len() == 1 { "1 more is".into() } else { format!("{} more are", rest.len()) };
            format!("The answer moves most with {first}; {more} known to move it.")
        }
    }
}
