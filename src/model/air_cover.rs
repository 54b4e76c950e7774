//! Air cover: sorties, relief on station, and which convoys are covered.
//!
//! One orbit covers up to `convoys_per_orbit` convoys. A slot is held from the start point (or from when one becomes free) until the
//! convoy's last vehicle is inside, or to a hand-over. When an orbit's aircraft leaves without relief, the convoys that got their slots
//! last lose them.

use super::movement::MovementId;
use super::operation::Operation;
use super::params::{CoverNeed, OnStation};
use crate::kernel::{Order, race};
use crate::units::SimTime;

/// A covering aircraft that has taken off.
#[derive(Clone, Copy)]
struct Airborne {
    unit: u32,
    take_off: SimTime,
    /// Which sortie of its air cover this is.
    sortie: usize,
}

impl<'s> Operation<'s> {
    /// Slots of a cover that nobody holds.
    pub(super) fn cover_slots_free(&self, orbit: usize) -> u32 {
        let state = &self.cover[orbit];
        let slots = state.on_station.get() * self.model.params.air_cover[orbit].convoys_per_orbit;
        let wanted = state.covered.borrow().len() + state.wanting.borrow().len();
        slots.saturating_sub(wanted as u32)
    }

    /// Aircraft are called for a movement.
    pub(super) fn demand_cover(&'s self, id: MovementId, orbit: usize) {
        if !self.cover[orbit].demands.borrow().contains(&id) {
            self.change_demands(orbit, |demands| demands.push(id));
        }
    }

    /// A movement needs no aircraft for now.
    pub(super) fn withdraw_demand(&'s self, id: MovementId, orbit: usize) {
        self.change_demands(orbit, |demands| demands.retain(|d| *d != id));
    }

    fn change_demands(&'s self, orbit: usize, change: impl FnOnce(&mut Vec<MovementId>)) {
        let before = self.orbits_wanted(orbit);
        change(&mut self.cover[orbit].demands.borrow_mut());
        if self.orbits_wanted(orbit) != before {
            self.cover[orbit].changed.fire();
        }
    }

    /// A convoy on the road wants a slot from now on.
    pub(super) fn want_cover(&'s self, id: MovementId, need: CoverNeed) {
        self.demand_cover(id, need.orbit);
        self.book(id, |m| {
            m.cover_need = Some(need);
            m.cover_lost = false;
        });
        self.cover[need.orbit].wanting.borrow_mut().push(id);
        self.share_slots(need.orbit);
    }

    /// A convoy wants no cover any more.
    pub(super) fn end_cover(&'s self, id: MovementId) {
        let Some(need) = self.movements.borrow()[id].cover_need else { return };
        let state = &self.cover[need.orbit];
        state.covered.borrow_mut().retain(|c| *c != id);
        state.wanting.borrow_mut().retain(|c| *c != id);
        self.book(id, |m| {
            m.tracker.flags.covered = false;
            m.cover_need = None;
            m.cover_lost = false;
            m.slot_lent = false;
        });
        self.withdraw_demand(id, need.orbit);
        self.share_slots(need.orbit);
    }

    /// A convoy that waits at a hand-over gives its slot away; see [`slot_back`](Self::slot_back).
    pub(super) fn lend_slot(&'s self, id: MovementId, orbit: usize) {
        self.cover[orbit].covered.borrow_mut().retain(|c| *c != id);
        self.movements.borrow_mut()[id].slot_lent = true;
        self.lose_cover(id, "slot lent");
        self.share_slots(orbit);
    }

    /// The hand-over is done: a convoy that has lent its slot asks for one again.
    pub(super) fn slot_back(&'s self, id: MovementId) {
        let lent = std::mem::take(&mut self.movements.borrow_mut()[id].slot_lent);
        let need = self.movements.borrow()[id].cover_need;
        if let (true, Some(need)) = (lent, need) {
            self.cover[need.orbit].wanting.borrow_mut().push(id);
            self.share_slots(need.orbit);
        }
    }

    /// Waits until a convoy on the road is covered.
    pub(super) async fn stand_until_covered(&'s self, id: MovementId) {
        self.holding_for_cover.borrow_mut().push(id);
        self.break_circles();
        while !self.movements.borrow()[id].tracker.flags.covered {
            self.wait_for_change(id).await;
        }
        self.holding_for_cover.borrow_mut().retain(|h| *h != id);
    }

    /// Takes slots that are no longer there away from convoys on the road, those who got theirs last first. Asked at the end of an
    /// instant: a relief that comes at the instant at which another aircraft leaves keeps them.
    pub(super) fn take_lost_slots(&'s self) {
        for (orbit, state) in self.cover.iter().enumerate() {
            let mut lost = false;
            while state.covered.borrow().len() > self.cover_slots(orbit) {
                let id = state.covered.borrow_mut().pop().expect("more than none");
                state.wanting.borrow_mut().push(id);
                self.lose_cover(id, "cover left");
                self.nudge(id);
                lost = true;
            }
            if lost {
                self.share_slots(orbit);
            }
        }
    }

