//! The output folder: made and tested before the first replication, filled all at once at the end.
//!
//! Every file is first written whole under a temporary name in the same folder and synced. Only when all of them are there are they
//! renamed, the manifest last, so that a full disk or a kill leaves the old results as they were. A folder that convoysim did not make
//! is refused; one it made may be overwritten, and files of the earlier run that this run does not write are removed. Files that
//! somebody else put into it stay.

use super::read_file;
use super::room;
use super::save::{IS_LINK, like_any_new_file};
use super::terminal::WriteError;
use crate::report::json::MANIFEST_SCHEMA;
use crate::results::digest::Running;
use crate::results::{FileEntry, Room};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// Marks a folder as ours from the first moment on.
pub(super) const MARKER: &str = ".convoysim";
const MARKER_TEXT: &str = "convoysim made this folder and may overwrite the files it wrote here.\n";
/// How temporary names begin and end.
pub(super) const PART: (&str, &str) = (".convoysim-", ".part");
/// The file that says the folder is whole.
pub(super) const MANIFEST: &str = "manifest.json";
/// Where pictures are.
const PICTURES: &str = "charts";

/// An output folder that is being written.
pub(super) struct Folder {
    path: PathBuf,
    /// Keeps other processes out while it is open.
    _lock: File,
    pending: Vec<(FileEntry, NamedTempFile)>,
}

impl Folder {
    /// Makes the folder, marks it, and tries whether files can be written in it.
    pub(super) fn prepare(path: &Path) -> Result<Self, WriteError> {
        let fail = |source| WriteError::new(path.display(), source);
        fs::create_dir_all(path).map_err(fail)?;
        if !is_ours(path).map_err(fail)? {
            let why = "there are files in it that convoysim did not write; choose another folder with --out";
            return Err(fail(io::Error::other(why)));
        }
        refuse_link(&path.join(PICTURES))?;
        let marker = path.join(MARKER);
        refuse_link(&marker)?;
        let lock = File::options().create(true).truncate(false).read(true).write(true).open(&marker);
        let mut lock = lock.map_err(|source| WriteError::new(marker.display(), source))?;
        if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(fail(io::Error::other("another convoysim is writing there")));
        }
        if lock.metadata().map_err(fail)?.len() == 0 {
            lock.write_all(MARKER_TEXT.as_bytes()).map_err(|source| WriteError::new(marker.display(), source))?;
        }
        remove_parts(path).map_err(fail)?;
        let folder = Self { path: path.to_owned(), _lock: lock, pending: Vec::new() };
        folder.temporary().and_then(|mut file| file.write_all(b"?")).map_err(fail)?;
        Ok(folder)
    }

    fn temporary(&self) -> io::Result<NamedTempFile> {
        like_any_new_file().prefix(PART.0).suffix(PART.1).tempfile_in(&self.path)
    }

    /// How many records a run holds in memory, and a temporary file without a name in this folder for more of them.
    pub(super) fn room(&self) -> Room {
        room::within(&self.path)
    }

    /// A temporary file without a name in this folder.
    pub(super) fn temporary_file(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.path)
    }

    /// Something went wrong that is about the folder as a whole.
    pub(super) fn failed(&self, source: io::Error) -> WriteError {
        WriteError::new(self.path.display(), source)
    }

    /// Writes a file under a temporary name.
    pub(super) fn write(&mut self, name: &str, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
        let written = self.temporary().and_then(|file| {
            let mut out = Measured { out: BufWriter::new(file), digest: Running::default(), bytes: 0 };
            content(&mut out)?;
            let Measured { out, digest, bytes } = out;
            let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            Ok((FileEntry { name: name.into(), bytes, sha256: digest.finish() }, file))
        });
        self.pending.push(written.map_err(|source| WriteError::new(self.path.join(name).display(), source))?);
        Ok(())
    }

    /// What has been written so far, by name.
    pub(super) fn entries(&self) -> Vec<FileEntry> {
        let mut entries: Vec<FileEntry> = self.pending.iter().map(|(entry, _)| entry.clone()).collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries
    }

    /// Renames every file to its name, the manifest last, and removes what an earlier run left.
    pub(super) fn publish(self) -> Result<(), WriteError> {
        let fail = |name: &str, source| WriteError::new(self.path.join(name).display(), source);
        let old = listed(&self.path);
        for (entry, _) in &self.pending {
            refuse_links_below(&self.path, &entry.name)?;
        }
        match fs::remove_file(self.path.join(MANIFEST)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(MANIFEST, error)),
            _ => {}
        }
        let written: Vec<String> = self.pending.iter().map(|(entry, _)| entry.name.clone()).collect();
        let (manifest, others): (Vec<_>, Vec<_>) = self.pending.into_iter().partition(|(entry, _)| entry.name == MANIFEST);
        // What lies behind a link is not ours, whatever the manifest says.
        for stale in old.iter().filter(|name| !written.contains(name) && refuse_links_below(&self.path, name).is_ok()) {
            fs::remove_file(self.path.join(stale))
                .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
                .map_err(|error| fail(stale, error))?;
        }
        remove_pictures(&self.path, &written).map_err(|error| fail(PICTURES, error))?;
        for (entry, file) in others.into_iter().chain(manifest) {
            let path = self.path.join(&entry.name);
            refuse_links_below(&self.path, &entry.name)?;
            path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| fail(&entry.name, error))?;
            file.persist(path).map_err(|error| fail(&entry.name, error.error))?;
        }
        sync_folder(&self.path).map_err(|source| WriteError::new(self.path.display(), source))
    }
}

