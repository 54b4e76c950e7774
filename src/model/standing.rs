//! Vehicles that are taken and wait: booked as they begin and end, so that a wait that is open at the end counts up to there.

use super::exposure::windows::Interval;
use super::movement::MovementId;
use super::operation::Operation;
use crate::kernel::TimeIntegral;
use crate::units::SimTime;

/// Waits of the vehicles of one fleet or pool.
#[derive(Clone, Debug)]
pub struct Waits {
    /// Vehicles that wait now.
    waiting: TimeIntegral,
    /// Waits of single vehicles whose both ends were known beforehand.
    known: Vec<Interval>,
}

impl Default for Waits {
    fn default() -> Self {
        Self { waiting: TimeIntegral::new(SimTime::ZERO, 0), known: Vec::new() }
    }
}

impl Waits {
    /// So many vehicles begin to wait.
    pub fn begin(&mut self, now: SimTime, vehicles: usize) {
        self.waiting.add(now, vehicles as u64);
    }

    /// So many vehicles wait no longer.
    pub fn end(&mut self, now: SimTime, vehicles: usize) {
        self.waiting.subtract(now, vehicles as u64);
    }

    /// One vehicle waits from one instant to another.
    pub fn known(&mut self, from: SimTime, to: SimTime) {
        self.known.push(Interval::new(from, to));
    }

    /// Vehicle-ticks up to `end`.
    #[must_use]
    pub fn until(&self, end: SimTime) -> u128 {
        let run = Interval::new(SimTime::ZERO, end);
        let known: u128 = self.known.iter().map(|wait| u128::from(wait.overlap(run).length().ticks())).sum();
        self.waiting.integral(end) + known
    }
}

impl Operation<'_> {
    /// Buses of a fleet begin to wait.
    pub(super) fn buses_wait(&self, fleet: usize, buses: usize) {
        self.books.borrow_mut().buses_waiting[fleet].begin(self.sim.now(), buses);
    }

    /// Buses of a fleet wait no longer.
    pub(super) fn buses_go_on(&self, fleet: usize, buses: usize) {
        self.books.borrow_mut().buses_waiting[fleet].end(self.sim.now(), buses);
    }

    /// All buses and escorts of a convoy begin to stand.
    pub(super) fn convoy_stands(&self, id: MovementId) {
        let now = self.sim.now();
        let m = &mut self.movements.borrow_mut()[id];
        m.stands = true;
        let mut books = self.books.borrow_mut();
        books.buses_waiting[self.land(m.route).fleet].begin(now, m.buses.len());
        if let Some(need) = m.escort_need {
            books.escorts_waiting[need.pool].begin(now, m.escorts.len());
        }
    }

    /// All buses and escorts of a convoy stand no longer.
    pub(super) fn convoy_goes_on(&self, id: MovementId) {
        let now = self.sim.now();
        let m = &mut self.movements.borrow_mut()[id];
        m.stands = false;
        let mut books = self.books.borrow_mut();
        books.buses_waiting[self.land(m.route).fleet].end(now, m.buses.len());
        if let Some(need) = m.escort_need {
            books.escorts_waiting[need.pool].end(now, m.escorts.len());
        }
    }
}
