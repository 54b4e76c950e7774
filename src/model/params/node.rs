//! Custody nodes (sites, hubs, facilities) and border crossings.

use super::{Schedule, VaryingDuration};
use crate::units::{Duration, SimTime};

/// A place of custody inside a secured perimeter.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The id, unique in its table.
    pub id: String,
    /// The name people read.
    pub label: String,
    /// Which kind it is.
    pub kind: NodeKind,
}

/// The three kinds of custody node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// People wait here at the start.
    Site(Site),
    /// People pass through.
    Hub(Hub),
    /// People are accepted here.
    Facility(Facility),
}

/// People of one class at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassCount {
    /// Position in `Params::classes`.
    pub class: usize,
    /// People.
    pub people: u32,
}

/// A source site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Who is there at the start, in file order.
    pub detainees: Vec<ClassCount>,
    /// When search, boarding and onload may begin.
    pub hours: Schedule,
    /// How people are searched and step aboard.
    pub boarding: Boarding,
    /// People found unfit at the search.
    pub unfit: Option<Unfit>,
    /// Hazard of a breakout, reported and never sampled.
    pub breakout: Option<Breakout>,
    /// Aircraft that can be worked at once; 0 where none can land.
    pub parking: u32,
    /// Way between the perimeter and the aircraft.
    pub airfield: Airfield,
}

/// A hub: an intermediate custody site.
#[derive(Clone, Debug, PartialEq)]
pub struct Hub {
    /// Places for people; at least 1.
    pub holding: u32,
    /// Getting off, per person, one after another from each bus.
    pub arrival_per_person: VaryingDuration,
    /// When search, boarding and onload may begin.
    pub hours: Schedule,
    /// Second search and boarding.
    pub boarding: Boarding,
    /// Aircraft that can be worked at once (MOG); 0 where none can land.
    pub parking: u32,
    /// Way between the perimeter and the aircraft.
    pub airfield: Airfield,
}

/// A receiving facility.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Beds over time.
    pub beds: BedLevel,
    /// Search, identification and registration.
    pub intake: Intake,
    /// Buses that can wait inside the gate; `None` for no limit.
    pub yard: Option<u32>,
    /// Aircraft that can be worked at once; 0 where none can land.
    pub parking: u32,
    /// Way between the aircraft and the gate.
    pub airfield: Airfield,
    /// Classes it accepts, positions in `Params::classes`.
    pub accepts: Vec<usize>,
}

/// Search and boarding at a site or hub.
#[derive(Clone, Debug, PartialEq)]
pub struct Boarding {
    /// Buses that can be boarded at once; at least 1.
    pub bays: u32,
    /// Who is searched where.
    pub searching: Searching,
    /// Paperwork per bus once its last person is aboard.
    pub manifest: VaryingDuration,
}

/// The two ways of searching.
#[derive(Clone, Debug, PartialEq)]
pub enum Searching {
    /// Each bay has its own lanes; search and boarding in one.
    AtTheBay {
        /// Lanes of each bay; at least 1.
        lanes_per_bay: u32,
        /// Time per person.
        per_person: VaryingDuration,
    },
    /// Lanes shared by all bays, then stepping aboard one after another.
    SharedLanes {
        /// Lanes in all; at least 1.
        lanes: u32,
        /// Search per person.
        search: VaryingDuration,
        /// Stepping aboard per person.
        aboard: VaryingDuration,
    },
}

impl Searching {
    /// Times per person: of the search, and of stepping aboard where that is apart from it.
    #[must_use]
    pub fn times(&self) -> (&VaryingDuration, Option<&VaryingDuration>) {
        match self {
            Self::AtTheBay { per_person, .. } => (per_person, None),
            Self::SharedLanes { search, aboard, .. } => (search, Some(aboard)),
        }
    }
}

/// People found unfit to travel.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// Share of people searched, in [0, 1).
    pub share: f64,
    /// After this time a person is in the queue again.
    pub back_after: VaryingDuration,
}

/// Residual hazard at a source site: reported by [`Residual`](crate::model::Residual), never sampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breakout {
    /// Expected breakouts per site-day while anybody is there.
    pub hazard_per_day: f64,
    /// Share of those present who would escape in one, in [0, 1].
    pub fraction: f64,
}

/// The way between a perimeter and its aircraft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Airfield {
    /// One way; above zero it counts as an exposure window.
    pub transfer: Duration,
    /// Loads that can be on that way at once, each out and back; `None` for no limit.
    pub buses: Option<u32>,
}

/// Beds that may grow from day to day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BedLevel {
    /// Beds at the start.
    pub start: u32,
    /// Further beds for each full 24 hours after `from`.
    pub per_day: u32,
    /// Growth counts from here.
    pub from: SimTime,
    /// Growth stops here; at least `start`.
    pub up_to: u32,
}

/// Intake at a facility.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// Buses worked at once; at least 1.
    pub bays: u32,
    /// People worked at once at a bay; at least 1.
    pub lanes_per_bay: u32,
    /// Time per person.
    pub per_person: VaryingDuration,
    /// When a person's intake may begin.
    pub hours: Schedule,
}

/// A border crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The id.
    pub id: String,
    /// The name people read.
    pub label: String,
    /// Lanes; at least 1.
    pub lanes: u32,
    /// Service of a loaded bus.
    pub service: VaryingDuration,
    /// Service of an empty bus.
    pub service_empty: VaryingDuration,
    /// Paperwork per convoy after the last bus is through.
    pub paperwork: VaryingDuration,
    /// When service may begin.
    pub hours: Schedule,
    /// Closures nobody planned.
    pub closure: Option<RandomClosure>,
    /// Whether its compound is a secured perimeter.
    pub secured: bool,
}

/// Closures that come by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomClosure {
    /// From the end of one to the start of the next.
    pub every: VaryingDuration,
    /// How long one lasts.
    pub length: VaryingDuration,
}
