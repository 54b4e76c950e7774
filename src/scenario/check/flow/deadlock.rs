//! What may end in a deadlock though the plan can be complete: hubs that fill with people who cannot go on, and beds that others take.

use super::blocked::{self, Blocked, smallest};
use super::{ANY, Flow, is_facility, people};
use crate::model::params::{Mode, NodeKind, Params, Route};
use crate::scenario::ceiling;
use crate::scenario::check::Check;
use crate::scenario::problem::ProblemKind;

/// Work on beds is left out of larger plans: classes at nodes times edges.
const MOST_WORK: usize = 4_000_000;

/// People are not at risk who by rough planned times leave in a so many times shorter time than others need to take all beds.
const MARGIN: u64 = 3;

/// Hubs in which people may wait who are too few to go on, while too few places are left for others to come.
pub(super) fn at_hubs(check: &Check<'_>, params: &Params, blocked: &[Blocked]) {
    let classes = params.classes.len();
    for (at, node) in params.nodes.iter().enumerate() {
        let NodeKind::Hub(hub) = &node.kind else { continue };
        let holding = u64::from(hub.holding);
        let usable = |route: &usize| !blocked.iter().any(|one| one.route == *route);
        let inbound: Vec<usize> = (0..params.routes.len()).filter(|route| params.routes[*route].to == at && usable(route)).collect();
        let outbound: Vec<usize> = (0..params.routes.len()).filter(|route| params.routes[*route].from == at && usable(route)).collect();
        if inbound.is_empty() || outbound.is_empty() {
            continue;
        }
        let come: Vec<u64> = (0..classes).map(|class| upstream(params, at, class)).collect();
        if come.iter().sum::<u64>() <= holding {
            continue;
        }
        // Places that must be free together before anybody else comes.
        let needed = inbound.iter().map(|route| smallest_places(params, *route)).min().unwrap_or(1);
        // The most people who wait without a movement that takes them.
        let left = |route: usize| {
            let smallest = smallest(params, &params.routes[route]);
            match &params.routes[route].mode {
                Mode::Land(_) => smallest.full.saturating_sub(smallest.full / smallest.vehicles),
                Mode::Air(_) => smallest.full - 1,
            }
        };
        let alone: Vec<u64> = (0..classes)
            .map(|class| {
                let ways = outbound.iter().filter(|route| params.routes[**route].classes.contains(&class));
                ways.map(|route| left(*route)).min().unwrap_or(0).min(come[class])
            })
            .collect();
        let together = |route: &usize| {
            let on_it = &params.routes[*route].classes;
            let others: u64 = (0..classes).filter(|class| !on_it.contains(class)).map(|class| alone[class]).sum();
            left(*route) + others
        };
        let by_road = outbound.iter().filter(|route| matches!(params.routes[**route].mode, Mode::Land(_)));
        let stuck = by_road.map(together).chain([alone.iter().sum()]).min().unwrap_or(0);
        // People come and go in whole vehicles; the last of all are few anyway.
        let several = alone.iter().filter(|count| **count > 0).count() > 1;
        let step = if several { 1 } else { inbound.iter().chain(&outbound).map(|route| step(params, *route)).fold(0, common) };
        let limit = stuck.min(holding);
        let most = limit - limit % step.max(1);
        if most == 0 || holding - most >= needed {
            continue;
        }
        let Some(span) = blocked::hub_span(check, params, at) else { continue };
        let message = format!(
            "the plan can deadlock: {most} {} at {:?} may be too few to go on and leave too few places for the next {needed}",
            people(most),
            node.id
        );
        let help = format!("give it at least {} places, or let smaller movements leave it", stuck + needed);
        check.book.report(ProblemKind::Note, span, message, Some(help));
    }
}

/// The step in which people come and go by a route: a movement where all are alike, else a bus; 1 by air, which takes whoever waits.
fn step(params: &Params, route: usize) -> u64 {
    match &params.routes[route].mode {
        Mode::Land(land) if f64::from(land.at_least) >= land.per_convoy.maximum() => smallest_places(params, route),
        Mode::Land(land) => u64::from(params.buses[land.fleet].load),
        Mode::Air(air) if u64::from(air.at_least) == u64::from(params.aircraft[air.fleet].load) => u64::from(air.at_least),
        Mode::Air(_) => 1,
    }
}

/// The greatest common divisor.
fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// Places that the smallest movement of a route takes while others can still come.
fn smallest_places(params: &Params, route: usize) -> u64 {
    match &params.routes[route].mode {
        Mode::Land(land) => u64::from(land.at_least) * u64::from(params.buses[land.fleet].load),
        Mode::Air(air) => u64::from(air.at_least),
    }
}

