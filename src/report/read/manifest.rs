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
    Ok(Manifest {
        version: file.version,
        target: file.target,
        scenario: file.scenario,
        texts: texts(file.texts),
        overrides: file.set,
        resolved: file.resolved,
        seed: file.seed,
        replications: file.replications,
        until: until(file.until),
        interrupted: file.status == Status::Interrupted,
        finished: file.finished,
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
    let scenario = |one: ScenarioPart| ScenarioEntry {
        label: one.label,
        scenario: one.scenario,
        seed: one.seed,
        finished: one.finished,
        resolved: one.resolved,
        texts: texts(one.texts),
    };
    Ok(ComparisonManifest {
        version: file.version,
        target: file.target,
        seed: file.seed,
        replications: file.replications,
        until: until(file.until),
        common: file.common_random_numbers,
        split: file.split,
        responses: file.responses,
        interrupted: file.status == Status::Interrupted,
        overrides: file.set,
        scenarios: file.scenarios.into_iter().map(scenario).collect(),
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
        replications: file.replications,
        asked: Asked { response: file.response, pairs: file.pairs, assumptions: file.assumptions, replication: file.replication },
        overrides: file.set,
        resolved: file.resolved,
        texts: texts(file.texts),
        files: files(file.files),
    })
}
