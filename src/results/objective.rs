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
    /// Replications that were still under way at a horizon that comes before the bound: whether they keep it is not known.
    pub under_way: usize,
    /// Replications judged.
    pub runs: usize,
    /// Wilson's 95 % interval of the share that keeps it; `None` without replications. Its ends leave open what those that were under
    /// way would do: the lower one is that of the share if none of them kept the bound, the upper one if all of them did.
    pub interval: Option<(f64, f64)>,
}

impl Verdict {
    /// Judges an objective over replications with a horizon of so many days; `None` where no such response is in the table.
    #[must_use]
    pub fn of(objective: &Objective, table: &RunTable, horizon_days: f64) -> Option<Self> {
        let values = table.reached(&objective.response)?;
        let (Bound::AtMost(day) | Bound::AtLeast(day)) = objective.bound;
        let mut outcomes = Vec::new();
        if day > horizon_days {
            table.records.each(Parts::NONE, |record| outcomes.push(record.outcome));
        }
        // Where the bound is within the horizon, a time that was not reached is known to be later.
        let is_open = |at: usize, value: f64| value.is_infinite() && outcomes.get(at) == Some(&Outcome::Horizon);
        let (mut kept, mut under_way) = (0, 0);
        for (at, value) in values.iter().enumerate() {
            if is_open(at, *value) {
                under_way += 1;
            } else {
                kept += usize::from(objective.bound.keeps(*value));
            }
        }
        let runs = values.len();
        let interval = wilson(kept, runs, 0.95).zip(wilson(kept + under_way, runs, 0.95)).map(|(low, high)| (low.lower, high.upper));
        Some(Self { objective: objective.clone(), kept, under_way, runs, interval })
    }

    /// The share of replications that kept the bound; at least this much where some were still under way.
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
    /// and where replications were still under way, of which more replications say nothing.
    #[must_use]
    pub fn runs_to_resolve(&self) -> Option<usize> {
        if self.under_way > 0 {
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
            return self.runs > 0 && (self.under_way == 0 || self.kept + self.under_way < self.runs);
        }
        self.interval.is_some_and(|(low, high)| wanted < low || high < wanted)
    }
}
