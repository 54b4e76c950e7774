//! `convoysim sweep`: many points that survive whatever happens to the machine.
//!
//! A sweep is planned (every point checked, the plan frozen in its folder), its shards are run, and the parts are merged. The one
//! command does all three, and only what is missing of them; the subcommands do one each, for schedulers that run shards elsewhere.

pub(super) mod again;
mod args;
mod faults;
mod merge;
mod script;
mod status;
mod store;
mod study;
mod work;

pub(super) use args::{StudyOptions, SweepOptions};
pub(super) use merge::Merged;
pub(super) use study::{Study, name_of, read};

use super::charts::{self, Choice};
use super::exit::Exit;
use super::folder::Folder;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::stamp;
use super::terminal::{Terminal, WriteError};
use crate::report::json;
use crate::report::terminal::sweep::{SweepView, answer, text};
use crate::results::SweepOutput;
use args::{SweepCommand, WorkOptions};
use merge::merge;
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};
use store::{Store, StoreError};
use study::Instead;

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

/// A sweep with its folder, to be worked on.
struct Opened {
    folder: Folder,
    store: Store,
}

/// Reads the sweep file, checks every point, and makes the folder hold the plan; `then` goes on with both.
fn begin(
    options: &StudyOptions,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Study<'_>, Opened, &mut Terminal<'_>) -> Result<Exit, WriteError>,
) -> Result<Exit, WriteError> {
    let name = match study::name_of(options.file(), terminal) {
        Ok(name) => name,
        Err(exit) => return Ok(exit),
    };
    let sources = scenario_file::read;
    let (sweep, template) = match study::read(name, &sources, terminal) {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    let study = match Study::new(&sweep, &template, options.into(), terminal) {
        Ok(study) => study,
        Err(exit) => return Ok(exit),
    };
    if let Err(exit) = study.check(threads(&options.work), terminal) {
        return Ok(exit);
    }
    let path = options.out.clone().unwrap_or_else(|| default_folder(options.file()));
    let folder = Folder::prepare(&path)?;
    let mut design = Vec::new();
    crate::report::sweep::design(&study.info, |point| study.points.cells(point), &mut design)
        .map_err(|source| WriteError::new("the design", source))?;
    let store = match Store::begin(&path, &study.written, &design, options.shard_size.is_some()) {
        Ok(store) => store,
        Err(error) => return told(error, terminal),
    };
    // Nobody asked for another size: the one that the sweep began with holds.
    let study = Study { plan: crate::experiment::sweep::Plan { shard_size: store.plan().shard_size, ..study.plan }, ..study };
    then(&study, Opened { folder, store }, terminal)
}

/// `out/<sweep file name>/`.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("out").join(file.file_stem().unwrap_or(file.as_os_str()))
}

/// Says why a folder cannot be used.
fn told(error: StoreError, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    match error {
        StoreError::Write(error) => Err(error),
        other => {
            terminal.complain(&other.to_string());
            Ok(Exit::DataInvalid)
        }
    }
}

