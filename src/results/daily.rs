//! Day by day over all replications: the spread of each measure at the end of each local calendar day.
//!
//! A replication that has closed stays as it was on its last day, with nobody exposed; so every day has every replication.
//! The bands are pointwise: no single run follows one of them.

use super::shown::{PATH_RANKS, at_ranks};
use super::{DAILY_MEASURES, RunTable};
use crate::stats::quantile::{Definition, quantile_at};

/// Quantiles of `daily.csv`, in column order.
pub const DAILY_QUANTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// Their columns.
pub const DAILY_QUANTILE_NAMES: [&str; 7] = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];

/// Positions in [`DAILY_MEASURES`] of people accepted by land and by air so far.
const ACCEPTED: [usize; 2] = [1, 2];

/// Positions of people accepted by land and by air on a day.
pub const ON_DAY: [usize; 2] = [6, 7];

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

/// A measure of every replication on a local day (from 1). What fell on the day is taken run by run: a difference between quantiles of two
/// days would be a quantile of nothing.
fn on_day(table: &RunTable, day: usize, measure: usize) -> Vec<f32> {
    let Some(flow) = ON_DAY.iter().position(|flow| *flow == measure) else { return table.records.on_day(day, measure) };
    let mut values = table.records.on_day(day, ACCEPTED[flow]);
    if day > 1 {
        let before = table.records.on_day(day - 1, ACCEPTED[flow]);
        values.iter_mut().zip(before).for_each(|(value, before)| *value -= before);
    }
    values
}

/// Days until the last replication has ended.
#[must_use]
pub fn days(table: &RunTable) -> usize {
    table.records.days()
}

/// Quantiles by day and measure, all measures of day 1 first. The values of one measure on one day are held at a time.
pub fn quantiles(table: &RunTable) -> impl Iterator<Item = DayRow> + '_ {
    let measures = |day| (0..DAILY_MEASURES.len()).map(move |measure| (day, measure));
    (1..=days(table)).flat_map(measures).map(|(day, measure)| {
        let mut values = on_day(table, day, measure);
        values.sort_unstable_by(f32::total_cmp);
        let value = |rank: usize| f64::from(values[rank - 1]);
        let at = |p| quantile_at(values.len(), p, Definition::default(), value).map_or(f32::NAN, |value| value as f32);
        DayRow { day, measure, quantiles: DAILY_QUANTILES.map(at) }
    })
}

/// People accepted by day in the replications at [`PATH_RANKS`], all of day 1 first.
#[must_use]
pub fn paths(table: &RunTable) -> Vec<PathRow> {
    let shown = at_ranks(table, &PATH_RANKS);
    let records: Vec<_> = shown.iter().filter_map(|one| table.record(one.replication).map(|record| (one.percent, record))).collect();
    let records = &records;
    let on = |day| {
        records.iter().map(move |(percent, record)| PathRow {
            day,
            replication: record.replication,
            percent: *percent,
            accepted: record.daily.on_day(day)[0],
        })
    };
    (1..=days(table)).flat_map(on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Daily, sample};

    #[test]
    fn people_accepted_on_a_day_are_taken_run_by_run() {
        let mut table = sample::table(3, 0);
        // By land 10 people on day 1, 2 or 3; by air 5 on day 2; the second run ends after two days.
        let row = |land: f32, air: f32| [land + air, land, air, 0.0, 0.0, 0.0];
        let runs = [
            vec![row(10.0, 0.0), row(10.0, 5.0), row(10.0, 5.0)],
            vec![row(0.0, 0.0), row(10.0, 5.0)],
            vec![row(0.0, 0.0), row(0.0, 5.0), row(10.0, 5.0)],
        ];
        for (record, days) in table.records.held_mut().iter_mut().zip(runs) {
            record.daily = Daily { days };
        }
        let rows: Vec<DayRow> = quantiles(&table).collect();
        let on = |day: usize, mode: usize| {
            let row = rows.iter().find(|row| row.day == day && row.measure == ON_DAY[mode]).expect("a row");
            [row.quantiles[3], row.quantiles[6]]
        };
        // The median of the sums is 0, 10, 10: its steps say 10 on day 2, and no day has 10 in more than one run of three.
        assert_eq!([on(1, 0), on(2, 0), on(3, 0)], [[0.0, 9.0]; 3]);
        assert_eq!([on(1, 1), on(2, 1), on(3, 1)], [[0.0, 0.0], [5.0, 5.0], [0.0, 0.0]]);
    }
}
