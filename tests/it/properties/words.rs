//! One plan in other words is the same plan: units, the order of tables, `extends` and `like` change no parameter.

use super::dice::Dice;
use super::difference;
use super::run::property;
use convoysim::model::Model;
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

/// The keys of a route by name, each with its text: values over several lines, and sub-tables with their headers.
fn keys(text: &str) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    let mut open = 0_i32;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let bare = line.split('#').next().unwrap_or_default();
        let name = match line.strip_prefix("[[route.").or_else(|| line.strip_prefix("[route.")) {
            Some(rest) => Some(rest.trim_end_matches(']')),
            None if open == 0 && !keys.last().is_some_and(|(_, text)| text.starts_with('[')) => {
                line.split_once('=').map(|(name, _)| name.trim())
            }
            None => None,
        };
        // Parts of a list of sub-tables belong together.
        match (name, keys.last_mut()) {
            (Some(name), Some((known, text))) if known == name => text.push_str(line),
            (Some(name), _) => keys.push((name.to_owned(), line.to_owned())),
            (None, last) => last.expect("a value begins with its key").1.push_str(line),
        }
        keys.last_mut().expect("there is one").1.push('\n');
        open += bare.matches('[').count() as i32 - bare.matches(']').count() as i32;
    }
    keys
}

/// The same plan without `like`: each route that is like another one has all keys of that one written out, but for those it gives itself.
fn written_out(text: &str) -> String {
    let mut routes: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut whole = String::new();
    let mut blocks = blocks(text).into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Some(mut route) = block.text.strip_prefix("[[route]]").map(str::to_owned) else {
            whole.push_str(&block.text);
            continue;
        };
        while let Some(part) = blocks.next_if(|next| next.key == "route" && !next.text.starts_with("[[route]]")) {
            route.push_str(&part.text);
        }
        let own = keys(&route);
        let named = |name: &str| own.iter().find(|(key, _)| key == name).and_then(|(_, text)| text.split('"').nth(1));
        let mut all = named("like").map_or_else(Vec::new, |lender| routes[lender].clone());
        for (key, text) in own.iter().filter(|(key, _)| key != "like") {
            match all.iter_mut().find(|(known, _)| known == key) {
                // Of a table only the keys that are given change, so a plan that gives a table writes all of it.
                Some((_, known)) => known.clone_from(text),
                None => all.push((key.clone(), text.clone())),
            }
        }
        // Keys stand above the sub-tables.
        whole.push_str("[[route]]\n");
        let (parts, plain): (Vec<_>, Vec<_>) = all.iter().partition(|(_, text)| text.starts_with('['));
        plain.into_iter().chain(parts).for_each(|(_, text)| whole.push_str(text));
        routes.insert(named("id").expect("a route has an id").to_owned(), all);
    }
    whole
}

/// What a plan says, without where it says it.
fn told(scenario: &Scenario) -> String {
    format!("{:?} {:?} {:?} {:?}", scenario.info, scenario.params, scenario.objectives, scenario.must_not_worsen)
}

#[test]
fn a_plan_in_other_words_is_the_same_plan() {
    let plans = plans();
    property(2, &(prop::collection::vec(any::<u16>(), 400), 0..plans.len(), 0_u8..16), |(choices, plan, how)| {
        let text = &plans[plan];
        let expected = told(&read(&BTreeMap::from([("plan.toml".to_owned(), text.clone())]))?);
        let mut dice = Dice::new(&choices);
        let mut other = if how & 8 != 0 { written_out(text) } else { text.clone() };
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

/// A scenario as `check --resolve` shows it.
fn resolved(text: &str) -> Scenario {
    read(&BTreeMap::from([("plan.toml".to_owned(), text.to_owned())])).unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn a_route_like_another_one_is_the_route_written_out() {
    let mut compared = 0;
    for text in plans().iter().filter(|text| text.contains("\nlike = ")) {
        let out = written_out(text);
        assert!(!out.contains("\nlike = "), "{out}");
        let (like, out) = (resolved(text), resolved(&out));
        // Keys of a route come in another order; what they say is the same.
        let lines = |scenario: &Scenario| {
            let mut lines: Vec<String> = scenario.resolved.lines().map(str::to_owned).collect();
            lines.sort_unstable();
            lines
        };
        assert_eq!(lines(&like), lines(&out));
        assert_eq!(told(&like), told(&out));
        for replication in 0..2 {
            let run = |scenario: &Scenario| Model::new(scenario.params.clone(), 7).replicate(replication, false).expect("it ends");
            assert_eq!(difference(&run(&like), &run(&out)), None);
        }
        compared += 1;
    }
    assert_eq!(compared, 2);
}
