//! Whether everybody can come to a bed: a flow of people by class from sites over routes into places and beds.
//!
//! An error says that no replication can be complete, whatever happens in it: the largest flow, with every bed that there ever is within
//! the horizon and every route that can ever start, leaves people out. A note says that the plan can be complete, but that the order in
//! which movements form may also end in a deadlock.

mod beds;
mod blocked;
mod ended;
mod hubs;
mod network;
mod served;
mod ways;
mod windows;

use self::blocked::Blocked;
use self::network::{ANY, Network};
use self::ways::Ways;
use super::Check;
use crate::model::params::{NodeKind, Params};
use crate::scenario::ceiling::most_beds;
use crate::scenario::problem::ProblemKind;
use crate::units::SimTime;
use std::collections::BTreeMap;

/// Checks whether everybody can come to a bed.
pub(super) fn check(check: &Check<'_>, params: &Params) {
    let blocked = blocked::routes(check, params);
    let mut flow = Flow::new(params, &blocked);
    let total = flow.people;
    let arrive = flow.run();
    if arrive < total {
        let mut free = Flow::new(params, &[]);
        if !blocked.is_empty() && free.run() == total {
            let side = flow.network.reached(flow.source);
            let narrow = |one: &&Blocked| flow.edges.iter().any(|(route, from, to, _)| *route == one.route && side[*from] && !side[*to]);
            for one in blocked.iter().filter(narrow) {
                let left = total - arrive;
                let message = format!("{}, so {left} {} cannot come to a facility", one.message, people(left));
                check.book.error(one.span, message, one.help.clone());
            }
        } else {
            shortage(check, params, &flow, total - arrive);
        }
        return;
    }
    for one in &blocked {
        check.book.report(ProblemKind::Note, one.span, one.message.clone(), Some(one.help.clone()));
    }
    let ways = Ways::new(params);
    hubs::notes(check, params, &blocked, &ways);
    beds::notes(check, params, &blocked, &ways);
    ended::notes(check, params, &blocked, &ways);
}

fn people(count: u64) -> &'static str {
    if count == 1 { "person" } else { "people" }
}

/// People who cannot all have a bed: who they are, and where they could go.
fn shortage(check: &Check<'_>, params: &Params, flow: &Flow, short: u64) {
    let side = flow.network.reached(flow.source);
    let classes = params.classes.len();
    let (mut who, mut waiting) = (Vec::new(), 0_u64);
    for (at, node) in params.nodes.iter().enumerate() {
        let NodeKind::Site(site) = &node.kind else { continue };
        for count in site.detainees.iter().filter(|count| side[at * classes + count.class]) {
            let class = if classes == 1 { String::new() } else { format!(" of the class {:?}", params.classes[count.class]) };
            who.push(format!("{} people{class} at {:?}", count.people, node.id));
            waiting += u64::from(count.people);
        }
    }
    let full: Vec<usize> = (0..params.nodes.len()).filter(|at| side[flow.facility(*at)] && is_facility(params, *at)).collect();
    let beds: u64 = full.iter().map(|at| flow.beds[*at]).sum();
    let who = if who.len() > 3 { format!("{waiting} people at {} sites", who.len()) } else { who.join(" and ") };
    let names: Vec<String> = full.iter().map(|at| format!("{:?}", params.nodes[*at].id)).collect();
    let first = params.nodes.iter().position(|node| matches!(node.kind, NodeKind::Facility(_))).unwrap_or(0);
    let Some(at) = full.first().copied().or_else(|| (first < params.nodes.len()).then_some(first)) else { return };
    let Some((table, span, path)) = check.again("facility", at - first) else { return };
    let span = table.get("beds").map_or(span, |value| value.span);
    if let Some(shut) = full.iter().find(|at| flow.shut[**at])
        && let Some((table, span, path)) = check.again("facility", shut - first)
    {
        let span = table.get("id").map_or(span, |value| value.span);
        let message = format!("{who} can only come to {}, but {path} is closed for the whole horizon", names.join(" and "));
        check.book.error(span, message, "let it open within the horizon, or add a route to another facility");
        return;
    }
    let message = if names.is_empty() {
        format!("{who} can come to no facility that takes anybody within the horizon")
    } else {
        format!("{who} can only come to {}, with at most {beds} beds within the horizon", names.join(" and "))
    };
    let help = format!("give {path} {short} more, or add a route to a facility that has them");
    check.book.error(span, message, help);
}

fn is_facility(params: &Params, node: usize) -> bool {
    matches!(params.nodes[node].kind, NodeKind::Facility(_))
}

/// The network of a plan: a node for each class at each node, one for each facility, a source and a sink.
#[derive(Clone)]
struct Flow {
    network: Network,
    source: usize,
    sink: usize,
    classes: usize,
    /// People at all sites.
    people: u64,
    /// The most beds of each node within the horizon.
    beds: Vec<u64>,
    /// Facilities that never begin anybody's intake.
    shut: Vec<bool>,
    /// Edges of routes: route, from, to, number.
    edges: Vec<(usize, usize, usize, usize)>,
    /// Edges from the source to each class at each site: node of the network, number, people.
    sites: Vec<(usize, usize, u64)>,
    /// Edges from each facility to the sink: node of the plan, number.
    facilities: Vec<(usize, usize)>,
}

impl Flow {
    fn new(params: &Params, blocked: &[Blocked]) -> Self {
        let (nodes, classes) = (params.nodes.len(), params.classes.len());
        let (source, sink) = (nodes * (classes + 1), nodes * (classes + 1) + 1);
        let mut flow = Self {
            network: Network::new(sink + 1),
            source,
            sink,
            classes,
            people: 0,
            beds: vec![0; nodes],
            shut: vec![false; nodes],
            edges: Vec::new(),
            sites: Vec::new(),
            facilities: Vec::new(),
        };
        let end = SimTime::ZERO + params.horizon;
        for (at, node) in params.nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Site(site) => {
                    for count in &site.detainees {
                        let people = u64::from(count.people);
                        flow.people += people;
                        let edge = flow.network.edge(source, at * classes + count.class, people);
                        flow.sites.push((at * classes + count.class, edge, people));
                    }
                }
                NodeKind::Facility(facility) => {
                    let never = windows::never_accepts(params, at, &facility.intake.hours);
                    flow.shut[at] = never;
                    flow.beds[at] = if never { 0 } else { most_beds(params, at, end) };
                    let edge = flow.network.edge(flow.facility(at), sink, flow.beds[at]);
                    flow.facilities.push((at, edge));
                }
                NodeKind::Hub(_) => {}
            }
        }
        let blocked: BTreeMap<usize, Option<u64>> = blocked.iter().map(|one| (one.route, one.most)).collect();
        for (at, route) in params.routes.iter().enumerate() {
            let most = blocked.get(&at).copied().flatten().unwrap_or(ANY);
            for class in &route.classes {
                let from = route.from * classes + class;
                let to = match &params.nodes[route.to].kind {
                    NodeKind::Facility(facility) if facility.accepts.contains(class) => flow.facility(route.to),
                    NodeKind::Facility(_) => continue,
                    _ => route.to * classes + class,
                };
                let edge = flow.network.edge(from, to, most);
                flow.edges.push((at, from, to, edge));
            }
        }
        flow
    }

    /// The node of the network that stands for a facility.
    fn facility(&self, node: usize) -> usize {
        self.beds.len() * self.classes + node
    }

    /// People who can come to beds.
    fn run(&mut self) -> u64 {
        self.network.push(self.source, self.sink)
    }
}
