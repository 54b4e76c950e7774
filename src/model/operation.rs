//! One replication of the operation: its state, and what every part of it needs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Model;
use super::books::Books;
use super::budget::Spent;
use super::chain::{Cause, Chain, Since};
use super::detail::Recorder;
use super::dispatch::Unable;
use super::draws::Draws;
use super::environment::Environment;
use super::exposure::Hazard;
use super::movement::{Movement, MovementId};
use super::params::{Mode, Route};
use super::places::People;
use super::standing::Waits;
use super::state::{AircraftState, AircraftUnit, BusUnit, CoverState, EscortState, EscortUnit, FleetState, NodeState, RouteState, Station};
use super::watched::{Asks, Routes, Sight, Watched};
use crate::kernel::{Bell, Hold, Order, Outcome, Signal, Sim, TimeIntegral};
use crate::random::{Stream, StreamKey};
use crate::units::{Duration, SimTime};

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
    /// Lists for the times of the people of a load, kept to be used again.
    pub people_times: Cell<[Vec<Duration>; 2]>,
    /// A list for the people of a load who are yet to be searched, kept to be used again.
    pub people_queue: Cell<Vec<People>>,
    /// What each route answered when it last could not form.
    pub unable: Vec<Cell<Unable>>,
    /// Routes that see something else than when they were last asked to form.
    pub asks: Rc<Asks>,
    /// Whether something has changed that routes look at before they form.
    pub forming_changed: Cell<bool>,
    /// When time alone lets a route form that cannot form now.
    pub form_again_at: Cell<SimTime>,
    /// Whether nothing has formed since that order was made.
    pub forming_order_holds: Cell<bool>,
    /// From when on a movement that waits to start has to be asked when something changes.
    pub starts_from: Cell<SimTime>,
    /// When calls of covering aircraft have to be looked at again.
    pub cover_calls_at: Cell<SimTime>,
    pub chain: RefCell<Chain>,
    pub books: RefCell<Books>,
    pub recorder: Option<RefCell<Recorder>>,
    pub people_left: Cell<u32>,
    /// When the last of those found unfit so far is back.
    pub deferred_until: Cell<SimTime>,
    pub hazard: Option<Hazard>,
    pub after_incident_until: Cell<SimTime>,
    /// What its events were for.
    pub spent: Spent,
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
        let asks = Asks::all(params.routes.len());
        let routes = |belongs: &dyn Fn(&Route) -> bool| Routes::of(params.routes.len(), |r| belongs(&params.routes[r]));
        let nodes = (0..params.nodes.len()).map(|n| NodeState::new(sim, model, n, &asks)).collect();
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
                let free = Watched::new((0..f.count).collect(), Sight::Means, by, &asks);
                RefCell::new(FleetState { units, free, taken: TimeIntegral::new(SimTime::ZERO, 0) })
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
                RefCell::new(EscortState { units, free: (0..f.count).collect(), taken: TimeIntegral::new(SimTime::ZERO, 0) })
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
                let free = Watched::new((0..f.count).collect(), Sight::Means, by, &asks);
                RefCell::new(AircraftState { units, free, taken: TimeIntegral::new(SimTime::ZERO, 0) })
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
            buses_waiting: vec![Waits::default(); params.buses.len()],
            escorts_waiting: vec![Waits::default(); params.escorts.len()],
            aircraft_waiting: vec![Waits::default(); params.aircraft.len()],
            cover_sorties: vec![Vec::new(); params.air_cover.len()],
            accepted: Vec::with_capacity(model.people as usize),
            accepted_at: vec![(0, 0); params.nodes.len()],
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
            people_times: Cell::default(),
            people_queue: Cell::default(),
            unable: params.routes.iter().map(|_| Cell::default()).collect(),
            asks,
            forming_changed: Cell::new(true),
            form_again_at: Cell::new(SimTime::NEVER),
            forming_order_holds: Cell::new(false),
            starts_from: Cell::new(SimTime::NEVER),
            cover_calls_at: Cell::new(SimTime::ZERO),
            chain: RefCell::new(Chain::new(&model.room.pieces)),
            books: RefCell::new(books),
            recorder: detail.then(RefCell::default),
            people_left: Cell::new(model.people),
            deferred_until: Cell::new(SimTime::ZERO),
            hazard,
            after_incident_until: Cell::new(SimTime::ZERO),
            spent: Spent::default(),
            draws,
        }
    }

    /// Runs to closure, to the horizon, until nothing can happen any more, until the budget of events is used up, or until it is `cancelled`.
    pub fn run(&'s self, cancelled: &dyn Fn() -> bool) -> Outcome {
        self.sim.spawn_detached(Order::ENVIRONMENT, self.keep_surroundings());
        self.start_air_cover();
        if let Some(patience) = self.model.params.stall_after {
            self.sim.spawn_detached(Order::ENVIRONMENT, self.watch_for_stall(patience));
        }
        self.sim.spawn_detached(Order::LAST, self.dispatch());
        if self.model.asks_anew {
            self.sim.spawn_detached(Order::LAST, self.keep_asking_anew());
        }
        let horizon = SimTime::ZERO + self.model.params.horizon;
        self.sim.run_until_or(horizon, &mut |order| self.check_budget(order, cancelled))
    }

    /// Opens the stream of an address.
    pub fn stream(&self, key: StreamKey, number: u32, occurrence: u64) -> Stream {
        self.draws.stream(key, number, occurrence)
    }

    /// One exponential draw.
    pub fn exponential(&self, key: StreamKey, number: u32, occurrence: u64, mean: f64) -> f64 {
        -libm::log(self.stream(key, number, occurrence).uniform_open()) * mean
    }

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

    /// An instant, or never if it is the horizon or comes later: nothing new begins there.
    pub fn before_horizon(&self, at: SimTime) -> SimTime {
        if at.elapsed() >= self.model.params.horizon { SimTime::NEVER } else { at }
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
}
