//! Records of replications and of what some of them show in detail.

use super::{Outcome, Records, Waiting};
use std::borrow::Cow;

/// Which way of a response is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// It depends.
    Neither,
}

impl Better {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
            Self::Neither => "neither",
        }
    }
}

/// A response: one number a replication.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseInfo {
    /// Column name, as in `days_to_completion` or `utilisation.border`.
    pub name: String,
    /// Unit, as in `d`, `h`, `people`; empty for counts and shares.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// How to read it, in a few words.
    pub reading: Cow<'static, str>,
}

/// A resource that is reported on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceInfo {
    /// Name, as in `border` or `coaches-east`.
    pub name: String,
    /// What it is, as in `border lanes`, for sentences.
    pub label: String,
    /// Units at the start.
    pub units: u32,
}

/// How one resource was used in one replication, start to closure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResourceUse {
    /// Unit-hours available.
    pub available_h: f64,
    /// Unit-hours at work.
    pub busy_h: f64,
    /// Unit-hours taken but waiting.
    pub held_waiting_h: f64,
    /// Unit-hours free.
    pub idle_h: f64,
    /// Share of operating days on which it was the largest part of the active chain.
    pub binding_share: f64,
}

/// A part of the time from start to closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributionPart {
    /// What was going on.
    pub cause: &'static str,
    /// What handed over, or `none`.
    pub via: &'static str,
    /// How long in all, in ticks (microseconds).
    pub ticks: u64,
}

/// The measures of `daily.csv`: those of [`Daily`] in its order, then people accepted by land and by air on that day alone.
pub const DAILY_MEASURES: [&str; 8] =
    ["accepted", "accepted_land", "accepted_air", "at_source", "in_hubs", "exposed_person_hours", "land_day", "air_day"];

/// Measures of [`Daily`].
pub(super) const MEASURES_OF_DAY: usize = 6;

/// Six measures at the end of each local calendar day, day 1 first; the last row is the day of closure or of the horizon.
/// Counts are cumulative or present at that midnight, exposed person-hours fall on that day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Daily {
    /// `days[d][m]`: measure `m` of [`DAILY_MEASURES`], of which these are the first six, at the end of local day `d + 1`.
    pub days: Vec<[f32; MEASURES_OF_DAY]>,
}

impl Daily {
    /// Position of the one measure that falls on a day; the others are counts at its end.
    pub(super) const FLOW: usize = 5;

    /// The measures at the end of a local day (from 1). After its last row everything stays as it is, and nothing falls on a day.
    #[must_use]
    pub fn on_day(&self, day: usize) -> [f32; MEASURES_OF_DAY] {
        match (self.days.get(day - 1), self.days.last()) {
            (Some(row), _) => *row,
            (None, Some(last)) => {
                let mut row = *last;
                row[Self::FLOW] = 0.0;
                row
            }
            (None, None) => [0.0; MEASURES_OF_DAY],
        }
    }
}

/// What one replication reports.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicationRecord {
    /// Its number, from 0.
    pub replication: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// For each group of people left: where it is and what it waits for. Empty where complete.
    pub left: Vec<Waiting>,
    /// One value a response, in the order of `RunTable::responses`; NaN where it is not defined.
    pub values: Vec<f64>,
    /// Day by day. After its last row a closed replication stays as it is (with no exposure).
    pub daily: Daily,
    /// Parts of the time from start to closure (or to the horizon), in a fixed order, no zeros.
    pub attribution: Vec<AttributionPart>,
    /// One entry a resource, in the order of `RunTable::resources`.
    pub resources: Vec<ResourceUse>,
    /// Simulation events executed.
    pub events: u64,
    /// Random draws made (streams opened).
    pub draws: u64,
}

impl ReplicationRecord {
    /// Whether somebody was not accepted before the horizon: by the horizon itself or by a deadlock.
    #[must_use]
    pub const fn censored(&self) -> bool {
        self.outcome.is_censored()
    }
}

/// A replication that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRecord {
    /// Its number.
    pub replication: u32,
    /// `livelock`, `identity`, `budget` or `panic`.
    pub kind: &'static str,
    /// What happened, when.
    pub message: String,
    /// Who waited for what.
    pub waits: Vec<String>,
}

/// All results of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTable {
    /// The responses, in column order.
    pub responses: Vec<ResponseInfo>,
    /// The resources, in column order.
    pub resources: Vec<ResourceInfo>,
    /// Replications that ended, in order of their number.
    pub records: Records,
    /// Replications that failed, in order of their number.
    pub failures: Vec<FailureRecord>,
}

