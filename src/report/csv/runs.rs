//! Tables over all replications.

use super::Table;
use crate::results::daily::{DAILY_QUANTILE_NAMES, DayRow, PathRow};
use crate::results::{Clock, DAILY_MEASURES, FAILED, FailureRecord, Parts, RunTable, Waiting};
use crate::units::TICKS_PER_DAY;
use std::io::{self, Write};

/// `replications.csv`: one row per replication in order of their number, one column per response; empty where a replication failed.
///
/// # Errors
///
/// Those of the writer.
pub fn replications(table: &RunTable, out: impl Write) -> io::Result<()> {
    let names = table.responses.iter().map(|info| info.name.as_str());
    let mut csv = Table::new(out, ["replication", "censored", "outcome"].into_iter().chain(names))?;
    let mut failures = table.failures.iter().peekable();
    table.records.try_each(Parts::VALUES, |record| {
        while let Some(failure) = failures.next_if(|failure| failure.replication < record.replication) {
            failed(&mut csv, failure, table.responses.len())?;
        }
        csv.count(record.replication)?.text(if record.censored() { "true" } else { "false" })?.text(record.outcome.word())?;
        for value in &record.values {
            csv.number(*value)?;
        }
        csv.end()
    })?;
    for failure in failures {
        failed(&mut csv, failure, table.responses.len())?;
    }
    csv.finish()
}

/// The row of a replication that failed: no response is known.
fn failed<W: Write>(csv: &mut Table<W>, failure: &FailureRecord, responses: usize) -> io::Result<()> {
    csv.count(failure.replication)?.text("false")?.text(FAILED)?;
    for _ in 0..responses {
        csv.text("")?;
    }
    csv.end()
}

/// `daily.csv`: one row a local calendar day and measure, quantiles over all replications.
///
/// # Errors
///
/// Those of the writer.
pub fn daily(rows: &[DayRow], clock: &Clock, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["day", "date", "measure"].into_iter().chain(DAILY_QUANTILE_NAMES))?;
    for row in rows {
        csv.count(row.day as u64)?.text(&clock.date_of_day(row.day))?.text(DAILY_MEASURES[row.measure])?;
        for value in row.quantiles {
            csv.single(value)?;
        }
        csv.end()?;
    }
    csv.finish()
}

/// `paths.csv`: people accepted by day in five replications at fixed ranks of completion.
///
/// # Errors
///
/// Those of the writer.
pub fn paths(rows: &[PathRow], clock: &Clock, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["day", "date", "replication", "rank_percent", "accepted"])?;
    for row in rows {
        csv.count(row.day as u64)?.text(&clock.date_of_day(row.day))?.count(row.replication)?.count(row.percent)?;
        csv.single(row.accepted)?.end()?;
    }
    csv.finish()
}

/// `attribution.csv`: the time from start to closure by cause and by what handed over, in days.
///
/// # Errors
///
/// Those of the writer.
pub fn attribution(table: &RunTable, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["replication", "cause", "via", "days"])?;
    table.records.try_each(Parts::ATTRIBUTION, |record| {
        record.attribution.iter().try_for_each(|part| {
            csv.count(record.replication)?.text(part.cause)?.text(part.via)?.number(part.ticks as f64 / TICKS_PER_DAY as f64)?.end()
        })
    })?;
    csv.finish()
}

/// `resources.csv`: how each resource spent its unit-hours in each replication.
///
/// # Errors
///
/// Those of the writer.
pub fn resources(table: &RunTable, out: impl Write) -> io::Result<()> {
    let heading = ["resource", "replication", "n_units", "available_h", "busy_h", "held_waiting_h", "idle_h", "binding_share"];
    let mut csv = Table::new(out, heading)?;
    for (position, resource) in table.resources.iter().enumerate() {
        table.records.try_each_use(position, |record, used| {
            csv.text(&resource.name)?.count(record.replication)?.count(resource.units)?;
            for value in [used.available_h, used.busy_h, used.held_waiting_h, used.idle_h, used.binding_share] {
                csv.number(value)?;
            }
            csv.end()
        })?;
    }
    csv.finish()
}

/// `failures.csv`: the address of each failed replication, what happened and who waited for what.
///
/// # Errors
///
/// Those of the writer.
pub fn failures(table: &RunTable, seed: u64, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["seed", "replication", "kind", "message", "waits"])?;
    for failure in &table.failures {
        csv.count(seed)?.count(failure.replication)?.text(failure.kind)?.text(&failure.message)?.text(&failure.waits.join("; "))?.end()?;
    }
    csv.finish()
}

/// `unfinished.csv`: one row per replication that did not complete, with how many people are left, where, and what they wait for.
///
/// # Errors
///
/// Those of the writer.
pub fn unfinished(table: &RunTable, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["replication", "outcome", "people", "waits_for"])?;
    table.records.try_each(Parts::LEFT, |record| {
        if !record.censored() {
            return Ok(());
        }
        let people: u64 = record.left.iter().map(|group| u64::from(group.people)).sum();
        csv.count(record.replication)?.text(record.outcome.word())?.count(people)?.text(&Waiting::joined(&record.left))?.end()
    })?;
    csv.finish()
}
