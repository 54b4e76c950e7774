//! Day by day over all replications: the spread of each measure at the end of each local calendar day.
//!
//! A replication that has closed stays as it was on its last day, with nobody exposed; so every day has every replication.
//! The bands are pointwise: no single run follows one of them.

use super::shown::{PATH_RANKS, at_ranks};
use super::{DAILY_MEASURES, ReplicationRecord, RunTable};
use crate::stats::quantile::{Definition, quantile_sorted};

/// Quantiles of `daily.csv`, in column order.
pub const DAILY_QUANTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// Their columns.
pub const DAILY_QUANTILE_NAMES: [&str; 7] = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];

/// Position in [`DAILY_MEASURES`] of the one measure that is a flow of the day.
const EXPOSED: usize = 5;

/// One measure on one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayRow {
    /// Local calendar day, 1 for the day of the start.
    pub day: usize,
    /// Position in [`DAILY_MEASURES`].
    pub measure: usize,
    /// Values at [`DAILY_QUANTILES`].
    pub quantiles: [f32; 7],
}

/// People accepted in one replication by the end of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathRow {
    /// Local calendar day, 1 for the day of the start.
    pub day: usize,
    /// The replication.
    pub replication: u32,
    /// Its rank of completion in percent.
    pub percent: u32,
    /// People accepted.
    pub accepted: f32,
}

/// The measures of a replication at the end of a local day (from 1), also after its last row.
#[must_use]
pub fn on_day(record: &ReplicationRecord, day: usize) -> [f32; 6] {
    match (record.daily.days.get(day - 1), record.daily.days.last()) {
        (Some(row), _) => *row,
        (None, Some(last)) => {
            let mut row = *last;
            row[EXPOSED] = 0.0;
            row
        }
        (None, None) => [0.0; 6],
    }
}

/// Days until the last replication has ended.
#[must_use]
pub fn days(table: &RunTable) -> usize {
    table.records.iter().map(|record| record.daily.days.len()).max().unwrap_or(0)
}

/// Quantiles by day and measure, all measures of day 1 first.
pub fn quantiles(table: &RunTable) -> impl Iterator<Item = DayRow> + '_ {
    (1..=days(table)).flat_map(move |day| {
        let rows: Vec<[f32; 6]> = table.records.iter().map(|record| on_day(record, day)).collect();
        (0..DAILY_MEASURES.len()).map(move |measure| {
            let mut values: Vec<f64> = rows.iter().map(|row| f64::from(row[measure])).collect();
            values.sort_by(f64::total_cmp);
            let at = |p| quantile_sorted(&values, p, Definition::default()).map_or(f32::NAN, |value| value as f32);
            DayRow { day, measure, quantiles: DAILY_QUANTILES.map(at) }
        })
    })
}

/// People accepted by day in the replications at [`PATH_RANKS`], all of day 1 first.
#[must_use]
pub fn paths(table: &RunTable) -> Vec<PathRow> {
    let shown = at_ranks(table, &PATH_RANKS);
    let records: Vec<_> = shown.iter().filter_map(|one| table.record(one.replication).map(|record| (one.percent, record))).collect();
    let on = |day| {
        let row = move |&(percent, record): &(u32, &ReplicationRecord)| PathRow {
            day,
            replication: record.replication,
            percent,
            accepted: on_day(record, day)[0],
        };
        records.iter().map(row)
    };
    (1..=days(table)).flat_map(on).collect()
}
