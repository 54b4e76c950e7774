//! `convoysim explain`: what limits a plan, what its days went to, and what a little more of everything would change.

pub(super) mod save;
pub(super) mod told;

use self::save::{Saver, same_folder};
use self::told::{Question, Told, Untold};
use super::args::BudgetOptions;
use super::argument::argument;
use super::charts::Choice;
use super::exit::Exit;
use super::folder::Folder;
use super::open;
use super::progress::Progress;
use super::replications::replications_from;
use super::room;
use super::scenario_file;
use super::signals::Signals;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::Plan;
use crate::experiment::explain::variant::Origin;
use crate::experiment::operation::Operation;
use crate::report::{json, terminal as text};
use crate::results::{Asked, Closure, Kind, ResponseInfo, RunTable};
use crate::scenario::{Scenario, did_you_mean};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Instant, SystemTime};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainOptions {
    /// Scenario (TOML), or the output folder of a run, whose scenario, seed and replications are taken
    #[arg(value_name = "FILE|DIR")]
    pub(super) source: PathBuf,
    /// Tell of this replication alone what decided when its last person was accepted
    #[arg(long, value_name = "R", conflicts_with_all = ["assumptions", "replications"])]
    pub(super) replication: Option<u32>,
    /// Move every input without a source, and every one with a range, over its range: which of them drive the answer
    #[arg(long)]
    pub(super) assumptions: bool,
    /// Test the levers on this response
    #[arg(long, value_name = "NAME", default_value = "days_to_completion")]
    pub(super) response: String,
    /// Replications of the base, in place of the scenario's
    #[arg(short = 'n', long, value_name = "N", value_parser = replications_from(1))]
    pub(super) replications: Option<u32>,
    /// Most pairs of runs for each change; 0 tests none [default: 300, with --assumptions 100]
    #[arg(long, value_name = "N")]
    pub(super) pairs: Option<u32>,
    /// Root seed, in place of the scenario's
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,
    /// Put a value in place of the scenario's; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    #[command(flatten)]
    pub(super) budget: BudgetOptions,
    /// Threads [default: one a processor]; the results are the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Output folder for the explanation [default: none is written]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// With --out, charts to draw: all, none, usual, or names with commas between
    #[arg(long, value_name = "LIST", default_value = "usual", requires = "out", value_parser = |text: &str| Choice::parse_of(Kind::Explanation, text))]
    pub(super) charts: Choice,
    /// Print one JSON object in place of the text
    #[arg(long)]
    pub(super) json: bool,
}

/// What is to be explained.
struct Subject {
    scenario: Scenario,
    origin: Origin,
    /// Overrides that the scenario was read with.
    overrides: Vec<String>,
    plan: Plan,
}

