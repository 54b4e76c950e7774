//! What the title of a tornado says: an input leads only if its swing is larger than every other's by more than chance.

use crate::report::difference::words;
use crate::report::words::grouped;
use crate::results::{Swing, Swings};

/// The finding, in a sentence without a full stop.
pub(super) fn title(swings: &Swings) -> String {
    let response = words(&swings.terms.response);
    let known: Vec<&Swing> = swings.rows.iter().filter(|swing| swing.is_known()).collect();
    let Some(first) = known.first() else { return format!("No assumption moved alone is known to change {response}") };
    let open = |swing: &&Swing| unknown_end(swing);
    if known.len() == 1 && !swings.rows.iter().any(|swing| open(&swing)) {
        return format!("Only {} is known to move {response}", short(&first.path));
    }
    let rivals: Vec<&Swing> =
        swings.rows.iter().filter(|swing| swing.path != first.path && (unknown_end(swing) || bounds(swing).1 >= bounds(first).0)).collect();
    match rivals.as_slice() {
        [] => format!("{} moves {response} most", short(&first.path)),
        [one] => format!("Too close to call what moves {response} most: {} or {}", short(&first.path), short(&one.path)),
        _ => format!("{} assumptions are known to move {response}; too close to call which most", grouped(known.len())),
    }
}

/// Whether an end may move the response by any amount: some runs did not finish there.
fn unknown_end(swing: &Swing) -> bool {
    swing.ends.iter().flatten().any(|tried| tried.outcome.is_ok() && tried.interval().is_none())
}

/// Between which sizes the swing lies, from the intervals of its ends.
fn bounds(swing: &Swing) -> (f64, f64) {
    let intervals = || swing.ends.iter().flatten().filter_map(crate::results::Tried::interval);
    let most = |end: fn(&crate::stats::Interval) -> f64| intervals().map(|one| end(&one)).fold(0.0, f64::max);
    let least = |end: fn(&crate::stats::Interval) -> f64| intervals().map(|one| end(&one)).fold(0.0, f64::min);
    (most(|one| one.lower) - least(|one| one.upper), most(|one| one.upper) - least(|one| one.lower))
}

/// A path that leaves room for the rest of a sentence.
fn short(path: &str) -> String {
    const LONGEST: usize = 34;
    let letters: Vec<char> = path.chars().collect();
    if letters.len() <= LONGEST {
        return path.into();
    }
    std::iter::once('…').chain(letters[letters.len() - LONGEST + 1..].iter().copied()).collect()
}
