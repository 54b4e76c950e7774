//! Tables over all replications.

use super::Misread;
use super::sheet::{Row, Sheet};
use crate::results::daily::{DAILY_QUANTILE_NAMES, DayRow, PathRow};
use crate::results::vocabulary::{CAUSES, FAILURES, VIAS};
use crate::results::{
    AttributionPart, DAILY_MEASURES, Daily, FAILED, FailureRecord, Outcome, ReplicationRecord, ResourceUse, RunTable, Waiting,
};

/// `replications.csv`: adds the records to a table whose responses are known.
pub(super) fn replications(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    let sheet = Sheet::of("replications.csv", text)?;
    let expected = ["replication", "censored", "outcome"].into_iter().chain(table.responses.iter().map(|info| info.name.as_str()));
    if !expected.eq(sheet.heading.iter().map(String::as_str)) {
        return Err(sheet.misread("its columns are not the responses of summary.json"));
    }
    let rows = sheet.each(|row| {
        let replication: u32 = row.count("replication")?;
        let Some(outcome) = outcome(row)? else { return Ok((replication, None)) };
        let values = sheet.heading.iter().enumerate().skip(3).map(|(position, column)| row.number_at(position, column));
        let record = ReplicationRecord {
            replication,
            outcome,
            left: Vec::new(),
            values: values.collect::<Result<_, _>>()?,
            daily: Daily::default(),
            attribution: Vec::new(),
            resources: Vec::new(),
            events: 0,
            draws: 0,
        };
        Ok((replication, Some(record)))
    })?;
    if rows.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
        return Err(sheet.misread("its replications do not stand in order"));
    }
    let failed: Vec<u32> = rows.iter().filter(|(_, record)| record.is_none()).map(|(replication, _)| *replication).collect();
    if !table.failures.iter().map(|failure| failure.replication).eq(failed) {
        return Err(sheet.misread("its failed replications are not those of failures.csv"));
    }
    table.records = rows.into_iter().filter_map(|(_, record)| record).collect();
    Ok(())
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
        let part = AttributionPart { cause: row.word("cause", &[CAUSES])?, via: row.word("via", &[VIAS])?, ticks: row.days("days")? };
        record_of(&mut table.records, &row)?.attribution.push(part);
        Ok(())
    })
}

/// `resources.csv`.
pub(super) fn resources(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    Sheet::of("resources.csv", text)?.rows().try_for_each(|row| {
        let name = row.text("resource")?;
        let used = ResourceUse {
            available_h: row.number("available_h")?,
            busy_h: row.number("busy_h")?,
            held_waiting_h: row.number("held_waiting_h")?,
            idle_h: row.number("idle_h")?,
            binding_share: row.number("binding_share")?,
        };
        let record = record_of(&mut table.records, &row)?;
        // Resources stand in the order of the summary, and so do the uses of a replication.
        if table.resources.get(record.resources.len()).is_none_or(|info| info.name != name) {
            return Err(row.misread(format!("{name:?} is not the next resource of summary.json")));
        }
        record.resources.push(used);
        Ok(())
    })
}

/// `unfinished.csv`.
pub(super) fn unfinished(table: &mut RunTable, text: &str) -> Result<(), Misread> {
    Sheet::of("unfinished.csv", text)?.rows().try_for_each(|row| {
        let outcome = row.text("outcome")?;
        let groups = Waiting::groups(&row.text("waits_for")?);
        let record = record_of(&mut table.records, &row)?;
        if outcome != record.outcome.word() {
            return Err(row.misread(format!("outcome is {outcome:?}, but {:?} in replications.csv", record.outcome.word())));
        }
        record.left = groups.ok_or_else(|| row.misread("waits_for is not a list of people and what they wait for"))?;
        Ok(())
    })
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
