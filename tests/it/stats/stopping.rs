//! When there are enough replications.

use convoysim::stats::Tally;
use convoysim::stats::stopping::{Plan, Precision, replications_expected};
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
