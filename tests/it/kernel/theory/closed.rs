//! Closed networks: buses that travel, load and queue for ever.

use std::cell::{Cell, RefCell};

use convoysim::kernel::{Memory, Order, Resource, Sim, TimeWeighted};
use convoysim::units::SimTime;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde_json::Value;

use super::estimate::Probes;
use super::law::Law;
use super::{Check, Depth, MEAN, Target, in_units, integral, number};

/// A place where buses spend time; without servers it takes all of them at once.
struct Station<'s> {
    servers: Option<Resource<'s>>,
    number: RefCell<TimeWeighted>,
    waiting: RefCell<TimeWeighted>,
    visits: Cell<f64>,
    waited: Cell<f64>,
    wait: Cell<f64>,
    sojourn: Cell<f64>,
}

struct Network<'s> {
    sim: &'s Sim<'s>,
    stations: Vec<Station<'s>>,
    rng: RefCell<SmallRng>,
    /// Time per class and station, and cycles per class.
    residence: Vec<Vec<Cell<f64>>>,
    cycles: Vec<Cell<f64>>,
}

fn add(sum: &Cell<f64>, value: f64) {
    sum.set(sum.get() + value);
}

impl<'s> Network<'s> {
    fn new(sim: &'s Sim<'s>, servers: &[Option<u32>], classes: usize, seed: u64) -> Self {
        let track = || RefCell::new(TimeWeighted::new(SimTime::ZERO, 0));
        let zero = || Cell::new(0.0);
        let station = |servers: &Option<u32>| Station {
            servers: servers.map(|servers| Resource::new(sim, servers)),
            number: track(),
            waiting: track(),
            visits: zero(),
            waited: zero(),
            wait: zero(),
            sojourn: zero(),
        };
        Self {
            sim,
            stations: servers.iter().map(station).collect(),
            rng: RefCell::new(SmallRng::seed_from_u64(seed)),
            residence: (0..classes).map(|_| servers.iter().map(|_| zero()).collect()).collect(),
            cycles: (0..classes).map(|_| zero()).collect(),
        }
    }

    /// A bus that visits all stations in turn, for ever.
    async fn bus(&'s self, class: usize, laws: Vec<Law>) {
        loop {
            for (at, law) in laws.iter().enumerate() {
                self.visit(class, at, law).await;
            }
            add(&self.cycles[class], 1.0);
        }
    }

    async fn visit(&'s self, class: usize, at: usize, law: &Law) {
        let station = &self.stations[at];
        let arrived = self.sim.now();
        station.number.borrow_mut().add(arrived, 1);
        if let Some(servers) = &station.servers {
            station.waiting.borrow_mut().add(arrived, 1);
            let _server = servers.seize(1).await;
            let started = self.sim.now();
            station.waiting.borrow_mut().subtract(started, 1);
            add(&station.wait, in_units(started - arrived));
            add(&station.waited, f64::from(u8::from(started > arrived)));
            self.sim.hold(law.draw(&self.rng)).await;
        } else {
            self.sim.hold(law.draw(&self.rng)).await;
        }
        let left = self.sim.now();
        station.number.borrow_mut().subtract(left, 1);
        add(&station.visits, 1.0);
        add(&station.sojourn, in_units(left - arrived));
        add(&self.residence[class][at], in_units(left - arrived));
    }

    fn start(&'s self, class: usize, buses: u64, laws: &[Law]) {
        for bus in 0..buses {
            self.sim.spawn_detached(Order::of(bus as u32, 0), self.bus(class, laws.to_vec()));
        }
    }
}

fn time(now: SimTime) -> f64 {
    in_units(now.elapsed())
}

fn probe_states<'a>(probes: &mut Probes<'a>, station: &'a Station<'_>, name: &str, states: &Value, least: f64) {
    for (n, p) in states.as_array().expect("states").iter().enumerate().filter(|(_, p)| number(p) >= least) {
        let target = Target::probability(format!("{name}[{n}]"), number(p));
        probes.add(target, move |now| (in_units(station.number.borrow().time_at(n as u64, now)), time(now)));
    }
}

fn least(depth: Depth) -> f64 {
    if depth == Depth::Full { 1e-3 } else { 0.1 }
}

