//! `convoysim best` as its users meet it.

use super::compare::case;
use super::run::{Case, text};
use serde_json::Value;
use std::fs;

/// Twenty infirm and twenty others, a near clinic for thirty and a far depot. With both groups at the clinic a late infirm person may find
/// no bed.
pub(super) const SHARED_CLINIC: &str = r#"
[scenario]
name = "Shared clinic"
start = "2026-03-02T06:00"
utc_offset = "+03:00"
horizon = "20 d"

[[site]]
id = "alpha"
detainees = { infirm = 20, general = 20 }
boarding = { bays = 1, per_person = "1 min" }
unfit = { share = 0.0017, back_after = "30 h" }

[[facility]]
id = "clinic"
accepts = ["infirm", "general"]
beds = 30
intake = { bays = 1, per_person = { dist = "exponential", mean = "1 min" } }

[[facility]]
id = "depot"
accepts = ["general"]
beds = 40
intake = { bays = 1, per_person = "1 min" }

[[buses]]
id = "coaches"
count = 2
seats = 10
home = "alpha"

[[route]]
id = "to-clinic"
mode = "land"
from = "alpha"
to = "clinic"
priority = 1
path = [{ leg = "near", distance = "60 km", speed = "60 km/h" }]
buses = { fleet = "coaches", per_convoy = 1 }

[[route]]
id = "to-depot"
like = "to-clinic"
to = "depot"
classes = ["general"]
priority = 2
path = [{ leg = "far", distance = "300 km", speed = "60 km/h" }]
"#;

