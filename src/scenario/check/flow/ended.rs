//! What is there for a while only: routes that stop for good, facilities that close for good or lose beds before the horizon.
//!
//! A plan that needs one of them is complete only if it has done with it in time; who is left then is left for ever.

use super::beds::late;
use super::blocked::Blocked;
use super::served::gone;
use super::ways::Ways;
use super::{Flow, people, windows};
use crate::model::params::{CalendarEffect, CalendarEntry, CalendarTarget, Departures, Mode, NodeKind, Params, PathPart, Schedule};
use crate::scenario::ceiling;
use crate::scenario::check::Check;
use crate::scenario::problem::ProblemKind;
use crate::scenario::source::Span;
use crate::units::{Duration, SimTime};
use std::collections::BTreeMap;

/// What ends later than this multiple of the plan's earliest end is no risk, unless people come late. Chosen, not derived: raised
/// until 3,000 random plans of `tests/it/properties/checked.rs` had no deadlock without a note.
const MARGIN: f64 = 10.0;

/// A pause of a schedule up to which a horizon may fall into it, as in the model.
const PAUSE: Duration = Duration::from_days(2);

/// Notes on what the plan may need and what ends before the horizon.
pub(super) fn notes(check: &Check<'_>, params: &Params, blocked: &[Blocked], ways: &Ways) {
    let mut closed = vec![false; params.routes.len()];
    blocked.iter().for_each(|one| closed[one.route] = true);
    let mut routes: BTreeMap<usize, SimTime> =
        (0..params.routes.len()).filter(|route| !closed[*route]).filter_map(|route| Some((route, stops(params, route)?))).collect();
    let leads_there = |node: usize| ways.into[node].iter().any(|route| !closed[*route]);
    let mut facilities: Vec<Shrinks> =
        (0..params.nodes.len()).filter_map(|node| shrinks(params, node)).filter(|one| leads_there(one.node)).collect();
    if routes.is_empty() && facilities.is_empty() {
        return;
    }
    let late = (0..params.nodes.len()).flat_map(|site| (0..params.classes.len()).filter_map(move |class| late(params, ways, site, class)));
    let done = MARGIN * ceiling::ceiling(params).at_least_days + (late.max().unwrap_or(Duration::ZERO) + waits(params)).days();
    routes.retain(|_, date| date.elapsed().days() < done);
    facilities.retain(|one| one.date.elapsed().days() < done);
    let mut flow = Flow::new(params, blocked);
    for (_, _, _, edge) in flow.edges.iter().filter(|(route, ..)| routes.contains_key(route)) {
        flow.network.set_left(*edge, 0);
    }
    let beds: BTreeMap<usize, u64> = facilities.iter().map(|one| (one.node, one.beds)).collect();
    for (node, edge) in &flow.facilities {
        beds.get(node).into_iter().for_each(|beds| flow.network.set_left(*edge, *beds));
    }
    let left = flow.people - flow.run();
    let note = |span: Span, what: String, help: &str| {
        let message = if left > 0 {
            format!("the plan can deadlock: {what}, and after that {left} {} cannot come to a bed", people(left))
        } else {
            format!("the plan can deadlock: {what}, and people who are on their way there then stay for ever")
        };
        check.book.report(ProblemKind::Note, span, message, Some(help.to_owned()));
    };
    for (route, date) in &routes {
        let Some((table, span, path)) = check.again("route", *route) else { continue };
        let span = table.get("id").map_or(span, |value| value.span);
        note(
            span,
            format!("{path} stops for good on day {:.1}", date.elapsed().days()),
            "let it start to the horizon, or be done well before",
        );
    }
    let first = params.nodes.iter().position(|node| matches!(node.kind, NodeKind::Facility(_))).unwrap_or(0);
    for Shrinks { node, date, beds, shut } in facilities {
        // Beds that fewer people need than there are.
        if !shut && left == 0 {
            continue;
        }
        let Some((table, span, path)) = check.again("facility", node - first) else { continue };
        let span = table.get("beds").map_or(span, |value| value.span);
        let day = date.elapsed().days();
        let what = if shut {
            format!("{path} closes for good on day {day:.1}")
        } else {
            format!("{path} has only {beds} beds from day {day:.1} on")
        };
        note(span, what, "keep its beds and hours to the horizon, or close the routes that lead there as well");
    }
}

