//! Hubs that may fill with people who cannot go on, so that nobody else can come whom they wait for.
//!
//! A hub is stuck in this way when no movement can leave it and none can come to it, though people are left at the origins of routes that
//! lead there. What waits at most without a movement that takes it follows from the rules of forming (`model/dispatch/form.rs`):
//!
//! * a convoy mixes classes, each bus with one of them: fewer buses than `form.at_least` are full or begun;
//! * a flight carries one class, the first in file order that fills it, else the first of which anybody waits: of that class fewer wait
//!   than `aircraft.at_least`, and of each later one fewer than fill it;
//! * a route to a facility that others can fill leaves no more, so it may be out of the question.
//!
//! Each rule bounds the number from above, and so does the step in which people come and go. The smallest bound may still be more than can
//! ever meet: then the note warns of what does not happen.

use super::blocked::{self, Blocked};
use super::ways::Ways;
use super::{is_facility, people};
use crate::model::params::{CalendarEffect, LevelTarget, Mode, NodeKind, Params, Route, Site};
use crate::scenario::ceiling::most_beds;
use crate::scenario::check::Check;
use crate::scenario::problem::ProblemKind;
use crate::units::SimTime;

/// Facilities of one hub that are taken to be full in every combination; of more, one at a time and all.
const MOST_FULL: usize = 5;

/// Work on hubs is left out of larger plans: hubs times classes times routes.
const MOST_WORK: usize = 20_000_000;

/// Notes on hubs that may be stuck.
pub(super) fn notes(check: &Check<'_>, params: &Params, blocked: &[Blocked], ways: &Ways) {
    let classes = params.classes.len();
    let hubs: Vec<usize> = (0..params.nodes.len()).filter(|at| matches!(params.nodes[*at].kind, NodeKind::Hub(_))).collect();
    if hubs.len() * classes * (params.routes.len() + params.nodes.len()) > MOST_WORK {
        return;
    }
    let closed: Vec<bool> = {
        let mut closed = vec![false; params.routes.len()];
        blocked.iter().for_each(|one| closed[one.route] = true);
        closed
    };
    for at in hubs {
        let NodeKind::Hub(hub) = &params.nodes[at].kind else { continue };
        let holding = holding_at_the_end(params, at, hub.holding);
        let usable = |routes: &[usize]| -> Vec<usize> { routes.iter().copied().filter(|route| !closed[*route]).collect() };
        let (inbound, outbound) = (usable(&ways.into[at]), usable(&ways.out[at]));
        if inbound.is_empty() || outbound.is_empty() {
            continue;
        }
        let comes: Vec<Comes> = (0..classes).map(|class| Comes::to(params, ways, at, class)).collect();
        let all: u64 = comes.iter().map(|comes| comes.people).sum();
        if all <= holding {
            continue;
        }
        let needed = needed(params, ways, &inbound);
        let full_together = full_together(params, &outbound);
        let left = full_together.iter().filter_map(|full| {
            let open: Vec<usize> = outbound.iter().copied().filter(|route| !full.contains(&params.routes[*route].to)).collect();
            (!open.is_empty()).then(|| most_left(params, &open, &comes))
        });
        let stuck = left.max().unwrap_or(0).min(all.saturating_sub(1));
        let most = stuck.min(holding);
        if most == 0 || holding - most >= needed {
            continue;
        }
        let Some(span) = blocked::hub_span(check, params, at) else { continue };
        let message = format!(
            "the plan can deadlock: {most} {} at {:?} may be too few to go on and leave too few places for the next {needed}",
            people(most),
            params.nodes[at].id
        );
        let help = format!("give it at least {} places, or let smaller movements leave it", stuck + needed);
        check.book.report(ProblemKind::Note, span, message, Some(help));
    }
}

/// Places of a hub once nothing dated changes them any more.
fn holding_at_the_end(params: &Params, hub: usize, holding: u32) -> u64 {
    let end = SimTime::ZERO + params.horizon;
    let levels = params.calendar.iter().filter(|entry| entry.from < end && end <= entry.to).flat_map(|entry| match &entry.effect {
        CalendarEffect::Add(levels) => levels.as_slice(),
        _ => &[],
    });
    let added: i64 = levels.filter(|(level, _)| *level == LevelTarget::Holding(hub)).map(|(_, amount)| amount).sum();
    i64::from(holding).saturating_add(added).max(0).cast_unsigned()
}

