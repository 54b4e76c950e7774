//! Why a plan takes the days it takes: what limits it, what the days went to, what a little more of everything would change.
//!
//! All of it is over replications that came to an end: whoever was not done by the horizon has no chain of events that decided it.

use super::{AttributionPart, Levers, Outcomes, Parts, Reason, RunTable};
use crate::stats::special::student_t_quantile;
use crate::stats::{Interval, mean, mean_interval};
use crate::units::TICKS_PER_DAY;
use std::collections::BTreeSet;

/// Confidence of the intervals of attribution, each for itself.
const LEVEL: f64 = 0.95;

/// How often a resource or an outside cause is the largest part of the active chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Name, as in `binding_share.<name>`.
    pub name: String,
    /// What it is, for sentences.
    pub label: String,
    /// Mean share of operating days, with its interval where there are several replications.
    pub share: f64,
    /// Interval of that mean.
    pub interval: Option<Interval>,
}

/// What part of the days a cause took, and of their spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Spent {
    /// The cause, as in `attribution.csv`.
    pub cause: &'static str,
    /// Mean days a replication.
    pub days: f64,
    /// Interval of that mean.
    pub interval: Option<Interval>,
    /// Covariance with the days to completion by their variance: shares of all causes sum to 1. `None` where nothing varies.
    pub of_spread: Option<Interval>,
}

/// What limits a plan and what its days went to.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Replications that came to an end.
    pub runs: usize,
    /// Replications of the base.
    pub of: usize,
    /// Mean days to completion.
    pub days: Option<f64>,
    /// What limits, most often first.
    pub limits: Vec<Limit>,
    /// What the days went to, largest first.
    pub spent: Vec<Spent>,
    /// How the replications of the base ended.
    pub outcomes: Outcomes,
    /// What keeps replications from completing, and what raising it does; nothing where all complete.
    pub blocked: Option<Blocked>,
    /// Levers tested, unless that was not wanted.
    pub levers: Option<Levers>,
}

/// Why replications come to a deadlock, and which levels let them complete when raised.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked {
    /// The commonest reason.
    pub reason: Option<Reason>,
    /// The levels that were raised one at a time; those with which fewest replications deadlock first.
    pub raised: Vec<Raised>,
}

/// A level that was raised until no replication deadlocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// What it is: `places airport`.
    pub label: String,
    /// The change to the least level that ends every deadlock, or to the best that was tried, as for `--set`.
    pub set: Vec<String>,
    /// The level in the base.
    pub from: u32,
    /// The least level with which no tried replication deadlocks; nothing where raising it alone does not do.
    pub to: Option<u32>,
    /// Replications that deadlock with it.
    pub deadlocks: usize,
    /// Replications that complete with it.
    pub complete: usize,
    /// Replications that were tried.
    pub runs: usize,
}

impl Explanation {
    /// Attribution over a table; levers are added by whoever tests them.
    #[must_use]
    pub fn of(table: &RunTable) -> Self {
        // One number per replication that ended.
        let of_ended = |ticks: &dyn Fn(&[AttributionPart]) -> u64| {
            let mut days = Vec::new();
            table.records.each(Parts::ATTRIBUTION, |record| {
                if !record.censored() {
                    days.push(in_days(ticks(&record.attribution)));
                }
            });
            days
        };
        let days: Vec<f64> = of_ended(&|parts| parts.iter().map(|part| part.ticks).sum());
        let limits = table.resources.iter().enumerate().filter_map(|(n, resource)| {
            let shares = table.binding_shares(n);
            let share = mean(&shares).filter(|share| *share > 0.0)?;
            let (name, label) = (resource.name.clone(), resource.label.clone());
            Some(Limit { name, label, share, interval: mean_interval(&shares, LEVEL) })
        });
        let mut limits: Vec<Limit> = limits.collect();
        limits.sort_by(|a, b| b.share.total_cmp(&a.share));
        let mut causes: BTreeSet<&'static str> = BTreeSet::new();
        table.records.each(Parts::ATTRIBUTION, |record| {
            if !record.censored() {
                causes.extend(record.attribution.iter().map(|part| part.cause));
            }
        });
        let spent = causes.into_iter().map(|cause| {
            let of_cause = |part: &&AttributionPart| part.cause == cause;
            let parts = of_ended(&|parts| parts.iter().filter(of_cause).map(|part| part.ticks).sum());
            Spent {
                cause,
                days: mean(&parts).unwrap_or(0.0),
                interval: mean_interval(&parts, LEVEL),
                of_spread: share_of_variance(&parts, &days),
            }
        });
        let mut spent: Vec<Spent> = spent.collect();
        spent.sort_by(|a, b| b.days.total_cmp(&a.days).then(a.cause.cmp(b.cause)));
        Self {
            runs: days.len(),
            of: table.records.len(),
            days: mean(&days),
            limits,
            spent,
            outcomes: Outcomes::of(table),
            blocked: None,
            levers: None,
        }
    }
}

fn in_days(ticks: u64) -> f64 {
    ticks as f64 / TICKS_PER_DAY as f64
}

/// `Cov(part, total) / Var(total)`, with the interval of that slope of the part on the total (Student's t, n − 2 degrees of freedom).
fn share_of_variance(part: &[f64], total: &[f64]) -> Option<Interval> {
    let n = part.len();
    if n < 3 {
        return None;
    }
    let (mean_part, mean_total) = (mean(part)?, mean(total)?);
    let products = |f: &dyn Fn(f64, f64) -> f64| part.iter().zip(total).map(|(p, t)| f(p - mean_part, t - mean_total)).sum::<f64>();
    let (of_total, joint) = (products(&|_, t| t * t), products(&|p, t| p * t));
    // Rounding alone is no spread.
    if of_total <= 1e-18 * n as f64 * mean_total * mean_total {
        return None;
    }
    let slope = joint / of_total;
    let residual = products(&|p, t| (p - slope * t) * (p - slope * t));
    let df = (n - 2) as f64;
    let error = (residual / df / of_total).sqrt();
    Some(Interval::symmetric(slope, student_t_quantile(f64::midpoint(1.0, LEVEL), df) * error, LEVEL, n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sample;

    #[test]
    fn shares_of_the_spread_sum_to_one() {
        let explanation = Explanation::of(&sample::table(40, 4));
        let sum: f64 = explanation.spent.iter().filter_map(|one| one.of_spread).map(|share| share.estimate).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert_eq!((explanation.runs, explanation.of), (36, 40));
    }

    #[test]
    fn a_part_that_never_varies_has_no_share_of_the_spread() {
        let total = [1.0, 2.0, 4.0, 5.0];
        let share = |part: &[f64]| share_of_variance(part, &total).map(|share| (share.estimate, share.half_width()));
        assert_eq!(share(&[0.5; 4]), Some((0.0, 0.0)));
        assert_eq!(share(&total), Some((1.0, 0.0)));
        assert_eq!(share_of_variance(&[1.0; 4], &[3.0; 4]), None);
    }
}
