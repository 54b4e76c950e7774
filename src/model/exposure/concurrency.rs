//! How many movements and people are exposed at once.

use crate::units::{Duration, SimTime};

/// Counts over time; changes at one instant count as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concurrency {
    since: SimTime,
    convoys: u32,
    people: u32,
    window_from: SimTime,
    in_window: bool,
    /// Time with anybody exposed.
    pub union: Duration,
    /// Time with two or more convoys exposed.
    pub two_or_more: Duration,
    /// Longest unbroken time with anybody exposed.
    pub longest_window: Duration,
    /// Most convoys exposed at once.
    pub max_convoys: u32,
    /// Most people exposed at once.
    pub peak_people: u32,
    /// Convoy-time as the integral of the count.
    pub integral: u128,
}

impl Concurrency {
    fn advance(&mut self, now: SimTime) {
        let passed = now - self.since;
        if passed.is_zero() {
            return;
        }
        if self.convoys > 0 {
            if !self.in_window {
                self.in_window = true;
                self.window_from = self.since;
            }
            self.union += passed;
            self.integral += u128::from(passed.ticks()) * u128::from(self.convoys);
            self.max_convoys = self.max_convoys.max(self.convoys);
            self.peak_people = self.peak_people.max(self.people);
            if self.convoys >= 2 {
                self.two_or_more += passed;
            }
            self.longest_window = self.longest_window.max(now - self.window_from);
        } else {
            self.in_window = false;
        }
        self.since = now;
    }

    /// The exposed convoys and people change from now on.
    pub fn change(&mut self, now: SimTime, convoys: i32, people: i32) {
        self.advance(now);
        self.convoys = self.convoys.checked_add_signed(convoys).expect("no fewer than no convoys are exposed");
        self.people = self.people.checked_add_signed(people).expect("no fewer than no people are exposed");
    }

    /// Ends the count.
    pub fn finish(&mut self, now: SimTime) {
        self.advance(now);
    }

    /// Convoys exposed now.
    #[must_use]
    pub fn convoys(&self) -> u32 {
        self.convoys
    }
}
