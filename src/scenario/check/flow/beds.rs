//! People who may find the beds taken that they need, because others who could go elsewhere have them.
//!
//! Who needs certain beds is safe in two cases only: nobody can take the last of them before ([`others_fill`]), or they have their beds, by
//! rough planned times, long before all of them can be taken ([`early`]). People found unfit, movements that turn back, and whatever else
//! makes some of a class later than the rest, are counted there.

use super::blocked::Blocked;
use super::hubs::turned_back;
use super::ways::Ways;
use super::{ANY, Flow, is_facility};
use crate::model::params::{CalendarEffect, CalendarEntry, Departures, Mode, NodeKind, Params, Route, Schedule, Site};
use crate::scenario::ceiling;
use crate::scenario::check::Check;
use crate::scenario::problem::ProblemKind;
use crate::units::{Duration, SimTime};
use std::collections::BTreeSet;

/// Work on beds is left out of larger plans: classes at nodes times edges.
const MOST_WORK: usize = 4_000_000;

/// People are not at risk if this multiple of their rough travel time is still shorter than others need to take all beds. Chosen, not
/// derived: plans that are known never to deadlock have no note with it.
const MARGIN: u64 = 3;

/// Below this expectation nobody is taken to be unfit yet another time.
const FEW: f64 = 0.05;

/// Notes on beds that others may take.
pub(super) fn notes(check: &Check<'_>, params: &Params, blocked: &[Blocked], ways: &Ways) {
    let base = Flow::new(params, blocked);
    let classes = params.classes.len();
    if params.nodes.len() * classes * base.edges.len().max(1) > MOST_WORK {
        return;
    }
    // Where each facility takes everybody, nobody can take the last bed of any.
    if base.facilities.iter().all(|(at, _)| base.people <= base.beds[*at]) {
        return;
    }
    let onward = Onward::new(&base);
    let first = params.nodes.iter().position(|node| matches!(node.kind, NodeKind::Facility(_))).unwrap_or(0);
    let mut known: Vec<Vec<usize>> = Vec::new();
    for (at, node) in params.nodes.iter().enumerate().filter(|(at, _)| !is_facility(params, *at)) {
        for class in 0..classes {
            let here = at * classes + class;
            let ends = onward.ends(here);
            let beds: u64 = ends.iter().map(|end| base.beds[*end]).sum();
            if ends.is_empty() || base.people <= beds || known.contains(&ends) {
                continue;
            }
            let before = ways.before(params, at, class);
            let groups = base.sites.iter().filter(|(site, _, count)| {
                site % classes == class && *count > 0 && before.contains(&(site / classes)) && onward.from(*site).contains(&here)
            });
            let at_risk = groups.into_iter().any(|(group, edge, _)| {
                let late = late(params, ways, group / classes, class);
                others_fill(params, &onward, (*group, *edge), &ends, beds, late.is_some())
                    && !early(params, ways, (group / classes, class), &ends, beds, late)
            });
            if !at_risk {
                continue;
            }
            let Some((table, span, _)) = check.again("facility", ends[0] - first) else { continue };
            let span = table.get("beds").map_or(span, |value| value.span);
            let names: Vec<String> = ends.iter().map(|end| format!("{:?}", params.nodes[*end].id)).collect();
            let whom = if classes == 1 { String::new() } else { format!(" of the class {:?}", params.classes[class]) };
            let (names, has) = (names.join(" and "), if names.len() == 1 { "has" } else { "have" });
            let message = format!(
                "the plan can deadlock: people{whom} at {:?} can only go to {names}, which {has} {beds} beds that may be taken before all of them have one",
                node.id
            );
            let help = "keep others away with accepts or classes, or give more beds";
            check.book.report(ProblemKind::Note, span, message, Some(help.to_owned()));
            known.push(ends);
        }
    }
}

/// How much later than the rest some of a class at a site may be; `None` where all come in their order.
pub(super) fn late(params: &Params, ways: &Ways, site: usize, class: usize) -> Option<Duration> {
    let NodeKind::Site(spec) = &params.nodes[site].kind else { return None };
    let mut late = None;
    if let Some(unfit) = spec.unfit.as_ref().filter(|unfit| unfit.share > 0.0) {
        let people = spec.detainees.iter().filter(|count| count.class == class).map(|count| f64::from(count.people)).sum::<f64>();
        // Who is back may be unfit again.
        let (mut times, mut left) = (1, people * unfit.share * unfit.share);
        while left > FEW {
            times += 1;
            left *= unfit.share;
        }
        let back = unfit.back_after.0.quantile(0.99);
        late = Some(Duration::from_ticks(back.max(0.0) as u64) * times);
    }
    // Movements that turn back go again, as far as anybody knows when.
    let mut after = ways.after(params, site, class).into_iter();
    let by_road = after.any(|at| ways.out[at].iter().any(|route| matches!(params.routes[*route].mode, Mode::Land(_))));
    if turned_back(params) && by_road {
        late = Some(late.unwrap_or(Duration::ZERO).max(Duration::from_days(1)));
    }
    late
}

