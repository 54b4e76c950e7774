//! Sensitivity analysis against known answers.

use convoysim::random::StreamKey;
use convoysim::stats::design::Trajectory;
use convoysim::stats::sensitivity::{
    ElementaryEffects, SobolSample, Walk,
    estimators::{Moments, first_janon, first_jansen, first_saltelli, total_jansen, total_sobol},
    standardised_coefficients,
};
use convoysim::stats::{Interval, Pairing, mean, variance};
use serde_json::Value;

use super::calibration::sensitivity::{BLOCKS, Chance, NONE, g, indices, ishigami, sample, screening, with_dummy};
use super::fixture::{case, close, number, numbers};

const FILE: &str = "sensitivity";

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().expect("rows").iter().map(numbers).collect()
}

fn stream(purpose: &str) -> convoysim::random::Stream {
    StreamKey::new(11, purpose, "sensitivity", "test").stream(0, 0, 0)
}

#[test]
fn indices_of_ishigami_and_g_are_the_known_ones() {
    for (name, known) in [("ishigami-exact", ishigami()), ("sobol-g-exact", g())] {
        let case = case(FILE, name);
        close(known.variance, &case["expected"]["V"], 1e-12, name);
        for (i, (first, total)) in numbers(&case["expected"]["S1"]).into_iter().zip(numbers(&case["expected"]["ST"])).enumerate() {
            close(known.first[i], first, 1e-12, name);
            close(known.total[i], total, 1e-12, name);
        }
    }
}

#[test]
fn estimators_on_a_fixed_design_are_the_known_ones() {
    let case = case(FILE, "estimators-fixed-design");
    let (a, b) = (rows(&case["inputs"]["unit_A"]), rows(&case["inputs"]["unit_B"]));
    let f = ishigami().function;
    let at = |points: &[Vec<f64>]| points.iter().map(|point| f(point)).collect::<Vec<f64>>();
    let (f_a, f_b) = (at(&a), at(&b));
    let moments = Moments::of(&f_a, &f_b);
    close(moments.mean, &case["expected"]["f0"], 1e-11, "f0");
    close(moments.variance, &case["expected"]["V"], 1e-11, "V");
    let columns: Vec<Vec<f64>> = (0..3)
        .map(|i| {
            let mixed = a.iter().zip(&b).map(|(a, b)| (0..3).map(|j| if i == j { b[j] } else { a[j] }).collect::<Vec<f64>>());
            at(&mixed.collect::<Vec<_>>())
        })
        .collect();
    type Estimator = fn(&[f64], &[f64], &[f64]) -> f64;
    let estimators: [(&str, Estimator); 5] = [
        ("sobol_saltelli2010_S1", first_saltelli),
        ("jansen_S1", first_jansen),
        ("jansen_ST", total_jansen),
        ("sobol2007_ST", total_sobol),
        ("janon_S1", first_janon),
    ];
    for (name, estimator) in estimators {
        for (column, known) in columns.iter().zip(numbers(&case["expected"][name])) {
            close(estimator(&f_a, &f_b, column), known, 1e-11, name);
        }
    }
    // One replication: the same formulas, with the mean taken off first.
    let values: Vec<f64> = (0..32).flat_map(|row| [f_a[row], f_b[row], columns[0][row], columns[1][row], columns[2][row]]).collect();
    let sample = SobolSample { factors: 3, pairs: false, blocks: 32, replications: 1, pairing: Pairing::Common, values: &values };
    let found = sample.indices(0.95, &mut stream("fixed")).expect("it varies");
    let centred = |column: &[f64]| column.iter().map(|value| value - moments.mean).collect::<Vec<f64>>();
    for (i, column) in columns.iter().enumerate() {
        let first = first_saltelli(&centred(&f_a), &centred(&f_b), &centred(column));
        close(found.first[i].estimate, first, 1e-11, "first");
        close(found.first_jansen[i].estimate, numbers(&case["expected"]["jansen_S1"])[i], 1e-11, "first, Jansen");
        close(found.total[i].estimate, numbers(&case["expected"]["jansen_ST"])[i], 1e-11, "total");
    }
    close(found.variance, moments.variance, 1e-11, "V");
    assert_eq!((found.noise_share, found.floor, found.knows_seeds), (None, None, false), "one replication says nothing of noise");
}

