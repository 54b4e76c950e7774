//! Buses: free at home, empty trips alone by the same path, drivers' limits, breakdowns by distance, inspection.

use super::books::Run;
use super::chain::{By, Cause, Link, Since};
use super::free::join_free;
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{DriverRule, Halts, LandRoute, PathPart, PlannedPart, ReturnTrip};
use crate::units::{Duration, Kilometres, KilometresPerHour, SimTime};

/// Planned driving time of one way over a path.
#[must_use]
pub fn planned_driving(land: &LandRoute) -> Duration {
    land.planned_path()
        .into_iter()
        .map(|part| match part {
            PlannedPart::Drive(time) => time,
            PlannedPart::Crossing(_) => Duration::ZERO,
        })
        .sum()
}

/// Planned time of one way over a path: driving and scheduled halts.
#[must_use]
pub fn planned_march(land: &LandRoute) -> Duration {
    let driving = planned_driving(land);
    driving + planned_halts(land, driving)
}

/// Planned scheduled halts within so much driving from the start: one due at its end is not among them.
#[must_use]
pub fn planned_halts(land: &LandRoute, driving: Duration) -> Duration {
    land.halts.map_or(Duration::ZERO, |Halts { every, length, .. }| length * (driving.ticks().saturating_sub(1) / every.ticks()))
}

/// Why a bus runs empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyTrip {
    /// Home from the destination, after unloading.
    Home,
    /// Out from its home at the destination, to fetch people.
    Out,
    /// Home to the destination, without the people it came for.
    HomeAgain,
}

impl EmptyTrip {
    const fn word(self) -> &'static str {
        match self {
            Self::Home => "unloaded",
            Self::Out => "called",
            Self::HomeAgain => "without people",
        }
    }
}

impl DriverRule {
    /// Driving allowed between two rests, with all crews.
    #[must_use]
    pub fn allowance(&self) -> Duration {
        self.max_driving * u64::from(self.crews.max(1))
    }

    /// Driving after which a break is due; two crews take turns and need none.
    #[must_use]
    pub fn break_after(&self) -> Option<(Duration, Duration)> {
        self.pause.filter(|_| self.crews < 2).map(|p| (p.after, p.length))
    }
}

impl<'s> Operation<'s> {
    /// Takes the `count` buses that have been free for longest and says since when the last of them was.
    pub(super) fn take_buses(&self, fleet: usize, count: u32) -> (Vec<u32>, Since) {
        let now = self.sim.now();
        let rule = self.model.params.buses[fleet].driver;
        let mut state = self.buses[fleet].borrow_mut();
        let units: Vec<u32> = state.free.borrow_mut().drain(..count as usize).collect();
        state.taken.add(now, u64::from(count));
        let mut last = Since::START;
        for unit in &units {
            let bus = &mut state.units[*unit as usize];
            bus.stood_still(rule, now.since(bus.since.at));
            if bus.since.at >= last.at {
                last = bus.since;
            }
        }
        (units, last)
    }

    /// A bus is free at home.
    fn free_bus(&self, fleet: usize, unit: u32, link: Link) {
        let now = self.sim.now();
        {
            let mut state = self.buses[fleet].borrow_mut();
            let since = Since { at: now, by: By::Operation(link) };
            state.units[unit as usize].since = since;
            let units = &state.units;
            join_free(&mut state.free.borrow_mut(), unit, |unit| units[unit as usize].since.at);
            state.taken.subtract(now, 1);
        }
        self.trace("bus", || self.bus_name(fleet, unit), "free", "home", "inspection");
        self.notify();
    }

    pub(super) fn bus_name(&self, fleet: usize, unit: u32) -> String {
        format!("{}#{}", self.model.params.buses[fleet].id, unit + 1)
    }

