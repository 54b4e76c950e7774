//! How a replication ends: complete however slow, cut by the horizon, or in a deadlock that says who waits for what.

use super::{COVER, HUB, NO_BORDER, ONE_LOAD, ROAD, Run, cover, road, road_with, shipped_params, written};
use convoysim::experiment::operation::Operation;
use convoysim::model::params::{BedLevel, CalendarEffect, CalendarEntry, CalendarTarget, Hub, LevelTarget, NodeKind, Params};
use convoysim::model::{Ending, Model, Observations};
use convoysim::units::{Duration, SimTime};

/// Two hubs, two classes that pass them the other way round, and room for one busload in each.
const CROSSWISE: &str = r#"
[scenario]
name = "two hubs that wait for each other"
start = "2026-01-21T00:00"
horizon = "20 d"

[[site]]
id = "west"
label = "West Camp"
detainees = { general = 40 }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[site]]
id = "east"
label = "East Camp"
detainees = { separate = 40 }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[hub]]
id = "one"
label = "City One"
holding = 40
arrival = { per_person = "0 s" }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[hub]]
id = "two"
label = "City Two"
holding = 40
arrival = { per_person = "0 s" }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[facility]]
id = "receiving"
beds = 80
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "at-west"
count = 2
seats = 40
home = "west"

[[buses]]
id = "at-east"
count = 2
seats = 40
home = "east"

[[buses]]
id = "at-one"
count = 4
seats = 40
home = "one"

[[buses]]
id = "at-two"
count = 4
seats = 40
home = "two"

[[route]]
id = "west-one"
mode = "land"
from = "west"
to = "one"
classes = ["general"]
path = [{ leg = "a", distance = "40 km", speed = "40 km/h" }]
buses = { fleet = "at-west", per_convoy = 1 }

[[route]]
id = "one-two"
like = "west-one"
from = "one"
to = "two"
buses = { fleet = "at-one", per_convoy = 1 }

[[route]]
id = "two-end"
like = "west-one"
from = "two"
to = "receiving"
buses = { fleet = "at-two", per_convoy = 1 }

[[route]]
id = "east-two"
like = "west-one"
from = "east"
to = "two"
classes = ["separate"]
buses = { fleet = "at-east", per_convoy = 1 }

[[route]]
id = "two-one"
like = "east-two"
from = "two"
to = "one"
buses = { fleet = "at-two", per_convoy = 1 }

[[route]]
id = "one-end"
like = "east-two"
from = "one"
to = "receiving"
buses = { fleet = "at-one", per_convoy = 1 }
"#;

fn observed(operation: &Operation) -> Observations {
    operation.model().replicate(0, true).expect("whoever is left is no failure")
}

/// The same with parameters that no scenario file may hold, or only with a note.
fn changed(operation: &Operation, change: impl Fn(&mut Params)) -> Observations {
    let mut params = operation.model().params.clone();
    change(&mut params);
    Model::new(params, 1).replicate(0, true).expect("whoever is left is no failure")
}

fn hub(params: &mut Params) -> &mut Hub {
    let hub = params.nodes.iter_mut().find_map(|node| if let NodeKind::Hub(hub) = &mut node.kind { Some(hub) } else { None });
    hub.expect("a hub")
}

fn beds(params: &mut Params, level: BedLevel) {
    for node in &mut params.nodes {
        if let NodeKind::Facility(facility) = &mut node.kind {
            facility.beds = level;
        }
    }
}

const fn fixed(beds: u32) -> BedLevel {
    BedLevel { start: beds, per_day: 0, from: SimTime::ZERO, up_to: beds }
}

fn left(o: &Observations) -> Vec<String> {
    o.left.iter().map(ToString::to_string).collect()
}

/// A road with people left: how it ended, and who waits for what.
fn end_of(more: &str, set: &[&str]) -> (Ending, Vec<String>) {
    let o = observed(&written(&format!("{ROAD}{more}"), set));
    (o.ending, left(&o))
}

