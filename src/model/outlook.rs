//! Whether anything can still move when a replication reaches the horizon, and if not, what blocks whom for good.
//!
//! A replication that ends with people left is a deadlock if, with everything dated as it stands at the horizon and everything that
//! recurs (windows by the day, nights, weather, random closures, cover on demand) going on, no head count could ever change again. The
//! question is asked once, at the horizon, and answered by structure: every movement that is not done must be blocked, and no route may
//! be able to form and start another one.
//!
//! What holds a movement or a route is looked at under the most hopeful assumptions: vehicles and escorts on their way home arrive,
//! people deferred come back, aircraft are ready. Only what blocked movements hold themselves stays taken: as nobody moves, nobody
//! releases it. So a replication in which anything could still move is never called a deadlock; in doubt it is one that the horizon
//! cut.

use super::dispatch::carries;
use super::exposure::Motion;
use super::movement::{Movement, MovementId, Stage, Where};
use super::operation::Operation;
use super::params::{
    AirRoute, CalendarTarget, CoverPolicy, Departures, EscortNeed, LandRoute, Mode, NodeKind, OnStation, PathPart, Route, Schedule,
};
use crate::units::{Duration, SimTime};

/// What a movement or a route waits for that never comes (positions in `Params`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Nobody waits whom a route takes.
    Nobody,
    /// Others to fill a movement of this route, none of whom can come.
    Others(usize),
    /// Departures on this route.
    Departures(usize),
    /// A place at this node, where none is free.
    Full(usize),
    /// As many places at this node as a movement of this route needs.
    Room(usize, usize),
    /// Buses of this fleet.
    Buses(usize),
    /// Aircraft of this fleet.
    Aircraft(usize),
    /// Escorts of this pool.
    Escorts(usize),
    /// This air cover.
    Cover(usize),
    /// Room on this route.
    OnRoad(usize),
    /// A daily cap on this route.
    Cap(usize),
    /// Boarding at this node.
    Boarding(usize),
    /// This crossing.
    Crossing(usize),
    /// Intake at this node.
    Intake(usize),
    /// Parking at this node.
    Parking(usize),
}

/// The prospects of a replication at its horizon.
pub(super) struct Outlook<'o, 's> {
    op: &'o Operation<'s>,
    /// The last instant before the horizon: what is in force then stays so.
    last: SimTime,
}

impl<'o, 's> Outlook<'o, 's> {
    /// Of a replication with people left.
    pub fn new(op: &'o Operation<'s>) -> Self {
        Self { op, last: (SimTime::ZERO + op.model.params.horizon).saturating_sub(Duration::from_ticks(1)) }
    }

    /// Whether no head count can change any more.
    pub fn is_deadlock(&self) -> bool {
        let movements = self.op.movements.borrow();
        let all_blocked = (0..movements.len()).all(|id| is_done(&movements[id]) || self.movement(id).is_some());
        all_blocked && (0..self.op.model.params.routes.len()).all(|route| self.route(route).is_some())
    }

    /// What blocks a movement that is not done; `None` where it may still move.
    pub fn movement(&self, id: MovementId) -> Option<Block> {
        let movements = self.op.movements.borrow();
        let m = &movements[id];
        let spec = &self.op.model.params.routes[m.route];
        match m.stage {
            Stage::Preparing => {
                let not_loaded = self.loading(m.route, spec);
                if not_loaded.is_some() || self.people_may_be_unfit(spec) {
                    return not_loaded;
                }
                self.start(m.route, m)
            }
            Stage::Loaded => self.start(m.route, m),
            Stage::UnderWay => self.on_the_way(id, m, spec),
            Stage::Inside => self.intake(spec.to),
        }
    }

