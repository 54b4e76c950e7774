//! Runs that do not complete: a deadlock or the horizon is later than everything, and no failure.

use super::run::{Case, text};
use serde_json::Value;
use std::fs;

/// The clinic takes everybody, the camp only one class: once the clinic's beds are filled with people whom the camp would take, those whom it
/// does not are left. With 90 beds that happens in some runs, with 120 in none, with 60 in all.
const BEDS: &str = r#"
[scenario]
name = "beds that others take"
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "20 d"
replications = 40
seed = 1

[[site]]
id = "city-b"
label = "City B"
detainees = { general = 60, separate = 60 }
boarding = { bays = 2, lanes_per_bay = 1, per_person = { dist = "lognormal", median = "1 min", sigma = 0.5 } }

[[facility]]
id = "clinic"
label = "Clinic"
beds = 90
intake = { bays = 2, lanes_per_bay = 1, per_person = "1 min" }

[[facility]]
id = "camp"
label = "Camp"
beds = 60
accepts = ["general"]
intake = { bays = 2, lanes_per_bay = 1, per_person = "1 min" }

[[buses]]
id = "coaches"
count = 2
seats = 10
home = "city-b"

[[buses]]
id = "vans"
count = 2
seats = 10
home = "city-b"

[[route]]
id = "to-clinic"
mode = "land"
from = "city-b"
to = "clinic"
path = [{ leg = "road", distance = "40 km", speed = { dist = "uniform", min = "20 km/h", max = "60 km/h" } }]
buses = { fleet = "coaches", per_convoy = 1 }
air_cover = "none"

[[route]]
id = "to-camp"
mode = "land"
from = "city-b"
to = "camp"
classes = ["general"]
path = [{ leg = "track", distance = "40 km", speed = { dist = "uniform", min = "20 km/h", max = "60 km/h" } }]
buses = { fleet = "vans", per_convoy = 1 }
air_cover = "none"

[[objective]]
id = "soon"
response = "days_to_completion"
at_most = "10 d"
in_share_of_runs = 0.9
"#;

/// The plan with so many beds at the clinic, and a variant `wide.toml` that always completes.
fn with(beds: u32) -> Case {
    let case = Case::new(&BEDS.replace("beds = 90", &format!("beds = {beds}")));
    fs::write(case.path("wide.toml"), "extends = \"case.toml\"\n[[facility]]\nid = \"clinic\"\nbeds = 120\n").expect("a file");
    case
}

fn run(case: &Case, more: &[&str]) -> (String, Value) {
    let args = [&["run", "case.toml", "--charts", "none", "--out", "out"][..], more].concat();
    let end = case.convoysim(&args).code(0);
    (text(&end.get_output().stdout), case.json("out/summary.json"))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_slow_run_counts_whatever_stall_after_says() {
    let slow = r#"
[scenario]
name = "a slow crossing"
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "60 d"
replications = 400
seed = 1

[[site]]
id = "p"
detainees = 1
boarding = { bays = 1, lanes_per_bay = 1, per_person = "0 min" }

[[crossing]]
id = "border"
lanes = 1
service = { dist = "lognormal", median = "1 d", sigma = 1.2 }

[[facility]]
id = "r"
beds = 1
intake = { bays = 1, lanes_per_bay = 1, per_person = "0 min" }

[[buses]]
id = "c"
count = 1
seats = 1
home = "p"

[[route]]
id = "road"
mode = "land"
from = "p"
to = "r"
path = [
  { leg = "a", distance = "60 km", speed = "60 km/h" },
  { crossing = "border" },
  { leg = "b", distance = "60 km", speed = "60 km/h" },
]
buses = { fleet = "c", per_convoy = 1 }

[[objective]]
id = "deadline"
response = "days_to_completion"
at_most = "2.5 d"
in_share_of_runs = 0.9
"#;
    let of = |scenario: String| {
        let case = Case::new(&scenario);
        case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "out", "-q"]).code(0);
        case.json("out/summary.json")
    };
    let (unstated, stated) = (of(slow.into()), of(slow.replace("seed = 1", "seed = 1\nstall_after = \"60 d\"")));
    for key in ["responses", "objectives", "outcomes", "censored"] {
        assert_eq!(unstated[key], stated[key], "{key}");
    }
    assert_eq!((&unstated["objectives"][0]["verdict"], &unstated["objectives"][0]["runs"]), (&"missed".into(), &400.into()));
    assert!(unstated["responses"]["days_to_completion"]["p95"].as_f64().is_some_and(|p95| p95 > 5.0));
}

