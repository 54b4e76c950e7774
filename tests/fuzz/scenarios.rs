//! Scenarios, values of `--set`, and data files.

use std::cell::Cell;
use std::collections::BTreeMap;

use convoysim::experiment::operation::Operation;
use convoysim::experiment::runner::Unwatched;
use convoysim::scenario::{self, Loaded, Problem, ProblemKind, ceiling};

use crate::budget::{each_case, runs};
use crate::corpus::{self, Texts};
use crate::inputs::{BASE, OBSERVED, TIMES};
use crate::mutate::Chance;

/// The files that a scenario may name; a name is looked up by its last part.
pub struct Named(pub Texts);

impl Named {
    pub fn new() -> Self {
        let mut texts = corpus::named();
        texts.insert("times.csv".into(), TIMES.into());
        texts.insert("observed.csv".into(), OBSERVED.into());
        Self(texts)
    }

    pub fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        self.0.get(last).map(|text| text.clone().into_bytes()).ok_or_else(|| "there is no such file".to_owned())
    }
}

/// Every problem has a place, and can be shown.
pub fn placed(problems: &[Problem], kinds: &[ProblemKind]) -> Result<(), String> {
    if problems.is_empty() {
        return Err("refused without a reason".into());
    }
    for problem in problems {
        let place = &problem.place;
        if place.file.is_empty() || place.line == 0 || place.column == 0 || problem.message.is_empty() || !kinds.contains(&problem.kind) {
            return Err(format!("no place or no message: {problem}"));
        }
        if problem.render(false).is_empty() {
            return Err(format!("nothing to show: {problem}"));
        }
    }
    Ok(())
}

/// Reads and checks a scenario; what `check` would compute of a valid one is computed too.
pub fn checked(text: &str, named: &Named, overrides: &[String]) -> Result<Option<Loaded>, String> {
    let sources = |name: &str| if name == "fuzzed.toml" { Ok(text.as_bytes().to_vec()) } else { named.read(name) };
    match scenario::load("fuzzed.toml", &sources, overrides) {
        Err(problems) => placed(&problems, &[ProblemKind::Scenario, ProblemKind::Data]).map(|()| None),
        Ok(loaded) => {
            if !loaded.notes.is_empty() {
                placed(&loaded.notes, &[ProblemKind::Note])?;
            }
            drop(ceiling(&loaded.scenario.params));
            Ok(Some(loaded))
        }
    }
}

/// Runs a scenario once: whatever comes out, but no broken identity and no instant that does not end.
pub fn ran(loaded: &Loaded) -> Result<(), String> {
    let operation = Operation::new(&loaded.scenario, loaded.scenario.info.seed);
    match operation.replicate(0, true, &Unwatched).expect("nothing cancels it") {
        Err(failure) if failure.kind != "budget" => Err(format!("the run failed ({}): {}", failure.kind, failure.message)),
        _ => Ok(()),
    }
}

#[test]
fn scenarios_are_valid_or_refused_with_a_place_and_valid_ones_run() {
    let (texts, named) = (corpus::scenarios(), Named::new());
    let mut valid_ones = corpus::golden();
    valid_ones.extend(std::iter::repeat_n(BASE.to_owned(), valid_ones.len()));
    let (left, valid) = (Cell::new(runs(300)), Cell::new(0));
    each_case("scenarios", 6_000, |stream| {
        let mut chance = Chance(stream);
        let text = if chance.one_in(4) { chance.text(&texts) } else { chance.text(&valid_ones) };
        let text = chance.changed(text, &texts);
        let found = checked(&text, &named, &[]).and_then(|loaded| match loaded {
            Some(loaded) if left.get() > 0 => {
                left.set(left.get() - 1);
                valid.set(valid.get() + 1);
                ran(&loaded)
            }
            _ => Ok(()),
        });
        found.map_err(|why| format!("{why}\n{text}\n---"))
    });
    println!("scenarios: {} valid ones were run", valid.get());
}

#[test]
fn values_of_set_are_taken_or_refused_with_a_place() {
    let named = Named::new();
    let rich = corpus::scenarios().into_iter().max_by_key(String::len).expect("there are some");
    let left = Cell::new(runs(60));
    each_case("set", 1_500, |stream| {
        let mut chance = Chance(stream);
        let text = if chance.one_in(4) { rich.as_str() } else { BASE };
        let overrides: Vec<String> = (0..1 + chance.below(3)).map(|_| chance.override_of(text)).collect();
        let found = checked(text, &named, &overrides).and_then(|loaded| match loaded {
            Some(loaded) if left.get() > 0 => {
                left.set(left.get() - 1);
                ran(&loaded)
            }
            _ => Ok(()),
        });
        found.map_err(|why| format!("{why}\n--set {overrides:?}"))
    });
}

#[test]
fn data_files_are_read_or_refused_with_a_place() {
    let named = Named::new();
    let left = Cell::new(runs(60));
    let others: Vec<String> = [TIMES, OBSERVED].map(String::from).into();
    each_case("data", 1_500, |stream| {
        let mut chance = Chance(stream);
        let name = chance.of(&["times.csv", "observed.csv"]).to_owned();
        let text = chance.changed(&named.0[&name], &others);
        let changed = Named(BTreeMap::from_iter(named.0.clone().into_iter().chain([(name.clone(), text.clone())])));
        let found = checked(BASE, &changed, &[]).and_then(|loaded| match loaded {
            Some(loaded) if left.get() > 0 => {
                left.set(left.get() - 1);
                ran(&loaded)
            }
            _ => Ok(()),
        });
        found.map_err(|why| format!("{why}\n{name}: {text:?}"))
    });
}
