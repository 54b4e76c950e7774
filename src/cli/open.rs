//! Opening an output folder that a command has finished: is it ours, is it whole, is it as it was written, what does it hold.
//!
//! Whoever cannot open it complains and ends with [`Exit::DataInvalid`](super::exit::Exit::DataInvalid).

use super::argument::argument;
use super::folder::{MANIFEST, is_marked};
use super::read_file;
use super::room;
use super::terminal::WriteError;
use crate::report::chart::Material;
use crate::report::read::{self, Misread};
use crate::results::{Assumed, Comparison, ComparisonManifest, FileEntry, Kind, Manifest, Output, Room, digest};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

/// An output folder that was opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// What determines its bytes.
    pub(super) manifest: Manifest,
    /// What it holds.
    pub(super) output: Output,
}

/// What a folder of any kind holds.
#[derive(Debug)]
pub(super) enum Held {
    /// A run.
    Run(Box<Opened>),
    /// A comparison.
    Comparison(ComparisonManifest, Comparison),
    /// Assumptions moved over their ranges.
    Assumptions(Assumed),
    /// A sweep, which is read with its plan and its parts (`cli/sweep`).
    Sweep,
}

impl Held {
    /// What went wrong where its records are laid aside: what was drawn from them is not to be kept then.
    pub(super) fn broken(&self) -> Option<WriteError> {
        let Self::Run(opened) = self else { return None };
        opened.output.table.records.error().map(|error| WriteError::new(room::TEMPORARY, error))
    }

    /// What charts are drawn from; nothing of a sweep, which is not read here.
    pub(super) fn material(&self) -> Option<Material<'_>> {
        match self {
            Self::Run(opened) => Some((&opened.output).into()),
            Self::Comparison(_, comparison) => Some(comparison.into()),
            Self::Assumptions(assumed) => Some(assumed.into()),
            Self::Sweep => None,
        }
    }
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
    #[error("{}: no run has been finished there yet; run the scenario again with --out {}", .0.display(), argument(.0))]
    Unfinished(PathBuf),
    /// A file that the manifest lists is not there.
    #[error("{}: manifest.json lists {}, but the folder does not have it; run the scenario again", .0.display(), .1)]
    Gone(PathBuf, String),
    /// A file has other bytes than the run wrote.
    #[error("{}: {} has been changed since the run wrote it; run the scenario again, or put the file back", .0.display(), .1)]
    Changed(PathBuf, String),
    /// It holds something else than is asked for.
    #[error("{}: the folder holds {}; give one that `convoysim run` wrote", .0.display(), .1.words())]
    OtherKind(PathBuf, Kind),
    /// It holds something of which there is nothing to show.
    #[error("{}: the folder holds {}, and there are no charts of such; there are of runs, of comparisons (`compare --out`) and of assumptions \
             (`explain --assumptions --out`)", .0.display(), .1)]
    Nothing(PathBuf, String),
    /// A file does not hold what it should.
    #[error("{}: {}", .0.display(), .1)]
    Misread(PathBuf, Misread),
    /// A manifest that speaks of more than the folder has room for.
    #[error("{}: manifest.json speaks of {} replications, but {} has room for {} rows at most", .0.display(), .1, .2, .3)]
    NoRoom(PathBuf, u64, &'static str, u64),
    /// The system does not let us read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
}

/// Opens an output folder of a run. Only the files that an output is read from are looked at: whoever lost a picture can have it drawn again.
pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    let text = manifest_text(path)?;
    match kind(path, &text)? {
        (Kind::Run, files) => run(path, &text, &files),
        (other, _) => Err(OpenError::OtherKind(path.into(), other)),
    }
}

/// The manifest of a run's folder, from its text.
pub(super) fn run_manifest(path: &Path, text: &str) -> Result<Manifest, OpenError> {
    match kind(path, text)? {
        (Kind::Run, _) => {
            let manifest = read::manifest(text).map_err(|misread| OpenError::Misread(path.into(), misread))?;
            room_for(path, "replications.csv", replications_of(&manifest.finished))?;
            Ok(manifest)
        }
        (other, _) => Err(OpenError::OtherKind(path.into(), other)),
    }
}

/// Replications in stretches of them.
pub(super) fn replications_of(stretches: &[(u32, u32)]) -> u64 {
    stretches.iter().map(|(first, last)| u64::from(last - first) + 1).sum()
}

/// So many rows need no proof: they are made again in no time.
const FEW: u64 = 100_000;

/// Whether a table can have so many rows: every row has at least a comma or the end of the line for each column. What is made again from
/// a manifest that somebody changed takes no more time and memory than the folder it lies in. A table that is missing is told elsewhere.
pub(super) fn room_for(path: &Path, table: &'static str, rows: u64) -> Result<(), OpenError> {
    let file = path.join(table);
    let Ok(about) = fs::metadata(&file) else { return Ok(()) };
    let mut heading = Vec::new();
    let read = read_file::open(&file).and_then(|file| BufReader::new(file.take(MOST_OF_HEADING)).read_until(b'\n', &mut heading));
    read.map_err(|error| OpenError::Unreadable(file, error))?;
    let columns = 1 + heading.iter().filter(|byte| **byte == b',').count() as u64;
    let room = (about.len() / columns).max(FEW);
    if rows <= room { Ok(()) } else { Err(OpenError::NoRoom(path.into(), rows, table, room)) }
}

/// No heading of a table is longer.
const MOST_OF_HEADING: u64 = 1 << 20;

