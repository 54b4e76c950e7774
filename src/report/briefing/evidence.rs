//! The table behind each chart, short enough to be read: long series are thinned to at most [`ROWS`] rows and say so.

use super::table::Table;
use crate::report::chart::{attribution, bottlenecks};
use crate::report::words::{decimals, figure, grouped, hours, percent, plain};
use crate::results::{ConvoyRow, Detail, Output, Parts, Shown};
use crate::stats::mean_interval;
use crate::units::{TICKS_PER_DAY, TICKS_PER_MINUTE};
use std::collections::BTreeSet;

/// Most rows of a series.
const ROWS: usize = 40;
/// Most movements.
const MOVEMENTS: usize = 20;

/// The table of a chart by its name; `None` for one that has no table of its own.
pub(super) fn of(chart: &str, output: &Output) -> Option<Table> {
    let table = match chart {
        "burn-up" => daily(output, 0, "People accepted by the end of a day"),
        "completion" => completion(output)?,
        "throughput" => throughput(output),
        "exposure-calendar" => daily(output, 5, "Exposed person-hours of a day"),
        "swimlane" => movements(output)?,
        "time-distance" => times(output)?,
        "bottlenecks" => resources(output),
        "attribution" => spent(output),
        _ => return None,
    };
    (!table.rows.is_empty()).then_some(table)
}

/// Quantiles of a daily measure.
fn daily(output: &Output, measure: usize, what: &str) -> Table {
    let rows: Vec<_> = output.days.iter().filter(|row| row.measure == measure).collect();
    let step = rows.len().div_ceil(ROWS).max(1);
    let thinned = if step > 1 { format!(", every {step} days") } else { String::new() };
    let mut table = Table::new(
        format!("{what}: quantiles over {} runs (daily.csv{thinned})", grouped(output.table.records.len())),
        &["Day", "P5", "P10", "P25", "P50", "P75", "P90", "P95"],
    );
    for row in rows.iter().filter(|row| row.day % step == 0 || row.day == rows.len()) {
        let cells = row.quantiles.iter().map(|value| grouped(f64::from(*value).max(0.0).round() as usize));
        table.row(std::iter::once(row.day.to_string()).chain(cells));
    }
    table
}

fn completion(output: &Output) -> Option<Table> {
    let days = output.summary.response("days_to_completion")?;
    let mut table = Table::new(
        "Days to completion over all runs; ± is the Monte Carlo standard error (replications.csv)",
        &["Finished by", "Day, rounded up", "Days", "±"],
    );
    for (name, words) in [("p10", "1 in 10 runs"), ("p50", "half"), ("p80", "8 in 10"), ("p90", "9 in 10"), ("p95", "19 in 20")] {
        match days.quantile(name) {
            Some((value, error)) => {
                let places = decimals(error);
                let day = grouped(value.ceil().max(1.0) as usize);
                table.row([words.into(), day, figure(value, places), error.map_or_else(String::new, |error| figure(error, places))]);
            }
            None => table.row([words, "not reached", "", ""]),
        }
    }
    Some(table)
}

fn throughput(output: &Output) -> Table {
    let mut table = Table::new(
        "People accepted per day of operation: mean over all runs with the 95 % half-width (replications.csv)",
        &["Route", "People a day", "±", "P10", "P50", "P90"],
    );
    for one in output.summary.responses.iter().filter(|one| one.info.name.starts_with("throughput_per_day")) {
        let route = one.info.name.strip_prefix("throughput_per_day.").unwrap_or("all routes");
        let quantile = |name| one.quantile(name).map_or_else(String::new, |(value, _)| plain(value));
        let known = |value: Option<f64>| value.map_or_else(String::new, plain);
        table.row([route.to_owned(), known(one.mean), known(one.half_width), quantile("p10"), quantile("p50"), quantile("p90")]);
    }
    table
}

/// The replication nearest the median, or the only one.
pub(super) fn median(output: &Output) -> Option<(Shown, &Detail)> {
    let mut shown = output.info.shown.iter().copied().zip(&output.details);
    let first = shown.next()?;
    Some(std::iter::once(first).chain(shown).find(|(one, _)| one.percent == 50).unwrap_or(first))
}

fn movements(output: &Output) -> Option<Table> {
    let (shown, detail) = median(output)?;
    let mut table = Table::new(
        format!("Run {}: {} (convoys.csv)", shown.replication, which(detail)),
        &["Movement", "People", "Exposed", "Uncovered", "Longest halt", "Low", "Moderate", "High", "Highest"],
    );
    for row in longest(detail) {
        let times = [row.exposed_h, row.uncovered_h, row.longest_halt_h].into_iter().chain(row.class_h).map(hours);
        table.row([format!("{} {}", row.route, row.nth), grouped(row.people as usize)].into_iter().chain(times));
    }
    Some(table)
}

