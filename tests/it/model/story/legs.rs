//! Where a road is written in several legs: cutting a leg at a constant speed changes nothing, to the last bit.

use super::super::Run;
use super::{ESCORTS, ROAD, cover, written};
use convoysim::experiment::operation::Operation;
use convoysim::experiment::runner::Unwatched;

/// 240 km between two walls, two convoys of six buses.
const LONG_ROAD: &str = r#"
[scenario]
name = "six hours of driving"
start = "2026-01-21T12:00"
horizon = "9 d"
seed = 1

[[site]]
id = "camp"
detainees = 480
boarding = { bays = 1, lanes_per_bay = 2, per_person = "90 s" }

[[facility]]
id = "receiving"
beds = 480
intake = { bays = 1, lanes_per_bay = 1, per_person = "1 min" }

[[buses]]
id = "coaches"
count = 12
seats = 40
home = "camp"

[[escorts]]
id = "armoured"
count = 12
home = "camp"

[[route]]
id = "road"
mode = "land"
from = "camp"
to = "receiving"
path = [{ leg = "l1", distance = "240 km", speed = "40 km/h" }]
buses = { fleet = "coaches", per_convoy = 6 }
escorts = { pool = "armoured", per_convoy = 6, minimum = 4 }
board = "at_once"
"#;

/// A path of so many equal parts of 240 km.
fn in_parts(parts: u32) -> String {
    let leg = |n| format!("{{ leg = \"l{n}\", distance = \"{} km\", speed = \"40 km/h\" }}", f64::from(240 / parts));
    format!("route.road.path=[{}]", (1..=parts).map(leg).collect::<Vec<_>>().join(", "))
}

fn long_road(more: &str, overrides: &[&str]) -> Operation {
    written(&format!("{LONG_ROAD}{more}"), overrides)
}

/// Everything that a replication reports, as bits.
fn figures(operation: &Operation, replication: u32) -> (Vec<u64>, String) {
    let (record, _) =
        operation.replicate(replication, false, &Unwatched).expect("nothing cancels it").unwrap_or_else(|failure| panic!("{failure:?}"));
    let values = record.values.iter().map(|value| value.to_bits()).collect();
    (values, format!("{:?} {:?} {:?} {:?}", record.attribution, record.resources, record.daily.days, record.left))
}

/// Asserts that two plans report the same, and that chance had a part in it.
fn assert_alike(one: &Operation, other: &Operation, replications: u32) {
    let mut seen = std::collections::BTreeSet::new();
    for replication in 0..replications {
        let (values, rest) = figures(one, replication);
        let (others, rest_of_other) = figures(other, replication);
        for ((value, of_other), response) in values.iter().zip(&others).zip(&one.responses) {
            let (value, of_other) = (f64::from_bits(*value), f64::from_bits(*of_other));
            assert!(
                value.to_bits() == of_other.to_bits() || (value.is_nan() && of_other.is_nan()),
                "{} of replication {replication}: {value} and {of_other}",
                response.name
            );
        }
        assert_eq!(rest, rest_of_other, "replication {replication}");
        seen.insert(values);
    }
    assert!(replications == 1 || seen.len() > 1, "nothing was drawn");
}

const INCIDENTS: &str = r#"
[incidents]
rate = "0.05 /h"
delay = "3 h"
"#;

#[test]
fn incidents_do_not_depend_on_where_a_road_is_cut_in_legs() {
    let one = long_road(INCIDENTS, &[]);
    let six = long_road(INCIDENTS, &[&in_parts(6)]);
    assert_alike(&one, &six, 100);
    // 12 h of exposed convoy-time and more make 0.6 to 0.8 incidents per run.
    let at = one.responses.iter().position(|response| response.name == "incidents").expect("a response");
    let mean =
        (0..400).map(|n| six.replicate(n, false, &Unwatched).expect("nothing cancels it").expect("it runs").0.values[at]).sum::<f64>()
            / 400.0;
    assert!((0.55..0.85).contains(&mean), "{mean} incidents per run");
}