/// Whether everybody of a group has a bed, by rough planned times, long before all beds at some facilities can be taken.
///
/// They are loaded behind the classes before them, so all of those must have a bed as well, of those that are there from the start.
fn early(params: &Params, ways: &Ways, (site, class): (usize, usize), ends: &[usize], beds: u64, late: Option<Duration>) -> bool {
    let NodeKind::Site(spec) = &params.nodes[site].kind else { return false };
    let before: u64 = people_up_to(spec, class);
    let at_start: u64 = ends.iter().map(|end| ceiling::most_beds(params, *end, SimTime::ZERO)).sum();
    if before > at_start.min(beds) {
        return false;
    }
    let Some(there) = settled(params, ways, (site, class), ends, before) else { return false };
    let soon = there.moving * MARGIN + there.pauses + late.unwrap_or(Duration::ZERO);
    there.all() < ceiling::soonest(params, ends, at_start.min(beds)) && soon < ceiling::soonest(params, ends, beds)
}

/// A rough time: what the plan takes for moving, and the most for which it may pause.
#[derive(Clone, Copy)]
struct Rough {
    moving: Duration,
    pauses: Duration,
}

impl Rough {
    fn all(self) -> Duration {
        self.moving + self.pauses
    }
}

/// People of a site who are loaded up to the last of a class: classes are loaded in file order.
fn people_up_to(site: &Site, class: usize) -> u64 {
    site.detainees.iter().filter(|count| count.class <= class).map(|count| u64::from(count.people)).sum()
}

/// A rough time by which `people` people from a site are on the last stage to one of some facilities, if nobody else is in their way.
fn settled(params: &Params, ways: &Ways, (site, class): (usize, usize), ends: &[usize], people: u64) -> Option<Rough> {
    // Stages: no way is longer than there are nodes.
    let mut reached = vec![None; params.nodes.len()];
    reached[site] = Some(Rough { moving: Duration::ZERO, pauses: Duration::ZERO });
    let mut found: Option<Rough> = None;
    let mut next = vec![site];
    for _ in 0..params.nodes.len() {
        let mut later = Vec::new();
        for at in std::mem::take(&mut next) {
            let Some(here) = reached[at] else { continue };
            for route in ways.out[at].iter().copied().filter(|route| params.routes[*route].classes.contains(&class)) {
                let moving = ceiling::roughly(params, &[route], people);
                let pauses = pauses(params, ways, route, ends, people, SimTime::ZERO + here.all(), moving);
                let stage = Rough { moving: here.moving + moving, pauses: here.pauses + pauses };
                let to = params.routes[route].to;
                if ends.contains(&to) {
                    if found.is_none_or(|found| stage.all() < found.all()) {
                        found = Some(stage);
                    }
                } else if !is_facility(params, to) && reached[to].is_none_or(|before: Rough| stage.all() < before.all()) {
                    reached[to] = Some(stage);
                    later.push(to);
                }
            }
        }
        next = later;
    }
    found
}

/// How long a route may pause beyond its own times while it takes a number of people from a time on: until its window opens, while the
/// calendar stops it, while its origin is closed, and under a cap.
///
/// An entry that holds up everybody else as much does not count.
fn pauses(params: &Params, ways: &Ways, route: usize, ends: &[usize], people: u64, from: SimTime, moving: Duration) -> Duration {
    let spec = &params.routes[route];
    let day = Duration::from_days(1);
    let waits = |schedule: &Schedule| if *schedule == Schedule::Always { Duration::ZERO } else { day };
    let window = match &spec.departures {
        Departures::Open(schedule) => waits(schedule),
        Departures::Night | Departures::Timetable(_) => day,
    };
    let hours = match &params.nodes[spec.from].kind {
        NodeKind::Site(site) => waits(&site.hours),
        NodeKind::Hub(hub) => waits(&hub.hours),
        NodeKind::Facility(_) => Duration::ZERO,
    };
    let concerned = |entry: &&CalendarEntry| entry.applies_to.iter().any(|target| super::windows::concerns(*target, spec, route));
    let mut entries: Vec<&CalendarEntry> = params.calendar.iter().filter(concerned).collect();
    entries.sort_by_key(|entry| entry.from);
    let (mut reached, mut end) = (from, from + moving + window.max(hours));
    for entry in entries.into_iter().filter(|entry| entry.to > from) {
        let begin = entry.from.max(reached);
        if begin >= end || begin >= entry.to || holds_up_all(params, ways, entry, ends) {
            continue;
        }
        let whole = entry.to.since(begin);
        let stopped = match entry.effect {
            CalendarEffect::NoDepartures | CalendarEffect::Closed => whole,
            CalendarEffect::DailyCap(0) => whole,
            CalendarEffect::DailyCap(cap) => whole.min(day * people.div_ceil(cap.into())),
            CalendarEffect::CapFactor(_) | CalendarEffect::SpeedFactor(_) | CalendarEffect::Add(_) => continue,
        };
        end += stopped;
        reached = begin + stopped;
    }
    end.since(from + moving)
}

