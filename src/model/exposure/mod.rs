//! Exposure: people aboard and outside a secured perimeter, for how long and in what state.
//!
//! [`windows`] is the algebra of exposure windows as pure functions on intervals; [`Tracker`] keeps the state of one movement and books
//! every interval into a [`Ledger`]; [`Concurrency`] follows how many are exposed at once. All sums are whole ticks, so partitions
//! add up to their totals exactly.

mod concurrency;
mod ledger;
mod state;
mod tracker;
pub mod windows;

pub use concurrency::Concurrency;
pub use ledger::{Cell, Ledger};
pub use state::{Class, Motion};
pub use tracker::{Accrued, Booked, Flags, Hazard, NextIncident, Surroundings, Tracker, Vehicle};