/// People of a class who may come to a node.
fn upstream(params: &Params, node: usize, class: usize) -> u64 {
    let mut here = vec![false; params.nodes.len()];
    let mut next = vec![node];
    while let Some(at) = next.pop() {
        if !std::mem::replace(&mut here[at], true) {
            let into = params.routes.iter().filter(|route| route.to == at && route.classes.contains(&class));
            next.extend(into.map(|route| route.from));
        }
    }
    let count = |at: usize| match &params.nodes[at].kind {
        NodeKind::Site(site) => site.detainees.iter().filter(|count| count.class == class).map(|count| u64::from(count.people)).sum(),
        _ => 0,
    };
    (0..params.nodes.len()).filter(|at| here[*at]).map(count).sum()
}

/// People who may find the beds taken that they need, because others who could go elsewhere have them.
pub(super) fn of_beds(check: &Check<'_>, params: &Params, blocked: &[Blocked]) {
    let base = Flow::new(params, blocked);
    let classes = params.classes.len();
    if params.nodes.len() * classes * base.edges.len().max(1) > MOST_WORK {
        return;
    }
    let first = params.nodes.iter().position(|node| matches!(node.kind, NodeKind::Facility(_))).unwrap_or(0);
    let mut known: Vec<Vec<usize>> = Vec::new();
    for (at, node) in params.nodes.iter().enumerate().filter(|(at, _)| !is_facility(params, *at)) {
        for class in 0..classes {
            let here = upstream(params, at, class);
            let ends = onward(params, &base, at * classes + class);
            let beds: u64 = ends.iter().map(|end| base.beds[*end]).sum();
            if here == 0 || ends.is_empty() || base.people <= beds || known.contains(&ends) {
                continue;
            }
            let here = at * classes + class;
            let groups = base.sites.iter().filter(|(site, _, count)| site % classes == class && *count > 0 && from(&base, *site)[here]);
            if !groups.into_iter().any(|(site, edge, _)| others_fill(params, &base, (*site, *edge), &ends, beds)) {
                continue;
            }
            if let NodeKind::Site(site) = &node.kind {
                // Who leaves long before the beds can be taken is not at risk. Classes are loaded in file order.
                let before: u64 = site.detainees.iter().filter(|count| count.class <= class).map(|count| u64::from(count.people)).sum();
                let routes: Vec<usize> = (0..params.routes.len())
                    .filter(|route| params.routes[*route].from == at && params.routes[*route].classes.contains(&class))
                    .collect();
                if ceiling::roughly(params, &routes, before) * MARGIN < ceiling::soonest(params, &ends, beds) {
                    continue;
                }
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

/// Nodes of the network that can be reached from one.
fn from(flow: &Flow, start: usize) -> Vec<bool> {
    let count = flow.source;
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (_, from, to, edge) in &flow.edges {
        if flow.network.left(*edge) == ANY {
            out[*from].push(*to);
        }
    }
    let mut seen = vec![false; count];
    let mut next = vec![start];
    while let Some(at) = next.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            next.extend(&out[at]);
        }
    }
    seen
}

/// Facilities that somebody at a node of the network can still come to.
fn onward(params: &Params, flow: &Flow, start: usize) -> Vec<usize> {
    let seen = from(flow, start);
    (0..params.nodes.len()).filter(|at| is_facility(params, *at) && seen[flow.facility(*at)]).collect()
}

/// Whether all others can fill these beds before one person of a group from a site has one.
fn others_fill(params: &Params, base: &Flow, (group, edge): (usize, usize), ends: &[usize], beds: u64) -> bool {
    let mut flow = base.clone();
    for (end, edge) in &base.facilities {
        if !ends.contains(end) {
            flow.network.set_left(*edge, 0);
        }
    }
    let (site, class) = (group / base.classes, group % base.classes);
    // Classes are loaded in file order: where a route takes both, a later one of the same site goes afterwards.
    for (other, edge, _) in base.sites.iter().filter(|(other, ..)| other / base.classes == site && other % base.classes > class) {
        let class_of = other % base.classes;
        let leads_there = |route: &&Route| {
            let carries = route.from == site && route.classes.contains(&class_of);
            carries
                && (ends.contains(&route.to)
                    || onward(params, base, route.to * base.classes + class_of).iter().any(|end| ends.contains(end)))
        };
        if params.routes.iter().filter(leads_there).all(|route| route.classes.contains(&class)) {
            flow.network.set_left(*edge, 0);
        }
    }
    let left = flow.network.left(edge);
    flow.network.set_left(edge, left - 1);
    flow.run() >= beds
}
