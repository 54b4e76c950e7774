//! Progress on standard error: a bar on a terminal, a line a minute elsewhere, nothing where quiet is wanted.

use super::signals::Signals;
use crate::experiment::runner::Watch;
use crate::report::style::Style;
use crate::report::terminal::towards;
use crate::report::visible::visible;
use crate::results::Reached;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Follows a run for the user, and stops it when a signal says so.
pub(super) struct Progress {
    signals: Signals,
    done: AtomicU64,
    /// Runs that are wanted, as far as is known.
    total: AtomicU64,
    /// No more runs than this.
    at_most: u64,
    /// Scenarios that run side by side.
    scenarios: u64,
    /// Runs of one point of a sweep; 0 where there are no points.
    each: u64,
    begun: Instant,
    /// Seconds left as told last: they never go up.
    left: Mutex<f64>,
    display: Display,
    style: Style,
}

enum Display {
    None,
    Bar(ProgressBar),
    Lines { next: Mutex<Instant>, aim: Mutex<String> },
}

const MINUTE: Duration = Duration::from_secs(60);

impl Progress {
    /// Follows so many runs.
    pub(super) fn new(total: u32, quiet: bool, signals: Signals) -> Self {
        Self::with(total.into(), "  {human_pos} / {human_len} runs  [{bar:22}]  {percent}%  {per_sec}  {eta} left", quiet, signals)
    }

    /// Follows runs whose number grows as it becomes known.
    pub(super) fn growing(quiet: bool, signals: Signals) -> Self {
        Self::with(0, "  {human_pos} / {human_len} runs so far  [{bar:22}]  {per_sec}", quiet, signals)
    }

    /// Follows runs of so many scenarios that go on until something is precise, but no more than so many.
    pub(super) fn until_precise(scenarios: usize, at_most: u32, quiet: bool, signals: Signals, style: Style) -> Self {
        let all = u64::from(at_most) * scenarios as u64;
        Self { style, scenarios: scenarios as u64, ..Self::with(all, "  {human_pos} runs  [{bar:12}]  {msg}  {eta} left", quiet, signals) }
    }

    /// Follows the runs of a sweep, so many at each point.
    pub(super) fn sweep(total: u64, each: u32, quiet: bool, signals: Signals) -> Self {
        let template = "  {human_pos} / {human_len} runs, {msg}  [{bar:16}]  {per_sec}";
        Self { each: each.into(), ..Self::with(total, template, quiet, signals) }
    }

    fn with(total: u64, template: &str, quiet: bool, signals: Signals) -> Self {
        let begun = Instant::now();
        let display = if quiet {
            Display::None
        } else if stderr().is_terminal() {
            let bar = ProgressBar::new(total);
            bar.set_style(ProgressStyle::with_template(template).expect("the template is valid").progress_chars("#>-"));
            Display::Bar(bar)
        } else {
            Display::Lines { next: Mutex::new(begun + MINUTE), aim: Mutex::default() }
        };
        Self {
            signals,
            done: AtomicU64::new(0),
            total: AtomicU64::new(total),
            at_most: total,
            scenarios: 1,
            each: 0,
            begun,
            left: Mutex::new(f64::INFINITY),
            display,
            style: Style::default(),
        }
    }

    /// Seconds left by the rate so far, but never more than was said before.
    fn left(&self, done: u64) -> f64 {
        let total = self.total.load(Ordering::Relaxed);
        let estimate = self.begun.elapsed().as_secs_f64() * total.saturating_sub(done) as f64 / done.max(1) as f64;
        self.left.lock().map_or(estimate, |mut left| {
            *left = left.min(estimate);
            *left
        })
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

    fn expects(&self, more: u32) {
        let total = self.total.fetch_add(more.into(), Ordering::Relaxed) + u64::from(more);
        if let Display::Bar(bar) = &self.display {
            bar.set_length(total);
        }
    }

    fn finished(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.display {
            Display::None => {}
            Display::Bar(bar) => {
                bar.inc(1);
                if self.each > 0 && (done % 64 == 1 || done == bar.length().unwrap_or(0)) {
                    bar.set_message(format!(
                        "point {} of {}, {:.0} s left",
                        done / self.each,
                        bar.length().unwrap_or(0) / self.each,
                        self.left(done)
                    ));
                }
            }
            Display::Lines { next, aim } => {
                let (now, total) = (Instant::now(), self.total.load(Ordering::Relaxed));
                // Another thread that holds the lock is saying it already.
                let Ok(mut next) = next.try_lock() else { return };
                if now >= *next && done < total {
                    *next = now + MINUTE;
                    let left = self.left(done);
                    let aim = aim.lock().map_or_else(|_| String::new(), |aim| aim.clone());
                    let of = if aim.is_empty() { format!("of {total} runs") } else { format!("runs, {aim}") };
                    writeln!(stderr(), "{done} {of}, about {left:.0} s left").ok();
                }
            }
        }
    }

    fn looked(&self, reached: &[Reached]) {
        let Some(towards) = towards(reached) else { return };
        let done = self.done.load(Ordering::Relaxed);
        let more = towards.more.map_or(self.at_most, |more| more as u64 * self.scenarios);
        let total = (done + more).min(self.at_most);
        self.total.store(total, Ordering::Relaxed);
        let text = visible(&self.style.finish(towards.text)).into_owned();
        match &self.display {
            Display::None => {}
            Display::Bar(bar) => {
                bar.set_length(total);
                bar.set_message(text);
            }
            Display::Lines { aim, .. } => {
                if let Ok(mut aim) = aim.lock() {
                    *aim = text;
                }
            }
        }
    }
}
