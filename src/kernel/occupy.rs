//! Occupying: seize, hold, release, in one.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::resource::{Grant, Request, Resource};
use crate::units::Duration;

/// The future of [`Resource::occupy`]. Dropping it leaves the line, or releases the units and withdraws the event.
#[must_use = "futures do nothing unless awaited"]
pub struct Occupy<'s> {
    resource: &'s Resource<'s>,
    duration: Duration,
    units: u32,
    priority: u32,
    /// Sequence number of the event that ends it, also while it stands in line; 0 before the first poll and after the end.
    pending: u32,
}

impl<'s> Occupy<'s> {
    #[inline]
    pub(super) fn new(resource: &'s Resource<'s>, units: u32, duration: Duration, priority: u32) -> Self {
        Self { resource, duration, units, priority, pending: 0 }
    }

    /// Begins at once, or stands in line.
    #[inline]
    fn begin(&mut self) {
        let sim = self.resource.sim;
        let (who, order) = sim.await_event();
        self.pending = who.token as u32;
        if self.resource.take_now(self.units, self.priority) {
            sim.schedule_reserved(sim.now() + self.duration, order, who);
        } else {
            let grant = Grant::Hold { order, duration: self.duration };
            self.resource.enqueue(Request { who, units: self.units, priority: self.priority, grant });
        }
    }

    #[cold]
    fn withdraw(&self) {
        let sim = self.resource.sim;
        if self.resource.dequeue(u64::from(self.pending)) {
            // It may have stood in the way of others.
            self.resource.serve();
        } else {
            sim.withdraw(self.pending);
            self.resource.release(self.units);
        }
    }
}

impl Future for Occupy<'_> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.pending == 0 {
            self.begin();
            return Poll::Pending;
        }
        if self.resource.sim.token() != u64::from(self.pending) {
            return Poll::Pending;
        }
        self.pending = 0;
        self.resource.release(self.units);
        Poll::Ready(())
    }
}

impl Drop for Occupy<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.pending != 0 {
            self.withdraw();
        }
    }
}
