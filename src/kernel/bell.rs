//! Bells: something changed; look again when this instant is over.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::sim::Sim;

/// Resumes one process at the end of the instant, however often it rings within the instant.
///
/// Like a [`Signal`](super::Signal) it remembers nothing: a ring that nobody waits for is lost. For a process that has to look at
/// a whole that many others change: one resumption where a signal and [`Sim::settle`] take two.
///
/// ```
/// # use convoysim::kernel::{Bell, Order, Sim};
/// # use std::cell::Cell;
/// let sim = Sim::new();
/// let (arrived, looks, bell) = (Cell::new(0), Cell::new(0), Bell::new(&sim));
/// sim.spawn_detached(Order::ENVIRONMENT, async {
///     while arrived.get() < 3 {
///         bell.wait().await;
///         looks.set(looks.get() + 1);
///     }
/// });
/// for n in 0..3 {
///     let (arrived, bell) = (&arrived, &bell);
///     sim.spawn_detached(Order::of(n, 0), async move {
///         arrived.set(arrived.get() + 1);
///         bell.ring();
///     });
/// }
/// # sim.run();
/// assert_eq!(looks.get(), 1);
/// ```
pub struct Bell<'s> {
    sim: &'s Sim<'s>,
    /// The slot of the process that waits.
    waiting: Cell<Option<u32>>,
    /// Sequence number of its event, once it has rung; else 0.
    pending: Cell<u32>,
}

impl<'s> Bell<'s> {
    /// A bell that nobody waits for yet.
    #[must_use]
    pub fn new(sim: &'s Sim<'s>) -> Self {
        Self { sim, waiting: Cell::new(None), pending: Cell::new(0) }
    }

    /// Resumes who waits at this instant, after all its other events of order below [`Order::LAST`](super::Order::LAST) and everything
    /// they set off.
    #[inline]
    pub fn ring(&self) {
        if let Some(slot) = self.waiting.get()
            && self.pending.get() == 0
        {
            self.pending.set(self.sim.schedule_at_end(slot));
        }
    }

    /// Completes at the end of the instant in which the bell first rings after the wait was first polled.
    ///
    /// # Panics
    ///
    /// When it is polled while another process waits.
    pub fn wait(&'s self) -> Heard<'s> {
        Heard { bell: self, waits: false }
    }
}

/// The future of [`Bell::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct Heard<'s> {
    bell: &'s Bell<'s>,
    waits: bool,
}

impl Future for Heard<'_> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let bell = self.bell;
        if !self.waits {
            assert!(bell.waiting.get().is_none(), "one process at a time waits for a bell");
            bell.waiting.set(Some(bell.sim.running_slot()));
            self.waits = true;
            return Poll::Pending;
        }
        if bell.pending.get() == 0 || bell.sim.token() != u64::from(bell.pending.get()) {
            return Poll::Pending;
        }
        bell.pending.set(0);
        bell.waiting.set(None);
        self.waits = false;
        Poll::Ready(())
    }
}

impl Drop for Heard<'_> {
    fn drop(&mut self) {
        if self.waits {
            self.bell.waiting.set(None);
            let pending = self.bell.pending.replace(0);
            if pending != 0 {
                self.bell.sim.withdraw(pending);
            }
        }
    }
}
