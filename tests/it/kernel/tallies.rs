//! Tallies over observations and over time.

use convoysim::kernel::{Tally, TimeWeighted};
use convoysim::units::{Duration, TICKS_PER_MINUTE};

use super::{at, min};

#[test]
fn a_tally_of_nothing_has_no_mean() {
    let tally = Tally::new();
    assert_eq!((tally.count(), tally.mean(), tally.variance(), tally.min(), tally.max()), (0, None, None, None, None));
}

#[test]
fn a_tally_keeps_its_digits_far_from_zero() {
    let mut tally = Tally::new();
    for value in [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0] {
        tally.record(value);
    }
    assert_eq!(tally.count(), 4);
    assert_eq!(tally.mean(), Some(1e9 + 10.0));
    assert_eq!(tally.variance(), Some(30.0));
    assert_eq!((tally.min(), tally.max()), (Some(1e9 + 4.0), Some(1e9 + 16.0)));
}

#[test]
fn a_time_weighted_average_counts_each_value_by_how_long_it_lasted() {
    let mut queue = TimeWeighted::new(at(0), 0);
    queue.add(at(2), 3);
    queue.subtract(at(6), 1);
    assert_eq!(queue.integral(at(10)), u128::from((4 * 3 + 4 * 2) * TICKS_PER_MINUTE));
    assert_eq!(queue.average(at(10)), Some(2.0));
    assert_eq!((queue.min(at(10)), queue.max(at(10)), queue.value()), (Some(0), Some(3), 2));
    assert_eq!([0, 1, 2, 3].map(|value| queue.time_at(value, at(10))), [min(2), Duration::ZERO, min(4), min(4)]);
}

#[test]
fn a_value_that_lasted_no_time_leaves_no_trace() {
    let mut queue = TimeWeighted::new(at(0), 5);
    assert_eq!((queue.average(at(0)), queue.max(at(0)), queue.min(at(0))), (None, None, None));
    queue.set(at(0), 1);
    queue.set(at(3), 9);
    queue.set(at(3), 0);
    queue.set(at(4), 1);
    assert_eq!((queue.max(at(6)), queue.min(at(6))), (Some(1), Some(0)));
    assert_eq!(queue.time_at(9, at(6)), Duration::ZERO);
}

#[test]
fn a_reset_splits_the_open_interval() {
    let mut queue = TimeWeighted::new(at(0), 7);
    queue.set(at(1), 4);
    queue.reset(at(5));
    assert_eq!(queue.integral(at(8)), u128::from(3 * 4 * TICKS_PER_MINUTE));
    assert_eq!((queue.average(at(8)), queue.max(at(8))), (Some(4.0), Some(4)));
    assert_eq!((queue.time_at(7, at(8)), queue.time_at(4, at(8))), (Duration::ZERO, min(3)));
}
