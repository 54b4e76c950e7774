//! What is open at the end of a run counts up to there.

use super::{COVER, HUB, ONE_LOAD, Run, air, cover, road, road_with, written};

#[track_caller]
fn assert_near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
}

/// The road with one load, to a horizon.
fn road_until(horizon: &str, overrides: &[&str]) -> Run {
    let horizon = format!("scenario.horizon=\"{horizon}\"");
    let overrides: Vec<&str> = [ONE_LOAD, horizon.as_str()].into_iter().chain(overrides.iter().copied()).collect();
    road(&overrides)
}

#[test]
fn people_still_aboard_at_the_horizon_count_with_their_time_aboard() {
    let welfare = "\n[welfare]\nmax_aboard = \"2 h\"\n";
    let overrides =
        ["crossing.border.service=\"3 d\"", "scenario.horizon=\"2 d\"", "buses.coaches.count=2", "route.road.buses.per_convoy=2"];
    let run = road_with(welfare, &overrides);
    // The first person is aboard after 30 s.
    assert_eq!(run.response("max_aboard_hours"), 48.0 - 0.5 / 60.0);
    assert_eq!(run.response("people_over_welfare_limit"), 80.0);
    assert_eq!(run.response("welfare_breaches"), 80.0);
}

#[test]
fn people_who_are_being_boarded_at_the_horizon_count_from_when_each_stepped_aboard() {
    let welfare = "\n[welfare]\nmax_aboard = \"5 min\"\n";
    // The first bus leaves after 20 min, and its people have all been aboard for 10 min and more. Of the second, somebody steps aboard
    // each half minute; by 30 min those of the first 4.5 min have been aboard for longer than 5.
    let run = road_with(welfare, &["scenario.horizon=\"30 min\""]);
    assert_eq!((run.response("max_aboard_hours"), run.response("people_over_welfare_limit")), (29.5 / 60.0, 49.0));
    let boarding = run.detail.segments.iter().find(|s| s.kind == "boarding" && s.movement == 1).expect("boarding is open");
    assert_eq!((boarding.start, boarding.end), (1_230_000_000, 1_800_000_000));
}

#[test]
fn a_convoy_on_the_road_at_the_horizon_counts_what_it_has_driven() {
    let run = road_until("50 min", &[]);
    assert_eq!((run.response("bus_km"), run.response("driver_hours")), (20.0, 0.5));
    assert_eq!((run.response("exposed_convoy_hours"), run.response("exposed_person_hours")), (0.5, 20.0));
}

#[test]
fn an_empty_bus_on_its_way_home_at_the_end_counts_what_it_has_driven() {
    // Loaded until 150 min, intake until 160, half an hour of the way home by 190.
    let run = road(&["scenario.horizon=\"190 min\"", "buses.coaches.count=1"]);
    assert_eq!((run.response("bus_km"), run.response("driver_hours")), (100.0, 2.5));
}

#[test]
fn a_halt_open_at_the_horizon_counts_as_halt_of_convoy_and_buses() {
    let halts = r#"route.road.halts={ every = "30 min", length = "2 h" }"#;
    let run = road_until("80 min", &[halts]);
    assert_eq!((run.response("halted_convoy_hours"), run.response("longest_halt_hours")), (0.5, 0.5));
    let coaches = run.resource("coaches");
    assert_eq!((coaches.busy_h, coaches.held_waiting_h), (5.0 / 6.0, 0.5));
}

#[test]
fn a_queue_at_a_crossing_open_at_the_horizon_counts() {
    let run = road_until(
        "100 min",
        &["site.camp.detainees=80", "route.road.buses.per_convoy=2", "crossing.border.service=\"4 h\"", "scenario.horizon=\"3 h\""],
    );
    // Boarding takes 40 min, the border is reached after 100; one bus is in the lane, one waits.
    assert_eq!(run.response("border_convoy_hours"), 80.0 / 60.0);
    assert_eq!(run.detail.convoys[0].border_queue_bus_h, 80.0 / 60.0);
    assert_eq!(run.response("longest_stationary_hours"), 80.0 / 60.0);
    // One bus waits for the bay for 20 min too.
    assert_near(run.resource("coaches").held_waiting_h, 100.0 / 60.0);
}

