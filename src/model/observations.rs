//! What one replication reports, or why it failed.

use super::books::{Acceptance, Counts, Flow, Start};
use super::chain::ChainPart;
use super::detail::{Segment, TraceEntry};
use super::ending::{Ending, Waiting};
use super::exposure::{Concurrency, Ledger};
use super::movement::Movement;
use super::residual::Residual;
use super::usage::Usage;
use crate::units::{Duration, SimTime};

/// Everything one replication reports.
#[derive(Clone, Debug)]
pub struct Observations {
    /// Replication number.
    pub replication: u32,
    /// How it ended.
    pub ending: Ending,
    /// When the last person was accepted; `None` where the replication did not complete.
    pub closure: Option<SimTime>,
    /// Closure, or the horizon.
    pub end: SimTime,
    /// When a head count changed last.
    pub last_change: SimTime,
    /// Local time of the start.
    pub start: super::params::LocalStart,
    /// People at the start.
    pub people: u32,
    /// Acceptances up to the end, in order of time.
    pub accepted: Vec<Acceptance>,
    /// Whether each route is by air.
    pub by_air: Vec<bool>,
    /// Changes of whereabouts, in order of time.
    pub flows: Vec<Flow>,
    /// Starts, in order of time.
    pub starts: Vec<Start>,
    /// Exposed time.
    pub ledger: Ledger,
    /// Exposed at once.
    pub concurrency: Concurrency,
    /// Exposed person-ticks by local day.
    pub exposed_by_day: Vec<u128>,
    /// All movements.
    pub movements: Vec<Movement>,
    /// Counts.
    pub counts: Counts,
    /// Longest time aboard.
    pub max_aboard: Duration,
    /// Sum over accepted people of the time since they were called, in ticks.
    pub time_in_system: u128,
    /// Exposed time of accepted people: (ticks, people).
    pub person_exposure: Vec<(u64, u32)>,
    /// Person-ticks in the air.
    pub flight_person_ticks: u128,
    /// Kilometres that buses ran.
    pub bus_km: f64,
    /// Hours that buses were driven.
    pub driver_hours: f64,
    /// Hours that escorts were not free.
    pub escort_hours: f64,
    /// Covering aircraft that took off.
    pub cover_sorties: u32,
    /// Hours that covering aircraft were airborne.
    pub cover_flying_hours: f64,
    /// What remained at the source.
    pub residual: Residual,
    /// Days of weather that stopped flights or convoys (either), up to the end.
    pub weather_lost: Duration,
    /// Time in which the calendar stopped departures of any route, up to the end.
    pub calendar_lost: Duration,
    /// Time for which random closures kept crossings shut.
    pub border_closed: Duration,
    /// Longest queues: (crossing or facility id, vehicles).
    pub longest_queues: Vec<(String, u32)>,
    /// The active chain, latest part first; empty where censored.
    pub chain: Vec<ChainPart>,
    /// Use, in the order of [`Model::resources`](super::Model::resources).
    pub usage: Vec<Usage>,
    /// For each group of people left: what it waits for. Empty where complete.
    pub left: Vec<Waiting>,
    /// Segments, where shown.
    pub segments: Vec<Segment>,
    /// Trace, where shown.
    pub trace: Vec<TraceEntry>,
    /// Events executed.
    pub events: u64,
    /// Streams opened.
    pub draws: u64,
}

/// Why a replication failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Too many events at one instant.
    Livelock,
    /// An identity that must always hold did not.
    Identity,
    /// More events than [`Params::max_events`](super::params::Params::max_events).
    Budget,
}

impl FailureKind {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Livelock => "livelock",
            Self::Identity => "identity",
            Self::Budget => "budget",
        }
    }
}

/// A replication that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How.
    pub kind: FailureKind,
    /// What happened, and when.
    pub message: String,
    /// Who waited for what.
    pub waits: Vec<String>,
}
