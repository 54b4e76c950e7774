//! `convoysim explain`: what limits a plan, what its days went to, and what a little more of everything would change.

use super::args::ExplainOptions;
use super::exit::Exit;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::terminal::{Terminal, WriteError};
use crate::experiment::Plan;
use crate::experiment::explain::{Bench, chain};
use crate::experiment::explain::variant::Origin;
use crate::experiment::operation::Operation;
use crate::experiment::runner::Pool;
use crate::report::terminal::{self, explanation};
use crate::results::{Clock, Explanation, RunTable};

/// Explains a scenario.
pub(super) fn explain(options: &ExplainOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let loaded = match scenario_file::load(&options.scenario.file, &options.scenario.set, terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let scenario = &loaded.scenario;
    let plan = Plan::of(scenario, options.replications, options.scenario.seed);
    let operation = Operation::new(scenario, plan.seed);
    if let Some(replication) = options.replication {
        return one(&operation, replication, &plan.describe(scenario).clock, terminal);
    }
    let pool = match Pool::new(options.threads.unwrap_or(0).into()) {
        Ok(pool) => pool,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::Bug);
        }
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let interrupted = || Ok(signals.exit().unwrap_or(Exit::Interrupted));
    let progress = Progress::new(plan.replications, false, signals.clone());
    let mut table =
        RunTable { responses: operation.responses.clone(), resources: operation.resources.clone(), records: Vec::new(), failures: Vec::new() };
    let whole = pool.fill(&mut table, plan.replications, &|r, detail| operation.replicate(r, detail), &progress);
    if !whole {
        progress.end();
        return interrupted();
    }
    let mut explained = Explanation::of(&table);
    let origin = Origin::new(&scenario.texts, &options.scenario.set);
    let bench = Bench { scenario, origin: &origin, seed: plan.seed, table: &table, pool: &pool, watch: &progress };
    let response = table.responses.iter().find(|info| info.name == "days_to_completion").expect("every run has it").clone();
    let levers = bench.levers(&response, options.pairs);
    progress.end();
    if levers.is_none() {
        return interrupted();
    }
    explained.levers = levers;
    let text = explanation(&explained, &plan.describe(scenario), terminal.style);
    terminal.print(&text)?;
    Ok(Exit::Done)
}

/// Tells of one replication what decided its closure.
fn one(operation: &Operation, replication: u32, clock: &Clock, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    match chain::of(operation, replication) {
        Ok(Some(rows)) => {
            let text = terminal::chain(&rows, clock, terminal.style);
            terminal.print(&text)?;
            Ok(Exit::Done)
        }
        Ok(None) => {
            terminal.print("The horizon ended this replication before everybody was accepted: nothing decided its closure.\n")?;
            Ok(Exit::Done)
        }
        Err(failure) => {
            terminal.complain(&format!("replication {} failed ({}): {}", failure.replication, failure.kind, failure.message));
            Ok(Exit::SomeFailed)
        }
    }
}
