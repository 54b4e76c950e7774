//! The convoy cycle: 7,000 people, 40 buses in convoys of 6, escorts, air cover, a border and a receiving facility.
//!
//! Written twice over the same draws: as an event loop by hand, and as processes on the kernel. Both return the tick at
//! which the last person is delivered, and must agree to the tick.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use convoysim::kernel::{Memory, Order, Resource, Seized, Sim, join_all_unpin};
use convoysim::units::{Duration, SimTime, TICKS_PER_DAY, TICKS_PER_HOUR};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal, Triangular};

const BUSES: u32 = 40;
const CAPACITY: u32 = 45;
const BUSES_PER_CONVOY: u32 = 6;
const ESCORTS: u32 = 16;
const ESCORTS_PER_CONVOY: u32 = 4;
const ORBITS: u32 = 2;
const LANES: u32 = 2;
const BAYS: u32 = 4;
const RETURN: u64 = 3 * TICKS_PER_HOUR;
const NIGHT: u64 = 12 * TICKS_PER_HOUR;

/// What happens to one convoy, in ticks.
#[derive(Clone, Copy, Debug)]
pub struct ConvoyDraws {
    legs: [u64; 3],
    crossing: [u64; 6],
    unloading: [u64; 6],
}

/// What happens in one replication.
#[derive(Clone, Debug)]
pub struct Draws {
    people: u32,
    convoys: Vec<ConvoyDraws>,
}

impl Draws {
    /// The draws of one replication that moves `people`.
    pub fn new(seed: u64, people: u32) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let sigma = libm::log(1.0625).sqrt();
        let lognormal = |mean: f64| LogNormal::new(libm::log(mean) - sigma * sigma / 2.0, sigma).expect("valid parameters");
        let (leg, unloading) = (lognormal(2.0), lognormal(20.0 / 60.0));
        let crossing = Triangular::new(4.0 / 60.0, 12.0 / 60.0, 6.0 / 60.0).expect("valid parameters");
        let mut ticks = |hours: &dyn Fn(&mut SmallRng) -> f64| Duration::round_ticks(hours(&mut rng) * TICKS_PER_HOUR as f64).ticks();
        let convoys = (0..people.div_ceil(CAPACITY * BUSES_PER_CONVOY))
            .map(|_| ConvoyDraws {
                legs: std::array::from_fn(|_| ticks(&|rng| leg.sample(rng))),
                crossing: std::array::from_fn(|_| ticks(&|rng| rng.sample(crossing))),
                unloading: std::array::from_fn(|_| ticks(&|rng| unloading.sample(rng))),
            })
            .collect();
        Self { people, convoys }
    }

    /// People on a bus of a convoy.
    fn aboard(&self, convoy: u32, bus: u32) -> u32 {
        let before = (convoy * BUSES_PER_CONVOY + bus) * CAPACITY;
        self.people.saturating_sub(before).min(CAPACITY)
    }
}

/// The first instant from `now` on at which a convoy may leave.
fn night_from(now: u64) -> u64 {
    if now % TICKS_PER_DAY >= NIGHT { (now / TICKS_PER_DAY + 1) * TICKS_PER_DAY } else { now }
}

// By hand.

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Night,
    LegDone { convoy: u32 },
    Crossed { convoy: u32, bus: u32 },
    Unloaded { convoy: u32, bus: u32 },
    BusBack,
    EscortsBack,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    ticks: u64,
    sequence: u64,
    event: Event,
}

#[derive(Clone, Copy)]
struct Convoy {
    legs_done: usize,
    crossed: u32,
}

struct Loop<'d> {
    draws: &'d Draws,
    now: u64,
    sequence: u64,
    calendar: BinaryHeap<Reverse<Entry>>,
    convoys: Vec<Convoy>,
    waiting_for_night: bool,
    buses: u32,
    escorts: u32,
    orbits: u32,
    /// What the dispatcher has in hand for the next convoy.
    has_buses: bool,
    has_escorts: bool,
    lanes: u32,
    lane_queue: VecDeque<(u32, u32)>,
    bays: u32,
    bay_queue: VecDeque<(u32, u32)>,
    delivered: u32,
}

