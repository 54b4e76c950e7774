//! Changes of state: the one place where exposure is booked, and where a shown replication is written down.

use super::exposure::{Motion, Surroundings};
use super::movement::{Movement, MovementId};
use super::operation::Operation;
use crate::units::SimTime;

impl<'s> Operation<'s> {
    /// What exposure needs to know of the world.
    pub fn around(&self) -> Surroundings<'_, 's> {
        Surroundings {
            environment: &self.env,
            max_aboard: self.model.params.welfare.max_aboard,
            hazard: self.hazard,
            after_incident_until: self.after_incident_until.get(),
            start: self.model.params.start,
        }
    }

    /// Changes the state of a movement, after what has passed is booked.
    pub fn change(&self, id: MovementId, change: impl FnOnce(&mut Movement)) {
        let mut movements = self.movements.borrow_mut();
        let m = &mut movements[id];
        let (vehicles_before, people_before) = m.tracker.exposed_now();
        self.book_and(self.sim.now(), m, id, change);
        let (vehicles, people) = m.tracker.exposed_now();
        let convoys = i32::from(vehicles > 0) - i32::from(vehicles_before > 0);
        let people = people.cast_signed() - people_before.cast_signed();
        if convoys != 0 || people != 0 {
            self.books.borrow_mut().concurrency.change(self.sim.now(), convoys, people);
        }
    }

    /// Books the exposure of a movement up to now, and changes it in something else than who is exposed.
    pub fn book(&self, id: MovementId, change: impl FnOnce(&mut Movement)) {
        self.book_at(self.sim.now(), id, change);
    }

    /// The same up to an instant that is not before now.
    pub fn book_at(&self, at: SimTime, id: MovementId, change: impl FnOnce(&mut Movement)) {
        let m = &mut self.movements.borrow_mut()[id];
        let before = m.tracker.exposed_now();
        self.book_and(at, m, id, change);
        debug_assert_eq!(m.tracker.exposed_now(), before, "who is exposed is changed by `change`");
    }

    /// The one place where exposure is booked, and with it segments and hazard.
    fn book_and(&self, now: SimTime, m: &mut Movement, id: MovementId, change: impl FnOnce(&mut Movement)) {
        // Most changes come several at one instant: the first has booked what passed.
        if !m.tracker.is_booked_until(now) {
            self.book_what_passed(now, m, id);
        }
        m.km = m.km_now;
        m.km_at = now;
        change(m);
        m.place_before = m.place;
    }

    fn book_what_passed(&self, now: SimTime, m: &mut Movement, id: MovementId) {
        let books = &mut *self.books.borrow_mut();
        if let (Some(_), Some(course)) = (&self.recorder, &m.course) {
            m.km_now = course.position(now);
        }
        let (km, km_now, km_at) = (m.km, m.km_now, m.km_at);
        let (route, place) = (m.route, m.place_before);
        m.tracker.book(now, &self.around(), &mut books.ledger, &mut books.exposed_by_day, |booked| {
            if let Some(recorder) = &self.recorder {
                let whole = now.since(km_at).ticks().max(1) as f64;
                let at = |t: SimTime| km + (km_now - km) * t.since(km_at).ticks() as f64 / whole;
                recorder.borrow_mut().segment(self.model, id, route, place, booked, at(booked.from), at(booked.to));
            }
        });
    }

    /// One vehicle of a movement does something else.
    pub fn set_motion(&self, id: MovementId, index: usize, motion: Motion) {
        self.book(id, |m| m.tracker.vehicles[index].motion = motion);
    }

    /// All vehicles of a movement do something else.
    pub fn set_all_motion(&self, id: MovementId, motion: Motion) {
        if self.movements.borrow()[id].tracker.vehicles.iter().all(|v| v.motion == motion) {
            return;
        }
        self.book(id, |m| {
            for vehicle in &mut m.tracker.vehicles {
                vehicle.motion = motion;
            }
        });
    }

    /// Writes a change of state down, if this replication is shown.
    pub fn trace(&self, entity: &'static str, id: impl FnOnce() -> String, state: &'static str, place: &str, cause: &'static str) {
        self.trace_at(self.sim.now(), entity, id, state, place, cause);
    }

    /// A movement's name, as in `road#3`, if this replication is shown.
    pub fn traced_name(&self, id: MovementId) -> String {
        self.recorder.as_ref().map_or_else(String::new, |_| self.movements.borrow()[id].name(self.model))
    }

    /// The same of a change that is known to come at `at`.
    pub fn trace_at(
        &self,
        at: SimTime,
        entity: &'static str,
        id: impl FnOnce() -> String,
        state: &'static str,
        place: &str,
        cause: &'static str,
    ) {
        if let Some(recorder) = &self.recorder {
            recorder.borrow_mut().trace(at, entity, id(), state, place.to_owned(), cause);
        }
    }

    /// Writes a change of a movement's state down, if this replication is shown.
    pub fn trace_movement(&self, id: MovementId, state: &'static str, cause: &'static str) {
        if let Some(recorder) = &self.recorder {
            let m = &self.movements.borrow()[id];
            recorder.borrow_mut().movement(self.model, self.sim.now(), m, state, cause);
        }
    }
}
