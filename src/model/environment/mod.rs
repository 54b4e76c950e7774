//! What surrounds the operation: windows, calendar, weather, light and closures, all as *functions of time*.
//!
//! At an instant the environment is already in its new state. Nothing here changes while a replication runs: weather and
//! closures are drawn at its beginning, by slot number and by count, so that no scenario shifts another's.

mod calendar;
mod openings;
mod starts;
mod weather;

use std::cell::Cell;

use super::Model;
use super::draws::Draws;
use super::light::Daylight;
use super::params::TwoState;
use crate::random::StreamKey;
use crate::units::{Duration, SimTime, TICKS_PER_DAY};
pub use starts::planned_leads;

/// The surroundings of one replication.
#[derive(Debug)]
pub struct Environment<'m> {
    model: &'m Model,
    /// Bad slots, by slot number; slot 0 contains the start.
    bad_air: Vec<bool>,
    bad_land: Vec<bool>,
    /// How far slot 0 had run at the start.
    slot_offset: Duration,
    /// Random closures by crossing, in order.
    closures: Vec<Vec<(SimTime, SimTime)>>,
    /// Where the last question about the light was answered.
    light_hint: Cell<usize>,
}

/// An outside condition of a start: since when it has been met, or when it may be met next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Met without a break since this instant.
    MetSince(SimTime),
    /// Not met; not before this instant.
    NotBefore(SimTime),
}

impl<'m> Environment<'m> {
    /// Draws the weather and the closures of a replication.
    #[must_use]
    pub fn new(model: &'m Model, draws: &Draws) -> Self {
        let params = &model.params;
        let slot = params.weather.slot.ticks();
        let since_day_began = (params.start.time_of_day.ticks() + TICKS_PER_DAY - params.operating_day.ticks()) % TICKS_PER_DAY;
        let slot_offset = Duration::from_ticks(since_day_began % slot);
        let slots = (params.horizon.ticks() + slot_offset.ticks()) / slot + 2;
        let chain = |weather: Option<TwoState>, key: StreamKey| {
            let Some(w) = weather else { return Vec::new() };
            let bad_after_good = if w.bad_share > 0.0 { w.bad_share * (1.0 - w.bad_after_bad) / (1.0 - w.bad_share) } else { 0.0 };
            let mut bad = false;
            (0..slots)
                .map(|n| {
                    let chance = match (n, bad) {
                        (0, _) => w.bad_share,
                        (_, true) => w.bad_after_bad,
                        (_, false) => bad_after_good,
                    };
                    bad = draws.stream(key, 0, n).uniform() < chance;
                    bad
                })
                .collect()
        };
        let bad_air = chain(params.weather.air, model.keys.weather.0);
        let bad_land = chain(params.weather.land, model.keys.weather.1);
        let mut closures = Vec::new();
        for (crossing, keys) in params.crossings.iter().zip(&model.keys.closures) {
            let mut list = Vec::new();
            if let Some(closure) = &crossing.closure {
                let mut at = SimTime::ZERO;
                for n in 0.. {
                    at += closure.every.sample(&mut draws.stream(keys.0, 0, n));
                    if at.elapsed() >= params.horizon || n > 100_000 {
                        break;
                    }
                    let end = at + closure.length.sample(&mut draws.stream(keys.1, 0, n));
                    list.push((at, end));
                    at = end;
                }
            }
            closures.push(list);
        }
        Self { model, bad_air, bad_land, slot_offset, closures, light_hint: Cell::new(0) }
    }

    /// The surroundings without chance: no weather, no random closures.
    #[must_use]
    pub fn as_planned(model: &'m Model) -> Self {
        let closures = vec![Vec::new(); model.params.crossings.len()];
        let (bad_air, bad_land) = (Vec::new(), Vec::new());
        Self { model, bad_air, bad_land, slot_offset: Duration::ZERO, closures, light_hint: Cell::new(0) }
    }

    /// The light at `t` and when it changes next.
    #[must_use]
    pub fn light(&self, t: SimTime) -> (Daylight, SimTime) {
        self.model.light.at_near(t, &self.light_hint)
    }

    /// The same at an instant to come, looking first where `place` says. What is asked for next is mostly nearer than that.
    #[must_use]
    pub fn light_ahead(&self, t: SimTime, place: &Cell<usize>) -> (Daylight, SimTime) {
        self.model.light.at_near(t, place)
    }

    /// Where in the table of changes [`light`](Self::light) looked last.
    #[must_use]
    pub fn light_place(&self) -> Cell<usize> {
        self.light_hint.clone()
    }

    /// Number of the operating day at `t`, 0 for the one that contains the start.
    #[must_use]
    pub fn operating_day(&self, t: SimTime) -> usize {
        ((t.ticks() + self.operating_day_offset()) / TICKS_PER_DAY) as usize
    }

    /// When operating day `day` begins; the start of the run for the first.
    #[must_use]
    pub fn operating_day_start(&self, day: usize) -> SimTime {
        SimTime::from_ticks((day as u64 * TICKS_PER_DAY).saturating_sub(self.operating_day_offset()))
    }

    fn operating_day_offset(&self) -> u64 {
        let params = &self.model.params;
        (params.start.time_of_day.ticks() + TICKS_PER_DAY - params.operating_day.ticks()) % TICKS_PER_DAY
    }
}
