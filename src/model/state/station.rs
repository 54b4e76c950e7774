//! Stations: counted places that remember who released one last.

use std::cell::Cell;

use super::super::chain::Since;
use crate::kernel::{Resource, Sim};

/// A counted place with a memory of who released it last: lanes, bays, yards.
pub struct Station<'s> {
    /// The units.
    pub units: Resource<'s>,
    /// What released a unit last: an activity that ended, or an opening.
    pub released: Cell<Since>,
}

impl<'s> Station<'s> {
    /// Free units from the start.
    pub fn new(sim: &'s Sim<'s>, units: u32) -> Self {
        Self { units: Resource::new(sim, units), released: Cell::new(Since::START) }
    }
}
