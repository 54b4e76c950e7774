//! One plan in other words is the same plan: units, the order of tables, `extends` and `like` change no parameter.

use super::dice::Dice;
use super::run::property;
use convoysim::scenario::{self, Scenario};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;
use std::path::Path;

/// Shipped plans, as text.
fn plans() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        ["tests/it/scenario/rich.toml", "scenarios/hasakah-iraq.toml", "scenarios/verification/g1.toml", "scenarios/verification/g2.toml"];
    files.iter().map(|file| std::fs::read_to_string(root.join(file)).expect("a shipped plan")).collect()
}

fn read(files: &BTreeMap<String, String>) -> Result<Scenario, TestCaseError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = |name: &str| {
        let text = files.get(name).map(|text| text.clone().into_bytes());
        let beside = || ["scenarios", "tests/it/scenario"].iter().find_map(|folder| std::fs::read(root.join(folder).join(name)).ok());
        text.or_else(beside).ok_or_else(|| "no such file".to_owned())
    };
    match scenario::load("plan.toml", &sources, &[]) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(problems) => {
            let shown: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
            Err(TestCaseError::fail(shown))
        }
    }
}

/// A table of a text with its sub-tables: the first key of its header, and the lines.
struct Block {
    key: String,
    text: String,
}

/// The tables of a text; what stands before the first one comes first, without a key.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = vec![Block { key: String::new(), text: String::new() }];
    for line in text.lines() {
        let header = line.strip_prefix('[').map(|rest| rest.trim_start_matches('['));
        if let Some(header) = header {
            let key: String = header.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            blocks.push(Block { key, text: String::new() });
        }
        let block = blocks.last_mut().expect("there is one");
        block.text.push_str(line);
        block.text.push('\n');
    }
    blocks
}

/// The tables of each kind stay in order, as that has a meaning; the kinds are put in another order.
fn in_another_order(text: &str, dice: &mut Dice<'_>) -> String {
    let blocks = blocks(text);
    let mut kinds: Vec<&str> = Vec::new();
    for block in &blocks[1..] {
        if !kinds.contains(&block.key.as_str()) {
            kinds.push(&block.key);
        }
    }
    let mut told = blocks[0].text.clone();
    while !kinds.is_empty() {
        let kind = kinds.remove(dice.number(0, kinds.len() as u32 - 1) as usize);
        blocks.iter().filter(|block| block.key == kind).for_each(|block| told.push_str(&block.text));
    }
    told
}

/// Times and distances in other units, where the number stays exact.
fn in_other_units(text: &str, dice: &mut Dice<'_>) -> String {
    let mut told = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with('#') || line.contains("source") {
            told.push_str(line);
        } else {
            for (n, part) in line.split('"').enumerate() {
                if n > 0 {
                    told.push('"');
                }
                // "24 h" may be the word for always open.
                let quantity = if n % 2 == 1 && part != "24 h" { part.split_once(' ') } else { None };
                let other = quantity.and_then(|(number, unit)| {
                    let number: f64 = number.parse().ok().filter(|n: &f64| n.fract() == 0.0 && *n < 1e6)?;
                    let (factor, other) = match unit {
                        "h" => (60.0, "min"),
                        "min" => (60.0, "s"),
                        "d" => (24.0, "h"),
                        "km" => (1000.0, "m"),
                        _ => return None,
                    };
                    dice.chance(60).then(|| format!("{} {other}", number * factor))
                });
                told.push_str(other.as_deref().unwrap_or(part));
            }
        }
        told.push('\n');
    }
    told
}

/// What a plan says, without where it says it.
fn told(scenario: &Scenario) -> String {
    format!("{:?} {:?} {:?} {:?}", scenario.info, scenario.params, scenario.objectives, scenario.must_not_worsen)
}

#[test]
fn a_plan_in_other_words_is_the_same_plan() {
    let plans = plans();
    property(2, &(prop::collection::vec(any::<u16>(), 400), 0..plans.len(), 0_u8..8), |(choices, plan, how)| {
        let text = &plans[plan];
        let expected = told(&read(&BTreeMap::from([("plan.toml".to_owned(), text.clone())]))?);
        let mut dice = Dice::new(&choices);
        let mut other = text.clone();
        if how & 1 != 0 {
            other = in_another_order(&other, &mut dice);
        }
        if how & 2 != 0 {
            other = in_other_units(&other, &mut dice);
        }
        let files = if how & 4 != 0 && !text.contains("extends") {
            // All of it below an empty scenario that extends it, by way of another one.
            let link = |to: &str| format!("extends = \"{to}\"\n");
            let middle = ("middle.toml".to_owned(), link("base.toml"));
            BTreeMap::from([("plan.toml".to_owned(), link("middle.toml")), middle, ("base.toml".to_owned(), other)])
        } else {
            BTreeMap::from([("plan.toml".to_owned(), other)])
        };
        let found = told(&read(&files)?);
        if found == expected { Ok(()) } else { Err(TestCaseError::fail(format!("{expected}\nbecame\n{found}"))) }
    });
}
