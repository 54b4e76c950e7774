//! Search and boarding, person by person in one loop a bus.
//!
//! Each person takes the lane that is free first. Lanes are at the bay (search and boarding in one), or shared by all bays; then people
//! step aboard one after another. The manifest follows when the last one is aboard. Who is found unfit goes back to the queue after a
//! while, and the next person takes the seat.

use super::chain::{By, Cause, Link, Since, Via};
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{Boarding, NodeKind, Searching, Unfit};
use super::places::People;
use crate::kernel::{Order, join_all};
use crate::units::{Duration, SimTime};

/// A shared search lane.
#[derive(Clone, Copy, Debug)]
pub struct SearchLane {
    /// When it is free.
    free_at: SimTime,
    /// The bus-load that used it last: what let it begin and when.
    user: (Link, SimTime),
}

/// The lanes of a node that all bays share.
#[must_use]
pub fn shared_lanes(boarding: &Boarding) -> Vec<SearchLane> {
    let count = match boarding.searching {
        Searching::AtTheBay { .. } => 0,
        Searching::SharedLanes { lanes, .. } => lanes,
    };
    vec![SearchLane { free_at: SimTime::ZERO, user: (Link::START, SimTime::ZERO) }; count as usize]
}

/// The lane that is free first; of several the first.
fn first_free(lanes: &[SearchLane]) -> usize {
    (0..lanes.len()).min_by_key(|n| lanes[*n].free_at).expect("there is a lane")
}

/// Times that plans use: means instead of draws.
struct Planned {
    search: Duration,
    aboard: Duration,
}

impl Planned {
    fn new(searching: &Searching) -> Self {
        match searching {
            Searching::AtTheBay { per_person, .. } => Self { search: per_person.mean(), aboard: Duration::ZERO },
            Searching::SharedLanes { search, aboard, .. } => Self { search: search.mean(), aboard: aboard.mean() },
        }
    }
}

/// Draws for the people of one bus.
trait Draws {
    fn search(&mut self, searching: &Searching) -> Duration;
    fn aboard(&mut self, searching: &Searching) -> Duration;
}

impl Draws for Planned {
    fn search(&mut self, _: &Searching) -> Duration {
        self.search
    }
    fn aboard(&mut self, _: &Searching) -> Duration {
        self.aboard
    }
}

/// One stream a bus and purpose, people in order.
struct Drawn {
    search: crate::random::Stream,
    aboard: crate::random::Stream,
}

impl Draws for Drawn {
    fn search(&mut self, searching: &Searching) -> Duration {
        match searching {
            Searching::AtTheBay { per_person, .. } => per_person.sample(&mut self.search),
            Searching::SharedLanes { search, .. } => search.sample(&mut self.search),
        }
    }
    fn aboard(&mut self, searching: &Searching) -> Duration {
        match searching {
            Searching::AtTheBay { .. } => Duration::ZERO,
            Searching::SharedLanes { aboard, .. } => aboard.sample(&mut self.aboard),
        }
    }
}

/// The boarding of one bus as its loop goes on: lanes, door, people aboard.
struct BusBoarding<'a> {
    searching: &'a Searching,
    lanes: &'a mut [SearchLane],
    began: SimTime,
    /// When the last person was aboard.
    door: SimTime,
    first_search: Option<(SimTime, usize)>,
    link: Link,
}