/// Explains a scenario.
pub(super) fn explain(options: &ExplainOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let begun = (SystemTime::now(), Instant::now());
    let Subject { scenario, origin, overrides, plan } = match subject(options, terminal) {
        Ok(subject) => subject,
        Err(exit) => return Ok(exit),
    };
    if options.out.as_deref().is_some_and(|out| same_folder(out, &options.source)) {
        terminal.complain("--out names the folder of the run itself, whose files would be lost; name another");
        return Ok(Exit::Usage);
    }
    let folder = options.out.as_deref().map(Folder::prepare).transpose()?;
    let info = plan.describe(&scenario);
    let operation = Operation::new(&scenario, plan.seed);
    let asked = Asked {
        response: options.response.clone(),
        pairs: options.pairs,
        assumptions: options.assumptions,
        replication: options.replication,
    };
    let question = Question { scenario: &scenario, origin: &origin, plan: &plan, operation: &operation, asked: &asked };
    let pool = match threads::pool(options.threads, terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    // How many runs the changes take is known only once they have been seen.
    let progress = Progress::growing(options.json, signals.clone());
    let answer = question.ask(&pool, &progress);
    progress.end();
    let (told, table) = match answer {
        Ok(answer) => answer,
        Err(Untold::NoResponse) => return Ok(no_such_response(&options.response, &operation.responses, terminal)),
        Err(Untold::Room(error)) => return Err(WriteError::new(room::TEMPORARY, error)),
        Err(Untold::Cancelled) => return Ok(signals.exit().unwrap_or(Exit::Interrupted)),
    };
    let Some(object) = question.object(&told, &table) else { return Ok(failed(&told, terminal)) };
    let saver = Saver { folder, options, question: &question, overrides: &overrides, typed, begun, threads: pool.threads() };
    saver.save(&object, &told, terminal)?;
    let shown = match &told {
        _ if options.json => json::text(&object),
        Told::Assumptions(assumed) => text::assumptions(&assumed.swings, &info, table.records.len(), terminal.style),
        Told::Limits(explained) => text::explanation(explained, &info, terminal.style) + &next(options, &table),
        Told::One(Ok(Closure::Decided(rows))) => text::chain(rows, &info.clock, terminal.style),
        Told::One(Ok(Closure::Unfinished(one))) => text::unfinished(one, &info.clock, terminal.style),
        Told::One(Err(_)) => String::new(),
    };
    terminal.print(&shown)?;
    Ok(end(&table))
}

/// Reads the scenario, or the folder of a run.
fn subject(options: &ExplainOptions, terminal: &mut Terminal<'_>) -> Result<Subject, Exit> {
    let source = &options.source;
    if !source.is_dir() {
        let loaded = scenario_file::load(source, &options.set, terminal)?;
        scenario_file::show_notes([&loaded], terminal);
        let scenario = loaded.scenario;
        let origin = Origin::new(&scenario.texts, &options.set);
        let plan = Plan::of(&scenario, options.replications, options.seed);
        return Ok(Subject { scenario, origin, overrides: options.set.clone(), plan });
    }
    let manifest = match open::open(source) {
        Ok(opened) => opened.manifest,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Err(Exit::DataInvalid);
        }
    };
    let version = env!("CARGO_PKG_VERSION");
    if manifest.version != version {
        terminal.say(&format!("note: the run was made with version {}, this is {version}; results may differ", manifest.version));
    }
    let texts: Vec<(String, String)> = manifest.texts.iter().map(|one| (one.name.clone(), one.text.clone())).collect();
    let overrides: Vec<String> = manifest.overrides.iter().chain(&options.set).cloned().collect();
    let origin = Origin::new(&texts, &overrides);
    match origin.scenario() {
        Ok(scenario) => {
            let plan = Plan {
                replications: options.replications.unwrap_or(manifest.replications),
                seed: options.seed.unwrap_or(manifest.seed),
                ..Plan::of(&scenario, None, None)
            };
            Ok(Subject { scenario, origin, overrides, plan })
        }
        Err(why) => {
            terminal.complain(&format!("{}: the scenario of this run cannot be read again: {why}", source.display()));
            Err(Exit::ScenarioInvalid)
        }
    }
}

fn no_such_response(name: &str, known: &[ResponseInfo], terminal: &mut Terminal<'_>) -> Exit {
    let near = did_you_mean(name, known.iter().map(|info| info.name.as_str()));
    let help = near.map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
    terminal.complain(&format!("there is no response {name:?}{help}"));
    Exit::Usage
}

/// A command that shows the run nearest the median.
fn next(options: &ExplainOptions, table: &RunTable) -> String {
    let middle = crate::results::shown::at_ranks(table, &[50]);
    let source = argument(&options.source);
    middle.first().map_or_else(String::new, |one| {
        format!("Next: convoysim explain {source} --replication {}\n      convoysim explain {source} --assumptions\n", one.replication)
    })
}

fn end(table: &RunTable) -> Exit {
    if table.failures.is_empty() { Exit::Done } else { Exit::SomeFailed }
}

/// Says how the replication failed that was to be told of.
fn failed(told: &Told, terminal: &mut Terminal<'_>) -> Exit {
    if let Told::One(Err(failure)) = told {
        terminal.complain(&format!("replication {} failed ({}): {}", failure.replication, failure.kind, failure.message));
    }
    Exit::SomeFailed
}
