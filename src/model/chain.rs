//! Where the time went: pieces of activity, each knowing what let it begin, and the walk back along the active chain.
//!
//! Every activity ends by leaving a piece. Whoever begins something next keeps a [`Link`] to the piece whose end let it
//! begin: its own last activity, or that of whoever released what it waited for. Walking the links back from the last intake gives a
//! chain without gaps, so its parts sum to the time from start to closure, to the tick.

use super::room::Longest;
use crate::units::{Duration, SimTime};

/// What a stretch of the active chain was spent on. The first group are activities, the second outside causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Search, stepping aboard, manifest.
    Boarding,
    /// Getting off at a hub.
    Arrival,
    /// Moving with people aboard.
    March,
    /// A planned halt.
    ScheduledHalt,
    /// Halted until a vehicle is repaired.
    Breakdown,
    /// Halted by an incident.
    Incident,
    /// Halted until covered again.
    CoverHold,
    /// Drivers' break or rest on the road.
    DriverBreak,
    /// A lane serving a bus.
    BorderService,
    /// Paperwork of a convoy.
    Paperwork,
    /// Waiting for the next escorts or cover at a hand-over.
    HandOver,
    /// Intake at a facility.
    Intake,
    /// Between a perimeter and an aircraft.
    Transfer,
    /// Getting into an aircraft.
    Onload,
    /// In the air with people.
    Flight,
    /// Getting out of an aircraft.
    Offload,
    /// Repair of an empty vehicle or aircraft.
    Repair,
    /// An empty trip.
    Return,
    /// Inspection at home.
    Inspection,
    /// Rest of drivers or crews.
    Rest,
    /// Waiting for a larger movement, or for people who are not there yet.
    Formation,
    /// Waiting until people found unfit to travel are back.
    Unfit,
    /// A departure window.
    Window,
    /// A timetable.
    Timetable,
    /// Distance in time behind the last start.
    Headway,
    /// Too many movements on the road.
    OnRoadLimit,
    /// No air cover.
    Cover,
    /// A calendar entry.
    Calendar,
    /// Weather.
    Weather,
    /// A place that is shut.
    Closure,
    /// Beds that are not there yet.
    Beds,
}

impl Cause {
    /// All causes, in the order of reports.
    pub const ALL: [Self; 31] = [
        Self::Boarding,
        Self::Arrival,
        Self::March,
        Self::ScheduledHalt,
        Self::Breakdown,
        Self::Incident,
        Self::CoverHold,
        Self::DriverBreak,
        Self::BorderService,
        Self::Paperwork,
        Self::HandOver,
        Self::Intake,
        Self::Transfer,
        Self::Onload,
        Self::Flight,
        Self::Offload,
        Self::Repair,
        Self::Return,
        Self::Inspection,
        Self::Rest,
        Self::Formation,
        Self::Unfit,
        Self::Window,
        Self::Timetable,
        Self::Headway,
        Self::OnRoadLimit,
        Self::Cover,
        Self::Calendar,
        Self::Weather,
        Self::Closure,
        Self::Beds,
    ];

    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boarding => "boarding",
            Self::Arrival => "arrival",
            Self::March => "march",
            Self::ScheduledHalt => "scheduled_halt",
            Self::Breakdown => "breakdown",
            Self::Incident => "incident",
            Self::CoverHold => "cover_hold",
            Self::DriverBreak => "driver_break",
            Self::BorderService => "border_service",
            Self::Paperwork => "paperwork",
            Self::HandOver => "hand_over",
            Self::Intake => "intake",
            Self::Transfer => "transfer",
            Self::Onload => "onload",
            Self::Flight => "flight",
            Self::Offload => "offload",
            Self::Repair => "repair",
            Self::Return => "return",
            Self::Inspection => "inspection",
            Self::Rest => "rest",
            Self::Formation => "formation",
            Self::Unfit => "unfit",
            Self::Window => "window",
            Self::Timetable => "timetable",
            Self::Headway => "headway",
            Self::OnRoadLimit => "on_road_limit",
            Self::Cover => "cover",
            Self::Calendar => "calendar",
            Self::Weather => "weather",
            Self::Closure => "closure",
            Self::Beds => "beds",
        }
    }

    /// Whether it comes from outside, rather than from an activity.
    #[must_use]
    pub const fn is_outside(self) -> bool {
        self as u8 >= Self::Formation as u8
    }
}

