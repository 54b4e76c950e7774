//! Quantiles of a sample, how sure they are, and how far simulation noise moves them.
//!
//! Values may be `+∞`: a replication that did not finish within its horizon took *longer than anything seen*, which
//! is all that a rank needs to know. A quantile is then infinite if the rank falls among the unfinished.

use super::Interval;
use super::special::{beta_quantile, binomial_cdf};

/// The ways to read a quantile off a sample, numbered by Hyndman and Fan, "Sample quantiles in statistical packages",
/// The American Statistician 50 (1996).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Definition {
    /// Type 1: the inverse of the empirical distribution function; always one of the values.
    Inverse,
    /// Type 2: as type 1, with the mean of two neighbours at a step.
    AveragedInverse,
    /// Type 3: the value with the nearest rank `n p`, the even one of two.
    NearestEven,
    /// Type 4: straight lines through the inverse of the empirical distribution function.
    Linear,
    /// Type 5: straight lines through the middles of its steps (hydrology).
    Hazen,
    /// Type 6: the expected ranks of uniform values (Weibull; SPSS, Minitab).
    Weibull,
    /// Type 7: the modes of the ranks (R, numpy). The default here.
    #[default]
    Mode,
    /// Type 8: nearly median-unbiased whatever the distribution.
    MedianUnbiased,
    /// Type 9: nearly unbiased for normal values.
    NormalUnbiased,
}

/// The quantile `p` of the values by the default definition (type 7); nothing without values.
///
/// # Examples
///
/// ```
/// use convoysim::stats::quantile::quantile;
///
/// assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.25), Some(1.5));
/// assert_eq!(quantile(&[3.0, f64::INFINITY, 2.0], 0.9), Some(f64::INFINITY));
/// ```
#[must_use]
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    quantile_sorted(&sorted(values), p, Definition::default())
}

/// The values in ascending order, which the functions below want; sort once, ask many times.
///
/// # Panics
///
/// If a value is NaN.
#[must_use]
pub fn sorted(values: &[f64]) -> Vec<f64> {
    assert!(!values.iter().any(|value| value.is_nan()), "a NaN has no rank");
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The quantile `p` of ascending values by any definition; nothing without values.
#[must_use]
pub fn quantile_sorted(sorted: &[f64], p: f64, definition: Definition) -> Option<f64> {
    quantile_at(sorted.len(), p, definition, |rank| sorted[rank - 1])
}

/// As [`quantile_sorted`], of `n` values of which `at` gives that of a rank, from 1.
#[must_use]
pub fn quantile_at(n: usize, p: f64, definition: Definition, at: impl Fn(usize) -> f64) -> Option<f64> {
    assert!((0.0..=1.0).contains(&p), "a quantile of probability {p} is not between 0 and 1");
    if n == 0 {
        return None;
    }
    let n = n as f64;
    let (lower, share) = match definition {
        Definition::Inverse => split(n * p, |rest| if rest > 0.0 { 1.0 } else { 0.0 }),
        Definition::AveragedInverse => split(n * p, |rest| if rest > 0.0 { 1.0 } else { 0.5 }),
        Definition::NearestEven => {
            let rank = n * p - 0.5;
            let up = rank > rank.floor() || rank.floor() % 2.0 != 0.0;
            (rank.floor(), if up { 1.0 } else { 0.0 })
        }
        Definition::Linear => split(n * p, |rest| rest),
        Definition::Hazen => split(n * p + 0.5, |rest| rest),
        Definition::Weibull => split((n + 1.0) * p, |rest| rest),
        Definition::Mode => split((n - 1.0) * p + 1.0, |rest| rest),
        Definition::MedianUnbiased => split((n + 1.0 / 3.0) * p + 1.0 / 3.0, |rest| rest),
        Definition::NormalUnbiased => split((n + 0.25) * p + 0.375, |rest| rest),
    };
    let at = |rank: f64| at(rank.clamp(1.0, n) as usize);
    let (below, above) = (at(lower), at(lower + 1.0));
    Some(if share == 0.0 || below == above { below } else { below + share * (above - below) })
}

/// A rank cut into its whole part and what `weigh` makes of the rest; a rest of mere rounding counts as none.
fn split(rank: f64, weigh: impl Fn(f64) -> f64) -> (f64, f64) {
    let fuzz = 4.0 * f64::EPSILON * rank.max(1.0);
    let whole = (rank + fuzz).floor();
    let rest = rank - whole;
    (whole, weigh(if rest.abs() < fuzz { 0.0 } else { rest }))
}

/// The ranks whose values enclose a quantile, and how surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    /// Rank of the lower end, from 1; nothing if even the smallest value may lie above the quantile.
    pub lower: Option<usize>,
    /// Rank of the upper end; nothing if even the largest value may lie below the quantile.
    pub upper: Option<usize>,
    /// The exact probability that these two enclose the quantile, for any continuous distribution.
    pub coverage: f64,
}

