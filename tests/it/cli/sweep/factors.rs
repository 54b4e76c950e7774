//! What factors may set, what they may be called, and where their levels come from.

use super::super::run::{Case, text, varying};
use super::case;
use std::fs;

/// A sweep of two replications with these factors and blocks.
fn sweep(rest: &str) -> String {
    format!("[sweep]\nbase = \"case.toml\"\nreplications = 2\n\n{rest}")
}

fn refused(rest: &str) -> String {
    let case = case(&sweep(rest));
    let end = case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept"]).code(10);
    assert!(!case.path("swept").exists());
    text(&end.get_output().stderr)
}

fn planned(rest: &str) -> Case {
    let case = case(&sweep(rest));
    case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept"]).code(0);
    case
}

const GRID: &str = "[[block]]\ndesign = \"grid\"\n";

/// Two factors, each with its paths.
fn two(first: &str, second: &str) -> String {
    format!("[[factor]]\nid = \"one\"\n{first}\n\n[[factor]]\nid = \"two\"\n{second}\n\n{GRID}")
}

#[test]
fn no_place_is_set_by_two_factors() {
    let lanes = "path = \"crossing.border.lanes\"\nlevels = [1, 2]";
    for second in [
        "path = \"crossing.border.lanes\"\nlevels = [3]",
        "path = \"crossing.'border'.lanes\"\nlevels = [3]",
        "path = \"crossing.*.lanes\"\nlevels = [3]",
        "paths = [\"facility.receiving.beds\", \"crossing.border.lanes\"]\nlevels = [500]",
        "levels = [{ label = \"a\", set = { \"facility.receiving.beds\" = 500, \"crossing.border.lanes\" = 3 } }]",
        "path = \"crossing.border.lanes\"\nrange = [2, 4]\nwhole = true",
    ] {
        for (said, places) in [(refused(&two(lanes, second)), "sweep.toml:7:8"), (refused(&two(second, lanes)), "sweep.toml:7:")] {
            assert!(said.contains("\"one\"") && said.contains("\"two\"") && said.contains(places), "{second}\n{said}");
            assert!(said.contains("let one factor set it"), "{said}");
        }
    }
    let speed = |key: &str| format!("path = 'route.road.path.\"to border\".{key}'\nlevels = [\"35 km/h\"]");
    assert!(refused(&two(&speed("speed"), &speed("speed.mode"))).contains("meets"));
    let back = "path = \"route.road.return_time\"\nlevels = [\"6 h\"]";
    assert!(refused(&two(back, "path = \"route.road.return_speed\"\nlevels = [\"50 km/h\"]")).contains("meets"));
    let table = "path = \"site.prison.boarding\"\nlevels = [{ bays = 1, lanes_per_bay = 2, per_person = \"60 s\" }]";
    assert!(refused(&two(table, "path = \"site.prison.boarding.bays\"\nlevels = [2]")).contains("meets"));
    planned(&two(&speed("speed.min"), &speed("speed.mode")));
}

#[test]
fn no_factor_differs_from_another_or_from_a_column_by_capital_letters_only() {
    let factors = |one: &str, two: &str| {
        let lanes = format!("[[factor]]\nid = \"{one}\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n");
        format!("{lanes}[[factor]]\nid = \"{two}\"\npath = \"facility.receiving.beds\"\nlevels = [480, 500]\n\n{GRID}")
    };
    let said = refused(&factors("a", "A"));
    assert!(said.contains("factor.A.id is \"A\", which differs only by capital letters from another factor's \"a\""), "{said}");
    assert!(said.contains("sweep.toml:11:6"), "{said}");
    let said = refused(&factors("Point", "b"));
    assert!(said.contains("differs only by capital letters from the column \"point\""), "{said}");
    planned(&factors("a", "Ab"));
}

#[test]
fn no_factor_is_called_like_a_response_or_a_column() {
    let lanes = |id: &str| format!("[[factor]]\nid = \"{id}\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n{GRID}");
    for id in [
        "replication",
        "censored",
        "outcome",
        "point",
        "design",
        "replications",
        "failed",
        "meets",
        "days_to_completion",
        "breakdowns",
        "bus_km",
        "accepted_people",
    ] {
        let said = refused(&lanes(id));
        assert!(said.contains("sweep.toml:6:") && said.contains(id), "{said}");
    }
    // Its unit makes it one: exposed_convoy_hours is not meant, but the column would be the same.
    let unit = "[[factor]]\nid = \"service\"\npath = \"crossing.border.service\"\nlevels = [\"6 min\", \"9 min\"]\n\n\
                [[factor]]\nid = \"service_min\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n";
    let said = refused(&format!("{unit}{GRID}"));
    assert!(said.contains("another column \"service_min\""), "{said}");
    planned(&lanes("lanes"));
}

