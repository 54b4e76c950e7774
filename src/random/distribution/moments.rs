//! Mean, variance and range of each family, in closed form.

use super::{Distribution, Family};
use crate::stats::special::{normal_pdf, sum};

impl Distribution {
    /// The expected value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Uniform { min, max } => min + (max - min) / 2.0,
            Family::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Family::Beta { alpha, beta, min, width } => min + width * (alpha / (alpha + beta)),
            Family::Lognormal { median, sigma } => median * libm::exp(sigma * sigma / 2.0),
            Family::Exponential { mean } => *mean,
            Family::Gamma { shape, scale } => shape * scale,
            Family::Erlang { shape, scale } => f64::from(*shape) * scale,
            Family::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Family::TruncatedNormal { mean, sd, kept } => mean + sd * hazard(mean / sd, *kept),
            Family::Discrete { values, cumulative } => sum(values.iter().zip(probabilities(cumulative)).map(|(value, p)| value * p)),
            Family::Empirical { values } => sum(values.iter().copied()) / values.len() as f64,
        }
    }

    /// The expected squared distance from the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Family::Constant { .. } => 0.0,
            Family::Uniform { min, max } => (max - min) * (max - min) / 12.0,
            Family::Triangular { min, mode, max } => {
                let (width, up) = (max - min, mode - min);
                (width * width - width * up + up * up) / 18.0
            }
            Family::Beta { alpha, beta, width, .. } => {
                let total = alpha + beta;
                width * width * (alpha / total) * (beta / total) / (total + 1.0)
            }
            Family::Lognormal { sigma, .. } => {
                let mean = self.mean();
                mean * mean * libm::expm1(sigma * sigma)
            }
            Family::Exponential { mean } => mean * mean,
            Family::Gamma { shape, scale } => shape * scale * scale,
            Family::Erlang { shape, scale } => f64::from(*shape) * scale * scale,
            Family::Weibull { shape, scale } => {
                let first = libm::tgamma(1.0 + 1.0 / shape);
                scale * scale * (libm::tgamma(1.0 + 2.0 / shape) - first * first)
            }
            Family::TruncatedNormal { mean, sd, kept } => {
                // With a = mean / sd and h the hazard at -a: sd² (1 - h (h + a)); Johnson, Kotz, Balakrishnan, §13.10.
                let a = mean / sd;
                let h = hazard(a, *kept);
                sd * sd * (1.0 - h * (h + a))
            }
            Family::Discrete { values, cumulative } => {
                let mean = self.mean();
                sum(values.iter().zip(probabilities(cumulative)).map(|(value, p)| p * (value - mean) * (value - mean)))
            }
            Family::Empirical { values } => {
                let mean = self.mean();
                sum(values.iter().map(|value| (value - mean) * (value - mean))) / values.len() as f64
            }
        }
    }

    /// The largest number that no value is below.
    #[must_use]
    pub fn minimum(&self) -> f64 {
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Uniform { min, .. } | Family::Triangular { min, .. } | Family::Beta { min, .. } => *min,
            Family::Lognormal { .. }
            | Family::Exponential { .. }
            | Family::Gamma { .. }
            | Family::Erlang { .. }
            | Family::Weibull { .. }
            | Family::TruncatedNormal { .. } => 0.0,
            Family::Discrete { values, .. } | Family::Empirical { values } => values[0],
        }
    }

    /// The smallest number that no value is above; infinity where there is none.
    #[must_use]
    pub fn maximum(&self) -> f64 {
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Uniform { max, .. } | Family::Triangular { max, .. } => *max,
            Family::Beta { min, width, .. } => min + width,
            Family::Lognormal { .. }
            | Family::Exponential { .. }
            | Family::Gamma { .. }
            | Family::Erlang { .. }
            | Family::Weibull { .. }
            | Family::TruncatedNormal { .. } => f64::INFINITY,
            Family::Discrete { values, .. } | Family::Empirical { values } => values[values.len() - 1],
        }
    }
}

/// The hazard of the standard normal distribution at `-a`: `φ(a) / Φ(a)`.
fn hazard(a: f64, kept: f64) -> f64 {
    normal_pdf(a) / kept
}

/// The single probabilities behind a cumulative list.
fn probabilities(cumulative: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let before = std::iter::once(0.0).chain(cumulative.iter().copied());
    cumulative.iter().zip(before).map(|(upto, before)| upto - before)
}
