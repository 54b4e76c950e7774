//! How much each reported resource was used, and on which share of the days it limited the operation.

use std::collections::BTreeMap;

use super::chain::{ChainPart, Via};
use super::observe::airborne;
use super::operation::Operation;
use super::params::NodeKind;
use super::prepared::Binding;
use super::state::Station;
use crate::units::SimTime;

/// Use of one reported resource from start to end, in unit-ticks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Available.
    pub available: f64,
    /// At work.
    pub busy: f64,
    /// Taken but waiting.
    pub held_waiting: f64,
    /// Share of operating days on which it was the largest part of the active chain.
    pub binding_share: f64,
}

/// Use of lanes, bays or spots: in service, of those there are. Units withdrawn while they are in use count until they come back.
fn of_station(station: &Station<'_>, end: SimTime) -> Usage {
    Usage { available: station.units.unit_time(end) as f64, busy: station.units.busy_time_until(end) as f64, ..Usage::default() }
}

impl Operation<'_> {
    pub(super) fn usage(&self, end: SimTime, chain: &[ChainPart]) -> Vec<Usage> {
        let binding = self.binding(end, chain);
        let time = end.elapsed().ticks() as f64;
        let books = self.books.borrow();
        self.model
            .resources()
            .iter()
            .map(|resource| {
                let Binding::Resource(via) = resource.binding else {
                    return Usage { binding_share: binding.get(&resource.binding).copied().unwrap_or(0.0), ..Usage::default() };
                };
                let units = f64::from(resource.units);
                let taken_and_waiting = |taken: u128, waiting: u128, available: f64| {
                    let held_waiting = (waiting as f64).min(taken as f64);
                    Usage { available, busy: taken as f64 - held_waiting, held_waiting, binding_share: 0.0 }
                };
                let usage = match via {
                    Via::Bus(n) => {
                        let n = usize::from(n);
                        taken_and_waiting(self.buses[n].borrow().taken.integral(end), books.buses_waiting[n].until(end), units * time)
                    }
                    Via::Escort(n) => {
                        let n = usize::from(n);
                        taken_and_waiting(self.escorts[n].borrow().taken.integral(end), books.escorts_waiting[n].until(end), units * time)
                    }
                    Via::Aircraft(n) => {
                        let n = usize::from(n);
                        taken_and_waiting(self.aircraft[n].borrow().taken.integral(end), books.aircraft_waiting[n].until(end), units * time)
                    }
                    Via::Cover(n) => {
                        let busy = airborne(&books.cover_sorties[usize::from(n)], end).ticks() as f64;
                        Usage { available: units * time, busy, ..Usage::default() }
                    }
                    Via::Lane(n) => of_station(&self.crossings[usize::from(n)], end),
                    Via::Boarding(n) => of_station(&self.nodes[usize::from(n)].boarding, end),
                    Via::Bay(n) => of_station(&self.nodes[usize::from(n)].intake, end),
                    Via::Parking(n) => of_station(&self.nodes[usize::from(n)].parking, end),
                    Via::Place(n) => self.place_usage(usize::from(n), end, books.accepted_at[usize::from(n)]),
                    Via::None => Usage::default(),
                };
                Usage { binding_share: binding.get(&resource.binding).copied().unwrap_or(0.0), ..usage }
            })
            .collect()
    }

    /// Places of a hub or beds of a facility: taken by people who are there, or reserved for people on the way. `accepted`: people accepted
    /// there, and the sum of their instants.
    fn place_usage(&self, node: usize, end: SimTime, (accepted, instants): (u64, u128)) -> Usage {
        let state = &self.nodes[node];
        let available = state.level_over_time.borrow().integral(end) as f64;
        let taken = state.taken_over_time.borrow().integral(end) as f64;
        let there = match self.model.params.nodes[node].kind {
            NodeKind::Facility(_) => (u128::from(accepted) * u128::from(end.ticks()) - instants) as f64,
            _ => state.present_over_time.borrow().integral(end) as f64,
        };
        let busy = f64::min(there, taken);
        Usage { available, busy, held_waiting: taken - busy, binding_share: 0.0 }
    }

    /// Share of operating days, start to closure, on which each resource or outside cause was the largest part of the active chain
    /// among all of them.
    fn binding(&self, end: SimTime, chain: &[ChainPart]) -> BTreeMap<Binding, f64> {
        let mut shares = BTreeMap::new();
        if chain.is_empty() {
            return shares;
        }
        let last_day = self.env.operating_day(SimTime::from_ticks(end.ticks().saturating_sub(1)));
        let mut days: Vec<BTreeMap<Binding, u64>> = vec![BTreeMap::new(); last_day + 1];
        for part in chain {
            let key = match (part.via, part.cause) {
                (Via::None, cause) if cause.is_outside() => Binding::Outside(cause),
                (Via::None, _) => continue,
                (via, _) => Binding::Resource(via),
            };
            let mut from = part.start;
            while from < part.end {
                let day = self.env.operating_day(from);
                let to = self.env.operating_day_start(day + 1).min(part.end);
                *days[day].entry(key).or_default() += (to - from).ticks();
                from = to;
            }
        }
        let count = days.len() as f64;
        for day in &days {
            // Of equal parts the first in the order of resources decides.
            if let Some((key, _)) = day.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))) {
                *shares.entry(*key).or_insert(0.0) += 1.0 / count;
            }
        }
        shares
    }
}