/// Removes pictures of an earlier run, also those that `chart` drew of it later and no manifest lists: beside new tables they would be
/// wrong. Nothing else in their folder is touched.
fn remove_pictures(path: &Path, written: &[String]) -> io::Result<()> {
    let entries = match fs::read_dir(path.join(PICTURES)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{PICTURES}/{}", entry.file_name().to_string_lossy());
        if (name.ends_with(".svg") || name.ends_with(".png")) && !written.contains(&name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Removes what a killed run left half written; only under the lock.
fn remove_parts(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(PART.0) && name.ends_with(PART.1)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Makes the names in a folder durable.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Refuses a path that is a symbolic link: what is written through one lands in a folder or file that is not ours.
pub(super) fn refuse_link(path: &Path) -> Result<(), WriteError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_symlink() => Err(WriteError::new(path.display(), io::Error::other(IS_LINK))),
        _ => Ok(()),
    }
}

/// Refuses a name within a folder if the file, or a folder on the way to it, is a symbolic link.
pub(super) fn refuse_links_below(folder: &Path, name: &str) -> Result<(), WriteError> {
    let mut path = folder.to_owned();
    for part in Path::new(name).components() {
        path.push(part);
        refuse_link(&path)?;
    }
    Ok(())
}

/// Whether we made the folder, or nobody has put anything into it.
fn is_ours(path: &Path) -> io::Result<bool> {
    if is_marked(path) || manifest(path).is_some() {
        return Ok(true);
    }
    // A process that was killed before it had written the marker leaves it empty, and nothing beside it.
    let is_empty_marker =
        |name: &OsStr| name == MARKER && fs::metadata(path.join(MARKER)).is_ok_and(|found| found.is_file() && found.len() == 0);
    let mut names = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.file_name()));
    names.try_fold(true, |ours, name| Ok(ours && is_empty_marker(&name?)))
}

/// Whether the marker is there and says what ours says; a file of the same name may be of somebody else.
pub(super) fn is_marked(path: &Path) -> bool {
    let marker = path.join(MARKER);
    let is_file = fs::symlink_metadata(&marker).is_ok_and(|found| found.is_file() && found.len() == MARKER_TEXT.len() as u64);
    is_file && fs::read(marker).is_ok_and(|text| text == MARKER_TEXT.as_bytes())
}

/// The manifest of a folder of ours.
fn manifest(path: &Path) -> Option<Value> {
    let file = path.join(MANIFEST);
    refuse_link(&file).ok()?;
    let manifest: Value = serde_json::from_slice(&read_file::bytes(&file, read_file::LONGEST).ok()?).ok()?;
    (manifest["schema"] == MANIFEST_SCHEMA).then_some(manifest)
}

/// The files that the manifest of a folder lists; only names that stay inside it.
fn listed(path: &Path) -> Vec<String> {
    let inside = |name: &&str| !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let files = manifest(path).and_then(|manifest| manifest["files"].as_array().cloned()).unwrap_or_default();
    files.iter().filter_map(|file| file["name"].as_str()).filter(inside).map(String::from).collect()
}

