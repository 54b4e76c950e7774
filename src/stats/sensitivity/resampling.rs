//! Intervals for functions of means over rows, and over seeds where those are common to all rows.
//!
//! A row is what belongs together and is independent of other rows: a block of Saltelli's design, or a trajectory. Rows are drawn again
//! with replacement (bootstrap), and the deviations stretched as Student's interval of few of them wants it: `√(n / (n − 1)) t / z`. Common random numbers make replications a second thing that could have come out otherwise, crossed
//! with the rows. Their part comes from leaving out groups of replications in turn (jackknife): `ψ_g = (G − 1)(θ̄ − θ_(g))` says how
//! far group g pulls the estimate. Each resample of rows gets the mean of G pulls drawn with replacement. To first order the two
//! variances add up, as in crossed designs in general (Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1, 2007);
//! what rows and seeds do together is then counted twice, on the safe side.

use rand::Rng;

use crate::stats::Interval;
use crate::stats::resample::index_below;
use crate::stats::special::{normal_quantile, student_t_quantile, sum};

/// A table of numbers whose column means determine the estimates; one line a row.
pub(super) struct Terms {
    pub(super) width: usize,
    pub(super) values: Vec<f64>,
}

impl Terms {
    pub(super) fn rows(&self) -> usize {
        self.values.len() / self.width
    }

    fn row(&self, at: usize) -> &[f64] {
        &self.values[at * self.width..][..self.width]
    }

    pub(super) fn means(&self) -> Vec<f64> {
        let n = self.rows();
        (0..self.width).map(|column| sum((0..n).map(|row| self.row(row)[column])) / n as f64).collect()
    }

    /// The means of as many rows drawn with replacement.
    fn means_of_resample(&self, generator: &mut impl Rng) -> Vec<f64> {
        let n = self.rows();
        let mut totals = vec![0.0; self.width];
        for _ in 0..n {
            let row = self.row(index_below(n, generator));
            totals.iter_mut().zip(row).for_each(|(total, term)| *total += term);
        }
        totals.iter_mut().for_each(|total| *total /= n as f64);
        totals
    }
}

/// Estimates with what they would have been for other rows and other seeds.
pub(super) struct Resampling {
    pub(super) estimates: Vec<f64>,
    /// For each resample all the statistics; NaN where one is not defined.
    replicates: Vec<Vec<f64>>,
    level: f64,
    rows: usize,
}

impl Resampling {
    /// Resamples `terms`, and the pulls of the seeds from `without`, the terms without each group of replications in turn.
    pub(super) fn run(
        terms: &Terms,
        without: &[Terms],
        evaluate: impl Fn(&[f64]) -> Vec<f64>,
        (resamples, level): (usize, f64),
        generator: &mut impl Rng,
    ) -> Self {
        let estimates = evaluate(&terms.means());
        let stretch = stretch(terms.rows(), level);
        let pulls = pulls(&without.iter().map(|terms| evaluate(&terms.means())).collect::<Vec<_>>(), level);
        let replicates = (0..resamples).map(|_| {
            let mut found = evaluate(&terms.means_of_resample(generator));
            found.iter_mut().zip(&estimates).for_each(|(found, estimate)| *found = estimate + stretch * (*found - estimate));
            for _ in &pulls {
                let pull = &pulls[index_below(pulls.len(), generator)];
                found.iter_mut().zip(pull).for_each(|(found, pull)| *found += pull / pulls.len() as f64);
            }
            found
        });
        let replicates: Vec<Vec<f64>> = replicates.collect();
        Self { estimates, replicates, level, rows: terms.rows() }
    }

    /// The percentile interval of one statistic.
    pub(super) fn interval(&self, statistic: usize) -> Interval {
        self.interval_of(|values| values[statistic])
    }

    /// The percentile interval of a function of them, such as a difference. Where it is not defined in a resample, that resample
    /// counts at both ends, which may then be infinite.
    pub(super) fn interval_of(&self, function: impl Fn(&[f64]) -> f64) -> Interval {
        let sorted = |undefined: f64| {
            let value = |values: &Vec<f64>| Some(function(values)).filter(|value| value.is_finite()).unwrap_or(undefined);
            let mut sorted: Vec<f64> = self.replicates.iter().map(value).collect();
            sorted.sort_by(f64::total_cmp);
            sorted
        };
        let tail = (1.0 - self.level) / 2.0 * (self.replicates.len() as f64 - 1.0);
        // Whole ranks, outwards: nothing lies between a finite value and an infinite one.
        let lower = sorted(f64::NEG_INFINITY)[tail.floor() as usize];
        let upper = sorted(f64::INFINITY)[self.replicates.len() - 1 - tail.floor() as usize];
        Interval::new(function(&self.estimates), lower, upper, self.level, self.rows)
    }
}

/// How far each group pulls each estimate, stretched for few groups.
fn pulls(without: &[Vec<f64>], level: f64) -> Vec<Vec<f64>> {
    let groups = without.len() as f64;
    let Some(first) = without.first() else { return Vec::new() };
    let stretch = stretch(without.len(), level);
    let means: Vec<f64> = (0..first.len()).map(|at| sum(without.iter().map(|values| values[at])) / groups).collect();
    without
        .iter()
        .map(|values| values.iter().zip(&means).map(|(value, mean)| stretch * (groups - 1.0) * (mean - value)).collect())
        .collect()
}

/// By what deviations of a mean of `n` drawn with replacement are to be multiplied, to reach as far as Student's interval.
fn stretch(n: usize, level: f64) -> f64 {
    let (n, p) = (n as f64, (1.0 + level) / 2.0);
    (n / (n - 1.0)).sqrt() * student_t_quantile(p, n - 1.0) / normal_quantile(p)
}
