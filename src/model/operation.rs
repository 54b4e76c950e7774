//! One replication of the operation: its state, and what every part of it needs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Model;
use super::air_cover::CoverState;
use super::boarding::SearchLanes;
use super::books::Books;
use super::bus::{BusUnit, FleetState};
use super::chain::{Cause, Chain, Since};
use super::crossing::Station;
use super::detail::Recorder;
use super::dispatch::RouteState;
use super::draws::Draws;
use super::environment::Environment;
use super::escort::{EscortState, EscortUnit};
use super::exposure::{Hazard, Motion, Surroundings};
use super::flight::{AircraftState, AircraftUnit, Spot};
use super::movement::{Movement, MovementId};
use super::params::{Mode, NodeKind, Route};
use super::places::{People, Places, Waiting};
use super::watched::{Asks, Routes, Watched};
use crate::kernel::{Bell, Hold, Order, Outcome, Signal, Sim, TimeWeighted};
use crate::random::{Stream, StreamKey};
use crate::units::{Duration, SimTime};

/// A site, hub or facility as it is now.
pub(super) struct NodeState<'s> {
    /// People waiting, by class.
    pub waiting: Watched<Vec<Waiting>>,
    /// People deferred as unfit.
    pub deferred: Cell<u32>,
    /// Holding places or beds.
    pub places: Watched<Places>,
    /// Places in all.
    pub level: Cell<u32>,
    /// Places in all, over time.
    pub level_over_time: RefCell<TimeWeighted>,
    /// Places taken, over time.
    pub taken_over_time: RefCell<TimeWeighted>,
    /// People inside the wall, over time.
    pub present_over_time: RefCell<TimeWeighted>,
    /// Boarding bays.
    pub boarding: Station<'s>,
    /// Search lanes that the bays share.
    pub lanes: RefCell<SearchLanes>,
    /// Intake bays.
    pub intake: Station<'s>,
    /// Places in the yard, where it has a limit.
    pub yard: Station<'s>,
    /// Fires when the yard loses its last place.
    pub yard_gone: Signal<'s>,
    /// Aircraft parking.
    pub parking: Station<'s>,
    /// Loads between perimeter and aircraft.
    pub transfer: Station<'s>,
    /// Parking as planned.
    pub spots: RefCell<Vec<Spot>>,
    /// Why it is shut, if it is.
    pub shut: Cell<Option<Cause>>,
}

/// The state of one replication. Guards of seized units live in processes, never here.
pub(super) struct Operation<'s> {
    pub sim: &'s Sim<'s>,
    pub model: &'s Model,
    pub replication: u32,
    pub env: Environment<'s>,
    pub nodes: Vec<NodeState<'s>>,
    pub crossings: Vec<Station<'s>>,
    pub shut_crossings: Vec<Cell<Option<Cause>>>,
    pub buses: Vec<RefCell<FleetState>>,
    pub escorts: Vec<RefCell<EscortState>>,
    pub cover: Vec<CoverState<'s>>,
    pub aircraft: Vec<RefCell<AircraftState>>,
    pub routes: Vec<RefCell<RouteState>>,
    pub movements: RefCell<Vec<Movement>>,
    /// One signal for each vehicle there is: a movement has one while it lives.
    pub signals: Vec<Signal<'s>>,
    pub free_slots: RefCell<Vec<usize>>,
    /// Movements formed and not yet started.
    pub preparing: RefCell<Vec<MovementId>>,
    /// Loaded movements, in the order in which they were loaded.
    pub waiting_to_start: RefCell<Vec<MovementId>>,
    /// Movements on the road or in the air.
    pub under_way: RefCell<Vec<MovementId>>,
    /// Convoys that wait at a hand-over: (convoy, pool, since).
    pub hand_overs: RefCell<Vec<(MovementId, usize, SimTime)>>,
    /// Convoys that stand until they are covered.
    pub holding_for_cover: RefCell<Vec<MovementId>>,
    pub control: Bell<'s>,
    pub dirty: Cell<bool>,
    /// Routes in the order in which they are asked to form.
    pub forming_order: RefCell<Vec<usize>>,
    /// Routes that see something else than when they were last asked to form.
    pub asks: Rc<Asks>,
    /// Whether something has changed that routes look at before they form.
    pub forming_changed: Cell<bool>,
    /// When time alone lets a route form that cannot form now.
    pub form_again_at: Cell<SimTime>,
    /// Whether nothing has formed since that order was made.
    pub forming_order_holds: Cell<bool>,
    /// When calls of covering aircraft have to be looked at again.
    pub cover_calls_at: Cell<SimTime>,
    pub chain: RefCell<Chain>,
    pub books: RefCell<Books>,
    pub recorder: Option<RefCell<Recorder>>,
    pub people_left: Cell<u32>,
    pub stalled: Cell<bool>,
    /// When the last of those found unfit so far is back.
    pub deferred_until: Cell<SimTime>,
    pub hazard: Option<Hazard>,
    pub after_incident_until: Cell<SimTime>,
    pub draws: Draws,
}

