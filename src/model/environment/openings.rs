//! When crossings and places are open.

use std::cell::Cell;

use super::{Condition, Environment};
use crate::model::chain::Cause;
use crate::model::params::{CalendarEffect, CalendarTarget, Schedule};
use crate::units::{Duration, SimTime};

impl Environment<'_> {
    /// Whether service may begin at a crossing; if not, why.
    pub fn crossing_open(&self, crossing: usize, t: SimTime) -> Result<(), Cause> {
        let params = &self.model.params;
        if !params.crossings[crossing].hours.is_open(params.start, t) {
            return Err(Cause::Closure);
        }
        if self.closed_by_calendar(CalendarTarget::Crossing(crossing), t) {
            return Err(Cause::Calendar);
        }
        if self.closure_at(crossing, t).is_some() {
            return Err(Cause::Closure);
        }
        Ok(())
    }

    pub(super) fn closure_at(&self, crossing: usize, t: SimTime) -> Option<(SimTime, SimTime)> {
        self.closures[crossing].iter().copied().find(|(from, to)| *from <= t && t < *to)
    }

    /// The first instant after `t` at which a crossing may open or close.
    #[must_use]
    pub fn next_crossing_edge(&self, crossing: usize, t: SimTime) -> SimTime {
        let params = &self.model.params;
        let hours = params.crossings[crossing].hours.next_change(params.start, t);
        let closure = self.closures[crossing].iter().flat_map(|(from, to)| [*from, *to]).find(|edge| *edge > t).unwrap_or(SimTime::NEVER);
        hours.min(closure)
    }

    /// Time for which random closures kept a crossing shut, up to `until`.
    #[must_use]
    pub fn closure_time(&self, crossing: usize, until: SimTime) -> Duration {
        self.closures[crossing].iter().map(|(from, to)| (*to).min(until).since(*from)).sum()
    }

    /// Whether a crossing is known at `known` to be open at the planned arrival of a start at `now`: hours, calendar, and closures that
    /// have begun.
    #[must_use]
    pub fn crossing_planned(&self, crossing: usize, now: SimTime, lead: Duration, known: SimTime) -> Condition {
        let params = &self.model.params;
        let arrival = now + lead;
        let hours = &params.crossings[crossing].hours;
        if !hours.is_open(params.start, arrival) {
            return Condition::NotBefore(hours.next_open(params.start, arrival).saturating_sub(lead));
        }
        let target = CalendarTarget::Crossing(crossing);
        if self.closed_by_calendar(target, arrival) {
            let mut end = arrival;
            while self.closed_by_calendar(target, end) {
                end = self.next_calendar_edge(end);
            }
            return Condition::NotBefore(end.saturating_sub(lead));
        }
        if let Some((from, to)) = self.closure_at(crossing, arrival)
            && from <= known
        {
            return Condition::NotBefore(to.saturating_sub(lead));
        }
        let since_hours = hours.open_since(params.start, arrival);
        let since_calendar = params
            .calendar
            .iter()
            .filter(|e| matches!(e.effect, CalendarEffect::Closed) && e.applies_to.contains(&target) && e.to <= arrival)
            .map(|e| e.to)
            .max()
            .unwrap_or(SimTime::ZERO);
        let since_closure = self.closures[crossing].iter().map(|c| c.1).filter(|to| *to <= arrival).max().unwrap_or(SimTime::ZERO);
        Condition::MetSince(since_hours.max(since_calendar).max(since_closure).saturating_sub(lead))
    }

    /// Whether work may begin at a node under `hours`; if not, why.
    pub fn node_open(&self, node: usize, hours: &Schedule, t: SimTime) -> Result<(), Cause> {
        if !hours.is_open(self.model.params.start, t) {
            return Err(Cause::Closure);
        }
        if self.closed_by_calendar(CalendarTarget::Node(node), t) {
            return Err(Cause::Calendar);
        }
        Ok(())
    }

    /// From any instant on, the first at which work may begin at a node under `hours`. It is asked for one person after another, mostly
    /// within the same opening, which is remembered.
    #[inline]
    pub fn next_open_of(&self, node: usize, hours: &Schedule) -> impl Fn(SimTime) -> SimTime {
        let may_shut = self.model.may_shut[node];
        let opening = Cell::new((SimTime::ZERO, SimTime::ZERO));
        move |t| {
            let (from, until) = opening.get();
            if !may_shut || (from <= t && t < until) {
                return t;
            }
            let opens = self.node_opens(node, hours, t);
            if opens != SimTime::NEVER {
                let shuts = hours.next_change(self.model.params.start, opens).min(self.next_calendar_edge(opens));
                opening.set((opens, shuts));
            }
            opens
        }
    }

    fn node_opens(&self, node: usize, hours: &Schedule, mut t: SimTime) -> SimTime {
        while t != SimTime::NEVER {
            match self.node_open(node, hours, t) {
                Ok(()) => break,
                Err(Cause::Calendar) => t = self.next_calendar_edge(t),
                Err(_) => t = hours.next_open(self.model.params.start, t),
            }
        }
        t
    }
}
