//! How often intervals of Sobol' indices cover, on functions whose indices are known, with and without noise.

use convoysim::random::{Stream, StreamKey};
use convoysim::stats::design::{Saltelli, Trajectory};
use convoysim::stats::sensitivity::{ElementaryEffects, Morris, SobolIndices, SobolSample, Walk};
use convoysim::stats::special::normal_quantile;
use convoysim::stats::{Interval, Pairing};

use super::{Measured, around};

/// A function on the unit cube whose Sobol' indices are known.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) function: fn(&[f64]) -> f64,
    /// First and total index of each factor.
    pub(crate) first: Vec<f64>,
    pub(crate) total: Vec<f64>,
    /// Its variance.
    pub(crate) variance: f64,
}

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ with x = −π + 2πu (Ishigami and Homma 1990).
pub(crate) fn ishigami() -> Known {
    let function = |u: &[f64]| {
        let x = |i: usize| (2.0 * u[i] - 1.0) * std::f64::consts::PI;
        let (first, second, third) = (libm::sin(x(0)), libm::sin(x(1)), x(2) * x(2));
        first + 7.0 * second * second + 0.1 * third * third * first
    };
    let pi4 = std::f64::consts::PI * std::f64::consts::PI * std::f64::consts::PI * std::f64::consts::PI;
    let (a, b) = (7.0, 0.1);
    let (v1, v2, v13) = ((1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0) / 2.0, a * a / 8.0, b * b * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0));
    let v = v1 + v2 + v13;
    Known { name: "Ishigami", function, first: vec![v1 / v, v2 / v, 0.0], total: vec![(v1 + v13) / v, v2 / v, v13 / v], variance: v }
}

/// The coefficients of the g function below.
const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Π (|4uᵢ − 2| + aᵢ) / (1 + aᵢ) (Saltelli and Sobol' 1995).
pub(crate) fn g() -> Known {
    let function = |u: &[f64]| u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product();
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let all: f64 = G.iter().map(|a| 1.0 + part(*a)).product();
    let v = all - 1.0;
    Known {
        name: "g function",
        function,
        first: G.iter().map(|a| part(*a) / v).collect(),
        total: G.iter().map(|a| part(*a) * all / (1.0 + part(*a)) / v).collect(),
        variance: v,
    }
}

/// 3u₁ + 2u₂, and a third factor without any effect.
pub(crate) fn with_dummy() -> Known {
    let first = vec![9.0 / 13.0, 4.0 / 13.0, 0.0];
    Known { name: "linear with a dummy", function: |u| 3.0 * u[0] + 2.0 * u[1], total: first.clone(), first, variance: 13.0 / 12.0 }
}

/// Chance on top of a known function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    pub(crate) replications: usize,
    pub(crate) pairing: Pairing,
    /// Variance of what is a replication's own at each point; of one replication.
    pub(crate) own: f64,
    /// Variance of what a replication adds to all points, where it is common to them.
    pub(crate) shared: f64,
}

/// Blocks of a design.
pub(crate) const BLOCKS: usize = Saltelli::BLOCKS as usize;

/// No chance at all.
pub(crate) const NONE: Chance = Chance { replications: 1, pairing: Pairing::Common, own: 0.0, shared: 0.0 };

fn key(what: &str) -> StreamKey {
    StreamKey::new(20_260_122, what, "calibration", "sensitivity")
}

fn normal(stream: &mut Stream, variance: f64) -> f64 {
    variance.sqrt() * normal_quantile(stream.uniform_open())
}

/// The responses at all points of a design of Saltelli; another `scramble` is another design with other seeds.
pub(crate) fn sample(function: impl Fn(&[f64]) -> f64, factors: usize, rows: u32, pairs: bool, chance: Chance, scramble: u32) -> Vec<f64> {
    let design = Saltelli::new(factors, rows, pairs).expect("few factors");
    let coins = key("coins");
    let words = |block: u32, dimension: usize, node: u64| coins.stream(dimension as u32, scramble << 8 | block, node).bits();
    let points = (0..design.points()).map(|index| design.point(index, words));
    responses(points, function, chance, scramble)
}

/// The responses at each of these points, one a replication: `function(u) + e`, with an error of its own in every run, or with common
/// random numbers `function(u) + shared_k + own_k z(u)`. Seed k then shifts all points and tilts them along the last factor; z has the mean
/// 0 and the variance 1 over its range.
fn responses(points: impl Iterator<Item = Vec<f64>>, function: impl Fn(&[f64]) -> f64, chance: Chance, study: u32) -> Vec<f64> {
    let seeds = key("seeds");
    let of_seed: Vec<(f64, f64)> = (0..chance.replications as u32)
        .map(|k| {
            let stream = &mut seeds.stream(k, study, 0);
            (normal(stream, chance.shared), normal(stream, chance.own))
        })
        .collect();
    let mut values = Vec::new();
    for (point, number) in points.zip(0..) {
        let expected = function(&point);
        for (k, (shared, own)) in (0..).zip(&of_seed) {
            values.push(match chance.pairing {
                Pairing::Common => expected + shared + own * 12_f64.sqrt() * (point[point.len() - 1] - 0.5),
                Pairing::Independent => expected + normal(&mut key("errors").stream(k, study, number), chance.own),
            });
        }
    }
    values
}

