//! Whether a route can ever start, and a facility ever accept anybody, as far as dates and clocks go.
//!
//! The rules are those of a start in the model, without what comes by chance. In doubt a start is taken to be possible.

use crate::model::params::{
    CalendarEffect, CalendarEntry, CalendarTarget, Departures, Light, Mode, Params, PathPart, Route, Schedule, Window,
};
use crate::units::{Duration, SimTime};

/// Changes looked at, as many as the model looks at.
const MOST_CHANGES: usize = 10_000;

/// Why a route never starts.
pub(super) struct Never {
    pub(super) why: String,
    pub(super) help: String,
}

/// What must be so at a start.
enum Condition<'p> {
    /// The window or timetable.
    Departures,
    /// No entry of the calendar stops departures.
    Calendar(&'p CalendarEntry),
    /// A crossing is open at the planned arrival.
    Crossing(usize, Duration),
}

/// Why movements of a route never start within the horizon; `None` where one may.
pub(super) fn never_starts(params: &Params, at: usize) -> Option<Never> {
    let route = &params.routes[at];
    // A halt more or less on the way to a crossing must not decide.
    let halt = match &route.mode {
        Mode::Land(land) => land.halts.map_or(0, |halts| i128::from(halts.length.ticks())),
        Mode::Air(_) => 0,
    };
    let mut why = None;
    for shift in [0, -halt, halt] {
        why = Some(blocked(params, route, at, shift)?);
    }
    let (condition, last) = why?;
    let never = match condition {
        Condition::Departures => {
            Never { why: "its departures open after that".into(), help: "give a longer horizon, or an earlier time".into() }
        }
        Condition::Calendar(entry) => Never {
            why: format!("calendar.{} stops it{}", entry.id, if last { " to the end" } else { " whenever it could" }),
            help: "let the entry end earlier, or leave the route out".into(),
        },
        Condition::Crossing(crossing, lead) => Never {
            why: format!(
                "by mean times it is at crossing.{} {:.1} h after the start, and that is closed whenever the route departs",
                params.crossings[crossing].id,
                lead.hours()
            ),
            help: "change the departures, or the hours of the crossing".into(),
        },
    };
    Some(never)
}

/// What stops the last possible start, and whether it was the only thing; `None` where a start is possible.
fn blocked<'p>(params: &'p Params, route: &Route, at: usize, shift: i128) -> Option<(Condition<'p>, bool)> {
    let horizon = SimTime::ZERO + params.horizon;
    let leads = leads(route, shift);
    let mut t = SimTime::ZERO;
    let mut only = true;
    let mut last: Option<Condition<'p>> = None;
    for _ in 0..MOST_CHANGES {
        let departures = Some((departs(params, &route.departures, t), Condition::Departures));
        let stopped = params.calendar.iter().filter(|entry| stops(entry, route, at) && entry.from <= t && t < entry.to);
        let stopped = stopped.max_by_key(|entry| entry.to).map(|entry| (entry.to, Condition::Calendar(entry)));
        let crossings = leads.iter().map(|(crossing, lead)| (passes(params, *crossing, t, *lead), Condition::Crossing(*crossing, *lead)));
        let next = departures.into_iter().chain(stopped).chain(crossings).filter(|(until, _)| *until > t).max_by_key(|(until, _)| *until);
        let (until, condition) = next?;
        only &= last.is_none() || matches!((&last, &condition), (Some(Condition::Calendar(a)), Condition::Calendar(b)) if a.id == b.id);
        // Of things that alternate, what is not a window says more.
        if last.is_none() || !matches!(condition, Condition::Departures) {
            last = Some(condition);
        }
        // A start at the very horizon brings nobody anywhere.
        if until >= horizon {
            return last.map(|last| (last, only));
        }
        t = until;
    }
    None
}

fn stops(entry: &CalendarEntry, route: &Route, at: usize) -> bool {
    matches!(entry.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed)
        && entry.applies_to.iter().any(|target| concerns(*target, route, at))
}

/// Whether an entry for a target applies to a route: itself, or the node that it leaves.
pub(super) fn concerns(target: CalendarTarget, route: &Route, at: usize) -> bool {
    match target {
        CalendarTarget::Route(route) => route == at,
        CalendarTarget::Node(node) => node == route.from,
        CalendarTarget::Crossing(_) => false,
    }
}

/// The first instant from `t` on at which departures are open.
fn departs(params: &Params, departures: &Departures, t: SimTime) -> SimTime {
    match departures {
        Departures::Open(schedule) => schedule.next_open(params.start, t),
        Departures::Night => match params.light {
            Light::Fixed { sunrise, sunset, .. } => Schedule::Daily(vec![Window { from: sunset, to: sunrise }]).next_open(params.start, t),
            Light::Sun { .. } => t,
        },
        Departures::Timetable(times) => times.iter().map(|time| params.start.next_clock(t, *time)).min().unwrap_or(SimTime::NEVER),
    }
}

/// The first instant from `t` on at which a start would by plan find a crossing open.
fn passes(params: &Params, crossing: usize, t: SimTime, lead: Duration) -> SimTime {
    let arrival = t + lead;
    let open = opens(params, &params.crossings[crossing].hours, CalendarTarget::Crossing(crossing), arrival);
    if open == SimTime::NEVER { open } else { open.saturating_sub(lead).max(t) }
}

/// The first instant from `t` on at which something is open by its hours and by the calendar.
fn opens(params: &Params, hours: &Schedule, target: CalendarTarget, mut t: SimTime) -> SimTime {
    for _ in 0..MOST_CHANGES {
        let open = hours.next_open(params.start, t);
        let closed = |entry: &&CalendarEntry| {
            matches!(entry.effect, CalendarEffect::Closed) && entry.from <= open && open < entry.to && entry.applies_to.contains(&target)
        };
        match params.calendar.iter().filter(closed).map(|entry| entry.to).max() {
            Some(end) if open != SimTime::NEVER => t = end,
            _ => return open,
        }
    }
    t
}

/// Whether a facility never begins anybody's intake within the horizon.
pub(super) fn never_accepts(params: &Params, node: usize, hours: &Schedule) -> bool {
    opens(params, hours, CalendarTarget::Node(node), SimTime::ZERO).elapsed() >= params.horizon
}

/// Crossings of a route with the planned time from the start, by mean speeds and scheduled halts, shifted by so many ticks.
fn leads(route: &Route, shift: i128) -> Vec<(usize, Duration)> {
    let Mode::Land(land) = &route.mode else { return Vec::new() };
    let mut moved = Duration::ZERO;
    let mut leads = Vec::new();
    for part in &land.path {
        match part {
            PathPart::Leg(leg) => moved += leg.distance.at(leg.speed.distribution().mean()),
            PathPart::Crossing(crossing) => {
                let halts = land.halts.map_or(Duration::ZERO, |halts| halts.length * (moved.ticks() / halts.every.ticks()));
                let lead = i128::from((moved + halts).ticks()) + shift;
                leads.push((*crossing, Duration::from_ticks(u64::try_from(lead.max(0)).unwrap_or(u64::MAX))));
            }
        }
    }
    leads
}
