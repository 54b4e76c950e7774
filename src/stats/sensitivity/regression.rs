//! Standardised regression coefficients.

use crate::stats::special::sum;
use crate::stats::{mean, variance};

/// The coefficients of a least-squares fit of `y` on all columns together, each in standard deviations of `y` for one of its column.
///
/// Where the response is linear and columns are uncorrelated, their squares are the shares of the variance, and sum up to R². `None` where
/// columns depend on each other, one does not vary, or there are not more rows than columns.
///
/// # Panics
///
/// If the columns are not as long as `y`.
#[must_use]
pub fn standardised_coefficients(columns: &[Vec<f64>], y: &[f64]) -> Option<Vec<f64>> {
    assert!(columns.iter().all(|column| column.len() == y.len()), "each row has a value in every column");
    if y.len() <= columns.len() + 1 {
        return None;
    }
    let standard = |values: &[f64]| {
        let (centre, sd) = (mean(values)?, variance(values)?.sqrt());
        (sd > 0.0).then(|| values.iter().map(|value| (value - centre) / sd).collect::<Vec<f64>>())
    };
    let y = standard(y)?;
    let mut rest: Vec<Vec<f64>> = columns.iter().map(|column| standard(column)).collect::<Option<_>>()?;
    let dot = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(a, b)| a * b));
    // Gram and Schmidt, each column against all before it: rest = Q, columns = Q R, and R is solved from below.
    let k = rest.len();
    let mut r = vec![vec![0.0; k]; k];
    for j in 0..k {
        let before = dot(&rest[j], &rest[j]);
        for i in 0..j {
            r[i][j] = dot(&rest[i], &rest[j]);
            let (share, (done, todo)) = (r[i][j], rest.split_at_mut(j));
            todo[0].iter_mut().zip(&done[i]).for_each(|(value, basis)| *value -= share * basis);
        }
        let length = dot(&rest[j], &rest[j]);
        if length <= 1e-12 * before {
            return None;
        }
        r[j][j] = length.sqrt();
        rest[j].iter_mut().for_each(|value| *value /= r[j][j]);
    }
    let mut solution = vec![0.0; k];
    for i in (0..k).rev() {
        let known = sum((i + 1..k).map(|j| r[i][j] * solution[j]));
        solution[i] = (dot(&rest[i], &y) - known) / r[i][i];
    }
    Some(solution)
}