#[test]
fn hubs_that_wait_for_each_other_are_a_deadlock_and_say_so() {
    let o = observed(&written(CROSSWISE, &[]));
    assert_eq!(o.ending, Ending::Deadlock);
    let both = [
        "40 people at City One wait for a place at City Two, which is full",
        "40 people at City Two wait for a place at City One, which is full",
    ];
    assert_eq!(left(&o), both);
    assert_eq!((o.closure, o.end.elapsed().days(), o.last_change.elapsed().minutes()), (None, 20.0, 80.0));
    let last = o.trace.last().expect("the trace goes on to the end");
    assert_eq!((last.time, last.state, &*last.place), (o.end, "left", both[1]));
    assert!(o.trace.iter().any(|entry| entry.time == o.end && entry.state == "deadlock"));
}

#[test]
fn room_for_one_more_busload_ends_the_deadlock() {
    for hub in ["hub.one.holding=80", "hub.two.holding=80"] {
        assert_eq!(observed(&written(CROSSWISE, &[hub])).ending, Ending::Complete, "{hub}");
    }
}

#[test]
fn a_hub_with_fewer_places_than_the_smallest_movement_says_that_they_are_too_few() {
    let o = changed(&written(HUB, &[]), |params| hub(params).holding = 12);
    assert_eq!(o.ending, Ending::Deadlock);
    assert_eq!(left(&o).len(), 1);
    assert!(left(&o)[0].starts_with("80 people at camp wait for places at hub, where too few are free"), "{:?}", left(&o));
}

#[test]
fn beds_that_are_short_leave_the_rest_in_a_deadlock() {
    let o = changed(&written(ROAD, &[]), |params| beds(params, fixed(50)));
    assert_eq!((o.ending, left(&o)), (Ending::Deadlock, vec!["30 people at camp wait for a bed at receiving, which is full".to_owned()]));
}

