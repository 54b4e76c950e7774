//! Routes: one kind of movement between two custody nodes.

use super::{Schedule, VaryingDuration, VaryingSpeed};
use crate::random::Distribution;
use crate::units::{Duration, Kilometres, KilometresPerHour};

/// A route by land or by air.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The id.
    pub id: String,
    /// Origin, position in `Params::nodes`.
    pub from: usize,
    /// Destination, position in `Params::nodes`.
    pub to: usize,
    /// Classes it carries, positions in `Params::classes`, in file order; at least one.
    pub classes: Vec<usize>,
    /// When a convoy may start or an aircraft take off.
    pub departures: Departures,
    /// A low number is asked first; ties by file order.
    pub priority: i64,
    /// How long it must have been able to form with `at_least` before it does.
    pub form_wait_at_most: Duration,
    /// When boarding or onload begins.
    pub board: Board,
    /// Shortest time between two starts of this route.
    pub headway: Duration,
    /// Movements between start and the last bus inside; `None` for no limit.
    pub max_on_road: Option<u32>,
    /// Land or air.
    pub mode: Mode,
}

/// Land or air.
#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    /// Convoys of buses.
    Land(LandRoute),
    /// Flights.
    Air(AirRoute),
}

/// What a convoy is made of and how it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct LandRoute {
    /// Legs and crossings in order; at least one leg.
    pub path: Vec<PathPart>,
    /// Fleet, position in `Params::buses`.
    pub fleet: usize,
    /// Buses wanted per convoy (whole numbers, at least 1, at most the fleet).
    pub per_convoy: Distribution,
    /// Fewest buses to form with after the wait; at least 1.
    pub at_least: u32,
    /// Escorts, if any are needed.
    pub escorts: Option<EscortNeed>,
    /// Air cover, if any is wanted.
    pub cover: Option<CoverNeed>,
    /// Changes of escorts and cover, at crossings of the path.
    pub hand_over: Vec<HandOver>,
    /// Scheduled halts; never with a rate of march on any leg.
    pub halts: Option<Halts>,
    /// How empty buses come home (or, with home = to, go out).
    pub return_trip: ReturnTrip,
}

/// What a flight is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct AirRoute {
    /// Fleet, position in `Params::aircraft`.
    pub fleet: usize,
    /// Fewest people to form with before the wait is over.
    pub at_least: u32,
    /// One-way flight.
    pub flight: VaryingDuration,
    /// Flight distance for time–distance pictures, if known.
    pub distance: Option<Kilometres>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum PathPart {
    /// A stretch of road.
    Leg(Leg),
    /// A crossing, position in `Params::crossings`.
    Crossing(usize),
}

impl PathPart {
    /// Its length, km; none at a crossing.
    #[must_use]
    pub fn km(&self) -> f64 {
        match self {
            Self::Leg(leg) => leg.distance.0,
            Self::Crossing(_) => 0.0,
        }
    }
}

/// A part of a path by mean times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedPart {
    /// Driving; legs that follow each other at one mean speed are one part.
    Drive(Duration),
    /// A crossing, position in `Params::crossings`.
    Crossing(usize),
}

impl LandRoute {
    /// The path by mean speeds. Where a leg is cut in parts, this stays the same.
    #[must_use]
    pub fn planned_path(&self) -> Vec<PlannedPart> {
        Self::stretches_of(&self.path, |_, leg| leg.speed.distribution().mean())
            .into_iter()
            .map(|stretch| match stretch {
                Stretch::Road(km, speed) => PlannedPart::Drive(km.at(speed)),
                Stretch::Crossing(crossing) => PlannedPart::Crossing(crossing),
            })
            .collect()
    }

