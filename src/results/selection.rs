//! Which of several scenarios is best in one response, and how that was found: plain data.

use super::{ResponseInfo, Side};

/// A selection, ended or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The response; one way of it is better.
    pub response: ResponseInfo,
    /// The indifference zone, in the response's unit.
    pub delta: f64,
    /// The probability of selecting the best where it is at least `delta` ahead.
    pub confidence: f64,
    /// Replications that every scenario got before the first one could be screened out.
    pub first_stage: usize,
    /// Root seed of all of them.
    pub seed: u64,
    /// What must not get worse than in the first scenario.
    pub constraints: Vec<ResponseInfo>,
    /// What is known of runs that do not finish, among scenarios without any; `None` where the runs did not come to an end.
    pub completion: Option<Completion>,
    /// The number of replications at which the procedure ends at the latest; `None` where the first stage did not come to an end.
    pub ends_by: Option<usize>,
    /// The scenarios, in the order given.
    pub competitors: Vec<Competitor>,
    /// Replications of each scenario behind the intervals of `Competitor::behind`.
    pub common: usize,
    /// How it ended.
    pub end: SelectionEnd,
}

/// What the runs say of a scenario of which all of them finished.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Completion {
    /// Replications of every scenario.
    pub replications: usize,
    /// The share of its runs that do not finish, at most: an upper confidence bound; together with the selection it holds with its
    /// confidence.
    pub unfinished_at_most: f64,
    /// Whether that is little enough: at most one run in a hundred.
    pub settled: bool,
}

/// One of the scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Competitor {
    /// The scenario; its counts are those of this selection.
    pub side: Side,
    /// Mean over the replications it got; `None` where one of them did not finish.
    pub mean: Option<f64>,
    /// The number of replications at which it was screened out; `None` while it is in.
    pub out_at: Option<usize>,
    /// How far it is behind the best of the others, in the response's unit and without regard to which way is better: above 0 behind,
    /// below 0 ahead. Multiple comparisons with the best; all scenarios hold together with `confidence`.
    pub behind: Option<(f64, f64)>,
    /// How far it is behind the selected one, pair by pair, as `behind`; intervals of all scenarios hold together with `confidence`.
    pub behind_selected: Option<(f64, f64)>,
    /// What that interval says.
    pub standing: Standing,
    /// What must not worsen and does, against the first scenario: it cannot be selected.
    pub broken: Vec<Broken>,
    /// Names of responses that must not worsen, and of which the replications do not say whether they do.
    pub open: Vec<String>,
}

/// A response that must not worsen, and does.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The response.
    pub response: ResponseInfo,
    /// Lower end of the mean paired difference to the first scenario, in the unit of the response.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// How a scenario stands against the selected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the selected one.
    Selected,
    /// It is at most the indifference zone behind: as good for this purpose.
    Within,
    /// It may be within the indifference zone or further behind.
    MayBeWithin,
    /// It is further behind than the indifference zone.
    Behind,
    /// There is nothing to compare: a run did not finish, a constraint is broken, or nothing was selected.
    NotCompared,
}

impl Standing {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::Within => "within_delta",
            Self::MayBeWithin => "may_be_within_delta",
            Self::Behind => "behind",
            Self::NotCompared => "not_compared",
        }
    }
}

impl Selection {
    /// Labels of the selected scenario and of those known to be within the indifference zone of it.
    #[must_use]
    pub fn within_delta(&self) -> Vec<&str> {
        let within = |one: &&Competitor| matches!(one.standing, Standing::Selected | Standing::Within);
        self.competitors.iter().filter(within).map(|one| one.side.label.as_str()).collect()
    }
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
    /// Every scenario that may be selected has runs that do not finish, so that none has a mean.
    NoneCompletes,
    /// A replication has no value to average: it is not defined.
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
