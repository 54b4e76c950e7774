//! What surrounds the operation: windows, calendar, weather, light and closures, all as *functions of time*.
//!
//! At an instant the environment is already in its new state. Nothing here changes while a replication runs: weather and
//! closures are drawn at its beginning, by slot number and by count, so that no scenario shifts another's.

use std::cell::Cell;

use super::Model;
use super::chain::Cause;
use super::draws::Draws;
use super::light::Daylight;
use super::params::{CalendarEffect, CalendarEntry, CalendarTarget, Departures, LevelTarget, Mode, PathPart, Schedule, TwoState};
use crate::random::StreamKey;
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

/// The surroundings of one replication.
#[derive(Debug)]
pub struct Environment<'m> {
    model: &'m Model,
    /// Bad slots, by slot number; slot 0 contains the start.
    bad_air: Vec<bool>,
    bad_land: Vec<bool>,
    /// How far slot 0 had run at the start.
    slot_offset: Duration,
    /// Random closures by crossing, in order.
    closures: Vec<Vec<(SimTime, SimTime)>>,
    /// Where the last question about the light was answered.
    light_hint: Cell<usize>,
}

/// An outside condition of a start: since when it has been met, or when it may be met next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Met without a break since this instant.
    MetSince(SimTime),
    /// Not met; not before this instant.
    NotBefore(SimTime),
}

impl<'m> Environment<'m> {
    /// Draws the weather and the closures of a replication.
    #[must_use]
    pub fn new(model: &'m Model, draws: &Draws) -> Self {
        let params = &model.params;
        let slot = params.weather.slot.ticks();
        let since_day_began = (params.start.time_of_day.ticks() + TICKS_PER_DAY - params.operating_day.ticks()) % TICKS_PER_DAY;
        let slot_offset = Duration::from_ticks(since_day_began % slot);
        let slots = (params.horizon.ticks() + slot_offset.ticks()) / slot + 2;
        let chain = |weather: Option<TwoState>, key: StreamKey| {
            let Some(w) = weather else { return Vec::new() };
            let bad_after_good = if w.bad_share > 0.0 { w.bad_share * (1.0 - w.bad_after_bad) / (1.0 - w.bad_share) } else { 0.0 };
            let mut bad = false;
            (0..slots)
                .map(|n| {
                    let chance = match (n, bad) {
                        (0, _) => w.bad_share,
                        (_, true) => w.bad_after_bad,
                        (_, false) => bad_after_good,
                    };
                    bad = draws.stream(key, 0, n).uniform() < chance;
                    bad
                })
                .collect()
        };
        let bad_air = chain(params.weather.air, model.keys.weather.0);
        let bad_land = chain(params.weather.land, model.keys.weather.1);
        let mut closures = Vec::new();
        for (crossing, keys) in params.crossings.iter().zip(&model.keys.closures) {
            let mut list = Vec::new();
            if let Some(closure) = &crossing.closure {
                let mut at = SimTime::ZERO;
                for n in 0.. {
                    at += closure.every.sample(&mut draws.stream(keys.0, 0, n));
                    if at.elapsed() >= params.horizon || n > 100_000 {
                        break;
                    }
                    let end = at + closure.length.sample(&mut draws.stream(keys.1, 0, n));
                    list.push((at, end));
                    at = end;
                }
            }
            closures.push(list);
        }
        Self { model, bad_air, bad_land, slot_offset, closures, light_hint: Cell::new(0) }
    }

    /// The light at `t` and when it changes next.
    #[must_use]
    pub fn light(&self, t: SimTime) -> (Daylight, SimTime) {
        self.model.light.at_near(t, &self.light_hint)
    }

    /// Number of the operating day at `t`, 0 for the one that contains the start.
    #[must_use]
    pub fn operating_day(&self, t: SimTime) -> usize {
        ((t.ticks() + self.operating_day_offset()) / TICKS_PER_DAY) as usize
    }

    /// When operating day `day` begins; the start of the run for the first.
    #[must_use]
    pub fn operating_day_start(&self, day: usize) -> SimTime {
        SimTime::from_ticks((day as u64 * TICKS_PER_DAY).saturating_sub(self.operating_day_offset()))
    }

    fn operating_day_offset(&self) -> u64 {
        let params = &self.model.params;
        (params.start.time_of_day.ticks() + TICKS_PER_DAY - params.operating_day.ticks()) % TICKS_PER_DAY
    }

    // ------------------------------------------------------------------------------------------------ weather

    fn slot(&self, t: SimTime) -> usize {
        ((t.ticks() + self.slot_offset.ticks()) / self.model.params.weather.slot.ticks()) as usize
    }

    fn slot_start(&self, slot: usize) -> SimTime {
        SimTime::from_ticks((slot as u64 * self.model.params.weather.slot.ticks()).saturating_sub(self.slot_offset.ticks()))
    }

    fn is_bad(slots: &[bool], slot: usize) -> bool {
        slots.get(slot).copied().unwrap_or(false)
    }

