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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Better, Effect, Margin, ResponseInfo, Terms, Tried};
    use crate::stats::{Finding, Interval};

    fn tried(interval: Option<Interval>) -> Tried {
        let effect =
            Effect { pairs: 30, unfinished: usize::from(interval.is_none()), interval, finding: Finding::NotResolved, pairs_wanted: None };
        Tried { label: "1".into(), set: Vec::new(), outcome: Ok(effect) }
    }

    /// An input whose high end moves the mean by so much, and whose low end by as much less half of it.
    fn swing(path: &str, difference: f64, half_width: f64) -> Swing {
        let end = |difference| Some(tried(Some(Interval::symmetric(difference, half_width, 0.99, 30))));
        Swing {
            path: path.into(),
            entries: 1,
            value: "1".into(),
            source: None,
            stated: true,
            ends: [end(-difference / 2.0), end(difference)],
        }
    }

    fn said(rows: Vec<Swing>) -> String {
        let response = ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() };
        let too_small = Margin { amount: 0.5, stated: true };
        let terms = Terms { response, base: Some(30.0), too_small, level: 0.95, intervals: 4, looks: vec![30] };
        title(&Swings { terms, rows, others: Vec::new(), fixed: 0 })
    }

    #[test]
    fn an_input_leads_only_beyond_chance() {
        assert_eq!(said(vec![swing("a", 4.0, 0.3), swing("b", 1.0, 0.3)]), "a moves days to complete most");
        assert_eq!(said(vec![swing("a", 4.0, 1.0), swing("b", 3.0, 1.0)]), "Too close to call what moves days to complete most: a or b");
        let three = vec![swing("a", 4.0, 1.0), swing("b", 3.9, 1.0), swing("c", 3.8, 1.0)];
        assert_eq!(said(three), "3 assumptions are known to move days to complete; too close to call which most");
        assert_eq!(said(vec![swing("a", 4.0, 1.0), swing("b", 0.2, 1.0)]), "Only a is known to move days to complete");
        assert_eq!(said(vec![swing("a", 0.4, 1.0)]), "No assumption moved alone is known to change days to complete");
    }

    #[test]
    fn an_end_at_which_runs_do_not_finish_may_be_the_largest_of_all() {
        let mut open = swing("b", 1.0, 0.3);
        open.ends[0] = Some(tried(None));
        assert_eq!(said(vec![swing("a", 9.0, 0.3), open]), "Too close to call what moves days to complete most: a or b");
    }
}
