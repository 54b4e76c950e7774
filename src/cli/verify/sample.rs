//! A sample of a run's replications again, for folders that took long.
//!
//! The rows of these replications are compared in every table that has them, what is shown of single runs whole, what the scenario
//! alone decides whole, and the summary and the pictures with what the folder's own tables come to. What needs every replication is
//! held against the manifest only.

use super::folder::{Held, Made};
use super::run::check_pictures;
use super::{Means, Stop};
use crate::cli::again::Again;
use crate::cli::open;
use crate::report::{csv, files};
use crate::results::{Output, Rows, RunInfo, RunTable};
use std::io;
use std::path::Path;

/// Tables with rows by replication.
const BY_REPLICATION: [&str; 5] = ["replications.csv", "attribution.csv", "resources.csv", "unfinished.csv", "failures.csv"];
/// What is shown of single runs.
const SHOWN: [&str; 3] = ["convoys.csv", "segments.csv", "hours.csv"];
/// What needs every replication.
const OF_ALL: [&str; 3] = ["summary.json", "daily.csv", "paths.csv"];

/// Runs about so many replications again, compares what they tell, and gives their numbers.
pub(super) fn check(dir: &Path, again: &Again, wanted: u32, means: &Means, held: &mut Held<'_>) -> Result<Vec<u32>, Stop> {
    // A folder whose tables were changed has no summary or picture to hold anything against.
    let opened = open::open(dir).ok().map(|opened| opened.output);
    let shown = opened.as_ref().map(|output| output.info.shown.clone()).unwrap_or_default();
    let mut numbers = evenly(again.finished(), wanted);
    let in_detail: Vec<u32> = shown.iter().map(|one| one.replication).collect();
    numbers.extend(&in_detail);
    numbers.sort_unstable();
    numbers.dedup();

    let progress = means.progress(numbers.len() + in_detail.len());
    let (table, _) = again.some(&numbers, false, &means.pool, &progress);
    let (_, details) = again.some(&in_detail, true, &means.pool, &progress);
    progress.end();
    means.unless_stopped()?;

    let info = RunInfo { shown, ..again.info() };
    let seed = info.seed;
    let output = Output::of(info, again.operation.setting.clone(), table, again.operation.nodes.clone(), details);
    let rows = Rows { column: "replication", values: numbers.iter().map(u32::to_string).collect() };
    for name in BY_REPLICATION {
        let made = table_of(name, &output.table, seed).map_err(|error| Stop::Bug(error.to_string()))?;
        // Those that tell of failures are there only where there are some.
        if held.has(name) {
            held.check(name, Made::Rows(&made, &rows))?;
        }
    }
    let whole = |name: &str| !BY_REPLICATION.contains(&name) && !OF_ALL.contains(&name) && (opened.is_some() || !SHOWN.contains(&name));
    for (name, content) in files::of(&output).into_iter().filter(|(name, _)| whole(name)) {
        held.check(name, Made::Whole(&written(content)?))?;
    }
    if let Some(output) = &opened {
        for (name, content) in files::of(output).into_iter().filter(|(name, _)| *name == "summary.json") {
            held.check(name, Made::Whole(&written(content)?))?;
        }
        check_pictures(output.into(), held)?;
    }
    Ok(numbers)
}

fn written(content: files::Content<'_>) -> Result<Vec<u8>, Stop> {
    let mut made = Vec::new();
    content(&mut made).map_err(|error| Stop::Bug(error.to_string()))?;
    Ok(made)
}

fn table_of(name: &str, table: &RunTable, seed: u64) -> io::Result<Vec<u8>> {
    let mut made = Vec::new();
    match name {
        "replications.csv" => csv::replications(table, &mut made)?,
        "attribution.csv" => csv::attribution(table, &mut made)?,
        "resources.csv" => csv::resources(table, &mut made)?,
        "unfinished.csv" => csv::unfinished(table, &mut made)?,
        _ => csv::failures(table, seed, &mut made)?,
    }
    Ok(made)
}

/// So many of these numbers, evenly spaced, the first and the last among them.
pub(super) fn evenly(numbers: &[u32], wanted: u32) -> Vec<u32> {
    let (last, wanted) = (numbers.len().saturating_sub(1), wanted as usize);
    let at = |k: usize| if wanted < 2 { 0 } else { k * last / (wanted - 1) };
    let mut chosen: Vec<u32> = (0..wanted).filter_map(|k| numbers.get(at(k)).copied()).collect();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_goes_evenly_from_the_first_to_the_last() {
        let numbers: Vec<u32> = (0..100).collect();
        assert_eq!(evenly(&numbers, 4), [0, 33, 66, 99]);
        assert_eq!(evenly(&numbers, 1), [0]);
        assert_eq!(evenly(&[3, 5], 10), [3, 5]);
        assert!(evenly(&[], 10).is_empty());
    }
}
