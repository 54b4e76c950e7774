//! One server, one line, exponential everything: by hand, with two long-lived processes, with a process per customer.
//!
//! All three return the ticks that customers waited in all and the tick of the last departure, and must agree.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use convoysim::kernel::{Memory, Order, Resource, Sim, Store};
use convoysim::units::{Duration, SimTime, TICKS_PER_MINUTE};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::Exp1;

/// Interarrival and service times in ticks.
pub struct Draws(Vec<(Duration, Duration)>);

impl Draws {
    /// So many customers, 0.9 a minute, of one minute each.
    pub fn new(seed: u64, customers: usize) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let mut draw = |mean: f64| Duration::round_ticks(rng.sample::<f64, _>(Exp1) * mean * TICKS_PER_MINUTE as f64);
        Self((0..customers).map(|_| (draw(1.0 / 0.9), draw(1.0))).collect())
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrival,
    Departure,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    ticks: u64,
    sequence: u64,
    event: Event,
}

struct Loop<'d> {
    draws: &'d Draws,
    now: u64,
    sequence: u64,
    calendar: BinaryHeap<Reverse<Entry>>,
    arrived: usize,
    started: usize,
    busy: bool,
    line: VecDeque<u64>,
    waited: u64,
}

impl Loop<'_> {
    fn schedule(&mut self, after: Duration, event: Event) {
        self.sequence += 1;
        self.calendar.push(Reverse(Entry { ticks: self.now + after.ticks(), sequence: self.sequence, event }));
    }

    fn next_arrival(&mut self) {
        if let Some(&(interarrival, _)) = self.draws.0.get(self.arrived) {
            self.arrived += 1;
            self.schedule(interarrival, Event::Arrival);
        }
    }

    fn serve(&mut self, arrived: u64) {
        self.waited += self.now - arrived;
        self.busy = true;
        let (_, service) = self.draws.0[self.started];
        self.started += 1;
        self.schedule(service, Event::Departure);
    }

    fn run(mut self) -> (u64, u64) {
        self.next_arrival();
        while let Some(Reverse(Entry { ticks, event, .. })) = self.calendar.pop() {
            self.now = ticks;
            match event {
                Event::Arrival => {
                    if self.busy {
                        self.line.push_back(self.now);
                    } else {
                        self.serve(self.now);
                    }
                    self.next_arrival();
                }
                Event::Departure => {
                    self.busy = false;
                    if let Some(arrived) = self.line.pop_front() {
                        self.serve(arrived);
                    }
                }
            }
        }
        (self.waited, self.now)
    }
}

/// By a hand-written event loop.
pub fn by_hand(draws: &Draws) -> (u64, u64) {
    Loop { draws, now: 0, sequence: 0, calendar: BinaryHeap::new(), arrived: 0, started: 0, busy: false, line: VecDeque::new(), waited: 0 }
        .run()
}

/// By a process that brings customers and a process that serves them.
pub fn by_long_lived_processes(draws: &Draws, memory: &mut Memory) -> (u64, u64) {
    let sim = Sim::with_memory(memory);
    let line = Store::new(&sim);
    let waited = Cell::new(0);
    sim.spawn_detached(Order::of(0, 0), async {
        for &(interarrival, _) in &draws.0 {
            sim.hold(interarrival).await;
            line.put(sim.now()).await;
        }
    });
    sim.spawn_detached(Order::of(0, 0), async {
        for &(_, service) in &draws.0 {
            let arrived: SimTime = line.take().await;
            waited.set(waited.get() + (sim.now() - arrived).ticks());
            sim.hold(service).await;
        }
    });
    sim.run();
    sim.finish(memory);
    (waited.get(), sim.now().ticks())
}

/// By a process for each customer.
pub fn by_a_process_per_customer(draws: &Draws, memory: &mut Memory) -> (u64, u64) {
    let sim = Sim::with_memory(memory);
    let server = Resource::new(&sim, 1);
    let waited = Cell::new(0);
    let (sim_ref, server_ref, waited_ref) = (&sim, &server, &waited);
    sim.spawn_detached(Order::of(0, 0), async move {
        for &(interarrival, service) in &draws.0 {
            sim_ref.hold(interarrival).await;
            sim_ref.spawn_detached(Order::of(0, 0), async move {
                let arrived = sim_ref.now();
                let _server = server_ref.seize(1).await;
                waited_ref.set(waited_ref.get() + (sim_ref.now() - arrived).ticks());
                sim_ref.hold(service).await;
            });
        }
    });
    sim.run();
    sim.finish(memory);
    (waited.get(), sim.now().ticks())
}
