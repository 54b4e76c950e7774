//! What lies beyond the horizon: never.
//!
//! Whether something ends exactly at the horizon, years later or not at all makes no difference to a run. So that it makes none in any
//! byte either, [`beyond_is_never`] turns each of them into the same before anything reads them.

use super::Model;
use super::environment::Environment;
use super::params::{Departures, Mode, NodeKind, OnStation, Params, Schedule, Window};
use crate::units::{Duration, SimTime};

/// What is dated to begin at the horizon or later is left out, and what is dated to end there or later has no end.
pub(super) fn beyond_is_never(params: &mut Params) {
    let horizon = params.horizon;
    params.calendar.retain(|entry| entry.from.elapsed() < horizon);
    for entry in params.calendar.iter_mut().filter(|entry| entry.to.elapsed() >= horizon) {
        entry.to = SimTime::NEVER;
    }
    let cut = |schedule: &mut Schedule| {
        if let Schedule::Elapsed(windows) = schedule {
            windows.retain(|window| window.from < horizon);
            for Window { to, .. } in windows.iter_mut().filter(|window| window.to >= horizon) {
                *to = Duration::MAX;
            }
        }
    };
    for node in &mut params.nodes {
        match &mut node.kind {
            NodeKind::Site(site) => cut(&mut site.hours),
            NodeKind::Hub(hub) => cut(&mut hub.hours),
            NodeKind::Facility(facility) => {
                cut(&mut facility.intake.hours);
                if facility.beds.from.elapsed() >= horizon {
                    facility.beds.per_day = 0;
                }
            }
        }
    }
    params.crossings.iter_mut().for_each(|crossing| cut(&mut crossing.hours));
    for route in &mut params.routes {
        if let Departures::Open(schedule) = &mut route.departures {
            cut(schedule);
        }
    }
    for cover in &mut params.air_cover {
        if let OnStation::Fixed(schedule) = &mut cover.on_station {
            cut(schedule);
        }
    }
}

/// By route: from when on no movement can start any more before the horizon, as far as is known beforehand (windows, timetables,
/// calendar, hours of crossings); [`SimTime::NEVER`] where one can start up to the horizon.
pub(super) fn last_starts(model: &Model) -> Vec<SimTime> {
    let env = Environment::as_planned(model);
    (0..model.params.routes.len()).map(|route| last_start(model, &env, route)).collect()
}

/// An end of the search for last starts that no plan should reach: then the route counts as open to the horizon.
const MOST_OPENINGS: usize = 1_000_000;

fn last_start(model: &Model, env: &Environment<'_>, route: usize) -> SimTime {
    let horizon = SimTime::ZERO + model.params.horizon;
    let next = |t: SimTime| env.foreseen_start(route, t, None, SimTime::ZERO).0;
    // Most routes are open some time in the last days; only the others are searched from the start.
    let late = horizon.saturating_sub(Duration::from_days(3));
    let mut t = if next(late) == SimTime::NEVER { SimTime::ZERO } else { late };
    let mut last = SimTime::ZERO;
    for _ in 0..MOST_OPENINGS {
        let start = next(t);
        if start == SimTime::NEVER {
            return last;
        }
        last = env.may_shut_after(route, start);
        if last >= horizon {
            return SimTime::NEVER;
        }
        t = last;
    }
    SimTime::NEVER
}

/// How long before its last possible start a route begins to plan each movement before it forms one: by means, a full movement, with a
/// wide margin for people who are searched before.
pub(super) fn careful_before(model: &Model, route: usize) -> Duration {
    let spec = &model.params.routes[route];
    let loading = match &spec.mode {
        Mode::Land(land) => {
            let fleet = &model.params.buses[land.fleet];
            let boarding = match &model.params.nodes[spec.from].kind {
                NodeKind::Site(site) => &site.boarding,
                NodeKind::Hub(hub) => &hub.boarding,
                NodeKind::Facility(_) => return Duration::ZERO,
            };
            let (search, aboard) = boarding.searching.times();
            let person = search.mean() + aboard.map_or(Duration::ZERO, super::params::VaryingDuration::mean);
            model.planned_time(route) + (person * u64::from(fleet.load) + boarding.manifest.mean()) * u64::from(fleet.count)
        }
        Mode::Air(air) => model.params.aircraft[air.fleet].onload.mean() + model.planned_time(route),
    };
    loading * 4 + Duration::from_days(1)
}
