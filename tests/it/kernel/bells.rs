//! Bells: one resumption at the end of an instant, for whoever waits then.

use convoysim::kernel::{Bell, Either, Order, Outcome, Sim, race};
use convoysim::units::Duration;

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

#[test]
fn whoever_waits_is_resumed_once_after_everything_else_of_the_instant() {
    let (sim, log) = (Sim::new(), Log::default());
    let bell = Bell::new(&sim);
    sim.spawn_detached(ANY, async {
        loop {
            bell.wait().await;
            log.note(&sim, "heard");
        }
    });
    for movement in 1..3 {
        let (sim, log, bell) = (&sim, &log, &bell);
        sim.spawn_detached(Order::of(movement, 0), async move {
            for _ in 0..2 {
                sim.hold(min(1)).await;
                bell.ring();
                sim.hold(Duration::ZERO).await;
                log.note(sim, format!("step of {movement}"));
                bell.ring();
            }
        });
    }
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "1 step of 1, 1 step of 2, 1 heard, 2 step of 1, 2 step of 2, 2 heard");
}

#[test]
fn a_ring_that_nobody_waits_for_is_lost() {
    let (sim, log) = (Sim::new(), Log::default());
    let bell = Bell::new(&sim);
    sim.spawn_detached(ANY, async {
        bell.ring();
        bell.wait().await;
        log.note(&sim, "heard");
    });
    sim.spawn_detached(ANY, async {
        sim.hold(min(3)).await;
        bell.ring();
    });
    sim.run();
    assert_eq!(log.text(), "3 heard");
}

#[test]
fn a_wait_given_up_after_the_ring_resumes_nobody() {
    let (sim, log) = (Sim::new(), Log::default());
    let bell = Bell::new(&sim);
    sim.spawn_detached(ANY, async {
        // The bell rings at minute 1, but that instant is not over when the hold ends.
        let heard = race(sim.hold(min(1)), bell.wait()).await;
        log.note(&sim, if heard == Either::Left(()) { "held" } else { "heard" });
        sim.hold(min(5)).await;
        log.note(&sim, "held again");
        bell.wait().await;
        log.note(&sim, "heard");
    });
    sim.spawn_detached(Order::ENVIRONMENT, async {
        sim.hold(min(1)).await;
        bell.ring();
        sim.hold_until(at(9)).await;
        bell.ring();
    });
    sim.run();
    assert_eq!(log.text(), "1 held, 6 held again, 9 heard");
}

#[test]
fn a_bell_whose_process_was_killed_serves_the_next() {
    let (sim, log) = (Sim::new(), Log::default());
    let bell = Bell::new(&sim);
    let first = sim.spawn_detached(ANY, async {
        bell.wait().await;
        log.note(&sim, "never");
    });
    sim.spawn_detached(Order::of(1, 0), async {
        sim.hold(min(1)).await;
        bell.ring();
        sim.kill(first);
        bell.wait().await;
        log.note(&sim, "second");
    });
    sim.spawn_detached(Order::of(2, 0), async {
        sim.hold(min(2)).await;
        bell.ring();
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "2 second");
}

#[test]
#[should_panic(expected = "one process at a time waits for a bell")]
fn two_processes_do_not_wait_for_one_bell() {
    let sim = Sim::new();
    let bell = Bell::new(&sim);
    for _ in 0..2 {
        sim.spawn_detached(ANY, bell.wait());
    }
    sim.run();
}
