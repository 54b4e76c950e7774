//! Daily caps: how many people may start on some routes, operating day by operating day.

use super::starts::concerns;
use crate::model::params::{CalendarEffect, CalendarEntry, Params};
use crate::units::TICKS_PER_DAY;

/// Whether a daily cap ever applies to a route.
pub(super) fn ever(params: &Params, route: usize) -> bool {
    params.calendar.iter().any(|entry| matches!(entry.effect, CalendarEffect::DailyCap(_)) && applies(params, entry, route))
}

fn applies(params: &Params, entry: &CalendarEntry, route: usize) -> bool {
    entry.applies_to.iter().any(|target| concerns(*target, &params.routes[route], route))
}

/// People who may have started on some routes by the end of each operating day: (first tick of the day, people up to its end).
///
/// A day counts only where caps are in force on every route from its beginning to its end; from the first other day on there is no
/// limit.
pub(super) fn by_day(params: &Params, routes: &[usize]) -> Vec<(u64, u64)> {
    let horizon = params.horizon.ticks();
    let into_day = (params.start.time_of_day.ticks() + TICKS_PER_DAY - params.operating_day.ticks()) % TICKS_PER_DAY;
    let mut days = Vec::new();
    let (mut from, mut to, mut sum) = (0, TICKS_PER_DAY - into_day, 0_u64);
    while from < horizon {
        sum = sum.saturating_add(on(params, routes, from, to));
        days.push((from, sum));
        if sum == u64::MAX {
            break;
        }
        (from, to) = (to, to + TICKS_PER_DAY);
    }
    days
}

/// People who may start on some routes on one operating day.
fn on(params: &Params, routes: &[usize], from: u64, to: u64) -> u64 {
    let end = to.min(params.horizon.ticks());
    // Caps that are in force all day: entry, people.
    let mut used: Vec<(usize, u64)> = Vec::new();
    for route in routes {
        let all_day = params.calendar.iter().enumerate().filter_map(|(at, entry)| {
            let CalendarEffect::DailyCap(cap) = entry.effect else { return None };
            let whole = entry.from.ticks() <= from && entry.to.ticks() >= end && applies(params, entry, *route);
            whole.then(|| (at, most(params, *route, cap, from, end)))
        });
        let Some((entry, cap)) = all_day.min_by_key(|(_, cap)| *cap) else { return u64::MAX };
        match used.iter_mut().find(|(known, _)| *known == entry) {
            Some((_, known)) => *known = cap.max(*known),
            None => used.push((entry, cap)),
        }
    }
    used.into_iter().map(|(_, cap)| cap).fold(0, u64::saturating_add)
}

/// The most that factors make of a cap at any time of a day.
fn most(params: &Params, route: usize, cap: u32, from: u64, end: u64) -> u64 {
    let factors = params.calendar.iter().filter_map(|entry| {
        let CalendarEffect::CapFactor(factor) = entry.effect else { return None };
        let (begins, ends) = (entry.from.ticks(), entry.to.ticks());
        if !applies(params, entry, route) || begins >= end || ends <= from {
            return None;
        }
        let whole = begins <= from && ends >= end;
        Some(if whole { factor } else { factor.max(1.0) })
    });
    let people = f64::from(cap) * factors.product::<f64>() * (1.0 + 1e-9);
    if people >= f64::from(u32::MAX) { u64::MAX } else { people.floor() as u64 }
}
