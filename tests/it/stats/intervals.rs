//! Intervals for means, probabilities and counts.

use convoysim::stats::proportion::{agresti_coull, clopper_pearson, jeffreys, wald, wilson};
use convoysim::stats::special::student_t_quantile;
use convoysim::stats::{Interval, Tally, band, count, mean, mean_interval, prediction_interval, variance};

use super::fixture::{case, cases_like, close, number, numbers};

const FILE: &str = "stats_intervals";

#[test]
fn intervals_of_means_are_the_known_ones() {
    let mut cases = cases_like(FILE, "t-ci-", 10);
    cases.extend(cases_like(FILE, "law-bank-", 4));
    // These two say other things and are checked elsewhere.
    cases.retain(|case| case["id"] != "t-ci-degenerate" && case["id"] != "law-bank-relative-precision");
    assert_eq!(cases.len(), 12);
    for case in cases {
        let (id, expected) = (&case["id"], &case["expected"]);
        let (data, level) = (numbers(&case["inputs"]["data"]), number(&case["inputs"]["confidence"]));
        let n = data.len() as f64;
        let variance = variance(&data).expect("data");
        close(variance, &expected["sample_variance"], 1e-12, format_args!("variance of {id}"));
        close((variance / n).sqrt(), &expected["std_error"], 1e-12, format_args!("standard error of {id}"));
        let t = student_t_quantile((1.0 + level) / 2.0, n - 1.0);
        close(t, &expected["t_critical"], 1e-10, format_args!("t of {id}"));
        let tally: Tally = data.iter().copied().collect();
        for interval in [mean_interval(&data, level), tally.interval(level)] {
            let interval = interval.expect("data");
            assert_eq!((interval.n as f64, interval.level), (number(&expected["n"]), level));
            close(interval.estimate, &expected["mean"], 1e-12, format_args!("mean of {id}"));
            close(interval.half_width(), &expected["half_width"], 1e-10, format_args!("half-width of {id}"));
            close(interval.lower, &expected["lower"], 1e-10, format_args!("lower end of {id}"));
            close(interval.upper, &expected["upper"], 1e-10, format_args!("upper end of {id}"));
        }
    }
}

#[test]
fn degenerate_data_give_no_false_certainty() {
    let case = case(FILE, "t-ci-degenerate");
    let lists: Vec<Vec<f64>> = case["inputs"]["cases"].as_array().expect("lists").iter().map(numbers).collect();
    assert_eq!((mean(&lists[0]), mean_interval(&lists[0], 0.95)), (Some(7.5), None));
    assert_eq!((mean(&lists[1]), mean_interval(&lists[1], 0.95)), (None, None));
    let constant = mean_interval(&lists[2], 0.95).expect("three values");
    assert_eq!((constant.estimate, constant.half_width()), (3.0, 0.0));
    assert_eq!(mean_interval(&[1.0, f64::INFINITY], 0.95), None);
    assert_eq!(prediction_interval(&[1.0], 0.95), None);
}

#[test]
fn one_more_run_is_less_sure_than_the_mean() {
    let data = [5.2, 4.8, 5.6, 5.1];
    let (mean, one) = (mean_interval(&data, 0.9).expect("data"), prediction_interval(&data, 0.9).expect("data"));
    close(one.half_width(), mean.half_width() * 5.0_f64.sqrt(), 1e-12, "√(1 + 1/4) against √(1/4)");
}

#[test]
fn intervals_of_proportions_are_the_known_ones() {
    for case in cases_like(FILE, "prop-", 14) {
        let input = |name: &str| number(&case["inputs"][name]);
        let (successes, n, level) = (input("successes") as usize, input("n") as usize, input("confidence"));
        type Method = fn(usize, usize, f64) -> Option<Interval>;
        let methods: [(&str, Method); 5] = [
            ("wald", wald),
            ("wilson", wilson),
            ("agresti_coull", agresti_coull),
            ("clopper_pearson", clopper_pearson),
            ("jeffreys", jeffreys),
        ];
        for (name, method) in methods {
            let (id, expected) = (&case["id"], &case["expected"]);
            let found = method(successes, n, level).expect("there are trials");
            assert_eq!(found.estimate, number(&expected["estimate"]));
            close(found.lower, &expected[name][0], 1e-10, format_args!("lower {name} of {id}"));
            close(found.upper, &expected[name][1], 1e-10, format_args!("upper {name} of {id}"));
            assert_eq!(method(0, 0, level), None);
        }
    }
}

#[test]
fn intervals_of_counts_are_the_known_ones() {
    for case in cases_like(FILE, "poisson-", 5) {
        let input = |name: &str| number(&case["inputs"][name]);
        let found = count::garwood(input("count") as u64, 1, input("confidence"));
        close(found.lower, &case["expected"][0], 1e-10, format_args!("lower {}", case["id"]));
        close(found.upper, &case["expected"][1], 1e-10, format_args!("upper {}", case["id"]));
        assert!(found.contains(input("count")));
    }
}

#[test]
fn bands_around_a_distribution_function_are_the_known_ones() {
    for case in cases_like(FILE, "dkw-", 12) {
        let (n, alpha) = (number(&case["inputs"]["n"]) as usize, number(&case["inputs"]["alpha"]));
        let found = band::dkw_half_width(n, alpha);
        close(found, &case["expected"]["dkw_massart_epsilon"], 1e-10, format_args!("{}", case["id"]));
        assert!(band::exact_half_width(n, alpha) < found);
    }
    let values = [1.0, 2.0, 2.0, f64::INFINITY];
    assert_eq!([0.5, 1.0, 2.0, 1e300].map(|x| band::empirical_cdf(&values, x)), [0.0, 0.25, 0.75, 0.75]);
}

#[test]
fn an_interval_reads_well() {
    let interval = Interval::symmetric(4.2, 0.31, 0.975, 30);
    assert_eq!(interval.to_string(), "4.20 ± 0.31 (97.5 %, n = 30)");
    assert_eq!(format!("{:.0}", interval.map(|days| 24.0 * days)), "101 ± 7 (97.5 %, n = 30)");
    let open = Interval::new(9.0, 7.5, f64::INFINITY, 0.95, 30);
    assert_eq!(open.to_string(), "9.00 [7.50, inf] (95 %, n = 30)");
    assert!(interval.is_symmetric() && !open.is_symmetric());
    assert!(interval.contains(4.5) && !interval.contains(4.52));
}
