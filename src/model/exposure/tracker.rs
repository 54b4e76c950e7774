//! The exposure of one movement as it goes: every interval in which nothing changed is booked once.

use super::ledger::{Cell, Ledger};
use super::state::{Class, Motion};
use crate::model::environment::Environment;
use crate::model::light::Daylight;
use crate::model::params::LocalStart;
use crate::units::{Duration, SimTime, TICKS_PER_HOUR};

/// A vehicle with people aboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// People aboard.
    pub people: u32,
    /// Outside a secured perimeter.
    pub exposed: bool,
    /// What it does, if exposed.
    pub motion: Motion,
    /// When its first person stepped aboard, or the last comfort halt ended.
    pub aboard_since: SimTime,
    /// Exposed time so far.
    pub exposed_for: Duration,
}

/// Flags that all vehicles of a movement share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Covered from the air.
    pub covered: bool,
    /// Enough escorts able to move.
    pub adequate: bool,
}

/// Factors on the rate of incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hazard {
    /// Incidents per convoy-hour.
    pub rate_per_hour: f64,
    /// While not moving.
    pub halted: f64,
    /// While uncovered.
    pub uncovered: f64,
    /// In daylight.
    pub daylight: f64,
    /// While under-escorted.
    pub under_escorted: f64,
    /// After an incident anywhere.
    pub after: f64,
}

impl Hazard {
    /// The rate per tick in a state.
    fn per_tick(&self, motion: Motion, flags: Flags, light: Daylight, after: bool) -> f64 {
        let mut rate = self.rate_per_hour / TICKS_PER_HOUR as f64;
        for (holds, factor) in [
            (motion != Motion::Moving, self.halted),
            (!flags.covered, self.uncovered),
            (light == Daylight::Day, self.daylight),
            (!flags.adequate, self.under_escorted),
            (after, self.after),
        ] {
            if holds {
                rate *= factor;
            }
        }
        rate
    }
}

/// Accumulated hazard. Time at one rate is kept in ticks, so that it does not matter in how many parts it is booked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accrued {
    /// Up to the last change of the rate.
    before: f64,
    /// The rate since, per tick.
    rate: f64,
    /// Time since.
    ticks: u64,
}

impl Accrued {
    /// All of it.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.before + self.rate * self.ticks as f64
    }

    #[inline]
    fn add(&mut self, rate: f64, ticks: u64) {
        if rate.to_bits() != self.rate.to_bits() {
            *self = Self { before: self.sum(), rate, ticks: 0 };
        }
        self.ticks += ticks;
    }
}

/// What a tracker needs to know of the world while it books.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a, 'm> {
    /// Light and days.
    pub environment: &'a Environment<'m>,
    /// Limit on the time aboard.
    pub max_aboard: Option<Duration>,
    /// Incidents, if modelled.
    pub hazard: Option<Hazard>,
    /// The short memory of incidents holds until here.
    pub after_incident_until: SimTime,
    /// Local time.
    pub start: LocalStart,
}

/// What was booked in one stretch with constant flags, for those who show it.
#[derive(Clone, Copy, Debug)]
pub struct Booked {
    /// The stretch.
    pub from: SimTime,
    /// Its end.
    pub to: SimTime,
    /// Flags of the convoy.
    pub cell: Cell,
    /// People exposed.
    pub people: u32,
}

/// Exposed vehicles as one.
struct Exposed {
    /// People aboard.
    people: u32,
    /// What the convoy is said to do.
    motion: Motion,
    /// Since when somebody has been aboard.
    aboard_since: SimTime,
}

/// The exposure of one movement.
#[derive(Clone, Debug)]
pub struct Tracker {
    since: SimTime,
    /// Its vehicles.
    pub vehicles: Vec<Vehicle>,
    /// Shared flags.
    pub flags: Flags,
    /// Accumulated hazard since the last incident.
    pub hazard: Accrued,
    /// Exposed convoy-time.
    pub exposed: Duration,
    /// Uncovered convoy-time.
    pub uncovered: Duration,
    /// Convoy-time by motion.
    pub motions: [Duration; 7],
    /// Convoy-time by class.
    pub classes: [Duration; 4],
    /// Longest scheduled or unscheduled halt.
    pub longest_halt: Duration,
    /// Longest time without moving, for any reason.
    pub longest_stationary: Duration,
    /// Longest time uncovered.
    pub longest_uncovered: Duration,
    halt: Duration,
    stationary: Duration,
    uncovered_spell: Duration,
}