#[test]
fn estimates_come_near_the_exact_indices() {
    let product = |u: &[f64]| u[0] * u[1];
    let values = sample(product, 2, 4096, true, NONE, 0);
    let found = SobolSample { factors: 2, pairs: true, blocks: BLOCKS, replications: 1, pairing: Pairing::Common, values: &values };
    let found = found.indices(0.95, &mut stream("product")).expect("it varies");
    let exact = case(FILE, "product-exact");
    let near = |found: &Interval, known: f64, what: &str| {
        assert!(found.contains(known) && found.half_width() < 0.04, "{what}: {found} and {known}")
    };
    for i in 0..2 {
        near(&found.first[i], numbers(&exact["expected"]["S1"])[i], "S");
        near(&found.total[i], numbers(&exact["expected"]["ST"])[i], "T");
    }
    close(found.variance, &exact["expected"]["V"], 0.02, "V");
    near(&found.pairs[0].index, number(&exact["expected"]["S12"]), "S of the pair");

    let values = sample(ishigami().function, 3, 2048, true, NONE, 0);
    let found = SobolSample { factors: 3, pairs: true, blocks: BLOCKS, replications: 1, pairing: Pairing::Common, values: &values };
    let found = found.indices(0.95, &mut stream("ishigami")).expect("it varies");
    let exact = case(FILE, "ishigami-exact");
    for (pair, name) in found.pairs.iter().zip(["x1x2", "x1x3", "x2x3"]) {
        let known = number(&exact["expected"]["S2"][name]);
        assert!((pair.index.estimate - known).abs() < 0.05 && pair.index.contains(known), "{name}: {}", pair.index);
    }
}

#[test]
fn coefficients_of_a_linear_response_are_the_known_ones() {
    let case = case(FILE, "linear-exact");
    let (c, sd) = (numbers(&case["inputs"]["coefficients"]), numbers(&case["inputs"]["independent_sd"]));
    // All combinations of one standard deviation up and down: moments are exact.
    let columns: Vec<Vec<f64>> = (0..4).map(|i| (0..16).map(|run| if run >> i & 1 == 1 { sd[i] } else { -sd[i] }).collect()).collect();
    let y: Vec<f64> = (0..16).map(|run| 5.0 + (0..4).map(|i| c[i] * columns[i][run]).sum::<f64>()).collect();
    let found = standardised_coefficients(&columns, &y).expect("columns are independent");
    for (i, found) in found.iter().enumerate() {
        close(*found, numbers(&case["expected"]["SRC"])[i], 1e-12, "SRC");
        close(found * found, numbers(&case["expected"]["S1"])[i], 1e-12, "its square");
    }
    let twice = vec![columns[0].clone(), columns[0].iter().map(|value| 3.0 * value + 1.0).collect()];
    assert_eq!(standardised_coefficients(&twice, &y), None, "columns that depend on each other");
    assert_eq!(standardised_coefficients(&columns, &[1.0; 16]), None, "a response that does not vary");
    // Correlated columns: the fit still finds the coefficients, by their standard deviations.
    let tilted: Vec<f64> = columns[0].iter().zip(&columns[1]).map(|(a, b)| a + 0.5 * b).collect();
    let y: Vec<f64> = tilted.iter().zip(&columns[1]).map(|(a, b)| 2.0 * a - b).collect();
    let sd = |values: &[f64]| variance(values).expect("values").sqrt();
    let found = standardised_coefficients(&[tilted.clone(), columns[1].clone()], &y).expect("not quite dependent");
    close(found[0], 2.0 * sd(&tilted) / sd(&y), 1e-12, "the first");
    close(found[1], -sd(&columns[1]) / sd(&y), 1e-12, "the second");
}

