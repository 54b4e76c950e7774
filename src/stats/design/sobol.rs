//! Sobol' points, as they are and scrambled.

use sobol::params::JoeKuoD6;
use thiserror::Error;

/// Bits of a coordinate.
const BITS: u32 = 32;
/// Levels of the tree of scrambling whose flips come from one word: 1 + 2 + … + 32 = 63 flips.
const LEVELS_A_WORD: u32 = 6;

/// More dimensions than there are direction numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{wanted} dimensions, but Sobol' points have at most {most}")]
pub struct TooManyDimensions {
    /// How many were asked for.
    pub wanted: usize,
    /// How many there are.
    pub most: usize,
}

/// The sequence of Sobol' with the direction numbers of Joe and Kuo (SIAM Journal on Scientific Computing 30, 2008), in the order of the
/// Gray code, from the origin on.
///
/// The first 2ᵐ points are balanced, and so is every later block of 2ᵐ that begins at a multiple of it. Any other number of points, or
/// points left out or dropped at the start, lose that: take powers of two.
///
/// # Examples
///
/// ```
/// use convoysim::stats::design::{Sobol, coordinate};
///
/// let sobol = Sobol::new(2)?;
/// let points: Vec<[f64; 2]> = (0..4).map(|i| [0, 1].map(|d| f64::from(sobol.integer(i, d)) / 4_294_967_296.0)).collect();
/// assert_eq!(points, [[0.0, 0.0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]);
/// assert_eq!(coordinate(0), 0.5 / 4_294_967_296.0);
/// # Ok::<(), convoysim::stats::design::TooManyDimensions>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sobol {
    /// The direction numbers of each dimension, as many as a coordinate has bits.
    directions: Vec<Vec<u32>>,
}

impl Sobol {
    /// The largest number of dimensions.
    pub const DIMENSIONS: usize = 1_000;

    /// The sequence in so many dimensions.
    ///
    /// # Errors
    ///
    /// [`TooManyDimensions`] beyond [`DIMENSIONS`](Self::DIMENSIONS).
    pub fn new(dimensions: usize) -> Result<Self, TooManyDimensions> {
        if dimensions > Self::DIMENSIONS {
            return Err(TooManyDimensions { wanted: dimensions, most: Self::DIMENSIONS });
        }
        let directions = sobol::Sobol::<u32>::init_direction_vals(dimensions, BITS as usize, &JoeKuoD6::standard());
        Ok(Self { directions })
    }

    /// How many dimensions.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.directions.len()
    }

    /// Coordinate `dimension` (from 0) of point `index`, times 2³².
    ///
    /// # Panics
    ///
    /// If there is no such dimension.
    #[must_use]
    pub fn integer(&self, index: u32, dimension: usize) -> u32 {
        let gray = index ^ (index >> 1);
        let used = self.directions[dimension].iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
        used.fold(0, |point, (_, direction)| point ^ direction)
    }

    /// The same coordinate after nested uniform scrambling (Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995).
    ///
    /// Every bit is flipped or not by a coin of its own for each value of the bits above it: the whole binary tree of coins, down to the last
    /// of the 32 bits, and not an approximation by a hash of the coordinate. So each point by itself is uniform, and the points together are
    /// as balanced as before. `words(dimension, node)` is 64 random bits; it must always give the same word for the same address. `node` is the
    /// number of a node of the tree, below 2³¹, and a word holds the coins of six levels beneath it. Six words make a coordinate.
    #[must_use]
    pub fn scrambled(&self, index: u32, dimension: usize, words: impl Fn(usize, u64) -> u64) -> u32 {
        let plain = self.integer(index, dimension);
        let mut flips = 0_u32;
        let mut depth = 0;
        while depth < BITS {
            // Nodes are numbered level by level: 1 is the root, and the node reached by the bits p at depth d is 2^d + p.
            let node = |depth: u32| (1_u64 << depth) | (u64::from(plain) >> (BITS - depth));
            let coins = words(dimension, node(depth));
            for below in 0..LEVELS_A_WORD.min(BITS - depth) {
                // The same numbering within the subtree: 1 to 63, so one bit of the word is never looked at.
                let inside = node(depth + below) & ((1 << below) - 1) | (1 << below);
                let coin = (coins >> inside & 1) as u32;
                flips |= coin << (BITS - 1 - depth - below);
            }
            depth += LEVELS_A_WORD;
        }
        plain ^ flips
    }
}

/// The middle of the step of 2⁻³² that an integer coordinate stands for: in (0, 1), never 0 and never 1.
#[must_use]
pub fn coordinate(integer: u32) -> f64 {
    (f64::from(integer) + 0.5) / (1_u64 << BITS) as f64
}
