//! A convoy's life: buses come, people board, it starts, marches, arrives.

use super::bus::EmptyTrip;
use super::chain::{Cause, Link};
use super::exposure::Motion;
use super::movement::{MovementId, Stage, Where};
use super::operation::Operation;
use crate::kernel::{Order, join_all};
use crate::units::SimTime;

impl<'s> Operation<'s> {
    /// The process of one convoy, from forming to its last bus inside the destination's wall, or back inside the origin's.
    pub(super) async fn convoy(&'s self, id: MovementId, mut link: Link) {
        let (route, buses) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.buses.clone())
        };
        let land = self.land(route);
        let spec = &self.model.params.routes[route];
        if self.model.params.buses[land.fleet].home == spec.to {
            let trips = buses.iter().enumerate().map(|(index, bus)| self.empty_trip(id, index, *bus, EmptyTrip::Out, link));
            let links = join_all(trips).await;
            link = self.latest(&links);
        }
        link = self.call_aboard(id, link).await;
        link = self.board(id, link).await;
        if !self.loaded(id, link) {
            return;
        }
        self.wait_to_start(id).await;
        let link = self.movements.borrow()[id].start_link;
        let (arrived, link) = self.travel(id, link).await;
        if arrived { self.arrive(id, link) } else { self.arrive_back(id, link) }
    }

    /// A movement is loaded: it joins those who wait to start. Returns false where nobody came aboard and it is dissolved.
    pub(super) fn loaded(&'s self, id: MovementId, link: Link) -> bool {
        let now = self.sim.now();
        let empty = {
            let m = &mut self.movements.borrow_mut()[id];
            m.loaded = Some(now);
            m.loaded_link = link;
            m.stage = Stage::Loaded;
            m.people() == 0
        };
        // Nobody of it will be found unfit any more.
        self.fewer_can_come();
        let route = self.movements.borrow()[id].route;
        if empty {
            self.dissolve(id, link);
            return false;
        }
        self.routes[route].borrow_mut().loaded.push_back(id);
        self.waiting_to_start.borrow_mut().push(id);
        self.starts_from.set(SimTime::ZERO);
        self.reconsider_cover();
        self.trace_movement(id, "loaded", "boarding done");
        self.notify();
        true
    }

    /// Waits until the dispatcher has started a movement.
    pub(super) async fn wait_to_start(&'s self, id: MovementId) {
        let slot = self.movements.borrow()[id].slot;
        let convoy = {
            let m = &self.movements.borrow()[id];
            m.aircraft.is_none().then(|| (self.land(m.route).fleet, m.buses.len()))
        };
        if let Some((fleet, buses)) = convoy {
            self.buses_wait(fleet, buses);
        }
        while self.movements.borrow()[id].stage == Stage::Loaded {
            self.signals[slot].wait().await;
        }
        if let Some((fleet, buses)) = convoy {
            self.buses_go_on(fleet, buses);
        }
    }

    /// A convoy has reached its destination.
    fn arrive(&'s self, id: MovementId, link: Link) {
        let now = self.sim.now();
        let count = {
            let m = &mut self.movements.borrow_mut()[id];
            m.arrived = Some(now);
            m.place = Where::Destination;
            m.outside = m.loads.len();
            m.aboard = m.loads.len();
            m.loads.len()
        };
        self.trace_movement(id, "arrived", "march done");
        self.book(id, |m| {
            for vehicle in &mut m.tracker.vehicles {
                vehicle.motion = Motion::GateQueue;
            }
        });
        let order = self.order_of(id);
        for index in 0..count {
            self.sim.spawn_detached(Order::of(order, 1 + (index as u32).min(190)), self.receive(id, index, link));
        }
        self.idle_buses_home(id, count, true, link);
    }

    /// Buses of a convoy whose people did not come go on as if unloaded.
    fn idle_buses_home(&'s self, id: MovementId, loads: usize, at_destination: bool, link: Link) {
        let buses = self.movements.borrow()[id].buses.clone();
        let order = self.order_of(id);
        for (index, bus) in buses.iter().enumerate().skip(loads) {
            let go = self.bus_after_unloading(id, index, *bus, at_destination, link);
            self.sim.spawn_detached(Order::of(order, 1 + (index as u32).min(190)), go);
        }
    }

    /// A convoy that turned back is inside its origin again: its people go to the front of the queue.
    fn arrive_back(&'s self, id: MovementId, link: Link) {
        self.movements.borrow_mut()[id].place = Where::Origin;
        self.trace_movement(id, "back at the origin", "turned back");
        self.people_back(id, link);
        let buses = self.movements.borrow()[id].buses.clone();
        let order = self.order_of(id);
        for (index, bus) in buses.iter().enumerate() {
            let go = self.bus_after_unloading(id, index, *bus, false, link);
            self.sim.spawn_detached(Order::of(order, 1 + (index as u32).min(190)), go);
        }
    }

    /// The latest of several links; of several at one instant the first.
    pub(super) fn latest(&self, links: &[Link]) -> Link {
        let chain = self.chain.borrow();
        let mut latest = links[0];
        for link in &links[1..] {
            if chain.end(*link) > chain.end(latest) {
                latest = *link;
            }
        }
        latest
    }

    /// A convoy nobody boarded: its buses go home, its places are free again.
    fn dissolve(&'s self, id: MovementId, link: Link) {
        let now = self.sim.now();
        let (route, reserved) = {
            let m = &mut self.movements.borrow_mut()[id];
            m.stage = Stage::Inside;
            (m.route, std::mem::take(&mut m.reserved))
        };
        let since = super::chain::Since { at: now, by: super::chain::By::Operation(link) };
        self.give_back_places(self.model.params.routes[route].to, reserved, since);
        self.no_longer_committed(route);
        self.end_cover(id);
        self.leave_slot(id);
        let buses = self.movements.borrow()[id].buses.clone();
        for (index, bus) in buses.iter().enumerate() {
            let go = self.bus_after_unloading(id, index, *bus, false, link);
            self.sim.spawn_detached(Order::of(self.order_of(id), 1 + (index as u32).min(190)), go);
        }
        self.trace_movement(id, "dissolved", Cause::Boarding.name());
        self.notify();
    }
}