/// The trajectories of a fixture, which gives their points.
fn trajectories(value: &Value) -> Vec<Trajectory> {
    let of = |one: &Value| {
        let start = numbers(&one["points"][0]).into_iter().map(|u| (3.0 * u).round() as usize).collect();
        let order = numbers(&one["order"]).into_iter().map(|factor| factor as usize - 1).collect();
        Trajectory { start, order, levels: 4 }
    };
    value.as_array().expect("trajectories").iter().map(of).collect()
}

#[test]
fn elementary_effects_on_fixed_trajectories_are_the_known_ones() {
    let case = case(FILE, "morris-fixed-trajectories");
    let walks = trajectories(&case["inputs"]["trajectories"]);
    let mut values = Vec::new();
    for (number, walk) in walks.iter().enumerate() {
        let points = rows(&case["inputs"]["trajectories"][number]["points"]);
        for (step, known) in points.iter().enumerate() {
            let found = walk.point(step);
            assert!(found.iter().zip(known).all(|(found, known)| (found - known).abs() < 1e-15), "point {step} of trajectory {number}");
        }
        let responses: Vec<f64> = points.iter().map(|point| (ishigami().function)(point)).collect();
        for (effect, known) in Walk::from(walk).effects(&responses).iter().zip(numbers(&case["expected"]["elementary_effects"][number])) {
            // Where nothing happens, what is known is what rounding left.
            assert!((effect - known).abs() < 1e-10 * known.abs().max(1.0), "{effect} instead of {known}");
        }
        values.extend(responses);
    }
    let walks: Vec<Walk> = walks.iter().map(Walk::from).collect();
    let effects = ElementaryEffects { walks: &walks, replications: 1, pairing: Pairing::Common, values: &values };
    let found = effects.screening(0.95, &mut stream("morris")).expect("five trajectories");
    for (i, factor) in found.factors.iter().enumerate() {
        close(factor.mu.estimate, numbers(&case["expected"]["mu"])[i], 1e-10, "mu");
        close(factor.mu_star.estimate, numbers(&case["expected"]["mu_star"])[i], 1e-10, "mu*");
        close(factor.sigma.estimate, numbers(&case["expected"]["sigma"])[i], 1e-10, "sigma");
    }
}

#[test]
fn an_effect_is_for_the_whole_range_of_a_factor() {
    // The second factor has two levels, so it moved through all of its range and not through two thirds.
    let walk = Walk { order: vec![1, 0, 2], moves: vec![-2.0 / 3.0, 1.0, 0.0] };
    assert_eq!(walk.effects(&[10.0, 13.0, 12.0, 12.0]), [1.5, 3.0, 0.0]);
}

#[test]
fn a_linear_response_has_the_same_effect_everywhere() {
    let case = case(FILE, "morris-linear");
    let c = numbers(&case["inputs"]["c"]);
    let found = screening(|u| u.iter().zip(&c).map(|(u, c)| u * c).sum(), 4, 10, NONE, 0);
    for (i, factor) in found.factors.iter().enumerate() {
        close(factor.mu.estimate, numbers(&case["expected"]["mu"])[i], 1e-12, "mu");
        close(factor.mu_star.estimate, numbers(&case["expected"]["mu_star"])[i], 1e-12, "mu*");
        assert!(factor.sigma.estimate < 1e-6, "sigma {}", factor.sigma.estimate);
        assert!(factor.mu_star.upper - factor.mu_star.lower < 1e-12, "nothing to resample");
    }
    let order: Vec<usize> = found.steps.iter().map(|step| step.larger).collect();
    assert_eq!((order, found.steps.iter().all(|step| step.is_clear())), (vec![0, 1, 3], true));
}

/// As much noise in one run as inputs make, four runs a point.
const INDEPENDENT: Chance = Chance { replications: 4, pairing: Pairing::Independent, own: 13.0 / 12.0, shared: 0.0 };
/// The same number of runs under common random numbers: seeds shift everything, and tilt it along the last factor.
const COMMON: Chance = Chance { replications: 8, pairing: Pairing::Common, own: 0.5, shared: 4.0 };

