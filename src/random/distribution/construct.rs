//! The constructors: each names its parameters and refuses what makes no sense.

use super::{Distribution, DistributionError, Family};
use crate::stats::special::normal_cdf;

/// Whole shapes up to this are drawn as Erlang: at 16 the product of uniforms stays far above the smallest number.
const LARGEST_ERLANG: u32 = 16;

type Made = Result<Distribution, DistributionError>;

impl Distribution {
    /// Always `value`.
    ///
    /// # Errors
    ///
    /// If `value` is not finite.
    pub fn constant(value: f64) -> Made {
        finite("constant", "value", value)?;
        Ok(Self(Family::Constant { value }))
    }

    /// Anywhere from `min` to `max`, all equally likely.
    ///
    /// # Errors
    ///
    /// If a bound is not finite or `min` is above `max`.
    pub fn uniform(min: f64, max: f64) -> Made {
        let name = "uniform";
        finite(name, "min", min)?;
        finite(name, "max", max)?;
        finite(name, "max - min", max - min)?;
        order(name, ("min", min), ("max", max), "min ≤ max")?;
        if min == max {
            return Self::constant(min);
        }
        Ok(Self(Family::Uniform { min, max }))
    }

    /// A triangle from `min` up to `mode` and down to `max`.
    ///
    /// # Errors
    ///
    /// If a parameter is not finite or they are not in the order `min ≤ mode ≤ max`.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Made {
        three_points("triangular", min, mode, max)?;
        if min == max {
            return Self::constant(min);
        }
        Ok(Self(Family::Triangular { min, mode, max }))
    }

    /// The PERT distribution: a beta distribution on [`min`, `max`] with the mean `(min + 4 mode + max) / 6`
    /// (Malcolm et al. 1959, with the usual weight 4).
    ///
    /// # Errors
    ///
    /// If a parameter is not finite or they are not in the order `min ≤ mode ≤ max`.
    pub fn pert(min: f64, mode: f64, max: f64) -> Made {
        three_points("pert", min, mode, max)?;
        if min == max {
            return Self::constant(min);
        }
        let width = max - min;
        let (alpha, beta) = (1.0 + 4.0 * ((mode - min) / width), 1.0 + 4.0 * ((max - mode) / width));
        Ok(Self(Family::Beta { alpha, beta, min, width }))
    }

    /// The beta distribution on [0, 1] with density ∝ `x^(alpha-1) (1-x)^(beta-1)`.
    ///
    /// # Errors
    ///
    /// If a parameter is not above 0 and finite.
    pub fn beta(alpha: f64, beta: f64) -> Made {
        positive("beta", "alpha", alpha)?;
        positive("beta", "beta", beta)?;
        Ok(Self(Family::Beta { alpha, beta, min: 0.0, width: 1.0 }))
    }

    /// The lognormal distribution with this median, whose logarithm has the standard deviation `sigma`.
    ///
    /// # Errors
    ///
    /// If `median` is not above 0 or `sigma` below 0.
    pub fn lognormal_median_sigma(median: f64, sigma: f64) -> Made {
        positive("lognormal", "median", median)?;
        not_negative("lognormal", "sigma", sigma)?;
        if sigma == 0.0 {
            return Self::constant(median);
        }
        Ok(Self(Family::Lognormal { median, sigma }))
    }

    /// The lognormal distribution with this mean and this coefficient of variation (standard deviation over mean).
    ///
    /// `sigma² = ln(1 + cv²)`, `median = mean / √(1 + cv²)`.
    ///
    /// # Errors
    ///
    /// If `mean` is not above 0 or `cv` below 0.
    pub fn lognormal_mean_cv(mean: f64, cv: f64) -> Made {
        positive("lognormal", "mean", mean)?;
        not_negative("lognormal", "cv", cv)?;
        if cv == 0.0 {
            return Self::constant(mean);
        }
        finite("lognormal", "cv squared", cv * cv)?;
        let median = mean / (1.0 + cv * cv).sqrt();
        Ok(Self(Family::Lognormal { median, sigma: libm::log1p(cv * cv).sqrt() }))
    }

    /// The exponential distribution with this mean (not this rate).
    ///
    /// # Errors
    ///
    /// If `mean` is not above 0.
    pub fn exponential_with_mean(mean: f64) -> Made {
        positive("exponential", "mean", mean)?;
        Ok(Self(Family::Exponential { mean }))
    }

    /// The gamma distribution with this shape and mean; its variance is `mean² / shape`.
    ///
    /// # Errors
    ///
    /// If a parameter is not above 0.
    pub fn gamma_shape_mean(shape: f64, mean: f64) -> Made {
        positive("gamma", "shape", shape)?;
        positive("gamma", "mean", mean)?;
        finite("gamma", "mean / shape", mean / shape)?;
        Ok(Self(Family::Gamma { shape, scale: mean / shape }))
    }

    /// The sum of `shape` exponentials that has this mean.
    ///
    /// # Errors
    ///
    /// If `shape` is 0 or `mean` not above 0.
    pub fn erlang_shape_mean(shape: u32, mean: f64) -> Made {
        if shape == 0 {
            return refuse("erlang", "shape", 0.0, "a whole number of at least 1");
        }
        positive("erlang", "mean", mean)?;
        let scale = mean / f64::from(shape);
        Ok(Self(match shape {
            1..=LARGEST_ERLANG => Family::Erlang { shape, scale },
            _ => Family::Gamma { shape: f64::from(shape), scale },
        }))
    }

    /// The Weibull distribution `P(X > x) = exp(-(x / scale)^shape)`.
    ///
    /// # Errors
    ///
    /// If a parameter is not above 0.
    pub fn weibull_shape_scale(shape: f64, scale: f64) -> Made {
        positive("weibull", "shape", shape)?;
        positive("weibull", "scale", scale)?;
        Ok(Self(Family::Weibull { shape, scale }))
    }

    /// The Weibull distribution with this shape and mean: its scale is `mean / Γ(1 + 1 / shape)`.
    ///
    /// # Errors
    ///
    /// If a parameter is not above 0, or the shape so small that the scale would vanish.
    pub fn weibull_shape_mean(shape: f64, mean: f64) -> Made {
        positive("weibull", "shape", shape)?;
        positive("weibull", "mean", mean)?;
        let scale = mean / libm::tgamma(1.0 + 1.0 / shape);
        if scale <= 0.0 {
            return refuse("weibull", "shape", shape, "above 0.01 when the mean is given");
        }
        Ok(Self(Family::Weibull { shape, scale }))
    }

    /// A normal distribution with this mean and standard deviation, of which what lies below 0 is cut away.
    ///
    /// The parameters are those before the cut; [`mean`](Self::mean) gives the mean after it.
    ///
    /// # Errors
    ///
    /// If a parameter is not finite, `sd` is below 0, or nearly nothing of the distribution lies above 0.
    pub fn normal_truncated_at_zero(mean: f64, sd: f64) -> Made {
        let name = "normal";
        finite(name, "mean", mean)?;
        not_negative(name, "sd", sd)?;
        if mean < -30.0 * sd {
            return refuse(name, "mean", mean, "at least 0, or not many standard deviations below it");
        }
        if sd == 0.0 {
            return Self::constant(mean);
        }
        Ok(Self(Family::TruncatedNormal { mean, sd, kept: normal_cdf(mean / sd) }))
    }

    /// One of `values`, with probabilities in the proportion of `weights`.
    ///
    /// # Errors
    ///
    /// If there are no values, not one weight for each, a value is not finite, a weight is below 0, or all are 0.
    pub fn discrete(values: &[f64], weights: &[f64]) -> Made {
        let name = "discrete";
        if values.is_empty() {
            return Err(DistributionError::NoValues { distribution: name });
        }
        if values.len() != weights.len() {
            return Err(DistributionError::WeightCount { values: values.len(), weights: weights.len() });
        }
        for (value, weight) in values.iter().zip(weights) {
            finite(name, "value", *value)?;
            not_negative(name, "weight", *weight)?;
        }
        let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).filter(|pair| pair.1 > 0.0).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|pair| pair.1).sum();
        finite(name, "sum of weights", total)?;
        match pairs[..] {
            [] => return Err(DistributionError::NoWeight),
            [(value, _)] => return Self::constant(value),
            _ => {}
        }
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = pairs
            .iter()
            .map(|pair| {
                sum += pair.1;
                sum / total
            })
            .collect();
        *cumulative.last_mut().expect("at least two values stand here") = 1.0;
        Ok(Self(Family::Discrete { values: pairs.into_iter().map(|pair| pair.0).collect(), cumulative }))
    }

    /// One of the observed `values` as they are, each as likely as the others.
    ///
    /// # Errors
    ///
    /// If there are no values or one is not finite.
    pub fn empirical(values: &[f64]) -> Made {
        let name = "empirical";
        for value in values {
            finite(name, "value", *value)?;
        }
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        match values[..] {
            [] => Err(DistributionError::NoValues { distribution: name }),
            [first, .., last] if first == last => Self::constant(first),
            [only] => Self::constant(only),
            _ => Ok(Self(Family::Empirical { values })),
        }
    }
}