/// Buses that travel and queue for bays, with three laws of travel and one answer.
pub fn repair(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let (travel, service) = (number(&inputs["travel_mean"]), number(&inputs["service_mean"]));
    let (buses, bays) = (number(&inputs["N"]) as u64, number(&inputs["c"]));
    let mut checks = Vec::new();
    let laws = [Law::Exponential(travel), Law::Constant(travel), Law::lognormal(travel, 0.5)];
    for (law, name) in laws.into_iter().zip(["exponential", "constant", "lognormal"]) {
        let sim = Sim::new();
        let network = Network::new(&sim, &[None, Some(bays as u32)], 1, seed);
        network.start(0, buses, &[law, Law::Exponential(service)]);
        let (road, bay) = (&network.stations[0], &network.stations[1]);
        let resource = bay.servers.as_ref().expect("bays are servers");
        let cycles = &network.cycles[0];
        let mut probes = Probes::default();
        let target = |key: &str| Target::new(format!("{name} {key}"), number(&expected[key]), MEAN);
        probes.add(target("throughput"), |now| (cycles.get(), time(now)));
        probes.add(target("L"), |now| (integral(bay.number.borrow().integral(now)), time(now)));
        probes.add(target("Lq"), |now| (integral(bay.waiting.borrow().integral(now)), time(now)));
        probes.add(target("R"), |_| (bay.sojourn.get(), bay.visits.get()));
        probes.add(target("Wq"), |_| (bay.wait.get(), bay.visits.get()));
        probes.add(target("cycle_time"), |_| (bay.sojourn.get() + road.sojourn.get(), bay.visits.get()));
        probes.add(target("server_utilization"), move |now| (integral(resource.busy_time()) / bays, time(now)));
        probes.add(target("mean_in_travel"), |now| (integral(road.number.borrow().integral(now)), time(now)));
        probes.add(target("P_wait_arrival"), |_| (bay.waited.get(), bay.visits.get()));
        probe_states(&mut probes, bay, &format!("{name} p"), &expected["p"], least(depth));
        checks.extend(probes.estimate(&sim, 60.0 * number(&expected["cycle_time"])));
        sim.finish(&mut Memory::new());
    }
    checks
}

/// Buses that go round a ring of stations.
pub fn cycle(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let stations = inputs["stations"].as_array().expect("stations");
    let sim = Sim::new();
    let servers: Vec<Option<u32>> = stations.iter().map(|station| station["servers"].as_u64().map(|n| n as u32)).collect();
    let network = Network::new(&sim, &servers, 1, seed);
    let laws: Vec<Law> = stations.iter().map(|station| Law::Exponential(number(&station["mean"]))).collect();
    network.start(0, number(&inputs["N"]) as u64, &laws);
    let cycles = &network.cycles[0];
    let mut probes = Probes::default();
    probes.add(Target::new("throughput", number(&expected["throughput"]), MEAN), |now| (cycles.get(), time(now)));
    for ((station, is), at) in network.stations.iter().zip(expected["stations"].as_array().expect("stations")).zip(0..) {
        let target = |key: &str| Target::new(format!("{key} of station {at}"), number(&is[key]), MEAN);
        probes.add(target("L"), |now| (integral(station.number.borrow().integral(now)), time(now)));
        probes.add(target("R_per_cycle"), |_| (station.sojourn.get(), station.visits.get()));
        if let Some(resource) = &station.servers {
            probes.add(target("utilization"), |now| (integral(resource.busy_time()) / f64::from(resource.units()), time(now)));
            if depth == Depth::Full || number(&is["Lq"]) > 0.1 {
                probes.add(target("Lq"), |now| (integral(station.waiting.borrow().integral(now)), time(now)));
            }
        }
        probe_states(&mut probes, station, &format!("p of station {at} "), &is["marginal"], least(depth));
    }
    let checks = probes.estimate(&sim, 60.0 * number(&expected["cycle_time"]));
    sim.finish(&mut Memory::new());
    checks
}

/// Two classes of buses with their own travel times at the same single servers.
pub fn two_classes(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let sim = Sim::new();
    let delay = inputs["delay"].as_array().expect("stations");
    let servers: Vec<Option<u32>> = delay.iter().map(|delay| if delay == true { None } else { Some(1) }).collect();
    let network = Network::new(&sim, &servers, 2, seed);
    let demand = &inputs["demand_station_by_class"];
    let mut probes = Probes::default();
    for class in 0..2 {
        let laws: Vec<Law> = (0..delay.len()).map(|at| Law::Exponential(number(&demand[at][class]))).collect();
        network.start(class, number(&inputs["population"][class]) as u64, &laws);
        let cycles = &network.cycles[class];
        let target = Target::new(format!("throughput of class {class}"), number(&expected["throughput_by_class"][class]), MEAN);
        probes.add(target, |now| (cycles.get(), time(now)));
        for (at, residence) in network.residence[class].iter().enumerate() {
            let mean = number(&expected["residence_station_by_class"][at][class]);
            let target = Target::new(format!("residence of class {class} at station {at}"), mean, MEAN);
            probes.add(target, |_| (residence.get(), cycles.get()));
        }
    }
    for (at, station) in network.stations.iter().enumerate() {
        let target = Target::new(format!("number at station {at}"), number(&expected["mean_number_by_station"][at]), MEAN);
        probes.add(target, |now| (integral(station.number.borrow().integral(now)), time(now)));
    }
    let checks = probes.estimate(&sim, 2000.0);
    sim.finish(&mut Memory::new());
    checks
}
