//! `convoysim run`.

use super::args::RunOptions;
use super::argument::argument;
use super::carry_out::{Assignment, NoOutput, Sources, replicate, write};
use super::charts;
use super::exit::Exit;
use super::folder::Folder;
use super::precision;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::stamp;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::Plan;
use crate::experiment::operation::Operation;
use crate::report::json;
use crate::report::terminal::{View, answer, shortfalls, summary};
use crate::results::Output;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Runs a scenario, writes its folder, prints its summary.
pub(super) fn run(options: &RunOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let (date, begun) = (SystemTime::now(), Instant::now());
    let loaded = match scenario_file::load(&options.scenario.file, &options.scenario.set, terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    if !options.quiet {
        scenario_file::show_notes([&loaded], terminal);
    }
    let scenario = &loaded.scenario;
    let path = options.out.clone().unwrap_or_else(|| default_folder(&options.scenario.file));
    let plan = Plan::of(scenario, options.replications, options.scenario.seed);
    let operation = Operation::new(scenario, plan.seed);
    let plan =
        match precision::wanted(&options.precision, &operation.responses, &scenario.objectives, scenario.params.horizon.days(), terminal) {
            Ok(Some(until)) => plan.until(until),
            Ok(None) => plan,
            Err(exit) => return Ok(exit),
        };
    let folder = Folder::prepare(&path)?;
    let pool = match threads::pool(options.threads, terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let info = plan.describe(scenario);
    let progress = match info.until {
        None => Progress::new(info.requested, options.quiet, signals.clone()),
        Some(_) => Progress::until_precise(1, info.requested, options.quiet, signals.clone(), terminal.style_err),
    };
    let assignment = Assignment {
        info,
        responses: operation.responses.clone(),
        resources: operation.resources.clone(),
        nodes: operation.nodes.clone(),
        setting: operation.setting.clone(),
        room: folder.room(),
        job: &|replication, detail, watch| operation.replicate(replication, detail, watch),
    };
    let done = replicate(assignment, &pool, &progress);
    progress.end();
    let done = match done {
        Ok(done) => done,
        Err(NoOutput::Room(error)) => return Err(folder.failed(error)),
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::Bug);
        }
    };
    let (pictures, not_drawn) = charts::draw((&done).into(), &options.charts, charts::USUAL_ORDER);
    let took = begun.elapsed();
    let sources = Sources { texts: &scenario.texts, resolved: &scenario.resolved, overrides: &options.scenario.set };
    let files = write(&done, &sources, &pictures, &stamp::record(typed, pool.threads(), date, took), options.format, folder)?;
    charts::tell(&not_drawn, terminal);
    report(options, &done, &path, &files, terminal)?;
    if !options.quiet && !options.json {
        let runs = done.summary.replications + done.summary.failed;
        terminal.say(&format!(
            "{:.1} s on {} threads, {:.0} runs a second",
            took.as_secs_f64(),
            pool.threads(),
            runs as f64 / took.as_secs_f64()
        ));
    }
    let end = end(options, &done, terminal);
    Ok(if done.info.interrupted { signals.exit().unwrap_or(end) } else { end })
}

/// How it ended: what is graver goes first.
fn end(options: &RunOptions, done: &Output, terminal: &mut Terminal<'_>) -> Exit {
    if done.summary.failed > 0 {
        return Exit::SomeFailed;
    }
    if !precision::reached(&done.summary) {
        // The summary says it; where there is none, it is said here.
        if options.quiet || options.json {
            shortfalls(&done.summary.precision, done.summary.replications, ["run", "runs"]).iter().for_each(|text| terminal.say(text));
        }
        return Exit::PrecisionNotReached;
    }
    let doubtful: Vec<&str> = done.summary.objectives.iter().filter(|one| !one.is_sure()).map(|one| &*one.objective.id).collect();
    if options.gate && !doubtful.is_empty() {
        terminal.say(&format!("gate: {} not met beyond doubt", doubtful.join(", ")));
        return Exit::ObjectiveMissed;
    }
    Exit::Done
}

fn report(options: &RunOptions, done: &Output, path: &Path, files: &[String], terminal: &mut Terminal<'_>) -> Result<(), WriteError> {
    if options.json {
        let names: Vec<&str> = files.iter().map(String::as_str).collect();
        return terminal.print(&json::text(&json::run(done, &path.to_string_lossy(), &names)));
    }
    let count = |extension: &str| files.iter().filter(|name| name.ends_with(extension)).count();
    let charts = match count(".svg") {
        0 => String::new(),
        n => format!("{n} charts, "),
    };
    let folder = path.display().to_string();
    let parquet = if options.format.has_parquet() { "replications.parquet, " } else { "" };
    let wrote =
        format!("Wrote {}/: {charts}{} CSV, {parquet}summary.json, manifest.json, run.json", folder.trim_end_matches('/'), count(".csv"));
    let view = View { info: &done.info, table: &done.table, summary: &done.summary, details: &done.details, wrote: &wrote };
    if options.quiet {
        return terminal.print(&format!("{}\n", answer(&view)));
    }
    let text = summary(&view, terminal.style);
    terminal.print(&text)?;
    let file = argument(&options.scenario.file);
    let next = match done.info.shown.iter().find(|one| one.percent == 50).or(done.info.shown.first()) {
        Some(one) => format!("Next: convoysim trace {file} --replication {}    convoysim check {file} --sources\n", one.replication),
        None => format!("Next: convoysim check {file} --sources\n"),
    };
    terminal.print(&next)
}

/// `out/<scenario file name>/`.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("out").join(file.file_stem().unwrap_or(file.as_os_str()))
}