fn refuse<T>(distribution: &'static str, parameter: &'static str, value: f64, right: &'static str) -> Result<T, DistributionError> {
    Err(DistributionError::Parameter { distribution, parameter, value, right })
}

fn finite(distribution: &'static str, parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    if value.is_finite() { Ok(()) } else { refuse(distribution, parameter, value, "a finite number") }
}

fn positive(distribution: &'static str, parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    if value.is_finite() && value > 0.0 { Ok(()) } else { refuse(distribution, parameter, value, "above 0 and finite") }
}

fn not_negative(distribution: &'static str, parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    let right = "at least 0 and finite";
    if value.is_finite() && value >= 0.0 { Ok(()) } else { refuse(distribution, parameter, value, right) }
}

fn order(
    distribution: &'static str,
    (lower_name, lower): (&'static str, f64),
    (upper_name, upper): (&'static str, f64),
    right: &'static str,
) -> Result<(), DistributionError> {
    if lower <= upper {
        return Ok(());
    }
    Err(DistributionError::Order { distribution, lower_name, lower, upper_name, upper, right })
}

fn three_points(name: &'static str, min: f64, mode: f64, max: f64) -> Result<(), DistributionError> {
    for (parameter, value) in [("min", min), ("mode", mode), ("max", max), ("max - min", max - min)] {
        finite(name, parameter, value)?;
    }
    order(name, ("min", min), ("mode", mode), "min ≤ mode ≤ max")?;
    order(name, ("mode", mode), ("max", max), "min ≤ mode ≤ max")
}
