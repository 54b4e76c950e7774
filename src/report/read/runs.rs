//! Tables over all replications.

use super::Misread;
use super::sheet::{Row, Sheet};
use crate::results::daily::{DAILY_QUANTILE_NAMES, DayRow, PathRow};
use crate::results::vocabulary::{CAUSES, FAILURES, VIAS};
use crate::results::{
    AttributionPart, DAILY_MEASURES, Daily, FAILED, FailureRecord, Outcome, ReplicationRecord, ResourceUse, RunTable, Waiting,
};

/// Columns of `replications.csv` before the responses.
const BEFORE: [&str; 3] = ["replication", "censored", "outcome"];
/// What is wrong where rows are out of order.
pub(super) const NOT_IN_ORDER: &str = "its replications do not stand in order";
/// What is wrong where two tables do not agree on what failed.
pub(super) const OTHER_FAILURES: &str = "its failed replications are not those of failures.csv";

/// `replications.csv`: adds the records to a table whose responses and failures are known.
pub(super) fn replications(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    let sheet = Sheet::of("replications.csv", text)?;
    check_heading(&sheet.heading, table)?;
    let rows = sheet.each(record)?;
    if rows.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
        return Err(sheet.misread(NOT_IN_ORDER));
    }
    let failed: Vec<u32> = rows.iter().filter(|(_, record)| record.is_none()).map(|(replication, _)| *replication).collect();
    if !table.failures.iter().map(|failure| failure.replication).eq(failed) {
        return Err(sheet.misread(OTHER_FAILURES));
    }
    table.records = rows.into_iter().filter_map(|(_, record)| record).collect();
    Ok(())
}

/// Whether the columns of `replications.csv` are those of the table.
pub(super) fn check_heading(heading: &[String], table: &RunTable) -> Result<(), Misread> {
    let expected = BEFORE.into_iter().chain(table.responses.iter().map(|info| info.name.as_str()));
    if expected.eq(heading.iter().map(String::as_str)) {
        Ok(())
    } else {
        Err(Misread::new("replications.csv", Some(1), "its columns are not the responses of summary.json"))
    }
}

/// The replication of a row of `replications.csv`, with its record unless it failed.
pub(super) fn record(row: &Row<'_>) -> Result<(u32, Option<ReplicationRecord>), Misread> {
    let replication: u32 = row.count("replication")?;
    let Some(outcome) = outcome(row)? else { return Ok((replication, None)) };
    let record = ReplicationRecord {
        replication,
        outcome,
        left: Vec::new(),
        values: row.numbers_from(BEFORE.len())?,
        daily: Daily::default(),
        attribution: Vec::new(),
        resources: Vec::new(),
        events: 0,
        draws: 0,
    };
    Ok((replication, Some(record)))
}

/// How the replication of a row ended; nothing where it failed.
fn outcome(row: &Row<'_>) -> Result<Option<Outcome>, Misread> {
    let words = Outcome::ALL.map(Outcome::word);
    let outcome = Outcome::of(row.word("outcome", &[&words, &[FAILED]])?);
    if row.flag("censored")? != outcome.is_some_and(Outcome::is_censored) {
        return Err(row.misread("censored and outcome contradict each other"));
    }
    Ok(outcome)
}

/// The record that a row belongs to.
fn record_of<'t>(records: &'t mut [ReplicationRecord], row: &Row<'_>) -> Result<&'t mut ReplicationRecord, Misread> {
    let replication: u32 = row.count("replication")?;
    match records.binary_search_by_key(&replication, |record| record.replication) {
        Ok(position) => Ok(&mut records[position]),
        Err(_) => Err(row.misread(format!("replication {replication} is not in replications.csv"))),
    }
}

/// `attribution.csv`.
pub(super) fn attribution(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    Sheet::of("attribution.csv", text)?.rows().try_for_each(|row| {
        let part = part(&row)?;
        record_of(table.records.held_mut(), &row)?.attribution.push(part);
        Ok(())
    })
}

/// A row of `attribution.csv`.
pub(super) fn part(row: &Row<'_>) -> Result<AttributionPart, Misread> {
    Ok(AttributionPart { cause: row.word("cause", &[CAUSES])?, via: row.word("via", &[VIAS])?, ticks: row.days("days")? })
}

/// `resources.csv`.
pub(super) fn resources(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    Sheet::of("resources.csv", text)?.rows().try_for_each(|row| {
        let name = row.text("resource")?;
        let used = used(&row)?;
        let record = record_of(table.records.held_mut(), &row)?;
        // Resources stand in the order of the summary, and so do the uses of a replication.
        if table.resources.get(record.resources.len()).is_none_or(|info| info.name != name) {
            return Err(row.misread(format!("{name:?} is not the next resource of summary.json")));
        }
        record.resources.push(used);
        Ok(())
    })
}

/// A row of `resources.csv`.
pub(super) fn used(row: &Row<'_>) -> Result<ResourceUse, Misread> {
    Ok(ResourceUse {
        available_h: row.number("available_h")?,
        busy_h: row.number("busy_h")?,
        held_waiting_h: row.number("held_waiting_h")?,
        idle_h: row.number("idle_h")?,
        binding_share: row.number("binding_share")?,
    })
}

/// `unfinished.csv`.
pub(super) fn unfinished(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    Sheet::of("unfinished.csv", text)?.rows().try_for_each(|row| {
        let record = record_of(table.records.held_mut(), &row)?;
        record.left = left(&row, record)?;
        Ok(())
    })
}

/// A row of `unfinished.csv`: who was left by a replication.
pub(super) fn left(row: &Row<'_>, record: &ReplicationRecord) -> Result<Vec<Waiting>, Misread> {
    let outcome = row.text("outcome")?;
    let groups = Waiting::groups(&row.text("waits_for")?);
    if outcome != record.outcome.word() {
        return Err(row.misread(format!("outcome is {outcome:?}, but {:?} in replications.csv", record.outcome.word())));
    }
    groups.ok_or_else(|| row.misread("waits_for is not a list of people and what they wait for"))
}

/// `failures.csv`.
pub(super) fn failures(text: &str) -> Result<Vec<FailureRecord>, Misread> {
    Sheet::of("failures.csv", text)?.each(|row| {
        let waits = row.text_if_any("waits")?;
        Ok(FailureRecord {
            replication: row.count("replication")?,
            kind: row.word("kind", &[FAILURES])?,
            message: row.text("message")?,
            waits: waits.iter().flat_map(|waits| waits.split("; ")).map(String::from).collect(),
        })
    })
}

/// `daily.csv`.
pub(super) fn daily(text: &str) -> Result<Vec<DayRow>, Misread> {
    Sheet::of("daily.csv", text)?.each(|row| {
        let measure = row.word("measure", &[&DAILY_MEASURES])?;
        let mut quantiles = [0.0; 7];
        for (quantile, column) in quantiles.iter_mut().zip(DAILY_QUANTILE_NAMES) {
            *quantile = row.single(column)?;
        }
        let measure = DAILY_MEASURES.iter().position(|known| *known == measure).unwrap_or_default();
        Ok(DayRow { day: row.count("day")?, measure, quantiles })
    })
}

/// `paths.csv`.
pub(super) fn paths(text: &str) -> Result<Vec<PathRow>, Misread> {
    Sheet::of("paths.csv", text)?.each(|row| {
        Ok(PathRow {
            day: row.count("day")?,
            replication: row.count("replication")?,
            percent: row.count("rank_percent")?,
            accepted: row.single("accepted")?,
        })
    })
}
