//! Behaviour that no known answer covers, each on a small scenario without chance, in minutes from the start.

mod calling;
mod cap;
mod circle;
mod fitness;
mod repair;
mod residual;
mod turn_back;

use super::{Run, minutes, written};

/// One bus a convoy: boarding 20 min, 60 min to the border, 10 min in its lane, 60 min on, intake 10 min; back home 130 min after that.
const ROAD: &str = r#"
[scenario]
name = "story"
start = "2026-01-21T00:00"
horizon = "20 d"
operating_day = "00:00"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[crossing]]
id = "border"
lanes = 1
service = "10 min"

[[facility]]
id = "receiving"
beds = 200
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "coaches"
count = 2
seats = 40
home = "camp"

[[route]]
id = "road"
mode = "land"
from = "camp"
to = "receiving"
path = [
  { leg = "out", distance = "40 km", speed = "40 km/h" },
  { crossing = "border" },
  { leg = "in", distance = "40 km", speed = "40 km/h" },
]
buses = { fleet = "coaches", per_convoy = 1 }
board = "at_once"
"#;

/// Two aircraft, one parking spot at either end: onload 30 min, flight 60 min, offload 60 min, 60 min back; intake takes no time.
const AIR: &str = r#"
[scenario]
name = "story in the air"
start = "2026-01-21T00:00"
horizon = "20 d"
operating_day = "00:00"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "0 s" }
parking = 1

[[facility]]
id = "receiving"
beds = 200
intake = { bays = 1, lanes_per_bay = 1, per_person = "0 s" }
parking = 1

[[aircraft]]
id = "lift"
count = 2
seats = 40
onload = "30 min"
offload = "60 min"
home = "camp"

[[route]]
id = "air"
mode = "air"
from = "camp"
to = "receiving"
aircraft = { fleet = "lift" }
flight = "60 min"
board = "at_once"
"#;

const ONE_LOAD: &str = "site.camp.detainees=40";
const NO_BORDER: &str = r#"route.road.path=[{ leg = "road", distance = "40 km", speed = "40 km/h" }]"#;
const NO_INTAKE: &str = r#"facility.receiving.intake.per_person="0 s""#;

fn road(overrides: &[&str]) -> Run {
    Run::of(written(ROAD, overrides), 0)
}

fn road_with(more: &str, overrides: &[&str]) -> Run {
    Run::of(written(&format!("{ROAD}{more}"), overrides), 0)
}

fn air(overrides: &[&str]) -> Run {
    Run::of(written(AIR, overrides), 0)
}

fn air_with(more: &str, overrides: &[&str]) -> Run {
    Run::of(written(&format!("{AIR}{more}"), overrides), 0)
}

// ------------------------------------------------------------------------------------------------ forming

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

const HUB: &str = r#"
[scenario]
name = "story with a hub"
start = "2026-01-21T00:00"
horizon = "20 d"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[hub]]
id = "hub"
holding = 40
arrival = { per_person = "0 s" }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[facility]]
id = "receiving"
beds = 80
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "first"
count = 2
seats = 40
home = "camp"

[[buses]]
id = "second"
count = 2
seats = 40
home = "hub"

[[route]]
id = "into"
mode = "land"
from = "camp"
to = "hub"
path = [{ leg = "a", distance = "40 km", speed = "40 km/h" }]
buses = { fleet = "first", per_convoy = 1 }
board = "at_once"

[[route]]
id = "onward"
mode = "land"
from = "hub"
to = "receiving"
path = [{ leg = "b", distance = "40 km", speed = "40 km/h" }]
buses = { fleet = "second", per_convoy = 1 }
board = "at_once"
"#;

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

// ------------------------------------------------------------------------------------------------ boarding

