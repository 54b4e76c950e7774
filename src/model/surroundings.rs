//! The processes of the surroundings: places open and shut, levels change, and a watch for runs that stall.

use super::chain::{By, Cause, Since};
use super::operation::Operation;
use super::params::{LevelTarget, NodeKind, Schedule};
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

impl<'s> Operation<'s> {
    /// Opens and shuts crossings, bays and airfields, and lets levels grow. First at every instant.
    pub(super) async fn keep_surroundings(&'s self) {
        loop {
            let now = self.sim.now();
            self.apply_surroundings(now);
            // Dispatchers are told when it is done: told before, they would see nothing new.
            self.notify();
            let next = self.next_surroundings(now);
            // What opens or grows at the horizon comes too late.
            if next.elapsed() >= self.model.params.horizon {
                return;
            }
            self.sim.hold_until(next).await;
        }
    }

    fn apply_surroundings(&self, now: SimTime) {
        let params = &self.model.params;
        for (n, spec) in params.crossings.iter().enumerate() {
            let station = &self.crossings[n];
            self.open(station, self.env.crossing_open(n, now), &self.shut_crossings[n]);
            let lanes = with_added(spec.lanes, self.env.added(LevelTarget::Lanes(n), now));
            self.resize(&station.units, lanes, &station.released, Cause::Calendar);
        }
        for (n, node) in params.nodes.iter().enumerate() {
            let state = &self.nodes[n];
            match &node.kind {
                NodeKind::Facility(facility) => {
                    self.open(&state.intake, self.env.node_open(n, &facility.intake.hours, now), &state.shut);
                    let bays = with_added(facility.intake.bays, self.env.added(LevelTarget::IntakeBays(n), now));
                    self.resize(&state.intake.units, bays, &state.intake.released, Cause::Calendar);
                    if let Some(yard) = facility.yard {
                        let yard = with_added(yard, self.env.added(LevelTarget::Yard(n), now));
                        let gone = yard == 0 && state.yard.units.units() > 0;
                        self.resize(&state.yard.units, yard, &state.yard.released, Cause::Calendar);
                        if gone {
                            // Who waits for a place there goes on without.
                            state.yard.released.set(Since { at: now, by: By::Outside(Cause::Calendar) });
                            state.yard_gone.fire();
                        }
                    }
                    let beds = self.model.beds_at(n, now) + self.env.added(LevelTarget::Beds(n), now);
                    self.set_places(n, u32::try_from(beds.max(0)).unwrap_or(u32::MAX));
                }
                NodeKind::Hub(hub) => {
                    self.open_boarding(n, &hub.hours, now);
                    let places = with_added(hub.holding, self.env.added(LevelTarget::Holding(n), now));
                    self.set_places(n, places);
                    let bays = with_added(hub.boarding.bays, self.env.added(LevelTarget::BoardingBays(n), now));
                    self.resize(&state.boarding.units, bays, &state.boarding.released, Cause::Calendar);
                }
                NodeKind::Site(site) => {
                    self.open_boarding(n, &site.hours, now);
                    let bays = with_added(site.boarding.bays, self.env.added(LevelTarget::BoardingBays(n), now));
                    self.resize(&state.boarding.units, bays, &state.boarding.released, Cause::Calendar);
                }
            }
        }
    }

    fn open_boarding(&self, node: usize, hours: &Schedule, now: SimTime) {
        let open = self.env.node_open(node, hours, now);
        self.open(&self.nodes[node].boarding, open, &self.nodes[node].shut);
    }

    /// Opens or shuts a station; an opening is remembered as what released it.
    fn open(&self, station: &super::state::Station<'s>, open: Result<(), Cause>, was_shut: &std::cell::Cell<Option<Cause>>) {
        match open {
            Ok(()) => {
                if let Some(cause) = was_shut.take() {
                    station.released.set(Since { at: self.sim.now(), by: By::Outside(cause) });
                    station.units.set_open(true);
                }
            }
            Err(cause) => {
                if was_shut.replace(Some(cause)).is_none() {
                    station.units.set_open(false);
                }
            }
        }
    }

