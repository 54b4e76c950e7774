//! A site, hub or facility during a replication: who waits there, and the places that are free or taken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Model;
use super::boarding::SearchLanes;
use super::chain::{By, Cause, Since};
use super::crossing::Station;
use super::flight::Spot;
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{NodeKind, Route};
use super::places::{People, Places, Waiting};
use super::watched::{Asks, Routes, Sight, Watched};
use crate::kernel::{Signal, Sim, TimeIntegral};
use crate::units::{Duration, SimTime};

/// A site, hub or facility as it is now.
pub(super) struct NodeState<'s> {
    /// People waiting, by class.
    pub waiting: Watched<Vec<Waiting>>,
    /// People deferred as unfit.
    pub deferred: Cell<u32>,
    /// Holding places or beds.
    pub places: Watched<Places>,
    /// Places in all.
    pub level: Cell<u32>,
    /// Places there are, or taken where those are more, over time.
    pub level_over_time: RefCell<TimeIntegral>,
    /// Places taken, over time.
    pub taken_over_time: RefCell<TimeIntegral>,
    /// People inside the wall, over time.
    pub present_over_time: RefCell<TimeIntegral>,
    /// 1 while anybody is inside the wall, else 0.
    pub anybody_over_time: RefCell<TimeIntegral>,
    /// Boarding bays.
    pub boarding: Station<'s>,
    /// Search lanes that the bays share.
    pub lanes: RefCell<SearchLanes>,
    /// Intake bays.
    pub intake: Station<'s>,
    /// Places in the yard, where it has a limit.
    pub yard: Station<'s>,
    /// Fires when the yard loses its last place.
    pub yard_gone: Signal<'s>,
    /// Aircraft parking.
    pub parking: Station<'s>,
    /// Loads between perimeter and aircraft.
    pub transfer: Station<'s>,
    /// Parking as planned.
    pub spots: RefCell<Vec<Spot>>,
    /// Why it is shut, if it is.
    pub shut: Cell<Option<Cause>>,
}

impl<'s> NodeState<'s> {
    /// A node as it is at the start.
    pub fn new(sim: &'s Sim<'s>, model: &Model, node: usize, asks: &Rc<Asks>) -> Self {
        let params = &model.params;
        let (mut boarding, mut bays, mut yard) = (None, 0, 0);
        let (parking, airfield);
        let mut waiting = vec![Waiting::default(); params.classes.len()];
        let mut level = 0;
        let mut present = 0;
        match &params.nodes[node].kind {
            NodeKind::Site(site) => {
                boarding = Some(&site.boarding);
                for group in &site.detainees {
                    waiting[group.class]
                        .join(People { count: group.people, called: None, exposed_for: Duration::ZERO, over_limit: false }, Since::START);
                    present += u64::from(group.people);
                }
                (parking, airfield) = (site.parking, site.airfield);
            }
            NodeKind::Hub(hub) => {
                boarding = Some(&hub.boarding);
                level = hub.holding;
                (parking, airfield) = (hub.parking, hub.airfield);
            }
            NodeKind::Facility(facility) => {
                bays = facility.intake.bays;
                yard = facility.yard.unwrap_or(0);
                level = u32::try_from(model.beds_at(node, SimTime::ZERO)).unwrap_or(u32::MAX);
                (parking, airfield) = (facility.parking, facility.airfield);
            }
        }
        let routes = |belongs: &dyn Fn(&Route) -> bool| Routes::of(params.routes.len(), |r| belongs(&params.routes[r]));
        Self {
            waiting: Watched::new(waiting, Sight::People, routes(&|route| route.from == node), asks),
            deferred: Cell::new(0),
            places: Watched::new(Places::new(level), Sight::Means, routes(&|route| route.to == node), asks),
            level: Cell::new(level),
            level_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, u64::from(level))),
            taken_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, 0)),
            present_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, present)),
            anybody_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, u64::from(present > 0))),
            boarding: Station::new(sim, boarding.map_or(0, |b| b.bays)),
            lanes: RefCell::new(SearchLanes::shared(boarding)),
            intake: Station::new(sim, bays),
            yard: Station::new(sim, yard),
            yard_gone: Signal::new(sim),
            parking: Station::new(sim, parking),
            transfer: Station::new(sim, airfield.buses.unwrap_or(0)),
            spots: RefCell::new(vec![Spot { planned_free: SimTime::ZERO, held: 0 }; parking as usize]),
            shut: Cell::new(None),
        }
    }
}

impl Operation<'_> {
    /// Free places or beds at a node.
    pub fn places_free(&self, node: usize) -> u32 {
        self.nodes[node].places.borrow().free()
    }

    /// Takes people of a class from the queue at a node, those who have waited longest first; says since when the last of them has.
    pub fn take_waiting(&self, node: usize, class: usize, count: u32, people: &mut Vec<People>) -> Since {
        let (since, left) = {
            let waiting = &mut self.nodes[node].waiting.borrow_mut()[class];
            (waiting.take(count, people), waiting.count())
        };
        if left == 0 {
            self.fewer_can_come();
        }
        since
    }

    /// Takes places at a node.
    pub fn take_places(&self, node: usize, places: u32) -> Since {
        let since = self.nodes[node].places.borrow_mut().take(places);
        self.note_places(node);
        since
    }

    /// Gives places of a node back.
    pub fn give_back_places(&self, node: usize, places: u32, since: Since) {
        self.nodes[node].places.borrow_mut().give_back(places, since);
        self.note_places(node);
        self.notify();
    }

    /// People are back at a hub, whether or not there is room.
    pub fn take_back_places(&self, node: usize, places: u32) {
        let above = self.nodes[node].places.borrow_mut().take_regardless(places);
        let mut books = self.books.borrow_mut();
        books.counts.above_holding = books.counts.above_holding.max(above);
        drop(books);
        self.note_places(node);
    }

    pub(super) fn note_places(&self, node: usize) {
        let state = &self.nodes[node];
        let taken = state.places.borrow().taken();
        state.taken_over_time.borrow_mut().set(self.sim.now(), u64::from(taken));
        let level = u64::from(taken.max(state.level.get()));
        if state.level_over_time.borrow().value() != level {
            state.level_over_time.borrow_mut().set(self.sim.now(), level);
        }
    }

    /// A movement turned back: the places that waited for it are free.
    pub fn free_reserved(&self, id: MovementId) {
        let (route, reserved) = {
            let m = &mut self.movements.borrow_mut()[id];
            (m.route, std::mem::take(&mut m.reserved))
        };
        let link = self.movements.borrow()[id].start_link;
        let now = self.sim.now();
        let link = self.chain.borrow_mut().bridge(link, now, Cause::March);
        let since = Since { at: now, by: By::Operation(link) };
        self.give_back_places(self.model.params.routes[route].to, reserved, since);
    }

    /// More or fewer people are inside the wall of a node.
    pub fn present(&self, node: usize, people: i32) {
        let mut present = self.nodes[node].present_over_time.borrow_mut();
        let now = self.sim.now();
        let value = present.value().checked_add_signed(i64::from(people)).expect("no fewer than nobody is present");
        present.set(now, value);
        let mut anybody = self.nodes[node].anybody_over_time.borrow_mut();
        let is_anybody = u64::from(value > 0);
        if anybody.value() != is_anybody {
            anybody.set(now, is_anybody);
        }
    }
}
