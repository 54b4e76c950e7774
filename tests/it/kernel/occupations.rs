//! Occupying: seize, hold and release in one.

use std::future::poll_fn;
use std::task::Poll;

use convoysim::kernel::{Either, Order, Outcome, Resource, Signal, Sim, join_all_unpin, race};
use convoysim::units::TICKS_PER_MINUTE;

use super::{Log, at, min};

const ANY: Order = Order::of(0, 0);

/// Three occupations and three seizures take their turns in one line of two lanes.
#[test]
fn occupations_stand_in_line_with_seizures() {
    let (sim, log) = (Sim::new(), Log::default());
    let lanes = Resource::new(&sim, 2);
    for (name, minutes) in [("a", 10), ("b", 4), ("c", 3)] {
        let (sim, lanes, log) = (&sim, &lanes, &log);
        sim.spawn_detached(ANY, async move {
            lanes.occupy(1, min(minutes)).await;
            log.note(sim, name);
        });
        sim.spawn_detached(ANY, async move {
            let lane = lanes.seize(1).await;
            sim.hold(min(1)).await;
            drop(lane);
            log.note(sim, "seized");
        });
    }
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "1 seized, 5 b, 6 seized, 9 c, 10 a, 10 seized");
    assert_eq!((lanes.in_use(), lanes.longest_queue(), lanes.busy_time()), (0, 4, u128::from(20 * TICKS_PER_MINUTE)));
}

#[test]
fn a_convoy_crosses_lane_by_lane_and_re_forms_when_the_last_bus_is_through() {
    let sim = Sim::new();
    let lanes = Resource::new(&sim, 2);
    sim.spawn_detached(ANY, async {
        join_all_unpin([5, 7, 6, 4].map(|minutes| lanes.occupy(1, min(minutes)))).await;
        sim.stop();
    });
    assert_eq!(sim.run(), Outcome::Stopped);
    assert_eq!(sim.now(), at(11));
}

#[test]
fn an_occupation_given_up_in_line_or_half_way_leaves_no_trace() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    let lost = Signal::new(&sim);
    for name in ["first", "second"] {
        let (sim, bay, lost, log) = (&sim, &bay, &lost, &log);
        sim.spawn_detached(ANY, async move {
            assert_eq!(race(bay.occupy(1, min(60)), lost.wait()).await, Either::Right(()));
            log.note(sim, name);
        });
    }
    sim.spawn_detached(ANY, async {
        sim.hold(min(2)).await;
        assert_eq!((bay.in_use(), bay.queue_length()), (1, 1));
        lost.fire();
        bay.occupy(1, min(3)).await;
        log.note(&sim, "third");
    });
    assert_eq!(sim.run(), Outcome::CalendarEmpty);
    assert_eq!(log.text(), "2 first, 2 second, 5 third");
    assert_eq!((sim.now(), bay.in_use(), bay.queue_length()), (at(5), 0, 0));
}

#[test]
fn a_closed_bay_lets_an_occupation_finish_and_begins_the_next_when_it_opens() {
    let (sim, log) = (Sim::new(), Log::default());
    let bay = Resource::new(&sim, 1);
    for name in ["a", "b"] {
        let (sim, bay, log) = (&sim, &bay, &log);
        sim.spawn_detached(ANY, async move {
            bay.occupy(1, min(10)).await;
            log.note(sim, name);
        });
    }
    sim.spawn_detached(Order::ENVIRONMENT, async {
        sim.hold_until(at(5)).await;
        bay.set_open(false);
        sim.hold_until(at(30)).await;
        bay.set_open(true);
    });
    sim.run();
    assert_eq!(log.text(), "10 a, 40 b");
}

#[test]
fn a_hold_that_loses_at_its_own_instant_is_not_withdrawn_twice() {
    let sim = Sim::new();
    sim.spawn_detached(ANY, async {
        let due = poll_fn(|_| if sim.now() >= at(3) { Poll::Ready(()) } else { Poll::Pending });
        assert_eq!(race(due, sim.hold(min(3))).await, Either::Left(()));
        sim.hold(min(10)).await;
    });
    assert_eq!(sim.run_until(at(5)), Outcome::HorizonReached);
    assert_eq!((sim.run(), sim.now()), (Outcome::CalendarEmpty, at(13)));
}
