//! The simulation: clock, calendar, ready list and processes of one replication.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::task::{Context, Poll, Waker};

use super::calendar::{Calendar, Next};
use super::hold::Hold;
use super::joint::Joint;
use super::memory::Memory;
use super::order::Order;
use super::process::{Process, ProcessId, Processes, ReadyList, Resumption, Running};
use crate::units::{Duration, SimTime};

/// More events than this at one instant are taken for a model that never lets time pass.
const EVENTS_AT_ONE_INSTANT: u64 = 1_000_000;

/// Events between two looks at whether the run may continue. A prime, so that a model in step with it is still seen in all its parts.
pub const EVENTS_PER_CHECK: u64 = 4_093;

/// Tokens of timed events are calendar sequence numbers; all others start here.
const FIRST_TOKEN: u64 = 1 << 32;

/// Token of a process's first poll: nobody waits for it.
const START: u64 = 0;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A process called [`Sim::stop`].
    Stopped,
    /// Nothing is left to happen; processes that still wait will wait for ever.
    CalendarEmpty,
    /// The next event lies after the horizon; the clock stands at the horizon.
    HorizonReached,
    /// More than 10^6 events at one instant.
    Livelock {
        /// The instant that does not end.
        at: SimTime,
        /// The order of the process that was running.
        order: Order,
    },
    /// The check passed to [`Sim::run_until_or`] ended the run.
    Halted,
}

/// What changes with every event. Never borrowed while a process is polled or dropped: its guards come back here.
struct Core<'s> {
    calendar: Calendar,
    ready: ReadyList,
    processes: Processes<'s>,
}

/// One replication's clock and processes.
///
/// A plain local, declared before the model that the processes borrow; see the [module](super) for lifetimes.
pub struct Sim<'s> {
    now: Cell<SimTime>,
    running: Cell<ProcessId>,
    order: Cell<u32>,
    token: Cell<u64>,
    next_token: Cell<u64>,
    stopped: Cell<bool>,
    events: Cell<u64>,
    // No drop glue may mention 's; `finish` empties these.
    core: ManuallyDrop<RefCell<Core<'s>>>,
    pub(super) joints: ManuallyDrop<RefCell<Vec<Joint<'s>>>>,
}

impl Default for Sim<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'s> Sim<'s> {
    /// A simulation at time zero with nothing scheduled.
    #[must_use]
    pub fn new() -> Self {
        Self::with_memory(&mut Memory::new())
    }

    /// The same, in the buffers of an earlier one.
    #[must_use]
    pub fn with_memory(memory: &mut Memory) -> Self {
        Self {
            now: Cell::new(SimTime::ZERO),
            running: Cell::new(ProcessId { slot: u32::MAX, generation: u32::MAX }),
            order: Cell::new(0),
            token: Cell::new(START),
            next_token: Cell::new(FIRST_TOKEN),
            stopped: Cell::new(false),
            events: Cell::new(0),
            core: ManuallyDrop::new(RefCell::new(Core {
                calendar: std::mem::take(&mut memory.calendar),
                ready: std::mem::take(&mut memory.ready),
                processes: std::mem::take(&mut memory.processes).recycle(),
            })),
            joints: ManuallyDrop::new(RefCell::new(Vec::new())),
        }
    }

    /// The present instant.
    #[must_use]
    #[inline]
    pub fn now(&self) -> SimTime {
        self.now.get()
    }

