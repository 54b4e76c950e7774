//! What a sweep says, and how it refuses.

use super::super::run::text;
use super::{LANES, case};
use insta::assert_snapshot;
use std::fs;

#[test]
fn two_factors_are_told_as_a_table() {
    let case = case(LANES);
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept"]).code(0);
    assert_snapshot!(text(&end.get_output().stdout));
    let status = case.convoysim(&["sweep", "status", "swept"]).code(0);
    assert_snapshot!(text(&status.get_output().stdout), @"
    Lanes and service: 24 of 24 shards are there, 24 runs.
    It is complete and merged.
    ");
    let script = case.convoysim(&["sweep", "script", "swept", "--slurm", "--shards-a-task", "5"]).code(0);
    assert_snapshot!(text(&script.get_output().stdout));
}

#[test]
fn every_mistake_is_told_with_its_place_before_anything_runs() {
    let case = case(
        r#"
[sweep]
base = "case.toml"
replicatoins = 4
until = "p80(days) +- 1 d"

[[factor]]
id = "lanes"
path = "crossing.border.lans"
levels = [1, 2, 2]

[[factor]]
id = "point"
path = "crossing.border.lanes"
range = ["6 min", "1 h"]

[[factor]]
id = "service"
path = "objective.by-day.at_most"

[[block]]
design = "girdle"

[[block]]
design = "sobol"
rows = 100

[[blok]]
"#,
    );
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept"]).code(10);
    assert_snapshot!(text(&end.get_output().stderr));
    assert!(!case.path("swept").exists());
}

#[test]
fn a_point_that_cannot_run_is_told_with_the_level_that_made_it() {
    let case = case(&LANES.replace("[1, 2, 3]", "[1, 0, \"two\"]"));
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept"]).code(10);
    assert_snapshot!(text(&end.get_output().stderr));
    assert!(!case.path("swept").exists());
}

#[test]
fn another_sweep_in_the_same_folder_is_refused_and_the_difference_named() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    fs::write(case.path("sweep.toml"), LANES.replace("[1, 2, 3]", "[1, 2, 4]")).expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--seed", "9"]).code(11);
    assert_snapshot!(text(&end.get_output().stderr));
    let end = case.convoysim(&["sweep", "status", "nowhere"]).code(11);
    assert_snapshot!(text(&end.get_output().stderr));
}
