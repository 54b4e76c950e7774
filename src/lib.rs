//! convoysim: a discrete-event simulator of convoy logistics.
//!
//! The layers know only those below them (a test holds the rule):
//!
//! ```text
//! units ← kernel, random, stats ← model ← scenario ← experiment ← cli
//! results ← experiment, report          report ← cli
//! ```
#![forbid(unsafe_code)]

pub mod cli;
pub mod experiment;
pub mod kernel;
pub mod model;
pub mod random;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
pub mod units;
