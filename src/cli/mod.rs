//! The command line: arguments, files, terminal, signals, exit codes.
//!
//! Results go to standard output; progress, notes and errors to standard error. This is the only layer that prints, reads or writes
//! files, looks at the wall clock or hears signals. It knows no model; what it knows of a run is a plan, a job and tables.
//!
//! One file a command; `carry_out` is the run itself, from a job to an output folder and a summary.

#![expect(clippy::disallowed_methods, reason = "the edge reads the wall clock, for progress and run.json")]

mod again;
mod args;
mod argument;
mod best;
mod brief;
mod carry_out;
mod chart;
mod charts;
mod check;
mod compare;
mod diff;
mod exit;
mod explain;
mod folder;
mod new;
mod open;
mod precision;
mod progress;
mod read_file;
mod replications;
mod rerun;
mod resolve;
mod room;
mod run;
mod save;
mod scenario_file;
mod sensitivity;
mod shell;
mod signals;
mod split;
mod stamp;
mod sweep;
mod terminal;
mod threads;
mod trace;
mod verify;

pub use exit::Exit;

use crate::experiment::runner;
use crate::report::visible::visible;
use args::{Args, Command};
use clap::Parser;
use std::ffi::OsString;
use std::io::Write;
use terminal::{Readers, Terminal};

/// Runs a command line, the program's name first, and says how it ended.
pub fn run(args: impl IntoIterator<Item = OsString>, stdout: &mut dyn Write, stderr: &mut dyn Write) -> Exit {
    let stdout: &mut dyn Write = &mut Readers::new(stdout);
    let typed: Vec<OsString> = args.into_iter().collect();
    let mut parsed = match Args::try_parse_from(&typed) {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error, stdout, stderr),
    };
    parsed.command.lay_over();
    runner::silence_replications();
    let mut terminal = Terminal::new(&parsed.looks, stdout, stderr);
    let end = match &parsed.command {
        Command::Run(options) => run::run(options, &typed, &mut terminal),
        Command::Chart(options) => chart::chart(options, &mut terminal),
        Command::Brief(options) => brief::brief(options, &mut terminal),
        Command::Check(options) => check::check(options, &mut terminal),
        Command::Explain(options) => explain::explain(options, &typed, &mut terminal),
        Command::Best(options) => best::best(options, &mut terminal),
        Command::Compare(options) => compare::compare(options, &typed, &mut terminal),
        Command::Diff(options) => diff::diff(options, &mut terminal),
        Command::Sweep(options) => sweep::sweep(options, &typed, &mut terminal),
        Command::Sensitivity(options) => sensitivity::sensitivity(options, &typed, &mut terminal),
        Command::Trace(options) => trace::trace(options, &mut terminal),
        Command::Rerun(options) => rerun::rerun(options, &mut terminal),
        Command::Verify(options) => verify::verify(options, &mut terminal),
        Command::New(options) => new::new(options, &mut terminal),
        Command::Resolve(options) => resolve::resolve(options, &mut terminal),
        Command::Schema { sweep } => terminal.print(&scenario_file::schema(*sweep)).map(|()| Exit::Done),
        Command::Completions { shell } => shell::completions(*shell, &mut terminal),
        Command::Man => shell::manual(&mut terminal),
    };
    end.and_then(|exit| terminal.flush().map(|()| exit)).unwrap_or_else(|error| {
        terminal.complain(&error.to_string());
        Exit::CannotWrite
    })
}

/// Help and version are results; anything else that clap says is a usage error.
fn usage(error: &clap::Error, stdout: &mut dyn Write, stderr: &mut dyn Write) -> Exit {
    let text = visible(&error.render().to_string()).into_owned();
    if !error.use_stderr() {
        return if write!(stdout, "{text}").and_then(|()| stdout.flush()).is_ok() { Exit::Done } else { Exit::CannotWrite };
    }
    // Where even standard error is closed, the exit code has to do.
    write!(stderr, "{text}").ok();
    Exit::Usage
}
