//! When a convoy or a flight forms, and with whom.

use super::super::chain::{Cause, Link, Since, Via};
use super::super::environment::Condition;
use super::super::exposure::Tracker;
use super::super::movement::{Load, Movement, MovementId, Stage, Where};
use super::super::operation::Operation;
use super::super::params::{AirRoute, LandRoute, Mode, Route};
use super::seen::{Lack, Queues};
use crate::kernel::Order;
use crate::units::{Duration, SimTime};

/// What a route could form now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// Vehicles.
    vehicles: u32,
    /// People.
    people: u32,
    /// What kept it from being larger, while that was waited for: buses or places; none where it was people, or nothing.
    short: Via,
}

/// The answer of a route that is asked whether it forms a movement now. It is a function of the state: asking changes nothing but that
/// the wanted size of the next convoy, once drawn, is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This convoy.
    Convoy(Offer),
    /// A flight.
    Flight(Passengers),
    /// Nothing.
    Nothing(Nothing),
}

/// Why a route forms nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nothing {
    /// When time alone may change that.
    pub retry: SimTime,
    /// Since when it has been able to form with the least.
    pub able_since: Option<SimTime>,
    /// What it lacks, and whether it waits for others who may still come, where the answer stands until something of that changes.
    pub keep: Option<(Lack, bool)>,
}

/// Who boards an aircraft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Passengers {
    class: usize,
    people: u32,
    /// What kept them from being more: places, or nothing.
    short: Via,
}

impl<'s> Operation<'s> {
    /// Forms movements of a route until it can't; returns when time alone may change that.
    pub(super) fn try_form(&'s self, route: usize) -> SimTime {
        let spec = &self.model.params.routes[route];
        if let Some(until) = self.still_unable(route, spec) {
            return until;
        }
        if let Some(later) = self.too_early(route) {
            self.routes[route].borrow_mut().able_since = None;
            return later;
        }
        loop {
            match self.ask(route) {
                Answer::Convoy(offer) => self.form_convoy(route, spec, self.land(route), offer),
                Answer::Flight(passengers) => {
                    if !self.form_flight(route, spec, self.air(route), passengers) {
                        return SimTime::NEVER;
                    }
                }
                Answer::Nothing(Nothing { retry, able_since, keep }) => {
                    self.routes[route].borrow_mut().able_since = able_since;
                    if let Some((lack, others)) = keep {
                        self.keep_unable(route, lack, others, retry);
                    }
                    return retry;
                }
            }
        }
    }

    /// Whether a route forms a movement now, and which.
    pub(super) fn ask(&self, route: usize) -> Answer {
        let spec = &self.model.params.routes[route];
        match &spec.mode {
            Mode::Land(land) => self.ask_for_convoy(route, spec, land),
            Mode::Air(air) => self.ask_for_flight(route, spec, air),
        }
    }

    /// Whether a movement of a route that formed now would never start, by planned times.
    fn never_starts(&self, route: usize) -> bool {
        let now = self.sim.now();
        now >= self.model.careful_from[route] && self.expected_start(route, now) == SimTime::NEVER
    }

    /// When forming makes sense again, on a route that no movement can leave any more, or that the calendar keeps shut beyond the next
    /// operating day: until then its people and places are free for others.
    pub(super) fn too_early(&self, route: usize) -> Option<SimTime> {
        let now = self.sim.now();
        if now >= self.model.last_starts[route] {
            return Some(SimTime::NEVER);
        }
        if self.model.params.calendar.is_empty() || matches!(self.env.calendar(route, now), Condition::MetSince(_)) {
            return None;
        }
        let start = self.planned_start(route, now).0;
        if start == SimTime::NEVER {
            return Some(start);
        }
        let day = self.env.operating_day(start);
        (day > self.env.operating_day(now) + 1).then(|| self.env.operating_day_start(day - 1))
    }