impl<'s> Operation<'s> {
    /// The operation at its start.
    pub fn new(sim: &'s Sim<'s>, model: &'s Model, draws: Draws, replication: u32, detail: bool) -> Self {
        let params = &model.params;
        let env = Environment::new(model, &draws);
        let stream = |key: StreamKey, number: u32, occurrence: u64| draws.stream(key, number, occurrence);
        let distance = |key: StreamKey, unit: u32, mean: Option<f64>| {
            mean.map_or(f64::INFINITY, |mean| -libm::log(stream(key, unit, 0).uniform_open()) * mean)
        };
        let asks = Asks::all();
        let routes = |belongs: &dyn Fn(&Route) -> bool| Routes::of(params.routes.len(), |r| belongs(&params.routes[r]));
        let nodes = (0..params.nodes.len()).map(|n| node_state(sim, model, n, &asks)).collect();
        let crossings: Vec<Station> = params.crossings.iter().map(|c| Station::new(sim, c.lanes)).collect();
        let shut_crossings = params.crossings.iter().map(|_| Cell::new(None)).collect();
        let buses = params
            .buses
            .iter()
            .zip(&model.keys.buses)
            .enumerate()
            .map(|(n, (f, keys))| {
                let units = (0..f.count)
                    .map(|unit| BusUnit {
                        km_left: distance(keys.condition, unit, f.breakdown.as_ref().map(|b| b.mean_distance.0)),
                        breakdowns: 0,
                        driven: Duration::ZERO,
                        driven_since_break: Duration::ZERO,
                        since: Since::START,
                    })
                    .collect();
                let by = routes(&|route| matches!(&route.mode, Mode::Land(land) if land.fleet == n));
                let free = Watched::new((0..f.count).collect(), by, &asks);
                RefCell::new(FleetState { units, free, taken: TimeWeighted::new(SimTime::ZERO, 0) })
            })
            .collect();
        let escorts = params
            .escorts
            .iter()
            .zip(&model.keys.escorts)
            .map(|(f, keys)| {
                let units = (0..f.count)
                    .map(|unit| EscortUnit {
                        km_left: distance(keys.condition, unit, f.breakdown.as_ref().map(|b| b.mean_distance.0)),
                        breakdowns: 0,
                        duty: Duration::ZERO,
                        since: Since::START,
                    })
                    .collect();
                RefCell::new(EscortState { units, free: (0..f.count).collect(), taken: TimeWeighted::new(SimTime::ZERO, 0) })
            })
            .collect();
        let cover = params.air_cover.iter().map(|c| CoverState::new(sim, c.aircraft)).collect();
        let aircraft = params
            .aircraft
            .iter()
            .enumerate()
            .map(|(n, f)| {
                let unit = AircraftUnit { sorties: 0, duty_from: None, since: Since::START };
                let units = vec![unit; f.count as usize];
                let by = routes(&|route| matches!(&route.mode, Mode::Air(air) if air.fleet == n));
                let free = Watched::new((0..f.count).collect(), by, &asks);
                RefCell::new(AircraftState { units, free, taken: TimeWeighted::new(SimTime::ZERO, 0) })
            })
            .collect();
        let hazard = params.incidents.as_ref().map(|i| Hazard {
            rate_per_hour: i.rate_per_hour.sample(&mut stream(model.keys.incident_rate, 0, 0)).max(0.0),
            halted: i.halted,
            uncovered: i.uncovered,
            daylight: i.daylight,
            under_escorted: i.under_escorted,
            after: i.after.map_or(1.0, |a| a.factor),
        });
        let slots = params.buses.iter().map(|f| f.count).sum::<u32>() + params.aircraft.iter().map(|f| f.count).sum::<u32>();
        let books = Books {
            buses_waiting: vec![0; params.buses.len()],
            escorts_waiting: vec![0; params.escorts.len()],
            aircraft_waiting: vec![0; params.aircraft.len()],
            cover_sorties: vec![Vec::new(); params.air_cover.len()],
            accepted: Vec::with_capacity(model.people as usize),
            ..Books::default()
        };
        Self {
            sim,
            model,
            replication,
            env,
            nodes,
            crossings,
            shut_crossings,
            buses,
            escorts,
            cover,
            aircraft,
            routes: params.routes.iter().map(|_| RefCell::new(RouteState::new())).collect(),
            movements: RefCell::new(model.room.movements.list()),
            signals: (0..slots).map(|_| Signal::new(sim)).collect(),
            free_slots: RefCell::new((0..slots as usize).rev().collect()),
            preparing: RefCell::default(),
            waiting_to_start: RefCell::default(),
            under_way: RefCell::default(),
            hand_overs: RefCell::default(),
            holding_for_cover: RefCell::default(),
            control: Bell::new(sim),
            dirty: Cell::new(true),
            forming_order: RefCell::new((0..params.routes.len()).collect()),
            asks,
            forming_changed: Cell::new(true),
            form_again_at: Cell::new(SimTime::NEVER),
            forming_order_holds: Cell::new(false),
            cover_calls_at: Cell::new(SimTime::ZERO),
            chain: RefCell::new(Chain::new(&model.room.pieces)),
            books: RefCell::new(books),
            recorder: detail.then(RefCell::default),
            people_left: Cell::new(model.people),
            stalled: Cell::new(false),
            deferred_until: Cell::new(SimTime::ZERO),
            hazard,
            after_incident_until: Cell::new(SimTime::ZERO),
            draws,
        }
    }

