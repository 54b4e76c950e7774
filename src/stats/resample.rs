//! Uncertainty without a formula: bootstrap and jackknife.
//!
//! Efron and Tibshirani, *An Introduction to the Bootstrap* (1993). Observations are replications, drawn again with
//! replacement; the generator comes from outside and should be a stream of its own.

use rand::Rng;

use super::quantile::{Definition, quantile_sorted, sorted};
use super::special::{normal_cdf, normal_quantile, sum};
use super::{Interval, mean, variance};

/// A statistic of resampled data, many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    /// The statistic of the data themselves.
    pub estimate: f64,
    /// Its values for the resamples, ascending.
    pub replicates: Vec<f64>,
    /// How many observations.
    pub n: usize,
}

impl Bootstrap {
    /// Evaluates `statistic` for `resamples` resamples of `data`; nothing without data.
    ///
    /// 2,000 resamples are usual for intervals.
    pub fn run(data: &[f64], resamples: usize, generator: &mut impl Rng, statistic: impl Fn(&[f64]) -> f64) -> Option<Self> {
        if data.is_empty() {
            return None;
        }
        let mut resample = data.to_vec();
        let replicates = (0..resamples).map(|_| {
            for value in &mut resample {
                *value = data[index_below(data.len(), generator)];
            }
            statistic(&resample)
        });
        let replicates: Vec<f64> = replicates.collect();
        Some(Self::new(statistic(data), &replicates, data.len()))
    }

    /// From values computed elsewhere, for instance for rows of several columns resampled together.
    #[must_use]
    pub fn new(estimate: f64, replicates: &[f64], n: usize) -> Self {
        Self { estimate, replicates: sorted(replicates), n }
    }

    /// The standard deviation of the replicates; nothing for fewer than two.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        variance(&self.replicates).map(f64::sqrt)
    }

    /// The share of replicates strictly below the estimate.
    #[must_use]
    pub fn share_below(&self) -> f64 {
        self.replicates.partition_point(|value| *value < self.estimate) as f64 / self.replicates.len() as f64
    }

    /// How far the median of the replicates lies off the estimate, in normal units: `z₀ = Φ⁻¹(share below)`.
    #[must_use]
    pub fn bias_correction(&self) -> f64 {
        normal_quantile(self.share_below())
    }

    /// The interval between two percentiles of the replicates. Covers too seldom below n = 30: prefer [`bca`](Self::bca).
    #[must_use]
    pub fn percentile(&self, level: f64) -> Option<Interval> {
        let tail = (1.0 - level) / 2.0;
        self.between(tail, 1.0 - tail, level)
    }

    /// The bias-corrected and accelerated interval (Efron 1987), with the acceleration of a [`Jackknife`].
    #[must_use]
    pub fn bca(&self, acceleration: f64, level: f64) -> Option<Interval> {
        let z0 = self.bias_correction();
        if !z0.is_finite() {
            // All replicates lie on one side; there is nothing to correct by.
            return self.percentile(level);
        }
        let shifted = |p: f64| {
            let z = z0 + normal_quantile(p);
            normal_cdf(z0 + z / (1.0 - acceleration * z))
        };
        let tail = (1.0 - level) / 2.0;
        self.between(shifted(tail), shifted(1.0 - tail), level)
    }

    fn between(&self, lower: f64, upper: f64, level: f64) -> Option<Interval> {
        let at = |p| quantile_sorted(&self.replicates, p, Definition::default());
        Some(Interval::new(self.estimate, at(lower)?, at(upper)?, level, self.n))
    }
}

/// A statistic with each observation left out in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Jackknife {
    /// Its values, in the order of the data.
    pub replicates: Vec<f64>,
}

impl Jackknife {
    /// Evaluates `statistic` without each of the data in turn; nothing for fewer than two.
    pub fn run(data: &[f64], statistic: impl Fn(&[f64]) -> f64) -> Option<Self> {
        if data.len() < 2 {
            return None;
        }
        let without = |out: usize| {
            let rest: Vec<f64> = data[..out].iter().chain(&data[out + 1..]).copied().collect();
            statistic(&rest)
        };
        Some(Self { replicates: (0..data.len()).map(without).collect() })
    }

    /// `√((n-1)/n Σ (θᵢ - θ̄)²)`.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        let n = self.replicates.len() as f64;
        ((n - 1.0) / n * self.power_sums().0).sqrt()
    }

    /// The acceleration of the BCa interval: `Σ (θ̄ - θᵢ)³ / (6 (Σ (θ̄ - θᵢ)²)^(3/2))`; 0 without spread.
    #[must_use]
    pub fn acceleration(&self) -> f64 {
        let (squares, cubes) = self.power_sums();
        if squares == 0.0 { 0.0 } else { cubes / (6.0 * squares * squares.sqrt()) }
    }

    /// Sums of squares and cubes of `θ̄ - θᵢ`.
    fn power_sums(&self) -> (f64, f64) {
        let centre = mean(&self.replicates).unwrap_or(f64::NAN);
        let distances = || self.replicates.iter().map(|value| centre - value);
        (sum(distances().map(|d| d * d)), sum(distances().map(|d| d * d * d)))
    }
}

/// A whole number below `bound`: the upper part of a product. Its bias, bound / 2⁶⁴, is beyond notice.
pub(in crate::stats) fn index_below(bound: usize, generator: &mut impl Rng) -> usize {
    ((u128::from(generator.next_u64()) * bound as u128) >> 64) as usize
}
