//! Open networks, loss systems, and servers that are not always there: gates, vacations, breakdowns.

use std::cell::{Cell, RefCell};

use convoysim::kernel::{Either, Memory, Order, Resource, Signal, Sim, Store, TimeWeighted, race};
use convoysim::units::SimTime;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

use super::estimate::Probes;
use super::law::Law;
use super::{Check, Depth, MEAN, TAIL, Target, in_units, instant, integral, number, square, units};

const ANY: Order = Order::of(0, 0);

fn add(sum: &Cell<f64>, value: f64) {
    sum.set(sum.get() + value);
}

fn time(now: SimTime) -> f64 {
    in_units(now.elapsed())
}

fn rng(seed: u64) -> RefCell<SmallRng> {
    RefCell::new(SmallRng::seed_from_u64(seed))
}

fn track() -> RefCell<TimeWeighted> {
    RefCell::new(TimeWeighted::new(SimTime::ZERO, 0))
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().expect("a list").iter().map(number).collect()
}

/// A mean that is expected under this key.
fn mean(expected: &Value, key: &str) -> Target {
    Target::new(key, number(&expected[key]), MEAN)
}

struct Station<'s> {
    servers: Resource<'s>,
    service: Law,
    number: RefCell<TimeWeighted>,
    visits: Cell<f64>,
    wait: Cell<f64>,
    sojourn: Cell<f64>,
}

struct Network<'s> {
    sim: &'s Sim<'s>,
    stations: Vec<Station<'s>>,
    routing: Vec<Vec<f64>>,
    rng: RefCell<SmallRng>,
    number: RefCell<TimeWeighted>,
    done: Cell<f64>,
    /// Sums over customers: of the time in the network, its square about the mean, and its excess of quantiles.
    total: Cell<f64>,
    square: Cell<f64>,
    beyond: Vec<(f64, Cell<f64>)>,
    mean_total: f64,
}

impl<'s> Network<'s> {
    async fn arrivals(&'s self, station: usize, rate: f64) {
        loop {
            self.sim.hold(Law::Exponential(1.0 / rate).draw(&self.rng)).await;
            self.sim.spawn_detached(ANY, self.customer(station));
        }
    }

    async fn customer(&'s self, entry: usize) {
        let entered = self.sim.now();
        self.number.borrow_mut().add(entered, 1);
        let mut next = Some(entry);
        while let Some(at) = next {
            self.visit(&self.stations[at]).await;
            next = self.route(at);
        }
        self.number.borrow_mut().subtract(self.sim.now(), 1);
        let total = in_units(self.sim.now() - entered);
        add(&self.done, 1.0);
        add(&self.total, total);
        add(&self.square, square(total - self.mean_total));
        for (quantile, beyond) in &self.beyond {
            add(beyond, f64::from(u8::from(total > *quantile)));
        }
    }

    async fn visit(&'s self, station: &'s Station<'s>) {
        let arrived = self.sim.now();
        station.number.borrow_mut().add(arrived, 1);
        let server = station.servers.seize(1).await;
        add(&station.wait, in_units(self.sim.now() - arrived));
        self.sim.hold(station.service.draw(&self.rng)).await;
        drop(server);
        station.number.borrow_mut().subtract(self.sim.now(), 1);
        add(&station.visits, 1.0);
        add(&station.sojourn, in_units(self.sim.now() - arrived));
    }

    fn route(&self, from: usize) -> Option<usize> {
        let mut draw = self.rng.borrow_mut().random::<f64>();
        self.routing[from].iter().position(|&share| {
            draw -= share;
            draw < 0.0
        })
    }
}

