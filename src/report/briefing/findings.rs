//! What was found, in at most five sentences, each beside the chart that shows it; and whether what was wanted is kept.

use super::Figures;
use super::markup::Html;
use super::table::Table;
use crate::report::outcomes::partial;
use crate::report::terminal::{View, answer};
use crate::report::words::{counted, ends, percent, plain};
use crate::results::{Bound, Output};

/// Charts whose titles are findings, in the order of importance; the answer stands before them.
const TOLD: [&str; 5] = ["burn-up", "exposure-calendar", "bottlenecks", "attribution", "throughput"];
/// Most sentences.
const MOST: usize = 5;

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("findings", "Findings", |html| {
        if !output.info.question.is_empty() {
            html.line("p", &[("class", "question")], &output.info.question);
        }
        html.block("ol", &[("class", "findings")], |html| {
            let first = figures.named("completion").map(|figure| figure.id.as_str());
            finding(html, &the_answer(output), first, "Days to completion");
            let told = TOLD.iter().filter_map(|name| figures.named(name)).filter(|figure| figure.finds());
            for figure in told.take(MOST - 1) {
                finding(html, &format!("{}.", figure.title.trim_end_matches('.')), Some(&figure.id), figure.chart.question);
            }
        });
        objectives(html, output);
        if let Some(text) = partial(output.summary.censored, output.summary.replications, "") {
            html.line("p", &[("class", "warning")], &text);
        }
    });
}

fn finding(html: &mut Html, sentence: &str, chart: Option<&str>, what: &str) {
    html.block("li", &[], |html| {
        html.line("p", &[], sentence);
        if let Some(chart) = chart {
            let target = format!("#{chart}");
            html.line("a", &[("href", &target)], what);
        }
    });
}

/// The sentence that `run` ends with.
pub(super) fn the_answer(output: &Output) -> String {
    answer(&View { info: &output.info, table: &output.table, summary: &output.summary, details: &output.details, wrote: "" })
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
        let interval = verdict.interval.map_or_else(String::new, |(low, high)| format!("{} points", ends(low, high)));
        let word = match (verdict.resolved(), verdict.met()) {
            (false, _) if verdict.not_known > 0 => "not known: runs did not complete",
            (false, _) => "too close to call",
            (true, true) => "met",
            (true, false) => "missed",
        };
        let what = format!("{} {sign} {}", wanted.response.replace('_', " "), plain(bound));
        let at_least = if verdict.not_known > 0 { "at least " } else { "" };
        let kept = verdict.share().map_or_else(String::new, |share| format!("{at_least}{}", percent(share)));
        table.row([
            what,
            format!("{} of runs", percent(wanted.in_share_of_runs)),
            format!("{kept} of {}", counted(verdict.runs, "run", "runs")),
            interval,
            word.into(),
        ]);
    }
    table.write(html, "verdicts");
}