#[test]
fn factors_take_the_paths_that_overrides_take() {
    for (path, level) in [
        ("crossing.border.service.median", "\"9 min\""),
        ("crossing.border.service.sigma", "0.5"),
        ("route.road.path.'to border'.speed.min", "\"35 km/h\""),
        ("site.prison.boarding.per_person.mean", "\"80 s\""),
        ("site.prison.boarding.per_person.shape", "4"),
        ("site.prison.detainees", "400"),
    ] {
        let case = planned(&format!("[[factor]]\nid = \"one\"\npath = \"{path}\"\nlevels = [{level}]\n\n{GRID}"));
        case.convoysim(&["check", "case.toml", "--set", &format!("{path}={level}")]).code(0);
    }
    let with_source = varying().replace("lanes = 2\n", "lanes = { value = 2, source = \"a map\" }\n").replace(
        "service = { dist = \"lognormal\", median = \"12 min\", sigma = 0.4 }",
        "service = { value = { dist = \"lognormal\", median = \"12 min\", sigma = 0.4 }, source = \"a book\" }",
    );
    for (path, level) in [
        ("crossing.border.lanes.value", "3"),
        ("crossing.border.service.value.median", "\"9 min\""),
        ("crossing.border.service.median", "\"9 min\""),
    ] {
        let case = case(&sweep(&format!("[[factor]]\nid = \"one\"\npath = \"{path}\"\nlevels = [{level}]\n\n{GRID}")));
        fs::write(case.path("case.toml"), &with_source).expect("a file");
        case.convoysim(&["check", "case.toml", "--set", &format!("{path}={level}")]).code(0);
        case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept"]).code(0);
    }
    let said = refused(&format!("[[factor]]\nid = \"one\"\npath = \"crossing.border.service.nonsense\"\nlevels = [1]\n\n{GRID}"));
    assert!(said.contains("names no key"), "{said}");
}

const LIST: &str = "[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\n\n\
                    [[factor]]\nid = \"service\"\npath = \"crossing.border.service\"\n\n\
                    [[block]]\ndesign = \"list\"\nfile = \"list.csv\"\n";

#[test]
fn a_list_brings_its_levels() {
    let case = case(&sweep(LIST));
    fs::write(case.path("list.csv"), "service,lanes,note\n6 min,1,a\n1.2e1 min,3,b\n6 min,3.0,c\n").expect("a file");
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    let design = fs::read_to_string(case.path("swept/design.csv")).expect("a table");
    assert_eq!(design, "point,design,lanes,service_min\n0,list,1,6\n1,list,3,12\n2,list,3,6\n");
    case.convoysim(&["verify", "swept"]).code(0);
    // What is wrong with a level is told at its cell.
    fs::write(case.path("list.csv"), "service,lanes\n6 min,1\n6 miles,2\n\"7,5 min\",2\n").expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "other", "-q"]).code(10);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("list.csv:4:1") && said.contains("write 7.5"), "{said}");
    fs::write(case.path("list.csv"), "service,lanes\n6 min,1\n6 miles,2\n").expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "other", "-q"]).code(10);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("list.csv:3:1") && said.contains("6 miles"), "{said}");
}

#[test]
fn only_a_list_can_do_without_levels() {
    let grid = LIST.replace("design = \"list\"\nfile = \"list.csv\"", "design = \"grid\"");
    let said = refused(&grid);
    assert!(said.contains("factor.lanes lacks the key \"levels\"") && said.contains("factor.service lacks"), "{said}");
}

#[test]
fn rows_of_a_list_are_as_long_as_its_header() {
    let case = case(&sweep(LIST));
    fs::write(case.path("list.csv"), "service,lanes\n6 min,1\n7,5 min,2\n").expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(11);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("list.csv:3:9") && said.contains("this line has 3 cells"), "{said}");
}

