//! Border crossings: lanes bus by bus, loaded before empty, shut by hours, calendar and closures.

use super::chain::{By, Cause, Link, Since, Via};
use super::exposure::Motion;
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{CoverPolicy, EscortNeed, PathPart};
use super::state::Station;
use crate::kernel::join_all;
use crate::units::SimTime;

/// Rank of a loaded bus in the queue.
const LOADED: u32 = 0;
/// Rank of an empty bus in the queue.
const EMPTY: u32 = 1;

impl<'s> Operation<'s> {
    /// What let something begin that asked for a unit of a station at `requested` and has just got it.
    pub(super) fn granted(&self, station: &Station<'s>, requested: SimTime, link: Link, via: Via) -> Link {
        let now = self.sim.now();
        if now == requested {
            return link;
        }
        match station.released.get().by {
            By::Operation(released) if self.chain.borrow().end(released) == now => released.through(via).of(link.whose),
            By::Operation(_) => self.chain.borrow_mut().bridge(link, now, Cause::Closure),
            By::Outside(cause) => self.chain.borrow_mut().activity(cause, link, requested, now),
        }
    }

    /// An activity has ended and releases a unit of a station now.
    pub(super) fn releases(&self, station: &Station<'s>, link: Link) {
        station.released.set(Since { at: self.sim.now(), by: By::Operation(link) });
    }

