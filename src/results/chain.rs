//! The chain of events that decided when the last person was accepted, in one replication.

use super::{Outcome, TraceRow, Waiting};

/// A stretch of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainRow {
    /// Start, in ticks since the start of the run.
    pub start: u64,
    /// End, in ticks.
    pub end: u64,
    /// What it was spent on, as in `attribution.csv`.
    pub cause: &'static str,
    /// What handed over at its end, as in `attribution.csv`; `none` where one thing simply followed another.
    pub via: &'static str,
    /// The resource that handed over, for sentences; empty where there is none.
    pub resource: String,
    /// The movement that spent it, as in `road-central#7`; for an empty trip or a rest, the movement before it.
    pub movement: String,
    /// Where: id of a node, leg or crossing; empty where that is not known, as on an empty trip.
    pub place: String,
}

/// The chain of a replication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainRows {
    /// Replication.
    pub replication: u32,
    /// Closure, in ticks since the start.
    pub closure: u64,
    /// The stretches, the last first. They leave no gap: each ends where the one before it in this list begins.
    pub rows: Vec<ChainRow>,
}

/// The end of a replication that did not complete: nothing decided a closure, but people were left.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfinished {
    /// Replication.
    pub replication: u32,
    /// How it ended; never complete.
    pub outcome: Outcome,
    /// The horizon, in ticks since the start.
    pub end: u64,
    /// When people last moved (boarded, were accepted, came back to their queue), in ticks since the start; nothing where none ever did.
    pub last_change: Option<u64>,
    /// People at the start.
    pub people: u32,
    /// People accepted.
    pub accepted: u32,
    /// Who is left, and waits for what.
    pub left: Vec<Waiting>,
    /// The last changes of state, in order of time.
    pub last: Vec<TraceRow>,
}

/// How one replication came to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Closure {
    /// What decided when the last person was accepted.
    Decided(ChainRows),
    /// It did not complete.
    Unfinished(Unfinished),
}

impl ChainRows {
    /// Sum of the stretches in ticks; it is the closure, to the tick.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.rows.iter().map(|row| row.end - row.start).sum()
    }

    /// The chain with neighbours of one kind made one row: the same cause, via, movement and place.
    #[must_use]
    pub fn joined(&self) -> Vec<ChainRow> {
        let mut joined: Vec<ChainRow> = Vec::new();
        for row in &self.rows {
            match joined.last_mut() {
                Some(later) if later.start == row.end && same_kind(later, row) => later.start = row.start,
                _ => joined.push(row.clone()),
            }
        }
        joined
    }
}

fn same_kind(a: &ChainRow, b: &ChainRow) -> bool {
    (a.cause, a.via, &a.resource, &a.movement, &a.place) == (b.cause, b.via, &b.resource, &b.movement, &b.place)
}
