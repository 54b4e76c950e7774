//! Routes that never carry anybody, or only a few people once: why, and what would help.

use super::served::gone;
use super::windows;
use crate::model::params::{CalendarEffect, LevelTarget, Mode, NodeKind, Params, Route};
use crate::scenario::check::Check;
use crate::scenario::check::reader::{Reader, TableWide};
use crate::scenario::source::Span;
use crate::units::SimTime;

/// A route that carries few people or none.
pub(super) struct Blocked {
    pub(super) route: usize,
    /// People of each class whom it carries at most in a whole run; `None` where that is not certain.
    pub(super) most: Option<u64>,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// Every route that is blocked.
pub(super) fn routes(check: &Check<'_>, params: &Params) -> Vec<Blocked> {
    (0..params.routes.len()).filter_map(|at| blocked(check, params, at)).collect()
}

fn blocked(check: &Check<'_>, params: &Params, at: usize) -> Option<Blocked> {
    let route = &params.routes[at];
    let (table, span, path) = check.again("route", at)?;
    let r = Reader::places(check, table, path, span, &TableWide::default());
    let blocked = |most: Option<u64>, span: Span, message: String, help: String| Some(Blocked { route: at, most, span, message, help });
    if let Mode::Air(air) = &route.mode
        && params.aircraft[air.fleet].count == 0
    {
        let fleet = &params.aircraft[air.fleet].id;
        let span = r.span_at(&["aircraft", "fleet"]);
        return blocked(Some(0), span, format!("{} never flies: the fleet {fleet:?} has no aircraft", r.path), "give it a count".into());
    }
    if let Some(never) = windows::never_starts(params, at) {
        let key = if r.has("timetable") { "timetable" } else { "departures" };
        let key = if r.has(key) { key } else { "id" };
        return blocked(Some(0), r.span_of(key), format!("{} never starts within the horizon: {}", r.path, never.why), never.help);
    }
    if let Some(gone) = gone(params, at).filter(|gone| gone.from == SimTime::ZERO) {
        let message = format!("{} never brings anybody there: the calendar takes away all {} up to the horizon", r.path, gone.what);
        return blocked(Some(0), r.span_of("id"), message, "leave some of them for a time, or close the route".into());
    }
    let load = u64::from(match &route.mode {
        Mode::Land(land) => params.buses[land.fleet].load,
        Mode::Air(air) => params.aircraft[air.fleet].load,
    });
    // Who is turned back or found unfit may make a queue as short as a small movement.
    let turn_back = params.incidents.as_ref().is_some_and(|incidents| incidents.turn_back > 0.0);
    let classes = route.classes.len() as u64;
    if let NodeKind::Hub(hub) = &params.nodes[route.to].kind {
        let places = most_places(params, route.to, hub.holding);
        let need = smallest(params, route);
        if need.full > places {
            let id = &params.nodes[route.to].id;
            let (brings, smaller) = match &route.mode {
                Mode::Land(_) => (format!("{} buses x {load} = {}", need.vehicles, need.full), "form.at_least fewer buses"),
                Mode::Air(_) => (need.full.to_string(), "aircraft.at_least fewer people"),
            };
            let message = format!("{} brings at least {brings} people, but {id:?} holds {places}", r.path);
            let certain = !turn_back && !capped(params, at) && stays_too_large(params, route, &need, places);
            let most = certain.then(|| places.saturating_mul(classes));
            return blocked(most, r.span_of("to"), message, format!("give {id:?} more holding, or {smaller}"));
        }
    }
    if let NodeKind::Hub(hub) = &params.nodes[route.from].kind {
        let places = most_places(params, route.from, hub.holding);
        let need = smallest(params, route);
        if need.people > places && !capped(params, at) {
            let id = &params.nodes[route.from].id;
            let smaller = if matches!(route.mode, Mode::Land(_)) { "form.at_least" } else { "aircraft.at_least" };
            let message = format!("{} leaves with at least {} people, but {id:?} holds {places}", r.path, need.people);
            let span = hub_span(check, params, route.from).unwrap_or(r.span);
            // The last people of all go however few they are, and so do those who fill the last beds of a facility.
            let most = (!turn_back).then(|| places.saturating_mul(classes + 1));
            return blocked(most, span, message, format!("give {id:?} more holding, or write a smaller {}.{smaller}", r.path));
        }
    }
    None
}

/// Whether the smallest movement of a route never fits into so many places, however the queue at its origin changes, but for the last
/// people of all.
fn stays_too_large(params: &Params, route: &Route, need: &Smallest, places: u64) -> bool {
    let NodeKind::Site(site) = &params.nodes[route.from].kind else { return need.people > places };
    if site.unfit.as_ref().is_some_and(|unfit| unfit.share > 0.0) {
        return false;
    }
    let waiting: Vec<u64> =
        site.detainees.iter().filter(|count| route.classes.contains(&count.class)).map(|count| u64::from(count.people)).collect();
    // Of one class the queue only becomes shorter, and when it fits it is the last.
    if waiting.len() <= 1 || need.people > places {
        return true;
    }
    // Nobody else takes people from the queue, so it stays as it is at the start.
    let shares = |other: &&Route| other.from == route.from && other.classes.iter().any(|class| route.classes.contains(class));
    params.routes.iter().filter(shares).count() == 1 && carried(params, route, &waiting, need.vehicles) > places
}

/// People whom so many vehicles of a route carry, each with one class, classes in file order.
fn carried(params: &Params, route: &Route, waiting: &[u64], vehicles: u64) -> u64 {
    let load = u64::from(match &route.mode {
        Mode::Land(land) => params.buses[land.fleet].load,
        Mode::Air(air) => params.aircraft[air.fleet].load,
    });
    let (mut left, mut people) = (vehicles, 0);
    for count in waiting {
        let used = count.div_ceil(load).min(left);
        people += (*count).min(used * load);
        left -= used;
    }
    people
}

/// The place of a hub's holding.
pub(super) fn hub_span(check: &Check<'_>, params: &Params, hub: usize) -> Option<Span> {
    let sites = params.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Site(_))).count();
    let (table, span, _) = check.again("hub", hub - sites)?;
    Some(table.get("holding").map_or(span, |value| value.span))
}