/// The movements of a run that were exposed longest.
fn longest(detail: &Detail) -> Vec<&ConvoyRow> {
    let mut longest: Vec<&ConvoyRow> = detail.convoys.iter().collect();
    longest.sort_by(|a, b| b.exposed_h.total_cmp(&a.exposed_h).then(a.movement.cmp(&b.movement)));
    longest.truncate(MOVEMENTS);
    longest
}

/// Which they are, in words.
fn which(detail: &Detail) -> String {
    match detail.convoys.len() {
        all if all > MOVEMENTS => format!("the {MOVEMENTS} of {} movements that were exposed longest", grouped(all)),
        _ => "every movement".into(),
    }
}

/// When they set out, arrived and were accepted.
fn times(output: &Output) -> Option<Table> {
    let (shown, detail) = median(output)?;
    let zone = output.info.clock.zone();
    let mut table = Table::new(
        format!("Run {}: {}; days and times, {zone} (convoys.csv)", shown.replication, which(detail)),
        &["Movement", "Formed", "Loaded", "Start point", "First arrived", "Last inside", "Accepted"],
    );
    let mut rows = longest(detail);
    rows.sort_by_key(|row| (row.start_point.is_none(), row.start_point, row.movement));
    for row in rows {
        let instants = [Some(row.formed), row.loaded, row.start_point, row.arrive, row.clear, row.accepted];
        let cells = instants.map(|ticks| ticks.map_or_else(String::new, |ticks| when(output, ticks)));
        table.row(std::iter::once(format!("{} {}", row.route, row.nth)).chain(cells));
    }
    Some(table)
}

/// `day 6, 21:54`.
pub(super) fn when(output: &Output, ticks: u64) -> String {
    let since_midnight = output.info.clock.time_of_day + ticks;
    let minutes = since_midnight % TICKS_PER_DAY / TICKS_PER_MINUTE;
    format!("day {}, {:02}:{:02}", since_midnight / TICKS_PER_DAY + 1, minutes / 60, minutes % 60)
}

fn resources(output: &Output) -> Table {
    let heads = ["Resource", "Binding, share of operating days", "95 % half-width", "Busy", "Held, waiting", "Idle"];
    let mut table = Table::new(
        "What limits the rate: means over all runs (binding: over those that completed), sorted by binding (resources.csv)",
        &heads,
    );
    bottlenecks::printed(output).into_iter().for_each(|cells| table.row(cells));
    table
}

fn spent(output: &Output) -> Table {
    if output.info.is_released() {
        // Neither finer days nor shares of them: the parts of the chart, as it prints them.
        let mut table = Table::new(
            "What the days from start to closure were spent on, along the active chain: means over all runs, in tenths of a day (attribution.csv)",
            &["Cause", "Days", "± (95 %)"],
        );
        attribution::printed(output).into_iter().for_each(|cells| table.row(cells));
        return table;
    }
    let runs = output.table.records.len() - output.table.censored();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    output.table.records.each(Parts::ATTRIBUTION, |record| {
        if !record.censored() {
            known.extend(record.attribution.iter().map(|part| part.cause));
        }
    });
    // Days of one cause in each run; those of all causes at once would take much memory.
    let days_of = |cause: &str| {
        let mut days = Vec::with_capacity(runs);
        output.table.records.each(Parts::ATTRIBUTION, |record| {
            if !record.censored() {
                let parts = record.attribution.iter().filter(|part| part.cause == cause);
                days.push(parts.fold(0.0, |sum, part| sum + part.ticks as f64 / TICKS_PER_DAY as f64));
            }
        });
        days
    };
    let mut total = 0.0;
    let cause = |cause| {
        let days = days_of(cause);
        days.iter().for_each(|days| total += days);
        (days.iter().sum::<f64>(), cause, mean_interval(&days, 0.95))
    };
    let mut causes: Vec<_> = known.into_iter().map(cause).collect();
    causes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut table = Table::new(
        "What the days from start to closure were spent on, along the active chain: means over all runs (attribution.csv)",
        &["Cause", "Days", "± (95 %)", "Share"],
    );
    for (sum, cause, interval) in causes {
        let error = interval.map_or_else(String::new, |interval| figure(interval.half_width(), 2));
        table.row([cause.replace('_', " "), figure(sum / runs as f64, 2), error, percent(sum / total)]);
    }
    table
}
