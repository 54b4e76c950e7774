//! Replications in parallel.
//!
//! A replication is a function of its number. The runner maps that function over chunks of numbers on a pool of threads and hands
//! the outcomes on in the order of their numbers, so that one thread and eight give the same bytes, and whatever is folded or
//! written on the way needs no more memory than a chunk. A replication that panics becomes a failure and the others go on.
//! Once [`Watch::cancelled`] says so, no further replication begins and those under way end with nothing; those that had finished are kept.
//!
//! The runner knows neither what a replication simulates nor what becomes of its record.

use crate::results::{Detail, FailureRecord, Reached, ReplicationRecord, RunTable};
use rayon::prelude::*;
use std::any::Any;
use std::cell::RefCell;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

/// What one replication comes to: its record, with detail where that was asked for, or how it failed.
pub type Outcome = Result<(ReplicationRecord, Option<Detail>), FailureRecord>;

/// A replication as a function of its number and of whether detail is wanted; `None` where the watch cancelled it while it ran.
pub type Job<'a> = dyn Fn(u32, bool, &dyn Watch) -> Option<Outcome> + Sync + 'a;

/// Whoever follows a run, and may end it.
pub trait Watch: Sync {
    /// Whether to begin no more replications, and to end those under way.
    fn cancelled(&self) -> bool {
        false
    }

    /// Told before replications begin, how many more, where their number was not known before.
    fn expects(&self, _more: u32) {}

    /// Told after each replication, on the thread that ran it.
    fn finished(&self) {}

    /// Told after each look at how precise things are, where replications go on until something is precise.
    fn looked(&self, _reached: &[Reached]) {}
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}

/// A pool of threads to run on.
#[derive(Debug)]
pub struct Pool(rayon::ThreadPool);

/// The threads could not be started.
#[derive(Debug, thiserror::Error)]
#[error("cannot start {threads} threads")]
pub struct PoolError {
    threads: usize,
    source: rayon::ThreadPoolBuildError,
}

/// Outcomes a chunk and thread: enough that the wait for the last one of a chunk is short beside the chunk.
const CHUNK_PER_THREAD: usize = 32;

impl Pool {
    /// A pool of so many threads; 0 means one a processor.
    ///
    /// # Errors
    ///
    /// [`PoolError`] where the system refuses them.
    pub fn new(threads: usize) -> Result<Self, PoolError> {
        let built = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("replications-{i}")).build();
        built.map(Self).map_err(|source| PoolError { threads, source })
    }

    /// Threads of the pool.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Runs these replications and hands their outcomes to `take` in the order given; `false` where the run was cancelled.
    pub fn run(&self, numbers: &[u32], detail: bool, job: &Job<'_>, watch: &dyn Watch, mut take: impl FnMut(Outcome)) -> bool {
        for chunk in numbers.chunks(self.threads() * CHUNK_PER_THREAD) {
            let outcomes: Vec<Option<Outcome>> = self.0.install(|| {
                let replicate = |&number: &u32| {
                    if watch.cancelled() {
                        return None;
                    }
                    let outcome = guarded(job, number, detail, watch)?;
                    watch.finished();
                    Some(outcome)
                };
                chunk.par_iter().map(replicate).collect()
            });
            let all = outcomes.iter().all(Option::is_some);
            outcomes.into_iter().flatten().for_each(&mut take);
            if !all {
                return false;
            }
        }
        true
    }

    /// Runs replications 0 to `n − 1` and adds what they report to the table; `false` where the run was cancelled.
    pub fn fill(&self, table: &mut RunTable, n: u32, job: &Job<'_>, watch: &dyn Watch) -> bool {
        self.extend(table, 0..n, job, watch)
    }

    /// As [`Pool::fill`], for further replications of a table that has those before them. It also ends where the table can keep no more
    /// records ([`Records::error`](crate::results::Records::error)).
    pub fn extend(&self, table: &mut RunTable, further: Range<u32>, job: &Job<'_>, watch: &dyn Watch) -> bool {
        let chunk = (self.threads() * CHUNK_PER_THREAD) as u32;
        further.clone().step_by(chunk as usize).all(|first| {
            let numbers: Vec<u32> = (first..further.end.min(first.saturating_add(chunk))).collect();
            let all = self.run(&numbers, false, job, watch, |outcome| match outcome {
                Ok((record, _)) => table.records.push(record),
                Err(failure) => table.failures.push(failure),
            });
            all && table.records.error().is_none()
        })
    }
}

