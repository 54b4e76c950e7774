//! The continuous families against the known answers, their refusals, and changes of unit.

use convoysim::random::{Distribution, DistributionError};
use serde_json::Value;

use crate::stats::fixture::{self, close, numbers};

/// The distribution that a case of the fixture describes; nothing for whole numbers.
pub(super) fn of_case(case: &Value) -> Option<Distribution> {
    let input = |name: &str| case["inputs"][name].as_f64().expect("inputs are numbers");
    let made = match case["id"].as_str().expect("cases have names") {
        "exponential" => Distribution::exponential_with_mean(input("mean")),
        "gamma" => Distribution::gamma_shape_mean(input("shape"), input("shape") * input("scale")),
        "erlang" => Distribution::erlang_shape_mean(input("k") as u32, input("mean")),
        "weibull" => Distribution::weibull_shape_scale(input("shape"), input("scale")),
        "lognormal-mean-cv" => Distribution::lognormal_mean_cv(input("mean"), input("cv")),
        "triangular" => Distribution::triangular(input("min"), input("mode"), input("max")),
        "pert" => Distribution::pert(input("min"), input("mode"), input("max")),
        "uniform" => Distribution::uniform(input("a"), input("b")),
        "truncated-normal" => Distribution::normal_truncated_at_zero(input("mu"), input("sigma")),
        "poisson" | "binomial" | "neg-binomial" | "geometric-from-1" => return None,
        other => panic!("no distribution for {other}"),
    };
    Some(made.expect("the fixture's parameters make sense"))
}

#[test]
fn moments_quantiles_density_and_cdf_are_the_known_ones() {
    let mut checked = 0;
    for case in fixture::cases("distributions") {
        let Some(distribution) = of_case(&case) else { continue };
        let (id, expected) = (&case["id"], &case["expected"]);
        close(distribution.mean(), &expected["mean"], 1e-9, format_args!("mean of {id}"));
        close(distribution.variance(), &expected["variance"], 1e-9, format_args!("variance of {id}"));
        let quantiles = &expected["quantiles"];
        for (p, x) in numbers(&quantiles["p"]).into_iter().zip(numbers(&quantiles["x"])) {
            close(distribution.quantile(p), x, 1e-9, format_args!("quantile {p} of {id}"));
        }
        let cdf = &expected["cdf"];
        let points = numbers(&cdf["x"]).into_iter().zip(numbers(&cdf["F"])).zip(numbers(&expected["pdf"]));
        for ((x, probability), density) in points {
            close(distribution.cdf(x), probability, 1e-9, format_args!("cdf of {id} at {x}"));
            let found = distribution.density(x).expect("these families have a density");
            close(found, density, 1e-9, format_args!("density of {id} at {x}"));
        }
        checked += 1;
    }
    assert_eq!(checked, 9);
}

/// One of each family, with parameters that reach every branch of the samplers.
pub(super) fn families() -> Vec<(&'static str, Distribution)> {
    let made = [
        ("uniform", Distribution::uniform(8.0, 16.0)),
        ("triangular", Distribution::triangular(4.0, 6.0, 12.0)),
        ("pert", Distribution::pert(30.0, 45.0, 60.0)),
        ("beta", Distribution::beta(0.5, 3.0)),
        ("lognormal", Distribution::lognormal_median_sigma(10.0, 0.4)),
        ("exponential", Distribution::exponential_with_mean(12.5)),
        ("gamma", Distribution::gamma_shape_mean(2.5, 10.0)),
        ("small gamma", Distribution::gamma_shape_mean(0.4, 10.0)),
        ("erlang 2", Distribution::erlang_shape_mean(2, 30.0)),
        ("erlang 4", Distribution::erlang_shape_mean(4, 30.0)),
        ("erlang 40", Distribution::erlang_shape_mean(40, 30.0)),
        ("weibull", Distribution::weibull_shape_mean(1.7, 20.0)),
        ("normal", Distribution::normal_truncated_at_zero(10.0, 6.0)),
        ("far normal", Distribution::normal_truncated_at_zero(-20.0, 4.0)),
        ("discrete", Distribution::discrete(&[7.0, 5.0, 6.0], &[0.2, 0.3, 0.5])),
        ("empirical", Distribution::empirical(&[3.0, 9.5, 1.25, 4.0, 4.0, 17.0, 6.5])),
    ];
    made.map(|(name, made)| (name, made.expect("these parameters make sense"))).to_vec()
}

#[test]
fn quantile_and_cdf_are_inverse() {
    for (name, distribution) in families() {
        for p in [1e-9, 0.001, 0.2, 0.5, 0.77, 0.999, 1.0 - 1e-9] {
            let back = distribution.cdf(distribution.quantile(p));
            if distribution.density(distribution.mean()).is_some() {
                assert!((back - p).abs() <= 1e-13, "{name}: cdf of quantile {p} is {back}");
            } else {
                assert!(back >= p, "{name}: cdf of quantile {p} is {back}");
            }
        }
        assert_eq!(distribution.quantile(0.0), distribution.minimum(), "{name}");
        assert_eq!(distribution.quantile(1.0), distribution.maximum(), "{name}");
        assert!(distribution.quantile(1.5).is_nan(), "{name}");
    }
}

