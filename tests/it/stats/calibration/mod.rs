//! How often intervals cover, and how often the best is selected: measured on distributions whose answer is known.
//!
//! A [`Measured`] share stands beside the band it must lie in. Bands are those of the binomial distribution at the number of repetitions,
//! so that a correct method fails with a probability of about one in a thousand for a fresh seed; seeds are fixed, so none flickers.

pub(crate) mod sensitivity;

use std::fmt;

use convoysim::random::{Stream, StreamKey};
use convoysim::stats::select::{Boundary, KimNelson};
use convoysim::stats::special::normal_quantile;
use convoysim::stats::{
    Paired, Pairing, mean_interval, proportion, quantile::enclosing_ranks, quantile::quantile_interval, quantile::sorted,
    quantile_difference, skewness, too_skewed_for_t,
};

/// A share found by repetition, and where it must lie.
#[derive(Clone)]
pub(crate) struct Measured {
    /// Of what.
    what: String,
    /// Repetitions.
    repetitions: u32,
    /// The share found.
    share: f64,
    /// Lowest and highest share allowed.
    band: (f64, f64),
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, repetitions, share, band: (low, high) } = self;
        let verdict = if self.passes() { "" } else { "  FAILS" };
        write!(f, "{what:<74} {repetitions:>11} {share:>7.4}  {low:.4} to {high:.4}{verdict}")
    }
}

impl Measured {
    /// Whether the share lies in its band.
    pub(crate) fn passes(&self) -> bool {
        self.band.0 <= self.share && self.share <= self.band.1
    }

    fn of(what: impl Into<String>, repetitions: u32, hits: usize, band: (f64, f64)) -> Self {
        Self { what: what.into(), repetitions, share: hits as f64 / f64::from(repetitions), band }
    }
}

/// The band around a true share: 3.3 binomial standard deviations at so many repetitions, and at least `room` on either side.
fn around(share: f64, repetitions: u32, room: f64) -> (f64, f64) {
    let chance = 3.3 * (share * (1.0 - share) / f64::from(repetitions)).sqrt();
    (share - chance.max(room), share + chance.max(room))
}

/// Normal values with mean 10 and standard deviation 2.
fn normals(stream: &mut Stream, n: usize) -> Vec<f64> {
    (0..n).map(|_| 10.0 + 2.0 * normal_quantile(stream.uniform_open())).collect()
}

/// Counts the repetitions in which `covers` is true; each has a stream of its own.
fn hits(purpose: &str, repetitions: u32, mut covers: impl FnMut(&mut Stream) -> bool) -> usize {
    let key = StreamKey::new(20_260_121, purpose, "calibration", "repetitions");
    (0..repetitions).filter(|repetition| covers(&mut key.stream(*repetition, 0, 0))).count()
}

/// Student's interval of a mean, for normal values and for skewed ones.
pub(crate) fn means(repetitions: u32) -> Vec<Measured> {
    let of = |what: String, expected: f64, room: f64, draw: &dyn Fn(&mut Stream) -> f64, truth: f64, n: usize| {
        let found = hits(&what, repetitions, |stream| {
            let values: Vec<f64> = (0..n).map(|_| draw(stream)).collect();
            mean_interval(&values, 0.95).is_some_and(|interval| interval.contains(truth))
        });
        Measured::of(what, repetitions, found, around(expected, repetitions, room))
    };
    let normal = |stream: &mut Stream| normal_quantile(stream.uniform_open());
    let exponential = |stream: &mut Stream| -libm::log(stream.uniform_open());
    // A lognormal with cv 2 has sigma² = ln 5.
    let lognormal = |stream: &mut Stream| libm::exp(libm::log(5.0_f64).sqrt() * normal_quantile(stream.uniform_open()));
    let mean_of_lognormal = libm::exp(libm::log(5.0) / 2.0);
    let mut all = Vec::new();
    for n in [10, 50] {
        all.push(of(format!("95 % t interval, normal, n = {n}"), 0.95, 0.005, &normal, 0.0, n));
    }
    // Known to cover too seldom: 40,000 repetitions elsewhere gave these.
    for (n, expected) in [(20, 0.919), (50, 0.936)] {
        all.push(of(format!("95 % t interval, exponential, n = {n}"), expected, 0.01, &exponential, 1.0, n));
    }
    for (n, expected) in [(20, 0.815), (200, 0.904)] {
        all.push(of(format!("95 % t interval, lognormal with cv 2, n = {n}"), expected, 0.01, &lognormal, mean_of_lognormal, n));
    }
    all
}

/// How often the warning of skewness comes where the interval does not cover as it says: lognormal with cv 2, n = 50.
pub(crate) fn warnings(repetitions: u32) -> Measured {
    let found = hits("warning of skewness", repetitions, |stream| {
        let sigma = libm::log(5.0_f64).sqrt();
        let values: Vec<f64> = (0..50).map(|_| libm::exp(sigma * normal_quantile(stream.uniform_open()))).collect();
        skewness(&values).is_some_and(|g1| too_skewed_for_t(values.len(), g1))
    });
    Measured::of("warning of skewness, lognormal with cv 2, n = 50", repetitions, found, (0.9, 1.0))
}

