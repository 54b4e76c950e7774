//! Ranking and selection against known answers.

use convoysim::stats::select::{Boundary, KimNelson, dudewicz_dalal_h, nelson_matejcik, ocba, rinott_h, second_stage};
use proptest::prelude::*;
use serde_json::Value;

use super::fixture::{case, close, number, numbers};

const FILE: &str = "ranking_selection";

fn inputs(case: &Value) -> impl Iterator<Item = (usize, usize, f64)> {
    let of = |one: &Value| (number(&one["k"]) as usize, number(&one["n0"]) as usize, number(&one["P_star"]));
    case["inputs"].as_array().expect("a list").iter().map(of).collect::<Vec<_>>().into_iter()
}

#[test]
fn constants_of_rinott_and_of_dudewicz_and_dalal_are_the_known_ones() {
    for (name, h) in [("rinott-h", rinott_h as fn(usize, usize, f64) -> f64), ("dudewicz-dalal-h", dudewicz_dalal_h)] {
        let case = case(FILE, name);
        for ((k, n, confidence), known) in inputs(&case).zip(numbers(&case["expected"])) {
            close(h(k, n, confidence), known, 1e-7, format_args!("{name} for k = {k}, n0 = {n}, P* = {confidence}"));
        }
    }
}

#[test]
fn second_stages_are_the_known_ones() {
    let case = case(FILE, "rinott-second-stage");
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let variances = numbers(&inputs["first_stage_variances"]);
    let first = number(&inputs["n0"]) as usize;
    let h = rinott_h(variances.len(), first, number(&inputs["P_star"]));
    close(h, &expected["h"], 1e-7, "h");
    let n: Vec<f64> = variances.iter().map(|variance| second_stage(first, h, *variance, number(&inputs["delta"])) as f64).collect();
    assert_eq!(n, numbers(&expected["N"]));
    assert_eq!(second_stage(20, 2.0, 0.0, 1.0), 20, "never below the first stage");
}

#[test]
fn boundaries_of_kim_and_nelson_are_the_known_ones() {
    let case = case(FILE, "kn-constants");
    for (input, known) in case["inputs"].as_array().expect("a list").iter().zip(case["expected"].as_array().expect("a list")) {
        let (k, n, alpha) = (number(&input["k"]) as usize, number(&input["n0"]) as usize, number(&input["alpha"]));
        let (common, independent) = (Boundary::common(k, n, alpha), Boundary::independent(k, n, alpha));
        close(common.eta, &known["eta"], 1e-10, "η");
        close(common.h2, &known["h2"], 1e-10, "h²");
        close(independent.eta, &known["eta_independent"], 1e-10, "η, independent");
        close(independent.h2, &known["h2_independent"], 1e-10, "h², independent");
    }
}

#[test]
fn kim_and_nelson_screen_when_they_should() {
    let case = case(FILE, "kn-trace");
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let systems: Vec<Vec<f64>> = inputs["observations"].as_array().expect("systems").iter().map(numbers).collect();
    let first = number(&inputs["n0"]) as usize;
    let stage: Vec<Vec<f64>> = systems.iter().map(|values| values[..first].to_vec()).collect();
    let boundary = Boundary::common(systems.len(), first, number(&inputs["alpha"]));
    close(boundary.h2, &expected["h2"], 1e-10, "h²");
    let mut selection = KimNelson::begin(&stage, number(&inputs["delta"]), boundary);
    for (pair, known) in expected["S2"].as_object().expect("pairs") {
        let (i, l) = pair.split_once(',').expect("two systems");
        let [i, l] = [i, l].map(|text| text.parse::<usize>().expect("a number") - 1);
        close(selection.variances[i][l], known, 1e-10, format_args!("S² of {pair}"));
    }
    let bounds: Vec<f64> = (0..systems.len()).map(|system| selection.bound_of(system) as f64).collect();
    assert_eq!(bounds, numbers(&expected["N_i"]));
    assert_eq!(selection.ends_by(), 521);
    while selection.selected().is_none() {
        let r = selection.replications();
        let next: Vec<f64> = selection.survivors().iter().map(|system| systems[*system][r]).collect();
        selection.add(&next);
    }
    let known = expected["eliminations"].as_array().expect("a list").iter();
    let known: Vec<(usize, usize)> = known.map(|one| (number(&one["eliminated"]) as usize - 1, number(&one["at_r"]) as usize)).collect();
    assert_eq!(selection.eliminated, known);
    assert_eq!(selection.selected().map(|system| system as f64 + 1.0), Some(number(&expected["selected"])));
    assert_eq!(selection.replications() as f64, number(&expected["final_r"]));
}