    /// What a bus does once its people have left it: home, inspection, rest if due, free.
    pub(super) async fn bus_after_unloading(&'s self, id: MovementId, index: usize, bus: u32, at_destination: bool, mut link: Link) {
        let (route, nth) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth)
        };
        let land = self.land(route);
        let spec = &self.model.params.buses[land.fleet];
        let here = if at_destination { self.model.params.routes[route].to } else { self.model.params.routes[route].from };
        if spec.home != here {
            // Everything after unloading belongs to the empty trip.
            let trip = if at_destination { EmptyTrip::Home } else { EmptyTrip::HomeAgain };
            link = self.empty_trip(id, index, bus, trip, link).await;
        }
        let began = self.sim.now();
        let inspection = spec.inspection.sample(&mut self.stream(self.model.keys.routes[route].inspection, nth, index as u64));
        let inspected = began + inspection;
        let rule = spec.driver.filter(|rule| {
            let driven = self.buses[land.fleet].borrow().units[bus as usize].driven;
            !driven.is_zero() && driven + self.model.longest_trip[land.fleet] > rule.allowance()
        });
        // One hold for both.
        let rested = rule.map_or(inspected, |rule| inspected + rule.rest);
        self.bus_waits_between(land.fleet, inspected, rested);
        if rested > began {
            self.sim.hold_until(rested).await;
        }
        if !inspection.is_zero() {
            link = self.chain.borrow_mut().empty_trip(Cause::Inspection, link, began, inspected);
        }
        if let Some(rule) = rule {
            link = self.drivers_rested(land.fleet, bus, rule, link, inspected);
        }
        self.free_bus(land.fleet, bus, link);
    }

    async fn rest_drivers(&'s self, fleet: usize, bus: u32, rule: DriverRule, link: Link) -> Link {
        let began = self.sim.now();
        self.bus_waits_between(fleet, began, began + rule.rest);
        self.sim.hold(rule.rest).await;
        self.drivers_rested(fleet, bus, rule, link, began)
    }

    /// The rest that the drivers of a bus began at `began` is over.
    fn drivers_rested(&self, fleet: usize, bus: u32, rule: DriverRule, link: Link, began: SimTime) -> Link {
        self.buses[fleet].borrow_mut().units[bus as usize].stood_still(Some(rule), rule.rest);
        self.chain.borrow_mut().empty_trip(Cause::Rest, link, began, self.sim.now())
    }

    /// Books a wait of a bus that is taken.
    fn bus_waits_between(&self, fleet: usize, from: SimTime, to: SimTime) {
        if to > from {
            self.books.borrow_mut().buses_waiting[fleet].known(from, to);
        }
    }

    /// The empty trip of one bus over the whole path.
    pub(super) async fn empty_trip(&'s self, id: MovementId, index: usize, bus: u32, trip: EmptyTrip, mut link: Link) -> Link {
        let (route, nth) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth)
        };
        let land = self.land(route);
        let fleet = land.fleet;
        let rule = self.model.params.buses[fleet].driver;
        let keys = &self.model.keys.routes[route];
        self.trace("bus", || self.bus_name(fleet, bus), "empty trip", "", trip.word());
        // A bus that comes to fetch people and goes home without them makes two empty trips in one movement.
        let number = index as u64 | u64::from(trip == EmptyTrip::HomeAgain) << 20;
        if let Some(rule) = rule {
            let driven = self.buses[fleet].borrow().units[bus as usize].driven;
            if !driven.is_zero() && driven + self.model.driving[route] > rule.allowance() {
                link = self.rest_drivers(fleet, bus, rule, link).await;
            }
        }
        if let ReturnTrip::Time(time) = &land.return_trip {
            let began = self.sim.now();
            let time = time.sample(&mut self.stream(keys.return_time, nth, number));
            let km: f64 = land.path.iter().map(|p| if let PathPart::Leg(leg) = p { leg.distance.0 } else { 0.0 }).sum();
            let delay = self.bus_distance(fleet, bus, km, time);
            self.buses[fleet].borrow_mut().units[bus as usize].drove(time);
            self.books.borrow_mut().bus_runs.push(Run { from: began, to: began + time, km: Kilometres(km), vehicles: 1 });
            self.sim.hold(time + delay).await;
            let mut chain = self.chain.borrow_mut();
            link = chain.empty_trip(Cause::Return, link, began, began + time);
            if !delay.is_zero() {
                link = chain.empty_trip(Cause::Repair, link, began + time, began + time + delay);
            }
            return link;
        }
        let count = land.path.len();
        let mut course: Option<EmptyCourse> = None;
        // Nothing that others do touches a bus between crossings, so all legs up to the next one are worked out at once: then a bus gets
        // to a crossing in the same place among the events of that instant, wherever the road is written as two legs.
        let mut at = self.sim.now();
        for step in 0..count {
            let part = if trip == EmptyTrip::HomeAgain { step } else { count - 1 - step };
            match &land.path[part] {
                PathPart::Leg(leg) => {
                    let speed = match &land.return_trip {
                        ReturnTrip::Speed(speed) => speed,
                        _ => leg.speed.distribution(),
                    };
                    let mut speed = speed.sample(&mut self.stream(keys.parts[part].back, nth, number));
                    speed.0 *= self.env.speed_factor(route, at);
                    let mut on = course.take().filter(|course| course.speed.0.to_bits() == speed.0.to_bits()).unwrap_or_else(|| {
                        let km_left = self.buses[fleet].borrow().units[bus as usize].km_left;
                        EmptyCourse { speed, km: 0.0, moved: Duration::ZERO, stop: Duration::ZERO, stop_km: 0.0, km_left, run: None }
                    });
                    on.km += leg.distance.0;
                    (at, link) = self.drive_empty(fleet, bus, &mut on, rule, at, link);
                    course = Some(on);
                }
                PathPart::Crossing(crossing) => {
                    course = None;
                    self.arrives_empty(at).await;
                    link = self.pass_empty(route, nth, number, bus, part, *crossing, link).await;
                    at = self.sim.now();
                }
            }
        }
        self.arrives_empty(at).await;
        link
    }

    /// Lets time pass until a bus gets where its legs lead.
    async fn arrives_empty(&'s self, at: SimTime) {
        if at > self.sim.now() {
            self.sim.hold_until(at).await;
        }
    }

    /// Drives from `at` to the end of the last leg of a course alone, and says when that is reached: breakdowns, drivers' breaks and
    /// rests fall where they are due, except that what is due exactly at the end is left to the next leg.
    fn drive_empty(
        &self,
        fleet: usize,
        bus: u32,
        on: &mut EmptyCourse,
        rule: Option<DriverRule>,
        mut at: SimTime,
        mut link: Link,
    ) -> (SimTime, Link) {
        let total = Kilometres(on.km).at(on.speed);
        while on.moved < total {
            let unit = self.buses[fleet].borrow().units[bus as usize].clone();
            let mut step = total - on.moved;
            let mut stop = None;
            let to_breakdown = Kilometres(on.km_left.max(0.0)).at(on.speed).saturating_sub(on.moved - on.stop);
            if to_breakdown < step {
                (step, stop) = (to_breakdown, Some(Stop::Breakdown));
            }
            if let Some(rule) = rule {
                if let Some((after, length)) = rule.break_after() {
                    let due = after.saturating_sub(unit.driven_since_break);
                    if due < step {
                        (step, stop) = (due, Some(Stop::Pause(length)));
                    }
                }
                let due = rule.allowance().saturating_sub(unit.driven);
                if due < step {
                    (step, stop) = (due, Some(Stop::Pause(rule.rest)));
                }
            }
            on.moved += step;
            let km = on.km_done(total);
            {
                let unit = &mut self.buses[fleet].borrow_mut().units[bus as usize];
                unit.km_left = on.km_left - (km - on.stop_km);
                unit.drove(step);
            }
            if !step.is_zero() {
                let runs = &mut self.books.borrow_mut().bus_runs;
                let piece = Kilometres(km - on.stop_km);
                match on.run {
                    Some(run) => (runs[run].to, runs[run].km) = (at + step, piece),
                    None => {
                        on.run = Some(runs.len());
                        runs.push(Run { from: at, to: at + step, km: piece, vehicles: 1 });
                    }
                }
                link = self.chain.borrow_mut().empty_trip(Cause::Return, link, at, at + step);
                at += step;
            }
            let (cause, pause) = match stop {
                None => continue,
                Some(Stop::Breakdown) => (Cause::Repair, self.break_bus(fleet, bus, at)),
                Some(Stop::Pause(length)) => (Cause::Rest, length),
            };
            {
                let unit = &mut self.buses[fleet].borrow_mut().units[bus as usize];
                unit.stood_still(rule, pause);
                (on.stop, on.stop_km, on.km_left, on.run) = (on.moved, km, unit.km_left, None);
            }
            link = self.chain.borrow_mut().empty_trip(cause, link, at, at + pause);
            self.bus_waits_between(fleet, at, at + pause);
            at += pause;
        }
        (at, link)
    }

    /// Counts the kilometres that a bus alone is about to run in `time`; returns the time that breakdowns on them take.
    fn bus_distance(&self, fleet: usize, bus: u32, km: f64, time: Duration) -> Duration {
        let began = self.sim.now();
        let mut left = km;
        let mut repairs = Duration::ZERO;
        loop {
            let to_breakdown = self.buses[fleet].borrow().units[bus as usize].km_left;
            if to_breakdown > left {
                self.buses[fleet].borrow_mut().units[bus as usize].km_left -= left;
                return repairs;
            }
            left -= to_breakdown;
            let driven = Duration::round_ticks((km - left) / km * time.ticks() as f64);
            repairs += self.break_bus(fleet, bus, began + driven + repairs);
        }
    }

    /// A bus breaks down at `at`: draws its repair and the distance to its next breakdown.
    pub(super) fn break_bus(&self, fleet: usize, bus: u32, at: SimTime) -> Duration {
        let breakdown = self.model.params.buses[fleet].breakdown.as_ref().expect("only fleets with breakdowns break down");
        let keys = self.model.keys.buses[fleet];
        let count = {
            let unit = &mut self.buses[fleet].borrow_mut().units[bus as usize];
            unit.breakdowns += 1;
            unit.breakdowns
        };
        let km = self.exponential(keys.condition, bus, u64::from(count), breakdown.mean_distance.0);
        self.buses[fleet].borrow_mut().units[bus as usize].km_left = km;
        self.books.borrow_mut().breakdowns.push(at);
        self.trace_at(at, "bus", || self.bus_name(fleet, bus), "broken down", "", "breakdown");
        breakdown.repair.sample(&mut self.stream(keys.repair, bus, u64::from(count) - 1))
    }
}

/// Why an empty bus stops.
#[derive(Clone, Copy)]
enum Stop {
    Breakdown,
    Pause(Duration),
}

/// Legs that follow each other at one speed, driven by a bus alone. Like a convoy's [`Course`](super::course::Course), but all that happens
/// up to the end of a leg is known when the leg begins.
struct EmptyCourse {
    speed: KilometresPerHour,
    /// Kilometres from where it began to the end of the last leg.
    km: f64,
    /// Time moved.
    moved: Duration,
    /// Time moved up to the last stop.
    stop: Duration,
    /// Kilometres up to the last stop.
    stop_km: f64,
    /// Kilometres that were left to the next breakdown at the last stop.
    km_left: f64,
    /// What has been driven since the last stop, in the books.
    run: Option<usize>,
}

impl EmptyCourse {
    /// Kilometres driven of a course that takes `total`.
    fn km_done(&self, total: Duration) -> f64 {
        if self.moved >= total {
            self.km
        } else {
            (self.moved.ticks() as f64 * self.speed.0 / crate::units::TICKS_PER_HOUR as f64).min(self.km)
        }
    }
}
