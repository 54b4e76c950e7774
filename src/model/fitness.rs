//! Fitness to travel: who is found unfit stays, and comes back to the queue later.
//!
//! People who go by bus are judged at their search (`boarding.rs`), people who fly as their onload begins; the rule is the same.

use super::chain::{By, Cause, Link, Since};
use super::movement::MovementId;
use super::operation::Operation;
use super::params::{NodeKind, Unfit};
use super::places::People;
use crate::kernel::Order;
use crate::random::Stream;
use crate::units::{Duration, SimTime};

/// Who is unfit among people who are judged one after another.
pub(super) struct Fitness<'p> {
    unfit: &'p Unfit,
    chance: Stream,
    back: Stream,
    /// People yet to come who are fit before the next who is not.
    fit: u32,
}

impl<'p> Fitness<'p> {
    /// From the streams of who is unfit, and of the times until they are back.
    pub fn new(unfit: &'p Unfit, mut chance: Stream, back: Stream) -> Self {
        let fit = chance.failures_before_success(unfit.share);
        Self { unfit, chance, back, fit }
    }

    /// How many of the next `most` people are fit before the first who is not, who is judged too if there is one.
    pub fn fit_before_unfit(&mut self, most: u32) -> u32 {
        if self.fit >= most {
            self.fit -= most;
            return most;
        }
        std::mem::replace(&mut self.fit, self.chance.failures_before_success(self.unfit.share))
    }

    /// The time until an unfit person is back.
    pub fn back_after(&mut self) -> Duration {
        self.unfit.back_after.sample(&mut self.back)
    }
}

impl<'s> Operation<'s> {
    /// Judges the people of a flight now. The next one who waits takes the seat of one who is unfit; a seat that nobody takes gives
    /// its place at the destination back.
    pub(super) fn judge_for_flight(&'s self, id: MovementId, link: Link) {
        let now = self.sim.now();
        let (route, nth, class, formed) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.nth, m.loads[0].class, m.formed)
        };
        let (node, to) = (self.model.params.routes[route].from, self.model.params.routes[route].to);
        let keys = &self.model.keys.routes[route];
        let unfit = match &self.model.params.nodes[node].kind {
            NodeKind::Site(site) => site.unfit.as_ref(),
            _ => None,
        };
        let mut fitness = unfit.map(|unfit| Fitness::new(unfit, self.stream(keys.unfit, nth, 0), self.stream(keys.unfit_back, nth, 0)));
        let mut queue = std::mem::take(&mut self.movements.borrow_mut()[id].loads[0].people);
        let seats: u32 = queue.iter().map(|p| p.count).sum();
        queue.reverse();
        let mut aboard = Vec::new();
        let mut deferred = Vec::new();
        let mut left = seats;
        while left > 0 {
            let Some(group) = queue.pop() else {
                if self.nodes[node].waiting.borrow()[class].count() == 0 {
                    break;
                }
                self.take_waiting(node, class, 1, &mut queue);
                continue;
            };
            let mut fit = group.count;
            if let Some(fitness) = &mut fitness {
                let mut to_judge = group.count;
                loop {
                    let passed = fitness.fit_before_unfit(to_judge);
                    if passed == to_judge {
                        break;
                    }
                    deferred.push((People { count: 1, ..group }, now, now + fitness.back_after()));
                    to_judge -= passed + 1;
                    fit -= 1;
                }
            }
            join(&mut aboard, People { count: fit, called: group.called.or(Some(formed)), ..group });
            left -= fit;
        }
        {
            let m = &mut self.movements.borrow_mut()[id];
            m.loads[0].people = aboard;
            m.reserved -= left;
        }
        if left > 0 {
            self.give_back_places(to, left, Since { at: now, by: By::Operation(link) });
        }
        self.defer(id, node, class, deferred, link);
    }

    /// People found unfit leave the queue: who, when they were judged, when they are back.
    pub(super) fn defer(&'s self, id: MovementId, node: usize, class: usize, unfit: Vec<(People, SimTime, SimTime)>, link: Link) {
        if unfit.is_empty() {
            return;
        }
        for (person, judged, back) in unfit {
            self.nodes[node].deferred.set(self.nodes[node].deferred.get() + 1);
            self.deferred_until.set(self.deferred_until.get().max(back));
            self.sim.spawn_detached_at(back, Order::of(self.order_of(id), 220), self.come_back(node, class, person, judged, back, link));
        }
        // Whoever came in their places has left the queue, which routes look at before they form: they are asked again now, not when
        // something else happens to happen.
        self.notify();
    }

    /// A person found unfit joins the queue again, now.
    async fn come_back(&'s self, node: usize, class: usize, person: People, judged: SimTime, back: SimTime, link: Link) {
        let link = self.chain.borrow_mut().bridge(link, judged, Cause::Boarding);
        let link = self.chain.borrow_mut().bridge(link, back, Cause::Unfit);
        self.nodes[node].waiting.borrow_mut()[class].join(person, Since { at: back, by: By::Operation(link) });
        let deferred = self.nodes[node].deferred.get() - 1;
        self.nodes[node].deferred.set(deferred);
        if deferred == 0 {
            self.fewer_can_come();
        }
        self.trace("site", || self.model.params.nodes[node].id.clone(), "person back in the queue", "", "fit again");
        self.notify();
    }
}

/// Adds people to a list, with those of the same kind.
pub(super) fn join(people: &mut Vec<People>, group: People) {
    match people.last_mut() {
        Some(last) if last.called == group.called && last.exposed_for == group.exposed_for && last.over_limit == group.over_limit => {
            last.count += group.count
        }
        _ if group.count > 0 => people.push(group),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::params::VaryingDuration;
    use crate::random::StreamKey;
    use proptest::prelude::*;

    /// Who of so many people, judged in groups of these sizes, is unfit.
    fn unfit(share: f64, groups: &[u32]) -> Vec<u32> {
        let unfit = Unfit { share, back_after: VaryingDuration::constant(Duration::from_hours(1)) };
        let stream = |purpose| StreamKey::new(1, purpose, "route", "road").stream(0, 0, 0);
        let mut fitness = Fitness::new(&unfit, stream("unfit"), stream("unfit back"));
        let (mut found, mut first) = (Vec::new(), 0);
        for count in groups {
            let after = first + count;
            loop {
                let fit = fitness.fit_before_unfit(after - first);
                first += fit;
                if first == after {
                    break;
                }
                found.push(first);
                first += 1;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn who_is_unfit_does_not_hang_on_how_people_are_grouped(
            share in prop_oneof![Just(0.0), 0.0..0.1, 0.0..1.0, Just(1.0)],
            groups in prop::collection::vec(0_u32..30, 0..6),
        ) {
            let people: u32 = groups.iter().sum();
            let found = unfit(share, &groups);
            prop_assert_eq!(&found, &unfit(share, &[people]));
            prop_assert_eq!(&found, &unfit(share, &vec![1; people as usize]));
            if share == 0.0 || share == 1.0 {
                prop_assert_eq!(found.len(), if share == 0.0 { 0 } else { people as usize });
            }
        }
    }
}
