//! `convoysim run` from a scenario file to an output folder.

use assert_cmd::Command;
use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use tempfile::TempDir;

/// Two convoys, everything fixed: 996 minutes.
pub(super) const G1: &str = r#"
[scenario]
name = "G1: two convoys, everything fixed"
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "3 d"
replications = 1
seed = 1

[[site]]
id = "prison"
detainees = 480
boarding = { bays = 1, lanes_per_bay = 2, per_person = "90 s" }

[[crossing]]
id = "border"
lanes = 2
service = "12 min"

[[facility]]
id = "receiving"
beds = 480
intake = { bays = 1, lanes_per_bay = 1, per_person = "1 min" }

[[buses]]
id = "coaches"
count = 12
seats = 50
fill = 0.8
home = "prison"

[[escorts]]
id = "armoured"
count = 12
home = "prison"

[[route]]
id = "road"
mode = "land"
from = "prison"
to = "receiving"
path = [
  { leg = "to border", distance = "120 km", speed = "40 km/h" },
  { crossing = "border" },
  { leg = "to receiving", distance = "80 km", speed = "40 km/h" },
]
buses = { fleet = "coaches", per_convoy = 6 }
escorts = { pool = "armoured", per_convoy = 6, minimum = 4 }
air_cover = "none"
board = "at_once"
"#;

/// G1 with times that vary.
pub(super) fn varying() -> String {
    G1.replace(r#"service = "12 min""#, r#"service = { dist = "lognormal", median = "12 min", sigma = 0.4 }"#)
        .replace(r#"speed = "40 km/h""#, r#"speed = { dist = "pert", min = "30 km/h", mode = "45 km/h", max = "60 km/h" }"#)
        .replace(r#"per_person = "90 s""#, r#"per_person = { dist = "erlang", shape = 3, mean = "90 s" }"#)
}

/// A folder with a scenario in it.
pub(super) struct Case {
    pub(super) dir: TempDir,
}

impl Case {
    pub(super) fn new(scenario: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("case.toml"), scenario).expect("a file");
        Self { dir }
    }

    pub(super) fn convoysim(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("convoysim").expect("the binary is built");
        command.current_dir(self.dir.path()).args(args).assert()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(super) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.path(name)).expect("a file")).expect("JSON")
    }
}