    /// What keeps a route from forming and starting another movement; `None` where it perhaps can.
    pub fn route(&self, route: usize) -> Option<Block> {
        let op = self.op;
        let spec = &op.model.params.routes[route];
        let deferred = op.nodes[spec.from].deferred.get();
        let waiting: Vec<u32> = {
            let queues = op.nodes[spec.from].waiting.borrow();
            // Nobody knows the class of those who are deferred.
            spec.classes.iter().map(|class| queues[*class].count() + deferred).collect()
        };
        if waiting.iter().all(|people| *people == 0) {
            return Some(Block::Nobody);
        }
        if let Some(block) = self.loading(route, spec) {
            return Some(block);
        }
        let (free, more) = self.places(spec.to);
        if free == 0 && !more {
            return Some(Block::Full(spec.to));
        }
        let cap = self.cap(route);
        if cap == 0 {
            return Some(Block::Cap(route));
        }
        // The last places of a facility are taken by any movement, however small.
        let takes_any_places = !op.model.params.is_hub(spec.to);
        // Those who are deferred come back, and then nobody waits for them any more.
        let all_may_go = op.nodes.iter().any(|node| node.deferred.get() > 0) || !op.others_can_come(spec);
        let block = match &spec.mode {
            Mode::Land(land) => self.convoy(route, spec, land, &waiting, free, cap, takes_any_places, all_may_go),
            Mode::Air(air) => self.flight(route, spec, air, &waiting, free, cap, takes_any_places, all_may_go),
        };
        block.or_else(|| self.next_start(route, 0))
    }

