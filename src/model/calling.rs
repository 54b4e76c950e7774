//! When people are called aboard: so that by planned times they are ready for the next possible start, and never into weather or a
//! calendar entry that is known to hold them inside.

use super::chain::{Cause, Link};
use super::environment::Condition;
use super::movement::{Load, MovementId};
use super::operation::Operation;
use super::params::{Board, Mode};
use crate::units::{Duration, SimTime};

impl<'s> Operation<'s> {
    /// Waits until the people of a formed movement are called aboard, and charges each part of the wait to the outside cause of it.
    ///
    /// The plan is made once and again after each stop, because weather is not foreseen: it is looked at as it is at the instant.
    pub(super) async fn call_aboard(&'s self, id: MovementId, mut link: Link) -> Link {
        loop {
            link = self.wait_before_loading(id, self.loading_begins(id), link).await;
            let Some(stop) = self.loading_stopped(id) else { return link };
            self.expect_ready(id, SimTime::NEVER);
            link = self.wait_before_loading(id, stop, link).await;
        }
    }

    async fn wait_before_loading(&'s self, id: MovementId, (begin, cause): (SimTime, Cause), link: Link) -> Link {
        let now = self.sim.now();
        if begin <= now {
            return link;
        }
        let by_land = self.movements.borrow()[id].aircraft.is_none();
        if by_land {
            self.convoy_stands(id);
        }
        self.until(begin).await;
        let begun = self.sim.now();
        if by_land {
            self.convoy_goes_on(id);
        }
        self.chain.borrow_mut().activity(cause, link, now, begun)
    }

    /// When loading is to begin by plan, and the outside cause it waits for if it is not now.
    pub(super) fn loading_begins(&self, id: MovementId) -> (SimTime, Cause) {
        let now = self.sim.now();
        let route = self.movements.borrow()[id].route;
        let planned = self.planned_loading(id);
        let (begin, cause) = match self.model.params.routes[route].board {
            Board::AtOnce => (now, Cause::Window),
            Board::ForDeparture => {
                let (start, cause) = self.planned_start(route, now + planned);
                // Nobody is called aboard for a start that never comes.
                if start == SimTime::NEVER { (start, cause) } else { (start.saturating_sub(planned).max(now), cause) }
            }
        };
        self.expect_ready(id, begin + planned);
        (begin, cause)
    }

    /// Until when nobody is called aboard as things are now, and why: weather that lets nothing start, to the end of its slot (what
    /// follows is not known); or a calendar entry that holds beyond the time it takes to load, to its end.
    pub(super) fn loading_stopped(&self, id: MovementId) -> Option<(SimTime, Cause)> {
        let now = self.sim.now();
        let route = self.movements.borrow()[id].route;
        if let Some(end) = self.env.no_go_until(matches!(self.model.params.routes[route].mode, Mode::Air(_)), now) {
            return Some((end, Cause::Weather));
        }
        match self.env.calendar(route, now) {
            Condition::NotBefore(end) if end > now + self.planned_loading(id) => Some((end, Cause::Calendar)),
            _ => None,
        }
    }

    /// Time from the call to the movement being loaded, by means.
    fn planned_loading(&self, id: MovementId) -> Duration {
        let m = &self.movements.borrow()[id];
        let spec = &self.model.params.routes[m.route];
        match &spec.mode {
            Mode::Land(_) => self.planned_boarding(spec.from, m.loads.iter().map(Load::count), self.sim.now()),
            Mode::Air(air) => self.airfield(spec.from).transfer + self.model.params.aircraft[air.fleet].onload.mean(),
        }
    }

    fn expect_ready(&self, id: MovementId, ready: SimTime) {
        self.movements.borrow_mut()[id].planned_ready = ready;
        self.reconsider_cover();
        self.notify_starts();
    }
}
