//! Fitness to travel: who is found unfit stays, and comes back to the queue later.
//!
//! People who go by bus are judged at their search (`boarding.rs`), people who fly as their onload begins; the rule is the same.

use super::chain::{By, Cause, Link, Since};
use super::movement::MovementId;
use super::operation::Operation;
use super::params::NodeKind;
use super::places::People;
use crate::kernel::Order;
use crate::units::SimTime;

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
        let mut fitness = unfit.map(|u| (u, self.stream(keys.unfit, nth, 0), self.stream(keys.unfit_back, nth, 0)));
        let mut queue = std::mem::take(&mut self.movements.borrow_mut()[id].loads[0].people);
        let seats: u32 = queue.iter().map(|p| p.count).sum();
        queue.reverse();
        let mut aboard = Vec::new();
        let mut deferred = Vec::new();
        let mut left = seats;
        while left > 0 {
            let Some(group) = queue.pop() else {
                let mut waiting = self.nodes[node].waiting.borrow_mut();
                if waiting[class].count() == 0 {
                    break;
                }
                waiting[class].take(1, &mut queue);
                continue;
            };
            let mut fit = group.count;
            if let Some((unfit, chance, back)) = &mut fitness {
                for _ in 0..group.count {
                    if chance.uniform() < unfit.share {
                        deferred.push((People { count: 1, ..group }, now, now + unfit.back_after.sample(back)));
                        fit -= 1;
                    }
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
        self.nodes[node].deferred.set(self.nodes[node].deferred.get() - 1);
        self.trace("site", || self.model.params.nodes[node].id.clone(), "person back in the queue", "", "fit again");
        self.notify();
    }
}

/// Adds people to a list, with those of the same kind.
pub(super) fn join(people: &mut Vec<People>, group: People) {
    match people.last_mut() {
        Some(last) if last.called == group.called && last.exposed_for == group.exposed_for => last.count += group.count,
        _ if group.count > 0 => people.push(group),
        _ => {}
    }
}
