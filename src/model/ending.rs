//! How a replication ends, and who is left waiting for what.

use std::fmt;

/// How a replication ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The last person was accepted: the only ending with days to completion.
    Complete,
    /// The horizon came first, or no head count changed for the stated `stall_after`.
    Horizon,
    /// People are left, and nothing that is scheduled before the horizon can change how many are at a site, on the way, in a hub, at
    /// a facility or accepted.
    Deadlock,
}

impl Ending {
    /// Every ending, best first.
    pub const ALL: [Self; 3] = [Self::Complete, Self::Horizon, Self::Deadlock];

    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Horizon => "horizon",
            Self::Deadlock => "deadlock",
        }
    }
}

/// A group of people who are left when a replication ends without completing, and what they wait for.
///
/// `place` and `waits_for` contain no number of people, so that the same reason in many replications is the same text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// How many people.
    pub people: u32,
    /// Where they are, as it follows "148 people": `at City B`, `on their way to Airport`.
    pub place: String,
    /// What they wait for, as it follows "wait for": `a place at Airport, which is full`.
    pub waits_for: String,
}

impl fmt::Display for Waiting {
    /// The whole sentence, as in `148 people at City B wait for a place at Airport, which is full`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { people, place, waits_for } = self;
        if *people == 1 {
            write!(f, "1 person {place} waits for {waits_for}")
        } else {
            write!(f, "{people} people {place} wait for {waits_for}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_waits_reads_as_a_sentence() {
        let mut waiting = Waiting { people: 148, place: "at City B".into(), waits_for: "a place at Airport, which is full".into() };
        assert_eq!(waiting.to_string(), "148 people at City B wait for a place at Airport, which is full");
        waiting.people = 1;
        assert_eq!(waiting.to_string(), "1 person at City B waits for a place at Airport, which is full");
    }
}
