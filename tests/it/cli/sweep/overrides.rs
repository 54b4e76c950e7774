//! `sweep --set`: the base changed at every point, before anything varies.

use super::super::run::text;
use super::{LANES, case};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;

const SET: [&str; 4] = ["--set", "route.road.headway=\"30 min\"", "--set", "facility.receiving.beds=600"];

fn with<'a>(command: &[&'a str], set: &[&'a str]) -> Vec<&'a str> {
    [command, set].concat()
}

#[test]
fn what_is_set_holds_at_every_point_and_is_written_down() {
    let case = case(LANES);
    let end = case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept", "--json"], &SET)).code(0);
    let told: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    let set = json!(["route.road.headway=\"30 min\"", "facility.receiving.beds=600"]);
    assert_eq!(told["base"]["set"], set);
    // The same as a base that says so itself.
    let base = fs::read_to_string(case.path("case.toml")).expect("a scenario");
    let changed =
        base.replace("beds = 480", "beds = 600").replace("[[route]]\nid = \"road\"", "[[route]]\nid = \"road\"\nheadway = \"30 min\"");
    assert!(changed.contains("beds = 600") && changed.contains("headway = \"30 min\""));
    fs::write(case.path("case.toml"), changed).expect("a file");
    case.convoysim(&["sweep", "sweep.toml", "--out", "written", "-q"]).code(0);
    fs::write(case.path("case.toml"), base).expect("a file");
    for table in ["points.csv", "replications.csv", "design.csv"] {
        let read = |folder: &str| fs::read(case.path(&format!("{folder}/{table}"))).expect("a table");
        assert!(read("swept") == read("written"), "{table}");
    }
    for file in ["plan.json", "manifest.json"] {
        let found: Value = serde_json::from_slice(&fs::read(case.path(&format!("swept/{file}"))).expect("a file")).expect("JSON");
        assert_eq!(found["set"], set, "{file}");
        let found: Value = serde_json::from_slice(&fs::read(case.path(&format!("written/{file}"))).expect("a file")).expect("JSON");
        assert_eq!(found.get("set"), None, "{file}: nothing was set");
    }
    let status = case.convoysim(&["sweep", "status", "swept"]).code(0);
    assert_snapshot!(text(&status.get_output().stdout), @r#"
    Lanes and service: 24 of 24 shards are there, 24 runs.
    Its base is changed at every point:
      --set 'route.road.headway="30 min"'
      --set facility.receiving.beds=600
    It is complete and merged.
    "#);
    let script = case.convoysim(&["sweep", "script", "swept", "--slurm"]).code(0);
    let script = text(&script.get_output().stdout);
    assert_snapshot!(script.lines().take_while(|line| !line.starts_with("#SBATCH")).collect::<Vec<_>>().join("\n"), @r#"
    #!/bin/sh
    # The 24 shards of "Lanes-and-service", as an array of 24 tasks. Submit with: sbatch THIS_FILE
    # Then, when all have ended: convoysim sweep merge swept
    # Its base is changed at every point:
    #   --set 'route.road.headway="30 min"'
    #   --set facility.receiving.beds=600
    "#);
}

#[test]
fn a_table_says_what_was_set_and_its_command_sets_it_too() {
    let case = case(LANES);
    let end = case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept"], &SET)).code(0);
    assert_snapshot!(text(&end.get_output().stdout));
}

#[test]
fn shards_elsewhere_verify_and_rerun_know_what_was_set() {
    let case = case(LANES);
    case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept", "-q"], &SET)).code(0);
    case.convoysim(&with(&["sweep", "plan", "sweep.toml", "--out", "apart", "--shard-size", "12"], &SET)).code(0);
    for shard in ["1", "0"] {
        case.convoysim(&["sweep", "shard", "apart", "--shard", shard]).code(0);
    }
    case.convoysim(&["sweep", "merge", "apart"]).code(0);
    let read = |file: &str| fs::read(case.path(file)).expect("a file");
    assert!(read("swept/replications.csv") == read("apart/replications.csv") && read("swept/manifest.json") == read("apart/manifest.json"));
    for gone in ["sweep.toml", "case.toml", "swept/plan.json"] {
        fs::remove_file(case.path(gone)).expect("a file");
    }
    case.convoysim(&["verify", "swept", "-q"]).code(0);
    case.convoysim(&["verify", "swept", "--sample", "3", "-q"]).code(0);
    case.convoysim(&["rerun", "swept", "--point", "4", "--replication", "2"]).code(0);
}

#[test]
fn a_line_break_in_what_was_set_ends_no_comment_of_the_script() {
    let case = case(LANES);
    case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept", "--set", "scenario.question=Why?\ntouch here"]).code(0);
    let script = case.convoysim(&["sweep", "script", "swept", "--slurm"]).code(0);
    let script = text(&script.get_output().stdout);
    let head: Vec<&str> = script.lines().take_while(|line| *line != "set -eu").collect();
    assert!(script.contains("#   --set 'scenario.question=Why? touch here'\n"), "{script}");
    assert!(head.len() < script.lines().count() && head.iter().all(|line| line.starts_with('#')), "{script}");
}

#[test]
fn another_set_in_the_same_folder_is_refused_and_named() {
    let case = case(LANES);
    case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept", "-q"], &SET)).code(0);
    case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept", "-q"], &SET)).code(0);
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(11);
    assert_snapshot!(text(&end.get_output().stderr), @r#"
    error: swept holds another sweep, and parts of both would not belong together:
      --set was route.road.headway="30 min" and facility.receiving.beds=600 and is now nothing
    Write to another folder with --out, or put the inputs back as they were.
    "#);
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q", "--set", "facility.receiving.beds=700"]).code(11);
    assert!(text(&end.get_output().stderr).contains("and is now facility.receiving.beds=700"), "{}", text(&end.get_output().stderr));
}

#[test]
fn what_cannot_be_set_is_refused_before_anything_is_made() {
    let case = case(LANES);
    let said = |set: &[&str]| {
        let set: Vec<&str> = set.iter().flat_map(|one| ["--set", one]).collect();
        let end = case.convoysim(&with(&["sweep", "sweep.toml", "--out", "swept"], &set)).code(10);
        assert!(!case.path("swept").exists());
        text(&end.get_output().stderr).to_owned()
    };
    // What `run` says to the same.
    let wrong = ["--set", "route.road.headwy=\"30 min\"", "--set", "facility.receiving.beds=many"];
    let run = case.convoysim(&with(&["run", "case.toml"], &wrong)).code(10);
    assert_eq!(said(&[wrong[1], wrong[3]]), text(&run.get_output().stderr));
    // What a factor varies, by itself, by a name for all, and as a part of a whole table.
    assert_snapshot!(said(&["facility.receiving.beds=600", "crossing.border.lanes=3", "crossing.*.service=\"8 min\""]), @r#"
    error: crossing.border.lanes is what the factor "lanes" varies: its points put their own values over this one
     --> --set:2:1
      |
    2 | crossing.border.lanes=3
      | ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: change the levels of the factor in the sweep file, or set what no factor varies
    error: crossing.*.service meets crossing.border.service, which is what the factor "service" varies: its points put their own values over this one
     --> --set:3:1
      |
    3 | crossing.*.service="8 min"
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: change the levels of the factor in the sweep file, or set what no factor varies
    2 errors. Nothing was run.
    "#);
}
