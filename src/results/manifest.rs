//! What determines the bytes of an output folder, and nothing else.

use super::RunTable;
use super::digest::sha256_hex;

/// What an output folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The replications of a scenario.
    Run,
    /// Variants against a base.
    Comparison,
    /// What limits a scenario, or what it assumes.
    Explanation,
    /// The points of a sweep.
    Sweep,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Run, Self::Comparison, Self::Explanation, Self::Sweep];

    /// The word in a manifest; that of a run says none.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Comparison => "comparison",
            Self::Explanation => "explanation",
            Self::Sweep => "sweep",
        }
    }

    /// With its article, for sentences.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Run => "a run",
            Self::Comparison => "a comparison",
            Self::Explanation => "an explanation",
            Self::Sweep => "a sweep",
        }
    }
}

/// The manifest: who has it and the program can make the folder again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Version of the program.
    pub version: String,
    /// Target triple it was built for.
    pub target: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Every text read, the scenario itself first.
    pub texts: Vec<TextEntry>,
    /// Overrides given on the command line, in order.
    pub overrides: Vec<String>,
    /// The scenario as it was run, in a fixed order.
    pub resolved: String,
    /// Root seed.
    pub seed: u64,
    /// Replications asked for; where they went on until something was precise, how many that took.
    pub replications: u32,
    /// The conditions that they went on for, and the most that were allowed.
    pub until: Option<(Vec<String>, u32)>,
    /// Whether the run was interrupted.
    pub interrupted: bool,
    /// Replications present, as first and last of each unbroken stretch.
    pub finished: Vec<(u32, u32)>,
    /// Every other file of the folder that the above determines.
    pub files: Vec<FileEntry>,
}

/// The manifest of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonManifest {
    /// Version of the program.
    pub version: String,
    /// Target triple it was built for.
    pub target: String,
    /// Root seed of the base.
    pub seed: u64,
    /// Replications of each scenario, as in [`Manifest::replications`].
    pub replications: u32,
    /// The conditions that they went on for, and the most that were allowed.
    pub until: Option<(Vec<String>, u32)>,
    /// Whether all scenarios meet the same random numbers.
    pub common: bool,
    /// Whether it was told what each of several changes contributes.
    pub split: bool,
    /// Responses that were asked for on the command line.
    pub responses: Vec<String>,
    /// Whether the runs were interrupted.
    pub interrupted: bool,
    /// Overrides given on the command line, in order.
    pub overrides: Vec<String>,
    /// The scenarios, the base first.
    pub scenarios: Vec<ScenarioEntry>,
    /// Every other file of the folder that the above determines.
    pub files: Vec<FileEntry>,
}

/// A scenario of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioEntry {
    /// A short name, different from those of the others.
    pub label: String,
    /// Its name.
    pub scenario: String,
    /// Root seed it was run with.
    pub seed: u64,
    /// Replications present, as first and last of each unbroken stretch.
    pub finished: Vec<(u32, u32)>,
    /// The scenario as it was run, in a fixed order.
    pub resolved: String,
    /// Every text read, the scenario itself first.
    pub texts: Vec<TextEntry>,
}

/// The manifest of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationManifest {
    /// Version of the program.
    pub version: String,
    /// Target triple it was built for.
    pub target: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Root seed.
    pub seed: u64,
    /// Replications of the base.
    pub replications: u32,
    /// What was asked.
    pub asked: Asked,
    /// Overrides given on the command line, in order.
    pub overrides: Vec<String>,
    /// The scenario as it was run, in a fixed order.
    pub resolved: String,
    /// Every text read, the scenario itself first.
    pub texts: Vec<TextEntry>,
    /// Every other file of the folder that the above determines.
    pub files: Vec<FileEntry>,
}

/// What an explanation was asked for, beside its scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The response that levers or assumptions were held against.
    pub response: String,
    /// Most pairs for each change, where that was given.
    pub pairs: Option<u32>,
    /// Whether the assumptions were moved.
    pub assumptions: bool,
    /// The one replication that was told of.
    pub replication: Option<u32>,
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEntry {
    /// Its name as written.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// All of it.
    pub text: String,
}

impl TextEntry {
    /// Texts with their names.
    #[must_use]
    pub fn all(texts: &[(String, String)]) -> Vec<Self> {
        let entry = |(name, text): &(String, String)| Self { name: name.clone(), sha256: sha256_hex(text.as_bytes()), text: text.clone() };
        texts.iter().map(entry).collect()
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Its name within the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// The replications that a table has, failed ones too, as unbroken stretches.
#[must_use]
pub fn finished(table: &RunTable) -> Vec<(u32, u32)> {
    let failed = table.failures.iter().map(|failure| failure.replication);
    let mut numbers = table.records.numbers();
    numbers.extend(failed);
    numbers.sort_unstable();
    stretches(numbers)
}

/// Numbers in order as unbroken stretches: 0, 1, 2, 5 become (0, 2), (5, 5).
fn stretches(numbers: impl IntoIterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => found.push((number, number)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_make_one_stretch() {
        assert_eq!(stretches([0, 1, 2, 5, 7, 8]), [(0, 2), (5, 5), (7, 8)]);
        assert_eq!(stretches([]), []);
    }
}
