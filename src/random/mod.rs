//! Random numbers that have an address, and the distributions drawn from them.
//!
//! A draw is a function of where it belongs, not of how many draws came before it:
//!
//! ```text
//! value = f(seed, purpose, table, entity;  replication, number, occurrence)
//!           └──────── StreamKey ────────┘  └──────── Stream ────────────┘
//! ```
//!
//! [`StreamKey`] hashes what a scenario names (made once, kept), [`Stream`] adds what a replication counts
//! (made for every draw, a few nanoseconds), and a [`Distribution`] turns the uniforms of a stream into a value.
//! Two scenarios with the same names meet the same breakdowns in replication 7, whatever else they changed, and no
//! draw can push another one along. [`CountDistribution`] does for whole numbers what `Distribution` does for reals.
//!
//! Every function of mathematics comes from the `libm` crate, so that the numbers are the same on every platform.
//! This module deliberately knows no units and no clock: a distribution is over plain numbers, the caller says of what.

mod count;
mod distribution;
mod key;
mod philox;
mod stream;

pub use count::CountDistribution;
pub use distribution::{Distribution, DistributionError};
pub use key::StreamKey;
pub use philox::philox2x64_10;
pub use stream::{OCCURRENCES, Stream};
