//! How long some lists of earlier replications became, so that the next one asks for their room at once.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The longest that lists have become; never part of a result.
#[derive(Debug, Default)]
pub struct Room {
    /// Movements.
    pub movements: Longest,
    /// Pieces of the chain.
    pub pieces: Longest,
}

/// The longest that one list has become.
#[derive(Debug, Default)]
pub struct Longest(AtomicUsize);

impl Longest {
    /// An empty list with room for as much.
    pub fn list<T>(&self) -> Vec<T> {
        Vec::with_capacity(self.0.load(Relaxed))
    }

    /// Keeps in mind how long a list became.
    pub fn saw<T>(&self, list: &[T]) {
        self.0.fetch_max(list.len(), Relaxed);
    }
}
