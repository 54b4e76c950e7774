//! Time-weighted statistics, batches, resampling, variance reduction.

use convoysim::random::StreamKey;
use convoysim::stats::batch::{batch_interval, batch_means, lag1_autocorrelation, von_neumann_ratio};
use convoysim::stats::quantile::quantile;
use convoysim::stats::reduction::{control_variate, pair_means, stratified_variance};
use convoysim::stats::resample::{Bootstrap, Jackknife};
use convoysim::stats::{Flow, TimeWeighted, mean, mean_interval, utilization, variance};
use serde_json::Value;

use super::fixture::{case, cases, close, number, numbers};

const FILE: &str = "output_analysis";

#[test]
fn every_case_of_the_file_is_checked_here_or_with_the_moments() {
    assert_eq!(cases(FILE).len(), 8);
}

fn changes(list: &Value) -> Vec<(f64, f64)> {
    list.as_array().expect("changes").iter().map(|pair| (number(&pair[0]), number(&pair[1]))).collect()
}

#[test]
fn time_weights_what_holds_for_a_while() {
    let case = case(FILE, "time-weighted");
    let whole = TimeWeighted::new(&changes(&case["inputs"]["changes_time_value"]), number(&case["inputs"]["end"]));
    for (name, seen) in [("whole", whole.clone()), ("window_2_to_8", whole.between(2.0, 8.0))] {
        let expected = &case["expected"][name];
        let check = |found: Option<f64>, what: &str| {
            close(found.expect("time passed"), &expected[what], 1e-12, format_args!("{what}, {name}"));
        };
        check(seen.average(), "time_average");
        check(seen.variance(), "time_weighted_variance");
        check(seen.maximum(), "maximum");
        check(seen.minimum(), "minimum");
        let states = expected["time_in_state"].as_object().expect("states");
        let found = seen.time_at_values();
        assert_eq!(found.len(), states.len());
        for (value, time) in found {
            close(time, &states[&value.to_string()], 1e-12, format_args!("time at {value}, {name}"));
        }
        for (p, key) in [(0.5, "q0.5"), (0.9, "q0.9")] {
            let found = seen.quantile(p).expect("time passed");
            assert_eq!(found, number(&expected["time_weighted_quantiles"][key]), "{key}, {name}");
        }
    }
}

#[test]
fn no_time_has_no_average() {
    let nothing = TimeWeighted::new(&[(3.0, 7.0)], 3.0);
    assert_eq!((nothing.average(), nothing.variance(), nothing.quantile(0.5)), (None, None, None));
    assert_eq!((nothing.minimum(), nothing.maximum(), nothing.duration()), (None, None, 0.0));
    assert_eq!(utilization(&nothing, &nothing), None);
}

#[test]
#[should_panic(expected = "time goes back")]
fn time_does_not_go_back() {
    let _ = TimeWeighted::new(&[(3.0, 1.0), (2.0, 2.0)], 5.0);
}

#[test]
fn utilization_is_a_ratio_of_integrals() {
    let case = case(FILE, "utilization-changing-capacity");
    let end = number(&case["inputs"]["end"]);
    let [busy, available] = ["busy_changes", "capacity_changes"].map(|name| TimeWeighted::new(&changes(&case["inputs"][name]), end));
    assert_eq!(busy.integral(), number(&case["expected"]["busy_unit_time"]));
    assert_eq!(available.integral(), number(&case["expected"]["available_unit_time"]));
    assert_eq!(utilization(&busy, &available), Some(number(&case["expected"]["utilization"])));
}

#[test]
fn the_clock_and_the_stays_agree() {
    let case = case(FILE, "little-law-identity");
    let [arrivals, services] = ["arrivals", "services"].map(|name| numbers(&case["inputs"][name]));
    let mut free = 0.0_f64;
    let departures: Vec<f64> = arrivals
        .iter()
        .zip(&services)
        .map(|(arrival, service)| {
            free = free.max(*arrival) + service;
            free
        })
        .collect();
    let expected = &case["expected"];
    assert_eq!(departures, numbers(&expected["departures"]));
    let flow = Flow::of_stays(&arrivals, &departures, 0.0).expect("somebody came");
    close(flow.area, &expected["area_under_N"], 1e-12, "area");
    close(flow.mean_present, &expected["L"], 1e-12, "L");
    close(flow.arrival_rate, &expected["lambda_"], 1e-12, "λ");
    close(flow.mean_stay, &expected["W"], 1e-12, "W");
    assert!(flow.is_consistent());
    assert!(!Flow { mean_stay: 2.9, ..flow }.is_consistent());
    assert_eq!(Flow::of_stays(&[], &[], 0.0), None);
}

