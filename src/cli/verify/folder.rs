//! The files of a folder, each held against its manifest and against what was made again.

use super::Stop;
use crate::cli::charts;
use crate::cli::folder::{MANIFEST, MARKER, PART};
use crate::cli::open::OpenError;
use crate::cli::read_file;
use crate::cli::terminal::WriteError;
use crate::report::files::Content;
use crate::report::{first_difference, read};
use crate::results::{CheckedFile, FileEntry, FileFinding, FirstDifference, Rows, digest};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Read};
use std::path::Path;
use tempfile::NamedTempFile;

/// A folder that is held against its manifest.
pub(super) struct Held<'f> {
    path: &'f Path,
    listed: BTreeMap<&'f str, &'f FileEntry>,
    checked: BTreeMap<String, CheckedFile>,
}

/// What is known of a file from running again.
pub(super) enum Made<'m> {
    /// All of it.
    Whole(&'m [u8]),
    /// Some rows of it.
    Rows(&'m [u8], &'m Rows),
    /// There is no such file.
    Nothing,
    /// It was not made.
    Unknown,
}

impl<'f> Held<'f> {
    /// A folder and the files that its manifest lists.
    pub(super) fn new(path: &'f Path, files: &'f [FileEntry]) -> Self {
        Self { path, listed: files.iter().map(|entry| (entry.name.as_str(), entry)).collect(), checked: BTreeMap::new() }
    }

    /// Whether the folder has a file, or its manifest lists it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.listed.contains_key(name) || self.path.join(name).exists()
    }

    /// Looks at a file.
    pub(super) fn check(&mut self, name: &str, made: Made<'_>) -> Result<(), Stop> {
        let found = bytes(&self.path.join(name))?;
        let listed = self.listed.get(name).copied();
        if let Some((finding, first)) = compare(name, found.as_deref(), listed, &made) {
            self.checked.insert(name.into(), CheckedFile { name: name.into(), finding, first });
        }
        Ok(())
    }

    /// Looks at a file that is made again, by way of a temporary file: tables may be larger than memory.
    pub(super) fn check_content(&mut self, name: &str, content: Content<'_>) -> Result<(), Stop> {
        let fail = |error| Stop::Write(WriteError::new("a temporary file", error));
        let made = NamedTempFile::new().map_err(fail)?;
        let mut out = BufWriter::new(made);
        content(&mut out).map_err(fail)?;
        let made = out.into_inner().map_err(|error| fail(error.into_error()))?;
        self.check_file(name, made.path())
    }

    /// Looks at a file that was made again as another file; neither is held in memory where they are the same.
    pub(super) fn check_file(&mut self, name: &str, made: &Path) -> Result<(), Stop> {
        let unreadable = |path: &Path, error| Stop::Open(OpenError::Unreadable(path.to_path_buf(), error));
        let digest = |path: &Path| digest_of(path).map_err(|error| unreadable(path, error));
        let found = self.path.join(name);
        let there = if found.exists() { Some(digest(&found)?) } else { None };
        if let Some((bytes, sha256)) = there.filter(|there| digest(made).is_ok_and(|made| made == *there)) {
            let entry = self.listed.get(name);
            let listed = entry.is_some_and(|entry| entry.bytes == bytes && entry.sha256 == sha256);
            let finding = if listed || entry.is_none() && charts::is_picture(name) { FileFinding::Same } else { FileFinding::Mislisted };
            self.checked.insert(name.into(), CheckedFile { name: name.into(), finding, first: None });
            return Ok(());
        }
        let made = fs::read(made).map_err(|error| unreadable(made, error))?;
        self.check(name, Made::Whole(&made))
    }

    /// Notes what was found of a table of which some rows were made again.
    pub(super) fn check_rows(&mut self, name: &str, first: Option<FirstDifference>) -> Result<(), Stop> {
        self.check(name, Made::Unknown)?;
        if let Some(checked) = self.checked.get_mut(name) {
            checked.finding = match (&first, checked.finding) {
                (None, FileFinding::AsListed) => FileFinding::SameRows,
                (Some(_), FileFinding::AsListed) => FileFinding::Different,
                (_, finding) => finding,
            };
            checked.first = first;
        }
        Ok(())
    }

    /// Notes a part of a sweep that is not what its shard comes to; those that are need no word.
    pub(super) fn check_part(&mut self, name: String, same: bool) {
        if !same {
            self.checked.insert(name.clone(), CheckedFile { name, finding: FileFinding::Changed, first: None });
        }
    }

    /// Looks at the manifest itself, which lists no digest of its own.
    pub(super) fn check_manifest(&mut self, found: &str, made: &str, same_scenario: bool) {
        let first = first_difference::first(MANIFEST, found.as_bytes(), made.as_bytes(), None);
        let finding = match &first {
            None => FileFinding::Same,
            Some(_) if same_scenario => FileFinding::Changed,
            Some(_) => FileFinding::Different,
        };
        self.checked.insert(MANIFEST.into(), CheckedFile { name: MANIFEST.into(), finding, first });
    }

    /// Files that are listed or there, and were not looked at.
    pub(super) fn unchecked(&self) -> Result<Vec<String>, Stop> {
        let mut names: Vec<String> = self.listed.keys().map(|name| (*name).to_owned()).collect();
        names.extend(names_in(self.path, "")?);
        names.extend(names_in(&self.path.join(charts::FOLDER), &format!("{}/", charts::FOLDER))?);
        names.sort();
        names.dedup();
        names.retain(|name| !self.checked.contains_key(name) && !beside(name));
        Ok(names)
    }

    /// Looks at what is left: `unknown` says whether it was not made again, rather than there is no such file.
    pub(super) fn finish(mut self, unknown: bool) -> Result<Vec<CheckedFile>, Stop> {
        for name in self.unchecked()? {
            self.check(&name, if unknown { Made::Unknown } else { Made::Nothing })?;
        }
        Ok(self.checked.into_values().collect())
    }
}

