//! The tables of a sweep, and that nothing but the plan decides their bytes.

use super::super::run::text;
use super::{EVERY_DESIGN, EVERY_SCALE, LANES, case, merged};
use serde_json::Value;
use std::fs;

#[test]
fn threads_shard_sizes_and_separate_processes_out_of_order_give_the_same_bytes() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "first", "--threads", "1"]).code(0);
    let first = merged(&case, "first");
    for (threads, size) in [("2", "1"), ("8", "3"), ("3", "7"), ("2", "1000")] {
        let folder = format!("{threads}-{size}");
        case.convoysim(&["sweep", "sweep.toml", "--out", &folder, "--threads", threads, "--shard-size", size, "-q"]).code(0);
        assert!(merged(&case, &folder) == first, "{threads} threads, shards of {size}");
    }
    case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "apart", "--shard-size", "5"]).code(0);
    for shard in ["3", "0", "4", "1", "2", "1"] {
        case.convoysim(&["sweep", "merge", "apart"]).code(11);
        case.convoysim(&["sweep", "shard", "apart", "--shard", shard]).code(0);
        if shard == "2" {
            break;
        }
    }
    case.convoysim(&["sweep", "merge", "apart"]).code(0);
    assert!(merged(&case, "apart") == first, "shards by themselves");
}

#[test]
fn a_row_is_what_run_gives_with_the_same_values() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    let set = ["--set", "crossing.border.lanes=3", "--set", "crossing.border.service=\"6 min\""];
    case.convoysim(&[&["run", "case.toml", "-n", "4", "--out", "alone", "--charts", "none", "-q"], &set[..]].concat()).code(0);
    let rows = |path: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(case.path(path)).expect("a table");
        reader.records().collect::<Result<_, _>>().expect("a table")
    };
    let (swept, alone) = (rows("swept/replications.csv"), rows("alone/replications.csv"));
    assert_eq!(swept[0].iter().take(6).collect::<Vec<_>>(), ["point", "replication", "lanes", "service_min", "censored", "outcome"]);
    // Lanes 3 and 6 minutes is the fifth point of the grid.
    let point: Vec<_> = swept.iter().filter(|row| &row[0] == "4").collect();
    assert_eq!(point.len(), 4);
    for (row, other) in point.iter().zip(&alone[1..]) {
        assert_eq!(row.iter().skip(2).take(2).collect::<Vec<_>>(), ["3", "6"]);
        assert_eq!((&row[1], &row[4], &row[5]), (&other[0], &other[1], &other[2]));
        assert_eq!(row.iter().skip(6).collect::<Vec<_>>(), other.iter().skip(3).collect::<Vec<_>>());
    }
}

#[test]
fn without_common_random_numbers_points_have_their_own() {
    let own = LANES.replace("replications = 4", "replications = 4\ncommon_random_numbers = false").replace("[1, 2, 3]", "[2, 3]");
    let case = case(&own.replace("[\"6 min\", \"12 min\"]", "[\"12 min\", \"12.0 min\"]"));
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    let table = fs::read_to_string(case.path("swept/replications.csv")).expect("a table");
    let days: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').nth(6)).collect();
    // Points 0 and 1 are the same scenario; only the numbers drawn differ.
    assert_eq!(days.len(), 16);
    assert!(days[..4].iter().zip(&days[4..8]).all(|(a, b)| a != b), "{days:?}");
}

#[test]
fn precision_decides_the_replications_of_each_point() {
    let until = LANES.replace("replications = 4", "until = \"mean(days_to_completion) +- 0.02 d\"\nat_most = 60");
    let case = case(&until);
    case.convoysim(&["sweep", "sweep.toml", "--out", "one", "--threads", "1", "-q"]).code(0);
    case.convoysim(&["sweep", "sweep.toml", "--out", "two", "--threads", "2", "--shard-size", "4", "-q"]).code(0);
    assert!(merged(&case, "one") == merged(&case, "two"));
    let table = fs::read_to_string(case.path("one/points.csv")).expect("a table");
    let column = table.lines().next().and_then(|head| head.split(',').position(|name| name == "replications")).expect("a column");
    let counts: Vec<u32> =
        table.lines().skip(1).map(|row| row.split(',').nth(column).expect("replications").parse().expect("a number")).collect();
    assert_eq!(counts.len(), 6);
    assert!(counts.iter().all(|n| (30..=60).contains(n)), "{counts:?}");
}

