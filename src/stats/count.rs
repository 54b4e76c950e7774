//! An interval for the expectation behind a count of rare events.

use super::Interval;
use super::special::chi_squared_quantile;

/// Garwood's exact interval (1936) for a Poisson mean, from `events` seen in `n` replications taken together.
///
/// The interval is for the total; divide by n for the mean of one.
#[must_use]
pub fn garwood(events: u64, n: usize, level: f64) -> Interval {
    let (x, tail) = (events as f64, (1.0 - level) / 2.0);
    let lower = if events == 0 { 0.0 } else { chi_squared_quantile(tail, 2.0 * x) / 2.0 };
    let upper = chi_squared_quantile(1.0 - tail, 2.0 * x + 2.0) / 2.0;
    Interval::new(x, lower, upper, level, n)
}
