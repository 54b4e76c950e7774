//! Sensitivity in words, as texts and charts tell it: what stands out from noise, and what may be said of it.

use super::difference::{places, words};
use super::words::{capital, counted, figure, grouped};
use crate::results::{Measures, ResponseSensitivity, Sensitivity};
use crate::stats::Interval;

/// Whether a factor's interval lies above what an input without effect would show; above 0 where no floor is known.
pub(super) fn stands_out(measures: &Measures, factor: usize) -> bool {
    match measures {
        Measures::Morris(found) => found.factors[factor].mu_star.lower > found.floor.map_or(0.0, |floor| floor.mu_star),
        Measures::Sobol(found) => found.total[factor].lower > found.floor.map_or(0.0, |floor| floor.total),
        Measures::Unknown => false,
    }
}

/// What moves a response most, as far as that is known: a sentence without a full stop.
///
/// It names the inputs if that takes at most so many letters, and counts them otherwise.
pub(super) fn finding(analysis: &Sensitivity, response: &ResponseSensitivity, most: usize) -> String {
    let what = capital(&words(&response.info));
    let groups = response.measures.groups();
    if analysis.is_refused(response) {
        let outcomes = &analysis.outcomes;
        let (open, runs) = (grouped(outcomes.censored()), counted(outcomes.ended(), "run", "runs"));
        return format!("{what}: no index, as {open} of {runs} did not complete and their days are infinite");
    }
    let Some(first) = groups.first() else {
        return format!("{what}: nothing can be said");
    };
    let known: Vec<usize> = first.iter().copied().filter(|factor| stands_out(&response.measures, *factor)).collect();
    let labels: Vec<&str> = known.iter().map(|factor| analysis.factors[*factor].label.as_str()).collect();
    let named = listed(&labels);
    let inputs = if labels.len() > 1 && named.chars().count() > most { counted(labels.len(), "input", "inputs") } else { named };
    match (known.len(), first.len()) {
        (0, _) if groups.len() == 1 => format!("{what}: which inputs matter cannot be told from this many runs"),
        (0, _) => format!("{what}: no input stands out from chance"),
        (1, 1) => format!("{what} depends most on {inputs}"),
        (some, all) if some < all => format!("{what} depends on {inputs}; on what it depends most cannot be told"),
        _ => format!("{what} depends most on {inputs}; which of them comes first cannot be told"),
    }
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// An index: two decimals, three where its interval is so narrow that two would show nothing.
pub(super) fn share(one: &Interval) -> String {
    with_ends(one, if one.half_width() < 0.01 { 3 } else { 2 })
}

/// `0.61 (0.55 to 0.67)`; an end that nothing bounds is unknown.
pub(super) fn with_ends(one: &Interval, digits: usize) -> String {
    let end = |x: f64| if x.is_finite() { figure(x, digits) } else { "unknown".into() };
    format!("{} ({} to {})", figure(one.estimate, digits), end(one.lower), end(one.upper))
}

/// The floor of an index: `up to 0.02`.
pub(super) fn up_to_share(floor: f64) -> String {
    format!("up to {}", figure(floor, if floor < 0.01 { 3 } else { 2 }))
}

/// The floor of an effect: `up to 1.4`.
pub(super) fn up_to_effect(floor: f64) -> String {
    format!("up to {}", figure(floor, places(floor / 2.0)))
}
