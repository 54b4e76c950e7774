//! Shortest planned times: of movements, and to and from every place.

use crate::model::params::{CalendarEffect, LandRoute, Mode, NodeKind, Params, PathPart, ReturnTrip, Route, VaryingDuration, VaryingSpeed};
use crate::units::{Kilometres, KilometresPerHour};

/// A leg is driven in pieces, each rounded to a tick: it is taken to be shorter by so many ticks, and by so much of itself.
const SLACK: (u64, u64) = (1_000, 1_000_000_000);

/// Shortest planned times, in ticks, by route or by node; `u64::MAX` where there is no way.
pub(super) struct Travel {
    /// From forming until boarding begins: the empty trip out, where the fleet is at home at the destination.
    pub(super) out: Vec<u64>,
    /// From the end of that until the start of a movement with one person.
    pub(super) board: Vec<u64>,
    /// Of a loaded movement, from its start to its first person inside the destination's wall or off the aircraft.
    pub(super) loaded: Vec<u64>,
    /// From then until its first person is accepted, or off at a hub.
    pub(super) unload: Vec<u64>,
    /// From the end of that until the vehicle is free.
    pub(super) back: Vec<u64>,
    /// From the start of the run until anybody can be inside a node; 0 for sites.
    pub(super) arrival: Vec<u64>,
    /// From being inside a node and off the vehicle until anybody can be accepted; 0 for facilities.
    pub(super) onward: Vec<u64>,
    /// Routes that leave each node.
    pub(super) from: Vec<Vec<usize>>,
    /// Routes that lead to each node.
    into: Vec<Vec<usize>>,
    /// Shortest of `unload` over the routes that lead to each hub; 0 elsewhere.
    off: Vec<u64>,
    /// Highest factor that anything puts on speeds.
    pub(super) faster: f64,
}

/// No planned time is taken to be longer than 571 years: that is behind every horizon, and a plan of many of them still has a sum.
const LONGEST: u64 = 1 << 54;

/// The mean of a time: what plans use, and every draw where it does not vary. Some distributions have a mean beyond all numbers.
pub(super) fn ticks(time: &VaryingDuration) -> u64 {
    time.mean().ticks().min(LONGEST)
}

impl Travel {
    pub(super) fn new(params: &Params) -> Self {
        let factors = params.calendar.iter().filter_map(|entry| match entry.effect {
            CalendarEffect::SpeedFactor(factor) => Some(factor),
            _ => None,
        });
        let faster = factors.chain([params.weather.land_speed_when_air_bad]).filter(|factor| *factor > 1.0).product();
        let each = |time: &dyn Fn(&Route) -> u64| -> Vec<u64> { params.routes.iter().map(time).collect() };
        let mut travel = Self {
            out: each(&|route| out(params, route, faster)),
            board: each(&|route| board(params, route)),
            loaded: each(&|route| loaded(params, route, faster)),
            unload: each(&|route| unload(params, route)),
            back: each(&|route| back(params, route, faster)),
            arrival: vec![u64::MAX; params.nodes.len()],
            onward: vec![u64::MAX; params.nodes.len()],
            from: vec![Vec::new(); params.nodes.len()],
            into: vec![Vec::new(); params.nodes.len()],
            off: Vec::new(),
            faster,
        };
        for (at, route) in params.routes.iter().enumerate() {
            travel.from[route.from].push(at);
            travel.into[route.to].push(at);
        }
        let off = |hub: usize| travel.into[hub].iter().map(|at| travel.unload[*at]).min().unwrap_or(0);
        travel.off = (0..params.nodes.len()).map(|at| if params.is_hub(at) { off(at) } else { 0 }).collect();
        for (at, node) in params.nodes.iter().enumerate() {
            match node.kind {
                NodeKind::Site(_) => travel.arrival[at] = 0,
                NodeKind::Facility(_) => travel.onward[at] = 0,
                NodeKind::Hub(_) => {}
            }
        }
        // No shortest way is longer than there are nodes.
        for _ in &params.nodes {
            let mut changed = false;
            for (at, route) in params.routes.iter().enumerate() {
                let here = travel.first_start(params, at).saturating_add(travel.loaded[at]);
                let on = travel.out[at].saturating_add(travel.board[at]).saturating_add(travel.after_start(params, at));
                changed |= here < travel.arrival[route.to] || on < travel.onward[route.from];
                travel.arrival[route.to] = travel.arrival[route.to].min(here);
                travel.onward[route.from] = travel.onward[route.from].min(on);
            }
            if !changed {
                break;
            }
        }
        travel
    }

    /// The first instant at which a movement of a route can form: somebody is at its origin and off the vehicle.
    pub(super) fn first_form(&self, params: &Params, route: usize) -> u64 {
        let from = params.routes[route].from;
        self.arrival[from].saturating_add(self.off[from])
    }

    /// The first instant at which a movement of a route can start.
    pub(super) fn first_start(&self, params: &Params, route: usize) -> u64 {
        self.first_form(params, route).saturating_add(self.out[route]).saturating_add(self.board[route])
    }

