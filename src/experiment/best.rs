//! The best of several scenarios, with a guarantee: feasibility first, then Kim and Nelson's procedure, under common random numbers.
//!
//! Four stages, of which the second and the last may have nothing to do:
//!
//! 1. **Completion.** Each scenario is run as often as it takes to say that at most 1 % of the runs of one that was never seen unfinished
//!    are. A scenario with a run that does not finish has no mean: that run is later than any number of days. It cannot be selected.
//! 2. **Feasibility.** A scenario that worsens a response of the first scenario's `must_not_worsen` cannot be selected. Paired differences
//!    to the first scenario are looked at after the first stage and each time the number of replications has doubled; all intervals of
//!    all looks hold together (Bonferroni). What is not resolved within the cap stays in the selection and is reported.
//! 3. **Selection** among the others by Kim and Nelson's procedure. A scenario of which a later run does not finish leaves the selection,
//!    which begins again without it on the same replications.
//! 4. **The set within delta.** Each scenario against the selected one, pair by pair: those that are not known to be more than the
//!    indifference zone behind are reported beside it, so that nobody takes one of two equal plans for the better one.
//!
//! What may go wrong is shared equally by completion, constraints (if any) and selection, so that all hold together with the confidence.
//!
//! Replications are run ahead of the decisions, which look at them in order of their number; so the selection is the same on any number
//! of threads. What was run beyond the decision is dropped.

mod complete;
mod feasible;
mod race;

use super::runner::{Job, Pool, Watch};
use crate::results::{Broken, Competitor, Completion, ResponseInfo, Selection, SelectionEnd, Side, Standing};
use crate::stats::multiple::each_of;
use crate::stats::select::{Boundary, KimNelson, nelson_matejcik};
use crate::stats::{Interval, Paired, mean};
use race::{Race, Stop};

/// Replications run ahead of the decisions.
const AHEAD: usize = 32;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The response, with a better way.
    pub response: ResponseInfo,
    /// The indifference zone, above 0.
    pub delta: f64,
    /// Probability of correct selection, in (0, 1).
    pub confidence: f64,
    /// Replications of the first stage, at least 2.
    pub first_stage: usize,
    /// Replications of a scenario at most.
    pub cap: usize,
    /// Root seed of all scenarios.
    pub seed: u64,
    /// What must not get worse than in the first scenario.
    pub constraints: Vec<Constraint>,
}

/// A response that must not get worse than in the first scenario.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The response.
    pub response: ResponseInfo,
    /// The difference that does not matter, where the first scenario states one; otherwise 1 % of its mean.
    pub too_small: Option<f64>,
}

/// A scenario that may be selected.
pub struct Entrant<'a> {
    /// Which one.
    pub side: Side,
    /// Its replications.
    pub job: &'a Job<'a>,
    /// The column of the response in its records.
    pub column: usize,
    /// The columns of the constraints, in their order.
    pub constraints: Vec<usize>,
}

/// What was found about an entrant before and beside the selection.
#[derive(Clone, Debug, Default)]
struct Found {
    /// Constraints that it breaks.
    broken: Vec<Broken>,
    /// Names of constraints that the replications do not resolve.
    open: Vec<String>,
}

/// The scenarios that took part in a selection, and how it went.
type Contest = (Vec<usize>, KimNelson);

/// What was decided, stage by stage.
struct Decision {
    /// What completion says; nothing where its runs did not come to an end.
    completion: Option<Completion>,
    /// About each entrant.
    found: Vec<Found>,
    /// The last selection that was begun.
    contest: Option<Contest>,
    end: SelectionEnd,
}

