//! Flights, parking and crews.

use super::{ONE_LOAD, air, air_with};

#[test]
fn a_flight_starts_when_its_parking_will_be_free_at_its_arrival() {
    let run = air(&["site.camp.detainees=120", "aircraft.lift.count=3"]);
    // The origin's spot is held until onload is over, the wait for the destination's is on the ground beside it.
    assert_eq!(run.loaded(), [30.0, 60.0, 90.0]);
    assert_eq!(run.started(), [30.0, 90.0, 150.0]);
    assert_eq!(run.accepted_every(40), [150.0, 210.0, 270.0]);
    assert_eq!((run.response("exposed_person_hours"), run.response("flight_person_hours")), (0.0, 120.0));
}

#[test]
fn a_crew_rests_if_the_next_sortie_does_not_fit_into_its_duty() {
    let duty = |duty: &str| [format!(r#"aircraft.lift.duty="{duty}""#), r#"aircraft.lift.rest="10 h""#.to_owned()];
    let set = |limit: &str| {
        let duty = duty(limit);
        air(&[&duty[0], &duty[1], "aircraft.lift.count=1"])
    };
    // A sortie takes 210 min from onload to onload.
    assert_eq!(set("7 h").formed(), [0.0, 210.0]);
    let rested = set("6 h 59 min");
    assert_eq!(rested.formed(), [0.0, 810.0]);
    assert!(rested.attribution().contains(&("rest", "aircraft", 600.0)), "{:?}", rested.attribution());
}

#[test]
fn a_crew_that_has_waited_too_long_for_its_duty_rests_before_the_next_onload() {
    // Back at 210 with three and a half hours of duty left; the site opens at 06:00, and only ten hours after 210 is the crew rested.
    let run = air(&[
        r#"aircraft.lift.duty="7 h""#,
        r#"aircraft.lift.rest="10 h""#,
        "aircraft.lift.count=1",
        r#"site.camp.hours=[["00:00", "01:00"], ["06:00", "24:00"]]"#,
    ]);
    assert_eq!(run.started(), [30.0, 840.0]);
}

#[test]
fn the_way_between_aircraft_and_wall_is_exposed() {
    let run = air(&[r#"site.camp.airfield.transfer="10 min""#, r#"facility.receiving.airfield.transfer="10 min""#, ONE_LOAD]);
    assert_eq!((run.started(), run.closure()), (vec![40.0], 170.0));
    assert_eq!(run.response("exposed_convoy_hours"), 20.0 / 60.0);
    assert_eq!(run.response("exposed_person_hours"), 20.0 * 40.0 / 60.0);
    assert_eq!(run.causes(), [("transfer", 20.0), ("onload", 30.0), ("flight", 60.0), ("offload", 60.0)]);
}

#[test]
fn weather_that_never_clears_keeps_everybody_where_they_are() {
    let bad = "\n[weather]\nair = { bad_share = 0.999999 }\n";
    let run = air_with(bad, &[r#"scenario.horizon="2 d""#]);
    assert!(run.record.censored());
    assert!(run.record.left.iter().any(|group| group.waits_for.contains("weather")), "{:?}", run.record.left);
    let none = air_with("\n[weather]\nair = { bad_share = 0.999999, effect = \"none\" }\n", &[]);
    assert_eq!(none.started(), [30.0, 90.0]);
}

#[test]
fn a_flight_caps_people_at_wheels_up() {
    let cap = "\n[[calendar]]\nid = \"slow\"\nfrom = \"2026-01-21T00:00\"\nto = \"2026-02-21T00:00\"\napplies_to = [\"route.air\"]\ndaily_cap = 50\n";
    let run = air_with(cap, &[]);
    assert_eq!(run.people(), [40, 10, 30]);
    assert_eq!(run.formed(), [0.0, 0.0, 1440.0]);
}
