//! What keeps a plan from completing: the levels that the commonest reason names, raised one at a time until the runs that did not
//! complete do.
//!
//! A level is doubled until every tried replication completes, then halved in on the least level that does. Each level is tried on the
//! replications that the base leaves unfinished, and the least one once more on all; what is found depends on results alone.

use super::{Bench, lever};
use crate::experiment::operation::Operation;
use crate::results::{Blocked, Outcome, Raised, Reason};
use crate::scenario::{Assumption, change};

/// Paths of levels that can block (`*` is an id), and what each is called.
const LEVELS: &[(&str, &str)] = &[
    ("hub.*.holding", "places"),
    ("facility.*.beds", "beds"),
    ("facility.*.beds.start", "beds at the start"),
    ("buses.*.count", "buses"),
    ("escorts.*.count", "escorts"),
    ("aircraft.*.count", "aircraft"),
    ("air_cover.*.aircraft", "covering aircraft"),
    ("air_cover.*.orbits", "orbits"),
    ("facility.*.yard", "yard"),
    ("site.*.parking", "parking"),
    ("hub.*.parking", "parking"),
    ("facility.*.parking", "parking"),
    ("route.*.max_on_road", "convoys at once"),
];

/// Levels that are tried at most, where the reason names none of them.
const MOST_LEVELS: usize = 8;
/// How often a level is doubled before it is given up.
const DOUBLINGS: u32 = 14;

/// A level of the scenario that may block.
struct Level {
    label: String,
    path: String,
    from: u32,
}

impl Bench<'_> {
    /// Why replications of the base do not complete, and which levels let them: at most so many unfinished replications are tried.
    /// `Some(None)` where all complete; `None` where the watch cancelled.
    #[must_use]
    pub fn blocked(&self, most: u32) -> Option<Option<Blocked>> {
        let open: Vec<u32> =
            self.table.records.iter().filter(|record| record.outcome != Outcome::Complete).map(|record| record.replication).collect();
        if open.is_empty() {
            return Some(None);
        }
        let reason = Reason::commonest(self.table);
        let deadlocks = self.table.records.iter().any(|record| record.outcome == Outcome::Deadlock);
        if !deadlocks {
            // A longer horizon may be all it takes; no level is known to block.
            return Some(Some(Blocked { reason, raised: Vec::new() }));
        }
        let open: Vec<u32> = open.into_iter().take(most.max(1) as usize).collect();
        let (named, others) = self.levels(reason.as_ref());
        let mut raised = self.all_raised(&named, &open)?;
        if !raised.iter().any(|one| one.to.is_some()) {
            raised.extend(self.all_raised(&others[..others.len().min(MOST_LEVELS)], &open)?);
        }
        // Those that do come first, those that let more replications complete before others.
        raised.sort_by(|a, b| b.to.is_some().cmp(&a.to.is_some()).then(b.complete.cmp(&a.complete)));
        raised.retain(|one| one.to.is_some() || one.complete > 0 || named.iter().any(|level| level.label == one.label));
        Some(Some(Blocked { reason, raised }))
    }

    fn all_raised(&self, levels: &[Level], open: &[u32]) -> Option<Vec<Raised>> {
        levels.iter().map(|level| self.raised(level, open)).collect::<Option<Vec<_>>>().map(|found| found.into_iter().flatten().collect())
    }

    /// The levels that the reason names, by id or label, and all others.
    fn levels(&self, reason: Option<&Reason>) -> (Vec<Level>, Vec<Level>) {
        let waits_for = reason.map_or("", |reason| reason.group.waits_for.as_str());
        let level = |value: &Assumption| {
            let pieces = change::pieces(&value.path);
            let words = LEVELS.iter().find(|(pattern, _)| lever::matches(pattern, &value.path))?.1;
            let from = change::count(&value.value)?;
            Some((pieces.get(1)?.clone(), Level { label: format!("{words} {}", pieces[1]), path: value.path.clone(), from }))
        };
        let label_of = |id: &str| self.scenario.params.nodes.iter().find(|node| node.id == id).map(|node| node.label.clone());
        let is_named = |id: &str| names(waits_for, id) || label_of(id).is_some_and(|label| names(waits_for, &label));
        let all = self.scenario.assumptions.iter().filter_map(level);
        let (named, others): (Vec<_>, Vec<_>) = all.partition(|(id, _)| is_named(id));
        let plain = |levels: Vec<(String, Level)>| levels.into_iter().map(|(_, level)| level).collect();
        (plain(named), plain(others))
    }

    /// Raises a level until the replications complete; `Some(None)` where it cannot be changed at all.
    fn raised(&self, level: &Level, open: &[u32]) -> Option<Option<Raised>> {
        let mut best = (level.from, 0);
        let mut low = level.from;
        let mut high = None;
        let mut next = level.from.max(1);
        for _ in 0..DOUBLINGS {
            next = next.saturating_mul(2);
            let Some(complete) = self.complete_with(level, next, open)? else { break };
            if complete > best.1 {
                best = (next, complete);
            }
            if complete == open.len() {
                high = Some(next);
                break;
            }
            low = next;
        }
        if let Some(found) = &mut high {
            while *found - low > 1 {
                let middle = low + (*found - low) / 2;
                match self.complete_with(level, middle, open)? {
                    Some(complete) if complete == open.len() => *found = middle,
                    _ => low = middle,
                }
            }
        }
        let all: Vec<u32> = self.table.records.iter().map(|record| record.replication).collect();
        let set = |to: u32| vec![format!("{}={to}", level.path)];
        let Some(to) = high else {
            let (to, complete) = best;
            let raised = Raised { label: level.label.clone(), set: set(to), from: level.from, to: None, complete, runs: open.len() };
            return Some((to != level.from || complete > 0).then_some(raised));
        };
        // What completed before must not stop to.
        let complete = if all.len() > open.len() { self.complete_with(level, to, &all)?.unwrap_or(0) } else { open.len() };
        let to_all = (complete == all.len()).then_some(to);
        Some(Some(Raised { label: level.label.clone(), set: set(to), from: level.from, to: to_all, complete, runs: all.len() }))
    }

    /// How many of these replications complete with a level; `Some(None)` where the scenario refuses it.
    fn complete_with(&self, level: &Level, to: u32, replications: &[u32]) -> Option<Option<usize>> {
        let changed: Result<Operation, String> = self.origin.operation(&[format!("{}={to}", level.path)], self.seed);
        let Ok(operation) = changed else { return Some(None) };
        self.watch.expects(replications.len() as u32);
        let mut complete = 0;
        let whole = self.pool.run(replications, false, &|r, detail, watch| operation.replicate(r, detail, watch), self.watch, |outcome| {
            complete += usize::from(outcome.is_ok_and(|(record, _)| record.outcome == Outcome::Complete));
        });
        whole.then_some(Some(complete))
    }
}

/// Whether a text names something: the words of its name stand there, not as part of a longer word.
fn names(text: &str, name: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(is_word) && !text[at + name.len()..].chars().next().is_some_and(is_word)
        })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_found_as_whole_words() {
        assert!(names("a place at Airport, which is full", "Airport"));
        assert!(!names("a place at Airport-2, which is full", "Airport"));
        assert!(!names("a place", ""));
    }
}
