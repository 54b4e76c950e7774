//! `explain` names what limits a plan that is made so that one thing does, and the levers agree with it.

use convoysim::experiment::Plan;
use convoysim::experiment::explain::variant::Origin;
use convoysim::experiment::explain::{Bench, chain};
use convoysim::experiment::operation::Operation;
use convoysim::experiment::runner::{Pool, Unwatched};
use convoysim::results::{Closure, Explanation, Levers, RunTable};
use convoysim::scenario::{self, Scenario};
use convoysim::stats::Finding;
use convoysim::units::TICKS_PER_HOUR;

const RUNS: u32 = 40;

/// Six convoys over one border, with more of everything than they need.
const PLENTY: &str = r#"
[scenario]
name = "plenty"
start = "2026-01-21T12:00"
horizon = "40 d"
replications = 40
seed = 7
[[site]]
id = "prison"
detainees = 1200
boarding = { bays = 10, lanes_per_bay = 4, per_person = "10 s" }
[[crossing]]
id = "border"
lanes = 5
service = { dist = "uniform", min = "4 min", max = "6 min" }
[[facility]]
id = "receiving"
beds = 1200
intake = { bays = 10, lanes_per_bay = 4, per_person = "10 s" }
[[buses]]
id = "coaches"
count = 30
seats = 40
home = "prison"
[[escorts]]
id = "armoured"
count = 24
home = "prison"
[[air_cover]]
id = "uas"
aircraft = 12
endurance = "6 h"
ground = "6 h"
orbits = 6
[[route]]
id = "road"
mode = "land"
from = "prison"
to = "receiving"
path = [
  { leg = "to border", distance = "60 km", speed = { dist = "uniform", min = "50 km/h", max = "70 km/h" } },
  { crossing = "border" },
  { leg = "onward", distance = "60 km", speed = { dist = "uniform", min = "50 km/h", max = "70 km/h" } },
]
buses = { fleet = "coaches", per_convoy = 5 }
escorts = { pool = "armoured", per_convoy = 4 }
air_cover = { orbit = "uas", policy = "required" }
board = "at_once"
"#;

/// The plan with some lines changed.
fn plenty_but(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(PLENTY.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} stands in the text");
        text.replace(old, new)
    })
}

struct Explained {
    attribution: Explanation,
    levers: Levers,
}

fn read(text: &str) -> Scenario {
    let bytes = text.as_bytes().to_vec();
    let loaded = scenario::load("case.toml", &move |_: &str| Ok(bytes.clone()), &[]);
    loaded.unwrap_or_else(|problems| panic!("{problems:?}")).scenario
}

fn runs(operation: &Operation, plan: &Plan, pool: &Pool) -> RunTable {
    let mut table = operation.empty_table();
    assert!(pool.fill(&mut table, plan.replications, &|r, detail, watch| operation.replicate(r, detail, watch), &Unwatched));
    assert_eq!(table.failures, []);
    table
}

fn explain_on(text: &str, threads: usize) -> Explained {
    let scenario = read(text);
    let plan = Plan::of(&scenario, Some(RUNS), None);
    let operation = Operation::new(&scenario, plan.seed);
    let pool = Pool::new(threads).expect("threads");
    let table = runs(&operation, &plan, &pool);
    let origin = Origin::new(&scenario.texts, &[]);
    let bench = Bench { scenario: &scenario, origin: &origin, seed: plan.seed, table: &table, pool: &pool, watch: &Unwatched };
    let levers = bench.levers(&operation.responses[0], RUNS).expect("nobody cancels");
    Explained { attribution: Explanation::of(&table), levers }
}

/// What limits most often, and the lever that does most.
fn first(text: &str) -> (String, String) {
    let Explained { attribution, levers } = explain_on(text, 2);
    let best = &levers.rows[0];
    assert_eq!(best.finding(), Some(Finding::Lower), "{best:?}");
    (attribution.limits[0].name.clone(), best.label.clone())
}

#[test]
fn with_one_slow_lane_the_border_limits_and_a_second_lane_does_most() {
    let text = plenty_but(&[("lanes = 5", "lanes = 1"), ("min = \"4 min\", max = \"6 min\"", "min = \"40 min\", max = \"60 min\"")]);
    assert_eq!(first(&text), ("border".into(), "lanes border 1 -> 2".into()));
}

#[test]
fn with_escorts_for_one_convoy_escorts_limit_and_another_set_does_most() {
    let text = plenty_but(&[("id = \"armoured\"\ncount = 24", "id = \"armoured\"\ncount = 4")]);
    assert_eq!(first(&text), ("armoured".into(), "escorts armoured 4 -> 8".into()));
}

#[test]
fn with_beds_that_come_day_by_day_beds_limit_and_more_of_them_a_day_do_most() {
    let text = plenty_but(&[("beds = 1200", "beds = { start = 200, per_day = 100, up_to = 1200 }")]);
    assert_eq!(first(&text), ("receiving.beds".into(), "further beds a day receiving 100 -> 140".into()));
}

