//! An output folder held against what its own manifest makes again: plain data that texts are drawn from.

use std::collections::BTreeSet;

/// What is known of a folder after it was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Version of the program and target triple that wrote the folder.
    pub written_by: [String; 2],
    /// Those that made it again.
    pub made_by: [String; 2],
    /// What the folder is of: names of its scenarios.
    pub scenarios: Vec<String>,
    /// Root seed.
    pub seed: u64,
    /// How much of it was run again.
    pub scope: Scope,
    /// Its files, by name.
    pub files: Vec<CheckedFile>,
}

/// How much was run again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every replication of every scenario.
    All(usize),
    /// These replications, of so many.
    Sample(Vec<u32>, usize),
    /// These shards of a sweep, of so many.
    Shards(Vec<u32>, usize),
}

/// Some rows of a table: those with one of these values in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Name of the column.
    pub column: &'static str,
    /// The values.
    pub values: BTreeSet<String>,
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedFile {
    /// Its name within the folder.
    pub name: String,
    /// What was found.
    pub finding: FileFinding,
    /// Where it first differs.
    pub first: Option<FirstDifference>,
}

/// What was found of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFinding {
    /// Made again it has the same bytes.
    Same,
    /// The rows that were made again are the same; the file is as its manifest lists it.
    SameRows,
    /// It is as its manifest lists it; nothing that was run tells more.
    AsListed,
    /// It differs from its own manifest, and made again it is as that lists it: it was changed after it was written.
    Changed,
    /// It is as its manifest lists it, and comes out otherwise.
    Different,
    /// It differs from its own manifest, and made again it is like neither.
    ChangedAndDifferent,
    /// Made again it has the same bytes, but its manifest lists others.
    Mislisted,
    /// Its manifest lists it, and the folder does not have it.
    Missing,
    /// The folder does not have it, nor does its manifest list it, but a run writes it.
    Unwritten,
    /// It has a name that convoysim writes, but no run of this manifest does.
    Extra,
    /// Somebody else put it there.
    Foreign,
}

impl FileFinding {
    /// The word in texts and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameRows => "same rows",
            Self::AsListed => "as listed",
            Self::Changed => "changed",
            Self::Different => "different",
            Self::ChangedAndDifferent => "changed, different",
            Self::Mislisted => "mislisted",
            Self::Missing => "missing",
            Self::Unwritten => "unwritten",
            Self::Extra => "extra",
            Self::Foreign => "not ours",
        }
    }

    /// Whether the folder is not what a run makes of its manifest.
    #[must_use]
    pub const fn is_difference(self) -> bool {
        !matches!(self, Self::Same | Self::SameRows | Self::AsListed | Self::Foreign)
    }
}

/// Where two versions of a file first differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstDifference {
    /// Row and column, key, line or byte.
    pub place: String,
    /// What stands there in the folder; `None` where nothing does.
    pub found: Option<String>,
    /// What stands there when made again.
    pub made: Option<String>,
}

impl Verification {
    /// Whether every byte that was looked at agrees.
    #[must_use]
    pub fn agrees(&self) -> bool {
        !self.files.iter().any(|file| file.finding.is_difference())
    }

    /// Whether a file has this finding.
    #[must_use]
    pub fn has(&self, finding: FileFinding) -> bool {
        self.files.iter().any(|file| file.finding == finding)
    }
}
