//! Resources: so many equal units, seized and released, with one line of those who wait.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::occupy::Occupy;
use super::process::Resumption;
use super::seize::Seize;
use super::sim::Sim;
use crate::units::{Duration, SimTime};

/// Who may go first when the head of the line asks for more than is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Nobody: the head of the line blocks those behind it.
    #[default]
    HeadOfLine,
    /// Whoever fits, in the order of the line.
    Backfill,
}

/// A place in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    pub(super) who: Resumption,
    pub(super) units: u32,
    pub(super) priority: u32,
    pub(super) grant: Grant,
}

/// What a grant sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// The process resumes.
    Resume,
    /// The process is left to hold the units, and resumes at the end; see [`Resource::occupy`].
    Hold { order: u32, duration: Duration },
    /// None by itself: part of a request to several resources at once; see [`seize_all`](super::seize_all).
    Joint,
}

/// Equal units that processes [`seize`](Self::seize) and, by dropping the guard, release.
///
/// Units that come free go directly to the line: nobody who asks later at the same instant gets in between. Lower
/// priority numbers stand before higher ones, first come, first served among equals.
pub struct Resource<'s> {
    pub(super) sim: &'s Sim<'s>,
    units: Cell<u32>,
    in_use: Cell<u32>,
    open: Cell<bool>,
    policy: Policy,
    line: RefCell<VecDeque<Request>>,
    longest: Cell<usize>,
    busy: Cell<u128>,
    busy_since: Cell<SimTime>,
    /// Unit-ticks there were up to `there_since`.
    there: Cell<u128>,
    there_since: Cell<SimTime>,
}

impl<'s> Resource<'s> {
    /// A resource of so many units, all free, whose line is strictly first in, first out.
    #[must_use]
    pub fn new(sim: &'s Sim<'s>, units: u32) -> Self {
        Self::with_policy(sim, units, Policy::HeadOfLine)
    }

    /// The same with a policy for the line.
    #[must_use]
    pub fn with_policy(sim: &'s Sim<'s>, units: u32, policy: Policy) -> Self {
        Self {
            sim,
            units: Cell::new(units),
            in_use: Cell::new(0),
            open: Cell::new(true),
            policy,
            line: RefCell::new(VecDeque::new()),
            longest: Cell::new(0),
            busy: Cell::new(0),
            busy_since: Cell::new(sim.now()),
            there: Cell::new(0),
            there_since: Cell::new(sim.now()),
        }
    }

