//! When loaded convoys start.

use super::{ESCORTS, ONE_LOAD, road, road_with};

/// A cap on the road from a time of the first day until its end.
fn cap(from: &str, cap: u32) -> String {
    format!(
        "\n[[calendar]]\nid = \"slow\"\nfrom = \"2026-01-21T{from}\"\nto = \"2026-01-22T00:00\"\napplies_to = [\"route.road\"]\ndaily_cap = {cap}\n"
    )
}

#[test]
fn a_window_takes_who_is_ready_as_it_opens_and_not_who_is_ready_as_it_closes() {
    let run = road(&[r#"route.road.departures={ from = "00:20", to = "00:40" }"#]);
    assert_eq!(run.loaded(), [20.0, 40.0]);
    assert_eq!(run.started(), [20.0, 1460.0]);
}

#[test]
fn a_timetable_entry_that_nobody_is_ready_for_is_lost() {
    let run = road(&[r#"route.road.timetable=["00:10", "06:00"]"#]);
    assert_eq!(run.started(), [360.0, 1450.0]);
    assert!(run.causes().contains(&("timetable", 1410.0)), "{:?}", run.causes());
}

#[test]
fn headway_and_the_limit_on_the_road_hold_loaded_convoys_inside() {
    assert_eq!(road(&[r#"route.road.headway="45 min""#]).started(), [20.0, 65.0]);
    let limited = road(&["route.road.max_on_road=1"]);
    assert_eq!(limited.started(), [20.0, 150.0]);
    assert_eq!(limited.observed.ledger.convoy_total, 260 * 60_000_000);
}

#[test]
fn the_daily_cap_cuts_a_forming_convoy_and_the_rest_forms_on_the_next_operating_day() {
    let cap = r#"
[[calendar]]
id = "slow"
from = "2026-01-21T00:00"
to = "2026-02-21T00:00"
applies_to = ["route.road"]
daily_cap = 60
"#;
    let run = road_with(cap, &["site.camp.detainees=120", "buses.coaches.count=4", "route.road.buses.per_convoy=2"]);
    assert_eq!((run.people(), run.formed(), run.started()), (vec![60, 60], vec![0.0, 1440.0], vec![30.0, 1470.0]));
}

#[test]
fn a_cap_that_will_be_in_force_at_the_start_cuts_the_convoy_as_it_forms() {
    let run = road_with(&cap("00:10", 30), &[ONE_LOAD]);
    assert_eq!((run.people(), run.started()), (vec![30, 10], vec![15.0, 1440.0]));
}

#[test]
fn a_loaded_convoy_above_the_cap_waits_and_does_not_unload() {
    // The second convoy is loaded before the cap comes into force, but has its escorts at 270 only.
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2 }"#;
    let run = road_with(&format!("{ESCORTS}{}", cap("01:00", 30)), &[near]);
    assert_eq!((run.people(), run.loaded(), run.started()), (vec![40, 40], vec![20.0, 40.0], vec![20.0, 1440.0]));
}

#[test]
fn no_departures_hold_until_the_entry_ends() {
    let pause = "\n[[calendar]]\nid = \"truce\"\nfrom = \"2026-01-21T00:30\"\nto = \"2026-01-21T05:00\"\napplies_to = [\"route.*\"]\nno_departures = true\n";
    let run = road_with(pause, &[]);
    assert_eq!(run.started(), [20.0, 300.0]);
    assert!(run.causes().contains(&("calendar", 260.0)), "{:?}", run.causes());
}

#[test]
fn a_crossing_is_shut_at_the_first_instant_of_a_closure_and_open_at_its_end() {
    let shut = |from: &str, to: &str| {
        format!(
            "\n[[calendar]]\nid = \"strike\"\nfrom = \"2026-01-21T{from}\"\nto = \"2026-01-21T{to}\"\napplies_to = [\"crossing.border\"]\nclosed = true\n"
        )
    };
    // Arrival would be at 01:20. Shut from then on: the convoy waits inside for the planned arrival at 03:00.
    assert_eq!(road_with(&shut("01:20", "03:00"), &[ONE_LOAD]).started(), [120.0]);
    assert_eq!(road_with(&shut("01:21", "03:00"), &[ONE_LOAD]).started(), [20.0]);
    assert_eq!(road_with(&shut("00:30", "01:20"), &[ONE_LOAD]).started(), [20.0]);
}

#[test]
fn a_bus_whose_turn_comes_as_the_crossing_shuts_waits_until_it_opens() {
    let shut = "\n[[calendar]]\nid = \"strike\"\nfrom = \"2026-01-21T01:50\"\nto = \"2026-01-21T03:00\"\napplies_to = [\"crossing.border\"]\nclosed = true\n";
    let run = road_with(shut, &["route.road.buses.per_convoy=2"]);
    // The first bus is served from 100 to 110; the second one waits until 180, and all of that is charged to what let it go.
    let expected = [("moving", 40.0, 100.0), ("border queue", 100.0, 180.0), ("border service", 180.0, 190.0), ("moving", 190.0, 250.0)];
    assert_eq!(run.stretches(0), expected);
    assert_eq!(run.convoy(0).border_queue.minutes(), 80.0);
    assert!(run.causes().contains(&("calendar", 80.0)), "{:?}", run.causes());
}

#[test]
fn night_departures_wait_for_sunset() {
    let run = road(&[r#"scenario.start="2026-01-21T12:00""#, r#"route.road.departures="night""#]);
    assert_eq!(run.started(), [360.0, 360.0]);
    assert_eq!(run.response("daylight_convoy_hours"), 0.0);
}
