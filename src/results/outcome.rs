//! How a replication ended, and how many ended in each way.

use super::{Parts, RunTable};

/// How a replication that can be counted ended. A replication that failed (see [`FailureRecord`](super::FailureRecord)) has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everybody was accepted. Only these replications have days to completion.
    #[default]
    Complete,
    /// The horizon came before the last person was accepted.
    Horizon,
    /// People were left, and nothing that could still happen before the horizon would have moved any of them.
    Deadlock,
}

impl Outcome {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Complete, Self::Horizon, Self::Deadlock];

    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Horizon => "horizon",
            Self::Deadlock => "deadlock",
        }
    }

    /// The outcome of a word used in files.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// Whether somebody was not accepted before the horizon, so that the replication is later than all that completed.
    #[must_use]
    pub const fn is_censored(self) -> bool {
        !matches!(self, Self::Complete)
    }
}

/// The word used in files for a replication that failed.
pub const FAILED: &str = "failed";

/// How many replications ended in each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Replications in which everybody was accepted.
    pub complete: usize,
    /// Replications that the horizon ended.
    pub horizon: usize,
    /// Replications that came to a deadlock.
    pub deadlock: usize,
    /// Replications that failed; they are in no statistic.
    pub failed: usize,
}

impl Outcomes {
    /// Counts the replications of a table.
    #[must_use]
    pub fn of(table: &RunTable) -> Self {
        let mut counts = Self { failed: table.failures.len(), ..Self::default() };
        table.records.each(Parts::NONE, |record| counts.add(record.outcome));
        counts
    }

    /// Counts one more replication.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Complete => self.complete += 1,
            Outcome::Horizon => self.horizon += 1,
            Outcome::Deadlock => self.deadlock += 1,
        }
    }

    /// Replications in which somebody was not accepted: by the horizon or by a deadlock.
    #[must_use]
    pub const fn censored(&self) -> usize {
        self.horizon + self.deadlock
    }

    /// Replications that statistics are taken over: all that did not fail.
    #[must_use]
    pub const fn ended(&self) -> usize {
        self.complete + self.horizon + self.deadlock
    }
}
