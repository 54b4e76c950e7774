//! Who is left when a replication ends without completing, and what each group of people waits for, in words.

use std::collections::BTreeMap;

use super::ending::Waiting;
use super::movement::{Movement, MovementId, Stage};
use super::operation::Operation;
use super::outlook::{Block, Outlook, is_done};
use super::params::{Mode, Route};

impl Operation<'_> {
    /// Each group of people left, the largest first.
    pub(super) fn who_waits(&self) -> Vec<Waiting> {
        let outlook = Outlook::new(self);
        let mut left: Vec<Waiting> = Vec::new();
        self.at_nodes(&outlook, &mut left);
        self.in_movements(&outlook, &mut left);
        left.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| (&a.place, &a.waits_for).cmp(&(&b.place, &b.waits_for))));
        left
    }

    /// People who wait at sites and hubs for a movement, by what they wait for; and those deferred.
    fn at_nodes(&self, outlook: &Outlook<'_, '_>, left: &mut Vec<Waiting>) {
        let params = &self.model.params;
        for (n, node) in params.nodes.iter().enumerate() {
            let mut groups: BTreeMap<String, u32> = BTreeMap::new();
            for (class, queue) in self.nodes[n].waiting.borrow().iter().enumerate().filter(|(_, queue)| queue.count() > 0) {
                let mut reasons: Vec<String> = Vec::new();
                for (r, route) in params.routes.iter().enumerate().filter(|(_, r)| r.from == n && r.classes.contains(&class)) {
                    let reason = match outlook.route(r) {
                        Some(Block::Nobody) | None => self.held_now(r, route),
                        Some(block) => self.blocked(outlook, block),
                    };
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
                let waits_for = match reasons.is_empty() {
                    true if params.classes.len() > 1 => {
                        format!("a route that takes people of class {}: there is none", params.classes[class])
                    }
                    true => "a route that leads on: there is none".to_owned(),
                    false => reasons.join(", or "),
                };
                *groups.entry(waits_for).or_default() += queue.count();
            }
            let place = format!("at {}", node.label);
            left.extend(groups.into_iter().map(|(waits_for, people)| Waiting { people, place: place.clone(), waits_for }));
            let deferred = self.nodes[n].deferred.get();
            if deferred > 0 {
                left.push(Waiting {
                    people: deferred,
                    place: format!("unfit to travel {place}"),
                    waits_for: "their return to the queue".to_owned(),
                });
            }
        }
    }

    /// People in movements that are not done.
    fn in_movements(&self, outlook: &Outlook<'_, '_>, left: &mut Vec<Waiting>) {
        let mut groups: BTreeMap<(String, String), u32> = BTreeMap::new();
        for id in 0..self.movements.borrow().len() {
            let m = &self.movements.borrow()[id];
            let people = m.people_left(self.sim.now());
            if is_done(m) || people == 0 {
                continue;
            }
            let route = &self.model.params.routes[m.route];
            let (from, to) = (&self.model.params.nodes[route.from].label, &self.model.params.nodes[route.to].label);
            let (place, now) = match m.stage {
                Stage::Preparing => (format!("at {from}, called for {to}"), self.boarding_held_now(id)),
                Stage::Loaded => (format!("aboard at {from} for {to}"), self.start_held_now(id, &route.id)),
                Stage::UnderWay if m.arrived.is_some() => (format!("outside {to}"), "a place inside".to_owned()),
                Stage::UnderWay => (format!("on their way from {from} to {to}"), "the end of their way".to_owned()),
                Stage::Inside => (format!("inside {to}"), "their reception".to_owned()),
            };
            let waits_for = outlook.movement(id).map_or(now, |block| self.blocked(outlook, block));
            *groups.entry((place, waits_for)).or_default() += people;
        }
        left.extend(groups.into_iter().map(|((place, waits_for), people)| Waiting { people, place, waits_for }));
    }

    /// What a route lacks at this instant, where nothing blocks it for good.
    fn held_now(&self, r: usize, route: &Route) -> String {
        let params = &self.model.params;
        if self.places_free(route.to) == 0 {
            return format!("a {} at {}, which is full", self.place_word(route.to), params.nodes[route.to].label);
        }
        if self.vehicles_free(route) == 0 {
            return match &route.mode {
                Mode::Land(land) => format!("buses of {}, which are all in use", params.buses[land.fleet].id),
                Mode::Air(air) => format!("aircraft of {}, which are all in use", params.aircraft[air.fleet].id),
            };
        }
        format!("the next departure on route {}", params.routes[r].id)
    }

    /// What keeps people from being called aboard at this instant.
    fn boarding_held_now(&self, id: MovementId) -> String {
        self.loading_stopped(id).map_or_else(|| "boarding".to_owned(), |(_, cause)| format!("boarding ({})", cause.name()))
    }

    /// What keeps a loaded movement inside at this instant.
    fn start_held_now(&self, id: MovementId, route: &str) -> String {
        let held = self.held_by(id);
        if held.is_empty() {
            format!("its departure on route {route}")
        } else {
            format!("departure on route {route} ({})", held.join(", "))
        }
    }

    fn place_word(&self, node: usize) -> &'static str {
        if self.model.params.is_hub(node) { "place" } else { "bed" }
    }

    /// What never comes, as it follows "wait for".
    fn blocked(&self, outlook: &Outlook<'_, '_>, block: Block) -> String {
        let params = &self.model.params;
        let node = |n: usize| &params.nodes[n].label;
        let closed = "closed until after the horizon";
        match block {
            Block::Nobody => "nobody".to_owned(),
            Block::Others(r) => format!("others to fill a movement of route {}, none of whom can come", params.routes[r].id),
            Block::Departures(r) => format!("departures on route {}, {closed}", params.routes[r].id),
            Block::Full(n) => format!("a {} at {}, which is full", self.place_word(n), node(n)),
            Block::Room(n, r) => {
                let word = self.place_word(n);
                format!("{word}s at {}, where too few are free for a movement of route {}", node(n), params.routes[r].id)
            }
            Block::Buses(fleet) => {
                let id = &params.buses[fleet].id;
                self.holders(outlook, |m| outlook.bus_fleet(m) == Some(fleet), &format!("buses of {id}"))
            }
            Block::Aircraft(fleet) => {
                let of_fleet = |m: &Movement| matches!(&params.routes[m.route].mode, Mode::Air(air) if air.fleet == fleet);
                self.holders(outlook, of_fleet, &format!("aircraft of {}", params.aircraft[fleet].id))
            }
            Block::Escorts(pool) => format!("escorts of {}, too many of which are with convoys that cannot go on", params.escorts[pool].id),
            Block::Cover(orbit) => format!("air cover {}, which never has room for another convoy", params.air_cover[orbit].id),
            Block::OnRoad(r) => format!("room on route {}, which is taken by convoys that cannot go on", params.routes[r].id),
            Block::Cap(r) => format!("a higher daily cap on route {}", params.routes[r].id),
            Block::Boarding(n) => format!("boarding at {}, {closed}", node(n)),
            Block::Crossing(c) => format!("the crossing {}, {closed}", params.crossings[c].label),
            Block::Intake(n) => format!("intake at {}, {closed}", node(n)),
            Block::Parking(n) => format!("parking at {}", node(n)),
        }
    }

    /// Vehicles, and what the first movement that holds some of them waits for itself.
    fn holders(&self, outlook: &Outlook<'_, '_>, holds: impl Fn(&Movement) -> bool, vehicles: &str) -> String {
        let movements = self.movements.borrow();
        let blocks =
            (0..movements.len()).filter(|id| !is_done(&movements[*id]) && holds(&movements[*id])).filter_map(|id| outlook.movement(id));
        // A movement that waits for vehicles of its own kind would explain nothing.
        let block = blocks.into_iter().find(|block| !matches!(block, Block::Buses(_) | Block::Aircraft(_)));
        match block {
            Some(block) => format!("{vehicles}, held by movements that wait for {}", self.blocked(outlook, block)),
            None => format!("{vehicles}, of which there are too few"),
        }
    }
}
