//! Stated ranges: whether the scenario is still valid at their ends, one at a time.
//!
//! A sensitivity analysis moves a value to the ends of its range; an end that the checks refuse is better known before.

use super::document::set;
use super::problem::{Problem, ProblemKind};
use super::source::{Book, Span};
use super::{Sources, change, check, read};

/// A range that a value states.
#[derive(Clone, Debug)]
pub(super) struct StatedRange {
    /// Dotted path of the value.
    pub(super) path: String,
    /// The value as written.
    pub(super) value: String,
    /// The two ends as written, with their places.
    pub(super) ends: [(String, Span); 2],
}

/// A note for each end of a stated range at which the scenario would be refused. Nothing where the scenario itself is wrong.
///
/// An end is applied as an analysis applies it: a plain value becomes the end, a distribution is scaled so that it lies there. A value
/// that several entries share through `like` is moved in all of them.
#[must_use]
pub fn range_notes(main: &str, sources: &dyn Sources, overrides: &[String]) -> Vec<Problem> {
    let Ok((book, root)) = read(main, sources, overrides) else { return Vec::new() };
    let Some(checked) = check::scenario(&book, &root, 0, None) else { return Vec::new() };
    let texts = book.into_texts();
    let mut shared: Vec<Vec<StatedRange>> = Vec::new();
    for range in checked.ranges {
        match shared.iter_mut().find(|known| known[0].ends == range.ends && known[0].value == range.value) {
            Some(known) => known.push(range),
            None => shared.push(vec![range]),
        }
    }
    let notes = Book::with_texts(sources, main, texts.clone());
    for ranges in &shared {
        for (at, which) in ["lower", "upper"].into_iter().enumerate() {
            let end = &ranges[0].ends[at].0;
            let values: Vec<String> = ranges.iter().filter_map(|range| Some(format!("{}={}", range.path, moved(range, at)?))).collect();
            if values.is_empty() {
                continue;
            }
            let trial = Book::with_texts(sources, main, texts.clone());
            let mut changed = root.clone();
            set::apply(&trial, &mut changed, "range", &values);
            check::scenario(&trial, &changed, 0, None);
            let errors = trial.errors();
            let Some(first) = errors.first() else { continue };
            let more = if errors.len() > 1 { format!(" (and {} more)", errors.len() - 1) } else { String::new() };
            let message =
                format!("at the {which} end {end} of the range of {} the plan is refused: {}{more}", ranges[0].path, first.message);
            let help = match &first.help {
                Some(help) => format!("narrow the range, or change what it meets: {help}"),
                None => "narrow the range, or change what it meets".to_owned(),
            };
            notes.report(ProblemKind::Note, ranges[0].ends[at].1, message, Some(help));
        }
    }
    notes.problems()
}

/// The value at an end of its range; `None` where it is there already.
fn moved(range: &StatedRange, end: usize) -> Option<String> {
    let end = &range.ends[end].0;
    if *end == range.value {
        return None;
    }
    let in_table = range.value.starts_with('{');
    match change::moved(&range.path, &range.value, end) {
        Some(moved) => Some(moved),
        // A distribution that is there already, or one that cannot be scaled.
        None if in_table && change::lies_at(&range.path, &range.value, end) => None,
        None => Some(end.clone()),
    }
}
