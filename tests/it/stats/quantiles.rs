//! Quantiles, their order-statistic intervals and their simulation noise.

use convoysim::random::{Distribution, StreamKey};
use convoysim::stats::quantile::{
    Definition, enclosing_ranks, quantile, quantile_interval, quantile_sorted, quantile_standard_error, smallest_n_with_upper_bound, sorted,
};

use super::fixture::{case, cases_like, close, number, numbers};

const FILE: &str = "stats_intervals";

#[test]
fn the_definitions_are_those_of_hyndman_and_fan() {
    let case = case(FILE, "sample-quantiles");
    let data = sorted(&numbers(&case["inputs"]["data"]));
    let definitions = [
        (1, Definition::Inverse),
        (4, Definition::Linear),
        (5, Definition::Hazen),
        (6, Definition::Weibull),
        (7, Definition::Mode),
        (8, Definition::MedianUnbiased),
    ];
    for (number, definition) in definitions {
        let expected = numbers(&case["expected"][format!("hyndman_fan_type_{number}")]);
        for (p, expected) in numbers(&case["inputs"]["p"]).into_iter().zip(expected) {
            let found = quantile_sorted(&data, p, definition).expect("data");
            close(found, expected, 1e-12, format_args!("type {number} at {p}"));
        }
    }
}

#[test]
fn the_other_definitions_follow_their_formulas() {
    // Ranks by hand for the values 1 to 10: the quantile is the rank itself.
    let data: Vec<f64> = (1..=10).map(f64::from).collect();
    let cases = [
        (Definition::AveragedInverse, 0.3, 3.5),
        (Definition::AveragedInverse, 0.31, 4.0),
        (Definition::NearestEven, 0.25, 2.0),
        (Definition::NearestEven, 0.35, 4.0),
        (Definition::NearestEven, 0.26, 3.0),
        (Definition::NormalUnbiased, 0.5, 5.5),
        (Definition::NormalUnbiased, 0.1, 1.4),
    ];
    for (definition, p, expected) in cases {
        let found = quantile_sorted(&data, p, definition).expect("data");
        close(found, expected, 1e-12, format_args!("{definition:?} at {p}"));
    }
}

#[test]
fn quantiles_keep_within_the_data() {
    use Definition::{AveragedInverse, Hazen, Inverse, Linear, MedianUnbiased, Mode, NearestEven, NormalUnbiased, Weibull};
    let all = [Inverse, AveragedInverse, NearestEven, Linear, Hazen, Weibull, Mode, MedianUnbiased, NormalUnbiased];
    for definition in all {
        let at = |data: &[f64], p| quantile_sorted(data, p, definition);
        assert_eq!((at(&[1.0, 2.0, 5.0], 0.0), at(&[1.0, 2.0, 5.0], 1.0)), (Some(1.0), Some(5.0)), "{definition:?}");
        assert_eq!((at(&[7.0], 0.3), at(&[], 0.3)), (Some(7.0), None), "{definition:?}");
    }
}

#[test]
fn the_unfinished_are_later_than_everything() {
    let never = f64::INFINITY;
    let days = [5.0, never, 4.0, 6.0, never];
    assert_eq!([0.0, 0.25, 0.5, 0.6, 1.0].map(|p| quantile(&days, p)), [4.0, 5.0, 6.0, never, never].map(Some));
    let many: Vec<f64> = (0..100).map(|i| if i < 92 { f64::from(i) } else { never }).collect();
    let p90 = quantile_interval(&many, 0.9, 0.95).expect("data");
    assert_eq!((p90.lower, p90.upper), (83.0, never));
    assert_eq!(quantile_standard_error(&many, 0.9), Some(never));
    assert!(quantile_standard_error(&many, 0.5).expect("data").is_finite());
}

#[test]
fn ranks_and_exact_coverage_are_the_known_ones() {
    for case in cases_like(FILE, "quantile-ci-", 18) {
        let (id, expected) = (&case["id"], &case["expected"]);
        let (n, p) = (number(&case["inputs"]["n"]) as usize, number(&case["inputs"]["p"]));
        let found = enclosing_ranks(n, p, number(&case["inputs"]["confidence"]));
        assert_eq!(found.lower.map(|rank| rank as u64), expected["lower_rank"].as_u64(), "{id}");
        assert_eq!(found.upper.map(|rank| rank as u64), expected["upper_rank"].as_u64(), "{id}");
        close(found.coverage, &expected["exact_coverage"], 1e-10, format_args!("coverage of {id}"));
    }
}

#[test]
fn an_end_that_the_data_cannot_give_is_infinite() {
    let few = quantile_interval(&[1.0, 2.0, 3.0], 0.95, 0.95).expect("data");
    assert_eq!((few.lower, few.upper), (2.0, f64::INFINITY));
    let median = quantile_interval(&[1.0, 2.0, 3.0], 0.5, 0.95).expect("data");
    assert_eq!((median.lower, median.upper, median.estimate), (f64::NEG_INFINITY, f64::INFINITY, 2.0));
    assert_eq!(quantile_interval(&[], 0.5, 0.95), None);
    assert_eq!((smallest_n_with_upper_bound(0.95, 0.95), smallest_n_with_upper_bound(0.5, 0.5)), (59, 1));
}

#[test]
fn the_simulation_noise_of_a_quantile_is_what_it_says() {
    // The 90 % quantile of 400 exponentials, 2,000 times: its own standard deviation against the mean estimate of it.
    let (exponential, key) = (Distribution::exponential_with_mean(1.0).expect("fine"), StreamKey::new(1, "a", "b", "c"));
    let (mut found, mut said) = (Vec::new(), Vec::new());
    for replication in 0..2000 {
        let mut values = vec![0.0; 400];
        exponential.sample_into(&mut key.stream(replication, 0, 0), &mut values);
        let values = sorted(&values);
        found.push(quantile_sorted(&values, 0.9, Definition::default()).expect("data"));
        said.push(quantile_standard_error(&values, 0.9).expect("data"));
    }
    let sd = convoysim::stats::variance(&found).expect("data").sqrt();
    let mean = convoysim::stats::mean(&said).expect("data");
    assert!((mean / sd - 1.0).abs() < 0.1, "standard error {mean} for a standard deviation of {sd}");
}
