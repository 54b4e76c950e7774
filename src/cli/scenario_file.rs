//! Scenario files: read, checked, and every problem shown.

use super::diff::Origin;
use super::exit::Exit;
use super::read_file;
use super::terminal::Terminal;
use crate::experiment::responses;
use crate::scenario::{self, Loaded, Problem, ProblemKind, Scenario, Sources, Written, WrittenValue};
use std::path::Path;

/// Of more problems only the first are shown.
const MOST_SHOWN: usize = 100;

/// No scenario and no data file is longer.
const LONGEST: u64 = 64 << 20;

/// Reads and checks a scenario; everything wrong goes to standard error, and says how to end.
pub(super) fn load(file: &Path, overrides: &[String], terminal: &mut Terminal<'_>) -> Result<Loaded, Exit> {
    read_as(file, terminal, |name| load_with_responses(name, &read, overrides))
}

/// The scenario after `extends`, `like` and `--set` as a text that says where each value was written.
pub(super) fn resolved(file: &Path, overrides: &[String], terminal: &mut Terminal<'_>) -> Result<String, Exit> {
    let text = read_as(file, terminal, |name| scenario::resolve(name, &read, overrides))?;
    let set: String = overrides.iter().map(|text| format!("\n#   --set {}", text.replace('\n', " "))).collect();
    let places = if set.is_empty() { "." } else { "; --set:n is the nth of" };
    let head = format!("# {} after extends, like and --set.", file.display());
    Ok(format!("{head}\n# Beside each value, or above it, stands the line that wrote it{places}{set}\n\n{text}"))
}

/// Every value of a scenario after `extends`, `like` and `--set`, with the place that wrote it.
pub(super) fn written(file: &Path, overrides: &[String], terminal: &mut Terminal<'_>) -> Result<Vec<WrittenValue>, Exit> {
    read_as(file, terminal, |name| Written::read(name, &read, overrides).map(|written| written.values()))
}

/// What `load` makes of a file; everything wrong goes to standard error, and says how to end.
fn read_as<T>(file: &Path, terminal: &mut Terminal<'_>, load: impl FnOnce(&str) -> Result<T, Vec<Problem>>) -> Result<T, Exit> {
    let Some(name) = file.to_str() else {
        terminal.complain(&format!("{}: the name is not UTF-8", file.display()));
        return Err(Exit::ScenarioInvalid);
    };
    checked(load(name), terminal)
}

/// Reads and checks a scenario whose text is given, as if it stood in place of the first of these; what it names, either of them may
/// have.
pub(super) fn load_text(text: &str, [of, or_of]: [Origin<'_>; 2], terminal: &mut Terminal<'_>) -> Result<Loaded, Exit> {
    let other = |wanted: &str| of.sources.read(wanted).or_else(|why| or_of.sources.read(wanted).map_err(|_| why));
    let given = |wanted: &str| if wanted == of.name { Ok(text.as_bytes().to_vec()) } else { other(wanted) };
    checked(load_with_responses(of.name, &given, &[]), terminal)
}

/// Reads and checks a scenario from texts that are given by name; everything wrong goes to standard error, and says how to end.
pub(super) fn load_from(origin: Origin<'_>, overrides: &[String], terminal: &mut Terminal<'_>) -> Result<Loaded, Exit> {
    checked(load_with_responses(origin.name, origin.sources, overrides), terminal)
}

/// Shows what is wrong, and says how to end.
fn checked<T>(loaded: Result<T, Vec<Problem>>, terminal: &mut Terminal<'_>) -> Result<T, Exit> {
    loaded.map_err(|problems| refuse(&problems, terminal))
}

/// Shows these problems, each with its source line, and says how to end.
pub(super) fn refuse(problems: &[Problem], terminal: &mut Terminal<'_>) -> Exit {
    show(problems.iter().take(MOST_SHOWN), terminal);
    if let Some(more @ 1..) = problems.len().checked_sub(MOST_SHOWN) {
        terminal.say(&format!("... and {more} more problems."));
    }
    let errors = || problems.iter().filter(|problem| problem.kind != ProblemKind::Note);
    let count = if errors().count() == 1 { "1 error".into() } else { format!("{} errors", errors().count()) };
    terminal.say(&format!("{count}. Nothing was run."));
    if errors().all(|problem| problem.kind == ProblemKind::Data) { Exit::DataInvalid } else { Exit::ScenarioInvalid }
}

/// Reads a scenario twice: its responses have names that hang on its routes and resources, and its wishes name responses.
fn load_with_responses(name: &str, sources: &dyn Sources, overrides: &[String]) -> Result<Loaded, Vec<Problem>> {
    let loaded = scenario::load(name, sources, overrides)?;
    let known = responses::names(&loaded.scenario.params);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    scenario::load_knowing(name, sources, overrides, Some(&known))
}

/// Shows problems or notes, each with its source line.
pub(super) fn show<'p>(problems: impl IntoIterator<Item = &'p Problem>, terminal: &mut Terminal<'_>) {
    for problem in problems {
        terminal.say_problem(problem);
    }
}

/// Shows the notes on scenarios that are about to run, each once: those that extend one another have them in common.
pub(super) fn show_notes<'l>(loaded: impl IntoIterator<Item = &'l Loaded>, terminal: &mut Terminal<'_>) {
    let mut notes: Vec<&Problem> = Vec::new();
    for note in loaded.into_iter().flat_map(|one| &one.notes) {
        if !notes.iter().any(|known| (&known.place, &known.message) == (&note.place, &note.message)) {
            notes.push(note);
        }
    }
    show(notes, terminal);
}

/// The scenarios that `new` writes: name and text.
pub(super) fn templates() -> Vec<(String, String)> {
    scenario::templates().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The JSON Schema of scenario files, or of sweep files.
pub(super) fn schema(sweep: bool) -> String {
    if sweep { scenario::sweep::schema() } else { scenario::schema() }
}

/// Notes on the ends of stated ranges at which a scenario would be refused.
pub(super) fn range_notes(file: &Path, overrides: &[String]) -> Vec<Problem> {
    file.to_str().map_or_else(Vec::new, |name| scenario::range_notes(name, &read, overrides))
}

/// What the plan can do at most, in lines.
pub(super) fn ceiling(scenario: &Scenario) -> Vec<String> {
    vec![scenario::ceiling(&scenario.params).to_string()]
}

/// The bytes of a file, or why there are none, in words.
pub(super) fn read(name: &str) -> Result<Vec<u8>, String> {
    read_file::bytes(Path::new(name), LONGEST).map_err(|error| error.to_string())
}