/// Buses and lanes: fewer than six coaches cannot make a convoy of six.
const BUSES: &str = "[[factor]]\nid = \"coaches\"\npath = \"buses.coaches.count\"\nlevels = [4, 6, 5, 12]\n\n\
                     [[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n\
                     [[block]]\ndesign = \"grid\"\n";

#[test]
fn every_invalid_point_is_named_before_anything_runs() {
    let said = refused(BUSES);
    assert!(said.contains("4 of 8 points are invalid: 0, 1, 4, 5. Nothing was run. --skip-invalid runs the others."), "{said}");
    let case = case(&sweep(&BUSES.replace("[4, 6, 5, 12]", "[4, 5]")));
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--skip-invalid"]).code(10);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("4 of 4 points are invalid: 0 to 3. Nothing was run."), "{said}");
}

#[test]
fn with_skip_invalid_the_other_points_run_and_the_invalid_ones_are_listed_with_their_problem() {
    let case = case(&sweep(BUSES));
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--skip-invalid", "--json"]).code(0);
    let told: serde_json::Value = serde_json::from_slice(&end.get_output().stdout).expect("JSON");
    let points: Vec<u64> = told["points"].as_array().expect("points").iter().filter_map(|point| point["point"].as_u64()).collect();
    let invalid: Vec<u64> = told["invalid"].as_array().expect("points").iter().filter_map(|point| point["point"].as_u64()).collect();
    assert_eq!((points, invalid), (vec![2, 3, 6, 7], vec![0, 1, 4, 5]));
    let problem = told["invalid"][0]["problem"].as_str().expect("a text");
    assert!(problem.starts_with("case.toml:") && problem.contains("the fleet \"coaches\" has 4"), "{problem}");
    let mut table = csv::Reader::from_path(case.path("swept/points.csv")).expect("a table");
    let heading = table.headers().expect("a heading").clone();
    let at = |name: &str| heading.iter().position(|column| column == name).expect("a column");
    let (status, problem, n) = (at("status"), at("problem"), at("replications"));
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let told: Vec<[&str; 2]> = rows.iter().map(|row| [&row[status], &row[n]]).collect();
    let (no, yes) = (["invalid", "0"], ["run", "2"]);
    assert_eq!(told, [no, no, yes, yes, no, no, yes, yes]);
    assert!(rows.iter().all(|row| row[problem].is_empty() == (&row[status] == "run")));
    // The points that run have the rows that they have alone.
    let alone = super::case(&sweep(&BUSES.replace("[4, 6, 5, 12]", "[6, 12]")));
    alone.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    let values = |case: &Case| -> Vec<String> {
        let table = fs::read_to_string(case.path("swept/replications.csv")).expect("a table");
        table.lines().skip(1).map(|line| line.split_once(',').expect("cells").1.to_owned()).collect()
    };
    assert_eq!(values(&case), values(&alone));
    case.convoysim(&["verify", "swept"]).code(0);
    case.convoysim(&["rerun", "swept", "--point", "2", "--replication", "1"]).code(0);
    let end = case.convoysim(&["rerun", "swept", "--point", "0", "--replication", "1"]);
    assert_ne!(end.get_output().status.code(), Some(0));
    let status = case.convoysim(&["sweep", "status", "swept", "--json"]).code(0);
    let told: serde_json::Value = serde_json::from_slice(&status.get_output().stdout).expect("JSON");
    assert_eq!(told["invalid"], serde_json::json!([0, 1, 4, 5]));
}

#[test]
fn a_sweep_with_invalid_points_is_the_same_in_pieces() {
    let case = case(&sweep(BUSES));
    case.convoysim(&["sweep", "sweep.toml", "--out", "whole", "--skip-invalid", "-q"]).code(0);
    case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "pieces", "--skip-invalid", "--shard-size", "3"]).code(0);
    let said = text(&case.convoysim(&["sweep", "status", "pieces"]).code(0).get_output().stdout);
    assert!(said.contains("4 of 8 points are invalid and are left out: 0, 1, 4, 5."), "{said}");
    for shard in ["5", "0", "2", "1", "4", "3"] {
        case.convoysim(&["sweep", "shard", "pieces", "--shard", shard]).code(0);
    }
    case.convoysim(&["sweep", "merge", "pieces"]).code(0);
    assert!(super::merged(&case, "whole") == super::merged(&case, "pieces"));
    // Without it the same folder is not gone on with.
    case.convoysim(&["sweep", "sweep.toml", "--out", "whole", "-q"]).code(10);
}
