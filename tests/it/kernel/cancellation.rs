//! Giving up and being killed: what was asked for is withdrawn, what was granted goes back.

use convoysim::kernel::{Either, Level, Order, Outcome, Resource, Signal, Sim, Store, race, seize_all};

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

#[test]
fn a_withdrawn_hold_does_not_move_the_clock() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        assert_eq!(race(sim.hold(min(3)), sim.hold(min(100))).await, Either::Left(()));
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(sim.now(), at(3));
}

#[test]
fn a_horizon_before_nothing_but_withdrawn_holds_finds_the_calendar_empty() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        race(sim.hold(min(3)), sim.hold(min(100))).await;
    });
    assert_eq!(sim.run_until(at(50)), Outcome::CalendarEmpty);
    assert_eq!(sim.now(), at(3));
}

#[test]
fn a_signal_interrupts_a_hold_and_later_holds_are_not_disturbed() {
    let (sim, log) = (Sim::new(), Log::default());
    let lost = Signal::new(&sim);
    sim.spawn_detached(ANY, async {
        let outcome = race(sim.hold(min(10)), lost.wait()).await;
        assert_eq!(outcome, Either::Right(()));
        log.note(&sim, "interrupted");
        sim.hold(min(20)).await;
        log.note(&sim, "arrived");
    });
    sim.spawn_detached(ANY, async {
        sim.hold(min(4)).await;
        lost.fire();
    });
    sim.run();
    assert_eq!(log.text(), "4 interrupted, 24 arrived");
}

#[test]
fn a_thousand_interrupted_holds_leave_the_calendar_right() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        for _ in 0..1000 {
            race(sim.hold(min(1)), sim.hold(min(50_000))).await;
        }
        sim.hold(min(1)).await;
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(sim.now(), at(1001));
}

#[test]
fn who_gives_up_in_line_no_longer_blocks_those_behind() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 2);
    sim.spawn_detached(ANY, async {
        let _one = pool.seize(1).await;
        sim.hold(min(100)).await;
    });
    sim.spawn_detached(ANY, async {
        let got = race(pool.seize(2), sim.hold(min(5))).await;
        assert!(matches!(got, Either::Right(())));
        log.note(&sim, "gave up");
    });
    sim.spawn_detached(ANY, async {
        sim.hold(min(1)).await;
        let _one = pool.seize(1).await;
        log.note(&sim, "behind");
    });
    sim.run();
    assert_eq!(log.text(), "5 gave up, 5 behind");
    assert_eq!(pool.available(), 2);
}

#[test]
fn who_is_killed_in_line_no_longer_blocks_those_behind() {
    let (sim, log) = (Sim::new(), Log::default());
    let pool = Resource::new(&sim, 2);
    sim.spawn_detached(ANY, async {
        let _one = pool.seize(1).await;
        let big = sim.spawn(ANY, async {
            let _two = pool.seize(2).await;
        });
        sim.spawn_detached(ANY, async {
            let _one = pool.seize(1).await;
            log.note(&sim, "behind");
        });
        sim.hold(min(5)).await;
        big.kill();
        sim.hold(min(5)).await;
    });
    sim.run();
    assert_eq!(log.text(), "5 behind");
    assert_eq!((pool.available(), pool.queue_length()), (2, 0));
}

#[test]
fn who_is_killed_with_units_in_use_releases_them() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    sim.spawn_detached(ANY, async {
        let holder = sim.spawn(ANY, async {
            let _bay = bay.seize(1).await;
            sim.hold(min(100)).await;
        });
        sim.hold(min(1)).await;
        sim.spawn_detached(ANY, async {
            let _bay = bay.seize(1).await;
            log.note(&sim, "next");
        });
        sim.hold(min(1)).await;
        holder.kill();
    });
    sim.run();
    assert_eq!(log.text(), "2 next");
    assert_eq!(sim.now(), at(2));
}

#[test]
fn units_granted_but_not_yet_seen_go_back_when_their_process_is_killed() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    sim.spawn_detached(ANY, async {
        let first = bay.seize(1).await;
        let second = sim.spawn(ANY, async {
            let _bay = bay.seize(1).await;
            log.note(&sim, "second");
        });
        sim.spawn_detached(ANY, async {
            let _bay = bay.seize(1).await;
            log.note(&sim, "third");
        });
        sim.hold(min(1)).await;
        drop(first);
        assert_eq!(bay.in_use(), 1, "granted to the second");
        second.kill();
    });
    sim.run();
    assert_eq!(log.text(), "1 third");
    assert_eq!(bay.available(), 1);
}

#[test]
fn units_granted_but_not_yet_seen_go_back_when_the_other_side_wins() {
    let sim = Sim::new();
    let (bay, signal) = (Resource::new(&sim, 1), Signal::new(&sim));
    sim.spawn_detached(ANY, async {
        let first = bay.seize(1).await;
        sim.hold(min(1)).await;
        signal.fire();
        drop(first);
    });
    sim.spawn_detached(ANY, async {
        let won = race(bay.seize(1), signal.wait()).await;
        assert!(matches!(won, Either::Right(())), "the signal came first");
        assert_eq!(bay.available(), 1);
        sim.hold(min(1)).await;
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
    assert_eq!((bay.available(), sim.now()), (1, at(2)));
}

#[test]
fn giving_up_all_or_nothing_leaves_every_line_and_gives_back_the_unseen() {
    let (sim, log) = (Sim::new(), Log::default());
    let (buses, escorts) = (Resource::new(&sim, 1), Resource::new(&sim, 1));
    sim.spawn_detached(ANY, async {
        let bus = buses.seize(1).await;
        let gives_up = sim.spawn(ANY, async {
            race(seize_all([(&buses, 1), (&escorts, 1)]), sim.hold(min(1))).await;
            log.note(&sim, "gave up");
        });
        gives_up.join().await;
        assert_eq!((buses.queue_length(), escorts.queue_length()), (0, 0));
        let unseen = sim.spawn(ANY, async {
            let _both = seize_all([(&buses, 1), (&escorts, 1)]).await;
            log.note(&sim, "never");
        });
        sim.hold(min(1)).await;
        drop(bus);
        assert_eq!((buses.available(), escorts.available()), (0, 0));
        unseen.kill();
        assert_eq!((buses.available(), escorts.available()), (1, 1));
    });
    sim.run();
    assert_eq!(log.text(), "1 gave up");
}

#[test]
fn an_item_handed_to_a_killed_process_returns_to_the_front() {
    let (sim, log) = (Sim::new(), Log::default());
    let store = Store::new(&sim);
    sim.spawn_detached(ANY, async {
        let taker = sim.spawn(ANY, async {
            store.take().await;
        });
        sim.hold(min(1)).await;
        store.put("first").await;
        store.put("second").await;
        taker.kill();
        log.note(&sim, store.take().await);
        log.note(&sim, store.take().await);
    });
    sim.run();
    assert_eq!(log.text(), "1 first, 1 second");
}

#[test]
fn an_amount_granted_to_a_killed_process_returns_to_the_level() {
    let sim = Sim::new();
    let level = Level::new(&sim, 10, 0);
    sim.spawn_detached(ANY, async {
        let taker = sim.spawn(ANY, async {
            level.take(4).await;
        });
        let large = sim.spawn(ANY, async {
            level.take(8).await;
        });
        sim.hold(min(1)).await;
        level.put(6).await;
        assert_eq!(level.level(), 2);
        taker.kill();
        assert_eq!(level.level(), 6);
        level.put(2).await;
        large.join().await;
        assert_eq!(level.level(), 0);
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
}