#[test]
fn equal_systems_end_after_the_first_stage_with_the_first() {
    let same = vec![vec![3.0, 5.0, 4.0]; 3];
    let selection = KimNelson::begin(&same, 0.5, Boundary::common(3, 3, 0.05));
    assert_eq!((selection.selected(), selection.ends_by(), selection.survivors().len()), (Some(0), 3, 3));
}

#[test]
fn a_budget_is_shared_as_chen_says() {
    let case = case(FILE, "ocba");
    let (means, variances) = (numbers(&case["inputs"]["means"]), numbers(&case["inputs"]["variances"]));
    let shares = ocba(&means, &variances).expect("one is best");
    for (share, known) in shares.iter().zip(numbers(&case["expected"]["fractions"])) {
        close(*share, known, 1e-10, "share");
    }
    assert_eq!((ocba(&[1.0, 1.0], &[1.0, 1.0]), ocba(&[1.0], &[1.0])), (None, None));
}

/// Runs a selection over rows of observations until it ends, or the rows do; what was screened out when, and who is in.
fn run(rows: &[[f64; 3]], delta: f64) -> (Vec<(usize, usize)>, Vec<usize>) {
    let stage: Vec<Vec<f64>> = (0..3).map(|system| rows[..5].iter().map(|row| row[system]).collect()).collect();
    let mut selection = KimNelson::begin(&stage, delta, Boundary::common(3, 5, 0.1));
    for row in &rows[5..] {
        if selection.selected().is_some() {
            break;
        }
        let next: Vec<f64> = selection.survivors().iter().map(|system| row[*system]).collect();
        selection.add(&next);
    }
    (selection.eliminated.clone(), selection.survivors().to_vec())
}

proptest! {
    #[test]
    fn another_unit_or_another_order_selects_the_same(rows in prop::collection::vec(prop::array::uniform3(-8.0_f64..8.0), 12..40), delta in 0.5_f64..4.0) {
        let plain = run(&rows, delta);
        let doubled: Vec<[f64; 3]> = rows.iter().map(|row| row.map(|value| 2.0 * value)).collect();
        prop_assert_eq!(&run(&doubled, 2.0 * delta), &plain);
        // Systems 0, 1, 2 become 2, 0, 1.
        let turned: Vec<[f64; 3]> = rows.iter().map(|[a, b, c]| [*b, *c, *a]).collect();
        let place = |system: usize| (system + 2) % 3;
        let (mut eliminated, mut survivors) = plain;
        eliminated.iter_mut().for_each(|(system, _)| *system = place(*system));
        eliminated.sort_by_key(|(system, at)| (*at, *system));
        survivors.iter_mut().for_each(|system| *system = place(*system));
        survivors.sort_unstable();
        prop_assert_eq!(run(&turned, delta), (eliminated, survivors));
    }

    #[test]
    fn at_most_one_is_sure_to_be_best_and_somebody_may_be(rows in prop::collection::vec(prop::array::uniform3(-8.0_f64..8.0), 3..9)) {
        let systems: Vec<Vec<f64>> = (0..3).map(|system| rows.iter().map(|row| row[system]).collect()).collect();
        let found = nelson_matejcik(&systems, 0.9).expect("three systems");
        prop_assert!(found.systems.iter().filter(|one| one.lower == 0.0).count() <= 1);
        prop_assert!(found.systems.iter().any(|one| one.upper > 0.0));
    }
}
