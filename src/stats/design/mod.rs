//! Designs of experiments: which points of the space of factors are run.
//!
//! * [`Grid`]: every combination of levels, numbered like the digits of a number.
//! * [`TwoLevel`]: each factor low and high, all combinations or a regular fraction with its aliases; [`PlackettBurman`] screens
//!   many factors with few runs.
//! * [`latin_column`], [`Sobol`], [`halton`]: points that fill the space evenly.
//! * [`Trajectory`] for screening after Morris, [`Saltelli`] for Sobol' indices: points whose responses
//!   [`sensitivity`](super::sensitivity) reads.
//!
//! Points are computed from their number wherever that is possible, so that no list has to be kept and any one point can be run alone.
//! What is random comes in from outside, by a generator for each column or trajectory, or by a function from addresses to words: then
//! another factor moves no coordinate of the others. A coordinate is a number in [0, 1]; what it means to a factor is not known here.

mod factorial;
mod generator;
mod grid;
mod halton;
mod lhs;
mod morris;
mod plackett_burman;
mod saltelli;
mod sobol;

pub use factorial::{SignedWord, TwoLevel};
pub use generator::GeneratorError;
pub use grid::Grid;
pub use halton::halton;
pub use lhs::latin_column;
pub use morris::Trajectory;
pub use plackett_burman::PlackettBurman;
pub use saltelli::{Matrix, Saltelli};
pub use sobol::{Sobol, TooManyDimensions, coordinate};

/// Which of `levels` equally wide classes a coordinate in [0, 1] falls into: `⌊u · levels⌋`, the last one for 1 itself.
///
/// # Examples
///
/// ```
/// use convoysim::stats::design::level;
///
/// assert_eq!([0.0, 0.33, 0.34, 0.99, 1.0].map(|u| level(u, 3)), [0, 0, 1, 2, 2]);
/// ```
///
/// # Panics
///
/// If there is no level, or `u` is not in [0, 1].
#[must_use]
pub fn level(u: f64, levels: usize) -> usize {
    assert!(levels > 0 && (0.0..=1.0).contains(&u), "coordinate {u} of {levels} levels");
    ((u * levels as f64) as usize).min(levels - 1)
}
