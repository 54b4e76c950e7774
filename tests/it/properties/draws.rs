//! Draws by address: whatever is added moves nobody else's, and one replication alone is what it is among many.

use super::generate::{RICH, scenario, scenarios, some_choices};
use super::run::property;
use convoysim::experiment::runner::{Pool, Unwatched, Watch};
use convoysim::model::params::*;
use convoysim::model::{Draw, Model};
use convoysim::random::{Distribution, StreamKey};
use convoysim::results::{Daily, Outcome, ReplicationRecord, Waiting};
use convoysim::units::Duration;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;

/// What was drawn at each address; an error where an address was used twice.
fn drawn(params: &Params, seed: u64) -> Result<BTreeMap<(u64, u32, u64), u64>, TestCaseError> {
    let (_, draws) = Model::new(params.clone(), seed).replicate_with_draws(3);
    let mut by_address = BTreeMap::new();
    for Draw { key, number, occurrence, first } in draws {
        if by_address.insert((key, number, occurrence), first).is_some() {
            return Err(TestCaseError::fail(format!(
                "{} was drawn twice (number {number}, occurrence {occurrence})",
                purpose(params, seed, key)
            )));
        }
    }
    Ok(by_address)
}

/// The purpose and entity behind a key, for messages.
fn purpose(params: &Params, seed: u64, key: u64) -> String {
    let text = format!("{:?}", convoysim_keys(params, seed));
    let at = text.find(&key.to_string()).unwrap_or(0);
    text[text[..at].rfind(',').unwrap_or(0)..at].to_owned()
}

fn convoysim_keys(params: &Params, seed: u64) -> impl std::fmt::Debug {
    Model::new(params.clone(), seed)
}

/// One bus, one escort, one route and new kinds of draws.
fn with_more(params: &Params) -> Params {
    let mut more = params.clone();
    more.buses[0].count += 1;
    for pool in &mut more.escorts {
        pool.count += 1;
    }
    let mut route = more.routes[0].clone();
    route.id = "one-more".into();
    more.routes.insert(0, route);
    for entry in &mut more.calendar {
        for target in &mut entry.applies_to {
            if let CalendarTarget::Route(route) = target {
                *route += 1;
            }
        }
    }
    // Draws that were not there: fitness, closures, weather.
    for node in &mut more.nodes {
        if let NodeKind::Site(site) = &mut node.kind {
            site.unfit.get_or_insert(Unfit { share: 0.1, back_after: VaryingDuration::constant(Duration::from_hours(3)) });
        }
    }
    for crossing in &mut more.crossings {
        let hours = |h| VaryingDuration(Distribution::exponential_with_mean(Duration::from_hours(h).ticks() as f64).expect("above 0"));
        crossing.closure.get_or_insert_with(|| RandomClosure { every: hours(100), length: hours(2) });
    }
    more.weather.land.get_or_insert(TwoState { bad_share: 0.1, bad_after_bad: 0.2, no_go: true });
    more
}

#[test]
fn one_more_bus_escort_route_and_purpose_move_no_other_draw() {
    property(5, &scenarios(RICH), |params| {
        let (base, more) = (drawn(&params, 7)?, drawn(&with_more(&params), 7)?);
        for (address, first) in &base {
            if let Some(other) = more.get(address)
                && first != other
            {
                return Err(TestCaseError::fail(format!("the draw at {address:?} moved")));
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_added_leaves_the_same_things_to_be_drawn() {
    // Not only is the function of the address the same: the same addresses are asked. Here nothing added is used.
    property(4, &scenarios(RICH), |params| {
        let mut more = params.clone();
        let mut fleet = more.buses[0].clone();
        fleet.id = "unused".into();
        fleet.breakdown = Some(Breakdown {
            mean_distance: convoysim::units::Kilometres(100.0),
            repair: VaryingDuration::constant(Duration::from_hours(1)),
        });
        more.buses.push(fleet);
        more.welfare.max_aboard = None;
        let (base, mut more) = (drawn(&params, 7)?, drawn(&more, 7)?);
        let unused = StreamKey::new(7, "breakdown", "buses", "unused").bits();
        more.retain(|(key, _, _), _| *key != unused);
        if base == more { Ok(()) } else { Err(TestCaseError::fail("an unused fleet changed what is drawn")) }
    });
}

#[test]
fn the_order_of_entities_does_not_change_what_is_drawn_for_them() {
    // Two sites with a route each that share nothing: whichever comes first in the file.
    for n in 0..20 {
        let params = scenario(&some_choices(n), RICH);
        let mut turned = params.clone();
        turned.crossings.reverse();
        let last = turned.crossings.len().max(1) - 1;
        for route in &mut turned.routes {
            if let Mode::Land(land) = &mut route.mode {
                for part in &mut land.path {
                    if let PathPart::Crossing(crossing) = part {
                        *crossing = last - *crossing;
                    }
                }
                for change in &mut land.hand_over {
                    change.at = last - change.at;
                }
            }
        }
        for entry in &mut turned.calendar {
            for target in &mut entry.applies_to {
                if let CalendarTarget::Crossing(crossing) = target {
                    *crossing = last - *crossing;
                }
            }
            if let CalendarEffect::Add(levels) = &mut entry.effect {
                for (level, _) in levels {
                    if let LevelTarget::Lanes(crossing) = level {
                        *crossing = last - *crossing;
                    }
                }
            }
        }
        let (one, other) = (drawn(&params, n).expect("drawn once"), drawn(&turned, n).expect("drawn once"));
        assert_eq!(one, other, "scenario {n}");
    }
}

/// A record of everything that a replication observed.
fn record(model: &Model, replication: u32) -> ReplicationRecord {
    let told = match model.replicate(replication, false) {
        Ok(o) => super::told(&o),
        Err(failure) => format!("{failure:?}"),
    };
    ReplicationRecord {
        replication,
        outcome: Outcome::Complete,
        left: vec![Waiting { people: 0, place: String::new(), waits_for: told }],
        values: Vec::new(),
        daily: Daily::default(),
        attribution: Vec::new(),
        resources: Vec::new(),
        events: 0,
        draws: 0,
    }
}

#[test]
fn replication_17_alone_is_replication_17_of_a_full_run_on_any_number_of_threads() {
    for n in 0..4 {
        let model = Model::new(scenario(&some_choices(n), RICH), 11);
        let alone = record(&model, 17);
        let numbers: Vec<u32> = (0..40).collect();
        let mut first: Option<Vec<ReplicationRecord>> = None;
        for threads in [1, 2, 5] {
            let mut records = Vec::new();
            let job = |replication: u32, _: bool, _: &dyn Watch| Some(Ok((record(&model, replication), None)));
            let all = Pool::new(threads).expect("threads").run(&numbers, false, &job, &Unwatched, |outcome| {
                records.push(outcome.expect("a record").0);
            });
            assert!(all);
            assert_eq!(records[17].left, alone.left);
            let told = |records: &[ReplicationRecord]| records.iter().map(|r| r.left.clone()).collect::<Vec<_>>();
            match &first {
                None => first = Some(records),
                Some(first) => assert_eq!(told(first), told(&records), "{threads} threads"),
            }
        }
    }
}