    fn ask_for_convoy(&self, route: usize, spec: &Route, land: &LandRoute) -> Answer {
        let load = self.model.params.buses[land.fleet].load;
        let free_buses = self.vehicles_free(spec);
        let free_places = self.places_free(spec.to);
        let queues = self.nodes[spec.from].waiting.borrow();
        let waiting = Queues::of(spec, &queues);
        let total: u32 = waiting.counts().sum();
        let nothing = |retry, able_since, keep| Answer::Nothing(Nothing { retry, able_since, keep });
        if let Some(lack) = nothing_of(total == 0, free_places, free_buses) {
            return nothing(SimTime::NEVER, None, Some((lack, false)));
        }
        let want = self.wanted_buses(route, land);
        let (cap, cap_retry) = self.cap_left(route);
        if cap == 0 {
            return nothing(cap_retry, None, None);
        }
        // The cap cuts the convoy itself, not only what it can find today.
        let target = want.min(cap.div_ceil(load));
        let (carried, by_people) = carries(waiting.counts(), load, target.min(free_buses));
        let carried = carried.min(cap);
        let by_places = if free_places >= carried { u32::MAX } else { free_places / load };
        let m = target.min(free_buses).min(by_people).min(by_places);
        let last_places = free_places < carried && !self.places_can_grow(spec.to);
        let offer = if last_places {
            // The last places there will ever be: the convoy takes them all, the last bus part full.
            Offer { vehicles: vehicles_for(waiting.counts(), load, free_places), people: free_places, short: Via::Place(spec.to as u16) }
        } else {
            let short = match m {
                _ if m == target || m == by_people => Via::None,
                _ if m == by_places => Via::Place(spec.to as u16),
                _ => Via::Bus(land.fleet as u16),
            };
            let people = if free_places >= carried { carried } else { carries(waiting.counts(), load, m).0.min(free_places).min(cap) };
            Offer { vehicles: m, people, short }
        };
        let growth_is_nothing_to_it = free_places >= carried || self.model.params.is_hub(spec.to);
        let needed = land.at_least.min(target);
        let able = offer.vehicles >= needed;
        let lack = match m {
            // The last beds of a facility may also be taken by fewer.
            _ if able || !self.model.params.is_hub(spec.to) => Lack::Anything,
            _ if m == by_people => Lack::People,
            _ if m == by_places => Lack::Places(carried.min(needed.saturating_mul(load))),
            _ => Lack::Vehicles(needed.min(by_people)),
        };
        if offer.vehicles == 0 || offer.people == 0 {
            // Where its answer is kept, time does not change it: a kept answer has no cap.
            return nothing(cap_retry, None, growth_is_nothing_to_it.then_some((lack, false)));
        }
        let at_once = last_places || offer.vehicles == target || (offer.people == total && !self.others_can_come(spec));
        let Patience { over, end, able_since } = self.patience(route, spec, at_once, able);
        if !over {
            return nothing(end.min(cap_retry), able_since, growth_is_nothing_to_it.then_some((lack, offer.people == total)));
        }
        if self.never_starts(route) {
            return nothing(cap_retry, able_since, None);
        }
        Answer::Convoy(offer)
    }

    /// Whether a route has waited long enough for more than it can carry now.
    fn patience(&self, route: usize, spec: &Route, at_once: bool, able: bool) -> Patience {
        let now = self.sim.now();
        let able_since = self.routes[route].borrow().able_since;
        if at_once {
            return Patience { over: true, end: SimTime::NEVER, able_since };
        }
        if !able {
            return Patience { over: false, end: SimTime::NEVER, able_since: None };
        }
        let since = able_since.unwrap_or(now);
        let end = since + spec.form_wait_at_most;
        Patience { over: now >= end, end, able_since: Some(since) }
    }

    /// Wanted size of the next convoy: drawn once, by the place of the convoy within its route.
    pub(super) fn wanted_buses(&self, route: usize, land: &LandRoute) -> u32 {
        let (want, nth) = {
            let state = self.routes[route].borrow();
            (state.want, state.formed)
        };
        want.unwrap_or_else(|| {
            let drawn = land.per_convoy.sample(&mut self.stream(self.model.keys.routes[route].size, nth, 0));
            let want = (drawn.round() as u32).clamp(1, self.model.params.buses[land.fleet].count);
            self.routes[route].borrow_mut().want = Some(want);
            want
        })
    }

