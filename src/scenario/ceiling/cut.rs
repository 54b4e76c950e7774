//! Cuts: sets of routes of which everybody counted uses one, and how many people they let pass.

use super::travel::{Travel, behind, legs, ticks};
use super::{Bound, caps, everybody, levels, starts};
use crate::model::params::{Departures, LevelTarget, Mode, NodeKind, Params, PathPart, Route};
use crate::units::Duration;
use std::collections::BTreeMap;

/// People that one movement of a route carries at most.
fn people(params: &Params, route: &Route) -> u64 {
    match &route.mode {
        Mode::Land(land) => (land.per_convoy.maximum().ceil() as u64).saturating_mul(u64::from(params.buses[land.fleet].load)),
        Mode::Air(air) => u64::from(params.aircraft[air.fleet].load),
    }
}

/// What groups the routes of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Buses(usize),
    Aircraft(usize),
    Escorts(usize),
    Lanes(usize),
    Hub(usize),
    Route(usize),
    Capped,
}

/// The kinds of resource that are looked at, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Vehicles,
    Escorts,
    Lanes,
    Hubs,
    Starts,
    Caps,
}

const KINDS: [Kind; 6] = [Kind::Vehicles, Kind::Escorts, Kind::Lanes, Kind::Hubs, Kind::Starts, Kind::Caps];

/// Every bound over every cut.
pub(super) fn bounds<'p>(params: &'p Params, travel: &'p Travel) -> Vec<Bound<'p>> {
    let all = |keep: &dyn Fn(&Route) -> bool| -> Vec<usize> { (0..params.routes.len()).filter(|at| keep(&params.routes[*at])).collect() };
    let is_site = |node: usize| matches!(params.nodes[node].kind, NodeKind::Site(_));
    let is_facility = |node: usize| matches!(params.nodes[node].kind, NodeKind::Facility(_));
    let mut cuts =
        vec![(all(&|route| is_site(route.from)), everybody(params), true), (all(&|route| is_facility(route.to)), everybody(params), true)];
    for (at, node) in params.nodes.iter().enumerate() {
        if let NodeKind::Site(site) = &node.kind {
            let people = site.detainees.iter().map(|count| u64::from(count.people)).sum();
            cuts.push((travel.from[at].clone(), people, false));
        }
    }
    let mut bounds = Vec::new();
    for (routes, people, everybody) in cuts {
        bounds.extend(past(params, travel, &routes, people).map(|(limit, by)| Bound { limit, people, everybody, by }));
    }
    bounds
}

/// How many of so many people pass a cut by a time, past each kind of resource.
pub(super) fn past<'p>(
    params: &'p Params,
    travel: &'p Travel,
    routes: &[usize],
    people: u64,
) -> impl Iterator<Item = (&'static str, By<'p>)> {
    KINDS.into_iter().filter_map(move |kind| through(params, travel, routes, kind, people))
}

pub(super) type By<'p> = Box<dyn Fn(u64) -> u64 + 'p>;

/// People that pass a cut by a time, as far as one kind of resource allows. A route that does not use the kind counts by
/// its vehicles. `None` where no route of the cut uses it.
fn through<'p>(params: &'p Params, travel: &'p Travel, routes: &[usize], kind: Kind, wanted: u64) -> Option<(&'static str, By<'p>)> {
    let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for &at in routes {
        groups.entry(group(params, &params.routes[at], at, kind)).or_default().push(at);
    }
    let of_kind = |group: &Group| match kind {
        Kind::Vehicles => true,
        Kind::Escorts => matches!(group, Group::Escorts(_)),
        Kind::Lanes => matches!(group, Group::Lanes(_)),
        Kind::Hubs => matches!(group, Group::Hub(_)),
        Kind::Starts => matches!(group, Group::Route(_)),
        Kind::Caps => matches!(group, Group::Capped),
    };
    if !groups.keys().any(of_kind) {
        return None;
    }
    let limit = match kind {
        Kind::Vehicles if groups.keys().all(|group| matches!(group, Group::Aircraft(_))) => "aircraft",
        Kind::Vehicles if groups.keys().all(|group| matches!(group, Group::Buses(_))) => "buses",
        Kind::Vehicles => "buses and aircraft",
        Kind::Escorts => "escorts",
        Kind::Lanes => "border lanes",
        Kind::Hubs => "holding of hubs",
        Kind::Starts => "starts of the routes",
        Kind::Caps => "daily caps",
    };
    let parts: Vec<By<'p>> = groups
        .iter()
        .map(|(group, members)| capacity(params, travel, *group, members, wanted.min(who_can_come(params, members))))
        .collect();
    Some((limit, Box::new(move |t| parts.iter().map(|part| part(t)).fold(0, u64::saturating_add))))
}

