//! What must follow when a scenario is changed in a known way.

use super::difference;
use super::generate::{FIXED, RICH, TIMELESS, scenarios};
use super::run::property;
use convoysim::model::Model;
use convoysim::model::params::*;
use convoysim::units::{Duration, KilometresPerHour};
use proptest::test_runner::TestCaseError;

fn fail<T>(what: String) -> Result<T, TestCaseError> {
    Err(TestCaseError::fail(what))
}

fn twice(time: &mut Duration) {
    *time = *time * 2;
}

fn twice_varying(time: &mut VaryingDuration) {
    *time = VaryingDuration::constant(time.fixed().expect("a constant time") * 2);
}

fn half(speed: &mut VaryingSpeed) {
    *speed = VaryingSpeed::constant(KilometresPerHour(speed.mean().0 / 2.0));
}

fn twice_boarding(boarding: &mut Boarding) {
    match &mut boarding.searching {
        Searching::AtTheBay { per_person, .. } => twice_varying(per_person),
        Searching::SharedLanes { search, aboard, .. } => {
            twice_varying(search);
            twice_varying(aboard);
        }
    }
    twice_varying(&mut boarding.manifest);
}

/// A scenario without clock and chance in which everything takes twice the time.
fn slower(params: &Params) -> Params {
    let mut p = params.clone();
    twice(&mut p.horizon);
    p.stall_after.iter_mut().for_each(twice);
    for node in &mut p.nodes {
        match &mut node.kind {
            NodeKind::Site(site) => {
                twice_boarding(&mut site.boarding);
                twice(&mut site.airfield.transfer);
            }
            NodeKind::Hub(hub) => {
                twice_varying(&mut hub.arrival_per_person);
                twice_boarding(&mut hub.boarding);
                twice(&mut hub.airfield.transfer);
            }
            NodeKind::Facility(facility) => {
                twice_varying(&mut facility.intake.per_person);
                twice(&mut facility.airfield.transfer);
            }
        }
    }
    for crossing in &mut p.crossings {
        twice_varying(&mut crossing.service);
        twice_varying(&mut crossing.service_empty);
        twice_varying(&mut crossing.paperwork);
    }
    for fleet in &mut p.buses {
        twice_varying(&mut fleet.inspection);
        if let Some(rule) = &mut fleet.driver {
            twice(&mut rule.max_driving);
            twice(&mut rule.rest);
            if let Some(pause) = &mut rule.pause {
                twice(&mut pause.after);
                twice(&mut pause.length);
            }
        }
    }
    for pool in &mut p.escorts {
        if let Some(rest) = &mut pool.rest {
            twice(&mut rest.after);
            twice(&mut rest.length);
        }
    }
    for cover in &mut p.air_cover {
        twice(&mut cover.endurance);
        twice(&mut cover.transit);
        twice(&mut cover.ground);
    }
    for fleet in &mut p.aircraft {
        twice_varying(&mut fleet.onload);
        twice_varying(&mut fleet.offload);
        twice_varying(&mut fleet.repair);
        fleet.duty.iter_mut().for_each(twice);
        twice(&mut fleet.rest);
    }
    for route in &mut p.routes {
        twice(&mut route.form_wait_at_most);
        twice(&mut route.headway);
        match &mut route.mode {
            Mode::Air(air) => twice_varying(&mut air.flight),
            Mode::Land(land) => {
                for part in &mut land.path {
                    if let PathPart::Leg(leg) = part {
                        match &mut leg.speed {
                            LegSpeed::Moving(speed) | LegSpeed::RateOfMarch(speed) => half(speed),
                        }
                    }
                }
                let later = land.hand_over.iter_mut().filter_map(|change| change.escorts.as_mut());
                land.escorts.iter_mut().chain(later).for_each(|need| twice(&mut need.wait_at_most));
                if let Some(halts) = &mut land.halts {
                    twice(&mut halts.every);
                    twice(&mut halts.length);
                }
                match &mut land.return_trip {
                    ReturnTrip::Time(time) => twice_varying(time),
                    ReturnTrip::Speed(speed) => half(speed),
                    ReturnTrip::AsTheLegs => {}
                }
            }
        }
    }
    p
}

