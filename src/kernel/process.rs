//! Processes: where their futures are kept, how they are named, and how one waits for another.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::calendar::MAX_SLOTS;
use super::order::Order;
use super::sim::Sim;

/// The body of a process.
pub(super) type Body<'s> = Pin<Box<dyn Future<Output = ()> + 's>>;

/// Names a process for the length of a run. The id of a finished process never means another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessId {
    pub(super) slot: u32,
    pub(super) generation: u32,
}

/// A process on the ready list, and what it waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resumption {
    pub(super) process: ProcessId,
    pub(super) token: u64,
}

struct Slot<'s> {
    /// Absent while the process is being polled, and after its end.
    body: Option<Body<'s>>,
    generation: u32,
    order: u32,
}

impl<'s> Slot<'s> {
    /// Fills the slot, which is empty. Told so, the compiler leaves out the dropping of what was there.
    #[inline]
    fn put_back(&mut self, body: Body<'s>) {
        let nothing = self.body.replace(body);
        debug_assert!(nothing.is_none());
        std::mem::forget(nothing);
    }
}

/// All processes of a run, in slots that are used again.
#[derive(Default)]
pub(super) struct Processes<'s> {
    slots: Vec<Slot<'s>>,
    free: Vec<u32>,
}

/// A body taken out of its slot to be polled.
pub(super) struct Running<'s> {
    pub(super) id: ProcessId,
    pub(super) order: u32,
    pub(super) body: Body<'s>,
}

/// Processes to resume at this instant, first in, first out.
#[derive(Default)]
pub(super) struct ReadyList {
    list: Vec<Resumption>,
    /// Entries before this one are done. The list is nearly always emptied before it grows, so it need not be a ring.
    done: usize,
}

impl ReadyList {
    #[inline]
    pub(super) fn push(&mut self, who: Resumption) {
        self.list.push(who);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Resumption> {
        let next = self.list.get(self.done).copied();
        if next.is_some() {
            self.done += 1;
        } else if self.done > 0 {
            self.clear();
        }
        if self.done > 4096 {
            self.list.drain(..self.done);
            self.done = 0;
        }
        next
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.done = 0;
    }
}

impl<'s> Processes<'s> {
    #[inline]
    pub(super) fn insert(&mut self, order: Order, body: Body<'s>) -> ProcessId {
        if let Some(slot) = self.free.pop() {
            let place = &mut self.slots[slot as usize];
            place.put_back(body);
            place.order = order.get();
            return ProcessId { slot, generation: place.generation };
        }
        assert!(self.slots.len() < MAX_SLOTS, "more than 2^20 processes at once");
        let slot = self.slots.len() as u32;
        self.slots.push(Slot { body: Some(body), generation: 0, order: order.get() });
        ProcessId { slot, generation: 0 }
    }

    /// The slot of the process that will be inserted next.
    pub(super) fn next_slot(&self) -> u32 {
        self.free.last().copied().unwrap_or(self.slots.len() as u32)
    }

    /// The body in a slot, to be polled.
    #[inline]
    pub(super) fn start(&mut self, slot: u32) -> Option<Running<'s>> {
        let place = self.slots.get_mut(slot as usize)?;
        let body = place.body.take()?;
        Some(Running { id: ProcessId { slot, generation: place.generation }, order: place.order, body })
    }

    /// The body of this very process, to be polled; `None` if it has ended.
    #[inline]
    pub(super) fn start_exactly(&mut self, id: ProcessId) -> Option<Running<'s>> {
        let place = self.slots.get_mut(id.slot as usize)?;
        if place.generation != id.generation {
            return None;
        }
        Some(Running { id, order: place.order, body: place.body.take()? })
    }

    /// Puts a body back after a poll; gives it back instead if the process was killed meanwhile.
    #[inline]
    pub(super) fn suspend(&mut self, id: ProcessId, body: Body<'s>) -> Option<Body<'s>> {
        let place = &mut self.slots[id.slot as usize];
        if place.generation == id.generation {
            place.put_back(body);
            return None;
        }
        Some(body)
    }

    /// Ends the name of a process. Its slot can be used again only after [`free`](Self::free).
    pub(super) fn end(&mut self, id: ProcessId) -> bool {
        let place = self.slots.get_mut(id.slot as usize).filter(|place| place.generation == id.generation);
        place.map(|place| place.generation += 1).is_some()
    }

    /// Ends a process that is not the running one and gives its body to drop; `None` for the running one.
    pub(super) fn remove(&mut self, id: ProcessId) -> Option<Body<'s>> {
        let body = self.slots[id.slot as usize].body.take();
        if body.is_some() {
            self.free(id.slot);
        }
        body
    }

    pub(super) fn free(&mut self, slot: u32) {
        self.free.push(slot);
    }

    pub(super) fn take_bodies(&mut self) -> Vec<Body<'s>> {
        self.slots.iter_mut().filter_map(|place| place.body.take()).collect()
    }

    /// The same buffers with no process in them, for another lifetime.
    pub(super) fn recycle<'t>(mut self) -> Processes<'t> {
        self.slots.clear();
        self.free.clear();
        // Same layout in and out: `collect` keeps the allocation.
        let slots = self.slots.into_iter().map(|Slot { generation, order, .. }| Slot { body: None, generation, order }).collect();
        Processes { slots, free: self.free }
    }
}

/// Where a joinable process leaves its result.
struct Outbox<T> {
    result: Cell<Option<T>>,
    waiting: Cell<Option<Resumption>>,
}

/// A handle on a process that returns a `T`. Dropping it lets the process go on by itself.
#[must_use = "dropping the handle detaches the process; use spawn_detached for that"]
pub struct Process<'s, T> {
    sim: &'s Sim<'s>,
    id: ProcessId,
    outbox: Rc<Outbox<T>>,
}

impl<'s, T: 's> Process<'s, T> {
    pub(super) fn spawn(sim: &'s Sim<'s>, order: Order, body: impl Future<Output = T> + 's) -> Self {
        let outbox = Rc::new(Outbox { result: Cell::new(None), waiting: Cell::new(None) });
        let out = Rc::clone(&outbox);
        let id = sim.spawn_detached(order, async move {
            out.result.set(Some(body.await));
            if let Some(waiting) = out.waiting.take() {
                sim.resume_soon(waiting);
            }
        });
        Self { sim, id, outbox }
    }

    /// Waits for the process to return. The join of a killed process never completes.
    pub fn join(self) -> Join<'s, T> {
        Join { process: self, token: 0 }
    }

    /// Whether the result is there to be joined.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let result = self.outbox.result.take();
        let finished = result.is_some();
        self.outbox.result.set(result);
        finished
    }

    /// Ends the process where it stands; see [`Sim::kill`].
    pub fn kill(self) {
        self.sim.kill(self.id);
    }

    /// The name of the process.
    #[must_use]
    pub fn id(&self) -> ProcessId {
        self.id
    }
}

/// The future of [`Process::join`].
#[must_use = "futures do nothing unless awaited"]
pub struct Join<'s, T> {
    process: Process<'s, T>,
    token: u64,
}

impl<T> Future for Join<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        if let Some(result) = self.process.outbox.result.take() {
            return Poll::Ready(result);
        }
        if self.token == 0 {
            let me = self.process.sim.await_resumption();
            self.token = me.token;
            self.process.outbox.waiting.set(Some(me));
        }
        Poll::Pending
    }
}
