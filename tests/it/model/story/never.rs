//! What is dated to the horizon or later is never: a route without another start forms nothing, and how far beyond the horizon a date
//! lies changes nothing.

use super::{AIR, HUB, ROAD, Run, shipped_params, written};
use convoysim::experiment::operation::Operation;
use convoysim::model::params::{CalendarEffect, CalendarEntry, CalendarTarget, Departures, NodeKind, Params, Schedule, Window};
use convoysim::model::{Ending, Model, Observations};
use convoysim::units::{Duration, SimTime};

/// A story of 20 days.
const HORIZON: u64 = 20;

fn run(operation: &Operation, change: impl Fn(&mut Params)) -> Observations {
    let mut params = operation.model().params.clone();
    change(&mut params);
    Model::new(params, 1).replicate(0, true).expect("whoever is left is no failure")
}

fn at(days: u64) -> SimTime {
    SimTime::ZERO + Duration::from_days(days)
}

fn entry(from: SimTime, to: SimTime, target: CalendarTarget, effect: CalendarEffect) -> CalendarEntry {
    CalendarEntry { id: "entry".into(), from, to, applies_to: vec![target], effect, reason: String::new() }
}

fn node(params: &Params, id: &str) -> usize {
    params.nodes.iter().position(|node| node.id == id).expect("a node")
}

/// Whether to the horizon, an instant longer, years longer and for ever are the same in everything that is observed.
fn ends_alike(text: &str, set: &[&str], until: impl Fn(&mut Params, SimTime)) -> Observations {
    let operation = written(text, set);
    let ends = [at(HORIZON), at(HORIZON) + Duration::from_ticks(1), at(HORIZON + 800), SimTime::NEVER];
    let [to_the_horizon, others @ ..] = ends.map(|end| run(&operation, |params| until(params, end)));
    for (other, end) in others.iter().zip(&ends[1..]) {
        assert_eq!(format!("{other:?}"), format!("{to_the_horizon:?}"), "until {end}");
    }
    to_the_horizon
}

#[test]
fn a_route_closed_to_the_horizon_is_closed_for_ever() {
    for effect in [CalendarEffect::NoDepartures, CalendarEffect::Closed, CalendarEffect::DailyCap(0)] {
        for text in [ROAD, AIR, HUB] {
            for from in [SimTime::ZERO, SimTime::ZERO + Duration::from_minutes(30), at(1)] {
                ends_alike(text, &[], |params, end| params.calendar.push(entry(from, end, CalendarTarget::Route(0), effect.clone())));
            }
        }
    }
}

#[test]
fn a_place_or_a_crossing_closed_to_the_horizon_is_closed_for_ever() {
    let from = SimTime::ZERO + Duration::from_minutes(100);
    for target in ["camp", "receiving", "border"] {
        ends_alike(ROAD, &["site.camp.detainees=200"], |params, end| {
            let target = if target == "border" { CalendarTarget::Crossing(0) } else { CalendarTarget::Node(node(params, target)) };
            params.calendar.push(entry(from, end, target, CalendarEffect::Closed));
        });
    }
}

#[test]
fn a_speed_or_a_level_changed_to_the_horizon_is_changed_for_ever() {
    ends_alike(ROAD, &[], |params, end| {
        params.calendar.push(entry(at(0), end, CalendarTarget::Route(0), CalendarEffect::SpeedFactor(0.5)));
    });
    ends_alike(ROAD, &[], |params, end| {
        let receiving = node(params, "receiving");
        let bays = vec![(convoysim::model::params::LevelTarget::IntakeBays(receiving), -1)];
        params.calendar.push(entry(
            SimTime::ZERO + Duration::from_minutes(100),
            end,
            CalendarTarget::Node(receiving),
            CalendarEffect::Add(bays),
        ));
    });
}

