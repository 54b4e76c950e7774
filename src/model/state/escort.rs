//! Escort vehicles of a pool.

use super::super::chain::Since;
use super::super::free::join_free;
use crate::kernel::TimeIntegral;
use crate::units::Duration;

/// One escort vehicle.
#[derive(Clone, Debug)]
pub struct EscortUnit {
    /// Kilometres left until it breaks down.
    pub km_left: f64,
    /// Breakdowns so far.
    pub breakdowns: u32,
    /// Duty since the last rest.
    pub duty: Duration,
    /// Since when it has been free, and why.
    pub since: Since,
}

/// A pool.
#[derive(Debug)]
pub struct EscortState {
    /// Vehicles.
    pub units: Vec<EscortUnit>,
    /// Free vehicles, the longest free first.
    pub free: Vec<u32>,
    /// Vehicles not free, over time.
    pub taken: TimeIntegral,
}

impl EscortState {
    /// Puts a vehicle among the free ones.
    pub fn release(&mut self, unit: u32, since: Since) {
        self.units[unit as usize].since = since;
        let units = &self.units;
        join_free(&mut self.free, unit, |unit| units[unit as usize].since.at);
        self.taken.subtract(since.at, 1);
    }
}
