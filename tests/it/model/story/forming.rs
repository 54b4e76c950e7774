//! When convoys form, and how large.

use super::{HUB, ONE_LOAD, Run, road, road_with, written};

#[test]
fn the_plain_road_takes_160_minutes_and_the_second_bus_follows_as_soon_as_it_is_loaded() {
    let run = road(&[]);
    assert_eq!((run.formed(), run.started(), run.arrived()), (vec![0.0, 0.0], vec![20.0, 40.0], vec![150.0, 170.0]));
    assert_eq!(run.accepted_every(40), [160.0, 180.0]);
}

#[test]
fn a_fleet_at_the_destination_comes_empty_first_and_boarding_begins_when_it_is_there() {
    let run = road(&[r#"buses.coaches.home="receiving""#, ONE_LOAD]);
    assert_eq!((run.formed(), run.loaded(), run.arrived()), (vec![0.0], vec![150.0], vec![280.0]));
    assert_eq!(run.causes(), [("boarding", 20.0), ("march", 120.0), ("border_service", 20.0), ("intake", 10.0), ("return", 120.0)]);
}

#[test]
fn a_return_time_is_the_time_of_the_empty_trip_out_where_the_fleet_is_at_the_destination() {
    let run = road(&[r#"buses.coaches.home="receiving""#, r#"route.road.return_time="45 min""#, ONE_LOAD]);
    assert_eq!((run.loaded(), run.arrived()), (vec![65.0], vec![195.0]));
}

#[test]
fn a_bus_that_has_come_home_takes_the_next_load() {
    let run = road(&["buses.coaches.count=1"]);
    assert_eq!((run.formed(), run.started()), (vec![0.0, 290.0], vec![20.0, 310.0]));
    assert_eq!(run.closure(), 450.0);
    assert_eq!(run.response("bus_km"), 240.0);
    // What the convoy before it did until its bus was free again comes in through the bus.
    let via_bus: f64 = run.attribution().iter().filter(|part| part.1 == "bus").map(|part| part.2).sum();
    assert_eq!(via_bus, 130.0);
}

#[test]
fn nobody_forms_for_a_full_hub_until_its_people_leave_the_wall() {
    let run = Run::of(written(HUB, &[]), 0);
    // In at 0, off at 80, onward formed at 80 and through the wall at 100: then the next one forms for the hub.
    assert_eq!(run.formed(), [0.0, 80.0, 100.0, 180.0]);
    assert_eq!(run.started(), [20.0, 100.0, 120.0, 200.0]);
    assert_eq!(run.closure(), 270.0);
    assert_eq!(
        run.attribution(),
        [("boarding", "none", 60.0), ("boarding", "place", 20.0), ("march", "none", 180.0), ("intake", "none", 10.0)]
    );
}

#[test]
fn time_in_a_hub_is_neither_exposed_nor_at_the_source() {
    let run = Run::of(written(HUB, &[]), 0);
    assert_eq!(run.response("exposed_person_hours"), 4.0 * 40.0);
    // Forty people until minute 20, the others until 120.
    assert_eq!(run.response("source_person_days"), 40.0 * 140.0 / 1440.0);
}

#[test]
fn the_last_places_are_all_taken_by_a_convoy_with_a_part_full_bus() {
    let other = r#"
[[facility]]
id = "other"
beds = 20
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[route]]
id = "rest"
like = "road"
to = "other"
priority = 1
"#;
    let run = road_with(
        other,
        &["facility.receiving.beds=60", "buses.coaches.count=3", "route.road.buses.per_convoy=2", "route.rest.buses.per_convoy=1"],
    );
    assert_eq!(run.people(), [60, 20]);
    assert_eq!(run.convoy(0).loads.iter().map(|l| l.count()).collect::<Vec<_>>(), [40, 20]);
    assert_eq!(run.formed(), [0.0, 0.0]);
}

#[test]
fn a_smaller_convoy_forms_after_it_has_been_able_to_for_the_whole_wait() {
    // Three buses, convoys of two: the second one could go with one bus from the start, but waits two hours for another.
    let text = r#"route.road.form={ at_least = 1, wait_at_most = "2 h" }"#;
    let run = road(&["site.camp.detainees=160", "buses.coaches.count=3", "route.road.buses.per_convoy=2", text]);
    assert_eq!(run.formed()[..2], [0.0, 120.0]);
    assert_eq!(run.people()[..2], [80, 40]);
}

#[test]
fn the_last_people_do_not_wait_for_more() {
    let run = road(&["site.camp.detainees=50", "route.road.buses.per_convoy=2"]);
    assert_eq!((run.formed(), run.people()), (vec![0.0], vec![50]));
}

#[test]
fn a_low_priority_number_takes_the_bus() {
    let second = "\n[[route]]\nid = \"second\"\nlike = \"road\"\n";
    let run = road_with(second, &["buses.coaches.count=1", "route.road.priority=2", "route.second.priority=1"]);
    let routes: Vec<&str> = run.detail.convoys.iter().map(|c| c.route.as_str()).collect();
    assert_eq!(routes, ["second", "second"]);
}

#[test]
fn of_equal_priorities_who_has_waited_longest_goes_first() {
    let second = "\n[[route]]\nid = \"second\"\nlike = \"road\"\n";
    let run = road_with(second, &["buses.coaches.count=1", "site.camp.detainees=120"]);
    let routes: Vec<&str> = run.detail.convoys.iter().map(|c| c.route.as_str()).collect();
    assert_eq!(routes, ["road", "second", "road"]);
}

#[test]
fn classes_do_not_share_a_bus() {
    let run = road(&["site.camp.detainees={ general = 30, separate = 30 }", "route.road.buses.per_convoy=2"]);
    assert_eq!(run.people(), [60]);
    assert_eq!(run.convoy(0).loads.iter().map(|l| (l.class, l.count())).collect::<Vec<_>>(), [(0, 30), (1, 30)]);
}
