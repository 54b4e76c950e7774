//! Several runs side by side. It shows them; it does not judge between them.

use super::Subject;
use super::figure::Figure;
use super::markup::Html;
use super::table::Table;
use crate::report::words::{counted, decimals, figure, grouped};
use crate::results::Output;

pub(super) fn write(html: &mut Html, output: &Output, others: &[Subject<'_>]) {
    html.section("compare", "Compare", |html| {
        html.line(
            "p",
            &[("class", "warning")],
            "These runs stand beside each other and are not judged. Whether one is better than another, and by how much, only `convoysim \
             compare` can say: it pairs the runs replication by replication under the same random numbers.",
        );
        let mut table = Table::new(
            "Days to completion, rounded up; ± is the Monte Carlo standard error in days",
            &["Scenario", "P50", "±", "P80", "±", "P95", "±", "Unfinished"],
        );
        for one in std::iter::once(output).chain(others.iter().map(|other| other.output)) {
            table.row(row(one));
        }
        table.write(html, "data");
        for (i, other) in others.iter().enumerate() {
            if let Some(Ok(figure)) = Figure::draw("completion", other.output, &format!("other-{}-", i + 1)) {
                html.line("p", &[("class", "of")], &other.output.info.scenario);
                figure.write(html, other.output);
            }
        }
    });
}

fn row(output: &Output) -> Vec<String> {
    let mut cells = vec![output.info.scenario.clone()];
    let days = output.summary.response("days_to_completion");
    for name in ["p50", "p80", "p95"] {
        match days.and_then(|days| days.quantile(name)) {
            Some((value, error)) => {
                cells.push(grouped(value.ceil().max(1.0) as usize));
                cells.push(error.map_or_else(String::new, |error| figure(error, decimals(Some(error)))));
            }
            None => cells.extend(["not reached".into(), String::new()]),
        }
    }
    cells.push(format!("{} of {}", grouped(output.summary.censored), counted(output.summary.replications, "run", "runs")));
    cells
}
