//! Sobol' indices of a function without chance, by the formulas of the literature.
//!
//! A, B: columns of responses at two independent samples; AB: at A with the column of one factor from B. N rows each. None of them corrects
//! for noise, and none subtracts the mean: hand over responses less their [`Moments::mean`] where that is large beside their spread,
//! or the products lose digits and precision.

use crate::stats::special::sum;

/// Mean and variance of the responses of A and B together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// f₀.
    pub mean: f64,
    /// V, with 2N as its divisor.
    pub variance: f64,
}

impl Moments {
    /// Of two columns.
    #[must_use]
    pub fn of(a: &[f64], b: &[f64]) -> Self {
        let n = (a.len() + b.len()) as f64;
        let all = || a.iter().chain(b);
        let mean = sum(all().copied()) / n;
        Self { mean, variance: sum(all().map(|value| (value - mean) * (value - mean))) / n }
    }
}

/// The mean of a term over the rows of three columns.
fn mean_of(a: &[f64], b: &[f64], ab: &[f64], term: impl Fn(f64, f64, f64) -> f64) -> f64 {
    assert!(a.len() == b.len() && b.len() == ab.len(), "columns are equally long");
    sum(a.iter().zip(b).zip(ab).map(|((a, b), ab)| term(*a, *b, *ab))) / a.len() as f64
}

/// First index: `mean(f_B (f_AB − f_A)) / V` (Saltelli and others, Computer Physics Communications 181, 2010).
#[must_use]
pub fn first_saltelli(a: &[f64], b: &[f64], ab: &[f64]) -> f64 {
    mean_of(a, b, ab, |a, b, ab| b * (ab - a)) / Moments::of(a, b).variance
}

/// First index: `1 − mean((f_B − f_AB)²) / 2V` (Jansen, Computer Physics Communications 117, 1999).
#[must_use]
pub fn first_jansen(a: &[f64], b: &[f64], ab: &[f64]) -> f64 {
    1.0 - mean_of(a, b, ab, |_, b, ab| (b - ab) * (b - ab)) / (2.0 * Moments::of(a, b).variance)
}

/// First index: the correlation of `f_B` and `f_AB` with moments of both together (Janon, Klein, Lagnoux, Nodet, Prieur, ESAIM: Probability
/// and Statistics 18, 2014).
#[must_use]
pub fn first_janon(a: &[f64], b: &[f64], ab: &[f64]) -> f64 {
    let mean = mean_of(a, b, ab, |_, b, ab| (b + ab) / 2.0);
    let variance = mean_of(a, b, ab, |_, b, ab| (b * b + ab * ab) / 2.0) - mean * mean;
    (mean_of(a, b, ab, |_, b, ab| b * ab) - mean * mean) / variance
}

/// Total index: `mean((f_A − f_AB)²) / 2V` (Jansen 1999).
#[must_use]
pub fn total_jansen(a: &[f64], b: &[f64], ab: &[f64]) -> f64 {
    mean_of(a, b, ab, |a, _, ab| (a - ab) * (a - ab)) / (2.0 * Moments::of(a, b).variance)
}

/// Total index: `mean(f_A (f_A − f_AB)) / V` (Sobol', Reliability Engineering and System Safety 92, 2007).
#[must_use]
pub fn total_sobol(a: &[f64], b: &[f64], ab: &[f64]) -> f64 {
    mean_of(a, b, ab, |a, _, ab| a * (a - ab)) / Moments::of(a, b).variance
}
