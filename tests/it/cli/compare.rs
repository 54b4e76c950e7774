//! `convoysim compare` and `diff` as their users meet them.

use super::run::{Case, files, text, varying};
use serde_json::Value;
use std::fs;

/// The varying golden run with variants beside it.
pub(super) fn case() -> Case {
    let case = Case::new(&varying());
    let add = |name: &str, changes: &str| fs::write(case.path(name), format!("extends = \"case.toml\"\n{changes}")).expect("a file");
    add("copy.toml", "[scenario]\nname = \"The same under another name\"\n");
    add("fast.toml", "[[facility]]\nid = \"receiving\"\nintake = { bays = 3 }\n");
    add("slow.toml", "[[crossing]]\nid = \"border\"\nlanes = 1\n");
    add(
        "both.toml",
        "[[facility]]\nid = \"receiving\"\nintake = { bays = 2 }\n[[crossing]]\nid = \"border\"\nlanes = 4\n[[escorts]]\nid = \"armoured\"\ncount = 13\n",
    );
    case
}

fn compared(case: &Case, args: &[&str]) -> Value {
    let end = case.convoysim(&[&["compare", "case.toml"], args, &["--json"]].concat()).code(0);
    serde_json::from_slice(&end.get_output().stdout).expect("one JSON object")
}

/// The mean of days to completion in the contrast with a variant.
fn days(comparison: &Value, variant: usize) -> Value {
    let first = comparison["variants"][variant]["responses"][0].clone();
    assert_eq!(first["response"], "days_to_completion");
    first
}

#[test]
fn a_copy_under_another_name_differs_by_exactly_nothing_in_every_pair() {
    let case = case();
    let end = case.convoysim(&["compare", "case.toml", "copy.toml", "-n", "30", "--out", "same", "--gate"]).code(0);
    assert!(text(&end.get_output().stdout).ends_with("copy changes nothing that is compared: all 30 pairs are the same in both.\n"));
    let pairs = fs::read_to_string(case.path("same/pairs.csv")).expect("a table");
    let mut rows = pairs.lines();
    assert_eq!(rows.next(), Some("pair,scenario,metric,base,variant,diff"));
    let rows: Vec<&str> = rows.collect();
    assert!(rows.len() >= 30 * 6 && rows.iter().all(|row| row.ends_with(",0")), "{pairs}");
}

