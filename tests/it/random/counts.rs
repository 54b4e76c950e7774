//! The whole-number families against the known answers.

use convoysim::random::CountDistribution;
use serde_json::Value;

use crate::stats::fixture::{self, close, numbers};

/// The distribution that a case of the fixture describes; nothing for real numbers.
pub(super) fn of_case(case: &Value) -> Option<CountDistribution> {
    let input = |name: &str| case["inputs"][name].as_f64().expect("inputs are numbers");
    let made = match case["id"].as_str().expect("cases have names") {
        "poisson" => CountDistribution::poisson(input("mean")),
        "binomial" => CountDistribution::binomial(input("n") as u64, input("p")),
        "neg-binomial" => CountDistribution::negative_binomial(input("mean"), input("dispersion_k")),
        "geometric-from-1" => CountDistribution::geometric_from_1(input("p")),
        _ => return None,
    };
    Some(made.expect("the fixture's parameters make sense"))
}

#[test]
fn moments_quantiles_probabilities_and_cdf_are_the_known_ones() {
    let mut checked = 0;
    for case in fixture::cases("distributions") {
        let Some(distribution) = of_case(&case) else { continue };
        let (id, expected) = (&case["id"], &case["expected"]);
        close(distribution.mean(), &expected["mean"], 1e-9, format_args!("mean of {id}"));
        close(distribution.variance(), &expected["variance"], 1e-9, format_args!("variance of {id}"));
        let quantiles = &expected["quantiles"];
        for (p, x) in numbers(&quantiles["p"]).into_iter().zip(numbers(&quantiles["x"])) {
            assert_eq!(distribution.quantile(p) as f64, x, "quantile {p} of {id}");
        }
        let cdf = &expected["cdf"];
        let points = numbers(&cdf["x"]).into_iter().zip(numbers(&cdf["F"])).zip(numbers(&expected["pmf"]));
        for ((x, upto), exactly) in points {
            close(distribution.cdf(x as u64), upto, 1e-9, format_args!("cdf of {id} at {x}"));
            close(distribution.probability(x as u64), exactly, 1e-9, format_args!("probability of {x} in {id}"));
        }
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn the_ends_of_the_parameters_work() {
    let certain = CountDistribution::geometric_from_1(1.0).expect("a sure success");
    assert_eq!((certain.quantile(0.5), certain.cdf(0), certain.probability(1)), (1, 0.0, 1.0));
    let never = CountDistribution::binomial(5, 0.0).expect("no success");
    assert_eq!((never.quantile(0.999), never.probability(0)), (0, 1.0));
    let always = CountDistribution::binomial(5, 1.0).expect("all succeed");
    assert_eq!((always.quantile(0.001), always.probability(5), always.probability(6)), (5, 1.0, 0.0));
    let many = CountDistribution::poisson(1e9).expect("many");
    assert!((many.quantile(0.5) as f64 - 1e9).abs() < 2.0);
    assert!(CountDistribution::poisson(0.0).is_err());
    assert!(CountDistribution::binomial(1, 1.1).is_err());
    assert!(CountDistribution::negative_binomial(1.0, f64::NAN).is_err());
    assert!(CountDistribution::geometric_from_1(0.0).is_err());
}
