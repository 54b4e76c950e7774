//! Seizing, releasing, and the rules of the line.

use convoysim::kernel::{Order, Policy, Resource, Sim, seize_all};
use convoysim::units::{SimTime, TICKS_PER_MINUTE};

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

/// Arrives at a minute, seizes so many units, holds them so long; notes the minute of its start.
fn job<'s>(sim: &'s Sim<'s>, pool: &'s Resource<'s>, log: &'s Log, name: &'s str, job: (u64, u32, u64)) {
    let (arrive, units, hold) = job;
    sim.spawn_detached(ANY, async move {
        sim.hold_until(at(arrive)).await;
        let seized = pool.seize(units).await;
        log.note(sim, name);
        sim.hold(min(hold)).await;
        drop(seized);
    });
}

#[test]
fn with_one_bay_convoys_load_one_after_another() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    for name in ["a", "b", "c"] {
        job(&sim, &bay, &log, name, (0, 1, 10));
    }
    sim.run_until(at(5));
    assert_eq!((bay.queue_length(), bay.available(), bay.in_use()), (2, 0, 1));
    sim.run();
    assert_eq!(log.text(), "0 a, 10 b, 20 c");
    assert_eq!((bay.longest_queue(), bay.available()), (2, 1));
    assert_eq!(bay.busy_time(), u128::from(30 * TICKS_PER_MINUTE));
}

#[test]
fn the_head_of_the_line_blocks_those_behind_it() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 4);
    for (name, of) in [("two", (0, 2, 10)), ("three", (1, 3, 5)), ("one", (2, 1, 4))] {
        job(&sim, &pool, &log, name, of);
    }
    sim.run();
    assert_eq!(log.text(), "0 two, 10 three, 10 one");
}

#[test]
fn with_backfill_whoever_fits_goes_first() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::with_policy(&sim, 4, Policy::Backfill);
    for (name, of) in [("two", (0, 2, 10)), ("three", (1, 3, 5)), ("one", (2, 1, 4))] {
        job(&sim, &pool, &log, name, of);
    }
    sim.run();
    assert_eq!(log.text(), "0 two, 2 one, 10 three");
}

#[test]
fn a_unit_that_comes_free_goes_to_the_line_and_not_to_who_asks_again() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    sim.spawn_detached(ANY, async {
        for _ in 0..2 {
            let seized = bay.seize(1).await;
            log.note(&sim, "greedy");
            sim.hold(min(1)).await;
            drop(seized);
        }
    });
    job(&sim, &bay, &log, "patient", (0, 1, 1));
    sim.run();
    assert_eq!(log.text(), "0 greedy, 1 patient, 2 greedy");
}

#[test]
fn lower_priority_numbers_go_first_and_equals_in_order_of_arrival() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    for (name, priority) in [("first", 5), ("low a", 5), ("high a", 1), ("low b", 5), ("high b", 1)] {
        let (sim, log, bay) = (&sim, &log, &bay);
        sim.spawn_detached(ANY, async move {
            let _bay = bay.seize_with_priority(1, priority).await;
            log.note(sim, name);
            sim.hold(min(1)).await;
        });
    }
    sim.run();
    assert_eq!(log.text(), "0 first, 1 high a, 2 high b, 3 low a, 4 low b");
}

#[test]
fn who_stands_before_a_blocked_request_passes_it_and_who_stands_behind_does_not() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 2);
    job(&sim, &pool, &log, "one", (0, 1, 10));
    for (name, units, priority) in [("needs two", 2, 5), ("equal", 1, 5), ("before", 1, 1)] {
        let (sim, log, pool) = (&sim, &log, &pool);
        sim.spawn_detached(ANY, async move {
            sim.hold(min(1)).await;
            let _units = pool.seize_with_priority(units, priority).await;
            log.note(sim, name);
            sim.hold(min(1)).await;
        });
    }
    sim.run();
    assert_eq!(log.text(), "0 one, 1 before, 10 needs two, 11 equal");
}