    fn resize(&self, units: &crate::kernel::Resource<'s>, to: u32, released: &std::cell::Cell<Since>, cause: Cause) {
        if units.units() != to {
            if to > units.units() {
                released.set(Since { at: self.sim.now(), by: By::Outside(cause) });
            }
            units.set_units(to);
        }
    }

    /// Brings the places of a node to a level.
    fn set_places(&self, node: usize, level: u32) {
        let state = &self.nodes[node];
        let before = state.level.replace(level);
        if level == before {
            return;
        }
        let mut places = state.places.borrow_mut();
        if level > before {
            places.add(level - before, Since { at: self.sim.now(), by: By::Outside(Cause::Beds) });
        } else if level < before {
            places.withdraw(before - level);
        }
        drop(places);
        self.note_places(node);
    }

    fn next_surroundings(&self, now: SimTime) -> SimTime {
        let params = &self.model.params;
        let mut next = self.env.next_calendar_edge(now);
        for n in 0..params.crossings.len() {
            next = next.min(self.env.next_crossing_edge(n, now));
        }
        for (n, node) in params.nodes.iter().enumerate() {
            let hours = match &node.kind {
                NodeKind::Facility(facility) => {
                    next = next.min(self.model.next_growth(n, now));
                    &facility.intake.hours
                }
                NodeKind::Hub(hub) => &hub.hours,
                NodeKind::Site(site) => &site.hours,
            };
            next = next.min(hours.next_change(params.start, now));
        }
        next
    }

    /// Whether the places of a node can still become more: growth to come, calendar, or people who may leave a hub.
    pub(super) fn places_can_grow(&self, node: usize) -> bool {
        let now = self.sim.now();
        let horizon = SimTime::ZERO + self.model.params.horizon;
        match &self.model.params.nodes[node].kind {
            NodeKind::Hub(_) | NodeKind::Site(_) => true,
            NodeKind::Facility(_) => {
                let growth = self.model.next_growth(node, now);
                let added = |t: SimTime| self.model.beds_at(node, t) + self.env.added(LevelTarget::Beds(node), t);
                if growth < horizon {
                    return true;
                }
                let mut at = self.env.next_calendar_edge(now);
                while at < horizon {
                    if added(at) > added(now) {
                        return true;
                    }
                    at = self.env.next_calendar_edge(at);
                }
                false
            }
        }
    }

    /// Ends the replication when no head count has changed for the stated `stall_after`. While somebody who was found unfit is known to
    /// come back, the time does not run: everybody else may be gone.
    pub(super) async fn watch_for_stall(&'s self, patience: Duration) {
        loop {
            let last = self.books.borrow().time_of_last_count_change.max(self.deferred_until.get());
            let due = last + patience;
            if self.sim.now() >= due {
                self.sim.stop();
                return;
            }
            self.until(due).await;
        }
    }
}

/// A level with what the calendar adds.
fn with_added(level: u32, added: i64) -> u32 {
    u32::try_from((i64::from(level) + added).max(0)).unwrap_or(u32::MAX)
}

impl super::Model {
    /// Beds of a facility at `t`, without the calendar.
    #[must_use]
    pub fn beds_at(&self, node: usize, t: SimTime) -> i64 {
        let NodeKind::Facility(facility) = &self.params.nodes[node].kind else { return 0 };
        let beds = facility.beds;
        let days = t.since(beds.from).ticks() / TICKS_PER_DAY;
        let grown = u64::from(beds.start) + u64::from(beds.per_day) * days;
        i64::try_from(grown.min(u64::from(beds.up_to))).unwrap_or(i64::MAX)
    }

    /// The first instant after `t` at which a facility's beds grow.
    #[must_use]
    pub fn next_growth(&self, node: usize, t: SimTime) -> SimTime {
        let NodeKind::Facility(facility) = &self.params.nodes[node].kind else { return SimTime::NEVER };
        let beds = facility.beds;
        if beds.per_day == 0 || self.beds_at(node, t) >= i64::from(beds.up_to) {
            return SimTime::NEVER;
        }
        let days = t.since(beds.from).ticks() / TICKS_PER_DAY + 1;
        beds.from + Duration::from_days(days)
    }
}