#[test]
fn with_one_covering_aircraft_that_rests_long_air_cover_limits_and_a_second_one_does_most() {
    let text = plenty_but(&[("aircraft = 12", "aircraft = 1"), ("ground = \"6 h\"", "ground = \"30 h\"")]);
    assert_eq!(first(&text), ("uas".into(), "covering aircraft uas 1 -> 2".into()));
}

/// A hub with places for one convoy, which leaves it for a long way on.
fn small_hub() -> String {
    let hub = r#"
[[hub]]
id = "hub"
holding = 200
arrival = { per_person = "1 s" }
boarding = { bays = 10, lanes_per_bay = 4, per_person = "3 min" }
[[buses]]
id = "shuttles"
count = 30
seats = 40
home = "hub"
[[route]]
id = "onward"
mode = "land"
from = "hub"
to = "receiving"
path = [{ leg = "far", distance = "60 km", speed = { dist = "uniform", min = "50 km/h", max = "70 km/h" } }]
buses = { fleet = "shuttles", per_convoy = 5 }
board = "at_once"
"#;
    let text = plenty_but(&[("to = \"receiving\"", "to = \"hub\"")]);
    format!("{text}{hub}")
}

#[test]
fn with_a_hub_for_one_convoy_its_places_limit_and_places_for_another_do_most() {
    assert_eq!(first(&small_hub()), ("hub.holding".into(), "places hub 200 -> 400".into()));
}

/// Two sites, each behind a slow border of its own; the plan is done when the later of the two is.
fn two_borders() -> String {
    let text = plenty_but(&[
        ("detainees = 1200", "detainees = 600"),
        ("lanes = 5", "lanes = 1"),
        ("{ dist = \"uniform\", min = \"4 min\", max = \"6 min\" }", "{ dist = \"exponential\", mean = \"50 min\" }"),
    ]);
    let text = text.replace("air_cover = { orbit = \"uas\", policy = \"required\" }", "air_cover = \"none\"");
    let other = r#"
[[site]]
id = "camp"
detainees = 600
boarding = { bays = 10, lanes_per_bay = 4, per_person = "10 s" }
[[crossing]]
id = "ferry"
lanes = 1
service = { dist = "exponential", mean = "50 min" }
[[buses]]
id = "vans"
count = 30
seats = 40
home = "camp"
[[route]]
id = "track"
mode = "land"
from = "camp"
to = "receiving"
path = [{ leg = "to ferry", distance = "60 km", speed = "60 km/h" }, { crossing = "ferry" }, { leg = "inland", distance = "60 km", speed = "60 km/h" }]
buses = { fleet = "vans", per_convoy = 5 }
board = "at_once"
"#;
    format!("{text}{other}")
}

#[test]
fn of_two_equal_bottlenecks_it_says_that_they_cannot_be_told_apart() {
    let Explained { attribution, levers } = explain_on(&two_borders(), 2);
    let mut limits = [attribution.limits[0].name.as_str(), attribution.limits[1].name.as_str()];
    limits.sort_unstable();
    assert_eq!(limits, ["border", "ferry"]);
    let mut tied = levers.tied.clone().expect("a tie");
    tied.sort_unstable();
    assert_eq!(tied, ["lanes border 1 -> 2", "lanes ferry 1 -> 2"]);
    let [one, other] = [&levers.rows[0], &levers.rows[1]].map(|row| row.interval().expect("all runs end"));
    assert!(one.lower <= other.upper && other.lower <= one.upper, "{one} and {other} overlap");
    let both = levers.together.as_ref().and_then(|row| row.interval()).expect("both were tried");
    assert!(both.upper < one.lower.min(other.lower), "both together ({both}) do more than either alone");
}

#[test]
fn explanations_are_the_same_on_any_number_of_threads() {
    let text = plenty_but(&[("lanes = 5", "lanes = 1")]);
    let [one, three] = [1, 3].map(|threads| explain_on(&text, threads));
    assert_eq!((one.attribution, one.levers), (three.attribution, three.levers));
}

#[test]
fn the_chain_of_every_replication_is_the_closure_to_the_tick_without_a_gap() {
    let scenario = read(&small_hub());
    let operation = Operation::new(&scenario, 7);
    for replication in 0..5 {
        let told = chain::of(&operation, replication, &Unwatched).expect("nothing cancels it").expect("no failure");
        let Closure::Decided(rows) = told else { panic!("it completes") };
        assert_eq!(rows.sum(), rows.closure);
        assert_eq!((rows.rows[0].end, rows.rows.last().map(|row| row.start)), (rows.closure, Some(0)));
        assert!(rows.rows.windows(2).all(|pair| pair[0].start == pair[1].end), "each ends where the later one begins");
        assert!(rows.rows.iter().all(|row| !row.movement.is_empty()), "every part belongs to somebody");
        assert!(rows.closure > TICKS_PER_HOUR);
    }
}

#[test]
fn a_change_that_the_checks_refuse_says_why() {
    let scenario = read(PLENTY);
    let origin = Origin::new(&scenario.texts, &[]);
    let refused = origin.operation(&["route.road.escorts.per_convoy=25".to_owned()], 7).err().expect("24 escorts are fewer than 25");
    assert!(refused.contains("route.road.escorts"), "{refused}");
}
