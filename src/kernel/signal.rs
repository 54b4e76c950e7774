//! Signals: something changed; look again.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::process::Resumption;
use super::sim::Sim;

/// Tells all processes that wait for it that a state has changed.
///
/// A signal remembers nothing: a fire reaches those who wait at that moment. So *read the state first, wait second*, and
/// read it again after waking; between the two no time may pass.
///
/// ```
/// # use convoysim::kernel::{Order, Signal, Sim};
/// # use std::cell::Cell;
/// let sim = Sim::new();
/// let (open, changed) = (Cell::new(false), Signal::new(&sim));
/// sim.spawn_detached(Order::LAST, async {
///     while !open.get() {
///         changed.wait().await;
///     }
///     sim.stop();
/// });
/// sim.spawn_detached(Order::ENVIRONMENT, async {
///     open.set(true);
///     changed.fire();
/// });
/// # sim.run();
/// ```
pub struct Signal<'s> {
    sim: &'s Sim<'s>,
    waiting: RefCell<Vec<Resumption>>,
}

impl<'s> Signal<'s> {
    /// A signal that nobody waits for yet.
    #[must_use]
    pub fn new(sim: &'s Sim<'s>) -> Self {
        Self { sim, waiting: RefCell::new(Vec::new()) }
    }

    /// Resumes all who wait, at this instant, in the order in which they began to wait.
    pub fn fire(&self) {
        for who in self.waiting.borrow_mut().drain(..) {
            self.sim.resume_soon(who);
        }
    }

    /// Completes at the first fire after the wait was first polled.
    pub fn wait(&'s self) -> Wait<'s> {
        Wait { signal: self, token: 0 }
    }
}

/// The future of [`Signal::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct Wait<'s> {
    signal: &'s Signal<'s>,
    /// 0 before the first poll and after the end.
    token: u64,
}

impl Future for Wait<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.token == 0 {
            let me = self.signal.sim.await_resumption();
            self.token = me.token;
            self.signal.waiting.borrow_mut().push(me);
            return Poll::Pending;
        }
        if self.signal.sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(())
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        if self.token != 0 {
            let mut waiting = self.signal.waiting.borrow_mut();
            if let Some(at) = waiting.iter().position(|who| who.token == self.token) {
                waiting.remove(at);
            }
        }
    }
}
