//! Gates, yards, bays and beds.

use super::{COVER, NO_BORDER, ONE_LOAD, ROAD, Run, cover, road, written};
use convoysim::model::Ending;

#[test]
fn buses_beyond_yard_and_bays_wait_exposed_at_the_gate() {
    let convoy = ["site.camp.detainees=120", "buses.coaches.count=3", "route.road.buses.per_convoy=3", NO_BORDER];
    let set = |yard: Option<u32>| {
        let mut all: Vec<String> = convoy.iter().map(|s| (*s).to_owned()).collect();
        all.extend(yard.map(|yard| format!("facility.receiving.yard={yard}")));
        road(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    // Loaded at 60, at the gate at 120, ten minutes of intake a bus.
    let one = set(Some(1));
    assert_eq!(one.stretches(0), [("moving", 60.0, 120.0), ("gate queue", 120.0, 130.0)]);
    assert_eq!((one.each(|m| m.clear), one.closure()), (vec![130.0], 150.0));
    assert_eq!(one.response("exposed_person_hours"), (120.0 * 60.0 + 40.0 * 10.0) / 60.0);
    let none = set(Some(0));
    assert_eq!((none.each(|m| m.clear), none.closure()), (vec![140.0], 150.0));
    assert_eq!(none.response("exposed_person_hours"), (120.0 * 60.0 + 40.0 * 10.0 + 40.0 * 20.0) / 60.0);
    let room = set(None);
    assert_eq!((room.each(|m| m.clear), room.closure()), (vec![120.0], 150.0));
}

#[test]
fn who_waits_for_a_yard_that_is_taken_away_goes_straight_to_a_bay() {
    let yard = "\n[[calendar]]\nid = \"yard\"\nfrom = \"2026-01-21T00:00\"\nto = \"2026-01-21T02:05\"\nadd = { \"facility.receiving.yard\" = 1 }\n";
    let convoy =
        ["site.camp.detainees=120", "buses.coaches.count=3", "route.road.buses.per_convoy=3", "facility.receiving.yard=0", NO_BORDER];
    let run = Run::of(written(&format!("{ROAD}{yard}"), &convoy), 0);
    // At the gate at 120: one in the bay, one in the yard, one at the gate, where it stays until its bay is free.
    assert_eq!(run.stretches(0), [("moving", 60.0, 120.0), ("gate queue", 120.0, 140.0)]);
    assert_eq!((run.each(|m| m.clear), run.closure()), (vec![140.0], 150.0));
    assert_eq!(run.response("exposed_person_hours"), (120.0 * 60.0 + 40.0 * 20.0) / 60.0);
}

#[test]
fn intake_stops_overnight_between_two_people() {
    let morning = road(&[r#"facility.receiving.intake.hours=[["08:00", "20:00"]]"#, ONE_LOAD]);
    assert_eq!((morning.closure(), morning.each(|m| m.clear)), (490.0, vec![150.0]));
    assert!(morning.causes().contains(&("closure", 330.0)), "{:?}", morning.causes());
    // Twenty of forty until 02:35, the others from 08:00.
    let split = road(&[r#"facility.receiving.intake.hours=[["00:00", "02:35"], ["08:00", "20:00"]]"#, ONE_LOAD]);
    assert_eq!(split.accepted_every(20), [155.0, 485.0]);
    assert!(split.causes().contains(&("closure", 325.0)), "{:?}", split.causes());
}

#[test]
fn beds_that_come_later_hold_convoys_at_the_source() {
    let beds = r#"facility.receiving.beds={ start = 40, per_day = 40 }"#;
    let run = road(&[beds]);
    assert_eq!(run.formed(), [0.0, 1440.0]);
    assert!(run.causes().contains(&("beds", 1440.0)), "{:?}", run.causes());
}

#[test]
fn an_operation_that_cannot_end_says_who_waits_for_what() {
    let set = [&*cover("required", "proceed"), r#"air_cover.uas.on_station=[["0 min", "10 min"]]"#, ONE_LOAD];
    let observed = Run::of(written(&format!("{ROAD}{COVER}"), &set), 0).observed;
    assert_ne!(observed.ending, Ending::Complete);
    assert!(observed.left.iter().any(|left| left.waits_for.contains("cover")), "{:?}", observed.left);
}

#[test]
fn intake_lanes_work_on_one_bus_and_bays_on_several() {
    let two = |what: &str| {
        let intake = format!(r#"facility.receiving.intake={{ {what}, per_person = "15 s" }}"#);
        road(&[&intake, "route.road.buses.per_convoy=2", NO_BORDER])
    };
    // Loaded at 40, there at 100: 40 people a bus, ten minutes on one lane.
    let lanes = two("bays = 1, lanes_per_bay = 2");
    assert_eq!((lanes.accepted_every(40), lanes.closure()), (vec![105.0, 110.0], 110.0));
    let bays = two("bays = 2, lanes_per_bay = 1");
    assert_eq!((bays.closure(), bays.accepted_every(2)[0]), (110.0, 100.25));
}
