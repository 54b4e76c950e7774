//! Text to a checked [`Scenario`], or to all its problems at once.

mod scenario_type;

pub use scenario_type::{Assumption, Bound, Info, Objective, Observation, Scenario, TooSmall};
