//! The difference of two quantiles, by bootstrap over replications.

use rand::Rng;

use super::Interval;
use super::quantile::{Definition, quantile_sorted, sorted};
use super::resample::index_below;

/// Whether the replications of two systems belong together pair by pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Replication r of both met the same random numbers: pairs are drawn again as pairs.
    Common,
    /// They are independent: each is drawn again by itself.
    Independent,
}

/// The quantile `p` of `variant` less that of `base` (type 7), with the percentile bootstrap interval.
///
/// Values may be `+∞` (not reached); an end of the interval is infinite where resamples reach that far. `None` without values,
/// where the difference itself is not finite, or where resamples have both quantiles infinite.
///
/// Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), §13.3. The BCa correction wants a jackknife, which is not
/// consistent for quantiles (§11.6 there), so the plain percentiles stand.
///
/// # Panics
///
/// If the lists are not equally long, or a value is NaN.
pub fn quantile_difference(
    base: &[f64],
    variant: &[f64],
    p: f64,
    level: f64,
    resamples: usize,
    pairing: Pairing,
    generator: &mut impl Rng,
) -> Option<Interval> {
    assert_eq!(base.len(), variant.len(), "each replication of the base has one of the variant");
    let n = base.len();
    let columns = [base, variant].map(Ranked::new);
    let [of_base, of_variant] = [base, variant].map(|values| quantile_sorted(&sorted(values), p, Definition::default()));
    let estimate = of_variant? - of_base?;
    if !estimate.is_finite() {
        return None;
    }
    let mut counts = [vec![0_u32; n], vec![0_u32; n]];
    let mut replicates = Vec::with_capacity(resamples);
    for _ in 0..resamples {
        counts.iter_mut().for_each(|counts| counts.fill(0));
        for _ in 0..n {
            let drawn = index_below(n, generator);
            counts[0][drawn] += 1;
            let partner = if pairing == Pairing::Common { drawn } else { index_below(n, generator) };
            counts[1][partner] += 1;
        }
        replicates.push(columns[1].quantile(&counts[1], p) - columns[0].quantile(&counts[0], p));
    }
    if replicates.iter().any(|replicate| replicate.is_nan()) {
        return None;
    }
    replicates.sort_by(f64::total_cmp);
    // Whole ranks, outwards: between an infinite replicate and a finite one there is nothing to interpolate.
    let last = replicates.len().checked_sub(1)?;
    let tail = (1.0 - level) / 2.0;
    let lower = replicates[(tail * last as f64).floor() as usize];
    let upper = replicates[((1.0 - tail) * last as f64).ceil() as usize];
    Some(Interval::new(estimate, lower, upper, level, n))
}

/// Values with their order, so that a resample, given as counts, needs no sorting.
struct Ranked<'v> {
    values: &'v [f64],
    order: Vec<usize>,
}

impl<'v> Ranked<'v> {
    fn new(values: &'v [f64]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        Self { values, order }
    }

    /// The quantile (type 7) of the sample in which value i stands `counts[i]` times; as many as there are values.
    fn quantile(&self, counts: &[u32], p: f64) -> f64 {
        let rank = (self.values.len() as f64 - 1.0) * p;
        let (whole, share) = (rank.floor() as usize, rank - rank.floor());
        let mut passed = 0;
        let mut places = self.order.iter().filter(|place| counts[**place] > 0);
        let mut below = None;
        for place in places.by_ref() {
            passed += counts[*place] as usize;
            below = Some(self.values[*place]);
            if passed > whole {
                break;
            }
        }
        let below = below.expect("a resample is not empty");
        let above = if passed > whole + 1 { below } else { places.next().map_or(below, |place| self.values[*place]) };
        if share == 0.0 || below == above { below } else { below + share * (above - below) }
    }
}
