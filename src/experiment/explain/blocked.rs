//! What keeps a plan from completing: the levels that the commonest reason names, raised one at a time until no run deadlocks.
//!
//! A level is doubled until no tried replication deadlocks, then halved in on the least level that does it. Each level is tried on the
//! replications that deadlock in the base, and the least one once more on all; what is found depends on results alone. Runs that meet the
//! horizon are counted, but do not keep a level from being found: a longer horizon may be all that they need.

use super::{Bench, lever};
use crate::experiment::operation::Operation;
use crate::results::{Blocked, Outcome, Raised, Reason};
use crate::scenario::{Assumption, change};

/// Paths of levels that can block (`*` is an id), and what each is called.
const LEVELS: &[(&str, &str)] = &[
    ("hub.*.holding", "places"),
    ("facility.*.beds", "beds"),
    ("facility.*.beds.up_to", "beds at most"),
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

/// How replications ended with a level.
#[derive(Clone, Copy)]
struct Tried {
    deadlocks: usize,
    complete: usize,
}

impl Bench<'_> {
    /// Why replications of the base do not complete, and which levels let them: at most so many unfinished replications are tried.
    /// `Some(None)` where all complete; `None` where the watch cancelled.
    #[must_use]
    pub fn blocked(&self, most: u32) -> Option<Option<Blocked>> {
        let open: Vec<u32> =
            self.table.records.iter().filter(|record| record.outcome == Outcome::Deadlock).map(|record| record.replication).collect();
        if self.table.censored() == 0 {
            return Some(None);
        }
        let reason = Reason::commonest(self.table);
        if open.is_empty() {
            // A longer horizon may be all it takes; no level is known to block.
            return Some(Some(Blocked { reason, raised: Vec::new() }));
        }
        let open: Vec<u32> = open.into_iter().take(most.max(1) as usize).collect();
        let (named, others) = self.levels(reason.as_ref());
        let mut raised = self.all_raised(&named, &open)?;
        if !raised.iter().any(|one| one.to.is_some()) {
            raised.extend(self.all_raised(&others[..others.len().min(MOST_LEVELS)], &open)?);
        }
        // Those that do come first, those that free more replications before others.
        raised.sort_by(|a, b| b.to.is_some().cmp(&a.to.is_some()).then(a.deadlocks.cmp(&b.deadlocks)).then(b.complete.cmp(&a.complete)));
        raised.retain(|one| one.to.is_some() || one.deadlocks < one.runs || named.iter().any(|level| level.label == one.label));
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

    /// Raises a level until no replication deadlocks; `Some(None)` where it cannot be changed at all.
    fn raised(&self, level: &Level, open: &[u32]) -> Option<Option<Raised>> {
        let base = Tried { deadlocks: open.len(), complete: 0 };
        let mut best = (level.from, base);
        let mut low = level.from;
        let mut high = None;
        let mut next = level.from.max(1);
        for _ in 0..DOUBLINGS {
            next = next.saturating_mul(2);
            let Some(tried) = self.ends_with_level(level, next, open)? else { break };
            if tried.deadlocks < best.1.deadlocks {
                best = (next, tried);
            }
            if tried.deadlocks == 0 {
                high = Some(next);
                break;
            }
            low = next;
        }
        if let Some(found) = &mut high {
            while *found - low > 1 {
                let middle = low + (*found - low) / 2;
                match self.ends_with_level(level, middle, open)? {
                    Some(Tried { deadlocks: 0, .. }) => *found = middle,
                    _ => low = middle,
                }
            }
        }
        let raised = |to: u32, does: bool, Tried { deadlocks, complete }: Tried, runs: usize| Raised {
            label: level.label.clone(),
            set: vec![format!("{}={to}", level.path)],
            from: level.from,
            to: does.then_some(to),
            deadlocks,
            complete,
            runs,
        };
        let Some(to) = high else {
            let (to, tried) = best;
            return Some((to != level.from).then_some(raised(to, false, tried, open.len())));
        };
        // What completed before must not stop to.
        let all: Vec<u32> = self.table.records.iter().map(|record| record.replication).collect();
        let tried = self.ends_with_level(level, to, &all)?.unwrap_or(Tried { deadlocks: all.len(), complete: 0 });
        Some(Some(raised(to, tried.deadlocks == 0, tried, all.len())))
    }

    /// How these replications end with a level; `Some(None)` where the scenario refuses it.
    fn ends_with_level(&self, level: &Level, to: u32, replications: &[u32]) -> Option<Option<Tried>> {
        let changed: Result<Operation, String> = self.origin.operation(&[format!("{}={to}", level.path)], self.seed);
        let Ok(operation) = changed else { return Some(None) };
        self.watch.expects(replications.len() as u32);
        let mut tried = Tried { deadlocks: 0, complete: 0 };
        let whole = self.pool.run(replications, false, &|r, detail, watch| operation.replicate(r, detail, watch), self.watch, |outcome| {
            match outcome.map(|(record, _)| record.outcome) {
                Ok(Outcome::Complete) => tried.complete += 1,
                Ok(Outcome::Horizon) => {}
                // A level with which a replication fails frees nothing.
                Ok(Outcome::Deadlock) | Err(_) => tried.deadlocks += 1,
            }
        });
        whole.then_some(Some(tried))
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
