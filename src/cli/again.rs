//! A finished run again, from nothing but its manifest: texts, overrides, seed, replications.

use super::carry_out::{Assignment, NoOutput, replicate, whole};
use crate::experiment::Plan;
use crate::experiment::explain::variant::Origin;
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Outcome, Pool, Watch};
use crate::experiment::until;
use crate::results::{Detail, Manifest, Output, Records, Room, RunInfo, RunTable};
use crate::scenario::Scenario;

/// A run that can be run again.
pub(super) struct Again {
    /// The scenario, read anew from the texts of the manifest.
    pub(super) scenario: Scenario,
    /// The scenario, ready to run.
    pub(super) operation: Operation,
    plan: Plan,
    /// Replications that the run had, and whether it was interrupted, when it can't have all it was to have.
    finished: Vec<u32>,
    interrupted: bool,
}

impl Again {
    /// The run of a manifest.
    ///
    /// # Errors
    ///
    /// Why this version cannot run it, in a sentence.
    pub(super) fn of(manifest: &Manifest) -> Result<Self, String> {
        let texts: Vec<(String, String)> = manifest.texts.iter().map(|one| (one.name.clone(), one.text.clone())).collect();
        let scenario = Origin::new(&texts, &manifest.overrides).scenario()?;
        let operation = Operation::new(&scenario, manifest.seed);
        let plan = Plan::of(&scenario, Some(manifest.replications), Some(manifest.seed));
        let plan = match &manifest.until {
            None => plan,
            Some((conditions, at_most)) => {
                let wanted = until::read(
                    &conditions.join(", "),
                    &operation.responses,
                    &scenario.objectives,
                    scenario.params.horizon.days(),
                    *at_most,
                );
                plan.until(wanted.map_err(|problems| problems[0].message.clone())?)
            }
        };
        let finished = manifest.finished.iter().flat_map(|(first, last)| *first..=*last).collect();
        Ok(Self { scenario, operation, plan, finished, interrupted: manifest.interrupted })
    }

    /// So many replications of a scenario that was read already.
    pub(super) fn at(scenario: Scenario, seed: u64, replications: u32) -> Self {
        let operation = Operation::new(&scenario, seed);
        let plan = Plan::of(&scenario, Some(replications), Some(seed));
        Self { scenario, operation, plan, finished: (0..replications).collect(), interrupted: false }
    }

    /// What is known of the run beforehand.
    pub(super) fn info(&self) -> RunInfo {
        self.plan.describe(&self.scenario)
    }

    /// The replications that the run had, in order.
    pub(super) fn finished(&self) -> &[u32] {
        &self.finished
    }

    /// One replication; `None` where the watch cancelled it.
    pub(super) fn replicate(&self, replication: u32, detail: bool, watch: &dyn Watch) -> Option<Outcome> {
        self.operation.replicate(replication, detail, watch)
    }

    /// All of it; interrupted where the watch cancelled it, or where it had been when it was written.
    pub(super) fn output(&self, room: Room, pool: &Pool, watch: &dyn Watch) -> Result<Output, NoOutput> {
        let operation = &self.operation;
        if self.interrupted {
            let records = Records::within(room);
            let (table, _) = self.run_into(RunTable { records, ..operation.empty_table() }, &self.finished, false, pool, watch);
            let info = RunInfo { interrupted: true, ..self.info() };
            let output = Output::of(info, operation.setting.clone(), table, operation.nodes.clone(), Vec::new());
            return whole(&output.table.records).map(|()| output);
        }
        let assignment = Assignment {
            info: self.info(),
            responses: operation.responses.clone(),
            resources: operation.resources.clone(),
            nodes: operation.nodes.clone(),
            setting: operation.setting.clone(),
            room,
            job: &|replication, detail, watch| self.replicate(replication, detail, watch),
        };
        replicate(assignment, pool, watch)
    }

    /// These replications alone, with their details where these are wanted.
    pub(super) fn some(&self, numbers: &[u32], detail: bool, pool: &Pool, watch: &dyn Watch) -> (RunTable, Vec<Detail>) {
        self.run_into(self.operation.empty_table(), numbers, detail, pool, watch)
    }

    /// The same, into a table.
    fn run_into(&self, mut table: RunTable, numbers: &[u32], detail: bool, pool: &Pool, watch: &dyn Watch) -> (RunTable, Vec<Detail>) {
        let mut details = Vec::new();
        let job = |replication, detail, watch: &dyn Watch| self.replicate(replication, detail, watch);
        pool.run(numbers, detail, &job, watch, |outcome| match outcome {
            Ok((record, detail)) => {
                table.records.push(record);
                details.extend(detail);
            }
            Err(failure) => table.failures.push(failure),
        });
        (table, details)
    }
}
