//! A finished sweep again, from nothing but its manifest: whole, some of its shards, or one row.

use super::merge::{merge, output};
use super::store::Store;
use super::study::{self, Instead, Study};
use super::work::{Worked, work};
use crate::cli::charts::Choice;
use crate::cli::exit::Exit;
use crate::cli::folder::Folder;
use crate::cli::read_file;
use crate::cli::terminal::Terminal;
use crate::experiment::runner::{Unwatched, Watch};
use crate::experiment::sweep::{Ready, Stopped, run};
use crate::report::sweep::{Replications, SweepPlan, design};
use crate::results::{FirstDifference, SweepOutput, SweepRow};
use crate::scenario::{Problem, Scenario};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::{self, BufReader};
use std::path::Path;

/// Makes the sweep of a manifest ready; `then` goes on with it.
pub(in crate::cli) fn of_manifest<T>(
    plan: &SweepPlan,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Study<'_>, &mut Terminal<'_>) -> T,
) -> Result<T, Exit> {
    let texts = study::texts(plan);
    let main = plan.texts.first().map_or("", |(name, _)| name).to_owned();
    let read = study::read(&main, &texts, &plan.overrides, terminal)?;
    let study = Study::new(&read.sweep, &read.template, Instead::from(plan), terminal)?.without(&plan.invalid);
    Ok(then(&study, terminal))
}

/// Runs all of it into a folder; what its charts are drawn from.
pub(in crate::cli) fn whole(study: &Study<'_>, path: &Path, threads: usize, watch: &dyn Watch) -> Result<SweepOutput, String> {
    let said = |error: io::Error| error.to_string();
    let folder = Folder::prepare(path).map_err(|error| error.to_string())?;
    let mut points = Vec::new();
    design(&study.info, |point| study.points.cells(point), &mut points).map_err(said)?;
    let store = Store::begin(path, &study.written, &points, false).map_err(|error| error.to_string())?;
    let shards: Vec<u32> = (0..study.plan.shards()).collect();
    match work(study, &store, &shards, threads, false, watch) {
        Worked::Done { .. } => {}
        Worked::Cancelled => return Err("it was interrupted".into()),
        other => return Err(other.exit(study, &path.display().to_string()).err().map_or_else(String::new, |(_, why)| why)),
    }
    merge(study, &store, &Choice::Named(Vec::new()), &serde_json::Value::Null, folder).map_err(|error| error.to_string())?;
    output(study, &store).map_err(said)
}

/// How the parts in the folder of a sweep were cut, which its manifest does not say: as the plan says that still lies beside them, or by
/// the rows of the first one.
pub(in crate::cli) fn shard_size(dir: &Path, plan: &SweepPlan) -> Option<u32> {
    if let Ok(store) = Store::open(dir) {
        return Some(store.plan().shard_size);
    }
    let first = Store::of(dir, plan).held(0).ok().flatten().filter(|_| plan.until.is_none())?;
    u32::try_from(first.rows + first.failures).ok().filter(|rows| *rows > 0)
}

/// The parts that are still in the folder of a sweep, and whether each is whole, belongs to its plan, and, where the sweep was made again
/// in another folder, has the rows made there.
pub(in crate::cli) fn parts(dir: &Path, plan: &SweepPlan, made: Option<&Path>) -> io::Result<Vec<(String, bool)>> {
    let entries = match fs::read_dir(dir.join("parts")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let store = Store::of(dir, plan);
    let made = made.and_then(|path| Store::open(path).ok());
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(shard) = name.strip_suffix(".part").and_then(|number| number.parse().ok()) else { continue };
        let same = || -> io::Result<bool> {
            if store.held(shard)?.is_none() {
                return Ok(false);
            }
            let Some(made) = &made else { return Ok(true) };
            if made.held(shard)?.is_none() {
                return Ok(false);
            }
            let (mut rows, mut again) = (store.rows(shard)?, made.rows(shard)?);
            loop {
                // Compared as texts, in which a value that is not defined equals itself.
                let (row, same) = (rows.row()?.map(|row| format!("{row:?}")), again.row()?.map(|row| format!("{row:?}")));
                if row != same || row.is_none() {
                    return Ok(row == same);
                }
            }
        };
        found.push((format!("parts/{name}"), same()?));
    }
    found.sort();
    Ok(found)
}