#[test]
fn a_deadlocked_run_is_a_row_later_than_everything_and_no_failure() {
    let case = with(90);
    let (said, summary) = run(&case, &[]);
    let counts = &summary["outcomes"];
    let of = |word: &str| counts[word].as_u64().expect("a count");
    assert!(of("deadlock") > 5 && of("complete") > 5, "{counts}");
    assert_eq!((of("complete") + of("deadlock"), of("horizon"), of("failed")), (40, 0, 0));
    assert_eq!(summary["censored"].as_u64(), Some(of("deadlock")));
    assert!(!case.path("out/failures.csv").exists());

    let table = fs::read_to_string(case.path("out/replications.csv")).expect("a table");
    assert!(table.starts_with("replication,censored,outcome,days_to_completion,"));
    assert_eq!(table.lines().filter(|row| row.contains(",true,deadlock,,")).count() as u64, of("deadlock"));
    let unfinished = fs::read_to_string(case.path("out/unfinished.csv")).expect("a table");
    assert!(unfinished.starts_with("replication,outcome,people,waits_for\n"), "{unfinished}");
    assert_eq!(unfinished.lines().count() as u64, of("deadlock") + 1, "one row per replication that did not complete");

    let verdict = &summary["objectives"][0];
    assert_eq!((verdict["runs"].as_u64(), verdict["kept"].as_u64()), (Some(40), Some(of("complete"))));
    assert_eq!(verdict["verdict"], "missed");
    assert!(summary["responses"]["days_to_completion"]["mean"].is_null(), "a mean to which never belongs");

    let headline = format!("{} of 40 runs deadlock: ", of("deadlock"));
    assert!(plain(&said).contains(&headline) && plain(&said).contains("wait for"), "{said}");
    assert!(plain(&said).contains("did not complete: figures other than days cover only what moved"), "{said}");
    let quiet = case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "quiet", "-q"]).code(0);
    assert!(text(&quiet.get_output().stdout).starts_with(&headline), "{}", text(&quiet.get_output().stdout));
    let json = case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "json", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&json.get_output().stdout).expect("one object");
    assert_eq!(object["outcomes"], *counts);
    case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "gate", "-q", "--gate"]).code(21);
}

#[test]
fn a_folder_with_deadlocks_is_read_verified_and_run_again() {
    let case = with(90);
    case.convoysim(&["run", "case.toml", "--out", "out", "-q"]).code(0);
    case.convoysim(&["verify", "out", "-q"]).code(0);
    case.convoysim(&["chart", "out"]).code(0);
    let unfinished = fs::read_to_string(case.path("out/unfinished.csv")).expect("a table");
    let first = unfinished.lines().nth(1).and_then(|row| row.split(',').next()).expect("a replication").to_owned();
    case.convoysim(&["rerun", "out", "--replication", &first]).code(0);
    case.convoysim(&["brief", "out", "-o", "page.html"]).code(0);
    let page = fs::read_to_string(case.path("page.html")).expect("a page");
    assert!(page.contains("of 40 runs deadlock"), "the first page names the deadlocks");
}

#[test]
fn charts_and_texts_stand_with_none_and_with_all_runs_deadlocked() {
    for (beds, replications, deadlocks) in [(120, "12", 0), (60, "1", 1), (60, "12", 12)] {
        let case = with(beds);
        let end = case.convoysim(&["run", "case.toml", "-n", replications, "--charts", "all", "--out", "out"]).code(0);
        let said = text(&end.get_output().stdout);
        assert_eq!(case.json("out/summary.json")["outcomes"]["deadlock"], deadlocks, "{said}");
        case.convoysim(&["brief", "out", "-o", "page.html"]).code(0);
        let explained = case.convoysim(&["explain", "case.toml", "-n", replications, "--pairs", "1"]).code(0);
        let explained = text(&explained.get_output().stdout);
        assert!(!said.contains("NaN") && !explained.contains("NaN") && !explained.contains("one activity followed another"), "{explained}");
        case.convoysim(&["compare", "wide.toml", "case.toml", "-n", replications, "--out", "compared", "-q"]).code(0);
    }
}

