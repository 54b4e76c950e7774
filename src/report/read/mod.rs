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
mod manifest;
mod runs;
mod setting;
mod sheet;
#[cfg(test)]
mod tests;

pub use assumed::{EXPLANATION_FILES, assumed};
pub use comparison::{COMPARISON_FILES, comparison};
pub use manifest::{comparison_manifest, contents, explanation_manifest, manifest};

use crate::results::{Output, RunTable, Summary};
use std::fmt;

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
    let summary = documents::summary(needed("summary.json")?)?;
    let mut table = RunTable { responses: summary.responses, resources: summary.resources, records: Vec::new(), failures: Vec::new() };
    if let Some(text) = text_of("failures.csv") {
        table.failures = runs::failures(text)?;
    }
    runs::replications(&mut table, needed("replications.csv")?)?;
    runs::attribution(&mut table, needed("attribution.csv")?)?;
    runs::resources(&mut table, needed("resources.csv")?)?;
    if let Some(text) = text_of("unfinished.csv") {
        runs::unfinished(&mut table, text)?;
    }
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
