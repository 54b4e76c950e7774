//! Can it be trusted: public counts against the bands, and how much of what is shown is simulation noise.

use super::markup::Html;
use super::table::Table;
use super::{Figures, TRUST};
use crate::report::words::{counted, decimals, figure, grouped};
use crate::results::{ObservedRow, Output};

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("trust", "Can we trust it?", |html| {
        observed(html, output);
        precision(html, output);
        figures.write(html, TRUST, output);
    });
}

/// How a public count lies to the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Within what 9 in 10 runs show on that day, as far as the count bounds it.
    Inside,
    /// Fewer people than that.
    Below,
    /// More people than that.
    Above,
    /// Before the start or after the last run ended: nothing to hold it against.
    Outside,
}

/// Place of a count, with the band of its day. A lower bound is missed only by runs that all stay below it, an upper bound only by runs
/// that all pass it.
fn place(output: &Output, count: &ObservedRow) -> (Place, Option<(f64, f64)>) {
    let row = output.days.iter().find(|row| row.measure == 0 && i64::try_from(row.day) == Ok(count.day));
    let Some(row) = row else { return (Place::Outside, None) };
    let (low, high) = (f64::from(row.quantiles[0]), f64::from(row.quantiles[6]));
    let place = match count.bound.as_str() {
        "at_least" if count.value > high => Place::Above,
        "at_most" if count.value < low => Place::Below,
        "exact" if count.value > high => Place::Above,
        "exact" if count.value < low => Place::Below,
        _ => Place::Inside,
    };
    (place, Some((low, high)))
}

fn observed(html: &mut Html, output: &Output) {
    html.line("h3", &[("id", "observed")], "Are public counts in line with it?");
    if output.setting.observed.is_empty() {
        html.line("p", &[], "The scenario gives no public counts, so nothing here has been held against the world.");
        return;
    }
    let places: Vec<_> = output.setting.observed.iter().map(|count| (count, place(output, count))).collect();
    let judged = places.iter().filter(|(_, (place, _))| *place != Place::Outside).count();
    let missed = places.iter().filter(|(_, (place, _))| matches!(place, Place::Below | Place::Above)).count();
    let sentence = match (judged, missed) {
        (0, _) => "No public count falls on a day of these runs.".into(),
        (n, 0) => {
            format!("All {} within the band that holds 9 in 10 runs of its day.", counted(n, "public count lies", "public counts lie"))
        }
        (n, missed) => {
            let lie = if missed == 1 { "lies" } else { "lie" };
            format!(
                "{} of {} {lie} outside the band that holds 9 in 10 runs of its day.",
                grouped(missed),
                counted(n, "public count", "public counts")
            )
        }
    };
    html.line("p", &[("class", if missed > 0 { "warning" } else { "note" })], &sentence);
    let mut table = Table::new(
        "Public counts of people accepted against the spread of runs (observed.csv, daily.csv). Counts that inputs were fitted to do not test the model",
        &["Day", "Reported", "P5", "P95", "Verdict", "Source"],
    );
    for (count, (place, band)) in places {
        let sign = match count.bound.as_str() {
            "at_least" => "at least ",
            "at_most" => "at most ",
            _ => "",
        };
        let verdict = match place {
            Place::Inside => "inside",
            Place::Below => "missed: the count is lower",
            Place::Above => "missed: the count is higher",
            Place::Outside => "no run on that day",
        };
        let people = |value: f64| grouped(value.max(0.0).round() as usize);
        let (low, high) = band.map_or_else(Default::default, |(low, high)| (people(low), people(high)));
        table.row([count.day.to_string(), format!("{sign}{}", people(count.value)), low, high, verdict.into(), count.source.clone()]);
    }
    table.write(html, "data");
}

fn precision(html: &mut Html, output: &Output) {
    html.line("h3", &[("id", "precision")], "Were there enough runs?");
    let (info, summary) = (&output.info, &output.summary);
    let mut table = Table::new("The runs behind every figure (summary.json)", &["What", "How many"]);
    table.row(["Replications asked for".to_owned(), grouped(info.requested as usize)]);
    table.row(["Replications that ended".to_owned(), grouped(summary.replications)]);
    let days = crate::report::words::plain(info.horizon_days);
    table.row([format!("Of them not complete within {days} days"), grouped(summary.censored)]);
    table.row(["Of these in a deadlock".to_owned(), grouped(summary.outcomes.deadlock)]);
    table.row(["Replications that failed, in no figure".to_owned(), grouped(summary.failed)]);
    if let Some(days) = summary.response("days_to_completion") {
        for name in ["p50", "p80", "p95"] {
            if let Some((value, Some(error))) = days.quantile(name) {
                let places = decimals(Some(error));
                let error = figure(error.max(0.01), places);
                table.row([
                    format!("Days to completion, {} with its Monte Carlo standard error", name.to_uppercase()),
                    format!("{} ± {error}", figure(value, places)),
                ]);
            }
        }
        table.write(html, "data");
        for warning in days.warnings() {
            html.line("p", &[("class", "warning")], &format!("Days to completion: {warning}."));
        }
    } else {
        table.write(html, "data");
    }
    if info.interrupted {
        html.line("p", &[("class", "warning")], "The run was interrupted; what had finished is shown.");
    }
    let text = "Bands and dots show how runs of the same inputs differ. Monte Carlo error shrinks with more replications. Neither says how far the \
                inputs themselves are known";
    let ranges = if info.is_released() { "." } else { ": for that, see the ranges below." };
    html.line("p", &[("class", "note")], &format!("{text}{ranges}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sample;

    #[test]
    fn a_bound_is_missed_on_one_side_only() {
        let table = sample::table(20, 0);
        let output = Output::of(sample::info(20), sample::setting(), table, sample::nodes(), Vec::new());
        let row = output.days.iter().find(|row| row.measure == 0 && row.quantiles[0] > 10.0).expect("people are accepted");
        let (low, high) = (f64::from(row.quantiles[0]), f64::from(row.quantiles[6]));
        let at = |value: f64, bound: &str| {
            let count = ObservedRow { day: row.day as i64, value, bound: bound.into(), source: String::new() };
            place(&output, &count).0
        };
        let cases = [
            (low - 1.0, ["exact", "at_least", "at_most"], [Place::Below, Place::Inside, Place::Below]),
            (high + 1.0, ["exact", "at_least", "at_most"], [Place::Above, Place::Above, Place::Inside]),
            (low, ["exact", "at_least", "at_most"], [Place::Inside; 3]),
        ];
        for (value, bounds, expected) in cases {
            assert_eq!(bounds.map(|bound| at(value, bound)), expected, "{value}");
        }
        let before = ObservedRow { day: -3, value: 1.0, bound: "exact".into(), source: String::new() };
        assert_eq!(place(&output, &before), (Place::Outside, None));
    }
}
