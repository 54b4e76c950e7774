//! Means of independent observations, and Student's interval around them.

use super::Interval;
use super::special::{student_t_quantile, sum};

/// The mean, in compensated arithmetic; nothing if there are no values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let first = sum(values.iter().copied()) / n;
    if !first.is_finite() {
        return Some(first);
    }
    // A second look takes away what the rounding of the sum had left.
    Some(first + sum(values.iter().map(|value| value - first)) / n)
}

/// The sample variance with n - 1; nothing for fewer than two values.
///
/// Two passes with a correction for the rounding of the mean (Chan, Golub, LeVeque 1983, formula 1.7).
#[must_use]
pub fn variance(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let centre = mean(values)?;
    let n = values.len() as f64;
    let squares = sum(values.iter().map(|value| (value - centre) * (value - centre)));
    let rest = sum(values.iter().map(|value| value - centre));
    Some((squares - rest * rest / n) / (n - 1.0))
}

/// The skewness g₁ = m₃ / m₂^(3/2) of the values; nothing for fewer than two or if all are the same.
#[must_use]
pub fn skewness(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let n = values.len() as f64;
    let power = |k: i32| sum(values.iter().map(|value| (1..=k).fold(1.0, |power, _| power * (value - centre)))) / n;
    let second = power(2);
    (second > 0.0).then(|| power(3) / (second * second.sqrt()))
}

/// Whether `n` observations with skewness `g1` are too few for Student's interval: `n < 25 g1²`.
///
/// Cochran's rule (*Sampling Techniques*, §2.15): below that, a nominal 95 % interval covers noticeably less often.
#[must_use]
pub fn too_skewed_for_t(n: usize, g1: f64) -> bool {
    (n as f64) < 25.0 * g1 * g1
}

/// `mean ± t S / √n`; nothing for fewer than two values or where one is not finite.
///
/// # Examples
///
/// ```
/// let days = convoysim::stats::mean_interval(&[5.2, 4.8, 5.6, 5.1], 0.95);
/// assert_eq!(days.map(|days| days.to_string()).as_deref(), Some("5.17 ± 0.53 (95 %, n = 4)"));
/// assert_eq!(convoysim::stats::mean_interval(&[5.2], 0.95), None);
/// ```
#[must_use]
pub fn mean_interval(values: &[f64], level: f64) -> Option<Interval> {
    normal_interval(mean(values)?, variance(values)?, values.len(), level)
}

/// The interval of [`mean_interval`] from the moments alone.
#[must_use]
pub fn normal_interval(mean: f64, variance: f64, n: usize, level: f64) -> Option<Interval> {
    if n < 2 || !mean.is_finite() || !variance.is_finite() {
        return None;
    }
    let half_width = critical_t(n - 1, level) * (variance / n as f64).sqrt();
    Some(Interval::symmetric(mean, half_width, level, n))
}

/// Where one further observation will lie, if they are normal: `mean ± t S √(1 + 1/n)`.
///
/// Not to be confused with the interval for the mean, which is narrower: a planner who runs the operation once wants
/// this one.
#[must_use]
pub fn prediction_interval(values: &[f64], level: f64) -> Option<Interval> {
    let (centre, variance, n) = (mean(values)?, variance(values)?, values.len());
    if !variance.is_finite() {
        return None;
    }
    let half_width = critical_t(n - 1, level) * (variance * (1.0 + 1.0 / n as f64)).sqrt();
    Some(Interval::symmetric(centre, half_width, level, n))
}

/// The t that a two-sided interval at this level multiplies its standard error with.
pub(super) fn critical_t(df: usize, level: f64) -> f64 {
    student_t_quantile((1.0 + level) / 2.0, df as f64)
}
