//! What was found, in three to five sentences, each beside the chart that shows it.

use super::Figures;
use super::markup::Html;
use crate::report::terminal::{View, answer};
use crate::results::Output;

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
