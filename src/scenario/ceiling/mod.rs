//! What a plan can do at most: a lower bound of its days, before anything runs.
//!
//! A cut is a set of routes that everybody counted must use once: the routes out of one site, out of all sites, into all
//! facilities. Through each cut, and past each kind of resource, no more people can have passed by a time T than a count
//! of starts allows; the first T at which the count reaches the people is a bound. The largest bound counts.
//!
//! Times are planned times (means). In a scenario without chance no run can be faster; with chance it is a guide. In doubt
//! a term is left out, which makes the ceiling higher and the bound weaker, never wrong.

mod cut;
mod starts;

use crate::model::params::{BedLevel, CalendarEffect, Facility, LevelTarget, Mode, Node, NodeKind, Params, Searching, VaryingDuration};
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

/// What a plan can do at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceiling {
    /// People a day in the long run; infinite where nothing limits them.
    pub per_day: f64,
    /// What limits them.
    pub limit: &'static str,
    /// Days until the last person is accepted, at least; the horizon where more would be needed.
    pub at_least_days: f64,
    /// What these days come from.
    pub days_limit: &'static str,
}

/// One bound: `people` must pass, and `by(hours)` of them can have passed.
struct Bound<'p> {
    limit: &'static str,
    people: f64,
    /// Whether it speaks of everybody, so that it limits the people a day.
    everybody: bool,
    by: Box<dyn Fn(f64) -> f64 + 'p>,
}

/// The ceiling of a plan.
#[must_use]
pub fn ceiling(params: &Params) -> Ceiling {
    let horizon = params.horizon.hours();
    let travel = cut::Travel::new(params);
    let mut bounds = cut::bounds(params, &travel);
    bounds.extend(boarding(params, &travel));
    bounds.push(intake(params, &travel));
    bounds.push(beds(params));
    let mut ceiling = Ceiling { per_day: f64::INFINITY, limit: "nothing", at_least_days: 0.0, days_limit: "nothing" };
    for bound in bounds {
        let hours = first(horizon, |t| (bound.by)(t) >= bound.people);
        // A hair less, so that rounding never puts the bound above the truth.
        let days = hours / 24.0 * (1.0 - 1e-9);
        if days > ceiling.at_least_days {
            (ceiling.at_least_days, ceiling.days_limit) = (days, bound.limit);
        }
        let per_day = ((bound.by)(horizon) - (bound.by)(horizon / 2.0)) / (horizon / 48.0);
        if bound.everybody && per_day > 0.0 && per_day < ceiling.per_day {
            (ceiling.per_day, ceiling.limit) = (per_day, bound.limit);
        }
    }
    ceiling
}

/// The first time up to `horizon` at which a condition that stays true holds; `horizon` where it never does.
fn first(horizon: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if holds(0.0) {
        return 0.0;
    }
    let (mut no, mut yes) = (0.0, horizon);
    for _ in 0..60 {
        let middle = f64::midpoint(no, yes);
        if holds(middle) { yes = middle } else { no = middle }
    }
    no
}

fn hours(time: &VaryingDuration) -> f64 {
    time.mean().hours()
}

/// The most that a calendar adds to a level at any time, taking all its entries together.
fn added(params: &Params, level: LevelTarget) -> f64 {
    let entries = params.calendar.iter().filter_map(|entry| match &entry.effect {
        CalendarEffect::Add(levels) => Some(levels),
        _ => None,
    });
    entries.flatten().filter(|(of, amount)| *of == level && *amount > 0).map(|(_, amount)| *amount as f64).sum()
}

fn everybody(params: &Params) -> f64 {
    let site = |node: &Node| match &node.kind {
        NodeKind::Site(site) => site.detainees.iter().map(|count| f64::from(count.people)).sum(),
        _ => 0.0,
    };
    params.nodes.iter().map(site).sum()
}

/// Search and boarding at each site that nobody leaves by air.
fn boarding<'p>(params: &'p Params, travel: &cut::Travel) -> Vec<Bound<'p>> {
    let mut bounds = Vec::new();
    for (at, node) in params.nodes.iter().enumerate() {
        let NodeKind::Site(site) = &node.kind else { continue };
        if params.routes.iter().any(|route| route.from == at && matches!(route.mode, Mode::Air(_))) {
            continue;
        }
        let bays = f64::from(site.boarding.bays) + added(params, LevelTarget::BoardingBays(at));
        let per_hour = match &site.boarding.searching {
            Searching::AtTheBay { lanes_per_bay, per_person } => bays * f64::from(*lanes_per_bay) / hours(per_person),
            Searching::SharedLanes { lanes, search, aboard } => (f64::from(*lanes) / hours(search)).min(bays / hours(aboard)),
        };
        let people: f64 = site.detainees.iter().map(|count| f64::from(count.people)).sum();
        let rest = travel.onward[at];
        let by = Box::new(move |t: f64| if t < rest { 0.0 } else { (t - rest) * per_hour });
        bounds.push(Bound { limit: "search and boarding", people, everybody: false, by });
    }
    bounds
}

/// Intake at all facilities together, from the first possible arrival on.
fn intake<'p>(params: &'p Params, travel: &cut::Travel) -> Bound<'p> {
    let facilities: Vec<(&Facility, f64, f64)> = facilities(params)
        .map(|(at, facility)| {
            let bays = f64::from(facility.intake.bays) + added(params, LevelTarget::IntakeBays(at));
            (facility, bays * f64::from(facility.intake.lanes_per_bay), travel.from_sites[at])
        })
        .collect();
    let by = Box::new(move |t: f64| {
        let each = facilities.iter().map(|(facility, lanes, arrival)| {
            let time = hours(&facility.intake.per_person);
            let open = starts::open_hours(&facility.intake.hours, params.start, *arrival, t, time);
            if open > 0.0 { lanes * open / time } else { 0.0 }
        });
        each.sum()
    });
    Bound { limit: "intake", people: everybody(params), everybody: true, by }
}

fn facilities(params: &Params) -> impl Iterator<Item = (usize, &Facility)> {
    params.nodes.iter().enumerate().filter_map(|(at, node)| match &node.kind {
        NodeKind::Facility(facility) => Some((at, facility)),
        _ => None,
    })
}

/// Beds of all facilities together.
fn beds(params: &Params) -> Bound<'_> {
    let by = Box::new(move |t: f64| {
        let t = SimTime::ZERO + Duration::round_ticks(t * crate::units::TICKS_PER_HOUR as f64);
        facilities(params).map(|(at, facility)| beds_at(facility.beds, t) + added(params, LevelTarget::Beds(at))).sum()
    });
    Bound { limit: "beds", people: everybody(params), everybody: true, by }
}

fn beds_at(beds: BedLevel, t: SimTime) -> f64 {
    let days = t.since(beds.from).ticks() / TICKS_PER_DAY;
    (f64::from(beds.start) + f64::from(beds.per_day) * days as f64).min(f64::from(beds.up_to))
}

/// `at most 324 a day (limit: buses), so at least 22 days`; the days are rounded up, so that whole days can be promised.
impl std::fmt::Display for Ceiling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.per_day.is_finite() {
            write!(f, "at most {:.0} a day (limit: {})", self.per_day.floor(), self.limit)?;
        } else {
            write!(f, "no limit found")?;
        }
        let days = self.at_least_days.ceil().max(1.0);
        if days <= 1.0 {
            write!(f, ", so within a day at best")
        } else if self.days_limit == self.limit {
            write!(f, ", so at least {days:.0} days")
        } else {
            write!(f, "; at least {days:.0} days (limit: {})", self.days_limit)
        }
    }
}
