//! A movement (a convoy or a flight) and what it carries.

use super::Model;
use super::chain::Link;
use super::course::Course;
use super::exposure::Tracker;
use super::params::{CoverNeed, EscortNeed};
use super::places::People;
use crate::units::{Duration, SimTime};

/// Position of a movement in the order of forming.
pub type MovementId = usize;

/// Where a movement is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Formed; buses on their way, waiting to board, or boarding.
    Preparing,
    /// Loaded, inside the wall.
    Loaded,
    /// Outside the origin's wall, or in the air.
    UnderWay,
    /// All vehicles inside the destination, or back at the origin.
    Inside,
}

/// People of one class in one vehicle.
#[derive(Clone, Debug)]
pub struct Load {
    /// The bus's number in its fleet; `None` for the load of an aircraft.
    pub bus: Option<u32>,
    /// Class, position in `Params::classes`.
    pub class: usize,
    /// Who they are, in the order in which they boarded.
    pub people: Vec<People>,
    /// When each of them stepped aboard, in order.
    pub boarded: Vec<SimTime>,
    /// End of the last comfort halt.
    pub comfort: Option<SimTime>,
    /// People who were over the limit before the first comfort halt.
    pub over: u32,
    /// Whether all of them were over the limit in a later spell.
    pub all_over: bool,
    /// Longest time aboard so far.
    pub longest_aboard: Duration,
    /// The time aboard has ended.
    pub off: bool,
    /// Its people are all accepted, in a hub, or back where they came from.
    pub done: bool,
    /// While it is in intake: when each of its people is accepted, in order.
    pub intake: Vec<SimTime>,
}

impl Load {
    /// People in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.people.iter().map(|p| p.count).sum()
    }

    /// Ends a spell aboard at `now`: counts who was over `limit`.
    pub fn end_spell(&mut self, now: SimTime, limit: Option<Duration>) {
        let over = |since: SimTime| limit.is_some_and(|l| now.since(since) > l);
        match self.comfort {
            Some(since) => {
                self.longest_aboard = self.longest_aboard.max(now.since(since));
                self.all_over |= over(since);
            }
            None => {
                if let Some(first) = self.boarded.first() {
                    self.longest_aboard = self.longest_aboard.max(now.since(*first));
                }
                // Who stepped aboard first is over first.
                self.over = self.boarded.partition_point(|since| over(*since)) as u32;
            }
        }
    }

    /// People who were over the limit at any time.
    #[must_use]
    pub fn people_over(&self) -> u32 {
        if self.all_over { self.count() } else { self.over }
    }

    /// Marks the people who were over the limit, and says how many of them had not been on an earlier movement.
    pub fn mark_people_over(&mut self) -> u32 {
        let mut left = self.people_over();
        let (mut first_time, mut at) = (0, 0);
        // Who stepped aboard first is over first.
        while left > 0 {
            let Some(group) = self.people.get_mut(at) else { break };
            let over = left.min(group.count);
            left -= over;
            if !group.over_limit {
                first_time += over;
                let others = group.count - over;
                (group.count, group.over_limit) = (over, true);
                if others > 0 {
                    let others = People { count: others, over_limit: false, ..*group };
                    self.people.insert(at + 1, others);
                }
            }
            at += 1;
        }
        first_time
    }
}

/// Where on its route a movement is, for pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// At the origin.
    Origin,
    /// On this part of the path.
    Part(usize),
    /// At the destination.
    Destination,
    /// In the air.
    Air,
}

