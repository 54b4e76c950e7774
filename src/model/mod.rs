//! The operation model: what the simulator means.
//!
//! People wait at sites; routes carry them to hubs and on to receiving facilities, by road and by air; a run ends when the last
//! person is accepted. [`params`] is what a scenario hands over, [`Model`] what is prepared from it once, and
//! [`Model::replicate`] runs one replication and returns its [`Observations`].
//!
//! What there is at an instant is in `state`, one file per entity, and `operation.rs` holds it all; the other files are the rules, one
//! per stage of a movement's life. The model reads no text, knows no files, threads or pictures, and draws every random number by its
//! address (`keys.rs`).

mod air_cover;
mod arrival;
mod boarding;
mod books;
mod budget;
mod bus;
mod calling;
pub mod chain;
mod changes;
mod circle;
mod closing;
mod convoy;
mod course;
mod crossing;
mod detail;
mod dispatch;
mod draws;
mod ending;
mod environment;
mod escort;
pub mod exposure;
mod fitness;
mod flight;
mod free;
mod horizon;
mod identities;
mod incident;
mod keys;
mod lanes;
mod light;
mod march;
mod movement;
mod node;
mod observations;
mod observe;
mod operation;
mod outlook;
pub mod params;
mod places;
pub mod planning;
mod prepared;
mod residual;
mod room;
mod standing;
mod state;
mod surroundings;
mod usage;
mod waits;
mod watched;

pub use books::{Acceptance, Counts, Flow, Start, Whereabouts};
pub use budget::MAX_EVENTS;
pub use chain::{Cause, ChainPart, Via};
pub use detail::{Segment, TraceEntry};
pub use draws::Draw;
pub use ending::{Ending, Waiting};
pub use light::Daylight;
pub use movement::{Movement, Stage};
pub use observations::{Failure, FailureKind, Observations};
pub use observe::attribution;
pub use prepared::{Binding, Model, ReportedResource};
pub use residual::Residual;
pub use usage::Usage;
