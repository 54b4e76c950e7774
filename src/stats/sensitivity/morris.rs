//! Screening by elementary effects.

use rand::Rng;

use super::RESAMPLES;
use super::floor::MorrisFloor;
use super::noise::{Points, left_out_in_turn, of_one_run};
use super::resampling::{Resampling, Terms};
use super::sobol::Step;
use crate::stats::design::Trajectory;
use crate::stats::{Interval, Pairing, mean};

/// What a trajectory did: which factor each step changed, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The factor of each step.
    pub order: Vec<usize>,
    /// The change of each factor, by factor, as a part of its range and with its sign. A factor of few levels moves from one to another, and
    /// so not by Δ.
    pub moves: Vec<f64>,
}

impl From<&Trajectory> for Walk {
    /// With every factor moving by Δ.
    fn from(trajectory: &Trajectory) -> Self {
        let delta = trajectory.delta();
        let up = |level: &usize| *level < trajectory.levels / 2;
        let moves = trajectory.start.iter().map(|level| if up(level) { delta } else { -delta }).collect();
        Self { order: trajectory.order.clone(), moves }
    }
}

impl Walk {
    /// The effect of each factor, for its whole range, from one response at each point: the change of the response, divided by the move. 0
    /// where a factor does not move.
    ///
    /// # Panics
    ///
    /// If there is not one response a point.
    #[must_use]
    pub fn effects(&self, responses: &[f64]) -> Vec<f64> {
        assert_eq!(responses.len(), self.order.len() + 1, "each point has a response");
        let mut effects = vec![0.0; self.order.len()];
        for (factor, step) in self.order.iter().zip(responses.windows(2)) {
            if self.moves[*factor] != 0.0 {
                effects[*factor] = (step[1] - step[0]) / self.moves[*factor];
            }
        }
        effects
    }
}

/// The responses at all points of some trajectories.
#[derive(Clone, Copy, Debug)]
pub struct ElementaryEffects<'v> {
    /// The trajectories, at least two.
    pub walks: &'v [Walk],
    /// Replications of each point, r.
    pub replications: usize,
    /// Whether replication k of all points met the same random numbers.
    pub pairing: Pairing,
    /// One value a replication, replications of a point together, points in the order of the walk, trajectory by trajectory. What is not
    /// finite is not known.
    pub values: &'v [f64],
}

/// The measures of one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MorrisFactor {
    /// μ: the mean of its elementary effects. Near 0 beside a large μ* if effects have both signs.
    pub mu: Interval,
    /// μ*: the mean of their sizes.
    pub mu_star: Interval,
    /// σ: their standard deviation. Large beside μ* if the effect is not linear, or depends on other factors.
    pub sigma: Interval,
}

/// A screening after Morris (Technometrics 33, 1991), with the mean size μ* of Campolongo, Cariboni and Saltelli (Environmental Modelling and
/// Software 22, 2007).
///
/// Effects are per unit of a coordinate, so for the whole range of a factor. Noise does not move μ on average; it makes μ* and σ larger, which
/// is not taken off: the [`MorrisFloor`] says up to where they can come from noise alone. Intervals are percentiles of a bootstrap over
/// trajectories; of common seeds see [`SobolIndices`](super::SobolIndices).
#[derive(Clone, Debug, PartialEq)]
pub struct Morris {
    /// Trajectories that were used.
    pub trajectories: usize,
    /// Trajectories left out since a value was not known.
    pub left_out: usize,
    /// By factor.
    pub factors: Vec<MorrisFactor>,
    /// The variance of one run at one point, on average over points; `None` for a single replication.
    pub noise_variance: Option<f64>,
    /// What a factor without any effect would show; `None` for a single replication. With common random numbers such a factor shows
    /// exactly 0, and the floor is that of a factor which only changes how chance falls.
    pub floor: Option<MorrisFloor>,
    /// Whether intervals hold for other seeds too.
    pub knows_seeds: bool,
    /// Neighbours in the order of μ*.
    pub steps: Vec<Step>,
}

// Columns of the terms: those of the trajectory, then three a factor.
const NU2: usize = 0;
const ONE_RUN: usize = 1;
const OF_FACTORS: usize = 2;
const A_FACTOR: usize = 3;

