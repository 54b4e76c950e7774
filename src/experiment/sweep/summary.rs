//! Rows to one summary a point, as they come.

use super::Points;
use crate::results::{Bound, Meets, Outcome, PointRow, Required, ResponseSummary, SweepInfo, SweepRow, Wanted};
use crate::stats::Estimand;
use crate::stats::quantile::{quantile_interval, sorted};

/// Confidence of every interval.
pub(super) const LEVEL: f64 = 0.95;

/// Takes the rows of a sweep in order and gives a summary whenever a point is over; no more than one point is kept.
pub struct Summing<'s> {
    info: &'s SweepInfo,
    points: &'s Points<'s>,
    /// The columns that are kept: those shown, then the required one.
    columns: Vec<usize>,
    open: Option<Open>,
}

/// The point whose rows are coming.
struct Open {
    point: u32,
    censored: u32,
    deadlocks: u32,
    failed: u32,
    /// Values of the shown responses and of the required one, one list a column of `wanted`.
    values: Vec<Vec<f64>>,
    rows: u32,
}

impl<'s> Summing<'s> {
    /// Begins.
    #[must_use]
    pub fn new(info: &'s SweepInfo, points: &'s Points<'s>) -> Self {
        let columns = info.shown.iter().copied().chain(info.requirement.as_ref().map(|wanted| wanted.column)).collect();
        Self { info, points, columns, open: None }
    }

    /// Takes a row; the summary of the point before where this row begins another.
    pub fn take(&mut self, row: &SweepRow) -> Option<PointRow> {
        let before = if self.open.as_ref().is_some_and(|open| open.point != row.point) { self.finish() } else { None };
        let open = self.open.get_or_insert_with(|| Open {
            point: row.point,
            censored: 0,
            deadlocks: 0,
            failed: 0,
            values: vec![Vec::new(); self.columns.len()],
            rows: 0,
        });
        match &row.outcome {
            Ok(found) => {
                open.rows += 1;
                open.censored += u32::from(found.outcome.is_censored());
                open.deadlocks += u32::from(found.outcome == Outcome::Deadlock);
                for (kept, at) in open.values.iter_mut().zip(&self.columns) {
                    kept.push(self.info.columns[*at].reached(found.values[*at]));
                }
            }
            Err(_) => open.failed += 1,
        }
        before
    }

    /// The summary of the point whose rows have come; nothing where none has.
    pub fn finish(&mut self) -> Option<PointRow> {
        let open = self.open.take()?;
        let shown = self.info.shown.iter().zip(&open.values);
        Some(PointRow {
            point: open.point,
            cells: self.points.cells(open.point),
            replications: open.rows,
            censored: open.censored,
            deadlocks: open.deadlocks,
            failed: open.failed,
            shown: shown.map(|(at, values)| ResponseSummary::of(&self.info.columns[*at], values.clone())).collect(),
            required: self.info.requirement.as_ref().map(|wanted| required(wanted, open.values.last().map_or(&[], Vec::as_slice))),
        })
    }
}

/// The summary of a point that has no rows.
#[must_use]
pub fn nothing(info: &SweepInfo, points: &Points<'_>, point: u32) -> PointRow {
    PointRow {
        point,
        cells: points.cells(point),
        replications: 0,
        censored: 0,
        deadlocks: 0,
        failed: 0,
        shown: info.shown.iter().map(|at| ResponseSummary::of(&info.columns[*at], Vec::new())).collect(),
        required: info.requirement.as_ref().map(|wanted| required(wanted, &[])),
    }
}

/// What the replications of a point tell about a required number.
fn required(wanted: &Wanted, values: &[f64]) -> Required {
    let values: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    // A quantile that most replications did not reach has a lower end all the same, which may settle the matter.
    let interval = match wanted.estimand {
        Estimand::Quantile(p) => quantile_interval(&sorted(&values), p, LEVEL),
        other => other.interval(&values, LEVEL),
    };
    let never = wanted.estimand == Estimand::Mean && values.iter().any(|value| value.is_infinite());
    Required::of(interval, |ends| if never { never_meets(wanted.bound) } else { meets(wanted.bound, ends) })
}

/// Whether a mean to which a time belongs that was not reached keeps a bound: it is later than every bound.
pub(super) fn never_meets(bound: Bound) -> Meets {
    match bound {
        Bound::AtMost(_) => Meets::No,
        Bound::AtLeast(_) => Meets::Yes,
    }
}

/// Whether an interval keeps a bound.
pub(super) fn meets(bound: Bound, [lower, upper]: [f64; 2]) -> Meets {
    match bound {
        Bound::AtMost(bound) if upper <= bound => Meets::Yes,
        Bound::AtMost(bound) if lower > bound => Meets::No,
        Bound::AtLeast(bound) if lower >= bound => Meets::Yes,
        Bound::AtLeast(bound) if upper < bound => Meets::No,
        _ => Meets::Open,
    }
}