/// Order-statistic intervals of quantiles, beside the exact probability of their ranks.
pub(crate) fn quantiles(repetitions: u32) -> Vec<Measured> {
    [(0.5, 25), (0.8, 60), (0.95, 200)]
        .into_iter()
        .map(|(p, n)| {
            let what = format!("95 % interval of the {p} quantile, n = {n}");
            let truth = 10.0 + 2.0 * normal_quantile(p);
            let found = hits(&what, repetitions, |stream| {
                let values = sorted(&normals(stream, n));
                quantile_interval(&values, p, 0.95).is_some_and(|interval| interval.contains(truth))
            });
            let exact = enclosing_ranks(n, p, 0.95).coverage;
            let (_, high) = around(exact, repetitions, 0.005);
            let (low, _) = around(exact.min(0.95), repetitions, 0.0);
            Measured::of(format!("{what} (exactly {exact:.4})"), repetitions, found, (low, high))
        })
        .collect()
}

/// Wilson's and Clopper-Pearson's intervals at n = 20 and p = 0.05, beside their exact coverage.
pub(crate) fn proportions(repetitions: u32) -> Vec<Measured> {
    // By summing binomial probabilities over the counts whose interval holds 0.05.
    let methods = [
        ("Wilson", proportion::wilson as fn(usize, usize, f64) -> Option<convoysim::stats::Interval>, 0.9245),
        ("Clopper-Pearson", proportion::clopper_pearson, 0.9841),
    ];
    methods
        .into_iter()
        .map(|(name, interval, exact)| {
            let what = format!("95 % interval of a share of 0.05, {name}, n = 20");
            let found = hits(&what, repetitions, |stream| {
                let successes = (0..20).filter(|_| stream.uniform() < 0.05).count();
                interval(successes, 20, 0.95).is_some_and(|interval| interval.contains(0.05))
            });
            Measured::of(what, repetitions, found, around(exact, repetitions, 0.0))
        })
        .collect()
}

/// A pair of normal values with correlation 0.8 and a difference of −1 in the mean.
fn pair(stream: &mut Stream) -> (f64, f64) {
    let (common, own) = (normal_quantile(stream.uniform_open()), normal_quantile(stream.uniform_open()));
    (10.0 + 2.0 * common, 9.0 + 2.0 * (0.8 * common + 0.6 * own))
}

/// The difference of means over pairs, at a usual level and at Bonferroni's for eight statements.
pub(crate) fn pairs(repetitions: u32) -> Vec<Measured> {
    [0.95, 1.0 - 0.05 / 8.0]
        .into_iter()
        .map(|level| {
            let what = format!("paired t interval at {level}, correlation 0.8, n = 30");
            let found = hits(&what, repetitions, |stream| {
                let (base, variant): (Vec<f64>, Vec<f64>) = (0..30).map(|_| pair(stream)).unzip();
                Paired::of(&base, &variant).is_some_and(|pairs| pairs.interval(level).contains(-1.0))
            });
            Measured::of(what, repetitions, found, around(level, repetitions, 0.0))
        })
        .collect()
}

/// The paired bootstrap of a difference of 0.8 quantiles. Percentiles of a bootstrap cover more often than they say, by up to four points
/// here; two points less would be too seldom.
pub(crate) fn quantile_differences(repetitions: u32, n: usize) -> Measured {
    let what = format!("95 % paired bootstrap of a difference of 0.8 quantiles, n = {n}");
    let found = hits(&what, repetitions, |stream| {
        let (base, variant): (Vec<f64>, Vec<f64>) = (0..n).map(|_| pair(stream)).unzip();
        quantile_difference(&base, &variant, 0.8, 0.95, 500, Pairing::Common, stream).is_some_and(|interval| interval.contains(-1.0))
    });
    Measured::of(what, repetitions, found, (around(0.95, repetitions, 0.02).0, 1.0))
}

/// Kim and Nelson's procedure in the slippage configuration: one of `k` systems is better by exactly the indifference zone, which is
/// the standard error of a first-stage mean. Half of the variance is common to all systems where `common`.
pub(crate) fn selection(repetitions: u32, k: usize, common: bool) -> Measured {
    const FIRST: usize = 20;
    let delta = 1.0 / (FIRST as f64).sqrt();
    let boundary = Boundary::common(k, FIRST, 0.05);
    let what = format!("Kim and Nelson, slippage, k = {k}, {}", if common { "common random numbers" } else { "independent" });
    let found = hits(&what, repetitions, |stream| {
        let mut draw = |systems: &[usize]| -> Vec<f64> {
            let shared = if common { normal_quantile(stream.uniform_open()) } else { 0.0 };
            let own = if common { 0.5_f64.sqrt() } else { 1.0 };
            let value = |system: &usize| {
                let ahead = if *system == k / 2 { delta } else { 0.0 };
                ahead + 0.5_f64.sqrt() * shared + own * normal_quantile(stream.uniform_open())
            };
            systems.iter().map(value).collect()
        };
        let all: Vec<usize> = (0..k).collect();
        let mut stage = vec![Vec::new(); k];
        for _ in 0..FIRST {
            stage.iter_mut().zip(draw(&all)).for_each(|(values, value)| values.push(value));
        }
        let mut procedure = KimNelson::begin(&stage, delta, boundary);
        while procedure.selected().is_none() {
            let next = draw(procedure.survivors());
            procedure.add(&next);
        }
        procedure.selected() == Some(k / 2)
    });
    let chance = 3.0 * (0.95 * 0.05 / f64::from(repetitions)).sqrt();
    Measured::of(what, repetitions, found, (0.95 - chance, 1.0))
}
