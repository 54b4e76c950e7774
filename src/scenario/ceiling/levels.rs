//! Levels that a calendar changes: beds over time, and the most of any other level.

use crate::model::params::{BedLevel, CalendarEffect, Facility, LevelTarget, NodeKind, Params};
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

/// The facilities with their positions.
pub(super) fn facilities(params: &Params) -> impl Iterator<Item = (usize, &Facility)> {
    params.nodes.iter().enumerate().filter_map(|(at, node)| match &node.kind {
        NodeKind::Facility(facility) => Some((at, facility)),
        _ => None,
    })
}

/// What the calendar adds to a level: from, to, amount.
fn additions(params: &Params, level: LevelTarget) -> impl Iterator<Item = (SimTime, SimTime, i64)> {
    params.calendar.iter().flat_map(move |entry| {
        let levels: &[_] = match &entry.effect {
            CalendarEffect::Add(levels) => levels,
            _ => &[],
        };
        levels.iter().filter(move |(of, _)| *of == level).map(move |(_, amount)| (entry.from, entry.to, *amount))
    })
}

/// The most that the calendar adds to a level at any time, taking all its entries together.
pub(super) fn added(params: &Params, level: LevelTarget) -> u64 {
    additions(params, level).map(|(_, _, amount)| amount.max(0).cast_unsigned()).sum()
}

/// The date from which nothing is left of a level of `own` up to the horizon, if the calendar takes it away.
pub(in crate::scenario) fn gone_from(params: &Params, level: LevelTarget, own: u32) -> Option<SimTime> {
    let end = SimTime::ZERO + params.horizon;
    let is_there = |t: SimTime| {
        let now = additions(params, level).filter(|(from, to, _)| *from <= t && t < *to).map(|(_, _, amount)| amount);
        now.fold(i64::from(own), i64::saturating_add) > 0
    };
    let mut edges: Vec<SimTime> = additions(params, level).flat_map(|(from, to, _)| [from, to]).filter(|t| *t < end).collect();
    edges.push(SimTime::ZERO);
    edges.sort_unstable();
    // The level changes at edges only: it is gone from the first of the last ones at which nothing is there.
    edges.into_iter().rev().take_while(|edge| !is_there(*edge)).last()
}

/// The largest number of beds of a facility at any time up to `until`: no more people can have a bed by then.
pub(in crate::scenario) fn most_beds(params: &Params, node: usize, until: SimTime) -> u64 {
    let NodeKind::Facility(facility) = &params.nodes[node].kind else { return 0 };
    let level = LevelTarget::Beds(node);
    let at = |t: SimTime| {
        let now = additions(params, level).filter(|(from, to, _)| *from <= t && t < *to);
        i64::try_from(own_beds(facility.beds, t)).unwrap_or(i64::MAX).saturating_add(now.map(|(_, _, amount)| amount).sum())
    };
    // Beds grow by themselves, so the most of them are there at the end, or just before an entry begins or ends.
    let before = |t: SimTime| t.saturating_sub(Duration::from_ticks(1)).min(until);
    let moments = additions(params, level).flat_map(|(from, to, _)| [before(from), before(to)]).chain([until]);
    moments.map(at).max().unwrap_or(0).max(0).cast_unsigned()
}

/// The beds of a facility at an instant.
pub(in crate::scenario) fn beds_at(params: &Params, node: usize, t: SimTime) -> u64 {
    let NodeKind::Facility(facility) = &params.nodes[node].kind else { return 0 };
    let now = additions(params, LevelTarget::Beds(node)).filter(|(from, to, _)| *from <= t && t < *to);
    let own = i64::try_from(own_beds(facility.beds, t)).unwrap_or(i64::MAX);
    own.saturating_add(now.map(|(_, _, amount)| amount).sum()).max(0).cast_unsigned()
}

fn own_beds(beds: BedLevel, t: SimTime) -> u64 {
    let days = t.since(beds.from).ticks() / TICKS_PER_DAY;
    u64::from(beds.start).saturating_add(u64::from(beds.per_day).saturating_mul(days)).min(u64::from(beds.up_to))
}
