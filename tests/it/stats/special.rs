//! Quantiles of the classic distributions and Kolmogorov's statistic.

use convoysim::stats::special::{
    chi_squared_cdf, chi_squared_quantile, f_cdf, f_quantile, kolmogorov_cdf, kolmogorov_critical, normal_cdf, normal_quantile,
    student_t_cdf, student_t_quantile,
};

use super::fixture::{case, cases_like, close, number, numbers};

const FILE: &str = "stats_intervals";

#[test]
fn quantiles_of_t_are_the_known_ones() {
    let case = case(FILE, "t-quantiles");
    let (probabilities, freedoms) = (numbers(&case["inputs"]["p"]), numbers(&case["inputs"]["df"]));
    for (df, row) in freedoms.iter().zip(case["expected"].as_array().expect("one row for each df")) {
        for (p, expected) in probabilities.iter().zip(numbers(row)) {
            close(student_t_quantile(*p, *df), expected, 1e-10, format_args!("t {p} with {df} df"));
            close(student_t_cdf(expected, *df), *p, 1e-12, format_args!("cdf of t at {expected} with {df} df"));
            close(student_t_cdf(-expected, *df), 1.0 - p, 1e-10, format_args!("lower tail of t with {df} df"));
        }
    }
    assert_eq!(student_t_quantile(0.5, 7.0), 0.0);
    close(student_t_quantile(0.3, 4.0), -student_t_quantile(0.7, 4.0), 1e-14, "t is symmetric");
}

#[test]
fn quantiles_of_the_normal_are_the_known_ones() {
    let case = case(FILE, "normal-quantiles");
    for (p, expected) in numbers(&case["inputs"]["p"]).into_iter().zip(numbers(&case["expected"])) {
        close(normal_quantile(p), expected, 1e-14, format_args!("normal {p}"));
        close(normal_cdf(expected), p, 1e-12, format_args!("normal cdf at {expected}"));
    }
    assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(normal_quantile(-0.1).is_nan());
}

#[test]
fn the_normal_quantile_is_the_inverse_of_the_cdf_everywhere() {
    for exponent in 1..300 {
        let p = libm::exp10(f64::from(-exponent));
        close(normal_cdf(normal_quantile(p)), p, 2e-13 * f64::from(exponent), format_args!("p = {p:e}"));
    }
}

#[test]
fn quantiles_of_chi_squared_are_the_known_ones() {
    let case = case(FILE, "chi2-quantiles");
    let inputs = case["inputs"].as_array().expect("pairs");
    for (input, expected) in inputs.iter().zip(numbers(&case["expected"])) {
        let (p, df) = (number(&input[0]), number(&input[1]));
        close(chi_squared_quantile(p, df), expected, 1e-10, format_args!("chi² {p} with {df} df"));
        close(chi_squared_cdf(expected, df), p, 1e-12, format_args!("cdf of chi² with {df} df"));
    }
}

#[test]
fn quantiles_of_f_are_the_known_ones() {
    let case = case(FILE, "F-quantiles");
    let inputs = case["inputs"].as_array().expect("triples");
    for (input, expected) in inputs.iter().zip(numbers(&case["expected"])) {
        let (p, above, below) = (number(&input[0]), number(&input[1]), number(&input[2]));
        close(f_quantile(p, above, below), expected, 1e-10, format_args!("F {p} with {above}, {below} df"));
        close(f_cdf(expected, above, below), p, 1e-12, format_args!("cdf of F with {above}, {below} df"));
    }
}

#[test]
fn critical_values_of_kolmogorov_are_the_known_ones() {
    for case in cases_like(FILE, "dkw-", 12) {
        let (n, alpha) = (number(&case["inputs"]["n"]) as usize, number(&case["inputs"]["alpha"]));
        let expected = &case["expected"]["kolmogorov_exact_critical"];
        // From n = 1,000 on the fixture holds an asymptotic expansion, right to 7 digits: see the next test.
        let tolerance = if n < 1000 { 1e-10 } else { 1e-7 };
        close(kolmogorov_critical(n, alpha), expected, tolerance, format_args!("{}", case["id"]));
    }
}

#[test]
fn a_critical_value_of_kolmogorov_for_a_thousand_is_exact() {
    // At this d the probability was computed once in 40-digit arithmetic, with the matrices of Marsaglia, Tsang and
    // Wang: it is 0.9 to 14 digits. At the fixture's 0.03853304260042531 it is 0.9 + 1.8e-9.
    close(kolmogorov_critical(1000, 0.1), 0.038_533_042_484_932_58, 1e-12, "n = 1000");
    close(kolmogorov_cdf(1000, 0.038_533_042_600_425_31), 0.9 + 1.787_949_279_1e-9, 1e-12, "n = 1000");
}

#[test]
fn kolmogorov_at_its_ends() {
    assert_eq!((kolmogorov_cdf(0, 0.5), kolmogorov_cdf(10, 0.0), kolmogorov_cdf(10, 1.0)), (0.0, 0.0, 1.0));
    // One value: D = max(u, 1 - u), so P(D < d) = 2d - 1.
    close(kolmogorov_cdf(1, 0.75), 0.5, 1e-12, "n = 1");
    close(kolmogorov_critical(1, 0.5), 0.75, 1e-12, "n = 1");
    let (exact, bound) = (kolmogorov_critical(4000, 0.05), kolmogorov_critical(4001, 0.05));
    assert!(exact < bound && bound < 1.003 * exact, "{exact} and {bound} on both sides of the limit");
}
