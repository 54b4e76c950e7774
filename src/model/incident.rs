//! Incidents: what they do to a convoy. Counted and served as delay; no harm to people is modelled.

use super::exposure::Accrued;
use super::movement::MovementId;
use super::operation::Operation;

impl<'s> Operation<'s> {
    /// An incident befalls a convoy now: it will not go on for a sampled time, a share turns back, and every convoy's rate rises for
    /// a while if the scenario says so.
    pub(super) fn incident(&'s self, id: MovementId) {
        let incidents = self.model.params.incidents.as_ref().expect("only modelled incidents happen");
        let now = self.sim.now();
        self.book(id, |_| {});
        let (route, nth, count) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, u64::from(m.incidents))
        };
        let keys = &self.model.keys.routes[route];
        let delay = incidents.delay.sample(&mut self.stream(keys.incident_delay, nth, count));
        let turn = self.stream(keys.incident_turn, nth, count).uniform() < incidents.turn_back;
        let threshold = self.draw_threshold(route, nth, count + 1);
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.incidents += 1;
            m.not_before = m.not_before.max(now + delay);
            m.turn_back |= turn && !m.turned_back;
            m.tracker.hazard = Accrued::default();
            m.threshold = threshold;
        }
        self.books.borrow_mut().counts.incidents += 1;
        self.trace_movement(id, "incident", "incident");
        if let Some(after) = incidents.after {
            // Everybody on the road books what went before under the old rate.
            let under_way: Vec<MovementId> = self.under_way.borrow().clone();
            for other in under_way {
                self.book(other, |_| {});
            }
            self.after_incident_until.set(self.after_incident_until.get().max(now + after.lasts));
            let under_way: Vec<MovementId> = self.under_way.borrow().clone();
            for other in under_way {
                self.nudge(other);
            }
        }
    }

    /// Unit-exponential hazard until the next incident.
    pub(super) fn draw_threshold(&self, route: usize, nth: u32, count: u64) -> f64 {
        let u = self.stream(self.model.keys.routes[route].incident, nth, count).uniform_open();
        -libm::log(u)
    }
}
