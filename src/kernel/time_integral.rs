//! The integral of a whole-numbered value over simulation time.

use crate::units::SimTime;

/// A whole-numbered value that holds between changes, and its integral: units in use, people present.
///
/// All that a mean over time needs; [`TimeWeighted`](super::TimeWeighted) knows extremes and the time by value as well. Exact, in
/// value × ticks.
///
/// ```
/// # use convoysim::kernel::TimeIntegral;
/// # use convoysim::units::SimTime;
/// let at = SimTime::from_ticks;
/// let mut busy = TimeIntegral::new(at(0), 0);
/// busy.add(at(10), 3);
/// busy.subtract(at(14), 1);
/// assert_eq!((busy.value(), busy.integral(at(20))), (2, 3 * 4 + 2 * 6));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TimeIntegral {
    value: u64,
    since: SimTime,
    /// Up to `since`.
    integral: u128,
}

impl TimeIntegral {
    /// A value that begins at `now`.
    #[must_use]
    pub fn new(now: SimTime, value: u64) -> Self {
        Self { value, since: now, integral: 0 }
    }

    /// The value now.
    #[must_use]
    #[inline]
    pub fn value(&self) -> u64 {
        self.value
    }

    /// Since when it has been that.
    #[must_use]
    #[inline]
    pub fn since(&self) -> SimTime {
        self.since
    }

    /// Sets the value from `now` on. `now` never runs backwards.
    #[inline]
    pub fn set(&mut self, now: SimTime, value: u64) {
        *self = Self { value, since: now, integral: self.integral(now) };
    }

    /// Adds to the value from `now` on.
    #[inline]
    pub fn add(&mut self, now: SimTime, amount: u64) {
        self.set(now, self.value + amount);
    }

    /// Subtracts from the value from `now` on.
    #[inline]
    pub fn subtract(&mut self, now: SimTime, amount: u64) {
        self.set(now, self.value - amount);
    }

    /// Value × ticks from the beginning to `now`.
    #[must_use]
    #[inline]
    pub fn integral(&self, now: SimTime) -> u128 {
        self.integral + u128::from(self.value) * u128::from((now - self.since).ticks())
    }
}
