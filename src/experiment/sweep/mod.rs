//! Sweeps: many points, each a changed base scenario with its own replications.
//!
//! ```text
//! Sweep (text) ─ Points (which settings) ─ Plan (which rows in which shard) ─ a shard's rows ─ PointRows
//! ```
//!
//! A point is known by its number, and computed from it. The rows of a sweep, point by point and replication by replication, are cut
//! into shards by arithmetic alone, so that any of them can be run by itself, in any order, anywhere. A row depends on the plan
//! and its own two numbers and on nothing else; the shards are only a way of sharing the work out.

mod long;
mod pareto;
mod plan;
mod points;
pub mod sensitivity;
mod shard;
mod summary;

pub use long::{Pass, sum_long};
pub use pareto::Standings;
pub use plan::{Plan, Shard};
pub use points::{DesignError, Points};
pub use shard::{Ready, Stopped, run};
pub use summary::{Summing, nothing};
