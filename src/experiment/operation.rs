//! A checked scenario as a job for the runner: the one place where scenario and model meet.

use super::records;
use super::responses::{self, Response};
use super::runner::{Outcome, Watch};
use super::setting;
use crate::model::{Failure, Model, Observations};
use crate::results::{Detail, FailureRecord, NodeRow, Records, ReplicationRecord, ResourceInfo, ResponseInfo, RunTable, Setting};
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

    /// Runs one replication and gives all that the model observed; `None` where the watch cancelled it.
    ///
    /// # Errors
    ///
    /// A [`FailureRecord`] where the replication cannot come to an end.
    pub(super) fn observe(&self, replication: u32, detail: bool, watch: &dyn Watch) -> Option<Result<Observations, FailureRecord>> {
        let observed = self.model.replicate_unless(&|| watch.cancelled(), replication, detail)?;
        Some(observed.map_err(|failure| record_of(replication, failure)))
    }

    /// A table with the columns of every replication, and none in it yet.
    #[must_use]
    pub fn empty_table(&self) -> RunTable {
        RunTable { responses: self.responses.clone(), resources: self.resources.clone(), records: Records::default(), failures: Vec::new() }
    }

    /// Runs one replication; `None` where the watch cancelled it meanwhile. A replication that cannot come to an end, or needs more events
    /// than the scenario allows, is an outcome too.
    pub fn replicate(&self, replication: u32, detail: bool, watch: &dyn Watch) -> Option<Outcome> {
        Some(self.observe(replication, detail, watch)?.map(|observations| self.report(&observations, detail)))
    }

    fn report(&self, observations: &Observations, detail: bool) -> (ReplicationRecord, Option<Detail>) {
        let values = self.reads.iter().map(|r| (r.read)(observations)).collect();
        let record = records::record(&self.model, observations, values);
        let detail = detail.then(|| records::detail(&self.model, observations));
        (record, detail)
    }
}

fn record_of(replication: u32, failure: Failure) -> FailureRecord {
    FailureRecord { replication, kind: failure.kind.word(), message: failure.message, waits: failure.waits }
}