thread_local! {
    /// Where the replication that this thread runs has panicked; `None` while it runs none.
    static PANICKED_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics of replications off standard error from now on: a failure says what they said. Other panics are told as before.
pub fn silence_replications() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let replicating = PANICKED_AT.with_borrow_mut(|at| {
                // A path within our own sources is the same on every machine; others are not.
                let place = info.location().filter(|place| Path::new(place.file()).is_relative());
                at.as_mut()
                    .map(|at| *at = place.map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line())))
                    .is_some()
            });
            if !replicating {
                before(info);
            }
        }));
    });
}

/// The replication, or its panic as a failure; `None` where the watch cancelled it.
pub(super) fn guarded(job: &Job<'_>, number: u32, detail: bool, watch: &dyn Watch) -> Option<Outcome> {
    PANICKED_AT.set(Some(String::new()));
    let outcome = catch_unwind(AssertUnwindSafe(|| job(number, detail, watch)));
    let at = PANICKED_AT.take().unwrap_or_default();
    outcome.unwrap_or_else(|payload| {
        let message = format!("{}{at}", message(payload.as_ref()));
        Some(Err(FailureRecord { replication: number, kind: "panic", message, waits: Vec::new() }))
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string).or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no message".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Daily, Records};
    use std::sync::atomic::{AtomicU32, Ordering};

    fn record(replication: u32) -> Option<Outcome> {
        let record = ReplicationRecord {
            replication,
            outcome: Default::default(),
            left: Vec::new(),
            values: vec![f64::from(replication)],
            daily: Daily::default(),
            attribution: Vec::new(),
            resources: Vec::new(),
            events: 0,
            draws: 0,
        };
        Some(Ok((record, None)))
    }

    fn empty() -> RunTable {
        RunTable { responses: Vec::new(), resources: Vec::new(), records: Records::default(), failures: Vec::new() }
    }

    #[test]
    fn records_come_back_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 8] {
            let mut table = empty();
            assert!(Pool::new(threads).expect("threads").fill(&mut table, 1000, &|r, _, _| record(r), &Unwatched));
            let numbers: Vec<u32> = table.records.iter().map(|record| record.replication).collect();
            assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_a_failure_and_the_others_go_on() {
        let job = |r: u32, _: bool, _: &dyn Watch| if r == 3 { std::panic::resume_unwind(Box::new("bus 7 is lost")) } else { record(r) };
        let mut table = empty();
        assert!(Pool::new(2).expect("threads").fill(&mut table, 10, &job, &Unwatched));
        assert_eq!(table.records.len(), 9);
        assert_eq!((table.failures[0].replication, table.failures[0].kind, &*table.failures[0].message), (3, "panic", "bus 7 is lost"));
    }

    #[test]
    fn a_panic_is_told_by_its_failure_with_its_place() {
        silence_replications();
        let mut table = empty();
        assert!(Pool::new(2).expect("threads").fill(
            &mut table,
            2,
            &|r, _, _| if r == 1 { panic!("bus 7 is lost") } else { record(r) },
            &Unwatched
        ));
        let message = &table.failures[0].message;
        assert!(message.starts_with("bus 7 is lost (src") && message.contains("runner.rs:"), "{message}");
    }

    #[test]
    fn a_replication_that_is_cancelled_while_it_runs_is_neither_a_record_nor_a_failure() {
        struct Flag(std::sync::atomic::AtomicBool);
        impl Watch for Flag {
            fn cancelled(&self) -> bool {
                self.0.load(Ordering::Relaxed)
            }
        }
        let flag = Flag(false.into());
        let endless = |r: u32, _: bool, watch: &dyn Watch| {
            if r < 3 {
                return record(r);
            }
            flag.0.store(true, Ordering::Relaxed);
            (!watch.cancelled()).then(|| record(r)).flatten()
        };
        let mut table = empty();
        assert!(!Pool::new(1).expect("threads").fill(&mut table, 10, &endless, &flag));
        assert_eq!((table.records.len(), table.failures.len()), (3, 0));
    }

    #[test]
    fn a_cancelled_run_keeps_what_had_finished() {
        struct After(AtomicU32);
        impl Watch for After {
            fn cancelled(&self) -> bool {
                self.0.load(Ordering::Relaxed) >= 5
            }
            fn finished(&self) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        let mut table = empty();
        assert!(!Pool::new(1).expect("threads").fill(&mut table, 1000, &|r, _, _| record(r), &After(AtomicU32::new(0))));
        assert_eq!(table.records.len(), 5);
    }
}
