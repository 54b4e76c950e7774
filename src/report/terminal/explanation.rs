//! What `explain` prints: what limits the plan, what its days went to, and what the levers did.

use super::super::outcomes::{partial, sentences};
use super::super::style::Style;
use super::super::words::{counted, decimals, figure, grouped, percent, plain, points, wrapped};
use super::trials;
use crate::results::{Explanation, Raised, RunInfo, Spent};
use std::fmt::Write as _;

/// Most rows of a table that are printed whole.
const ROWS: usize = 12;

/// The explanation of a plan in 80 columns.
#[must_use]
pub fn explanation(one: &Explanation, info: &RunInfo, style: Style) -> String {
    let mut page = String::new();
    if !info.handling.is_empty() {
        put(&mut page, &format!("{}\n", info.handling));
    }
    blocked(&mut page, one, info, style);
    limits(&mut page, one, style);
    spent(&mut page, one, style);
    if let Some(tested) = &one.levers {
        trials::levers(&mut page, tested, style);
    }
    identity(&mut page, one, info);
    let unblocks = one.blocked.iter().flat_map(|blocked| &blocked.raised).find(|raised| raised.to.is_some());
    let unblocks = unblocks
        .map(|raised| format!("{} with {} {} -> {}.", freed(raised), raised.label, count(raised.from), count(raised.to.unwrap_or(0))));
    let answers: Vec<String> = unblocks.into_iter().chain(one.levers.as_ref().map(trials::answer)).collect();
    if !answers.is_empty() {
        page.push('\n');
        for line in wrapped(&answers.join(" "), 80) {
            put(&mut page, &style.strong(&line));
        }
    }
    style.finish(page)
}

pub(super) fn put(page: &mut String, line: &str) {
    writeln!(page, "{}", line.trim_end()).expect("a String takes everything");
}

/// A heading with its explanation beside and below it.
pub(super) fn heading(page: &mut String, style: Style, title: &str, text: &str) {
    put(page, &style.strong(title));
    for line in wrapped(text, 78) {
        put(page, &format!("  {line}"));
    }
}

fn limits(page: &mut String, one: &Explanation, style: Style) {
    heading(
        page,
        style,
        "WHAT LIMITS IT",
        "Share of operating days on which it was the largest part, among resources and outside causes, of the chain of events that \
         decided when the last person was accepted.",
    );
    for limit in one.limits.iter().filter(|limit| limit.share >= 0.01).take(8) {
        let interval =
            limit.interval.map_or_else(String::new, |i| format!("({} to {})", points(i.lower.max(0.0)), points(i.upper.min(1.0))));
        put(page, &format!("  {:<52} {:>9}  {interval}", clipped(&limit.label, 52), percent(limit.share)));
    }
    if one.limits.is_empty() {
        let text = match one.runs {
            0 => "  No run completed, so no chain of events decided a closure.",
            _ => "  No resource and no outside cause: one activity followed another.",
        };
        put(page, text);
    }
    page.push('\n');
}

/// What keeps runs from completing, and what raising it does.
fn blocked(page: &mut String, one: &Explanation, info: &RunInfo, style: Style) {
    if one.outcomes.censored() == 0 {
        return;
    }
    let reason = one.blocked.as_ref().and_then(|blocked| blocked.reason.as_ref());
    heading(page, style, "WHAT BLOCKS IT", &sentences(&one.outcomes, reason, info.horizon_days).join(" "));
    for raised in one.blocked.iter().flat_map(|blocked| &blocked.raised) {
        let Raised { label, from, complete, deadlocks, runs, .. } = raised;
        let text = match raised.to {
            Some(to) if complete == runs => {
                format!("{label} {} -> {}: all {} complete", count(*from), count(to), counted(*runs, "run", "runs"))
            }
            Some(to) => {
                let (complete, runs) = (grouped(*complete), counted(*runs, "run", "runs"));
                format!("{label} {} -> {}: no run deadlocks, {complete} of {runs} complete within the horizon", count(*from), count(to))
            }
            None => {
                let (deadlocks, runs) = (grouped(*deadlocks), counted(*runs, "run", "runs"));
                format!("{label}: raising it alone does not do ({deadlocks} of {runs} still deadlock)")
            }
        };
        for (i, line) in wrapped(&text, 76).iter().enumerate() {
            put(page, &format!("{}{line}", if i == 0 { "  " } else { "    " }));
        }
    }
    page.push('\n');
}

