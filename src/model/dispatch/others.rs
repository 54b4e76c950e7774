//! Whether others may still come for whom a route had better wait.
//!
//! A route whose people could all go at once waits while others may come. It need not be asked before fewer can: whoever makes that so
//! says it ([`fewer_can_come`](Operation::fewer_can_come)), where somebody stops being deferred, at boarding, on the way, or in a queue.

use super::super::movement::Stage;
use super::super::operation::Operation;
use super::super::params::{NodeKind, Route};

/// The nodes from where somebody may come to the node that asks, which is the last.
#[derive(Clone, Copy)]
struct Way<'w> {
    node: usize,
    onward: Option<&'w Way<'w>>,
}

impl Way<'_> {
    fn leads_through(&self, node: usize) -> bool {
        self.node == node || self.onward.is_some_and(|onward| onward.leads_through(node))
    }
}

impl Operation<'_> {
    /// Whether anybody else can still come to a node who would travel on a route: deferred people, people at boarding who may be
    /// found unfit, people at the origins of routes that lead here, and people on the way here. Turn-backs are not waited for.
    pub(in super::super) fn others_can_come(&self, spec: &Route) -> bool {
        self.others_come(spec, Way { node: spec.from, onward: None })
    }

    /// The same of people who come by way of the first node of a way. No way leads through a node twice: those who are at the node that
    /// asks are not among those who come to it, though routes may lead in a circle.
    fn others_come(&self, spec: &Route, way: Way<'_>) -> bool {
        let node = way.node;
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
                && !way.leads_through(inbound.from)
                && inbound.classes.iter().any(|c| spec.classes.contains(c))
                && (self.routes[r].borrow().committed > 0
                    || {
                        let waiting = self.nodes[inbound.from].waiting.borrow();
                        inbound.classes.iter().any(|c| spec.classes.contains(c) && waiting[*c].count() > 0)
                    }
                    || self.others_come(inbound, Way { node: inbound.from, onward: Some(&way) }))
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
            !unable.others || open.has(route) || self.lacks_all(spec, unable.lack) || self.others_can_come(spec)
        })
    }
}