#[test]
fn every_design_makes_points_that_run() {
    let head = LANES.split("[[factor]]").next().expect("a head").replace("replications = 4", "replications = 1");
    let case = case(&format!("{head}{EVERY_SCALE}{EVERY_DESIGN}"));
    fs::write(case.path("list.csv"), "# chosen by hand\nshift,lanes\none bay,4\ntwo bays,1\n").expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--json"]).code(0);
    let told: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    assert_eq!(told["points"].as_array().map(Vec::len), Some(6 + 2 * 4 + 2 * 5 + 8 + 2 + 2), "{told}");
    let design = fs::read_to_string(case.path("swept/design.csv")).expect("a table");
    let lines: Vec<&str> = design.lines().collect();
    assert_eq!(lines[0], "point,design,lanes,service_min,slower,shift");
    assert_eq!(lines[6 + 8 + 10 + 8 + 1..], ["32,zip,,,,one bay", "33,zip,,,,two bays", "34,list,4,,,one bay", "35,list,1,,,two bays"]);
    assert!(lines[7..15].iter().all(|line| line.contains(",sobol,,")), "{lines:?}");
    // A wrong cell of the list is found before anything runs.
    fs::write(case.path("list.csv"), "shift,lanes\none bay,4\nno bay,1\n").expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "other"]).code(11);
    assert!(text(&end.get_output().stderr).contains("list.csv:3:1"), "{}", text(&end.get_output().stderr));
}

#[test]
fn a_sweep_is_verified_whole_or_by_some_shards_and_one_row_replayed() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
    // Only what the manifest tells is needed: not the sweep file, not the base, not the parts.
    for gone in ["sweep.toml", "case.toml", "swept/plan.json"] {
        fs::remove_file(case.path(gone)).expect("a file");
    }
    fs::remove_dir_all(case.path("swept/parts")).expect("a folder");
    let whole = case.convoysim(&["verify", "swept", "--json"]).code(0);
    let told: Value = serde_json::from_slice(&whole.get_output().stdout).expect("one JSON object");
    assert!(told["files"].as_array().is_some_and(|files| files.len() >= 6 && files.iter().all(|file| file["finding"] == "same")), "{told}");
    case.convoysim(&["verify", "swept", "--sample", "3", "-q"]).code(0);
    case.convoysim(&["rerun", "swept", "--point", "4", "--replication", "2"]).code(0);
    case.convoysim(&["rerun", "swept", "--point", "4", "--replication", "2", "--trace"]).code(0);
    case.convoysim(&["rerun", "swept", "--replication", "2"]).code(2);
    case.convoysim(&["rerun", "swept", "--point", "6", "--replication", "2"]).code(2);
    // One digit of one row.
    let table = fs::read_to_string(case.path("swept/replications.csv")).expect("a table");
    let changed: String = table
        .lines()
        .map(|line| if line.starts_with("4,2,") { line.replacen("4,2,3,6,false,complete,0.6", "4,2,3,6,false,complete,0.5", 1) } else { line.into() } + "\n")
        .collect();
    assert_ne!(table, changed);
    fs::write(case.path("swept/replications.csv"), changed).expect("a file");
    case.convoysim(&["verify", "swept", "-q"]).code(31);
    case.convoysim(&["verify", "swept", "--sample", "24", "-q"]).code(31);
    let end = case.convoysim(&["rerun", "swept", "--point", "4", "--replication", "2"]).code(31);
    let said = text(&end.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("point 4, replication 2, column days_to_completion is 0.5"), "{said}");
}

#[test]
fn parts_that_are_still_beside_the_tables_are_verified_too() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--shard-size", "5", "-q"]).code(0);
    case.convoysim(&["verify", "swept", "-q"]).code(0);
    let part = case.path("swept/parts/00001.part");
    let whole = fs::read(&part).expect("a part");
    // A flipped bit, and the rows of another shard: both are no longer what the tables were made of.
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for changed in [flipped, fs::read(case.path("swept/parts/00002.part")).expect("a part")] {
        fs::write(&part, changed).expect("it is written");
        for args in [&["verify", "swept", "--json"][..], &["verify", "swept", "--json", "--sample", "1"]] {
            let end = case.convoysim(args).code(31);
            let told: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
            let found = told["files"].as_array().expect("a list").iter().find(|file| file["name"] == "parts/00001.part");
            assert_eq!(found.map(|file| &file["finding"]), Some(&"changed".into()), "{told}");
        }
    }
    fs::write(&part, whole).expect("it is written");
    case.convoysim(&["verify", "swept", "-q"]).code(0);
}