#[test]
fn boarding_for_departure_ends_when_the_window_opens() {
    let run = road(&[r#"route.road.board="for_departure""#, r#"route.road.departures={ from = "10:00", to = "12:00" }"#, ONE_LOAD]);
    assert_eq!((run.formed(), run.loaded(), run.started()), (vec![0.0], vec![600.0], vec![600.0]));
    assert_eq!(minutes(run.convoy(0).loads[0].boarded.first().copied()), 580.5);
    assert_eq!(run.causes()[0], ("boarding", 20.0));
    assert!(run.causes().contains(&("window", 580.0)), "{:?}", run.causes());
}

#[test]
fn shared_lanes_search_for_all_bays_before_people_step_aboard() {
    // Two buses at two bays, one lane for both: search 30 s, one after another; stepping aboard 10 s; manifest 5 min a bus.
    let boarding = r#"site.camp.boarding={ bays = 2, lanes = 1, search = "30 s", aboard = "10 s", manifest = "5 min" }"#;
    let run = road(&[boarding, "route.road.buses.per_convoy=2"]);
    let last: Vec<f64> = run.convoy(0).loads.iter().map(|l| minutes(l.boarded.last().copied())).collect();
    assert_eq!(last, [20.0 + 1.0 / 6.0, 40.0 + 1.0 / 6.0]);
    assert_eq!(run.loaded(), [45.0 + 1.0 / 6.0]);
}

#[test]
fn whoever_is_found_unfit_comes_back_later_and_the_next_one_takes_the_seat() {
    let unfit = r#"site.camp.unfit={ share = 0.1, back_after = "6 h" }"#;
    let mut deferred = 0;
    for replication in 0..10 {
        let run = Run::of(written(ROAD, &[unfit, "site.camp.detainees=160"]), replication);
        assert_eq!(run.people()[..2], [40, 40], "all seats are taken while others wait");
        // Every search takes 30 s, whether the person is fit or not.
        let unfit_of_first = (run.loaded()[0] - 20.0) * 2.0;
        deferred += unfit_of_first as u32;
        assert!(unfit_of_first >= 0.0 && unfit_of_first.fract() == 0.0);
        assert_eq!(run.response("accepted_people"), 160.0);
        if run.observed.movements.len() > 4 {
            assert!(run.closure() > 360.0, "who was unfit is back after six hours");
        }
    }
    assert!(deferred > 0, "some of 400 people are unfit");
}

// ------------------------------------------------------------------------------------------------ starting

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

/// A cap on the road from a time of the first day until its end.
fn cap(from: &str, cap: u32) -> String {
    format!(
        "\n[[calendar]]\nid = \"slow\"\nfrom = \"2026-01-21T{from}\"\nto = \"2026-01-22T00:00\"\napplies_to = [\"route.road\"]\ndaily_cap = {cap}\n"
    )
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

// ------------------------------------------------------------------------------------------------ escorts and cover

const ESCORTS: &str = r#"
[[escorts]]
id = "near"
count = 2
home = "camp"

[[escorts]]
id = "far"
count = 2
home = "border"
"#;

#[test]
fn escorts_come_back_over_the_legs_they_covered_and_rest() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2 }"#;
    // Released at 150, two legs home without the border: 270.
    assert_eq!(road_with(ESCORTS, &[near]).started(), [20.0, 270.0]);
    let rest = r#"escorts.near.rest={ after = "1 h", length = "5 h" }"#;
    let run = road_with(ESCORTS, &[near, rest]);
    assert_eq!(run.started(), [20.0, 570.0]);
    assert!(run.attribution().contains(&("rest", "escort", 300.0)), "{:?}", run.attribution());
    assert!(run.attribution().contains(&("return", "escort", 120.0)), "{:?}", run.attribution());
}

#[test]
fn the_minimum_of_escorts_will_do_after_the_wait() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2, minimum = 1, wait_at_most = "30 min" }"#;
    let run = road_with(ESCORTS, &[near, "escorts.near.count=3"]);
    assert_eq!(run.started(), [20.0, 70.0]);
    assert_eq!(run.observed.movements.iter().map(|m| m.escorts_at_start).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(run.response("under_escorted_convoy_hours"), 0.0);
}

#[test]
fn at_a_hand_over_the_first_pool_stays_until_the_second_has_its_minimum() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 1 }"#;
    let over = r#"route.road.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 2 } }]"#;
    let run = road_with(ESCORTS, &[near, over, r#"route.road.headway="30 min""#]);
    // The far escorts are with the first convoy from 90 to 150 and home again at 210; the second convoy waits for them from 120.
    assert_eq!(run.started(), [20.0, 50.0]);
    let second = [("moving", 50.0, 110.0), ("border service", 110.0, 120.0), ("re-form", 120.0, 210.0), ("moving", 210.0, 270.0)];
    assert_eq!(run.stretches(1), second);
    assert_eq!(run.arrived(), [150.0, 270.0]);
    assert!(run.causes().contains(&("hand_over", 90.0)), "{:?}", run.causes());
    // Near: 20 to 90 and home at 150; 50 to 210 and home at 270. Far, two of them: 90 to 210, 210 to the end at 280.
    assert_eq!(run.response("escort_hours"), (130.0 + 220.0 + 240.0 + 140.0) / 60.0);
}

#[test]
fn with_none_to_hand_over_to_the_first_escorts_go_all_the_way() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2 }"#;
    let run = road_with(ESCORTS, &[near, ONE_LOAD]);
    assert_eq!(run.response("escort_hours"), 2.0 * 140.0 / 60.0);
}

