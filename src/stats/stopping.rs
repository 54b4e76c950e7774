//! How many replications are enough.
//!
//! A [`Precision`] says how narrow an interval must be; [`Plan::stops_at`] finds the first number of replications at
//! which all are met. The decision looks at whole rounds of replications in index order, so it does not depend on which
//! thread finished first; what was computed beyond the stopping number is to be thrown away.

use super::mean::critical_t;
use super::{Interval, Tally};

/// How precise an estimate must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// The half-width is at most this.
    Absolute(f64),
    /// The error is at most this share of the true value; means a half-width of at most `γ / (1 + γ)` of the estimate
    /// (Law, *Simulation Modeling and Analysis*, §9.4.1). Never met by an estimate of 0.
    Relative(f64),
}

impl Precision {
    /// The largest half-width that will do around this estimate.
    #[must_use]
    pub fn limit(self, estimate: f64) -> f64 {
        match self {
            Self::Absolute(limit) => limit,
            Self::Relative(share) => share / (1.0 + share) * estimate.abs(),
        }
    }

    /// Whether an interval is narrow enough. For a quantile give its order-statistic interval.
    #[must_use]
    pub fn is_met_by(self, interval: &Interval) -> bool {
        interval.half_width() <= self.limit(interval.estimate)
    }
}

/// When to look, and when to give up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// No decision before so many replications: an early S may be small by luck. At least 10, better 30.
    pub minimum: usize,
    /// Decisions are made at the minimum and then after every so many further replications.
    pub round: usize,
    /// The confidence level of the intervals looked at.
    pub level: f64,
}

impl Plan {
    /// Whether a decision is due after `n` replications.
    #[must_use]
    pub fn looks_at(&self, n: usize) -> bool {
        n >= self.minimum && (n - self.minimum).is_multiple_of(self.round)
    }

    /// The first number of replications at which the mean of `values` is precise enough; nothing if it never is.
    #[must_use]
    pub fn stops_at(&self, values: &[f64], precision: Precision) -> Option<usize> {
        let mut tally = Tally::default();
        values.iter().enumerate().find_map(|(index, value)| {
            tally.push(*value);
            let n = index + 1;
            let met = self.looks_at(n) && precision.is_met_by(&tally.interval(self.level)?);
            met.then_some(n)
        })
    }
}

/// How many replications a pilot of `n` with this mean and variance lets expect: a planning hint, no promise.
///
/// The smallest `i ≥ n` with `t_(i-1) √(variance / i)` within the limit, mean and variance taken as known (Law, §9.4.1).
#[must_use]
pub fn replications_expected(pilot: &Tally, precision: Precision, level: f64, cap: usize) -> Option<usize> {
    let (mean, variance) = (pilot.mean()?, pilot.variance()?);
    let limit = precision.limit(mean);
    (pilot.n()..=cap).find(|i| critical_t(i - 1, level) * (variance / *i as f64).sqrt() <= limit)
}
