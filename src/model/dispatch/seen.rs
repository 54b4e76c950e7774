//! What a route answered when it last could not form.
//!
//! While it sees the same, and time alone does not change the answer, neither does the answer: most questions are asked because of
//! something that is nothing to this route. What it looks at is [`Watched`](super::super::watched::Watched): people who wait, free
//! vehicles, places. Nothing is kept where more had a say: a calendar, whose caps and additions hang on the time, or beds that may
//! still grow. (Places of a hub grow only by a calendar.)
//!
//! A route that has too little of one thing to be able to form keeps its answer while it stays short of that ([`Lack`]), whatever
//! else changes. Only the people who wait are looked at in any case: fewer of them may be the last ones, who all go at once.

use super::super::operation::Operation;
use super::super::params::{Mode, Route};
use super::super::places::Waiting;
use crate::units::SimTime;

/// What has to change before the answer of a route that could not form can be another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lack {
    /// Anything that it looks at.
    #[default]
    Anything,
    /// The people who wait.
    People,
    /// These, or so many places are free.
    Places(u32),
    /// These, or so many vehicles are free.
    Vehicles(u32),
}

/// The answer of a route that could not form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unable {
    /// Time alone changes the answer at this instant; zero where nothing was kept.
    pub(super) until: SimTime,
    /// What it lacked.
    pub(super) lack: Lack,
    /// Everybody was to go, and it could not form because others may still come.
    pub(super) others: bool,
}

/// The queues of a route: its classes at its origin.
#[derive(Clone, Copy)]
pub(super) struct Queues<'a> {
    classes: &'a [usize],
    all: &'a [Waiting],
}

impl<'a> Queues<'a> {
    /// Of a route, among all at its origin.
    pub fn of(spec: &'a Route, all: &'a [Waiting]) -> Self {
        Self { classes: &spec.classes, all }
    }

    /// People who wait, by class.
    #[inline]
    pub fn counts(self) -> impl Iterator<Item = u32> {
        self.classes.iter().map(move |class| self.all[*class].count())
    }
}

impl Operation<'_> {
    /// When to ask a route again that last could not form and sees nothing that could change its answer. Otherwise that is forgotten.
    #[inline]
    pub(super) fn still_unable(&self, route: usize, spec: &Route) -> Option<SimTime> {
        let unable = self.unable[route].get();
        if self.sim.now() < unable.until && self.lacks_all(spec, unable.lack) {
            self.asks.nothing_is_anything_to(route);
            return Some(unable.until);
        }
        let short = match unable.lack {
            _ if self.sim.now() >= unable.until => false,
            Lack::Anything => !self.asks.has(route),
            _ if self.asks.has_people(route) => false,
            Lack::People => true,
            Lack::Places(enough) => self.places_free(spec.to) < enough,
            Lack::Vehicles(enough) => self.vehicles_free(spec) < enough,
        };
        if short && (!unable.others || self.others_can_come(spec)) {
            self.asks.is_nothing_to(route);
            return Some(unable.until);
        }
        self.asks.asked(route);
        self.unable[route].take();
        None
    }

    /// Whether a route still lacks the one place or the one vehicle without which nobody can go, whoever waits.
    pub(super) fn lacks_all(&self, spec: &Route, lack: Lack) -> bool {
        match lack {
            Lack::Places(1) => self.places_free(spec.to) == 0,
            Lack::Vehicles(1) => self.vehicles_free(spec) == 0,
            _ => false,
        }
    }

    /// A route cannot form before `until`, as long as it lacks what it lacks now; `others`: and as long as others may still come.
    pub(super) fn keep_unable(&self, route: usize, lack: Lack, others: bool, until: SimTime) {
        if self.model.params.calendar.is_empty() {
            self.unable[route].set(Unable { until, lack, others });
            self.asks.keeps(route, lack == Lack::People, others);
        }
    }

    /// Free vehicles of a route's fleet.
    pub(in super::super) fn vehicles_free(&self, spec: &Route) -> u32 {
        let free = match &spec.mode {
            Mode::Land(land) => self.buses[land.fleet].borrow().free.borrow().len(),
            Mode::Air(air) => self.aircraft[air.fleet].borrow().free.borrow().len(),
        };
        free as u32
    }
}