    /// A convoy on the road loses its cover.
    fn lose_cover(&self, id: MovementId, why: &'static str) {
        let now = self.sim.now();
        self.book(id, |m| {
            m.tracker.flags.covered = false;
            m.cover_lost = true;
            m.cover_lost_at = now;
        });
        self.books.borrow_mut().counts.cover_losses += 1;
        self.trace_movement(id, "uncovered", why);
    }

    /// Slots of a cover, held or free.
    fn cover_slots(&self, orbit: usize) -> usize {
        (self.cover[orbit].on_station.get() * self.model.params.air_cover[orbit].convoys_per_orbit) as usize
    }

    /// Gives free slots to the convoys on the road that want one.
    fn share_slots(&'s self, orbit: usize) {
        let state = &self.cover[orbit];
        let slots = self.cover_slots(orbit);
        if state.covered.borrow().len() > slots {
            // Who has one too many loses it at the end of the instant.
            self.dirty.set(true);
            self.control.ring();
        }
        while state.covered.borrow().len() < slots && !state.wanting.borrow().is_empty() {
            // Who stands at a hand-over comes last: others can go on with it.
            let at_hand_over = |id: &MovementId| self.hand_overs.borrow().iter().any(|h| h.0 == *id);
            state.wanting.borrow_mut().sort_unstable_by_key(|id| (at_hand_over(id), *id));
            let id = state.wanting.borrow_mut().remove(0);
            state.covered.borrow_mut().push(id);
            let now = self.sim.now();
            let mut lost_now = false;
            self.book(id, |m| {
                m.tracker.flags.covered = true;
                m.cover_lost = false;
                lost_now = m.cover_lost_at == now;
                m.cover_lost_at = SimTime::NEVER;
            });
            if lost_now {
                // It has not been uncovered for any time.
                self.books.borrow_mut().counts.cover_losses -= 1;
            }
            self.trace_movement(id, "covered", "slot free");
            self.nudge(id);
        }
        let free = self.cover_slots_free(orbit) > 0;
        if !free {
            state.slot_since.set(SimTime::NEVER);
        } else if state.slot_since.get() == SimTime::NEVER {
            state.slot_since.set(self.sim.now());
        }
        self.notify_starts();
    }

    /// Starts the processes that hold orbits.
    pub(super) fn start_air_cover(&'s self) {
        for (orbit, spec) in self.model.params.air_cover.iter().enumerate() {
            self.cover[orbit].slot_since.set(SimTime::NEVER);
            match &spec.on_station {
                OnStation::Fixed(_) => {
                    self.sim.spawn_detached(Order::ENVIRONMENT, self.fixed_cover(orbit));
                }
                OnStation::OnDemand | OnStation::Always => {
                    for n in 0..spec.orbits {
                        self.sim.spawn_detached(Order::of(0, n.min(255)), self.hold_orbit(orbit, n));
                    }
                }
            }
        }
    }

    fn station_changes(&'s self, orbit: usize, by: i32) {
        let state = &self.cover[orbit];
        state.on_station.set(state.on_station.get().checked_add_signed(by).expect("no fewer than none on station"));
        self.trace(
            "cover",
            || self.model.params.air_cover[orbit].id.clone(),
            if by > 0 { "on station" } else { "off station" },
            "",
            "sortie",
        );
        self.share_slots(orbit);
    }

    /// Cover at fixed times, whatever the aircraft.
    async fn fixed_cover(&'s self, orbit: usize) {
        let spec = &self.model.params.air_cover[orbit];
        let OnStation::Fixed(schedule) = &spec.on_station else { unreachable!("the caller looked") };
        let start = self.model.params.start;
        let mut there = false;
        loop {
            let now = self.sim.now();
            let open = schedule.is_open(start, now);
            if open != there {
                there = open;
                self.station_changes(orbit, if open { spec.orbits.cast_signed() } else { -spec.orbits.cast_signed() });
            }
            let next = schedule.next_change(start, now);
            if next == SimTime::NEVER || next.elapsed() >= self.model.params.horizon {
                return;
            }
            self.sim.hold_until(next).await;
        }
    }

    /// How many orbits are to be held now.
    fn orbits_wanted(&self, orbit: usize) -> u32 {
        let spec = &self.model.params.air_cover[orbit];
        match spec.on_station {
            OnStation::Always => spec.orbits,
            _ => (self.cover[orbit].demands.borrow().len() as u32).div_ceil(spec.convoys_per_orbit).min(spec.orbits),
        }
    }

    /// Waits until something changes for an orbit, which looks for an aircraft meanwhile or does not, at most until an instant.
    async fn wait_for_cover_change(&'s self, orbit: usize, seeking: bool, until: SimTime) {
        let state = &self.cover[orbit];
        state.seeking.set(state.seeking.get() + u32::from(seeking));
        race(self.sim.hold_until(until), state.changed.wait()).await;
        state.seeking.set(state.seeking.get() - u32::from(seeking));
    }

