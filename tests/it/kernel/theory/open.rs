//! One station with Poisson or other arrivals: M/M/c, M/M/c/K, M/G/1, M/D/c, G/M/1, priorities.

use std::cell::{Cell, RefCell};

use convoysim::kernel::{Memory, Order, Resource, Sim, TimeWeighted};
use convoysim::units::SimTime;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde_json::Value;

use super::estimate::Probes;
use super::law::Law;
use super::{Check, Depth, MEAN, TAIL, Target, id, in_units, integral, number, square};

/// A class of customers; classes are served in order, each first come, first served.
pub struct Class {
    pub arrivals: Law,
    pub service: Law,
}

/// What one customer met: time in line and time in all.
#[derive(Clone, Copy)]
pub struct Visit {
    pub wait: f64,
    pub sojourn: f64,
}

/// Something summed over customers.
type Measure = Box<dyn Fn(Visit) -> f64>;

/// A class while it is simulated.
struct Seen {
    class: Class,
    arrived: Cell<f64>,
    lost: Cell<f64>,
    served: Cell<f64>,
    number: RefCell<TimeWeighted>,
    waiting: RefCell<TimeWeighted>,
    sums: Vec<(Measure, Cell<f64>)>,
}

struct Station<'s> {
    sim: &'s Sim<'s>,
    servers: Resource<'s>,
    places: u64,
    classes: Vec<Seen>,
    number: RefCell<TimeWeighted>,
    busy_periods: Cell<f64>,
    rng: RefCell<SmallRng>,
}

impl<'s> Station<'s> {
    async fn arrivals(&'s self, class: usize) {
        let seen = &self.classes[class];
        loop {
            self.sim.hold(seen.class.arrivals.draw(&self.rng)).await;
            bump(&seen.arrived);
            if self.number.borrow().value() < self.places {
                self.sim.spawn_detached(Order::of(class as u32, 0), self.customer(class));
            } else {
                bump(&seen.lost);
            }
        }
    }

    async fn customer(&'s self, class: usize) {
        let seen = &self.classes[class];
        let arrived = self.sim.now();
        if self.number.borrow().value() == 0 {
            bump(&self.busy_periods);
        }
        self.number.borrow_mut().add(arrived, 1);
        seen.number.borrow_mut().add(arrived, 1);
        seen.waiting.borrow_mut().add(arrived, 1);
        let server = self.servers.seize_with_priority(1, class as u32).await;
        let started = self.sim.now();
        seen.waiting.borrow_mut().subtract(started, 1);
        self.sim.hold(seen.class.service.draw(&self.rng)).await;
        drop(server);
        let left = self.sim.now();
        seen.number.borrow_mut().subtract(left, 1);
        self.number.borrow_mut().subtract(left, 1);
        bump(&seen.served);
        let visit = Visit { wait: in_units(started - arrived), sojourn: in_units(left - arrived) };
        for (measure, sum) in &seen.sums {
            sum.set(sum.get() + measure(visit));
        }
    }
}

fn bump(count: &Cell<f64>) {
    count.set(count.get() + 1.0);
}

fn time(now: SimTime) -> f64 {
    in_units(now.elapsed())
}

/// What a key of a fixture means.
enum Meaning {
    PerCustomer(Measure),
    Number,
    Waiting,
    VarianceOfNumber(f64),
    TimeAt(u64),
    TimeAtLeast(u64),
    BusyPeriod,
    Utilization,
    Blocking,
    Throughput,
}