const COVER: &str = r#"
[[air_cover]]
id = "uas"
aircraft = 1
endurance = "24 h"
convoys_per_orbit = 2
"#;

fn cover(policy: &str, on_loss: &str) -> String {
    format!(r#"route.road.air_cover={{ orbit = "uas", policy = "{policy}", on_loss = "{on_loss}" }}"#)
}

#[test]
fn a_preferred_cover_is_taken_later_if_it_comes_later() {
    let run = road_with(COVER, &[&cover("preferred", "proceed"), r#"air_cover.uas.on_station=[["60 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!(run.started(), [20.0]);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 40.0);
    assert_eq!(run.response("cover_losses"), 0.0);
}

#[test]
fn a_required_cover_is_waited_for_inside() {
    let run = road_with(COVER, &[&cover("required", "proceed"), r#"air_cover.uas.on_station=[["60 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!(run.started(), [60.0]);
    assert_eq!(run.response("uncovered_convoy_hours"), 0.0);
    assert!(run.causes().contains(&("cover", 40.0)), "{:?}", run.causes());
}

#[test]
fn cover_lost_on_the_road_halts_the_convoy_or_not_as_it_is_told() {
    let gap = r#"air_cover.uas.on_station=[["0 min", "60 min"], ["120 min", "10 h"]]"#;
    let hold = road_with(COVER, &[&cover("required", "hold"), gap, ONE_LOAD]);
    let expected = [
        ("moving", 20.0, 60.0),
        ("unscheduled halt", 60.0, 120.0),
        ("moving", 120.0, 140.0),
        ("border service", 140.0, 150.0),
        ("moving", 150.0, 210.0),
    ];
    assert_eq!(hold.stretches(0), expected);
    assert!(hold.causes().contains(&("cover_hold", 60.0)), "{:?}", hold.causes());
    let proceed = road_with(COVER, &[&cover("required", "proceed"), gap, ONE_LOAD]);
    assert_eq!(proceed.arrived(), [150.0]);
    for run in [&hold, &proceed] {
        assert_eq!((run.response("uncovered_convoy_hours"), run.response("cover_losses")), (1.0, 1.0));
    }
}

#[test]
fn one_orbit_covers_no_more_convoys_than_it_can() {
    let both = [&*cover("preferred", "proceed"), r#"air_cover.uas.on_station=[["0 min", "10 h"]]"#];
    assert_eq!(road_with(COVER, &both).response("uncovered_convoy_hours"), 0.0);
    let one = road_with(COVER, &[both[0], both[1], "air_cover.uas.convoys_per_orbit=1"]);
    // The second convoy gets the slot when the first one is inside at 150.
    assert_eq!(one.observed.movements.iter().map(|m| m.tracker.uncovered.minutes()).collect::<Vec<_>>(), [0.0, 110.0]);
    let required = road_with(COVER, &[&cover("required", "proceed"), both[1], "air_cover.uas.convoys_per_orbit=1"]);
    assert_eq!(required.started(), [20.0, 150.0]);
}

#[test]
fn cover_on_demand_flies_to_be_there_at_the_start_and_is_relieved_on_station() {
    let on_demand = ["air_cover.uas.on_station=\"on_demand\"", r#"air_cover.uas.transit="30 min""#, r#"air_cover.uas.ground="60 min""#];
    let set = |more: &[&str]| {
        let mut all: Vec<&str> = on_demand.to_vec();
        all.push(ONE_LOAD);
        all.extend_from_slice(more);
        let policy = cover("required", "proceed");
        all.push(&policy);
        road_with(COVER, &all)
    };
    // Called when the convoy forms; there after 30 min, ten after it is loaded.
    let run = set(&[]);
    assert_eq!((run.started(), run.response("uncovered_convoy_hours")), (vec![30.0], 0.0));
    assert!(run.causes().contains(&("cover", 10.0)), "{:?}", run.causes());
    // Endurance 2 h: on station from 30 to 90, the second aircraft until 150. The first has landed at 120 and is ready at 180: it takes
    // three aircraft to hold the orbit; alone, the first is back on station at 210.
    let three = set(&[r#"air_cover.uas.endurance="2 h""#, "air_cover.uas.aircraft=3"]);
    assert_eq!((three.arrived(), three.response("uncovered_convoy_hours"), three.response("cover_losses")), (vec![160.0], 0.0, 0.0));
    let two = set(&[r#"air_cover.uas.endurance="2 h""#, "air_cover.uas.aircraft=2"]);
    assert_eq!((two.response("uncovered_convoy_hours"), two.response("cover_losses")), (10.0 / 60.0, 1.0));
    let one = set(&[r#"air_cover.uas.endurance="2 h""#]);
    assert_eq!((one.response("uncovered_convoy_hours"), one.response("cover_losses")), (70.0 / 60.0, 1.0));
}

// ------------------------------------------------------------------------------------------------ on the road

#[test]
fn a_breakdown_halts_the_whole_convoy_until_it_is_repaired() {
    let operation = || {
        let breakdown = r#"buses.coaches.breakdown={ mean_distance = "150 km", repair = "30 min" }"#;
        written(ROAD, &[breakdown, "route.road.buses.per_convoy=2", NO_INTAKE, NO_BORDER])
    };
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(operation(), replication);
        let breakdowns = run.observed.counts.breakdowns;
        most = most.max(breakdowns);
        assert_eq!(run.arrived()[0] - run.started()[0], 60.0 + 30.0 * f64::from(breakdowns));
        assert_eq!(run.response("halted_convoy_hours"), 0.5 * f64::from(breakdowns));
    }
    assert!(most > 0, "twenty convoys of two buses run 1,600 bus-km");
}

#[test]
fn one_crew_takes_its_break_on_the_road_and_two_crews_take_turns() {
    let driver = |crews: u32| {
        format!(
            r#"buses.coaches.driver={{ max_driving = "9 h", break = {{ after = "45 min", length = "15 min" }}, rest = "11 h", crews = {crews} }}"#
        )
    };
    let one = road(&[&driver(1), ONE_LOAD]);
    let expected = [
        ("moving", 20.0, 65.0),
        ("scheduled halt", 65.0, 80.0),
        ("moving", 80.0, 95.0),
        ("border service", 95.0, 105.0),
        ("moving", 105.0, 135.0),
        ("scheduled halt", 135.0, 150.0),
        ("moving", 150.0, 180.0),
    ];
    assert_eq!(one.stretches(0), expected);
    assert!(one.causes().contains(&("driver_break", 30.0)), "{:?}", one.causes());
    assert_eq!(road(&[&driver(2), ONE_LOAD]).arrived(), [150.0]);
}

#[test]
fn w8_five_hours_of_driving_take_five_and_three_quarters() {
    let driver = r#"buses.coaches.driver={ max_driving = "9 h", break = { after = "4 h 30 min", length = "45 min" }, rest = "11 h" }"#;
    let path = r#"route.road.path=[{ leg = "road", distance = "200 km", speed = "40 km/h" }]"#;
    let run = road(&[driver, path, ONE_LOAD]);
    assert_eq!(run.arrived()[0] - run.started()[0], 345.0);
}

#[test]
fn drivers_rest_at_home_if_the_next_trip_would_be_too_long() {
    let driver = |limit: &str| format!(r#"buses.coaches.driver={{ max_driving = "{limit}", rest = "10 h" }}"#);
    let rested = road(&[&driver("5 h"), "buses.coaches.count=1"]);
    assert_eq!(rested.formed(), [0.0, 890.0]);
    assert!(rested.attribution().contains(&("rest", "bus", 600.0)), "{:?}", rested.attribution());
    assert_eq!(road(&[&driver("8 h"), "buses.coaches.count=1"]).formed(), [0.0, 290.0]);
}

#[test]
fn an_inspection_keeps_a_bus_at_home_for_a_while() {
    assert_eq!(road(&[r#"buses.coaches.inspection="25 min""#, "buses.coaches.count=1"]).formed(), [0.0, 315.0]);
}

#[test]
fn a_comfort_halt_starts_the_time_aboard_again() {
    let welfare = "\n[welfare]\nmax_aboard = \"2 h\"\ncomfort_stop = { at_least = \"10 min\" }\n";
    let path = r#"route.road.path=[{ leg = "road", distance = "160 km", speed = "40 km/h" }]"#;
    let halts = |comfort: bool| format!(r#"route.road.halts={{ every = "60 min", length = "15 min", comfort = {comfort} }}"#);
    // Halts after 60, 120 and 180 min moved; the one due at the end is not taken.
    let comfort = road_with(welfare, &[path, &halts(true), ONE_LOAD]);
    assert_eq!(comfort.arrived(), [305.0]);
    // From the first person's boarding at 0.5 to the end of the halt at 95.
    assert_eq!((comfort.response("max_aboard_hours"), comfort.response("people_over_welfare_limit")), (94.5 / 60.0, 0.0));
    let without = road_with(welfare, &[path, &halts(false), ONE_LOAD]);
    assert_eq!((without.response("max_aboard_hours"), without.response("people_over_welfare_limit")), (304.5 / 60.0, 40.0));
}

#[test]
fn an_escort_that_breaks_down_leaves_the_convoy_under_escorted_until_it_is_repaired() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2, minimum = 2 }"#;
    let breakdown = r#"escorts.near.breakdown={ mean_distance = "80 km", repair = "30 min" }"#;
    let text = format!("{ROAD}{ESCORTS}");
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(written(&text, &[near, breakdown, NO_INTAKE, NO_BORDER, ONE_LOAD]), replication);
        let breakdowns = run.observed.counts.breakdowns;
        most = most.max(breakdowns);
        assert_eq!(run.response("under_escorted_convoy_hours"), 0.5 * f64::from(breakdowns));
        assert_eq!(run.arrived()[0], 80.0 + 30.0 * f64::from(breakdowns));
    }
    assert!(most > 0, "forty escorts run 40 km each");
}

#[test]
fn an_incident_halts_a_moving_convoy_for_its_delay() {
    let incidents = "\n[incidents]\nrate = \"0.4 /h\"\nhalted = 0.0\ndelay = \"45 min\"\n";
    let text = format!("{ROAD}{incidents}");
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(written(&text, &[ONE_LOAD]), replication);
        let incidents = run.observed.counts.incidents;
        most = most.max(incidents);
        assert_eq!(run.arrived()[0], 150.0 + 45.0 * f64::from(incidents));
        assert_eq!(run.response("halted_convoy_hours"), 0.75 * f64::from(incidents));
    }
    assert!(most > 0, "forty hours on the move at 0.4 an hour");
}

#[test]
fn a_convoy_that_turns_back_gives_its_people_the_first_seats_again() {
    let incidents = "\n[incidents]\nrate = \"0.3 /h\"\ndelay = \"0 s\"\nturn_back = 1.0\n";
    let text = format!("{ROAD}{incidents}");
    let operation = || written(&text, &["site.camp.detainees=120", "buses.coaches.count=1", NO_BORDER]);
    let run = (0..200).map(|r| Run::of(operation(), r)).find(|run| run.convoy(0).turned_back && !run.convoy(1).turned_back);
    let run = run.expect("one of 200 replications begins with one turn-back");
    let (first, second) = (run.convoy(0), run.convoy(1));
    let out_and_back = first.clear.expect("it is back") - first.started.expect("it started");
    assert_eq!(first.tracker.exposed, out_and_back, "exposed until inside");
    assert_eq!(minutes(first.arrived).to_bits(), f64::NAN.to_bits());
    assert_eq!(second.formed, first.clear.expect("it is back"), "the bus is at home and goes on at once");
    for people in &second.loads[0].people {
        assert_eq!((people.called.map(|at| at.ticks()), people.exposed_for), (Some(0), out_and_back));
    }
    assert!(run.response("turn_backs") >= 1.0);
    assert_eq!(run.response("accepted_people"), 120.0);
}

// ------------------------------------------------------------------------------------------------ arriving

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
    let failure = Run::failure(&written(&format!("{ROAD}{COVER}"), &set));
    assert!(["stalled", "deadlock"].contains(&failure.kind), "{failure:?}");
    assert!(failure.waits.iter().any(|wait| wait.contains("cover")), "{failure:?}");
}

// ------------------------------------------------------------------------------------------------ flights

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
    assert!(run.record.censored);
    assert!(run.record.left.iter().any(|text| text.contains("weather")), "{:?}", run.record.left);
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

// ------------------------------------------------------------------------------------------------ more of the road

#[test]
fn classes_do_not_share_a_bus() {
    let run = road(&["site.camp.detainees={ general = 30, separate = 30 }", "route.road.buses.per_convoy=2"]);
    assert_eq!(run.people(), [60]);
    assert_eq!(run.convoy(0).loads.iter().map(|l| (l.class, l.count())).collect::<Vec<_>>(), [(0, 30), (1, 30)]);
}

#[test]
fn a_speed_factor_is_read_when_a_leg_begins() {
    let slow = "\n[[calendar]]\nid = \"fog\"\nfrom = \"2026-01-21T00:30\"\nto = \"2026-01-21T02:00\"\napplies_to = [\"route.road\"]\nspeed_factor = 0.5\n";
    let run = road_with(slow, &[ONE_LOAD]);
    assert_eq!(run.stretches(0), [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("moving", 90.0, 210.0)]);
}

#[test]
fn a_lane_takes_a_loaded_bus_before_an_empty_one_that_came_earlier() {
    // Home from the first trip, bus 1 is at the border at 220. The lane serves the second convoy from 218 to 228, then the third one,
    // which came at 225, then bus 1: home at 308, where it takes the last load.
    let run = road(&["site.camp.detainees=160", "buses.coaches.count=3", r#"route.road.timetable=["00:20", "02:38", "02:45", "12:00"]"#]);
    assert_eq!(run.started(), [20.0, 158.0, 165.0, 720.0]);
    assert_eq!(run.arrived()[..3], [150.0, 288.0, 298.0]);
    assert_eq!(run.formed(), [0.0, 0.0, 0.0, 308.0]);
}

#[test]
fn paperwork_follows_the_last_bus_and_holds_the_convoy() {
    let run = road(&[r#"crossing.border.paperwork="15 min""#, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 105.0), ("moving", 105.0, 165.0)];
    assert_eq!(run.stretches(0), expected);
    assert!(run.causes().contains(&("paperwork", 15.0)), "{:?}", run.causes());
}

#[test]
fn the_calendar_adds_a_lane() {
    let more =
        "\n[[calendar]]\nid = \"help\"\nfrom = \"2026-01-21T00:00\"\nto = \"2026-01-22T00:00\"\nadd = { \"crossing.border.lanes\" = 1 }\n";
    assert_eq!(road_with(more, &["route.road.buses.per_convoy=2"]).arrived(), [170.0]);
    assert_eq!(road(&["route.road.buses.per_convoy=2"]).arrived(), [180.0]);
}

#[test]
fn night_departures_wait_for_sunset() {
    let run = road(&[r#"scenario.start="2026-01-21T12:00""#, r#"route.road.departures="night""#]);
    assert_eq!(run.started(), [360.0, 360.0]);
    assert_eq!(run.response("daylight_convoy_hours"), 0.0);
}

#[test]
fn cover_changes_at_a_hand_over_and_is_waited_for_if_required() {
    let over = r#"route.road.hand_over=[{ at = "border", air_cover = { orbit = "uas", policy = "required", on_loss = "hold" } }]"#;
    let run = road_with(COVER, &[over, r#"air_cover.uas.on_station=[["120 min", "10 h"]]"#, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 120.0), ("moving", 120.0, 180.0)];
    assert_eq!(run.stretches(0), expected);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 100.0);
    assert!(run.causes().contains(&("hand_over", 30.0)), "{:?}", run.causes());
    let ends = r#"route.road.hand_over=[{ at = "border", air_cover = "none" }]"#;
    let run = road_with(COVER, &[&cover("required", "hold"), ends, r#"air_cover.uas.on_station=[["0 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!((run.arrived(), run.convoy(0).tracker.uncovered.minutes()), (vec![150.0], 60.0));
    assert_eq!(run.response("cover_losses"), 0.0);
}

#[test]
fn a_convoy_held_for_cover_at_its_border_crossing_goes_through_and_then_holds() {
    let gap = r#"air_cover.uas.on_station=[["0 min", "85 min"], ["120 min", "10 h"]]"#;
    let run = road_with(COVER, &[&cover("required", "hold"), gap, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("unscheduled halt", 90.0, 120.0), ("moving", 120.0, 180.0)];
    assert_eq!(run.stretches(0), expected);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 35.0);
}

#[test]
fn a_rate_of_march_takes_the_time_it_says() {
    let path = r#"route.road.path=[{ leg = "road", distance = "100 km", rate_of_march = "25 km/h" }]"#;
    assert_eq!(road(&[path, ONE_LOAD]).arrived(), [260.0]);
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
