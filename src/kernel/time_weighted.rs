//! Whole-numbered values over simulation time.

use super::time_integral::TimeIntegral;
use crate::units::{Duration, SimTime};

/// A whole-numbered value that holds between changes: a queue length, units in use.
///
/// Integrals are exact, in value × ticks. A value that lasted no time leaves no trace, neither in extremes nor in states.
#[derive(Clone, Debug)]
pub struct TimeWeighted {
    level: TimeIntegral,
    start: SimTime,
    min: Option<u64>,
    max: Option<u64>,
    /// Ticks spent at each value from 0 up, of the closed intervals.
    in_state: Vec<Duration>,
}

/// Values from here on share one entry in the time by state.
const STATES: u64 = 1024;

impl TimeWeighted {
    /// A value that begins at `now`.
    #[must_use]
    pub fn new(now: SimTime, value: u64) -> Self {
        Self { level: TimeIntegral::new(now, value), start: now, min: None, max: None, in_state: Vec::new() }
    }

    /// The value now.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.level.value()
    }

    /// Sets the value from `now` on. `now` never runs backwards.
    pub fn set(&mut self, now: SimTime, value: u64) {
        self.close(now);
        self.level.set(now, value);
    }

    /// Adds to the value from `now` on.
    pub fn add(&mut self, now: SimTime, amount: u64) {
        self.set(now, self.value() + amount);
    }

    /// Subtracts from the value from `now` on.
    pub fn subtract(&mut self, now: SimTime, amount: u64) {
        self.set(now, self.value() - amount);
    }

    /// Forgets everything before `now`, in the middle of an interval if need be; the value stays.
    pub fn reset(&mut self, now: SimTime) {
        *self = Self::new(now, self.value());
    }

    /// Value × ticks from the start (or the last reset) to `now`.
    #[must_use]
    pub fn integral(&self, now: SimTime) -> u128 {
        self.level.integral(now)
    }

    /// The time average up to `now`, if any time has passed.
    #[must_use]
    pub fn average(&self, now: SimTime) -> Option<f64> {
        let length = (now - self.start).ticks();
        (length > 0).then(|| self.integral(now) as f64 / length as f64)
    }

    /// The least value that lasted, up to `now`.
    #[must_use]
    pub fn min(&self, now: SimTime) -> Option<u64> {
        let open = (now > self.level.since()).then_some(self.value());
        self.min.into_iter().chain(open).min()
    }

    /// The greatest value that lasted, up to `now`.
    #[must_use]
    pub fn max(&self, now: SimTime) -> Option<u64> {
        self.max.max((now > self.level.since()).then_some(self.value()))
    }

    /// Time spent at `value` up to `now`; values from 1024 on are counted together.
    #[must_use]
    pub fn time_at(&self, value: u64, now: SimTime) -> Duration {
        let state = value.min(STATES);
        let closed = self.in_state.get(state as usize).copied().unwrap_or_default();
        if state == self.value().min(STATES) { closed + (now - self.level.since()) } else { closed }
    }

    /// Notes the interval that ends now.
    fn close(&mut self, now: SimTime) {
        let length = now - self.level.since();
        if length.is_zero() {
            return;
        }
        let value = self.value();
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = self.max.max(Some(value));
        let state = value.min(STATES) as usize;
        if state >= self.in_state.len() {
            self.in_state.resize(state + 1, Duration::ZERO);
        }
        self.in_state[state] += length;
    }
}
