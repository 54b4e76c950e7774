//! Scenario files: what is read, and what is refused in which words.

mod bad;
mod difference;
mod golden;
mod hostile;
mod notes;
mod numbers;
mod plausible;
mod reading;
mod robust;
mod templates;

use std::collections::BTreeMap;

use convoysim::scenario::{self, Loaded, Problem};

/// The golden run G1, as the interface page has it.
const G1: &str = include_str!("g1.toml");

/// Files in memory by name.
fn files(texts: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Loads the first of some files.
fn load(texts: &[(&str, &str)], overrides: &[&str]) -> Result<Loaded, Vec<Problem>> {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    scenario::load(texts[0].0, &files(texts), &overrides)
}

/// Loads one text that must be good.
fn good(text: &str) -> Loaded {
    load(&[("good.toml", text)], &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

/// Problems, one a line.
fn shown(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}