    /// A convoy passes a crossing: queue, lanes bus by bus, re-form, paperwork.
    pub(super) async fn cross(&'s self, id: MovementId, part: usize, crossing: usize, direction: u64, link: Link) -> Link {
        let spec = &self.model.params.crossings[crossing];
        let (route, nth, count) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.loads.len())
        };
        self.trace_movement(id, "border queue", "arrival");
        self.change(id, |m| {
            for v in &mut m.tracker.vehicles {
                v.motion = Motion::BorderQueue;
                v.exposed = !spec.secured && v.people > 0;
            }
            m.count_border_queue(self.sim.now(), count as u64);
        });
        self.buses_wait(self.land(route).fleet, count);
        if direction == 0 {
            self.ask_next_cover(id, part);
        }
        let lanes = join_all((0..count).map(|b| self.pass_loaded(id, route, nth, b, part, crossing, direction, link)));
        let links = self.ride(id, lanes).await;
        let mut link = self.latest(&links);
        self.trace_movement(id, "re-form", "border service");
        let began = self.sim.now();
        let paperwork = spec.paperwork.sample(&mut self.stream(self.model.keys.routes[route].parts[part].other, nth, direction));
        if !paperwork.is_zero() {
            self.stand_until(id, began + paperwork).await;
            link = self.chain.borrow_mut().activity(Cause::Paperwork, link, began, self.sim.now());
        }
        self.stood_still(id, self.sim.now() - began);
        if direction == 0 {
            link = self.hand_over(id, part, crossing, link).await;
        }
        if spec.secured {
            self.change(id, |m| {
                for v in &mut m.tracker.vehicles {
                    v.exposed = v.people > 0;
                }
            });
        }
        link
    }

    #[expect(clippy::too_many_arguments, reason = "the address of a draw and the place in the story are both needed")]
    async fn pass_loaded(
        &'s self,
        id: MovementId,
        route: usize,
        nth: u32,
        index: usize,
        part: usize,
        crossing: usize,
        direction: u64,
        link: Link,
    ) -> Link {
        let station = &self.crossings[crossing];
        let requested = self.sim.now();
        let lane = station.units.seize_with_priority(1, LOADED).await;
        let began = self.sim.now();
        let mut link = self.granted(station, requested, link, Via::Lane(crossing as u16));
        let fleet = self.land(route).fleet;
        let bus = self.movements.borrow()[id].buses[index];
        self.buses_go_on(fleet, 1);
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.count_border_queue(began, m.queueing.0 - 1);
        }
        self.trace_lane(crossing, fleet, bus, "busy", "loaded");
        self.set_motion(id, index, Motion::BorderService);
        let key = self.model.keys.routes[route].parts[part].out;
        let service = self.model.params.crossings[crossing].service.sample(&mut self.stream(key, nth, index as u64 | direction << 20));
        self.sim.hold(service).await;
        link = self.chain.borrow_mut().activity(Cause::BorderService, link, began, self.sim.now());
        self.set_motion(id, index, Motion::Reform);
        self.trace_lane(crossing, fleet, bus, "free", "loaded");
        self.releases(station, link);
        drop(lane);
        link
    }

    /// An empty bus passes a crossing.
    #[expect(clippy::too_many_arguments, reason = "the address of a draw and the place in the story are both needed")]
    pub(super) async fn pass_empty(
        &'s self,
        route: usize,
        nth: u32,
        number: u64,
        bus: u32,
        part: usize,
        crossing: usize,
        link: Link,
    ) -> Link {
        let station = &self.crossings[crossing];
        let fleet = self.land(route).fleet;
        let requested = self.sim.now();
        self.buses_wait(fleet, 1);
        let lane = station.units.seize_with_priority(1, EMPTY).await;
        let began = self.sim.now();
        let mut link = self.granted(station, requested, link, Via::Lane(crossing as u16));
        self.buses_go_on(fleet, 1);
        self.trace_lane(crossing, fleet, bus, "busy", "empty");
        let key = self.model.keys.routes[route].parts[part].back;
        let service = self.model.params.crossings[crossing].service_empty.sample(&mut self.stream(key, nth, number));
        self.sim.hold(service).await;
        self.trace_lane(crossing, fleet, bus, "free", "empty");
        let now = self.sim.now();
        let rule = self.model.params.buses[fleet].driver;
        self.buses[fleet].borrow_mut().units[bus as usize].stood_still(rule, now - requested);
        link = self.chain.borrow_mut().empty_trip(Cause::BorderService, link, began, now);
        self.releases(station, link);
        drop(lane);
        link
    }

    fn trace_lane(&self, crossing: usize, fleet: usize, bus: u32, state: &'static str, how: &'static str) {
        if self.recorder.is_some() {
            let bus = self.bus_name(fleet, bus);
            self.trace("lane", || self.model.params.crossings[crossing].id.clone(), state, &bus, how);
        }
    }

    /// Escorts and cover change at a crossing. The present escorts stay until the next pool's minimum is there.
    async fn hand_over(&'s self, id: MovementId, part: usize, crossing: usize, mut link: Link) -> Link {
        let route = self.movements.borrow()[id].route;
        let Some(change) = self.land(route).hand_over.iter().find(|h| h.at == crossing) else { return link };
        let began = self.sim.now();
        self.convoy_stands(id);
        if let Some(need) = change.escorts {
            if !self.may_take_escorts(id, need, began) {
                link = self.wait_for_escorts(id, part, need, link).await;
            }
            self.book(id, |_| {});
            self.release_escorts(id, part, link);
            self.seize_escorts(id, need, part + 1);
            self.hand_overs.borrow_mut().retain(|h| h.0 != id);
            self.book(id, |m| m.tracker.flags.adequate = Self::escorts_adequate(m));
            if change.cover.is_none() {
                self.slot_back(id);
            }
            self.trace_movement(id, "escorts changed", "hand-over");
        }
        if let Some(cover) = change.cover {
            let asked = self.sim.now();
            self.end_cover(id);
            if let Some(need) = cover {
                self.want_cover(id, need);
                if need.policy == CoverPolicy::Required {
                    self.stand_until_covered(id).await;
                }
            }
            if self.sim.now() > asked {
                link = self.chain.borrow_mut().activity(Cause::HandOver, link, asked, self.sim.now());
            }
        }
        self.convoy_goes_on(id);
        if self.sim.now() > began {
            self.stood_still(id, self.sim.now() - began);
        }
        link
    }

    /// Waits at a hand-over until the next escorts are there. The present ones stay, unless convoys wait for each other in a circle.
    async fn wait_for_escorts(&'s self, id: MovementId, part: usize, need: EscortNeed, mut link: Link) -> Link {
        let began = self.sim.now();
        self.hand_overs.borrow_mut().push((id, need.pool, began));
        self.wake_at(began + need.wait_at_most);
        self.break_circles();
        while !self.may_take_escorts(id, need, began) {
            if self.movements.borrow()[id].lets_escorts_go && !self.movements.borrow()[id].escorts.is_empty() {
                link = self.chain.borrow_mut().bridge(link, self.sim.now(), Cause::HandOver);
                self.book(id, |m| m.tracker.flags.adequate = false);
                self.release_escorts(id, part, link);
                self.trace_movement(id, "lets escorts go", "waits in a circle");
            }
            self.wait_for_change(id).await;
        }
        self.movements.borrow_mut()[id].lets_escorts_go = false;
        self.chain.borrow_mut().bridge(link, self.sim.now(), Cause::HandOver)
    }

    /// The crossing with a hand-over that comes next on a convoy's path from `part` on, if it changes cover: so that aircraft can be
    /// called while the buses are in the lanes.
    fn ask_next_cover(&'s self, id: MovementId, part: usize) {
        let route = self.movements.borrow()[id].route;
        let land = self.land(route);
        let PathPart::Crossing(crossing) = land.path[part] else { return };
        if let Some(Some(Some(need))) = land.hand_over.iter().find(|h| h.at == crossing).map(|h| h.cover) {
            self.demand_cover(id, need.orbit);
        }
    }
}
