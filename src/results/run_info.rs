//! What is known of a run beside its numbers.

use super::{Clock, Objective, Shown, Until};

/// Who was run and how; everything a report prints that is not a result.
#[derive(Clone, Debug, PartialEq)]
pub struct RunInfo {
    /// Name of the scenario.
    pub scenario: String,
    /// The question it answers; may be empty.
    pub question: String,
    /// Printed verbatim on every artefact; may be empty.
    pub handling: String,
    /// SHA-256 of the resolved scenario.
    pub sha256: String,
    /// Root seed.
    pub seed: u64,
    /// Replications asked for; where they go on until something is precise, how many that took.
    pub requested: u32,
    /// What replications went on for, where their number was not given.
    pub until: Option<Until>,
    /// Whether a signal ended the run early.
    pub interrupted: bool,
    /// The horizon in days of 24 hours.
    pub horizon_days: f64,
    /// The local clock.
    pub clock: Clock,
    /// What is wanted.
    pub objectives: Vec<Objective>,
    /// The replications that are shown in detail.
    pub shown: Vec<Shown>,
}

impl RunInfo {
    /// Whether this describes a run without what names its places, dates and sources: its values are rounded, so nothing that is computed
    /// from them may be said with the precision of the run.
    #[must_use]
    pub fn is_released(&self) -> bool {
        self.sha256.is_empty()
    }

    /// `seed 20260121`. Seeds are often dates, so where dates are not told, the seed is not either.
    #[must_use]
    pub fn seed_in_words(&self) -> String {
        if self.clock.date.is_some() { format!("seed {}", self.seed) } else { "seed not told".into() }
    }
}
