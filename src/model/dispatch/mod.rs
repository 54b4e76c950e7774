//! The dispatchers: at the end of every instant at which something changed, loaded movements are asked whether they can start, then
//! each route, in order of priority, forms what it can.
//!
//! [`form`] is the rule of forming, with [`caps`] of a day and [`others`] who may still come; [`seen`] says when its answer is known already,
//! and [`anew`] holds that against the answer of a route that is asked anew;
//! [`start`] is the rule of starting. A route that waits holds nothing.

mod anew;
mod caps;
mod form;
mod others;
mod seen;
mod start;

use std::pin::pin;

use super::chain::Cause;
use super::movement::{MovementId, Stage};
use super::operation::Operation;
use crate::kernel::race;
use crate::units::SimTime;
pub(super) use form::carries;
pub use seen::Unable;

impl<'s> Operation<'s> {
    /// Tells the dispatchers that something changed.
    pub(super) fn notify(&self) {
        self.reconsider_forming();
        self.notify_starts();
    }

    /// Something changed that routes look at before they form: people, vehicles, places, movements on their way.
    pub(super) fn reconsider_forming(&self) {
        self.forming_changed.set(true);
    }

    /// Tells the dispatchers that something changed at which only starts look: escorts, cover, parking, a plan.
    pub(super) fn notify_starts(&self) {
        // With nobody to start, nothing to form, and no cover to call again, there is nothing to ask. A calendar may allow with any
        // instant what it did not before.
        let may_start = self.sim.now() >= self.starts_from.get()
            || (!self.model.params.calendar.is_empty() && !self.waiting_to_start.borrow().is_empty());
        if may_start || self.may_form() || self.cover_calls_at.get() == SimTime::ZERO {
            self.dirty.set(true);
            self.control.ring();
        }
        if !self.hand_overs.borrow().is_empty() {
            let waiting: Vec<MovementId> = self.hand_overs.borrow().iter().map(|h| h.0).collect();
            for id in waiting {
                self.nudge(id);
            }
        }
    }

    /// Whether a movement, an orbit or a route has to be asked again at this instant.
    fn something_to_ask(&self) -> bool {
        !self.waiting_to_start.borrow().is_empty() || self.cover_calls_at.get() == SimTime::ZERO || self.may_form()
    }

    /// Whether something has changed that could change the answer of a route.
    fn may_form(&self) -> bool {
        self.forming_changed.get() && (!self.asks.open().is_empty() || !self.model.params.calendar.is_empty())
    }

    /// The process of all dispatchers.
    pub(super) async fn dispatch(&'s self) {
        // The alarm stays set while the instant at which time alone may change the answer stays the same.
        let mut alarm = pin!(self.sim.settle_at(SimTime::NEVER));
        let mut set_for = SimTime::NEVER;
        self.sim.settle().await;
        loop {
            self.dirty.set(false);
            let next = self.evaluate();
            if self.dirty.get() && self.something_to_ask() {
                // What starts and forms changes what others look at.
                self.sim.settle().await;
                continue;
            }
            if self.model.asks_anew {
                self.ask_all_anew();
            }
            if next != set_for {
                alarm.set(self.sim.settle_at(self.before_horizon(next)));
                set_for = next;
            }
            race(alarm.as_mut(), self.control.wait()).await;
        }
    }

