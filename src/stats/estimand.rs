//! Which number of a distribution is asked for.

use super::proportion::wilson;
use super::quantile::{quantile_interval, sorted};
use super::{Interval, mean_interval};

/// A number that describes the distribution of a response over replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Estimand {
    /// The expected value.
    Mean,
    /// The quantile of a probability strictly between 0 and 1.
    Quantile(f64),
    /// The probability of a value of at most this.
    ShareAtMost(f64),
    /// The probability of a value of at least this.
    ShareAtLeast(f64),
}

impl Estimand {
    /// The estimate with its interval: Student's for a mean, two of the values for a quantile, Wilson's for a share.
    ///
    /// Values may be `+∞`, later than everything. Nothing where the values give no estimate: a mean of fewer than two, or with one
    /// that is infinite; a quantile that is infinite.
    ///
    /// # Panics
    ///
    /// If a value is NaN and a quantile is asked for.
    ///
    /// # Examples
    ///
    /// ```
    /// use convoysim::stats::Estimand;
    ///
    /// let days = [4.0, 5.0, 6.0, f64::INFINITY];
    /// assert!(Estimand::Mean.interval(&days, 0.95).is_none());
    /// assert_eq!(Estimand::ShareAtMost(5.0).interval(&days, 0.95).map(|share| share.estimate), Some(0.5));
    /// ```
    #[must_use]
    pub fn interval(self, values: &[f64], level: f64) -> Option<Interval> {
        let share = |kept: usize| wilson(kept, values.len(), level);
        match self {
            Self::Mean => mean_interval(values, level),
            Self::Quantile(p) => quantile_interval(&sorted(values), p, level).filter(|interval| interval.estimate.is_finite()),
            Self::ShareAtMost(bound) => share(values.iter().filter(|value| **value <= bound).count()),
            Self::ShareAtLeast(bound) => share(values.iter().filter(|value| **value >= bound).count()),
        }
    }

    /// Whether no further values can give an estimate: one infinite value makes every mean infinite.
    #[must_use]
    pub fn is_lost(self, values: &[f64]) -> bool {
        self == Self::Mean && values.iter().any(|value| value.is_infinite())
    }

    /// Whether it is a probability.
    #[must_use]
    pub fn is_share(self) -> bool {
        matches!(self, Self::ShareAtMost(_) | Self::ShareAtLeast(_))
    }
}
