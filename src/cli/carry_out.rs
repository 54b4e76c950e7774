//! A run from a job to an output folder: replicate, choose what is shown, write every file, sum up.
//!
//! Nothing here knows what the job simulates, nor where the scenario came from.

use super::args::TableFormat;
use super::charts::Picture;
use super::folder::Folder;
use super::terminal::WriteError;
use crate::experiment::runner::{Job, Pool, Watch};
use crate::experiment::until;
use crate::report::sweep::parquet;
use crate::report::{files, json};
use crate::results::{
    Manifest, NodeRow, Output, Records, ResourceInfo, ResponseInfo, Room, RunInfo, RunTable, Setting, TextEntry, Until, finished, known,
    shown,
};
use serde_json::Value;
use std::io;

/// What is to be run.
pub(super) struct Assignment<'a> {
    /// What is known beforehand.
    pub(super) info: RunInfo,
    /// The responses, in column order.
    pub(super) responses: Vec<ResponseInfo>,
    /// The resources, in column order.
    pub(super) resources: Vec<ResourceInfo>,
    /// The nodes.
    pub(super) nodes: Vec<NodeRow>,
    /// What reports show beside the results.
    pub(super) setting: Setting,
    /// How many records are held in memory, and where more go.
    pub(super) room: Room,
    /// One replication.
    pub(super) job: &'a Job<'a>,
}

/// Why a run has no output.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoOutput {
    /// A shown replication came out otherwise the second time: a bug.
    #[error("replication {0} came out otherwise when it was run again for its details; this is a bug, please report it")]
    NotReproduced(u32),
    /// Records could not be laid aside, or not be read again.
    #[error("the temporary file for the records of replications: {0}")]
    Room(io::Error),
}

/// Runs all replications, then the shown ones again with detail. A cancelled run shows none.
pub(super) fn replicate(assignment: Assignment<'_>, pool: &Pool, watch: &dyn Watch) -> Result<Output, NoOutput> {
    let Assignment { mut info, responses, resources, nodes, setting, room, job } = assignment;
    let mut table = RunTable { responses, resources, records: Records::within(room), failures: Vec::new() };
    match &info.until {
        None => info.interrupted = !pool.fill(&mut table, info.requested, job, watch),
        Some(wanted) => {
            let ended = until_precise(wanted, &mut table, pool, job, watch);
            info.interrupted = ended.stop.is_none();
            info.requested = if info.interrupted { wanted.at_most } else { ended.replications };
        }
    }
    whole(&table.records)?;
    let mut details = Vec::new();
    let mut otherwise = None;
    if !info.interrupted {
        info.shown = shown::in_detail(&table);
        let numbers: Vec<u32> = info.shown.iter().map(|one| one.replication).collect();
        let all = pool.run(&numbers, true, job, &Quietly(watch), |outcome| match outcome {
            Ok((record, detail)) if table.record(record.replication).is_some_and(|first| same(&first.values, &record.values)) => {
                details.push(detail.unwrap_or_default());
            }
            Ok((record, _)) => otherwise = Some(record.replication),
            Err(failure) => otherwise = Some(failure.replication),
        });
        if !all {
            // As if the signal had come a moment earlier: nothing is shown, and the folder says that the run was interrupted.
            (info.interrupted, info.shown, details) = (true, Vec::new(), Vec::new());
            info.requested = info.until.as_ref().map_or(info.requested, |wanted| wanted.at_most);
        }
    }
    if let Some(replication) = otherwise {
        whole(&table.records)?;
        return Err(NoOutput::NotReproduced(replication));
    }
    let output = Output::of(info, setting, table, nodes, details);
    whole(&output.table.records)?;
    Ok(output)
}

/// Whether all records could be laid aside and read again.
pub(super) fn whole(records: &Records) -> Result<(), NoOutput> {
    records.error().map_or(Ok(()), |error| Err(NoOutput::Room(error)))
}

/// Fills the table until it is as precise as wanted.
fn until_precise(wanted: &Until, table: &mut RunTable, pool: &Pool, job: &Job<'_>, watch: &dyn Watch) -> until::Ended {
    until::drive(wanted, |round| {
        let reached = pool.extend(table, round, job, watch).then(|| wanted.judge(|response| table.reached(response)));
        watch.looked(reached.as_deref().unwrap_or_default());
        reached
    })
}

/// A watch whose progress is not that of these replications.
struct Quietly<'w>(&'w dyn Watch);

impl Watch for Quietly<'_> {
    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

fn same(a: &[f64], b: &[f64]) -> bool {
    // Records that were laid aside hold values as tables do.
    a.iter().map(|x| known(*x).to_bits()).eq(b.iter().map(|x| known(*x).to_bits()))
}

/// What was read to make the scenario.
pub(super) struct Sources<'s> {
    /// Every text read, by name, the scenario itself first.
    pub(super) texts: &'s [(String, String)],
    /// The scenario as it was run.
    pub(super) resolved: &'s str,
    /// Overrides of the command line.
    pub(super) overrides: &'s [String],
}

/// Writes the folder; the names of its files in the order written.
pub(super) fn write(
    done: &Output,
    sources: &Sources<'_>,
    pictures: &[Picture],
    record: &Value,
    format: TableFormat,
    mut folder: Folder,
) -> Result<Vec<String>, WriteError> {
    for (name, content) in files::of(done).into_iter().filter(|(name, _)| *name != "replications.csv" || format.has_csv()) {
        folder.write(name, content)?;
    }
    if format.has_parquet() {
        let aside = folder.temporary_file().map_err(|error| folder.failed(error))?;
        folder.write("replications.parquet", |out| parquet::of_run(done, out, aside))?;
    }
    for picture in pictures {
        picture.write(&mut folder)?;
    }
    // What could not be read again stands as zeros in the tables: they are not published.
    whole(&done.table.records).map_err(|error| folder.failed(io::Error::other(error)))?;
    let manifest = manifest(done, sources, &folder);
    folder.write("manifest.json", |out| out.write_all(json::text(&json::manifest(&manifest)).as_bytes()))?;
    let mut names: Vec<String> = folder.entries().into_iter().map(|entry| entry.name).collect();
    folder.write("run.json", |out| out.write_all(json::text(record).as_bytes()))?;
    names.push("run.json".into());
    folder.publish()?;
    Ok(names)
}

fn manifest(done: &Output, sources: &Sources<'_>, folder: &Folder) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION").into(),
        target: env!("CONVOYSIM_TARGET").into(),
        scenario: done.info.scenario.clone(),
        texts: TextEntry::all(sources.texts),
        overrides: sources.overrides.to_vec(),
        resolved: sources.resolved.into(),
        seed: done.info.seed,
        replications: done.info.requested,
        until: done.info.until.as_ref().map(Until::as_written),
        interrupted: done.info.interrupted,
        finished: finished(&done.table),
        files: folder.entries(),
    }
}

#[cfg(test)]
mod tests;
