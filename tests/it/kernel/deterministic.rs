//! Cases without randomness, to the tick.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use convoysim::kernel::{Either, Memory, Order, Policy, Resource, Sim, Store, race};
use convoysim::units::{Duration, SimTime, TICKS_PER_MINUTE};
use serde_json::{Value, json};

fn case(id: &str) -> Value {
    let file: Value = serde_json::from_str(include_str!("../../fixtures/deterministic_convoy.json")).expect("JSON");
    let cases = file["cases"].as_array().expect("cases");
    cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id}")).clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("not a number: {value}"))
}

fn minutes(value: f64) -> Duration {
    Duration::round_ticks(value * TICKS_PER_MINUTE as f64)
}

fn at(value: f64) -> SimTime {
    SimTime::ZERO + minutes(value)
}

/// An instant in minutes; whole and half minutes are exact.
fn minute(time: SimTime) -> f64 {
    time.elapsed().minutes()
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().expect("a list").iter().map(number).collect()
}

/// One row of the expected values, as numbers under these keys.
fn rows(expected: &Value, keys: &[&str]) -> Vec<Vec<f64>> {
    let rows = expected.as_array().expect("rows");
    rows.iter().map(|row| keys.iter().map(|key| number(&row[key])).collect()).collect()
}

#[test]
fn vehicles_at_bays_take_turns_and_the_lowest_free_bay() {
    for id in ["bays-1", "bays-2", "bays-3"] {
        let case = case(id);
        let (arrivals, durations) = (numbers(&case["inputs"]["arrivals"]), numbers(&case["inputs"]["durations"]));
        let bays = number(&case["inputs"]["bays"]) as u32;
        let sim = Sim::new();
        let resource = Resource::new(&sim, bays);
        let free: RefCell<BTreeSet<u32>> = RefCell::new((1..=bays).collect());
        let seen = RefCell::new(vec![Vec::new(); arrivals.len()]);
        for (vehicle, (&arrive, &duration)) in arrivals.iter().zip(&durations).enumerate() {
            let (sim, resource, free, seen) = (&sim, &resource, &free, &seen);
            sim.spawn_detached(Order::of(vehicle as u32, 0), async move {
                sim.hold_until(at(arrive)).await;
                let guard = resource.seize(1).await;
                let start = minute(sim.now());
                let bay = free.borrow_mut().pop_first().expect("a bay for every guard");
                sim.hold(minutes(duration)).await;
                free.borrow_mut().insert(bay);
                drop(guard);
                seen.borrow_mut()[vehicle] = vec![f64::from(bay), start, minute(sim.now()), start - arrive];
            });
        }
        sim.run();
        assert_eq!(seen.take(), rows(&case["expected"], &["bay", "start", "finish", "wait"]), "{id}");
    }
}

/// What a shuttle service did.
struct Shuttle {
    deliveries: Vec<(f64, f64)>,
    trips: Vec<u32>,
    loading_busy: f64,
    unloading_busy: f64,
}

fn shuttle(inputs: &Value, demand: f64) -> Shuttle {
    let of = |key: &str| number(&inputs[key]);
    let sim = Sim::new();
    let loading = Resource::new(&sim, of("cb") as u32);
    let unloading = Resource::new(&sim, of("ub") as u32);
    let bridge = inputs.get("bridge").map(|crossing| (Resource::new(&sim, 1), minutes(number(crossing))));
    let (left, delivered, capacity) = (Cell::new(demand), Cell::new(0.0), inputs.get("cap").map_or(1.0, number));
    let (deliveries, trips) = (RefCell::new(Vec::new()), RefCell::new(vec![0; of("N") as usize]));
    let cross = async || {
        if let Some((lane, crossing)) = &bridge {
            let _lane = lane.seize(1).await;
            sim.hold(*crossing).await;
        }
    };
    for bus in 0..of("N") as usize {
        let (sim, loading, unloading, left, delivered) = (&sim, &loading, &unloading, &left, &delivered);
        let (deliveries, trips, cross, of) = (&deliveries, &trips, &cross, &of);
        sim.spawn_detached(Order::of(bus as u32, 0), async move {
            loop {
                let bay = loading.seize(1).await;
                let load = left.get().min(capacity);
                if load <= 0.0 {
                    return;
                }
                left.set(left.get() - load);
                sim.hold(minutes(of("load"))).await;
                drop(bay);
                sim.hold(minutes(of("out"))).await;
                cross().await;
                let bay = unloading.seize(1).await;
                sim.hold(minutes(of("unload"))).await;
                drop(bay);
                delivered.set(delivered.get() + load);
                deliveries.borrow_mut().push((minute(sim.now()), delivered.get()));
                trips.borrow_mut()[bus] += 1;
                sim.hold(minutes(of("back"))).await;
                cross().await;
            }
        });
    }
    sim.run();
    let busy = |bays: &Resource<'_>| bays.busy_time() as f64 / TICKS_PER_MINUTE as f64;
    Shuttle { deliveries: deliveries.take(), trips: trips.take(), loading_busy: busy(&loading), unloading_busy: busy(&unloading) }
}