fn selection(case: &Case, args: &[&str], code: i32) -> (Value, String) {
    let end = case.convoysim(&[&["best"], args, &["--json"]].concat()).code(code);
    let object = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    let words = case.convoysim(&[&["best"], args].concat()).code(code);
    (object, text(&words.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn the_best_of_three_is_selected_with_its_promise() {
    let case = case();
    let files = ["slow.toml", "fast.toml", "case.toml"];
    let args = [&["best"], &files[..], &["--delta", "20 min", "-n", "2000"]].concat();
    let end = case.convoysim(&args).code(0);
    let said = text(&end.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("fast is selected. If the best of those that always complete is at least 0.014 days ahead of all others"),
        "{said}"
    );
    let selections: Vec<Value> = ["1", "3"]
        .map(|threads| {
            let end = case.convoysim(&[&args[..], &["--json", "--threads", threads]].concat()).code(0);
            serde_json::from_slice(&end.get_output().stdout).expect("one JSON object")
        })
        .into();
    assert_eq!(selections[0], selections[1]);
    assert_eq!((&selections[0]["schema"], &selections[0]["selected"]), (&"convoysim.best/1".into(), &"fast".into()));
    let end = case.convoysim(&["best", "case.toml", "slow.toml", "--delta", "1 s", "-n", "20"]).code(20);
    assert!(text(&end.get_output().stdout).contains("Not decided") || text(&end.get_output().stdout).contains("is selected"));
}

#[test]
fn a_plan_that_rarely_deadlocks_is_not_selected_over_one_that_always_completes() {
    // Both groups go to the clinic: quick, but in three of a hundred runs an infirm person found unfit comes back to beds that others took.
    let case = Case::new(SHARED_CLINIC);
    let apart = "extends = \"case.toml\"\n[[route]]\nid = \"to-clinic\"\nclasses = [\"infirm\"]\n";
    fs::write(case.path("apart.toml"), apart).expect("a file");
    for seed in ["1", "2", "3", "4", "5", "6"] {
        let (found, said) = selection(&case, &["case.toml", "apart.toml", "--delta", "2 h", "-n", "2000", "--seed", seed], 0);
        assert_eq!(found["selected"], "apart", "seed {seed}: {said}");
        assert_eq!(found["scenarios"][0]["standing"], "not_compared");
        assert!(said.contains("case cannot be selected: ") && said.contains("did not finish (95% CI of the share: "), "{said}");
        let completion = &found["completion"];
        assert!(completion["not_completed_at_most"].as_f64().is_some_and(|bound| bound <= 0.01), "{completion}");
        // As many runs as it takes to see one of a hundred, of both scenarios together: ln(0.025 / 2) / ln 0.99.
        assert_eq!(completion["replications"], 437);
    }
    let (few, said) = selection(&case, &["apart.toml", "apart.toml", "--delta", "2 h", "-n", "30"], 20);
    assert_eq!(few["completion"]["settled"], false);
    assert!(said.contains("always completes is not settled with 30 runs: up to 14 of 100 may not."), "{said}");
}

#[test]
fn neither_of_two_equal_plans_is_crowned() {
    let (found, said) = selection(&case(), &["case.toml", "copy.toml", "slow.toml", "--delta", "20 min", "-n", "500"], 0);
    assert_eq!(found["within_delta"], serde_json::json!(["case", "copy"]));
    assert_eq!(found["scenarios"][1]["behind_selected"], serde_json::json!([0.0, 0.0]));
    assert_eq!(found["scenarios"][2]["standing"], "behind");
    assert!(said.contains("No single best: case and copy are within 0.014 days of each other."), "{said}");
}

#[test]
fn a_faster_plan_that_worsens_what_must_not_worsen_is_not_selected() {
    let case = case();
    let limits = "[compare]\ndays_to_completion = \"20 min\"\nescort_hours = \"1 h\"\nmust_not_worsen = [\"escort_hours\"]\n";
    fs::write(case.path("base.toml"), format!("extends = \"case.toml\"\n{limits}")).expect("a file");
    // Received faster, but with twice the escorts: the constraint decides before the days do.
    let tiring = "[[facility]]\nid = \"receiving\"\nintake = { bays = 3 }\n[[route]]\nid = \"road\"\n\
                  escorts = { per_convoy = 12 }\n[[escorts]]\nid = \"armoured\"\ncount = 24\n";
    fs::write(case.path("tiring.toml"), format!("extends = \"case.toml\"\n{tiring}")).expect("a file");
    let (free, _) = selection(&case, &["case.toml", "tiring.toml", "--delta", "20 min", "-n", "500"], 0);
    assert_eq!(free["selected"], "tiring", "without a constraint the days alone decide");
    let (found, said) = selection(&case, &["base.toml", "tiring.toml", "-n", "500"], 0);
    assert_eq!((&found["selected"], found["delta"].as_f64()), (&"base".into(), Some(20.0 / 1440.0)));
    let tiring = &found["scenarios"][1];
    assert_eq!((&tiring["feasible"], &tiring["breaks"][0]["response"]), (&false.into(), &"escort_hours".into()));
    assert!(tiring["breaks"][0]["difference"][0].as_f64() > Some(0.0));
    assert!(said.contains("tiring breaks the constraint: escort hours +"), "{said}");
    assert!(said.contains("base is selected: no other scenario can be."), "{said}");
}

#[test]
fn a_plan_whose_runs_do_not_all_finish_is_behind_every_plan_whose_runs_do() {
    let case = case();
    let late = "[[scenario]]\n".replace("[[scenario]]", "[scenario]") + "horizon = \"12 h\"\n";
    fs::write(case.path("late.toml"), format!("extends = \"slow.toml\"\n{late}")).expect("a file");
    let (found, said) = selection(&case, &["late.toml", "case.toml", "fast.toml", "--delta", "20 min", "-n", "500"], 0);
    assert_eq!(found["selected"], "fast");
    let first = &found["scenarios"][0];
    assert!(first["not_completed"].as_u64() > Some(0) && first["mean"].is_null() && first["standing"] == "not_compared", "{first:#}");
    assert!(said.contains("late cannot be selected:") && said.contains("did not finish"), "{said}");
    let (found, _) = selection(&case, &["late.toml", "late.toml", "--delta", "20 min", "-n", "20"], 20);
    assert_eq!((&found["end"], &found["selected"]), (&"none_completes".into(), &Value::Null));
}

#[test]
fn without_a_stated_difference_the_indifference_zone_must_be_given() {
    let case = case();
    let end = case.convoysim(&["best", "case.toml", "fast.toml"]).code(2);
    assert!(text(&end.get_output().stderr).contains("--delta is missing"));
}
