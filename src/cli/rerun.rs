//! `convoysim rerun`: exactly one replication of a finished run, from the manifest of its folder, held against the row it had.

use super::again::Again;
use super::args::TraceFormat;
use super::exit::Exit;
use super::open;
use super::terminal::{Terminal, WriteError};
use super::trace;
use crate::experiment::runner::Pool;
use crate::report::terminal::replayed;
use crate::report::{csv, first_difference, json};
use crate::results::{Detail, FirstDifference, Replayed, Rows, RunTable};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct RerunOptions {
    /// Output folder of a run
    pub(super) dir: PathBuf,
    /// Replication, from 0
    #[arg(long, value_name = "R")]
    pub(super) replication: u32,
    /// Point of a sweep, from 0; the folder of a run has none
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
    let again = match subject(options) {
        Ok(again) => again,
        Err((why, exit)) => {
            terminal.complain(&why);
            return Ok(exit);
        }
    };
    let pool = match Pool::new(1) {
        Ok(pool) => pool,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::Bug);
        }
    };
    let (table, details) = again.some(&[options.replication], true, &pool, &crate::experiment::runner::Unwatched);
    let replayed = Replayed {
        replication: options.replication,
        info: again.info(),
        first: of_rows(&options.dir, &table, options.replication, again.info().seed),
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

/// The run that the replication is of.
fn subject(options: &RerunOptions) -> Result<Again, (String, Exit)> {
    let dir = &options.dir;
    if options.point.is_some() {
        return Err((format!("{}: the folder of a run has no points; leave --point out", dir.display()), Exit::Usage));
    }
    let manifest = open::manifest_text(dir).and_then(|text| open::run_manifest(dir, &text));
    let manifest = manifest.map_err(|error| (error.to_string(), Exit::DataInvalid))?;
    let cannot = |why| (format!("{}: this version cannot run its scenario: {why}", dir.display()), Exit::ScenarioInvalid);
    let again = Again::of(&manifest).map_err(cannot)?;
    if !again.finished().contains(&options.replication) {
        let had: Vec<String> = manifest.finished.iter().map(|(first, last)| format!("{first} to {last}")).collect();
        let why = format!("{}: the run had replications {}, but none {}", dir.display(), had.join(", "), options.replication);
        return Err((why, Exit::Usage));
    }
    Ok(again)
}

/// Where the rows of the replication in the folder first differ from what came out.
fn of_rows(dir: &Path, table: &RunTable, replication: u32, seed: u64) -> Option<FirstDifference> {
    let rows = Rows { column: "replication", values: [replication.to_string()].into() };
    TABLES.into_iter().find_map(|name| {
        let mut made = Vec::new();
        let written = if name == "failures.csv" { csv::failures(table, seed, &mut made) } else { csv::replications(table, &mut made) };
        written.expect("a Vec takes everything");
        let found = fs::read(dir.join(name)).ok();
        // Without failures there is no table of them.
        if found.is_none() && name == "failures.csv" && table.failures.is_empty() {
            return None;
        }
        let mut first = first_difference::first(name, &found.unwrap_or_default(), &made, Some(&rows))?;
        first.place = format!("{name}, {}", first.place);
        Some(first)
    })
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
