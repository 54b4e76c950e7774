//! The summary of a point with more replications than one wants to hold: the rows are gone through several times instead.

use super::Points;
use super::summary::{LEVEL, meets, never_meets};
use crate::results::{Moments, Outcome, PointRow, Required, ResponseSummary, SweepInfo, SweepRow};
use crate::stats::proportion::wilson;
use crate::stats::quantile::quantile_interval_at;
use crate::stats::{Estimand, RankSearch, Tally};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A response of which all is known but the order of its values.
#[derive(Default)]
struct Column {
    at: usize,
    tally: Tally,
    n: usize,
    not_reached: usize,
    /// Values that keep the bound of a required share.
    kept: usize,
}

/// Goes through the rows of a point.
pub type Pass<'p, E> = dyn FnMut(&mut dyn FnMut(&SweepRow)) -> Result<(), E> + 'p;

/// Sums up a point; `pass` goes through its rows, in their order, each time it is called. The figures are those of
/// [`Summing`](super::Summing), but for the last bits of means.
///
/// # Errors
///
/// Those of `pass`.
pub fn sum_long<E>(info: &SweepInfo, points: &Points<'_>, point: u32, pass: &mut Pass<'_, E>) -> Result<PointRow, E> {
    let required = info.requirement.as_ref();
    let mut columns: Vec<Column> =
        info.shown.iter().copied().chain(required.map(|wanted| wanted.column)).map(|at| Column { at, ..Column::default() }).collect();
    let (mut rows, mut censored, mut deadlocks, mut failed) = (0, 0, 0, 0);
    let keeps = |value: f64| match required.map(|wanted| wanted.estimand) {
        Some(Estimand::ShareAtMost(bound)) => value <= bound,
        Some(Estimand::ShareAtLeast(bound)) => value >= bound,
        _ => false,
    };
    pass(&mut |row| match &row.outcome {
        Ok(found) => {
            rows += 1;
            censored += u32::from(found.outcome.is_censored());
            deadlocks += u32::from(found.outcome == Outcome::Deadlock);
            for column in &mut columns {
                let value = info.columns[column.at].reached(found.values[column.at]);
                column.n += usize::from(!value.is_nan());
                column.not_reached += usize::from(value.is_infinite());
                column.kept += usize::from(keeps(value));
                if value.is_finite() {
                    column.tally.push(value);
                }
            }
        }
        Err(_) => failed += 1,
    })?;
    let mut searches: Vec<RankSearch> = columns.iter().map(|column| RankSearch::new(ranks(info, column))).collect();
    while searches.iter().any(|search| !search.is_over()) {
        pass(&mut |row| {
            let Ok(found) = &row.outcome else { return };
            for (column, search) in columns.iter().zip(&mut searches) {
                let value = info.columns[column.at].reached(found.values[column.at]);
                if !value.is_nan() {
                    search.see(value);
                }
            }
        })?;
        searches.iter_mut().for_each(RankSearch::end_pass);
    }
    let known = |search: &RankSearch, rank| search.value(rank).unwrap_or(f64::NAN);
    let shown = columns.iter().zip(&searches).take(info.shown.len());
    Ok(PointRow {
        point,
        cells: points.cells(point),
        replications: rows,
        censored,
        deadlocks,
        failed,
        shown: shown
            .map(|(column, search)| ResponseSummary::from_ranks(&info.columns[column.at], &column.moments(), |rank| known(search, rank)))
            .collect(),
        required: required.zip(columns.last()).zip(searches.last()).map(|((wanted, column), search)| {
            let interval = match wanted.estimand {
                Estimand::Mean => column.moments().mean.and_then(|_| column.tally.interval(LEVEL)),
                Estimand::Quantile(p) => quantile_interval_at(column.n, p, LEVEL, |rank| known(search, rank)),
                Estimand::ShareAtMost(_) | Estimand::ShareAtLeast(_) => wilson(column.kept, column.n, LEVEL),
            };
            let never = wanted.estimand == Estimand::Mean && column.not_reached > 0;
            Required::of(interval, |ends| if never { never_meets(wanted.bound) } else { meets(wanted.bound, ends) })
        }),
    })
}

impl Column {
    fn moments(&self) -> Moments {
        // One that was never reached makes the mean unknown.
        let known = self.not_reached == 0;
        Moments {
            n: self.n,
            not_reached: self.not_reached,
            mean: self.tally.mean().filter(|_| known),
            half_width: self.tally.interval(LEVEL).filter(|_| known).map(|interval| interval.half_width()),
            skewness: self.tally.skewness().filter(|_| known),
        }
    }
}

/// The ranks that the summary of a response asks for: found by asking, with values that do not matter.
fn ranks(info: &SweepInfo, column: &Column) -> BTreeSet<usize> {
    let asked = RefCell::new(BTreeSet::new());
    let ask = |rank: usize| {
        asked.borrow_mut().insert(rank);
        0.0
    };
    if column.n > 0 {
        let _ = ResponseSummary::from_ranks(&info.columns[column.at], &column.moments(), ask);
        if let Some(Estimand::Quantile(p)) = info.requirement.as_ref().map(|wanted| wanted.estimand) {
            let _ = quantile_interval_at(column.n, p, LEVEL, ask);
        }
    }
    asked.into_inner()
}

#[cfg(test)]
mod tests;