#[test]
fn batches_make_nearly_independent_numbers() {
    let case = case(FILE, "batch-means");
    let (series, batches) = (numbers(&case["inputs"]["series"]), number(&case["inputs"]["batches"]) as usize);
    let expected = &case["expected"];
    let means = batch_means(&series, batches);
    for (found, expected) in means.iter().zip(numbers(&expected["batch_means"])) {
        close(*found, expected, 1e-12, "batch mean");
    }
    let interval = batch_interval(&series, batches, number(&case["inputs"]["confidence"])).expect("data");
    close(interval.estimate, &expected["mean"], 1e-12, "mean");
    close(interval.half_width(), &expected["half_width"], 1e-10, "half-width");
    let lag1 = lag1_autocorrelation(&series).expect("spread");
    close(lag1, &expected["lag1_autocorrelation"], 1e-10, "autocorrelation");
    let ratio = von_neumann_ratio(&means).expect("spread");
    close(ratio, &expected["von_neumann_ratio_batches"], 1e-10, "von Neumann's ratio");
    assert_eq!(batch_means(&[9.0, 1.0, 3.0, 5.0, 7.0], 2), [2.0, 6.0], "the remainder at the start is left out");
    assert_eq!((lag1_autocorrelation(&[2.0, 2.0]), von_neumann_ratio(&[])), (None, None));
}

fn average(data: &[f64]) -> f64 {
    mean(data).expect("data")
}

fn median(data: &[f64]) -> f64 {
    quantile(data, 0.5).expect("data")
}

#[test]
fn all_resamples_of_four_values_give_the_exact_bootstrap() {
    let case = case(FILE, "bootstrap-exact");
    let (data, expected) = (numbers(&case["inputs"]["data"]), &case["expected"]);
    let of_all = |statistic: fn(&[f64]) -> f64| {
        let digits = |mut code: usize| {
            [0; 4].map(|_| {
                let value = data[code % 4];
                code /= 4;
                value
            })
        };
        let all: Vec<f64> = (0..256).map(|code| statistic(&digits(code))).collect();
        // The exact distribution divides by n, a sample of resamples by n - 1.
        let exact = (variance(&all).expect("data") * 255.0 / 256.0).sqrt();
        (Bootstrap::new(statistic(&data), &all, 4), exact)
    };
    let (bootstrap, error) = of_all(average);
    assert_eq!(bootstrap.replicates.len() as f64, number(&expected["n_resamples"]));
    close(error, &expected["bootstrap_se_mean"], 1e-10, "standard error of the mean");
    close(of_all(median).1, &expected["bootstrap_se_median"], 1e-10, "standard error of the median");
    close(bootstrap.share_below(), &expected["P_bootstrap_mean_below_estimate"], 1e-12, "share below");
    close(bootstrap.bias_correction(), &expected["bca_z0"], 1e-10, "z0");
    let jackknife = Jackknife::run(&data, average).expect("data");
    close(jackknife.standard_error(), &expected["jackknife_se_mean"], 1e-10, "jackknife");
    close(jackknife.acceleration(), &expected["bca_acceleration"], 1e-10, "acceleration");

    let mut stream = StreamKey::new(1, "bootstrap", "test", "four values").stream(0, 0, 0);
    let sampled = Bootstrap::run(&data, 20_000, &mut stream, average).expect("data");
    close(sampled.standard_error().expect("data"), &expected["bootstrap_se_mean"], 0.02, "sampled bootstrap");
}

