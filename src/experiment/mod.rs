//! Many replications of one scenario: what is planned, how they run, what comes out.
//!
//! [`Plan`] says what of a scenario a run needs besides the model; [`runner`] maps replications over threads and hands the
//! outcomes on in the order of their numbers; [`until`] lets it go on until something is known precisely;
//! [`operation`] is the one place that knows both sides, scenario and model. [`compare`] runs several scenarios side by side, [`best`] until
//! one is selected.
//!
//! Nothing here prints or knows the wall clock; whoever wants progress gives a [`runner::Watch`].

pub mod best;
pub mod compare;
pub mod explain;
pub mod facts;
pub mod operation;
mod plan;
mod records;
pub mod responses;
pub mod runner;
mod setting;
pub mod sweep;
pub mod until;

pub use plan::{Plan, bound};
