//! Charts of one replication: what single movements did, hour by hour.
//!
//! The replication is chosen by its rank of completion, never by hand, and every chart says so: one run is an example, not a forecast and
//! not a schedule. Nights belong together, so a day here is an operating day from noon to noon; day 3 begins at noon of local day 3.
//!
//! * [`replication`]: the run, its operating days, the words for both
//! * [`movement`]: movements as stretches of one class of exposure
//! * [`clock`]: the axis of local time with nights behind it; [`legend`]: the strip of classes
//! * [`swimlane`]: movements of one operating day, a lane each
//! * [`time_distance`]: convoys of one route on one day, over its [`distance`], each a [`line`]
//! * [`exposure_calendar`]: all [`days`] by clock hour

mod clock;
mod days;
mod distance;
pub(super) mod exposure_calendar;
mod legend;
mod line;
mod movement;
mod replication;
pub(super) mod swimlane;
pub(super) mod time_distance;

pub(in crate::report) use movement::{Class, Movement, movements};
