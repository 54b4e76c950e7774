//! The one command: the sweep planned, what is missing of it run, and everything merged and told.

use super::args::StudyOptions;
use super::merge::{Merged, merge};
use super::opened::{Opened, begin, missing, threads};
use super::study::Study;
use super::tell::{Shown, size};
use super::work;
use crate::cli::charts;
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::cli::signals::Signals;
use crate::cli::stamp;
use crate::cli::terminal::{Terminal, WriteError};
use serde_json::json;
use std::ffi::OsString;
use std::time::{Instant, SystemTime};

/// Tells what came of a merged sweep.
pub(in crate::cli) type Tell<'t> = &'t dyn Fn(&Study<'_>, &Merged, Shown<'_>, &mut Terminal<'_>) -> Result<(), WriteError>;

/// The whole sweep, as far as it is not done; `tell` has the last words.
pub(in crate::cli) fn all(
    options: &StudyOptions,
    typed: &[OsString],
    terminal: &mut Terminal<'_>,
    tell: Tell<'_>,
) -> Result<Exit, WriteError> {
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