fn threads(options: &WorkOptions) -> usize {
    options.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// `sweep plan`.
fn plan(options: &StudyOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    begin(options, terminal, |study, opened, terminal| {
        let path = opened.store.path().display();
        terminal.print(&format!("{}\nPlanned in {path}/. Run its shards with: convoysim sweep shard {path} --shard K\n", size(study)))?;
        Ok(Exit::Done)
    })
}

/// How much there is to do, in words.
fn size(study: &Study<'_>) -> String {
    let plan = &study.plan;
    let runs = match plan.rows() {
        Some(rows) => format!("{} points x {} replications = {rows} runs", plan.points, plan.replications),
        None => format!("{} points, up to {} replications each", plan.points, plan.replications),
    };
    format!("{runs}, in {} shards.", plan.shards())
}

/// Tells what came of a merged sweep.
pub(super) type Tell<'t> = &'t dyn Fn(&Study<'_>, &Merged, Shown<'_>, &mut Terminal<'_>) -> Result<(), WriteError>;

/// The whole sweep, as far as it is not done; `tell` has the last words.
pub(super) fn all(options: &StudyOptions, typed: &[OsString], terminal: &mut Terminal<'_>, tell: Tell<'_>) -> Result<Exit, WriteError> {
    let (date, begun) = (SystemTime::now(), Instant::now());
    begin(options, terminal, |study, Opened { folder, store }, terminal| {
        let path = store.path().display().to_string();
        let fail = |source| WriteError::new(&path, source);
        store.sweep_up().map_err(fail)?;
        let missing = missing(study, &store).map_err(fail)?;
        let threads = threads(&options.work);
        let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
        if !options.quiet {
            terminal.say(&size(study));
            let there = study.plan.shards() as usize - missing.len();
            if there > 0 {
                terminal.say(&format!("{there} of {} shards are there already.", study.plan.shards()));
            }
            if !missing.is_empty() {
                terminal.say(&estimate(study, missing.len(), threads));
            }
        }
        store.note("begun", json!({"missing": missing.len(), "shards": study.plan.shards(), "threads": threads}));
        let runs = missing.iter().flat_map(|shard| study.plan.pieces(*shard)).map(|(_, within)| u64::from(within.end - within.start)).sum();
        let progress = Progress::sweep(runs, study.plan.replications, options.quiet, signals.clone());
        let worked = work::work(study, &store, &missing, threads, options.work.fail_fast, &progress);
        progress.end();
        if let Err((exit, why)) = worked.exit(study, &path) {
            store.note("stopped", json!({"exit": exit.code()}));
            terminal.complain(&why);
            return Ok(signals.exit().filter(|_| exit == Exit::Interrupted).unwrap_or(exit));
        }
        let record = stamp::record(typed, threads, date, begun.elapsed());
        let merged = merge(study, &store, &options.charts, &record, folder)?;
        charts::tell(&merged.not_drawn, terminal);
        store.note("merged", json!({"failures": merged.failures}));
        tell(study, &merged, Shown { path: &path, json: options.json, quiet: options.quiet }, terminal)?;
        if !options.quiet && !options.json {
            let took = begun.elapsed().as_secs_f64();
            terminal.say(&format!("{took:.1} s on {threads} threads, {:.0} runs a second", runs as f64 / took));
        }
        Ok(if merged.failures > 0 { Exit::SomeFailed } else { Exit::Done })
    })
}

/// The shards of which there is no whole part.
fn missing(study: &Study<'_>, store: &Store) -> std::io::Result<Vec<u32>> {
    let mut missing = Vec::new();
    for shard in 0..study.plan.shards() {
        if store.held(shard)?.is_none() {
            missing.push(shard);
        }
    }
    Ok(missing)
}

/// How long it will take, from one replication of the first point and one of the last.
fn estimate(study: &Study<'_>, missing: usize, threads: usize) -> String {
    let begun = Instant::now();
    let ends = [0, study.plan.points - 1];
    for point in ends {
        study.try_one(point);
    }
    let each = begun.elapsed().as_secs_f64() / ends.len() as f64;
    let share = missing as f64 / f64::from(study.plan.shards());
    let seconds = each * study.plan.rows_at_most() as f64 * share / threads as f64;
    let most = if study.plan.until.is_some() { "at most " } else { "" };
    format!("That may take {most}about {} on {threads} threads (a run takes {:.1} ms).", lasting(seconds), each * 1e3)
}

fn lasting(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{:.0} s", s.max(1.0)),
        s if s < 5_400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}

/// How a finished sweep is told.
pub(super) struct Shown<'s> {
    pub(super) path: &'s str,
    pub(super) json: bool,
    pub(super) quiet: bool,
}

fn report(study: &Study<'_>, merged: &Merged, shown: Shown<'_>, terminal: &mut Terminal<'_>) -> Result<(), WriteError> {
    let folder = shown.path.trim_end_matches('/');
    if shown.json {
        return terminal.print(&json::text(&crate::report::sweep::answer(
            &study.info,
            &merged.figures,
            merged.failures,
            folder,
            &merged.files,
        )));
    }
    let wrote = format!("Wrote {folder}/: {}", merged.files.join(", "));
    let view = SweepView {
        info: &study.info,
        figures: &merged.figures,
        cells: &|point| study.points.cells(point),
        failures: merged.failures,
        wrote: &wrote,
        base: study.template.name(),
        arguments: &|point| {
            let set = study.points.set(point);
            set.iter().map(|(path, value)| format!("--set {}", stamp::quoted(&format!("{path}={value}")))).collect::<Vec<_>>().join(" ")
        },
    };
    if shown.quiet { terminal.print(&format!("{}\n", answer(&view))) } else { terminal.print(&text(&view, terminal.style)) }
}

/// Opens a planned sweep by its folder alone; `then` goes on with it.
fn planned(
    dir: &Path,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Study<'_>, Store, &mut Terminal<'_>) -> Result<Exit, WriteError>,
) -> Result<Exit, WriteError> {
    let store = match Store::open(dir) {
        Ok(store) => store,
        Err(error) => return told(error, terminal),
    };
    let texts = study::texts(store.plan());
    let main = store.plan().texts.first().map_or("", |(name, _)| name).to_owned();
    let (sweep, template) = match study::read(&main, &texts, terminal) {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    let study = match Study::new(&sweep, &template, Instead::from(store.plan()), terminal) {
        Ok(study) => study,
        Err(exit) => return Ok(exit),
    };
    let differences = store.plan().differences(&study.written);
    if !differences.is_empty() {
        return told(StoreError::OtherPlan { folder: dir.display().to_string(), differences }, terminal);
    }
    then(&study, store, terminal)
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
                "{} of {} shards are missing, the first is {first}; run them with: convoysim sweep shard {path} --shard K",
                missing.len(),
                study.plan.shards()
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
