//! The parts put together: one pass over all rows for each table, in the order of points and replications.

use super::store::Store;
use super::study::Study;
use crate::cli::charts::{self, Choice};
use crate::cli::folder::Folder;
use crate::cli::terminal::WriteError;
use crate::experiment::sweep::sensitivity::Analysis;
use crate::experiment::sweep::{Standings, Summing, nothing, sum_long};
use crate::report::chart::NotDrawn;
use crate::report::sweep::parquet::Parquet;
use crate::report::sweep::{Failures, Points, Replications, design, manifest, pareto as pareto_table};
use crate::report::{csv, json};
use crate::results::{Cell, Pareto, PointFigure, PointRow, Sensitivity, SweepOutput, SweepRow};
use std::io;

/// Rows of all shards in order.
struct Rows<'s> {
    store: &'s Store,
    shards: u32,
}

impl Rows<'_> {
    fn each(&self, mut take: impl FnMut(&SweepRow) -> io::Result<()>) -> io::Result<()> {
        for shard in 0..self.shards {
            let mut rows = self.store.rows(shard)?;
            while let Some(row) = rows.row()? {
                take(row)?;
            }
        }
        Ok(())
    }

    /// Rows of one point, where the replications of each are as many.
    fn of(&self, study: &Study<'_>, point: u32, take: &mut dyn FnMut(&SweepRow)) -> io::Result<()> {
        let (each, size) = (u64::from(study.plan.replications), u64::from(study.plan.shard_size));
        let first = u64::from(point) * each;
        for shard in first / size..(first + each).div_ceil(size) {
            let mut rows = self.store.rows(shard as u32)?;
            while let Some(row) = rows.row()? {
                if row.point == point {
                    take(row);
                }
            }
        }
        Ok(())
    }

    /// As [`Rows::each`], with the values of the factors.
    fn each_with_cells(&self, study: &Study<'_>, mut take: impl FnMut(&SweepRow, &[Option<Cell>]) -> io::Result<()>) -> io::Result<()> {
        let mut known: Option<(u32, Vec<Option<Cell>>)> = None;
        self.each(|row| {
            if known.as_ref().is_none_or(|(point, _)| *point != row.point) {
                known = Some((row.point, study.points.cells(row.point)));
            }
            take(row, known.as_ref().map_or(&[], |(_, cells)| cells))
        })
    }
}