    /// Runs to closure, to the horizon, or until nothing can happen any more.
    pub fn run(&'s self) -> Outcome {
        self.sim.spawn_detached(Order::ENVIRONMENT, self.keep_surroundings());
        self.start_air_cover();
        self.sim.spawn_detached(Order::ENVIRONMENT, self.watch_for_stall());
        self.sim.spawn_detached(Order::LAST, self.dispatch());
        self.sim.run_until(SimTime::ZERO + self.model.params.horizon)
    }

    // ------------------------------------------------------------------------------------------------ random numbers

    /// Opens the stream of an address.
    pub fn stream(&self, key: StreamKey, number: u32, occurrence: u64) -> Stream {
        self.draws.stream(key, number, occurrence)
    }

    /// One exponential draw.
    pub fn exponential(&self, key: StreamKey, number: u32, occurrence: u64, mean: f64) -> f64 {
        -libm::log(self.stream(key, number, occurrence).uniform_open()) * mean
    }

    // ------------------------------------------------------------------------------------------------ movements

    /// The order of a movement's events among others of the same instant.
    pub fn order_of(&self, id: MovementId) -> u32 {
        (id as u32 + 1).min((1 << 19) - 1)
    }

    /// A hold that ends at `at`; an instant after the horizon never comes, and so is not even scheduled.
    pub fn until(&self, at: SimTime) -> Hold<'s> {
        self.sim.hold_until(self.within_horizon(at))
    }

    /// An instant, or never if it lies beyond the horizon.
    pub fn within_horizon(&self, at: SimTime) -> SimTime {
        if at.elapsed() > self.model.params.horizon { SimTime::NEVER } else { at }
    }

    /// Wakes the process of a movement: something about it changed.
    pub fn nudge(&self, id: MovementId) {
        let slot = self.movements.borrow()[id].slot;
        self.signals[slot].fire();
    }

    /// Wakes a movement at an instant.
    pub fn wake_at(&'s self, at: SimTime) {
        self.sim.spawn_detached(Order::LAST, async move {
            self.sim.hold_until(at).await;
            self.notify_starts();
        });
    }

    /// A movement has ended: its signal can serve another one.
    pub fn leave_slot(&self, id: MovementId) {
        let slot = self.movements.borrow()[id].slot;
        self.free_slots.borrow_mut().push(slot);
        self.preparing.borrow_mut().retain(|m| *m != id);
    }

    /// What exposure needs to know of the world.
    pub fn around(&self) -> Surroundings<'_, 's> {
        Surroundings {
            environment: &self.env,
            max_aboard: self.model.params.welfare.max_aboard,
            hazard: self.hazard,
            after_incident_until: self.after_incident_until.get(),
            start: self.model.params.start,
        }
    }

    /// Changes the state of a movement: the one place where exposure is booked, and with it segments and hazard.
    pub fn change(&self, id: MovementId, change: impl FnOnce(&mut Movement)) {
        let now = self.sim.now();
        let mut movements = self.movements.borrow_mut();
        let m = &mut movements[id];
        let books = &mut *self.books.borrow_mut();
        let before = (i32::from(m.tracker.is_exposed()), m.tracker.people_exposed().cast_signed());
        let (km, km_now, km_at) = (m.km, m.km_now, m.km_at);
        let (route, place) = (m.route, m.place_before);
        m.tracker.book(now, &self.around(), &mut books.ledger, &mut books.exposed_by_day, |booked| {
            if let Some(recorder) = &self.recorder {
                let whole = now.since(km_at).ticks().max(1) as f64;
                let at = |t: SimTime| km + (km_now - km) * t.since(km_at).ticks() as f64 / whole;
                recorder.borrow_mut().segment(self.model, id, route, place, booked, at(booked.from), at(booked.to));
            }
        });
        m.km = m.km_now;
        m.km_at = now;
        change(m);
        m.place_before = m.place;
        let after = (i32::from(m.tracker.is_exposed()), m.tracker.people_exposed().cast_signed());
        if before != after {
            books.concurrency.change(now, after.0 - before.0, after.1 - before.1);
        }
    }

    /// One vehicle of a movement does something else.
    pub fn set_motion(&self, id: MovementId, index: usize, motion: Motion) {
        self.change(id, |m| m.tracker.vehicles[index].motion = motion);
    }

    /// All vehicles of a movement do something else.
    pub fn set_all_motion(&self, id: MovementId, motion: Motion) {
        if self.movements.borrow()[id].tracker.vehicles.iter().all(|v| v.motion == motion) {
            return;
        }
        self.change(id, |m| {
            for vehicle in &mut m.tracker.vehicles {
                vehicle.motion = motion;
            }
        });
    }

    // ------------------------------------------------------------------------------------------------ places and people

    /// Free places or beds at a node.
    pub fn places_free(&self, node: usize) -> u32 {
        self.nodes[node].places.borrow().free()
    }

    /// Takes places at a node.
    pub fn take_places(&self, node: usize, places: u32) -> Since {
        let since = self.nodes[node].places.borrow_mut().take(places);
        self.note_places(node);
        since
    }

    /// Gives places of a node back.
    pub fn give_back_places(&self, node: usize, places: u32, since: Since) {
        self.nodes[node].places.borrow_mut().give_back(places, since);
        self.note_places(node);
        self.notify();
    }

    /// People are back at a hub, whether or not there is room.
    pub fn take_back_places(&self, node: usize, places: u32) {
        let above = self.nodes[node].places.borrow_mut().take_regardless(places);
        let mut books = self.books.borrow_mut();
        books.counts.above_holding = books.counts.above_holding.max(above);
        drop(books);
        self.note_places(node);
    }

    fn note_places(&self, node: usize) {
        let taken = self.nodes[node].places.borrow().taken();
        self.nodes[node].taken_over_time.borrow_mut().set(self.sim.now(), u64::from(taken));
    }

    /// A movement turned back: the places that waited for it are free.
    pub fn free_reserved(&self, id: MovementId) {
        let (route, reserved) = {
            let m = &mut self.movements.borrow_mut()[id];
            (m.route, std::mem::take(&mut m.reserved))
        };
        let link = self.movements.borrow()[id].start_link;
        let now = self.sim.now();
        let link = self.chain.borrow_mut().bridge(link, now, Cause::March);
        let since = Since { at: now, by: super::chain::By::Operation(link) };
        self.give_back_places(self.model.params.routes[route].to, reserved, since);
    }

    /// More or fewer people are inside the wall of a node.
    pub fn present(&self, node: usize, people: i32) {
        let mut present = self.nodes[node].present_over_time.borrow_mut();
        let now = self.sim.now();
        let value = present.value().checked_add_signed(i64::from(people)).expect("no fewer than nobody is present");
        present.set(now, value);
    }

    // ------------------------------------------------------------------------------------------------ trace

    /// Writes a change of state down, if this replication is shown.
    pub fn trace(&self, entity: &'static str, id: impl FnOnce() -> String, state: &'static str, place: &str, cause: &'static str) {
        self.trace_at(self.sim.now(), entity, id, state, place, cause);
    }

    /// A movement's name, as in `road#3`, if this replication is shown.
    pub fn traced_name(&self, id: MovementId) -> String {
        self.recorder.as_ref().map_or_else(String::new, |_| self.movements.borrow()[id].name(self.model))
    }

    /// The same of a change that is known to come at `at`.
    pub fn trace_at(
        &self,
        at: SimTime,
        entity: &'static str,
        id: impl FnOnce() -> String,
        state: &'static str,
        place: &str,
        cause: &'static str,
    ) {
        if let Some(recorder) = &self.recorder {
            recorder.borrow_mut().trace(at, entity, id(), state, place.to_owned(), cause);
        }
    }

    /// Writes a change of a movement's state down, if this replication is shown.
    pub fn trace_movement(&self, id: MovementId, state: &'static str, cause: &'static str) {
        if let Some(recorder) = &self.recorder {
            let m = &self.movements.borrow()[id];
            recorder.borrow_mut().movement(self.model, self.sim.now(), m, state, cause);
        }
    }
}

