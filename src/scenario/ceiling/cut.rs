//! Cuts: sets of routes that everybody counted uses once, and what lets them pass.

use super::{Bound, added, everybody, hours, starts};
use crate::model::params::{CalendarEffect, Departures, LandRoute, LevelTarget, Mode, NodeKind, Params, PathPart, ReturnTrip, Route};
use crate::units::{Duration, Kilometres};

/// Shortest planned times, in hours.
pub(super) struct Travel {
    /// Of a loaded movement, by route, from its start to its last wheel at the destination.
    pub(super) loaded: Vec<f64>,
    /// From the site that is nearest in time, by node.
    pub(super) from_sites: Vec<f64>,
    /// To the facility that is nearest in time, by node.
    pub(super) onward: Vec<f64>,
    /// Highest factor that anything puts on speeds.
    faster: f64,
}

impl Travel {
    pub(super) fn new(params: &Params) -> Self {
        let factors = params.calendar.iter().filter_map(|entry| match entry.effect {
            CalendarEffect::SpeedFactor(factor) => Some(factor),
            _ => None,
        });
        let faster = factors.chain([params.weather.land_speed_when_air_bad]).filter(|factor| *factor > 1.0).product();
        let loaded: Vec<f64> = params.routes.iter().map(|route| loaded(params, route, faster)).collect();
        let mut from_sites: Vec<f64> = vec![f64::INFINITY; params.nodes.len()];
        let mut onward = from_sites.clone();
        for (at, node) in params.nodes.iter().enumerate() {
            match node.kind {
                NodeKind::Site(_) => from_sites[at] = 0.0,
                NodeKind::Facility(_) => onward[at] = 0.0,
                NodeKind::Hub(_) => {}
            }
        }
        for _ in &params.nodes {
            for (route, time) in params.routes.iter().zip(&loaded) {
                from_sites[route.to] = from_sites[route.to].min(from_sites[route.from] + time);
                onward[route.from] = onward[route.from].min(onward[route.to] + time);
            }
        }
        Self { loaded, from_sites, onward, faster }
    }
}

/// Hours over the legs at their mean speeds, up to a part of the path.
fn legs(land: &LandRoute, until: usize, faster: f64) -> f64 {
    let leg = |part: &PathPart| match part {
        PathPart::Leg(leg) => leg.distance.0 / (leg.speed.distribution().mean().0 * faster),
        PathPart::Crossing(_) => 0.0,
    };
    land.path[..until].iter().map(leg).sum()
}

/// Hours at the crossings of a path, per bus.
fn crossings(params: &Params, land: &LandRoute, empty: bool) -> f64 {
    let crossing = |part: &PathPart| match part {
        PathPart::Leg(_) => 0.0,
        PathPart::Crossing(at) if empty => hours(&params.crossings[*at].service_empty),
        PathPart::Crossing(at) => hours(&params.crossings[*at].service) + hours(&params.crossings[*at].paperwork),
    };
    land.path.iter().map(crossing).sum()
}

fn loaded(params: &Params, route: &Route, faster: f64) -> f64 {
    match &route.mode {
        Mode::Land(land) => legs(land, land.path.len(), faster) + crossings(params, land, false),
        Mode::Air(air) => hours(&air.flight),
    }
}

/// Hours from the end of a loaded trip until the vehicle can start the next one.
fn back(params: &Params, route: &Route, faster: f64) -> f64 {
    match &route.mode {
        Mode::Land(land) => {
            let way = match &land.return_trip {
                ReturnTrip::Time(time) => hours(time),
                ReturnTrip::Speed(speed) => {
                    let length: f64 =
                        land.path.iter().map(|part| if let PathPart::Leg(leg) = part { leg.distance } else { Kilometres(0.0) }.0).sum();
                    length / (speed.mean().0 * faster) + crossings(params, land, true)
                }
                ReturnTrip::AsTheLegs => legs(land, land.path.len(), faster) + crossings(params, land, true),
            };
            way + hours(&params.buses[land.fleet].inspection)
        }
        Mode::Air(air) => {
            let fleet = &params.aircraft[air.fleet];
            hours(&fleet.onload) + hours(&fleet.offload) + hours(&air.flight)
        }
    }
}

/// People that one movement of a route carries at most.
fn people(params: &Params, route: &Route) -> f64 {
    match &route.mode {
        Mode::Land(land) => land.per_convoy.maximum() * f64::from(params.buses[land.fleet].load),
        Mode::Air(air) => f64::from(params.aircraft[air.fleet].load),
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
}

/// The kinds of resource that are looked at, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Vehicles,
    Escorts,
    Lanes,
    Hubs,
    Starts,
}

