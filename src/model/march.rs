//! The march: one loop a leg. The next own change (leg end, halt, breakdown, drivers' break, incident) is computed exactly, one hold
//! is raced against the convoy's inbox, and what is left of the leg carries over. Legs at one speed are one [`Course`]: nothing is booked
//! where one follows another.

use std::cmp::Ordering;
use std::pin::pin;

use super::books::Run;
use super::chain::{Cause, Link};
use super::course::{Course, Piece};
use super::exposure::{Motion, NextIncident};
use super::movement::{MovementId, Where};
use super::operation::Operation;
use super::params::{Leg, OnLoss, PathPart};
use crate::kernel::{Either, race};
use crate::units::{Duration, Kilometres, SimTime};

/// How a leg ended.
enum End {
    /// At its end.
    Through(Link),
    /// The convoy turned back on it.
    TurnedBack(Link),
}

/// How far a convoy looks ahead for incidents where the end of a phase is not known. Nearly every phase is over by then; a longer one
/// looks again.
const LOOK_AHEAD: Duration = Duration::from_days(1);

/// What stops a moving convoy next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    End,
    Halt,
    BusBreakdown(u32),
    EscortBreakdown(u32),
    Pause(Duration),
    Incident,
}

/// Which way a convoy goes; the number is part of the address of its draws.
#[derive(Clone, Copy)]
enum Way {
    Out = 0,
    Back = 1,
}

impl<'s> Operation<'s> {
    /// The whole way of a convoy, from the start point to the destination, or back to the origin. The result says which.
    pub(super) async fn travel(&'s self, id: MovementId, mut link: Link) -> (bool, Link) {
        let route = self.movements.borrow()[id].route;
        let land = self.land(route);
        let mut km = 0.0;
        for (part, spec) in land.path.iter().enumerate() {
            match spec {
                PathPart::Leg(leg) => {
                    link = self.begin_leg(id, part, leg, Way::Out, km, link);
                    self.movements.borrow_mut()[id].course.as_mut().expect("a leg has begun").add(leg.distance.0);
                    match self.march(id, link).await {
                        End::Through(l) => link = l,
                        End::TurnedBack(l) => return (false, self.way_back(id, part, l).await),
                    }
                    km += leg.distance.0;
                }
                PathPart::Crossing(crossing) => {
                    link = self.end_course(id, link);
                    self.movements.borrow_mut()[id].place = Where::Part(part);
                    link = self.cross(id, part, *crossing, 0, link).await;
                }
            }
        }
        (true, self.end_course(id, link))
    }

    /// The way back to the origin over what has been covered, from where the convoy stands on a leg.
    async fn way_back(&'s self, id: MovementId, part: usize, mut link: Link) -> Link {
        let (route, out) = {
            let m = &mut self.movements.borrow_mut()[id];
            (m.route, m.course.take().expect("convoys turn back on a leg"))
        };
        let land = self.land(route);
        let now = self.sim.now();
        let length = |parts: &[PathPart]| -> f64 { parts.iter().map(PathPart::km).sum() };
        let mut km = out.position(now);
        for back in (0..=part).rev() {
            match &land.path[back] {
                PathPart::Leg(leg) => {
                    link = self.begin_leg(id, back, leg, Way::Back, km, link);
                    // How far it is from the turning point to where this leg begins, as the way out has it.
                    let from_turn = match back.cmp(&out.first) {
                        Ordering::Less => out.done(now) + length(&land.path[back..out.first]),
                        _ => out.done(now) - length(&land.path[out.first..back]),
                    };
                    {
                        let m = &mut self.movements.borrow_mut()[id];
                        let course = m.course.as_mut().expect("a leg has begun");
                        if course.first == part { course.end_at(from_turn) } else { course.add(leg.distance.0) }
                    }
                    if let End::Through(l) = self.march(id, link).await {
                        link = l;
                    }
                    km = length(&land.path[..back]);
                }
                PathPart::Crossing(crossing) => {
                    link = self.end_course(id, link);
                    self.movements.borrow_mut()[id].place = Where::Part(back);
                    link = self.cross(id, back, *crossing, 1, link).await;
                }
            }
        }
        self.end_course(id, link)
    }

