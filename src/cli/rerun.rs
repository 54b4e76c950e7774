//! `convoysim rerun`: exactly one replication of a finished run, from the manifest of its folder, held against the row it had.

use super::again::Again;
use super::args::TraceFormat;
use super::exit::Exit;
use super::open;
use super::read_file;
use super::sweep;
use super::terminal::{Terminal, WriteError};
use super::threads;
use super::trace;
use crate::report::sweep::SweepPlan;
use crate::report::terminal::replayed;
use crate::report::{csv, first_difference, json, read};
use crate::results::{Detail, FirstDifference, Kind, Replayed, Rows, RunTable};
use crate::scenario::Problem;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct RerunOptions {
    /// Output folder of a run or a sweep
    pub(super) dir: PathBuf,
    /// Replication, from 0
    #[arg(long, value_name = "R")]
    pub(super) replication: u32,
    /// Point of a sweep, from 0; the folder of a run has none, that of a sweep needs it
    #[arg(long, value_name = "P")]
    pub(super) point: Option<u32>,
    /// Print its trace in place of its responses
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "csv")]
    pub(super) trace: Option<TraceFormat>,
    /// Print one JSON object in place of the text
    #[arg(long, conflicts_with = "trace")]
    pub(super) json: bool,
}

/// Tables whose rows of one replication are held against what comes out.
const TABLES: [&str; 2] = ["replications.csv", "failures.csv"];

