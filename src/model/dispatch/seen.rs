//! What a route saw when it last could not form.
//!
//! While it sees the same, and time alone does not change the answer, neither does the answer: most questions are asked because of
//! something that is nothing to this route. Nothing is kept where more than what is seen had a say: a calendar, whose caps and
//! additions hang on the time, or beds that may still grow. (Places of a hub grow only by a calendar.)

use super::super::operation::Operation;
use super::super::params::{Mode, Route};
use super::super::places::Waiting;
use crate::units::SimTime;

/// What a route saw, and the answer that it had.
#[derive(Debug, Default)]
pub(super) struct Seen {
    free_vehicles: u32,
    /// Versions of the queues at its origin and of the places at its destination.
    versions: (u32, u32),
    /// Everybody was to go, and it could not form because others may still come.
    others: bool,
    /// Time alone changes the answer at this instant; zero where nothing was kept.
    until: SimTime,
}

/// People who wait for a route, by its classes.
pub(super) fn waiting_for(spec: &Route, queues: &[Waiting]) -> impl Iterator<Item = u32> + Clone {
    spec.classes.iter().map(|class| queues[*class].count())
}

impl Operation<'_> {
    /// What a route looks at: free vehicles, and the versions of queues and places.
    #[inline]
    fn looks_at(&self, spec: &Route) -> (u32, (u32, u32)) {
        let free = match &spec.mode {
            Mode::Land(land) => self.buses[land.fleet].borrow().free.len(),
            Mode::Air(air) => self.aircraft[air.fleet].borrow().free.len(),
        };
        (free as u32, (self.nodes[spec.from].waiting.version(), self.nodes[spec.to].places.version()))
    }

    /// When to ask a route again that last could not form and sees what it saw then. Otherwise what it saw is forgotten.
    #[inline]
    pub(super) fn still_unable(&self, route: usize, spec: &Route) -> Option<SimTime> {
        let mut state = self.routes[route].borrow_mut();
        let seen = &mut state.seen;
        if self.sim.now() >= seen.until {
            return None;
        }
        let (until, others) = (seen.until, seen.others);
        if self.looks_at(spec) == (seen.free_vehicles, seen.versions) {
            if !others {
                return Some(until);
            }
            drop(state);
            if self.others_can_come(spec.from, spec, 0) {
                return Some(until);
            }
            state = self.routes[route].borrow_mut();
        }
        state.seen.until = SimTime::ZERO;
        None
    }

    /// A route cannot form before `until`, as long as it sees what it sees now; `others`: and as long as others may still come.
    pub(super) fn keep_unable(&self, route: usize, spec: &Route, others: bool, until: SimTime) {
        if self.model.params.calendar.is_empty() {
            let (free_vehicles, versions) = self.looks_at(spec);
            self.routes[route].borrow_mut().seen = Seen { free_vehicles, versions, others, until };
        }
    }
}
