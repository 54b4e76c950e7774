//! Which of several scenarios is best in one response, and how that was found: plain data.

use super::{ResponseInfo, Side};

/// A selection, ended or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The response; one way of it is better.
    pub response: ResponseInfo,
    /// The difference that one would not mind to miss, in the response's unit.
    pub delta: f64,
    /// The probability of selecting the best where it is at least `delta` ahead.
    pub confidence: f64,
    /// Replications that every scenario got before the first one could be screened out.
    pub first_stage: usize,
    /// Root seed of all of them.
    pub seed: u64,
    /// The number of replications at which the procedure ends at the latest; `None` where the first stage did not come to an end.
    pub ends_by: Option<usize>,
    /// The scenarios, in the order given.
    pub competitors: Vec<Competitor>,
    /// Replications of each scenario behind the intervals of `Competitor::behind`.
    pub common: usize,
    /// How it ended.
    pub end: SelectionEnd,
}

/// One of the scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Competitor {
    /// The scenario; its counts are those of this selection.
    pub side: Side,
    /// Mean over the replications it got.
    pub mean: Option<f64>,
    /// The number of replications at which it was screened out; `None` while it is in.
    pub out_at: Option<usize>,
    /// How far it is behind the best of the others, in the response's unit and without regard to which way is better: above 0 behind,
    /// below 0 ahead. Multiple comparisons with the best; all scenarios hold together with `confidence`.
    pub behind: Option<(f64, f64)>,
}

/// How a selection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectionEnd {
    /// One is selected: its place among the competitors.
    Selected(usize),
    /// The cap on replications came first; more than one is in.
    Capped,
    /// A signal came first.
    Interrupted,
    /// A replication has no value to average: not reached within the horizon, or not defined.
    NoValue {
        /// Place among the competitors.
        competitor: usize,
        /// Replication.
        replication: u32,
    },
    /// A replication failed.
    Failed {
        /// Place among the competitors.
        competitor: usize,
        /// Replication.
        replication: u32,
        /// What happened.
        message: String,
    },
}