/// Runs until one scenario is left.
///
/// # Panics
///
/// If there are fewer than two scenarios, or neither way of the response is better.
pub fn select(question: &Question, entrants: Vec<Entrant<'_>>, pool: &Pool, watch: &dyn Watch) -> Selection {
    let mut race = Race::new(question, &entrants, pool, watch);
    let Decision { completion, found, contest: procedure, end } = decide(&mut race);
    // Replications that every scenario has, whatever the selection took of them.
    let settled_at = completion.map_or(0, |one| one.replications);
    let decided_at = procedure.as_ref().map_or(0, |(_, procedure)| procedure.replications()).max(settled_at);
    let out_at = |i: usize| {
        let (candidates, procedure) = procedure.as_ref()?;
        procedure.eliminated.iter().find(|(system, _)| candidates[*system] == i).map(|(_, at)| *at)
    };
    let is_candidate = |i: usize| procedure.as_ref().is_some_and(|(candidates, _)| candidates.contains(&i));
    let used = |i: usize| if is_candidate(i) { out_at(i).unwrap_or(decided_at).max(settled_at) } else { usize::MAX };
    let lengths: Vec<usize> = (0..entrants.len()).map(|i| race.finite(i).min(used(i))).collect();
    let beside = if let SelectionEnd::Selected(selected) = end { race.beside(selected, decided_at, &found) } else { Vec::new() };

    let comparable: Vec<usize> = (0..entrants.len()).filter(|i| is_candidate(*i)).collect();
    let common = comparable.iter().map(|i| lengths[*i]).min().unwrap_or(0);
    let equally: Vec<Vec<f64>> = comparable.iter().map(|i| race.values(*i, common)).collect();
    let with_best = if comparable.len() > 1 { nelson_matejcik(&equally, question.confidence) } else { None };
    let sign = race.sign();
    let behind = |i: usize| {
        let place = comparable.iter().position(|one| *one == i)?;
        // Ahead of the best other by l to u is behind it by −u to −l; adding 0 makes −0 plain.
        with_best.as_ref().map(|found| (0.0 - found.systems[place].upper, 0.0 - found.systems[place].lower))
    };
    let competitors = (0..entrants.len()).map(|i| {
        let ran = if is_candidate(i) { lengths[i] } else { race.ran(i) };
        let unfinished = race.unfinished(i, ran);
        Competitor {
            side: Side { replications: ran, censored: unfinished, ..entrants[i].side.clone() },
            mean: if unfinished > 0 { None } else { mean(&race.values(i, ran.min(race.finite(i)))).map(|mean| sign * mean) },
            out_at: out_at(i),
            behind: behind(i),
            behind_selected: beside.get(i).copied().flatten().map(|interval| (interval.lower, interval.upper)),
            standing: standing(question, &end, i, beside.get(i).copied().flatten()),
            broken: found[i].broken.clone(),
            open: found[i].open.clone(),
        }
    });
    Selection {
        response: question.response.clone(),
        delta: question.delta,
        confidence: question.confidence,
        first_stage: question.first_stage,
        seed: question.seed,
        constraints: question.constraints.iter().map(|one| one.response.clone()).collect(),
        completion,
        ends_by: procedure.as_ref().map(|(_, procedure)| procedure.ends_by()),
        competitors: competitors.collect(),
        common,
        end,
    }
}

/// What the selected one's lead over another lets one say.
fn standing(question: &Question, end: &SelectionEnd, i: usize, behind: Option<Interval>) -> Standing {
    match (end, behind) {
        (SelectionEnd::Selected(selected), _) if *selected == i => Standing::Selected,
        (_, Some(behind)) if behind.lower > question.delta => Standing::Behind,
        (_, Some(behind)) if behind.upper <= question.delta => Standing::Within,
        (_, Some(_)) => Standing::MayBeWithin,
        (_, None) => Standing::NotCompared,
    }
}

/// Completion, feasibility, then the selection.
fn decide(race: &mut Race<'_, '_>) -> Decision {
    let question = race.question;
    let mut decision =
        Decision { completion: None, found: vec![Found::default(); race.entrants.len()], contest: None, end: SelectionEnd::NoneCompletes };
    decision.end = match stages(race, question, &mut decision) {
        Ok(selected) => SelectionEnd::Selected(selected),
        Err(end) => end,
    };
    decision
}

