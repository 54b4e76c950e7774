//! Multiple comparisons with the best: for every system an interval of how far it is ahead of, or behind, the best of the others.

use std::f64::consts::SQRT_2;

use super::two_stage::{chi_density, power, root_of};
use crate::stats::special::{integrate, normal_cdf, normal_pdf, sum};
use crate::stats::{mean, variance};

/// One system against the best of the others; larger is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BehindBest {
    /// The mean of the system.
    pub mean: f64,
    /// Lower end for its mean less the best other mean; 0 means that it is the best.
    pub lower: f64,
    /// Upper end; 0 means that it is not the best, unless it ties.
    pub upper: f64,
}

/// Intervals that hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct McBest {
    /// The variance they rest on: of one replication (Hsu), or of a difference of two systems (Nelson and Matejcik).
    pub variance: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The critical value: Dunnett's one-sided point.
    pub critical: f64,
    /// What is added on either side before 0 is taken in.
    pub half_width: f64,
    /// One entry a system, in the order given.
    pub systems: Vec<BehindBest>,
}

/// Hsu's intervals (1984) for independent runs of equal length and equal variance: `h = d √(2 s² / n)`.
///
/// `None` for fewer than two systems or two replications each. Never to be used with common random numbers.
///
/// # Panics
///
/// If the systems have different numbers of replications.
#[must_use]
pub fn hsu(systems: &[Vec<f64>], level: f64) -> Option<McBest> {
    let (k, n) = shape(systems)?;
    let variances: Option<Vec<f64>> = systems.iter().map(|values| variance(values)).collect();
    let pooled = sum(variances?) / k as f64;
    let df = k * (n - 1);
    let critical = dunnett_one_sided(k - 1, df as f64, level);
    Some(McBest::around(systems, pooled, df, critical, critical * (2.0 * pooled / n as f64).sqrt()))
}

/// The intervals of Nelson and Matejcik (1995) for runs under common random numbers: `h = g S / √n`.
///
/// `S² = 2 Σ (Yᵢⱼ − Ȳᵢ. − Ȳ.ⱼ + Ȳ..)² / ((k − 1)(n − 1))` takes the differences of any two systems to have the same variance (sphericity); the
/// intervals are robust to mild departures. `None` for fewer than two systems or two replications each.
///
/// # Panics
///
/// If the systems have different numbers of replications.
#[must_use]
pub fn nelson_matejcik(systems: &[Vec<f64>], level: f64) -> Option<McBest> {
    let (k, n) = shape(systems)?;
    let means: Option<Vec<f64>> = systems.iter().map(|values| mean(values)).collect();
    let means = means?;
    let centre = mean(&means)?;
    let squares = (0..n).map(|j| {
        let column: Vec<f64> = systems.iter().map(|values| values[j]).collect();
        let of_replication = mean(&column).unwrap_or(f64::NAN);
        sum(column.iter().zip(&means).map(|(value, mean)| {
            let rest = value - mean - of_replication + centre;
            rest * rest
        }))
    });
    let df = (k - 1) * (n - 1);
    let variance = 2.0 * sum(squares) / df as f64;
    let critical = dunnett_one_sided(k - 1, df as f64, level);
    Some(McBest::around(systems, variance, df, critical, critical * (variance / n as f64).sqrt()))
}

fn shape(systems: &[Vec<f64>]) -> Option<(usize, usize)> {
    let n = systems.first()?.len();
    assert!(systems.iter().all(|values| values.len() == n), "every system has as many replications");
    (systems.len() > 1 && n > 1).then_some((systems.len(), n))
}

impl McBest {
    fn around(systems: &[Vec<f64>], variance: f64, df: usize, critical: f64, half_width: f64) -> Self {
        let means: Vec<f64> = systems.iter().map(|values| mean(values).unwrap_or(f64::NAN)).collect();
        let of = |i: usize| {
            let best_other = means.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, mean)| *mean).fold(f64::NEG_INFINITY, f64::max);
            let ahead = means[i] - best_other;
            BehindBest { mean: means[i], lower: (ahead - half_width).min(0.0), upper: (ahead + half_width).max(0.0) }
        };
        Self { variance, df, critical, half_width, systems: (0..systems.len()).map(of).collect() }
    }
}

/// The one-sided point of Dunnett (1955) for `p` comparisons with one control: the d that the largest of p Student variables with
/// correlation ½ stays below with probability `level`.
///
/// The root of `level = ∫ ∫ Φ(z + √2 d s)ᵖ φ(z) dz f(s) ds`, where s² is χ²/df.
#[must_use]
pub fn dunnett_one_sided(p: usize, df: f64, level: f64) -> f64 {
    let density = chi_density(df);
    let (from, to) = ((df.sqrt() - 9.0).max(0.0), df.sqrt() + 9.0);
    let below = |d: f64| {
        let given = |s: f64| integrate(-9.0, 9.0, 3, |z| normal_pdf(z) * power(normal_cdf(z + SQRT_2 * d * s), p));
        integrate(from, to, 3, |chi| if chi > 0.0 { density(chi) * given(chi / df.sqrt()) } else { 0.0 })
    };
    root_of(|d| below(d) - level)
}
