//! Replications until something is known precisely enough.
//!
//! [`read`] takes conditions as written, [`drive`] runs rounds of replications until they are met. The rounds end at fixed numbers
//! ([`Rounds`]) and a look sees all replications before its end in the order of their numbers, so the stop is the same on any
//! number of threads. What is looked at, one scenario or paired differences of two, is the caller's.

use crate::results::{Condition, Reached, ResponseInfo, Until};
use crate::scenario::{self, Known, Limit, Objective, Problem, Statistic};
use crate::stats::Estimand;
use crate::stats::stopping::{Precision, Rounds, Sequence, Stop};
use std::ops::Range;

/// Most replications where the user says nothing.
pub const AT_MOST: u32 = 10_000;

/// Reads conditions joined by commas, as in `p80(days_to_completion) +- 0.5 d`.
///
/// # Errors
///
/// What is wrong with each that cannot be read, with its column.
pub fn read(text: &str, responses: &[ResponseInfo], objectives: &[Objective], at_most: u32) -> Result<Until, Vec<Problem>> {
    let names: Vec<&str> = responses.iter().map(|info| info.name.as_str()).collect();
    let written = scenario::conditions(text, Known { responses: &names, objectives })?;
    let conditions = written.into_iter().map(|one| condition(one, responses)).collect();
    Ok(Until { conditions, at_most })
}

fn condition(written: scenario::Condition, responses: &[ResponseInfo]) -> Condition {
    let estimand = match written.statistic {
        Statistic::Mean => Estimand::Mean,
        Statistic::Quantile(p) => Estimand::Quantile(p),
        Statistic::Share(scenario::Bound::AtMost(bound)) => Estimand::ShareAtMost(bound),
        Statistic::Share(scenario::Bound::AtLeast(bound)) => Estimand::ShareAtLeast(bound),
    };
    let precision = match written.limit {
        Limit::Absolute(limit) => Precision::Absolute(limit),
        Limit::Relative(share) => Precision::Relative(share),
    };
    let unit = responses.iter().find(|info| info.name == written.response).map_or("", |info| info.unit);
    let unit = if estimand.is_share() { "" } else { unit };
    Condition { text: written.text, response: written.response, unit: unit.to_owned(), estimand, precision }
}

/// How a run with conditions ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Replications at the last look.
    pub replications: u32,
    /// Why it stopped; `None` where it was cancelled.
    pub stop: Option<Stop>,
}

/// Runs rounds until every condition is met, one of them never will be, or no more replications are allowed.
///
/// `round(first..end)` runs these replications and judges all from 0 to `end`; nothing where it was cancelled.
pub fn drive(until: &Until, mut round: impl FnMut(Range<u32>) -> Option<Vec<Reached>>) -> Ended {
    let mut sequence = Sequence::new(Rounds::up_to(until.at_most as usize));
    let mut first = 0;
    loop {
        let end = sequence.end() as u32;
        let Some(reached) = round(first..end) else { return Ended { replications: first, stop: None } };
        if let Some(stop) = sequence.look(Until::found(&reached)) {
            return Ended { replications: end, stop: Some(stop) };
        }
        first = end;
    }
}
