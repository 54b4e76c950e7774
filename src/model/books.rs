//! What one replication writes down while it runs.

use super::chain::Link;
use super::exposure::windows::Interval;
use super::exposure::{Concurrency, Ledger};
use super::standing::Waits;
use crate::units::{Duration, Kilometres, SimTime};

/// Where a person is; everybody is in exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// At a source site, also deferred or aboard inside the wall.
    Source,
    /// Outside a wall or in the air.
    OnTheWay,
    /// In a hub, also aboard inside it.
    Hub,
    /// At a facility, not yet accepted.
    Facility,
    /// Accepted.
    Accepted,
}

/// People who changed their whereabouts at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// When.
    pub at: SimTime,
    /// From where.
    pub from: Whereabouts,
    /// To where.
    pub to: Whereabouts,
    /// How many.
    pub people: u32,
}

/// People accepted at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// When.
    pub at: SimTime,
    /// How they came last: route position.
    pub route: u16,
}

/// Brings acceptances into the order of time; of one instant, who was entered first stays first.
///
/// They are entered load by load, each in order as a rule, and loads overlap little: so each ascending run has to be merged into the
/// end of what stands before it only, which takes a fraction of a general sort.
pub fn sort_by_time(accepted: &mut [Acceptance]) {
    let mut run: Vec<Acceptance> = Vec::new();
    let mut begins = 0;
    while begins < accepted.len() {
        let length = accepted[begins..].windows(2).take_while(|pair| pair[0].at <= pair[1].at).count() + 1;
        let first = accepted[begins].at;
        let overlap = accepted[..begins].iter().rev().take_while(|before| before.at > first).count();
        if overlap > 0 {
            // What stands after everything before it stays there.
            let last = accepted[begins - 1].at;
            let moves = accepted[begins..begins + length].partition_point(|of_run| of_run.at < last);
            run.clear();
            run.extend_from_slice(&accepted[begins..begins + moves]);
            // From the back: the later one of the two last goes into the last place that is free.
            let (mut before, mut hole) = (begins, begins + moves);
            for last in run.iter().rev() {
                while before > begins - overlap && accepted[before - 1].at > last.at {
                    (before, hole) = (before - 1, hole - 1);
                    accepted[hole] = accepted[before];
                }
                hole -= 1;
                accepted[hole] = *last;
            }
        }
        begins += length;
    }
}

/// A movement's start, for caps and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// When.
    pub at: SimTime,
    /// Route position.
    pub route: usize,
    /// People.
    pub people: u32,
}

/// A stretch that a vehicle ran or flew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Start.
    pub from: SimTime,
    /// End.
    pub to: SimTime,
    /// Distance of one vehicle.
    pub km: Kilometres,
    /// Vehicles.
    pub vehicles: u32,
}

impl Run {
    /// Vehicle-ticks before the end.
    pub(super) fn ticks_before(&self, end: SimTime) -> u128 {
        u128::from(self.to.min(end).since(self.from).ticks()) * u128::from(self.vehicles)
    }

    /// Distance of all its vehicles before the end, in micrometres.
    pub(super) fn micrometres_before(&self, end: SimTime) -> u128 {
        // The rounding of ticks serves any real number, and costs less than `libm::round` and a conversion to 128 bits.
        u128::from(Duration::round_ticks(self.share_before(end) * self.km.0 * 1e9).ticks()) * u128::from(self.vehicles)
    }

    /// The part of it that falls before the end.
    fn share_before(&self, end: SimTime) -> f64 {
        if self.to <= end {
            1.0
        } else if self.from >= end {
            0.0
        } else {
            (end - self.from).ticks() as f64 / (self.to - self.from).ticks() as f64
        }
    }
}

/// Counts of one replication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Convoys that started.
    pub convoys: u32,
    /// People on them.
    pub convoy_people: u64,
    /// Flights that took off.
    pub flights: u32,
    /// Breakdowns of buses and escorts.
    pub breakdowns: u32,
    /// Incidents.
    pub incidents: u32,
    /// Convoys that turned back.
    pub turn_backs: u32,
    /// Losses of cover by convoys on the road.
    pub cover_losses: u32,
    /// People who were over the welfare limit on any movement, each once.
    pub people_over: u32,
    /// Times that a person was over the welfare limit on a movement.
    pub welfare_breaches: u64,
    /// Most people above the places of a hub, after a turn-back.
    pub above_holding: u32,
}

/// The books of one replication.
#[derive(Debug, Default)]
pub struct Books {
    /// Exposed time by cell.
    pub ledger: Ledger,
    /// Exposed at once.
    pub concurrency: Concurrency,
    /// Exposed person-ticks by local day.
    pub exposed_by_day: Vec<u128>,
    /// Changes of whereabouts, in order of time (acceptances apart).
    pub flows: Vec<Flow>,
    /// Acceptances; sorted at the end.
    pub accepted: Vec<Acceptance>,
    /// How many there were at each node, and the sum of their instants in ticks.
    pub accepted_at: Vec<(u64, u128)>,
    /// Starts, in order of time.
    pub starts: Vec<Start>,
    /// Stretches that buses ran.
    pub bus_runs: Vec<Run>,
    /// Sorties of covering aircraft, by air cover; those under way end never.
    pub cover_sorties: Vec<Vec<Interval>>,
    /// Person-ticks in the air.
    pub flight_person_ticks: u128,
    /// Longest time aboard.
    pub max_aboard: Duration,
    /// Sum over accepted people of (accepted − called).
    pub time_in_system: u128,
    /// Exposed time by person: (ticks, people).
    pub person_exposure: Vec<(u64, u32)>,
    /// Counts.
    pub counts: Counts,
    /// Instants of breakdowns, some of them still to come: an empty trip knows its breakdowns when it begins.
    pub breakdowns: Vec<SimTime>,
    /// What ended with the last acceptance.
    pub last_link: Option<Link>,
    /// Buses taken but waiting, by fleet.
    pub buses_waiting: Vec<Waits>,
    /// Escorts taken but standing, by pool.
    pub escorts_waiting: Vec<Waits>,
    /// Aircraft taken but waiting, by fleet.
    pub aircraft_waiting: Vec<Waits>,
    /// When a head count changed last.
    pub time_of_last_count_change: SimTime,
}

impl Books {
    /// Books people in the air.
    pub(super) fn book_flight(&mut self, from: SimTime, to: SimTime, people: u32) {
        self.flight_person_ticks += u128::from(to.since(from).ticks()) * u128::from(people);
    }

    /// A covering aircraft takes off; says which sortie of its air cover this is.
    pub(super) fn begin_sortie(&mut self, orbit: usize, now: SimTime) -> usize {
        let sorties = &mut self.cover_sorties[orbit];
        sorties.push(Interval::new(now, SimTime::NEVER));
        sorties.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn acceptances_come_out_as_a_stable_sort_leaves_them(loads in prop::collection::vec((0_u64..50, prop::collection::vec(0_u64..9, 0..6)), 0..12)) {
            let mut accepted = Vec::new();
            for (route, (begins, times)) in (0_u16..).zip(loads) {
                accepted.extend(times.into_iter().map(|time| Acceptance { at: SimTime::from_ticks(begins + time), route }));
            }
            let mut expected = accepted.clone();
            expected.sort_by_key(|a| a.at);
            sort_by_time(&mut accepted);
            prop_assert_eq!(accepted, expected);
        }
    }
}
