//! `convoysim verify`: runs a result folder again from its own manifest and says of every file whether its bytes agree.

mod comparison;
mod explanation;
mod folder;
mod run;
mod sample;
mod sweep;

use super::exit::Exit;
use super::open::{self, OpenError};
use super::progress::Progress;
use super::signals::Signals;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::runner::Pool;
use crate::report::{json, terminal as text};
use crate::results::{Kind, Verification};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct VerifyOptions {
    /// Output folder of a run, a comparison, an explanation or a sweep
    pub(super) dir: PathBuf,
    /// Run only so many replications again, evenly spaced from the first to the last, and those that are
    /// shown in detail; so many shards of a sweep
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) sample: Option<u32>,
    /// The same as --sample 10
    #[arg(long, conflicts_with = "sample")]
    pub(super) quick: bool,
    /// Threads [default: one a processor]; the finding is the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Print one JSON object in place of the text
    #[arg(long, conflicts_with = "quiet")]
    pub(super) json: bool,
    /// Print nothing; the exit code says it
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Replications of `--quick`.
const QUICK: u32 = 10;

impl VerifyOptions {
    /// Replications to run again, where not all of them are.
    fn sample(&self) -> Option<u32> {
        self.sample.or(self.quick.then_some(QUICK))
    }
}

/// Why a folder could not be verified.
enum Stop {
    /// It cannot be opened.
    Open(OpenError),
    /// Its scenario cannot be run by this version.
    Scenario(String),
    /// It cannot be done with this folder.
    Usage(String),
    /// Something that has been told already.
    Told(Exit),
    /// A signal.
    Signal(Exit),
    /// Something temporary could not be written.
    Write(WriteError),
    /// Something that should not be.
    Bug(String),
}

impl From<OpenError> for Stop {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

/// What runs a folder again.
struct Means {
    pool: Pool,
    signals: Signals,
    /// Whether progress is shown.
    quiet: bool,
    sample: Option<u32>,
}

impl Means {
    /// Follows so many replications.
    fn progress(&self, replications: usize) -> Progress {
        Progress::new(u32::try_from(replications).unwrap_or(u32::MAX), self.quiet, self.signals.clone())
    }

    /// Follows replications whose number is not known beforehand.
    fn growing(&self) -> Progress {
        Progress::growing(self.quiet, self.signals.clone())
    }

    /// A signal ends it.
    fn unless_stopped(&self) -> Result<(), Stop> {
        self.signals.exit().map_or(Ok(()), |exit| Err(Stop::Signal(exit)))
    }
}

/// Verifies a folder.
pub(super) fn verify(options: &VerifyOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let pool = match threads::pool(options.threads, terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let means = Means { pool, signals, quiet: options.quiet || options.json, sample: options.sample() };
    match verified(&options.dir, &means, terminal) {
        Ok(verification) => {
            if options.json {
                terminal.print(&json::text(&json::verification(&verification)))?;
            } else if !options.quiet {
                let shown = text::verification(&verification, terminal.style);
                terminal.print(&shown)?;
            }
            Ok(if verification.agrees() { Exit::Done } else { Exit::Different })
        }
        Err(stop) => Ok(told(stop, &options.dir, terminal)),
    }
}

/// Says why, and how to end.
fn told(stop: Stop, dir: &Path, terminal: &mut Terminal<'_>) -> Exit {
    let (text, exit) = match stop {
        Stop::Signal(exit) | Stop::Told(exit) => return exit,
        Stop::Open(error) => (error.to_string(), Exit::DataInvalid),
        Stop::Scenario(why) => (format!("{}: this version cannot run its scenario: {why}", dir.display()), Exit::ScenarioInvalid),
        Stop::Usage(why) => (format!("{}: {why}", dir.display()), Exit::Usage),
        Stop::Write(error) => (error.to_string(), Exit::CannotWrite),
        Stop::Bug(why) => (why, Exit::Bug),
    };
    terminal.complain(&text);
    exit
}

/// A folder by what its manifest says it holds.
fn verified(dir: &Path, means: &Means, terminal: &mut Terminal<'_>) -> Result<Verification, Stop> {
    let text = open::manifest_text(dir)?;
    match open::kind(dir, &text)?.0 {
        Kind::Run => run::verified(dir, &text, means),
        Kind::Comparison => comparison::verified(dir, &text, means, terminal),
        Kind::Explanation => explanation::verified(dir, &text, means),
        Kind::Sweep => sweep::verified(dir, &text, means, terminal),
    }
}