    #[expect(clippy::too_many_arguments, reason = "everything that a dispatcher looks at")]
    fn convoy(
        &self,
        route: usize,
        spec: &Route,
        land: &LandRoute,
        waiting: &[u32],
        free: u32,
        cap: u32,
        takes_any_places: bool,
        all_may_go: bool,
    ) -> Option<Block> {
        let load = self.op.model.params.buses[land.fleet].load;
        let buses = self.buses(land.fleet);
        if buses == 0 {
            return Some(Block::Buses(land.fleet));
        }
        let want = self.op.routes[route].borrow().want;
        let target = want.unwrap_or(u32::MAX).min(cap.div_ceil(load));
        let needed = want.map_or(1, |want| land.at_least.min(want).min(cap.div_ceil(load)));
        let (carried, by_people) = carries(waiting.iter().copied(), load, target.min(buses));
        let carried = carried.min(cap);
        if free < carried && takes_any_places {
            return None;
        }
        let by_places = if free >= carried { u32::MAX } else { free / load };
        let vehicles = target.min(buses).min(by_people).min(by_places);
        let everybody = free >= carried && carried == waiting.iter().sum::<u32>() && all_may_go;
        if vehicles >= needed.max(1) || everybody {
            return None;
        }
        Some(match vehicles {
            _ if vehicles == by_places => Block::Room(spec.to, route),
            _ if vehicles == by_people => Block::Others(route),
            _ => Block::Buses(land.fleet),
        })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that a dispatcher looks at")]
    fn flight(
        &self,
        route: usize,
        spec: &Route,
        air: &AirRoute,
        waiting: &[u32],
        free: u32,
        cap: u32,
        takes_any_places: bool,
        all_may_go: bool,
    ) -> Option<Block> {
        if self.aircraft(air.fleet) == 0 {
            return Some(Block::Aircraft(air.fleet));
        }
        let limit = self.op.model.params.aircraft[air.fleet].load.min(cap);
        let fits = |people: u32| {
            let people = people.min(limit);
            let least = air.at_least.min(limit);
            let last_places = takes_any_places && free < people;
            people > 0 && (last_places || (people.min(free) >= least) || (free >= people && all_may_go))
        };
        // An aircraft carries one class: the first that fills it, else the first with anybody. Any of them while people may come back.
        let chosen = waiting.iter().copied().find(|people| *people >= limit).or_else(|| waiting.iter().copied().find(|people| *people > 0));
        let may_change = self.op.nodes[spec.from].deferred.get() > 0;
        let loads: Vec<u32> = if may_change { waiting.to_vec() } else { chosen.into_iter().collect() };
        if loads.iter().any(|people| fits(*people)) {
            return None;
        }
        let enough = loads.iter().any(|people| *people >= air.at_least.min(limit));
        Some(if enough { Block::Room(spec.to, route) } else { Block::Others(route) })
    }

    /// What keeps people from being called aboard on a route.
    fn loading(&self, route: usize, spec: &Route) -> Option<Block> {
        if let Some(block) = self.departures(route, spec) {
            return Some(block);
        }
        let node = &self.op.nodes[spec.from];
        let units = match &spec.mode {
            Mode::Land(_) => node.boarding.units.units(),
            Mode::Air(_) => node.parking.units.units(),
        };
        let (hours, target) = (self.hours(spec.from), CalendarTarget::Node(spec.from));
        (units == 0 || !self.opens(hours) || self.op.env.shut_by_calendar(target, self.last)).then_some(Block::Boarding(spec.from))
    }

    /// What keeps every movement of a route inside that is ready to start.
    fn departures(&self, route: usize, spec: &Route) -> Option<Block> {
        let model = self.op.model;
        let opens = match &spec.departures {
            Departures::Open(schedule) => self.opens(schedule),
            Departures::Night => !model.nights.is_empty(),
            Departures::Timetable(entries) => !entries.is_empty(),
        };
        if !opens || self.op.env.stops(route, self.last) {
            return Some(Block::Departures(route));
        }
        let crossing = model.leads[route].iter().map(|lead| lead.0).find(|crossing| self.crossing_is_shut(*crossing));
        if let Some(crossing) = crossing {
            return Some(Block::Crossing(crossing));
        }
        // Each of them opens, but perhaps never together: then there was no start in the last days, although all was as it is.
        let horizon = SimTime::ZERO + model.params.horizon;
        let last_start = model.last_starts[route];
        let lead = model.leads[route].iter().map(|lead| lead.1).max().unwrap_or(Duration::ZERO);
        let settled = last_start.max(self.last_dated_change(route)) + lead + Duration::from_days(2);
        (last_start != SimTime::NEVER && settled <= horizon).then_some(Block::Departures(route))
    }

    /// The last dated change before the horizon of what the departures of a route depend on.
    fn last_dated_change(&self, route: usize) -> SimTime {
        let params = &self.op.model.params;
        let of = |schedule: &Schedule| match schedule {
            Schedule::Elapsed(windows) => windows.iter().flat_map(|w| [w.from, w.to]).filter(|at| *at < params.horizon).max(),
            _ => None,
        };
        let departures = if let Departures::Open(schedule) = &params.routes[route].departures { of(schedule) } else { None };
        let crossings = self.op.model.leads[route].iter().filter_map(|lead| of(&params.crossings[lead.0].hours));
        let calendar = params.calendar.iter().flat_map(|e| [e.from, e.to]).filter(|at| at.elapsed() < params.horizon);
        let all = calendar.chain(departures.into_iter().chain(crossings).map(|at| SimTime::ZERO + at));
        all.max().unwrap_or(SimTime::ZERO)
    }

    /// What keeps a movement from starting: of its route, the one that is loaded first goes first.
    fn start(&self, route: usize, m: &Movement) -> Option<Block> {
        self.next_start(route, m.people_or_reserved())
    }

    /// What keeps the next movement of a route inside, if it carries so many people unless another one is loaded already.
    fn next_start(&self, route: usize, people: u32) -> Option<Block> {
        let op = self.op;
        let params = &op.model.params;
        let spec = &params.routes[route];
        if let Some(block) = self.departures(route, spec) {
            return Some(block);
        }
        let state = op.routes[route].borrow();
        let people = state.loaded.front().map_or(people, |id| op.movements.borrow()[*id].people());
        if people > self.cap(route) {
            return Some(Block::Cap(route));
        }
        if spec.max_on_road.is_some_and(|limit| state.on_road >= limit) {
            return Some(Block::OnRoad(route));
        }
        match &spec.mode {
            Mode::Land(land) => {
                if let Some(need) = land.escorts
                    && self.escorts(need.pool) < need.minimum.min(need.per_convoy)
                {
                    return Some(Block::Escorts(need.pool));
                }
                let cover = land.cover.filter(|cover| cover.policy == CoverPolicy::Required);
                cover.filter(|cover| !self.has_slot(cover.orbit)).map(|cover| Block::Cover(cover.orbit))
            }
            Mode::Air(_) => (op.nodes[spec.to].parking.units.units() == 0).then_some(Block::Parking(spec.to)),
        }
    }

    /// What a movement outside the wall stands and waits for that never comes.
    fn on_the_way(&self, id: MovementId, m: &Movement, spec: &Route) -> Option<Block> {
        let op = self.op;
        if op.hand_overs.borrow().iter().any(|waits| waits.0 == id) {
            let need = self.next_escorts(m, spec)?;
            let keeps = m.escorts.is_empty() || !m.lets_escorts_go;
            return (keeps && self.escorts(need.pool) < need.minimum).then_some(Block::Escorts(need.pool));
        }
        if op.holding_for_cover.borrow().contains(&id) && !m.tracker.flags.covered {
            return m.cover_need.filter(|need| !self.has_slot(need.orbit)).map(|need| Block::Cover(need.orbit));
        }
        if m.arrived.is_some() {
            let gate = &op.nodes[spec.to].yard.units;
            let limited = matches!(&op.model.params.nodes[spec.to].kind, NodeKind::Facility(facility) if facility.yard.is_some());
            return if limited && gate.available() == 0 { self.intake(spec.to) } else { None };
        }
        let Mode::Land(land) = &spec.mode else { return None };
        let Where::Part(part) = m.place else { return None };
        let PathPart::Crossing(crossing) = land.path[part] else { return None };
        let queues = m.tracker.vehicles.iter().any(|vehicle| vehicle.motion == Motion::BorderQueue);
        (queues && self.crossing_is_shut(crossing)).then_some(Block::Crossing(crossing))
    }

    /// The escorts that a convoy at a hand-over waits for.
    fn next_escorts(&self, m: &Movement, spec: &Route) -> Option<EscortNeed> {
        let (Mode::Land(land), Where::Part(part)) = (&spec.mode, m.place) else { return None };
        let PathPart::Crossing(crossing) = land.path[part] else { return None };
        land.hand_over.iter().find(|change| change.at == crossing)?.escorts
    }

    /// Whether intake at a facility never begins again; people at a hub always get off.
    fn intake(&self, node: usize) -> Option<Block> {
        let NodeKind::Facility(facility) = &self.op.model.params.nodes[node].kind else { return None };
        let shut = self.op.nodes[node].intake.units.units() == 0
            || !self.opens(&facility.intake.hours)
            || self.op.env.shut_by_calendar(CalendarTarget::Node(node), self.last);
        shut.then_some(Block::Intake(node))
    }

    fn crossing_is_shut(&self, crossing: usize) -> bool {
        self.op.crossings[crossing].units.units() == 0
            || !self.opens(&self.op.model.params.crossings[crossing].hours)
            || self.op.env.shut_by_calendar(CalendarTarget::Crossing(crossing), self.last)
    }

    /// Whether a schedule is open at the end, or will be again; a horizon that falls into one of its pauses shuts nothing for good.
    fn opens(&self, schedule: &Schedule) -> bool {
        if schedule.next_open(self.op.model.params.start, self.last) != SimTime::NEVER {
            return true;
        }
        let Schedule::Elapsed(windows) = schedule else { return false };
        let pauses = windows.windows(2).map(|pair| pair[1].from.saturating_sub(pair[0].to));
        let pause = pauses.max().unwrap_or(Duration::ZERO).max(Duration::from_days(2));
        windows.last().is_some_and(|window| self.last.elapsed() < window.to + pause)
    }

    fn hours(&self, node: usize) -> &'s Schedule {
        match &self.op.model.params.nodes[node].kind {
            NodeKind::Site(site) => &site.hours,
            NodeKind::Hub(hub) => &hub.hours,
            NodeKind::Facility(facility) => &facility.intake.hours,
        }
    }