#[test]
fn incidents_that_turn_convoys_back_do_not_depend_on_where_a_road_is_cut_in_legs() {
    let incidents = "[incidents]\nrate = \"0.2 /h\"\ndelay = { dist = \"uniform\", min = \"0 h\", max = \"3 h\" }\nturn_back = 0.5\n\
                     after_incident = { factor = 3, for = \"4 h\" }\nhalted = 2\ndaylight = 1.5\n";
    let one = long_road(incidents, &[]);
    for parts in [2, 3, 6, 24] {
        assert_alike(&one, &long_road(incidents, &[&in_parts(parts)]), 60);
    }
}

#[test]
fn breakdowns_halts_and_drivers_breaks_do_not_depend_on_where_a_road_is_cut_in_legs() {
    let more = [
        r#"buses.coaches.breakdown={ mean_distance = "300 km", repair = { dist = "uniform", min = "10 min", max = "3 h" } }"#,
        r#"buses.coaches.driver={ max_driving = "9 h", break = { after = "2 h", length = "20 min" }, rest = "8 h", crews = 1 }"#,
        r#"escorts.armoured.breakdown={ mean_distance = "400 km", repair = "1 h" }"#,
        r#"route.road.halts={ every = "90 min", length = "15 min", comfort = true }"#,
        r#"welfare.max_aboard="4 h""#,
    ];
    for kept in 0..more.len() {
        // All of them, and all but one.
        let some: Vec<&str> = more.iter().enumerate().filter(|(n, _)| kept == 0 || *n != kept).map(|(_, text)| *text).collect();
        let one = long_road(INCIDENTS, &some);
        for parts in [3, 6, 8] {
            let path = in_parts(parts);
            let cut: Vec<&str> = some.iter().copied().chain([path.as_str()]).collect();
            assert_alike(&one, &long_road(INCIDENTS, &cut), 20);
        }
    }
}

#[test]
fn boarding_for_a_departure_and_rates_of_march_do_not_depend_on_where_a_road_is_cut_in_legs() {
    let later = ["route.road.board=\"for_departure\"", "route.road.departures=[{ from = \"18:00\", to = \"04:00\" }]"];
    let marched = |parts: &str| parts.replace("speed =", "rate_of_march =");
    let one = long_road(INCIDENTS, &[later[0], later[1], &marched(&in_parts(1))]);
    assert_alike(&one, &long_road(INCIDENTS, &[later[0], later[1], &marched(&in_parts(6))]), 20);
}

#[test]
fn legs_on_either_side_of_a_crossing_may_be_cut_under_cover_that_comes_and_goes() {
    let uas = "\n[[air_cover]]\nid = \"uas\"\naircraft = 1\nendurance = \"50 min\"\ntransit = \"5 min\"\nground = \"20 min\"\n";
    let path = |parts: u32| {
        let legs = |from: u32| {
            let leg = |n| format!("{{ leg = \"l{n}\", distance = \"{} km\", speed = \"40 km/h\" }}", 40 / parts);
            (from..from + parts).map(leg).collect::<Vec<_>>().join(", ")
        };
        format!("route.road.path=[{}, {{ crossing = \"border\" }}, {}]", legs(1), legs(100))
    };
    for (policy, on_loss) in [("preferred", "proceed"), ("required", "hold"), ("preferred", "hold")] {
        let text = format!("{ROAD}{uas}{ESCORTS}{INCIDENTS}");
        let with = |path: &str| {
            let escorts = r#"route.road.escorts={ pool = "near", per_convoy = 1, minimum = 1 }"#;
            written(&text, &[&cover(policy, on_loss), escorts, "crossing.border.secured=true", path])
        };
        assert_alike(&with(&path(1)), &with(&path(4)), 20);
    }
}

const EVERY_2_H: &str = r#"route.road.halts={ every = "2 h", length = "15 min", comfort = true }"#;

#[test]
fn a_halt_due_at_the_end_of_a_leg_is_taken_as_the_next_leg_begins() {
    for parts in [1, 2, 3, 6] {
        let run = Run::of(long_road("", &[EVERY_2_H, &in_parts(parts)]), 0);
        assert_eq!(run.response("halted_convoy_hours"), 1.0, "{parts} legs");
        assert_eq!(run.response("days_to_completion"), 17.5 / 24.0, "{parts} legs");
        // None at the destination: 6 h of driving take two halts of the three.
        assert_eq!(run.convoy(0).arrived.map(|at| at.elapsed().minutes()), Some(180.0 + 390.0));
    }
}

