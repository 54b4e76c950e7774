//! The end of a movement: gate, yard and intake at a facility, getting off at a hub.

use super::books::{Acceptance, Flow, Whereabouts};
use super::chain::{By, Cause, Link, Since, Via};

use super::lanes::Lanes;
use super::movement::{MovementId, Stage};
use super::operation::Operation;
use super::params::{Facility, Hub, NodeKind};
use crate::kernel::{Either, race};
use crate::units::SimTime;

/// The intake of one load.
struct Intake {
    /// When each person is accepted, in the order of the people.
    done: Vec<SimTime>,
    /// When the last of them is.
    last: SimTime,
    /// Times in between in which the facility was shut.
    shut: Vec<(SimTime, SimTime)>,
}

impl<'s> Operation<'s> {
    /// One load at the destination: inside, off, and what becomes of its bus.
    pub(super) async fn receive(&'s self, id: MovementId, index: usize, link: Link) {
        let to = self.model.params.routes[self.movements.borrow()[id].route].to;
        let bus = self.movements.borrow()[id].loads[index].bus;
        let link = match &self.model.params.nodes[to].kind {
            NodeKind::Facility(facility) => self.receive_at_facility(id, index, to, facility, link).await,
            NodeKind::Hub(hub) => self.receive_at_hub(id, index, to, hub, link).await,
            NodeKind::Site(_) => unreachable!("no route ends at a site"),
        };
        if let Some(bus) = bus {
            self.bus_after_unloading(id, index, bus, true, link).await;
        }
    }