/// Jackson networks: in tandem, with routing, with feedback.
pub fn open_network(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let (external, servers, rates, routing) = if let Some(stations) = inputs["stations"].as_array() {
        let of = |key: &str| stations.iter().map(|station| number(&station[key])).collect::<Vec<f64>>();
        let n = stations.len();
        let mut external = vec![0.0; n];
        external[0] = number(&inputs["lambda_"]);
        let next = (0..n).map(|from| (0..n).map(|to| f64::from(u8::from(to == from + 1))).collect()).collect();
        (external, of("c"), of("mu"), next)
    } else if let Some(routing) = inputs["routing"].as_array() {
        let routing = routing.iter().map(numbers).collect();
        (numbers(&inputs["external"]), numbers(&inputs["c"]), numbers(&inputs["mu"]), routing)
    } else {
        (vec![number(&inputs["lambda_"])], vec![1.0], vec![number(&inputs["mu"])], vec![vec![number(&inputs["p"])]])
    };
    let of_stations = expected["stations"].as_array().cloned().unwrap_or_default();
    if depth == Depth::Usual && of_stations.iter().any(|station| number(&station["rho"]) >= 0.9) {
        return Vec::new();
    }
    let total_key = ["total_W", "mean_network_sojourn", "W_total_per_customer"];
    let total_key = total_key.into_iter().find(|key| expected.get(key).is_some()).expect("a time in the network");
    let sim = Sim::new();
    let station = |(servers, rate): (&f64, &f64)| Station {
        servers: Resource::new(&sim, *servers as u32),
        service: Law::Exponential(1.0 / rate),
        number: track(),
        visits: Cell::new(0.0),
        wait: Cell::new(0.0),
        sojourn: Cell::new(0.0),
    };
    let quantiles = ["q50", "q90", "q95"].into_iter().filter_map(|level| expected.get(format!("total_W_{level}")).map(number));
    let network = Network {
        sim: &sim,
        stations: servers.iter().zip(&rates).map(station).collect(),
        routing,
        rng: rng(seed),
        number: track(),
        done: Cell::new(0.0),
        total: Cell::new(0.0),
        square: Cell::new(0.0),
        beyond: quantiles.map(|quantile| (quantile, Cell::new(0.0))).collect(),
        mean_total: number(&expected[total_key]),
    };
    for (station, &rate) in external.iter().enumerate().filter(|(_, rate)| **rate > 0.0) {
        sim.spawn_detached(ANY, network.arrivals(station, rate));
    }
    let mut probes = Probes::default();
    probes.add(mean(expected, total_key), |_| (network.total.get(), network.done.get()));
    if let Some(key) = ["total_L", "L"].into_iter().find(|key| expected.get(key).is_some()) {
        probes.add(mean(expected, key), |now| (integral(network.number.borrow().integral(now)), time(now)));
    }
    if let (Depth::Full, Some(variance)) = (depth, expected.get("var_total_W")) {
        probes.add(Target::new("var_total_W", number(variance), TAIL), |_| (network.square.get(), network.done.get()));
        for ((_, beyond), share) in network.beyond.iter().zip([0.5, 0.1, 0.05]) {
            probes.add(Target::new(format!("P(total_W > q) = {share}"), share, TAIL), |_| (beyond.get(), network.done.get()));
        }
    }
    for ((station, is), at) in network.stations.iter().zip(&of_stations).zip(0..) {
        let target = |key: &str| Target::new(format!("{key} of station {at}"), number(&is[key]), MEAN);
        let servers = f64::from(station.servers.units());
        probes.add(target("rho"), move |now| (integral(station.servers.busy_time()) / servers, time(now)));
        probes.add(target("L"), |now| (integral(station.number.borrow().integral(now)), time(now)));
        probes.add(target("W"), |_| (station.sojourn.get(), station.visits.get()));
        probes.add(target("Wq"), |_| (station.wait.get(), station.visits.get()));
    }
    let checks = probes.estimate(&sim, 500.0 / external.iter().sum::<f64>());
    sim.finish(&mut Memory::new());
    checks
}

/// Requests that are lost when no unit is free, with two laws of holding and one answer.
pub fn loss(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let load = number(&inputs["offered_erlangs"]);
    let mut checks = Vec::new();
    for (law, name) in [(Law::Exponential(1.0), "exponential"), (Law::Constant(1.0), "constant")] {
        let sim = Sim::new();
        let units = Resource::new(&sim, number(&inputs["c"]) as u32);
        let (rng, offered, lost) = (rng(seed), Cell::new(0.0), Cell::new(0.0));
        sim.spawn_detached(ANY, async {
            loop {
                sim.hold(Law::Exponential(1.0 / load).draw(&rng)).await;
                add(&offered, 1.0);
                if units.available() == 0 {
                    add(&lost, 1.0);
                } else {
                    sim.spawn_detached(ANY, async {
                        let _unit = units.seize(1).await;
                        sim.hold(law.draw(&rng)).await;
                    });
                }
            }
        });
        let mut probes = Probes::default();
        let blocking = Target::probability(format!("{name} blocking"), number(&expected["blocking"]));
        probes.add(blocking, |_| (lost.get(), offered.get()));
        probes.add(Target { name: format!("{name} carried"), ..mean(expected, "carried") }, |now| (integral(units.busy_time()), time(now)));
        checks.extend(probes.estimate(&sim, 500.0 / load));
        sim.finish(&mut Memory::new());
    }
    checks
}

