//! When there are enough replications.

use convoysim::stats::stopping::{Found, Plan, Precision, Rounds, Sequence, Stop, replications_expected};
use convoysim::stats::{Estimand, Interval, Tally};
use serde_json::Value;

use super::fixture::{case, close, number, numbers};

const FILE: &str = "stats_intervals";

fn precision(rule: &Value) -> Precision {
    match rule["type"].as_str().expect("rules have types") {
        "relative" => Precision::Relative(number(&rule["gamma"])),
        "absolute" => Precision::Absolute(number(&rule["beta"])),
        other => panic!("no rule {other}"),
    }
}

#[test]
fn the_three_rules_stop_where_they_should() {
    let case = case(FILE, "sequential-stopping");
    let (inputs, stream) = (&case["inputs"], numbers(&case["inputs"]["stream"]));
    let plan = Plan { minimum: number(&inputs["n0"]) as usize, round: 1, level: number(&inputs["confidence"]) };
    for (rule, expected) in inputs["rules"].as_array().expect("rules").iter().zip(case["expected"].as_array().expect("stops")) {
        let n = plan.stops_at(&stream, precision(rule)).expect("precise enough in the end");
        assert_eq!(n as f64, number(&expected["N"]), "{rule}");
        let tally: Tally = stream[..n].iter().copied().collect();
        let interval = tally.interval(plan.level).expect("data");
        close(interval.estimate, &expected["mean"], 1e-12, format_args!("mean at the stop of {rule}"));
        close(interval.half_width(), &expected["half_width"], 1e-10, format_args!("half-width of {rule}"));
        let limit = precision(rule).limit(interval.estimate);
        close(limit, &expected["limit"], 1e-12, format_args!("limit of {rule}"));
        let margin = 1.0 - interval.half_width() / limit;
        close(margin, &expected["margin"], 1e-7, format_args!("margin of {rule}"));
    }
}

#[test]
fn decisions_fall_at_the_ends_of_rounds() {
    let stream = numbers(&case(FILE, "sequential-stopping")["inputs"]["stream"]);
    let plan = Plan { minimum: 10, round: 50, level: 0.95 };
    assert_eq!(plan.stops_at(&stream, Precision::Absolute(1.5)), Some(160));
    assert_eq!(plan.stops_at(&stream, Precision::Absolute(0.01)), None);
    assert!(!plan.looks_at(9) && plan.looks_at(10) && !plan.looks_at(59) && plan.looks_at(60));
    assert_eq!(plan.stops_at(&[1.0; 30], Precision::Relative(0.1)), Some(10));
    assert_eq!(plan.stops_at(&[0.0, 1.0, -1.0].repeat(100), Precision::Relative(0.1)), None);
}

#[test]
fn a_pilot_tells_roughly_how_many() {
    let case = case(FILE, "law-bank-relative-precision");
    let pilot: Tally = numbers(&case["inputs"]["data"]).into_iter().collect();
    let level = number(&case["inputs"]["confidence"]);
    let relative = Precision::Relative(number(&case["inputs"]["relative_error"]));
    let expected = &case["expected"];
    let interval = pilot.interval(level).expect("data");
    close(interval.half_width() / interval.estimate, &expected["half_width_over_mean"], 1e-10, "half-width over mean");
    close(relative.limit(1.0), &expected["gamma_adjusted"], 1e-12, "adjusted gamma");
    let how_many = |precision| replications_expected(&pilot, precision, level, 1000).map(|n| n as f64);
    assert_eq!(how_many(relative), Some(number(&expected["n_r_star"])));
    assert_eq!(how_many(Precision::Absolute(0.25)), Some(number(&expected["n_a_star_beta_0_25"])));
    assert_eq!(how_many(Precision::Absolute(0.001)), None);
}

/// The ends at which a procedure looks while nothing is precise enough.
fn ends(at_most: usize) -> Vec<usize> {
    let mut sequence = Sequence::new(Rounds::up_to(at_most));
    let mut ends = vec![sequence.end()];
    while sequence.look(Found::NotYet).is_none() {
        ends.push(sequence.end());
    }
    ends
}

