//! When movements of a route may start, as far as the surroundings go.

use super::{Condition, Environment};
use crate::model::bus::planned_halts;
use crate::model::chain::Cause;
use crate::model::params::{Departures, Mode, PlannedPart, Route};
use crate::units::{Duration, SimTime};

impl Environment<'_> {
    /// Whether the window of a route is open at `t`. A timetable is open at its entries only, each for one start: `used` is the
    /// last entry that a movement has left by.
    #[must_use]
    pub fn window(&self, route: usize, t: SimTime, used: Option<SimTime>) -> (Condition, Cause) {
        let start = self.model.params.start;
        match &self.model.params.routes[route].departures {
            Departures::Open(schedule) => {
                let condition = if schedule.is_open(start, t) {
                    Condition::MetSince(schedule.open_since(start, t))
                } else {
                    Condition::NotBefore(schedule.next_open(start, t))
                };
                (condition, Cause::Window)
            }
            Departures::Night => {
                let nights = &self.model.nights;
                let next = nights.partition_point(|n| n.1 <= t);
                let condition = match nights.get(next) {
                    Some((from, _)) if *from <= t => Condition::MetSince(*from),
                    Some((from, _)) => Condition::NotBefore(*from),
                    None => Condition::NotBefore(SimTime::NEVER),
                };
                (condition, Cause::Window)
            }
            Departures::Timetable(entries) => {
                let search_from = if used == Some(t) { t + Duration::from_ticks(1) } else { t };
                let entry = entries.iter().map(|e| start.next_clock(search_from, *e)).min().unwrap_or(SimTime::NEVER);
                (if entry == t { Condition::MetSince(t) } else { Condition::NotBefore(entry) }, Cause::Timetable)
            }
        }
    }

    /// The first instant after `t` at which departures of a route that were open at `t` no longer are.
    #[must_use]
    pub fn departures_end(&self, route: usize, t: SimTime) -> SimTime {
        match &self.model.params.routes[route].departures {
            Departures::Open(schedule) => schedule.next_change(self.model.params.start, t),
            Departures::Night => self.model.nights.iter().map(|night| night.1).find(|end| *end > t).unwrap_or(SimTime::NEVER),
            Departures::Timetable(_) => t + Duration::from_ticks(1),
        }
    }

    /// The first instant after `t`, at which a movement of the route may start as planned, at which it perhaps no longer may: an edge of
    /// its departures, of the calendar, or of the hours of a crossing that it reaches later.
    #[must_use]
    pub fn may_shut_after(&self, route: usize, t: SimTime) -> SimTime {
        let mut edge = self.departures_end(route, t).min(self.next_calendar_edge(t));
        for &(crossing, lead) in &self.model.leads[route] {
            let hours = &self.model.params.crossings[crossing].hours;
            let arrival = t + lead;
            let shuts = hours.next_change(self.model.params.start, arrival).min(self.next_calendar_edge(arrival));
            if shuts != SimTime::NEVER {
                edge = edge.min(shuts.saturating_sub(lead));
            }
        }
        edge.max(t + Duration::from_ticks(1))
    }

    /// Every outside condition of a start that is a function of time, with the cause it is charged to.
    pub fn start_conditions(&self, route: usize, t: SimTime, used: Option<SimTime>) -> impl Iterator<Item = (Condition, Cause)> {
        self.conditions_as_known(route, t, used, None)
    }

    /// The same at `t` as far as it is `foreseen` at an instant: without the weather, and without random closures that have not begun.
    fn conditions_as_known(
        &self,
        route: usize,
        t: SimTime,
        used: Option<SimTime>,
        foreseen: Option<SimTime>,
    ) -> impl Iterator<Item = (Condition, Cause)> {
        let by_air = matches!(self.model.params.routes[route].mode, Mode::Air(_));
        let fixed = [self.window(route, t, used), (self.calendar(route, t), Cause::Calendar)];
        let weather = foreseen.is_none().then(|| (self.weather(by_air, t), Cause::Weather));
        let known = foreseen.unwrap_or(t);
        let crossings =
            self.model.leads[route].iter().map(move |&(crossing, lead)| (self.crossing_planned(crossing, t, lead, known), Cause::Closure));
        fixed.into_iter().chain(weather).chain(crossings)
    }

    /// The first instant at or after `t` at which a movement of the route may start as far as the environment goes, and the last
    /// condition that made it wait.
    #[must_use]
    pub fn earliest_start(&self, route: usize, t: SimTime, used: Option<SimTime>) -> (SimTime, Option<Cause>) {
        self.first_start(route, t, used, None)
    }

    /// The same as far as it is known at `now`: without the weather, and without closures that have not begun.
    #[must_use]
    pub fn foreseen_start(&self, route: usize, t: SimTime, used: Option<SimTime>, now: SimTime) -> (SimTime, Option<Cause>) {
        self.first_start(route, t, used, Some(now))
    }

    fn first_start(&self, route: usize, mut t: SimTime, used: Option<SimTime>, foreseen: Option<SimTime>) -> (SimTime, Option<Cause>) {
        let mut last = None;
        let horizon = SimTime::ZERO + self.model.params.horizon;
        for _ in 0..10_000 {
            // A start at the horizon or later is none.
            if t >= horizon {
                break;
            }
            let blocked = self
                .conditions_as_known(route, t, used, foreseen)
                .filter_map(|(condition, cause)| match condition {
                    Condition::NotBefore(at) => Some((at, cause)),
                    Condition::MetSince(_) => None,
                })
                .max_by_key(|(at, _)| *at);
            match blocked {
                None => return (t, last),
                Some((at, cause)) => {
                    last = Some(cause);
                    // A lead can put the mended arrival at `t` itself; time must go on.
                    t = at.max(t + Duration::from_ticks(1));
                }
            }
        }
        (SimTime::NEVER, last)
    }
}

/// Crossings of a route's path with the planned time from the start point, by mean speeds and scheduled halts.
#[must_use]
pub fn planned_leads(route: &Route) -> Vec<(usize, Duration)> {
    let Mode::Land(land) = &route.mode else { return Vec::new() };
    let mut leads = Vec::new();
    let mut moved = Duration::ZERO;
    for part in land.planned_path() {
        match part {
            PlannedPart::Drive(time) => moved += time,
            // A halt due as the crossing is reached is taken after it.
            PlannedPart::Crossing(crossing) => leads.push((crossing, moved + planned_halts(land, moved))),
        }
    }
    leads
}