#[test]
fn a_shuttle_delivers_to_the_minute_with_and_without_a_bridge() {
    for id in ["shuttle", "shuttle-bridge"] {
        let case = case(id);
        let seen = shuttle(&case["inputs"], number(&case["inputs"]["demand"]));
        let expected = &case["expected"];
        let deliveries: Vec<(f64, f64)> = expected["deliveries"]
            .as_array()
            .expect("deliveries")
            .iter()
            .map(|delivery| (number(&delivery[0]), number(&delivery[1])))
            .collect();
        assert_eq!(seen.deliveries, deliveries, "{id}");
        assert_eq!(seen.deliveries.last().map(|last| last.0), Some(number(&expected["makespan"])));
        assert_eq!(json!(seen.trips), expected["trips_per_bus"]);
        assert_eq!(
            (seen.loading_busy, seen.unloading_busy),
            (number(&expected["loading_bay_busy"]), number(&expected["unloading_bay_busy"]))
        );
    }
}

#[test]
fn a_long_shuttle_attains_the_bound_of_its_cycle() {
    let case = case("steady-cycle");
    for (key, bridge) in [("without_bridge", false), ("with_bridge", true)] {
        let mut inputs = case["inputs"].clone();
        if !bridge {
            inputs.as_object_mut().expect("inputs").remove("bridge");
        }
        let seen = shuttle(&inputs, 4_400.0);
        // Whole rounds of the four buses.
        let (from, to) = (seen.deliveries[400], seen.deliveries[4_000]);
        let throughput = (to.1 - from.1) / (to.0 - from.0);
        assert!((throughput - number(&case["expected"][key])).abs() < 1e-9, "{key}: {throughput}");
    }
}

#[test]
fn vehicles_at_a_gate_with_windows_enter_to_the_minute() {
    for id in ["window-start", "window-complete"] {
        let case = case(id);
        let inputs = &case["inputs"];
        let of = |key: &str| minutes(number(&inputs[key])).ticks();
        let (period, open, headway, crossing) = (of("period"), of("open"), of("headway"), of("crossing"));
        // How long before closing a vehicle must be in.
        let margin = if inputs["rule"] == "complete" { crossing } else { 1 };
        let arrivals = numbers(&inputs["arrivals"]);
        let sim = Sim::new();
        let gate = Resource::new(&sim, 1);
        let last = Cell::new(None);
        let seen = RefCell::new(Vec::new());
        for (vehicle, &arrive) in arrivals.iter().enumerate() {
            let (sim, gate, last, seen) = (&sim, &gate, &last, &seen);
            sim.spawn_detached(Order::of(vehicle as u32, 0), async move {
                sim.hold_until(at(arrive)).await;
                let turn = gate.seize(1).await;
                let earliest = last.get().map_or(0, |last| last + headway).max(sim.now().ticks());
                let in_time = earliest % period + margin <= open;
                let enter = if in_time { earliest } else { (earliest / period + 1) * period };
                sim.hold_until(SimTime::from_ticks(enter)).await;
                last.set(Some(enter));
                drop(turn);
                let entered = minute(sim.now());
                sim.hold(Duration::from_ticks(crossing)).await;
                seen.borrow_mut().push(vec![arrive, entered, minute(sim.now())]);
            });
        }
        sim.run();
        assert_eq!(seen.take(), rows(&case["expected"], &["arrive", "enter", "exit"]), "{id}");
    }
}

