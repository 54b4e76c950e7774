//! From a known start: what is expected at a given time, by replications.

use std::cell::{Cell, RefCell};

use convoysim::kernel::{Memory, Order, Resource, Sim, TimeWeighted};
use convoysim::units::SimTime;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde_json::Value;

use super::estimate::replicate;
use super::law::Law;
use super::{Check, Depth, MEAN, TAIL, Target, id, in_units, instant, integral, number, square, units};

const ANY: Order = Order::of(0, 0);

fn rng(seed: u64, replication: u64) -> RefCell<SmallRng> {
    RefCell::new(SmallRng::seed_from_u64(seed << 32 | replication))
}

fn track(value: u64) -> RefCell<TimeWeighted> {
    RefCell::new(TimeWeighted::new(SimTime::ZERO, value))
}

/// The study that a case's id asks for.
pub fn study(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    match id(case) {
        name if name.starts_with("transient-mm1") => single_server(case, depth, seed),
        name if name.starts_with("transient-first") => first_customers(case, seed),
        name if name.starts_with("transient-repair") => repair(case, seed),
        name if name.starts_with("nhpp") => changing_rate(case, depth, seed),
        other => panic!("no study of {other}"),
    }
}

/// One server that starts empty.
fn single_server(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let inputs = &case["inputs"];
    let (gap, service) = (Law::Exponential(1.0 / number(&inputs["lambda_"])), Law::Exponential(1.0 / number(&inputs["mu"])));
    let mut checks = Vec::new();
    for expected in case["expected"].as_array().expect("times") {
        let horizon = number(&expected["t"]);
        if depth == Depth::Usual && horizon > 20.0 {
            continue;
        }
        let name = |key: &str| format!("{key} at {horizon}");
        let mean = |key: &str| Target::new(name(key), number(&expected[key]), MEAN);
        let targets = vec![
            mean("E_N"),
            mean("time_avg_N_0_t"),
            mean("time_avg_Lq_0_t"),
            Target::probability(name("P_empty"), number(&expected["P_empty"])),
            mean("expected_utilization_0_t"),
            mean("expected_departures_by_t"),
        ];
        let mut memory = Memory::new();
        checks.extend(replicate(targets, |replication| {
            let sim = Sim::with_memory(&mut memory);
            let server = Resource::new(&sim, 1);
            let (rng, inside, waiting, left) = (rng(seed, replication), track(0), track(0), Cell::new(0.0));
            sim.spawn_detached(ANY, async {
                loop {
                    sim.hold(gap.draw(&rng)).await;
                    sim.spawn_detached(ANY, async {
                        inside.borrow_mut().add(sim.now(), 1);
                        waiting.borrow_mut().add(sim.now(), 1);
                        let _server = server.seize(1).await;
                        waiting.borrow_mut().subtract(sim.now(), 1);
                        sim.hold(service.draw(&rng)).await;
                        inside.borrow_mut().subtract(sim.now(), 1);
                        left.set(left.get() + 1.0);
                    });
                }
            });
            sim.run_until(instant(horizon));
            let busy = integral(server.busy_time()) / horizon;
            let end = sim.now();
            let number = inside.borrow().value();
            let average = |of: &RefCell<TimeWeighted>| integral(of.borrow().integral(end)) / horizon;
            let values = vec![number as f64, average(&inside), average(&waiting), f64::from(u8::from(number == 0)), busy, left.get()];
            sim.finish(&mut memory);
            values
        }));
    }
    checks
}

/// The delays of the first customers.
fn first_customers(case: &Value, seed: u64) -> Vec<Check> {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let (gap, service) = (Law::Exponential(1.0 / number(&inputs["lambda_"])), Law::Exponential(1.0 / number(&inputs["mu"])));
    let delays = expected["E_delay"].as_array().expect("delays");
    let customer = |(i, delay): (usize, &Value)| Target::new(format!("delay of customer {}", i + 1), number(delay), MEAN);
    // The first customer never waits.
    let mut targets: Vec<Target> = delays.iter().enumerate().skip(1).map(customer).collect();
    targets.push(Target::new("average delay", number(&expected["E_average_delay_first_n"]), MEAN));
    let mut memory = Memory::new();
    replicate(targets, |replication| {
        let sim = Sim::with_memory(&mut memory);
        let server = Resource::new(&sim, 1);
        let (rng, waits) = (rng(seed, replication), RefCell::new(vec![0.0; delays.len()]));
        sim.spawn_detached(ANY, async {
            for customer in 0..delays.len() {
                let (sim, server, waits, service) = (&sim, &server, &waits, service.draw(&rng));
                sim.spawn_detached(ANY, async move {
                    let arrived = sim.now();
                    let _server = server.seize(1).await;
                    waits.borrow_mut()[customer] = in_units(sim.now() - arrived);
                    sim.hold(service).await;
                });
                sim.hold(gap.draw(&rng)).await;
            }
        });
        sim.run();
        sim.finish(&mut memory);
        let mut waits = waits.take();
        assert!(waits[0] < 1e-9, "the first customer waited");
        let average = waits.iter().sum::<f64>() / waits.len() as f64;
        waits.push(average);
        waits.split_off(1)
    })
}