#[test]
fn rounds_end_at_fixed_numbers() {
    assert_eq!(ends(100), [30, 40, 50, 60, 70, 80, 90, 100]);
    assert_eq!(ends(45), [30, 40, 45]);
    let many = ends(10_000);
    assert_eq!(many.last(), Some(&10_000));
    assert!(many.windows(2).all(|pair| pair[1] - pair[0] <= (pair[0] / 20).max(10)));
}

#[test]
fn a_single_lucky_look_does_not_stop_a_procedure() {
    let mut sequence = Sequence::new(Rounds::up_to(1_000));
    let looks = [Found::Enough, Found::NotYet, Found::Enough, Found::Enough];
    let stops: Vec<(usize, Option<Stop>)> = looks.iter().map(|found| (sequence.end(), sequence.look(*found))).collect();
    assert_eq!(stops, [(30, None), (40, None), (50, None), (60, Some(Stop::Reached))]);
}

#[test]
fn a_procedure_ends_where_no_more_is_allowed_or_nothing_would_help() {
    let mut sequence = Sequence::new(Rounds::up_to(40));
    assert_eq!((sequence.look(Found::NotYet), sequence.look(Found::NotYet)), (None, Some(Stop::AtMost)));
    let mut sequence = Sequence::new(Rounds::up_to(40));
    assert_eq!((sequence.look(Found::NotYet), sequence.look(Found::Enough)), (None, Some(Stop::Reached)));
    assert_eq!(Sequence::new(Rounds::up_to(1_000)).look(Found::Never), Some(Stop::Never));
}

#[test]
fn an_interval_with_one_far_end_is_not_precise() {
    let lopsided = Interval::new(10.0, 9.9, 11.0, 0.95, 50);
    assert!(!Precision::Absolute(0.6).is_met_by(&lopsided), "half the width would do, one end is further away");
    assert!(Precision::Absolute(1.0).is_met_by(&lopsided));
    assert!(!Precision::Absolute(1e9).is_met_by(&Interval::new(10.0, 9.0, f64::INFINITY, 0.95, 5)));
    assert!(!Precision::Relative(0.5).is_met_by(&Interval::new(f64::INFINITY, 9.0, f64::INFINITY, 0.95, 5)));
}

#[test]
fn estimands_take_the_interval_that_belongs_to_them() {
    let values: Vec<f64> = (1..=100).map(f64::from).collect();
    let mean = Estimand::Mean.interval(&values, 0.95).expect("a mean");
    assert!(mean.is_symmetric() && mean.estimate == 50.5);
    // With B binomial(100, 0.8): P(B <= 71) = 0.020 and P(B <= 72) = 0.034, P(B <= 87) = 0.9747 and P(B <= 88) = 0.987.
    let p80 = Estimand::Quantile(0.8).interval(&values, 0.95).expect("a quantile");
    assert_eq!((p80.lower, p80.upper), (72.0, 89.0));
    let share = Estimand::ShareAtLeast(91.0).interval(&values, 0.95).expect("a share");
    assert_eq!(share.estimate, 0.1);
    assert_eq!(Estimand::ShareAtMost(10.0).interval(&values, 0.95), Some(share));
}

#[test]
fn one_value_that_was_never_reached_loses_the_mean_but_not_the_quantile() {
    let mut values: Vec<f64> = (1..=99).map(f64::from).collect();
    values.push(f64::INFINITY);
    assert!(Estimand::Mean.is_lost(&values) && Estimand::Mean.interval(&values, 0.95).is_none());
    assert!(!Estimand::Quantile(0.5).is_lost(&values) && Estimand::Quantile(0.5).interval(&values, 0.95).is_some());
    assert!(Estimand::Quantile(0.5).interval(&[1.0, f64::INFINITY, f64::INFINITY], 0.95).is_none());
}