    /// People whom a cap lets go on one day.
    fn cap(&self, route: usize) -> u32 {
        self.op.env.caps(route, self.last).map(|(_, cap)| cap).min().unwrap_or(u32::MAX)
    }

    /// Whether somebody at the origin of a route may be found unfit, which gives places back.
    fn people_may_be_unfit(&self, spec: &Route) -> bool {
        matches!(&self.op.model.params.nodes[spec.from].kind, NodeKind::Site(site) if site.unfit.is_some())
    }

    /// Free places at a node, and whether they become more by themselves.
    fn places(&self, node: usize) -> (u32, bool) {
        let grow = match &self.op.model.params.nodes[node].kind {
            NodeKind::Facility(f) => f.beds.per_day > 0 && self.op.model.beds_at(node, self.last) < i64::from(f.beds.up_to),
            _ => false,
        };
        (self.op.places_free(node), grow)
    }

    /// Buses of a fleet that no movement holds, at home or on their way there.
    pub fn buses(&self, fleet: usize) -> u32 {
        let held: usize =
            self.unfinished(|m| self.bus_fleet(m) == Some(fleet)).map(|m| if m.arrived.is_some() { m.aboard } else { m.buses.len() }).sum();
        self.op.model.params.buses[fleet].count.saturating_sub(held as u32)
    }

