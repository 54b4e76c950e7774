//! The best of several scenarios, with a guarantee: Kim and Nelson's procedure over replications under common random numbers.
//!
//! Replications are run some ahead of the decisions, which look at them one by one in order of their number; so the selection is the same
//! on any number of threads. What was run beyond the decision is thrown away.

use super::runner::{Job, Pool, Watch};
use crate::results::{Better, Competitor, ResponseInfo, Selection, SelectionEnd, Side};
use crate::stats::mean;
use crate::stats::select::{Boundary, KimNelson, nelson_matejcik};

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
}

/// A scenario that may be selected.
pub struct Entrant<'a> {
    /// Who it is.
    pub side: Side,
    /// Its replications.
    pub job: &'a Job<'a>,
    /// The column of the response in its records.
    pub column: usize,
}

/// Why a replication gives nothing to average.
type Stop = SelectionEnd;

/// Runs until one scenario is left.
///
/// # Panics
///
/// If there are fewer than two scenarios, or neither way of the response is better.
pub fn select(question: &Question, entrants: Vec<Entrant<'_>>, pool: &Pool, watch: &dyn Watch) -> Selection {
    let mut race = Race { question, entrants: &entrants, pool, watch, values: vec![Vec::new(); entrants.len()] };
    let all: Vec<usize> = (0..entrants.len()).collect();
    let mut procedure = None;
    let end = match race.reach(&all, question.first_stage) {
        Err(stop) => stop,
        Ok(()) => {
            let stage: Vec<Vec<f64>> = race.values.iter().map(|values| values[..question.first_stage].to_vec()).collect();
            let boundary = Boundary::common(entrants.len(), question.first_stage, 1.0 - question.confidence);
            let begun = procedure.insert(KimNelson::begin(&stage, question.delta, boundary));
            race.finish(begun)
        }
    };
    let values = race.values;
    summed_up(question, entrants, values, procedure.as_ref(), end)
}

/// A selection under way.
struct Race<'r, 'a> {
    question: &'r Question,
    entrants: &'r [Entrant<'a>],
    pool: &'r Pool,
    watch: &'r dyn Watch,
    /// Values by scenario, larger is better; some beyond what was decided on.
    values: Vec<Vec<f64>>,
}

impl Race<'_, '_> {
    /// Goes on until one is left, or something ends it.
    fn finish(&mut self, procedure: &mut KimNelson) -> SelectionEnd {
        loop {
            if let Some(selected) = procedure.selected() {
                return SelectionEnd::Selected(selected);
            }
            let r = procedure.replications();
            if r >= self.question.cap {
                return SelectionEnd::Capped;
            }
            let survivors = procedure.survivors().to_vec();
            if self.values[survivors[0]].len() <= r
                && let Err(stop) = self.reach(&survivors, (r + AHEAD).min(self.question.cap))
            {
                return stop;
            }
            let next: Vec<f64> = survivors.iter().map(|i| self.values[*i][r]).collect();
            procedure.add(&next);
        }
    }

    /// Runs replications until these scenarios have so many.
    fn reach(&mut self, scenarios: &[usize], n: usize) -> Result<(), Stop> {
        let sign = if self.question.response.better == Better::Higher { 1.0 } else { -1.0 };
        for &competitor in scenarios {
            let entrant = &self.entrants[competitor];
            let numbers: Vec<u32> = (self.values[competitor].len()..n).map(|r| r as u32).collect();
            let mut stop = None;
            let finished = self.pool.run(&numbers, false, entrant.job, self.watch, |outcome| match outcome {
                _ if stop.is_some() => {}
                Ok((record, _)) => {
                    let value = record.values[entrant.column];
                    if value.is_finite() {
                        self.values[competitor].push(sign * value);
                    } else {
                        stop = Some(Stop::NoValue { competitor, replication: record.replication });
                    }
                }
                Err(failure) => {
                    stop = Some(Stop::Failed { competitor, replication: failure.replication, message: failure.message });
                }
            });
            match stop {
                Some(stop) => return Err(stop),
                None if !finished => return Err(Stop::Interrupted),
                None => {}
            }
        }
        Ok(())
    }
}

fn summed_up(
    question: &Question,
    entrants: Vec<Entrant<'_>>,
    mut values: Vec<Vec<f64>>,
    procedure: Option<&KimNelson>,
    end: SelectionEnd,
) -> Selection {
    let out_at = |i: usize| procedure?.eliminated.iter().find(|(system, _)| *system == i).map(|(_, at)| *at);
    if let Some(procedure) = procedure {
        for (i, values) in values.iter_mut().enumerate() {
            values.truncate(out_at(i).unwrap_or(procedure.replications()));
        }
    }
    let common = values.iter().map(Vec::len).min().unwrap_or(0);
    let equally: Vec<Vec<f64>> = values.iter().map(|values| values[..common].to_vec()).collect();
    let with_best = nelson_matejcik(&equally, question.confidence);
    let sign = if question.response.better == Better::Higher { 1.0 } else { -1.0 };
    let competitor = |(i, entrant): (usize, Entrant<'_>)| Competitor {
        side: Side { replications: values[i].len(), ..entrant.side },
        mean: mean(&values[i]).map(|mean| sign * mean),
        out_at: out_at(i),
        // Ahead of the best other by l to u is behind it by −u to −l; adding 0 makes −0 plain.
        behind: with_best.as_ref().map(|found| (0.0 - found.systems[i].upper, 0.0 - found.systems[i].lower)),
    };
    Selection {
        response: question.response.clone(),
        delta: question.delta,
        confidence: question.confidence,
        first_stage: question.first_stage,
        seed: question.seed,
        ends_by: procedure.map(KimNelson::ends_by),
        competitors: entrants.into_iter().enumerate().map(competitor).collect(),
        common,
        end,
    }
}
