//! Seizing one resource, and the guard that releases it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::resource::{Grant, Request, Resource};

/// Units in use; dropping the guard releases them.
#[must_use = "the units are released when this guard is dropped"]
pub struct Seized<'s> {
    resource: &'s Resource<'s>,
    units: u32,
}

impl<'s> Seized<'s> {
    pub(super) fn new(resource: &'s Resource<'s>, units: u32) -> Self {
        Self { resource, units }
    }

    /// Units in this guard.
    #[must_use]
    pub fn units(&self) -> u32 {
        self.units
    }

    /// Moves `units` of this guard into one of their own.
    ///
    /// # Panics
    ///
    /// If this guard has fewer.
    pub fn split(&mut self, units: u32) -> Self {
        assert!(units <= self.units, "split of {units} from a guard of {}", self.units);
        self.units -= units;
        Self::new(self.resource, units)
    }

    /// Takes over the units of another guard.
    ///
    /// # Panics
    ///
    /// If the other guard is of another resource.
    pub fn merge(&mut self, mut other: Self) {
        assert!(std::ptr::eq(self.resource, other.resource), "merge of guards of different resources");
        self.units += std::mem::take(&mut other.units);
    }
}

impl Drop for Seized<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.units > 0 {
            self.resource.release(self.units);
        }
    }
}

/// The future of [`Resource::seize`]. Dropping it leaves the line, and gives back what was granted but not yet seen.
#[must_use = "futures do nothing unless awaited"]
pub struct Seize<'s> {
    resource: &'s Resource<'s>,
    units: u32,
    priority: u32,
    /// 0 before the first poll and after the end.
    token: u64,
}

impl<'s> Seize<'s> {
    #[inline]
    pub(super) fn new(resource: &'s Resource<'s>, units: u32, priority: u32) -> Self {
        Self { resource, units, priority, token: 0 }
    }

    #[inline(never)]
    fn stand_in_line(&mut self) {
        let who = self.resource.sim.await_resumption();
        self.token = who.token;
        self.resource.enqueue(Request { who, units: self.units, priority: self.priority, grant: Grant::Resume });
    }

    #[inline(never)]
    fn withdraw(&self) {
        if self.resource.dequeue(self.token) {
            // It may have stood in the way of others.
            self.resource.serve();
        } else {
            self.resource.release(self.units);
        }
    }
}

impl<'s> Future for Seize<'s> {
    type Output = Seized<'s>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Seized<'s>> {
        if self.token == 0 {
            if self.resource.take_now(self.units, self.priority) {
                return Poll::Ready(Seized::new(self.resource, self.units));
            }
            self.stand_in_line();
            return Poll::Pending;
        }
        if self.resource.sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(Seized::new(self.resource, self.units))
    }
}

impl Drop for Seize<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.token != 0 {
            self.withdraw();
        }
    }
}
