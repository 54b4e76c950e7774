//! Who waits at a node, and its places: taking, giving back, and what is noted of them.

use super::chain::{By, Cause, Since};
use super::movement::MovementId;
use super::operation::Operation;
use super::places::People;

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
