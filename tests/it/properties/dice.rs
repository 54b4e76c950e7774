//! Choices that a strategy makes: numbers that shrink to zero, and zero always means the simplest thing.

use convoysim::model::params::VaryingDuration;
use convoysim::random::Distribution;
use convoysim::units::{Duration, TICKS_PER_MINUTE};

/// A list of choices, read one after another; beyond its end everything is the simplest.
pub struct Dice<'c> {
    choices: &'c [u16],
    at: usize,
}

impl<'c> Dice<'c> {
    pub fn new(choices: &'c [u16]) -> Self {
        Self { choices, at: 0 }
    }

    /// Choices of their own for one entity, so that what it does with them moves nobody else's.
    pub fn part(&mut self, count: usize) -> Dice<'c> {
        let from = self.at.min(self.choices.len());
        self.at += count;
        Dice { choices: &self.choices[from..self.at.min(self.choices.len())], at: 0 }
    }

    fn next(&mut self) -> u64 {
        self.at += 1;
        self.choices.get(self.at - 1).copied().unwrap_or(0).into()
    }

    /// A number from `low` to `high`, both included.
    pub fn number(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() * u64::from(high - low + 1) / 65_536) as u32
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() * 100 / 65_536 >= 100 - percent
    }

    /// Something in so many of a hundred cases; what it is takes its choices in any case.
    pub fn maybe<T>(&mut self, percent: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let there = self.chance(percent);
        let made = make(self);
        there.then_some(made)
    }

    /// One of a list.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.number(0, of.len() as u32 - 1) as usize].clone()
    }

    /// A share from 0 to `most`.
    pub fn share(&mut self, most: f64) -> f64 {
        f64::from(self.number(0, 100)) / 100.0 * most
    }

    pub fn minutes(&mut self, low: u32, high: u32) -> Duration {
        Duration::from_minutes(u64::from(self.number(low, high)))
    }

    /// Minutes that vary, or don't.
    pub fn varying(&mut self, chance: bool, low: u32, high: u32) -> VaryingDuration {
        let mean = f64::from(self.number(low, high)) * TICKS_PER_MINUTE as f64;
        let family = self.number(0, 5);
        if !chance || mean == 0.0 {
            return VaryingDuration(Distribution::constant(mean).expect("finite"));
        }
        let made = match family {
            0 => Distribution::constant(mean),
            1 => Distribution::uniform(mean * 0.5, mean * 1.5),
            2 => Distribution::triangular(mean * 0.5, mean, mean * 2.0),
            3 => Distribution::exponential_with_mean(mean),
            4 => Distribution::lognormal_median_sigma(mean, 0.5),
            _ => Distribution::discrete(&[mean, mean * 2.0], &[0.7, 0.3]),
        };
        VaryingDuration(made.expect("numbers above zero"))
    }
}
