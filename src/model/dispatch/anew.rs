//! The check on what dispatchers remember: every route is asked anew, whatever its kept answer says.
//!
//! A route that could not form keeps its answer until something changes that could make it another ([`seen`](super::seen)). If that memory
//! is wrong, nothing breaks: a movement merely forms late. So tests let models check it ([`Model::asking_anew`]): at the end of each
//! instant at which dispatchers are asked, and every five minutes in between, no route may have anything to form, and none may change its answer
//! by time alone before the dispatchers are awake again.

use super::super::Model;
use super::super::operation::Operation;
use super::form::{Answer, Nothing};
use crate::units::Duration;

/// How often routes are asked anew while nothing happens.
const EVERY: Duration = Duration::from_minutes(5);

impl Model {
    /// The same model, whose dispatchers check what they remember. Much slower, for tests; results are the same.
    ///
    /// # Panics
    ///
    /// The model does so while it replicates, where a route that is asked anew gives another answer than the one that was kept.
    #[must_use]
    pub fn asking_anew(mut self) -> Self {
        self.asks_anew = true;
        self
    }
}

impl Operation<'_> {
    /// The process that asks anew every five minutes.
    pub(in super::super) async fn keep_asking_anew(&self) {
        loop {
            self.sim.hold(EVERY).await;
            self.ask_all_anew();
        }
    }

    /// Asks every route anew, unless the dispatchers are about to be asked at this instant.
    pub(super) fn ask_all_anew(&self) {
        let now = self.sim.now();
        if self.dirty.get() || self.form_again_at.get() <= now {
            return;
        }
        for route in 0..self.model.params.routes.len() {
            let answer = match self.too_early(route) {
                Some(retry) => Answer::Nothing(Nothing { retry, able_since: None, keep: None }),
                None => self.ask(route),
            };
            let kept = (self.form_again_at.get(), self.routes[route].borrow().able_since);
            let holds = match answer {
                Answer::Nothing(Nothing { retry, able_since, .. }) => (retry <= now || retry >= kept.0) && able_since == kept.1,
                Answer::Convoy(_) | Answer::Flight(_) => false,
            };
            let id = &self.model.params.routes[route].id;
            assert!(holds, "replication {} at {now}: route {id} answers {answer:?} anew, and kept {kept:?}", self.replication);
        }
    }
}