/// How long people may wait for windows, hours, dated stops and beds that grow, all of them one after another.
fn waits(params: &Params) -> Duration {
    let end = SimTime::ZERO + params.horizon;
    let clocks = params.routes.iter().any(|route| route.departures != Departures::Open(Schedule::Always))
        || params.nodes.iter().any(|node| match &node.kind {
            NodeKind::Site(site) => site.hours != Schedule::Always,
            NodeKind::Hub(hub) => hub.hours != Schedule::Always,
            NodeKind::Facility(facility) => facility.intake.hours != Schedule::Always,
        });
    let stages = 1 + params.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Hub(_))).count() as u64;
    let windows = if clocks { Duration::from_days(2) * stages } else { Duration::ZERO };
    let stops = |entry: &&CalendarEntry| !matches!(entry.effect, CalendarEffect::SpeedFactor(_) | CalendarEffect::Add(_)) && entry.to < end;
    let stopped: Duration = params.calendar.iter().filter(stops).map(|entry| entry.to.since(entry.from)).sum();
    let growth = params.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Facility(facility) => {
            let days = facility.beds.up_to.saturating_sub(facility.beds.start).checked_div(facility.beds.per_day)?;
            Some(Duration::from_days(u64::from(days) + 1).min(params.horizon))
        }
        _ => None,
    });
    windows + stopped + growth.max().unwrap_or(Duration::ZERO)
}

/// The date from which a route stops to the horizon, if there is one before that.
fn stops(params: &Params, at: usize) -> Option<SimTime> {
    let route = &params.routes[at];
    let departures = match &route.departures {
        Departures::Open(schedule) => ends(params, schedule),
        Departures::Night | Departures::Timetable(_) => None,
    };
    let hours = match &params.nodes[route.from].kind {
        NodeKind::Site(site) => ends(params, &site.hours),
        NodeKind::Hub(hub) => ends(params, &hub.hours),
        NodeKind::Facility(_) => None,
    };
    let path: &[PathPart] = match &route.mode {
        Mode::Land(land) => &land.path,
        Mode::Air(_) => &[],
    };
    let crossings = path.iter().filter_map(|part| match part {
        PathPart::Crossing(crossing) => {
            let closed = closed(params, |entry| entry.applies_to.contains(&CalendarTarget::Crossing(*crossing)));
            ends(params, &params.crossings[*crossing].hours).into_iter().chain(closed).min()
        }
        PathPart::Leg(_) => None,
    });
    let stopped = lasting(params).filter(|entry| {
        let stops = matches!(entry.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed | CalendarEffect::DailyCap(0));
        stops && entry.applies_to.iter().any(|target| windows::concerns(*target, route, at))
    });
    let gone = gone(params, at).map(|gone| gone.from);
    departures.into_iter().chain(hours).chain(crossings).chain(gone).chain(stopped.map(|entry| entry.from)).min()
}

/// A facility that accepts fewer people at the horizon than before.
struct Shrinks {
    node: usize,
    /// From when.
    date: SimTime,
    /// How many in all from then on.
    beds: u64,
    /// Whether nobody's intake begins any more, though movements may still go there.
    shut: bool,
}

fn shrinks(params: &Params, node: usize) -> Option<Shrinks> {
    let NodeKind::Facility(facility) = &params.nodes[node].kind else { return None };
    let shut = closed(params, |entry| entry.applies_to.contains(&CalendarTarget::Node(node)));
    if let Some(date) = ends(params, &facility.intake.hours).into_iter().chain(shut).min() {
        return Some(Shrinks { node, date, beds: 0, shut: true });
    }
    let end = SimTime::ZERO + params.horizon;
    let beds = |t: SimTime| ceiling::beds_at(params, node, t);
    let last = beds(end.saturating_sub(Duration::from_ticks(1)));
    if last >= ceiling::most_beds(params, node, end) {
        return None;
    }
    let edges = params.calendar.iter().flat_map(|entry| [entry.from, entry.to]).filter(|t| *t < end);
    let date = edges.filter(|t| beds(t.saturating_sub(Duration::from_ticks(1))) > beds(*t)).max()?;
    Some(Shrinks { node, date, beds: last, shut: false })
}

/// Entries of the calendar that last from some time before the horizon up to it.
fn lasting(params: &Params) -> impl Iterator<Item = &CalendarEntry> {
    let end = SimTime::ZERO + params.horizon;
    params.calendar.iter().filter(move |entry| entry.from < end && end <= entry.to)
}

/// The first date from which such an entry closes something to the horizon.
fn closed(params: &Params, concerns: impl Fn(&CalendarEntry) -> bool) -> Option<SimTime> {
    lasting(params).filter(|entry| matches!(entry.effect, CalendarEffect::Closed) && concerns(entry)).map(|entry| entry.from).min()
}

/// When a schedule is open for the last time, if that is well before the horizon.
fn ends(params: &Params, schedule: &Schedule) -> Option<SimTime> {
    let Schedule::Elapsed(intervals) = schedule else { return None };
    let pause = intervals.windows(2).map(|pair| pair[1].from.saturating_sub(pair[0].to)).max().unwrap_or(Duration::ZERO).max(PAUSE);
    let last = intervals.last()?;
    (last.to + pause < params.horizon).then_some(SimTime::ZERO + last.to)
}
