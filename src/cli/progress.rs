//! Progress on standard error: a bar on a terminal, a line a minute elsewhere, nothing where quiet is wanted.

use super::signals::Signals;
use crate::experiment::runner::Watch;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Follows a run for the user, and stops it when a signal says so.
pub(super) struct Progress {
    signals: Signals,
    done: AtomicU64,
    total: u64,
    display: Display,
}

enum Display {
    None,
    Bar(ProgressBar),
    Lines { begun: Instant, next: Mutex<Instant> },
}

const MINUTE: Duration = Duration::from_secs(60);

impl Progress {
    pub(super) fn new(total: u32, quiet: bool, signals: Signals) -> Self {
        let begun = Instant::now();
        let display = if quiet {
            Display::None
        } else if stderr().is_terminal() {
            let bar = ProgressBar::new(total.into());
            let template = "  {human_pos} / {human_len} runs  [{bar:22}]  {percent}%  {per_sec}  {eta} left";
            bar.set_style(ProgressStyle::with_template(template).expect("the template is valid").progress_chars("#>-"));
            Display::Bar(bar)
        } else {
            Display::Lines { begun, next: Mutex::new(begun + MINUTE) }
        };
        Self { signals, done: AtomicU64::new(0), total: total.into(), display }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Display::Bar(bar) = &self.display {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Progress {
    fn cancelled(&self) -> bool {
        self.signals.stop()
    }

    fn finished(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.display {
            Display::None => {}
            Display::Bar(bar) => bar.inc(1),
            Display::Lines { begun, next } => {
                let now = Instant::now();
                // Another thread that holds the lock is saying it already.
                let Ok(mut next) = next.try_lock() else { return };
                if now >= *next && done < self.total {
                    *next = now + MINUTE;
                    let left = (now - *begun).as_secs_f64() * (self.total - done) as f64 / done as f64;
                    writeln!(stderr(), "{done} of {} runs, about {left:.0} s left", self.total).ok();
                }
            }
        }
    }
}