/// A node at the start.
fn node_state<'s>(sim: &'s Sim<'s>, model: &Model, node: usize, asks: &Rc<Asks>) -> NodeState<'s> {
    let params = &model.params;
    let (mut boarding, mut bays, mut yard) = (None, 0, 0);
    let (parking, airfield);
    let mut waiting = vec![Waiting::default(); params.classes.len()];
    let mut level = 0;
    let mut present = 0;
    match &params.nodes[node].kind {
        NodeKind::Site(site) => {
            boarding = Some(&site.boarding);
            for group in &site.detainees {
                waiting[group.class].join(People { count: group.people, called: None, exposed_for: Duration::ZERO }, Since::START);
                present += u64::from(group.people);
            }
            (parking, airfield) = (site.parking, site.airfield);
        }
        NodeKind::Hub(hub) => {
            boarding = Some(&hub.boarding);
            level = hub.holding;
            (parking, airfield) = (hub.parking, hub.airfield);
        }
        NodeKind::Facility(facility) => {
            bays = facility.intake.bays;
            yard = facility.yard.unwrap_or(0);
            level = u32::try_from(model.beds_at(node, SimTime::ZERO)).unwrap_or(u32::MAX);
            (parking, airfield) = (facility.parking, facility.airfield);
        }
    }
    let routes = |belongs: &dyn Fn(&Route) -> bool| Routes::of(params.routes.len(), |r| belongs(&params.routes[r]));
    NodeState {
        waiting: Watched::new(waiting, routes(&|route| route.from == node), asks),
        deferred: Cell::new(0),
        places: Watched::new(Places::new(level), routes(&|route| route.to == node), asks),
        level: Cell::new(level),
        level_over_time: RefCell::new(TimeWeighted::new(SimTime::ZERO, u64::from(level))),
        taken_over_time: RefCell::new(TimeWeighted::new(SimTime::ZERO, 0)),
        present_over_time: RefCell::new(TimeWeighted::new(SimTime::ZERO, present)),
        boarding: Station::new(sim, boarding.map_or(0, |b| b.bays)),
        lanes: RefCell::new(SearchLanes::shared(boarding)),
        intake: Station::new(sim, bays),
        yard: Station::new(sim, yard),
        yard_gone: Signal::new(sim),
        parking: Station::new(sim, parking),
        transfer: Station::new(sim, airfield.buses.unwrap_or(0)),
        spots: RefCell::new(vec![Spot { planned_free: SimTime::ZERO, held: 0 }; parking as usize]),
        shut: Cell::new(None),
    }
}
