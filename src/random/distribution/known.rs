//! Density, distribution function and quantiles of each family.

use super::sample::triangular_at;
use super::{Distribution, Family};
use crate::stats::special::{
    beta_cdf, beta_density, beta_quantile, gamma_cdf, gamma_density, gamma_quantile, normal_cdf, normal_pdf, normal_quantile,
};

impl Distribution {
    /// The probability density at `x`; nothing for a distribution that has none (constant, discrete, empirical).
    #[must_use]
    pub fn density(&self, x: f64) -> Option<f64> {
        if x < self.minimum() || x > self.maximum() {
            return self.is_continuous().then_some(0.0);
        }
        Some(match &self.0 {
            Family::Constant { .. } | Family::Discrete { .. } | Family::Empirical { .. } => return None,
            Family::Uniform { min, max } => 1.0 / (max - min),
            Family::Triangular { min, mode, max } => {
                let peak = 2.0 / (max - min);
                if x < *mode {
                    peak * ((x - min) / (mode - min))
                } else if x > *mode {
                    peak * ((max - x) / (max - mode))
                } else {
                    peak
                }
            }
            Family::Beta { alpha, beta, min, width } => beta_density(*alpha, *beta, (x - min) / width) / width,
            Family::Lognormal { .. } if x == 0.0 => 0.0,
            Family::Lognormal { median, sigma } => normal_pdf(libm::log(x / median) / sigma) / (x * sigma),
            Family::Exponential { mean } => libm::exp(-x / mean) / mean,
            Family::Gamma { shape, scale } => gamma_density(*shape, x / scale) / scale,
            Family::Erlang { shape, scale } => gamma_density(f64::from(*shape), x / scale) / scale,
            Family::Weibull { shape, scale } => {
                let z = x / scale;
                shape / scale * libm::pow(z, shape - 1.0) * libm::exp(-libm::pow(z, *shape))
            }
            Family::TruncatedNormal { mean, sd, kept } => normal_pdf((x - mean) / sd) / (sd * kept),
        })
    }

    /// The probability of a value of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x < self.minimum() {
            return 0.0;
        }
        if x >= self.maximum() {
            return 1.0;
        }
        match &self.0 {
            Family::Constant { .. } => 1.0,
            Family::Uniform { min, max } => (x - min) / (max - min),
            Family::Triangular { min, mode, max } => {
                let width = max - min;
                if x < *mode {
                    (x - min) / width * ((x - min) / (mode - min))
                } else {
                    1.0 - (max - x) / width * ((max - x) / (max - mode))
                }
            }
            Family::Beta { alpha, beta, min, width } => beta_cdf(*alpha, *beta, (x - min) / width),
            Family::Lognormal { median, sigma } => normal_cdf(libm::log(x / median) / sigma),
            Family::Exponential { mean } => -libm::expm1(-x / mean),
            Family::Gamma { shape, scale } => gamma_cdf(*shape, x / scale),
            Family::Erlang { shape, scale } => gamma_cdf(f64::from(*shape), x / scale),
            Family::Weibull { shape, scale } => -libm::expm1(-libm::pow(x / scale, *shape)),
            Family::TruncatedNormal { mean, sd, kept } => 1.0 - normal_cdf((mean - x) / sd) / kept,
            Family::Discrete { values, cumulative } => match values.partition_point(|value| *value <= x) {
                0 => 0.0,
                upto => cumulative[upto - 1],
            },
            Family::Empirical { values } => values.partition_point(|value| *value <= x) as f64 / values.len() as f64,
        }
    }

    /// The smallest x with a probability of at least `p` to stay at or below it; NaN if `p` is not in [0, 1].
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if p == 0.0 {
            return self.minimum();
        }
        if p == 1.0 {
            return self.maximum();
        }
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Uniform { min, max } => min + (max - min) * p,
            Family::Triangular { min, mode, max } => triangular_at(*min, *mode, *max, p),
            Family::Beta { alpha, beta, min, width } => min + width * beta_quantile(p, *alpha, *beta),
            Family::Lognormal { median, sigma } => median * libm::exp(sigma * normal_quantile(p)),
            Family::Exponential { mean } => mean * -libm::log1p(-p),
            Family::Gamma { shape, scale } => scale * gamma_quantile(p, *shape),
            Family::Erlang { shape, scale } => scale * gamma_quantile(p, f64::from(*shape)),
            Family::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-p), 1.0 / shape),
            Family::TruncatedNormal { mean, sd, kept } => (mean - sd * normal_quantile((1.0 - p) * kept)).max(0.0),
            Family::Discrete { values, cumulative } => values[cumulative.partition_point(|upto| *upto < p)],
            Family::Empirical { values } => {
                let rank = (p * values.len() as f64).ceil() as usize;
                values[rank.clamp(1, values.len()) - 1]
            }
        }
    }

    fn is_continuous(&self) -> bool {
        !matches!(self.0, Family::Constant { .. } | Family::Discrete { .. } | Family::Empirical { .. })
    }
}