    /// Whether the weather lets a movement start.
    #[must_use]
    pub fn weather(&self, by_air: bool, t: SimTime) -> Condition {
        let (weather, slots) =
            if by_air { (self.model.params.weather.air, &self.bad_air) } else { (self.model.params.weather.land, &self.bad_land) };
        if !weather.is_some_and(|w| w.no_go) {
            return Condition::MetSince(SimTime::ZERO);
        }
        let mut slot = self.slot(t);
        if Self::is_bad(slots, slot) {
            while Self::is_bad(slots, slot) {
                slot += 1;
            }
            return Condition::NotBefore(self.slot_start(slot));
        }
        while slot > 0 && !Self::is_bad(slots, slot - 1) {
            slot -= 1;
        }
        Condition::MetSince(self.slot_start(slot))
    }

    /// The end of the present slot, if its weather lets no movement start. Of the slots that follow nothing is known yet.
    #[must_use]
    pub fn no_go_until(&self, by_air: bool, t: SimTime) -> Option<SimTime> {
        matches!(self.weather(by_air, t), Condition::NotBefore(_)).then(|| self.slot_start(self.slot(t) + 1))
    }

    /// Days (of 24 hours) with weather that stops departures of a mode, up to `until`.
    #[must_use]
    pub fn bad_weather_time(&self, by_air: bool, until: SimTime) -> Duration {
        let weather = &self.model.params.weather;
        let (weather, slots) = if by_air { (weather.air, &self.bad_air) } else { (weather.land, &self.bad_land) };
        if !weather.is_some_and(|w| w.no_go) {
            return Duration::ZERO;
        }
        slots.iter().enumerate().filter(|(_, bad)| **bad).map(|(n, _)| self.slot_start(n + 1).min(until).since(self.slot_start(n))).sum()
    }

    /// The factor on speeds of a route when a leg begins at `t`.
    #[must_use]
    pub fn speed_factor(&self, route: usize, t: SimTime) -> f64 {
        let mut factor = 1.0;
        if Self::is_bad(&self.bad_air, self.slot(t)) {
            factor *= self.model.params.weather.land_speed_when_air_bad;
        }
        for entry in self.in_force(t) {
            if let CalendarEffect::SpeedFactor(f) = entry.effect
                && self.concerns(entry, route)
            {
                factor *= f;
            }
        }
        factor
    }

    // ------------------------------------------------------------------------------------------------ calendar

    fn in_force(&self, t: SimTime) -> impl Iterator<Item = &'m CalendarEntry> {
        self.model.params.calendar.iter().filter(move |e| e.from <= t && t < e.to)
    }

    /// Whether an entry applies to a route, or to the node that the route leaves.
    fn concerns(&self, entry: &CalendarEntry, route: usize) -> bool {
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

    fn closed_by_calendar(&self, target: CalendarTarget, t: SimTime) -> bool {
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

    // ------------------------------------------------------------------------------------------------ crossings, nodes

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

    fn closure_at(&self, crossing: usize, t: SimTime) -> Option<(SimTime, SimTime)> {
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

    /// From any instant on, the first at which work may begin at a node under `hours`.
    #[inline]
    pub fn next_open_of(&self, node: usize, hours: &Schedule) -> impl Fn(SimTime) -> SimTime + Copy {
        let may_shut = self.model.may_shut[node];
        move |t| if may_shut { self.node_opens(node, hours, t) } else { t }
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

    // ------------------------------------------------------------------------------------------------ starts

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

    /// Every outside condition of a start that is a function of time, with the cause it is charged to.
    pub fn start_conditions(&self, route: usize, t: SimTime, used: Option<SimTime>) -> impl Iterator<Item = (Condition, Cause)> {
        self.conditions_as_known(route, t, used, t)
    }

    /// The same at `t` as far as random closures are known at `known`.
    fn conditions_as_known(
        &self,
        route: usize,
        t: SimTime,
        used: Option<SimTime>,
        known: SimTime,
    ) -> impl Iterator<Item = (Condition, Cause)> {
        let spec = &self.model.params.routes[route];
        let by_air = matches!(spec.mode, Mode::Air(_));
        let fixed = [self.window(route, t, used), (self.calendar(route, t), Cause::Calendar), (self.weather(by_air, t), Cause::Weather)];
        let crossings =
            self.model.leads[route].iter().map(move |&(crossing, lead)| (self.crossing_planned(crossing, t, lead, known), Cause::Closure));
        fixed.into_iter().chain(crossings)
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
        for _ in 0..10_000 {
            let blocked = self
                .conditions_as_known(route, t, used, foreseen.unwrap_or(t))
                .filter_map(|(condition, cause)| match condition {
                    Condition::NotBefore(at) if foreseen.is_none() || cause != Cause::Weather => Some((at, cause)),
                    _ => None,
                })
                .max_by_key(|(at, _)| *at);
            match blocked {
                None => return (t, last),
                Some((at, cause)) => {
                    last = Some(cause);
                    if at == SimTime::NEVER || at.elapsed() > self.model.params.horizon {
                        return (SimTime::NEVER, last);
                    }
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
pub fn planned_leads(route: &super::params::Route) -> Vec<(usize, Duration)> {
    let Mode::Land(land) = &route.mode else { return Vec::new() };
    let mut leads = Vec::new();
    let mut moved = Duration::ZERO;
    for part in &land.path {
        match part {
            PathPart::Leg(leg) => moved += leg.distance.at(leg.speed.distribution().mean()),
            PathPart::Crossing(crossing) => {
                let halts = land.halts.map_or(Duration::ZERO, |h| h.length * (moved.ticks() / h.every.ticks()));
                leads.push((*crossing, moved + halts));
            }
        }
    }
    leads
}
