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

/// Reads conditions joined by commas, as in `p80(days_to_completion) +- 0.5 d`; `horizon_days` is the shortest horizon of the runs.
///
/// # Errors
///
/// What is wrong with each that cannot be read, with its column.
pub fn read(
    text: &str,
    responses: &[ResponseInfo],
    objectives: &[Objective],
    horizon_days: f64,
    at_most: u32,
) -> Result<Until, Vec<Problem>> {
    let names: Vec<&str> = responses.iter().map(|info| info.name.as_str()).collect();
    let written = scenario::conditions(text, Known { responses: &names, objectives, horizon_days })?;
    let conditions = written.into_iter().map(|one| condition(one, responses)).collect();
    Ok(Until { conditions, sides: 1, at_most })
}

fn condition(written: scenario::Condition, responses: &[ResponseInfo]) -> Condition {
    let estimand = estimand(written.statistic);
    let precision = match written.limit {
        Limit::Absolute(limit) => Precision::Absolute(limit),
        Limit::Relative(share) => Precision::Relative(share),
    };
    let unit = responses.iter().find(|info| info.name == written.response).map_or("", |info| info.unit);
    let unit = if estimand.is_share() { "" } else { unit };
    Condition { text: written.text, response: written.response, unit: unit.to_owned(), estimand, precision }
}

/// What of a distribution a text asks for.
#[must_use]
pub fn estimand(written: Statistic) -> Estimand {
    match written {
        Statistic::Mean => Estimand::Mean,
        Statistic::Quantile(p) => Estimand::Quantile(p),
        Statistic::Share(scenario::Bound::AtMost(bound)) => Estimand::ShareAtMost(bound),
        Statistic::Share(scenario::Bound::AtLeast(bound)) => Estimand::ShareAtLeast(bound),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Replication r takes a value between 20 and 30 in a known, uneven way.
    fn value(r: u32) -> f64 {
        20.0 + f64::from(r * 37 % 100) / 10.0
    }

    fn wanted(limit: f64, at_most: u32) -> Until {
        let condition = Condition {
            text: format!("mean(days_to_completion) +- {limit} d"),
            response: "days_to_completion".into(),
            unit: "d".into(),
            estimand: Estimand::Mean,
            precision: Precision::Absolute(limit),
        };
        Until { conditions: vec![condition], sides: 1, at_most }
    }

    /// Runs until the mean is known to within `limit`: how it ended, and the rounds.
    fn driven(limit: f64, at_most: u32, value: impl Fn(u32) -> f64) -> (Ended, Vec<Range<u32>>) {
        let (until, mut values, mut rounds) = (wanted(limit, at_most), Vec::new(), Vec::new());
        let ended = drive(&until, |round| {
            values.extend(round.clone().map(&value));
            rounds.push(round);
            Some(until.judge(|_| Some(values.clone())))
        });
        (ended, rounds)
    }

    #[test]
    fn rounds_follow_each_other_until_the_mean_is_known() {
        // The values lie within 10 days, so the first look finds ±5 and the second one confirms it.
        assert_eq!(driven(5.0, 1_000, value), (Ended { replications: 40, stop: Some(Stop::Reached) }, vec![0..30, 30..40]));
        let (ended, rounds) = driven(0.5, 1_000, value);
        assert!(rounds.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!((rounds.last().map(|round| round.end), ended.stop), (Some(ended.replications), Some(Stop::Reached)));
        let met: Vec<bool> =
            rounds.iter().map(|round| wanted(0.5, 1_000).judge(|_| Some((0..round.end).map(value).collect()))[0].met()).collect();
        assert_eq!(met.windows(2).position(|pair| pair == [true, true]), Some(met.len() - 2), "the first two looks in a row that find it");
    }

    #[test]
    fn it_gives_up_at_the_most_that_is_allowed_or_as_soon_as_nothing_helps() {
        assert_eq!(driven(0.01, 200, value).0, Ended { replications: 200, stop: Some(Stop::AtMost) });
        let never = |r| if r == 35 { f64::INFINITY } else { value(r) };
        assert_eq!(driven(0.01, 200, never).0, Ended { replications: 40, stop: Some(Stop::Never) });
    }

    #[test]
    fn a_cancelled_round_ends_it_at_the_look_before() {
        let until = wanted(0.01, 200);
        let ended = drive(&until, |round| (round.end <= 50).then(|| until.judge(|_| Some((0..round.end).map(value).collect()))));
        assert_eq!(ended, Ended { replications: 50, stop: None });
    }

    #[test]
    fn several_conditions_share_the_confidence() {
        let mut until = wanted(1.0, 200);
        until.conditions.push(until.conditions[0].clone());
        assert!((until.level_each() - 0.975).abs() < 1e-12);
        let levels = until.judge(|_| Some(vec![1.0, 2.0, 3.0])).into_iter().filter_map(|one| one.interval).map(|interval| interval.level);
        assert!(levels.into_iter().all(|level| (level - 0.975).abs() < 1e-12));
    }
}
