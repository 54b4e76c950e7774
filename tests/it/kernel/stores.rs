//! Levels and stores.

use convoysim::kernel::{Level, Order, Outcome, Sim, Store};

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

#[test]
fn takes_from_a_level_wait_in_line_until_there_is_enough() {
    let (sim, log) = (Sim::new(), Log::default());
    let people = Level::new(&sim, 1000, 0);
    for (name, amount) in [("large", 50), ("small", 10)] {
        let (sim, log, people) = (&sim, &log, &people);
        sim.spawn_detached(ANY, async move {
            people.take(amount).await;
            log.note(sim, name);
        });
    }
    sim.spawn_detached(ANY, async {
        for _ in 0..3 {
            sim.hold(min(1)).await;
            people.put(20).await;
        }
    });
    sim.run();
    assert_eq!(log.text(), "3 large, 3 small");
    assert_eq!(people.level(), 0);
}

#[test]
fn puts_into_a_level_wait_for_room() {
    let (sim, log) = (Sim::new(), Log::default());
    let tank = Level::new(&sim, 10, 8);
    sim.spawn_detached(ANY, async {
        tank.put(5).await;
        log.note(&sim, "in");
    });
    sim.spawn_detached(ANY, async {
        sim.hold(min(2)).await;
        tank.take(3).await;
        log.note(&sim, "out");
    });
    sim.run();
    assert_eq!(log.text(), "2 out, 2 in");
    assert_eq!(tank.level(), 10);
}

#[test]
fn items_leave_a_store_in_the_order_they_came_to_takers_in_the_order_they_asked() {
    let (sim, log) = (Sim::new(), Log::default());
    let store = Store::new(&sim);
    for name in ["a", "b"] {
        let (sim, log, store) = (&sim, &log, &store);
        sim.spawn_detached(ANY, async move {
            let item: u32 = store.take().await;
            log.note(sim, format!("{name}{item}"));
        });
    }
    sim.spawn_detached(ANY, async {
        sim.hold(min(1)).await;
        for item in 1..=3 {
            store.put(item).await;
        }
    });
    sim.run();
    assert_eq!(log.text(), "1 a1, 1 b2");
    assert_eq!((store.len(), store.try_take(), store.try_take()), (1, Some(3), None));
}

#[test]
fn a_full_store_keeps_puts_waiting_in_line() {
    let (sim, log) = (Sim::new(), Log::default());
    let store = Store::with_capacity(&sim, 1);
    sim.spawn_detached(ANY, async {
        for item in 0..3 {
            store.put(item).await;
            log.note(&sim, format!("put {item}"));
        }
        assert_eq!(store.try_put(9), Err(9));
    });
    sim.spawn_detached(ANY, async {
        for _ in 0..2 {
            sim.hold(min(5)).await;
            log.note(&sim, format!("took {}", store.take().await));
        }
        assert_eq!(sim.now(), at(10));
        sim.hold(min(1)).await;
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
    assert_eq!(log.text(), "0 put 0, 5 took 0, 5 put 1, 10 took 1, 10 put 2");
}
