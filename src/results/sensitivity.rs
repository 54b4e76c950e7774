//! Which inputs of a sweep the responses depend on: plain data.

use super::{Outcomes, ResponseInfo};
use crate::stats::sensitivity::{Morris, SobolIndices, Step};

/// An analysis of sensitivity over the points of one block of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Name of the sweep.
    pub sweep: String,
    /// The question it answers.
    pub question: Option<String>,
    /// Handling line of the base scenario, printed verbatim.
    pub handling: Option<String>,
    /// SHA-256 of the plan: of everything that determines the results.
    pub plan_sha256: String,
    /// Root seed.
    pub seed: u64,
    /// How the points were chosen.
    pub design: SensitivityDesign,
    /// How many points there are.
    pub points: u32,
    /// Replications of each point.
    pub replications: u32,
    /// Whether every point has the same random numbers.
    pub common: bool,
    /// Confidence of every interval, by itself.
    pub level: f64,
    /// What varied.
    pub factors: Vec<VariedFactor>,
    /// How the replications of all its points ended.
    pub outcomes: Outcomes,
    /// What was found, response by response.
    pub responses: Vec<ResponseSensitivity>,
}

/// The design behind an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensitivityDesign {
    /// Trajectories that change one factor at a time.
    Morris {
        /// How many.
        trajectories: u32,
        /// Levels of a factor.
        levels: u32,
    },
    /// Two samples and their mixtures.
    Sobol {
        /// Rows.
        rows: u32,
        /// Whether pairs of factors have indices.
        pairs: bool,
    },
}

impl SensitivityDesign {
    /// The word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Morris { .. } => "morris",
            Self::Sobol { .. } => "sobol",
        }
    }
}

/// An input with the range over which it varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariedFactor {
    /// Its id.
    pub id: String,
    /// What charts and tables call it.
    pub label: String,
    /// Its lowest and its highest value, or its first and its last.
    pub ends: [String; 2],
}

/// What one response depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseSensitivity {
    /// The response.
    pub info: ResponseInfo,
    /// The measures, in the order of the factors.
    pub measures: Measures,
}

/// The measures of all factors.
#[derive(Clone, Debug, PartialEq)]
pub enum Measures {
    /// Elementary effects, in the unit of the response for the whole range of a factor.
    Morris(Morris),
    /// Shares of the variance of the expected response.
    Sobol(SobolIndices),
    /// Nothing can be said: too many values are not known, or there is nothing but noise.
    Unknown,
}

impl Sensitivity {
    /// Whether a response has no measures because some replication did not complete: an expected time is then infinite at its point.
    #[must_use]
    pub fn is_refused(&self, response: &ResponseSensitivity) -> bool {
        response.measures == Measures::Unknown && response.info.is_time_to_reach() && self.outcomes.censored() > 0
    }
}

impl Measures {
    /// Neighbours in the order of importance.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        match self {
            Self::Morris(morris) => &morris.steps,
            Self::Sobol(sobol) => &sobol.steps,
            Self::Unknown => &[],
        }
    }

    /// The factors by importance, most important first.
    #[must_use]
    pub fn ranking(&self) -> Vec<usize> {
        let steps = self.steps();
        let factors = match self {
            Self::Morris(morris) => morris.factors.len(),
            Self::Sobol(sobol) => sobol.total.len(),
            Self::Unknown => 0,
        };
        match steps.first() {
            Some(first) => std::iter::once(first.larger).chain(steps.iter().map(|step| step.smaller)).collect(),
            None => (0..factors).collect(),
        }
    }

    /// Factors by importance, in groups within which the order of neighbours is not known.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (place, factor) in self.ranking().into_iter().enumerate() {
            match groups.last_mut() {
                Some(group) if place > 0 && !self.steps()[place - 1].is_clear() => group.push(factor),
                _ => groups.push(vec![factor]),
            }
        }
        groups
    }
}
