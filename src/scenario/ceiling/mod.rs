//! The ceiling of a plan: the earliest instant at which it can be complete, before anything runs.
//!
//! A cut is a set of routes of which everybody counted must use one: the routes out of one site, out of all sites, into all
//! facilities. Through each cut, and past each kind of resource, no more people can have passed by a time T than a count of
//! starts allows; the first T at which the count reaches the people is a lower bound of the days. The largest bound is reported.
//!
//! Everything is counted in whole ticks and rounded towards safety, so that in a scenario without chance no run is complete
//! earlier and none has a higher rate. With chance, mean times take the place of draws and the result is an estimate. A term
//! that cannot be bounded is left out, which makes the bound weaker, never wrong.

mod caps;
mod certain;
mod cut;
mod levels;
mod starts;
mod travel;

use crate::model::params::{LevelTarget, Mode, Node, NodeKind, Params, Searching};
use crate::units::{Duration, SimTime};
use travel::{Travel, ticks};

pub use certain::without_chance;
pub(super) use levels::{beds_at, gone_from, most_beds};

/// The ceiling of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceiling {
    /// Days until the last person is accepted, at least; the horizon where it takes longer than that.
    pub at_least_days: f64,
    /// What these days come from.
    pub limit: &'static str,
    /// Whether the plan can be complete within the horizon, as far as this bound knows.
    pub within_horizon: bool,
    /// People per day at most, accepted people divided by elapsed days; infinite where nothing limits them.
    pub per_day: f64,
    /// Whether nothing in the plan varies, so that the bound holds for every run. Otherwise it is an estimate from mean times.
    pub without_chance: bool,
}

/// One bound: `people` must pass, and at most `by(ticks)` of them can have been accepted by then; `by` never falls.
struct Bound<'p> {
    limit: &'static str,
    people: u64,
    /// Whether it counts everybody, so that it limits the people per day.
    everybody: bool,
    by: Box<dyn Fn(u64) -> u64 + 'p>,
}

/// The ceiling of a plan.
#[must_use]
pub fn ceiling(params: &Params) -> Ceiling {
    let horizon = params.horizon.ticks();
    let travel = Travel::new(params);
    let mut bounds = cut::bounds(params, &travel);
    bounds.extend(boarding(params, &travel));
    bounds.push(intake(params, &travel));
    bounds.push(beds(params, &travel));
    let (mut at_least, mut limit, mut within_horizon) = (0, "nothing", true);
    for bound in &bounds {
        let (first, reached) = match first(horizon, |t| (bound.by)(t) >= bound.people) {
            Some(first) => (first, true),
            None => (horizon, false),
        };
        if first > at_least || (within_horizon && !reached) {
            (at_least, limit) = (first, bound.limit);
        }
        within_horizon &= reached;
    }
    let total = everybody(params);
    let accepted_by = |t: u64| bounds.iter().filter(|bound| bound.everybody).map(|bound| (bound.by)(t)).min().unwrap_or(total).min(total);
    let rate = |people: u64, t: u64| if people == 0 { 0.0 } else { people as f64 / Duration::from_ticks(t).days() };
    // A run ends with its last person or at the horizon.
    let mut per_day = if within_horizon { rate(total, at_least) } else { rate(accepted_by(horizon), horizon) };
    if let Some(stall_after) = params.stall_after {
        // It may also end when nothing has changed for so long, at any instant from then on.
        const STEPS: u64 = 1_000;
        let from = stall_after.ticks().min(horizon);
        let step = (horizon - from) / STEPS + 1;
        let moments = (0..=STEPS).map(|n| from + n * step);
        per_day = moments.map(|t| rate(accepted_by(t + step), t)).fold(per_day, f64::max);
    }
    Ceiling { at_least_days: Duration::from_ticks(at_least).days(), limit, within_horizon, per_day, without_chance: without_chance(params) }
}

/// The earliest that so many people can be at some facilities, by planned times; the horizon where they cannot.
#[must_use]
pub(super) fn soonest(params: &Params, facilities: &[usize], people: u64) -> Duration {
    let horizon = params.horizon.ticks();
    let travel = Travel::new(params);
    let routes: Vec<usize> = (0..params.routes.len()).filter(|at| facilities.contains(&params.routes[*at].to)).collect();
    let mut bounds: Vec<_> = cut::past(params, &travel, &routes, people).collect();
    let beds = move |t: u64| facilities.iter().map(|at| most_beds(params, *at, SimTime::from_ticks(t))).sum();
    bounds.push(("beds", Box::new(beds)));
    let each = bounds.iter().map(|(_, by)| first(horizon, |t| by(t) >= people).unwrap_or(horizon));
    Duration::from_ticks(each.max().unwrap_or(0))
}

/// A rough time in which so many people leave a node by the quickest of some routes, by planned times, if its fleet serves nobody else.
#[must_use]
pub(super) fn roughly(params: &Params, routes: &[usize], people: u64) -> Duration {
    let travel = Travel::new(params);
    let each = routes.iter().map(|at| {
        let (load, vehicles) = match &params.routes[*at].mode {
            Mode::Land(land) => (params.buses[land.fleet].load, params.buses[land.fleet].count),
            Mode::Air(air) => (params.aircraft[air.fleet].load, params.aircraft[air.fleet].count),
        };
        let at_once = u64::from(load).saturating_mul(u64::from(vehicles)).max(1);
        let times = [travel.out[*at], travel.board[*at], travel.loaded[*at], travel.unload[*at], travel.back[*at]];
        let round = times.into_iter().fold(0, u64::saturating_add);
        travel.arrival[params.routes[*at].from].saturating_add(round.saturating_mul(people.div_ceil(at_once)))
    });
    Duration::from_ticks(each.min().unwrap_or(u64::MAX))
}

