//! Weather: which slots are bad, and what that stops or slows.

use super::{Condition, Environment};
use crate::model::params::CalendarEffect;
use crate::units::{Duration, SimTime};

impl Environment<'_> {
    fn slot(&self, t: SimTime) -> usize {
        ((t.ticks() + self.slot_offset.ticks()) / self.model.params.weather.slot.ticks()) as usize
    }

    fn slot_start(&self, slot: usize) -> SimTime {
        SimTime::from_ticks((slot as u64 * self.model.params.weather.slot.ticks()).saturating_sub(self.slot_offset.ticks()))
    }

    fn is_bad(slots: &[bool], slot: usize) -> bool {
        slots.get(slot).copied().unwrap_or(false)
    }

    /// Whether the weather lets a movement start.
    #[must_use]
    pub fn weather(&self, by_air: bool, t: SimTime) -> Condition {
        let (weather, slots) =
            if by_air { (self.model.params.weather.air, &self.bad_air) } else { (self.model.params.weather.land, &self.bad_land) };
        if !weather.is_some_and(|w| w.no_go) {
            return Condition::MetSince(SimTime::ZERO);
        }
        let mut slot = self.slot(t);
        if Self::is_bad(slots, slot) {
            while Self::is_bad(slots, slot) {
                slot += 1;
            }
            return Condition::NotBefore(self.slot_start(slot));
        }
        while slot > 0 && !Self::is_bad(slots, slot - 1) {
            slot -= 1;
        }
        Condition::MetSince(self.slot_start(slot))
    }

    /// The end of the present slot, if its weather lets no movement start. Of the slots that follow nothing is known yet.
    #[must_use]
    pub fn no_go_until(&self, by_air: bool, t: SimTime) -> Option<SimTime> {
        matches!(self.weather(by_air, t), Condition::NotBefore(_)).then(|| self.slot_start(self.slot(t) + 1))
    }

    /// Days (of 24 hours) with weather that stops departures of a mode, up to `until`.
    #[must_use]
    pub fn bad_weather_time(&self, by_air: bool, until: SimTime) -> Duration {
        let weather = &self.model.params.weather;
        let (weather, slots) = if by_air { (weather.air, &self.bad_air) } else { (weather.land, &self.bad_land) };
        if !weather.is_some_and(|w| w.no_go) {
            return Duration::ZERO;
        }
        slots.iter().enumerate().filter(|(_, bad)| **bad).map(|(n, _)| self.slot_start(n + 1).min(until).since(self.slot_start(n))).sum()
    }

    /// The factor on speeds of a route when a leg begins at `t`.
    #[must_use]
    pub fn speed_factor(&self, route: usize, t: SimTime) -> f64 {
        let mut factor = 1.0;
        if Self::is_bad(&self.bad_air, self.slot(t)) {
            factor *= self.model.params.weather.land_speed_when_air_bad;
        }
        for entry in self.in_force(t) {
            if let CalendarEffect::SpeedFactor(f) = entry.effect
                && self.concerns(entry, route)
            {
                factor *= f;
            }
        }
        factor
    }
}
