//! Schedules, calendar, weather, light, welfare limits, incidents.

use super::{LocalStart, VaryingDuration};
use crate::random::Distribution;
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

/// A half-open interval; clock windows with `to <= from` pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Open from here, this instant included.
    pub from: Duration,
    /// Closed from here.
    pub to: Duration,
}

/// When something is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// At any time.
    Always,
    /// Every day in these windows of local time; at least one.
    Daily(Vec<Window>),
    /// In these intervals since the start, in order, apart from each other; at least one.
    Elapsed(Vec<Window>),
}

impl Schedule {
    /// Whether it is open at `t`.
    #[must_use]
    pub fn is_open(&self, start: LocalStart, t: SimTime) -> bool {
        match self {
            Self::Always => true,
            Self::Daily(windows) => {
                let shown = start.time_of_day_at(t);
                windows.iter().any(|w| if w.from < w.to { w.from <= shown && shown < w.to } else { w.from <= shown || shown < w.to })
            }
            Self::Elapsed(windows) => windows.iter().any(|w| w.from <= t.elapsed() && t.elapsed() < w.to),
        }
    }

    /// The first instant at or after `t` at which it is open, or [`SimTime::NEVER`].
    #[must_use]
    pub fn next_open(&self, start: LocalStart, t: SimTime) -> SimTime {
        if self.is_open(start, t) {
            return t;
        }
        match self {
            Self::Always => t,
            Self::Daily(windows) => windows.iter().map(|w| start.next_clock(t, w.from)).min().unwrap_or(SimTime::NEVER),
            Self::Elapsed(windows) => windows.iter().map(|w| SimTime::ZERO + w.from).find(|from| *from >= t).unwrap_or(SimTime::NEVER),
        }
    }

    /// The first instant after `t` at which it opens or closes, or [`SimTime::NEVER`].
    #[must_use]
    pub fn next_change(&self, start: LocalStart, t: SimTime) -> SimTime {
        let after = t + Duration::from_ticks(1);
        let open = self.is_open(start, t);
        let mut at = match self {
            Self::Always => return SimTime::NEVER,
            Self::Daily(windows) => windows
                .iter()
                .flat_map(|w| [w.from, w.to])
                .map(|c| start.next_clock(after, Duration::from_ticks(c.ticks() % TICKS_PER_DAY)))
                .min(),
            Self::Elapsed(windows) => windows.iter().flat_map(|w| [w.from, w.to]).map(|c| SimTime::ZERO + c).find(|c| *c > t),
        }
        .unwrap_or(SimTime::NEVER);
        // Windows that touch make an edge that changes nothing; two days hold every daily edge.
        let last = t + Duration::from_days(2);
        while at < last && self.is_open(start, at) == open {
            at = match self {
                Self::Daily(windows) => windows
                    .iter()
                    .flat_map(|w| [w.from, w.to])
                    .map(|c| start.next_clock(at + Duration::from_ticks(1), Duration::from_ticks(c.ticks() % TICKS_PER_DAY)))
                    .min()
                    .unwrap_or(SimTime::NEVER),
                _ => break,
            };
        }
        if at != SimTime::NEVER && self.is_open(start, at) == open { SimTime::NEVER } else { at }
    }

    /// Since when it has been open at `t`; `t` must be an open instant. The start of the run where it was open before.
    #[must_use]
    pub fn open_since(&self, start: LocalStart, t: SimTime) -> SimTime {
        match self {
            Self::Always => SimTime::ZERO,
            Self::Daily(windows) => {
                let shown = start.time_of_day_at(t).ticks();
                windows
                    .iter()
                    .filter(|w| {
                        let s = Duration::from_ticks(shown);
                        if w.from < w.to { w.from <= s && s < w.to } else { w.from <= s || s < w.to }
                    })
                    .map(|w| t.saturating_sub(Duration::from_ticks((shown + TICKS_PER_DAY - w.from.ticks()) % TICKS_PER_DAY)))
                    .min()
                    .unwrap_or(t)
            }
            Self::Elapsed(windows) => {
                windows.iter().find(|w| w.from <= t.elapsed() && t.elapsed() < w.to).map_or(t, |w| SimTime::ZERO + w.from)
            }
        }
    }
}

