//! The folder of a sweep while it runs.
//!
//! ```text
//! plan.json        what determines the results, frozen when the sweep began
//! design.csv       the points
//! parts/00012.part the rows of a shard, whole or not there at all
//! journal.jsonl    what happened when, for people and for `sweep status`
//! ```
//!
//! The truth is in the parts: each says by itself whether it is whole and which plan it belongs to, so nothing that happens to the journal
//! can lose, double or change a row. A part is written under a temporary name, synced, renamed, and its folder synced.

use super::faults;
use crate::cli::folder::{MARKER, refuse_link, sync_folder};
use crate::cli::read_file;
use crate::cli::save::{like_any_new_file, save};
use crate::cli::terminal::WriteError;
use crate::report::sweep::SweepPlan;
use crate::report::sweep::part::{self, Held};
use crate::results::digest::sha256_hex;
use serde_json::{Value, json};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::NamedTempFile;

pub(in crate::cli) const PLAN: &str = "plan.json";
const DESIGN: &str = "design.csv";
const JOURNAL: &str = "journal.jsonl";
const PARTS: &str = "parts";
/// Bytes of a part on their way from or to the disk.
const BUFFER: usize = 1 << 16;

/// The folder of a planned sweep.
pub(in crate::cli) struct Store {
    path: PathBuf,
    plan: SweepPlan,
    plan_sha256: String,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum StoreError {
    /// There is no sweep in it.
    #[error("{0} holds no sweep: there is no plan.json")]
    NoPlan(String),
    /// The plan cannot be read.
    #[error("{0}: {1}")]
    BadPlan(String, String),
    /// The plan of the folder is another one.
    #[error(
        "{folder} holds another sweep, and parts of both would not belong together:\n  {}\nWrite to another folder with --out, or put the inputs back as they were.",
        .differences.join("\n  ")
    )]
    OtherPlan {
        /// The folder.
        folder: String,
        /// What differs.
        differences: Vec<String>,
    },
    /// Something could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Keeps others out, or at least those who want to be alone.
