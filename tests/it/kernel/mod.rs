//! The kernel: behaviour, cancellation, tallies, and agreement with queueing theory.
mod agreement;
mod bells;
mod cancellation;
mod deterministic;
mod occupations;
mod processes;
mod resources;
mod stores;
mod tallies;
mod theory;
mod yardstick;

use std::cell::RefCell;

use convoysim::kernel::Sim;
use convoysim::units::{Duration, SimTime, TICKS_PER_MINUTE};

/// A whole minute after the start.
fn at(minutes: u64) -> SimTime {
    SimTime::ZERO + min(minutes)
}

/// So many minutes.
fn min(minutes: u64) -> Duration {
    Duration::from_minutes(minutes)
}

/// What happened, and in which minute.
#[derive(Default)]
struct Log(RefCell<Vec<(u64, String)>>);

impl Log {
    fn note(&self, sim: &Sim<'_>, what: impl Into<String>) {
        self.0.borrow_mut().push((sim.now().ticks() / TICKS_PER_MINUTE, what.into()));
    }

    fn entries(&self) -> Vec<(u64, String)> {
        self.0.borrow().clone()
    }

    fn text(&self) -> String {
        let entries = self.0.borrow();
        entries.iter().map(|(minute, what)| format!("{minute} {what}")).collect::<Vec<_>>().join(", ")
    }
}