/// Requests for several units in one strict line.
pub fn semaphore(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let rate = number(&inputs["lambda_"]);
    let classes: Vec<(f64, u32, f64)> = inputs["classes"]
        .as_array()
        .expect("classes")
        .iter()
        .map(|class| (number(&class["probability"]), number(&class["units"]) as u32, number(&class["mu"])))
        .collect();
    let sim = Sim::new();
    let pool = Resource::new(&sim, number(&inputs["units"]) as u32);
    let (rng, waiting, number_in, served, waited) = (rng(seed), track(), track(), Cell::new(0.0), Cell::new(0.0));
    sim.spawn_detached(ANY, async {
        loop {
            sim.hold(Law::Exponential(1.0 / rate).draw(&rng)).await;
            let first = rng.borrow_mut().random::<f64>() < classes[0].0;
            let (_, units, service_rate) = classes[usize::from(!first)];
            let (sim, pool, rng, waiting, number_in, served, waited) = (&sim, &pool, &rng, &waiting, &number_in, &served, &waited);
            sim.spawn_detached(ANY, async move {
                let arrived = sim.now();
                waiting.borrow_mut().add(arrived, 1);
                number_in.borrow_mut().add(arrived, 1);
                let _units = pool.seize(units).await;
                waiting.borrow_mut().subtract(sim.now(), 1);
                add(served, 1.0);
                add(waited, in_units(sim.now() - arrived));
                sim.hold(Law::Exponential(1.0 / service_rate).draw(rng)).await;
                number_in.borrow_mut().subtract(sim.now(), 1);
            });
        }
    });
    let mut probes = Probes::default();
    probes.add(mean(expected, "Lq"), |now| (integral(waiting.borrow().integral(now)), time(now)));
    probes.add(mean(expected, "Wq"), |_| (waited.get(), served.get()));
    probes.add(mean(expected, "mean_units_busy"), |now| (integral(pool.busy_time()), time(now)));
    probes.add(mean(expected, "P_system_empty"), |now| (in_units(number_in.borrow().time_at(0, now)), time(now)));
    let checks = probes.estimate(&sim, 500.0 / rate);
    sim.finish(&mut Memory::new());
    checks
}

/// A gate that is open for the first part of every period, as a resource that opens and closes.
pub fn gate(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let of = |key: &str| number(&inputs[key]);
    let (rate, period, open) = (of("lambda_"), of("period"), of("open"));
    let sim = Sim::new();
    let gate = Resource::new(&sim, u32::MAX);
    let (rng, waiting) = (rng(seed), track());
    let (passed, waited, wait, square, longest) = (Cell::new(0.0), Cell::new(0.0), Cell::new(0.0), Cell::new(0.0), Cell::new(0.0));
    let (openings, released) = (Cell::new(0.0), Cell::new(0.0));
    sim.spawn_detached(Order::ENVIRONMENT, async {
        for day in 0_u32.. {
            let start = f64::from(day) * period;
            sim.hold_until(instant(start)).await;
            add(&openings, 1.0);
            add(&released, gate.queue_length() as f64);
            gate.set_open(true);
            sim.hold_until(instant(start + open)).await;
            gate.set_open(false);
        }
    });
    sim.spawn_detached(ANY, async {
        loop {
            sim.hold(Law::Exponential(1.0 / rate).draw(&rng)).await;
            sim.spawn_detached(ANY, async {
                let arrived = sim.now();
                waiting.borrow_mut().add(arrived, 1);
                drop(gate.seize(1).await);
                waiting.borrow_mut().subtract(sim.now(), 1);
                let time = in_units(sim.now() - arrived);
                add(&passed, 1.0);
                add(&waited, f64::from(u8::from(time > 0.0)));
                add(&wait, time);
                add(&square, time * time);
                longest.set(f64::max(longest.get(), time));
            });
        }
    });
    let mut probes = Probes::default();
    probes.add(mean(expected, "P_wait"), |_| (waited.get(), passed.get()));
    probes.add(mean(expected, "Wq"), |_| (wait.get(), passed.get()));
    probes.add(mean(expected, "Wq_second_moment"), |_| (square.get(), passed.get()));
    probes.add(mean(expected, "Wq_given_wait"), |_| (wait.get(), waited.get()));
    probes.add(mean(expected, "Lq_time_average"), |now| (integral(waiting.borrow().integral(now)), time(now)));
    probes.add(mean(expected, "mean_batch_released_at_opening"), |_| (released.get(), openings.get()));
    // Whole periods, read in the middle of the open part.
    let checks = probes.estimate(&sim, 20.0 * period);
    assert!(longest.get() <= number(&expected["max_wait"]), "longest wait {}", longest.get());
    sim.finish(&mut Memory::new());
    checks
}

