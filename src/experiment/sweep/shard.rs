//! The rows of one shard, one after the other.

use super::{Plan, Points};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Watch, guarded};
use crate::experiment::until;
use crate::results::{ResponseInfo, SweepFailure, SweepRow, SweepValues, known};
use crate::scenario::Problem;
use crate::scenario::sweep::Template;

/// Why a shard did not come to its end.
#[derive(Debug)]
pub enum Stopped<E> {
    /// Whoever watches said so.
    Cancelled,
    /// A point that had been checked before was refused: a bug, or the base has changed.
    Refused(u32, Vec<Problem>),
    /// A row could not be handed on.
    Sink(E),
}

/// A point of a sweep made ready to run.
pub struct Ready {
    /// The operation.
    pub operation: Operation,
    /// For each recorded column the position of its response; nothing where the point has none of that name.
    positions: Vec<Option<usize>>,
}

impl Ready {
    /// Makes a point ready.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn new(
        plan: &Plan,
        points: &Points<'_>,
        template: &Template<'_>,
        columns: &[ResponseInfo],
        point: u32,
    ) -> Result<Self, Vec<Problem>> {
        let scenario = template.point(&points.set(point))?;
        let operation = Operation::new(&scenario, plan.seed_of(point));
        let position = |column: &ResponseInfo| operation.responses.iter().position(|info| info.name == column.name);
        let positions = columns.iter().map(position).collect();
        Ok(Self { operation, positions })
    }

    /// One replication as a row; `None` where the watch cancelled it.
    #[must_use]
    pub fn row(&self, point: u32, replication: u32, watch: &dyn Watch) -> Option<SweepRow> {
        let job = |replication, detail, watch: &dyn Watch| self.operation.replicate(replication, detail, watch);
        let outcome = match guarded(&job, replication, false, watch)? {
            Ok((record, _)) => {
                let value = |at: &Option<usize>| at.map_or(f64::NAN, |at| known(record.values[at]));
                Ok(SweepValues { outcome: record.outcome, values: self.positions.iter().map(value).collect() })
            }
            Err(failure) => Err(SweepFailure { kind: failure.kind.into(), message: failure.message, waits: failure.waits }),
        };
        Some(SweepRow { point, replication, outcome })
    }
}

/// Runs the rows of a shard in order and hands each to `sink`.
///
/// # Errors
///
/// Why it stopped before the end; what was handed on until then is no whole shard.
pub fn run<E>(
    plan: &Plan,
    points: &Points<'_>,
    template: &Template<'_>,
    columns: &[ResponseInfo],
    shard: u32,
    watch: &dyn Watch,
    mut sink: impl FnMut(&SweepRow) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    for (point, within) in plan.pieces(shard) {
        if watch.cancelled() {
            return Err(Stopped::Cancelled);
        }
        let ready = Ready::new(plan, points, template, columns, point).map_err(|problems| Stopped::Refused(point, problems))?;
        let mut one = |replication: u32| -> Result<SweepRow, Stopped<E>> {
            if watch.cancelled() {
                return Err(Stopped::Cancelled);
            }
            let row = ready.row(point, replication, watch).ok_or(Stopped::Cancelled)?;
            watch.finished();
            sink(&row).map_err(Stopped::Sink)?;
            Ok(row)
        };
        match &plan.until {
            None => within.into_iter().try_for_each(|replication| one(replication).map(drop))?,
            Some(until) => {
                let wanted: Vec<usize> = until
                    .conditions
                    .iter()
                    .map(|condition| columns.iter().position(|info| info.name == condition.response).expect("conditions are recorded"))
                    .collect();
                let mut values: Vec<Vec<f64>> = vec![Vec::new(); wanted.len()];
                let mut stopped = None;
                until::drive(until, |round| {
                    for replication in round {
                        match one(replication) {
                            Ok(row) => {
                                if let Ok(found) = row.outcome {
                                    for (kept, at) in values.iter_mut().zip(&wanted) {
                                        kept.push(columns[*at].reached(found.values[*at]));
                                    }
                                }
                            }
                            Err(why) => {
                                stopped = Some(why);
                                return None;
                            }
                        }
                    }
                    let of = |response: &str| {
                        let at = until.conditions.iter().position(|condition| condition.response == response)?;
                        Some(values[at].clone())
                    };
                    Some(until.judge(of))
                });
                if let Some(why) = stopped {
                    return Err(why);
                }
            }
        }
    }
    Ok(())
}