/// Every bound over every cut.
pub(super) fn bounds<'p>(params: &'p Params, travel: &Travel) -> Vec<Bound<'p>> {
    let all = |keep: &dyn Fn(&Route) -> bool| -> Vec<usize> { (0..params.routes.len()).filter(|at| keep(&params.routes[*at])).collect() };
    let is_site = |node: usize| matches!(params.nodes[node].kind, NodeKind::Site(_));
    let is_facility = |node: usize| matches!(params.nodes[node].kind, NodeKind::Facility(_));
    let mut cuts =
        vec![(all(&|route| is_site(route.from)), everybody(params), true), (all(&|route| is_facility(route.to)), everybody(params), true)];
    for (at, node) in params.nodes.iter().enumerate() {
        if let NodeKind::Site(site) = &node.kind {
            let people = site.detainees.iter().map(|count| f64::from(count.people)).sum();
            cuts.push((all(&|route| route.from == at), people, false));
        }
    }
    let mut bounds = Vec::new();
    for (routes, people, everybody) in cuts {
        for kind in [Kind::Vehicles, Kind::Escorts, Kind::Lanes, Kind::Hubs, Kind::Starts] {
            if let Some((limit, by)) = through(params, travel, &routes, kind) {
                bounds.push(Bound { limit, people, everybody, by });
            }
        }
    }
    bounds
}

type By<'p> = Box<dyn Fn(f64) -> f64 + 'p>;

/// People that pass a cut by a time, as far as one kind of resource allows. A route that does not use the kind counts by
/// its vehicles. `None` where no route of the cut uses it.
fn through<'p>(params: &'p Params, travel: &Travel, routes: &[usize], kind: Kind) -> Option<(&'static str, By<'p>)> {
    let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
    for &at in routes {
        let group = group(params, &params.routes[at], at, kind);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, members)) => members.push(at),
            None => groups.push((group, vec![at])),
        }
    }
    let of_kind = |group: &Group| match kind {
        Kind::Vehicles => true,
        Kind::Escorts => matches!(group, Group::Escorts(_)),
        Kind::Lanes => matches!(group, Group::Lanes(_)),
        Kind::Hubs => matches!(group, Group::Hub(_)),
        Kind::Starts => matches!(group, Group::Route(_)),
    };
    if !groups.iter().any(|(group, _)| of_kind(group)) {
        return None;
    }
    let limit = match kind {
        Kind::Vehicles if groups.iter().all(|(group, _)| matches!(group, Group::Aircraft(_))) => "aircraft",
        Kind::Vehicles if groups.iter().all(|(group, _)| matches!(group, Group::Buses(_))) => "buses",
        Kind::Vehicles => "buses and aircraft",
        Kind::Escorts => "escorts",
        Kind::Lanes => "border lanes",
        Kind::Hubs => "holding of hubs",
        Kind::Starts => "starts of the routes",
    };
    let parts: Vec<By<'p>> = groups.iter().map(|(group, members)| capacity(params, travel, *group, members)).collect();
    Some((limit, Box::new(move |t| parts.iter().map(|part| part(t)).sum())))
}

fn group(params: &Params, route: &Route, at: usize, kind: Kind) -> Group {
    let vehicles = match &route.mode {
        Mode::Land(land) => Group::Buses(land.fleet),
        Mode::Air(air) => Group::Aircraft(air.fleet),
    };
    let Mode::Land(land) = &route.mode else {
        let hub = kind == Kind::Hubs && params.is_hub(route.to);
        return if hub { Group::Hub(route.to) } else { vehicles };
    };
    match kind {
        Kind::Vehicles => vehicles,
        Kind::Escorts => land.escorts.map_or(vehicles, |need| Group::Escorts(need.pool)),
        Kind::Lanes => {
            let crossing = land.path.iter().find_map(|part| if let PathPart::Crossing(crossing) = part { Some(*crossing) } else { None });
            crossing.map_or(vehicles, Group::Lanes)
        }
        Kind::Hubs if params.is_hub(route.to) => Group::Hub(route.to),
        Kind::Hubs => vehicles,
        Kind::Starts => {
            let limited = matches!(route.departures, Departures::Timetable(_)) || !route.headway.is_zero() || route.max_on_road.is_some();
            if limited { Group::Route(at) } else { vehicles }
        }
    }
}

