//! Escorts: seized per convoy, handed over or released as a group, away for the legs they covered, then rested.

use super::chain::{By, Cause, Link, Since};
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{EscortNeed, LandRoute, PathPart, Stretch};
use crate::kernel::Order;
use crate::units::{Duration, Kilometres, KilometresPerHour, SimTime};

impl<'s> Operation<'s> {
    /// Escorts free in a pool.
    pub(super) fn escorts_free(&self, pool: usize) -> u32 {
        self.escorts[pool].borrow().free.len() as u32
    }

    /// Seizes up to `per_convoy` free escorts for a movement and says when the last of them became free.
    pub(super) fn seize_escorts(&self, id: MovementId, need: EscortNeed, part: usize) -> Since {
        let now = self.sim.now();
        let set_aside = self.escorts_set_aside(id, need.pool) as usize;
        let mut pool = self.escorts[need.pool].borrow_mut();
        let count = pool.free.len().saturating_sub(set_aside).min(need.per_convoy as usize);
        let units: Vec<u32> = pool.free.drain(..count).collect();
        pool.taken.add(now, count as u64);
        let rest = self.model.params.escorts[need.pool].rest;
        let mut last = Since::START;
        for unit in &units {
            let unit = &mut pool.units[*unit as usize];
            if unit.since.at >= last.at {
                last = unit.since;
            }
            // Who has been free for as long as a rest has rested.
            if rest.is_some_and(|r| now.since(unit.since.at) >= r.length) {
                unit.duty = Duration::ZERO;
            }
        }
        for unit in &units {
            self.trace("escort", || self.escort_name(need.pool, *unit), "with convoy", &self.traced_name(id), "seized");
        }
        let m = &mut self.movements.borrow_mut()[id];
        if m.stands {
            self.books.borrow_mut().escorts_waiting[need.pool].begin(now, units.len());
        }
        m.escorts = units;
        m.escort_need = Some(need);
        m.escorts_from = part;
        m.escorts_since = now;
        m.escorts_broken = 0;
        last
    }

    fn escort_name(&self, pool: usize, unit: u32) -> String {
        format!("{}#{}", self.model.params.escorts[pool].id, unit + 1)
    }

    /// Whether a movement's escorts able to move reach the minimum.
    pub(super) fn escorts_adequate(m: &super::movement::Movement) -> bool {
        m.escort_need.is_none_or(|need| m.escorts.len() as u32 - m.escorts_broken >= need.minimum)
    }

    /// Sends a movement's escorts home over the parts `[escorts_from, to_part)` of the path, and to their rest.
    pub(super) fn release_escorts(&'s self, id: MovementId, to_part: usize, link: Link) {
        let (units, need, parts, joined, since, route, nth) = {
            let m = &mut self.movements.borrow_mut()[id];
            let Some(need) = m.escort_need.take() else { return };
            if m.stands {
                self.books.borrow_mut().escorts_waiting[need.pool].end(self.sim.now(), m.escorts.len());
            }
            // Who turned back is at the origin, and goes home from there.
            let parts = if m.turned_back { (0, m.escorts_from) } else { (m.escorts_from, to_part) };
            (std::mem::take(&mut m.escorts), need, parts, m.escorts_from, m.escorts_since, m.route, m.nth)
        };
        if units.is_empty() {
            return;
        }
        // Counted in crossings, so that the number does not depend on where legs are cut.
        let joined = 2 * self.land(route).path[..joined].iter().filter(|part| matches!(part, PathPart::Crossing(_))).count();
        for unit in &units {
            self.trace("escort", || self.escort_name(need.pool, *unit), "going home", "", "released");
        }
        self.sim.spawn_detached(
            Order::of(self.order_of(id), 200),
            self.escorts_home(EscortTrip { units, pool: need.pool, route, nth, parts, joined, seized: since, link }),
        );
    }