/// People of a class who may come to a hub.
struct Comes {
    people: u64,
    /// They come and go in multiples of it, by what brings them.
    step: u64,
}

impl Comes {
    fn to(params: &Params, ways: &Ways, hub: usize, class: usize) -> Self {
        let before = ways.before(params, hub, class);
        let mut comes = Self { people: 0, step: 0 };
        let mut single = turned_back(params) || params.calendar.iter().any(|entry| matches!(entry.effect, CalendarEffect::DailyCap(_)));
        for at in before {
            if let NodeKind::Site(site) = &params.nodes[at].kind {
                // The last vehicle of a class may be part full.
                let here: u64 = site.detainees.iter().filter(|count| count.class == class).map(|count| u64::from(count.people)).sum();
                comes.people += here;
                comes.step = common(comes.step, here);
                single |= site.unfit.as_ref().is_some_and(|unfit| unfit.share > 0.0) && here > 0;
            }
            let out = ways.out[at].iter().map(|route| &params.routes[*route]).filter(|route| route.classes.contains(&class));
            for route in out {
                comes.step = common(comes.step, step(params, route));
                // The last beds of a facility take part of a vehicle, and flights go with as many people as there are places for.
                let short = || !always_room(params, route.to);
                single |= match &route.mode {
                    Mode::Land(_) => is_facility(params, route.to) && short(),
                    Mode::Air(air) => air.at_least < params.aircraft[air.fleet].load && short(),
                };
            }
        }
        if single {
            comes.step = 1;
        }
        comes
    }
}

/// Whether a facility has a bed for everybody from the start on.
fn always_room(params: &Params, node: usize) -> bool {
    let falls = params.calendar.iter().any(|entry| match &entry.effect {
        CalendarEffect::Add(levels) => levels.iter().any(|(level, amount)| *level == LevelTarget::Beds(node) && *amount < 0),
        _ => false,
    });
    matches!(&params.nodes[node].kind, NodeKind::Facility(facility) if !falls && u64::from(facility.beds.start) >= everybody(params))
}

/// People at all sites.
pub(super) fn everybody(params: &Params) -> u64 {
    params.nodes.iter().map(|node| if let NodeKind::Site(site) = &node.kind { people_at(site) } else { 0 }).sum()
}

/// People at a site.
fn people_at(site: &Site) -> u64 {
    site.detainees.iter().map(|count| u64::from(count.people)).sum()
}

/// Whether movements may turn back.
pub(super) fn turned_back(params: &Params) -> bool {
    params.incidents.as_ref().is_some_and(|incidents| incidents.turn_back > 0.0 && incidents.rate_per_hour.maximum() > 0.0)
}

/// The step in which a route takes people of one class while there are more: a movement where all are alike, else a vehicle.
fn step(params: &Params, route: &Route) -> u64 {
    match &route.mode {
        Mode::Land(land) if route.classes.len() == 1 && f64::from(land.at_least) >= land.per_convoy.maximum() => {
            u64::from(land.at_least) * u64::from(params.buses[land.fleet].load)
        }
        Mode::Land(land) => u64::from(params.buses[land.fleet].load),
        Mode::Air(air) => u64::from(params.aircraft[air.fleet].load),
    }
}

/// The greatest common divisor.
fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// Places that must be free together before anybody else comes, in the worst case: only people are left who need the most.
fn needed(params: &Params, ways: &Ways, inbound: &[usize]) -> u64 {
    let mut least: std::collections::BTreeMap<(usize, usize), u64> = std::collections::BTreeMap::new();
    for route in inbound {
        let spec = &params.routes[*route];
        for class in &spec.classes {
            let origins = ways.before(params, spec.from, *class);
            let anybody = origins.into_iter().any(|at| match &params.nodes[at].kind {
                NodeKind::Site(site) => site.detainees.iter().any(|count| count.class == *class && count.people > 0),
                _ => false,
            });
            if anybody {
                let places = smallest_places(params, spec);
                least.entry((spec.from, *class)).and_modify(|least| *least = places.min(*least)).or_insert(places);
            }
        }
    }
    least.into_values().max().unwrap_or(1)
}

