//! What the checks let through.

use crate::model::params::Params;

/// A scenario without a mistake that a check can find.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Who it is and how it is run.
    pub info: Info,
    /// What the model needs.
    pub params: Params,
    /// What is wanted.
    pub objectives: Vec<Objective>,
    /// Differences too small to matter, per response.
    pub compare: Vec<TooSmall>,
    /// Responses that a variant must not worsen.
    pub must_not_worsen: Vec<String>,
    /// Public counts to show beside the results.
    pub observed: Vec<Observation>,
    /// Every value with its source, range and note; those without a source are assumptions.
    pub assumptions: Vec<Assumption>,
    /// The scenario after `extends`, `like` and `--set`, as TOML text in a fixed order.
    pub resolved: String,
    /// Every text read: (name as written, content), the scenario itself first; data files last.
    pub texts: Vec<(String, String)>,
}

/// Who a scenario is and how it is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// Its name.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// Printed verbatim on every artefact.
    pub handling: String,
    /// Replications unless told otherwise; at least 1.
    pub replications: u32,
    /// Root seed.
    pub seed: u64,
}

/// Which side of a bound is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// At most this, in the response's unit.
    AtMost(f64),
    /// At least this, in the response's unit.
    AtLeast(f64),
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

/// A difference too small to matter.
#[derive(Clone, Debug, PartialEq)]
pub struct TooSmall {
    /// Name of the response.
    pub response: String,
    /// The difference, in the response's unit.
    pub difference: f64,
}

/// A public count.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Days since the start that the count holds for (the end of that local day).
    pub as_of_day: f64,
    /// People accepted.
    pub value: f64,
    /// `exact`, `at_least` or `at_most`.
    pub bound: String,
    /// Where it was published.
    pub source: String,
}

/// A value of the scenario with what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// The value as written.
    pub value: String,
    /// Where it comes from; `None` makes it a judgement.
    pub source: Option<String>,
    /// Range for sensitivity, as written.
    pub range: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// `file:line` that wrote it; `default` where nobody did.
    pub place: String,
}
