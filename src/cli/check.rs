//! `convoysim check`: everything wrong, what the plan can do at most, what no source is given for.

use super::args::CheckOptions;
use super::argument::argument;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};
use crate::experiment::facts;
use crate::report::wrapped;
use crate::scenario::{Assumption, Loaded};
use std::fmt::Write as _;
use std::path::Path;

/// Checks every file; the first kind of trouble found is the exit code.
pub(super) fn check(options: &CheckOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let mut end = Exit::Done;
    for (i, file) in options.files.iter().enumerate() {
        if i > 0 {
            terminal.print("\n")?;
        }
        match scenario_file::load(file, &options.set, terminal) {
            Ok(mut loaded) => {
                loaded.notes.extend(scenario_file::range_notes(file, &options.set));
                let text = overview(file, &loaded, options.sources);
                let text = terminal.style.finish(text);
                terminal.print(&text)?;
                terminal.flush()?;
                scenario_file::show(&loaded.notes, terminal);
            }
            Err(exit) => {
                terminal.flush()?;
                end = if end == Exit::Done { exit } else { end };
            }
        }
    }
    Ok(end)
}

fn overview(file: &Path, loaded: &Loaded, sources: bool) -> String {
    let scenario = &loaded.scenario;
    let notes = match loaded.notes.len() {
        0 => "valid".into(),
        1 => "valid, with 1 note".into(),
        n => format!("valid, with {n} notes"),
    };
    let mut text = format!("{}: {notes}\n\n", file.display());
    let mut line = |heading: &str, words: &str| {
        for (i, part) in wrapped(words, 67).iter().enumerate() {
            writeln!(text, "  {:<11}{part}", if i == 0 { heading } else { "" }).expect("a String takes everything");
        }
    };
    let mut before = "";
    for fact in facts::of(&scenario.params) {
        line(if fact.heading == before { "" } else { fact.heading }, &fact.text);
        before = fact.heading;
    }
    for ceiling in scenario_file::ceiling(scenario) {
        line("Ceiling", &ceiling);
    }
    let without: Vec<&Assumption> = scenario.assumptions.iter().filter(|value| value.source.is_none()).collect();
    text.push('\n');
    if sources {
        writeln!(text, "{} of {} values have no source; each is an assumption:", without.len(), scenario.assumptions.len())
            .expect("a String takes everything");
        let wide = without.iter().map(|value| value.path.chars().count()).max().unwrap_or(0).min(48);
        for value in without {
            writeln!(text, "  {:<wide$}  {}  ({})", value.path, value.value, value.place).expect("a String takes everything");
        }
    } else if !without.is_empty() {
        let values = if without.len() == 1 { "1 value has".to_owned() } else { format!("{} values have", without.len()) };
        writeln!(text, "{values} no source. `convoysim check {} --sources` lists them.", argument(file))
            .expect("a String takes everything");
    }
    writeln!(text, "\nNext: convoysim run {}", argument(file)).expect("a String takes everything");
    text
}
