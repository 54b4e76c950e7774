//! Comparisons with their verdicts, then other runs side by side, which are shown and not judged.

use super::figure::Figure;
use super::markup::Html;
use super::table::Table;
use super::{Beside, Compared, Subject};
use crate::report::chart::Material;
use crate::report::difference::{Phrases, places_of};
use crate::report::difference::{both_ways, words};
use crate::report::terminal::compare::answer;
use crate::report::words::{capital, counted, decimals, figure, grouped, points, signed};
use crate::results::{Comparison, Contrast, Measure, Output};

pub(super) fn write(html: &mut Html, output: &Output, beside: &Beside<'_>) {
    html.section("compare", "Compare", |html| {
        for (nth, one) in beside.comparisons.iter().enumerate() {
            comparison(html, one, nth);
        }
        if !beside.runs.is_empty() {
            runs(html, output, &beside.runs);
        }
    });
}

/// A comparison: its answer, each variant with its verdicts, all scenarios below each other, what differs.
fn comparison(html: &mut Html, compared: &Compared<'_>, nth: usize) {
    let one = compared.comparison;
    let labels: Vec<&str> = one.contrasts.iter().map(|contrast| contrast.variant.label.as_str()).collect();
    html.line("p", &[("class", "of")], &format!("{} against {}", labels.join(", "), one.base.label));
    html.line("p", &[], &answer(one));
    for (variant, contrast) in one.contrasts.iter().enumerate() {
        let prefix = format!("compare-{}-{}-", nth + 1, variant + 1);
        picture(html, "paired", one, variant, &prefix, &verdicts(one, contrast));
        changes(html, one, contrast);
    }
    let prefix = format!("compare-{}-", nth + 1);
    picture(html, "scenarios", one, 0, &prefix, &completion(one));
}

/// A chart with its table; the table alone where there is nothing to draw, and why.
fn picture(html: &mut Html, name: &str, of: &Comparison, variant: usize, prefix: &str, table: &Table) {
    match Figure::draw(name, Material::from(of), variant, prefix) {
        Some(Ok(figure)) => figure.write(html, Some(table)),
        Some(Err(why)) => {
            html.line("p", &[("class", "note")], &format!("No chart `{name}`: {why}."));
            table.write(html, "data");
        }
        None => {}
    }
}

/// What was found of every measure, in words.
fn verdicts(comparison: &Comparison, contrast: &Contrast) -> Table {
    let caption = format!(
        "{} minus {}, {}; intervals hold together with {} % (comparison.json, pairs.csv)",
        contrast.variant.label,
        comparison.base.label,
        counted(contrast.pairs.len(), "pair", "pairs"),
        points(comparison.level)
    );
    let mut table = Table::new(caption, &["Measure", "Base", "Variant", "Difference", "Interval in words", "Verdict"]);
    for one in &contrast.responses {
        for found in &one.figures {
            let of = match found.measure {
                Measure::Mean => String::new(),
                Measure::Quantile(p) => format!(", P{}", points(p)),
            };
            let unit = if one.info.unit.is_empty() { String::new() } else { format!(" ({})", one.info.unit) };
            let places = found.difference.as_ref().map_or(2, places_of);
            let known = |value: Option<f64>| value.map_or_else(String::new, |value| figure(value, places));
            let change = found.difference.map_or_else(String::new, |difference| signed(difference.estimate, places));
            let interval =
                found.difference.map_or_else(|| "not known".into(), |difference| both_ways(&difference, &Phrases::of(&one.info)));
            let marked = if one.must_not_worsen { " (must not worsen)" } else { "" };
            table.row([
                format!("{}{of}{unit}{marked}", capital(&words(&one.info))),
                known(found.base),
                known(found.variant),
                change,
                interval,
                one.verdict(found).to_owned(),
            ]);
        }
    }
    table
}

/// The values that differ; none where they may not be told.
fn changes(html: &mut Html, comparison: &Comparison, contrast: &Contrast) {
    if contrast.changes.is_empty() {
        return;
    }
    let mut table = Table::new(
        format!("What differs between {} and {}", comparison.base.label, contrast.variant.label),
        &["Input", "Base", "Variant", "Can change a run"],
    );
    for change in &contrast.changes {
        let [base, variant] = change.values.clone().map(|value| value.unwrap_or_else(|| "not given".into()));
        table.row([change.path.clone(), base, variant, if change.matters { "yes" } else { "no" }.into()]);
    }
    table.write(html, "data");
}

/// The runs of every scenario by the horizon.
fn completion(comparison: &Comparison) -> Table {
    let mut table = Table::new(
        "Replications of each scenario (comparison.json)",
        &["Scenario", "Replications", "Not complete", "Of these in a deadlock", "Failed"],
    );
    for side in comparison.sides() {
        table.row([side.label.clone(), grouped(side.replications), grouped(side.censored), grouped(side.deadlocks), grouped(side.failed)]);
    }
    table
}

/// Other runs beside this one.
fn runs(html: &mut Html, output: &Output, others: &[Subject<'_>]) {
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
        if let Some(Ok(figure)) = Figure::draw("completion", other.output.into(), 0, &format!("other-{}-", i + 1)) {
            html.line("p", &[("class", "of")], &other.output.info.scenario);
            figure.write(html, super::evidence::of("completion", other.output).as_ref());
        }
    }
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
