//! Buffers that one replication leaves to the next.

use super::calendar::Calendar;
use super::process::{Processes, ReadyList};

/// Buffers of a finished [`Sim`](super::Sim), to be handed to the next one; never results.
#[derive(Default)]
pub struct Memory {
    pub(super) calendar: Calendar,
    pub(super) ready: ReadyList,
    pub(super) processes: Processes<'static>,
}

impl Memory {
    /// No buffers yet; they grow in the first replication.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
