//! `convoysim trace`: every change of state of one replication, with its cause.

use super::args::{TraceFormat, TraceOptions};
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::Plan;
use crate::experiment::operation::Operation;
use crate::experiment::runner::Unwatched;
use crate::report::{csv, json, trace_events};
use crate::results::{Detail, Outcome, RunInfo};

/// Runs one replication and prints its trace.
pub(super) fn trace(options: &TraceOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let loaded = match scenario_file::load(&options.scenario.file, &options.scenario.set, terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let plan = Plan::of(&loaded.scenario, None, options.scenario.seed);
    let info = plan.describe(&loaded.scenario);
    let operation = Operation::new(&loaded.scenario, plan.seed);
    let pool = match threads::pool(Some(1), terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let mut outcome = None;
    pool.run(&[options.replication], true, &|r, detail, watch| operation.replicate(r, detail, watch), &Unwatched, |one| {
        outcome = Some(one)
    });
    match outcome.expect("one replication has one outcome") {
        Ok((record, detail)) => {
            print(&detail.unwrap_or_default(), options.format, options.replication, &info, terminal)?;
            if record.censored() {
                let how = match record.outcome {
                    Outcome::Deadlock => "ends in a deadlock",
                    _ => "does not complete within the horizon",
                };
                terminal.say(&format!("replication {} {how}:", record.replication));
                record.left.iter().for_each(|group| terminal.say(&format!("  {group}")));
            }
            Ok(Exit::Done)
        }
        Err(failure) => {
            terminal.complain(&format!("replication {} failed ({}): {}", failure.replication, failure.kind, failure.message));
            for wait in &failure.waits {
                terminal.say(&format!("  {wait}"));
            }
            Ok(Exit::SomeFailed)
        }
    }
}

/// Prints a trace in a format.
pub(super) fn print(
    detail: &Detail,
    format: TraceFormat,
    replication: u32,
    info: &RunInfo,
    terminal: &mut Terminal<'_>,
) -> Result<(), WriteError> {
    terminal.print_with(|out| match format {
        TraceFormat::Csv => csv::trace(&detail.trace, &info.clock, out),
        TraceFormat::Jsonl => json::trace(&detail.trace, &info.clock, out),
        TraceFormat::Chrome => trace_events::write(detail, replication, info, out),
    })
}
