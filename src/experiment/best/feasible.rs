//! Which entrants keep what must not worsen.

use super::race::Race;
use super::{Constraint, Found};
use crate::experiment::compare::TOO_SMALL_SHARE;
use crate::results::{Better, Broken, SelectionEnd};
use crate::stats::multiple::each_of;
use crate::stats::{Finding, Interval, Paired, mean};

/// What paired differences say about one constraint of one entrant.
enum Judged {
    Kept,
    Broken(Interval),
    Open,
}

impl Race<'_, '_> {
    /// Holds every candidate against the first entrant, over the first stage and then over twice as many replications each time, until all
    /// constraints are resolved or the cap is reached. All intervals hold together with `level`.
    pub(super) fn feasibility(&mut self, candidates: &[usize], level: f64) -> Result<Vec<Found>, SelectionEnd> {
        let question = self.question;
        let looks = looks(question.first_stage, question.cap);
        let statements = (self.entrants.len() - 1) * question.constraints.len() * looks.len();
        let level = each_of(statements, level);
        let mut found = vec![Found::default(); self.entrants.len()];
        let mut open: Vec<(usize, usize)> =
            candidates.iter().filter(|i| **i != 0).flat_map(|i| (0..question.constraints.len()).map(move |c| (*i, c))).collect();
        for look in looks {
            if open.is_empty() {
                break;
            }
            let mut running: Vec<usize> = open.iter().map(|(i, _)| *i).collect();
            running.dedup();
            running.insert(0, 0);
            self.run_ahead(&running, look)?;
            open.retain(|&(i, c)| {
                let constraint = &question.constraints[c];
                match judge(constraint, &self.constraint(0, c, look), &self.constraint(i, c, look), level) {
                    Judged::Kept => false,
                    Judged::Broken(interval) => {
                        let response = constraint.response.clone();
                        found[i].broken.push(Broken { response, lower: interval.lower, upper: interval.upper });
                        false
                    }
                    Judged::Open => true,
                }
            });
            // One broken constraint decides.
            open.retain(|(i, _)| found[*i].broken.is_empty());
        }
        for (i, c) in open {
            found[i].open.push(question.constraints[c].response.name.clone());
        }
        Ok(found)
    }
}

/// Replications after each look: the first stage, twice as many, and so on up to the cap.
fn looks(first_stage: usize, cap: usize) -> Vec<usize> {
    let mut looks: Vec<usize> = std::iter::successors(Some(first_stage), |n| n.checked_mul(2)).take_while(|n| *n < cap).collect();
    looks.push(cap);
    looks
}

fn judge(constraint: &Constraint, base: &[f64], variant: &[f64], level: f64) -> Judged {
    let Some(interval) = Paired::of(base, variant).map(|paired| paired.interval(level)) else { return Judged::Open };
    let too_small = constraint.too_small.unwrap_or_else(|| TOO_SMALL_SHARE * mean(base).unwrap_or(0.0).abs());
    let finding = Finding::of(&interval, too_small);
    let worse = match constraint.response.better {
        Better::Lower => matches!(finding, Finding::Higher | Finding::SlightlyHigher),
        Better::Higher => matches!(finding, Finding::Lower | Finding::SlightlyLower),
        Better::Neither => !matches!(finding, Finding::NoMaterialChange | Finding::NotResolved),
    };
    match finding {
        Finding::NotResolved => Judged::Open,
        _ if worse => Judged::Broken(interval),
        _ => Judged::Kept,
    }
}
