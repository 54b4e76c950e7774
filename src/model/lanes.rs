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

/// So many lanes are looked through one by one, which is what most places have; more are kept in a heap.
const FEW: usize = 8;

/// Lanes side by side.
///
/// Of many lanes only those that have served anybody are kept: the others are all free from the start on, and the first of them is taken
/// where no lane was free earlier. So neither time nor memory of a person grows with the number of lanes.
#[derive(Clone, Debug)]
pub struct Lanes {
    /// How many there are.
    count: usize,
    /// From when on those are free that have served nobody.
    unused_free: SimTime,
    /// All of few lanes; of many, those that have served somebody, which are the first.
    lanes: Vec<Lane>,
    /// Of many lanes: those above as a binary heap, the one that is free first on top, of several the first.
    heap: Vec<u32>,
    /// Of many lanes: when the last of them is free.
    last_free: SimTime,
    /// Of many lanes: those that have served somebody since this was last taken, some of them several times.
    lately: Vec<u32>,
}

impl Lanes {
    /// So many lanes, all free from `at` on.
    #[must_use]
    pub fn new(count: u32, at: SimTime) -> Self {
        let count = count as usize;
        let lanes = if count > FEW { Vec::new() } else { vec![Lane { free: at, served: 0 }; count] };
        Self { count, unused_free: at, lanes, heap: Vec::new(), last_free: at, lately: Vec::new() }
    }

    fn are_many(&self) -> bool {
        self.count > FEW
    }

    /// The lane that is free first; of several the first.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[inline]
    #[must_use]
    pub fn first(&self) -> usize {
        if self.are_many() {
            return self.first_of_many();
        }
        let mut first = 0;
        let mut earliest = self.lanes[0].free;
        for (at, lane) in self.lanes.iter().enumerate().skip(1) {
            if lane.free < earliest {
                (first, earliest) = (at, lane.free);
            }
        }
        first
    }

    fn first_of_many(&self) -> usize {
        let used = self.heap.first().map(|lane| *lane as usize);
        match used {
            Some(lane) if self.lanes.len() == self.count || self.lanes[lane].free <= self.unused_free => lane,
            _ => self.lanes.len(),
        }
    }

    /// When a lane is free.
    #[inline]
    #[must_use]
    pub fn free_at(&self, lane: usize) -> SimTime {
        self.lanes.get(lane).map_or(self.unused_free, |lane| lane.free)
    }