#[test]
fn a_change_of_unit_scales_values_and_leaves_shapes() {
    for (name, minutes) in families() {
        let seconds = minutes.scaled(64.0);
        assert_eq!(seconds.mean(), 64.0 * minutes.mean(), "{name}");
        assert_eq!(seconds.minimum(), 64.0 * minutes.minimum(), "{name}");
        assert_eq!(seconds.cdf(64.0 * minutes.mean()), minutes.cdf(minutes.mean()), "{name}");
        assert_eq!(minutes.scaled(1.0), minutes, "{name}");
        assert_eq!(minutes.scaled(0.0).is_constant(), Some(0.0), "{name}");
    }
}

#[test]
fn a_distribution_without_spread_is_a_constant() {
    let constants = [
        Distribution::constant(3.0),
        Distribution::uniform(3.0, 3.0),
        Distribution::triangular(3.0, 3.0, 3.0),
        Distribution::pert(3.0, 3.0, 3.0),
        Distribution::lognormal_median_sigma(3.0, 0.0),
        Distribution::lognormal_mean_cv(3.0, 0.0),
        Distribution::normal_truncated_at_zero(3.0, 0.0),
        Distribution::discrete(&[1.0, 3.0], &[0.0, 2.0]),
        Distribution::empirical(&[3.0, 3.0]),
        Distribution::empirical(&[3.0]),
    ];
    for constant in constants {
        let constant = constant.expect("no spread is allowed");
        assert_eq!(constant.is_constant(), Some(3.0));
        assert_eq!((constant.mean(), constant.variance()), (3.0, 0.0));
        assert_eq!((constant.cdf(2.9), constant.cdf(3.0), constant.quantile(0.4)), (0.0, 1.0, 3.0));
    }
    assert!(families().iter().all(|(_, distribution)| distribution.is_constant().is_none()));
}

#[test]
fn a_discrete_distribution_joins_what_belongs_together() {
    let buses = Distribution::discrete(&[7.0, 5.0, 6.0], &[2.0, 3.0, 5.0]).expect("makes sense");
    close(buses.mean(), 5.9, 1e-12, "mean");
    close(buses.variance(), 0.49, 1e-12, "variance");
    assert_eq!((buses.minimum(), buses.maximum()), (5.0, 7.0));
    assert_eq!([0.0, 0.3, 0.31, 0.8, 0.81].map(|p| buses.quantile(p)), [5.0, 5.0, 6.0, 6.0, 7.0]);
}

#[test]
fn nonsense_is_refused_in_words_that_say_what_is_right() {
    let message = |made: Result<Distribution, DistributionError>| made.expect_err("nonsense").to_string();
    let cases = [
        (Distribution::triangular(4.0, 3.0, 8.0), "the triangular distribution has min 4 above mode 3; give min ≤ mode ≤ max"),
        (Distribution::uniform(4.0, 3.0), "the uniform distribution has min 4 above max 3; give min ≤ max"),
        (Distribution::exponential_with_mean(-1.0), "mean of the exponential distribution is -1, but must be above 0 and finite"),
        (Distribution::erlang_shape_mean(0, 1.0), "shape of the erlang distribution is 0, but must be a whole number of at least 1"),
        (Distribution::lognormal_mean_cv(1.0, f64::NAN), "cv of the lognormal distribution is NaN, but must be at least 0 and finite"),
        (
            Distribution::normal_truncated_at_zero(-5.0, 0.0),
            "mean of the normal distribution is -5, but must be at least 0, or not many standard deviations below it",
        ),
        (
            Distribution::discrete(&[1.0, 2.0], &[1.0]),
            "the discrete distribution has 2 values but 1 weights; give one weight for each value",
        ),
        (Distribution::discrete(&[1.0], &[0.0]), "all weights of the discrete distribution are 0; give at least one above 0"),
        (Distribution::empirical(&[]), "the empirical distribution has no values; give at least one"),
    ];
    for (made, expected) in cases {
        assert_eq!(message(made), expected);
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Distribution::constant(bad).is_err());
        assert!(Distribution::uniform(0.0, bad).is_err());
        assert!(Distribution::triangular(bad, 1.0, 2.0).is_err());
        assert!(Distribution::pert(0.0, bad, 2.0).is_err());
        assert!(Distribution::beta(1.0, bad).is_err());
        assert!(Distribution::gamma_shape_mean(bad, 1.0).is_err());
        assert!(Distribution::weibull_shape_scale(1.0, bad).is_err());
        assert!(Distribution::weibull_shape_mean(bad, 1.0).is_err());
        assert!(Distribution::lognormal_median_sigma(bad, 1.0).is_err());
        assert!(Distribution::empirical(&[1.0, bad]).is_err());
    }
    assert!(Distribution::weibull_shape_mean(0.001, 1.0).is_err());
}
