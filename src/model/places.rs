//! Places and people that wait, first in first out, each knowing since when it has been there and what brought it.

use std::collections::VecDeque;

use super::chain::Since;
use crate::units::{Duration, SimTime};

/// Free places of a hub or beds of a facility.
#[derive(Clone, Debug, Default)]
pub struct Places {
    groups: VecDeque<(u32, Since)>,
    free: u32,
    /// Places withdrawn while they were taken: the next ones given back are lost.
    debt: u32,
    /// Places taken (reserved or occupied).
    taken: u32,
}

impl Places {
    /// Places free from the start.
    #[must_use]
    pub fn new(places: u32) -> Self {
        let mut new = Self::default();
        new.add(places, Since::START);
        new
    }

    /// Free places.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.free
    }

    /// Places taken.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.taken
    }

    /// New places appear.
    pub fn add(&mut self, places: u32, since: Since) {
        let repaid = places.min(self.debt);
        self.debt -= repaid;
        let left = places - repaid;
        if left > 0 {
            self.free += left;
            self.groups.push_back((left, since));
        }
    }

    /// Places disappear: free ones first, the latest first, then those given back next.
    pub fn withdraw(&mut self, places: u32) {
        let mut left = places;
        while left > 0 {
            let Some((n, _)) = self.groups.back_mut() else { break };
            let from_here = left.min(*n);
            *n -= from_here;
            self.free -= from_here;
            left -= from_here;
            if *n == 0 {
                self.groups.pop_back();
            }
        }
        self.debt += left;
    }

    /// Takes places, the longest free first, and says when the last of them became free.
    ///
    /// # Panics
    ///
    /// If fewer are free: the caller has asked first.
    pub fn take(&mut self, places: u32) -> Since {
        assert!(places <= self.free, "{places} places asked of {} free", self.free);
        self.free -= places;
        self.taken += places;
        let (mut left, mut last) = (places, Since::START);
        while left > 0 {
            let (n, since) = self.groups.front_mut().expect("free counts the groups");
            let from_here = left.min(*n);
            *n -= from_here;
            left -= from_here;
            last = *since;
            if *n == 0 {
                self.groups.pop_front();
            }
        }
        last
    }

    /// When the last of the places that [`take`](Self::take) would give became free.
    ///
    /// # Panics
    ///
    /// If fewer are free: the caller has asked first.
    #[must_use]
    pub fn peek(&self, places: u32) -> Since {
        let (mut left, mut last) = (places, Since::START);
        for (n, since) in &self.groups {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(*n);
            last = *since;
        }
        assert_eq!(left, 0, "{places} places asked of {} free", self.free);
        last
    }

    /// Takes places whether or not they are free; returns how many were not.
    pub fn take_regardless(&mut self, places: u32) -> u32 {
        let there = places.min(self.free);
        self.take(there);
        self.taken += places - there;
        self.debt += places - there;
        places - there
    }

    /// Gives places back.
    pub fn give_back(&mut self, places: u32, since: Since) {
        self.taken -= places;
        self.add(places, since);
    }
}

/// People of one kind within a load or a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct People {
    /// How many.
    pub count: u32,
    /// When they were first called for a movement; `None` for those never called.
    pub called: Option<SimTime>,
    /// Exposed time on earlier movements.
    pub exposed_for: Duration,
    /// They have been over the limit on the time aboard, on a movement that is over.
    pub over_limit: bool,
}

/// A queue of people of one class.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    groups: VecDeque<(People, Since)>,
    count: u32,
}

impl Waiting {
    /// People waiting.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// People join at the end.
    pub fn join(&mut self, people: People, since: Since) {
        if people.count > 0 {
            self.count += people.count;
            self.groups.push_back((people, since));
        }
    }

    /// People come back to the front.
    pub fn join_first(&mut self, people: People, since: Since) {
        if people.count > 0 {
            self.count += people.count;
            self.groups.push_front((people, since));
        }
    }

    /// When the last of the people that [`take`](Self::take) would give had come.
    ///
    /// # Panics
    ///
    /// If fewer wait: the caller has asked first.
    #[must_use]
    pub fn peek(&self, count: u32) -> Since {
        let (mut left, mut last) = (count, Since::START);
        for (people, since) in &self.groups {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(people.count);
            if since.at >= last.at {
                last = *since;
            }
        }
        assert_eq!(left, 0, "{count} people asked of {} waiting", self.count);
        last
    }

    /// Takes the first people of the queue into `load` and says when the last of them had come.
    ///
    /// # Panics
    ///
    /// If fewer wait: the caller has asked first.
    pub fn take(&mut self, count: u32, load: &mut Vec<People>) -> Since {
        assert!(count <= self.count, "{count} people asked of {} waiting", self.count);
        self.count -= count;
        let (mut left, mut last) = (count, Since::START);
        while left > 0 {
            let (people, since) = self.groups.front_mut().expect("count counts the groups");
            let from_here = left.min(people.count);
            load.push(People { count: from_here, ..*people });
            people.count -= from_here;
            left -= from_here;
            if since.at >= last.at {
                last = *since;
            }
            if people.count == 0 {
                self.groups.pop_front();
            }
        }
        last
    }
}