/// The first tick up to `horizon` at which a condition that stays true holds.
fn first(horizon: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(horizon) {
        return None;
    }
    let (mut from, mut to) = (0, horizon);
    while from < to {
        let middle = from.midpoint(to);
        if holds(middle) { to = middle } else { from = middle + 1 }
    }
    Some(to)
}

fn everybody(params: &Params) -> u64 {
    let site = |node: &Node| match &node.kind {
        NodeKind::Site(site) => site.detainees.iter().map(|count| u64::from(count.people)).sum(),
        _ => 0,
    };
    params.nodes.iter().map(site).sum()
}

/// Search and boarding at each site that nobody leaves by air.
fn boarding<'p>(params: &'p Params, travel: &Travel) -> Vec<Bound<'p>> {
    let mut bounds = Vec::new();
    for (at, node) in params.nodes.iter().enumerate() {
        let NodeKind::Site(site) = &node.kind else { continue };
        let routes = || travel.from[at].iter().copied();
        if routes().any(|route| matches!(params.routes[route].mode, Mode::Air(_))) {
            continue;
        }
        let bays = u64::from(site.boarding.bays) + levels::added(params, LevelTarget::BoardingBays(at));
        let manifest = ticks(&site.boarding.manifest);
        let after = routes().map(|route| travel.after_start(params, route)).min().unwrap_or(u64::MAX).saturating_add(manifest);
        let begin = routes().map(|route| travel.out[route]).min().unwrap_or(0);
        let people: u64 = site.detainees.iter().map(|count| u64::from(count.people)).sum();
        let by = Box::new(move |t: u64| {
            let Some(end) = t.checked_sub(after) else { return 0 };
            let open = |time: u64| starts::open_ticks(&site.hours, params.start, begin, end, time);
            match &site.boarding.searching {
                Searching::AtTheBay { lanes_per_bay, per_person } => {
                    let time = ticks(per_person);
                    served(bays * u64::from(*lanes_per_bay), open(time), time)
                }
                Searching::SharedLanes { lanes, search, aboard } => {
                    let (search, aboard) = (ticks(search), ticks(aboard));
                    served(u64::from(*lanes), open(search), search).min(served(bays, end.saturating_sub(begin), aboard))
                }
            }
        });
        bounds.push(Bound { limit: "search and boarding", people, everybody: false, by });
    }
    bounds
}

/// People whom some servers can have dealt with one after another in a time; without end where nobody takes any.
fn served(servers: u64, open: u64, each: u64) -> u64 {
    open.checked_div(each).map_or(u64::MAX, |count| servers.saturating_mul(count))
}

/// Intake at all facilities together, from the first possible arrival on.
fn intake<'p>(params: &'p Params, travel: &Travel) -> Bound<'p> {
    let facilities: Vec<_> = levels::facilities(params)
        .map(|(at, facility)| {
            let bays = u64::from(facility.intake.bays) + levels::added(params, LevelTarget::IntakeBays(at));
            (facility, bays * u64::from(facility.intake.lanes_per_bay), travel.arrival[at])
        })
        .collect();
    let by = Box::new(move |t: u64| {
        let each = facilities.iter().map(|(facility, lanes, arrival)| {
            if t < *arrival {
                return 0;
            }
            let time = ticks(&facility.intake.per_person);
            served(*lanes, starts::open_ticks(&facility.intake.hours, params.start, *arrival, t, time), time)
        });
        each.fold(0, u64::saturating_add)
    });
    Bound { limit: "intake", people: everybody(params), everybody: true, by }
}

/// Beds of all facilities together, each reserved before its person sets out.
fn beds<'p>(params: &'p Params, travel: &Travel) -> Bound<'p> {
    let facilities: Vec<(usize, u64)> = levels::facilities(params).map(|(at, _)| (at, travel.reserved_before(at))).collect();
    let by = Box::new(move |t: u64| {
        let each = facilities.iter().map(|(at, before)| {
            let moment = SimTime::from_ticks(t).saturating_sub(Duration::from_ticks(*before));
            if t < *before { 0 } else { most_beds(params, *at, moment) }
        });
        each.sum()
    });
    Bound { limit: "beds", people: everybody(params), everybody: true, by }
}

/// `not complete before day 21.6 (limit: buses), so at most 325 people per day`: the days are rounded down and the rate up, so that
/// both stay bounds.
impl std::fmt::Display for Ceiling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.without_chance {
            write!(f, "estimate from mean times: ")?;
        }
        let per_day = |f: &mut std::fmt::Formatter<'_>| {
            if self.per_day.is_finite() { write!(f, "at most {} people per day", grouped(self.per_day.ceil())) } else { Ok(()) }
        };
        if !self.within_horizon {
            write!(f, "not complete within the horizon (limit: {}); ", self.limit)?;
            return per_day(f);
        }
        if self.at_least_days <= 0.0 {
            return write!(f, "no limit found");
        }
        write!(f, "not complete before day {} (limit: {}), so ", rounded_down(self.at_least_days), self.limit)?;
        per_day(f)
    }
}

/// A number of days rounded down: to a tenth, below one day to three digits.
fn rounded_down(days: f64) -> String {
    let (mut digits, mut scale) = (1_usize, 10.0);
    while days < 1.0 && days * scale < 100.0 && digits < 6 {
        (digits, scale) = (digits + 1, scale * 10.0);
    }
    let text = format!("{:.digits$}", (days * scale).floor() / scale);
    if digits == 1 { text.trim_end_matches(".0").to_owned() } else { text }
}

/// `7,000` for 7000.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
