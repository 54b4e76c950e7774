//! Which points no other point is better than in two responses at once.

use crate::results::{Pareto, SweepInfo, SweepRow};
use crate::stats::{Pairing, Standing, pareto};
use std::collections::BTreeMap;

/// Confidence of all statements together.
const LEVEL: f64 = 0.95;

/// Takes the rows of a sweep, and tells where its points stand.
pub struct Standings<'s> {
    info: &'s SweepInfo,
    responses: [usize; 2],
    /// By point: replication to its two values.
    values: Vec<BTreeMap<u32, [f64; 2]>>,
}

impl<'s> Standings<'s> {
    /// Begins; nothing where the sweep has no two such responses, or too many rows to hold them.
    #[must_use]
    pub fn new(info: &'s SweepInfo) -> Option<Self> {
        let few = (2..=Pareto::MOST_POINTS).contains(&info.points) && info.replications <= Pareto::MOST_REPLICATIONS;
        let responses = info.pair().filter(|_| few)?;
        Some(Self { info, responses, values: vec![BTreeMap::new(); info.points as usize] })
    }

    /// Takes a row; one that failed has no values.
    pub fn take(&mut self, row: &SweepRow) {
        if let Ok(found) = &row.outcome {
            // A run that did not complete has no figure to trade against another: little exposure where little moved is no merit. Its point
            // stands on no front.
            let value = |nth: usize| {
                let column = self.info.shown[nth];
                if found.outcome.is_censored() { f64::INFINITY } else { self.info.columns[column].reached(found.values[column]) }
            };
            self.values[row.point as usize].insert(row.replication, self.responses.map(value));
        }
    }

    /// Where the points stand. Under common random numbers the replications that every point has are compared one by one.
    #[must_use]
    pub fn finish(self) -> Pareto {
        let pairing = if self.info.common { Pairing::Common } else { Pairing::Independent };
        // Points without rows stand nowhere, and keep no other from being compared.
        let at: Vec<usize> = (0..self.values.len()).filter(|point| self.info.problem_of(*point as u32).is_none()).collect();
        let run: Vec<&BTreeMap<u32, [f64; 2]>> = at.iter().map(|point| &self.values[*point]).collect();
        let in_all = |replication: &u32| run.iter().all(|point| point.contains_key(replication));
        let shared: Vec<u32> = run.first().into_iter().flat_map(|point| point.keys()).copied().filter(|r| in_all(r)).collect();
        let of_point = |point: &&BTreeMap<u32, [f64; 2]>| -> Vec<Vec<f64>> {
            let rows: Vec<[f64; 2]> = match pairing {
                Pairing::Common => shared.iter().map(|replication| point[replication]).collect(),
                Pairing::Independent => point.values().copied().collect(),
            };
            (0..2).map(|m| rows.iter().map(|row| row[m]).collect()).collect()
        };
        let values: Vec<Vec<Vec<f64>>> = run.iter().map(of_point).collect();
        let lower = self.responses.map(|nth| self.info.lower_is_better(nth));
        let mut standings = vec![Standing::Unknown; self.values.len()];
        for (nth, standing) in pareto(&values, &lower, pairing, LEVEL).into_iter().enumerate() {
            standings[at[nth]] = match standing {
                Standing::Open { by } => Standing::Open { by: at[by] },
                Standing::Dominated { by } => Standing::Dominated { by: at[by] },
                other => other,
            };
        }
        Pareto { responses: self.responses, standings }
    }
}

#[cfg(test)]
mod tests;
