//! What is open at the end of a run: every interval that has begun and not ended is booked up to there.
//!
//! Integrals of a number over time (vehicles taken, places, people present, vehicles that wait) know their value at any instant and need
//! nothing here; runs and sorties are entered as they begin and cut at the end.

use super::movement::{MovementId, Stage};
use super::operation::Operation;
use crate::units::SimTime;

impl<'s> Operation<'s> {
    /// Books everything that is open up to `end`, where the run ends: driving, exposure, queues, time aboard, flights, and the people of a
    /// load in intake who have been accepted by then.
    pub(super) fn close_open_intervals(&'s self, end: SimTime) {
        let count = self.movements.borrow().len();
        for id in 0..count {
            self.book_driving(id, end);
            if self.movements.borrow()[id].tracker.is_exposed() {
                self.book_at(end, id, |_| {});
            }
            self.close_loads(id, end);
            let m = &mut self.movements.borrow_mut()[id];
            m.count_border_queue(end, 0);
            if let (Stage::UnderWay, Some(_), Some(started), None) = (m.stage, m.aircraft, m.started, m.arrived) {
                self.books.borrow_mut().book_flight(started, end, m.people());
            }
        }
    }

    /// Ends the time aboard of loads that are still aboard, and accepts who has passed the intake.
    fn close_loads(&'s self, id: MovementId, end: SimTime) {
        let loads = self.movements.borrow()[id].loads.len();
        for index in 0..loads {
            let in_intake = {
                let load = &mut self.movements.borrow_mut()[id].loads[index];
                std::mem::take(&mut load.intake)
            };
            if !in_intake.is_empty() {
                self.enter_accepted(id, index, &in_intake, Some(end));
            }
            let aboard = {
                let load = &self.movements.borrow()[id].loads[index];
                !load.off && load.boarded.first().is_some_and(|first| *first < end)
            };
            if aboard {
                self.end_aboard(id, index, end);
            }
        }
    }
}
