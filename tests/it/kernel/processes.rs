//! Holding, ordering, joining, racing, stopping.

use std::cell::{Cell, RefCell};

use convoysim::kernel::{Either, Memory, Order, Outcome, Resource, Signal, Sim, join_all, race};
use convoysim::units::{Duration, SimTime};

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

#[test]
fn time_passes_only_while_processes_hold() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        log.note(&sim, "start");
        sim.hold(min(5)).await;
        log.note(&sim, "five");
        sim.hold_until(at(2)).await;
        log.note(&sim, "the past is now");
        sim.hold_until(at(7)).await;
        log.note(&sim, "seven");
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "0 start, 5 five, 5 the past is now, 7 seven");
    assert_eq!(sim.events(), 4);
}

#[test]
fn events_of_one_instant_run_by_order_then_by_scheduling() {
    let (sim, log) = (Sim::new(), Log::default());
    let orders = [
        (Order::LAST, "last"),
        (Order::of(2, 0), "movement 2"),
        (Order::of(1, 1), "unit 1.1"),
        (Order::of(1, 0), "unit 1.0"),
        (Order::of(1, 0), "unit 1.0 again"),
        (Order::ENVIRONMENT, "weather"),
    ];
    for (order, name) in orders {
        let (sim, log) = (&sim, &log);
        sim.spawn_detached(order, async move {
            sim.hold(min(1)).await;
            log.note(sim, name);
        });
    }
    sim.run();
    assert_eq!(log.text(), "1 weather, 1 unit 1.0, 1 unit 1.0 again, 1 unit 1.1, 1 movement 2, 1 last");
}

#[test]
fn a_hold_of_zero_lets_lower_orders_of_the_instant_go_first() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(Order::of(3, 0), async {
        sim.hold(Duration::ZERO).await;
        log.note(&sim, "third");
    });
    sim.spawn_detached(Order::of(1, 0), async {
        sim.hold(Duration::ZERO).await;
        log.note(&sim, "first");
    });
    sim.run();
    assert_eq!(log.text(), "0 first, 0 third");
}

#[test]
fn settling_waits_for_everything_else_of_the_instant() {
    let (sim, log) = (Sim::new(), Log::default());
    let changed = Signal::new(&sim);
    sim.spawn_detached(ANY, async {
        sim.hold(min(1)).await;
        sim.settle().await;
        log.note(&sim, "settled");
    });
    sim.spawn_detached(Order::of(9, 9), async {
        sim.hold(min(1)).await;
        changed.fire();
        sim.hold(Duration::ZERO).await;
        log.note(&sim, "second step");
    });
    sim.spawn_detached(Order::of(9, 9), async {
        changed.wait().await;
        sim.hold(Duration::ZERO).await;
        log.note(&sim, "set off by the signal");
    });
    sim.run();
    assert_eq!(log.text(), "1 second step, 1 set off by the signal, 1 settled");
}

#[test]
fn a_joined_process_returns_its_result_to_whoever_waits_or_asks_later() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        let slow = sim.spawn(ANY, async {
            sim.hold(min(4)).await;
            "slow".to_string()
        });
        let fast = sim.spawn(ANY, async { 7 });
        assert!(!fast.is_finished());
        log.note(&sim, slow.join().await);
        assert!(fast.is_finished());
        log.note(&sim, format!("fast {}", fast.join().await));
    });
    sim.run();
    assert_eq!(log.text(), "4 slow, 4 fast 7");
}

#[test]
fn dropping_a_handle_lets_the_process_go_on() {
    let (sim, log) = (Sim::new(), Log::default());
    drop(sim.spawn(ANY, async {
        sim.hold(min(1)).await;
        log.note(&sim, "went on");
    }));
    sim.run();
    assert_eq!(log.text(), "1 went on");
}

#[test]
fn a_killed_process_never_completes_and_its_name_is_not_given_again() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        let doomed = sim.spawn_detached(ANY, async {
            sim.hold(min(3)).await;
            log.note(&sim, "doomed");
        });
        sim.hold(min(1)).await;
        sim.kill(doomed);
        let next = sim.spawn_detached(ANY, async {
            sim.hold(min(3)).await;
            log.note(&sim, "next");
        });
        assert_ne!(doomed, next);
        sim.kill(doomed);
    });
    sim.run();
    assert_eq!(log.text(), "4 next");
}