impl Default for Tracker {
    /// A movement that is inside a wall.
    fn default() -> Self {
        Self {
            since: SimTime::ZERO,
            vehicles: Vec::new(),
            flags: Flags { covered: false, adequate: true },
            hazard: Accrued::default(),
            exposed: Duration::ZERO,
            uncovered: Duration::ZERO,
            motions: [Duration::ZERO; 7],
            classes: [Duration::ZERO; 4],
            longest_halt: Duration::ZERO,
            longest_stationary: Duration::ZERO,
            longest_uncovered: Duration::ZERO,
            halt: Duration::ZERO,
            stationary: Duration::ZERO,
            uncovered_spell: Duration::ZERO,
        }
    }
}

impl Tracker {
    /// Vehicles exposed now, and the people in them.
    #[must_use]
    #[inline]
    pub fn exposed_now(&self) -> (u32, u32) {
        self.vehicles.iter().filter(|v| v.exposed).fold((0, 0), |(vehicles, people), v| (vehicles + 1, people + v.people))
    }

    /// Whether any vehicle is exposed now.
    #[must_use]
    #[inline]
    pub fn is_exposed(&self) -> bool {
        self.vehicles.iter().any(|v| v.exposed)
    }

    /// What the convoy is said to do.
    #[must_use]
    pub fn motion(&self) -> Motion {
        self.exposed_together().map_or(Motion::Moving, |exposed| exposed.motion)
    }

    /// What its exposed vehicles have in common, if there are any.
    fn exposed_together(&self) -> Option<Exposed> {
        let mut vehicles = self.vehicles.iter().filter(|v| v.exposed);
        let Vehicle { people, motion, aboard_since, .. } = *vehicles.next()?;
        let first = Exposed { people, motion, aboard_since };
        Some(vehicles.fold(first, |all, v| Exposed {
            people: all.people + v.people,
            motion: if v.motion.rank() < all.motion.rank() { v.motion } else { all.motion },
            aboard_since: all.aboard_since.min(v.aboard_since),
        }))
    }

    /// Whether everything up to `now` has been booked, and nothing beyond.
    #[must_use]
    #[inline]
    pub fn is_booked_until(&self, now: SimTime) -> bool {
        self.since == now
    }

