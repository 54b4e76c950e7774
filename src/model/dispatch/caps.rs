//! Daily caps: how many people they leave for a movement that forms now, and when that changes.

use super::super::bus::planned_march;
use super::super::movement::Movement;
use super::super::operation::Operation;
use super::super::params::Mode;
use crate::units::{Duration, SimTime};

impl Operation<'_> {
    /// The first instant at which a movement formed then would be expected to start at or after `edge`.
    fn expected_from(&self, route: usize, now: SimTime, edge: SimTime) -> SimTime {
        if edge == SimTime::NEVER {
            return edge;
        }
        // Expected starts never move forward in time, so the first instant is found by halving.
        let (mut before, mut after) = (now.ticks(), edge.ticks());
        while after.saturating_sub(before) > 1 {
            let middle = before.midpoint(after);
            let start = self.expected_start(route, SimTime::from_ticks(middle));
            if start >= edge { after = middle } else { before = middle }
        }
        SimTime::from_ticks(after)
    }

    /// People whom the caps leave for movements formed now, and when time alone may change that: another cap cuts a convoy to another
    /// size, with which it may not have to wait. The caps that count are those in force when such a movement is expected to start: one
    /// that is larger than tomorrow's cap could not go tomorrow.
    pub(super) fn cap_left(&self, route: usize) -> (u32, SimTime) {
        if !self.env.ever_capped(route) {
            return (u32::MAX, SimTime::NEVER);
        }
        let now = self.sim.now();
        let (expected, mut retry) = match self.expected_start(route, now) {
            SimTime::NEVER => (now, self.env.next_calendar_edge(now)),
            start => {
                let expected = start.max(now);
                (expected, self.expected_from(route, now, self.env.next_calendar_edge(expected)))
            }
        };
        let mut left = u32::MAX;
        for (entry, cap) in self.env.caps(route, expected) {
            let movements = self.movements.borrow();
            let pending: u32 = self
                .preparing
                .borrow()
                .iter()
                .map(|id| &movements[*id])
                .filter(|m| self.env.cap_concerns(entry, m.route))
                .map(Movement::people_or_reserved)
                .sum();
            left = left.min(cap.saturating_sub(self.gone_today(entry) + pending));
            retry = retry.min(self.env.operating_day_start(self.env.operating_day(now) + 1));
        }
        (left, retry)
    }

    /// When a full movement of a route would start by plan if it formed at `formed`.
    pub(super) fn expected_start(&self, route: usize, formed: SimTime) -> SimTime {
        self.planned_start(route, formed + self.planned_preparation(route, formed)).0
    }

    /// Planned time from forming at `formed` to being ready, by means, for a full movement of a route. It is shorter for one that forms
    /// later, as long as others are being searched: taken as it is now, it would have a route ask again at every tick.
    fn planned_preparation(&self, route: usize, formed: SimTime) -> Duration {
        let spec = &self.model.params.routes[route];
        match &spec.mode {
            Mode::Land(land) => {
                let fleet = &self.model.params.buses[land.fleet];
                let loads = std::iter::repeat_n(fleet.load, self.wanted_buses(route, land) as usize);
                let out = if fleet.home == spec.to { planned_march(land) } else { Duration::ZERO };
                out + self.planned_boarding(spec.from, loads, formed)
            }
            Mode::Air(air) => self.model.params.aircraft[air.fleet].onload.mean(),
        }
    }

    /// People who have started this operating day on routes that a cap concerns.
    pub(super) fn gone_today(&self, entry: usize) -> u32 {
        let today = self.env.operating_day(self.sim.now());
        self.books
            .borrow()
            .starts
            .iter()
            .rev()
            .take_while(|s| self.env.operating_day(s.at) == today)
            .filter(|s| self.env.cap_concerns(entry, s.route))
            .map(|s| s.people)
            .sum()
    }
}