#[test]
fn a_plan_that_deadlocks_loses_against_one_that_completes() {
    let case = with(90);
    let compared = |files: [&str; 2], more: &[&str]| {
        let args = [&["compare", files[0], files[1], "--charts", "none", "--out", "compared"][..], more].concat();
        case.convoysim(&args)
    };
    compared(["wide.toml", "case.toml"], &[]).code(0);
    let comparison = case.json("compared/comparison.json");
    let worse = &comparison["variants"][0];
    let days = &worse["responses"][0];
    assert_eq!((&days["response"], &days["figures"][0]["verdict"]), (&"days_to_completion".into(), &"worse".into()), "{days:#}");
    assert!(days["figures"][0]["difference"].is_null());
    assert!(worse["variant"]["outcomes"]["deadlock"].as_u64() > Some(4) && comparison["base"]["outcomes"]["deadlock"] == 0);
    assert_eq!(worse["pairs"], 40, "no pair is dropped");
    compared(["wide.toml", "case.toml"], &["-q", "--gate"]).code(22);
    let said = compared(["case.toml", "wide.toml"], &["-q"]).code(0);
    let said = plain(&text(&said.get_output().stdout));
    assert!(said.contains("wide is better, as it completes more often") && said.contains("deadlock"), "{said}");
    assert!(said.contains("cover only what moved in runs that did not complete"), "{said}");
    case.convoysim(&["verify", "compared", "-q"]).code(0);
}

const SWEEP: &str = r#"
[sweep]
name = "Beds"
base = "case.toml"
replications = 20
requirement = "share(days_to_completion <= 10 d) >= 0.83"
show = ["days_to_completion", "exposed_person_hours"]

[[factor]]
id = "beds"
path = "facility.clinic.beds"
"#;

#[test]
fn a_point_that_deadlocks_does_not_meet_what_is_required() {
    let case = with(90);
    fs::write(case.path("sweep.toml"), format!("{SWEEP}levels = [90, 120]\n[[block]]\ndesign = \"grid\"\n")).expect("a file");
    let end = case.convoysim(&["sweep", "sweep.toml", "--out", "swept"]).code(0);
    let said = plain(&text(&end.get_output().stdout));
    assert!(said.contains("in a deadlock) do not complete, at 1 of 2 points; most at point 0"), "{said}");
    let rows = fs::read_to_string(case.path("swept/replications.csv")).expect("a table");
    assert!(rows.starts_with("point,replication,beds,censored,outcome,"), "{rows}");
    assert_eq!(rows.lines().count(), 41);
    let deadlocks = rows.lines().filter(|row| row.contains(",true,deadlock,")).count();
    let points: Vec<String> = fs::read_to_string(case.path("swept/points.csv")).expect("a table").lines().map(String::from).collect();
    assert!(points[0].starts_with("point,design,beds,status,replications,censored,complete,horizon,deadlock,failed,"), "{}", points[0]);
    assert!(points[1].starts_with(&format!("0,grid,90,run,20,{deadlocks},{},0,{deadlocks},0,", 20 - deadlocks)), "{}", points[1]);
    assert!(points[1].ends_with(",no,") && points[2].ends_with(",yes,"), "{points:?}");
    case.convoysim(&["verify", "swept", "-q"]).code(0);
    let json = case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&json.get_output().stdout).expect("one object");
    assert_eq!(object["points"][0]["outcomes"]["deadlock"], deadlocks);
}

#[test]
fn an_index_of_days_over_runs_that_do_not_complete_is_refused() {
    let case = with(90);
    let study = format!("{SWEEP}range = [60, 120]\nwhole = true\n[[block]]\ndesign = \"morris\"\ntrajectories = 4\nlevels = 4\n");
    fs::write(case.path("study.toml"), study.replace("replications = 20", "replications = 4")).expect("a file");
    let end = case.convoysim(&["sensitivity", "study.toml", "--out", "swept"]).code(0);
    let said = plain(&text(&end.get_output().stdout));
    assert!(said.contains("Days to complete: no index, as ") && said.contains("No index is computed"), "{said}");
    let found = case.json("swept/sensitivity.json");
    let responses = &found["analyses"][0]["responses"];
    assert!(responses["days_to_completion"]["factors"].is_null() && responses["days_to_completion"]["refused"].is_string());
    assert!(responses["exposed_person_hours"]["factors"].is_object() || responses["exposed_person_hours"]["factors"].is_array());
    assert!(found["analyses"][0]["outcomes"]["deadlock"].as_u64() > Some(0));
}

