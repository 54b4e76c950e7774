//! Means and variances to the last certified digits.

use convoysim::stats::batch::lag1_autocorrelation;
use convoysim::stats::{Tally, mean, skewness, too_skewed_for_t, variance};
use serde_json::Value;

use super::fixture::{case, cases, close, number, numbers};

/// The data of a case of NIST's, some of which are given as a recipe.
fn data(case: &Value) -> Vec<f64> {
    let alternating = |first: f64, low: f64, high: f64| {
        let pairs = (0..500).flat_map(|_| [low, high]);
        std::iter::once(first).chain(pairs).collect()
    };
    match case["id"].as_str().expect("cases have names") {
        "nist-NumAcc2" => alternating(1.2, 1.1, 1.3),
        "nist-NumAcc3" => alternating(1_000_000.2, 1_000_000.1, 1_000_000.3),
        "nist-PiDigits" => {
            let mut digits = digits_of_pi(5000);
            // The published data have one wrong digit, and the certified values belong to it.
            assert_eq!(digits[956], 8.0);
            digits[956] = 3.0;
            digits
        }
        _ => numbers(&case["inputs"]["data"]),
    }
}

/// The first decimal digits of π, after Rabinowitz and Wagon, "A spigot algorithm for the digits of π" (1995).
fn digits_of_pi(count: usize) -> Vec<f64> {
    let mut remainders = vec![2_u64; count * 10 / 3 + 20];
    let mut digits: Vec<u64> = Vec::new();
    while digits.len() < count + 5 {
        let mut carry = 0;
        for i in (1..remainders.len()).rev() {
            let value = remainders[i] * 10 + carry * (i as u64 + 1);
            let below = 2 * i as u64 + 1;
            remainders[i] = value % below;
            carry = value / below;
        }
        let value = remainders[0] * 10 + carry;
        remainders[0] = value % 10;
        digits.push(value / 10);
        // A digit of 10 carries into those before it.
        for i in (0..digits.len()).rev() {
            if digits[i] < 10 {
                break;
            }
            digits[i] -= 10;
            digits[i - 1] += 1;
        }
    }
    digits.into_iter().take(count).map(|digit| digit as f64).collect()
}

/// How many digits agree; 15 where all do, as in NIST's certificates.
fn digits(found: f64, certified: f64) -> f64 {
    let error = ((found - certified) / certified).abs();
    if error == 0.0 { 15.0 } else { (-libm::log10(error)).min(15.0) }
}

#[test]
fn moments_have_the_digits_that_nist_certifies() {
    let cases = cases("nist_strd_univariate");
    assert_eq!(cases.len(), 6);
    for case in cases {
        let (id, data) = (&case["id"], data(&case));
        assert_eq!(data.len(), case["n"].as_u64().expect("a count") as usize, "{id}");
        let found = [
            ("mean", mean(&data), &case["expected"]["mean"]),
            ("sd", variance(&data).map(f64::sqrt), &case["expected"]["sd"]),
            ("lag1", lag1_autocorrelation(&data), &case["expected"]["lag1_autocorrelation"]),
        ];
        for (name, found, certified) in found {
            let found = found.expect("there are data");
            let (right, wanted) = (digits(found, number(certified)), number(&case["required_LRE"][name]));
            assert!(right >= wanted, "{name} of {id}: {right:.1} digits of {wanted}, {found} for {certified}");
        }
        let tally: Tally = data.iter().copied().collect();
        let found = tally.variance().expect("there are data").sqrt();
        assert!(digits(found, number(&case["expected"]["sd"])) >= 8.0, "one pass over {id}: sd {found}");
    }
}

#[test]
fn a_large_mean_does_not_swallow_the_variance() {
    let case = case("stats_intervals", "variance-cancellation");
    let data = numbers(&case["inputs"]["data"]);
    let tally: Tally = data.iter().copied().collect();
    for (mean, variance) in [(mean(&data), variance(&data)), (tally.mean(), tally.variance())] {
        assert_eq!(mean.expect("data"), number(&case["expected"]["mean"]));
        assert_eq!(variance.expect("data"), number(&case["expected"]["sample_variance"]));
    }
}

#[test]
fn parts_merge_into_the_whole() {
    let case = case("output_analysis", "merge-partials");
    let parts = case["inputs"]["parts"].as_array().expect("parts");
    let mut merged = Tally::default();
    for part in parts {
        merged.merge(&numbers(part).into_iter().collect());
    }
    let whole: Vec<f64> = parts.iter().flat_map(numbers).collect();
    let at_once: Tally = whole.iter().copied().collect();
    for tally in [merged, at_once] {
        let expected = &case["expected"];
        assert_eq!(tally.n() as f64, number(&expected["n"]));
        close(tally.mean().expect("data"), &expected["mean"], 1e-12, "mean");
        close(tally.variance().expect("data"), &expected["variance"], 1e-12, "variance");
        close(tally.skewness().expect("data"), &expected["skewness_g1"], 1e-12, "skewness");
        close(tally.excess_kurtosis().expect("data"), &expected["kurtosis_excess_g2"], 1e-12, "kurtosis");
        assert_eq!((tally.minimum(), tally.maximum()), (Some(-1.0), Some(10.0)));
    }
    close(skewness(&whole).expect("data"), &case["expected"]["skewness_g1"], 1e-12, "skewness of a list");
}

#[test]
fn without_data_there_is_no_number() {
    let empty = Tally::default();
    assert_eq!((mean(&[]), variance(&[]), variance(&[1.0])), (None, None, None));
    assert_eq!((empty.mean(), empty.variance(), empty.minimum(), empty.maximum()), (None, None, None, None));
    assert_eq!((empty.skewness(), empty.excess_kurtosis(), skewness(&[]), skewness(&[2.0, 2.0])), (None, None, None, None));
    assert_eq!(mean(&[1.0, f64::INFINITY]), Some(f64::INFINITY));
}

#[test]
fn skewed_output_is_warned_of() {
    assert!(too_skewed_for_t(20, 1.0));
    assert!(!too_skewed_for_t(25, 1.0));
    assert!(!too_skewed_for_t(2, 0.0));
}
