//! Search and boarding, person by person in one loop a bus.
//!
//! Each person takes the lane that is free first. Lanes are at the bay (search and boarding in one), or shared by all bays; then people
//! step aboard one after another. The manifest follows when the last one is aboard. Who is found unfit goes back to the queue after a
//! while, and the next person takes the seat.

use super::chain::{By, Cause, Link, Since, Via};
use super::fitness::{Fitness, join};
use super::lanes::Lanes;
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{Boarding, NodeKind, Searching, Unfit, VaryingDuration};
use super::places::People;
use super::state::{SearchLanes, User};
use crate::kernel::join_all;
use crate::random::Stream;
use crate::units::{Duration, SimTime};

/// Times of the people of one bus, in their order.
struct Drawn<'p> {
    time: &'p VaryingDuration,
    stream: Stream,
    /// Those that are drawn.
    times: Vec<Duration>,
    /// How many of them have been used.
    used: usize,
}

impl<'p> Drawn<'p> {
    /// Draws from a stream, of which `count` are expected, into a list that is there already.
    fn new(time: &'p VaryingDuration, mut stream: Stream, count: u32, mut times: Vec<Duration>) -> Self {
        time.sample_many(&mut stream, count as usize, &mut times);
        Self { time, stream, times, used: 0 }
    }

    /// The times of the next `count` people.
    fn next(&mut self, count: usize) -> &[Duration] {
        let from = self.used;
        self.used += count;
        while self.times.len() < self.used {
            self.times.push(self.time.sample(&mut self.stream));
        }
        &self.times[from..self.used]
    }
}

/// What is drawn for the people of one bus: a stream a purpose, people in order.
struct PeopleDraws<'p> {
    search: Drawn<'p>,
    /// Where stepping aboard is apart from the search.
    aboard: Option<Drawn<'p>>,
    /// Where people may be unfit.
    fitness: Option<Fitness<'p>>,
}

/// Who came aboard a bus, and who did not.
struct Boarded {
    people: Vec<People>,
    /// When each of them was aboard.
    at: Vec<SimTime>,
    /// People found unfit: when, and when they are back.
    unfit: Vec<(People, SimTime, SimTime)>,
    /// Seats for which nobody was left.
    empty_seats: u32,
}

/// The boarding of one bus as its loop goes on: lanes, door, people aboard.
struct BusBoarding<'a> {
    lanes: &'a mut SearchLanes,
    began: SimTime,
    /// When the last person was aboard.
    door: SimTime,
    link: Link,
}

impl BusBoarding<'_> {
    /// Searches so many fit people, who step aboard one after another, and writes down when each of them is aboard.
    fn board_fit(&mut self, count: u32, draws: &mut PeopleDraws<'_>, open: impl Fn(SimTime) -> SimTime, at: &mut Vec<SimTime>) {
        let (first, count) = (at.len(), count as usize);
        at.resize(first + count, self.door);
        let at = &mut at[first..];
        self.lanes.free.serve_each(self.began, draws.search.next(count), open, at);
        let mut door = self.door;
        match &mut draws.aboard {
            Some(aboard) => {
                for (at, time) in at.iter_mut().zip(aboard.next(count)) {
                    door = door.max(*at) + *time;
                    *at = door;
                }
            }
            None => {
                for at in at {
                    door = door.max(*at);
                    *at = door;
                }
            }
        }
        self.door = door;
    }

    /// Searches and boards people, called at `formed` if not before, until all seats are taken: those of `queue` from its end, and in
    /// place of those who are unfit whoever `replace` adds to it. They are written into `people`, which is empty.
    fn board(
        &mut self,
        queue: &mut Vec<People>,
        people: Vec<People>,
        formed: SimTime,
        draws: &mut PeopleDraws<'_>,
        open: impl Fn(SimTime) -> SimTime,
        mut replace: impl FnMut(&mut Vec<People>),
    ) -> Boarded {
        let seats: u32 = queue.iter().map(|p| p.count).sum();
        let mut boarded = Boarded { people, at: Vec::with_capacity(seats as usize), unfit: Vec::new(), empty_seats: seats };
        while boarded.empty_seats > 0 {
            if queue.is_empty() {
                replace(queue);
            }
            let Some(group) = queue.pop() else { break };
            let (mut fit, mut left) = (0, group.count);
            loop {
                let next = draws.fitness.as_mut().map_or(left, |fitness| fitness.fit_before_unfit(left));
                self.board_fit(next, draws, &open, &mut boarded.at);
                fit += next;
                if next == left {
                    break;
                }
                let searched = self.lanes.free.serve(self.began, draws.search.next(1)[0], &open);
                let back_after = draws.fitness.as_mut().expect("only people who are judged are unfit").back_after();
                boarded.unfit.push((People { count: 1, ..group }, searched, searched + back_after));
                left -= next + 1;
            }
            join(&mut boarded.people, People { count: fit, called: group.called.or(Some(formed)), ..group });
            boarded.empty_seats -= fit;
        }
        self.lanes.used(self.link, self.began);
        boarded
    }
}