/// The rows of some shards as lines of `replications.csv`, by point and replication. Nothing where it was cancelled.
pub(in crate::cli) fn lines(study: &Study<'_>, shards: &[u32], watch: &dyn Watch) -> Option<BTreeMap<(u32, u32), Option<String>>> {
    let mut found = BTreeMap::new();
    for shard in shards {
        let take = |row: &SweepRow| -> Result<(), Infallible> {
            found.insert((row.point, row.replication), Some(line(study, row)));
            Ok(())
        };
        match run(&study.plan, &study.points, study.template, &study.info.columns, *shard, watch, take) {
            Ok(()) => {}
            Err(Stopped::Cancelled | Stopped::Refused(..)) => return None,
        }
    }
    Some(found)
}

/// A row as it stands in `replications.csv`.
pub(in crate::cli) fn line(study: &Study<'_>, row: &SweepRow) -> String {
    let mut text = Vec::new();
    let mut table = Replications::new(&study.info, &mut text).expect("memory takes every byte");
    table.row(row, &study.points.cells(row.point)).and_then(|()| table.finish()).expect("memory takes every byte");
    String::from_utf8_lossy(&text).lines().nth(1).unwrap_or_default().to_owned()
}

/// The line of one row, made again; nothing where its point is refused.
pub(in crate::cli) fn line_of(study: &Study<'_>, point: u32, replication: u32) -> Option<String> {
    let ready = Ready::new(&study.plan, &study.points, study.template, &study.info.columns, point).ok()?;
    Some(line(study, &ready.row(point, replication, &Unwatched)?))
}

/// The scenario of a point, and the seed that it runs with.
pub(in crate::cli) fn scenario(study: &Study<'_>, point: u32) -> Result<(Scenario, u64), Vec<Problem>> {
    Ok((study.template.point(&study.points.set(point))?, study.plan.seed_of(point)))
}

/// Holds lines against a `replications.csv`: the first cell, by point and replication, that stands there otherwise, or not at all.
pub(in crate::cli) fn first_otherwise(table: &Path, made: &BTreeMap<(u32, u32), Option<String>>) -> io::Result<Option<FirstDifference>> {
    let mut found: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let mut lines = read_file::lines(BufReader::new(read_file::open(table)?));
    let heading = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        let line = line?;
        let mut cells = line.splitn(3, ',').map(str::parse::<u32>);
        if let (Some(Ok(point)), Some(Ok(replication))) = (cells.next(), cells.next())
            && made.contains_key(&(point, replication))
        {
            found.insert((point, replication), line);
        }
    }
    let otherwise = made.iter().find(|(key, line)| found.get(key) != line.as_ref());
    Ok(otherwise.map(|(key, line)| first_cell(&heading, *key, found.get(key).map(String::as_str), line.as_deref())))
}

/// The first cell in which two lines differ; the whole line where one of them is missing.
fn first_cell(heading: &str, (point, replication): (u32, u32), found: Option<&str>, made: Option<&str>) -> FirstDifference {
    let row = format!("point {point}, replication {replication}");
    let (Some(found), Some(made)) = (found, made) else {
        let there = |line: Option<&str>| line.map(|_| "a row".to_owned());
        return FirstDifference { place: row, found: there(found), made: there(made) };
    };
    let cells = |line: &str| -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        reader.records().next().and_then(Result::ok).map(|cells| cells.iter().map(String::from).collect()).unwrap_or_default()
    };
    let (names, found, made) = (cells(heading), cells(found), cells(made));
    let at = (0..found.len().max(made.len())).find(|at| found.get(*at) != made.get(*at)).unwrap_or(0);
    let name = names.get(at).map_or("a column too many", String::as_str);
    FirstDifference { place: format!("{row}, column {name}"), found: found.get(at).cloned(), made: made.get(at).cloned() }
}
