//! What is there for a while only: routes that stop for good, facilities that close for good or lose beds before the horizon.
//!
//! A plan that needs one of them is complete only if it has done with it in time; who is left then is left for ever.

use super::blocked::Blocked;
use super::{Flow, people, windows};
use crate::model::params::{CalendarEffect, CalendarEntry, CalendarTarget, Departures, Mode, NodeKind, Params, PathPart, Schedule};
use crate::scenario::ceiling;
use crate::scenario::check::Check;
use crate::scenario::problem::ProblemKind;
use crate::scenario::source::Span;
use crate::units::{Duration, SimTime};

/// What ends so many times later than the earliest end of the plan is no risk.
const MARGIN: f64 = 3.0;

/// A pause of a schedule up to which a horizon may fall into it, as in the model.
const PAUSE: Duration = Duration::from_days(2);

/// Notes on what the plan needs and what ends before the horizon.
pub(super) fn notes(check: &Check<'_>, params: &Params, blocked: &[Blocked]) {
    let routes: Vec<(usize, SimTime)> = (0..params.routes.len()).filter_map(|route| Some((route, stops(params, route)?))).collect();
    let facilities: Vec<(usize, SimTime, u64)> = (0..params.nodes.len()).filter_map(|node| shrinks(params, node)).collect();
    if routes.is_empty() && facilities.is_empty() {
        return;
    }
    let early = |date: SimTime| date.elapsed().days() < MARGIN * ceiling::ceiling(params).at_least_days;
    let Some(first) = routes.iter().map(|(_, date)| *date).chain(facilities.iter().map(|(_, date, _)| *date)).min() else { return };
    if !early(first) {
        return;
    }
    let mut flow = Flow::new(params, blocked);
    let stopped: std::collections::BTreeMap<usize, SimTime> = routes.into_iter().collect();
    let edges = flow.edges.clone();
    for (_, _, _, edge) in edges.iter().filter(|(route, ..)| stopped.contains_key(route)) {
        flow.network.set_left(*edge, 0);
    }
    let ends = flow.facilities.clone();
    for (node, _, beds) in &facilities {
        ends.iter().filter(|(at, _)| at == node).for_each(|(_, edge)| flow.network.set_left(*edge, *beds));
    }
    let total = flow.people;
    let left = total - flow.run();
    if left == 0 {
        return;
    }
    let side = flow.network.reached(flow.source);
    let note = |span: Span, what: String, help: &str| {
        let message = format!("the plan can deadlock: {what}, and after that {left} {} cannot all come to a bed", people(left));
        check.book.report(ProblemKind::Note, span, message, Some(help.to_owned()));
    };
    let mut told = std::collections::BTreeSet::new();
    for (route, from, to, _) in &edges {
        let Some(date) = stopped.get(route).filter(|_| side[*from] && !side[*to] && told.insert(*route)) else { continue };
        let Some((table, span, path)) = check.again("route", *route) else { continue };
        let span = table.get("id").map_or(span, |value| value.span);
        note(
            span,
            format!("{path} stops for good on day {:.1}", date.elapsed().days()),
            "let it start later too, or move people another way",
        );
    }
    let first = params.nodes.iter().position(|node| matches!(node.kind, NodeKind::Facility(_))).unwrap_or(0);
    for (node, date, beds) in facilities.iter().filter(|(node, ..)| side[flow.facility(*node)]) {
        let Some((table, span, path)) = check.again("facility", *node - first) else { continue };
        let span = table.get("beds").map_or(span, |value| value.span);
        let what = format!("{path} takes no more than {beds} people from day {:.1} on", date.elapsed().days());
        note(span, what, "keep its beds and hours to the horizon, or give others more beds");
    }
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
    departures.into_iter().chain(hours).chain(crossings).chain(stopped.map(|entry| entry.from)).min()
}

/// A facility that accepts fewer people at the horizon than before: from when, and how many in all.
fn shrinks(params: &Params, node: usize) -> Option<(usize, SimTime, u64)> {
    let NodeKind::Facility(facility) = &params.nodes[node].kind else { return None };
    let shut = closed(params, |entry| entry.applies_to.contains(&CalendarTarget::Node(node)));
    if let Some(date) = ends(params, &facility.intake.hours).into_iter().chain(shut).min() {
        return Some((node, date, 0));
    }
    let end = SimTime::ZERO + params.horizon;
    let beds = |t: SimTime| ceiling::beds_at(params, node, t);
    let last = beds(end.saturating_sub(Duration::from_ticks(1)));
    if last >= ceiling::most_beds(params, node, end) {
        return None;
    }
    let edges = params.calendar.iter().flat_map(|entry| [entry.from, entry.to]).filter(|t| *t < end);
    let date = edges.filter(|t| beds(t.saturating_sub(Duration::from_ticks(1))) > beds(*t)).max()?;
    Some((node, date, last))
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