    /// The first aircraft that is ready and can fly; those that can't are on the ground for another while.
    fn call_aircraft(&'s self, orbit: usize) -> Option<u32> {
        let spec = &self.model.params.air_cover[orbit];
        let state = &self.cover[orbit];
        while self.next_aircraft(orbit) <= self.sim.now() {
            let (_, unit) = state.ready.borrow_mut().remove(0);
            let sortie = state.sorties.borrow()[unit as usize];
            state.sorties.borrow_mut()[unit as usize] += 1;
            let capable = spec.mission_capable >= 1.0
                || self.stream(self.model.keys.air_cover[orbit], unit, u64::from(sortie)).uniform() < spec.mission_capable;
            if capable {
                return Some(unit);
            }
            self.ready_at(orbit, unit, self.sim.now() + spec.ground);
        }
        None
    }

    /// When the next aircraft is or was ready; [`SimTime::NEVER`] where all are asked to fly.
    fn next_aircraft(&self, orbit: usize) -> SimTime {
        self.cover[orbit].ready.borrow().first().map_or(SimTime::NEVER, |first| first.0)
    }

    /// An aircraft will be ready at an instant.
    fn ready_at(&'s self, orbit: usize, unit: u32, at: SimTime) {
        let state = &self.cover[orbit];
        {
            let mut ready = state.ready.borrow_mut();
            let place = ready.partition_point(|other| *other < (at, unit));
            ready.insert(place, (at, unit));
        }
        if state.seeking.get() > 0 {
            state.changed.fire();
        }
    }

    /// An aircraft is on its way home and will land: its sortie ends then, and it is ready again after its ground time.
    fn land_later(&'s self, orbit: usize, aircraft: Airborne, lands: SimTime) {
        self.books.borrow_mut().cover_sorties[orbit][aircraft.sortie].to = lands;
        self.ready_at(orbit, aircraft.unit, lands + self.model.params.air_cover[orbit].ground);
    }

    /// The first aircraft that is ready and can fly takes off now.
    fn take_off(&'s self, orbit: usize) -> Option<Airborne> {
        let unit = self.call_aircraft(orbit)?;
        let take_off = self.sim.now();
        Some(Airborne { unit, take_off, sortie: self.books.borrow_mut().begin_sortie(orbit, take_off) })
    }

    /// The process of one orbit: an aircraft on station while it is wanted, relief arriving as the other leaves or as soon as it is
    /// ready.
    async fn hold_orbit(&'s self, orbit: usize, n: u32) {
        let spec = &self.model.params.air_cover[orbit];
        loop {
            // An aircraft that can fly takes off once the orbit is wanted.
            let mut aircraft = loop {
                let wanted = n < self.orbits_wanted(orbit);
                if wanted && let Some(aircraft) = self.take_off(orbit) {
                    break aircraft;
                }
                let until = if wanted { self.next_aircraft(orbit) } else { SimTime::NEVER };
                self.wait_for_cover_change(orbit, wanted, until).await;
            };
            self.sim.hold(spec.transit).await;
            self.station_changes(orbit, 1);
            // On station until nobody wants it, or until the last one leaves without relief.
            loop {
                let leaves = aircraft.take_off + spec.endurance.saturating_sub(spec.transit);
                let relief_at = leaves.saturating_sub(spec.transit);
                let mut relief: Option<Airborne> = None;
                let mut unwanted_since = None;
                let wanted = loop {
                    let now = self.sim.now();
                    // Home and out again takes two transits: it stays for one in case somebody else needs it.
                    if n < self.orbits_wanted(orbit) {
                        unwanted_since = None;
                    } else if now >= *unwanted_since.get_or_insert(now) + spec.transit {
                        break false;
                    }
                    if now >= leaves {
                        break unwanted_since.is_none();
                    }
                    let mut seeking = now >= relief_at && relief.is_none() && unwanted_since.is_none();
                    if seeking {
                        relief = self.take_off(orbit);
                        seeking = relief.is_none();
                    }
                    let mut next = if now < relief_at { relief_at } else { leaves };
                    if seeking {
                        next = next.min(self.next_aircraft(orbit));
                    }
                    if let Some(since) = unwanted_since {
                        next = next.min(since + spec.transit);
                    }
                    self.wait_for_cover_change(orbit, seeking, next).await;
                };
                let now = self.sim.now();
                self.land_later(orbit, aircraft, now + spec.transit);
                match relief {
                    Some(next) if wanted => {
                        // Arrives now, or later by as much as it was late.
                        let arrives = next.take_off + spec.transit;
                        if arrives > now {
                            self.station_changes(orbit, -1);
                            self.sim.hold_until(arrives).await;
                            self.station_changes(orbit, 1);
                        }
                        aircraft = next;
                    }
                    other => {
                        if let Some(unused) = other {
                            // On its way while the orbit was given up: it turns round.
                            self.land_later(orbit, unused, now + (now - unused.take_off));
                        }
                        self.station_changes(orbit, -1);
                        break;
                    }
                }
            }
        }
    }
}
