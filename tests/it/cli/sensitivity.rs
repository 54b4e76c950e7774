//! `convoysim sensitivity` as analysts meet it.

use super::run::{Case, files, text, varying};
use insta::assert_snapshot;
use std::fs;

/// Two inputs that matter and one that does nothing: beds beyond what is needed.
const STUDY: &str = r#"
[sweep]
name = "What the days depend on"
base = "case.toml"
replications = 3
show = ["days_to_completion"]

[[factor]]
id = "lanes"
label = "border lanes"
path = "crossing.border.lanes"
levels = [1, 2]

[[factor]]
id = "boarding"
label = "boarding time per person"
path = "site.prison.boarding.per_person"
range = ["30 s", "120 s"]

[[factor]]
id = "beds"
label = "beds beyond need"
path = "facility.receiving.beds"
range = [480, 800]
whole = true
"#;

fn study(blocks: &str) -> Case {
    let case = Case::new(&varying());
    fs::write(case.path("study.toml"), format!("{STUDY}{blocks}")).expect("a file");
    case
}

const MORRIS: &str = "\n[[block]]\ndesign = \"morris\"\ntrajectories = 6\nlevels = 4\n";
const SOBOL: &str = "\n[[block]]\ndesign = \"sobol\"\nrows = 16\n";

#[test]
fn a_screening_ranks_inputs_above_a_noise_floor() {
    let case = study(MORRIS);
    let end = case.convoysim(&["sensitivity", "study.toml", "--out", "swept", "--threads", "2"]).code(0);
    // The plan knows the version and the target.
    let told: Vec<String> = text(&end.get_output().stdout).lines().filter(|line| !line.starts_with("Seed")).map(String::from).collect();
    assert_snapshot!(told.join("\n"));
    let found = case.json("swept/sensitivity.json");
    let beds = &found["analyses"][0]["responses"]["days_to_completion"]["factors"][2];
    assert_eq!((beds["id"].as_str(), beds["mu_star"]["upper"].as_f64()), (Some("beds"), Some(0.0)), "what does nothing shows nothing");
}

#[test]
fn the_same_folder_comes_of_sweep_and_of_sensitivity_with_any_threads() {
    let case = study(&format!("{SOBOL}{MORRIS}"));
    let end = case.convoysim(&["sensitivity", "study.toml", "--out", "one", "--threads", "1", "--json", "--sobol"]).code(0);
    case.convoysim(&["sweep", "study.toml", "--out", "two", "--threads", "2"]).code(0);
    let kept = |name: &str| {
        let mut files = files(&case.path(name));
        files.retain(|name, _| name != "journal.jsonl");
        files
    };
    assert!(kept("one") == kept("two"), "the same bytes");
    let told: serde_json::Value = serde_json::from_slice(&end.get_output().stdout).expect("JSON");
    let written = case.json("one/sensitivity.json");
    assert_eq!(told["analyses"].as_array().map(Vec::len), Some(1), "only what was asked for");
    assert_eq!(told["analyses"][0], written["analyses"][0]);
    assert_eq!(written["analyses"][1]["method"], "morris");
    let rows = fs::read_to_string(case.path("one/sensitivity.csv")).expect("a table");
    assert_eq!(rows.lines().count(), 1 + 3 * 3 + 2 + 3 * 3, "measures of three factors, sum and noise, measures again");
    // A second time everything is there; the text is made of it again.
    let again = case.convoysim(&["sensitivity", "study.toml", "--out", "two", "--quiet"]).code(0);
    assert_eq!(text(&again.get_output().stdout).lines().count(), 2, "one sentence a block");
}

#[test]
fn a_sweep_without_a_fitting_block_is_refused_before_anything_is_made() {
    let case = study(MORRIS);
    let end = case.convoysim(&["sensitivity", "study.toml", "--out", "swept", "--sobol"]).code(10);
    assert_snapshot!(text(&end.get_output().stderr), @r#"error: study.toml has no block with design = "sobol"; write one, or use `convoysim sweep`"#);
    assert!(!case.path("swept").exists());
}
