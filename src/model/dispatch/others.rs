//! Whether others may still come for whom a route had better wait.
//!
//! A route whose people could all go at once waits while others may come. It need not be asked before fewer can: whoever makes that so
//! says it ([`fewer_can_come`](Operation::fewer_can_come)), where somebody stops being deferred, at boarding, on the way, or in a queue.

use super::super::movement::Stage;
use super::super::operation::Operation;
use super::super::params::{NodeKind, Route};

impl Operation<'_> {
    /// Whether anybody else can still come to a node who would travel on a route: deferred people, people at boarding who may be
    /// found unfit, people at the origins of routes that lead here, and people on the way here. Turn-backs are not waited for.
    pub(in super::super) fn others_can_come(&self, node: usize, spec: &Route, depth: usize) -> bool {
        // Hubs in a circle: no way is longer than there are nodes.
        if depth > self.nodes.len() {
            return false;
        }
        let state = &self.nodes[node];
        if state.deferred.get() > 0 {
            return true;
        }
        if let NodeKind::Site(site) = &self.model.params.nodes[node].kind
            && site.unfit.is_some()
            && self.preparing.borrow().iter().any(|id| {
                let m = &self.movements.borrow()[*id];
                m.stage == Stage::Preparing && self.model.params.routes[m.route].from == node
            })
        {
            return true;
        }
        self.model.params.routes.iter().enumerate().any(|(r, inbound)| {
            inbound.to == node
                && inbound.classes.iter().any(|c| spec.classes.contains(c))
                && (self.routes[r].borrow().committed > 0
                    || {
                        let waiting = self.nodes[inbound.from].waiting.borrow();
                        inbound.classes.iter().any(|c| spec.classes.contains(c) && waiting[*c].count() > 0)
                    }
                    || self.others_can_come(inbound.from, inbound, depth + 1))
        })
    }

    /// Somebody can no longer come who could: routes that waited for others look whether anybody is left.
    pub(in super::super) fn fewer_can_come(&self) {
        self.asks.fewer_can_come();
        self.reconsider_forming();
    }

    /// Whether others may still come for every route that need not be asked as long as they may.
    pub(super) fn expectations_hold(&self) -> bool {
        let open = self.asks.open();
        self.model.params.routes.iter().enumerate().all(|(route, spec)| {
            let unable = self.unable[route].get();
            !unable.others || open.has(route) || self.lacks_all(spec, unable.lack) || self.others_can_come(spec.from, spec, 0)
        })
    }
}