/// The ranks that enclose the quantile `p` of `n` values with at least this level, equal-tailed.
///
/// With B binomial(n, p): the largest l with `P(B ≤ l-1) ≤ α/2` and the smallest u with `P(B ≤ u-1) ≥ 1 - α/2`; covered
/// with probability `P(l ≤ B ≤ u-1)` (David and Nagaraja, *Order Statistics*, §7.1).
#[must_use]
pub fn enclosing_ranks(n: usize, p: f64, level: f64) -> Ranks {
    let tail = (1.0 - level) / 2.0;
    let upto = |k: usize| binomial_cdf(k as u64, n as u64, p);
    // P(B ≤ k) grows with k: the numbers of k below n with a small, and with a not yet large, probability.
    let lower = first(n, |k| upto(k) > tail);
    let upper = first(n, |k| upto(k) >= 1.0 - tail) + 1;
    let (lower, upper) = ((lower > 0).then_some(lower), (upper <= n).then_some(upper));
    let coverage = upper.map_or(1.0, |u| upto(u - 1)) - lower.map_or(0.0, |l| upto(l - 1));
    Ranks { lower, upper, coverage }
}

/// The first of `0..n` for which an answer that only ever turns from no to yes is yes; n if none.
fn first(n: usize, yes: impl Fn(usize) -> bool) -> usize {
    let (mut no, mut known) = (0, n);
    while no < known {
        let middle = no + (known - no) / 2;
        if yes(middle) {
            known = middle;
        } else {
            no = middle + 1;
        }
    }
    no
}

/// The quantile `p` of ascending values (type 7) with its order-statistic interval; nothing without values.
///
/// Needs no assumption on the distribution. An end that n values cannot give is infinite; [`enclosing_ranks`] tells
/// the exact coverage.
#[must_use]
pub fn quantile_interval(sorted: &[f64], p: f64, level: f64) -> Option<Interval> {
    quantile_interval_at(sorted.len(), p, level, |rank| sorted[rank - 1])
}

/// As [`quantile_interval`], of `n` values of which `at` gives that of a rank, from 1.
#[must_use]
pub fn quantile_interval_at(n: usize, p: f64, level: f64, at: impl Fn(usize) -> f64) -> Option<Interval> {
    let estimate = quantile_at(n, p, Definition::default(), &at)?;
    let ranks = enclosing_ranks(n, p, level);
    let lower = ranks.lower.map_or(f64::NEG_INFINITY, &at);
    let upper = ranks.upper.map_or(f64::INFINITY, &at);
    Some(Interval::new(estimate, lower, upper, level, n))
}

/// The smallest n for which the quantile `p` has a one-sided upper bound at this level: `1 - pⁿ ≥ level`.
#[must_use]
pub fn smallest_n_with_upper_bound(p: f64, level: f64) -> usize {
    assert!(p > 0.0 && p < 1.0, "a quantile of probability {p} is not between 0 and 1");
    let n = libm::log1p(-level) / libm::log(p);
    (n - 1e-9).ceil().max(1.0) as usize
}

/// The Monte-Carlo standard error of the quantile `p`: how far other seeds would move it.
///
/// The share of values below the true quantile is known to a beta distribution, Beta(np + 1, n(1-p) + 1); half the
/// distance of the two values that stand at its ±1 standard-deviation points (probabilities Φ(∓1)) is the standard
/// error, with no estimate of a density (Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding,
/// and localization", Bayesian Analysis 16 (2021), and their R package `posterior`, `mcse_quantile`). Infinite where the
/// upper of the two is.
#[must_use]
pub fn quantile_standard_error(sorted: &[f64], p: f64) -> Option<f64> {
    quantile_standard_error_at(sorted.len(), p, |rank| sorted[rank - 1])
}

/// As [`quantile_standard_error`], of `n` values of which `at` gives that of a rank, from 1.
#[must_use]
pub fn quantile_standard_error_at(count: usize, p: f64, at: impl Fn(usize) -> f64) -> Option<f64> {
    if count < 2 {
        return None;
    }
    let n = count as f64;
    let share = |probability| beta_quantile(probability, n * p + 1.0, n * (1.0 - p) + 1.0);
    let one_sd_below = 0.158_655_253_931_457_05;
    let lower = (share(one_sd_below) * n).floor().max(1.0) as usize;
    let upper = ((share(1.0 - one_sd_below) * n).ceil() as usize).min(count);
    let (lower, upper) = (at(lower), at(upper));
    Some(if upper == f64::INFINITY { upper } else { (upper - lower) / 2.0 })
}