/// Replays one replication.
pub(super) fn rerun(options: &RerunOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let Subject { again, row } = match subject(options, terminal) {
        Ok(subject) => subject,
        Err((why, exit)) => {
            terminal.complain(&why);
            return Ok(exit);
        }
    };
    let pool = match threads::pool(Some(1), terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let (table, details) = again.some(&[options.replication], true, &pool, &crate::experiment::runner::Unwatched);
    let replayed = Replayed {
        replication: options.replication,
        info: again.info(),
        first: match row {
            None => of_rows(&options.dir, &table, options.replication, again.info().seed),
            Some((point, line)) => of_point(&options.dir, point, options.replication, line),
        },
        table,
    };
    let end = match (&replayed.first, replayed.table.failures.first()) {
        (Some(_), _) => Exit::Different,
        (None, Some(_)) => Exit::SomeFailed,
        (None, None) => Exit::Done,
    };
    shown(options, &replayed, details, terminal)?;
    Ok(end)
}

/// What the replication is of.
struct Subject {
    again: Again,
    /// The point of a sweep, and its row as it comes out; `None` in there where it failed.
    row: Option<(u32, Option<String>)>,
}

/// The run, or the point of a sweep, that the replication is of.
fn subject(options: &RerunOptions, terminal: &mut Terminal<'_>) -> Result<Subject, (String, Exit)> {
    let dir = &options.dir;
    let text = open::manifest_text(dir).map_err(|error| (error.to_string(), Exit::DataInvalid))?;
    if matches!(open::kind(dir, &text), Ok((Kind::Sweep, _))) {
        return of_sweep(options, &text, terminal);
    }
    if options.point.is_some() {
        return Err((format!("{}: the folder of a run has no points; leave --point out", dir.display()), Exit::Usage));
    }
    let manifest = open::run_manifest(dir, &text).map_err(|error| (error.to_string(), Exit::DataInvalid))?;
    let cannot = |why| (format!("{}: this version cannot run its scenario: {why}", dir.display()), Exit::ScenarioInvalid);
    let again = Again::of(&manifest).map_err(cannot)?;
    if !again.finished().contains(&options.replication) {
        let had: Vec<String> = manifest.finished.iter().map(|(first, last)| format!("{first} to {last}")).collect();
        let why = format!("{}: the run had replications {}, but none {}", dir.display(), had.join(", "), options.replication);
        return Err((why, Exit::Usage));
    }
    Ok(Subject { again, row: None })
}

/// A point of a sweep.
fn of_sweep(options: &RerunOptions, text: &str, terminal: &mut Terminal<'_>) -> Result<Subject, (String, Exit)> {
    let dir = options.dir.display();
    let plan = SweepPlan::of_manifest(text).map_err(|why| (format!("{dir}: its manifest cannot be used: {why}"), Exit::DataInvalid))?;
    let Some(point) = options.point.filter(|point| *point < plan.points) else {
        return Err((format!("{dir}: this is a sweep; say which point with --point 0 to {}", plan.points.saturating_sub(1)), Exit::Usage));
    };
    if options.replication >= plan.replications {
        let why = format!("{dir}: points have replications 0 to {}, but none {}", plan.replications.saturating_sub(1), options.replication);
        return Err((why, Exit::Usage));
    }
    let ready = sweep::again::of_manifest(&plan, terminal, |study, _| {
        let (scenario, seed) = sweep::again::scenario(study, point)?;
        Ok((Again::at(scenario, seed, plan.replications), sweep::again::line_of(study, point, options.replication)))
    });
    let cannot = |why: String| (format!("{dir}: this version cannot run point {point}: {why}"), Exit::ScenarioInvalid);
    let (again, line) = ready
        .map_err(|_| cannot("see above".into()))?
        .map_err(|problems: Vec<Problem>| cannot(problems.first().map_or_else(String::new, |problem| problem.message.clone())))?;
    Ok(Subject { again, row: Some((point, line)) })
}

/// Where the row of a point in the folder differs from what came out.
fn of_point(dir: &Path, point: u32, replication: u32, line: Option<String>) -> Option<FirstDifference> {
    let place = || format!("replications.csv, point {point}, replication {replication}");
    match sweep::again::first_otherwise(&dir.join("replications.csv"), &[((point, replication), line.clone())].into()) {
        Ok(first) => first.map(|first| FirstDifference { place: format!("replications.csv, {}", first.place), ..first }),
        Err(_) => Some(FirstDifference { place: place(), found: None, made: line.map(|_| "a row".into()) }),
    }
}

/// Where the rows of the replication in the folder first differ from what came out.
fn of_rows(dir: &Path, table: &RunTable, replication: u32, seed: u64) -> Option<FirstDifference> {
    let rows = Rows { column: "replication", values: [replication.to_string()].into() };
    TABLES.into_iter().find_map(|name| {
        let mut made = Vec::new();
        let written = if name == "failures.csv" { csv::failures(table, seed, &mut made) } else { csv::replications(table, &mut made) };
        written.expect("a Vec takes everything");
        let found = read_file::bytes(&dir.join(name), read_file::LONGEST).ok();
        let found = found.or_else(|| (name == "replications.csv").then(|| of_parquet(dir, table, replication))?);
        // Without failures there is no table of them.
        if found.is_none() && name == "failures.csv" && table.failures.is_empty() {
            return None;
        }
        let mut first = first_difference::first(name, &found.unwrap_or_default(), &made, Some(&rows))?;
        first.place = format!("{name}, {}", first.place);
        Some(first)
    })
}

/// The row of a replication in `replications.parquet`, as a table of text; nothing where there is no such file or it cannot be read.
fn of_parquet(dir: &Path, table: &RunTable, replication: u32) -> Option<Vec<u8>> {
    let file = read_file::open(&dir.join("replications.parquet")).ok()?;
    let found = read::one_of_parquet(file, &table.responses, replication).ok()?;
    let mut text = Vec::new();
    csv::replications(&found, &mut text).ok().map(|()| text)
}

/// Prints what was asked for; where that is a trace, whether it is the same goes beside it.
fn shown(options: &RerunOptions, replayed: &Replayed, details: Vec<Detail>, terminal: &mut Terminal<'_>) -> Result<(), WriteError> {
    let Some(format) = options.trace else {
        let text = if options.json { json::text(&json::replayed(replayed)) } else { replayed::text(replayed, terminal.style) };
        return terminal.print(&text);
    };
    if let Some(detail) = details.first() {
        trace::print(detail, format, options.replication, &replayed.info, terminal)?;
    }
    let verdict = replayed::verdict(replayed, terminal.style_err);
    terminal.say(verdict.trim_end());
    Ok(())
}