/// The stages one after another; who is selected, or how else it ended.
fn stages(race: &mut Race<'_, '_>, question: &Question, decision: &mut Decision) -> Result<usize, SelectionEnd> {
    let statements = if question.constraints.is_empty() { 2 } else { 3 };
    let level = each_of(statements, question.confidence);
    let completion = race.completion(level)?;
    decision.completion = Some(completion);
    let mut candidates: Vec<usize> = (0..race.entrants.len()).filter(|i| race.unfinished(*i, completion.replications) == 0).collect();
    if !question.constraints.is_empty() {
        decision.found = race.feasibility(&candidates, level)?;
        candidates.retain(|i| decision.found[*i].broken.is_empty());
    }
    loop {
        match race.reach(&candidates, question.first_stage) {
            Ok(()) => {}
            Err(Stop::Ended(end)) => return Err(end),
            Err(Stop::Unfinished(i)) => {
                candidates.retain(|one| *one != i);
                continue;
            }
        }
        match candidates[..] {
            [] => return Err(SelectionEnd::NoneCompletes),
            [one] => return Ok(one),
            _ => {}
        }
        let stage: Vec<Vec<f64>> = candidates.iter().map(|i| race.values(*i, question.first_stage)).collect();
        let boundary = Boundary::common(candidates.len(), question.first_stage, 1.0 - level);
        let mut procedure = KimNelson::begin(&stage, question.delta, boundary);
        let finished = race.finish(&candidates, &mut procedure);
        match finished {
            Err(Stop::Unfinished(i)) => candidates.retain(|one| *one != i),
            ended => {
                let selected = ended.map(|place| candidates[place]);
                decision.contest = Some((candidates, procedure));
                return selected.map_err(|stop| match stop {
                    Stop::Ended(end) => end,
                    Stop::Unfinished(_) => SelectionEnd::NoneCompletes,
                });
            }
        }
    }
}

impl Race<'_, '_> {
    /// Goes on until one candidate is left; its place among the candidates.
    fn finish(&mut self, candidates: &[usize], procedure: &mut KimNelson) -> Result<usize, Stop> {
        loop {
            if let Some(selected) = procedure.selected() {
                return Ok(selected);
            }
            let r = procedure.replications();
            if r >= self.question.cap {
                return Err(Stop::Ended(SelectionEnd::Capped));
            }
            let survivors: Vec<usize> = procedure.survivors().iter().map(|place| candidates[*place]).collect();
            if survivors.iter().any(|i| self.ran(*i) <= r) {
                self.run_ahead(&survivors, (r + AHEAD).min(self.question.cap)).map_err(Stop::Ended)?;
            }
            self.checked(&survivors, r + 1)?;
            let next: Vec<f64> = survivors.iter().map(|i| self.value(*i, r)).collect();
            procedure.add(&next);
        }
    }

    /// How far each entrant is behind the selected one, in the response's unit and without regard to which way is better: means of paired
    /// differences with intervals that hold together. Those that may be within delta are run as often as the selected one.
    fn beside(&mut self, selected: usize, decided_at: usize, found: &[Found]) -> Vec<Option<Interval>> {
        let others: Vec<usize> = (0..self.entrants.len()).filter(|i| *i != selected && found[*i].broken.is_empty()).collect();
        let level = each_of(others.len(), self.question.confidence);
        let mut intervals = vec![None; self.entrants.len()];
        for i in others {
            let between = |race: &Self, n: usize| {
                let n = n.min(race.finite(i)).min(race.finite(selected));
                // Larger is better in both lists, so the selected one less the other is how far the other is behind.
                Paired::of(&race.values(i, n), &race.values(selected, n)).map(|paired| paired.interval(level))
            };
            if self.unfinished(i, self.ran(i)) > 0 {
                continue;
            }
            let mut interval = between(self, decided_at);
            let open = interval.is_some_and(|interval| interval.lower <= self.question.delta && interval.upper > self.question.delta);
            if open && self.ran(i) < decided_at && self.run_ahead(&[i], decided_at).is_ok() && self.unfinished(i, decided_at) == 0 {
                interval = between(self, decided_at);
            }
            intervals[i] = interval;
        }
        intervals
    }
}