#[test]
fn a_trip_of_forty_days_is_slow_and_completes() {
    let slow = r#"route.road.path=[{ leg = "road", distance = "960 km", speed = "1 km/h" }]"#;
    let run = road(&[slow, ONE_LOAD, r#"scenario.horizon="60 d""#]);
    assert_eq!((run.observed.ending, run.closure()), (Ending::Complete, 20.0 + 40.0 * 1_440.0 + 10.0));
    let cut = observed(&written(ROAD, &[slow, ONE_LOAD]));
    assert_eq!(
        (cut.ending, left(&cut)),
        (Ending::Horizon, vec!["40 people on their way from camp to receiving wait for the end of their way".to_owned()])
    );
}

#[test]
fn a_stated_stall_after_ends_a_slow_run_as_if_the_horizon_had_come() {
    let slow = r#"route.road.path=[{ leg = "road", distance = "960 km", speed = "1 km/h" }]"#;
    let set = [slow, ONE_LOAD, r#"scenario.horizon="60 d""#, r#"scenario.stall_after="5 d""#];
    let run = Run::of(written(ROAD, &set), 0);
    assert_eq!((run.observed.ending, run.observed.end.elapsed().days()), (Ending::Horizon, 60.0));
    // On the road from minute 20 to the horizon.
    assert_eq!(run.response("exposed_convoy_hours"), 60.0 * 24.0 - 20.0 / 60.0);
}

#[test]
fn cover_that_comes_rarely_makes_a_plan_slow_and_no_deadlock() {
    // Half an hour of cover every five hours; the convoy holds without it.
    let windows: Vec<String> = (0..80).map(|n| format!(r#"["{} min", "{} min"]"#, n * 300, n * 300 + 30)).collect();
    let on_station = format!("air_cover.uas.on_station=[{}]", windows.join(", "));
    let far = r#"route.road.path=[{ leg = "road", distance = "400 km", speed = "40 km/h" }]"#;
    let run = road_with(COVER, &[&cover("required", "hold"), &on_station, ONE_LOAD, far]);
    assert_eq!(run.observed.ending, Ending::Complete);
    // Ten hours of driving: ten minutes from 20 on, then thirty of every 300, and the last twenty from 6000 on.
    assert_eq!(run.arrived(), [20.0 * 300.0 + 20.0]);
}

#[test]
fn cover_that_never_comes_again_is_a_deadlock() {
    let set = [&*cover("required", "hold"), r#"air_cover.uas.on_station=[["0 min", "30 min"]]"#, ONE_LOAD];
    let (ending, left) = end_of(COVER, &set);
    assert_eq!(ending, Ending::Deadlock);
    assert_eq!(left, ["40 people on their way from camp to receiving wait for air cover uas, which never has room for another convoy"]);
}

#[test]
fn weather_that_keeps_everything_inside_for_weeks_is_no_deadlock() {
    let weather = "\n[weather]\nslot = \"1 d\"\nland = { bad_share = 0.9, bad_after_bad = 0.97 }\n";
    let operation = written(&format!("{ROAD}{weather}"), &[r#"scenario.horizon="400 d""#]);
    let mut longest = 0.0_f64;
    for replication in 0..40 {
        let o = operation.model().replicate(replication, false).expect("no failure");
        assert_ne!(o.ending, Ending::Deadlock, "replication {replication}: {:?}", o.left);
        longest = longest.max(o.end.elapsed().days());
    }
    assert!(longest > 30.0, "{longest} days at most");
    let short = written(&format!("{ROAD}{weather}"), &[r#"scenario.horizon="2 d""#]);
    let endings: Vec<Ending> = (0..40).map(|n| short.model().replicate(n, false).expect("no failure").ending).collect();
    assert!(endings.contains(&Ending::Horizon) && !endings.contains(&Ending::Deadlock), "{endings:?}");
}

#[test]
fn a_random_closure_of_the_border_for_weeks_is_no_deadlock() {
    let closed = r#"crossing.border.closure={ every = "1 h", length = "15 d" }"#;
    let run = road(&[closed]);
    assert_eq!((run.observed.ending, run.closure() > 15.0 * 1_440.0), (Ending::Complete, true));
    let cut = observed(&written(ROAD, &[closed, r#"scenario.horizon="10 d""#]));
    assert_eq!(cut.ending, Ending::Horizon);
}

#[test]
fn a_person_who_is_unfit_for_ten_days_is_waited_for() {
    let set = ["site.camp.detainees=1", r#"site.camp.unfit={ share = 0.5, back_after = "10 d" }"#, r#"scenario.horizon="300 d""#];
    let operation = written(ROAD, &set);
    let ends: Vec<(Ending, u32)> = (0..10)
        .map(|replication| operation.model().replicate(replication, false).expect("no failure"))
        .map(|o| (o.ending, o.end.elapsed().days() as u32 / 10))
        .collect();
    assert!(ends.iter().all(|end| end.0 == Ending::Complete) && ends.iter().any(|end| end.1 >= 1), "{ends:?}");
}

#[test]
fn beds_that_a_calendar_adds_late_are_waited_for_and_beds_after_the_horizon_are_not() {
    let added_on = |day: u64| {
        changed(&written(ROAD, &[]), |params| {
            beds(params, fixed(40));
            let receiving = params.nodes.iter().position(|node| node.id == "receiving").expect("the facility");
            params.calendar.push(CalendarEntry {
                id: "beds".into(),
                from: SimTime::ZERO + Duration::from_days(day),
                to: SimTime::ZERO + Duration::from_days(300),
                applies_to: vec![CalendarTarget::Node(receiving)],
                effect: CalendarEffect::Add(vec![(LevelTarget::Beds(receiving), 40)]),
                reason: String::new(),
            });
        })
    };
    let late = added_on(16);
    let formed: Vec<f64> = late.movements.iter().map(|m| m.formed.elapsed().days()).collect();
    assert_eq!((late.ending, formed), (Ending::Complete, vec![0.0, 16.0]));
    for day in [20, 25] {
        let never = added_on(day);
        assert_eq!(never.ending, Ending::Deadlock, "added on day {day}");
        assert_eq!(left(&never), ["40 people at camp wait for a bed at receiving, which is full"]);
    }
}

#[test]
fn a_route_that_reopens_before_the_horizon_is_waited_for_and_one_that_does_not_is_a_deadlock() {
    let closed = |to: &str| {
        format!(
            "\n[[calendar]]\nid = \"stop\"\nfrom = \"2026-01-21T00:00\"\nto = \"{to}\"\napplies_to = [\"route.road\"]\nno_departures = true\n"
        )
    };
    let reopened = road_with(&closed("2026-02-08T00:00"), &[]);
    assert_eq!(
        (reopened.observed.ending, reopened.started()[0]),
        (Ending::Complete, 18.0 * 1_440.0 + 20.0),
        "boarding begins as it reopens"
    );
    // `check` refuses a plan whose only road never opens; a plan that gets there all the same deadlocks at once.
    let o = changed(&written(&format!("{ROAD}{}", closed("2026-02-08T00:00")), &[]), |params| params.calendar[0].to = SimTime::NEVER);
    assert_eq!((o.ending, o.movements.len()), (Ending::Deadlock, 0));
    assert_eq!(left(&o), ["80 people at camp wait for departures on route road, closed until after the horizon"]);
}

#[test]
fn people_whom_no_route_takes_are_named_by_their_class() {
    let o = changed(&written(ROAD, &["site.camp.detainees={ general = 40, separate = 20 }"]), |params| params.routes[0].classes = vec![0]);
    let class = "20 people at camp wait for a route that takes people of class separate: there is none";
    assert_eq!((o.ending, left(&o)), (Ending::Deadlock, vec![class.to_owned()]));
}

#[test]
fn a_run_cut_between_two_windows_is_no_deadlock() {
    // One convoy a night; at the horizon nobody is outside, and the next window opens after it.
    let set =
        [r#"route.road.departures={ from = "20:00", to = "21:00" }"#, "buses.coaches.count=1", NO_BORDER, r#"scenario.horizon="36 h""#];
    let (ending, left) = end_of("", &set);
    assert_eq!((ending, left), (Ending::Horizon, vec!["40 people at camp wait for the next departure on route road".to_owned()]));
}

#[test]
fn a_window_and_hours_of_the_border_that_never_meet_are_a_deadlock() {
    // Out from 08:00 to 09:00, at the border an hour later; it is open in the evening only.
    let evening = written(ROAD, &[r#"crossing.border.hours=[["20:00", "23:00"]]"#]);
    let morning = written(ROAD, &[r#"route.road.departures={ from = "08:00", to = "09:00" }"#]).model().params.routes[0].departures.clone();
    // `check` refuses the two together, so they meet in the model only.
    let o = changed(&evening, |params| params.routes[0].departures = morning.clone());
    assert_eq!(o.ending, Ending::Deadlock);
    assert_eq!(left(&o), ["80 people at camp wait for departures on route road, closed until after the horizon"]);
}

#[test]
fn the_base_plan_with_a_hub_for_150_deadlocks_in_every_run() {
    let mut params = shipped_params("hasakah-iraq");
    hub(&mut params).holding = 150;
    let model = Model::new(params, 20_260_121);
    for replication in 0..3 {
        let o = model.replicate(replication, false).expect("whoever is left is no failure");
        assert_eq!(o.ending, Ending::Deadlock, "replication {replication}: {:#?}", o.left);
        assert_eq!(o.left[0].place, "at Large site");
        assert_eq!(o.left[0].waits_for, "places at Hub, where too few are free for a movement of route large-to-hub");
    }
}
