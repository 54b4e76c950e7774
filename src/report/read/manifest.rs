//! `manifest.json`: what determines the bytes of a folder.

use super::Misread;
use super::documents::{Status, document};
use crate::report::json::MANIFEST_SCHEMA;
use crate::report::sweep::MANIFEST_SCHEMA as SWEEP_MANIFEST_SCHEMA;
use crate::results::{Asked, ComparisonManifest, ExplanationManifest, FileEntry, Kind, Manifest, ScenarioEntry, TextEntry};
use serde::Deserialize;

const NAME: &str = "manifest.json";

#[derive(Deserialize)]
struct ManifestFile {
    version: String,
    target: String,
    scenario: String,
    seed: u64,
    replications: u32,
    until: Option<UntilPart>,
    status: Status,
    finished: Vec<(u32, u32)>,
    set: Vec<String>,
    resolved: String,
    texts: Vec<TextPart>,
    files: Vec<FilePart>,
}

#[derive(Deserialize)]
struct ComparisonFile {
    version: String,
    target: String,
    seed: u64,
    replications: u32,
    until: Option<UntilPart>,
    common_random_numbers: bool,
    split: bool,
    responses: Vec<String>,
    status: Status,
    set: Vec<String>,
    scenarios: Vec<ScenarioPart>,
    files: Vec<FilePart>,
}

#[derive(Deserialize)]
struct ExplanationFile {
    version: String,
    target: String,
    scenario: String,
    seed: u64,
    replications: u32,
    response: String,
    pairs: Option<u32>,
    assumptions: bool,
    replication: Option<u32>,
    set: Vec<String>,
    resolved: String,
    texts: Vec<TextPart>,
    files: Vec<FilePart>,
}

#[derive(Deserialize)]
struct ScenarioPart {
    label: String,
    scenario: String,
    seed: u64,
    finished: Vec<(u32, u32)>,
    resolved: String,
    texts: Vec<TextPart>,
}

#[derive(Deserialize)]
struct UntilPart {
    conditions: Vec<String>,
    at_most: u32,
}

#[derive(Deserialize)]
struct TextPart {
    name: String,
    sha256: String,
    text: String,
}

#[derive(Deserialize)]
struct FilePart {
    name: String,
    bytes: u64,
    sha256: String,
}

fn texts(parts: Vec<TextPart>) -> Vec<TextEntry> {
    parts.into_iter().map(|one| TextEntry { name: one.name, sha256: one.sha256, text: one.text }).collect()
}

fn files(parts: Vec<FilePart>) -> Vec<FileEntry> {
    parts.into_iter().map(|one| FileEntry { name: one.name, bytes: one.bytes, sha256: one.sha256 }).collect()
}

fn until(part: Option<UntilPart>) -> Option<(Vec<String>, u32)> {
    part.map(|until| (until.conditions, until.at_most))
}

/// No run has more replications.
const MOST_REPLICATIONS: u32 = 10_000_000;

/// A number of replications that a run can have.
fn replications(number: u32) -> Result<u32, Misread> {
    if (1..=MOST_REPLICATIONS).contains(&number) {
        return Ok(number);
    }
    Err(Misread::new(NAME, None, format!("replications is {number}, but must be from 1 to {MOST_REPLICATIONS}")))
}

/// The stretches of replications that are present, where they can be: in order, apart, below `requested`; of a run that was not
/// interrupted, all of them.
fn stretches(finished: Vec<(u32, u32)>, requested: u32, status: &Status) -> Result<Vec<(u32, u32)>, Misread> {
    let in_order = finished.iter().all(|(first, last)| first <= last && *last < requested)
        && finished.windows(2).all(|pair| pair[0].1.checked_add(1).is_some_and(|next| next < pair[1].0));
    let all = *status == Status::Interrupted || finished == [(0, requested - 1)];
    if in_order && all {
        return Ok(finished);
    }
    let wanted = if in_order { "all that were asked for" } else { "stretches in order, apart, below replications" };
    Err(Misread::new(NAME, None, format!("finished must be {wanted}")))
}

/// What kind of folder a manifest is of, by its word where this version does not know it, and which files it lists.
///
/// # Errors
///
/// A [`Misread`] where the text is no manifest of this version's schema.
pub fn contents(text: &str) -> Result<(Result<Kind, String>, Vec<FileEntry>), Misread> {
    #[derive(Deserialize)]
    struct Contents {
        kind: Option<String>,
        files: Vec<FilePart>,
    }
    // The manifest of a sweep has a schema of its own.
    if let Ok(Contents { files: parts, .. }) = document(NAME, text, SWEEP_MANIFEST_SCHEMA) {
        return Ok((Ok(Kind::Sweep), files(parts)));
    }
    let Contents { kind, files: parts } = document(NAME, text, MANIFEST_SCHEMA)?;
    let word = kind.unwrap_or_else(|| Kind::Run.word().into());
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or(word);
    Ok((kind, files(parts)))
}

/// The manifest of a run's folder.
///
/// # Errors
///
/// A [`Misread`] where the text is no manifest of this version's schema.
pub fn manifest(text: &str) -> Result<Manifest, Misread> {
    let file: ManifestFile = document(NAME, text, MANIFEST_SCHEMA)?;
    let requested = replications(file.replications)?;
    let finished = stretches(file.finished, requested, &file.status)?;
    Ok(Manifest {
        version: file.version,
        target: file.target,
        scenario: file.scenario,
        texts: texts(file.texts),
        overrides: file.set,
        resolved: file.resolved,
        seed: file.seed,
        replications: requested,
        until: until(file.until),
        interrupted: file.status == Status::Interrupted,
        finished,
        files: files(file.files),
    })
}

/// The manifest of a comparison's folder.
///
/// # Errors
///
/// A [`Misread`] where the text is no such manifest of this version's schema.
pub fn comparison_manifest(text: &str) -> Result<ComparisonManifest, Misread> {
    let file: ComparisonFile = document(NAME, text, MANIFEST_SCHEMA)?;
    let requested = replications(file.replications)?;
    let scenario = |one: ScenarioPart| -> Result<ScenarioEntry, Misread> {
        Ok(ScenarioEntry {
            label: one.label,
            scenario: one.scenario,
            seed: one.seed,
            finished: stretches(one.finished, requested, &file.status)?,
            resolved: one.resolved,
            texts: texts(one.texts),
        })
    };
    let scenarios = file.scenarios.into_iter().map(scenario).collect::<Result<_, _>>()?;
    Ok(ComparisonManifest {
        version: file.version,
        target: file.target,
        seed: file.seed,
        replications: requested,
        until: until(file.until),
        common: file.common_random_numbers,
        split: file.split,
        responses: file.responses,
        interrupted: file.status == Status::Interrupted,
        overrides: file.set,
        scenarios,
        files: files(file.files),
    })
}

/// The manifest of an explanation's folder.
///
/// # Errors
///
/// A [`Misread`] where the text is no such manifest of this version's schema.
pub fn explanation_manifest(text: &str) -> Result<ExplanationManifest, Misread> {
    let file: ExplanationFile = document(NAME, text, MANIFEST_SCHEMA)?;
    Ok(ExplanationManifest {
        version: file.version,
        target: file.target,
        scenario: file.scenario,
        seed: file.seed,
        replications: replications(file.replications)?,
        asked: Asked { response: file.response, pairs: file.pairs, assumptions: file.assumptions, replication: file.replication },
        overrides: file.set,
        resolved: file.resolved,
        texts: texts(file.texts),
        files: files(file.files),
    })
}
