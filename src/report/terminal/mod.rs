//! What `run` prints: objectives, days, rate, exposure, limits, and one sentence that answers.
//!
//! Eighty columns. Every figure of the table has as many decimals as its Monte Carlo error allows; the sentence counts whole days,
//! rounded up. Lines about a response that a run does not have are left out. Wall time is not here: the text of the same run
//! is the same text.

mod answer;
mod assumptions;
pub mod best;
mod chain;
pub mod compare;
pub mod diff;
mod explanation;
mod limits;
mod paragraphs;
mod precision;
pub mod replayed;
pub mod sensitivity;
mod spread;
pub mod sweep;
#[cfg(test)]
mod tests;
mod trials;
mod verification;

pub use answer::answer;
pub use assumptions::assumptions;
pub use chain::{chain, unfinished};
pub use explanation::explanation;
pub use precision::{Towards, shortfalls, towards};
pub use verification::verification;

use super::outcomes::partial;
use super::style::Style;
use super::words::{counted, grouped, percent, plain, points, wrapped};
use crate::results::{Bound, Detail, ResponseSummary, RunInfo, RunTable, Summary, Verdict};
use std::fmt::Write as _;

/// What a summary is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct View<'r> {
    /// What is known of the run beside its numbers.
    pub info: &'r RunInfo,
    /// All replications.
    pub table: &'r RunTable,
    /// Their summary.
    pub summary: &'r Summary,
    /// The shown replications, in the order of `info.shown`; may be empty.
    pub details: &'r [Detail],
    /// What was written where, in a line; may be empty.
    pub wrote: &'r str,
}

/// Groups of people left that are listed.
const GROUPS: usize = 3;
/// Width of the headings.
const MARGIN: usize = 23;
/// Width of the text beside them.
const TEXT: usize = 80 - MARGIN;

/// Text under way, made of headed paragraphs.
pub(super) struct Page(String);

impl Page {
    /// Adds a heading with its text, wrapped beside it.
    pub(super) fn item(&mut self, heading: &str, text: &str) {
        let lines = wrapped(text, TEXT);
        for (i, line) in lines.iter().enumerate() {
            self.line(if i == 0 { heading } else { "" }, line);
        }
    }

    /// Adds a line as it is.
    pub(super) fn line(&mut self, heading: &str, text: &str) {
        let line = format!("{heading:<MARGIN$}{text}");
        writeln!(self.0, "{}", line.trim_end()).expect("a String takes everything");
    }

    fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }
}

/// The summary of a run.
#[must_use]
pub fn summary(view: &View<'_>, style: Style) -> String {
    let mut page = Page(String::new());
    if !view.info.handling.is_empty() {
        page.0.push_str(&view.info.handling);
        page.0.push('\n');
        page.gap();
    }
    objectives(&mut page, view, style);
    page.gap();
    precision::precision(&mut page, view, style);
    page.gap();
    if view.summary.replications > 0 {
        spread::days(&mut page, view, style);
        spread::throughput(&mut page, view);
        spread::exposure(&mut page, view);
        limits::limits(&mut page, view);
        limits::time_spent(&mut page, view);
        not_complete(&mut page, view);
        page.gap();
    }
    identity(&mut page, view);
    notes(&mut page, view, style);
    page.0.extend(wrapped(view.wrote, 80).into_iter().flat_map(|line| [line, "\n".into()]));
    page.gap();
    for line in wrapped(&answer(view), 80) {
        page.0.push_str(&style.strong(&line));
        page.0.push('\n');
    }
    style.finish(page.0)
}

fn objectives(page: &mut Page, view: &View<'_>, style: Style) {
    if view.summary.objectives.is_empty() {
        return;
    }
    page.0.push_str(&style.strong("OBJECTIVES"));
    page.0.push('\n');
    for verdict in &view.summary.objectives {
        let word = match verdict.word() {
            "met" => "met         ".to_owned(),
            "missed" => style.caution("missed      "),
            _ => style.caution("not resolved"),
        };
        // Of what is not known the share is at least this, so it is rounded down.
        let known = |share: f64| if verdict.not_known > 0 { format!("≥{}%", (share * 100.0 + 1e-9).floor()) } else { percent(share) };
        let got = match (verdict.share(), verdict.interval) {
            (Some(share), Some((low, high))) if verdict.runs > 1 => {
                format!("got {} ({} to {})", known(share), points(low), points(high))
            }
            (Some(share), _) => format!("got {}", known(share)),
            _ => "no run to judge by".into(),
        };
        let wish = wrapped(&wish(verdict), 40);
        for (i, line) in wish.iter().enumerate() {
            let (word, got) = if i == 0 { (word.as_str(), got.as_str()) } else { ("            ", "") };
            writeln!(page.0, "{}", format!("  {word}  {line:<40}  {got}").trim_end()).expect("a String takes everything");
        }
    }
}

/// An objective in words: `finish by day 35 in 80% of runs`.
fn wish(verdict: &Verdict) -> String {
    let wanted = &verdict.objective;
    let share = if wanted.in_share_of_runs >= 1.0 { "all runs".into() } else { format!("{} of runs", percent(wanted.in_share_of_runs)) };
    match (wanted.response.as_str(), wanted.bound) {
        ("days_to_completion", Bound::AtMost(bound)) => format!("finish by day {} in {share}", plain(bound)),
        (response, Bound::AtMost(bound)) => format!("{} at most {} in {share}", response.replace('_', " "), plain(bound)),
        (response, Bound::AtLeast(bound)) => format!("{} at least {} in {share}", response.replace('_', " "), plain(bound)),
    }
}

