//! Which routes leave and reach each node.

use crate::model::params::{Params, Route};
use std::collections::BTreeSet;

/// Routes by node.
pub(super) struct Ways {
    /// Routes that leave a node.
    pub(super) out: Vec<Vec<usize>>,
    /// Routes that lead to a node.
    pub(super) into: Vec<Vec<usize>>,
}

impl Ways {
    pub(super) fn new(params: &Params) -> Self {
        let mut ways = Self { out: vec![Vec::new(); params.nodes.len()], into: vec![Vec::new(); params.nodes.len()] };
        for (at, route) in params.routes.iter().enumerate() {
            ways.out[route.from].push(at);
            ways.into[route.to].push(at);
        }
        ways
    }

    /// Nodes from which people of a class may come to a node, itself included.
    pub(super) fn before(&self, params: &Params, node: usize, class: usize) -> Vec<usize> {
        reached(node, |at| along(params, &self.into[at], class).map(|route| route.from).collect())
    }

    /// Nodes to which people of a class may go from a node, itself included.
    pub(super) fn after(&self, params: &Params, node: usize, class: usize) -> Vec<usize> {
        reached(node, |at| along(params, &self.out[at], class).map(|route| route.to).collect())
    }
}

/// Those routes that carry a class.
fn along<'p>(params: &'p Params, routes: &[usize], class: usize) -> impl Iterator<Item = &'p Route> {
    routes.iter().map(|route| &params.routes[*route]).filter(move |route| route.classes.contains(&class))
}

/// All nodes that can be reached step by step, in order of their numbers.
fn reached(node: usize, neighbours: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
    let mut reached = BTreeSet::from([node]);
    let mut next = vec![node];
    while let Some(at) = next.pop() {
        next.extend(neighbours(at).into_iter().filter(|neighbour| reached.insert(*neighbour)));
    }
    reached.into_iter().collect()
}