/// Opens an output folder of any kind of which there are charts.
pub(super) fn any(path: &Path) -> Result<Held, OpenError> {
    let text = manifest_text(path)?;
    let (kind, files) = kind(path, &text)?;
    let misread = |misread| OpenError::Misread(path.into(), misread);
    match kind {
        Kind::Run => run(path, &text, &files).map(|opened| Held::Run(Box::new(opened))),
        Kind::Comparison => {
            let texts = texts(path, &files, &read::COMPARISON_FILES)?;
            let manifest = read::comparison_manifest(&text).map_err(misread)?;
            read::comparison(|name| texts.get(name).map(String::as_str)).map(|one| Held::Comparison(manifest, one)).map_err(misread)
        }
        Kind::Explanation => {
            let texts = texts(path, &files, &read::EXPLANATION_FILES)?;
            let assumed = read::assumed(|name| texts.get(name).map(String::as_str)).map_err(misread)?;
            assumed.map(Held::Assumptions).ok_or_else(|| OpenError::Nothing(path.into(), "an explanation without assumptions".into()))
        }
        Kind::Sweep => Ok(Held::Sweep),
    }
}

/// The kind of a folder, and the files that its manifest lists.
pub(super) fn kind(path: &Path, manifest: &str) -> Result<(Kind, Vec<FileEntry>), OpenError> {
    let (kind, files) = read::contents(manifest).map_err(|misread| OpenError::Misread(path.into(), misread))?;
    Ok((kind.map_err(|word| OpenError::Nothing(path.into(), format!("a {word}")))?, files))
}

fn run(path: &Path, manifest: &str, files: &[FileEntry]) -> Result<Opened, OpenError> {
    let misread = |misread| OpenError::Misread(path.into(), misread);
    let manifest = read::manifest(manifest).map_err(misread)?;
    let replications = manifest.finished.iter().map(|(first, last)| last.saturating_sub(*first) as usize + 1).sum::<usize>();
    let as_text = files.iter().any(|entry| entry.name == "replications.csv");
    let output = if replications > Room::MOST || !as_text {
        long(path, files, room::beside(path))?
    } else {
        let texts = texts(path, files, &read::FILES)?;
        read::output(|name| texts.get(name).map(String::as_str)).map_err(misread)?
    };
    Ok(Opened { manifest, output })
}

/// The output of a run that is too long for memory: its large tables are gone through, not held.
fn long(path: &Path, files: &[FileEntry], room: Room) -> Result<Output, OpenError> {
    let wanted: Vec<&str> = read::FILES.into_iter().filter(|name| !read::LONG.contains(name)).collect();
    let texts = texts(path, files, &wanted)?;
    let tables: Vec<&FileEntry> = files.iter().filter(|entry| read::LONG.contains(&entry.name.as_str())).collect();
    tables.iter().try_for_each(|entry| table(path, entry))?;
    let open = |name: &str| match tables.iter().any(|entry| entry.name == name) {
        true => read_file::open(&path.join(name)).map(Some),
        false => Ok(None),
    };
    let output = read::long_output(|name| texts.get(name).map(String::as_str), open, room);
    let output = output.map_err(|misread| OpenError::Misread(path.into(), misread))?;
    match output.table.records.error() {
        Some(error) => Err(OpenError::Unreadable(path.join("replications.csv"), error)),
        None => Ok(output),
    }
}

/// Whether a table is what the manifest says; it may be larger than memory.
fn table(path: &Path, entry: &FileEntry) -> Result<(), OpenError> {
    let file = path.join(&entry.name);
    let (mut read, mut digest) = (unread(path, entry)?, digest::Running::default());
    let mut piece = vec![0; 1 << 16];
    loop {
        match read.read(&mut piece).map_err(|error| OpenError::Unreadable(file.clone(), error))? {
            0 => break,
            n => digest.update(&piece[..n]),
        }
    }
    if digest.finish() == entry.sha256 { Ok(()) } else { Err(OpenError::Changed(path.into(), entry.name.clone())) }
}

/// A file that the manifest lists, opened.
fn unread(path: &Path, entry: &FileEntry) -> Result<fs::File, OpenError> {
    let file = path.join(&entry.name);
    read_file::open(&file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Gone(path.into(), entry.name.clone()),
        _ => OpenError::Unreadable(file, error),
    })
}

/// The texts of these files as far as the folder has them, as they were written.
fn texts<'f>(path: &Path, files: &'f [FileEntry], wanted: &[&str]) -> Result<BTreeMap<&'f str, String>, OpenError> {
    let wanted = files.iter().filter(|entry| wanted.contains(&entry.name.as_str()));
    wanted.map(|entry| Ok((entry.name.as_str(), unchanged(path, entry)?))).collect()
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
    let bytes = match read_file::bytes(&file, read_file::LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(OpenError::Unreadable(file, error)),
        Err(_) if is_marked(path) => return Err(OpenError::Unfinished(path.into())),
        Err(_) => return Err(OpenError::NotOurs(path.into())),
    };
    String::from_utf8(bytes).map_err(|_| OpenError::NotOurs(path.into()))
}

/// The text of a file, if it is what the manifest says.
fn unchanged(path: &Path, entry: &FileEntry) -> Result<String, OpenError> {
    let file = path.join(&entry.name);
    let changed = || OpenError::Changed(path.into(), entry.name.clone());
    let bytes = read_file::bytes(&file, entry.bytes.min(read_file::LONGEST)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Gone(path.into(), entry.name.clone()),
        // No more is read than the manifest says that there is.
        io::ErrorKind::FileTooLarge if entry.bytes <= read_file::LONGEST => changed(),
        _ => OpenError::Unreadable(file, error),
    })?;
    if digest::sha256_hex(&bytes) != entry.sha256 {
        return Err(changed());
    }
    String::from_utf8(bytes).map_err(|_| changed())
}

#[cfg(test)]
mod tests;