/// People that a group of routes lets through by a time.
fn capacity<'p>(params: &'p Params, travel: &Travel, group: Group, members: &[usize]) -> By<'p> {
    let least = |f: &dyn Fn(usize) -> f64| members.iter().map(|at| f(*at)).fold(f64::INFINITY, f64::min);
    let most = |f: &dyn Fn(usize) -> f64| members.iter().map(|at| f(*at)).fold(0.0, f64::max);
    let windows: Vec<&Departures> = members.iter().map(|at| &params.routes[*at].departures).collect();
    let from = least(&|at| travel.from_sites[params.routes[at].from]);
    // From a start until its people can be accepted.
    let after = least(&|at| travel.loaded[at] + travel.onward[params.routes[at].to]);
    let carried = most(&|at| people(params, &params.routes[at]));
    let cycle = |at: usize| travel.loaded[at] + back(params, &params.routes[at], travel.faster);
    let steps = |slots: f64, people: f64, cycle: f64| -> By<'p> {
        match starts::greedy(params, &windows, from, cycle) {
            Some(starts) => Box::new(move |t| slots * people * starts.partition_point(|start| start + after <= t) as f64),
            None => Box::new(move |t| if t < from + after { 0.0 } else { f64::INFINITY }),
        }
    };
    match group {
        Group::Buses(fleet) => steps(f64::from(params.buses[fleet].count), f64::from(params.buses[fleet].load), least(&cycle)),
        Group::Aircraft(fleet) => steps(f64::from(params.aircraft[fleet].count), f64::from(params.aircraft[fleet].load), least(&cycle)),
        Group::Escorts(pool) => {
            let covered = |at: usize| match &params.routes[at].mode {
                Mode::Land(land) => {
                    let change = land
                        .path
                        .iter()
                        .position(|part| matches!(part, PathPart::Crossing(on) if land.hand_over.iter().any(|change| change.at == *on)));
                    2.0 * legs(land, change.unwrap_or(land.path.len()), travel.faster)
                }
                Mode::Air(_) => 0.0,
            };
            let minimum = members.iter().filter_map(|at| match &params.routes[*at].mode {
                Mode::Land(land) => land.escorts.map(|need| need.minimum),
                Mode::Air(_) => None,
            });
            let slots = params.escorts[pool].count / minimum.min().unwrap_or(1).max(1);
            steps(f64::from(slots), carried, least(&covered))
        }
        Group::Lanes(crossing) => {
            let crossing_params = &params.crossings[crossing];
            let lanes = f64::from(crossing_params.lanes) + added(params, LevelTarget::Lanes(crossing));
            let time = hours(&crossing_params.service);
            let load = most(&|at| match &params.routes[at].mode {
                Mode::Land(land) => f64::from(params.buses[land.fleet].load),
                Mode::Air(_) => 0.0,
            });
            // The way to the lanes and the way on are left out, but for the latest start that can still arrive.
            let behind = least(&|at| travel.onward[params.routes[at].to]);
            Box::new(move |t| {
                if t < from + after {
                    return 0.0;
                }
                let open = starts::open_hours(&crossing_params.hours, params.start, from, t - behind, time);
                if time > 0.0 { lanes * load * (open / time + 1.0) } else { f64::INFINITY }
            })
        }
        Group::Hub(hub) => {
            let NodeKind::Hub(kind) = &params.nodes[hub].kind else { unreachable!("groups of hubs hold hubs") };
            let places = f64::from(kind.holding) + added(params, LevelTarget::Holding(hub));
            // A place is taken from forming until its person leaves the wall.
            let taken = least(&|at| travel.loaded[at]);
            Box::new(move |t| {
                if t < from + after {
                    0.0
                } else if taken > 0.0 {
                    places * ((t / taken) as u64 as f64 + 1.0)
                } else {
                    f64::INFINITY
                }
            })
        }
        Group::Route(at) => {
            let route = &params.routes[at];
            let mut limits = vec![];
            if let Departures::Timetable(times) = &route.departures {
                // One start an entry; the first entry comes again after a day.
                let again = times.first().map(|first| *first + Duration::from_days(1));
                let next = times.iter().copied().skip(1).chain(again);
                let gap = times.iter().zip(next).map(|(time, next)| (next - *time).hours()).fold(24.0, f64::min);
                limits.push(steps(1.0, carried, gap));
            }
            if !route.headway.is_zero() {
                limits.push(steps(1.0, carried, route.headway.hours()));
            }
            if let Some(on_road) = route.max_on_road {
                limits.push(steps(f64::from(on_road), carried, travel.loaded[at]));
            }
            Box::new(move |t| limits.iter().map(|limit| limit(t)).fold(f64::INFINITY, f64::min))
        }
    }
}