#[derive(Debug)]
pub(in crate::cli) struct Lock(#[expect(dead_code, reason = "it is held, never read")] File);

impl Store {
    /// The sweep that a folder holds.
    pub(in crate::cli) fn open(path: &Path) -> Result<Self, StoreError> {
        let file = path.join(PLAN);
        let bytes = read_file::bytes(&file, read_file::LONGEST).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::NoPlan(path.display().to_string()),
            _ => StoreError::BadPlan(file.display().to_string(), error.to_string()),
        })?;
        let plan = SweepPlan::read(&bytes).map_err(|why| StoreError::BadPlan(file.display().to_string(), why))?;
        Ok(Self { plan_sha256: plan.sha256(), path: path.to_owned(), plan })
    }

    /// Makes the folder hold this sweep, or finds that it does already. The caller has the folder to itself.
    pub(in crate::cli) fn begin(path: &Path, plan: &SweepPlan, design: &[u8], asked_size: bool) -> Result<Self, StoreError> {
        match Self::open(path) {
            Ok(store) => {
                let mut differences = store.plan.differences(plan);
                if asked_size && store.plan.shard_size != plan.shard_size {
                    differences.push(format!("the shard size was {} and is now {}", store.plan.shard_size, plan.shard_size));
                }
                if differences.is_empty() {
                    return Ok(store);
                }
                Err(StoreError::OtherPlan { folder: path.display().to_string(), differences })
            }
            Err(StoreError::NoPlan(_)) => {
                let fail = |name: &str, source| WriteError::new(path.join(name).display(), source);
                refuse_link(&path.join(PARTS))?;
                fs::create_dir_all(path.join(PARTS)).map_err(|source| fail(PARTS, source))?;
                save(&path.join(DESIGN), design).map_err(|source| fail(DESIGN, source))?;
                // Last, since it says that there is a sweep.
                save(&path.join(PLAN), crate::report::json::text(&plan.json()).as_bytes()).map_err(|source| fail(PLAN, source))?;
                sync_folder(path).map_err(|source| fail("", source))?;
                Ok(Self { path: path.to_owned(), plan: plan.clone(), plan_sha256: plan.sha256() })
            }
            Err(error) => Err(error),
        }
    }

    /// The folder of a plan that is known already, whether or not it still lies there.
    pub(in crate::cli) fn of(path: &Path, plan: &SweepPlan) -> Self {
        Self { plan_sha256: plan.sha256(), path: path.to_owned(), plan: plan.clone() }
    }

    pub(in crate::cli) fn plan(&self) -> &SweepPlan {
        &self.plan
    }

    pub(in crate::cli) fn path(&self) -> &Path {
        &self.path
    }

    /// A lock beside others that run shards of the same sweep; refused while somebody has the folder to himself.
    pub(super) fn share(&self) -> Result<Lock, WriteError> {
        let fail = |source| WriteError::new(self.path.display(), source);
        refuse_link(&self.path.join(MARKER))?;
        let marker = File::options().create(true).truncate(false).read(true).write(true).open(self.path.join(MARKER)).map_err(fail)?;
        match marker.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Err(fail(io::Error::other("another convoysim is writing there"))),
            _ => Ok(Lock(marker)),
        }
    }

    fn name(&self, shard: u32) -> part::Name<'_> {
        part::Name { plan: &self.plan_sha256, shard, columns: self.plan.columns.len() }
    }

    fn file(&self, shard: u32) -> PathBuf {
        self.path.join(PARTS).join(format!("{shard:05}.part"))
    }

    /// What the part of a shard holds; nothing where there is none, or none that is whole.
    pub(super) fn held(&self, shard: u32) -> io::Result<Option<Held>> {
        match read_file::open(&self.file(shard)) {
            Ok(file) => part::check(BufReader::with_capacity(BUFFER, file), self.name(shard)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The rows of a shard.
    pub(super) fn rows(&self, shard: u32) -> io::Result<part::Reader<BufReader<File>>> {
        let path = self.file(shard);
        let broken = || io::Error::new(io::ErrorKind::InvalidData, format!("{} is missing or broken", path.display()));
        part::Reader::new(BufReader::with_capacity(BUFFER, read_file::open(&path)?), self.name(shard))?.ok_or_else(broken)
    }

    /// Begins the part of a shard under a temporary name.
    pub(super) fn part(&self, shard: u32) -> io::Result<part::Writer<BufWriter<NamedTempFile>>> {
        let folder = self.path.join(PARTS);
        refuse_link(&folder).map_err(io::Error::other)?;
        fs::create_dir_all(&folder)?;
        let file = like_any_new_file().prefix(".convoysim-").suffix(".part").tempfile_in(folder)?;
        part::Writer::new(BufWriter::with_capacity(BUFFER, file), self.name(shard))
    }

    /// Makes a part durable and gives it its name.
    pub(super) fn commit(&self, shard: u32, written: part::Writer<BufWriter<NamedTempFile>>) -> io::Result<Held> {
        let (out, held) = written.finish()?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        faults::at("write")?;
        file.as_file().sync_all()?;
        faults::at("sync")?;
        file.persist(self.file(shard)).map_err(|error| error.error)?;
        faults::at("rename")?;
        sync_folder(&self.path.join(PARTS))?;
        faults::at("sync folder")?;
        Ok(held)
    }

    /// Removes what killed processes left half written. The caller has the folder to itself.
    pub(super) fn sweep_up(&self) -> io::Result<()> {
        refuse_link(&self.path.join(PARTS)).map_err(io::Error::other)?;
        let entries = match fs::read_dir(self.path.join(PARTS)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(".convoysim-")) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Notes in the journal what happened. A line that cannot be written is lost; nothing hangs on it.
    pub(super) fn note(&self, event: &str, more: Value) {
        let mut line = json!({"unix_s": SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()), "event": event});
        if let (Some(line), Value::Object(more)) = (line.as_object_mut(), more) {
            line.extend(more);
        }
        let check = check_of(&line);
        line["check"] = check.into();
        let journal = self.path.join(JOURNAL);
        // Writing to a named pipe would wait for a reader; a link leads to a file that is not ours.
        if fs::symlink_metadata(&journal).is_ok_and(|about| !about.is_file()) {
            return;
        }
        let file = File::options().create(true).append(true).open(journal);
        // One call, so that lines of several processes do not mix.
        file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes())).ok();
    }

    /// The lines of the journal that are whole, and how many are not.
    pub(super) fn journal(&self) -> (Vec<Value>, usize) {
        let bytes = read_file::bytes(&self.path.join(JOURNAL), read_file::LONGEST).unwrap_or_default();
        let (mut whole, mut broken) = (Vec::new(), 0);
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice::<Value>(line) {
                Ok(mut value) => {
                    let check = value.as_object_mut().and_then(|line| line.shift_remove("check"));
                    if check == Some(check_of(&value).into()) { whole.push(value) } else { broken += 1 }
                }
                Err(_) => broken += 1,
            }
        }
        (whole, broken)
    }
}

/// What tells a line of the journal from one with a wrong bit.
fn check_of(line: &Value) -> String {
    sha256_hex(line.to_string().as_bytes())[..16].to_owned()
}