#[test]
fn a_deadlocked_replication_is_traced_and_explained_up_to_its_end() {
    let case = with(90);
    run(&case, &[]);
    let unfinished = fs::read_to_string(case.path("out/unfinished.csv")).expect("a table");
    let first = unfinished.lines().nth(1).and_then(|row| row.split(',').next()).expect("a replication").to_owned();
    let end = case.convoysim(&["trace", "case.toml", "--replication", &first, "--format", "csv"]).code(0);
    assert!(text(&end.get_output().stdout).lines().count() > 10);
    let said = text(&end.get_output().stderr);
    assert!(said.contains(&format!("replication {first} ends in a deadlock:")) && said.contains("wait for"), "{said}");
    let end = case.convoysim(&["explain", "case.toml", "--replication", &first]).code(0);
    let said = text(&end.get_output().stdout);
    assert!(said.contains("COMES TO A DEADLOCK") && said.contains("WHO IS LEFT") && said.contains("LAST CHANGES OF STATE"), "{said}");
    let end = case.convoysim(&["explain", "case.toml", "--replication", &first, "--json"]).code(0);
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one object");
    assert!(object["outcome"] == "deadlock" && object["chain"].is_null(), "{object:#}");
    assert!(object["left"].as_array().is_some_and(|left| !left.is_empty()));
}

#[test]
fn explain_raises_the_blocked_level_until_every_run_completes() {
    let case = with(90);
    let end = case.convoysim(&["explain", "case.toml", "--pairs", "20", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one object");
    let raised = &object["blocked"]["raised"][0];
    assert_eq!((&raised["set"][0], &raised["from"]), (&"facility.clinic.beds=100".into(), &90.into()), "{:#}", object["blocked"]);
    assert_eq!((&raised["to"], &raised["complete"], &raised["runs"]), (&100.into(), &40.into(), &40.into()));
    let end = case.convoysim(&["explain", "case.toml", "--pairs", "20"]).code(0);
    let said = plain(&text(&end.get_output().stdout));
    assert!(said.contains("beds clinic 90 -> 100: all 40 runs complete"), "{said}");
    assert!(!said.contains("one activity followed another"), "{said}");
}

#[test]
fn a_level_that_ends_every_deadlock_is_found_though_other_runs_meet_the_horizon() {
    let late = "{ dist = \"lognormal\", median = \"30 h\", sigma = 1.5 }";
    let plan = super::best::SHARED_CLINIC
        .replace("share = 0.0017, back_after = \"30 h\"", &format!("share = 0.02, back_after = {late}"))
        .replace("horizon = \"20 d\"", "horizon = \"6 d\"");
    let case = Case::new(&plan);
    let end = case.convoysim(&["explain", "case.toml", "-n", "60", "--pairs", "20", "--json"]).code(0);
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    let (outcomes, raised) = (&object["outcomes"], &object["blocked"]["raised"][0]);
    assert!(outcomes["deadlock"].as_u64() > Some(0) && outcomes["horizon"].as_u64() > Some(0), "{outcomes}");
    // Forty people may want a bed there: with as many beds nobody is kept out.
    assert_eq!((&raised["label"], &raised["from"], &raised["deadlocks"]), (&"beds clinic".into(), &30.into(), &0.into()), "{raised}");
    assert!(raised["to"].as_u64().is_some_and(|to| (31..=40).contains(&to)) && raised["complete"].as_u64() < Some(60), "{raised}");
    let words = case.convoysim(&["explain", "case.toml", "-n", "60", "--pairs", "20"]).code(0);
    let words = text(&words.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("no run deadlocks, ") && words.contains("No run deadlocks with beds clinic 30 -> "), "{words}");
}
