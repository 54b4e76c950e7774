//! Sobol' indices of the expected response of a stochastic simulator.

use rand::Rng;

use super::RESAMPLES;
use super::floor::Floor;
use super::noise::{Points, left_out_in_turn, of_one_run};
use super::resampling::{Resampling, Terms};
use crate::stats::{Interval, Pairing};

/// The responses at all points of a [`Saltelli`](crate::stats::design::Saltelli) design.
#[derive(Clone, Copy, Debug)]
pub struct SobolSample<'v> {
    /// How many factors, d.
    pub factors: usize,
    /// Whether a row has points for indices of pairs: 2d + 2 of them and not d + 2.
    pub pairs: bool,
    /// How many independent blocks there are, into which rows fall in turn: those of the design, or as many as rows if each is random by
    /// itself.
    pub blocks: usize,
    /// Replications of each point, r.
    pub replications: usize,
    /// Whether replication k of all points met the same random numbers.
    pub pairing: Pairing,
    /// One value a replication, replications of a point together, points in the order of their numbers. What is not finite is not known.
    pub values: &'v [f64],
}

/// The index of two factors together, beyond those of each alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairIndex {
    /// The two factors.
    pub factors: [usize; 2],
    /// The index.
    pub index: Interval,
}

/// What part of the variance of the expected response is due to each factor, and how much chance there is beside it.
///
/// With V the variance of the expected response over the space of factors, that of factor i alone is `S_i V` and what would be left if all
/// others were known is `T_i V` (Sobol' 1993; Homma and Saltelli 1996). Estimated after Saltelli and others (2010) for first and Jansen (1999) for
/// total indices, with the average contribution of noise taken off every product of means. Estimates can lie below 0.
///
/// Intervals are percentiles of a bootstrap over independent blocks of rows. With independent random numbers blocks hold all there is of chance.
/// With common ones the seeds of the replications are few and the same for all blocks; from three replications on they are left out in turn and their part is in
/// the intervals ([`knows_seeds`](Self::knows_seeds)), below that everything is conditional on the seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolIndices {
    /// Rows that were used, N.
    pub rows: usize,
    /// Rows left out since a value was not known.
    pub left_out: usize,
    /// V, noise taken off.
    pub variance: f64,
    /// S of each factor.
    pub first: Vec<Interval>,
    /// S of each factor by Jansen's formula, for comparison.
    pub first_jansen: Vec<Interval>,
    /// T of each factor.
    pub total: Vec<Interval>,
    /// The indices of pairs, if the design has them.
    pub pairs: Vec<PairIndex>,
    /// The sum of all S. What is missing to 1 is interaction.
    pub sum_of_first: Interval,
    /// The variance of one run at one point, on average over points; `None` for a single replication.
    pub noise_variance: Option<f64>,
    /// Its share in the variance of one run at a random point: `E(Var[Y|X]) / Var(Y)`.
    pub noise_share: Option<Interval>,
    /// What a factor without any effect would show; `None` for a single replication. With common random numbers such a factor shows
    /// exactly 0, and the floor is that of a factor which only changes how chance falls.
    pub floor: Option<Floor>,
    /// Whether intervals hold for other seeds too.
    pub knows_seeds: bool,
    /// For each factor whose T is not the smallest: the next smaller one, and the difference of the two.
    pub steps: Vec<Step>,
}

/// Two neighbours in the order of total indices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The factor with the larger index.
    pub larger: usize,
    /// The one that follows.
    pub smaller: usize,
    /// Larger less smaller.
    pub difference: Interval,
}

impl Step {
    /// Whether their order is known.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.difference.lower > 0.0
    }
}

// Columns of the terms of a block, each a sum over its rows: those of a row, then four a factor, then one a pair.
const Y: usize = 0;
const SQUARE: usize = 1;
const ONE_RUN: usize = 2;
const TAU2: usize = 3;
const TAU4: usize = 4;
const ROWS: usize = 5;
const OF_FACTORS: usize = 6;
const A_FACTOR: usize = 4;