    /// Parts of a path with legs that follow each other at one speed as one stretch. `speed` says how fast a leg is driven, given its position.
    #[must_use]
    pub fn stretches_of(parts: &[PathPart], mut speed: impl FnMut(usize, &Leg) -> KilometresPerHour) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::with_capacity(parts.len());
        for (position, part) in parts.iter().enumerate() {
            match part {
                PathPart::Crossing(crossing) => stretches.push(Stretch::Crossing(*crossing)),
                PathPart::Leg(leg) => {
                    let at = speed(position, leg);
                    match stretches.last_mut() {
                        Some(Stretch::Road(km, before)) if before.0.to_bits() == at.0.to_bits() => km.0 += leg.distance.0,
                        _ => stretches.push(Stretch::Road(leg.distance, at)),
                    }
                }
            }
        }
        stretches
    }
}

/// Legs at one speed, or a crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stretch {
    /// Legs that follow each other at one speed.
    Road(Kilometres, KilometresPerHour),
    /// A crossing, position in `Params::crossings`.
    Crossing(usize),
}

/// A stretch of road.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// The name, unique on its route.
    pub id: String,
    /// Length; above 0.
    pub distance: Kilometres,
    /// Speed of a convoy.
    pub speed: LegSpeed,
}

/// Speed of a leg.
#[derive(Clone, Debug, PartialEq)]
pub enum LegSpeed {
    /// Without halts.
    Moving(VaryingSpeed),
    /// An average that already contains short halts.
    RateOfMarch(VaryingSpeed),
}

impl LegSpeed {
    /// The distribution, whichever it is.
    #[must_use]
    pub fn distribution(&self) -> &VaryingSpeed {
        match self {
            Self::Moving(speed) | Self::RateOfMarch(speed) => speed,
        }
    }
}

/// Escorts that a convoy needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EscortNeed {
    /// Pool, position in `Params::escorts`.
    pub pool: usize,
    /// Vehicles wanted, whatever the convoy's size.
    pub per_convoy: u32,
    /// Fewest vehicles to go with; 1 to `per_convoy`.
    pub minimum: u32,
    /// Time after loading from which the minimum will do.
    pub wait_at_most: Duration,
}

/// Air cover that a convoy wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverNeed {
    /// Orbit, position in `Params::air_cover`.
    pub orbit: usize,
    /// Wait for it, or go without.
    pub policy: CoverPolicy,
    /// What to do when it is lost on the road.
    pub on_loss: OnLoss,
}

/// Whether a convoy waits for cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverPolicy {
    /// Waits.
    Required,
    /// Goes without, and takes a slot later if one becomes free.
    Preferred,
}

/// What a convoy does when its cover leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLoss {
    /// Halts where it is until covered again.
    Hold,
    /// Goes on.
    Proceed,
}

/// A change of escorts and cover at a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Crossing, position in `Params::crossings`; it is on the path.
    pub at: usize,
    /// The escorts from here on; `None` keeps the present ones.
    pub escorts: Option<EscortNeed>,
    /// The cover from here on: `None` keeps the present one, `Some(None)` ends it.
    pub cover: Option<Option<CoverNeed>>,
}

/// Scheduled halts by time moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halts {
    /// Moving time between two halts; above 0.
    pub every: Duration,
    /// How long one lasts.
    pub length: Duration,
    /// Whether it resets the time aboard.
    pub comfort: bool,
}

/// How empty buses travel.
#[derive(Clone, Debug, PartialEq)]
pub enum ReturnTrip {
    /// In this time, whatever the path.
    Time(VaryingDuration),
    /// Along the path at this speed, one draw per bus and leg.
    Speed(VaryingSpeed),
    /// Along the path at the legs' own speeds, one draw per bus and leg.
    AsTheLegs,
}

/// When starts are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Departures {
    /// While the schedule is open.
    Open(Schedule),
    /// From sunset to sunrise.
    Night,
    /// At these times of day; each entry may start one movement. Sorted.
    Timetable(Vec<Duration>),
}

/// When boarding begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Board {
    /// So that by planned times the movement is ready at its next possible start.
    ForDeparture,
    /// As soon as it has formed.
    AtOnce,
}
