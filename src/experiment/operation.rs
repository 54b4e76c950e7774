//! A checked scenario as a job for the runner: the one place where scenario and model meet.

use super::runner::Outcome;
use crate::results::{FailureRecord, NodeRow, ResourceInfo, ResponseInfo};
use crate::scenario::Scenario;

/// A scenario made ready to run.
#[derive(Debug)]
pub struct Operation {
    /// The responses that every replication reports, in column order.
    pub responses: Vec<ResponseInfo>,
    /// The resources that every replication reports on, in column order.
    pub resources: Vec<ResourceInfo>,
    /// The nodes along the routes.
    pub nodes: Vec<NodeRow>,
}

impl Operation {
    /// Makes a scenario ready to run with a root seed.
    #[must_use]
    pub fn new(_scenario: &Scenario, _seed: u64) -> Self {
        Self { responses: Vec::new(), resources: Vec::new(), nodes: Vec::new() }
    }

    /// Runs one replication.
    ///
    /// # Errors
    ///
    /// A [`FailureRecord`] where the replication cannot come to an end.
    pub fn replicate(&self, replication: u32, _detail: bool) -> Outcome {
        Err(FailureRecord { replication, kind: "stalled", message: "the model is not there yet".into(), waits: Vec::new() })
    }
}