impl Loop<'_> {
    fn schedule(&mut self, after: u64, event: Event) {
        self.sequence += 1;
        self.calendar.push(Reverse(Entry { ticks: self.now + after, sequence: self.sequence, event }));
    }

    fn dispatch(&mut self) {
        while !self.waiting_for_night && self.convoys.len() < self.draws.convoys.len() {
            if !self.has_buses {
                if self.buses < BUSES_PER_CONVOY {
                    return;
                }
                self.buses -= BUSES_PER_CONVOY;
                self.has_buses = true;
            }
            if !self.has_escorts {
                if self.escorts < ESCORTS_PER_CONVOY {
                    return;
                }
                self.escorts -= ESCORTS_PER_CONVOY;
                self.has_escorts = true;
            }
            if self.orbits == 0 {
                return;
            }
            self.orbits -= 1;
            let night = night_from(self.now);
            if night > self.now {
                self.waiting_for_night = true;
                self.schedule(night - self.now, Event::Night);
                return;
            }
            self.depart();
        }
    }

    fn depart(&mut self) {
        let convoy = self.convoys.len();
        self.convoys.push(Convoy { legs_done: 0, crossed: 0 });
        self.has_buses = false;
        self.has_escorts = false;
        self.schedule(self.draws.convoys[convoy].legs[0], Event::LegDone { convoy: convoy as u32 });
    }

    fn leg_done(&mut self, convoy: u32) {
        let state = &mut self.convoys[convoy as usize];
        state.legs_done += 1;
        match state.legs_done {
            1 => self.schedule(self.draws.convoys[convoy as usize].legs[1], Event::LegDone { convoy }),
            2 => {
                for bus in 0..BUSES_PER_CONVOY {
                    if self.lanes > 0 {
                        self.lanes -= 1;
                        self.cross(convoy, bus);
                    } else {
                        self.lane_queue.push_back((convoy, bus));
                    }
                }
            }
            _ => {
                self.orbits += 1;
                self.schedule(RETURN, Event::EscortsBack);
                for bus in 0..BUSES_PER_CONVOY {
                    if self.bays > 0 {
                        self.bays -= 1;
                        self.unload(convoy, bus);
                    } else {
                        self.bay_queue.push_back((convoy, bus));
                    }
                }
                self.dispatch();
            }
        }
    }

    fn cross(&mut self, convoy: u32, bus: u32) {
        self.schedule(self.draws.convoys[convoy as usize].crossing[bus as usize], Event::Crossed { convoy, bus });
    }

    fn unload(&mut self, convoy: u32, bus: u32) {
        self.schedule(self.draws.convoys[convoy as usize].unloading[bus as usize], Event::Unloaded { convoy, bus });
    }

    fn run(&mut self) -> u64 {
        self.dispatch();
        while let Some(Reverse(Entry { ticks, event, .. })) = self.calendar.pop() {
            self.now = ticks;
            match event {
                Event::Night => {
                    self.waiting_for_night = false;
                    self.depart();
                    self.dispatch();
                }
                Event::LegDone { convoy } => self.leg_done(convoy),
                Event::Crossed { convoy, .. } => {
                    match self.lane_queue.pop_front() {
                        Some((convoy, bus)) => self.cross(convoy, bus),
                        None => self.lanes += 1,
                    }
                    let state = &mut self.convoys[convoy as usize];
                    state.crossed += 1;
                    if state.crossed == BUSES_PER_CONVOY {
                        self.schedule(self.draws.convoys[convoy as usize].legs[2], Event::LegDone { convoy });
                    }
                }
                Event::Unloaded { convoy, bus } => {
                    match self.bay_queue.pop_front() {
                        Some((convoy, bus)) => self.unload(convoy, bus),
                        None => self.bays += 1,
                    }
                    self.delivered += self.draws.aboard(convoy, bus);
                    if self.delivered >= self.draws.people {
                        return self.now;
                    }
                    self.schedule(RETURN, Event::BusBack);
                }
                Event::BusBack => {
                    self.buses += 1;
                    self.dispatch();
                }
                Event::EscortsBack => {
                    self.escorts += ESCORTS_PER_CONVOY;
                    self.dispatch();
                }
            }
        }
        unreachable!("everybody is delivered before the calendar is empty")
    }
}

