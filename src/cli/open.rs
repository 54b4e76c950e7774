//! Opening an output folder that a run has finished: is it ours, is it whole, is it as it was written, what does it hold.
//!
//! Whoever cannot open it complains and ends with [`Exit::DataInvalid`](super::exit::Exit::DataInvalid).

use super::folder::{MANIFEST, MARKER};
use crate::report::read::{self, Misread};
use crate::results::{FileEntry, Manifest, Output, digest};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An output folder that was opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// What determines its bytes.
    pub(super) manifest: Manifest,
    /// What it holds.
    pub(super) output: Output,
}

/// Why a folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    /// There is no such folder.
    #[error("{}: there is no such folder", .0.display())]
    Missing(PathBuf),
    /// It is a file.
    #[error("{}: this is a file; give the folder that `convoysim run` wrote", .0.display())]
    NoFolder(PathBuf),
    /// Somebody else's folder.
    #[error("{}: convoysim did not write this folder; give one that `convoysim run` wrote", .0.display())]
    NotOurs(PathBuf),
    /// A run was to fill it and did not come to its end, or is still at work.
    #[error("{}: no run has been finished there yet; run the scenario again with --out {}", .0.display(), .0.display())]
    Unfinished(PathBuf),
    /// A folder of ours, but of something else.
    #[error("{}: this folder holds a {}; give one that `convoysim run` wrote", .0.display(), .1)]
    NoRun(PathBuf, String),
    /// A file that the manifest lists is not there.
    #[error("{}: manifest.json lists {}, but the folder does not have it; run the scenario again", .0.display(), .1)]
    Gone(PathBuf, String),
    /// A file has other bytes than the run wrote.
    #[error("{}: {} has been changed since the run wrote it; run the scenario again, or put the file back", .0.display(), .1)]
    Changed(PathBuf, String),
    /// A file does not hold what it should.
    #[error("{}: {}", .0.display(), .1)]
    Misread(PathBuf, Misread),
    /// The system does not let us read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
}

/// Opens an output folder. Only the files that an output is read from are looked at: whoever lost a picture can have it drawn again.
pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    let manifest = run_manifest(path, &manifest_text(path)?)?;
    let mut texts = BTreeMap::new();
    for entry in manifest.files.iter().filter(|entry| read::FILES.contains(&entry.name.as_str())) {
        texts.insert(entry.name.as_str(), unchanged(path, entry)?);
    }
    let output = read::output(|name| texts.get(name).map(String::as_str)).map_err(|misread| OpenError::Misread(path.into(), misread))?;
    drop(texts);
    Ok(Opened { manifest, output })
}

/// The manifest of a run's folder, from its text.
pub(super) fn run_manifest(path: &Path, text: &str) -> Result<Manifest, OpenError> {
    match kind(path, text)?.as_str() {
        "run" => read::manifest(text).map_err(|misread| OpenError::Misread(path.into(), misread)),
        other => Err(OpenError::NoRun(path.into(), other.into())),
    }
}

/// What a manifest says that its folder holds: `run`, `comparison`.
pub(super) fn kind(path: &Path, text: &str) -> Result<String, OpenError> {
    read::manifest_kind(text).map_err(|misread| OpenError::Misread(path.into(), misread))
}

/// The text of the manifest of a folder.
pub(super) fn manifest_text(path: &Path) -> Result<String, OpenError> {
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing(path.into()),
        _ => OpenError::Unreadable(path.into(), error),
    })?;
    if !about.is_dir() {
        return Err(OpenError::NoFolder(path.into()));
    }
    let file = path.join(MANIFEST);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(OpenError::Unreadable(file, error)),
        Err(_) if path.join(MARKER).is_file() => return Err(OpenError::Unfinished(path.into())),
        Err(_) => return Err(OpenError::NotOurs(path.into())),
    };
    String::from_utf8(bytes).map_err(|_| OpenError::NotOurs(path.into()))
}

/// The text of a file, if it is what the manifest says.
fn unchanged(path: &Path, entry: &FileEntry) -> Result<String, OpenError> {
    let file = path.join(&entry.name);
    let bytes = fs::read(&file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Gone(path.into(), entry.name.clone()),
        _ => OpenError::Unreadable(file, error),
    })?;
    let changed = || OpenError::Changed(path.into(), entry.name.clone());
    if digest::sha256_hex(&bytes) != entry.sha256 {
        return Err(changed());
    }
    String::from_utf8(bytes).map_err(|_| changed())
}

#[cfg(test)]
mod tests;