#[test]
fn hours_and_windows_that_open_at_the_horizon_or_later_never_open() {
    let windows = |again: SimTime| {
        let first = Window { from: Duration::ZERO, to: Duration::from_minutes(10) };
        let second = Window { from: again.elapsed(), to: again.elapsed() + Duration::from_days(1) };
        Schedule::Elapsed(vec![first, second])
    };
    let o = ends_alike(ROAD, &[], |params, again| params.routes[0].departures = Departures::Open(windows(again)));
    assert_eq!((o.ending, o.movements.len()), (Ending::Deadlock, 0), "boarding alone takes longer than the window is open");
    ends_alike(ROAD, &[], |params, again| params.crossings[0].hours = windows(again));
    for id in ["camp", "receiving"] {
        ends_alike(ROAD, &[], |params, again| {
            let at = node(params, id);
            match &mut params.nodes[at].kind {
                NodeKind::Site(site) => site.hours = windows(again),
                NodeKind::Facility(facility) => facility.intake.hours = windows(again),
                NodeKind::Hub(_) => {}
            }
        });
    }
}

#[test]
fn beds_that_grow_from_the_horizon_on_never_grow() {
    let o = ends_alike(ROAD, &[], |params, from| {
        let receiving = node(params, "receiving");
        if let NodeKind::Facility(facility) = &mut params.nodes[receiving].kind {
            (facility.beds.start, facility.beds.per_day, facility.beds.from) = (40, 40, from);
        }
    });
    assert_eq!((o.ending, o.accepted.len()), (Ending::Deadlock, 40));
}

#[test]
fn a_route_that_is_closed_for_good_holds_neither_buses_nor_places() {
    // Two routes share the buses and the hub; the one asked first is closed.
    let closed = "\n[[route]]\nid = \"closed\"\nlike = \"into\"\npriority = -1\n";
    let text = format!("{HUB}{closed}");
    let operation = written(&text, &[]);
    let at_closed = operation.model().params.routes.iter().position(|route| route.id == "closed").expect("the route");
    let close = |params: &mut Params| {
        params.calendar.push(entry(at(0), at(HORIZON + 300), CalendarTarget::Route(at_closed), CalendarEffect::NoDepartures));
    };
    let (o, plain) = (run(&operation, close), Run::of(written(HUB, &[]), 0).observed);
    assert_eq!((o.ending, o.closure), (Ending::Complete, plain.closure));
    assert!(o.movements.iter().all(|m| m.route != at_closed));
}

#[test]
fn nothing_forms_that_would_be_ready_after_its_last_start() {
    // Departures from 00:00 to 00:10 only, and loading takes 20 minutes: it would have to be loaded the day before.
    let shut = |params: &mut Params| {
        params.calendar.push(entry(
            SimTime::ZERO + Duration::from_minutes(10),
            SimTime::NEVER,
            CalendarTarget::Route(0),
            CalendarEffect::NoDepartures,
        ));
    };
    let o = run(&written(ROAD, &[]), shut);
    assert_eq!((o.ending, o.movements.len()), (Ending::Deadlock, 0));
}

#[test]
fn an_air_bridge_that_never_reopens_holds_up_nobody_else() {
    let model = |to: SimTime| {
        let mut params = shipped_params("hasakah-iraq");
        let bridge = params.routes.iter().position(|route| route.id == "air-central").expect("the route");
        params.calendar.push(entry(SimTime::ZERO, to, CalendarTarget::Route(bridge), CalendarEffect::NoDepartures));
        (Model::new(params, 1), bridge)
    };
    let ((closed, bridge), (for_ever, _)) = (model(at(345)), model(SimTime::NEVER));
    for replication in 0..2 {
        let o = closed.replicate(replication, false).expect("whoever is left is no failure");
        assert!(o.movements.iter().all(|m| m.route != bridge), "nothing forms for the bridge");
        let waits: Vec<&str> = o.left.iter().map(|left| &*left.waits_for).collect();
        assert!(waits.iter().all(|waits| waits.contains("air-central")), "replication {replication}: {waits:?}");
        let other = for_ever.replicate(replication, false).expect("whoever is left is no failure");
        assert_eq!(format!("{o:?}"), format!("{other:?}"));
    }
}
