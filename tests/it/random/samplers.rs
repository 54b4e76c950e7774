//! Samplers against the distributions they claim to draw from: a million draws of each family, fixed seed.

use convoysim::random::{CountDistribution, Distribution, StreamKey};
use convoysim::stats::special::{chi_squared_cdf, sum};
use convoysim::stats::{mean, quantile};

use super::distributions::{families, of_case};
use crate::stats::fixture;

const DRAWS: usize = 1_000_000;
/// No test of a fit may be as unlikely as this.
const SIGNIFICANCE: f64 = 1e-6;

/// A million draws, each from the stream of its own occurrence.
fn draws<T>(name: &str, draw: impl Fn(&mut convoysim::random::Stream) -> T) -> Vec<T> {
    let key = StreamKey::new(20_260_121, "sampler test", "distribution", name);
    (0..DRAWS as u64).map(|occurrence| draw(&mut key.stream(0, 0, occurrence))).collect()
}

/// Asserts a mean within five standard errors.
fn check_mean(name: &str, values: &[f64], expected: f64, variance: f64) {
    let found = mean(values).expect("there are draws");
    let off = (found - expected) / (variance / values.len() as f64).sqrt();
    assert!(off.abs() < 5.0, "{name}: mean {found} is {off:.1} standard errors from {expected}");
}

/// Kolmogorov's test.
fn check_continuous(name: &str, distribution: &Distribution) {
    let values = draws(name, |stream| distribution.sample(stream));
    check_mean(name, &values, distribution.mean(), distribution.variance());
    let values = quantile::sorted(&values);
    assert!(values[0] >= distribution.minimum() && values[DRAWS - 1] <= distribution.maximum(), "{name}");
    // Both functions grow, so between every 20th value the distance can be larger by 20 steps of 1/n at most.
    let every = 20;
    let distances = values.iter().enumerate().step_by(every).map(|(below, value)| {
        let step = below as f64 / DRAWS as f64;
        (distribution.cdf(*value) - step).abs()
    });
    let distance = distances.fold(0.0, f64::max) + (every + 1) as f64 / DRAWS as f64;
    // P(√n D > λ) ≤ 2 exp(-2 λ²).
    let limit = (libm::log(2.0 / SIGNIFICANCE) / 2.0).sqrt();
    let found = distance * (DRAWS as f64).sqrt();
    assert!(found < limit, "{name}: √n D = {found}, limit {limit}");
}

/// The χ² test over values with their probabilities; those rarely expected are taken together.
fn check_counts(name: &str, cells: impl IntoIterator<Item = (f64, usize)>) {
    let (mut rest, mut statistic, mut used) = ((1.0, DRAWS), Vec::new(), 0);
    for (probability, seen) in cells {
        let expected = probability * DRAWS as f64;
        if expected >= 10.0 {
            let off = seen as f64 - expected;
            statistic.push(off * off / expected);
            rest = (rest.0 - probability, rest.1 - seen);
            used += 1;
        }
    }
    let expected = rest.0 * DRAWS as f64;
    if expected >= 1.0 {
        let off = rest.1 as f64 - expected;
        statistic.push(off * off / expected);
        used += 1;
    }
    let p = 1.0 - chi_squared_cdf(sum(statistic.iter().copied()), f64::from(used - 1));
    assert!(p > SIGNIFICANCE, "{name}: χ² = {} over {used} cells, p = {p:e}", sum(statistic));
}

#[test]
fn continuous_families_fit_their_distribution_functions() {
    for (name, distribution) in families() {
        if distribution.density(distribution.mean()).is_some() {
            check_continuous(name, &distribution);
        }
    }
}

#[test]
fn continuous_families_of_the_fixture_fit_too() {
    for case in fixture::cases("distributions") {
        if let Some(distribution) = of_case(&case) {
            check_continuous(case["id"].as_str().expect("cases have names"), &distribution);
        }
    }
}

#[test]
fn discrete_families_fit_their_weights() {
    for (name, distribution) in families() {
        if distribution.density(distribution.mean()).is_none() {
            let values = draws(name, |stream| distribution.sample(stream));
            check_mean(name, &values, distribution.mean(), distribution.variance());
            let mut distinct = quantile::sorted(&values);
            distinct.dedup();
            let mut below = 0.0;
            let cells = distinct.iter().map(|value| {
                let upto = distribution.cdf(*value);
                let probability = upto - below;
                below = upto;
                (probability, values.iter().filter(|drawn| *drawn == value).count())
            });
            check_counts(name, cells.collect::<Vec<_>>());
        }
    }
}

#[test]
fn counts_fit_their_probabilities() {
    for case in fixture::cases("distributions") {
        let Some(distribution) = super::counts::of_case(&case) else { continue };
        let name = case["id"].as_str().expect("cases have names");
        let values: Vec<u64> = draws(name, |stream| CountDistribution::sample(&distribution, stream));
        let reals: Vec<f64> = values.iter().map(|value| *value as f64).collect();
        check_mean(name, &reals, distribution.mean(), distribution.variance());
        let mut seen = vec![0; *values.iter().max().expect("there are draws") as usize + 1];
        values.iter().for_each(|value| seen[*value as usize] += 1);
        check_counts(name, seen.into_iter().enumerate().map(|(k, seen)| (distribution.probability(k as u64), seen)));
    }
}

#[test]
fn a_larger_uniform_is_never_a_smaller_value_where_inversion_is_promised() {
    let inverted = ["uniform", "triangular", "lognormal", "exponential", "weibull", "normal", "discrete", "empirical"];
    let key = StreamKey::new(1, "order", "distribution", "all");
    let mut order: Vec<u64> = (0..10_000).collect();
    order.sort_by(|a, b| key.stream(0, 0, *a).uniform().total_cmp(&key.stream(0, 0, *b).uniform()));
    for (name, distribution) in families().into_iter().filter(|family| inverted.contains(&family.0)) {
        let values: Vec<f64> = order.iter().map(|i| distribution.sample(&mut key.stream(0, 0, *i))).collect();
        assert!(values.is_sorted(), "{name}");
    }
}

#[test]
fn many_draws_from_one_stream_are_the_draws_one_by_one() {
    for (name, distribution) in families() {
        let stream = || StreamKey::new(1, "many", "distribution", name).stream(0, 0, 0);
        let (mut many, mut one) = ([0.0; 99], stream());
        distribution.sample_into(&mut stream(), &mut many);
        assert_eq!(many, [0; 99].map(|_| distribution.sample(&mut one)), "{name}");
    }
}

#[test]
fn many_erlang_draws_are_the_draws_one_by_one_whatever_the_shape_the_count_and_the_place_in_the_stream() {
    for shape in 1..=6 {
        let erlang = Distribution::erlang_shape_mean(shape, 1.0).expect("valid parameters");
        for count in 0..=20 {
            for taken in 0..3 {
                let stream = || {
                    let mut stream = StreamKey::new(1, "many", "erlang", "all").stream(0, shape, count);
                    for _ in 0..taken {
                        let _ = stream.bits();
                    }
                    stream
                };
                let (mut many, mut one, mut after) = (vec![0.0; count as usize], stream(), stream());
                erlang.sample_into(&mut after, &mut many);
                let expected: Vec<f64> = many.iter().map(|_| erlang.sample(&mut one)).collect();
                assert_eq!(many, expected, "shape {shape}, {count} draws after {taken} words");
                assert_eq!(after.bits(), one.bits(), "shape {shape}, {count} draws after {taken} words");
            }
        }
    }
}
