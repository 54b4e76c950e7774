//! `convoysim best`: which of several scenarios is best, with a guarantee.

use super::args::BestOptions;
use super::compare::labels;
use super::exit::Exit;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::Plan;
use crate::experiment::best::{Constraint, Entrant, Question, select};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Job, Watch};
use crate::report::json;
use crate::report::terminal::best;
use crate::results::{Better, SelectionEnd, Side};
use crate::scenario::{self, Scenario};
use std::path::PathBuf;

/// Runs scenarios until one is left, and prints which.
pub(super) fn best(options: &BestOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let files: Vec<&PathBuf> = options.files.iter().collect();
    let mut loaded = Vec::new();
    for file in &files {
        match scenario_file::load(file, &options.set, terminal) {
            Ok(one) => loaded.push(one),
            Err(exit) => return Ok(exit),
        }
    }
    if !options.quiet {
        scenario_file::show_notes(&loaded, terminal);
    }
    let plan = Plan::of(&loaded[0].scenario, options.replications, options.seed);
    let operations: Vec<Operation> = loaded.iter().map(|one| Operation::new(&one.scenario, plan.seed)).collect();
    let (question, columns) = match question(options, &plan, &loaded[0].scenario, &operations) {
        Ok(question) => question,
        Err(why) => {
            terminal.complain(&why);
            return Ok(Exit::Usage);
        }
    };
    let pool = match threads::pool(options.threads, terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let progress = Progress::new(plan.replications.saturating_mul(files.len() as u32), options.quiet, signals.clone());
    let jobs: Vec<_> = operations
        .iter()
        .map(|operation| |replication, detail, watch: &dyn Watch| operation.replicate(replication, detail, watch))
        .collect();
    let labels = labels(&files);
    let entrants = loaded.iter().enumerate().map(|(i, one)| {
        let info = plan.describe(&one.scenario);
        let side = Side {
            label: labels[i].clone(),
            name: info.scenario,
            handling: info.handling,
            sha256: info.sha256,
            seed: Some(plan.seed),
            ..Side::default()
        };
        Entrant { side, job: &jobs[i] as &Job<'_>, column: columns[i][0], constraints: columns[i][1..].to_vec() }
    });
    let selection = select(&question, entrants.collect(), &pool, &progress);
    progress.end();
    if options.json {
        terminal.print(&json::text(&json::selection(&selection)))?;
    } else if options.quiet {
        terminal.print(&format!("{}\n", best::answer(&selection)))?;
    } else {
        let text = best::text(&selection, terminal.style);
        terminal.print(&text)?;
    }
    Ok(match selection.end {
        // Whether the selected one may be selected at all, and whether it completes, is part of the answer.
        SelectionEnd::Selected(best) if !selection.competitors[best].open.is_empty() => Exit::PrecisionNotReached,
        SelectionEnd::Selected(_) if !selection.completion.is_some_and(|one| one.settled) => Exit::PrecisionNotReached,
        SelectionEnd::Selected(_) => Exit::Done,
        SelectionEnd::Capped | SelectionEnd::NoneCompletes | SelectionEnd::NoValue { .. } => Exit::PrecisionNotReached,
        SelectionEnd::Interrupted => signals.exit().unwrap_or(Exit::Bug),
        SelectionEnd::Failed { .. } => Exit::SomeFailed,
    })
}

/// What is asked, and for each scenario the columns of the response and of the constraints; or what is wrong with the question.
fn question(options: &BestOptions, plan: &Plan, base: &Scenario, operations: &[Operation]) -> Result<(Question, Vec<Vec<usize>>), String> {
    let name = &options.response;
    // A response that must not worsen and is selected by needs no constraint.
    let constrained = base.must_not_worsen.iter().filter(|one| *one != name);
    let names: Vec<&String> = std::iter::once(name).chain(constrained).collect();
    let column = |operation: &Operation, name: &String| operation.responses.iter().position(|info| info.name == *name);
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for operation in operations {
        let of = |name: &&String| column(operation, name).ok_or_else(|| format!("not every scenario has a response {name:?}"));
        columns.push(names.iter().map(of).collect::<Result<_, String>>()?);
    }
    let info = |place: usize| operations[0].responses[columns[0][place]].clone();
    let response = info(0);
    if response.better == Better::Neither {
        return Err(format!("neither more nor less of {name:?} is better, so there is no best"));
    }
    let stated = |name: &str| base.compare.iter().find(|one| one.response == name).map(|one| one.difference);
    let delta = match &options.delta {
        Some(text) => scenario::amount(name, text).map_err(|why| format!("--delta is {text:?}, but {why}"))?,
        None => stated(name).ok_or_else(|| {
            format!("--delta is missing, and [compare] of the first scenario states no difference of {name}; write for example --delta \"0.5 d\"")
        })?,
    };
    if delta <= 0.0 {
        let written = options.delta.as_ref().map_or_else(|| format!("[compare] {name}"), |text| format!("--delta is {text:?}, but"));
        return Err(format!("{written} must be above 0: the smaller, the more runs"));
    }
    if !(0.5..1.0).contains(&options.confidence) {
        return Err(format!("--confidence is {}, but must be from 0.5 to below 1", options.confidence));
    }
    let first_stage = usize::from(options.first_stage);
    let cap = (plan.replications as usize).max(first_stage);
    let constraint = |place: usize| Constraint { response: info(place), too_small: stated(names[place]) };
    let constraints = (1..names.len()).map(constraint).collect();
    Ok((Question { response, delta, confidence: options.confidence, first_stage, cap, seed: plan.seed, constraints }, columns))
}
