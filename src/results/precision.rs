//! How precisely a response is to be known, and how precisely it is.

use crate::stats::stopping::{Found, Precision};
use crate::stats::{Estimand, Interval};

/// One wish: a number of the distribution of a response, to be known so precisely.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it was written, without needless blanks: `p80(days_to_completion) +- 0.5 d`.
    pub text: String,
    /// Name of the response.
    pub response: String,
    /// Unit of the estimate; empty for counts and shares.
    pub unit: String,
    /// Which number.
    pub estimand: Estimand,
    /// How precise, in the unit.
    pub precision: Precision,
}

/// Replications until every condition is met, but no more than so many.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    /// The conditions; at least one.
    pub conditions: Vec<Condition>,
    /// Of how many things each condition speaks: 1 run, or so many variants compared with a base.
    pub sides: usize,
    /// No more replications than this.
    pub at_most: u32,
}

/// How precisely one number is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// What was wanted.
    pub condition: Condition,
    /// Values behind the interval: replications in which the response is defined.
    pub n: usize,
    /// The estimate with its interval; `None` where the values give none.
    pub interval: Option<Interval>,
    /// Whether no further replications can give one.
    pub lost: bool,
}

impl Until {
    /// Confidence that all intervals hold at once.
    pub const LEVEL: f64 = 0.95;

    /// The conditions as written, and the most replications: what a manifest keeps.
    #[must_use]
    pub fn as_written(&self) -> (Vec<String>, u32) {
        (self.conditions.iter().map(|one| one.text.clone()).collect(), self.at_most)
    }

    /// Confidence of each interval, so that all of them hold at once with [`Until::LEVEL`] (Bonferroni).
    #[must_use]
    pub fn level_each(&self) -> f64 {
        1.0 - (1.0 - Self::LEVEL) / (self.conditions.len() * self.sides) as f64
    }

    /// How precisely each number is known; `values` gives the values of a response, NaN where it is not defined, and nothing where it
    /// cannot be known any more.
    #[must_use]
    pub fn judge(&self, values: impl Fn(&str) -> Option<Vec<f64>>) -> Vec<Reached> {
        let judged = |condition: &Condition| {
            let values = values(&condition.response);
            let lost = values.as_deref().is_none_or(|values| condition.estimand.is_lost(values));
            let mut defined = values.unwrap_or_default();
            defined.retain(|value| !value.is_nan());
            let interval = if lost { None } else { condition.estimand.interval(&defined, self.level_each()) };
            Reached { n: defined.len(), interval, lost, condition: condition.clone() }
        };
        self.conditions.iter().map(judged).collect()
    }

    /// What a look at all of them comes to.
    #[must_use]
    pub fn found(reached: &[Reached]) -> Found {
        if reached.iter().any(|one| one.lost) {
            Found::Never
        } else if reached.iter().all(Reached::met) {
            Found::Enough
        } else {
            Found::NotYet
        }
    }
}

impl Reached {
    /// Whether it is known precisely enough.
    #[must_use]
    pub fn met(&self) -> bool {
        self.interval.is_some_and(|interval| self.condition.precision.is_met_by(&interval))
    }

    /// The half-width reached: the distance from the estimate to the further end of its interval; `None` where there is none.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        self.interval.map(|interval| interval.reach()).filter(|reach| reach.is_finite())
    }

    /// The half-width wanted, in the unit of the estimate; `None` where it hangs on an estimate that there is not.
    #[must_use]
    pub fn wanted(&self) -> Option<f64> {
        match (self.condition.precision, self.interval) {
            (Precision::Absolute(limit), _) => Some(limit),
            (relative, Some(interval)) => Some(relative.limit(interval.estimate)),
            (Precision::Relative(_), None) => None,
        }
    }

    /// How many replications would do, by `n (h / h*)²`: a planning hint, no promise.
    #[must_use]
    pub fn expected(&self) -> Option<usize> {
        let (reached, wanted) = (self.half_width()?, self.wanted()?);
        let expected = self.n as f64 * (reached / wanted) * (reached / wanted);
        (expected < 1e12).then(|| expected.ceil() as usize)
    }
}