    fn ask_for_flight(&self, route: usize, spec: &Route, air: &AirRoute) -> Answer {
        let fleet = &self.model.params.aircraft[air.fleet];
        let free_places = self.places_free(spec.to);
        let nobody_waits = Queues::of(spec, &self.nodes[spec.from].waiting.borrow()).counts().all(|there| there == 0);
        let nothing = |retry, able_since, keep| Answer::Nothing(Nothing { retry, able_since, keep });
        if let Some(lack) = nothing_of(nobody_waits, free_places, self.vehicles_free(spec)) {
            return nothing(SimTime::NEVER, None, Some((lack, false)));
        }
        let (cap, cap_retry) = self.cap_left(route);
        if cap == 0 {
            return nothing(cap_retry, None, None);
        }
        // An aircraft carries one class: the first in file order that can fill it, else the first that has anybody.
        let limit = fleet.load.min(cap);
        let class = {
            let queues = self.nodes[spec.from].waiting.borrow();
            let mut waiting = spec.classes.iter().map(|c| (*c, queues[*c].count()));
            waiting.clone().find(|(_, w)| *w >= limit).or_else(|| waiting.find(|(_, w)| *w > 0))
        };
        let (class, there) = class.expect("somebody waits");
        let people = limit.min(there).min(free_places);
        let last_places = free_places < limit.min(there) && !self.places_can_grow(spec.to);
        // The last people of this class there will be (and with them perhaps of all).
        let at_once = last_places || people == limit || (people == there && !self.others_can_come(spec));
        let Patience { over, end, able_since } = self.patience(route, spec, at_once, people >= air.at_least.min(limit));
        if !over {
            let stands = free_places >= limit.min(there) || self.model.params.is_hub(spec.to);
            return nothing(end.min(cap_retry), able_since, stands.then_some((Lack::Anything, people == there)));
        }
        if self.never_starts(route) {
            return nothing(cap_retry, able_since, None);
        }
        let short = if free_places < limit.min(there) { Via::Place(spec.to as u16) } else { Via::None };
        Answer::Flight(Passengers { class, people, short })
    }

    /// Takes an aircraft, people and places in one step, and sends the flight on its life; says whether an aircraft could fly.
    fn form_flight(&'s self, route: usize, spec: &Route, air: &AirRoute, Passengers { class, people, short }: Passengers) -> bool {
        let people_since = self.nodes[spec.from].waiting.borrow()[class].peek(people);
        let places_since = self.nodes[spec.to].places.borrow().peek(people);
        let rest = [(people_since, Via::None), (places_since, Via::Place(spec.to as u16))];
        let Some((unit, since)) = self.take_aircraft(air.fleet, &rest) else {
            // Those that were free are in repair now, so no route of this fleet is able to form any longer: all are asked again at
            // this instant, not when something else happens to happen, and their waits begin anew when one is back.
            self.dirty.set(true);
            self.reconsider_forming();
            return false;
        };
        let mut load = Vec::new();
        self.take_waiting(spec.from, class, people, &mut load);
        self.take_places(spec.to, people);
        let conditions = [(since, Via::Aircraft(air.fleet as u16)), (people_since, Via::None), (places_since, Via::Place(spec.to as u16))];
        let link = self.chain.borrow_mut().decide(&conditions, self.sim.now(), (Cause::Formation, short), self.next_movement());
        let load = Load {
            bus: None,
            class,
            people: load,
            boarded: Vec::new(),
            comfort: None,
            over: 0,
            all_over: false,
            longest_aboard: Duration::ZERO,
            off: false,
            done: false,
            intake: Vec::new(),
        };
        let id = self.add_movement(route, vec![load], Vec::new(), Some(unit), people);
        self.trace("aircraft", || self.aircraft_name(air.fleet, unit), "with flight", &self.traced_name(id), "formation rule");
        self.sim.spawn_detached(Order::of(self.order_of(id), 0), self.flight(id, link));
        true
    }

    /// The place that the next movement will have in the list of all.
    fn next_movement(&self) -> Option<u32> {
        u32::try_from(self.movements.borrow().len()).ok()
    }

    /// Takes buses, people and places in one step, and sends the convoy on its life.
    fn form_convoy(&'s self, route: usize, spec: &Route, land: &LandRoute, offer: Offer) {
        let load = self.model.params.buses[land.fleet].load;
        let (buses, bus_since) = self.take_buses(land.fleet, offer.vehicles);
        let mut loads = Vec::with_capacity(buses.len());
        let mut left = offer.people;
        let mut people_since = Since::START;
        for class in &spec.classes {
            loop {
                let count = load.min(left).min(self.nodes[spec.from].waiting.borrow()[*class].count());
                if count == 0 || loads.len() == buses.len() {
                    break;
                }
                let mut people = Vec::new();
                let since = self.take_waiting(spec.from, *class, count, &mut people);
                if since.at >= people_since.at {
                    people_since = since;
                }
                loads.push(Load {
                    bus: Some(buses[loads.len()]),
                    class: *class,
                    people,
                    boarded: Vec::new(),
                    comfort: None,
                    over: 0,
                    all_over: false,
                    longest_aboard: Duration::ZERO,
                    off: false,
                    done: false,
                    intake: Vec::new(),
                });
                left -= count;
            }
        }
        let taken = offer.people - left;
        let places_since = self.take_places(spec.to, taken);
        let conditions = [(bus_since, Via::Bus(land.fleet as u16)), (people_since, Via::None), (places_since, Via::Place(spec.to as u16))];
        let link = self.chain.borrow_mut().decide(&conditions, self.sim.now(), (Cause::Formation, offer.short), self.next_movement());
        let id = self.add_movement(route, loads, buses, None, taken);
        for bus in &self.movements.borrow()[id].buses {
            self.trace("bus", || self.bus_name(land.fleet, *bus), "with convoy", &self.traced_name(id), "formation rule");
        }
        self.sim.spawn_detached(Order::of(self.order_of(id), 0), self.convoy(id, link));
    }

