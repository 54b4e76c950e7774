//! How often something can start by a time: the earliest starts in windows, one cycle apart.

use crate::model::params::{CalendarEffect, CalendarTarget, Departures, Light, LocalStart, Params, Route, Schedule, Window};
use crate::units::{Duration, SimTime};

/// More starts than this are as good as no limit.
const MANY: usize = 200_000;

/// The earliest starts of one vehicle on any of some routes: the first movement forms at `first`, each takes at least `pre` ticks from
/// forming to its start and keeps the vehicle for at least `post` ticks after it. No more than `enough` starts are listed. `None`
/// where nothing limits their number.
pub(super) fn greedy(params: &Params, routes: &[usize], first: u64, (pre, post): (u64, u64), enough: usize) -> Option<Vec<u64>> {
    let horizon = params.horizon.ticks();
    if first > horizon {
        return Some(Vec::new());
    }
    if pre.saturating_add(post) == 0 || enough > MANY {
        return None;
    }
    let mut starts = Vec::new();
    let mut form = first;
    while starts.len() < enough {
        let ready = form.saturating_add(pre);
        if ready > horizon {
            break;
        }
        let start = routes.iter().map(|route| next_start(params, &params.routes[*route], *route, ready)).min().unwrap_or(u64::MAX);
        if start > horizon {
            break;
        }
        starts.push(start);
        form = start.saturating_add(post);
    }
    Some(starts)
}

/// The first tick from `t` on at which a movement of a route may start by its departures and the calendar, never later than the
/// truth; `u64::MAX` for never within the horizon.
pub(super) fn next_start(params: &Params, route: &Route, at: usize, t: u64) -> u64 {
    let horizon = SimTime::ZERO + params.horizon;
    let mut t = SimTime::from_ticks(t);
    // Each turn passes the end of an entry of the calendar, or is the last.
    for _ in 0..=2 * params.calendar.len() {
        let open = next_departure(params, &route.departures, t);
        if open > horizon {
            return u64::MAX;
        }
        let stops = params.calendar.iter().filter(|entry| {
            let kind = matches!(entry.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed);
            kind && entry.from <= open && open < entry.to && entry.applies_to.iter().any(|target| concerns(*target, route, at))
        });
        match stops.map(|entry| entry.to).max() {
            Some(end) => t = end,
            None => return open.ticks(),
        }
    }
    t.ticks()
}

/// Whether an entry for a target applies to a route: itself, or the node that it leaves.
pub(super) fn concerns(target: CalendarTarget, route: &Route, at: usize) -> bool {
    match target {
        CalendarTarget::Route(route) => route == at,
        CalendarTarget::Node(node) => node == route.from,
        CalendarTarget::Crossing(_) => false,
    }
}

fn next_departure(params: &Params, departures: &Departures, t: SimTime) -> SimTime {
    match departures {
        Departures::Open(schedule) => schedule.next_open(params.start, t),
        Departures::Night => match params.light {
            Light::Fixed { sunrise, sunset, .. } => Schedule::Daily(vec![Window { from: sunset, to: sunrise }]).next_open(params.start, t),
            Light::Sun { .. } => t,
        },
        Departures::Timetable(times) => times.iter().map(|time| params.start.next_clock(t, *time)).min().unwrap_or(SimTime::NEVER),
    }
}

/// Ticks within `[from, to)` during which a schedule is open, and `after` each closing, in which what is under way ends.
/// Windows that overlap count twice, which is generous.
pub(super) fn open_ticks(schedule: &Schedule, start: LocalStart, from: u64, to: u64, after: u64) -> u64 {
    let overlap = |a: i128, b: i128| (b.min(i128::from(to)) - a.max(i128::from(from))).max(0) as u64;
    let whole = to.saturating_sub(from);
    match schedule {
        Schedule::Always => whole,
        Schedule::Elapsed(windows) => {
            let one = |window: &Window| overlap(window.from.ticks().into(), i128::from(window.to.ticks()) + i128::from(after));
            windows.iter().map(one).fold(0, u64::saturating_add).min(whole)
        }
        Schedule::Daily(windows) => {
            let day = i128::from(Duration::from_days(1).ticks());
            let offset = i128::from(start.time_of_day.ticks());
            let days = i128::from(to) / day + 2;
            let one = |window: &Window, number: i128| {
                let end = if window.from < window.to { window.to } else { window.to + Duration::from_days(1) };
                let midnight = number * day - offset;
                overlap(midnight + i128::from(window.from.ticks()), midnight + i128::from(end.ticks()) + i128::from(after))
            };
            let first = i128::from(from) / day - 2 - i128::from(after) / day;
            let all = windows.iter().flat_map(|window| (first..=days).map(move |number| (window, number)));
            all.map(|(window, number)| one(window, number)).fold(0, u64::saturating_add).min(whole)
        }
    }
}
