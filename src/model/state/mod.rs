//! The state of one replication, entity by entity: what there is at an instant, and no rule.
//!
//! Rules change it in the files of the stages (boarding, march, crossing and so on); [`Operation`](super::operation::Operation) holds it all.
//! What a replication writes down for its results is not here but in [`books`](super::books).

mod aircraft;
mod bus;
mod cover;
mod escort;
mod node;
mod route;
mod search_lanes;
mod station;

pub use aircraft::{AircraftState, AircraftUnit, Spot};
pub use bus::{BusUnit, FleetState};
pub use cover::CoverState;
pub use escort::{EscortState, EscortUnit};
pub use node::NodeState;
pub use route::RouteState;
pub use search_lanes::{SearchLanes, User};
pub use station::Station;