#[test]
fn a_process_that_kills_itself_ends_at_its_next_wait() {
    let (sim, log) = (Sim::new(), Log::default());
    let own = Cell::new(None);
    own.set(Some(sim.spawn_detached(ANY, async {
        sim.kill(own.get().expect("set before the run"));
        log.note(&sim, "still here");
        sim.hold(min(1)).await;
        log.note(&sim, "never");
    })));
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "0 still here");
    assert_eq!(sim.now(), SimTime::ZERO);
}

#[test]
fn a_run_stops_at_once_and_may_go_on() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        sim.hold(min(1)).await;
        sim.stop();
        log.note(&sim, "stopped");
    });
    sim.spawn_detached(Order::LAST, async {
        sim.hold(min(1)).await;
        log.note(&sim, "later");
    });
    assert_eq!(sim.run(), Outcome::Stopped);
    assert_eq!(log.text(), "1 stopped");
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "1 stopped, 1 later");
}

#[test]
fn a_run_to_a_horizon_includes_it_and_leaves_the_clock_there() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        for _ in 0..3 {
            sim.hold(min(10)).await;
            log.note(&sim, "tick");
        }
    });
    assert_eq!(sim.run_until(at(20)), Outcome::HorizonReached);
    assert_eq!(log.text(), "10 tick, 20 tick");
    assert_eq!(sim.run_until(at(25)), Outcome::HorizonReached);
    assert_eq!(sim.now(), at(25));
    assert_eq!(sim.run_until(at(90)), Outcome::CalendarEmpty);
    assert_eq!(sim.now(), at(30));
}

#[test]
fn a_process_that_never_lets_time_pass_is_found_out() {
    let sim = Sim::new();
    sim.spawn_detached(Order::of(4, 2), async {
        sim.hold(min(3)).await;
        loop {
            sim.hold(Duration::ZERO).await;
        }
    });
    assert_eq!(sim.run(), Outcome::Livelock { at: at(3), order: Order::of(4, 2) });
    sim.finish(&mut Memory::new());
}

#[test]
fn holding_until_never_schedules_nothing() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        sim.hold(Duration::MAX).await;
    });
    assert_eq!(sim.run_until(at(5)), Outcome::CalendarEmpty);
    assert_eq!(sim.now(), SimTime::ZERO);
    sim.finish(&mut Memory::new());
}

#[test]
fn what_lies_beyond_the_last_instant_lies_behind_every_horizon() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        sim.hold(Duration::from_days(30_000)).await;
    });
    let resource = Resource::new(&sim, 1);
    sim.spawn_detached(ANY, async {
        resource.occupy(1, Duration::from_days(200_000)).await;
    });
    assert_eq!(sim.run_until(at(5)), Outcome::HorizonReached);
    assert_eq!(sim.now(), at(5));
    sim.finish(&mut Memory::new());
}

#[test]
fn a_signal_reaches_those_who_wait_and_nobody_who_comes_later() {
    let (sim, log) = (Sim::new(), Log::default());
    let signal = Signal::new(&sim);
    for (name, from) in [("early", 0), ("late", 6)] {
        let (sim, log, signal) = (&sim, &log, &signal);
        sim.spawn_detached(ANY, async move {
            sim.hold(min(from)).await;
            signal.wait().await;
            log.note(sim, name);
        });
    }
    sim.spawn_detached(ANY, async {
        sim.hold(min(5)).await;
        signal.fire();
        sim.hold(min(5)).await;
        signal.fire();
    });
    sim.run();
    assert_eq!(log.text(), "5 early, 10 late");
}

#[test]
fn of_two_holds_the_shorter_wins_and_of_equal_ones_the_left() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        assert_eq!(race(sim.hold(min(3)), sim.hold(min(2))).await, Either::Right(()));
        assert_eq!(sim.now(), at(2));
        assert_eq!(race(sim.hold(min(3)), sim.hold(min(3))).await, Either::Left(()));
        assert_eq!(race(async { 1 }, async { 2 }).await, Either::Left(1));
        sim.hold(min(1)).await;
        assert_eq!(sim.now(), at(6));
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
}

