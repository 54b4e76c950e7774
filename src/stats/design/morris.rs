//! Walks through the space of factors that change one factor at a time.

use rand::Rng;

use super::lhs::permutation;
use crate::stats::resample::index_below;

/// One trajectory of Morris's design: d + 1 points, each of which differs from the one before it in one factor, by Δ.
///
/// Coordinates lie on p levels, 0, 1/(p − 1), …, 1, with p even, and Δ = p / (2(p − 1)): then every level is as likely as any other, and a
/// step goes up from the lower half and down from the upper one (Morris, "Factorial sampling plans for preliminary computational
/// experiments", Technometrics 33, 1991). Usual are p = 4 and 10 to 20 trajectories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trajectory {
    /// The levels of the first point, from 0 to p − 1, one a factor.
    pub start: Vec<usize>,
    /// Which factor changes at each step.
    pub order: Vec<usize>,
    /// p.
    pub levels: usize,
}

impl Trajectory {
    /// A random one; give every trajectory a generator of its own.
    ///
    /// # Panics
    ///
    /// If the number of levels is 0 or odd.
    #[must_use]
    pub fn random(factors: usize, levels: usize, generator: &mut impl Rng) -> Self {
        assert!(levels > 0 && levels.is_multiple_of(2), "{levels} levels: Morris's design wants an even number");
        let start = (0..factors).map(|_| index_below(levels, generator)).collect();
        Self { start, order: permutation(factors, generator), levels }
    }

    /// Δ = p / (2(p − 1)), the size of a step.
    #[must_use]
    pub fn delta(&self) -> f64 {
        self.levels as f64 / (2.0 * (self.levels as f64 - 1.0))
    }

    /// How many points: one more than factors.
    #[must_use]
    pub fn points(&self) -> usize {
        self.start.len() + 1
    }

    /// The levels after so many steps.
    ///
    /// # Panics
    ///
    /// If there are not so many steps.
    #[must_use]
    pub fn levels_at(&self, step: usize) -> Vec<usize> {
        let mut levels = self.start.clone();
        for factor in &self.order[..step] {
            // Up from the lower half, down from the upper one: half the levels on, in a circle.
            levels[*factor] = (levels[*factor] + self.levels / 2) % self.levels;
        }
        levels
    }

    /// The coordinates after so many steps, in [0, 1].
    ///
    /// # Panics
    ///
    /// If there are not so many steps.
    #[must_use]
    pub fn point(&self, step: usize) -> Vec<f64> {
        self.levels_at(step).into_iter().map(|level| level as f64 / (self.levels as f64 - 1.0)).collect()
    }
}