    /// Enters a new movement.
    fn add_movement(&'s self, route: usize, loads: Vec<Load>, buses: Vec<u32>, aircraft: Option<u32>, people: u32) -> MovementId {
        let now = self.sim.now();
        let nth = {
            let mut state = self.routes[route].borrow_mut();
            state.formed += 1;
            state.want = None;
            state.able_since = None;
            state.last_formed = Some(self.movements.borrow().len());
            self.forming_order_holds.set(false);
            state.committed += 1;
            state.formed - 1
        };
        let id = self.movements.borrow().len();
        let slot = self.free_slots.borrow_mut().pop().expect("a slot for every vehicle");
        let threshold =
            if self.model.params.incidents.is_some() && aircraft.is_none() { self.draw_threshold(route, nth, 0) } else { f64::INFINITY };
        let cover_need = match &self.model.params.routes[route].mode {
            Mode::Land(land) => land.cover,
            Mode::Air(_) => None,
        };
        self.movements.borrow_mut().push(Movement {
            route,
            nth,
            slot,
            loads,
            reserved: people,
            buses,
            aircraft,
            escorts: Vec::new(),
            escort_need: None,
            escorts_from: 0,
            escorts_since: now,
            escorts_broken: 0,
            cover_need,
            cover_lost: false,
            slot_lent: false,
            lets_escorts_go: false,
            stage: Stage::Preparing,
            planned_ready: SimTime::NEVER,
            start_not_before: SimTime::ZERO,
            formed: now,
            loaded: None,
            loaded_link: Link::START,
            start_link: Link::START,
            started: None,
            arrived: None,
            clear: None,
            accepted: None,
            outside: 0,
            aboard: 0,
            escorts_at_start: 0,
            not_before: SimTime::ZERO,
            turn_back: false,
            turned_back: false,
            threshold,
            incidents: 0,
            moved_since_halt: Duration::ZERO,
            course: None,
            tracker: Tracker::default(),
            place: Where::Origin,
            place_before: Where::Origin,
            km: 0.0,
            km_now: 0.0,
            km_at: now,
            border_queue: Duration::ZERO,
            queueing: (0, SimTime::ZERO),
            stands: false,
            cover_lost_at: SimTime::NEVER,
        });
        self.preparing.borrow_mut().push(id);
        // Who was asked before may now take all who are left: ask again at this instant.
        self.dirty.set(true);
        self.reconsider_forming();
        self.trace_movement(id, "formed", "formation rule");
        id
    }
}

/// Whether a route still waits for more than it could carry now.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// It has waited long enough, or has nothing to wait for.
    over: bool,
    /// When it will have.
    end: SimTime,
    /// Since when it has been able to form with the least.
    able_since: Option<SimTime>,
}

/// What of the three that a movement takes is not there at all.
fn nothing_of(nobody_waits: bool, free_places: u32, free_vehicles: u32) -> Option<Lack> {
    match (nobody_waits, free_places, free_vehicles) {
        (true, ..) => Some(Lack::People),
        (_, 0, _) => Some(Lack::Places(1)),
        (.., 0) => Some(Lack::Vehicles(1)),
        _ => None,
    }
}

/// People that `vehicles` carry when classes don't mix, classes in order, buses one after another; and the vehicles that would carry all.
pub(in super::super) fn carries(waiting: impl Iterator<Item = u32>, load: u32, vehicles: u32) -> (u32, u32) {
    let (mut people, mut wanted) = (0, 0);
    for there in waiting {
        let left = vehicles.saturating_sub(wanted);
        people += there.min(left.saturating_mul(load));
        wanted += there.div_ceil(load);
    }
    (people, wanted)
}

/// Vehicles that carry so many people when classes don't mix.
fn vehicles_for(waiting: impl Iterator<Item = u32>, load: u32, people: u32) -> u32 {
    let mut left = people;
    let mut vehicles = 0;
    for there in waiting {
        let from_here = there.min(left);
        vehicles += from_here.div_ceil(load);
        left -= from_here;
    }
    vehicles
}
