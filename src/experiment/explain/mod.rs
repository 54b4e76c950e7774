//! What limits a plan, and what a little more of everything would change: tested, not guessed.
//!
//! [`lever`] reads off a scenario what can be changed by a little; [`variant`] lets a changed scenario be read and checked again,
//! as `--set` does; [`trial`] runs the changed scenarios against the base, pair by pair under the same random numbers.
//!
//! Nothing here chooses an operation for anybody: every row says what one change does, all else as it is.

pub mod lever;
pub mod trial;
pub mod variant;

use crate::experiment::runner::{Pool, Watch};
use crate::results::{ResponseInfo, RunTable, Tried, Trials};
use crate::scenario::Scenario;
use trial::Base;
use variant::Origin;

/// What of a base its changes are held against: its scenario, how to read it again, and what its replications came to.
pub struct Bench<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What it was read from.
    pub origin: &'a Origin,
    /// Root seed.
    pub seed: u64,
    /// Replications of the base, from 0.
    pub table: &'a RunTable,
    /// Threads.
    pub pool: &'a Pool,
    /// Whoever follows.
    pub watch: &'a dyn Watch,
}

impl Bench<'_> {
    /// Tests every lever on a response with at most so many pairs each. `None` where the watch cancelled.
    #[must_use]
    pub fn levers(&self, response: &ResponseInfo, most: u32) -> Option<Trials> {
        let levers = lever::levers(self.scenario);
        let changed: Vec<_> = levers.iter().map(|lever| self.origin.operation(&lever.overrides, self.seed)).collect();
        let possible: Vec<_> = changed.iter().filter_map(|one| one.as_ref().ok()).collect();
        let values = by_replication(self.table, response);
        let base = Base { response, values: &values, too_small: too_small(self.scenario, response) };
        let looks = trial::looks(most.min(values.len() as u32));
        let mut effects = trial::test(&possible, &base, &looks, self.pool, self.watch)?.into_iter();
        let mut rows: Vec<Tried> = levers
            .into_iter()
            .zip(&changed)
            .map(|(lever, changed)| Tried {
                label: lever.label,
                set: lever.overrides,
                outcome: changed.as_ref().map(|_| effects.next().expect("an effect a change")).map_err(Clone::clone),
            })
            .collect();
        rank(&mut rows, response);
        Some(Trials { response: response.clone(), too_small: base.too_small, level: trial::JOINT_LEVEL, looks, rows })
    }
}

/// The best first; what is not known, then what is not possible last.
fn rank(rows: &mut [Tried], response: &ResponseInfo) {
    let key = |row: &Tried| match &row.outcome {
        Ok(effect) => (0, effect.interval.map_or(f64::INFINITY, |interval| trial::sign(response.better) * interval.estimate)),
        Err(_) => (1, 0.0),
    };
    rows.sort_by(|a, b| key(a).0.cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
}

/// A response by replication from 0: infinite where not reached, NaN where a replication failed.
fn by_replication(table: &RunTable, response: &ResponseInfo) -> Vec<f64> {
    let column = table.column(&response.name);
    let failed = table.failures.iter().map(|failure| failure.replication);
    let last = table.records.iter().map(|record| record.replication).chain(failed).max();
    let value = |r| table.record(r).zip(column).map_or(f64::NAN, |(record, column)| response.reached(record.values[column]));
    (0..last.map_or(0, |last| last + 1)).map(value).collect()
}

/// The difference of a response that the scenario calls too small to matter; 0 where it does not say.
fn too_small(scenario: &Scenario, response: &ResponseInfo) -> f64 {
    scenario.compare.iter().find(|one| one.response == response.name).map_or(0.0, |one| one.difference)
}
