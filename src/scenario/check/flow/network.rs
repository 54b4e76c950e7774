//! Maximum flow (Dinic): how many people can come from their sites to beds at once, and where it is narrowest.

use std::collections::VecDeque;

/// More people than any plan has.
pub(super) const ANY: u64 = u64::MAX / 4;

/// A directed network with capacities. Edge `e` and its reverse `e ^ 1` are neighbours.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    /// Edges that leave each node.
    out: Vec<Vec<usize>>,
    /// Where each edge ends.
    to: Vec<usize>,
    /// What each edge can still take.
    left: Vec<u64>,
}

impl Network {
    /// A network of so many nodes without edges.
    pub(super) fn new(nodes: usize) -> Self {
        Self { out: vec![Vec::new(); nodes], to: Vec::new(), left: Vec::new() }
    }

    /// Adds an edge and returns its number.
    pub(super) fn edge(&mut self, from: usize, to: usize, capacity: u64) -> usize {
        let number = self.to.len();
        for (end, origin, capacity) in [(to, from, capacity), (from, to, 0)] {
            self.out[origin].push(self.to.len());
            self.to.push(end);
            self.left.push(capacity);
        }
        number
    }

    /// What an edge can still take.
    pub(super) fn left(&self, edge: usize) -> u64 {
        self.left[edge]
    }

    /// Changes what an edge can still take.
    pub(super) fn set_left(&mut self, edge: usize, left: u64) {
        self.left[edge] = left;
    }

    /// Pushes as much as possible from one node to another.
    pub(super) fn push(&mut self, from: usize, to: usize) -> u64 {
        let mut pushed = 0_u64;
        loop {
            let level = self.levels(from);
            if level[to] == usize::MAX {
                return pushed;
            }
            let mut next = vec![0; self.out.len()];
            while let Some(path) = self.path(from, to, &level, &mut next) {
                let amount = path.iter().map(|edge| self.left[*edge]).min().unwrap_or(0);
                for edge in path {
                    self.left[edge] -= amount;
                    self.left[edge ^ 1] += amount;
                }
                pushed = pushed.saturating_add(amount);
            }
        }
    }

    /// Nodes that can still be reached from one of them; after [`push`](Self::push) they are one side of a narrowest cut.
    pub(super) fn reached(&self, from: usize) -> Vec<bool> {
        self.levels(from).into_iter().map(|level| level != usize::MAX).collect()
    }

    /// Edges on the shortest way from a node, by node.
    fn levels(&self, from: usize) -> Vec<usize> {
        let mut level = vec![usize::MAX; self.out.len()];
        level[from] = 0;
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for edge in &self.out[node] {
                let end = self.to[*edge];
                if self.left[*edge] > 0 && level[end] == usize::MAX {
                    level[end] = level[node] + 1;
                    queue.push_back(end);
                }
            }
        }
        level
    }

    /// A way along which something can still be pushed; `next` remembers which edges of a node lead nowhere.
    fn path(&self, from: usize, to: usize, level: &[usize], next: &mut [usize]) -> Option<Vec<usize>> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = from;
        while node != to {
            let found = self.out[node][next[node]..].iter().position(|edge| {
                let end = self.to[*edge];
                self.left[*edge] > 0 && level[end] == level[node] + 1
            });
            match found {
                Some(skipped) => {
                    next[node] += skipped;
                    let edge = self.out[node][next[node]];
                    path.push(edge);
                    node = self.to[edge];
                }
                None => {
                    next[node] = self.out[node].len();
                    let edge = path.pop()?;
                    node = self.to[edge ^ 1];
                    next[node] += 1;
                }
            }
        }
        Some(path)
    }
}
