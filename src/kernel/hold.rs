//! Holding: the passing of time in a process.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::sim::Sim;
use crate::units::SimTime;

/// The future of [`Sim::hold`], [`Sim::hold_until`], [`Sim::settle`] and [`Sim::settle_at`]. Dropping it withdraws its event.
#[must_use = "futures do nothing unless awaited"]
pub struct Hold<'s> {
    sim: &'s Sim<'s>,
    until: SimTime,
    /// Whether the event comes after all others of its instant.
    last: bool,
    /// Sequence number of the event; 0 before the first poll and after the end.
    pending: u32,
}

impl<'s> Hold<'s> {
    #[inline]
    pub(super) fn new(sim: &'s Sim<'s>, until: SimTime, last: bool) -> Self {
        Self { sim, until, last, pending: 0 }
    }

    /// A hold whose event is scheduled already, for the process that will await it.
    pub(super) fn pending(sim: &'s Sim<'s>, until: SimTime, sequence: u32) -> Self {
        Self { sim, until, last: false, pending: sequence }
    }
}

impl Future for Hold<'_> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.pending == 0 {
            self.pending = self.sim.schedule(self.until, self.last);
            return Poll::Pending;
        }
        if self.sim.token() != u64::from(self.pending) {
            return Poll::Pending;
        }
        self.pending = 0;
        Poll::Ready(())
    }
}

impl Drop for Hold<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.pending != 0 {
            self.sim.withdraw(self.pending);
        }
    }
}
