//! Lanes that serve people one after another: each person takes the lane that is free first.

use crate::units::{Duration, SimTime};

/// When each lane is free.
#[derive(Clone, Debug)]
pub struct Lanes(Vec<SimTime>);

impl Lanes {
    /// So many lanes, all free from `at` on.
    #[must_use]
    pub fn new(count: u32, at: SimTime) -> Self {
        Self(vec![at; count as usize])
    }

    /// The lane that is free first; of several the first.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[inline]
    #[must_use]
    pub fn first(&self) -> usize {
        let mut first = 0;
        let mut earliest = self.0[0];
        for (lane, free) in self.0.iter().enumerate().skip(1) {
            if *free < earliest {
                (first, earliest) = (lane, *free);
            }
        }
        first
    }

    /// When a lane is free.
    #[inline]
    #[must_use]
    pub fn free_at(&self, lane: usize) -> SimTime {
        self.0[lane]
    }

    /// Serves the next person for so long, from `began` on and not before `open` lets it; says when that is over and in which lane.
    #[inline]
    pub fn serve(&mut self, began: SimTime, time: Duration, open: impl FnOnce(SimTime) -> SimTime) -> (SimTime, usize) {
        let lane = self.first();
        let over = open(self.0[lane].max(began)) + time;
        self.0[lane] = over;
        (over, lane)
    }

    /// Serves `count` people from `began` on, each for the same time, who then pass a door one after another, each in the same time
    /// too; says when the last one is through, `began` if there is none.
    ///
    /// Once every lane is busy and none is behind by a whole service, lanes take turns, and each round is the one before it, later by
    /// `time`. The last one of all is through no earlier than at the end of a service in round q plus the passing of everybody from that
    /// person on. That grows or falls evenly with q, so the first round and the last decide, and those between need not be gone through.
    pub fn serve_alike(&mut self, began: SimTime, count: u32, time: Duration, passing: Duration) -> SimTime {
        let mut door = began;
        let mut left = count;
        while left > 0 && !self.take_turns(began, time) {
            door = door.max(self.serve(began, time, |t| t).0) + passing;
            left -= 1;
        }
        let lanes = self.0.len() as u32;
        let between = (left / lanes).saturating_sub(2);
        for round in 0..2 {
            if round == 1 && between > 0 {
                self.0.iter_mut().for_each(|free| *free += time * u64::from(between));
                door += passing * u64::from(between * lanes);
            }
            for _ in 0..lanes.min(left) {
                door = door.max(self.serve(began, time, |t| t).0) + passing;
                left -= 1;
            }
        }
        for _ in 0..left.saturating_sub(between * lanes) {
            door = door.max(self.serve(began, time, |t| t).0) + passing;
        }
        door
    }

    fn take_turns(&self, began: SimTime, time: Duration) -> bool {
        let first = self.0[self.first()];
        first >= began && self.0.iter().all(|free| *free < first + time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn people_served_alike_are_through_as_if_served_one_by_one(
            free in prop::collection::vec(0_u64..50, 1..6),
            began in 0_u64..60,
            count in 0_u32..40,
            time in 0_u64..20,
            passing in 0_u64..20,
        ) {
            let mut lanes = Lanes(free.into_iter().map(SimTime::from_ticks).collect());
            let mut same = lanes.clone();
            let (began, time, passing) = (SimTime::from_ticks(began), Duration::from_ticks(time), Duration::from_ticks(passing));
            let mut door = began;
            for _ in 0..count {
                door = door.max(same.serve(began, time, |t| t).0) + passing;
            }
            prop_assert_eq!(lanes.serve_alike(began, count, time, passing), door);
            prop_assert_eq!(lanes.0, same.0);
        }
    }
}