#[test]
fn people_accepted_before_the_horizon_count_though_their_bus_is_still_in_intake() {
    // Intake begins at 150 min, one each 15 s.
    let run = road_until("155 min", &[]);
    assert_eq!(run.response("accepted_people"), 20.0);
    assert_eq!(run.response("days_to_50pct"), 155.0 / 1440.0);
    assert_near(run.response("exposure_per_person_hours"), 130.0 / 60.0);
    // Called at 0; accepted from 150.25 to 155, on average at 152.625.
    assert_near(run.response("time_in_system_hours"), 152.625 / 60.0);
    let intake = run.detail.segments.iter().find(|s| s.kind == "intake").expect("intake is open");
    assert_eq!((intake.start, intake.end), (9_000_000_000, 9_300_000_000));
    assert_eq!(run.detail.hours.last().map(|hour| hour.people), Some([0, 0, 0, 20, 20]));
}

#[test]
fn a_load_waiting_at_the_gate_at_the_horizon_counts() {
    let gate = ["facility.receiving.yard=0", "facility.receiving.intake.per_person=\"10 min\"", "site.camp.detainees=80"];
    let run = road_until("4 h", &[gate[0], gate[1], gate[2], "route.road.buses.per_convoy=2"]);
    // Boarding 40 min, border at 100 with one lane until 120, there at 180: one bus goes in, one waits for an hour.
    assert_eq!(run.stretches(0).last(), Some(&("gate queue", 180.0, 240.0)));
    assert_eq!(run.response("longest_stationary_hours"), 1.0);
}

#[test]
fn a_flight_in_the_air_at_the_horizon_counts_its_person_hours() {
    let run = air(&[ONE_LOAD, "scenario.horizon=\"1 h\""]);
    assert_eq!(run.response("flight_person_hours"), 20.0);
}

#[test]
fn a_sortie_of_cover_under_way_at_the_horizon_counts() {
    for (on_station, hours) in [("always", 5.0), ("on_demand", 5.0 - 20.0 / 60.0)] {
        let cover_text = format!("{COVER}on_station = \"{on_station}\"\n");
        let slow = "crossing.border.service=\"3 d\"";
        let run = road_with(&cover_text, &[ONE_LOAD, slow, &cover("required", "hold"), "scenario.horizon=\"5 h\""]);
        assert_eq!(run.response("cover_flying_hours"), hours, "{on_station}");
        assert_eq!(run.response("utilisation.uas"), hours / 5.0, "{on_station}");
    }
}

#[test]
fn a_convoy_waiting_to_start_at_the_horizon_counts_its_buses_as_waiting() {
    let run = road(&["scenario.horizon=\"100 min\"", "route.road.max_on_road=1"]);
    assert_eq!(run.detail.convoys[1].wait_to_start_h, 1.0);
    // The second bus waits for the bay as well.
    assert_near(run.resource("coaches").held_waiting_h, 80.0 / 60.0);
    let waiting = run.detail.segments.iter().find(|s| s.kind == "waiting to start").expect("it waits");
    assert_eq!((waiting.start, waiting.end), (2_400_000_000, 6_000_000_000));
}

#[test]
fn people_in_a_hub_at_the_horizon_keep_the_plan_whole() {
    for minutes in (10..300).step_by(7) {
        let run = Run::of(written(HUB, &[&format!("scenario.horizon=\"{minutes} min\"")]), 0);
        assert!(run.response("accepted_people") <= 80.0);
        for response in ["utilisation.first", "utilisation.second", "utilisation.hub.holding"] {
            let value = run.response(response);
            assert!((0.0..=1.0).contains(&value), "{response} is {value} after {minutes} min");
        }
    }
}
