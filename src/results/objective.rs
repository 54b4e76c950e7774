//! What is wanted of a response, and whether the replications keep it.

use super::{Outcome, Parts, RunTable};
use crate::stats::proportion::wilson;
use crate::stats::special::normal_quantile;

/// Which side of a bound is wanted, in the response's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
}

impl Bound {
    /// Whether a value keeps the bound. A value that is not defined keeps none.
    #[must_use]
    pub fn keeps(self, value: f64) -> bool {
        match self {
            Self::AtMost(bound) => value <= bound,
            Self::AtLeast(bound) => value >= bound,
        }
    }
}

/// A wish about a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// The id.
    pub id: String,
    /// Name of the response.
    pub response: String,
    /// The bound.
    pub bound: Bound,
    /// Share of replications that must keep it.
    pub in_share_of_runs: f64,
}

/// How the replications did on an objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The objective.
    pub objective: Objective,
    /// Replications that kept the bound.
    pub kept: usize,
    /// Replications of which it is not known whether they keep the bound: on a time beyond the horizon, those that were under way then;
    /// an upper bound on anything else, those that did not complete and have not passed it so far.
    pub not_known: usize,
    /// Replications judged.
    pub runs: usize,
    /// Wilson's 95 % interval of the share that keeps it; `None` without replications. Its ends leave open what those that
    /// are not known would do: the lower one is that of the share if none of them kept the bound, the upper one if all of them did.
    pub interval: Option<(f64, f64)>,
}

impl Verdict {
    /// Judges an objective over replications whose horizon is `horizon_days` days after the start; `None` where no such response is in the table.
    #[must_use]
    pub fn of(objective: &Objective, table: &RunTable, horizon_days: f64) -> Option<Self> {
        let values = table.reached(&objective.response)?;
        let is_time = table.column(&objective.response).is_some_and(|column| table.responses[column].is_time_to_reach());
        let mut outcomes = Vec::new();
        table.records.each(Parts::NONE, |record| outcomes.push(record.outcome));
        let is_open = |outcome: Outcome, value: f64| match objective.bound {
            // Within the horizon a time that was not reached is known to be later, and a deadlock is later than every day.
            Bound::AtMost(day) | Bound::AtLeast(day) if is_time => day > horizon_days && outcome == Outcome::Horizon && value.is_infinite(),
            // A run that stopped half-way has only a part of its exposure, its trips and so on: a small one is no merit.
            Bound::AtMost(bound) => outcome.is_censored() && value <= bound,
            Bound::AtLeast(_) => false,
        };
        let (mut kept, mut not_known) = (0, 0);
        for (value, outcome) in values.iter().zip(outcomes) {
            if is_open(outcome, *value) {
                not_known += 1;
            } else {
                kept += usize::from(objective.bound.keeps(*value));
            }
        }
        let runs = values.len();
        let interval = wilson(kept, runs, 0.95).zip(wilson(kept + not_known, runs, 0.95)).map(|(low, high)| (low.lower, high.upper));
        Some(Self { objective: objective.clone(), kept, not_known, runs, interval })
    }

    /// The share of replications that kept the bound; at least this much where some are not known.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.runs > 0).then(|| self.kept as f64 / self.runs as f64)
    }

    /// Whether enough replications kept it.
    #[must_use]
    pub fn met(&self) -> bool {
        self.share().is_some_and(|share| share >= self.objective.in_share_of_runs)
    }

    /// How many runs would resolve it if the share stays as it is: Wilson's interval leaves out the share wanted as soon as
    /// `n (p − w)² > z² w (1 − w)`. `None` beyond a thousand million,
    /// and where some replications are not known, of which more of them say nothing.
    #[must_use]
    pub fn runs_to_resolve(&self) -> Option<usize> {
        if self.not_known > 0 {
            return None;
        }
        let (share, wanted) = (self.share()?, self.objective.in_share_of_runs);
        let z = normal_quantile(0.975);
        let runs = (z / (share - wanted)) * (z / (share - wanted)) * wanted * (1.0 - wanted);
        (runs < 1e9).then(|| runs.floor() as usize + 1)
    }

    /// `met`, `missed`, or `not_resolved` where the interval holds the share wanted.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match (self.resolved(), self.met()) {
            (false, _) => "not_resolved",
            (true, true) => "met",
            (true, false) => "missed",
        }
    }

    /// Whether it is met beyond doubt.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.met() && self.resolved()
    }

    /// Whether the interval lies on one side of the share wanted, so that more replications would hardly turn the verdict.
    /// "In all runs" is decided by the first run that fails it.
    #[must_use]
    pub fn resolved(&self) -> bool {
        let wanted = self.objective.in_share_of_runs;
        if wanted >= 1.0 {
            return self.runs > 0 && (self.not_known == 0 || self.kept + self.not_known < self.runs);
        }
        self.interval.is_some_and(|(low, high)| wanted < low || high < wanted)
    }
}