    /// Starts and forms what can be; returns the next instant at which time alone may change the answer.
    fn evaluate(&'s self) -> SimTime {
        self.take_lost_slots();
        let now = self.sim.now();
        let mut next = SimTime::NEVER;
        let mut later = |at: SimTime| {
            if at > now && at < next {
                next = at;
            }
        };
        let mut starts_from = SimTime::NEVER;
        let mut place = 0;
        loop {
            let Some(id) = self.waiting_to_start.borrow().get(place).copied() else { break };
            let (route, not_before) = {
                let m = &self.movements.borrow()[id];
                (m.route, m.start_not_before)
            };
            let is_first = self.routes[route].borrow().loaded.front() == Some(&id);
            if is_first && not_before > now {
                later(not_before);
                starts_from = starts_from.min(not_before);
            } else if is_first {
                match self.try_start(id) {
                    // Whoever starts has left the list.
                    Ok(()) => continue,
                    Err(retry) => later(retry),
                }
                // Held by time, it need not be asked before; by what is short, with each change.
                starts_from = starts_from.min(self.movements.borrow()[id].start_not_before);
            }
            place += 1;
        }
        self.starts_from.set(starts_from);
        if now >= self.cover_calls_at.get() {
            self.cover_calls_at.set(self.call_cover());
        }
        later(self.cover_calls_at.get());
        // What a calendar allows may change with any instant; else what was answered holds until something changes.
        let may_have_changed = self.may_form() || !self.model.params.calendar.is_empty();
        self.forming_changed.set(false);
        if may_have_changed || now >= self.form_again_at.get() {
            self.form_again_at.set(self.form_all());
        }
        debug_assert!(self.expectations_hold(), "a route waits for others of whom none can come");
        later(self.form_again_at.get());
        next
    }

    /// Lets each route form what it can; returns the next instant at which time alone may change the answer.
    fn form_all(&'s self) -> SimTime {
        let now = self.sim.now();
        let order = self.forming_order();
        let mut next = SimTime::NEVER;
        let mut open = self.asks.open();
        for &route in &order {
            let kept = self.unable[route].get().until;
            let again = if now < kept && !open.has(route) {
                kept
            } else {
                let again = self.try_form(route);
                // What it has formed may be something to the next ones.
                open = self.asks.open();
                again
            };
            if again > now {
                next = next.min(again);
            }
        }
        self.forming_order.replace(order);
        next
    }

    /// Routes by priority, then by who has waited longest, then in file order. A movement that forms changes the order of the next time.
    fn forming_order(&self) -> Vec<usize> {
        let mut order = self.forming_order.take();
        if !self.forming_order_holds.replace(true) {
            order.sort_unstable_by_key(|r| (self.model.params.routes[*r].priority, self.routes[*r].borrow().last_formed, *r));
        }
        order
    }

    /// What is known of coming starts has changed: covering aircraft may have to be called at another time.
    pub(super) fn reconsider_cover(&self) {
        self.cover_calls_at.set(SimTime::ZERO);
    }

    /// The next possible start of a route at or after `ready` as far as is known beforehand: window, calendar, headway, crossings.
    /// Weather is not foreseen.
    pub(super) fn planned_start(&self, route: usize, ready: SimTime) -> (SimTime, Cause) {
        let spec = &self.model.params.routes[route];
        let state = self.routes[route].borrow();
        let mut at = ready;
        let mut cause = Cause::Window;
        if let Some(last) = state.last_start
            && last + spec.headway > at
        {
            at = last + spec.headway;
            cause = Cause::Headway;
        }
        let (start, why) = self.env.foreseen_start(route, at, state.last_start, self.sim.now());
        (start, why.unwrap_or(cause))
    }

    /// Calls covering aircraft for movements that are about to start; returns when to look again.
    fn call_cover(&'s self) -> SimTime {
        if self.cover.is_empty() {
            return SimTime::NEVER;
        }
        let now = self.sim.now();
        let mut next = SimTime::NEVER;
        for place in 0..self.preparing.borrow().len() {
            let id = self.preparing.borrow()[place];
            let (stage, need, route, ready) = {
                let m = &self.movements.borrow()[id];
                (m.stage, m.cover_need, m.route, m.planned_ready)
            };
            let Some(need) = need else { continue };
            let expected = match stage {
                Stage::Preparing if ready == SimTime::NEVER => {
                    self.withdraw_demand(id, need.orbit);
                    continue;
                }
                Stage::Preparing => self.planned_start(route, ready.max(now)).0,
                Stage::Loaded => self.planned_start(route, now).0,
                Stage::UnderWay | Stage::Inside => continue,
            };
            let call_at = expected.saturating_sub(self.model.params.air_cover[need.orbit].transit);
            if call_at <= now {
                self.demand_cover(id, need.orbit);
                // Not started by then, it needs nobody until departures are open again.
                next = next.min(self.env.departures_end(route, expected));
            } else {
                self.withdraw_demand(id, need.orbit);
                next = next.min(call_at);
            }
        }
        next
    }
}