#[test]
fn a_halt_due_as_a_crossing_is_reached_is_taken_after_it() {
    let halts = r#"route.road.halts={ every = "1 h", length = "15 min" }"#;
    let run = Run::of(written(ROAD, &["site.camp.detainees=40", halts]), 0);
    let moving_and_halts: Vec<(&str, f64, f64)> = run.stretches(0);
    assert_eq!(
        moving_and_halts,
        [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("scheduled halt", 90.0, 105.0), ("moving", 105.0, 165.0),]
    );
}

#[test]
fn a_drivers_break_due_at_the_end_of_a_leg_is_taken_as_the_next_leg_begins() {
    let rule = r#"buses.coaches.driver={ max_driving = "20 h", break = { after = "2 h", length = "30 min" }, rest = "8 h", crews = 1 }"#;
    for parts in [1, 3, 6] {
        let run = Run::of(long_road("", &[rule, &in_parts(parts)]), 0);
        assert_eq!(run.convoy(0).arrived.map(|at| at.elapsed().minutes()), Some(180.0 + 420.0), "{parts} legs");
    }
}

#[test]
fn the_speed_of_escorts_on_their_way_home_does_not_depend_on_where_an_earlier_leg_is_cut() {
    let varying = r#"{ leg = "in", distance = "40 km", speed = { dist = "uniform", min = "20 km/h", max = "60 km/h" } }"#;
    let with = |out: &str| {
        let path = format!("route.road.path=[{out}, {{ crossing = \"border\" }}, {varying}]");
        let escorts = r#"route.road.escorts={ pool = "near", per_convoy = 1 }"#;
        let hand_over = r#"route.road.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 1 } }]"#;
        written(&format!("{ROAD}{ESCORTS}"), &[escorts, hand_over, &path])
    };
    let whole = with(r#"{ leg = "out", distance = "40 km", speed = "40 km/h" }"#);
    let cut = with(r#"{ leg = "out", distance = "30 km", speed = "40 km/h" }, { leg = "more", distance = "10 km", speed = "40 km/h" }"#);
    assert_alike(&whole, &cut, 20);
}

/// Two empty buses that break down for the same fixed time come to a crossing on one tick: who is first must not depend on how many legs
/// either of them had begun by then.
#[test]
fn empty_buses_that_reach_a_crossing_on_one_tick_queue_alike_wherever_the_road_is_cut() {
    const SHUTTLE: &str = r#"
[scenario]
name = "two buses and one lane"
start = "2026-01-21T06:00"
horizon = "5 d"
seed = 1

[[site]]
id = "camp"
detainees = 60
boarding = { bays = 2, lanes_per_bay = 1, per_person = "0 min" }

[[crossing]]
id = "border"
lanes = 1
service = "30 min"

[[facility]]
id = "receiving"
beds = 60
intake = { bays = 1, lanes_per_bay = 1, per_person = "1 min" }

[[buses]]
id = "coaches"
count = 2
seats = 30
home = "receiving"
breakdown = { mean_distance = "200 km", repair = "40 min" }

[[route]]
id = "road"
mode = "land"
from = "camp"
to = "receiving"
path = [{ leg = "out", distance = "20 km", speed = "40 km/h" }, { crossing = "border" }, { leg = "in", distance = "120 km", speed = "40 km/h" }]
buses = { fleet = "coaches", per_convoy = 2 }
board = "at_once"
"#;
    let with = |parts: u32| {
        let inner = (0..parts).map(|n| format!("{{ leg = \"in{n}\", distance = \"{} km\", speed = \"40 km/h\" }}", 120 / parts));
        let inner: Vec<String> = inner.collect();
        let path = format!(
            "route.road.path=[{{ leg = \"out\", distance = \"20 km\", speed = \"40 km/h\" }}, {{ crossing = \"border\" }}, {}]",
            inner.join(", ")
        );
        written(SHUTTLE, &[path.as_str()])
    };
    let whole = with(1);
    for parts in [2, 3, 12] {
        assert_alike(&whole, &with(parts), 200);
    }
}