impl BusBoarding<'_> {
    /// Searches one person and says when that is over.
    fn search(&mut self, draws: &mut impl Draws, open: impl Fn(SimTime) -> SimTime) -> SimTime {
        let lane = first_free(self.lanes);
        let from = open(self.lanes[lane].free_at.max(self.began));
        if self.first_search.is_none() {
            self.first_search = Some((from, lane));
        }
        let to = from + draws.search(self.searching);
        self.lanes[lane].free_at = to;
        self.lanes[lane].user = (self.link, self.began);
        to
    }

    /// A searched person steps aboard and is aboard at the returned instant.
    fn step_aboard(&mut self, searched: SimTime, draws: &mut impl Draws) -> SimTime {
        self.door = self.door.max(searched) + draws.aboard(self.searching);
        self.door
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

    /// Boarding time of a convoy by means, behind whoever is being searched now.
    pub(super) fn planned_boarding(&self, node: usize, loads: &[u32]) -> Duration {
        let now = self.sim.now();
        let boarding = self.boarding_at(node);
        let mut shared = self.nodes[node].lanes.borrow().clone();
        let mut bays = vec![now; boarding.bays as usize];
        let mut means = Planned::new(&boarding.searching);
        let manifest = boarding.manifest.mean();
        for count in loads {
            let bay = (0..bays.len()).min_by_key(|b| bays[*b]).expect("there is a bay");
            let mut own;
            let lanes: &mut [SearchLane] = match boarding.searching {
                Searching::AtTheBay { lanes_per_bay, .. } => {
                    own = vec![SearchLane { free_at: bays[bay], user: (Link::START, now) }; lanes_per_bay as usize];
                    &mut own
                }
                Searching::SharedLanes { .. } => &mut shared,
            };
            let mut bus = BusBoarding {
                searching: &boarding.searching,
                lanes,
                began: bays[bay],
                door: bays[bay],
                first_search: None,
                link: Link::START,
            };
            for _ in 0..*count {
                let searched = bus.search(&mut means, |t| t);
                bus.step_aboard(searched, &mut means);
            }
            bays[bay] = bus.door + manifest;
        }
        bays.into_iter().max().unwrap_or(now) - now
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
        let bay = station.units.seize(1).await;
        let began = self.sim.now();
        let link = self.granted(station, requested, link, Via::Boarding(node as u16));
        self.count_bus_wait(self.land(route).fleet, began - requested);
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
        let mut draws = Drawn { search: self.stream(keys.search, nth, index as u64), aboard: self.stream(keys.aboard, nth, index as u64) };
        let mut fitness = unfit.map(|u| (u, self.stream(keys.unfit, nth, index as u64), self.stream(keys.unfit_back, nth, index as u64)));
        let mut own;
        let mut shared = self.nodes[node].lanes.borrow_mut();
        let lanes: &mut [SearchLane] = match boarding.searching {
            Searching::AtTheBay { lanes_per_bay, .. } => {
                own = vec![SearchLane { free_at: began, user: (link, began) }; lanes_per_bay as usize];
                &mut own
            }
            Searching::SharedLanes { .. } => &mut shared,
        };
        // Who used the lane that the first person takes: the chain may lead there.
        let first_lane = first_free(lanes);
        let previous = lanes[first_lane];
        let mut bus = BusBoarding { searching: &boarding.searching, lanes, began, door: began, first_search: None, link };
        let open = |t: SimTime| self.env.node_next_open(node, hours, t);
        let mut queue: Vec<People> = std::mem::take(&mut self.movements.borrow_mut()[id].loads[index].people);
        let seats: u32 = queue.iter().map(|p| p.count).sum();
        queue.reverse();
        let mut aboard: Vec<People> = Vec::new();
        let mut boarded = Vec::with_capacity(seats as usize);
        let mut deferred = Vec::new();
        let mut freed = 0;
        for _ in 0..seats {
            loop {
                let Some(mut person) = next_person(&mut queue) else {
                    // Somebody was unfit: the next one who waits takes the seat.
                    let mut waiting = self.nodes[node].waiting.borrow_mut();
                    if waiting[class].count() == 0 {
                        freed += 1;
                        break;
                    }
                    waiting[class].take(1, &mut queue);
                    continue;
                };
                let searched = bus.search(&mut draws, open);
                if let Some((unfit, chance, back)) = &mut fitness
                    && chance.uniform() < unfit.share
                {
                    person.count = 1;
                    deferred.push((person, searched, searched + unfit.back_after.sample(back)));
                    continue;
                }
                person.called = person.called.or(Some(formed));
                let at = bus.step_aboard(searched, &mut draws);
                boarded.push(at);
                join(&mut aboard, person);
                break;
            }
        }
        let (door, first) = (bus.door, bus.first_search);
        let mut start_link = link;
        if let Some((from, lane)) = first
            && from > began
        {
            let mut chain = self.chain.borrow_mut();
            start_link = if lane == first_lane && previous.free_at == from && previous.user.1 <= from {
                let (before, since) = previous.user;
                let before = chain.bridge(before, since, Cause::Formation);
                chain.activity(Cause::Boarding, before, since, from).through(Via::Boarding(node as u16)).of(link.whose)
            } else {
                chain.activity(Cause::Closure, link, began, from)
            };
        }
        drop(shared);
        let last_search = self.chain.borrow().end(start_link).max(door);
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.loads[index].people = aboard;
            m.loads[index].boarded = boarded;
            m.reserved -= freed;
        }
        if freed > 0 {
            // Places reserved for people who don't come.
            let to = self.model.params.routes[route].to;
            self.give_back_places(to, freed, Since { at: began, by: By::Operation(link) });
        }
        for (person, judged, back) in deferred {
            self.nodes[node].deferred.set(self.nodes[node].deferred.get() + 1);
            self.sim.spawn_detached(Order::of(self.order_of(id), 220), self.come_back(node, class, person, judged, back, link));
        }
        (last_search, start_link)
    }

    /// A person found unfit joins the queue again.
    async fn come_back(&'s self, node: usize, class: usize, person: People, judged: SimTime, back: SimTime, link: Link) {
        self.sim.hold_until(back).await;
        let link = self.chain.borrow_mut().bridge(link, judged, Cause::Boarding);
        let link = self.chain.borrow_mut().bridge(link, back, Cause::Unfit);
        self.nodes[node].waiting.borrow_mut()[class].join(person, Since { at: back, by: By::Operation(link) });
        self.nodes[node].deferred.set(self.nodes[node].deferred.get() - 1);
        self.trace("site", || self.model.params.nodes[node].id.clone(), "person back in the queue", "", "fit again");
        self.notify();
    }
}

/// Takes one person from the end of a reversed list.
fn next_person(queue: &mut Vec<People>) -> Option<People> {
    let last = queue.last_mut()?;
    let person = People { count: 1, ..*last };
    last.count -= 1;
    if last.count == 0 {
        queue.pop();
    }
    Some(person)
}

/// Adds a person to a list, with those of the same kind.
fn join(people: &mut Vec<People>, person: People) {
    match people.last_mut() {
        Some(last) if last.called == person.called && last.exposed_for == person.exposed_for => last.count += person.count,
        _ => people.push(person),
    }
}
