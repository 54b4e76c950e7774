//! Cases one after another, each held to what a case may cost.

use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use convoysim::random::{Stream, StreamKey};

/// Processor time of one case at most, in nanoseconds; an unoptimised build needs several times as much.
const LONGEST: u64 = if cfg!(debug_assertions) { 20_000_000_000 } else { 5_000_000_000 };
/// Memory of the process at most, in kB: that of one case, and what the harness itself holds.
const LARGEST: u64 = 1_000_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is {text:?}, but must be a number")))
}

/// How many cases a kind has: `usual` of them in CI, `FUZZ_CASES` where that is given.
pub fn cases(usual: u64) -> u64 {
    setting("FUZZ_CASES", usual)
}

/// How many valid scenarios are run at most.
pub fn runs(usual: u64) -> u64 {
    setting("FUZZ_RUNS", usual)
}

/// Goes through the cases of a kind. A case gets its own random numbers; it says what is wrong, and must neither panic nor cost too much.
pub fn each_case(kind: &str, usual: u64, mut case: impl FnMut(&mut Stream) -> Result<(), String>) {
    let (seed, from, cases) = (setting("FUZZ_SEED", 1), setting("FUZZ_FROM", 0), cases(usual));
    let key = StreamKey::new(seed, "fuzz", "kind", kind);
    let (at, done) = (AtomicU64::new(from), AtomicBool::new(false));
    let (mut longest, mut wrong) = ((0, 0), Vec::new());
    std::thread::scope(|scope| {
        scope.spawn(|| watch(kind, &at, &done));
        for number in from..from + cases {
            at.store(number, Ordering::Relaxed);
            let before = processor_time();
            let found = catch_unwind(AssertUnwindSafe(|| case(&mut key.stream(0, 0, number))));
            let took = processor_time().saturating_sub(before);
            longest = longest.max((took, number));
            let found = found.unwrap_or_else(|panic| Err(format!("panicked: {}", words(panic.as_ref()))));
            let found = found.and_then(|()| if took > LONGEST { Err(format!("took {} s", took as f64 / 1e9)) } else { Ok(()) });
            if let Err(why) = found {
                wrong.push(format!("case {number}: {why}"));
                if wrong.len() >= 10 {
                    break;
                }
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let memory = most_memory().unwrap_or(0);
    println!(
        "{kind}: {cases} cases from {from} with seed {seed}; the longest took {:.3} s ({}); {memory} kB",
        longest.0 as f64 / 1e9,
        longest.1
    );
    assert!(wrong.is_empty(), "{kind}, FUZZ_SEED={seed}:\n{}", wrong.join("\n"));
    assert!(memory < LARGEST, "{kind}: {memory} kB");
}

/// Ends the process where a case does not end, or takes all memory: it can no longer do that itself.
fn watch(kind: &str, at: &AtomicU64, done: &AtomicBool) {
    let (mut number, mut ticks) = (u64::MAX, 0);
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
        let now = at.load(Ordering::Relaxed);
        ticks = if now == number { ticks + 1 } else { 0 };
        number = now;
        let memory = memory_now().unwrap_or(0);
        // Ten minutes on a busy machine; what a case takes of the processor is looked at when it ends.
        if ticks > 6_000 || memory > 4 * LARGEST {
            eprintln!("{kind}: case {number} runs for {} s and takes {memory} kB", ticks / 10);
            std::process::exit(1);
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_default()
}

/// Nanoseconds that this thread has spent on a processor; 0 where the system does not say.
fn processor_time() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

fn of_status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// kB that the process has now, and has had at most.
fn memory_now() -> Option<u64> {
    of_status("VmRSS:")
}

fn most_memory() -> Option<u64> {
    of_status("VmHWM:")
}