    async fn escorts_home(&'s self, trip: EscortTrip) {
        let EscortTrip { units, pool, route, nth, parts, joined, seized, mut link } = trip;
        let spec = &self.model.params.escorts[pool];
        let keys = &self.model.keys.routes[route];
        let began = self.sim.now();
        let land = self.land(route);
        let mut away = Duration::ZERO;
        let factor = self.env.speed_factor(route, began);
        let covered = LandRoute::stretches_of(&land.path[parts.0..parts.1], |position, leg| {
            let key = keys.parts[parts.0 + position].other;
            let speed = leg.speed.distribution().sample(&mut self.stream(key, nth, joined as u64));
            KilometresPerHour(speed.0 * factor)
        });
        for stretch in covered {
            if let Stretch::Road(distance, speed) = stretch {
                let from = began + away;
                away += distance.at(speed);
                for unit in &units {
                    away += self.escort_breakdowns(pool, *unit, distance, speed, from);
                }
            }
        }
        if !away.is_zero() {
            self.sim.hold(away).await;
            link = self.chain.borrow_mut().empty_trip(Cause::Return, link, began, self.sim.now());
        }
        let now = self.sim.now();
        let mut resting = Vec::new();
        {
            let mut state = self.escorts[pool].borrow_mut();
            for unit in units {
                let duty = &mut state.units[unit as usize].duty;
                *duty += now - seized;
                if spec.rest.is_some_and(|r| *duty >= r.after) {
                    *duty = Duration::ZERO;
                    self.trace("escort", || self.escort_name(pool, unit), "resting", "home", "duty");
                    resting.push(unit);
                } else {
                    self.trace("escort", || self.escort_name(pool, unit), "free", "home", "return");
                    state.release(unit, Since { at: now, by: By::Operation(link) });
                }
            }
        }
        self.trace("escort", || spec.id.clone(), "home", "", "return");
        self.notify_starts();
        if let (false, Some(rest)) = (resting.is_empty(), spec.rest) {
            self.sim.hold(rest.length).await;
            let rested = self.sim.now();
            link = self.chain.borrow_mut().empty_trip(Cause::Rest, link, now, rested);
            let mut state = self.escorts[pool].borrow_mut();
            for unit in resting {
                self.trace("escort", || self.escort_name(pool, unit), "free", "home", "rest");
                state.release(unit, Since { at: rested, by: By::Operation(link) });
            }
            drop(state);
            self.trace("escort", || spec.id.clone(), "rested", "", "rest");
            self.notify_starts();
        }
    }

    /// Counts a distance that an escort without a convoy begins at `from`; returns the time its repairs take.
    fn escort_breakdowns(&self, pool: usize, unit: u32, distance: Kilometres, speed: KilometresPerHour, from: SimTime) -> Duration {
        let Some(breakdown) = &self.model.params.escorts[pool].breakdown else { return Duration::ZERO };
        let mut km = distance.0;
        let mut repairs = Duration::ZERO;
        loop {
            let left = self.escorts[pool].borrow().units[unit as usize].km_left;
            if left > km {
                self.escorts[pool].borrow_mut().units[unit as usize].km_left -= km;
                return repairs;
            }
            km -= left;
            let at = from + Kilometres(distance.0 - km).at(speed) + repairs;
            repairs += self.break_escort(pool, unit, breakdown, at);
        }
    }

    /// An escort breaks down at `at`: draws its repair and the distance to its next breakdown.
    pub(super) fn break_escort(&self, pool: usize, unit: u32, breakdown: &super::params::Breakdown, at: SimTime) -> Duration {
        let keys = self.model.keys.escorts[pool];
        let count = {
            let vehicle = &mut self.escorts[pool].borrow_mut().units[unit as usize];
            vehicle.breakdowns += 1;
            vehicle.breakdowns
        };
        let km = self.exponential(keys.condition, unit, u64::from(count), breakdown.mean_distance.0);
        self.escorts[pool].borrow_mut().units[unit as usize].km_left = km;
        self.books.borrow_mut().breakdowns.push(at);
        breakdown.repair.sample(&mut self.stream(keys.repair, unit, u64::from(count) - 1))
    }

    /// The land part of a route.
    pub(super) fn land(&self, route: usize) -> &'s LandRoute {
        match &self.model.params.routes[route].mode {
            super::params::Mode::Land(land) => land,
            super::params::Mode::Air(_) => unreachable!("only convoys ask"),
        }
    }
}

/// A group of escorts on its way home.
struct EscortTrip {
    units: Vec<u32>,
    pool: usize,
    route: usize,
    nth: u32,
    /// Path parts from and to.
    parts: (usize, usize),
    /// Twice the crossings before the place where the group joined the convoy: tells the groups of one convoy apart.
    joined: usize,
    seized: SimTime,
    link: Link,
}
