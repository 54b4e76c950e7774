//! Scenarios that random search found, cut down: each was a mistake once.

use super::generate::{RICH, scenario};
use super::whole::sound;
use convoysim::model::Model;
use convoysim::model::params::*;
use convoysim::random::Distribution;
use convoysim::units::{Duration, Kilometres, KilometresPerHour, SimTime};

fn minutes(minutes: u64) -> VaryingDuration {
    VaryingDuration::constant(Duration::from_minutes(minutes))
}

/// The simplest scenario: a site, a bus for one person, ten minutes of road, a facility; nothing else takes time.
fn plain(people: u32) -> Params {
    let mut p = scenario(&[], RICH);
    let NodeKind::Site(site) = &mut p.nodes[0].kind else { panic!("a site comes first") };
    site.detainees = vec![ClassCount { class: 0, people }];
    let beds = &mut facility(&mut p).beds;
    (beds.start, beds.up_to) = (people, people);
    p
}

fn facility(p: &mut Params) -> &mut Facility {
    match &mut p.nodes.last_mut().expect("a facility comes last").kind {
        NodeKind::Facility(facility) => facility,
        _ => panic!("a facility comes last"),
    }
}

fn land(route: &mut Route) -> &mut LandRoute {
    match &mut route.mode {
        Mode::Land(land) => land,
        Mode::Air(_) => panic!("a route by land"),
    }
}

fn leg(id: &str, kilometres: f64) -> PathPart {
    let speed = LegSpeed::Moving(VaryingSpeed::constant(KilometresPerHour(60.0)));
    PathPart::Leg(Leg { id: id.into(), distance: Kilometres(kilometres), speed })
}

fn closure(p: &Params) -> SimTime {
    sound(p, 1, 0).expect("sound").closure.expect("everybody is accepted")
}

#[test]
fn who_is_left_in_a_censored_run_may_be_in_intake() {
    let mut p = plain(5);
    (p.buses[0].seats, p.buses[0].load) = (5, 5);
    facility(&mut p).intake.per_person = minutes(60);
    p.horizon = Duration::from_hours(1);
    let o = sound(&p, 1, 0).expect("sound");
    let left: Vec<String> = o.left.iter().map(ToString::to_string).collect();
    assert_eq!(left, ["5 people inside Facility 0 wait for their reception"]);
}

#[test]
fn aircraft_fly_on_while_their_loads_wait_at_the_gate() {
    let mut p = plain(5);
    p.aircraft = vec![AircraftFleet {
        id: "planes".into(),
        count: 1,
        seats: 1,
        load: 1,
        onload: minutes(0),
        offload: minutes(0),
        mission_capable: 1.0,
        repair: minutes(0),
        duty: None,
        rest: Duration::ZERO,
        home: 0,
    }];
    p.routes[0].mode = Mode::Air(AirRoute { fleet: 0, at_least: 1, flight: minutes(10), distance: None });
    let there = facility(&mut p);
    there.yard = Some(0);
    there.intake.per_person = minutes(600);
    assert_eq!(closure(&p).elapsed(), Duration::from_minutes(10 + 5 * 600));
}

#[test]
fn a_convoy_that_waits_at_a_hand_over_sends_its_escorts_home_afterwards() {
    let mut p = plain(2);
    p.buses[0].count = 2;
    p.crossings = vec![Crossing {
        id: "border".into(),
        label: "Border".into(),
        lanes: 2,
        service: minutes(0),
        service_empty: minutes(0),
        paperwork: minutes(0),
        hours: Schedule::Always,
        closure: None,
        secured: false,
    }];
    let pool = |id: &str, count| EscortPool { id: id.into(), count, home: "site-0".into(), rest: None, breakdown: None };
    p.escorts = vec![pool("first", 2), pool("second", 1)];
    let need = |pool| EscortNeed { pool, per_convoy: 1, minimum: 1, wait_at_most: Duration::ZERO };
    let route = land(&mut p.routes[0]);
    route.path = vec![leg("out", 10.0), PathPart::Crossing(0), leg("on", 60.0)];
    route.escorts = Some(need(0));
    route.hand_over = vec![HandOver { at: 0, escorts: Some(need(1)), cover: None }];
    // The second convoy is at the border after 10 minutes; the only escort there comes back after 130.
    assert_eq!(closure(&p).elapsed(), Duration::from_minutes(10 + 60 + 60 + 60));
}

#[test]
fn nobody_waits_for_a_convoy_that_nobody_boarded() {
    let mut p = plain(5);
    let NodeKind::Site(site) = &mut p.nodes[0].kind else { panic!("a site comes first") };
    site.unfit = Some(Unfit { share: 0.4, back_after: minutes(60) });
    let hub = Node {
        id: "hub-0".into(),
        label: "Hub".into(),
        kind: NodeKind::Hub(Hub {
            holding: 5,
            arrival_per_person: minutes(0),
            hours: Schedule::Always,
            boarding: site.boarding.clone(),
            parking: 0,
            airfield: Airfield::default(),
        }),
    };
    p.nodes.insert(1, hub);
    p.routes[0].to = 1;
    let mut on = p.routes[0].clone();
    (on.id, on.from, on.to, on.form_wait_at_most) = ("on".into(), 1, 2, Duration::from_hours(200));
    land(&mut on).fleet = 1;
    land(&mut on).per_convoy = Distribution::constant(3.0).expect("finite");
    land(&mut on).at_least = 2;
    p.routes.push(on);
    let mut fleet = p.buses[0].clone();
    (fleet.id, fleet.home, fleet.count) = ("onward".into(), 1, 3);
    p.buses.push(fleet);
    let model = Model::new(p, 1);
    for replication in 0..40 {
        let o = model.replicate(replication, false).expect("no stall");
        assert!(o.closure.is_some(), "replication {replication}");
    }
}
