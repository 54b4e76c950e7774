//! The calendar: what its entries stop, cap, close and add.

use super::{Condition, Environment};
use crate::model::params::{CalendarEffect, CalendarEntry, CalendarTarget, LevelTarget};
use crate::units::SimTime;

impl<'m> Environment<'m> {
    pub(super) fn in_force(&self, t: SimTime) -> impl Iterator<Item = &'m CalendarEntry> {
        self.model.params.calendar.iter().filter(move |e| e.from <= t && t < e.to)
    }

    /// Whether an entry applies to a route, or to the node that the route leaves.
    pub(super) fn concerns(&self, entry: &CalendarEntry, route: usize) -> bool {
        let from = self.model.params.routes[route].from;
        entry.applies_to.iter().any(|target| match target {
            CalendarTarget::Route(r) => *r == route,
            CalendarTarget::Node(n) => *n == from,
            CalendarTarget::Crossing(_) => false,
        })
    }

    /// Whether the calendar lets movements of a route start.
    #[must_use]
    pub fn calendar(&self, route: usize, t: SimTime) -> Condition {
        let stops =
            |e: &&CalendarEntry| matches!(e.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed) && self.concerns(e, route);
        let entries = &self.model.params.calendar;
        if let Some(end) = self.in_force(t).filter(stops).map(|e| e.to).max() {
            return Condition::NotBefore(end);
        }
        Condition::MetSince(entries.iter().filter(stops).map(|e| e.to).filter(|to| *to <= t).max().unwrap_or(SimTime::ZERO))
    }

    /// Whether an entry stops the departures of a route at `t`.
    #[must_use]
    pub fn stops(&self, route: usize, t: SimTime) -> bool {
        matches!(self.calendar(route, t), Condition::NotBefore(_))
    }

    /// Caps in force on a route: for each the entry's position and the people allowed per operating day.
    pub fn caps(&self, route: usize, t: SimTime) -> impl Iterator<Item = (usize, u32)> {
        let calendar = &self.model.params.calendar;
        calendar.iter().enumerate().filter_map(move |(n, e)| {
            let CalendarEffect::DailyCap(cap) = e.effect else { return None };
            if !(e.from <= t && t < e.to && self.concerns(e, route)) {
                return None;
            }
            let factor: f64 = self
                .in_force(t)
                .filter_map(|other| match other.effect {
                    CalendarEffect::CapFactor(f) if self.concerns(other, route) => Some(f),
                    _ => None,
                })
                .product();
            Some((n, (f64::from(cap) * factor).floor() as u32))
        })
    }

    /// Whether any cap applies to a route at any time.
    #[must_use]
    pub fn ever_capped(&self, route: usize) -> bool {
        self.model.params.calendar.iter().any(|e| matches!(e.effect, CalendarEffect::DailyCap(_)) && self.concerns(e, route))
    }

    /// Whether calendar entry `entry` applies to a route.
    #[must_use]
    pub fn cap_concerns(&self, entry: usize, route: usize) -> bool {
        self.concerns(&self.model.params.calendar[entry], route)
    }

    /// Whether an entry closes a place or a crossing at `t`.
    #[must_use]
    pub fn shut_by_calendar(&self, target: CalendarTarget, t: SimTime) -> bool {
        self.closed_by_calendar(target, t)
    }

    pub(super) fn closed_by_calendar(&self, target: CalendarTarget, t: SimTime) -> bool {
        self.in_force(t).any(|e| matches!(e.effect, CalendarEffect::Closed) && e.applies_to.contains(&target))
    }

    /// What the calendar adds to a level at `t`.
    #[must_use]
    pub fn added(&self, level: LevelTarget, t: SimTime) -> i64 {
        self.in_force(t)
            .filter_map(|e| match &e.effect {
                CalendarEffect::Add(list) => Some(list.iter().filter(|(l, _)| *l == level).map(|(_, n)| n).sum::<i64>()),
                _ => None,
            })
            .sum()
    }

    /// The first instant after `t` at which a calendar entry begins or ends.
    #[must_use]
    pub fn next_calendar_edge(&self, t: SimTime) -> SimTime {
        self.model.params.calendar.iter().flat_map(|e| [e.from, e.to]).filter(|edge| *edge > t).min().unwrap_or(SimTime::NEVER)
    }
}