    /// From the start of a movement until anybody of it can be accepted.
    pub(super) fn after_start(&self, params: &Params, route: usize) -> u64 {
        let onward = self.onward[params.routes[route].to];
        self.loaded[route].saturating_add(self.unload[route]).saturating_add(onward)
    }

    /// From the reservation of a bed of a facility until its person can be accepted.
    pub(super) fn reserved_before(&self, facility: usize) -> u64 {
        let time = |at: usize| self.out[at].saturating_add(self.board[at]).saturating_add(self.loaded[at]).saturating_add(self.unload[at]);
        self.into[facility].iter().map(|at| time(*at)).min().unwrap_or(0)
    }
}

/// A way at a mean speed, a little less than it takes.
fn drive(distance: Kilometres, speed: &VaryingSpeed, faster: f64) -> u64 {
    let time = distance.at(KilometresPerHour(speed.mean().0 * faster)).ticks().min(LONGEST);
    time.saturating_sub(time / SLACK.1).saturating_sub(SLACK.0)
}

/// Over the legs up to a part of the path.
pub(super) fn legs(land: &LandRoute, until: usize, faster: f64) -> u64 {
    let leg = |part: &PathPart| match part {
        PathPart::Leg(leg) => drive(leg.distance, leg.speed.distribution(), faster),
        PathPart::Crossing(_) => 0,
    };
    land.path[..until].iter().map(leg).fold(0, u64::saturating_add)
}

/// At the crossings of some parts of a path, for one bus.
fn crossings(params: &Params, parts: &[PathPart], empty: bool) -> u64 {
    let crossing = |part: &PathPart| match part {
        PathPart::Leg(_) => 0,
        PathPart::Crossing(at) if empty => ticks(&params.crossings[*at].service_empty),
        PathPart::Crossing(at) => ticks(&params.crossings[*at].service) + ticks(&params.crossings[*at].paperwork),
    };
    parts.iter().map(crossing).fold(0, u64::saturating_add)
}

/// The rest of a loaded way behind a part of the path.
pub(super) fn behind(params: &Params, land: &LandRoute, part: usize, faster: f64) -> u64 {
    let all = land.path.len();
    legs(land, all, faster).saturating_sub(legs(land, part, faster)).saturating_add(crossings(params, &land.path[part + 1..], false))
}

fn loaded(params: &Params, route: &Route, faster: f64) -> u64 {
    match &route.mode {
        Mode::Land(land) => legs(land, land.path.len(), faster).saturating_add(crossings(params, &land.path, false)),
        Mode::Air(air) => ticks(&air.flight) + ticks(&params.aircraft[air.fleet].offload),
    }
}

/// The way of an empty bus.
fn empty(params: &Params, land: &LandRoute, faster: f64) -> u64 {
    match &land.return_trip {
        ReturnTrip::Time(time) => ticks(time),
        ReturnTrip::Speed(speed) => {
            let leg = |part: &PathPart| if let PathPart::Leg(leg) = part { drive(leg.distance, speed, faster) } else { 0 };
            land.path.iter().map(leg).fold(0, u64::saturating_add).saturating_add(crossings(params, &land.path, true))
        }
        ReturnTrip::AsTheLegs => legs(land, land.path.len(), faster).saturating_add(crossings(params, &land.path, true)),
    }
}

fn out(params: &Params, route: &Route, faster: f64) -> u64 {
    match &route.mode {
        Mode::Land(land) if params.buses[land.fleet].home == route.to => empty(params, land, faster),
        _ => 0,
    }
}

/// Search, stepping aboard and manifest of a bus with one person; onload of an aircraft.
fn board(params: &Params, route: &Route) -> u64 {
    let boarding = match (&route.mode, &params.nodes[route.from].kind) {
        (Mode::Air(air), _) => return ticks(&params.aircraft[air.fleet].onload),
        (_, NodeKind::Site(site)) => &site.boarding,
        (_, NodeKind::Hub(hub)) => &hub.boarding,
        (_, NodeKind::Facility(_)) => return 0,
    };
    let (search, aboard) = boarding.searching.times();
    ticks(search) + aboard.map_or(0, ticks) + ticks(&boarding.manifest)
}

fn unload(params: &Params, route: &Route) -> u64 {
    match (&params.nodes[route.to].kind, &route.mode) {
        (NodeKind::Facility(facility), _) => ticks(&facility.intake.per_person),
        (NodeKind::Hub(hub), Mode::Land(_)) => ticks(&hub.arrival_per_person),
        _ => 0,
    }
}

fn back(params: &Params, route: &Route, faster: f64) -> u64 {
    match &route.mode {
        Mode::Land(land) => {
            let fleet = &params.buses[land.fleet];
            let way = if fleet.home == route.to { 0 } else { empty(params, land, faster) };
            way.saturating_add(ticks(&fleet.inspection))
        }
        Mode::Air(air) => ticks(&air.flight),
    }
}