fn meanings(expected: &Value) -> Vec<(Target, Meaning)> {
    let mut found = Vec::new();
    for (key, value) in expected.as_object().expect("expected values") {
        if let Some(states) = value.as_array() {
            for (n, p) in states.iter().enumerate() {
                found.push((Target::probability(format!("{key}[{n}]"), number(p)), Meaning::TimeAt(n as u64)));
            }
            continue;
        }
        let value = number(value);
        let mean = |meaning| (Target::new(key, value, MEAN), meaning);
        let share = |meaning| (Target::probability(key, value), meaning);
        let per_customer = |measure: fn(Visit) -> f64| Meaning::PerCustomer(Box::new(measure));
        let expected_of = |key: &str| number(&expected[key]);
        found.push(match key.as_str() {
            "Wq" => mean(per_customer(|visit| visit.wait)),
            "W" => mean(per_customer(|visit| visit.sojourn)),
            "L" => mean(Meaning::Number),
            "Lq" => mean(Meaning::Waiting),
            "utilization" | "rho" => mean(Meaning::Utilization),
            "lambda_eff" => mean(Meaning::Throughput),
            "mean_busy_period" => mean(Meaning::BusyPeriod),
            "P_wait" | "erlang_C_P_wait" => share(per_customer(|visit| f64::from(u8::from(visit.wait > 0.0)))),
            "P_block" => share(Meaning::Blocking),
            "p0" => share(Meaning::TimeAt(0)),
            "P_N_ge_5" => share(Meaning::TimeAtLeast(5)),
            "var_L" => (Target::new(key, value, TAIL), Meaning::VarianceOfNumber(expected_of("L"))),
            "var_Wq" => {
                let mean = expected_of("Wq");
                (Target::new(key, value, TAIL), Meaning::PerCustomer(Box::new(move |visit| square(visit.wait - mean))))
            }
            "var_W" => {
                let mean = expected_of("W");
                (Target::new(key, value, TAIL), Meaning::PerCustomer(Box::new(move |visit| square(visit.sojourn - mean))))
            }
            "P_Wq_gt_1" => (Target::new(key, value, TAIL), per_customer(|visit| f64::from(u8::from(visit.wait > 1.0)))),
            "P_Wq_gt_2" => (Target::new(key, value, TAIL), per_customer(|visit| f64::from(u8::from(visit.wait > 2.0)))),
            _ if key.contains("_q") && key.starts_with('W') => {
                // A quantile is checked as the share of customers beyond it.
                let (what, level) = key.split_once("_q").expect("contains it");
                let beyond = 1.0 - level.parse::<f64>().expect("a level") / 100.0;
                let of_wait = what == "Wq";
                let measure = move |visit: Visit| f64::from(u8::from(if of_wait { visit.wait } else { visit.sojourn } > value));
                (Target::new(format!("P({what} > q{level})"), beyond, TAIL), Meaning::PerCustomer(Box::new(measure)))
            }
            "sigma" | "offered_load" | "service_mean" | "service_second_moment" => continue,
            other => panic!("no measure {other:?}"),
        });
    }
    // Rarer than 1 in 1,000 is out of reach.
    found.retain(|(target, _)| target.expected >= 1e-3);
    found
}

/// Simulates a station and checks what is expected of each class, and of the station as a whole by the first.
fn simulate(servers: u32, places: u64, classes: Vec<(Class, Vec<(Target, Meaning)>)>, seed: u64) -> Vec<Check> {
    let sim = Sim::new();
    let mut kept = Vec::new();
    let mut seen = Vec::new();
    let mean_gap: f64 = 1.0 / classes.iter().map(|(class, _)| 1.0 / mean_of(&class.arrivals)).sum::<f64>();
    for (at, (class, targets)) in classes.into_iter().enumerate() {
        let mut sums: Vec<(Measure, Cell<f64>)> = Vec::new();
        for (target, meaning) in targets {
            let meaning = match meaning {
                Meaning::PerCustomer(measure) => {
                    sums.push((measure, Cell::new(0.0)));
                    Err(sums.len() - 1)
                }
                other => Ok(other),
            };
            kept.push((at, target, meaning));
        }
        let track = || RefCell::new(TimeWeighted::new(SimTime::ZERO, 0));
        let (arrived, lost, served) = (Cell::new(0.0), Cell::new(0.0), Cell::new(0.0));
        seen.push(Seen { class, arrived, lost, served, number: track(), waiting: track(), sums });
    }
    let station = Station {
        sim: &sim,
        servers: Resource::new(&sim, servers),
        places,
        classes: seen,
        number: RefCell::new(TimeWeighted::new(SimTime::ZERO, 0)),
        busy_periods: Cell::new(0.0),
        rng: RefCell::new(SmallRng::seed_from_u64(seed)),
    };
    for class in 0..station.classes.len() {
        sim.spawn_detached(Order::of(class as u32, 0), station.arrivals(class));
    }
    let mut probes = Probes::default();
    for (class, target, meaning) in kept {
        let seen = &station.classes[class];
        let at_least = |n: u64, now: SimTime| {
            let below: f64 = (0..n).map(|n| in_units(station.number.borrow().time_at(n, now))).sum();
            time(now) - below
        };
        let station = &station;
        match meaning {
            Err(sum) => probes.add(target, move |_| (seen.sums[sum].1.get(), seen.served.get())),
            Ok(Meaning::Number) => probes.add(target, |now| (integral(seen.number.borrow().integral(now)), time(now))),
            Ok(Meaning::Waiting) => probes.add(target, |now| (integral(seen.waiting.borrow().integral(now)), time(now))),
            Ok(Meaning::VarianceOfNumber(mean)) => probes.add(target, move |now| {
                let number = station.number.borrow();
                let square = |n: u64| in_units(number.time_at(n, now)) * square(n as f64 - mean);
                ((0..1024).map(square).sum(), time(now))
            }),
            Ok(Meaning::TimeAt(n)) => {
                probes.add(target, move |now| (in_units(station.number.borrow().time_at(n, now)), time(now)));
            }
            Ok(Meaning::TimeAtLeast(n)) => probes.add(target, move |now| (at_least(n, now), time(now))),
            Ok(Meaning::BusyPeriod) => probes.add(target, move |now| (at_least(1, now), station.busy_periods.get())),
            Ok(Meaning::Utilization) => {
                probes.add(target, move |now| (integral(station.servers.busy_time()) / f64::from(servers), time(now)))
            }
            Ok(Meaning::Blocking) => probes.add(target, |_| (seen.lost.get(), seen.arrived.get())),
            Ok(Meaning::Throughput) => probes.add(target, |now| (seen.served.get(), time(now))),
            Ok(Meaning::PerCustomer(_)) => unreachable!("kept as a sum"),
        }
    }
    let checks = probes.estimate(&sim, 500.0 * mean_gap);
    sim.finish(&mut Memory::new());
    checks
}