/// What a level that does it does.
fn freed(raised: &Raised) -> &'static str {
    if raised.complete == raised.runs { "Every run completes" } else { "No run deadlocks" }
}

fn count(level: u32) -> String {
    grouped(level as usize)
}

fn spent(page: &mut String, one: &Explanation, style: Style) {
    let Some(total) = one.days else { return };
    heading(
        page,
        style,
        "WHERE THE DAYS WENT",
        &format!(
            "Mean days of {} along that chain, and what part of the spread between runs moves with each: covariance with the days to \
             completion by their variance; the parts sum to 100%. It says what varies together, not what would change what.",
            plain(total)
        ),
    );
    put(page, &format!("  {:<22} {:>14} {:>9}   {}", "", "days", "of all", "of the spread"));
    for part in one.spent.iter().take(ROWS) {
        put(
            page,
            &format!("  {:<22} {:>14} {:>9}   {}", part.cause.replace('_', " "), days(part), percent(part.days / total), spread(part)),
        );
    }
    let rest: f64 = one.spent.iter().skip(ROWS).map(|part| part.days).sum();
    if rest > 0.0 {
        let of_spread: Option<f64> = one.spent.iter().skip(ROWS).map(|part| part.of_spread.map(|share| share.estimate)).sum();
        let of_spread = of_spread.map_or_else(String::new, |share| format!("{}%", figure(share * 100.0, 0)));
        put(page, &format!("  {:<22} {:>14} {:>9}   {of_spread}", "other", plain(rest), percent(rest / total)));
    }
    page.push('\n');
}

fn days(part: &Spent) -> String {
    match part.interval {
        Some(interval) if interval.half_width() > 0.0 => {
            let places = decimals(Some(interval.half_width()));
            format!("{} ±{}", figure(part.days, places), figure(interval.half_width(), places))
        }
        _ => plain(part.days),
    }
}

fn spread(part: &Spent) -> String {
    part.of_spread.map_or_else(String::new, |share| {
        format!("{}% ({} to {})", figure(share.estimate * 100.0, 0), figure(share.lower * 100.0, 0), figure(share.upper * 100.0, 0))
    })
}

fn identity(page: &mut String, one: &Explanation, info: &RunInfo) {
    let unfinished = one.of - one.runs;
    let left_out = match unfinished {
        0 => String::new(),
        n => format!(" Attribution leaves out {} that did not complete.", counted(n, "run", "runs")),
    };
    let text = format!("{} ± and brackets are 95% intervals of the mean over runs.{left_out}", whose(info, one.of));
    for line in wrapped(&text, 80) {
        put(page, &line);
    }
    for line in partial(one.outcomes.censored(), one.outcomes.ended(), " of the base").iter().flat_map(|text| wrapped(text, 80)) {
        put(page, &line);
    }
}

/// Runs, seed, scenario and version.
pub(super) fn whose(info: &RunInfo, runs: usize) -> String {
    let sha = &info.sha256;
    let short = if sha.len() == 64 { format!("{}..{}", &sha[..4], &sha[60..]) } else { sha.clone() };
    let version = env!("CARGO_PKG_VERSION");
    format!("{} of the base, seed {}, scenario {short}, convoysim {version}. Simulated.", counted(runs, "run", "runs"), info.seed)
}

fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width { text.into() } else { text.chars().take(width - 2).chain("..".chars()).collect() }
}

#[cfg(test)]
mod tests;
