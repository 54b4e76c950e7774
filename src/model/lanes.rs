//! Lanes that serve people one after another: each person takes the lane that is free first.

use crate::units::{Duration, SimTime};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lane {
    /// When it is free.
    free: SimTime,
    /// People it has served.
    served: u32,
}

/// Lanes side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lanes(Vec<Lane>);

impl Lanes {
    /// So many lanes, all free from `at` on.
    #[must_use]
    pub fn new(count: u32, at: SimTime) -> Self {
        Self(vec![Lane { free: at, served: 0 }; count as usize])
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
        let mut earliest = self.0[0].free;
        for (at, lane) in self.0.iter().enumerate().skip(1) {
            if lane.free < earliest {
                (first, earliest) = (at, lane.free);
            }
        }
        first
    }

    /// When a lane is free.
    #[inline]
    #[must_use]
    pub fn free_at(&self, lane: usize) -> SimTime {
        self.0[lane].free
    }

    /// When all lanes are free.
    #[must_use]
    pub fn all_free(&self) -> SimTime {
        self.0.iter().map(|lane| lane.free).max().expect("there is a lane")
    }

    /// How many people each lane has served.
    pub fn served(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|lane| lane.served)
    }

    /// Serves the next person for so long, from `began` on and not before `open` lets it; says when that is over.
    #[inline]
    pub fn serve(&mut self, began: SimTime, time: Duration, open: impl FnOnce(SimTime) -> SimTime) -> SimTime {
        let first = self.first();
        let lane = &mut self.0[first];
        lane.free = open(lane.free.max(began)) + time;
        lane.served += 1;
        lane.free
    }

    /// Serves people one after another, each for as long as `times` says, and writes down when that is `over`.
    #[inline]
    pub fn serve_each(&mut self, began: SimTime, times: &[Duration], mut open: impl FnMut(SimTime) -> SimTime, over: &mut [SimTime]) {
        let people = times.iter().zip(over);
        // One lane or two are what most places have. Taken out of the list, they stay in registers.
        match self.0.as_mut_slice() {
            [only] if !times.is_empty() => {
                let mut free = only.free.max(began);
                for (time, over) in people {
                    free = open(free) + *time;
                    *over = free;
                }
                *only = Lane { free, served: only.served + times.len() as u32 };
            }
            [first, second] => {
                let (mut a, mut b, mut by_second) = (first.free, second.free, 0);
                for (time, over) in people {
                    let is_second = b < a;
                    let free = open(a.min(b).max(began)) + *time;
                    (a, b) = if is_second { (a, free) } else { (free, b) };
                    by_second += u32::from(is_second);
                    *over = free;
                }
                *first = Lane { free: a, served: first.served + times.len() as u32 - by_second };
                *second = Lane { free: b, served: second.served + by_second };
            }
            _ => people.for_each(|(time, over)| *over = self.serve(began, *time, &mut open)),
        }
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
            door = door.max(self.serve(began, time, |t| t)) + passing;
            left -= 1;
        }
        let lanes = self.0.len() as u32;
        let between = (left / lanes).saturating_sub(2);
        for round in 0..2 {
            if round == 1 && between > 0 {
                for lane in &mut self.0 {
                    lane.free += time * u64::from(between);
                    lane.served += between;
                }
                door += passing * u64::from(between * lanes);
            }
            for _ in 0..lanes.min(left) {
                door = door.max(self.serve(began, time, |t| t)) + passing;
                left -= 1;
            }
        }
        for _ in 0..left.saturating_sub(between * lanes) {
            door = door.max(self.serve(began, time, |t| t)) + passing;
        }
        door
    }

    fn take_turns(&self, began: SimTime, time: Duration) -> bool {
        let first = self.free_at(self.first());
        first >= began && self.0.iter().all(|lane| lane.free < first + time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn free_at(times: Vec<u64>) -> Lanes {
        Lanes(times.into_iter().map(|time| Lane { free: SimTime::from_ticks(time), served: 0 }).collect())
    }

    proptest! {
        #[test]
        fn people_served_alike_are_through_as_if_served_one_by_one(
            free in prop::collection::vec(0_u64..50, 1..6),
            began in 0_u64..60,
            count in 0_u32..40,
            time in 0_u64..20,
            passing in 0_u64..20,
        ) {
            let mut lanes = free_at(free);
            let mut same = lanes.clone();
            let (began, time, passing) = (SimTime::from_ticks(began), Duration::from_ticks(time), Duration::from_ticks(passing));
            let mut door = began;
            for _ in 0..count {
                door = door.max(same.serve(began, time, |t| t)) + passing;
            }
            prop_assert_eq!(lanes.serve_alike(began, count, time, passing), door);
            prop_assert_eq!(lanes, same);
        }

        #[test]
        fn people_served_together_are_served_as_one_by_one(
            free in prop::collection::vec(0_u64..50, 1..5),
            began in 0_u64..60,
            times in prop::collection::vec(0_u64..20, 0..40),
            shut in 0_u64..90,
        ) {
            let mut lanes = free_at(free);
            let mut same = lanes.clone();
            let began = SimTime::from_ticks(began);
            let open = |at: SimTime| if at < SimTime::from_ticks(shut) && at.ticks() > 40 { SimTime::from_ticks(shut) } else { at };
            let times: Vec<Duration> = times.into_iter().map(Duration::from_ticks).collect();
            let mut over = vec![SimTime::ZERO; times.len()];
            lanes.serve_each(began, &times, open, &mut over);
            let one_by_one: Vec<SimTime> = times.iter().map(|time| same.serve(began, *time, open)).collect();
            prop_assert_eq!(over, one_by_one);
            prop_assert_eq!(lanes.served().sum::<u32>() as usize, times.len());
            prop_assert_eq!(lanes, same);
        }
    }
}
