//! Binomial and Poisson probabilities.

use super::beta::tails;
use super::gamma::gamma_survival;
use super::stirling::{binomial_term, poisson_term};

/// The probability of exactly `k` successes in `n` trials.
#[must_use]
pub fn binomial_pmf(k: u64, n: u64, p: f64) -> f64 {
    if k > n { 0.0 } else { binomial_term(k as f64, (n - k) as f64, p, 1.0 - p) }
}

/// The probability of at most `k` successes in `n` trials.
#[must_use]
pub fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 1.0 } else { tails((n - k) as f64, k as f64 + 1.0, 1.0 - p, p).0 }
}

/// The probability of exactly `k` events where `mean` are expected.
#[must_use]
pub fn poisson_pmf(k: u64, mean: f64) -> f64 {
    poisson_term(k as f64, mean)
}

/// The probability of at most `k` events where `mean` are expected.
#[must_use]
pub fn poisson_cdf(k: u64, mean: f64) -> f64 {
    gamma_survival(k as f64 + 1.0, mean)
}
