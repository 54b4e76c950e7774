//! Buses of a fleet.

use super::super::chain::Since;
use super::super::params::DriverRule;
use super::super::watched::Watched;
use crate::kernel::TimeIntegral;
use crate::units::Duration;

/// One bus.
#[derive(Clone, Debug)]
pub struct BusUnit {
    /// Kilometres left until it breaks down.
    pub km_left: f64,
    /// Breakdowns so far.
    pub breakdowns: u32,
    /// Driving since the drivers' last rest.
    pub driven: Duration,
    /// Driving since their last break.
    pub driven_since_break: Duration,
    /// Since when it has been free, and why.
    pub since: Since,
}

impl BusUnit {
    /// A standstill of the bus: long enough, it counts as a break or a rest.
    pub fn stood_still(&mut self, rule: Option<DriverRule>, time: Duration) {
        let Some(rule) = rule else { return };
        if rule.pause.is_none_or(|p| time >= p.length) {
            self.driven_since_break = Duration::ZERO;
        }
        if time >= rule.rest {
            self.driven = Duration::ZERO;
        }
    }

    /// Driving.
    pub fn drove(&mut self, time: Duration) {
        self.driven += time;
        self.driven_since_break += time;
    }
}

/// A fleet.
#[derive(Debug)]
pub struct FleetState {
    /// Buses.
    pub units: Vec<BusUnit>,
    /// Free buses at home, the longest free first.
    pub free: Watched<Vec<u32>>,
    /// Buses not free, over time.
    pub taken: TimeIntegral,
}