/// Every file of an output folder but `run.json`.
pub(super) fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(path).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else if name != "run.json" {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_golden_run_writes_its_folder() {
    let case = Case::new(G1);
    let end = case.convoysim(&["run", "case.toml"]).code(0);
    assert!(text(&end.get_output().stdout).contains("within day 1"));
    let names: Vec<String> = files(&case.path("out/case")).into_keys().filter(|name| !name.starts_with("charts/")).collect();
    let expected = [
        ".convoysim",
        "attribution.csv",
        "convoys.csv",
        "daily.csv",
        "hours.csv",
        "inputs.csv",
        "light.csv",
        "manifest.json",
        "nodes.csv",
        "paths.csv",
        "replications.csv",
        "resources.csv",
        "segments.csv",
        "summary.json",
    ];
    assert_eq!(names, expected);
    let summary = case.json("out/case/summary.json");
    let mean = |name: &str| summary["responses"][name]["mean"].as_f64().unwrap_or_else(|| panic!("{name} in {summary:#}"));
    assert_eq!(mean("days_to_completion"), 996.0 / 1440.0);
    assert!((mean("exposed_convoy_hours") - 11.2).abs() < 1e-9 && (mean("exposed_union_hours") - 8.6).abs() < 1e-9);
    assert!((mean("exposed_person_hours") - 2688.0).abs() < 1e-6 && (mean("source_person_days") - 90.0).abs() < 1e-9);
    assert!(summary["responses"]["days_to_completion"]["half_width"].is_null());
}

#[test]
fn json_is_one_object_and_nothing_else() {
    let case = Case::new(G1);
    let end = case.convoysim(&["run", "case.toml", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    assert_eq!(object["schema"], "convoysim.run/1");
    assert_eq!(object["responses"], case.json("out/case/summary.json")["responses"]);
}

#[test]
fn quiet_prints_the_answer_alone() {
    let case = Case::new(G1);
    let end = case.convoysim(&["run", "case.toml", "-q"]).code(0);
    assert_eq!(text(&end.get_output().stdout).lines().count(), 1);
    assert_eq!(text(&end.get_output().stderr), "");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let case = Case::new(&varying());
    let written: Vec<_> = ["1", "2", "3", "8"]
        .map(|threads| {
            let out = format!("out-{threads}");
            case.convoysim(&["run", "case.toml", "-n", "100", "--threads", threads, "--out", &out, "-q"]).code(0);
            files(&case.path(&out))
        })
        .into();
    assert!(written.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_replication_is_the_same_whatever_runs_beside_it() {
    let case = Case::new(&varying());
    case.convoysim(&["run", "case.toml", "-n", "5", "--out", "few", "-q"]).code(0);
    case.convoysim(&["run", "case.toml", "-n", "50", "--out", "many", "-q"]).code(0);
    let rows = |out: &str| fs::read_to_string(case.path(out).join("replications.csv")).expect("a table");
    assert!(rows("many").starts_with(&rows("few")));
}

#[test]
fn the_folder_of_somebody_else_is_refused_before_anything_runs() {
    let case = Case::new(G1);
    fs::create_dir(case.path("mine")).expect("a folder");
    fs::write(case.path("mine/thesis.doc"), "years").expect("a file");
    let end = case.convoysim(&["run", "case.toml", "--out", "mine"]).code(74);
    assert!(text(&end.get_output().stderr).contains("mine") && end.get_output().stdout.is_empty());
    assert_eq!(files(&case.path("mine")).len(), 1);
}

#[test]
fn a_file_in_the_way_ends_with_74() {
    let case = Case::new(G1);
    let end = case.convoysim(&["run", "case.toml", "--out", "case.toml"]).code(74);
    assert!(text(&end.get_output().stderr).contains("case.toml"));
    assert_eq!(fs::read_to_string(case.path("case.toml")).expect("it is still there"), G1);
}

#[test]
fn an_invalid_scenario_ends_with_10_and_names_the_line() {
    let case = Case::new(&G1.replace("lanes = 2\n", "lane = 2\n"));
    for command in ["run", "check", "trace"] {
        let end = case.convoysim(&[command, "case.toml"]).code(10);
        assert!(text(&end.get_output().stderr).contains("case.toml:17"), "{command}");
    }
    assert!(!case.path("out").exists(), "nothing was written");
}

#[test]
fn a_missing_data_file_ends_with_11() {
    let service = r#"service = { dist = "empirical", file = "gone.csv", column = "minutes", unit = "min" }"#;
    let case = Case::new(&G1.replace(r#"service = "12 min""#, service));
    case.convoysim(&["run", "case.toml"]).code(11);
}

#[test]
fn a_value_may_be_set_on_the_command_line() {
    let case = Case::new(G1);
    case.convoysim(&["run", "case.toml", "-q", "--set", r#"crossing.border.service="24 min""#]).code(0);
    let days = case.json("out/case/summary.json")["responses"]["days_to_completion"]["mean"].as_f64();
    assert!(days.is_some_and(|days| days > 996.0 / 1440.0));
    case.convoysim(&["run", "case.toml", "-q", "--set", "crossing.border.lane=3"]).code(10);
}

#[test]
fn a_closed_pipe_is_neither_a_panic_nor_an_error() {
    let case = Case::new(G1);
    let mut child = process::Command::cargo_bin("convoysim")
        .expect("the binary is built")
        .current_dir(case.dir.path())
        .args(["trace", "case.toml"])
        .stdout(process::Stdio::piped())
        .stderr(process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let end = child.wait_with_output().expect("it ends");
    assert!(!text(&end.stderr).contains("panicked"), "{}", text(&end.stderr));
    assert_eq!((end.status.code(), text(&end.stderr).as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that waits for another process")]
fn signals_end_a_run_that_keeps_what_was_finished() {
    use std::time::{Duration, Instant};

    for (signal, code) in super::limits::signals() {
        let case = Case::new(&varying());
        let mut child = process::Command::cargo_bin("convoysim")
            .expect("the binary is built")
            .current_dir(case.dir.path())
            .args(["run", "case.toml", "-n", "10000000", "--threads", "1", "-q"])
            .spawn()
            .expect("it starts");
        // The folder is marked before the first replication; from shortly after that on signals are heard.
        let begun = Instant::now();
        while !case.path("out/case/.convoysim").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it never began");
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(500));
        let killed = process::Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        assert_eq!(child.wait().expect("it ends").code(), Some(code));
        let (summary, manifest) = (case.json("out/case/summary.json"), case.json("out/case/manifest.json"));
        assert_eq!((&summary["status"], &manifest["status"]), (&"interrupted".into(), &"interrupted".into()));
        assert!(summary["replications"].as_u64().is_some_and(|n| 0 < n && n < 10_000_000));
    }
}

#[test]
fn a_trace_tells_every_change_of_state_in_order() {
    let case = Case::new(G1);
    let csv = case.convoysim(&["trace", "case.toml"]).code(0);
    assert!(text(&csv.get_output().stdout).starts_with("time_h,time_local,entity,id,state,place,cause\n"));
    let lines = case.convoysim(&["trace", "case.toml", "--format", "jsonl"]).code(0);
    let times: Vec<f64> = text(&lines.get_output().stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("an object a line")["time_h"].as_f64().expect("a time"))
        .collect();
    assert!(!times.is_empty() && times.is_sorted());
}

#[test]
fn check_says_what_the_plan_can_do() {
    let case = Case::new(G1);
    let end = case.convoysim(&["check", "case.toml"]).code(0);
    let said = text(&end.get_output().stdout);
    for heading in ["valid", "People", "Fleet", "Escorts", "Border", "Ceiling", "Next:"] {
        assert!(said.contains(heading), "{heading} is missing in\n{said}");
    }
    let end = case.convoysim(&["check", "case.toml", "--sources"]).code(0);
    assert!(text(&end.get_output().stdout).contains("crossing.border.service"));
}

#[test]
fn new_scenarios_run_as_they_are_and_are_not_overwritten() {
    let case = Case::new(G1);
    case.convoysim(&["new", "start"]).code(0);
    for entry in fs::read_dir(case.path("start")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            case.convoysim(&["run", &path.to_string_lossy(), "-n", "2", "-q"]).code(0);
        }
    }
    case.convoysim(&["new", "start"]).code(74);
}

/// Pinned: a change of these digests is a change of results, and says so under "Changed results".
#[test]
fn fingerprint_of_a_varying_run() {
    let case = Case::new(&varying());
    case.convoysim(&["run", "case.toml", "-n", "50", "-q"]).code(0);
    let manifest = case.json("out/case/manifest.json");
    let digests: Vec<String> = ["replications.csv", "segments.csv"]
        .iter()
        .map(|name| {
            let entry = manifest["files"].as_array().expect("a list").iter().find(|file| file["name"] == *name).expect("it is listed");
            format!("{name} {}", entry["sha256"].as_str().expect("a digest"))
        })
        .collect();
    insta::assert_snapshot!(digests.join("\n"));
}

#[test]
fn a_fleet_that_is_called_like_an_outside_cause_has_columns_of_its_own() {
    let case = Case::new(&G1.replace("coaches", "window").replace("armoured", "cover"));
    case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "out", "-q"]).code(0);
    let table = fs::read_to_string(case.path("out/replications.csv")).expect("a table");
    let mut columns: Vec<&str> = table.lines().next().expect("a heading").split(',').collect();
    for name in ["binding_share.window", "binding_share.buses.window", "utilisation.buses.window", "binding_share.escorts.cover"] {
        assert!(columns.contains(&name), "{name}");
    }
    let all = columns.len();
    columns.sort_unstable();
    columns.dedup();
    assert_eq!(columns.len(), all);
}
