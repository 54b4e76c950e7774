//! What limits a plan, and what a little more of everything would change: tested, not guessed.
//!
//! [`chain`] tells of one replication what decided its closure. [`lever`] reads off a scenario what can be changed by a little,
//! [`assumptions`] what nobody vouches for; [`variant`] lets a changed scenario be read and checked again, as `--set` does;
//! `blocked` raises what keeps runs from completing; [`trial`] runs the changed scenarios against the base, pair by pair under the same random numbers. [`Bench`] puts these together.
//!
//! Nothing here chooses an operation for anybody: every row says what one change does, all else as it is.

pub mod assumptions;
mod blocked;
pub mod chain;
pub mod lever;
pub mod trial;
pub mod variant;

use super::compare::{LEVEL, TOO_SMALL_SHARE};
use super::operation::Operation;
use super::runner::{Pool, Watch};
use crate::results::{Effect, Levers, Margin, ResponseInfo, RunTable, Swing, Swings, Terms, Tried};
use crate::scenario::{Scenario, without_chance};
use crate::stats::{Finding, mean};
use lever::Lever;
use variant::Origin;

/// Inputs that are looked at closely.
const CLOSELY: usize = 12;

/// What of a base its changes are held against: its scenario, how to read it again, and what its replications came to.
pub struct Bench<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What it was read from.
    pub origin: &'a Origin,
    /// Root seed.
    pub seed: u64,
    /// Replications of the base, from 0.
    pub table: &'a RunTable,
    /// Threads.
    pub pool: &'a Pool,
    /// Whoever follows.
    pub watch: &'a dyn Watch,
}

impl Bench<'_> {
    /// Tests every lever on a response with at most so many pairs each, and the first two together where they cannot be told apart.
    /// `None` where the watch cancelled.
    #[must_use]
    pub fn levers(&self, response: &ResponseInfo, most: u32) -> Option<Levers> {
        let values = by_replication(self.table, response);
        let levers = lever::levers(self.scenario);
        let mut terms = self.terms(response, &values, most);
        // One more interval is kept for the first two together.
        terms.intervals = levers.len() * terms.looks.len() + 1;
        let mut rows = self.tried(levers, &terms, &values, &terms.looks)?;
        rank(&mut rows, &terms);
        let mut tested = Levers { terms, rows, tied: None, together: None };
        if let Some((first, second)) = leaders(&tested.rows).filter(|(first, second)| overlap(first, second)) {
            let overrides = first.set.iter().chain(&second.set).cloned().collect();
            let both = Lever { label: format!("{}, and {}", first.label, second.label), overrides };
            tested.tied = Some([first.label.clone(), second.label.clone()]);
            let last = tested.terms.looks.last().copied().into_iter().collect::<Vec<u32>>();
            tested.together = self.tried(vec![both], &tested.terms, &values, &last)?.pop();
        }
        Some(tested)
    }

    /// Moves every input that has no source, or a stated range, over its range: all of them over a few pairs, then those that moved
    /// the response most over so many. `None` where the watch cancelled.
    #[must_use]
    pub fn assumptions(&self, response: &ResponseInfo, most: u32) -> Option<Swings> {
        let values = by_replication(self.table, response);
        let assumed = assumptions::of(self.scenario);
        let mut terms = self.terms(response, &values, most);
        let (first, last) = (terms.looks[0], terms.looks[terms.looks.len() - 1]);
        terms.looks = if first == last { vec![last] } else { vec![first, last] };
        terms.intervals = 2 * (assumed.inputs.len() + CLOSELY.min(assumed.inputs.len()) * (terms.looks.len() - 1));
        let mut swings = self.swings(assumed.inputs.clone(), &terms, &values, first)?;
        let others = swings.split_off(CLOSELY.min(swings.len()));
        if first < last {
            let again = |swing: &Swing| assumed.inputs.iter().find(|input| input.path == swing.path).cloned();
            swings = self.swings(swings.iter().filter_map(again).collect(), &terms, &values, last)?;
        }
        Some(Swings { terms, rows: swings, others, fixed: assumed.fixed })
    }

    /// Inputs moved to both ends with so many pairs, the largest swing first.
    fn swings(&self, inputs: Vec<assumptions::Input>, terms: &Terms, values: &[f64], pairs: u32) -> Option<Vec<Swing>> {
        let ends: Vec<Lever> = inputs.iter().flat_map(|input| input.ends.iter().flatten().cloned()).collect();
        let mut tried = self.tried(ends, terms, values, &[pairs])?.into_iter();
        let swing = |input: assumptions::Input| Swing {
            ends: input.ends.map(|end| end.map(|_| tried.next().expect("a trial an end"))),
            path: input.path,
            entries: input.entries,
            value: input.value,
            source: input.source,
            stated: input.stated,
        };
        let mut swings: Vec<Swing> = inputs.into_iter().map(swing).collect();
        swings.sort_by(|a, b| b.size().total_cmp(&a.size()).then_with(|| a.path.cmp(&b.path)));
        Some(swings)
    }

    fn tried(&self, levers: Vec<Lever>, terms: &Terms, values: &[f64], looks: &[u32]) -> Option<Vec<Tried>> {
        let changed: Vec<Result<Operation, String>> =
            levers.iter().map(|lever| self.origin.operation(&lever.overrides, self.seed)).collect();
        let possible: Vec<&Operation> = changed.iter().filter_map(|one| one.as_ref().ok()).collect();
        let bench = trial::Bench { base: values, exact: without_chance(&self.scenario.params), pool: self.pool, watch: self.watch };
        let mut effects = bench.test(&possible, terms, looks)?.into_iter();
        let mut outcome = |changed: &Result<Operation, String>| -> Result<Effect, String> {
            changed.as_ref().map(|_| effects.next().expect("an effect a change")).map_err(Clone::clone)
        };
        let tried = levers.into_iter().zip(&changed);
        Some(tried.map(|(lever, changed)| Tried { label: lever.label, set: lever.overrides, outcome: outcome(changed) }).collect())
    }

    fn terms(&self, response: &ResponseInfo, values: &[f64], most: u32) -> Terms {
        let stated = self.scenario.compare.iter().find(|one| one.response == response.name).map(|one| one.difference);
        let known: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let typical = mean(&known).unwrap_or(0.0).abs();
        Terms {
            response: response.clone(),
            base: mean(&known).filter(|_| known.len() == values.len()),
            too_small: Margin { amount: stated.unwrap_or(TOO_SMALL_SHARE * typical), stated: stated.is_some() },
            level: LEVEL,
            intervals: 1,
            looks: trial::looks(most.min(u32::try_from(values.len()).unwrap_or(u32::MAX))),
        }
    }
}