    /// Aircraft of a fleet that no movement holds, at home, in repair or on their way there.
    fn aircraft(&self, fleet: usize) -> u32 {
        let routes = &self.op.model.params.routes;
        let of_fleet = |m: &Movement| matches!(&routes[m.route].mode, Mode::Air(air) if air.fleet == fleet) && m.arrived.is_none();
        self.op.model.params.aircraft[fleet].count.saturating_sub(self.unfinished(of_fleet).count() as u32)
    }

    /// Escorts of a pool that no convoy holds.
    fn escorts(&self, pool: usize) -> u32 {
        let of_pool = |m: &Movement| m.stage == Stage::UnderWay && m.escort_need.is_some_and(|need| need.pool == pool);
        let held: usize = self.unfinished(of_pool).map(|m| m.escorts.len()).sum();
        self.op.model.params.escorts[pool].count.saturating_sub(held as u32)
    }

    /// Whether a cover can still take another convoy.
    fn has_slot(&self, orbit: usize) -> bool {
        let spec = &self.op.model.params.air_cover[orbit];
        let held = self.op.cover[orbit].covered.borrow().len() as u32;
        let comes = match &spec.on_station {
            OnStation::Fixed(schedule) => self.opens(schedule),
            OnStation::OnDemand | OnStation::Always => true,
        };
        comes && spec.orbits * spec.convoys_per_orbit > held
    }

    /// The fleet of a convoy.
    pub fn bus_fleet(&self, m: &Movement) -> Option<usize> {
        match &self.op.model.params.routes[m.route].mode {
            Mode::Land(land) => Some(land.fleet),
            Mode::Air(_) => None,
        }
    }

    fn unfinished(&self, which: impl Fn(&Movement) -> bool) -> impl Iterator<Item = std::cell::Ref<'o, Movement>> {
        let movements = &self.op.movements;
        let count = movements.borrow().len();
        (0..count).map(|id| std::cell::Ref::map(movements.borrow(), |all| &all[id])).filter(move |m| !is_done(m) && which(m))
    }
}

/// Whether a movement has let go of all that it had, its buses apart that are on their way home.
pub(super) fn is_done(m: &Movement) -> bool {
    m.stage == Stage::Inside && m.aboard == 0
}
