//! Moments of values that come one by one, or in parts.

use super::{Interval, normal_interval};

/// Number, mean and the sums of the second to fourth powers of the distances from the mean.
///
/// One value at a time after Welford, parts together after Pébay, "Formulas for robust, one-pass parallel computation
/// of covariances and arbitrary-order statistical moments" (Sandia 2008). The result of merging depends in its last
/// bits on the order: merge in the order of the replications.
///
/// # Examples
///
/// ```
/// use convoysim::stats::Tally;
///
/// let mut tally: Tally = [4.0, 7.0].into_iter().collect();
/// tally.merge(&[13.0, 16.0].into_iter().collect());
/// assert_eq!((tally.n(), tally.mean(), tally.variance()), (4, Some(10.0), Some(30.0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    n: usize,
    mean: f64,
    powers: [f64; 3],
    minimum: f64,
    maximum: f64,
}

impl Default for Tally {
    fn default() -> Self {
        Self { n: 0, mean: 0.0, powers: [0.0; 3], minimum: f64::INFINITY, maximum: f64::NEG_INFINITY }
    }
}

impl Tally {
    /// Takes in one value.
    pub fn push(&mut self, value: f64) {
        self.merge(&Self { n: 1, mean: value, powers: [0.0; 3], minimum: value, maximum: value });
    }

    /// Takes in all values of another tally.
    pub fn merge(&mut self, other: &Self) {
        if self.n == 0 || other.n == 0 {
            if self.n == 0 {
                *self = *other;
            }
            return;
        }
        let (a, b) = (self.n as f64, other.n as f64);
        let n = a + b;
        let delta = other.mean - self.mean;
        let step = delta / n;
        let square = delta * step * a * b;
        let [second, third, fourth] = self.powers;
        let [second_b, third_b, fourth_b] = other.powers;
        self.powers = [
            second + second_b + square,
            third + third_b + square * step * (a - b) + 3.0 * step * (a * second_b - b * second),
            fourth
                + fourth_b
                + square * step * step * (a * a - a * b + b * b)
                + 6.0 * step * step * (a * a * second_b + b * b * second)
                + 4.0 * step * (a * third_b - b * third),
        ];
        self.mean += step * b;
        self.n += other.n;
        self.minimum = self.minimum.min(other.minimum);
        self.maximum = self.maximum.max(other.maximum);
    }

    /// How many values.
    #[must_use]
    pub fn n(&self) -> usize {
        self.n
    }

    /// Their mean; nothing without a value.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// The sample variance with n - 1; nothing for fewer than two values.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.powers[0] / (self.n as f64 - 1.0))
    }

    /// The skewness g₁ = m₃ / m₂^(3/2); nothing without spread.
    #[must_use]
    pub fn skewness(&self) -> Option<f64> {
        let [second, third, _] = self.powers;
        (second > 0.0).then(|| (self.n as f64).sqrt() * third / (second * second.sqrt()))
    }

    /// The excess kurtosis g₂ = m₄ / m₂² - 3; nothing without spread.
    #[must_use]
    pub fn excess_kurtosis(&self) -> Option<f64> {
        let [second, _, fourth] = self.powers;
        (second > 0.0).then(|| self.n as f64 * fourth / (second * second) - 3.0)
    }

    /// The smallest value; nothing without a value.
    #[must_use]
    pub fn minimum(&self) -> Option<f64> {
        (self.n > 0).then_some(self.minimum)
    }

    /// The largest value; nothing without a value.
    #[must_use]
    pub fn maximum(&self) -> Option<f64> {
        (self.n > 0).then_some(self.maximum)
    }

    /// `mean ± t S / √n`; nothing for fewer than two values.
    #[must_use]
    pub fn interval(&self, level: f64) -> Option<Interval> {
        normal_interval(self.mean, self.variance()?, self.n, level)
    }
}

impl FromIterator<f64> for Tally {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut tally = Self::default();
        tally.extend(values);
        tally
    }
}

impl Extend<f64> for Tally {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}
