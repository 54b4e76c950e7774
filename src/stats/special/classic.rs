//! Student's t, χ² and F: the gamma and beta distributions in their working clothes.

use super::beta::{logit_quantile, tails};
use super::gamma::{gamma_cdf, gamma_quantile};

/// The distribution function of Student's t with `df` degrees of freedom.
#[must_use]
pub fn student_t_cdf(t: f64, df: f64) -> f64 {
    let square = t * t;
    let beyond = tails(df / 2.0, 0.5, df / (df + square), square / (df + square)).0 / 2.0;
    if t < 0.0 { beyond } else { 1.0 - beyond }
}

/// The inverse of [`student_t_cdf`].
///
/// # Examples
///
/// ```
/// let t = convoysim::stats::special::student_t_quantile(0.975, 29.0);
/// assert!((t - 2.045_229_642).abs() < 1e-9);
/// ```
#[must_use]
pub fn student_t_quantile(p: f64, df: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    // P(|T| > t) = I(df / (df + t²)), so the logit of that ratio is ln(df / t²).
    let beyond = 2.0 * p.min(1.0 - p);
    let within = 2.0 * (p - 0.5).abs();
    let size = (df * libm::exp(-logit_quantile(beyond, within, df / 2.0, 0.5))).sqrt();
    if p < 0.5 { -size } else { size }
}

/// The distribution function of χ² with `df` degrees of freedom.
#[must_use]
pub fn chi_squared_cdf(x: f64, df: f64) -> f64 {
    gamma_cdf(df / 2.0, x / 2.0)
}

/// The inverse of [`chi_squared_cdf`].
#[must_use]
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    2.0 * gamma_quantile(p, df / 2.0)
}

/// The distribution function of Fisher's F with `above` and `below` degrees of freedom.
#[must_use]
pub fn f_cdf(x: f64, above: f64, below: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let total = above * x + below;
    tails(above / 2.0, below / 2.0, above * x / total, below / total).0
}

/// The inverse of [`f_cdf`].
#[must_use]
pub fn f_quantile(p: f64, above: f64, below: f64) -> f64 {
    below / above * libm::exp(logit_quantile(p, 1.0 - p, above / 2.0, below / 2.0))
}