/// Places that the smallest movement of a route takes while others can still come.
fn smallest_places(params: &Params, route: &Route) -> u64 {
    match &route.mode {
        Mode::Land(land) => least_buses(land.at_least, land.per_convoy.maximum()) * u64::from(params.buses[land.fleet].load),
        Mode::Air(air) => u64::from(air.at_least.min(params.aircraft[air.fleet].load)),
    }
}

/// Buses below which no convoy forms, whatever its wanted size.
fn least_buses(at_least: u32, wanted: f64) -> u64 {
    u64::from(at_least).min(wanted.round() as u64).max(1)
}

/// Sets of facilities that may be full together before everybody has a bed, among those that routes lead to: at least the empty set.
fn full_together(params: &Params, outbound: &[usize]) -> Vec<Vec<usize>> {
    let end = SimTime::ZERO + params.horizon;
    let everybody = everybody(params);
    let mut ends: Vec<usize> = outbound.iter().map(|route| params.routes[*route].to).filter(|to| is_facility(params, *to)).collect();
    ends.sort_unstable();
    ends.dedup();
    let beds = |at: &usize| most_beds(params, *at, end);
    ends.retain(|at| beds(at) < everybody);
    let mut sets = vec![Vec::new()];
    if ends.len() > MOST_FULL {
        sets.extend(ends.iter().map(|at| vec![*at]));
        sets.push(ends);
    } else {
        for at in ends {
            let with: Vec<Vec<usize>> = sets.iter().map(|set| [set.as_slice(), &[at]].concat()).collect();
            sets.extend(with);
        }
    }
    sets.retain(|set| set.iter().map(beds).sum::<u64>() < everybody);
    sets
}

/// The most people who can wait at a hub without a movement of these routes that takes them.
fn most_left(params: &Params, open: &[usize], comes: &[Comes]) -> u64 {
    let classes = comes.len();
    let floor = |people: u64, class: usize| {
        let whole = comes[class].step.max(1);
        people.min(comes[class].people) / whole * whole
    };
    // Each class alone.
    let most: Vec<u64> = (0..classes)
        .map(|class| {
            let ways = open.iter().map(|route| &params.routes[*route]).filter(|route| route.classes.contains(&class));
            let left = ways.map(|route| match &route.mode {
                Mode::Land(land) => (least_buses(land.at_least, land.per_convoy.maximum()) - 1) * u64::from(params.buses[land.fleet].load),
                Mode::Air(air) if route.classes.len() == 1 => u64::from(air.at_least.min(params.aircraft[air.fleet].load)) - 1,
                Mode::Air(air) => u64::from(params.aircraft[air.fleet].load) - 1,
            });
            floor(left.min().unwrap_or(u64::MAX), class)
        })
        .collect();
    let together = |route: &usize| {
        let spec = &params.routes[*route];
        let others: u64 = (0..classes).filter(|class| !spec.classes.contains(class)).map(|class| most[class]).sum();
        let on_it: u64 = spec.classes.iter().map(|class| most[*class]).sum();
        others
            + match &spec.mode {
                Mode::Land(land) => {
                    let buses = least_buses(land.at_least, land.per_convoy.maximum()) - 1;
                    on_it.min(buses * u64::from(params.buses[land.fleet].load))
                }
                Mode::Air(air) => {
                    let fewer = u64::from(air.at_least.min(params.aircraft[air.fleet].load)) - 1;
                    let from = |first: usize| {
                        let later: u64 = spec.classes[first + 1..].iter().map(|class| most[*class]).sum();
                        floor(fewer.min(most[spec.classes[first]]), spec.classes[first]) + later
                    };
                    // With none of the first classes there, a later one is the first.
                    (0..spec.classes.len()).map(from).max().unwrap_or(0)
                }
            }
    };
    open.iter().map(together).min().unwrap_or(0)
}