    /// Events executed so far: timed events and resumptions.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events.get()
    }

    /// Lets `duration` pass, counted from this call. A hold of zero still goes through the calendar.
    #[inline]
    pub fn hold(&'s self, duration: Duration) -> Hold<'s> {
        self.hold_until(self.now.get() + duration)
    }

    /// Lets time pass until `instant`; an instant in the past is now. [`SimTime::NEVER`] is never, and instants more than 2^48 ticks
    /// (8.9 years) after the start are all one, so a horizon has to lie before.
    #[inline]
    pub fn hold_until(&'s self, instant: SimTime) -> Hold<'s> {
        Hold::new(self, instant, false)
    }

    /// Resumes at this same instant, after all its other events of order below [`Order::LAST`] and everything they set off.
    #[inline]
    pub fn settle(&'s self) -> Hold<'s> {
        self.settle_at(self.now.get())
    }

    /// Lets time pass until `instant` and all its other events of order below [`Order::LAST`].
    #[inline]
    pub fn settle_at(&'s self, instant: SimTime) -> Hold<'s> {
        Hold::new(self, instant, true)
    }

    /// Starts a process at this instant, after those already on the ready list, and returns a handle to join it.
    pub fn spawn<T: 's>(&'s self, order: Order, body: impl Future<Output = T> + 's) -> Process<'s, T> {
        Process::spawn(self, order, body)
    }

    /// Starts a process that nobody will join; cheaper than [`spawn`](Self::spawn).
    pub fn spawn_detached(&'s self, order: Order, body: impl Future<Output = ()> + 's) -> ProcessId {
        let body = Box::pin(body);
        let mut core = self.core.borrow_mut();
        let process = core.processes.insert(order, body);
        core.ready.push(Resumption { process, token: START });
        process
    }

    /// The same, starting at an instant that is still to come; in the past it is now, and [`SimTime::NEVER`] is never. Cheaper than a
    /// process that begins by holding: it is resumed once less.
    pub fn spawn_detached_at(&'s self, instant: SimTime, order: Order, body: impl Future<Output = ()> + 's) -> ProcessId {
        let mut core = self.core.borrow_mut();
        let sequence = match instant {
            SimTime::NEVER => 0,
            _ => {
                let slot = core.processes.next_slot();
                core.calendar.schedule(instant.max(self.now.get()).ticks(), order.get(), slot)
            }
        };
        drop(core);
        let start = Hold::pending(self, instant, sequence);
        let body = Box::pin(async move {
            start.await;
            body.await;
        });
        self.core.borrow_mut().processes.insert(order, body)
    }

    /// Ends a process where it stands: what it had seized is released, what it had asked for is withdrawn.
    ///
    /// The running process may kill itself; it ends at its next wait. A finished process stays finished.
    pub fn kill(&self, id: ProcessId) {
        let body = {
            let processes = &mut self.core.borrow_mut().processes;
            if processes.end(id) { processes.remove(id) } else { None }
        };
        drop(body);
    }

    /// Ends the run when the running process next waits; nothing else happens before.
    pub fn stop(&self) {
        self.stopped.set(true);
    }

    /// Runs until [`stop`](Self::stop) or until nothing is left to happen.
    pub fn run(&'s self) -> Outcome {
        self.run_until(SimTime::NEVER)
    }

    /// Runs everything up to and including `horizon`; may be called again with a later one.
    pub fn run_until(&'s self, horizon: SimTime) -> Outcome {
        self.run_until_or(horizon, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, with a `check` that may end the run: it is called after every [`EVENTS_PER_CHECK`] events, with the order of the process
    /// that ran last. The number of events alone decides when it is called, so what it counts is the same in every run.
    pub fn run_until_or(&'s self, horizon: SimTime, check: &mut dyn FnMut(Order) -> ControlFlow<()>) -> Outcome {
        let mut context = Context::from_waker(Waker::noop());
        let mut next_check = self.events.get() + EVENTS_PER_CHECK;
        // An instant that was the present one at a check, and the events up to then: time does not go back, so where it is still the
        // present one at a later check, all events in between fell on it.
        let mut seen = (self.now.get(), self.events.get());
        let mut core = self.core.borrow_mut();
        loop {
            let (running, token) = if let Some(next) = core.ready.pop() {
                (core.processes.start_exactly(next.process), next.token)
            } else {
                match core.calendar.next(horizon.ticks()) {
                    Next::Event(key) => {
                        self.now.set(SimTime::from_ticks(key.time()));
                        (core.processes.start(key.slot()), u64::from(key.sequence()))
                    }
                    Next::Empty => return Outcome::CalendarEmpty,
                    Next::BeyondHorizon => {
                        self.now.set(self.now.get().max(horizon));
                        return Outcome::HorizonReached;
                    }
                }
            };
            let Some(Running { id, order, mut body }) = running else { continue };
            drop(core);

            self.running.set(id);
            self.order.set(order);
            self.token.set(token);
            let poll = body.as_mut().poll(&mut context);
            // Not before: there it is put together with the return of `core` into one wide access, for which two narrow stores have to
            // come to rest.
            self.events.set(self.events.get() + 1);

            core = self.core.borrow_mut();
            let ended = match poll {
                Poll::Pending => core.processes.suspend(id, body),
                Poll::Ready(()) => {
                    core.processes.end(id);
                    Some(body)
                }
            };
            if ended.is_some() {
                drop(core);
                drop(ended);
                core = self.core.borrow_mut();
                core.processes.free(id.slot);
            }
            if self.stopped.get() {
                self.stopped.set(false);
                return Outcome::Stopped;
            }
            if self.events.get() >= next_check {
                let (now, events) = (self.now.get(), self.events.get());
                next_check = events + EVENTS_PER_CHECK;
                if now != seen.0 {
                    seen = (now, events);
                } else if events - seen.1 > EVENTS_AT_ONE_INSTANT {
                    return Outcome::Livelock { at: now, order: Order::from_bits(order) };
                }
                // What the check reads of the model must not meet a borrowed kernel.
                drop(core);
                if check(Order::from_bits(order)).is_break() {
                    return Outcome::Halted;
                }
                core = self.core.borrow_mut();
            }
        }
    }

    /// Sets the clock to `instant`, if that is still to come, and runs nothing of what is due before it.
    pub fn skip_to(&self, instant: SimTime) {
        self.now.set(self.now.get().max(instant));
    }

    /// Drops all processes with what they hold, and leaves the buffers to the next replication.
    pub fn finish(&'s self, memory: &mut Memory) {
        // With nothing pending, holds need not be withdrawn one by one.
        self.core.borrow_mut().calendar.reset();
        loop {
            let bodies = self.core.borrow_mut().processes.take_bodies();
            if bodies.is_empty() {
                break;
            }
            drop(bodies);
        }
        self.joints.take();
        let mut core = self.core.borrow_mut();
        memory.processes = std::mem::take(&mut core.processes).recycle();
        memory.calendar = std::mem::take(&mut core.calendar);
        memory.calendar.reset();
        memory.ready = std::mem::take(&mut core.ready);
        memory.ready.clear();
    }

    /// The token of what has just happened; a leaf future compares it with its own.
    #[inline]
    pub(super) fn token(&self) -> u64 {
        self.token.get()
    }

    /// The running process with a new token, to be kept by whatever will resume it.
    #[inline]
    pub(super) fn await_resumption(&self) -> Resumption {
        let token = self.next_token.get();
        self.next_token.set(token + 1);
        Resumption { process: self.running.get(), token }
    }

    /// The running process with the sequence number of a timed event that is to be scheduled later, and its order.
    #[inline]
    pub(super) fn await_event(&self) -> (Resumption, u32) {
        let sequence = self.core.borrow_mut().calendar.reserve();
        (Resumption { process: self.running.get(), token: u64::from(sequence) }, self.order.get())
    }

    /// Schedules a process whose sequence number was reserved.
    pub(super) fn schedule_reserved(&self, instant: SimTime, order: u32, who: Resumption) {
        self.core.borrow_mut().calendar.schedule_reserved(instant.ticks(), order, who.token as u32, who.process.slot);
    }

    /// Puts a process on the ready list.
    #[inline]
    pub(super) fn resume_soon(&self, who: Resumption) {
        self.core.borrow_mut().ready.push(who);
    }

    /// Schedules the running process; returns the sequence number, which is also the token, or 0 for never.
    #[inline(never)]
    pub(super) fn schedule(&self, instant: SimTime, last: bool) -> u32 {
        if instant == SimTime::NEVER {
            return 0;
        }
        let time = instant.max(self.now.get()).ticks();
        let order = if last { Order::LAST.get() } else { self.order.get() };
        self.core.borrow_mut().calendar.schedule(time, order, self.running.get().slot)
    }

    /// Schedules a process at the end of this instant; returns the sequence number, which is also the token.
    pub(super) fn schedule_at_end(&self, slot: u32) -> u32 {
        self.core.borrow_mut().calendar.schedule(self.now.get().ticks(), Order::LAST.get(), slot)
    }

    /// The slot of the running process.
    #[inline]
    pub(super) fn running_slot(&self) -> u32 {
        self.running.get().slot
    }

    /// Withdraws a pending timed event. The one that is happening is pending no longer.
    #[cold]
    pub(super) fn withdraw(&self, sequence: u32) {
        if self.token.get() == u64::from(sequence) {
            return;
        }
        self.core.borrow_mut().calendar.withdraw(sequence);
    }
}