/// Whether so few people can come to some facilities while an entry is in force, by routes that nothing stops then, that beds are left.
fn holds_up_all(params: &Params, ways: &Ways, entry: &CalendarEntry, ends: &[usize]) -> bool {
    let holds = |route: &usize| {
        params.calendar.iter().filter(|other| other.from <= entry.from && entry.to <= other.to).any(|other| {
            matches!(other.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed | CalendarEffect::DailyCap(_))
                && other.applies_to.iter().any(|target| super::windows::concerns(*target, &params.routes[*route], *route))
        })
    };
    let open = ends.iter().flat_map(|end| &ways.into[*end]).filter(|route| !holds(route)).map(|route| &params.routes[*route]);
    let mut groups: Vec<(usize, usize)> = open
        .flat_map(|route| route.classes.iter().flat_map(|class| ways.before(params, route.from, *class).into_iter().map(|at| (at, *class))))
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let people = groups.into_iter().map(|(at, class)| match &params.nodes[at].kind {
        NodeKind::Site(site) => site.detainees.iter().filter(|count| count.class == class).map(|count| u64::from(count.people)).sum(),
        _ => 0,
    });
    people.sum::<u64>() < ends.iter().map(|end| ceiling::beds_at(params, *end, SimTime::ZERO)).sum()
}

/// Where people of each class can go on to: the network of a flow without the routes that carry few people only.
struct Onward<'f> {
    flow: &'f Flow,
    next: Vec<Vec<usize>>,
}

impl<'f> Onward<'f> {
    fn new(flow: &'f Flow) -> Self {
        let mut next = vec![Vec::new(); flow.source];
        for (_, from, to, edge) in &flow.edges {
            if flow.network.left(*edge) == ANY {
                next[*from].push(*to);
            }
        }
        Self { flow, next }
    }

    /// Nodes of the network that can be reached from one.
    fn from(&self, start: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::from([start]);
        let mut from = vec![start];
        while let Some(at) = from.pop() {
            from.extend(self.next[at].iter().filter(|to| seen.insert(**to)));
        }
        seen
    }

    /// Facilities that somebody at a node of the network can still come to.
    fn ends(&self, start: usize) -> Vec<usize> {
        let first = self.flow.facility(0);
        self.from(start).range(first..).map(|at| at - first).collect()
    }
}

/// Whether all others can fill these beds before one person of a group from a site has one.
fn others_fill(params: &Params, onward: &Onward<'_>, (group, edge): (usize, usize), ends: &[usize], beds: u64, late: bool) -> bool {
    let base = onward.flow;
    let mut flow = base.clone();
    for (end, edge) in &base.facilities {
        if !ends.contains(end) {
            flow.network.set_left(*edge, 0);
        }
    }
    let (site, class) = (group / base.classes, group % base.classes);
    // Convoys are loaded in file order: where all of both go by the same roads to these beds, a later class of the same site goes
    // afterwards, unless some of the earlier one are late. Flights prefer the class that fills them.
    for (other, edge, _) in base.sites.iter().filter(|(other, ..)| other / base.classes == site && other % base.classes > class) {
        let class_of = other % base.classes;
        let mut there = params.routes.iter().filter(|route| route.from == site && route.classes.contains(&class_of)).filter(|route| {
            ends.contains(&route.to) || onward.ends(route.to * base.classes + class_of).iter().any(|end| ends.contains(end))
        });
        let behind = |route: &Route| matches!(route.mode, Mode::Land(_)) && route.classes.contains(&class) && ends.contains(&route.to);
        if !late && there.all(behind) {
            flow.network.set_left(*edge, 0);
        }
    }
    let left = flow.network.left(edge);
    flow.network.set_left(edge, left - 1);
    flow.run() >= beds
}