/// People who can use some routes: those of the sites that they leave, unless one of them leaves a hub.
///
/// No more starts are listed than these need, so that the lists of many fleets are together as long as that of one for all.
fn who_can_come(params: &Params, members: &[usize]) -> u64 {
    let mut origins: Vec<usize> = members.iter().map(|at| params.routes[*at].from).collect();
    origins.sort_unstable();
    origins.dedup();
    let people = origins.into_iter().map(|at| match &params.nodes[at].kind {
        NodeKind::Site(site) => site.detainees.iter().map(|count| u64::from(count.people)).sum(),
        NodeKind::Hub(_) | NodeKind::Facility(_) => u64::MAX,
    });
    people.fold(0, u64::saturating_add)
}

fn group(params: &Params, route: &Route, at: usize, kind: Kind) -> Group {
    let vehicles = match &route.mode {
        Mode::Land(land) => Group::Buses(land.fleet),
        Mode::Air(air) => Group::Aircraft(air.fleet),
    };
    let land = match &route.mode {
        Mode::Land(land) => Some(land),
        Mode::Air(_) => None,
    };
    match kind {
        Kind::Vehicles => vehicles,
        Kind::Escorts => land.and_then(|land| land.escorts).map_or(vehicles, |need| Group::Escorts(need.pool)),
        Kind::Lanes => land.and_then(|land| crossing_of(&land.path)).map_or(vehicles, |(_, crossing)| Group::Lanes(crossing)),
        Kind::Hubs if params.is_hub(route.to) => Group::Hub(route.to),
        Kind::Hubs => vehicles,
        Kind::Starts => {
            let limited = matches!(route.departures, Departures::Timetable(_)) || !route.headway.is_zero() || route.max_on_road.is_some();
            if limited { Group::Route(at) } else { vehicles }
        }
        Kind::Caps if caps::ever(params, at) => Group::Capped,
        Kind::Caps => vehicles,
    }
}

/// The first crossing of a path: its place on the path, and which it is.
fn crossing_of(path: &[PathPart]) -> Option<(usize, usize)> {
    path.iter().enumerate().find_map(|(part, of)| if let PathPart::Crossing(crossing) = of { Some((part, *crossing)) } else { None })
}