impl SobolSample<'_> {
    fn points_a_row(&self) -> usize {
        2 + self.factors * if self.pairs { 2 } else { 1 }
    }

    fn each_pair(&self) -> impl Iterator<Item = [usize; 2]> + use<> {
        let factors = if self.pairs { self.factors } else { 0 };
        (0..factors).flat_map(move |i| (i + 1..factors).map(move |j| [i, j]))
    }

    /// The indices with intervals at this level; `None` if no two blocks have a row that is known throughout, or noise is all that there is:
    /// V is not above 0.
    ///
    /// # Panics
    ///
    /// If the values are not whole rows.
    pub fn indices(&self, level: f64, generator: &mut impl Rng) -> Option<SobolIndices> {
        let a_row = self.points_a_row() * self.replications;
        assert!(a_row > 0 && self.values.len().is_multiple_of(a_row), "{} values are not whole rows of {a_row}", self.values.len());
        let rows = self.values.chunks_exact(a_row).zip(0_usize..).filter(|(row, _)| row.iter().all(|value| value.is_finite()));
        let (known, block_of): (Vec<&[f64]>, Vec<usize>) = rows.map(|(row, number)| (row, number % self.blocks)).unzip();
        let rows = known.len();
        let known = known.concat();
        let sample = SobolSample { values: &known, ..*self };
        let everything: Vec<usize> = (0..self.replications).collect();
        let terms = sample.terms(&block_of, &everything)?;
        let without: Option<Vec<Terms>> =
            left_out_in_turn(self.replications, self.pairing).iter().map(|used| sample.terms(&block_of, used)).collect();
        let without = without?;
        let means = of_rows(&terms.means());
        let statistics = self.statistics(&means);
        let variance = variance(&means);
        if variance.is_nan() || variance <= 0.0 {
            return None;
        }
        let resampling = Resampling::run(&terms, &without, |means| self.statistics(&of_rows(means)), (RESAMPLES, level), generator);
        let d = self.factors;
        let all = |from: usize| (0..d).map(|i| resampling.interval(from + i)).collect::<Vec<Interval>>();
        let mut order: Vec<usize> = (0..d).collect();
        order.sort_by(|i, j| statistics[1 + d + j].total_cmp(&statistics[1 + d + i]));
        let step = |pair: &[usize]| {
            let [larger, smaller] = [pair[0], pair[1]];
            Step { larger, smaller, difference: resampling.interval_of(|values| values[1 + d + larger] - values[1 + d + smaller]) }
        };
        let noisy = self.replications > 1;
        Some(SobolIndices {
            rows,
            left_out: self.values.len() / a_row - rows,
            variance,
            first: all(1),
            total: all(1 + d),
            first_jansen: all(1 + 2 * d),
            pairs: self.each_pair().zip(1 + 3 * d..).map(|(factors, at)| PairIndex { factors, index: resampling.interval(at) }).collect(),
            sum_of_first: resampling.interval_of(|values| values[1..=d].iter().sum()),
            noise_variance: noisy.then_some(means[ONE_RUN]),
            noise_share: noisy.then(|| share_of_odds(&resampling.interval(0))),
            floor: noisy.then(|| Floor::of(variance, [means[TAU2], means[TAU4]], rows, self.replications, self.pairing)),
            knows_seeds: self.pairing == Pairing::Independent || !without.is_empty(),
            steps: order.windows(2).map(step).collect(),
        })
    }

    /// What each block contributes to the averages from which everything is computed, with only these replications; `None` for fewer than
    /// two blocks.
    fn terms(&self, block_of: &[usize], used: &[usize]) -> Option<Terms> {
        let (d, width) = (self.factors, self.points_a_row());
        let points = Points::new(self.values, self.replications, used, self.pairing, |point| point % width < 2);
        let r = used.len() as f64;
        let mut blocks: Vec<Option<Vec<f64>>> = vec![None; self.blocks];
        for (first, block) in block_of.iter().enumerate().map(|(row, block)| (row * width, *block)) {
            let mut values = Vec::new();
            let (a, b) = (first, first + 1);
            let (ab, ba) = (|i: usize| first + 2 + i, |i: usize| first + 2 + d + i);
            let mean = |point| points.mean(point);
            let noise = |one, other| points.covariance(one, other);
            let product = |one, other| mean(one) * mean(other) - noise(one, other);
            let half_square = |one, other| {
                let difference = mean(one) - mean(other);
                (difference * difference - points.of_difference(one, other)) / 2.0
            };
            let one_run = |point: usize| of_one_run(&self.values[point * self.replications..][..self.replications], used);
            // S⁴ is too large on average by (r + 1) / (r − 1), for normal values.
            let tau4 = (noise(a, a) * noise(a, a) + noise(b, b) * noise(b, b)) / 2.0 * (r - 1.0) / (r + 1.0);
            values.extend([(mean(a) + mean(b)) / 2.0, (product(a, a) + product(b, b)) / 2.0, (one_run(a) + one_run(b)) / 2.0]);
            values.extend([(noise(a, a) + noise(b, b)) / 2.0, tau4, 1.0]);
            for i in 0..d {
                values.extend([product(b, ab(i)) - product(b, a), mean(ab(i)) - mean(a), half_square(a, ab(i)), half_square(b, ab(i))]);
            }
            for [i, j] in self.each_pair() {
                values.push((product(ba(i), ab(j)) + product(ba(j), ab(i))) / 2.0 - product(a, b));
            }
            match &mut blocks[block] {
                Some(sums) => sums.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value),
                empty => *empty = Some(values),
            }
        }
        let blocks: Vec<Vec<f64>> = blocks.into_iter().flatten().collect();
        (blocks.len() > 1).then(|| Terms { width: blocks[0].len(), values: blocks.concat() })
    }

    /// Logarithm of the odds of noise to inputs; S, T and Jansen's S of each factor; the index of each pair.
    fn statistics(&self, means: &[f64]) -> Vec<f64> {
        let d = self.factors;
        let v = variance(means);
        // Nothing is a share of a variance that is not there.
        let v = if v > 0.0 { v } else { f64::NAN };
        let of = |i: usize, term: usize| means[OF_FACTORS + A_FACTOR * i + term];
        let mut found = vec![libm::log(means[ONE_RUN] / v)];
        // The mean of all points is 0, but not that of a resample.
        found.extend((0..d).map(|i| (of(i, 0) - means[Y] * of(i, 1)) / v));
        found.extend((0..d).map(|i| of(i, 2) / v));
        found.extend((0..d).map(|i| (v - of(i, 3)) / v));
        let closed = &means[OF_FACTORS + A_FACTOR * d..];
        let pairs: Vec<f64> = self.each_pair().zip(closed).map(|([i, j], closed)| closed / v - found[1 + i] - found[1 + j]).collect();
        found.extend(pairs);
        found
    }
}

/// Means over rows from sums over blocks.
fn of_rows(sums: &[f64]) -> Vec<f64> {
    sums.iter().map(|sum| sum / sums[ROWS]).collect()
}

/// V: the variance of means over points of A and B, noise taken off.
fn variance(means: &[f64]) -> f64 {
    means[SQUARE] - means[Y] * means[Y]
}

/// A share from the interval of the logarithm of its odds, on whose scale errors of variances are nearly symmetrical (Miller, "Jackknifing
/// variances", Annals of Mathematical Statistics 39, 1968).
fn share_of_odds(log_odds: &Interval) -> Interval {
    let share = |x: f64| 1.0 / (1.0 + libm::exp(-x));
    if log_odds.estimate == f64::NEG_INFINITY {
        return Interval::new(0.0, 0.0, 0.0, log_odds.level, log_odds.n);
    }
    Interval::new(share(log_odds.estimate), share(log_odds.lower), share(log_odds.upper), log_odds.level, log_odds.n)
}