impl<'s> Operation<'s> {
    /// How people board at a site or hub.
    pub(super) fn boarding_at(&self, node: usize) -> &'s Boarding {
        match &self.model.params.nodes[node].kind {
            NodeKind::Site(site) => &site.boarding,
            NodeKind::Hub(hub) => &hub.boarding,
            NodeKind::Facility(_) => unreachable!("nobody boards at a facility"),
        }
    }

    /// Boarding time of a convoy by means if it began at `at`, behind whoever is being searched now.
    pub(super) fn planned_boarding(&self, node: usize, loads: impl Iterator<Item = u32>, at: SimTime) -> Duration {
        let boarding = self.boarding_at(node);
        let mut shared = match boarding.searching {
            Searching::SharedLanes { .. } => self.nodes[node].lanes.borrow().free.clone(),
            Searching::AtTheBay { .. } => Lanes::new(0, at),
        };
        let mut bays = Lanes::new(boarding.bays, at);
        let (search, aboard) = boarding.searching.times();
        let (search, aboard) = (search.mean(), aboard.map_or(Duration::ZERO, VaryingDuration::mean));
        let manifest = boarding.manifest.mean();
        for count in loads {
            let began = bays.free_at(bays.first());
            let mut own;
            let lanes = match boarding.searching {
                Searching::AtTheBay { lanes_per_bay, .. } => {
                    own = Lanes::new(lanes_per_bay, began);
                    &mut own
                }
                Searching::SharedLanes { .. } => &mut shared,
            };
            let ready = lanes.serve_alike(began, count, search, aboard) + manifest;
            bays.serve(began, ready - began, |at| at);
        }
        bays.all_free() - at
    }

    /// Boards all buses of a convoy; returns what ended when the last one was ready.
    pub(super) async fn board(&'s self, id: MovementId, link: Link) -> Link {
        let count = self.movements.borrow()[id].loads.len();
        self.trace_movement(id, "boarding", "boarding begins");
        let links = join_all((0..count).map(|bus| self.board_bus(id, bus, link))).await;
        self.latest(&links)
    }

    async fn board_bus(&'s self, id: MovementId, index: usize, link: Link) -> Link {
        let (route, nth) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth)
        };
        let node = self.model.params.routes[route].from;
        let boarding = self.boarding_at(node);
        let station = &self.nodes[node].boarding;
        let requested = self.sim.now();
        self.buses_wait(self.land(route).fleet, 1);
        let bay = station.units.seize(1).await;
        self.buses_go_on(self.land(route).fleet, 1);
        let link = self.granted(station, requested, link, Via::Boarding(node as u16));
        let (ready, link) = self.search_people(id, index, node, link);
        let manifest = boarding.manifest.sample(&mut self.stream(self.model.keys.routes[route].manifest, nth, index as u64));
        let from = self.chain.borrow().end(link);
        self.sim.hold_until(ready + manifest).await;
        let link = self.chain.borrow_mut().activity(Cause::Boarding, link, from, self.sim.now());
        self.releases(station, link);
        drop(bay);
        link
    }

    /// Searches and boards the people of one bus from now on. Returns when the last one is aboard, and what let the first search begin.
    fn search_people(&'s self, id: MovementId, index: usize, node: usize, link: Link) -> (SimTime, Link) {
        let began = self.sim.now();
        let boarding = self.boarding_at(node);
        let (unfit, hours): (Option<&Unfit>, _) = match &self.model.params.nodes[node].kind {
            NodeKind::Site(site) => (site.unfit.as_ref(), &site.hours),
            NodeKind::Hub(hub) => (None, &hub.hours),
            NodeKind::Facility(_) => unreachable!("nobody boards at a facility"),
        };
        let (route, nth, class, formed) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.loads[index].class, m.formed)
        };
        let keys = &self.model.keys.routes[route];
        let mut people = std::mem::take(&mut self.movements.borrow_mut()[id].loads[index].people);
        let mut queue = self.people_queue.take();
        queue.clear();
        queue.extend(people.drain(..).rev());
        let seats: u32 = queue.iter().map(|p| p.count).sum();
        let stream = |key| self.stream(key, nth, index as u64);
        let (search, aboard) = boarding.searching.times();
        let to_aboard = stream(keys.aboard);
        let [first_list, second_list] = self.people_times.take();
        let mut draws = PeopleDraws {
            search: Drawn::new(search, stream(keys.search), seats, first_list),
            aboard: aboard.map(|time| Drawn::new(time, to_aboard, seats, second_list)),
            fitness: unfit.map(|unfit| Fitness::new(unfit, stream(keys.unfit), stream(keys.unfit_back))),
        };
        let mut own;
        let mut shared = self.nodes[node].lanes.borrow_mut();
        let lanes: &mut SearchLanes = match boarding.searching {
            Searching::AtTheBay { lanes_per_bay, .. } => {
                own = SearchLanes::new(lanes_per_bay, began, link);
                &mut own
            }
            Searching::SharedLanes { .. } => &mut shared,
        };
        // Who used the lane that the first person takes: the chain may lead there.
        let first = lanes.free.first();
        let (free_at, previous) = (lanes.free.free_at(first), lanes.last_user(first));
        let open = self.env.next_open_of(node, hours);
        let first_search = open(free_at.max(began));
        let mut bus = BusBoarding { lanes, began, door: began, link };
        let boarded = bus.board(&mut queue, people, formed, &mut draws, open, |queue| {
            // Somebody was unfit: the next one who waits takes the seat.
            if self.nodes[node].waiting.borrow()[class].count() > 0 {
                self.take_waiting(node, class, 1, queue);
            }
        });
        self.people_times.set([draws.search.times, draws.aboard.map_or_else(Vec::new, |aboard| aboard.times)]);
        self.people_queue.set(queue);
        let door = bus.door;
        let mut start_link = link;
        if seats > 0 && first_search > began {
            let mut chain = self.chain.borrow_mut();
            start_link = if free_at == first_search && previous.began <= first_search {
                let User { link: before, began: since, .. } = previous;
                let before = chain.bridge(before, since, Cause::Formation);
                chain.activity(Cause::Boarding, before, since, first_search).through(Via::Boarding(node as u16)).of(link.whose)
            } else {
                chain.activity(Cause::Closure, link, began, first_search)
            };
        }
        drop(shared);
        let last_search = self.chain.borrow().end(start_link).max(door);
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.loads[index].people = boarded.people;
            m.loads[index].boarded = boarded.at;
            m.reserved -= boarded.empty_seats;
        }
        if boarded.empty_seats > 0 {
            // Places reserved for people who don't come.
            let to = self.model.params.routes[route].to;
            self.give_back_places(to, boarded.empty_seats, Since { at: began, by: By::Operation(link) });
        }
        self.defer(id, node, class, boarded.unfit, link);
        (last_search, start_link)
    }
}