/// The responses that the page is about, with the names it has for them; summary.json warns of all others.
fn spoken_of<'r>(view: &View<'r>) -> Vec<(&'r str, &'r str)> {
    let mut spoken_of = vec![("days_to_completion", "Days to complete")];
    for condition in view.info.until.iter().flat_map(|until| &until.conditions) {
        if !spoken_of.iter().any(|(response, _)| *response == condition.response) {
            spoken_of.push((&condition.response, &condition.response));
        }
    }
    spoken_of
}

/// Why an objective is not resolved, and how many runs might do.
fn unresolved(verdict: &Verdict, horizon_days: f64) -> String {
    if verdict.not_known > 0 {
        let (open, runs, day) = (grouped(verdict.not_known), counted(verdict.runs, "run", "runs"), plain(horizon_days));
        let why = if verdict.objective.response.starts_with("days_to_") {
            format!("{open} of {runs} were still under way at the horizon, day {day}, which comes before the day asked for")
        } else {
            format!("{open} of {runs} did not complete, so that what they would have come to is not known")
        };
        return format!("Objective {} is not resolved: {why}.", verdict.objective.id);
    }
    let wanted = percent(verdict.objective.in_share_of_runs);
    let runs = match verdict.runs_to_resolve() {
        Some(runs) => format!("if the share stays as it is, about {} would resolve it", counted(precision::rounded(runs), "run", "runs")),
        None => "the share is just as wanted, and no number of runs is in sight that would resolve it".into(),
    };
    format!("Objective {} is not resolved: {wanted} lies within the interval; {runs}.", verdict.objective.id)
}

fn not_complete(page: &mut Page, view: &View<'_>) {
    let (censored, runs) = (view.summary.censored, view.summary.replications);
    let days = plain(view.info.horizon_days);
    page.item("Not complete", &format!("within {days} days: {} of {}", grouped(censored), counted(runs, "run", "runs")));
    let outcomes = &view.summary.outcomes;
    if outcomes.deadlock > 0 {
        page.item("", &format!("{} of them in a deadlock: nothing can move up to the horizon", grouped(outcomes.deadlock)));
    }
    let Some(record) = view.table.records.iter().find(|record| record.censored() && !record.left.is_empty()) else { return };
    for group in record.left.iter().take(GROUPS) {
        page.item("", &format!("run {}: {group}", record.replication));
    }
    if record.left.len() > GROUPS {
        page.item("", &format!("run {}: {} more", record.replication, counted(record.left.len() - GROUPS, "group", "groups")));
    }
}

fn identity(page: &mut Page, view: &View<'_>) {
    let runs = counted(view.summary.replications, "run", "runs");
    let version = env!("CARGO_PKG_VERSION");
    let sha = &view.info.sha256;
    let short = if sha.len() == 64 { format!("{}…{}", &sha[..4], &sha[60..]).replace('…', "..") } else { sha.clone() };
    let mut text = format!("{runs}, seed {}, scenario {short}, convoysim {version}. Simulated.", view.info.seed);
    if page.0.contains('±') {
        text.push_str(" ± is the Monte Carlo standard error.");
    }
    for line in wrapped(&text, 80) {
        page.0.push_str(&line);
        page.0.push('\n');
    }
}

fn notes(page: &mut Page, view: &View<'_>, style: Style) {
    let mut note = |word: String, text: &str| {
        for (i, line) in wrapped(text, 72).iter().enumerate() {
            let word = if i == 0 { word.clone() } else { " ".repeat(6) };
            writeln!(page.0, "{word}  {line}").expect("a String takes everything");
        }
    };
    if view.info.interrupted {
        let kept = grouped(view.summary.replications + view.summary.failed);
        let text =
            format!("Interrupted after {kept} of {}. What had finished is kept.", counted(view.info.requested as usize, "run", "runs"));
        note(style.caution("note  "), &text);
    }
    if view.summary.failed > 0 {
        let first = &view.table.failures[0];
        let text = format!(
            "{} failed and {} in no figure above. Run {}: {}: {}. See failures.csv.",
            counted(view.summary.failed, "run", "runs"),
            if view.summary.failed == 1 { "is" } else { "are" },
            first.replication,
            first.kind,
            first.message.trim_end_matches('.'),
        );
        note(style.alarm("error "), &text);
    }
    if let Some(text) = partial(view.summary.censored, view.summary.replications, "") {
        note(style.caution("note  "), &text);
    }
    if !view.info.interrupted {
        precision::shortfalls(&view.summary.precision, view.summary.replications, ["run", "runs"])
            .iter()
            .for_each(|shortfall| note(style.caution("note  "), shortfall));
    }
    if view.summary.replications > 1 {
        let open = view.summary.objectives.iter().filter(|verdict| !verdict.resolved());
        open.for_each(|verdict| note(style.caution("note  "), &unresolved(verdict, view.info.horizon_days)));
    }
    for (response, name) in spoken_of(view) {
        for warning in view.summary.response(response).map(ResponseSummary::warnings).unwrap_or_default() {
            note(style.caution("note  "), &format!("{name}: {warning}."));
        }
    }
}
