//! The shards that are missing, on several threads.
//!
//! Every worker runs whole shards; a thread beside them makes the parts durable, so that nobody waits for the disk. Which worker ran
//! which shard shows nowhere.

use super::store::Store;
use super::study::Study;
use crate::cli::exit::Exit;
use crate::experiment::runner::Watch;
use crate::experiment::sweep::{self, Stopped};
use crate::report::sweep::part;
use serde_json::json;
use std::io::{self, BufWriter};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Instant;
use tempfile::NamedTempFile;

/// How the work ended.
#[derive(Debug)]
pub(super) enum Worked {
    /// Every shard is there.
    Done {
        /// Replications that failed in the shards run now.
        failures: u64,
    },
    /// A signal came first.
    Cancelled,
    /// A replication failed, and that was to be the end: point, replication, what happened.
    Failed(u32, u32, String),
    /// A part could not be written.
    CannotWrite(io::Error),
    /// A bug: a point that had been checked was refused.
    Refused(u32, Vec<crate::scenario::Problem>),
}

/// What ends the work of all.
enum Trouble {
    Write(io::Error),
    Failed(u32, u32, String),
    Refused(u32, Vec<crate::scenario::Problem>),
}

/// A row that was not written, and why.
enum NotTaken {
    Write(io::Error),
    Failed(u32, u32, String),
}

type Written = (u32, f64, part::Writer<BufWriter<NamedTempFile>>);

/// Runs these shards.
pub(super) fn work(study: &Study<'_>, store: &Store, shards: &[u32], threads: usize, fail_fast: bool, watch: &dyn Watch) -> Worked {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let trouble: Mutex<Option<Trouble>> = Mutex::new(None);
    let failures = AtomicU64::new(0);
    let halt = |what: Trouble| {
        stop.store(true, Ordering::Relaxed);
        if let Ok(mut first) = trouble.lock() {
            first.get_or_insert(what);
        }
    };
    let watch = Halting { inner: watch, stop: &stop };
    let (send, receive) = mpsc::sync_channel::<Written>(2 * threads);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for (shard, seconds, part) in receive {
                match store.commit(shard, part) {
                    Ok(held) => {
                        failures.fetch_add(held.failures, Ordering::Relaxed);
                        let told =
                            json!({"shard": shard, "rows": held.rows, "failures": held.failures, "sha256": held.sha256, "run_s": seconds});
                        store.note("part", told);
                    }
                    Err(error) => halt(Trouble::Write(error)),
                }
            }
        });
        for _ in 0..threads.min(shards.len()).max(1) {
            let (send, next, watch, halt) = (send.clone(), &next, &watch, &halt);
            scope.spawn(move || {
                while let Some(&shard) = shards.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let begun = Instant::now();
                    match one(study, store, shard, fail_fast, watch) {
                        // Where nobody takes it, the writer has stopped and has said why.
                        Ok(part) => drop(send.send((shard, begun.elapsed().as_secs_f64(), part))),
                        Err(Stopped::Cancelled) => return,
                        Err(Stopped::Refused(point, problems)) => return halt(Trouble::Refused(point, problems)),
                        Err(Stopped::Sink(NotTaken::Write(error))) => return halt(Trouble::Write(error)),
                        Err(Stopped::Sink(NotTaken::Failed(point, replication, why))) => {
                            return halt(Trouble::Failed(point, replication, why));
                        }
                    }
                }
            });
        }
        drop(send);
    });
    match trouble.into_inner().ok().flatten() {
        Some(Trouble::Write(error)) => Worked::CannotWrite(error),
        Some(Trouble::Failed(point, replication, why)) => Worked::Failed(point, replication, why),
        Some(Trouble::Refused(point, problems)) => Worked::Refused(point, problems),
        None if watch.inner.cancelled() => Worked::Cancelled,
        None => Worked::Done { failures: failures.into_inner() },
    }
}

/// One shard as a part that has no name yet.
fn one(
    study: &Study<'_>,
    store: &Store,
    shard: u32,
    fail_fast: bool,
    watch: &dyn Watch,
) -> Result<part::Writer<BufWriter<NamedTempFile>>, Stopped<NotTaken>> {
    let mut part = store.part(shard).map_err(|error| Stopped::Sink(NotTaken::Write(error)))?;
    sweep::run(&study.plan, &study.points, study.template, &study.info.columns, shard, watch, |row| {
        part.row(row).map_err(NotTaken::Write)?;
        match &row.outcome {
            Err(failure) if fail_fast => Err(NotTaken::Failed(row.point, row.replication, failure.message.clone())),
            _ => Ok(()),
        }
    })?;
    Ok(part)
}

/// Also stops where another worker has met trouble.
struct Halting<'w> {
    inner: &'w dyn Watch,
    stop: &'w AtomicBool,
}

impl Watch for Halting<'_> {
    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.inner.cancelled()
    }

    fn finished(&self) {
        self.inner.finished();
    }
}

impl Worked {
    /// How the program ends, and what is said of it.
    pub(super) fn exit(self, study: &Study<'_>, folder: &str) -> Result<u64, (Exit, String)> {
        match self {
            Self::Done { failures } => Ok(failures),
            Self::Cancelled => {
                Err((Exit::Interrupted, format!("Stopped. The same command goes on where it stopped; {folder} is as it should be.")))
            }
            Self::Failed(point, replication, why) => {
                let values = study.values(point);
                Err((
                    Exit::SomeFailed,
                    format!("replication {replication} of point {point} ({values}) failed, and --fail-fast was given: {why}"),
                ))
            }
            Self::CannotWrite(error) => Err((Exit::CannotWrite, format!("cannot write to {folder}: {error}"))),
            Self::Refused(point, problems) => {
                let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
                Err((Exit::Bug, format!("point {point} was refused though it had been checked, which is a bug: {}", said.join("; "))))
            }
        }
    }
}