/// What handed over, and which one (position in its table of `Params`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// Nothing: one activity followed another.
    None,
    /// A bus of a fleet.
    Bus(u16),
    /// An escort of a pool.
    Escort(u16),
    /// Air cover.
    Cover(u16),
    /// A lane of a crossing.
    Lane(u16),
    /// Search lanes or boarding bays of a site or hub, by node.
    Boarding(u16),
    /// An intake bay (or a place in the yard) of a facility, by node.
    Bay(u16),
    /// A holding place or a bed, by node.
    Place(u16),
    /// An aircraft of a fleet.
    Aircraft(u16),
    /// Parking, by node.
    Parking(u16),
}

impl Via {
    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bus(_) => "bus",
            Self::Escort(_) => "escort",
            Self::Cover(_) => "cover",
            Self::Lane(_) => "lane",
            Self::Boarding(_) | Self::Bay(_) => "bay",
            Self::Place(_) => "place",
            Self::Aircraft(_) => "aircraft",
            Self::Parking(_) => "parking",
        }
    }
}

/// A piece in the chain; the default is the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PieceId(u32);

/// What let something begin: a piece that ended at that instant, and what it handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The piece.
    pub piece: PieceId,
    /// What it handed over.
    pub via: Via,
    /// The movement that goes on from here; `None` before anything has formed.
    pub whose: Option<u32>,
}

impl Link {
    /// The start of the run.
    pub const START: Self = Self { piece: PieceId(0), via: Via::None, whose: None };

    /// The same piece, handed over through `via`.
    #[must_use]
    pub const fn through(self, via: Via) -> Self {
        Self { via, ..self }
    }

    /// The same piece, from which a movement goes on.
    #[must_use]
    pub const fn of(self, whose: Option<u32>) -> Self {
        Self { whose, ..self }
    }
}

/// An activity, or a wait for something outside.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: SimTime,
    end: SimTime,
    cause: Cause,
    /// Part of an empty trip: it keeps the `via` by which the chain entered that trip.
    empty: bool,
    before: Link,
}

/// Since when a condition has been met, and what met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The instant.
    pub at: SimTime,
    /// What met it.
    pub by: By,
}

/// What met a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Something of the operation.
    Operation(Link),
    /// Something outside it.
    Outside(Cause),
}

impl Since {
    /// Met from the start of the run.
    pub const START: Self = Self { at: SimTime::ZERO, by: By::Operation(Link::START) };
}

/// All pieces of a replication.
#[derive(Debug)]
pub struct Chain {
    pieces: Vec<Piece>,
}

impl Chain {
    /// Nothing but the start of the run, with room for as much as earlier replications needed.
    #[must_use]
    pub fn new(room: &Longest) -> Self {
        let mut pieces = room.list();
        pieces.push(Piece { start: SimTime::ZERO, end: SimTime::ZERO, cause: Cause::Formation, empty: false, before: Link::START });
        Self { pieces }
    }

    /// How many activities the movements for which `of` holds have had, by cause, the most first. A march counts for what interrupted it.
    #[must_use]
    pub fn activities(&self, of: impl Fn(u32) -> bool) -> Vec<(Cause, usize)> {
        let mut counts = [0; Cause::ALL.len()];
        for piece in self.pieces.iter().filter(|piece| piece.cause != Cause::March && piece.before.whose.is_some_and(&of)) {
            let marched = self.pieces[piece.before.piece.0 as usize].cause == Cause::March;
            counts[piece.cause as usize] += 1 + usize::from(marched);
        }
        let mut found: Vec<(Cause, usize)> = Cause::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        found
    }

    /// Leaves its length to later replications.
    pub fn measure(&self, room: &Longest) {
        room.saw(&self.pieces);
    }

    fn push(&mut self, piece: Piece) -> Link {
        debug_assert!(piece.start <= piece.end);
        debug_assert_eq!(
            self.pieces[piece.before.piece.0 as usize].end, piece.start,
            "{:?} from {} follows a piece that did not end then: {:?}",
            piece.cause, piece.start, self.pieces[piece.before.piece.0 as usize]
        );
        let id = u32::try_from(self.pieces.len()).expect("fewer than 2^32 pieces");
        self.pieces.push(piece);
        Link { piece: PieceId(id), via: Via::None, whose: piece.before.whose }
    }

