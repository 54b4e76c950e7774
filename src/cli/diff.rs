//! `convoysim diff`: what differs between two scenarios, and where each value is written.

use super::args::DiffOptions;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};
use crate::report::json;
use crate::report::terminal::diff;
use crate::results::Change;
use crate::scenario::{Difference, Loaded, Sources, Written};

/// Compares two scenarios that are each valid.
pub(super) fn diff(options: &DiffOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let files = [&options.base, &options.variant];
    let mut loaded = Vec::new();
    for file in files {
        match scenario_file::load(file, &options.set, terminal) {
            Ok(one) => loaded.push(one),
            Err(exit) => return Ok(exit),
        }
    }
    let names = files.map(|file| file.display().to_string());
    let changes = changes([0, 1].map(|i| (Origin { name: &names[i], sources: &scenario_file::read }, &loaded[i])), &options.set);
    let text = if options.json { json::text(&json::diff(&names, &changes)) } else { diff::text(&names, &changes, terminal.style) };
    terminal.print(&text)?;
    Ok(Exit::Done)
}

/// Where a scenario is read from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'s> {
    /// Its name, as `sources` knows it.
    pub(super) name: &'s str,
    /// What gives texts by name.
    pub(super) sources: &'s dyn Sources,
}

/// What differs between two scenarios that were loaded with these overrides, data files included.
pub(super) fn changes(scenarios: [(Origin<'_>, &Loaded); 2], overrides: &[String]) -> Vec<Change> {
    let [base, variant] = scenarios.map(|(origin, _)| Written::read(origin.name, origin.sources, overrides));
    // Both were loaded a moment ago; a file that has gone since then has nothing to say.
    let mut changes: Vec<Change> = match (base, variant) {
        (Ok(base), Ok(variant)) => base.differences(&variant).into_iter().map(change).collect(),
        _ => Vec::new(),
    };
    let [base, variant] = scenarios.map(|(_, loaded)| &loaded.scenario.texts);
    let data = base.iter().filter(|(name, _)| !name.ends_with(".toml"));
    for (name, text) in data {
        if let Some((_, other)) = variant.iter().find(|(known, other)| known == name && other != text) {
            let lines = |text: &String| Some(format!("{} lines", text.lines().count()));
            let places = [Some(name.clone()), Some(name.clone())];
            changes.push(Change { path: format!("data file {name}"), values: [lines(text), lines(other)], places, matters: true });
        }
    }
    changes
}

fn change(difference: Difference) -> Change {
    let Difference { path, values, places, matters } = difference;
    Change { path, values, places, matters }
}