/// What merging gives besides the files.
pub(in crate::cli) struct Merged {
    /// The leading figure of each point that has rows, in order.
    pub(in crate::cli) figures: Vec<PointFigure>,
    /// Charts that were asked for by name and could not be drawn.
    pub(in crate::cli) not_drawn: Vec<(&'static str, NotDrawn)>,
    /// Replications that failed.
    pub(in crate::cli) failures: u64,
    /// What the responses depend on, one a block that is made for it.
    pub(in crate::cli) sensitivity: Vec<Sensitivity>,
    /// Names of the files written.
    pub(in crate::cli) files: Vec<String>,
}

/// A point with more replications is gone through several times rather than held.
const LONG: u32 = 16_384;

/// Every point of a sweep summed up, in order.
pub(super) fn sum_up(study: &Study<'_>, store: &Store, mut take: impl FnMut(PointRow) -> io::Result<()>) -> io::Result<()> {
    let rows = Rows { store, shards: study.plan.shards() };
    let (info, points) = (&study.info, &study.points);
    // Points that were left out have no rows, and their place all the same.
    let left_out = |point: &u32| study.plan.invalid.binary_search(point).is_ok();
    if study.plan.until.is_none() && info.replications > LONG {
        return (0..study.plan.points).try_for_each(|point| {
            take(if left_out(&point) {
                nothing(info, points, point)
            } else {
                sum_long(info, points, point, &mut |see| rows.of(study, point, see))?
            })
        });
    }
    let mut next = 0;
    let mut take_in_order = |row: Option<PointRow>| -> io::Result<()> {
        let until = row.as_ref().map_or(study.plan.points, |row| row.point);
        (next..until).filter(left_out).try_for_each(|point| take(nothing(info, points, point)))?;
        next = until + 1;
        row.map_or(Ok(()), &mut take)
    };
    let mut summing = Summing::new(info, points);
    rows.each(|row| summing.take(row).map_or(Ok(()), |point| take_in_order(Some(point))))?;
    if let Some(last) = summing.finish() {
        take_in_order(Some(last))?;
    }
    take_in_order(None)
}

/// What charts of a finished sweep are drawn from.
pub(super) fn output(study: &Study<'_>, store: &Store) -> io::Result<SweepOutput> {
    let mut points = Vec::new();
    if study.plan.points <= SweepOutput::MOST {
        sum_up(study, store, |row| {
            points.push(row);
            Ok(())
        })?;
    }
    let (pareto, sensitivity) = (standings(study, store)?, analyses(study, store)?);
    Ok(SweepOutput { info: study.info.clone(), points, pareto, sensitivity })
}

/// Where the points stand in two responses at once.
fn standings(study: &Study<'_>, store: &Store) -> io::Result<Option<Pareto>> {
    let Some(mut standings) = Standings::new(&study.info) else { return Ok(None) };
    Rows { store, shards: study.plan.shards() }.each(|row| {
        standings.take(row);
        Ok(())
    })?;
    Ok(Some(standings.finish()))
}

/// What the responses depend on, one analysis a block that is made for it.
fn analyses(study: &Study<'_>, store: &Store) -> io::Result<Vec<Sensitivity>> {
    let rows = Rows { store, shards: study.plan.shards() };
    let each = |take: &mut dyn FnMut(&SweepRow)| {
        rows.each(|row| {
            take(row);
            Ok(())
        })
    };
    Analysis::all(study.sweep, &study.info, &study.points).iter().map(|analysis| analysis.run(each)).collect()
}

/// Writes the tables, the charts, the manifest and the record of the run, all at once.
pub(super) fn merge(
    study: &Study<'_>,
    store: &Store,
    charts: &Choice,
    record: &serde_json::Value,
    mut folder: Folder,
) -> Result<Merged, WriteError> {
    let rows = Rows { store, shards: study.plan.shards() };
    let info = &study.info;
    let (mut figures, mut kept, mut failures) = (Vec::new(), Vec::new(), 0);
    folder.write("points.csv", |out| {
        let mut table = Points::new(info, out)?;
        sum_up(study, store, |row| {
            failures += u64::from(row.failed);
            if info.problem_of(row.point).is_none() {
                figures.push(info.figure(&row));
            }
            table.row(&row)?;
            if info.points <= SweepOutput::MOST {
                kept.push(row);
            }
            Ok(())
        })?;
        table.finish()
    })?;
    folder.write("replications.csv", |out| {
        let mut table = Replications::new(info, out)?;
        rows.each_with_cells(study, |row, cells| table.row(row, cells))?;
        table.finish()
    })?;
    folder.write("replications.parquet", |out| {
        let mut table = Parquet::new(out, tempfile::tempfile_in(store.path())?, info)?;
        rows.each_with_cells(study, |row, cells| table.row(row, cells))?;
        table.finish()
    })?;
    if failures > 0 {
        folder.write("failures.csv", |out| {
            let mut table = Failures::new(out)?;
            rows.each(|row| table.row(row))?;
            table.finish()
        })?;
    }
    let failed = |source| WriteError::new(store.path().display(), source);
    let sensitivity = analyses(study, store).map_err(failed)?;
    if !sensitivity.is_empty() {
        folder.write("sensitivity.csv", |out| csv::sensitivity(&sensitivity, out))?;
        folder.write("sensitivity.json", |out| out.write_all(json::text(&json::sensitivity(&sensitivity)).as_bytes()))?;
    }
    folder.write("design.csv", |out| design(info, |point| study.points.cells(point), out))?;
    let pareto = standings(study, store).map_err(failed)?;
    let output = SweepOutput { info: info.clone(), points: kept, pareto, sensitivity };
    if output.pareto.is_some() {
        folder.write("pareto.csv", |out| pareto_table(&output, out))?;
    }
    let (pictures, mut not_drawn) = charts::draw((&output).into(), charts, charts::USUAL_ORDER);
    for picture in &pictures {
        picture.write(&mut folder)?;
    }
    // Of one factor there is no heat map, of two no line: nobody asked for it.
    if !matches!(charts, Choice::Named(_)) {
        not_drawn.clear();
    }
    let manifest = manifest(&study.written, &folder.entries());
    folder.write("manifest.json", |out| out.write_all(json::text(&manifest).as_bytes()))?;
    let mut files: Vec<String> = folder.entries().into_iter().map(|entry| entry.name).collect();
    folder.write("run.json", |out| out.write_all(json::text(record).as_bytes()))?;
    files.push("run.json".into());
    folder.publish()?;
    Ok(Merged { figures, not_drawn, failures, sensitivity: output.sensitivity, files })
}