#[test]
fn the_comparison_is_the_same_on_any_number_of_threads_and_in_the_folder() {
    let case = case();
    let written: Vec<_> = ["1", "2", "3"]
        .map(|threads| {
            let args = ["compare", "case.toml", "fast.toml", "slow.toml", "-n", "100", "--threads", threads, "--out", threads, "--json"];
            let end = case.convoysim(&args).code(0);
            let printed: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
            assert_eq!(printed["schema"], "convoysim.compare/1");
            assert_eq!(printed, case.json(&format!("{threads}/comparison.json")));
            files(&case.path(threads))
        })
        .into();
    let names: Vec<&str> = written[0].keys().map(String::as_str).collect();
    let mut expected: Vec<String> = [".convoysim", "comparison.json", "manifest.json", "pairs.csv"].map(String::from).into();
    let pictures = ["paired-1", "paired-2", "scenarios"];
    expected.extend(pictures.iter().flat_map(|name| ["png", "svg"].map(|ending| format!("charts/{name}.{ending}"))));
    expected.sort();
    assert_eq!(names, expected);
    assert!(written.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn the_gate_tells_worse_from_better() {
    let case = case();
    for (variant, code) in [("fast.toml", 0), ("slow.toml", 22)] {
        case.convoysim(&["compare", "case.toml", variant, "-n", "40", "-q", "--gate"]).code(code);
        case.convoysim(&["compare", "case.toml", variant, "-n", "40", "-q"]).code(0);
    }
    // What is left open does not pass either: two pairs resolve nothing.
    case.convoysim(&["compare", "case.toml", "both.toml", "-n", "2", "-q", "--gate"]).code(22);
}

#[test]
fn common_random_numbers_narrow_the_interval() {
    let case = case();
    let width = |comparison: &Value| {
        let ends = days(comparison, 0)["figures"][0]["interval"].clone();
        ends[1].as_f64().expect("an end") - ends[0].as_f64().expect("an end")
    };
    let ratio = |comparison: &Value| days(comparison, 0)["pairing"]["variance_ratio"].as_f64().expect("both vary");
    let common = compared(&case, &["slow.toml", "-n", "60"]);
    let independent = compared(&case, &["slow.toml", "-n", "60", "--no-crn"]);
    assert!(ratio(&common) < 0.2, "{common:#}");
    assert!(ratio(&independent) > 0.5, "{independent:#}");
    assert!(width(&common) < 0.5 * width(&independent));
    assert_eq!((&common["common_random_numbers"], &independent["common_random_numbers"]), (&true.into(), &false.into()));
}

#[test]
fn what_each_change_contributes_adds_up_to_the_difference() {
    let case = case();
    let split = compared(&case, &["both.toml", "-n", "20", "--split"])["variants"][0].clone();
    let number = |value: &Value| value["difference"].as_f64().expect("a number");
    let parts = split["split"]["parts"].as_array().expect("parts");
    let names: Vec<&str> = parts.iter().map(|part| part["changes"].as_str().expect("a path")).collect();
    assert_eq!(names, ["facility.receiving.intake.bays", "crossing.border.lanes", "escorts.armoured.count"]);
    let total = number(&split["split"]["total"]);
    assert!((parts.iter().map(number).sum::<f64>() - total).abs() < 1e-9);
    assert_eq!(total, number(&split["responses"][0]["figures"][0]));
    assert_eq!(number(&parts[2]), 0.0, "a spare escort changes nothing");
}

#[test]
fn a_scenario_in_between_that_is_not_valid_stops_the_split_before_anything_runs() {
    let case = case();
    // More buses a convoy than the old fleet has: the one change needs the other.
    let changes =
        "[[buses]]\nid = \"coaches\"\ncount = 20\n[[route]]\nid = \"road\"\nbuses = { per_convoy = 14 }\nescorts = { per_convoy = 4 }\n";
    fs::write(case.path("larger.toml"), format!("extends = \"case.toml\"\n{changes}")).expect("a file");
    let end = case.convoysim(&["compare", "case.toml", "larger.toml", "-n", "5", "--split", "--out", "out"]).code(10);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("--split: with only route.road.buses.per_convoy changed"), "{said}");
    assert!(!case.path("out").exists());
}

#[test]
fn runs_that_do_not_complete_leave_the_mean_open() {
    let case = case();
    let comparison = compared(&case, &["slow.toml", "-n", "30", "--set", "scenario.horizon=\"17 h\""]);
    let first = days(&comparison, 0);
    // Both have runs that do not complete within 17 h, and too few pairs in which just one of them does.
    assert!(first["figures"][0]["difference"].is_null() && first["figures"][0]["verdict"] == "not resolved", "{first:#}");
    let censored = ["base", "variants"].map(|side| {
        let of = if side == "base" { &comparison["base"] } else { &comparison["variants"][0]["variant"] };
        of["censored"].as_u64().expect("a number")
    });
    assert!(0 < censored[1] && censored[0] < 30, "{censored:?}");
    let end =
        case.convoysim(&["compare", "case.toml", "slow.toml", "-n", "30", "-q", "--set", "scenario.horizon=\"17 h\"", "--gate"]).code(22);
    let said = text(&end.get_output().stdout);
    assert!(said.contains("completes more often is not resolved") && said.contains("do not complete, so the mean"), "{said}");
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    let case = case();
    for (args, words) in [
        (&["compare", "case.toml", "fast.toml", "--response", "days"][..], "no response \"days\""),
        (&["best", "case.toml", "fast.toml", "--delta", "soon"], "--delta is \"soon\""),
        (&["best", "case.toml", "fast.toml", "--delta", "0 d"], "must be above 0"),
        (&["best", "case.toml", "fast.toml", "--delta", "1", "--response", "convoys"], "neither more nor less"),
        (&["best", "case.toml", "fast.toml", "--delta", "1 d", "--confidence", "2"], "--confidence is 2"),
        (&["best", "case.toml", "--delta", "1 d"], "2 values"),
        (&["compare", "case.toml"], "VARIANT"),
    ] {
        let end = case.convoysim(args).code(2);
        let said = text(&end.get_output().stderr);
        assert!(said.contains(words) && end.get_output().stdout.is_empty(), "{args:?}: {said}");
    }
    case.convoysim(&["compare", "case.toml", "gone.toml"]).code(10);
    case.convoysim(&["diff", "case.toml", "gone.toml"]).code(10);
}

#[test]
fn diff_names_each_value_and_who_wrote_it() {
    let case = case();
    let end = case.convoysim(&["diff", "case.toml", "slow.toml"]).code(0);
    insta::assert_snapshot!(text(&end.get_output().stdout));
    let end = case.convoysim(&["diff", "case.toml", "copy.toml", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    assert_eq!(object["schema"], "convoysim.diff/1");
    let changes = object["changes"].as_array().expect("a list");
    assert!(changes.len() == 1 && changes[0]["path"] == "scenario.name" && changes[0]["matters"] == false, "{object:#}");
}

#[test]
fn pairs_go_on_until_the_difference_is_known() {
    let case = case();
    let until = ["--until", "mean(days_to_completion) +- 4 min", "--out", "until"];
    let known = compared(&case, &[&["fast.toml", "slow.toml"][..], &until].concat());
    for variant in 0..2 {
        let precision = &known["variants"][variant]["precision"];
        // Two variants, one condition each, both with 95 %.
        assert_eq!((&precision["reached"], &precision["level_each"]), (&true.into(), &0.975.into()), "{precision}");
        assert!(precision["conditions"][0]["half_width"].as_f64().is_some_and(|half_width| half_width <= 4.0 / 1440.0));
    }
    let pairs = known["variants"][0]["pairs"].as_u64().expect("a number");
    assert!(pairs >= 40 && known["requested"] == pairs, "two looks at least");
    assert_eq!(case.json("until/manifest.json")["until"]["conditions"][0], "mean(days_to_completion) +- 4 min");
    let fixed = compared(&case, &["fast.toml", "slow.toml", "-n", &pairs.to_string()]);
    assert_eq!(fixed["variants"][1]["responses"], known["variants"][1]["responses"]);
}

#[test]
fn pairs_that_do_not_suffice_end_with_20_and_a_hint() {
    let case = case();
    let args = ["compare", "case.toml", "slow.toml", "--until", "mean(days_to_completion) +- 1 s", "--at-most", "40"];
    let end = case.convoysim(&args).code(20);
    let said = text(&end.get_output().stdout);
    assert!(said.contains("not reached with the 40 pairs") && said.contains("pairs would do"), "{said}");
    case.convoysim(&["compare", "case.toml", "slow.toml", "--until", "mean(days_to_complete) +- 1 h"]).code(2);
}