/// The tick of completion, by a hand-written event loop.
pub fn by_hand(draws: &Draws) -> u64 {
    Loop {
        draws,
        now: 0,
        sequence: 0,
        calendar: BinaryHeap::with_capacity(64),
        convoys: Vec::with_capacity(draws.convoys.len()),
        waiting_for_night: false,
        buses: BUSES,
        escorts: ESCORTS,
        orbits: ORBITS,
        has_buses: false,
        has_escorts: false,
        lanes: LANES,
        lane_queue: VecDeque::new(),
        bays: BAYS,
        bay_queue: VecDeque::new(),
        delivered: 0,
    }
    .run()
}

// As processes.

struct Operation<'s> {
    sim: &'s Sim<'s>,
    draws: &'s Draws,
    buses: Resource<'s>,
    escorts: Resource<'s>,
    orbits: Resource<'s>,
    lanes: Resource<'s>,
    bays: Resource<'s>,
    delivered: Cell<u32>,
}

impl<'s> Operation<'s> {
    fn new(sim: &'s Sim<'s>, draws: &'s Draws) -> Self {
        Self {
            sim,
            draws,
            buses: Resource::new(sim, BUSES),
            escorts: Resource::new(sim, ESCORTS),
            orbits: Resource::new(sim, ORBITS),
            lanes: Resource::new(sim, LANES),
            bays: Resource::new(sim, BAYS),
            delivered: Cell::new(0),
        }
    }

    async fn dispatch(&'s self) {
        for convoy in 0..self.draws.convoys.len() as u32 {
            let buses = self.buses.seize(BUSES_PER_CONVOY).await;
            let escorts = self.escorts.seize(ESCORTS_PER_CONVOY).await;
            let cover = self.orbits.seize(1).await;
            let night = SimTime::from_ticks(night_from(self.sim.now().ticks()));
            if night > self.sim.now() {
                self.sim.hold_until(night).await;
            }
            self.sim.spawn_detached(Order::of(convoy, 0), self.convoy(convoy, buses, escorts, cover));
        }
    }

    async fn convoy(&'s self, convoy: u32, mut buses: Seized<'s>, escorts: Seized<'s>, cover: Seized<'s>) {
        let draws = &self.draws.convoys[convoy as usize];
        self.hold(draws.legs[0]).await;
        self.hold(draws.legs[1]).await;
        join_all_unpin(draws.crossing.iter().map(|&crossing| self.lanes.occupy(1, Duration::from_ticks(crossing)))).await;
        self.hold(draws.legs[2]).await;
        drop(cover);
        for bus in 0..BUSES_PER_CONVOY {
            self.sim.spawn_detached(Order::of(convoy, bus), self.unload(convoy, bus, buses.split(1)));
        }
        self.hold(RETURN).await;
        drop(escorts);
    }

    async fn unload(&'s self, convoy: u32, bus: u32, unit: Seized<'s>) {
        let unloading = self.draws.convoys[convoy as usize].unloading[bus as usize];
        self.bays.occupy(1, Duration::from_ticks(unloading)).await;
        self.delivered.set(self.delivered.get() + self.draws.aboard(convoy, bus));
        if self.delivered.get() >= self.draws.people {
            self.sim.stop();
        }
        self.hold(RETURN).await;
        drop(unit);
    }

    fn hold(&'s self, ticks: u64) -> convoysim::kernel::Hold<'s> {
        self.sim.hold(Duration::from_ticks(ticks))
    }
}

/// The tick of completion, by processes on the kernel.
pub fn by_processes(draws: &Draws, memory: &mut Memory) -> u64 {
    let sim = Sim::with_memory(memory);
    let operation = Operation::new(&sim, draws);
    sim.spawn_detached(Order::ENVIRONMENT, operation.dispatch());
    sim.run();
    sim.finish(memory);
    sim.now().ticks()
}
