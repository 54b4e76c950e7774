//! The flags of an exposed instant.

use crate::model::light::Daylight;

/// What a vehicle or a convoy is doing outside a perimeter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Motion {
    /// Moving.
    Moving,
    /// A planned halt.
    ScheduledHalt,
    /// A halt nobody planned.
    UnscheduledHalt,
    /// Waiting for a lane of a crossing.
    BorderQueue,
    /// In a lane of a crossing.
    BorderService,
    /// Through the lane, until the convoy goes on (paperwork and hand-over included).
    Reform,
    /// Waiting at the gate of the destination.
    GateQueue,
}

impl Motion {
    /// All motions, in the order of reports.
    pub const ALL: [Self; 7] =
        [Self::Moving, Self::ScheduledHalt, Self::UnscheduledHalt, Self::BorderQueue, Self::BorderService, Self::Reform, Self::GateQueue];

    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Moving => "moving",
            Self::ScheduledHalt => "scheduled halt",
            Self::UnscheduledHalt => "unscheduled halt",
            Self::BorderQueue => "border queue",
            Self::BorderService => "border service",
            Self::Reform => "re-form",
            Self::GateQueue => "gate queue",
        }
    }

    /// Rank among the motions of a convoy's vehicles: the convoy is said to do what ranks lowest.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Moving => 0,
            Self::UnscheduledHalt => 1,
            Self::ScheduledHalt => 2,
            Self::BorderQueue => 3,
            Self::BorderService => 4,
            Self::GateQueue => 5,
            Self::Reform => 6,
        }
    }
}

/// Class of exposure: how many of {not moving, uncovered, under-escorted, daylight} hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// None.
    Low,
    /// One.
    Moderate,
    /// Two.
    High,
    /// Three or four.
    Highest,
}

impl Class {
    /// The class of an instant.
    #[must_use]
    pub fn of(motion: Motion, covered: bool, adequate: bool, light: Daylight) -> Self {
        let count = u8::from(motion != Motion::Moving) + u8::from(!covered) + u8::from(!adequate) + u8::from(light == Daylight::Day);
        match count {
            0 => Self::Low,
            1 => Self::Moderate,
            2 => Self::High,
            _ => Self::Highest,
        }
    }
}
