//! The ceiling holds: without chance no run is complete before the bound, and none has a higher rate.
//!
//! The plans are those of the generator without chance, with more of what the ceiling counts: caps, dated beds and closures that last,
//! fleets that serve routes from both of their ends, lanes and places that the calendar adds, and horizons that cut runs short.

use super::dice::Dice;
use super::generate::{CHOICES, FIXED, scenario};
use super::run::property;
use convoysim::model::params::*;
use convoysim::model::{Model, Observations};
use convoysim::scenario::{Ceiling, ceiling};
use convoysim::units::{Duration, SimTime};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Choices for what is added to a plan.
const MORE: usize = 120;

fn plans() -> impl Strategy<Value = Params> {
    let choices = (prop::collection::vec(any::<u16>(), CHOICES), prop::collection::vec(any::<u16>(), MORE));
    choices.prop_map(|(choices, more)| with_more(scenario(&choices, FIXED), &more))
}

/// A plan with more of what the ceiling counts.
fn with_more(mut params: Params, choices: &[u16]) -> Params {
    let mut all = Dice::new(choices);
    let mut d = all.part(20);
    if d.chance(30) {
        params.horizon = Duration::from_hours(d.number(6, 400).into());
    }
    if d.chance(20) {
        params.stall_after = None;
    }
    if d.chance(20) {
        params.stall_after = Some(Duration::from_hours(d.number(6, 100).into()));
    }
    // One fleet for routes into its home and out of it.
    let mut d = all.part(10);
    if d.chance(40) && !params.buses.is_empty() {
        let fleet = d.number(0, params.buses.len() as u32 - 1) as usize;
        let (home, count) = (params.buses[fleet].home, f64::from(params.buses[fleet].count));
        params.buses[fleet].driver = None;
        for route in &mut params.routes {
            if let Mode::Land(land) = &mut route.mode
                && (route.from == home || route.to == home)
                && land.per_convoy.maximum() <= count
            {
                land.fleet = fleet;
            }
        }
    }
    let entries = all.part(4).number(0, 4);
    for n in 0..entries {
        let entry = entry(&params, all.part(20), n);
        params.calendar.push(entry);
    }
    params
}

fn entry(params: &Params, mut d: Dice<'_>, n: u32) -> CalendarEntry {
    let from = SimTime::ZERO + if d.chance(50) { d.minutes(0, 3_000) } else { d.minutes(0, 0) };
    let to = if d.chance(50) { from + d.minutes(30, 20_000) } else { SimTime::ZERO + params.horizon + Duration::from_days(1) };
    let one = d.number(0, params.routes.len() as u32 - 1) as usize;
    let routes: Vec<CalendarTarget> =
        if d.chance(60) { (0..params.routes.len()).map(CalendarTarget::Route).collect() } else { vec![CalendarTarget::Route(one)] };
    let facility = params.nodes.len() - 1;
    let (mut applies_to, cap, factor, amount) = (routes, d.number(1, 80), d.share(2.0), i64::from(d.number(0, 80)) - 30);
    let effect = match d.number(0, 5) {
        0 | 1 => CalendarEffect::DailyCap(cap),
        2 => CalendarEffect::CapFactor(factor),
        3 => CalendarEffect::NoDepartures,
        4 => {
            applies_to = vec![CalendarTarget::Node(facility)];
            CalendarEffect::Add(vec![(LevelTarget::Beds(facility), amount)])
        }
        _ => {
            applies_to = vec![CalendarTarget::Node(params.routes[one].from)];
            CalendarEffect::Add(vec![(LevelTarget::BoardingBays(params.routes[one].from), i64::from(cap % 3))])
        }
    };
    CalendarEntry { id: format!("more-{n}"), from, to, applies_to, effect, reason: String::new() }
}

fn fail<T>(what: String) -> Result<T, TestCaseError> {
    Err(TestCaseError::fail(what))
}

/// The ceiling and what the run came to; `None` where a replication failed, which other properties look after.
fn held_against(params: &Params) -> Option<(Ceiling, Observations)> {
    let bound = ceiling(params);
    assert!(bound.without_chance, "the generator varied something");
    Model::new(params.clone(), 1).replicate(0, false).ok().map(|run| (bound, run))
}

#[test]
fn without_chance_no_run_is_complete_before_the_bound() {
    property(8, &plans(), |params| match held_against(&params) {
        Some((bound, o)) => match o.closure.map(|closure| closure.elapsed().days()) {
            Some(days) if days < bound.at_least_days || !bound.within_horizon => fail(format!("complete on day {days}, {bound:?}")),
            _ => Ok(()),
        },
        None => Ok(()),
    });
}

#[test]
fn without_chance_no_run_has_a_higher_rate_than_the_ceiling() {
    property(8, &plans(), |params| match held_against(&params) {
        Some((bound, o)) => {
            let rate = o.accepted.len() as f64 / o.end.elapsed().days();
            if rate > bound.per_day * (1.0 + 1e-12) { fail(format!("{rate} people per day, {bound:?}")) } else { Ok(()) }
        }
        None => Ok(()),
    });
}

#[test]
fn the_words_of_a_ceiling_promise_no_more_than_its_numbers() {
    property(4, &plans(), |params| {
        let bound = ceiling(&params);
        let text = bound.to_string();
        let number = |before: &str| -> Option<f64> {
            let rest = text.split_once(before)?.1;
            rest.split(' ').next()?.replace(',', "").parse().ok()
        };
        if number("before day ").is_some_and(|days| days > bound.at_least_days) {
            return fail(format!("{text}: {bound:?}"));
        }
        if number("at most ").is_some_and(|people| people < bound.per_day) {
            return fail(format!("{text}: {bound:?}"));
        }
        Ok(())
    });
}
