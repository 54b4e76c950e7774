//! Flights: onload at the origin's parking, wheels up, offload at the destination's, and the aircraft's way back.

use super::chain::{By, Cause, Link, Since, Via};
use super::exposure::{Motion, Vehicle};
use super::free::join_free;
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{AirRoute, AircraftFleet, Airfield, Mode, NodeKind, Schedule};
use crate::kernel::Order;
use crate::units::{Duration, SimTime};

impl<'s> Operation<'s> {
    pub(super) fn air(&self, route: usize) -> &'s AirRoute {
        match &self.model.params.routes[route].mode {
            Mode::Air(air) => air,
            Mode::Land(_) => unreachable!("only flights ask"),
        }
    }

    /// Takes the longest free aircraft that can fly; those that can't go to repair, which began because of what else the flight
    /// needed (`rest`).
    pub(super) fn take_aircraft(&'s self, fleet: usize, rest: &[(Since, Via)]) -> Option<(u32, Since)> {
        let spec = &self.model.params.aircraft[fleet];
        let keys = self.model.keys.aircraft[fleet];
        let now = self.sim.now();
        loop {
            let (unit, sortie, since) = {
                let mut state = self.aircraft[fleet].borrow_mut();
                if state.free.borrow().is_empty() {
                    return None;
                }
                let unit = state.free.borrow_mut().remove(0);
                state.taken.add(now, 1);
                let aircraft = &mut state.units[unit as usize];
                aircraft.sorties += 1;
                if now.since(aircraft.since.at) >= spec.rest {
                    aircraft.duty_from = None;
                }
                (unit, aircraft.sorties - 1, aircraft.since)
            };
            let capable =
                spec.mission_capable >= 1.0 || self.stream(keys.condition, unit, u64::from(sortie)).uniform() < spec.mission_capable;
            if capable {
                return Some((unit, since));
            }
            let repair = spec.repair.sample(&mut self.stream(keys.repair, unit, u64::from(sortie)));
            let mut conditions = vec![(since, Via::Aircraft(fleet as u16))];
            conditions.extend_from_slice(rest);
            let link = self.chain.borrow_mut().decide(&conditions, now, (Cause::Formation, Via::None), None);
            self.trace("aircraft", || self.aircraft_name(fleet, unit), "in repair", "", "not mission capable");
            self.sim.spawn_detached(Order::of(0, unit.min(255)), self.repair_aircraft(fleet, unit, repair, link));
        }
    }

    pub(super) fn aircraft_name(&self, fleet: usize, unit: u32) -> String {
        format!("{}#{}", self.model.params.aircraft[fleet].id, unit + 1)
    }

    async fn repair_aircraft(&'s self, fleet: usize, unit: u32, repair: Duration, link: Link) {
        let began = self.sim.now();
        self.sim.hold(repair).await;
        let link = self.chain.borrow_mut().empty_trip(Cause::Repair, link, began, self.sim.now());
        self.free_aircraft(fleet, unit, link);
    }

    fn free_aircraft(&self, fleet: usize, unit: u32, link: Link) {
        let now = self.sim.now();
        {
            let mut state = self.aircraft[fleet].borrow_mut();
            state.units[unit as usize].since = Since { at: now, by: By::Operation(link) };
            let units = &state.units;
            join_free(&mut state.free.borrow_mut(), unit, |unit| units[unit as usize].since.at);
            state.taken.subtract(now, 1);
        }
        self.trace("aircraft", || self.aircraft_name(fleet, unit), "free", "home", "turn-round");
        self.notify();
    }

    /// Reserves a parking spot at `node` for the planned arrival: free by then as far as is planned. Otherwise says when to ask again.
    pub(super) fn reserve_parking(&self, node: usize, flight: Duration, fleet: usize) -> Result<Since, SimTime> {
        let now = self.sim.now();
        let arrival = now + flight;
        let offload = self.model.params.aircraft[fleet].offload.mean();
        let mut spots = self.nodes[node].spots.borrow_mut();
        let (n, free) = spots
            .iter()
            .enumerate()
            .map(|(n, spot)| (n, if spot.held == 0 { SimTime::ZERO } else { spot.planned_free.max(now) }))
            .min_by_key(|(n, free)| (*free, *n))
            .expect("the check asks for parking at both ends");
        if free > arrival {
            return Err(free.saturating_sub(flight).max(now + Duration::from_ticks(1)));
        }
        spots[n].held += 1;
        spots[n].planned_free = arrival.max(free) + offload;
        // A spot released since the flight was loaded is what it waited for; an older release has met the condition all along.
        Ok(if spots[n].held == 1 { self.nodes[node].parking.released.get() } else { Since::START })
    }

    /// An aircraft that is taken begins to wait.
    fn aircraft_waits(&self, fleet: usize) {
        self.books.borrow_mut().aircraft_waiting[fleet].begin(self.sim.now(), 1);
    }

    /// An aircraft that is taken waits no longer.
    fn aircraft_goes_on(&self, fleet: usize) {
        self.books.borrow_mut().aircraft_waiting[fleet].end(self.sim.now(), 1);
    }

    /// The process of one flight, from forming to its load's acceptance; the aircraft's way back is a process of its own.
    pub(super) async fn flight(&'s self, id: MovementId, mut link: Link) {
        let (route, nth, unit) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.aircraft.expect("a flight has an aircraft"))
        };
        let spec = &self.model.params.routes[route];
        let air = self.air(route);
        let fleet = &self.model.params.aircraft[air.fleet];
        let keys = &self.model.keys.routes[route];
        let origin = self.airfield(spec.from);
        self.aircraft_waits(air.fleet);
        // A spot is taken only while the origin is open and people are called aboard; whoever gets one after hours, or in weather that
        // has turned while it waited for the spot, tries again.
        let station = &self.nodes[spec.from].parking;
        let hours = self.hours_of(spec.from);
        let (parking, requested) = loop {
            link = self.call_aboard(id, link).await;
            let asked = self.sim.now();
            let open = self.env.next_open_of(spec.from, hours)(asked);
            if open > asked {
                self.until(open).await;
                link = self.chain.borrow_mut().activity(Cause::Closure, link, asked, self.sim.now());
            }
            let requested = self.sim.now();
            let parking = station.units.seize(1).await;
            let got = self.sim.now();
            let is_open = self.env.node_open(spec.from, hours, got).is_ok();
            let rested = if is_open { self.crew_rests_until(air, unit) } else { None };
            let called = got == asked || (self.loading_stopped(id).is_none() && (got == requested || self.loading_begins(id).0 <= got));
            if is_open && called && rested.is_none() {
                break (parking, requested);
            }
            link = self.granted(station, requested, link, Via::Parking(spec.from as u16));
            self.releases(station, link);
            drop(parking);
            if let Some(rested) = rested {
                // The crew has waited so long that the sortie no longer fits into its duty.
                self.until(rested).await;
                link = self.chain.borrow_mut().activity(Cause::Rest, link, got, self.sim.now());
            }
        };
        link = self.granted(station, requested, link, Via::Parking(spec.from as u16));
        let mut now = self.sim.now();
        {
            let aircraft = &mut self.aircraft[air.fleet].borrow_mut().units[unit as usize];
            aircraft.duty_from.get_or_insert(now);
        }
        self.aircraft_goes_on(air.fleet);
        self.judge_for_flight(id, link);
        let people = self.movements.borrow()[id].people();
        if people == 0 {
            // All of them were unfit, and nobody else waits.
            self.releases(station, link);
            drop(parking);
            self.loaded(id, link);
            self.free_aircraft(air.fleet, unit, link);
            return;
        }
        self.trace_movement(id, "onload", "parking free");
        if !origin.transfer.is_zero() {
            link = self.transfer(id, spec.from, origin, link).await;
            now = self.sim.now();
        }
        let onload = fleet.onload.sample(&mut self.stream(keys.onload, nth, 0));
        self.movements.borrow_mut()[id].loads[0].boarded = vec![now; people as usize];
        self.sim.hold(onload).await;
        link = self.chain.borrow_mut().activity(Cause::Onload, link, now, self.sim.now());
        self.releases(station, link);
        drop(parking);
        self.loaded(id, link);
        self.aircraft_waits(air.fleet);
        self.wait_to_start(id).await;
        link = self.movements.borrow()[id].start_link;
        let up = self.sim.now();
        self.aircraft_goes_on(air.fleet);
        let time = air.flight.sample(&mut self.stream(keys.flight, nth, 0));
        self.sim.hold(time).await;
        link = self.chain.borrow_mut().activity(Cause::Flight, link, up, self.sim.now());
        // A spot that is not free yet is waited for in the air.
        let over = self.sim.now();
        let station = &self.nodes[spec.to].parking;
        let parking = station.units.seize(1).await;
        link = self.granted(station, over, link, Via::Parking(spec.to as u16));
        let down = self.sim.now();
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.arrived = Some(down);
            m.outside = 1;
            m.aboard = 1;
            self.books.borrow_mut().book_flight(up, down, m.people());
        }
        self.trace_movement(id, "offload", "wheels down");
        let offload = fleet.offload.sample(&mut self.stream(keys.offload, nth, 0));
        self.sim.hold(offload).await;
        link = self.chain.borrow_mut().activity(Cause::Offload, link, down, self.sim.now());
        self.releases(station, link);
        self.free_spot(spec.to);
        drop(parking);
        // The aircraft may form its next flight while this load still waits to be let in, and nothing wakes this one any more.
        self.leave_slot(id);
        self.sim.spawn_detached(Order::of(self.order_of(id), 210), self.fly_back(route, nth, unit, link));
        let destination = self.airfield(spec.to);
        self.change(id, |m| {
            if m.tracker.vehicles.is_empty() {
                m.tracker.vehicles = vec![vehicle_of(m.people(), m.loads[0].boarded[0])];
            }
        });
        if !destination.transfer.is_zero() {
            link = self.transfer(id, spec.to, destination, link).await;
        }
        self.receive(id, 0, link).await;
    }

    /// The way between a perimeter and an aircraft: an exposure window of its own.
    async fn transfer(&'s self, id: MovementId, node: usize, airfield: Airfield, mut link: Link) -> Link {
        let requested = self.sim.now();
        let station = &self.nodes[node].transfer;
        let buses = match airfield.buses {
            Some(_) => Some(station.units.seize(1).await),
            None => None,
        };
        link = self.granted(station, requested, link, Via::None);
        let began = self.sim.now();
        self.change(id, |m| {
            let since = m.loads[0].boarded.first().copied().unwrap_or(began);
            if m.tracker.vehicles.is_empty() {
                m.tracker.vehicles = vec![vehicle_of(m.loads[0].count(), since)];
            }
            m.tracker.vehicles[0].exposed = true;
        });
        self.trace_movement(id, "transfer", "airfield");
        self.sim.hold(airfield.transfer).await;
        self.change(id, |m| m.tracker.vehicles[0].exposed = false);
        link = self.chain.borrow_mut().activity(Cause::Transfer, link, began, self.sim.now());
        if let Some(buses) = buses {
            // The vehicles come back before the next load can use them.
            self.sim.spawn_detached_at(self.sim.now() + airfield.transfer, Order::of(self.order_of(id), 211), async move {
                let link = self.chain.borrow_mut().empty_trip(Cause::Transfer, link, began + airfield.transfer, self.sim.now());
                self.releases(station, link);
                drop(buses);
            });
        }
        link
    }

    /// The aircraft flies home; its crew rests if another sortie would not fit into the duty.
    async fn fly_back(&'s self, route: usize, nth: u32, unit: u32, mut link: Link) {
        let air = self.air(route);
        let fleet = &self.model.params.aircraft[air.fleet];
        let mut began = self.sim.now();
        let time = air.flight.sample(&mut self.stream(self.model.keys.routes[route].flight_back, nth, 0));
        self.sim.hold(time).await;
        link = self.chain.borrow_mut().empty_trip(Cause::Return, link, began, self.sim.now());
        began = self.sim.now();
        if let Some(duty) = fleet.duty {
            let from = self.aircraft[air.fleet].borrow().units[unit as usize].duty_from.unwrap_or(began);
            if began + planned_sortie(fleet, air) > from + duty {
                self.aircraft_waits(air.fleet);
                self.sim.hold(fleet.rest).await;
                self.aircraft_goes_on(air.fleet);
                link = self.chain.borrow_mut().empty_trip(Cause::Rest, link, began, self.sim.now());
                self.aircraft[air.fleet].borrow_mut().units[unit as usize].duty_from = None;
            }
        }
        self.free_aircraft(air.fleet, unit, link);
    }

    /// When the crew of an aircraft at home will have rested, if it must before its next sortie. The wait since its last one counts;
    /// where that was long enough, the next duty is a new one.
    fn crew_rests_until(&self, air: &AirRoute, unit: u32) -> Option<SimTime> {
        let fleet = &self.model.params.aircraft[air.fleet];
        let duty = fleet.duty?;
        let now = self.sim.now();
        let aircraft = &mut self.aircraft[air.fleet].borrow_mut().units[unit as usize];
        let from = aircraft.duty_from?;
        let rested = aircraft.since.at + fleet.rest;
        if now >= rested {
            aircraft.duty_from = None;
            return None;
        }
        (now + planned_sortie(fleet, air) > from + duty).then_some(rested)
    }

    /// A spot at a node is free.
    fn free_spot(&self, node: usize) {
        let now = self.sim.now();
        {
            let mut spots = self.nodes[node].spots.borrow_mut();
            let spot = spots.iter_mut().filter(|s| s.held > 0).min_by_key(|s| s.planned_free).expect("one was held");
            spot.held -= 1;
            if spot.held == 0 {
                spot.planned_free = now;
            }
        }
        self.notify_starts();
    }

    fn hours_of(&self, node: usize) -> &'s Schedule {
        match &self.model.params.nodes[node].kind {
            NodeKind::Site(site) => &site.hours,
            NodeKind::Hub(hub) => &hub.hours,
            NodeKind::Facility(facility) => &facility.intake.hours,
        }
    }

    pub(super) fn airfield(&self, node: usize) -> Airfield {
        match &self.model.params.nodes[node].kind {
            NodeKind::Site(site) => site.airfield,
            NodeKind::Hub(hub) => hub.airfield,
            NodeKind::Facility(facility) => facility.airfield,
        }
    }
}

/// Planned time of a sortie, from onload to being home again.
fn planned_sortie(fleet: &AircraftFleet, air: &AirRoute) -> Duration {
    fleet.onload.mean() + air.flight.mean() * 2 + fleet.offload.mean()
}

/// The load of an aircraft on its way between a perimeter and the aircraft, not yet exposed.
fn vehicle_of(people: u32, aboard_since: SimTime) -> Vehicle {
    Vehicle { people, exposed: false, motion: Motion::Moving, aboard_since, exposed_for: Duration::ZERO }
}