/// A node as drawn along a route.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeRow {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// `site`, `hub`, `facility` or `crossing`.
    pub kind: &'static str,
    /// (route id, distance from the route's origin in km); in an [`Output`](super::Output) by route id, each route once.
    pub along: Vec<(String, f64)>,
}

/// One movement of a shown replication. Times are ticks since the start; `None` for what did not happen.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvoyRow {
    /// Replication.
    pub replication: u32,
    /// Movement number, in order of forming.
    pub movement: u32,
    /// Route id.
    pub route: String,
    /// `land` or `air`.
    pub mode: &'static str,
    /// Place of the movement within its route, from 1.
    pub nth: u32,
    /// When it formed.
    pub formed: u64,
    /// When it was loaded.
    pub loaded: Option<u64>,
    /// When it passed the start point or took off.
    pub start_point: Option<u64>,
    /// When its first vehicle reached the destination.
    pub arrive: Option<u64>,
    /// When its last vehicle was inside the destination.
    pub clear: Option<u64>,
    /// When its last person was accepted (or, at a hub, had got off).
    pub accepted: Option<u64>,
    /// Whether it turned back.
    pub turned_back: bool,
    /// People aboard at the start point.
    pub people: u32,
    /// Buses or aircraft.
    pub vehicles: u32,
    /// Escorts at the start point.
    pub escorts: u32,
    /// Hours loaded and waiting inside the wall.
    pub wait_to_start_h: f64,
    /// Bus-hours in the queue of crossings.
    pub border_queue_bus_h: f64,
    /// Convoy-hours of each motion, in the order of `model` motions.
    pub motion_h: Vec<(&'static str, f64)>,
    /// Exposure window in hours.
    pub exposed_h: f64,
    /// Uncovered hours of it.
    pub uncovered_h: f64,
    /// Longest halt in hours.
    pub longest_halt_h: f64,
    /// Longest uncovered spell in hours.
    pub longest_uncovered_h: f64,
    /// Convoy-hours by class of exposure: low, moderate, high, highest.
    pub class_h: [f64; 4],
}

/// A stretch of time in which nothing about a movement (or one vehicle of it) changed.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentRow {
    /// Replication.
    pub replication: u32,
    /// Movement number.
    pub movement: u32,
    /// What it did: `boarding`, `waiting to start`, `moving`, `border queue`, …
    pub kind: &'static str,
    /// Leg, crossing or node id.
    pub place: String,
    /// Start, in ticks.
    pub start: u64,
    /// End, in ticks.
    pub end: u64,
    /// Distance from the route's origin at the start.
    pub km_from: f64,
    /// Distance from the route's origin at the end.
    pub km_to: f64,
    /// People aboard.
    pub people: u32,
    /// Motion, empty inside a wall.
    pub motion: &'static str,
    /// `covered` or `uncovered`, empty inside a wall.
    pub cover: &'static str,
    /// `adequate` or `under-escorted`, empty inside a wall.
    pub escort: &'static str,
    /// `day`, `civil twilight` or `night`.
    pub light: &'static str,
    /// `within` or `over`, empty inside a wall.
    pub welfare: &'static str,
}

/// People by place at the start of each hour of a shown replication.
#[derive(Clone, Debug, PartialEq)]
pub struct HourRow {
    /// Replication.
    pub replication: u32,
    /// Hour since the start.
    pub hour: u32,
    /// People at source, on the way, in hubs, at a facility not yet accepted, accepted.
    pub people: [u32; 5],
}

/// A change of state, with its cause.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceRow {
    /// When, in ticks.
    pub time: u64,
    /// What kind of entity: `route`, `convoy`, `bus`, `escort`, `cover`, `aircraft`, `crossing`, `facility`, `weather` …
    pub entity: &'static str,
    /// Which one.
    pub id: String,
    /// Its new state.
    pub state: Cow<'static, str>,
    /// Where.
    pub place: String,
    /// Why it changed.
    pub cause: Cow<'static, str>,
}

/// What a shown replication has in addition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// Movements.
    pub convoys: Vec<ConvoyRow>,
    /// State intervals of movements.
    pub segments: Vec<SegmentRow>,
    /// People by place, by hour.
    pub hours: Vec<HourRow>,
    /// Every change of state.
    pub trace: Vec<TraceRow>,
}
