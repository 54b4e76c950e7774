//! Identities that every replication must keep, whatever the scenario: windows and their union, partitions and totals, head counts, and
//! the active chain. A replication that breaks one is a failure of ours and never becomes a row of results.

use super::books::Whereabouts;
use super::exposure::Motion;
use super::movement::Movement;
use super::observations::{Failure, FailureKind, Observations};
use super::usage::Usage;
use crate::units::{Duration, SimTime};

/// Identities that every replication must keep.
pub(super) fn check(o: &Observations) -> Result<(), Failure> {
    let mut broken = Vec::new();
    let mut hold = |holds: bool, what: &str| {
        if !holds {
            broken.push(what.to_owned());
        }
    };
    let union = u128::from(o.concurrency.union.ticks());
    let sum = o.ledger.convoy_total;
    let windows: u128 = o.movements.iter().map(|m| u128::from(m.tracker.exposed.ticks())).sum();
    let longest = o.movements.iter().map(|m| m.tracker.exposed.ticks()).max().unwrap_or(0);
    hold(u128::from(longest) <= union && union <= sum, "max|W| <= union <= sum|W|");
    hold(u128::from(o.concurrency.longest_window.ticks()) <= union, "longest window <= union");
    hold(o.concurrency.integral == sum, "integral of the count = sum|W|");
    hold(windows == sum, "windows of movements sum to the total");
    hold(o.ledger.convoy(|_| true) == sum, "cells of convoy-time sum to the total");
    hold(o.ledger.people(|_| true) == o.ledger.person_total, "cells of person-time sum to the total");
    hold(o.exposed_by_day.iter().sum::<u128>() == o.ledger.person_total, "days of person-time sum to the total");
    let vehicles = o.movements.iter().flat_map(|m| m.tracker.vehicles.iter());
    let by_vehicle: u128 = vehicles.map(|v| u128::from(v.exposed_for.ticks()) * u128::from(v.people)).sum();
    hold(by_vehicle == o.ledger.person_total, "person-time by vehicle sums to the total");
    if o.closure.is_some() {
        let by_person: u128 = o.person_exposure.iter().map(|(ticks, n)| u128::from(*ticks) * u128::from(*n)).sum();
        hold(by_person == o.ledger.person_total, "person-time by person sums to the total");
        let spent: u64 = o.chain.iter().map(|p| p.duration().ticks()).sum();
        hold(spent == o.end.ticks(), "parts of the active chain sum to the makespan");
        hold(o.accepted.len() == o.people as usize, "everybody is accepted once");
    }
    let spells = |m: &Movement| {
        let t = &m.tracker;
        let halted = t.motions[Motion::ScheduledHalt as usize] + t.motions[Motion::UnscheduledHalt as usize];
        let stood: Duration = t.motions.iter().skip(1).copied().sum();
        t.longest_halt <= halted
            && t.longest_halt <= t.longest_stationary
            && t.longest_stationary <= stood
            && t.longest_uncovered <= t.uncovered
    };
    hold(o.movements.iter().all(spells), "no spell is longer than all time of its kind");
    let people = |count: u32| count <= o.people;
    hold(people(o.accepted.len() as u32) && people(o.counts.people_over), "no more people than there are");
    hold(u64::from(o.counts.people_over) <= o.counts.welfare_breaches, "people over the welfare limit <= breaches");
    hold(people(o.concurrency.peak_people), "no more people are exposed than there are");
    let within = |usage: &Usage| {
        usage.busy >= 0.0 && usage.held_waiting >= 0.0 && usage.busy + usage.held_waiting <= usage.available * (1.0 + 1e-12)
    };
    hold(o.usage.iter().all(within), "no more is used than is available");
    if let Some(what) = conserved(o) {
        hold(false, &what);
    }
    if broken.is_empty() { Ok(()) } else { Err(Failure { kind: FailureKind::Identity, message: broken.join("; "), waits: Vec::new() }) }
}

/// Follows the head counts through all flows; says what is wrong with them.
fn conserved(o: &Observations) -> Option<String> {
    let mut counts = [i64::from(o.people), 0, 0, 0, 0];
    let mut last = SimTime::ZERO;
    for flow in &o.flows {
        if flow.at < last {
            return Some(format!("flows run back at {}", flow.at));
        }
        last = flow.at;
        counts[flow.from as usize] -= i64::from(flow.people);
        counts[flow.to as usize] += i64::from(flow.people);
        if counts.iter().any(|c| *c < 0) {
            return Some(format!("fewer than nobody somewhere at {}", flow.at));
        }
    }
    let accepted = o.accepted.len() as i64;
    (counts[Whereabouts::Facility as usize] < accepted).then(|| "more people accepted than have come".to_owned())
}
