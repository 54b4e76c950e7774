//! Numbers with units: instants and durations of simulation time, distances, speeds.
//!
//! Simulation time is a whole number of microsecond ticks, so intervals add up exactly.
//! This module deliberately reads no text; the scenario layer does.

mod time;
mod travel;

pub use time::{Duration, SimTime, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};
pub use travel::{Kilometres, KilometresPerHour};
