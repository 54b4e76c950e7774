//! What limits a plan, and what a little more of everything would change: tested, not guessed.
//!
//! [`chain`] tells of one replication what decided its closure. [`lever`] reads off a scenario what can be changed by a little; [`variant`] lets a changed scenario be read and checked again,
//! as `--set` does; [`trial`] runs the changed scenarios against the base, pair by pair under the same random numbers.
//!
//! Nothing here chooses an operation for anybody: every row says what one change does, all else as it is.

pub mod chain;
pub mod lever;
pub mod trial;
pub mod variant;

use crate::experiment::runner::{Pool, Watch};
use crate::results::{EffectVerdict, ResponseInfo, RunTable, Tried, Trials};
use crate::scenario::Scenario;
use crate::stats::mean;
use lever::Lever;
use trial::Base;
use variant::Origin;

/// Share of the base's mean that is too small to matter where the scenario does not say.
const TOO_SMALL_SHARE: f64 = 0.01;

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
    /// Tests every lever on a response with at most so many pairs each, and the first two together where they cannot be told apart.
    /// `None` where the watch cancelled.
    #[must_use]
    pub fn levers(&self, response: &ResponseInfo, most: u32) -> Option<Trials> {
        let values = by_replication(self.table, response);
        let looks = trial::looks(most.min(values.len() as u32));
        let levers = lever::levers(self.scenario);
        // One more look is kept for the first two together.
        let mut trials = self.trials(response, &values, levers, &looks, 1)?;
        let mut best = trials.rows.iter().filter(|row| row.outcome.is_ok());
        if let Some(first) = best.next()
            && let Some(second) = best.find(|row| lever::path_of(&row.set[0]) != lever::path_of(&first.set[0]))
            && overlap(first, second)
        {
            let both = Lever {
                label: format!("{}, and {}", first.label, second.label),
                overrides: first.set.iter().chain(&second.set).cloned().collect(),
            };
            trials.tied = Some([first.label.clone(), second.label.clone()]);
            let last = looks.last().copied().unwrap_or(0);
            let intervals = trials.intervals;
            trials.together = self.tried(response, &values, vec![both], &[last], intervals)?.pop();
        }
        Some(trials)
    }

    /// Tests changes; the rows come back ranked.
    fn trials(&self, response: &ResponseInfo, values: &[f64], levers: Vec<Lever>, looks: &[u32], kept: usize) -> Option<Trials> {
        let intervals = levers.len() * looks.len() + kept;
        let mut rows = self.tried(response, values, levers, looks, intervals)?;
        rank(&mut rows, response);
        let (too_small, stated) = self.too_small(response, values);
        Some(Trials {
            response: response.clone(),
            too_small,
            too_small_stated: stated,
            level: trial::JOINT_LEVEL,
            intervals,
            looks: looks.to_vec(),
            rows,
            tied: None,
            together: None,
        })
    }

    fn tried(&self, response: &ResponseInfo, values: &[f64], levers: Vec<Lever>, looks: &[u32], intervals: usize) -> Option<Vec<Tried>> {
        let changed: Vec<_> = levers.iter().map(|lever| self.origin.operation(&lever.overrides, self.seed)).collect();
        let possible: Vec<_> = changed.iter().filter_map(|one| one.as_ref().ok()).collect();
        let base = Base { response, values, too_small: self.too_small(response, values).0 };
        let mut effects = trial::test(&possible, &base, looks, trial::each_of(intervals), self.pool, self.watch)?.into_iter();
        let tried = levers.into_iter().zip(&changed).map(|(lever, changed)| Tried {
            label: lever.label,
            set: lever.overrides,
            outcome: changed.as_ref().map(|_| effects.next().expect("an effect a change")).map_err(Clone::clone),
        });
        Some(tried.collect())
    }

    /// The difference of a response that is too small to matter, and whether the scenario says so: otherwise a hundredth of the mean.
    fn too_small(&self, response: &ResponseInfo, values: &[f64]) -> (f64, bool) {
        let stated = self.scenario.compare.iter().find(|one| one.response == response.name);
        let known: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        stated.map_or_else(|| (mean(&known).unwrap_or(0.0).abs() * TOO_SMALL_SHARE, false), |one| (one.difference, true))
    }
}

/// Whether the intervals of two changes overlap, and at least one of them is known to change something.
fn overlap(first: &Tried, second: &Tried) -> bool {
    let (Ok(first), Ok(second)) = (&first.outcome, &second.outcome) else { return false };
    let (Some(a), Some(b)) = (first.interval, second.interval) else { return false };
    (!a.contains(0.0) || !b.contains(0.0)) && a.lower <= b.upper && b.lower <= a.upper
}

/// Known changes first, the best of them first; then what the pairs do not tell, what is too small to matter, and what is not
/// possible.
fn rank(rows: &mut [Tried], response: &ResponseInfo) {
    let class = |row: &Tried| match &row.outcome {
        Ok(effect) => match effect.verdict {
            EffectVerdict::Better | EffectVerdict::SlightlyBetter | EffectVerdict::Worse | EffectVerdict::SlightlyWorse => 0,
            EffectVerdict::NotResolved => 1,
            EffectVerdict::NoMaterialChange => 2,
        },
        Err(_) => 3,
    };
    let change = |row: &Tried| {
        let interval = row.outcome.as_ref().ok().and_then(|effect| effect.interval);
        interval.map_or(f64::INFINITY, |interval| trial::sign(response.better) * interval.estimate)
    };
    rows.sort_by(|a, b| class(a).cmp(&class(b)).then(change(a).total_cmp(&change(b))));
}

/// A response by replication from 0: infinite where not reached, NaN where a replication failed.
fn by_replication(table: &RunTable, response: &ResponseInfo) -> Vec<f64> {
    let column = table.column(&response.name);
    let failed = table.failures.iter().map(|failure| failure.replication);
    let last = table.records.iter().map(|record| record.replication).chain(failed).max();
    let value = |r| table.record(r).zip(column).map_or(f64::NAN, |(record, column)| response.reached(record.values[column]));
    (0..last.map_or(0, |last| last + 1)).map(value).collect()
}