    /// When all lanes are free.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    pub fn all_free(&self) -> SimTime {
        if self.are_many() { self.last_free } else { self.lanes.iter().map(|lane| lane.free).max().expect("there is a lane") }
    }

    /// How many people each lane has served; those beyond have served nobody.
    pub fn served(&self) -> impl ExactSizeIterator<Item = u32> {
        self.lanes.iter().map(|lane| lane.served)
    }

    /// Of many lanes those that have served somebody since this was last asked; `None` of few.
    pub fn take_lately(&mut self) -> Option<Vec<u32>> {
        self.are_many().then(|| std::mem::take(&mut self.lately))
    }

    /// Serves the next person for so long, from `began` on and not before `open` lets it; says when that is over.
    #[inline]
    pub fn serve(&mut self, began: SimTime, time: Duration, open: impl FnOnce(SimTime) -> SimTime) -> SimTime {
        let first = self.first();
        if self.are_many() {
            let free = open(self.free_at(first).max(began)) + time;
            self.occupy_one_of_many(first, free);
            return free;
        }
        let lane = &mut self.lanes[first];
        lane.free = open(lane.free.max(began)) + time;
        lane.served += 1;
        lane.free
    }

    /// The first lane of many is taken until `free`, which is no earlier than it was free before.
    fn occupy_one_of_many(&mut self, lane: usize, free: SimTime) {
        self.last_free = self.last_free.max(free);
        self.lately.push(lane as u32);
        if lane == self.lanes.len() {
            self.lanes.push(Lane { free, served: 1 });
            self.heap.push(lane as u32);
            let mut at = self.heap.len() - 1;
            while at > 0 && self.key(at) < self.key((at - 1) / 2) {
                self.heap.swap(at, (at - 1) / 2);
                at = (at - 1) / 2;
            }
            return;
        }
        self.lanes[lane] = Lane { free, served: self.lanes[lane].served + 1 };
        let mut at = 0;
        while let Some(child) = (2 * at + 1..self.heap.len().min(2 * at + 3)).min_by_key(|child| self.key(*child))
            && self.key(child) < self.key(at)
        {
            self.heap.swap(at, child);
            at = child;
        }
    }

    /// What the heap is ordered by.
    fn key(&self, at: usize) -> (SimTime, u32) {
        let lane = self.heap[at];
        (self.lanes[lane as usize].free, lane)
    }

    /// Serves people one after another, each for as long as `times` says, and writes down when that is `over`.
    #[inline]
    pub fn serve_each(&mut self, began: SimTime, times: &[Duration], mut open: impl FnMut(SimTime) -> SimTime, over: &mut [SimTime]) {
        let people = times.iter().zip(over);
        // One lane or two are what most places have. Taken out of the list, they stay in registers.
        match self.lanes.as_mut_slice() {
            _ if self.count > FEW => people.for_each(|(time, over)| *over = self.serve(began, *time, &mut open)),
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
        let lanes = self.count as u32;
        let between = (left / lanes).saturating_sub(2);
        for round in 0..2 {
            if round == 1 && between > 0 {
                // All of them later by the same: a heap stays one. There are rounds between only where every lane has served somebody.
                self.last_free += time * u64::from(between);
                for lane in &mut self.lanes {
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
        let in_time = |free: SimTime| free < first + time;
        first >= began && if self.are_many() { in_time(self.last_free) } else { self.lanes.iter().all(|lane| in_time(lane.free)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn free_at(times: Vec<u64>) -> Lanes {
        let lanes: Vec<Lane> = times.into_iter().map(|time| Lane { free: SimTime::from_ticks(time), served: 0 }).collect();
        Lanes { count: lanes.len(), lanes, ..Lanes::new(0, SimTime::ZERO) }
    }

    /// Lanes of any number, looked through one by one.
    #[derive(Debug)]
    struct OneByOne(Vec<(SimTime, u32)>);

    impl OneByOne {
        fn first(&self) -> usize {
            (0..self.0.len()).min_by_key(|lane| self.0[*lane].0).expect("there is a lane")
        }

        fn serve(&mut self, began: SimTime, time: Duration, open: impl FnOnce(SimTime) -> SimTime) -> SimTime {
            let first = self.first();
            let (free, served) = &mut self.0[first];
            *free = open((*free).max(began)) + time;
            *served += 1;
            *free
        }
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
            prop_assert_eq!(lanes.lanes, same.lanes);
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
            prop_assert_eq!(lanes.lanes, same.lanes);
        }

        #[test]
        fn many_lanes_serve_as_if_they_were_looked_through_one_by_one(
            count in 9_u32..40,
            at in 0_u64..20,
            loads in prop::collection::vec((0_u64..60, prop::collection::vec(0_u64..20, 0..50), any::<bool>()), 1..6),
            shut in 0_u64..90,
            passing in 0_u64..3,
        ) {
            let at = SimTime::from_ticks(at);
            let mut lanes = Lanes::new(count, at);
            let mut same = OneByOne(vec![(at, 0); count as usize]);
            let open = |at: SimTime| if at < SimTime::from_ticks(shut) && at.ticks() > 40 { SimTime::from_ticks(shut) } else { at };
            let passing = Duration::from_ticks(passing);
            for (began, times, alike) in loads {
                prop_assert_eq!(lanes.first(), same.first());
                let began = SimTime::from_ticks(began);
                let times: Vec<Duration> = times.into_iter().map(Duration::from_ticks).collect();
                if alike {
                    let (people, time) = (4 * times.len() as u32, times.first().copied().unwrap_or_default());
                    let mut door = began;
                    for _ in 0..people {
                        door = door.max(same.serve(began, time, |t| t)) + passing;
                    }
                    prop_assert_eq!(lanes.serve_alike(began, people, time, passing), door);
                } else {
                    let mut over = vec![SimTime::ZERO; times.len()];
                    lanes.serve_each(began, &times, open, &mut over);
                    let one_by_one: Vec<SimTime> = times.iter().map(|time| same.serve(began, *time, open)).collect();
                    prop_assert_eq!(over, one_by_one);
                }
                for (lane, (free, served)) in same.0.iter().enumerate() {
                    prop_assert_eq!((lanes.free_at(lane), lanes.served().nth(lane).unwrap_or(0)), (*free, *served));
                }
                prop_assert_eq!(Some(lanes.all_free()), same.0.iter().map(|lane| lane.0).max());
            }
        }
    }

    #[test]
    fn lanes_that_serve_nobody_take_no_memory() {
        let mut lanes = Lanes::new(u32::MAX, SimTime::ZERO);
        for _ in 0..100 {
            lanes.serve(SimTime::ZERO, Duration::from_ticks(5), |at| at);
        }
        assert_eq!((lanes.served().len(), lanes.first()), (100, 100));
    }
}