/// People that a group of routes lets through by a time.
fn capacity<'p>(params: &'p Params, travel: &'p Travel, group: Group, members: &[usize], wanted: u64) -> By<'p> {
    let least = |f: &dyn Fn(usize) -> u64| members.iter().map(|at| f(*at)).min().unwrap_or(u64::MAX);
    let form = least(&|at| travel.first_form(params, at));
    let start = least(&|at| travel.first_start(params, at));
    // From a start until its people can be accepted.
    let after = least(&|at| travel.after_start(params, at));
    let carried = members.iter().map(|at| people(params, &params.routes[*at])).max().unwrap_or(0);
    let steps = |slots: u64, people: u64, first: u64, cycle: (u64, u64)| -> By<'p> {
        let at_once = slots.saturating_mul(people);
        if at_once == 0 {
            return Box::new(|_| 0);
        }
        let enough = usize::try_from(wanted.div_ceil(at_once)).unwrap_or(usize::MAX).max(1);
        match starts::greedy(params, members, first, cycle, enough) {
            Some(starts) => {
                Box::new(move |t| at_once.saturating_mul(starts.partition_point(|start| start.saturating_add(after) <= t) as u64))
            }
            None => Box::new(move |t| if t < start.saturating_add(after) { 0 } else { u64::MAX }),
        }
    };
    // What a vehicle is busy with before and after the start of its movement.
    let before = least(&|at| travel.out[at].saturating_add(travel.board[at]));
    let round = |at: usize| travel.loaded[at].saturating_add(travel.back[at]);
    match group {
        Group::Buses(fleet) => {
            let busy = least(&|at| round(at).saturating_add(travel.unload[at]));
            steps(u64::from(params.buses[fleet].count), u64::from(params.buses[fleet].load), form, (before, busy))
        }
        Group::Aircraft(fleet) => {
            steps(u64::from(params.aircraft[fleet].count), u64::from(params.aircraft[fleet].load), form, (before, least(&round)))
        }
        Group::Escorts(pool) => {
            let needs = members.iter().filter_map(|at| match &params.routes[*at].mode {
                Mode::Land(land) => land.escorts.map(|need| (land, need)),
                Mode::Air(_) => None,
            });
            let covered = |land: &crate::model::params::LandRoute| {
                let changes = |part: &PathPart| matches!(part, PathPart::Crossing(on) if land.hand_over.iter().any(|change| change.at == *on && change.escorts.is_some()));
                legs(land, land.path.iter().position(changes).unwrap_or(land.path.len()), travel.faster)
            };
            let away = needs.clone().map(|(land, _)| covered(land).saturating_mul(2)).min().unwrap_or(0);
            let minimum = needs.map(|(_, need)| need.minimum).min().unwrap_or(1).max(1);
            steps(u64::from(params.escorts[pool].count / minimum), carried, start, (0, away))
        }
        Group::Lanes(crossing) => {
            let crossing_params = &params.crossings[crossing];
            let lanes = u64::from(crossing_params.lanes) + levels::added(params, LevelTarget::Lanes(crossing));
            let time = ticks(&crossing_params.service);
            let on_path = |at: usize| match &params.routes[at].mode {
                Mode::Land(land) => crossing_of(&land.path).map(|(part, _)| (land, part)),
                Mode::Air(_) => None,
            };
            let reached = least(&|at| {
                let way = on_path(at).map_or(0, |(land, part)| legs(land, part, travel.faster));
                travel.first_start(params, at).saturating_add(way)
            });
            let rest = least(&|at| {
                let way = on_path(at).map_or(0, |(land, part)| behind(params, land, part, travel.faster));
                way.saturating_add(travel.unload[at]).saturating_add(travel.onward[params.routes[at].to])
            });
            let load = members.iter().filter_map(|at| on_path(*at)).map(|(land, _)| u64::from(params.buses[land.fleet].load)).max();
            let load = load.unwrap_or(0);
            Box::new(move |t| {
                if t < start.saturating_add(after) {
                    return 0;
                }
                let open = starts::open_ticks(&crossing_params.hours, params.start, reached, t.saturating_sub(rest), time);
                open.checked_div(time).map_or(u64::MAX, |count| lanes.saturating_mul(count).saturating_mul(load))
            })
        }
        Group::Hub(hub) => {
            let NodeKind::Hub(kind) = &params.nodes[hub].kind else { unreachable!("groups of hubs hold hubs") };
            let places = u64::from(kind.holding) + levels::added(params, LevelTarget::Holding(hub));
            // A place is taken from forming until its person leaves the wall again.
            let out = travel.from[hub].iter().map(|at| travel.board[*at]).min().unwrap_or(0);
            let taken = least(&|at| {
                let inbound = travel.out[at].saturating_add(travel.board[at]).saturating_add(travel.loaded[at]);
                inbound.saturating_add(travel.unload[at]).saturating_add(out)
            });
            let soonest = start.saturating_add(after);
            Box::new(move |t| {
                let Some(since) = t.checked_sub(soonest) else { return 0 };
                since.checked_div(taken).map_or(u64::MAX, |times| places.saturating_mul(times.saturating_add(1)))
            })
        }
        Group::Route(at) => {
            let route = &params.routes[at];
            let mut limits = vec![];
            if let Departures::Timetable(times) = &route.departures {
                // One start per entry; the first entry comes again after a day.
                let again = times.first().map(|first| *first + Duration::from_days(1));
                let next = times.iter().copied().skip(1).chain(again);
                let gap = times.iter().zip(next).map(|(time, next)| (next - *time).ticks()).min().unwrap_or(u64::MAX);
                limits.push(steps(1, carried, start, (0, gap)));
            }
            if !route.headway.is_zero() {
                limits.push(steps(1, carried, start, (0, route.headway.ticks())));
            }
            if let Some(on_road) = route.max_on_road {
                let on_the_way = match &route.mode {
                    Mode::Land(_) => travel.loaded[at],
                    Mode::Air(air) => ticks(&air.flight),
                };
                limits.push(steps(u64::from(on_road), carried, start, (0, on_the_way)));
            }
            Box::new(move |t| limits.iter().map(|limit| limit(t)).min().unwrap_or(u64::MAX))
        }
        Group::Capped => {
            let days = caps::by_day(params, members);
            Box::new(move |t| {
                let Some(last) = t.checked_sub(after) else { return 0 };
                let day = days.partition_point(|(from, _)| *from <= last);
                if last < start || day == 0 { 0 } else { days[day - 1].1 }
            })
        }
    }
}
