//! `convoysim sweep`: many points that survive whatever happens to the machine.
//!
//! A sweep is planned (every point checked, the plan frozen in its folder), its shards are run, and the parts are merged. The one
//! command does all three, and only what is missing of them; the subcommands do one each, for schedulers that run shards elsewhere.

pub(super) mod again;
mod args;
mod faults;
mod merge;
mod opened;
mod script;
mod status;
mod store;
mod study;
mod tell;
mod whole;
mod work;

pub(super) use args::{StudyOptions, SweepOptions};
pub(super) use study::{Study, name_of, read};
pub(super) use whole::all;

use super::argument::argument;
use super::charts::{self, Choice};
use super::exit::Exit;
use super::folder::Folder;
use super::progress::Progress;
use super::signals::Signals;
use super::stamp;
use super::terminal::{Terminal, WriteError};
use crate::results::SweepOutput;
use args::SweepCommand;
use merge::merge;
use opened::{begin, missing, planned};
use serde_json::json;
use std::ffi::OsString;
use std::path::Path;
use std::time::{Instant, SystemTime};
use tell::{Shown, report, size};

/// Does what the arguments say.
pub(super) fn sweep(options: &SweepOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    match &options.command {
        Some(SweepCommand::Plan(study)) => plan(study, terminal),
        Some(SweepCommand::Status { dir, json }) => status::status(dir, *json, terminal),
        Some(SweepCommand::Shard { dir, shard }) => one_shard(dir, *shard, terminal),
        Some(SweepCommand::Merge { dir, charts, json }) => merge_parts(dir, charts, *json, typed, terminal),
        Some(SweepCommand::Script { dir, slurm: _, shards_a_task }) => script::slurm(dir, *shards_a_task, terminal),
        None => all(&options.study, typed, terminal, &report),
    }
}

/// `sweep plan`.
fn plan(options: &StudyOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    begin(options, terminal, |study, opened, terminal| {
        let path = opened.store.path();
        let folder = argument(path);
        let text =
            format!("{}\nPlanned in {}/. Run its shards with: convoysim sweep shard {folder} --shard K\n", size(study), path.display());
        terminal.print(&text)?;
        Ok(Exit::Done)
    })
}

/// `sweep shard`.
fn one_shard(dir: &Path, shard: u32, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    planned(dir, terminal, |study, store, terminal| {
        if shard >= study.plan.shards() {
            terminal.complain(&format!("there is no shard {shard}: they are 0 to {}", study.plan.shards() - 1));
            return Ok(Exit::Usage);
        }
        let path = store.path().display().to_string();
        let _beside = store.share()?;
        if store.held(shard).map_err(|source| WriteError::new(&path, source))?.is_some() {
            terminal.say(&format!("shard {shard} is there already"));
            return Ok(Exit::Done);
        }
        let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
        let progress = Progress::sweep(0, study.plan.replications, true, signals.clone());
        match work::work(study, &store, &[shard], 1, false, &progress).exit(study, &path) {
            Ok(0) => Ok(Exit::Done),
            Ok(_) => Ok(Exit::SomeFailed),
            Err((exit, why)) => {
                terminal.complain(&why);
                Ok(signals.exit().filter(|_| exit == Exit::Interrupted).unwrap_or(exit))
            }
        }
    })
}

/// What charts of a finished sweep are drawn from, by its folder alone; `then` draws them.
pub(super) fn charted(
    dir: &Path,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&SweepOutput, &mut Terminal<'_>) -> Result<Exit, WriteError>,
) -> Result<Exit, WriteError> {
    planned(dir, terminal, |study, store, terminal| {
        let fail = |source| WriteError::new(dir.display(), source);
        if let Some(first) = missing(study, &store).map_err(fail)?.first() {
            terminal.complain(&format!("{}: shard {first} is missing; run the sweep to its end", dir.display()));
            return Ok(Exit::DataInvalid);
        }
        then(&merge::output(study, &store).map_err(fail)?, terminal)
    })
}

/// `sweep merge`.
fn merge_parts(dir: &Path, charts: &Choice, json: bool, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let (date, begun) = (SystemTime::now(), Instant::now());
    planned(dir, terminal, |study, store, terminal| {
        let path = store.path().display().to_string();
        let folder = Folder::prepare(store.path())?;
        let missing = missing(study, &store).map_err(|source| WriteError::new(&path, source))?;
        if let Some(first) = missing.first() {
            terminal.complain(&format!(
                "{} of {} shards are missing, the first is {first}; run them with: convoysim sweep shard {} --shard K",
                missing.len(),
                study.plan.shards(),
                argument(store.path())
            ));
            return Ok(Exit::DataInvalid);
        }
        let record = stamp::record(typed, 1, date, begun.elapsed());
        let merged = merge(study, &store, charts, &record, folder)?;
        charts::tell(&merged.not_drawn, terminal);
        store.note("merged", json!({"failures": merged.failures}));
        report(study, &merged, Shown { path: &path, json, quiet: false }, terminal)?;
        Ok(if merged.failures > 0 { Exit::SomeFailed } else { Exit::Done })
    })
}