/// The indices of a known function at so many rows.
pub(crate) fn indices(known: &Known, rows: u32, chance: Chance, scramble: u32) -> SobolIndices {
    let factors = known.first.len();
    let values = sample(known.function, factors, rows, false, chance, scramble);
    let Chance { replications, pairing, .. } = chance;
    let sample = SobolSample { factors, pairs: false, blocks: BLOCKS, replications, pairing, values: &values };
    sample.indices(0.95, &mut key("resamples").stream(scramble, 0, 0)).expect("the function varies")
}

/// A screening of a function with `t` trajectories on four levels.
pub(crate) fn screening(function: impl Fn(&[f64]) -> f64, factors: usize, t: u32, chance: Chance, study: u32) -> Morris {
    let walks: Vec<Trajectory> = (0..t).map(|walk| Trajectory::random(factors, 4, &mut key("walks").stream(walk, study, 0))).collect();
    let points = walks.iter().flat_map(|walk| (0..walk.points()).map(|step| walk.point(step)));
    let values = responses(points, function, chance, study);
    let walks: Vec<Walk> = walks.iter().map(Walk::from).collect();
    let effects = ElementaryEffects { walks: &walks, replications: chance.replications, pairing: chance.pairing, values: &values };
    effects.screening(0.95, &mut key("resamples").stream(study, 1, 0)).expect("some trajectories")
}

/// How often the intervals of first and total indices cover, for the factors named.
pub(crate) fn covers(known: &Known, factors: &[usize], rows: u32, scrambles: u32, chance: Chance) -> Vec<Measured> {
    let mut hits = vec![[0_usize; 3]; factors.len()];
    for scramble in 0..scrambles {
        let found = indices(known, rows, chance, scramble);
        for (hits, i) in hits.iter_mut().zip(factors) {
            let covers = |interval: &Interval, truth: f64| usize::from(interval.contains(truth));
            hits[0] += covers(&found.first[*i], known.first[*i]);
            hits[1] += covers(&found.first_jansen[*i], known.first[*i]);
            hits[2] += covers(&found.total[*i], known.total[*i]);
        }
    }
    let chance = match chance {
        Chance { replications: 1, .. } => String::new(),
        Chance { replications, pairing: Pairing::Independent, .. } => format!(", noise, r = {replications}"),
        Chance { replications, .. } => format!(", common seeds, r = {replications}"),
    };
    let measured = |hits: &[usize; 3], i: usize| {
        [("first", hits[0]), ("first, Jansen", hits[1]), ("total", hits[2])].map(|(which, hits)| {
            let what = format!("95 % interval, {}, N = {rows}, {which} of {}{chance}", known.name, i + 1);
            // From 90 to 98 %, unless so few scrambles would tell a right method wrong.
            let (low, high) = (around(0.95, scrambles, 0.05).0, around(0.95, scrambles, 0.03).1);
            Measured::of(what, scrambles, hits, (low, high.min(1.0)))
        })
    };
    hits.iter().zip(factors).flat_map(|(hits, i)| measured(hits, *i)).collect()
}

/// How often a factor without effect exceeds the noise floor: its first and its total index, its μ* and its σ.
pub(crate) fn dummies(studies: u32) -> Vec<Measured> {
    let known = with_dummy();
    let chance = Chance { replications: 4, pairing: Pairing::Independent, own: known.variance, shared: 0.0 };
    let mut above = [0_usize; 4];
    for study in 0..studies {
        let found = indices(&known, 64, chance, study);
        let floor = found.floor.expect("several replications");
        above[0] += usize::from(found.first[2].estimate > floor.first);
        above[1] += usize::from(found.total[2].estimate > floor.total);
        let screened = screening(known.function, 3, 12, chance, study);
        let floor = screened.floor.expect("several replications");
        above[2] += usize::from(screened.factors[2].mu_star.estimate > floor.mu_star);
        above[3] += usize::from(screened.factors[2].sigma.estimate > floor.sigma);
    }
    let names = ["first index, N = 64", "total index, N = 64", "mu*, 12 trajectories", "sigma, 12 trajectories"];
    // Effects along a trajectory share a point, and sums of few squares are not quite normal: two points of room.
    let measured =
        |(name, above)| Measured::of(format!("a dummy above its noise floor, r = 4: {name}"), studies, above, around(0.05, studies, 0.02));
    names.into_iter().zip(above).map(measured).collect()
}