/// Counts and digests what passes through.
struct Measured {
    out: BufWriter<NamedTempFile>,
    digest: Running,
    bytes: u64,
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.digest.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    }

    fn write(path: &Path, files: &[&str]) -> Result<(), WriteError> {
        let mut folder = Folder::prepare(path)?;
        for name in files {
            folder.write(name, |out| out.write_all(name.as_bytes()))?;
        }
        let entries: Vec<Value> = folder.entries().iter().map(|entry| serde_json::json!({"name": entry.name})).collect();
        folder.write(MANIFEST, |out| write!(out, "{}", serde_json::json!({"schema": MANIFEST_SCHEMA, "files": entries})))?;
        folder.publish()
    }

    #[test]
    fn a_second_run_replaces_its_files_and_removes_stale_ones_only() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("deep/out");
        write(&path, &["a.csv", "failures.csv"]).expect("the first run writes");
        fs::write(path.join("mine.txt"), "kept").expect("a file");
        write(&path, &["a.csv"]).expect("the second run writes");
        assert_eq!(names(&path), [".convoysim", "a.csv", "manifest.json", "mine.txt"]);
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("thesis.doc"), "").expect("a file");
        let error = Folder::prepare(dir.path()).err().expect("it is refused");
        assert!(error.to_string().contains("did not write"), "{error}");
        assert_eq!(names(dir.path()), ["thesis.doc"]);
    }

    #[test]
    fn a_folder_dropped_half_way_keeps_the_old_results() {
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), &["a.csv"]).expect("the first run writes");
        let mut folder = Folder::prepare(dir.path()).expect("it is ours");
        folder.write("b.csv", |out| out.write_all(b"new")).expect("there is room");
        assert!(folder.write("a.csv", |_| Err(io::Error::other("disk full"))).is_err());
        drop(folder);
        assert_eq!(names(dir.path()), [".convoysim", "a.csv", "manifest.json"]);
    }

    #[test]
    #[cfg(unix)]
    fn nothing_is_written_or_removed_behind_a_symbolic_link() {
        use std::os::unix::fs::symlink;
        for link in ["charts", "a.csv", MARKER, MANIFEST] {
            let (dir, foreign) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
            let out = dir.path().join("out");
            write(&out, &["a.csv", "charts/burn-up.svg"]).expect("the first run writes");
            let target = foreign.path().join("theirs");
            if link == "charts" {
                fs::create_dir(&target).expect("a folder");
                fs::write(target.join("burn-up.svg"), "theirs").expect("a file");
                fs::write(target.join("old.svg"), "theirs").expect("a file");
                fs::remove_dir_all(out.join(link)).expect("a folder");
            } else {
                fs::write(&target, "").expect("a file");
                fs::remove_file(out.join(link)).expect("a file");
            }
            symlink(&target, out.join(link)).expect("a link");
            let error = write(&out, &["a.csv", "charts/burn-up.svg"]).expect_err(link).to_string();
            assert!(error.contains("symbolic link") || error.contains("did not write"), "{link}: {error}");
            if link == "charts" {
                for name in ["burn-up.svg", "old.svg"] {
                    assert_eq!(fs::read_to_string(target.join(name)).expect("it is there"), "theirs");
                }
            } else {
                assert_eq!(fs::read_to_string(&target).expect("it is there"), "", "{link}");
            }
        }
    }

    #[test]
    fn a_marker_of_somebody_else_makes_no_folder_ours() {
        for text in ["", "not ours", &MARKER_TEXT[..MARKER_TEXT.len() - 1]] {
            let dir = tempfile::tempdir().expect("a folder");
            fs::write(dir.path().join(MARKER), text).expect("a file");
            fs::write(dir.path().join("thesis.doc"), "").expect("a file");
            let error = Folder::prepare(dir.path()).err().expect("it is refused");
            assert!(error.to_string().contains("did not write"), "{error}");
        }
    }

    #[test]
    fn two_processes_do_not_write_to_one_folder() {
        let dir = tempfile::tempdir().expect("a folder");
        let _first = Folder::prepare(dir.path()).expect("nobody is there");
        let error = Folder::prepare(dir.path()).err().expect("the first is writing");
        assert!(error.to_string().contains("another convoysim"), "{error}");
    }
}
