//! Sweeps as files: parts of the work in a form of our own, merged tables as CSV and Parquet, the plan and the manifest as JSON.

mod answer;
mod pareto;
pub mod parquet;
pub mod part;
mod plan;
mod tables;

pub use answer::{SWEEP_SCHEMA, answer};
pub use pareto::pareto;
pub use plan::{MANIFEST_SCHEMA, PLAN_SCHEMA, SweepPlan, manifest};
pub use tables::{Failures, Points, Replications, design, point_columns, replication_columns};
