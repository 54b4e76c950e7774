//! Many statements at once, and how sure all of them together are.
//!
//! Intervals that hold *together* are made at the level of [`each_of`]: Bonferroni's. For tests alone [`holm`] is better at the same
//! promise, but it gives no simple intervals. [`benjamini_hochberg`] promises less (few of the findings are false) and finds more.

/// The level at which each of `statements` intervals is made so that all of them hold together with `level`: `1 − (1 − level) / m`.
#[must_use]
pub fn each_of(statements: usize, level: f64) -> f64 {
    1.0 - (1.0 - level) / statements.max(1) as f64
}

/// Bonferroni's adjusted p-values, in the order given.
#[must_use]
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    p.iter().map(|one| (one * p.len() as f64).min(1.0)).collect()
}

/// Holm's adjusted p-values (1979), in the order given: never above Bonferroni's, with the same promise.
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = vec![0.0; m];
    let mut largest = 0.0_f64;
    for (rank, place) in ascending(p).into_iter().enumerate() {
        largest = largest.max(((m - rank) as f64 * p[place]).min(1.0));
        adjusted[place] = largest;
    }
    adjusted
}

/// The q-values of Benjamini and Hochberg (1995), in the order given: the share of false findings to expect down to each.
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = vec![0.0; m];
    let mut smallest = 1.0_f64;
    for (rank, place) in ascending(p).into_iter().enumerate().rev() {
        smallest = smallest.min(p[place] * m as f64 / (rank + 1) as f64);
        adjusted[place] = smallest;
    }
    adjusted
}

/// Places in order of their values; equal ones as given.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..p.len()).collect();
    places.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    places
}
