//! Sums of exposed time over the product of all flags.

use super::state::{Class, Motion};
use crate::model::light::Daylight;

const CELLS: usize = 7 * 2 * 2 * 3 * 2;

/// One cell of the product of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it does.
    pub motion: Motion,
    /// Covered from the air.
    pub covered: bool,
    /// Enough escorts able to move.
    pub adequate: bool,
    /// How light it is.
    pub light: Daylight,
    /// Over the limit on the time aboard.
    pub over: bool,
}

impl Cell {
    fn index(self) -> usize {
        let light = self.light as usize;
        (((self.motion as usize * 2 + usize::from(self.covered)) * 2 + usize::from(self.adequate)) * 3 + light) * 2 + usize::from(self.over)
    }

    /// Every cell.
    pub fn all() -> impl Iterator<Item = Self> {
        let lights = [Daylight::Day, Daylight::Twilight, Daylight::Night];
        Motion::ALL.into_iter().flat_map(move |motion| {
            [false, true].into_iter().flat_map(move |covered| {
                [false, true].into_iter().flat_map(move |adequate| {
                    lights
                        .into_iter()
                        .flat_map(move |light| [false, true].into_iter().map(move |over| Self { motion, covered, adequate, light, over }))
                })
            })
        })
    }

    /// Its class.
    #[must_use]
    pub fn class(self) -> Class {
        Class::of(self.motion, self.covered, self.adequate, self.light)
    }
}

/// Convoy-time and person-time by cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    convoy_ticks: [u128; CELLS],
    person_ticks: [u128; CELLS],
    /// All convoy-time, summed apart from the cells.
    pub convoy_total: u128,
    /// All person-time, summed apart from the cells.
    pub person_total: u128,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { convoy_ticks: [0; CELLS], person_ticks: [0; CELLS], convoy_total: 0, person_total: 0 }
    }
}

impl Ledger {
    /// Books convoy-time.
    pub fn book_convoy(&mut self, cell: Cell, ticks: u64) {
        self.convoy_ticks[cell.index()] += u128::from(ticks);
    }

    /// Books person-time of so many people.
    pub fn book_people(&mut self, cell: Cell, people: u32, ticks: u64) {
        self.person_ticks[cell.index()] += u128::from(people) * u128::from(ticks);
    }

    /// Convoy-time of all cells that `which` picks.
    pub fn convoy(&self, which: impl Fn(Cell) -> bool) -> u128 {
        Cell::all().filter(|c| which(*c)).map(|c| self.convoy_ticks[c.index()]).sum()
    }

    /// Person-time of all cells that `which` picks.
    pub fn people(&self, which: impl Fn(Cell) -> bool) -> u128 {
        Cell::all().filter(|c| which(*c)).map(|c| self.person_ticks[c.index()]).sum()
    }
}