#[test]
fn without_clock_and_chance_twice_the_times_give_exactly_twice_the_closure() {
    property(12, &scenarios(TIMELESS), |params| {
        let one = Model::new(params.clone(), 1).replicate(0, false);
        let two = Model::new(slower(&params), 1).replicate(0, false);
        let (one, two) = match (one, two) {
            (Ok(one), Ok(two)) => (one, two),
            (one, two) => return fail(format!("{:?}, {:?}", one.err(), two.err())),
        };
        // A slow scenario does not end within the horizon, and then neither does the slower one within twice the horizon.
        let (first, second) = (one.closure, two.closure);
        if first.map(|at| at.elapsed() * 2) != second.map(|at| at.elapsed()) {
            return fail(format!("closure {first:?} became {second:?}"));
        }
        let starts = |o: &convoysim::model::Observations, factor: u64| o.starts.iter().map(|s| s.at.ticks() * factor).collect::<Vec<_>>();
        if starts(&one, 2) != starts(&two, 1) {
            return fail("starts did not double".into());
        }
        if one.ledger.convoy_total * 2 != two.ledger.convoy_total || one.ledger.person_total * 2 != two.ledger.person_total {
            return fail("exposure did not double".into());
        }
        Ok(())
    });
}

/// A scenario with one more of everything that nobody uses.
fn with_unused(params: &Params) -> Params {
    let mut p = params.clone();
    let unused = |id: &mut String| *id = format!("unused-{id}");
    let mut fleet = p.buses[0].clone();
    unused(&mut fleet.id);
    p.buses.push(fleet);
    if let Some(pool) = p.escorts.first() {
        let mut pool = pool.clone();
        unused(&mut pool.id);
        p.escorts.push(pool);
    }
    if let Some(crossing) = p.crossings.first() {
        let mut crossing = crossing.clone();
        unused(&mut crossing.id);
        p.crossings.push(crossing);
    }
    if let Some(cover) = p.air_cover.first() {
        let mut cover = cover.clone();
        unused(&mut cover.id);
        p.air_cover.push(cover);
    }
    if let Some(fleet) = p.aircraft.first() {
        let mut fleet = fleet.clone();
        unused(&mut fleet.id);
        p.aircraft.push(fleet);
    }
    let mut facility = p.nodes.last().expect("a facility comes last").clone();
    unused(&mut facility.id);
    p.nodes.push(facility);
    p
}

#[test]
fn what_nobody_uses_changes_nothing() {
    property(7, &scenarios(RICH), |params| {
        let one = Model::new(params.clone(), 5).replicate(2, false);
        let two = Model::new(with_unused(&params), 5).replicate(2, false);
        match (one, two) {
            (Ok(one), Ok(two)) => difference(&one, &two).map_or(Ok(()), fail),
            (one, two) => fail(format!("{:?}, {:?}", one.err(), two.err())),
        }
    });
}

/// Everything by another name.
fn renamed(params: &Params) -> Params {
    let mut p = params.clone();
    let other = |id: &mut String| *id = format!("z{id}");
    p.nodes.iter_mut().for_each(|n| other(&mut n.id));
    p.crossings.iter_mut().for_each(|c| other(&mut c.id));
    p.buses.iter_mut().for_each(|f| other(&mut f.id));
    p.escorts.iter_mut().for_each(|f| other(&mut f.id));
    p.air_cover.iter_mut().for_each(|f| other(&mut f.id));
    p.aircraft.iter_mut().for_each(|f| other(&mut f.id));
    p.routes.iter_mut().for_each(|r| other(&mut r.id));
    p.classes.iter_mut().for_each(other);
    p
}

#[test]
fn without_chance_neither_names_nor_the_seed_matter() {
    property(3, &scenarios(FIXED), |params| {
        let one = Model::new(params.clone(), 5).replicate(0, false);
        let two = Model::new(renamed(&params), 6).replicate(9, false);
        match (one, two) {
            (Ok(mut one), Ok(mut two)) => {
                // Who is left is told by name.
                assert_eq!(one.left.len(), two.left.len());
                one.left.clear();
                two.left.clear();
                difference(&one, &two).map_or(Ok(()), fail)
            }
            (one, two) => fail(format!("{:?}, {:?}", one.err(), two.err())),
        }
    });
}