/// The first two levers that are not the same value changed twice.
fn leaders(rows: &[Tried]) -> Option<(&Tried, &Tried)> {
    let mut possible = rows.iter().filter(|row| row.outcome.is_ok());
    let first = possible.next()?;
    possible.find(|row| lever::path_of(&row.set[0]) != lever::path_of(&first.set[0])).map(|second| (first, second))
}

/// Whether the intervals of two changes overlap, and at least one of them is known to change something.
fn overlap(first: &Tried, second: &Tried) -> bool {
    let (Some(a), Some(b)) = (first.interval(), second.interval()) else { return false };
    (!a.contains(0.0) || !b.contains(0.0)) && a.lower <= b.upper && b.lower <= a.upper
}

/// Known changes first, the best of them first; then what the pairs do not tell, what is too small to matter, and what is not
/// possible.
fn rank(rows: &mut [Tried], terms: &Terms) {
    let class = |row: &Tried| match row.finding() {
        Some(Finding::NotResolved) => 1,
        Some(Finding::NoMaterialChange) => 2,
        Some(_) => 0,
        None => 3,
    };
    let change = |row: &Tried| row.interval().map_or(f64::INFINITY, |interval| terms.gain(interval.estimate));
    rows.sort_by(|a, b| class(a).cmp(&class(b)).then(change(a).total_cmp(&change(b))));
}

/// A response by replication from 0: infinite where not reached, NaN where a replication failed.
fn by_replication(table: &RunTable, response: &ResponseInfo) -> Vec<f64> {
    let failed = table.failures.iter().map(|failure| failure.replication);
    let numbers = table.records.numbers();
    let last = numbers.last().copied().into_iter().chain(failed).max();
    let mut values = vec![f64::NAN; last.map_or(0, |last| last as usize + 1)];
    for (number, value) in numbers.into_iter().zip(table.reached(&response.name).unwrap_or_default()) {
        values[number as usize] = value;
    }
    values
}
