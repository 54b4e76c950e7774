//! More precision from the same runs: antithetic pairs, control variates, strata.
//!
//! Each comes with the variance it leaves, because each can make things worse; report the ratio, also above 1.

use super::mean::critical_t;
use super::special::sum;
use super::{Interval, mean, variance};

/// The means of antithetic pairs (a draw at U and one at 1 - U): independent of each other, to be treated as the
/// observations.
///
/// # Panics
///
/// If the lists are not equally long.
#[must_use]
pub fn pair_means(draws: &[f64], opposites: &[f64]) -> Vec<f64> {
    assert_eq!(draws.len(), opposites.len(), "each draw has one opposite");
    draws.iter().zip(opposites).map(|(draw, opposite)| (draw + opposite) / 2.0).collect()
}

/// The variance of the mean over equally likely strata, from the values seen in each: `Σ S²ₛ / nₛ / k²`.
///
/// Nothing if a stratum has fewer than two values.
#[must_use]
pub fn stratified_variance(strata: &[Vec<f64>]) -> Option<f64> {
    let parts: Option<Vec<f64>> = strata.iter().map(|values| variance(values).map(|variance| variance / values.len() as f64)).collect();
    let k = strata.len() as f64;
    parts.map(|parts| sum(parts) / (k * k))
}

/// A mean corrected by a companion whose expectation is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controlled {
    /// The corrected mean with its interval, t with n - 2 degrees of freedom.
    pub interval: Interval,
    /// The coefficient by which the control's error was taken off: `S_yc / S_c²`.
    pub coefficient: f64,
    /// The standard error of the corrected mean.
    pub standard_error: f64,
    /// The variance of what the control leaves unexplained, with n - 2.
    pub residual_variance: f64,
}

/// The mean of `values` with the control variate `controls`, whose true mean is `known`; nothing for fewer than three
/// values or a control without spread.
///
/// `ȳ - b (c̄ - μ)`, variance `s²ᵣ (1/n + (c̄ - μ)² / SS_c)`: Lavenberg and Welch, "A perspective on the use of control
/// variables to increase the efficiency of Monte Carlo simulations", Management Science 27 (1981).
///
/// # Panics
///
/// If the lists are not equally long.
#[must_use]
pub fn control_variate(values: &[f64], controls: &[f64], known: f64, level: f64) -> Option<Controlled> {
    assert_eq!(values.len(), controls.len(), "each value has one control");
    let n = values.len();
    if n < 3 {
        return None;
    }
    let (y, c) = (mean(values)?, mean(controls)?);
    let squares = sum(controls.iter().map(|control| (control - c) * (control - c)));
    if squares == 0.0 {
        return None;
    }
    let pairs = || values.iter().zip(controls);
    let coefficient = sum(pairs().map(|(value, control)| (value - y) * (control - c))) / squares;
    let residuals = pairs().map(|(value, control)| (value - y) - coefficient * (control - c));
    let residual_variance = sum(residuals.map(|residual| residual * residual)) / (n as f64 - 2.0);
    let off = c - known;
    let standard_error = (residual_variance * (1.0 / n as f64 + off * off / squares)).sqrt();
    let half_width = critical_t(n - 2, level) * standard_error;
    let interval = Interval::symmetric(y - coefficient * off, half_width, level, n);
    Some(Controlled { interval, coefficient, standard_error, residual_variance })
}
