//! One integration binary: one module a subject.
mod architecture;
mod chart;
mod cli;
mod compared;
mod explain;
mod kernel;
mod model;
mod properties;
mod random;
mod readme;
mod scenario;
mod shipped;
mod stats;