#[test]
fn bca_corrects_a_skewed_statistic_and_keeps_a_symmetric_one() {
    // Replicates -50 to 50 around an estimate of 0: no bias, and without acceleration the plain percentiles.
    let replicates: Vec<f64> = (-50..=50).map(f64::from).collect();
    let even = Bootstrap::new(0.25, &replicates[..], 9);
    let (percentile, bca) = (even.percentile(0.9).expect("data"), even.bca(0.0, 0.9).expect("data"));
    assert_eq!((percentile.lower, percentile.upper), (-45.0, 45.0));
    assert!((bca.lower + 45.0).abs() < 1.1 && (bca.upper - 45.0).abs() < 1.1, "{bca}");
    let skewed = even.bca(0.1, 0.9).expect("data");
    assert!(skewed.lower > bca.lower && skewed.upper > bca.upper, "{skewed} against {bca}");
    let outside = Bootstrap::new(99.0, &replicates, 9);
    assert_eq!(outside.bca(0.1, 0.9), outside.percentile(0.9), "nothing to correct by");
    assert_eq!(Jackknife { replicates: vec![1.0, 1.0] }.acceleration(), 0.0);
    assert_eq!((Jackknife::run(&[1.0], average), Bootstrap::new(1.0, &[], 1).percentile(0.9)), (None, None));
}

#[test]
fn variance_reduction_of_exp_u_is_what_the_books_say() {
    let case = case(FILE, "variance-reduction-exp-U");
    let expected = &case["expected"];
    let mut stream = StreamKey::new(1, "exp U", "test", "integral").stream(0, 0, 0);
    let uniforms: Vec<f64> = (0..400_000).map(|_| stream.uniform()).collect();
    let values: Vec<f64> = uniforms.iter().map(|u| libm::exp(*u)).collect();
    let opposites: Vec<f64> = uniforms.iter().map(|u| libm::exp(1.0 - u)).collect();
    let crude = mean_interval(&values, 0.9999).expect("data");
    assert!(crude.contains(number(&expected["mean"])), "{crude:.5}");
    // A variance from 400,000 values has a relative standard error of at most 0.3 % here: four of them.
    close(variance(&values).expect("data"), &expected["var_crude"], 0.012, "crude");
    let pairs = pair_means(&values, &opposites);
    close(variance(&pairs).expect("data"), &expected["var_antithetic_pair_mean"], 0.012, "antithetic");
    let controlled = control_variate(&values, &uniforms, 0.5, 0.9999).expect("data");
    let control = &expected["control_variate_U"];
    close(controlled.coefficient, &control["optimal_beta"], 0.002, "coefficient");
    close(controlled.residual_variance, &control["residual_var"], 0.012, "control");
    assert!(controlled.interval.contains(number(&expected["mean"])), "{:.6}", controlled.interval);
    assert!(controlled.interval.half_width() < crude.half_width() / 7.0);

    let strata = &expected["stratified_k_equal_strata_one_each"];
    let k = number(&strata["k"]) as usize;
    let per_stratum = values.len() / k;
    let stratified: Vec<Vec<f64>> = (0..k)
        .map(|stratum| {
            let within = &uniforms[stratum * per_stratum..][..per_stratum];
            within.iter().map(|u| libm::exp((stratum as f64 + u) / k as f64)).collect()
        })
        .collect();
    let of_one_each = stratified_variance(&stratified).expect("data") * per_stratum as f64;
    close(of_one_each, &strata["var_of_estimator"], 0.012, "stratified");
    assert_eq!(stratified_variance(&[vec![1.0]]), None);
}

#[test]
fn a_control_variate_follows_lavenberg_and_welch() {
    let case = case(FILE, "control-variate-regression");
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let (values, controls) = (numbers(&inputs["y"]), numbers(&inputs["c"]));
    let known = number(&inputs["known_mean_c"]);
    let found = control_variate(&values, &controls, known, number(&inputs["confidence"])).expect("data");
    close(found.coefficient, &expected["beta"], 1e-10, "coefficient");
    close(found.interval.estimate, &expected["estimate"], 1e-10, "estimate");
    close(found.standard_error, &expected["std_error"], 1e-10, "standard error");
    close(found.interval.half_width(), &expected["half_width"], 1e-10, "half-width");
    assert_eq!(control_variate(&values, &[1.0; 6], 1.0, 0.95), None, "a control without spread controls nothing");
    assert_eq!(control_variate(&values[..2], &controls[..2], known, 0.95), None);
}
