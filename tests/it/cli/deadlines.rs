//! Bounds on times are whole ticks, as runs are: a run that ends on the very tick of a deadline keeps it.

use super::run::Case;
use serde_json::Value;

/// One person, who arrives after exactly so many minutes in every run.
fn plan(minutes: u32, objective: &str) -> String {
    format!(
        r#"
[scenario]
name = "A single trip of {minutes} minutes"
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "30 d"
replications = 10
seed = 1

[[site]]
id = "origin"
detainees = 1
boarding = {{ bays = 1, lanes_per_bay = 1, per_person = "0 min" }}

[[facility]]
id = "destination"
beds = 1
intake = {{ bays = 1, lanes_per_bay = 1, per_person = "{minutes} min" }}

[[buses]]
id = "coach"
count = 1
seats = 1
home = "origin"

[[route]]
id = "road"
mode = "land"
from = "origin"
to = "destination"
path = [{{ leg = "only", distance = "60 km", speed = "60 km/h" }}]
buses = {{ fleet = "coach", per_convoy = 1 }}

{objective}
"#
    )
}

fn kept(case: &Case) -> Value {
    case.convoysim(&["run", "case.toml", "-q", "--out", "out", "--charts", "none"]).code(0);
    case.json("out/summary.json")["objectives"][0].clone()
}

/// A bound that was divided twice, to hours and then to days, lay beside the run's own number for one in six of these.
#[test]
fn a_run_that_ends_on_the_tick_of_its_deadline_keeps_it() {
    // 60 minutes of road, the rest intake: 0.1 d is 144 minutes.
    for tenths in 1..=24_u32 {
        let bound = format!("{}.{} d", tenths / 10, tenths % 10);
        let minutes = tenths * 144 - 60;
        let objective =
            |words: &str| format!("[[objective]]\nid = \"deadline\"\nresponse = \"days_to_completion\"\n{words}\nin_share_of_runs = 0.8\n");
        let at_most = kept(&Case::new(&plan(minutes, &objective(&format!("at_most = \"{bound}\"")))));
        assert_eq!(at_most["kept"], 10, "{bound}: {at_most}");
        if tenths % 8 == 0 {
            let at_least = kept(&Case::new(&plan(minutes, &objective(&format!("at_least = \"{bound}\"")))));
            assert_eq!(at_least["kept"], 10, "{bound}: {at_least}");
            let later = kept(&Case::new(&plan(minutes + 1, &objective(&format!("at_most = \"{bound}\"")))));
            assert_eq!((&later["kept"], &later["verdict"]), (&0.into(), &"missed".into()), "{bound}: {later}");
        }
    }
}

#[test]
fn shares_and_requirements_count_a_run_that_ends_on_the_tick_of_the_bound() {
    let case = Case::new(&plan(84, ""));
    let end =
        case.convoysim(&["run", "case.toml", "--until", "share(days_to_completion <= 0.1 d) +- 30 points", "--json", "--charts", "none"]);
    let printed: Value = serde_json::from_slice(&end.code(0).get_output().stdout).expect("one JSON object");
    assert_eq!(printed["precision"]["conditions"][0]["estimate"], 1.0, "{:#}", printed["precision"]);
}

/// Runs that are still under way at the horizon may keep a later deadline or not: neither is claimed.
#[test]
fn a_deadline_beyond_the_horizon_is_left_open_by_runs_that_are_under_way_then() {
    let objective = |days: u32| {
        format!("[[objective]]\nid = \"deadline\"\nresponse = \"days_to_completion\"\nat_most = \"{days} d\"\nin_share_of_runs = 0.8\n")
    };
    let horizon = |hours: u32, days: u32| {
        let random = plan(60, &objective(days))
            .replace("speed = \"60 km/h\"", "speed = { dist = \"uniform\", min = \"2 km/h\", max = \"12 km/h\" }");
        Case::new(
            &random.replace("horizon = \"30 d\"", &format!("horizon = \"{hours} h\"")).replace("replications = 10", "replications = 200"),
        )
    };
    // Trips take 6 to 31 hours. With a horizon of 12 hours most are under way at the end, and all are done within 2 days.
    let short = horizon(12, 2);
    let end = short.convoysim(&["run", "case.toml", "--out", "out", "--charts", "none"]).code(0);
    let said = String::from_utf8_lossy(&end.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    let found = short.json("out/summary.json")["objectives"][0].clone();
    let (kept, under_way) = (found["kept"].as_u64().expect("a count"), found["not_known"].as_u64().expect("a count"));
    assert!(kept > 0 && under_way > 0 && kept + under_way == 200, "{found}");
    assert_eq!((&found["verdict"], &found["ci95"][1]), (&"not_resolved".into(), &1.0.into()), "{found}");
    assert!(said.contains("not resolved finish by day 2 in 80% of runs got ≥") || said.contains("in 80% of runs got >="), "{said}");
    assert!(said.contains("Objective deadline is not resolved: ") && said.contains("were still under way at the horizon"), "{said}");
    let noted = short.convoysim(&["check", "case.toml"]).code(0);
    let note = String::from_utf8_lossy(&noted.get_output().stderr).into_owned();
    assert!(note.contains("asks beyond the horizon, day 0.5"), "{note}");
    for condition in ["share(deadline) +- 2 points", "share(days_to_completion <= 2 d) +- 2 points"] {
        short.convoysim(&["run", "case.toml", "--until", condition]).code(2);
    }
    // The truth, with a longer horizon.
    let long = horizon(24 * 30, 2);
    long.convoysim(&["run", "case.toml", "-q", "--out", "out", "--charts", "none"]).code(0);
    let found = long.json("out/summary.json")["objectives"][0].clone();
    assert_eq!((&found["kept"], &found["not_known"], &found["verdict"]), (&200.into(), &0.into(), &"met".into()), "{found}");
}
