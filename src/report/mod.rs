//! Tables to text and back: CSV and JSON for programs, the summary for people.
//!
//! Every function here takes result tables and gives text back, or writes it where it is told; none opens a file, none knows the
//! model. Numbers in files have a point and no separators, in the shortest form that reads back to the same number; what is
//! unknown is an empty cell in CSV and `null` in JSON.

pub mod briefing;
pub mod chart;
pub mod csv;
mod difference;
pub mod files;
pub mod first_difference;
pub mod json;
mod outcomes;
pub mod provenance;
pub mod read;
mod released;
mod sensitivity;
pub mod shell;
pub mod style;
pub mod sweep;
pub mod terminal;
pub mod trace_events;
pub mod visible;
mod words;

pub use words::wrapped;