#[test]
fn forty_children_side_by_side_all_complete_in_their_own_time() {
    let (sim, done) = (Sim::new(), RefCell::new(Vec::new()));
    let gate = Signal::new(&sim);
    sim.spawn_detached(ANY, async {
        let children = (0..40_u64).map(|i| {
            let (sim, gate, done) = (&sim, &gate, &done);
            async move {
                sim.hold(min(40 - i)).await;
                if i % 2 == 0 {
                    gate.wait().await;
                }
                done.borrow_mut().push(i);
                sim.hold(min(i)).await;
                i * i
            }
        });
        let results = join_all(children).await;
        assert_eq!(results, (0..40).map(|i| i * i).collect::<Vec<u64>>());
        assert_eq!(sim.now(), at(100 + 38));
        sim.stop();
    });
    sim.spawn_detached(ANY, async {
        sim.hold(min(100)).await;
        gate.fire();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
    let expected: Vec<u64> = (0..40).rev().filter(|i| i % 2 == 1).chain((0..40).rev().filter(|i| i % 2 == 0)).collect();
    assert_eq!(*done.borrow(), expected);
}

#[test]
fn a_join_of_nothing_completes_at_once() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        let nothing: Vec<u8> = join_all(std::iter::empty::<std::future::Ready<u8>>()).await;
        assert!(nothing.is_empty());
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
}

#[test]
fn a_replication_in_used_memory_runs_as_in_new() {
    fn replicate(memory: &mut Memory) -> (Vec<(u64, String)>, u64) {
        let (sim, log) = (Sim::with_memory(memory), Log::default());
        for i in 0..20 {
            let (sim, log) = (&sim, &log);
            sim.spawn_detached(Order::of(i, 0), async move {
                sim.hold(min(u64::from(i * 7 % 5))).await;
                log.note(sim, i.to_string());
                sim.hold(min(100)).await;
            });
        }
        sim.run_until(at(50));
        sim.finish(memory);
        (log.entries(), sim.events())
    }
    let mut memory = Memory::new();
    let first = replicate(&mut memory);
    assert_eq!(replicate(&mut memory), first);
    assert_eq!(replicate(&mut Memory::new()), first);
}

#[test]
fn finishing_drops_everything_that_processes_own() {
    struct Flag<'a>(&'a Cell<u32>);
    impl Drop for Flag<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let dropped = Cell::new(0);
    let sim = Sim::new();
    for _ in 0..3 {
        sim.spawn_detached(ANY, async {
            let _flag = Flag(&dropped);
            sim.hold(min(9)).await;
        });
    }
    sim.run_until(at(1));
    assert_eq!(dropped.get(), 0);
    sim.finish(&mut Memory::new());
    assert_eq!(dropped.get(), 3);
}

#[test]
fn a_process_may_start_later_and_is_resumed_once_for_it() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        sim.hold(min(3)).await;
        for (instant, name) in [(at(5), "five"), (at(1), "the past is now"), (SimTime::NEVER, "never")] {
            let (sim, log) = (&sim, &log);
            sim.spawn_detached_at(instant, ANY, async move {
                log.note(sim, name);
                sim.hold(min(1)).await;
                log.note(sim, "a minute later");
            });
        }
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "3 the past is now, 4 a minute later, 5 five, 6 a minute later");
    // Two of the first process, two of each of the two that start.
    assert_eq!(sim.events(), 6);
    sim.finish(&mut Memory::new());
}

#[test]
fn a_process_killed_before_its_start_leaves_no_event_to_whoever_takes_its_place() {
    let (sim, log) = (Sim::new(), Log::default());
    sim.spawn_detached(ANY, async {
        let early = sim.spawn_detached_at(at(4), ANY, async { log.note(&sim, "killed") });
        sim.kill(early);
        sim.spawn_detached_at(at(6), ANY, async { log.note(&sim, "in its place") });
        sim.hold(min(1)).await;
        log.note(&sim, "one");
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "1 one, 6 in its place");
    assert_eq!((sim.now(), sim.events()), (at(6), 3));
}

#[test]
fn processes_that_start_later_start_in_the_order_of_the_calendar() {
    let (sim, log) = (Sim::new(), Log::default());
    for (order, name) in [(Order::of(2, 0), "second"), (Order::of(1, 0), "first"), (Order::of(2, 0), "third")] {
        let (sim, log) = (&sim, &log);
        sim.spawn_detached_at(at(2), order, async move { log.note(sim, name) });
    }
    sim.run();
    assert_eq!(log.text(), "2 first, 2 second, 2 third");
}