/// A convoy or a flight.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Route, position in `Params::routes`.
    pub route: usize,
    /// Its place within the route, from 0: the number in addresses of draws.
    pub nth: u32,
    /// Signal on which its process listens.
    pub slot: usize,
    /// What it carries, a load a vehicle.
    pub loads: Vec<Load>,
    /// People it was formed with: places reserved at the destination.
    pub reserved: u32,
    /// Buses, by number in the fleet (also those whose load came out empty).
    pub buses: Vec<u32>,
    /// Aircraft, by number in its fleet.
    pub aircraft: Option<u32>,
    /// Escort vehicles by number in their pool.
    pub escorts: Vec<u32>,
    /// What escorts it needs now.
    pub escort_need: Option<EscortNeed>,
    /// First path part that the present escorts covered.
    pub escorts_from: usize,
    /// When the present escorts were seized.
    pub escorts_since: SimTime,
    /// Escorts that can't move.
    pub escorts_broken: u32,
    /// What cover it wants now.
    pub cover_need: Option<CoverNeed>,
    /// It had cover and lost it.
    pub cover_lost: bool,
    /// When it lost its cover last; [`SimTime::NEVER`] where it never has.
    pub cover_lost_at: SimTime,
    /// It waits at a hand-over and has given its slot of cover to another convoy meanwhile.
    pub slot_lent: bool,
    /// It waits at a hand-over and is to let its escorts go before the next ones are there.
    pub lets_escorts_go: bool,
    /// Its stage.
    pub stage: Stage,
    /// When it is expected to be loaded.
    pub planned_ready: SimTime,
    /// Time alone keeps it from starting before this instant.
    pub start_not_before: SimTime,
    /// When it formed.
    pub formed: SimTime,
    /// When it was loaded.
    pub loaded: Option<SimTime>,
    /// What ended when it was loaded.
    pub loaded_link: Link,
    /// What let it start.
    pub start_link: Link,
    /// When it passed the start point or took off.
    pub started: Option<SimTime>,
    /// When it reached the destination.
    pub arrived: Option<SimTime>,
    /// When its last vehicle was inside.
    pub clear: Option<SimTime>,
    /// When the last of its people was accepted or had got off.
    pub accepted: Option<SimTime>,
    /// Loads not yet inside the destination.
    pub outside: usize,
    /// Loads not yet accepted or off.
    pub aboard: usize,
    /// Escorts at the start point.
    pub escorts_at_start: u32,
    /// It does not go on before this instant (incidents).
    pub not_before: SimTime,
    /// It is to turn back.
    pub turn_back: bool,
    /// It has turned back.
    pub turned_back: bool,
    /// Hazard at which the next incident falls.
    pub threshold: f64,
    /// Incidents so far.
    pub incidents: u32,
    /// Time moved since the last scheduled halt.
    pub moved_since_halt: Duration,
    /// The legs it is driving, between the start point or a crossing and the next.
    pub course: Option<Course>,
    /// Exposure.
    pub tracker: Tracker,
    /// Where it is.
    pub place: Where,
    /// Where it was from the last booking on: the stretch that is booked next was spent there.
    pub place_before: Where,
    /// Distance from the origin at the last booking, km.
    pub km: f64,
    /// Distance from the origin now, km.
    pub km_now: f64,
    /// Instant of the last booking.
    pub km_at: SimTime,
    /// Bus-time in queues of crossings.
    pub border_queue: Duration,
    /// Buses in the queue of a crossing, and since when they are so many.
    pub queueing: (u64, SimTime),
    /// All its vehicles stand and count as waiting.
    pub stands: bool,
}

impl Movement {
    /// Its name: route and place within it, as in `road#3`.
    pub(super) fn name(&self, model: &Model) -> String {
        format!("{}#{}", model.params.routes[self.route].id, self.nth + 1)
    }

    /// So many of its buses are in the queue of a crossing from now on.
    pub(super) fn count_border_queue(&mut self, now: SimTime, buses: u64) {
        let (before, since) = self.queueing;
        self.border_queue += now.since(since) * before;
        self.queueing = (buses, now);
    }

    /// People aboard.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.loads.iter().map(Load::count).sum()
    }

    /// The people of a vehicle as they leave it: what they take along is their exposed time.
    pub fn leaving(&self, index: usize) -> impl DoubleEndedIterator<Item = People> {
        let exposed = self.tracker.vehicles[index].exposed_for;
        self.loads[index].people.iter().map(move |group| People { exposed_for: group.exposed_for + exposed, ..*group })
    }

    /// People of it who at an instant are not accepted, in a hub, or back where they came from; those it was formed with until it is loaded.
    #[must_use]
    pub fn people_left(&self, at: SimTime) -> u32 {
        let left =
            |load: &Load| if load.intake.is_empty() { load.count() } else { load.intake.iter().filter(|by| **by > at).count() as u32 };
        if self.loaded.is_some() { self.loads.iter().filter(|load| !load.done).map(left).sum() } else { self.reserved }
    }

    /// People aboard, or those it was formed with while they are still being searched.
    #[must_use]
    pub fn people_or_reserved(&self) -> u32 {
        if self.loaded.is_some() { self.people() } else { self.reserved }
    }
}
