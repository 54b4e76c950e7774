//! Assumptions that drive the answer: every input that nobody vouches for, moved over its range, one at a time.
//!
//! An input is a value that is written once; routes that are `like` another share it. It is moved to both ends of its stated range, or,
//! where none is stated, down and up by a fifth. What cannot be made larger or smaller, as a date or a choice, is counted and left.

use super::lever::Lever;
use crate::scenario::{Assumption, Scenario, change};

/// How far an input without a stated range is moved, either way.
pub const USUAL: f64 = 0.2;

/// An input with the two changes that move it over its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Dotted path; of a shared value the first.
    pub path: String,
    /// In how many entries it is shared.
    pub entries: usize,
    /// The value as written.
    pub value: String,
    /// Where it comes from, if anybody says so.
    pub source: Option<String>,
    /// Whether the range is stated.
    pub stated: bool,
    /// Down and up, labelled with the value there; `None` where that end is the value itself.
    pub ends: [Option<Lever>; 2],
}

/// What a scenario assumes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// Inputs that can be moved, in file order.
    pub inputs: Vec<Input>,
    /// Values without a source that cannot be made larger or smaller.
    pub fixed: usize,
}

/// The inputs of a scenario that have no source, and those with a range.
#[must_use]
pub fn of(scenario: &Scenario) -> Assumptions {
    let open = |value: &&Assumption| (value.source.is_none() || value.range.is_some()) && !value.path.starts_with("scenario.");
    let mut groups: Vec<Vec<&Assumption>> = Vec::new();
    for value in scenario.assumptions.iter().filter(open) {
        match groups.iter_mut().find(|group| shared(group[0], value)) {
            Some(group) => group.push(value),
            None => groups.push(vec![value]),
        }
    }
    let mut assumptions = Assumptions::default();
    for group in &groups {
        match input(group) {
            Some(input) => assumptions.inputs.push(input),
            None => assumptions.fixed += 1,
        }
    }
    assumptions
}

/// Whether two entries hold one written value.
fn shared(a: &Assumption, b: &Assumption) -> bool {
    let tail = |value: &Assumption| {
        let pieces = change::pieces(&value.path);
        (pieces[0].clone(), pieces.into_iter().skip(2).collect::<Vec<_>>())
    };
    a.place == b.place && a.value == b.value && tail(a) == tail(b)
}

fn input(group: &[&Assumption]) -> Option<Input> {
    let first = group[0];
    let range = first.range.as_deref().and_then(change::ends);
    let new = match &range {
        Some((low, high)) => [low, high].map(|end| change::moved(&first.path, &first.value, end)),
        None => [1.0 - USUAL, 1.0 + USUAL].map(|factor| change::times(&first.path, &first.value, factor)),
    };
    if new.iter().all(Option::is_none) {
        return None;
    }
    let labels = match &range {
        Some((low, high)) => [low.clone(), high.clone()],
        None => new.clone().map(|new| new.unwrap_or_else(|| first.value.clone())),
    };
    let [low, high] = new;
    let [low_label, high_label] = labels;
    let lever = |new: Option<String>, label: String| {
        let overrides = |new: &String| group.iter().map(|value| format!("{}={new}", value.path)).collect();
        new.as_ref().map(overrides).map(|overrides| Lever { label, overrides })
    };
    Some(Input {
        path: first.path.clone(),
        entries: group.len(),
        value: first.value.clone(),
        source: first.source.clone(),
        stated: range.is_some(),
        ends: [lever(low, low_label), lever(high, high_label)],
    })
}