/// A server that leaves for a fixed time whenever it finds nobody.
pub fn vacation(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let (rate, away) = (number(&inputs["lambda_"]), units(number(&inputs["vacation"])));
    let service = Law::from_case(&inputs["service"]);
    let sim = Sim::new();
    let line = Store::new(&sim);
    let (rng, waiting) = (rng(seed), track());
    let (served, wait, sojourn) = (Cell::new(0.0), Cell::new(0.0), Cell::new(0.0));
    sim.spawn_detached(ANY, async {
        loop {
            sim.hold(Law::Exponential(1.0 / rate).draw(&rng)).await;
            waiting.borrow_mut().add(sim.now(), 1);
            line.put(sim.now()).await;
        }
    });
    sim.spawn_detached(ANY, async {
        loop {
            while let Some(arrived) = line.try_take() {
                waiting.borrow_mut().subtract(sim.now(), 1);
                add(&wait, in_units(sim.now() - arrived));
                sim.hold(service.draw(&rng)).await;
                add(&sojourn, in_units(sim.now() - arrived));
                add(&served, 1.0);
            }
            sim.hold(away).await;
        }
    });
    let mut probes = Probes::default();
    probes.add(mean(expected, "Wq"), |_| (wait.get(), served.get()));
    probes.add(mean(expected, "W"), |_| (sojourn.get(), served.get()));
    probes.add(mean(expected, "Lq"), |now| (integral(waiting.borrow().integral(now)), time(now)));
    let checks = probes.estimate(&sim, 500.0 / rate);
    sim.finish(&mut Memory::new());
    checks
}

/// A server that fails, also when idle, and resumes interrupted service after repair.
pub fn breakdown(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let law = |key: &str| Law::Exponential(1.0 / number(&inputs[key]));
    let sim = Sim::new();
    let (server, changed, up) = (Resource::new(&sim, 1), Signal::new(&sim), Cell::new(true));
    let (rng, number_in, in_order) = (rng(seed), track(), track());
    let (served, sojourn) = (Cell::new(0.0), Cell::new(0.0));
    in_order.borrow_mut().set(SimTime::ZERO, 1);
    sim.spawn_detached(Order::ENVIRONMENT, async {
        loop {
            for (works, lasts) in [(true, law("fail")), (false, law("repair"))] {
                up.set(works);
                in_order.borrow_mut().set(sim.now(), u64::from(works));
                changed.fire();
                sim.hold(lasts.draw(&rng)).await;
            }
        }
    });
    sim.spawn_detached(ANY, async {
        loop {
            sim.hold(law("lambda_").draw(&rng)).await;
            sim.spawn_detached(ANY, async {
                let arrived = sim.now();
                number_in.borrow_mut().add(arrived, 1);
                let _server = server.seize(1).await;
                let mut left = law("mu").draw(&rng);
                loop {
                    if !up.get() {
                        changed.wait().await;
                        continue;
                    }
                    let started = sim.now();
                    match race(sim.hold(left), changed.wait()).await {
                        Either::Left(()) => break,
                        Either::Right(()) => left -= sim.now() - started,
                    }
                }
                number_in.borrow_mut().subtract(sim.now(), 1);
                add(&served, 1.0);
                add(&sojourn, in_units(sim.now() - arrived));
            });
        }
    });
    let mut probes = Probes::default();
    probes.add(mean(expected, "L"), |now| (integral(number_in.borrow().integral(now)), time(now)));
    probes.add(mean(expected, "W"), |_| (sojourn.get(), served.get()));
    probes.add(mean(expected, "availability"), |now| (integral(in_order.borrow().integral(now)), time(now)));
    let checks = probes.estimate(&sim, 1000.0);
    sim.finish(&mut Memory::new());
    checks
}
