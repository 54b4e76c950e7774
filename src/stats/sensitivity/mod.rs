//! Which inputs a response depends on, and how much of what is seen is mere chance.
//!
//! * [`Morris`] screens: mean, mean size and spread of elementary effects along trajectories.
//! * [`SobolIndices`] split a variance into the parts of inputs, alone, in pairs and in all; [`estimators`] has the formulas for plain
//!   columns, for functions without chance.
//! * [`standardised_coefficients`] suffice where a response is nearly linear.
//!
//! A stochastic simulator answers each point with a mean over replications, which is still a little wrong. Whoever takes such means for
//! exact values finds effects where there are none: the variance of the means holds that of the noise, and a difference of two means is
//! never 0. Here every product of two means is corrected by what noise contributes to it on average, so that estimates are unbiased for
//! the *expected* response; noise is reported by itself, and a [`Floor`] says what an input without any effect would show. Estimates below
//! 0 are possible, and stay.

pub mod estimators;
mod floor;
mod morris;
mod noise;
mod regression;
mod resampling;
mod sobol;

pub use floor::{Floor, MorrisFloor};
pub use morris::{ElementaryEffects, Morris, MorrisFactor, Walk};
pub use regression::standardised_coefficients;
pub use sobol::{PairIndex, SobolIndices, SobolSample, Step};

/// Resamples behind an interval.
pub const RESAMPLES: usize = 1_000;
