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
}
