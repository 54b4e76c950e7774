//! What of a scenario a run needs besides the model.

use crate::model::params::LocalStart;
use crate::results::{Bound, Clock, Objective, RunInfo, Until, digest};
use crate::scenario::{self, Scenario};

/// One run: a scenario with its seed and number of replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Root seed.
    pub seed: u64,
    /// Replications; at least 1. The most that are allowed, where they go on until something is precise.
    pub replications: u32,
    /// What replications go on for, where their number is not given.
    pub until: Option<Until>,
}

impl Plan {
    /// The plan of a scenario, with what the command line says in its place.
    #[must_use]
    pub fn of(scenario: &Scenario, replications: Option<u32>, seed: Option<u64>) -> Self {
        Self { seed: seed.unwrap_or(scenario.info.seed), replications: replications.unwrap_or(scenario.info.replications), until: None }
    }

    /// The same, but replications go on until everything is as precise as wanted.
    #[must_use]
    pub fn until(self, until: Until) -> Self {
        Self { replications: until.at_most, until: Some(until), ..self }
    }

    /// What reports print of this run that is not a result; nothing is shown or interrupted yet.
    #[must_use]
    pub fn describe(&self, scenario: &Scenario) -> RunInfo {
        RunInfo {
            scenario: scenario.info.name.clone(),
            question: scenario.info.question.clone(),
            handling: scenario.info.handling.clone(),
            sha256: digest::sha256_hex(scenario.resolved.as_bytes()),
            seed: self.seed,
            requested: self.replications,
            until: self.until.clone(),
            interrupted: false,
            horizon_days: scenario.params.horizon.days(),
            clock: clock(scenario.params.start),
            objectives: scenario.objectives.iter().map(objective).collect(),
            shown: Vec::new(),
        }
    }
}

/// The local clock of a scenario, as tables show it.
#[must_use]
pub fn clock(start: LocalStart) -> Clock {
    Clock { date: Some(start.date), time_of_day: start.time_of_day.ticks(), utc_offset_minutes: start.utc_offset_minutes }
}

fn objective(wanted: &scenario::Objective) -> Objective {
    Objective {
        id: wanted.id.clone(),
        response: wanted.response.clone(),
        bound: bound(wanted.bound),
        in_share_of_runs: wanted.in_share_of_runs,
    }
}

/// A bound as results know it.
#[must_use]
pub fn bound(written: scenario::Bound) -> Bound {
    match written {
        scenario::Bound::AtMost(bound) => Bound::AtMost(bound),
        scenario::Bound::AtLeast(bound) => Bound::AtLeast(bound),
    }
}