/// A dated change.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarEntry {
    /// The id.
    pub id: String,
    /// In force from here.
    pub from: SimTime,
    /// No longer in force from here.
    pub to: SimTime,
    /// What it applies to; at least one.
    pub applies_to: Vec<CalendarTarget>,
    /// What it does.
    pub effect: CalendarEffect,
    /// Why, for reports.
    pub reason: String,
}

/// What a calendar entry applies to (positions in `Params`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarTarget {
    /// A route.
    Route(usize),
    /// A site, hub or facility.
    Node(usize),
    /// A crossing.
    Crossing(usize),
}

/// What a calendar entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarEffect {
    /// No movement starts (routes; a node means every route from it).
    NoDepartures,
    /// Nothing starts or begins service; what is under way completes.
    Closed,
    /// People who may pass the start points (or take off) of all the routes named, together, per operating day.
    DailyCap(u32),
    /// Multiplies the caps in force on the routes named; at least 0.
    CapFactor(f64),
    /// Multiplies speeds, read when a leg begins; above 0.
    SpeedFactor(f64),
    /// Changes levels while in force.
    Add(Vec<(LevelTarget, i64)>),
}

/// A level that a calendar may change (positions in `Params`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelTarget {
    /// Beds of a facility.
    Beds(usize),
    /// Yard of a facility that has a limit.
    Yard(usize),
    /// Intake bays of a facility.
    IntakeBays(usize),
    /// Holding places of a hub.
    Holding(usize),
    /// Boarding bays of a site or hub.
    BoardingBays(usize),
    /// Lanes of a crossing.
    Lanes(usize),
}

/// Weather for air and land.
#[derive(Clone, Debug, PartialEq)]
pub struct Weather {
    /// Length of a slot; slots begin at the operating day. Above 0.
    pub slot: Duration,
    /// No flights in bad slots.
    pub air: Option<TwoState>,
    /// No convoys start in bad slots.
    pub land: Option<TwoState>,
    /// Speed on land while the air slot is bad, as a factor above 0; 1 where it does not matter.
    pub land_speed_when_air_bad: f64,
}

/// A two-state Markov chain by slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoState {
    /// Share of bad slots in the long run, in [0, 1).
    pub bad_share: f64,
    /// Chance of bad after bad, in [0, 1); with `bad_share` it gives a chance of bad after good that is at most 1.
    pub bad_after_bad: f64,
    /// Whether a bad slot stops departures.
    pub no_go: bool,
}

/// Day, civil twilight and night.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Light {
    /// From the sun at a coarse position, degrees.
    Sun {
        /// North is positive; −66 to 66.
        latitude: f64,
        /// East is positive.
        longitude: f64,
    },
    /// The same times every day; dawn ≤ sunrise < sunset ≤ dusk.
    Fixed {
        /// Civil dawn.
        dawn: Duration,
        /// Sunrise.
        sunrise: Duration,
        /// Sunset.
        sunset: Duration,
        /// Civil dusk.
        dusk: Duration,
    },
}

/// Limits on the time aboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Welfare {
    /// Longest time aboard since boarding or the last comfort halt.
    pub max_aboard: Option<Duration>,
    /// A comfort halt counts only if it lasts so long.
    pub comfort_at_least: Duration,
}

/// Incidents on the road.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidents {
    /// Incidents per convoy-hour, drawn once per replication.
    pub rate_per_hour: Distribution,
    /// Factor while not moving.
    pub halted: f64,
    /// Factor while uncovered.
    pub uncovered: f64,
    /// Factor in daylight.
    pub daylight: f64,
    /// Factor while under-escorted.
    pub under_escorted: f64,
    /// Factor on every convoy for a while after an incident.
    pub after: Option<AfterIncident>,
    /// How long the convoy halts.
    pub delay: VaryingDuration,
    /// Share of incidents after which the convoy turns back, in [0, 1].
    pub turn_back: f64,
}

/// Short memory after an incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AfterIncident {
    /// The factor.
    pub factor: f64,
    /// For how long.
    pub lasts: Duration,
}
