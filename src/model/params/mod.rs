//! What a checked scenario hands to the model: plain data, ids already resolved to positions.
//!
//! Nothing here is checked again: whoever holds a [`Params`] may rely on every promise written beside a field.
//! Durations that vary are sampled in ticks, speeds in km/h, rates per hour.

mod fleet;
mod node;
mod route;
mod surroundings;

pub use fleet::{AirCover, AircraftFleet, Breakdown, BusFleet, DriverBreak, DriverRule, EscortPool, EscortRest, OnStation};
pub use node::{
    Airfield, BedLevel, Boarding, Breakout, ClassCount, Crossing, Facility, Hub, Intake, Node, NodeKind, RandomClosure, Searching, Site,
    Unfit,
};
pub use route::{
    AirRoute, Board, CoverNeed, CoverPolicy, Departures, EscortNeed, Halts, HandOver, LandRoute, Leg, LegSpeed, Mode, OnLoss, PathPart,
    PlannedPart, ReturnTrip, Route, Stretch,
};
pub use surroundings::{
    AfterIncident, CalendarEffect, CalendarEntry, CalendarTarget, Incidents, LevelTarget, Light, Schedule, TwoState, Weather, Welfare,
    Window,
};

use crate::random::{Distribution, Stream};
use crate::units::{Duration, KilometresPerHour, SimTime, TICKS_PER_DAY};

/// Everything the model needs to know of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// When the run starts, in local civil time.
    pub start: LocalStart,
    /// The run ends here at the latest; above zero and below 2,000 days.
    pub horizon: Duration,
    /// Time of day at which an operating day begins (12:00 unless told).
    pub operating_day: Duration,
    /// A run in which no head count changes for so long ends there, as if the horizon had come. `None`: none does.
    pub stall_after: Option<Duration>,
    /// A replication ends as a failure after about so many events (the kernel checks every few thousand); at least 1.
    pub max_events: u64,
    /// Ids of the classes of people, in file order; at least one.
    pub classes: Vec<String>,
    /// Sites, hubs and facilities, in file order (sites, then hubs, then facilities).
    pub nodes: Vec<Node>,
    /// Border crossings.
    pub crossings: Vec<Crossing>,
    /// Bus fleets.
    pub buses: Vec<BusFleet>,
    /// Escort pools.
    pub escorts: Vec<EscortPool>,
    /// Air cover orbits.
    pub air_cover: Vec<AirCover>,
    /// Transport aircraft fleets.
    pub aircraft: Vec<AircraftFleet>,
    /// Routes, in file order.
    pub routes: Vec<Route>,
    /// Dated changes.
    pub calendar: Vec<CalendarEntry>,
    /// Weather by slot.
    pub weather: Weather,
    /// Day, twilight and night.
    pub light: Light,
    /// Limits on the time aboard.
    pub welfare: Welfare,
    /// Incidents on the road, if they are modelled.
    pub incidents: Option<Incidents>,
}

impl Params {
    /// Whether a node is a hub.
    #[must_use]
    pub fn is_hub(&self, node: usize) -> bool {
        matches!(self.nodes[node].kind, NodeKind::Hub(_))
    }
}

/// The start of the run in local civil time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalStart {
    /// Year, month 1–12, day 1–31.
    pub date: (i32, u8, u8),
    /// Time since local midnight.
    pub time_of_day: Duration,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
}

impl LocalStart {
    /// The time of day at an instant.
    #[must_use]
    pub fn time_of_day_at(self, t: SimTime) -> Duration {
        Duration::from_ticks((t.ticks() + self.time_of_day.ticks()) % TICKS_PER_DAY)
    }

    /// The local calendar day of an instant, 0 for the day of the start. Midnight belongs to the new day.
    #[must_use]
    pub fn day_of(self, t: SimTime) -> usize {
        ((t.ticks() + self.time_of_day.ticks()) / TICKS_PER_DAY) as usize
    }

    /// The instant at which local day `day` begins; the start itself where that day began before it.
    #[must_use]
    pub fn midnight(self, day: usize) -> SimTime {
        SimTime::from_ticks((day as u64 * TICKS_PER_DAY).saturating_sub(self.time_of_day.ticks()))
    }

    /// The first instant at or after `t` at which the local clock shows `time_of_day`.
    #[must_use]
    pub fn next_clock(self, t: SimTime, time_of_day: Duration) -> SimTime {
        let shown = self.time_of_day_at(t).ticks();
        let wait = (time_of_day.ticks() + TICKS_PER_DAY - shown) % TICKS_PER_DAY;
        t + Duration::from_ticks(wait)
    }
}

/// A duration that may vary: a [`Distribution`] of ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct VaryingDuration(pub Distribution);

impl VaryingDuration {
    /// Always the same.
    #[must_use]
    pub fn constant(duration: Duration) -> Self {
        Self(Distribution::constant(duration.ticks() as f64).expect("ticks are finite"))
    }

    /// One draw, rounded to ticks once.
    #[must_use]
    pub fn sample(&self, stream: &mut Stream) -> Duration {
        Duration::round_ticks(self.0.sample(stream))
    }

    /// So many draws from one stream, in order, in place of what is in `times`.
    pub fn sample_many(&self, stream: &mut Stream, count: usize, times: &mut Vec<Duration>) {
        /// Draws at once.
        const CHUNK: usize = 64;
        times.clear();
        if let Some(always) = self.fixed() {
            times.resize(count, always);
            return;
        }
        times.reserve(count);
        let mut ticks = [0.0; CHUNK];
        while times.len() < count {
            let ticks = &mut ticks[..CHUNK.min(count - times.len())];
            self.0.sample_into(stream, ticks);
            Duration::round_ticks_each(ticks, times);
        }
    }

    /// The sum of so many draws from one stream.
    #[must_use]
    pub fn sample_sum(&self, stream: &mut Stream, count: usize) -> Duration {
        match self.fixed() {
            Some(always) => always * count as u64,
            None => (0..count).map(|_| self.sample(stream)).sum(),
        }
    }

    /// The mean, which plans use.
    #[must_use]
    pub fn mean(&self) -> Duration {
        Duration::round_ticks(self.0.mean())
    }

    /// The value, where it does not vary.
    #[must_use]
    pub fn fixed(&self) -> Option<Duration> {
        self.0.is_constant().map(Duration::round_ticks)
    }
}

/// A speed that may vary: a [`Distribution`] of km/h, always above 0.
#[derive(Clone, Debug, PartialEq)]
pub struct VaryingSpeed(pub Distribution);

impl VaryingSpeed {
    /// Always the same.
    #[must_use]
    pub fn constant(speed: KilometresPerHour) -> Self {
        Self(Distribution::constant(speed.0).expect("a speed is finite"))
    }

    /// One draw.
    #[must_use]
    pub fn sample(&self, stream: &mut Stream) -> KilometresPerHour {
        KilometresPerHour(self.0.sample(stream))
    }

    /// The mean, which plans use.
    #[must_use]
    pub fn mean(&self) -> KilometresPerHour {
        KilometresPerHour(self.0.mean())
    }
}