    /// An activity `[start, end)` that `before` let begin at `start`.
    pub fn activity(&mut self, cause: Cause, before: Link, start: SimTime, end: SimTime) -> Link {
        self.push(Piece { start, end, cause, empty: false, before })
    }

    /// A part of an empty trip.
    pub fn empty_trip(&mut self, cause: Cause, before: Link, start: SimTime, end: SimTime) -> Link {
        self.push(Piece { start, end, cause, empty: true, before })
    }

    /// When a link's piece ended.
    #[must_use]
    pub fn end(&self, link: Link) -> SimTime {
        self.pieces[link.piece.0 as usize].end
    }

    /// A piece like that of `link`, cut at an earlier end: what was handed over before the activity was over.
    pub fn cut(&mut self, link: Link, end: SimTime) -> Link {
        let piece = self.pieces[link.piece.0 as usize];
        self.push(Piece { end, ..piece })
    }

    /// The link to what let something begin at `now`, out of all the conditions it needed.
    ///
    /// The condition met last decides; of several met at one instant, the first in `conditions`. An outside condition is charged
    /// from the last condition of the operation itself; whatever is left up to `now` is charged to `remainder`, by way of what was
    /// short meanwhile. `whose` is the movement that begins.
    pub fn decide(&mut self, conditions: &[(Since, Via)], now: SimTime, remainder: (Cause, Via), whose: Option<u32>) -> Link {
        let (remainder, short) = remainder;
        let mut own = (Since::START, Via::None);
        let mut last: Option<(Since, Via)> = None;
        for &(since, via) in conditions {
            let since = Since { at: since.at.min(now), ..since };
            if matches!(since.by, By::Operation(_)) && (since.at > own.0.at || own.0 == Since::START) {
                own = (since, via);
            }
            if last.is_none_or(|(l, _)| since.at > l.at) {
                last = Some((since, via));
            }
        }
        let link_of = |chain: &Self, (since, via): (Since, Via)| {
            let By::Operation(link) = since.by else { return Link::START.of(whose) };
            // What ended earlier than it was counted as met (a unit that sat idle) is taken as it is: see `bridge`.
            debug_assert!(chain.end(link) <= since.at);
            if via == Via::None { link.of(whose) } else { link.through(via).of(whose) }
        };
        let own_link = link_of(self, own);
        let mut link = self.bridge(own_link, own.0.at, remainder);
        if let Some((since, via)) = last
            && let By::Outside(cause) = since.by
            && since.at > own.0.at
        {
            link = self.activity(cause, link, own.0.at, since.at).through(via);
        } else if let Some(decisive) = last {
            let decisive_link = link_of(self, decisive);
            link = self.bridge(decisive_link, decisive.0.at, remainder);
        }
        if self.end(link) >= now { link } else { self.bridge(link, now, remainder).through(short) }
    }

    /// Carries a link to a later instant, charging the time between to `cause`.
    pub fn bridge(&mut self, link: Link, to: SimTime, cause: Cause) -> Link {
        let end = self.end(link);
        if end >= to { link } else { self.activity(cause, link, end, to) }
    }

    /// The pieces of the active chain that ends with `last`, latest first: (start, end, cause, via).
    #[must_use]
    pub fn walk(&self, last: Link) -> Vec<ChainPart> {
        let mut parts = Vec::new();
        let mut link = last;
        let mut kept = Via::None;
        while link.piece.0 != 0 {
            let piece = self.pieces[link.piece.0 as usize];
            let via = match link.via {
                Via::None if piece.empty => kept,
                via => via,
            };
            kept = if piece.empty { via } else { Via::None };
            if piece.end > piece.start {
                parts.push(ChainPart { start: piece.start, end: piece.end, cause: piece.cause, via, whose: piece.before.whose });
            }
            link = piece.before;
        }
        parts
    }
}

/// A part of the active chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainPart {
    /// Start.
    pub start: SimTime,
    /// End.
    pub end: SimTime,
    /// What it was spent on.
    pub cause: Cause,
    /// What handed over.
    pub via: Via,
    /// The movement that spent it, by its place in `Observations::movements`; of an empty trip or a rest, the one before it.
    pub whose: Option<u32>,
}

impl ChainPart {
    /// How long.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.end - self.start
    }
}
