//! Distances and speeds.

use super::time::{Duration, TICKS_PER_HOUR};

/// A distance in kilometres, at least 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Kilometres(pub f64);

/// A speed in kilometres per hour, above 0.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct KilometresPerHour(pub f64);

impl Kilometres {
    /// The time this distance takes at `speed`, to the nearest tick.
    #[must_use]
    pub fn at(self, speed: KilometresPerHour) -> Duration {
        Duration::round_ticks(self.0 * TICKS_PER_HOUR as f64 / speed.0)
    }
}
