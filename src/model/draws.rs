//! The one place where streams are opened: counted always, and written down where somebody wants to compare them.

use std::cell::{Cell, RefCell};

use crate::random::{Stream, StreamKey};

/// A stream that was opened, and the first number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draw {
    /// The key: seed, purpose and entity.
    pub key: u64,
    /// Place of a movement in its route, or of a vehicle in its fleet.
    pub number: u32,
    /// How manieth such draw.
    pub occurrence: u64,
    /// The first 64 bits of the stream.
    pub first: u64,
}

/// Opens the streams of one replication.
#[derive(Debug)]
pub struct Draws {
    replication: u32,
    count: Cell<u64>,
    log: Option<RefCell<Vec<Draw>>>,
}

impl Draws {
    /// Nothing drawn yet; `log` keeps what is drawn.
    pub fn new(replication: u32, log: bool) -> Self {
        Self { replication, count: Cell::new(0), log: log.then(RefCell::default) }
    }

    /// Opens the stream of an address.
    #[inline]
    pub fn stream(&self, key: StreamKey, number: u32, occurrence: u64) -> Stream {
        self.count.set(self.count.get() + 1);
        let stream = key.stream(self.replication, number, occurrence);
        if let Some(log) = &self.log {
            log.borrow_mut().push(Draw { key: key.bits(), number, occurrence, first: stream.clone().bits() });
        }
        stream
    }

    /// Streams opened.
    pub fn count(&self) -> u64 {
        self.count.get()
    }

    /// What was written down.
    pub fn take_log(&self) -> Vec<Draw> {
        self.log.as_ref().map(RefCell::take).unwrap_or_default()
    }
}
