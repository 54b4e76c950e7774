//! People who are left when a replication does not complete, and the commonest reason over replications.

use super::{Outcome, Outcomes, Parts, RunTable};
use crate::stats::quantile::quantile;
use std::collections::BTreeMap;
use std::fmt;

/// A group of people who are left when a replication ends, and what they wait for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// How many.
    pub people: u32,
    /// Where they are, as it follows "148 people": `at City B`.
    pub place: String,
    /// What they wait for, as it follows "wait for": `a place at Airport, which is full`.
    pub waits_for: String,
}

/// Between two groups in one cell.
const BETWEEN: &str = "; ";
/// Between people and what they wait for; of one person, and of several.
const WAIT: [&str; 2] = [" waits for ", " wait for "];

impl Waiting {
    /// The groups as one text, which [`Waiting::groups`] reads back.
    #[must_use]
    pub fn joined(groups: &[Self]) -> String {
        groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(BETWEEN)
    }

    /// The groups of a text; nothing where it is not such a text.
    #[must_use]
    pub fn groups(text: &str) -> Option<Vec<Self>> {
        if text.is_empty() { Some(Vec::new()) } else { text.split(BETWEEN).map(Self::parse).collect() }
    }

    fn parse(text: &str) -> Option<Self> {
        let (people, rest) = text.split_once(' ')?;
        let people: u32 = people.parse().ok()?;
        let (noun, wait) = if people == 1 { ("person", WAIT[0]) } else { ("people", WAIT[1]) };
        let rest = rest.strip_prefix(noun)?;
        let at = rest.find(wait)?;
        let place = rest[..at].strip_prefix(' ').unwrap_or_default();
        Some(Self { people, place: place.into(), waits_for: rest[at + wait.len()..].into() })
    }

    /// The group as its text reads back: names that contain a separator get another one.
    pub(super) fn make_readable(&mut self) {
        let plain = |text: &str| text.replace(BETWEEN, ", ");
        self.waits_for = plain(&self.waits_for);
        self.place = plain(&self.place);
        for wait in WAIT {
            self.place = self.place.replace(wait.trim_end(), " awaits");
        }
    }
}

impl fmt::Display for Waiting {
    /// The whole sentence, as in `148 people at City B wait for a place at Airport, which is full`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { people, place, waits_for } = self;
        let (noun, wait) = if *people == 1 { ("person", WAIT[0]) } else { ("people", WAIT[1]) };
        let space = if place.is_empty() { "" } else { " " };
        write!(f, "{people} {noun}{space}{place}{wait}{waits_for}")
    }
}

/// Why replications do not complete: the group that most of them leave; at the horizon, the group of most people over all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The outcome that it is the reason for: a deadlock where there is one, else the horizon.
    pub outcome: Outcome,
    /// Replications with that outcome.
    pub of: usize,
    /// Of them, those in which this group is left.
    pub runs: usize,
    /// The group, with the median of its people over those replications.
    pub group: Waiting,
    /// Whether the number of people is the same in all of them.
    pub same_people: bool,
}

impl Reason {
    /// The commonest reason; `None` where every replication completed, or nobody is known to wait.
    #[must_use]
    pub fn commonest(table: &RunTable) -> Option<Self> {
        let counts = Outcomes::of(table);
        let outcome = match (counts.deadlock, counts.horizon) {
            (0, 0) => return None,
            (0, _) => Outcome::Horizon,
            _ => Outcome::Deadlock,
        };
        let mut groups: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
        let mut of = 0;
        table.records.each(Parts::LEFT, |record| {
            if record.outcome != outcome {
                return;
            }
            of += 1;
            // A replication counts once for each reason.
            let mut own: BTreeMap<(&str, &str), u32> = BTreeMap::new();
            for group in &record.left {
                *own.entry((&group.place, &group.waits_for)).or_default() += group.people;
            }
            for ((place, waits_for), people) in own {
                groups.entry((place.into(), waits_for.into())).or_default().push(people);
            }
        });
        let total = |people: &[u32]| people.iter().map(|people| f64::from(*people)).sum::<f64>();
        let by_people = |a: &[u32], b: &[u32]| total(a).total_cmp(&total(b));
        let by_runs = |a: &[u32], b: &[u32]| a.len().cmp(&b.len());
        // At the horizon two people who fell ill wait in more runs than the hundreds who are still to come: there people count.
        let more = |a: &[u32], b: &[u32]| match outcome {
            Outcome::Horizon => by_people(a, b).then(by_runs(a, b)),
            _ => by_runs(a, b).then(by_people(a, b)),
        };
        let ((place, waits_for), people) = groups.into_iter().rev().max_by(|(_, a), (_, b)| more(a, b))?;
        let numbers: Vec<f64> = people.iter().copied().map(f64::from).collect();
        let median = quantile(&numbers, 0.5).unwrap_or(0.0).round() as u32;
        let group = Waiting { people: median, place, waits_for };
        Some(Self { outcome, of, runs: people.len(), group, same_people: people.iter().all(|one| *one == people[0]) })
    }

    /// The reason in words: the group, and in how many of the replications where not in all.
    #[must_use]
    pub fn words(&self) -> String {
        let group = self.group.to_string();
        let people = if self.same_people { group } else { format!("a median of {group}") };
        if self.runs == self.of { people } else { format!("{people} (in {} of the {})", self.runs, self.of) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sample;

    fn group(people: u32, place: &str, waits_for: &str) -> Waiting {
        Waiting { people, place: place.into(), waits_for: waits_for.into() }
    }

    #[test]
    fn groups_read_back_from_one_cell() {
        let groups = [group(148, "at City B", "a place at Airport, which is full"), group(1, "", "beds"), group(0, "at x", "")];
        let text = Waiting::joined(&groups);
        assert!(text.starts_with("148 people at City B wait for a place at Airport, which is full; 1 person waits for beds"), "{text}");
        assert_eq!(Waiting::groups(&text).as_deref(), Some(&groups[..]));
        assert_eq!(Waiting::groups(""), Some(Vec::new()));
        assert_eq!(Waiting::groups("nobody knows"), None);
        let mut odd = group(3, "at A; B wait for C", "x; y wait for z");
        odd.make_readable();
        assert_eq!(Waiting::groups(&odd.to_string()).as_deref(), Some(&[odd][..]));
    }

    #[test]
    fn the_commonest_reason_of_deadlocks_is_named_with_its_median() {
        let mut table = sample::table(5, 4);
        for (record, people) in table.records.held_mut().iter_mut().zip([100, 148, 150, 9]) {
            record.outcome = Outcome::Deadlock;
            record.left = vec![group(people, "at City B", "a place at Airport, which is full")];
        }
        table.records.held_mut()[3].left = vec![group(9, "at City A", "buses")];
        let reason = Reason::commonest(&table).expect("four do not complete");
        assert_eq!((reason.of, reason.runs, reason.group.people), (4, 3, 148));
        assert_eq!(reason.words(), "a median of 148 people at City B wait for a place at Airport, which is full (in 3 of the 4)");
        assert_eq!(Reason::commonest(&sample::table(5, 0)), None);
    }
}
