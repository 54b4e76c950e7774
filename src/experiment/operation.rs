//! A checked scenario as a job for the runner: the one place where scenario and model meet.

use super::records;
use super::responses::{self, Response};
use super::runner::Outcome;
use super::setting;
use crate::model::{Model, Observations};
use crate::results::{FailureRecord, NodeRow, Records, ResourceInfo, ResponseInfo, RunTable, Setting};
use crate::scenario::Scenario;

/// A scenario made ready to run.
pub struct Operation {
    /// The responses that every replication reports, in column order.
    pub responses: Vec<ResponseInfo>,
    /// The resources that every replication reports on, in column order.
    pub resources: Vec<ResourceInfo>,
    /// The nodes along the routes.
    pub nodes: Vec<NodeRow>,
    /// What reports show beside the results.
    pub setting: Setting,
    model: Model,
    reads: Vec<Response>,
}

impl Operation {
    /// Makes a scenario ready to run with a root seed.
    #[must_use]
    pub fn new(scenario: &Scenario, seed: u64) -> Self {
        let model = Model::new(scenario.params.clone(), seed);
        let reads = responses::of(&model);
        Self {
            responses: reads.iter().map(|r| r.info.clone()).collect(),
            resources: model
                .resources()
                .iter()
                .map(|r| ResourceInfo { name: r.name.clone(), label: r.label.clone(), units: r.units })
                .collect(),
            nodes: records::nodes(&model.params),
            setting: setting::of(scenario, &model),
            model,
            reads,
        }
    }

    /// The model behind it.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Runs one replication and gives all that the model observed.
    ///
    /// # Errors
    ///
    /// A [`FailureRecord`] where the replication cannot come to an end.
    pub(super) fn observe(&self, replication: u32, detail: bool) -> Result<Observations, FailureRecord> {
        self.model.replicate(replication, detail).map_err(|failure| FailureRecord {
            replication,
            kind: failure.kind.word(),
            message: failure.message,
            waits: failure.waits,
        })
    }

    /// A table with the columns of every replication, and none in it yet.
    #[must_use]
    pub fn empty_table(&self) -> RunTable {
        RunTable { responses: self.responses.clone(), resources: self.resources.clone(), records: Records::default(), failures: Vec::new() }
    }

    /// Runs one replication.
    ///
    /// # Errors
    ///
    /// A [`FailureRecord`] where the replication cannot come to an end.
    pub fn replicate(&self, replication: u32, detail: bool) -> Outcome {
        let observations = self.observe(replication, detail)?;
        let values = self.reads.iter().map(|r| (r.read)(&observations)).collect();
        let record = records::record(&self.model, &observations, values);
        let detail = detail.then(|| records::detail(&self.model, &observations));
        Ok((record, detail))
    }
}