    /// A leg begins `km` from the origin: its speed is drawn, and if it differs from that of the leg before, a new course begins.
    fn begin_leg(&'s self, id: MovementId, part: usize, leg: &Leg, way: Way, km: f64, mut link: Link) -> Link {
        let (route, nth) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth)
        };
        let key = self.model.keys.routes[route].parts[part].out;
        let mut speed = leg.speed.distribution().sample(&mut self.stream(key, nth, way as u64));
        speed.0 *= self.env.speed_factor(route, self.sim.now());
        let sign = if matches!(way, Way::Out) { 1.0 } else { -1.0 };
        if !self.movements.borrow()[id].course.is_some_and(|course| course.goes_on_at(speed, sign)) {
            link = self.end_course(id, link);
            self.movements.borrow_mut()[id].course = Some(Course::new(speed, part, km, sign));
        }
        self.book(id, |m| m.place = Where::Part(part));
        self.trace_movement(id, "moving", "leg begins");
        link
    }

    /// Drives to the end of the last leg of the course. What is due exactly there is left to the next leg; after the last one nothing is.
    async fn march(&'s self, id: MovementId, mut link: Link) -> End {
        let route = self.movements.borrow()[id].route;
        let land = self.land(route);
        let fleet = land.fleet;
        let rule = self.model.params.buses[fleet].driver;
        loop {
            let now = self.sim.now();
            let (not_before, turn, hold) = {
                let m = &self.movements.borrow()[id];
                let lost = m.cover_lost && m.cover_need.is_some_and(|c| c.on_loss == OnLoss::Hold);
                (m.not_before, m.turn_back && !m.turned_back, lost)
            };
            if now < not_before {
                link = self.stop_here(id, link);
                link = self.halt(id, not_before, Motion::UnscheduledHalt, Cause::Incident, link).await;
                continue;
            }
            if turn {
                if self.turns_back(id) {
                    return End::TurnedBack(self.stop_here(id, link));
                }
                continue;
            }
            if hold {
                link = self.stop_here(id, link);
                link = self.hold_for_cover(id, link).await;
                continue;
            }
            self.set_all_motion(id, Motion::Moving);
            let (end, slot) = {
                let m = &mut self.movements.borrow_mut()[id];
                let course = m.course.as_mut().expect("a leg has begun");
                course.go(now);
                (course.end(now), m.slot)
            };
            let (at, change) = self.next_change(id, end);
            let interrupted = matches!(race(self.until(at), self.signals[slot].wait()).await, Either::Right(()));
            if interrupted && self.sim.now() < end {
                continue;
            }
            match if interrupted { Change::End } else { change } {
                Change::End => return End::Through(link),
                Change::Halt => {
                    link = self.stop_here(id, link);
                    let halt = land.halts.expect("a halt is due only where there are halts");
                    let until = self.sim.now() + halt.length;
                    link = self.halt(id, until, Motion::ScheduledHalt, Cause::ScheduledHalt, link).await;
                    self.end_scheduled_halt(id, halt.comfort && halt.length >= self.model.params.welfare.comfort_at_least);
                }
                Change::BusBreakdown(bus) => {
                    link = self.stop_here(id, link);
                    let until = self.sim.now() + self.break_bus(fleet, bus, self.sim.now());
                    link = self.halt(id, until, Motion::UnscheduledHalt, Cause::Breakdown, link).await;
                }
                Change::EscortBreakdown(unit) => {
                    link = self.stop_here(id, link);
                    let need = self.movements.borrow()[id].escort_need.expect("escorts are there");
                    let breakdown = self.model.params.escorts[need.pool].breakdown.as_ref().expect("this pool breaks down");
                    let until = self.sim.now() + self.break_escort(need.pool, unit, breakdown, self.sim.now());
                    self.escorts_change(id, 1);
                    link = self.halt(id, until, Motion::UnscheduledHalt, Cause::Breakdown, link).await;
                    self.escorts_change(id, -1);
                }
                Change::Pause(length) => {
                    link = self.stop_here(id, link);
                    let until = self.sim.now() + length;
                    link = self.halt(id, until, Motion::ScheduledHalt, Cause::DriverBreak, link).await;
                    let rule = rule.expect("only a rule asks for a break");
                    for unit in self.convoy_buses(id) {
                        self.buses[fleet].borrow_mut().units[unit as usize].stood_still(Some(rule), length);
                    }
                }
                Change::Incident => self.incident(id),
            }
        }
    }

    /// The next own change of a moving convoy: the first instant, and of several at one instant the first in this order: `end` of
    /// the leg, scheduled halt, drivers' pause, breakdown of a bus, of an escort, incident.
    ///
    /// All but incidents are counted from the last stop, so that the end of a leg in between changes nothing.
    fn next_change(&self, id: MovementId, end: SimTime) -> (SimTime, Change) {
        let now = self.sim.now();
        let mut next = (end, Change::End);
        {
            let m = &self.movements.borrow()[id];
            let course = m.course.as_ref().expect("a leg has begun");
            let since = course.since(now);
            let land = self.land(m.route);
            let fleet = land.fleet;
            let mut sooner = |at: SimTime, change: Change| {
                if at < next.0 {
                    next = (at.max(now), change);
                }
            };
            if let Some(h) = land.halts {
                sooner(since + h.every.saturating_sub(m.moved_since_halt), Change::Halt);
            }
            let buses = self.buses[fleet].borrow();
            if let Some(rule) = self.model.params.buses[fleet].driver {
                let units = || m.buses.iter().map(|unit| &buses.units[*unit as usize]);
                if let Some((after, length)) = rule.break_after() {
                    let driven = units().map(|bus| bus.driven_since_break).max().unwrap_or(Duration::ZERO);
                    sooner(since + after.saturating_sub(driven), Change::Pause(length));
                }
                let driven = units().map(|bus| bus.driven).max().unwrap_or(Duration::ZERO);
                sooner(since + rule.allowance().saturating_sub(driven), Change::Pause(rule.rest));
            }
            if let Some((km_left, unit)) = first_to_break(&m.buses, |unit| buses.units[unit].km_left) {
                sooner(course.breakdown(now, km_left), Change::BusBreakdown(unit));
            }
            if let Some(need) = m.escort_need {
                let pool = self.escorts[need.pool].borrow();
                if let Some((km_left, unit)) = first_to_break(&m.escorts, |unit| pool.units[unit].km_left) {
                    sooner(course.breakdown(now, km_left), Change::EscortBreakdown(unit));
                }
            }
        }
        if let NextIncident::At(at) = self.next_incident(id, next.0 - now)
            && at < next.0
        {
            next = (at, Change::Incident);
        }
        next
    }

    /// A moving convoy stops here: what it has driven since its last stop is booked and joins the chain.
    fn stop_here(&self, id: MovementId, link: Link) -> Link {
        match self.book_driving(id, self.sim.now()) {
            Some(piece) => self.chain.borrow_mut().activity(Cause::March, link, piece.from, piece.from + piece.time),
            None => link,
        }
    }

    /// The same at the end of a course.
    fn end_course(&self, id: MovementId, link: Link) -> Link {
        let link = self.stop_here(id, link);
        self.movements.borrow_mut()[id].course = None;
        link
    }

    /// Books what a convoy has driven since its last stop on all its vehicles; nothing for one that does not move.
    pub(super) fn book_driving(&self, id: MovementId, now: SimTime) -> Option<Piece> {
        let m = &mut self.movements.borrow_mut()[id];
        let course = m.course.as_mut()?;
        let piece = course.stop(now)?;
        m.km_now = course.position(now);
        m.moved_since_halt += piece.time;
        let mut buses = self.buses[self.land(m.route).fleet].borrow_mut();
        for unit in &m.buses {
            let bus = &mut buses.units[*unit as usize];
            bus.km_left -= piece.km;
            bus.drove(piece.time);
        }
        if let Some(need) = m.escort_need {
            let mut pool = self.escorts[need.pool].borrow_mut();
            for unit in &m.escorts {
                pool.units[*unit as usize].km_left -= piece.km;
            }
        }
        let vehicles = m.buses.len() as u32;
        let run = Run { from: piece.from, to: piece.from + piece.time, km: Kilometres(piece.km), vehicles };
        self.books.borrow_mut().bus_runs.push(run);
        Some(piece)
    }

    /// The convoy stands until an instant, longer if an incident falls in.
    async fn halt(&'s self, id: MovementId, until: SimTime, motion: Motion, cause: Cause, mut link: Link) -> Link {
        let began = self.sim.now();
        self.set_all_motion(id, motion);
        self.trace_movement(id, motion.word(), cause.name());
        self.convoy_stands(id);
        self.stand_until(id, until).await;
        self.convoy_goes_on(id);
        let now = self.sim.now();
        link = self.chain.borrow_mut().activity(cause, link, began, now);
        self.book(id, |_| {});
        self.stood_still(id, now - began);
        link
    }

    /// The convoy stands until it is covered again.
    async fn hold_for_cover(&'s self, id: MovementId, link: Link) -> Link {
        let began = self.sim.now();
        self.set_all_motion(id, Motion::UnscheduledHalt);
        self.trace_movement(id, "holds for cover", "cover lost");
        self.convoy_stands(id);
        self.stand_until_covered(id).await;
        self.convoy_goes_on(id);
        let now = self.sim.now();
        self.book(id, |_| {});
        self.stood_still(id, now - began);
        self.chain.borrow_mut().activity(Cause::CoverHold, link, began, now)
    }

    /// Waits until something about the convoy changes; incidents may fall in.
    pub(super) async fn wait_for_change(&'s self, id: MovementId) {
        let slot = self.movements.borrow()[id].slot;
        let next = self.next_incident(id, LOOK_AHEAD);
        if let Either::Left(()) = race(self.until(next.instant()), self.signals[slot].wait()).await
            && matches!(next, NextIncident::At(_))
        {
            self.incident(id);
        }
    }

    /// Lets a phase of a convoy run to its end, serving incidents that fall into it.
    pub(super) async fn ride<F: Future>(&'s self, id: MovementId, phase: F) -> F::Output {
        if self.hazard.is_none() {
            return phase.await;
        }
        let mut phase = pin!(phase);
        let slot = self.movements.borrow()[id].slot;
        loop {
            let next = self.next_incident(id, LOOK_AHEAD);
            match race(phase.as_mut(), race(self.until(next.instant()), self.signals[slot].wait())).await {
                Either::Left(done) => return done,
                Either::Right(Either::Left(())) if matches!(next, NextIncident::At(_)) => self.incident(id),
                Either::Right(_) => {}
            }
        }
    }

    /// Lets a convoy stand until an instant, serving incidents that fall before it. One hold, as the end is known.
    pub(super) async fn stand_until(&'s self, id: MovementId, until: SimTime) {
        if self.hazard.is_none() {
            return self.sim.hold_until(until).await;
        }
        let slot = self.movements.borrow()[id].slot;
        loop {
            let (at, is_incident) = match self.next_incident(id, until - self.sim.now()) {
                NextIncident::At(at) if at < until => (at, true),
                _ => (until, false),
            };
            match race(self.sim.hold_until(at), self.signals[slot].wait()).await {
                Either::Left(()) if is_incident => self.incident(id),
                Either::Left(()) => return,
                Either::Right(()) => {}
            }
        }
    }

    /// When the next incident falls if nothing changes, looking so far `ahead`; booked up to now.
    fn next_incident(&self, id: MovementId, ahead: Duration) -> NextIncident {
        if self.hazard.is_none() {
            return NextIncident::NotBefore(SimTime::NEVER);
        }
        self.book(id, |_| {});
        let m = &self.movements.borrow()[id];
        m.tracker.next_incident(self.sim.now(), m.threshold, ahead, &self.around())
    }

    /// A convoy has stood for some time: it counts as a break for drivers if it was long enough.
    pub(super) fn stood_still(&self, id: MovementId, time: Duration) {
        let m = &self.movements.borrow()[id];
        let fleet = self.land(m.route).fleet;
        let rule = self.model.params.buses[fleet].driver;
        let mut buses = self.buses[fleet].borrow_mut();
        for unit in &m.buses {
            buses.units[*unit as usize].stood_still(rule, time);
        }
    }

    fn end_scheduled_halt(&self, id: MovementId, comfort: bool) {
        let now = self.sim.now();
        let limit = self.model.params.welfare.max_aboard;
        self.book(id, |m| {
            m.moved_since_halt = Duration::ZERO;
            if comfort {
                for load in &mut m.loads {
                    load.end_spell(now, limit);
                    load.comfort = Some(now);
                }
                for vehicle in &mut m.tracker.vehicles {
                    vehicle.aboard_since = now;
                }
            }
        });
    }

    fn escorts_change(&self, id: MovementId, broken: i32) {
        self.book(id, |m| {
            m.escorts_broken = m.escorts_broken.checked_add_signed(broken).expect("repaired after it broke");
            m.tracker.flags.adequate = Self::escorts_adequate(m);
        });
    }

    fn convoy_buses(&self, id: MovementId) -> Vec<u32> {
        self.movements.borrow()[id].buses.clone()
    }

    /// Where a convoy that is to turn back goes from here: to the nearer end. Past half of the way that is its destination, and it goes on.
    fn turns_back(&self, id: MovementId) -> bool {
        let (whole, km): (f64, f64) = {
            let m = &self.movements.borrow()[id];
            let whole = self.land(m.route).path.iter().map(PathPart::km).sum();
            (whole, m.course.expect("convoys turn back on a leg").position(self.sim.now()))
        };
        if whole - km < km {
            self.movements.borrow_mut()[id].turn_back = false;
            self.trace_movement(id, "goes on", "destination is nearer");
            return false;
        }
        self.movements.borrow_mut()[id].turned_back = true;
        self.books.borrow_mut().counts.turn_backs += 1;
        self.free_reserved(id);
        self.trace_movement(id, "turns back", "incident");
        true
    }
}

/// The vehicle with the shortest distance left to its next breakdown, and that distance; of several the first.
fn first_to_break(units: &[u32], km_left: impl Fn(usize) -> f64) -> Option<(f64, u32)> {
    let mut left = units.iter().map(|unit| (km_left(*unit as usize), *unit));
    let first = left.next()?;
    Some(left.fold(first, |first, other| if other.0 < first.0 { other } else { first }))
}