impl ElementaryEffects<'_> {
    fn factors(&self) -> usize {
        self.walks.first().map_or(0, |walk| walk.order.len())
    }

    /// The measures with intervals at this level; `None` if no two trajectories are known throughout.
    ///
    /// # Panics
    ///
    /// If the values are not those of the trajectories.
    pub fn screening(&self, level: f64, generator: &mut impl Rng) -> Option<Morris> {
        let (d, a_walk) = (self.factors(), (self.factors() + 1) * self.replications);
        assert_eq!(self.values.len(), a_walk * self.walks.len(), "each point of each trajectory has its values");
        let with_values = self.walks.iter().zip(self.values.chunks_exact(a_walk));
        let (walks, known): (Vec<Walk>, Vec<&[f64]>) = with_values
            .filter(|(_, values)| values.iter().all(|value| value.is_finite()))
            .map(|(walk, values)| (walk.clone(), values))
            .unzip();
        let t = walks.len();
        if t < 2 {
            return None;
        }
        let known = ElementaryEffects { walks: &walks, values: &known.concat(), ..*self };
        let everything: Vec<usize> = (0..self.replications).collect();
        let terms = known.terms(&everything);
        let without: Vec<Terms> = left_out_in_turn(self.replications, self.pairing).iter().map(|used| known.terms(used)).collect();
        let resampling = Resampling::run(&terms, &without, |means| measures(means, t), (RESAMPLES, level), generator);
        let of = |i: usize| MorrisFactor {
            mu: resampling.interval(3 * i),
            mu_star: resampling.interval(3 * i + 1),
            sigma: resampling.interval(3 * i + 2),
        };
        let mut order: Vec<usize> = (0..d).collect();
        order.sort_by(|i, j| resampling.estimates[3 * j + 1].total_cmp(&resampling.estimates[3 * i + 1]));
        let step = |pair: &[usize]| {
            let [larger, smaller] = [pair[0], pair[1]];
            Step { larger, smaller, difference: resampling.interval_of(|values| values[3 * larger + 1] - values[3 * smaller + 1]) }
        };
        let means = terms.means();
        let noisy = self.replications > 1;
        Some(Morris {
            trajectories: t,
            left_out: self.walks.len() - t,
            factors: (0..d).map(of).collect(),
            noise_variance: noisy.then_some(means[ONE_RUN]),
            floor: noisy.then(|| MorrisFloor::of(means[NU2], t)),
            knows_seeds: self.pairing == Pairing::Independent || !without.is_empty(),
            steps: order.windows(2).map(step).collect(),
        })
    }

    /// For each trajectory the noise of a step and of a run, and for each factor its effect, the size of it and its square.
    fn terms(&self, used: &[usize]) -> Terms {
        let d = self.factors();
        let points = Points::new(self.values, self.replications, used, self.pairing, |_| true);
        let mut values = Vec::new();
        for (walk, first) in self.walks.iter().zip((0..).map(|at| at * (d + 1))) {
            let average = |of: &dyn Fn(usize) -> f64| mean(&(first..=first + d).map(of).collect::<Vec<f64>>()).unwrap_or(0.0);
            let tau2 = average(&|point| points.covariance(point, point));
            let inverse_squares: Vec<f64> = walk.moves.iter().filter(|step| **step != 0.0).map(|step| 1.0 / (step * step)).collect();
            values.push(2.0 * tau2 * mean(&inverse_squares).unwrap_or(0.0));
            values.push(average(&|point| of_one_run(&self.values[point * self.replications..][..self.replications], used)));
            let means: Vec<f64> = (first..=first + d).map(|point| points.mean(point)).collect();
            values.extend(walk.effects(&means).into_iter().flat_map(|effect| [effect, effect.abs(), effect * effect]));
        }
        Terms { width: OF_FACTORS + A_FACTOR * d, values }
    }
}

/// μ, μ* and σ of each factor.
fn measures(means: &[f64], trajectories: usize) -> Vec<f64> {
    let t = trajectories as f64;
    let of = |effect: &[f64]| {
        let [mu, mu_star, square] = [effect[0], effect[1], effect[2]];
        [mu, mu_star, ((square - mu * mu).max(0.0) * t / (t - 1.0)).sqrt()]
    };
    means[OF_FACTORS..].chunks_exact(A_FACTOR).flat_map(of).collect()
}