/// The smallest movement that a route forms while others can still come.
pub(super) struct Smallest {
    pub(super) vehicles: u64,
    /// People in as many full vehicles: places that must be free together.
    pub(super) full: u64,
    /// Fewest people who need as many vehicles, each vehicle with one class.
    pub(super) people: u64,
}

pub(super) fn smallest(params: &Params, route: &Route) -> Smallest {
    match &route.mode {
        Mode::Land(land) => {
            let load = u64::from(params.buses[land.fleet].load);
            let vehicles = u64::from(land.at_least).min(land.per_convoy.minimum() as u64).max(1);
            let classes = route.classes.len() as u64;
            let people = if vehicles <= classes { vehicles } else { classes - 1 + load * (vehicles - classes) + 1 };
            Smallest { vehicles, full: load * vehicles, people }
        }
        Mode::Air(air) => {
            let people = u64::from(air.at_least.min(params.aircraft[air.fleet].load));
            Smallest { vehicles: 1, full: people, people }
        }
    }
}

/// Whether a daily cap may cut movements of a route to fewer than they are.
fn capped(params: &Params, at: usize) -> bool {
    let caps = params.calendar.iter().filter(|entry| matches!(entry.effect, CalendarEffect::DailyCap(_)));
    caps.flat_map(|entry| &entry.applies_to).any(|target| windows::concerns(*target, &params.routes[at], at))
}

/// The most places that a hub ever has.
pub(super) fn most_places(params: &Params, node: usize, holding: u32) -> u64 {
    let added = params.calendar.iter().flat_map(|entry| match &entry.effect {
        CalendarEffect::Add(levels) => levels.as_slice(),
        _ => &[],
    });
    let more: u64 = added.filter(|(level, _)| *level == LevelTarget::Holding(node)).map(|(_, amount)| amount.max(&0).cast_unsigned()).sum();
    u64::from(holding) + more
}
