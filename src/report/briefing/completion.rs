//! When the movement is done: charts, and whether what was wanted is kept.

use super::markup::Html;
use super::table::Table;
use super::{COMPLETION, Figures};
use crate::report::words::{counted, percent, plain, points};
use crate::results::{Bound, Output};

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("completion", "Completion", |html| {
        objectives(html, output);
        figures.write(html, COMPLETION, output);
    });
}

/// What is wanted and what came of it; a verdict that other seeds could turn says so.
fn objectives(html: &mut Html, output: &Output) {
    if output.summary.objectives.is_empty() {
        return;
    }
    let mut table =
        Table::new("Objectives. The interval is Monte Carlo error, 95 %", &["Objective", "Wanted in", "Kept in", "Interval", "Verdict"]);
    for verdict in &output.summary.objectives {
        let wanted = &verdict.objective;
        let (sign, bound) = match wanted.bound {
            Bound::AtMost(bound) => ("at most", bound),
            Bound::AtLeast(bound) => ("at least", bound),
        };
        let interval = verdict.interval.map_or_else(String::new, |(low, high)| format!("{} to {} points", points(low), points(high)));
        let word = match (verdict.resolved(), verdict.met()) {
            (false, _) => "too close to call",
            (true, true) => "met",
            (true, false) => "missed",
        };
        let what = format!("{} {sign} {}", wanted.response.replace('_', " "), plain(bound));
        let kept = verdict.share().map_or_else(String::new, percent);
        table.row([what, format!("{} of runs", percent(wanted.in_share_of_runs)), format!("{kept} of {}", counted(verdict.runs, "run", "runs")), interval, word.into()]);
    }
    table.write(html, "verdicts");
}
