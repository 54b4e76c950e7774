//! Two systems replication by replication, and what it bought to run both under the same random numbers.

use super::mean::critical_t;
use super::special::{normal_quantile, student_t_cdf, student_t_quantile, sum};
use super::{Interval, mean, variance};

/// The difference variant − base over pairs of replications.
///
/// # Examples
///
/// ```
/// use convoysim::stats::Paired;
///
/// let pairs = Paired::of(&[30.0, 34.0, 32.0], &[28.0, 33.0, 30.5]).expect("three pairs");
/// assert_eq!(pairs.mean_difference, -1.5);
/// assert!(pairs.variance_ratio().is_some_and(|ratio| ratio < 0.05), "pairs move together");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// How many pairs.
    pub n: usize,
    /// Means of base and variant.
    pub means: [f64; 2],
    /// Variances of base and variant.
    pub variances: [f64; 2],
    /// The mean of the differences.
    pub mean_difference: f64,
    /// The variance of the differences.
    pub variance_of_differences: f64,
    /// The correlation of base and variant over the pairs; `None` where one of them does not vary.
    pub correlation: Option<f64>,
}

impl Paired {
    /// Takes pairs in order; `None` for fewer than two, or where a value is not finite.
    ///
    /// # Panics
    ///
    /// If the lists are not equally long.
    #[must_use]
    pub fn of(base: &[f64], variant: &[f64]) -> Option<Self> {
        assert_eq!(base.len(), variant.len(), "each replication of the base has one of the variant");
        if base.iter().chain(variant).any(|value| !value.is_finite()) {
            return None;
        }
        let differences: Vec<f64> = base.iter().zip(variant).map(|(base, variant)| variant - base).collect();
        let (means, variances) = ([mean(base)?, mean(variant)?], [variance(base)?, variance(variant)?]);
        let products = base.iter().zip(variant).map(|(base, variant)| (base - means[0]) * (variant - means[1]));
        let covariance = sum(products) / (base.len() as f64 - 1.0);
        let spread = variances[0].sqrt() * variances[1].sqrt();
        Some(Self {
            n: base.len(),
            means,
            variances,
            mean_difference: mean(&differences)?,
            variance_of_differences: variance(&differences)?,
            correlation: (spread > 0.0).then(|| (covariance / spread).clamp(-1.0, 1.0)),
        })
    }

    /// Student's interval of the mean difference over pairs.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        let half_width = critical_t(self.n - 1, level) * (self.variance_of_differences / self.n as f64).sqrt();
        Interval::symmetric(self.mean_difference, half_width, level, self.n)
    }

    /// The two-sided p-value of no difference in the mean; 1 where no pair differs.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        let error = (self.variance_of_differences / self.n as f64).sqrt();
        if self.mean_difference == 0.0 {
            return 1.0;
        }
        2.0 * student_t_cdf(-(self.mean_difference / error).abs(), self.n as f64 - 1.0)
    }

    /// The variance of the difference beside that of independent runs, `Var(D) / (Var X + Var Y)`: below 1 pairing helps, above it
    /// harms (Law, *Simulation Modeling and Analysis*, §11.2). `None` where neither system varies.
    #[must_use]
    pub fn variance_ratio(&self) -> Option<f64> {
        let independent = self.variances[0] + self.variances[1];
        (independent > 0.0).then(|| self.variance_of_differences / independent)
    }

    /// How many replications of each system independent runs would need for the same half-width: `n / ratio`. `None` where no
    /// pair differs, or neither system varies.
    #[must_use]
    pub fn independent_replications(&self) -> Option<f64> {
        self.variance_ratio().filter(|ratio| *ratio > 0.0).map(|ratio| self.n as f64 / ratio)
    }
}

/// The difference of two means from independent runs: Welch's interval with Satterthwaite's degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// variant − base.
    pub interval: Interval,
    /// Degrees of freedom, at least those of the shorter run.
    pub df: f64,
}

/// Welch's interval for variant − base; `None` for fewer than two values of either, or where one is not finite.
#[must_use]
pub fn welch(base: &[f64], variant: &[f64], level: f64) -> Option<Welch> {
    if base.iter().chain(variant).any(|value| !value.is_finite()) {
        return None;
    }
    let difference = mean(variant)? - mean(base)?;
    let (a, b) = (variance(base)? / base.len() as f64, variance(variant)? / variant.len() as f64);
    let n = base.len().min(variant.len());
    let parts = a * a / (base.len() as f64 - 1.0) + b * b / (variant.len() as f64 - 1.0);
    // Without any spread the degrees of freedom do not matter.
    let df = if parts > 0.0 { (a + b) * (a + b) / parts } else { n as f64 - 1.0 };
    let half_width = student_t_quantile((1.0 + level) / 2.0, df) * (a + b).sqrt();
    Some(Welch { interval: Interval::symmetric(difference, half_width, level, n), df })
}

/// Fisher's interval for a correlation seen over `n` pairs: `tanh(atanh r ± z / √(n − 3))`; all of [−1, 1] below four pairs.
#[must_use]
pub fn correlation_interval(correlation: f64, n: usize, level: f64) -> Interval {
    if n < 4 {
        return Interval::new(correlation, -1.0, 1.0, level, n);
    }
    let half = normal_quantile((1.0 + level) / 2.0) / (n as f64 - 3.0).sqrt();
    let centre = libm::atanh(correlation);
    Interval::new(correlation, libm::tanh(centre - half), libm::tanh(centre + half), level, n)
}
