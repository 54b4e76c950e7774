//! A band that holds a whole distribution function at once.

use super::special::kolmogorov_critical;

/// Half the width of a band around the empirical distribution function of `n` values that holds the true one
/// everywhere, except with probability `alpha`: `√(ln(2/alpha) / 2n)`.
///
/// Dvoretzky, Kiefer, Wolfowitz (1956) with the constant of Massart (1990). Clip the band to [0, 1].
#[must_use]
pub fn dkw_half_width(n: usize, alpha: f64) -> f64 {
    (libm::log(2.0 / alpha) / (2.0 * n as f64)).sqrt()
}

/// As [`dkw_half_width`], from the exact distribution of Kolmogorov's statistic: a little narrower for small `n`.
#[must_use]
pub fn exact_half_width(n: usize, alpha: f64) -> f64 {
    kolmogorov_critical(n, alpha)
}

/// The empirical distribution function of ascending values at `x`: the share of values of at most x.
#[must_use]
pub fn empirical_cdf(sorted: &[f64], x: f64) -> f64 {
    sorted.partition_point(|value| *value <= x) as f64 / sorted.len() as f64
}