fn mean_of(law: &Law) -> f64 {
    match *law {
        Law::Constant(mean) | Law::Exponential(mean) | Law::Erlang { mean, .. } => mean,
        Law::Uniform(from, to) => (from + to) / 2.0,
        Law::Other(_) => unreachable!("no arrivals of this law"),
    }
}

/// Stations with one class.
pub fn single_class(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let given = |key: &str| inputs.get(key).map(number);
    let rate = given("lambda_").expect("an arrival rate");
    let mean = 1.0 / rate;
    let arrivals = match inputs["interarrival"].as_str() {
        None => Law::Exponential(mean),
        Some("D") => Law::Constant(mean),
        Some("E2") => Law::Erlang { phases: 2, mean },
        Some("U") => Law::Uniform(0.0, 2.0 * mean),
        Some(other) => panic!("no arrivals {other:?}"),
    };
    let service = match (inputs.get("service"), given("mu"), given("D")) {
        (Some(service), ..) => Law::from_case(service),
        (_, Some(rate), _) => Law::Exponential(1.0 / rate),
        (_, _, Some(value)) => Law::Constant(value),
        _ => panic!("no service in {}", id(case)),
    };
    let rho = expected.get("rho").map_or(0.0, number);
    if depth == Depth::Usual && rho >= 0.9 {
        return Vec::new();
    }
    let mut targets = meanings(expected);
    if depth == Depth::Usual && rho > 0.6 {
        targets.retain(|(target, _)| target.precision < TAIL);
    }
    let places = given("K").map_or(u64::MAX, |places| places as u64);
    simulate(given("c").unwrap_or(1.0) as u32, places, vec![(Class { arrivals, service }, targets)], seed)
}

/// Stations with priority classes, non-preemptive.
pub fn priorities(case: &Value, _: Depth, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let of_class = expected.get("classes").unwrap_or(expected).as_array().expect("classes");
    let laws: Vec<Class> = if let Some(classes) = inputs.as_array() {
        let service = |class: &Value| match class["service"].as_str() {
            Some("exponential") => Law::Exponential(number(&class["mean"])),
            _ => Law::Constant(number(&class["mean"])),
        };
        let class = |class: &Value| Class { arrivals: Law::Exponential(1.0 / number(&class["lambda_"])), service: service(class) };
        classes.iter().map(class).collect()
    } else {
        let service = Law::Exponential(1.0 / number(&inputs["mu"]));
        let rates = inputs["lambdas"].as_array().expect("rates");
        rates.iter().map(|rate| Class { arrivals: Law::Exponential(1.0 / number(rate)), service }).collect()
    };
    let servers = inputs.get("c").map_or(1, |c| number(c) as u32);
    let named = |(class, expected): (usize, &Value)| {
        let rename =
            |(target, meaning): (Target, Meaning)| (Target { name: format!("{} of class {}", target.name, class + 1), ..target }, meaning);
        meanings(expected).into_iter().map(rename).collect()
    };
    let classes = laws.into_iter().zip(of_class.iter().enumerate().map(named)).collect();
    simulate(servers, u64::MAX, classes, seed)
}