/// Whether the mean of some estimates is within four standard errors of a truth.
#[track_caller]
fn unbiased(estimates: &[f64], truth: f64, what: &str) {
    let (centre, spread) = (mean(estimates).expect("estimates"), variance(estimates).expect("estimates"));
    let error = (spread / estimates.len() as f64).sqrt();
    assert!((centre - truth).abs() < 4.0 * error + 0.004, "{what}: {centre} ± {error} instead of {truth}");
}

#[test]
fn noise_is_taken_off_the_indices_and_reported() {
    for chance in [INDEPENDENT, COMMON] {
        let known = with_dummy();
        let studies: Vec<_> = (0..40).map(|study| indices(&known, 64, chance, study)).collect();
        let of = |get: &dyn Fn(&convoysim::stats::sensitivity::SobolIndices) -> f64| studies.iter().map(get).collect::<Vec<f64>>();
        unbiased(&of(&|found| found.variance), known.variance, "V");
        for i in 0..3 {
            unbiased(&of(&|found| found.first[i].estimate), known.first[i], "S");
            unbiased(&of(&|found| found.first_jansen[i].estimate), known.first[i], "S by Jansen");
            unbiased(&of(&|found| found.total[i].estimate), known.total[i], "T");
        }
        let noise = chance.own + chance.shared;
        unbiased(&of(&|found| found.noise_variance.expect("several replications")), noise, "noise");
        let covering =
            studies.iter().filter(|found| found.noise_share.is_some_and(|share| share.contains(noise / (noise + known.variance))));
        // Nine of ten or more; five standard deviations of a fair share of 0.95 below it are 32 of 40.
        assert!(covering.count() >= 32, "{chance:?}");
    }
}

#[test]
fn what_a_correction_saves_is_said() {
    let uncorrected =
        (0..40).map(|study| indices(&with_dummy(), 64, INDEPENDENT, study).floor.expect("several replications").total_uncorrected);
    // Four runs a point leave a quarter of the noise, beside inputs that vary as much as it does.
    unbiased(&uncorrected.collect::<Vec<f64>>(), 0.2, "the total index of a dummy if noise were left in");
}

#[test]
fn with_the_same_random_numbers_a_dummy_shows_exactly_nothing() {
    // Seeds shift everything but tilt nothing.
    let chance = Chance { own: 0.0, ..COMMON };
    let found = indices(&with_dummy(), 64, chance, 3);
    assert!(found.total[2].estimate.abs() < 1e-12 && found.total[2].upper < 1e-12, "{}", found.total[2]);
    assert!(found.floor.is_some_and(|floor| floor.total < 1e-12 && floor.first < 1e-6), "nothing but a common shift: {:?}", found.floor);
    assert!(found.noise_share.is_some_and(|share| share.estimate > 0.5), "and yet runs differ");
    let screened = screening(with_dummy().function, 3, 10, chance, 3);
    assert!(screened.factors[2].mu_star.upper < 1e-12);
}

#[test]
fn seeds_are_part_of_an_interval_as_soon_as_there_are_three() {
    let known = with_dummy();
    let width = |replications: usize| {
        let found = indices(&known, 256, Chance { replications, ..COMMON }, 1);
        (found.knows_seeds, found.total[2].upper - found.total[2].lower)
    };
    let ((two, _), (three, wide), (many, narrow)) = (width(2), width(3), width(32));
    assert!(!two && three && many && wide > 2.0 * narrow, "{wide} and {narrow}");
}

#[test]
fn rows_with_something_unknown_are_left_out_and_counted() {
    let mut values = sample(with_dummy().function, 3, 16, false, NONE, 0);
    values[7] = f64::NAN;
    values[9] = f64::INFINITY;
    values[21] = f64::NAN;
    let sample = |values: &[f64]| {
        SobolSample { factors: 3, pairs: false, blocks: 8, replications: 1, pairing: Pairing::Common, values }
            .indices(0.95, &mut stream("left out"))
            .map(|found| (found.rows, found.left_out))
    };
    assert_eq!(sample(&values), Some((14, 2)));
    assert_eq!(sample(&values[..10]), None, "one row is not enough");
    assert_eq!(sample(&[1.0; 80]), None, "nothing varies");
}
