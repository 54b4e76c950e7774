//! Which inputs the responses of a sweep depend on: from the rows of a `morris` or `sobol` block to measures.

use super::Points;
use crate::random::StreamKey;
use crate::results::{Measures, Outcomes, ResponseSensitivity, Sensitivity, SensitivityDesign, SweepInfo, SweepRow, VariedFactor};
use crate::scenario::sweep::{Block, Design, Sweep};
use crate::stats::Pairing;
use crate::stats::design::{Saltelli, Trajectory};
use crate::stats::sensitivity::{ElementaryEffects, SobolSample, Walk};
use std::ops::RangeInclusive;

/// Confidence of every interval.
const LEVEL: f64 = 0.95;

/// A block that can be analysed.
pub struct Analysis<'s> {
    sweep: &'s Sweep,
    info: &'s SweepInfo,
    points: &'s Points<'s>,
    /// Position of the block.
    at: usize,
    design: SensitivityDesign,
}

/// Whether a design is made for an analysis of sensitivity.
#[must_use]
pub fn design(block: &Block) -> Option<SensitivityDesign> {
    match block.design {
        Design::Morris { trajectories, levels } => Some(SensitivityDesign::Morris { trajectories, levels }),
        Design::Sobol { rows, second_order } => Some(SensitivityDesign::Sobol { rows, pairs: second_order }),
        _ => None,
    }
}

impl<'s> Analysis<'s> {
    /// The analyses of a sweep: one a block of such a design.
    #[must_use]
    pub fn all(sweep: &'s Sweep, info: &'s SweepInfo, points: &'s Points<'s>) -> Vec<Self> {
        let of = |(at, block)| design(block).map(|design| Self { sweep, info, points, at, design });
        sweep.blocks.iter().enumerate().filter_map(of).collect()
    }

    /// Analyses every shown response. `each` hands all rows of the sweep on, in order; it is called once a response, so that no more than
    /// the values of one are kept.
    ///
    /// # Errors
    ///
    /// Those of `each`.
    pub fn run<E>(&self, mut each: impl FnMut(&mut dyn FnMut(&SweepRow)) -> Result<(), E>) -> Result<Sensitivity, E> {
        let (_, first, last) = self.info.blocks[self.at];
        let block = &self.sweep.blocks[self.at];
        let mut replications = self.info.replications;
        let mut responses = Vec::new();
        let mut outcomes = Outcomes::default();
        each(&mut |row| {
            if (first..=last).contains(&row.point) {
                match &row.outcome {
                    Ok(found) => outcomes.add(found.outcome),
                    Err(_) => outcomes.failed += 1,
                }
            }
        })?;
        for column in &self.info.shown {
            let mut not_reached = false;
            let mut values: Vec<Vec<f64>> = vec![Vec::new(); (last - first + 1) as usize];
            each(&mut |row| {
                if (first..=last).contains(&row.point) {
                    let value = row.outcome.as_ref().map_or(f64::NAN, |found| found.values[*column]);
                    not_reached |= row.outcome.is_ok() && self.info.columns[*column].reached(value).is_infinite();
                    values[(row.point - first) as usize].push(value);
                }
            })?;
            // Where precision decided how many there are, those that every point has.
            let fewest = values.iter().map(Vec::len).min().unwrap_or(0);
            replications = fewest as u32;
            let values: Vec<f64> = values.into_iter().flat_map(|point| point.into_iter().take(fewest)).collect();
            let info = self.info.columns[*column].clone();
            // An expected time is infinite wherever a run may not complete; leaving those points out would describe another plan.
            let measures = if fewest == 0 || not_reached {
                Measures::Unknown
            } else {
                self.measures(block, first..=last, fewest, &values, &info.name)
            };
            responses.push(ResponseSensitivity { info, measures });
        }
        let factor = |at: &usize| {
            let factor = &self.sweep.factors[*at];
            VariedFactor { id: factor.id.clone(), label: factor.label.clone(), ends: factor.extremes().map(|end| end.label) }
        };
        Ok(Sensitivity {
            sweep: self.info.name.clone(),
            question: self.info.question.clone(),
            handling: self.info.handling.clone(),
            plan_sha256: self.info.plan_sha256.clone(),
            seed: self.info.seed,
            design: self.design,
            points: last - first + 1,
            replications,
            common: self.info.common,
            level: LEVEL,
            factors: block.factors.iter().map(factor).collect(),
            outcomes,
            responses,
        })
    }

    fn measures(&self, block: &Block, range: RangeInclusive<u32>, replications: usize, values: &[f64], response: &str) -> Measures {
        let pairing = if self.info.common { Pairing::Common } else { Pairing::Independent };
        let entity = format!("{}.{response}", self.at);
        let mut resamples = StreamKey::new(self.info.seed, "bootstrap of sensitivity", "block", &entity).stream(0, 0, 0);
        let factors = block.factors.len();
        match self.design {
            SensitivityDesign::Sobol { pairs, .. } => {
                let blocks = Saltelli::BLOCKS as usize;
                let sample = SobolSample { factors, pairs, blocks, replications, pairing, values };
                sample.indices(LEVEL, &mut resamples).map_or(Measures::Unknown, Measures::Sobol)
            }
            SensitivityDesign::Morris { .. } => {
                let walks = self.walks(block, range);
                let effects = ElementaryEffects { walks: &walks, replications, pairing, values };
                effects.screening(LEVEL, &mut resamples).map_or(Measures::Unknown, Measures::Morris)
            }
        }
    }

    /// What each trajectory of the block did. A factor with few levels moved from one of them to another, which is what counts.
    fn walks(&self, block: &Block, range: RangeInclusive<u32>) -> Vec<Walk> {
        let trajectories = self.points.trajectories(*range.start());
        let walk = |trajectory: &Trajectory| {
            let (from, to) = (trajectory.point(0), trajectory.point(trajectory.points() - 1));
            let along = |at: usize, u: f64| self.sweep.factors[block.factors[at]].along(u);
            let moves = (0..from.len()).map(|at| along(at, to[at]) - along(at, from[at])).collect();
            Walk { order: trajectory.order.clone(), moves }
        };
        trajectories.iter().map(walk).collect()
    }
}
