//! Intervals for a probability from successes and trials.
//!
//! [`wilson`] for tables, [`clopper_pearson`] for promises ("at least 95 %"); the others for comparison. The textbook's
//! [`wald`] interval is here to be seen failing: at n = 20 and p = 0.05 a nominal 95 % covers 64 %.
//! Brown, Cai, DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).

use super::Interval;
use super::special::{beta_quantile, normal_quantile};

/// Wilson's score interval: `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`.
///
/// # Examples
///
/// ```
/// let failed = convoysim::stats::proportion::wilson(0, 20, 0.95);
/// assert_eq!(failed.map(|share| format!("{share:.4}")).as_deref(), Some("0.0000 [0.0000, 0.1611] (95 %, n = 20)"));
/// ```
#[must_use]
pub fn wilson(successes: usize, n: usize, level: f64) -> Option<Interval> {
    let (p, z, trials) = start(successes, n, level)?;
    let square = z * z / trials;
    let centre = (p + square / 2.0) / (1.0 + square);
    let half = z * (p * (1.0 - p) / trials + square / (4.0 * trials)).sqrt() / (1.0 + square);
    // Without successes the lower end is 0 exactly, without failures the upper end 1.
    let lower = if successes == 0 { 0.0 } else { centre - half };
    let upper = if successes == n { 1.0 } else { centre + half };
    Some(Interval::new(p, lower, upper, level, n))
}

/// The exact interval of Clopper and Pearson (1934): covers at least as often as it says, whatever the probability.
#[must_use]
pub fn clopper_pearson(successes: usize, n: usize, level: f64) -> Option<Interval> {
    let (p, _, trials) = start(successes, n, level)?;
    let (x, tail) = (successes as f64, (1.0 - level) / 2.0);
    let lower = if successes == 0 { 0.0 } else { beta_quantile(tail, x, trials - x + 1.0) };
    let upper = if successes == n { 1.0 } else { beta_quantile(1.0 - tail, x + 1.0, trials - x) };
    Some(Interval::new(p, lower, upper, level, n))
}

/// The interval of Agresti and Coull (1998): Wald's after adding z²/2 successes and as many failures. Not clipped.
#[must_use]
pub fn agresti_coull(successes: usize, n: usize, level: f64) -> Option<Interval> {
    let (p, z, trials) = start(successes, n, level)?;
    let more = trials + z * z;
    let centre = (successes as f64 + z * z / 2.0) / more;
    let half = z * (centre * (1.0 - centre) / more).sqrt();
    Some(Interval::new(p, centre - half, centre + half, level, n))
}

/// The equal-tailed interval under Jeffreys' prior Beta(½, ½); 0 and 1 are included when they were seen.
#[must_use]
pub fn jeffreys(successes: usize, n: usize, level: f64) -> Option<Interval> {
    let (p, _, trials) = start(successes, n, level)?;
    let (x, tail) = (successes as f64, (1.0 - level) / 2.0);
    let at = |probability| beta_quantile(probability, x + 0.5, trials - x + 0.5);
    let lower = if successes == 0 { 0.0 } else { at(tail) };
    let upper = if successes == n { 1.0 } else { at(1.0 - tail) };
    Some(Interval::new(p, lower, upper, level, n))
}

/// `p ± z √(p(1-p)/n)`. Not clipped, and not for reports.
#[must_use]
pub fn wald(successes: usize, n: usize, level: f64) -> Option<Interval> {
    let (p, z, trials) = start(successes, n, level)?;
    Some(Interval::symmetric(p, z * (p * (1.0 - p) / trials).sqrt(), level, n))
}

/// The estimate, the normal quantile and the number of trials; nothing without a trial.
fn start(successes: usize, n: usize, level: f64) -> Option<(f64, f64, f64)> {
    assert!(successes <= n, "{successes} successes in {n} trials");
    (n > 0).then(|| (successes as f64 / n as f64, normal_quantile((1.0 + level) / 2.0), n as f64))
}
