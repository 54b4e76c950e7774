//! By hand: many random scenarios, every kind of failure once, each cut down to a small scenario.
//!
//! `CONVOYSIM_CASES=50000 cargo test --release --test it properties::survey -- --ignored --nocapture`

use super::generate::{CHOICES, FIXED, Kinds, RICH, scenario};
use super::whole::sound;
use proptest::test_runner::{RngAlgorithm, TestRng};
use rand::Rng;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What is wrong with a scenario, without its numbers.
fn wrong(choices: &[u16], kinds: Kinds) -> Option<(String, String)> {
    let result = catch_unwind(AssertUnwindSafe(|| sound(&scenario(choices, kinds), 1, 0).map(drop).map_err(|e| e.to_string())));
    let message = match result {
        Ok(Ok(())) => return None,
        Ok(Err(message)) => message,
        Err(_) => PANIC.with_borrow(Clone::clone),
    };
    let kind: String = message.chars().take(70).filter(|c| !c.is_ascii_digit()).collect();
    Some((kind, message))
}

/// Sets stretches of choices to nothing, then single ones to less, as long as the same is wrong.
fn cut_down(mut choices: Vec<u16>, kinds: Kinds, kind: &str) -> Vec<u16> {
    let same = |choices: &[u16]| wrong(choices, kinds).is_some_and(|(other, _)| other == kind);
    for _ in 0..2 {
        let mut size = 256;
        while size > 0 {
            for from in (0..choices.len()).step_by(size) {
                let mut fewer = choices.clone();
                let to = (from + size).min(choices.len());
                fewer[from..to].fill(0);
                if fewer != choices && same(&fewer) {
                    choices = fewer;
                }
            }
            size /= 2;
        }
        for at in 0..choices.len() {
            while choices[at] > 0 {
                let mut fewer = choices.clone();
                fewer[at] /= 2;
                if !same(&fewer) {
                    break;
                }
                choices = fewer;
            }
        }
    }
    choices
}

/// A tool for the hand: it reports and asserts nothing, so it does nothing unless `CONVOYSIM_SURVEY` is set.
#[test]
fn every_kind_of_failure_once() {
    if std::env::var_os("CONVOYSIM_SURVEY").is_none() {
        return;
    }
    std::panic::set_hook(Box::new(|info| PANIC.with_borrow_mut(|text| *text = info.to_string())));
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u32>().expect("a whole number"));
    let cases = number("CONVOYSIM_CASES").unwrap_or(2_000);
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&number("CONVOYSIM_CASES_SEED").unwrap_or(0).to_le_bytes());
    for (name, kinds) in [("rich", RICH), ("fixed", FIXED)] {
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut found: BTreeMap<String, (u32, Vec<u16>)> = BTreeMap::new();
        for _ in 0..cases {
            let choices: Vec<u16> = (0..CHOICES).map(|_| rng.next_u32() as u16).collect();
            if let Some((kind, _)) = wrong(&choices, kinds) {
                found.entry(kind).or_insert((0, choices)).0 += 1;
            }
        }
        eprintln!("==== {name}: {cases} cases, {} kinds of failure", found.len());
        for (kind, (count, choices)) in found {
            let small = cut_down(choices, kinds, &kind);
            let message = wrong(&small, kinds).expect("still wrong").1;
            eprintln!("---- {count} times: {message}\n{:?}", scenario(&small, kinds));
        }
    }
}