    async fn receive_at_hub(&'s self, id: MovementId, index: usize, to: usize, hub: &Hub, link: Link) -> Link {
        self.inside(id, index, Whereabouts::Hub, link);
        let (route, nth, class, bus) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.loads[index].class, m.loads[index].bus)
        };
        self.end_aboard(id, index, self.sim.now());
        let began = self.sim.now();
        let mut link = link;
        // Offloading has taken the people of an aircraft off already.
        if bus.is_some() {
            let mut stream = self.stream(self.model.keys.routes[route].arrival, nth, index as u64);
            let count = self.movements.borrow()[id].loads[index].count();
            let off = hub.arrival_per_person.sample_sum(&mut stream, count as usize);
            self.sim.hold(off).await;
            link = self.chain.borrow_mut().activity(Cause::Arrival, link, began, self.sim.now());
        }
        let now = self.sim.now();
        {
            let mut waiting = self.nodes[to].waiting.borrow_mut();
            for group in self.movements.borrow()[id].leaving(index) {
                waiting[class].join(group, Since { at: now, by: By::Operation(link) });
            }
        }
        self.load_done(id, index);
        self.notify();
        link
    }

    async fn receive_at_facility(&'s self, id: MovementId, index: usize, to: usize, facility: &Facility, link: Link) -> Link {
        let via = Via::Bay(to as u16);
        let state = &self.nodes[to];
        let (route, nth, bus) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.loads[index].bus)
        };
        let fleet = bus.map(|_| self.land(route).fleet);
        if let Some(fleet) = fleet {
            self.buses_wait(fleet, 1);
        }
        let requested = self.sim.now();
        // A yard without places, or one that loses them while a bus waits for one: straight from the gate to a bay.
        let yard = match facility.yard {
            Some(_) if state.yard.units.units() > 0 => match race(state.yard.units.seize(1), state.yard_gone.wait()).await {
                Either::Left(place) => Some(place),
                Either::Right(()) => None,
            },
            _ => None,
        };
        let straight = facility.yard.is_some() && yard.is_none();
        let entered = self.sim.now();
        let mut link = self.granted(&state.yard, requested, link, via);
        if !straight {
            self.inside(id, index, Whereabouts::Facility, link);
        }
        let bay = state.intake.units.seize(1).await;
        let began = self.sim.now();
        link = self.granted(&state.intake, entered, link, via);
        if let Some(fleet) = fleet {
            self.buses_go_on(fleet, 1);
        }
        if straight {
            self.inside(id, index, Whereabouts::Facility, link);
        }
        if let Some(yard) = yard {
            self.releases(&state.yard, link);
            drop(yard);
        }
        self.end_aboard(id, index, began);
        let Intake { done, last, shut } = self.intake_times(id, index, to, facility, nth);
        self.movements.borrow_mut()[id].loads[index].intake = done;
        self.trace_movement(id, "intake", "bay free");
        self.sim.hold_until(last).await;
        // Hours in which nobody's intake could begin are not intake.
        for (from, until) in shut {
            let mut chain = self.chain.borrow_mut();
            let at = chain.end(link);
            if at <= from && until <= last {
                link = chain.activity(Cause::Intake, link, at, from);
                link = chain.activity(Cause::Closure, link, from, until);
            }
        }
        let from = self.chain.borrow().end(link);
        link = self.chain.borrow_mut().activity(Cause::Intake, link, from, last);
        self.releases(&state.intake, link);
        drop(bay);
        self.accept(id, index, link);
        link
    }

    /// The intake of a load that begins now.
    fn intake_times(&self, id: MovementId, index: usize, to: usize, facility: &Facility, nth: u32) -> Intake {
        let began = self.sim.now();
        let (route, count) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.loads[index].count())
        };
        let mut stream = self.stream(self.model.keys.routes[route].intake, nth, index as u64);
        let [mut times, spare] = self.people_times.take();
        facility.intake.per_person.sample_many(&mut stream, count as usize, &mut times);
        let next_open = self.env.next_open_of(to, &facility.intake.hours);
        let mut lanes = Lanes::new(facility.intake.lanes_per_bay, began);
        let mut shut: Vec<(SimTime, SimTime)> = Vec::new();
        let mut done = vec![SimTime::ZERO; times.len()];
        let open = |free| {
            let from = next_open(free);
            if from > free && shut.last().is_none_or(|s| s.1 < from) {
                shut.push((free, from));
            }
            from
        };
        lanes.serve_each(began, &times, open, &mut done);
        self.people_times.set([times, spare]);
        Intake { done, last: lanes.all_free(), shut }
    }

    /// A load's people are accepted, the last of them now.
    fn accept(&'s self, id: MovementId, index: usize, link: Link) {
        let done = std::mem::take(&mut self.movements.borrow_mut()[id].loads[index].intake);
        self.enter_accepted(id, index, &done, None);
        {
            let books = &mut *self.books.borrow_mut();
            books.last_link = Some(link);
            books.time_of_last_count_change = self.sim.now();
        }
        self.load_done(id, index);
        if self.people_left.get() == 0 {
            self.sim.stop();
        }
    }

    /// Enters the people of a load who have been accepted; `done` says when each of them is, in the order of the people. `cut`: the
    /// end of the run, where it comes before the end of the intake; without it all of them are accepted.
    pub(super) fn enter_accepted(&self, id: MovementId, index: usize, done: &[SimTime], cut: Option<SimTime>) {
        let movements = self.movements.borrow();
        let route = movements[id].route;
        let to = self.model.params.routes[route].to;
        let books = &mut *self.books.borrow_mut();
        let before = books.accepted.len();
        let mut times = done;
        for group in movements[id].leaving(index) {
            let called = group.called.unwrap_or(SimTime::ZERO);
            let (of_group, others) = times.split_at(group.count as usize);
            let kept: Vec<SimTime>;
            let by_then = match cut {
                None => of_group,
                // Lanes side by side do not finish in the order of the people.
                Some(end) => {
                    kept = of_group.iter().copied().filter(|at| *at <= end).collect();
                    &kept
                }
            };
            books.accepted.extend(by_then.iter().map(|at| Acceptance { at: *at, route: route as u16 }));
            let count = by_then.len() as u64;
            let instants: u128 = by_then.iter().map(|at| u128::from(at.ticks())).sum();
            books.time_in_system += instants - u128::from(called.ticks()) * u128::from(count);
            let (people, sum) = &mut books.accepted_at[to];
            *people += count;
            *sum += instants;
            times = others;
            if count > 0 {
                books.person_exposure.push((group.exposed_for.ticks(), count as u32));
            }
        }
        let accepted = (books.accepted.len() - before) as u32;
        self.people_left.set(self.people_left.get() - accepted);
    }

    /// A load is inside the wall: no longer exposed.
    fn inside(&'s self, id: MovementId, index: usize, to: Whereabouts, link: Link) {
        let people = self.movements.borrow()[id].loads[index].count();
        self.change(id, |m| m.tracker.vehicles[index].exposed = false);
        self.flow(Whereabouts::OnTheWay, to, people);
        if to == Whereabouts::Hub {
            let node = self.model.params.routes[self.movements.borrow()[id].route].to;
            self.present(node, people.cast_signed());
        }
        let outside = {
            let m = &mut self.movements.borrow_mut()[id];
            m.outside -= 1;
            m.outside
        };
        if outside == 0 {
            self.all_inside(id, link);
        }
    }

    /// The last vehicle of a movement is inside: escorts and cover are released, the road is free.
    fn all_inside(&'s self, id: MovementId, link: Link) {
        let now = self.sim.now();
        let route = {
            let m = &mut self.movements.borrow_mut()[id];
            m.clear = Some(now);
            m.stage = Stage::Inside;
            m.route
        };
        self.trace_movement(id, "inside", "last vehicle inside");
        self.off_the_road(id, route, link);
    }

    /// Escorts, cover and the place on the road of a movement become free.
    pub(super) fn off_the_road(&'s self, id: MovementId, route: usize, link: Link) {
        let now = self.sim.now();
        if self.movements.borrow()[id].escort_need.is_some() {
            let parts = self.land(route).path.len();
            self.release_escorts(id, parts, link);
        }
        self.end_cover(id);
        {
            let mut state = self.routes[route].borrow_mut();
            state.on_road -= 1;
            state.off_road = Since { at: now, by: By::Operation(link) };
        }
        self.under_way.borrow_mut().retain(|m| *m != id);
        // A flight left its slot when its aircraft turned back.
        if self.movements.borrow()[id].aircraft.is_none() {
            self.leave_slot(id);
        }
        self.notify();
    }

    /// The time aboard of a load ends.
    pub(super) fn end_aboard(&self, id: MovementId, index: usize, now: SimTime) {
        let limit = self.model.params.welfare.max_aboard;
        let m = &mut self.movements.borrow_mut()[id];
        let load = &mut m.loads[index];
        load.end_spell(now, limit);
        let books = &mut *self.books.borrow_mut();
        load.off = true;
        let over = load.people_over();
        if over > 0 {
            books.counts.welfare_breaches += u64::from(over);
            books.counts.people_over += load.mark_people_over();
        }
        books.max_aboard = books.max_aboard.max(load.longest_aboard);
    }

    /// A load of a movement has been dealt with.
    fn load_done(&self, id: MovementId, index: usize) {
        let now = self.sim.now();
        let m = &mut self.movements.borrow_mut()[id];
        m.loads[index].done = true;
        m.aboard -= 1;
        if m.aboard == 0 {
            m.accepted = Some(now);
            self.no_longer_committed(m.route);
        }
    }

    /// The people of one of a route's movements are all accepted, off, or back.
    pub(super) fn no_longer_committed(&self, route: usize) {
        let left = {
            let state = &mut self.routes[route].borrow_mut();
            state.committed -= 1;
            state.committed
        };
        if left == 0 {
            self.fewer_can_come();
        }
        self.reconsider_forming();
    }

    /// Counts people who change their whereabouts now.
    pub(super) fn flow(&self, from: Whereabouts, to: Whereabouts, people: u32) {
        let at = self.sim.now();
        let mut books = self.books.borrow_mut();
        books.flows.push(Flow { at, from, to, people });
        books.time_of_last_count_change = at;
    }

    /// A convoy that turned back: its people are at the origin again, at the front of the queue.
    pub(super) fn people_back(&'s self, id: MovementId, link: Link) {
        let now = self.sim.now();
        let (route, count) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.loads.len())
        };
        let from = self.model.params.routes[route].from;
        let at_hub = self.model.params.is_hub(from);
        let whereabouts = if at_hub { Whereabouts::Hub } else { Whereabouts::Source };
        let since = Since { at: now, by: By::Operation(link) };
        for index in (0..count).rev() {
            self.change(id, |m| m.tracker.vehicles[index].exposed = false);
            let people = self.movements.borrow()[id].loads[index].count();
            self.flow(Whereabouts::OnTheWay, whereabouts, people);
            self.end_aboard(id, index, now);
            self.movements.borrow_mut()[id].loads[index].done = true;
            let class = self.movements.borrow()[id].loads[index].class;
            for group in self.movements.borrow()[id].leaving(index).rev() {
                self.nodes[from].waiting.borrow_mut()[class].join_first(group, since);
            }
            self.present(from, people.cast_signed());
        }
        if at_hub {
            self.take_back_places(from, self.movements.borrow()[id].people());
        }
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.clear = Some(now);
            m.stage = Stage::Inside;
            m.outside = 0;
            m.aboard = 0;
        }
        self.no_longer_committed(route);
        self.off_the_road(id, route, link);
    }
}
