//! The replications that a selection looks at: run in order, kept with what the decisions need of them.

use super::{Entrant, Question};
use crate::experiment::runner::{Pool, Watch};
use crate::results::{Better, SelectionEnd};

/// What decisions need of one replication.
#[derive(Clone, Debug)]
struct Kept {
    /// The response, larger is better; not finite where it has no value.
    value: f64,
    /// The constraints, in their order.
    constraints: Vec<f64>,
    /// Whether everybody was accepted before the horizon.
    complete: bool,
}

/// Why the selection cannot continue as it is.
#[derive(Debug)]
pub(super) enum Stop {
    /// A run of this candidate does not finish, so that it has no mean.
    Unfinished(usize),
    /// For good.
    Ended(SelectionEnd),
}

/// A selection under way.
pub(super) struct Race<'r, 'a> {
    pub(super) question: &'r Question,
    pub(super) entrants: &'r [Entrant<'a>],
    pool: &'r Pool,
    watch: &'r dyn Watch,
    /// Replications by entrant, from 0; some beyond what was decided on.
    kept: Vec<Vec<Kept>>,
}

impl<'r, 'a> Race<'r, 'a> {
    pub(super) fn new(question: &'r Question, entrants: &'r [Entrant<'a>], pool: &'r Pool, watch: &'r dyn Watch) -> Self {
        Self { question, entrants, pool, watch, kept: vec![Vec::new(); entrants.len()] }
    }

    /// 1 where more is better, −1 where less is.
    pub(super) fn sign(&self) -> f64 {
        if self.question.response.better == Better::Higher { 1.0 } else { -1.0 }
    }

    /// Replications of an entrant so far.
    pub(super) fn ran(&self, entrant: usize) -> usize {
        self.kept[entrant].len()
    }

    /// Its replications before the first one without a finite value.
    pub(super) fn finite(&self, entrant: usize) -> usize {
        self.kept[entrant].iter().take_while(|one| one.value.is_finite()).count()
    }

    /// Those of its first `n` that do not finish.
    pub(super) fn unfinished(&self, entrant: usize, n: usize) -> usize {
        self.kept[entrant].iter().take(n).filter(|one| !one.complete).count()
    }

    /// The response in a replication; larger is better.
    pub(super) fn value(&self, entrant: usize, replication: usize) -> f64 {
        self.kept[entrant][replication].value
    }

    /// The response in the first `n` replications; larger is better.
    pub(super) fn values(&self, entrant: usize, n: usize) -> Vec<f64> {
        self.kept[entrant].iter().take(n).map(|one| one.value).collect()
    }

    /// A constraint in the first `n` replications, as it is.
    pub(super) fn constraint(&self, entrant: usize, constraint: usize, n: usize) -> Vec<f64> {
        self.kept[entrant].iter().take(n).map(|one| one.constraints[constraint]).collect()
    }

    /// Runs replications of entrants until each has `n`, all of them finished.
    pub(super) fn reach(&mut self, entrants: &[usize], n: usize) -> Result<(), Stop> {
        self.run_ahead(entrants, n).map_err(Stop::Ended)?;
        self.checked(entrants, n)
    }

    /// Whether the first `n` replications of these entrants all finished and have a value.
    pub(super) fn checked(&self, entrants: &[usize], n: usize) -> Result<(), Stop> {
        for &entrant in entrants {
            let kept = &self.kept[entrant][..n.min(self.kept[entrant].len())];
            if kept.iter().any(|one| !one.complete) {
                return Err(Stop::Unfinished(entrant));
            }
            if let Some(replication) = kept.iter().position(|one| !one.value.is_finite()) {
                return Err(Stop::Ended(SelectionEnd::NoValue { competitor: entrant, replication: replication as u32 }));
            }
        }
        Ok(())
    }

    /// Runs replications of entrants until each has `n`, finished or not.
    pub(super) fn run_ahead(&mut self, entrants: &[usize], n: usize) -> Result<(), SelectionEnd> {
        let sign = self.sign();
        for &competitor in entrants {
            let entrant = &self.entrants[competitor];
            let numbers: Vec<u32> = (self.kept[competitor].len()..n).map(|r| r as u32).collect();
            let mut failed = None;
            let kept = &mut self.kept[competitor];
            let finished = self.pool.run(&numbers, false, entrant.job, self.watch, |outcome| match outcome {
                _ if failed.is_some() => {}
                Ok((record, _)) => kept.push(Kept {
                    value: sign * record.values[entrant.column],
                    constraints: entrant.constraints.iter().map(|column| record.values[*column]).collect(),
                    complete: !record.censored(),
                }),
                Err(failure) => {
                    failed = Some(SelectionEnd::Failed { competitor, replication: failure.replication, message: failure.message });
                }
            });
            match failed {
                Some(end) => return Err(end),
                None if !finished => return Err(SelectionEnd::Interrupted),
                None => {}
            }
        }
        Ok(())
    }
}