/// Length and digest of a file, read piece by piece.
fn digest_of(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut digest, mut bytes, mut piece) = (read_file::open(path)?, digest::Running::default(), 0, vec![0; 1 << 16]);
    loop {
        let n = file.read(&mut piece)?;
        if n == 0 {
            return Ok((bytes, digest.finish()));
        }
        digest.update(&piece[..n]);
        bytes += n as u64;
    }
}

/// Whether some folder of ours has a file of that name.
fn is_ours(name: &str) -> bool {
    let known = read::FILES.iter().chain(&read::LONG).chain(&read::COMPARISON_FILES).chain(&read::EXPLANATION_FILES);
    known.into_iter().any(|known| *known == name) || charts::is_picture(name)
}

/// Files that no run determines.
fn beside(name: &str) -> bool {
    [MANIFEST, MARKER, "run.json"].contains(&name) || name.starts_with(PART.0) && name.ends_with(PART.1)
}

fn names_in(path: &Path, before: &str) -> Result<Vec<String>, Stop> {
    let unreadable = |error| Stop::Open(OpenError::Unreadable(path.into(), error));
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(unreadable)?;
        if !entry.path().is_dir() {
            names.push(format!("{before}{}", entry.file_name().to_string_lossy()));
        }
    }
    Ok(names)
}

/// The bytes of a file; nothing where it is not there.
fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Stop> {
    match read_file::bytes(path, read_file::LONGEST) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Stop::Open(OpenError::Unreadable(path.into(), error))),
    }
}

/// What is found of a file, and where it first differs; nothing where there is no such file at all.
fn compare(
    name: &str,
    found: Option<&[u8]>,
    listed: Option<&FileEntry>,
    made: &Made<'_>,
) -> Option<(FileFinding, Option<FirstDifference>)> {
    use FileFinding::{AsListed, Changed, ChangedAndDifferent, Different, Extra, Foreign, Mislisted, Missing, Same, SameRows, Unwritten};
    let is = |entry: &FileEntry, bytes: &[u8]| entry.bytes == bytes.len() as u64 && entry.sha256 == digest::sha256_hex(bytes);
    let Some(found) = found else {
        return match (listed, made) {
            (Some(_), _) => Some((Missing, None)),
            (None, Made::Whole(_)) => Some((Unwritten, None)),
            (None, _) => None,
        };
    };
    let as_listed = listed.map(|entry| is(entry, found));
    Some(match made {
        Made::Whole(made) => match first_difference::first(name, found, made, None) {
            // Pictures may have been drawn after the manifest was written.
            None if as_listed == Some(true) || listed.is_none() && charts::is_picture(name) => (Same, None),
            None => (Mislisted, None),
            first if as_listed == Some(true) => (Different, first),
            first if listed.is_none_or(|entry| is(entry, made)) => (Changed, first),
            first => (ChangedAndDifferent, first),
        },
        Made::Rows(made, rows) => match (first_difference::first(name, found, made, Some(rows)), as_listed) {
            (None, Some(true)) => (SameRows, None),
            (None, _) => (Changed, None),
            (first, Some(true)) => (Different, first),
            (first, _) => (Changed, first),
        },
        Made::Nothing if is_ours(name) || listed.is_some() => (Extra, None),
        Made::Unknown if as_listed == Some(true) => (AsListed, None),
        Made::Unknown if listed.is_some() => (Changed, None),
        _ => (Foreign, None),
    })
}
