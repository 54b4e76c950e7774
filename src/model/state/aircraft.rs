//! Transport aircraft of a fleet, and the parking that is planned for them.

use super::super::chain::Since;
use super::super::watched::Watched;
use crate::kernel::TimeIntegral;
use crate::units::SimTime;

/// One transport aircraft.
#[derive(Clone, Debug)]
pub struct AircraftUnit {
    /// Sorties asked of it.
    pub sorties: u32,
    /// When the present crew duty began.
    pub duty_from: Option<SimTime>,
    /// Since when it has been free, and why.
    pub since: Since,
}

/// A fleet of transport aircraft.
#[derive(Debug)]
pub struct AircraftState {
    /// Aircraft.
    pub units: Vec<AircraftUnit>,
    /// Free aircraft at home, the longest free first.
    pub free: Watched<Vec<u32>>,
    /// Aircraft not free, over time.
    pub taken: TimeIntegral,
}

/// Parking as it is planned: when each spot is expected to be free.
#[derive(Clone, Debug)]
pub struct Spot {
    /// When its last reservation is planned to end.
    pub planned_free: SimTime,
    /// Flights that hold or have reserved it.
    pub held: u32,
}