/// Buses that all start on the road, or all at the bays.
fn repair(case: &Value, seed: u64) -> Vec<Check> {
    let inputs = &case["inputs"];
    let of = |key: &str| number(&inputs[key]);
    let (travel, service) = (Law::Exponential(of("travel_mean")), Law::Exponential(of("service_mean")));
    let (buses, bays) = (of("N") as u64, of("c"));
    let mut checks = Vec::new();
    for (start, from_bays) in [("start_all_travelling", false), ("start_all_at_bays", true)] {
        for expected in case["expected"][start].as_array().expect("times") {
            let horizon = number(&expected["t"]);
            let keys = ["E_at_bays", "expected_completions_by_t", "expected_bay_utilization_0_t"];
            let target = |key: &str| Target::new(format!("{key}, {start}, {horizon}"), number(&expected[key]), MEAN);
            let mut memory = Memory::new();
            checks.extend(replicate(keys.map(target).to_vec(), |replication| {
                let sim = Sim::with_memory(&mut memory);
                let resource = Resource::new(&sim, bays as u32);
                let (rng, at_bays, done) = (rng(seed, replication), Cell::new(0.0), Cell::new(0.0));
                for _ in 0..buses {
                    sim.spawn_detached(ANY, async {
                        if !from_bays {
                            sim.hold(travel.draw(&rng)).await;
                        }
                        loop {
                            at_bays.set(at_bays.get() + 1.0);
                            let bay = resource.seize(1).await;
                            sim.hold(service.draw(&rng)).await;
                            drop(bay);
                            at_bays.set(at_bays.get() - 1.0);
                            done.set(done.get() + 1.0);
                            sim.hold(travel.draw(&rng)).await;
                        }
                    });
                }
                sim.run_until(instant(horizon));
                let values = vec![at_bays.get(), done.get(), integral(resource.busy_time()) / bays / horizon];
                sim.finish(&mut memory);
                values
            }));
        }
    }
    checks
}

/// Arrivals at a rate that changes in steps; everybody stays equally long.
fn changing_rate(case: &Value, depth: Depth, seed: u64) -> Vec<Check> {
    let inputs = &case["inputs"];
    let list = |key: &str| -> Vec<f64> { inputs[key].as_array().expect("a list").iter().map(number).collect() };
    let (breaks, rates, times) = (list("breaks"), list("rates"), list("times"));
    let stay = units(number(&inputs["service_det"]));
    let least = if depth == Depth::Full { 1e-3 } else { 1e-2 };
    let mut targets = Vec::new();
    let mut wanted = Vec::new();
    for expected in case["expected"].as_array().expect("times") {
        let of = |key: &str| number(&expected[key]);
        let time = of("t");
        let mean = of("mean_and_var_N");
        targets.push(Target::new(format!("arrivals by {time}"), of("expected_arrivals_by_t"), MEAN));
        targets.push(Target::new(format!("E N at {time}"), mean, MEAN));
        targets.push(Target::new(format!("Var N at {time}"), mean, TAIL));
        let rare = of("P_N_0") < least;
        if !rare {
            targets.push(Target::probability(format!("P(N = 0) at {time}"), of("P_N_0")));
        }
        wanted.push((time, mean, rare));
    }
    assert_eq!(times.len(), wanted.len());
    let mut memory = Memory::new();
    replicate(targets, |replication| {
        let sim = Sim::with_memory(&mut memory);
        let (rng, inside, arrived) = (rng(seed, replication), Cell::new(0.0), Cell::new(0.0));
        sim.spawn_detached(ANY, async {
            for (&rate, &end) in rates.iter().zip(&breaks[1..]) {
                loop {
                    let gap = Law::Exponential(1.0 / rate).draw(&rng);
                    if sim.now() + gap >= instant(end) {
                        break sim.hold_until(instant(end)).await;
                    }
                    sim.hold(gap).await;
                    arrived.set(arrived.get() + 1.0);
                    inside.set(inside.get() + 1.0);
                    sim.spawn_detached(ANY, async {
                        sim.hold(stay).await;
                        inside.set(inside.get() - 1.0);
                    });
                }
            }
        });
        let mut values = Vec::new();
        for &(time, mean, rare) in &wanted {
            sim.run_until(instant(time));
            values.extend([arrived.get(), inside.get(), square(inside.get() - mean)]);
            if !rare {
                values.push(f64::from(u8::from(inside.get() < 0.5)));
            }
        }
        sim.finish(&mut memory);
        values
    })
}
