//! An output folder read back: from the texts of its files to the [`Output`] that was written, or what a folder of another kind holds.
//!
//! Nothing is lost on the way. Numbers stand in the folder in the shortest form that reads back to them, hours and days are whole
//! microseconds divided once, so that rounding finds the microseconds again (instants are below 2^48 of them), and the summary is
//! made anew from the table. What is drawn from a folder therefore has the same bytes as what was drawn when it was written.
//!
//! The texts are data of somebody: whatever is wrong with them is a [`Misread`] with its file and line.

mod assumed;
mod comparison;
mod detail;
mod documents;
mod long;
mod manifest;
mod parquet;
mod runs;
mod setting;
mod sheet;
#[cfg(test)]
mod tests;

pub use assumed::{EXPLANATION_FILES, assumed};
pub use comparison::{COMPARISON_FILES, comparison};
pub use manifest::{comparison_manifest, contents, explanation_manifest, manifest};

use crate::results::{FailureRecord, Output, Records, ResponseInfo, Room, RunTable, Summary};
use ::parquet::file::reader::ChunkReader;
use std::fmt;
use std::io::{self, Read, Seek};

/// The files that an output is read from; a folder may lack those of [`OPTIONAL`].
pub const FILES: [&str; 15] = [
    "summary.json",
    "replications.csv",
    "daily.csv",
    "paths.csv",
    "attribution.csv",
    "resources.csv",
    "nodes.csv",
    "convoys.csv",
    "segments.csv",
    "hours.csv",
    "light.csv",
    "inputs.csv",
    "observed.csv",
    "unfinished.csv",
    "failures.csv",
];
/// Files that are there only when there is something in them.
pub const OPTIONAL: [&str; 3] = ["observed.csv", "unfinished.csv", "failures.csv"];

/// What is wrong with a file of an output folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Misread {
    /// Its name within the folder.
    pub file: String,
    /// The line, from 1; `None` where it is about the whole file.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl Misread {
    fn new(file: &str, line: Option<u64>, what: impl Into<String>) -> Self {
        Self { file: file.into(), line, what: what.into() }
    }
}

/// The output that a folder holds, from its texts by name.
///
/// # Errors
///
/// A [`Misread`] where a file is missing or does not hold what it should.
pub fn output<'t>(text_of: impl Fn(&str) -> Option<&'t str>) -> Result<Output, Misread> {
    let needed = |name: &str| text_of(name).ok_or_else(|| Misread::new(name, None, "the folder does not have it"));
    output_with(&text_of, |table| {
        runs::replications(table, needed("replications.csv")?)?;
        runs::attribution(table, needed("attribution.csv")?)?;
        runs::resources(table, needed("resources.csv")?)?;
        text_of("unfinished.csv").map_or(Ok(()), |text| runs::unfinished(table, text))
    })
}

/// Tables with rows by replication, which [`long_output`] goes through without holding them.
pub const LONG: [&str; 5] = ["replications.csv", "replications.parquet", "attribution.csv", "resources.csv", "unfinished.csv"];

/// As [`output`], of a run that is too long for memory: `open` opens the tables of [`LONG`] by name, as often as it is asked, and `room` takes
/// the records. What they could not be kept in is told by [`Records::error`].
///
/// # Errors
///
/// A [`Misread`] where a file is missing, cannot be read or does not hold what it should.
pub fn long_output<'t, R: Read + Seek + ChunkReader + 'static>(
    text_of: impl Fn(&str) -> Option<&'t str>,
    open: impl Fn(&str) -> io::Result<Option<R>>,
    room: Room,
) -> Result<Output, Misread> {
    output_with(&text_of, |table| long::records(table, &open, room))
}

/// One replication of `replications.parquet`, as a table of its own whose failures tell nothing but its number; empty where the file does not
/// have it.
///
/// # Errors
///
/// A [`Misread`] where the file is not such a table.
pub fn one_of_parquet<R: ChunkReader + 'static>(file: R, responses: &[ResponseInfo], replication: u32) -> Result<RunTable, Misread> {
    let responses = responses.to_vec();
    let mut table = RunTable { responses, resources: Vec::new(), records: Records::default(), failures: Vec::new() };
    let mut rows = parquet::Rows::of(file, &table)?;
    while let Some((number, record)) = rows.next()? {
        if number == replication {
            match record {
                Some(record) => table.records.push(record),
                None => table.failures.push(FailureRecord { replication, kind: "", message: String::new(), waits: Vec::new() }),
            }
            break;
        }
    }
    Ok(table)
}

/// An output of which something else reads the records.
fn output_with<'t>(
    text_of: &impl Fn(&str) -> Option<&'t str>,
    records: impl FnOnce(&mut RunTable) -> Result<(), Misread>,
) -> Result<Output, Misread> {
    let needed = |name: &str| text_of(name).ok_or_else(|| Misread::new(name, None, "the folder does not have it"));
    let summary = documents::summary(needed("summary.json")?)?;
    let mut table =
        RunTable { responses: summary.responses, resources: summary.resources, records: Records::default(), failures: Vec::new() };
    if let Some(text) = text_of("failures.csv") {
        table.failures = runs::failures(text)?;
    }
    records(&mut table)?;
    let mut details = detail::places(&summary.info.shown);
    detail::convoys(&mut details, needed("convoys.csv")?)?;
    detail::segments(&mut details, needed("segments.csv")?)?;
    detail::hours(&mut details, needed("hours.csv")?)?;
    let mut setting = summary.setting;
    setting.light = setting::light(needed("light.csv")?)?;
    setting.inputs = setting::inputs(needed("inputs.csv")?)?;
    if let Some(text) = text_of("observed.csv") {
        setting.observed = setting::observed(text)?;
    }
    Ok(Output {
        summary: Summary::of(&summary.info, &table),
        info: summary.info,
        setting,
        table,
        days: runs::daily(needed("daily.csv")?)?,
        paths: runs::paths(needed("paths.csv")?)?,
        nodes: detail::nodes(needed("nodes.csv")?)?,
        details: details.into_iter().map(|(_, detail)| detail).collect(),
    })
}
