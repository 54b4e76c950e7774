//! `convoysim explain`, and `trace --format chrome`.

use super::run::text;
use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

fn convoysim(dir: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("convoysim").expect("the binary is built").current_dir(dir).args(args).assert()
}

/// A folder with a golden run in it.
fn golden(name: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/verification").join(name);
    std::fs::copy(from, dir.path().join("case.toml")).expect("a shipped scenario");
    dir
}

fn printed(dir: &Path, args: &[&str]) -> String {
    text(&convoysim(dir, args).code(0).get_output().stdout)
}

fn object(dir: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&printed(dir, args)).expect("one JSON object")
}

#[test]
fn the_chain_of_the_golden_run_is_that_of_the_model_page() {
    let dir = golden("g1.toml");
    insta::assert_snapshot!(printed(dir.path(), &["explain", "case.toml", "--replication", "0"]));
    let chain = object(dir.path(), &["explain", "case.toml", "--replication", "0", "--json"]);
    assert_eq!(chain["schema"], "convoysim.explain/1");
    assert_eq!(chain["sum_us"], 996 * 60_000_000_u64);
    assert_eq!(chain["closure_us"], chain["sum_us"]);
}

#[test]
fn a_folder_is_explained_like_the_scenario_it_was_made_from() {
    let dir = golden("g1.toml");
    convoysim(dir.path(), &["run", "case.toml", "-n", "3", "--seed", "5", "--set", "crossing.border.lanes=1", "--out", "done"]).code(0);
    let of_folder = object(dir.path(), &["explain", "done", "--json", "--pairs", "3"]);
    let args = ["explain", "case.toml", "-n", "3", "--seed", "5", "--set", "crossing.border.lanes=1", "--json", "--pairs", "3"];
    assert_eq!(of_folder, object(dir.path(), &args));
    assert_eq!(of_folder["replications"], 3);
    let labels: Vec<&str> = of_folder["levers"]["rows"].as_array().expect("rows").iter().filter_map(|row| row["label"].as_str()).collect();
    assert!(labels.contains(&"lanes border 1 -> 2"), "{labels:?}");
}

#[test]
fn assumptions_are_listed_with_both_ends() {
    let dir = golden("g1.toml");
    let swings = object(dir.path(), &["explain", "case.toml", "-n", "2", "--assumptions", "--pairs", "2", "--json"]);
    let rows: Vec<&Value> = ["assumptions", "others"].iter().flat_map(|key| swings[*key].as_array().expect("rows")).collect();
    let service = rows.iter().find(|row| row["path"] == "crossing.border.service").expect("the service at the border");
    assert_eq!((&service["low"]["value"], &service["high"]["value"]), (&"\"9.6 min\"".into(), &"\"14.4 min\"".into()));
    // A fifth less and more of 36 min of border service on the chain: 24 minutes a convoy in two rounds of lanes.
    assert_eq!(service["low"]["difference"].as_f64().map(|days| (days * 1440.0 * 10.0).round() / 10.0), Some(-7.2));
}

#[test]
fn an_unknown_response_is_a_usage_error_with_a_hint() {
    let dir = golden("g1.toml");
    let end = convoysim(dir.path(), &["explain", "case.toml", "--response", "days_to_complete"]).code(2);
    assert!(text(&end.get_output().stderr).contains("days_to_completion"));
}

#[test]
fn a_trace_for_viewers_names_its_tracks_and_never_overlaps_itself() {
    let dir = golden("g1.toml");
    let trace = object(dir.path(), &["trace", "case.toml", "--format", "chrome"]);
    let events = trace["traceEvents"].as_array().expect("a list of events");
    let mut names: BTreeMap<(u64, u64), String> = BTreeMap::new();
    let mut free: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    let track = |event: &Value| (event["pid"].as_u64().expect("a process"), event["tid"].as_u64().unwrap_or(0));
    for event in events {
        match event["ph"].as_str().expect("a phase") {
            "M" if event["name"] == "thread_name" => {
                names.insert(track(event), event["args"]["name"].as_str().expect("a name").to_owned());
            }
            "M" => {}
            "X" => {
                let (ts, dur) = (event["ts"].as_u64().expect("whole microseconds"), event["dur"].as_u64().expect("a duration"));
                assert!(dur > 0 && !event["name"].as_str().expect("a name").is_empty());
                assert!(names.contains_key(&track(event)), "the track is named before it is used");
                assert!(
                    free.insert(track(event), ts + dur).is_none_or(|free| free <= ts),
                    "{event} begins before the one before it is over"
                );
            }
            other => panic!("no event of kind {other} is expected here"),
        }
    }
    let tracks = |pid: u64| names.iter().filter(|((of, _), _)| *of == pid).map(|(_, name)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(tracks(1), ["road#1", "road#2"]);
    assert_eq!((tracks(3).len(), tracks(4).len()), (12, 12));
    assert_eq!(tracks(6), ["border lane 1", "border lane 2"]);
    // The first convoy from its first person aboard: boarding in custody, then three hours uncovered in daylight.
    let first: Vec<(&str, u64, &str)> = events
        .iter()
        .filter(|event| event["ph"] == "X" && track(event) == (1, 1))
        .map(|event| {
            let minutes = event["dur"].as_u64().expect("a duration") / 60_000_000;
            (event["name"].as_str().expect("a name"), minutes, event["args"]["class"].as_str().expect("a class"))
        })
        .take(2)
        .collect();
    assert_eq!(first, [("boarding", 178, "custody"), ("moving", 180, "high")]);
}

/// Without chance every pair is the same, so one pair is exact: no lever is unknown.
#[test]
fn levers_of_a_plan_without_chance_are_exact() {
    let dir = golden("g1.toml");
    let found = object(dir.path(), &["explain", "case.toml", "--json"]);
    let rows = found["levers"]["rows"].as_array().expect("levers");
    let possible: Vec<&Value> = rows.iter().filter(|row| row["verdict"] != "not possible").collect();
    assert!(!possible.is_empty() && possible.iter().all(|row| row["verdict"] != "not resolved"), "{rows:#?}");
    let bay = possible.iter().find(|row| row["label"].as_str().is_some_and(|label| label.contains("intake bays"))).expect("a lever");
    let difference = bay["difference"].as_f64().expect("a number");
    assert!(difference < 0.0 && bay["interval"] == serde_json::json!([difference, difference]), "{bay:#}");
    assert!(!printed(dir.path(), &["explain", "case.toml"]).contains("unknown"));
}
