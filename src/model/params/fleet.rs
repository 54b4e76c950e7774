//! Buses, escorts, air cover and transport aircraft.

use super::{Schedule, VaryingDuration};
use crate::units::{Duration, Kilometres};

/// A fleet of buses.
#[derive(Clone, Debug, PartialEq)]
pub struct BusFleet {
    /// The id.
    pub id: String,
    /// Buses; at least 1.
    pub count: u32,
    /// Seats of one bus.
    pub seats: u32,
    /// People a full bus carries: `floor(seats × fill)` on the decimals as written; at least 1.
    pub load: u32,
    /// Custody node (position in `Params::nodes`); an end of every route that uses the fleet.
    pub home: usize,
    /// Breakdowns by distance.
    pub breakdown: Option<Breakdown>,
    /// After every trip, at home.
    pub inspection: VaryingDuration,
    /// What drivers may do; `None` for no limit.
    pub driver: Option<DriverRule>,
}

/// Breakdowns of a vehicle: exponential in the distance run, loaded or empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// Mean distance between breakdowns.
    pub mean_distance: Kilometres,
    /// Repair on the spot.
    pub repair: VaryingDuration,
}

/// Driving limits of a bus's crew or crews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DriverRule {
    /// Driving between two rests, per crew.
    pub max_driving: Duration,
    /// A break within a crew's driving, if any.
    pub pause: Option<DriverBreak>,
    /// The rest.
    pub rest: Duration,
    /// Crews aboard, 1 or 2; two take turns, so they need no break and drive twice as long.
    pub crews: u32,
}

/// A driver's break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DriverBreak {
    /// Driving time after which it is due.
    pub after: Duration,
    /// How long it lasts.
    pub length: Duration,
}

/// A pool of escort vehicles.
#[derive(Clone, Debug, PartialEq)]
pub struct EscortPool {
    /// The id.
    pub id: String,
    /// Vehicles; at least 1.
    pub count: u32,
    /// Id of the custody node or crossing where they are based (for readers; they are away for the legs they covered).
    pub home: String,
    /// Rest of the crews.
    pub rest: Option<EscortRest>,
    /// Breakdowns by distance.
    pub breakdown: Option<Breakdown>,
}

/// Rest of escort crews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EscortRest {
    /// Time on duty (seized, or on the way back) after which a rest is due.
    pub after: Duration,
    /// How long it lasts.
    pub length: Duration,
}

/// Aircraft that watch over convoys.
#[derive(Clone, Debug, PartialEq)]
pub struct AirCover {
    /// The id.
    pub id: String,
    /// Aircraft; at least 1.
    pub aircraft: u32,
    /// Airborne time of a sortie; longer than both transits.
    pub endurance: Duration,
    /// One way to the orbit.
    pub transit: Duration,
    /// Between landing and the next take-off.
    pub ground: Duration,
    /// Chance that an aircraft can fly the sortie it is asked for, in (0, 1].
    pub mission_capable: f64,
    /// Orbits that can be held at once.
    pub orbits: u32,
    /// Convoys that one orbit covers.
    pub convoys_per_orbit: u32,
    /// When an orbit is held.
    pub on_station: OnStation,
}

/// When air cover is on station.
#[derive(Clone, Debug, PartialEq)]
pub enum OnStation {
    /// While a convoy needs it.
    OnDemand,
    /// Always, from the first take-off at the start.
    Always,
    /// In these intervals, whatever the aircraft.
    Fixed(Schedule),
}

/// A fleet of transport aircraft or helicopters.
#[derive(Clone, Debug, PartialEq)]
pub struct AircraftFleet {
    /// The id.
    pub id: String,
    /// Aircraft; may be 0, then its routes never fly.
    pub count: u32,
    /// Seats of one aircraft.
    pub seats: u32,
    /// People a full aircraft carries: `floor(seats × fill)`; at least 1.
    pub load: u32,
    /// Onload of a full or part load.
    pub onload: VaryingDuration,
    /// Offload.
    pub offload: VaryingDuration,
    /// Chance that an aircraft can fly the sortie it is asked for, in (0, 1].
    pub mission_capable: f64,
    /// Repair when it can't.
    pub repair: VaryingDuration,
    /// Crew duty, from the onload of the first sortie; `None` for no limit.
    pub duty: Option<Duration>,
    /// Crew rest after a duty.
    pub rest: Duration,
    /// Custody node where it is based: the origin of every route that uses it.
    pub home: usize,
}
