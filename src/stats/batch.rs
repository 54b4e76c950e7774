//! One long run cut into batches: for steady-state questions, and for checking the kernel against queueing theory.
//!
//! The convoy operation itself begins empty and ends; it is not measured this way.

use super::special::sum;
use super::{Interval, mean, mean_interval};

/// The means of equally long batches; a remainder at the *start* is left out, where it disturbs least.
///
/// # Panics
///
/// If there are more batches than values, or none.
#[must_use]
pub fn batch_means(series: &[f64], batches: usize) -> Vec<f64> {
    assert!((1..=series.len()).contains(&batches), "{batches} batches of {} values", series.len());
    let size = series.len() / batches;
    let used = &series[series.len() - size * batches..];
    used.chunks(size).filter_map(mean).collect()
}

/// The mean of a series with Student's interval over its batch means; nothing for fewer than two batches.
#[must_use]
pub fn batch_interval(series: &[f64], batches: usize, level: f64) -> Option<Interval> {
    mean_interval(&batch_means(series, batches), level)
}

/// The correlation of each value with the next: `Σ (xᵢ - x̄)(xᵢ₊₁ - x̄) / Σ (xᵢ - x̄)²`; nothing without spread.
#[must_use]
pub fn lag1_autocorrelation(series: &[f64]) -> Option<f64> {
    let centre = mean(series)?;
    let squares = sum(series.iter().map(|value| (value - centre) * (value - centre)));
    let products = sum(series.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)));
    (squares > 0.0).then(|| products / squares)
}

/// Von Neumann's ratio `Σ (xᵢ₊₁ - xᵢ)² / Σ (xᵢ - x̄)²`: near 2 for independent values, less if neighbours agree.
#[must_use]
pub fn von_neumann_ratio(series: &[f64]) -> Option<f64> {
    let centre = mean(series)?;
    let squares = sum(series.iter().map(|value| (value - centre) * (value - centre)));
    let steps = sum(series.windows(2).map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0])));
    (squares > 0.0).then(|| steps / squares)
}