    /// Waits in line for `units`, all at once. Dropping the future leaves the line.
    ///
    /// A request for more units than there are waits until there are that many.
    #[inline]
    pub fn seize(&'s self, units: u32) -> Seize<'s> {
        self.seize_with_priority(units, 0)
    }

    /// The same from a place in line before all higher priority numbers.
    #[inline]
    pub fn seize_with_priority(&'s self, units: u32, priority: u32) -> Seize<'s> {
        Seize::new(self, units, priority)
    }

    /// Seizes `units`, holds them for `duration` and releases them: the whole service of somebody who has nothing else to
    /// do in between; cheaper than the three steps.
    ///
    /// The process resumes once, at the end. Among ends at one instant and of one [`Order`](super::Order), who asked first
    /// comes first. Dropping the future leaves the line or releases the units.
    ///
    /// An end more than 8.9 years after the start is as late as that: seize what is to be kept for ever.
    #[inline]
    pub fn occupy(&'s self, units: u32, duration: Duration) -> Occupy<'s> {
        self.occupy_with_priority(units, duration, 0)
    }

    /// The same from a place in line before all higher priority numbers.
    #[inline]
    pub fn occupy_with_priority(&'s self, units: u32, duration: Duration, priority: u32) -> Occupy<'s> {
        Occupy::new(self, units, duration, priority)
    }

    /// Units there are, seized or free.
    #[must_use]
    pub fn units(&self) -> u32 {
        self.units.get()
    }

    /// Units seized.
    #[must_use]
    pub fn in_use(&self) -> u32 {
        self.in_use.get()
    }

    /// Units free; none if the resource has shrunk below what is in use.
    #[must_use]
    #[inline]
    pub fn available(&self) -> u32 {
        self.units.get().saturating_sub(self.in_use.get())
    }

    /// Requests waiting.
    #[must_use]
    pub fn queue_length(&self) -> usize {
        self.line.borrow().len()
    }

    /// The most requests that ever waited at once.
    #[must_use]
    pub fn longest_queue(&self) -> usize {
        self.longest.get()
    }

    /// Unit-ticks in use up to now.
    #[must_use]
    pub fn busy_time(&self) -> u128 {
        self.busy_time_until(self.sim.now())
    }

    /// Unit-ticks in use up to an instant not before now, if nothing changes until then.
    #[must_use]
    pub fn busy_time_until(&self, end: SimTime) -> u128 {
        self.busy.get() + u128::from(self.in_use.get()) * u128::from(end.since(self.busy_since.get()).ticks())
    }

    /// Unit-ticks there have been, seized or free, open or closed, up to an instant not before now if nothing changes until then. Units
    /// withdrawn while they are in use count until they are released, so this is never less than [`busy_time_until`](Self::busy_time_until).
    #[must_use]
    pub fn unit_time(&self, end: SimTime) -> u128 {
        let units = self.units.get().max(self.in_use.get());
        self.there.get() + u128::from(units) * u128::from(end.since(self.there_since.get()).ticks())
    }

    /// Counts the units there have been before their number changes.
    fn count_units(&self) {
        let now = self.sim.now();
        self.there.set(self.unit_time(now));
        self.there_since.set(now);
    }

    /// Whether requests are granted.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Changes the number of units. More are given to the line at once; fewer take effect as units come back.
    pub fn set_units(&self, units: u32) {
        self.count_units();
        self.units.set(units);
        self.serve();
    }

    /// Closes or opens. While closed nothing is granted, and what is in use stays so; opening serves the line in order.
    pub fn set_open(&self, open: bool) {
        self.open.set(open);
        self.serve();
    }

    #[inline]
    fn busy_since_change(&self) -> u128 {
        let elapsed = self.sim.now().ticks() - self.busy_since.get().ticks();
        u128::from(self.in_use.get()) * u128::from(elapsed)
    }

    #[inline]
    fn set_in_use(&self, in_use: u32) {
        if self.in_use.get() > self.units.get() {
            self.count_units();
        }
        self.busy.set(self.busy.get() + self.busy_since_change());
        self.busy_since.set(self.sim.now());
        self.in_use.set(in_use);
    }

    #[inline]
    pub(super) fn fits(&self, units: u32) -> bool {
        units <= self.available()
    }

    #[inline]
    pub(super) fn take(&self, units: u32) {
        self.set_in_use(self.in_use.get() + units);
    }

    #[inline]
    pub(super) fn release(&self, units: u32) {
        self.set_in_use(self.in_use.get() - units);
        self.serve();
    }

    /// Takes the units at once if nobody stands before a request of this priority and they are free.
    #[inline]
    pub(super) fn take_now(&self, units: u32, priority: u32) -> bool {
        let granted = self.fits(units) && self.open.get() && self.has_no_line_before(priority);
        if granted {
            self.take(units);
        }
        granted
    }

    #[inline]
    fn has_no_line_before(&self, priority: u32) -> bool {
        let line = self.line.borrow();
        line.is_empty() || !self.is_blocked(line.iter().take_while(|ahead| ahead.priority <= priority))
    }

    /// Whether a request may be granted as far as this resource goes: open, enough units, nobody in the way.
    pub(super) fn would_grant(&self, request: &Request) -> bool {
        let ahead = |other: &&Request| other.who.token != request.who.token;
        self.open.get() && self.fits(request.units) && !self.is_blocked(self.line.borrow().iter().take_while(ahead))
    }

    /// Whether one of those ahead keeps everybody behind it waiting. Joint requests never do.
    fn is_blocked<'r>(&self, mut ahead: impl Iterator<Item = &'r Request>) -> bool {
        self.policy == Policy::HeadOfLine && ahead.any(|other| other.grant != Grant::Joint)
    }

    /// Enters the line behind all of the same or a lower priority number.
    pub(super) fn enqueue(&self, request: Request) {
        let mut line = self.line.borrow_mut();
        if line.back().is_none_or(|last| last.priority <= request.priority) {
            line.push_back(request);
        } else {
            let at = line.partition_point(|other| other.priority <= request.priority);
            line.insert(at, request);
        }
        self.longest.set(self.longest.get().max(line.len()));
    }

    /// Leaves the line; `false` if it was not in it any more.
    pub(super) fn dequeue(&self, token: u64) -> bool {
        let mut line = self.line.borrow_mut();
        let at = line.iter().position(|request| request.who.token == token);
        at.and_then(|at| line.remove(at)).is_some()
    }

    /// Grants what can be granted, from the front of the line.
    #[inline]
    pub(super) fn serve(&self) {
        if !self.line.borrow().is_empty() {
            self.serve_line();
        }
    }

    fn serve_line(&self) {
        if !self.open.get() {
            return;
        }
        let mut line = self.line.borrow_mut();
        let blocked = loop {
            let Some(first) = line.front() else { break true };
            if first.grant == Grant::Joint {
                break false;
            }
            if !self.fits(first.units) {
                break self.policy == Policy::HeadOfLine;
            }
            self.grant(first);
            line.pop_front();
        };
        drop(line);
        if !blocked {
            self.serve_behind_the_first();
        }
    }

    /// Gives the units and sets off what follows.
    #[inline]
    fn grant(&self, request: &Request) {
        self.take(request.units);
        match request.grant {
            Grant::Resume | Grant::Joint => self.sim.resume_soon(request.who),
            Grant::Hold { order, duration } => self.sim.schedule_reserved(self.sim.now() + duration, order, request.who),
        }
    }

    /// Serves a line in which some may be passed over.
    fn serve_behind_the_first(&self) {
        let mut at = 0;
        loop {
            let Some(request) = self.line.borrow().get(at).copied() else { return };
            if request.grant == Grant::Joint {
                if !self.sim.grant_joint(request.who.token) {
                    at += 1;
                }
            } else if self.fits(request.units) {
                self.line.borrow_mut().remove(at);
                self.grant(&request);
            } else if self.policy == Policy::Backfill {
                at += 1;
            } else {
                return;
            }
        }
    }
}