#[test]
fn work_pauses_outside_working_hours() {
    let case = case("working-hours");
    let (opens, closes) = (number(&case["inputs"]["day_open"]), number(&case["inputs"]["day_close"]));
    let day = 24.0 * 60.0;
    let mut finished = Vec::new();
    for work in case["inputs"]["start_duration"].as_array().expect("jobs") {
        let sim = Sim::new();
        sim.spawn_detached(Order::of(0, 0), async {
            sim.hold_until(at(number(&work[0]))).await;
            let mut left = number(&work[1]);
            while left > 0.0 {
                let (today, time) = ((minute(sim.now()) / day).floor() * day, minute(sim.now()) % day);
                if time < opens {
                    sim.hold_until(at(today + opens)).await;
                } else if time >= closes {
                    sim.hold_until(at(today + day + opens)).await;
                } else {
                    let now = left.min(closes - time);
                    sim.hold(minutes(now)).await;
                    left -= now;
                }
            }
        });
        sim.run();
        finished.push(minute(sim.now()));
    }
    assert_eq!(finished, numbers(&case["expected"]));
}

#[test]
fn a_convoy_leaves_when_full_or_when_the_first_has_waited_long_enough() {
    let case = case("batch-departure");
    let batch = number(&case["inputs"]["batch"]) as usize;
    let max_wait = minutes(number(&case["inputs"]["max_wait"]));
    let arrivals = numbers(&case["inputs"]["arrivals"]);
    let sim = Sim::new();
    let yard = Store::new(&sim);
    let departures = RefCell::new(Vec::new());
    // Arrivals come first within an instant, so one exactly at the deadline joins.
    sim.spawn_detached(Order::ENVIRONMENT, async {
        for &arrive in &arrivals {
            sim.hold_until(at(arrive)).await;
            yard.put(sim.now()).await;
        }
    });
    sim.spawn_detached(Order::of(0, 0), async {
        loop {
            let deadline = yard.take().await + max_wait;
            let mut size = 1;
            while size < batch {
                match race(yard.take(), sim.hold_until(deadline)).await {
                    Either::Left(_) => size += 1,
                    Either::Right(()) => break,
                }
            }
            departures.borrow_mut().push(json!({"depart": minute(sim.now()) as u64, "size": size}));
        }
    });
    sim.run();
    sim.finish(&mut Memory::new());
    assert_eq!(json!(departures.take()), case["expected"]);
}

#[test]
fn drivers_rest_between_stretches_and_not_after_the_last() {
    let case = case("rest-rule");
    for (rule, expected) in case["inputs"].as_array().expect("rules").iter().zip(case["expected"].as_array().expect("rows")) {
        let of = |key: &str| number(&rule[key]);
        let sim = Sim::new();
        let rests = Cell::new(0.0);
        sim.spawn_detached(Order::of(0, 0), async {
            let mut left = of("drive");
            loop {
                let stretch = left.min(of("max_drive"));
                sim.hold(minutes(stretch)).await;
                left -= stretch;
                if left <= 0.0 {
                    return;
                }
                rests.set(rests.get() + 1.0);
                sim.hold(minutes(of("rest"))).await;
            }
        });
        sim.run();
        assert_eq!((minute(sim.now()), rests.get()), (number(&expected["elapsed"]), number(&expected["rests"])));
    }
}

#[test]
fn requests_for_several_units_follow_the_policy_of_the_line() {
    for (id, policy) in [("semaphore-fifo", Policy::HeadOfLine), ("semaphore-backfill", Policy::Backfill)] {
        let case = case(id);
        let jobs: Vec<Vec<f64>> = case["inputs"]["jobs_arrive_units_hold"].as_array().expect("jobs").iter().map(numbers).collect();
        let sim = Sim::new();
        let pool = Resource::with_policy(&sim, number(&case["inputs"]["units"]) as u32, policy);
        let seen = RefCell::new(vec![Vec::new(); jobs.len()]);
        for (i, job) in jobs.iter().enumerate() {
            let (sim, pool, seen) = (&sim, &pool, &seen);
            sim.spawn_detached(Order::of(i as u32, 0), async move {
                sim.hold_until(at(job[0])).await;
                let _units = pool.seize(job[1] as u32).await;
                let start = minute(sim.now());
                sim.hold(minutes(job[2])).await;
                seen.borrow_mut()[i] = vec![start, minute(sim.now()), start - job[0]];
            });
        }
        sim.run();
        assert_eq!(seen.take(), rows(&case["expected"], &["start", "finish", "wait"]), "{id}");
    }
}