#[test]
fn guards_split_and_merge_and_release_what_they_have() {
    let sim = Sim::new();
    let buses = Resource::new(&sim, 6);
    sim.spawn_detached(ANY, async {
        let mut convoy = buses.seize(6).await;
        let two = convoy.split(2);
        let one = convoy.split(1);
        assert_eq!((convoy.units(), two.units(), one.units()), (3, 2, 1));
        drop(two);
        assert_eq!(buses.available(), 2);
        convoy.merge(one);
        drop(convoy);
        assert_eq!(buses.available(), 6);
        sim.stop();
    });
    sim.run();
}

#[test]
fn a_grown_resource_serves_its_line_and_a_shrunk_one_waits_for_units_to_come_back() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 1);
    for (name, of) in [("a", (0, 1, 10)), ("b", (0, 1, 20)), ("c", (0, 1, 10)), ("d", (0, 1, 10))] {
        job(&sim, &pool, &log, name, of);
    }
    sim.spawn_detached(ANY, async {
        sim.hold(min(5)).await;
        pool.set_units(3);
        sim.hold(min(1)).await;
        pool.set_units(1);
        assert_eq!((pool.units(), pool.in_use(), pool.available()), (1, 3, 0));
    });
    sim.run();
    // b and c start at 5; a ends at 10, c at 15, b at 25, and only then is one unit of one free.
    assert_eq!(log.text(), "0 a, 5 b, 5 c, 25 d");
}

#[test]
fn a_closed_resource_grants_nothing_and_serves_its_line_on_opening() {
    let (sim, log) = (Sim::new(), Log::default());
    let crossing = Resource::new(&sim, 2);
    crossing.set_open(false);
    for name in ["a", "b", "c"] {
        job(&sim, &crossing, &log, name, (1, 1, 5));
    }
    sim.spawn_detached(Order::ENVIRONMENT, async {
        sim.hold(min(10)).await;
        crossing.set_open(true);
        sim.hold(min(1)).await;
        crossing.set_open(false);
        sim.hold(min(9)).await;
        crossing.set_open(true);
    });
    sim.run();
    assert_eq!(log.text(), "10 a, 10 b, 20 c");
}

#[test]
fn all_or_nothing_holds_nothing_while_it_waits() {
    let (sim, log) = (Sim::new(), Log::default());
    let (buses, escorts) = (Resource::new(&sim, 6), Resource::new(&sim, 4));
    job(&sim, &escorts, &log, "escorts busy", (0, 2, 10));
    sim.spawn_detached(ANY, async {
        sim.hold(min(1)).await;
        let [six, four] = seize_all([(&buses, 6), (&escorts, 4)]).await;
        assert_eq!((six.units(), four.units()), (6, 4));
        log.note(&sim, "convoy");
        sim.hold(min(5)).await;
    });
    job(&sim, &buses, &log, "one bus meanwhile", (2, 1, 3));
    job(&sim, &buses, &log, "one bus after", (12, 1, 1));
    sim.run();
    assert_eq!(log.text(), "0 escorts busy, 2 one bus meanwhile, 10 convoy, 15 one bus after");
    assert_eq!((buses.available(), escorts.available()), (6, 4));
    assert_eq!(buses.busy_time(), u128::from((3 + 30 + 1) * TICKS_PER_MINUTE));
}

#[test]
fn all_or_nothing_lets_a_single_request_that_stands_before_it_go_first() {
    let (sim, log) = (Sim::new(), Log::default());
    let (buses, escorts) = (Resource::new(&sim, 2), Resource::new(&sim, 1));
    job(&sim, &buses, &log, "one", (0, 1, 10));
    job(&sim, &buses, &log, "both", (1, 2, 10));
    sim.spawn_detached(ANY, async {
        sim.hold(min(2)).await;
        let _both = seize_all([(&buses, 1), (&escorts, 1)]).await;
        log.note(&sim, "joint");
    });
    sim.run();
    assert_eq!(log.text(), "0 one, 10 both, 20 joint");
}

#[test]
fn busy_time_counts_an_open_interval_up_to_now() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 3);
    job(&sim, &pool, &log, "two", (1, 2, 10));
    sim.run_until(SimTime::ZERO + min(4));
    assert_eq!(pool.busy_time(), u128::from(6 * TICKS_PER_MINUTE));
}
