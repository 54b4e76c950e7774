//! The points from which Sobol' indices are estimated.

use super::{Sobol, TooManyDimensions, coordinate};

/// Which of the matrices of the design a point is a row of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matrix {
    /// The first sample.
    A,
    /// The second, independent of the first.
    B,
    /// A with the column of this factor from B.
    AB(usize),
    /// B with the column of this factor from A.
    BA(usize),
}

/// Two samples A and B of N rows, and the mixtures of them: N(d + 2) points for first and total indices of d factors, N(2d + 2) if
/// indices of pairs are wanted too (Saltelli, Computer Physics Communications 145, 2002; Saltelli and others, same journal 181, 2010).
///
/// A row of A and of B is a scrambled Sobol' point of 2d dimensions: A has the first d, B the others. Take powers of two as N. Rows fall into
/// [`BLOCKS`](Self::BLOCKS) blocks in turn, each scrambled by coins of its own. A block is as balanced as its points can be, and blocks are independent
/// of each other: what they differ by says how far the figures are off, which the rows of one scrambling cannot say (Owen, "Monte Carlo
/// variance of scrambled net quadrature", SIAM Journal on Numerical Analysis 34, 1997).
///
/// Points are numbered row by row, and within a row A, B, AB₀, AB₁, …, BA₀, BA₁, …; so the points of the first rows stay the same whatever
/// N is.
#[derive(Clone, Debug)]
pub struct Saltelli {
    sobol: Sobol,
    factors: usize,
    rows: u32,
    pairs: bool,
}

impl Saltelli {
    /// How many scramblings there are: enough to tell an error by, few enough for each to hold many rows.
    pub const BLOCKS: u32 = 16;

    /// With N = `rows`; `pairs` for second-order indices.
    ///
    /// # Errors
    ///
    /// [`TooManyDimensions`] for more than half as many factors as Sobol' points have dimensions.
    pub fn new(factors: usize, rows: u32, pairs: bool) -> Result<Self, TooManyDimensions> {
        Ok(Self { sobol: Sobol::new(2 * factors)?, factors, rows, pairs })
    }

    /// d.
    #[must_use]
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// N.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The matrices, in the order in which a row has its points.
    pub fn matrices(&self) -> impl Iterator<Item = Matrix> + use<> {
        let mixed = 0..self.factors;
        let pairs = if self.pairs { mixed.clone() } else { 0..0 };
        [Matrix::A, Matrix::B].into_iter().chain(mixed.map(Matrix::AB)).chain(pairs.map(Matrix::BA))
    }

    /// How many points a row has.
    #[must_use]
    pub fn points_a_row(&self) -> usize {
        2 + self.factors * if self.pairs { 2 } else { 1 }
    }

    /// How many points there are.
    #[must_use]
    pub fn points(&self) -> u64 {
        u64::from(self.rows) * self.points_a_row() as u64
    }

    /// The row and the matrix of a point.
    ///
    /// # Panics
    ///
    /// If there is no such point.
    #[must_use]
    pub fn address(&self, index: u64) -> (u32, Matrix) {
        assert!(index < self.points(), "point {index} of {}", self.points());
        let width = self.points_a_row() as u64;
        let matrix = match (index % width) as usize {
            0 => Matrix::A,
            1 => Matrix::B,
            place if place < 2 + self.factors => Matrix::AB(place - 2),
            place => Matrix::BA(place - 2 - self.factors),
        };
        ((index / width) as u32, matrix)
    }

    /// The coordinates of a point, in (0, 1). `words(block, dimension, node)` are random bits by address, as in [`Sobol::scrambled`].
    ///
    /// # Panics
    ///
    /// If there is no such point.
    #[must_use]
    pub fn point(&self, index: u64, words: impl Fn(u32, usize, u64) -> u64) -> Vec<f64> {
        let (row, matrix) = self.address(index);
        let from_b = |factor: usize| match matrix {
            Matrix::A => false,
            Matrix::B => true,
            Matrix::AB(other) => factor == other,
            Matrix::BA(other) => factor != other,
        };
        let dimension = |factor: usize| if from_b(factor) { self.factors + factor } else { factor };
        let (block, place) = (row % Self::BLOCKS, row / Self::BLOCKS);
        let words = |dimension: usize, node: u64| words(block, dimension, node);
        (0..self.factors).map(|factor| coordinate(self.sobol.scrambled(place, dimension(factor), words))).collect()
    }
}