    /// Books everything up to `now`; call it *before* any change of state. `show` gets each stretch with constant flags.
    pub fn book(
        &mut self,
        now: SimTime,
        around: &Surroundings<'_, '_>,
        ledger: &mut Ledger,
        daily_person_ticks: &mut Vec<u128>,
        mut show: impl FnMut(Booked),
    ) {
        let began = self.since;
        let mut from = began;
        self.since = now;
        if from >= now {
            return;
        }
        let Some(Exposed { people, motion, aboard_since }) = self.exposed_together() else {
            // Time inside a wall ends every spell.
            (self.halt, self.stationary, self.uncovered_spell) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
            return;
        };
        // Nobody is over the limit before the one who has been aboard for longest.
        let first_over = around.max_aboard.map_or(SimTime::NEVER, |limit| over_from(aboard_since, limit));
        let start = around.start;
        while from < now {
            let (light, light_until) = around.environment.light(from);
            let day = start.day_of(from);
            let mut to = now.min(light_until).min(start.midnight(day + 1));
            let after = from < around.after_incident_until;
            if after {
                to = to.min(around.after_incident_until);
            }
            // The limit, while somebody is over it.
            let limit = around.max_aboard.filter(|_| from >= first_over);
            if let Some(limit) = limit {
                for vehicle in self.vehicles.iter().filter(|v| v.exposed) {
                    let over_from = over_from(vehicle.aboard_since, limit);
                    if over_from > from {
                        to = to.min(over_from);
                    }
                }
            } else {
                to = to.min(first_over);
            }
            let length = to - from;
            let ticks = length.ticks();
            let mut cell = Cell { motion, covered: self.flags.covered, adequate: self.flags.adequate, light, over: false };
            let (mut passed, mut alike, mut booked) = (0, cell, 0);
            for vehicle in self.vehicles.iter_mut().filter(|v| v.exposed) {
                let over = limit.is_some_and(|limit| from >= over_from(vehicle.aboard_since, limit));
                cell.over |= over;
                vehicle.exposed_for += length;
                // Vehicles next to each other are mostly in the same state: their people are booked together.
                if alike.motion != vehicle.motion || alike.over != over {
                    ledger.book_people(alike, passed - booked, ticks);
                    (alike, booked) = (Cell { motion: vehicle.motion, over, ..cell }, passed);
                }
                passed += vehicle.people;
            }
            ledger.book_people(alike, people - booked, ticks);
            ledger.book_convoy(cell, ticks);
            if daily_person_ticks.len() <= day {
                daily_person_ticks.resize(day + 1, 0);
            }
            daily_person_ticks[day] += u128::from(ticks) * u128::from(people);
            self.motions[motion as usize] += length;
            self.classes[Class::of(motion, cell.covered, cell.adequate, light) as usize] += length;
            if let Some(hazard) = &around.hazard {
                self.hazard.add(hazard.per_tick(motion, self.flags, light, after), ticks);
            }
            show(Booked { from, to, cell, people });
            from = to;
        }
        let passed = now - began;
        self.exposed += passed;
        ledger.convoy_total += u128::from(passed.ticks());
        ledger.person_total += u128::from(passed.ticks()) * u128::from(people);
        if motion == Motion::Moving {
            (self.halt, self.stationary) = (Duration::ZERO, Duration::ZERO);
        } else {
            self.stationary += passed;
            self.longest_stationary = self.longest_stationary.max(self.stationary);
            if matches!(motion, Motion::ScheduledHalt | Motion::UnscheduledHalt) {
                self.halt += passed;
                self.longest_halt = self.longest_halt.max(self.halt);
            } else {
                self.halt = Duration::ZERO;
            }
        }
        if self.flags.covered {
            self.uncovered_spell = Duration::ZERO;
        } else {
            self.uncovered += passed;
            self.uncovered_spell += passed;
            self.longest_uncovered = self.longest_uncovered.max(self.uncovered_spell);
        }
    }

    /// When the accumulated hazard reaches `threshold` if nothing else changes, looking at most `ahead`.
    ///
    /// The integral of the piecewise constant rate is inverted exactly; the state must have been booked up to `now`.
    #[must_use]
    pub fn next_incident(&self, now: SimTime, threshold: f64, ahead: Duration, around: &Surroundings<'_, '_>) -> NextIncident {
        let never = NextIncident::NotBefore(SimTime::NEVER);
        let Some(hazard) = &around.hazard else { return never };
        if hazard.rate_per_hour <= 0.0 || !self.is_exposed() {
            return never;
        }
        let motion = self.motion();
        debug_assert_eq!(self.since, now, "hazard is asked for after it has been booked");
        let mut accrued = self.hazard;
        let mut from = now;
        let end = now + ahead;
        let place = around.environment.light_place();
        while from < end {
            let (light, light_until) = around.environment.light_ahead(from, &place);
            let after = from < around.after_incident_until;
            let mut to = end.min(light_until);
            if after {
                to = to.min(around.after_incident_until);
            }
            let rate = hazard.per_tick(motion, self.flags, light, after);
            accrued.add(rate, 0);
            // Counted from where the rate began to hold, not from now: whoever asks at another instant gets the same answer.
            let need = (threshold - accrued.before) / rate;
            let ahead = accrued.ticks + (to - from).ticks();
            if need <= ahead as f64 {
                let need = Duration::round_ticks(need.max(0.0));
                return NextIncident::At(from + need.saturating_sub(Duration::from_ticks(accrued.ticks)));
            }
            accrued.ticks = ahead;
            from = to;
        }
        NextIncident::NotBefore(end)
    }
}

/// When the next incident falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextIncident {
    /// At this instant, if nothing changes.
    At(SimTime),
    /// Not before this instant.
    NotBefore(SimTime),
}

impl NextIncident {
    /// The instant at which to look again.
    #[must_use]
    pub const fn instant(self) -> SimTime {
        match self {
            Self::At(t) | Self::NotBefore(t) => t,
        }
    }
}

/// First instant that is over the limit: the limit itself is still within.
fn over_from(aboard_since: SimTime, limit: Duration) -> SimTime {
    aboard_since + limit
}
