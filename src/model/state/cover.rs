//! Air cover of one kind: orbits on station, convoys that hold their slots or want one, aircraft on the ground.

use std::cell::{Cell, RefCell};

use super::super::movement::MovementId;
use crate::kernel::{Signal, Sim};
use crate::units::SimTime;

/// Cover of one kind.
pub struct CoverState<'s> {
    /// Orbits with an aircraft on station.
    pub on_station: Cell<u32>,
    /// Convoys covered, in the order in which they got their slots.
    pub covered: RefCell<Vec<MovementId>>,
    /// Convoys on the road that want a slot.
    pub wanting: RefCell<Vec<MovementId>>,
    /// Movements for which aircraft are called.
    pub demands: RefCell<Vec<MovementId>>,
    /// Aircraft that are not asked to fly: from when on each is ready, and its number; in this order.
    pub ready: RefCell<Vec<(SimTime, u32)>>,
    /// Sorties asked of each aircraft.
    pub sorties: RefCell<Vec<u32>>,
    /// Since when there has been a free slot.
    pub slot_since: Cell<SimTime>,
    /// Orbits that look for an aircraft.
    pub seeking: Cell<u32>,
    /// Fires when an orbit is wanted that was not or the other way round, and when an aircraft comes back that an orbit may look for.
    pub changed: Signal<'s>,
}

impl<'s> CoverState<'s> {
    /// All aircraft ready on the ground.
    pub fn new(sim: &'s Sim<'s>, aircraft: u32) -> Self {
        Self {
            on_station: Cell::new(0),
            covered: RefCell::default(),
            wanting: RefCell::default(),
            demands: RefCell::default(),
            ready: RefCell::new((0..aircraft).map(|unit| (SimTime::ZERO, unit)).collect()),
            sorties: RefCell::new(vec![0; aircraft as usize]),
            slot_since: Cell::new(SimTime::ZERO),
            seeking: Cell::new(0),
            changed: Signal::new(sim),
        }
    }
}
