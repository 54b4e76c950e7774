//! What a dispatcher knows of its route.

use std::collections::VecDeque;

use super::super::chain::Since;
use super::super::movement::MovementId;
use crate::units::SimTime;

/// What a dispatcher knows of its route.
#[derive(Debug)]
pub struct RouteState {
    /// Movements formed.
    pub formed: u32,
    /// Wanted size of the next convoy, once drawn.
    pub want: Option<u32>,
    /// Since when it has been able to form with the least.
    pub able_since: Option<SimTime>,
    /// The movement that it formed last: who has waited longest is asked first.
    pub last_formed: Option<MovementId>,
    /// Movements between start and the last vehicle inside.
    pub on_road: u32,
    /// When a movement last left the road.
    pub off_road: Since,
    /// The last start.
    pub last_start: Option<SimTime>,
    /// Loaded movements in the order in which they were loaded.
    pub loaded: VecDeque<MovementId>,
    /// Movements formed whose people are not yet all accepted or off.
    pub committed: u32,
}

impl RouteState {
    /// A route on which nothing has moved.
    #[must_use]
    pub fn new() -> Self {
        Self {
            formed: 0,
            want: None,
            able_since: None,
            last_formed: None,
            on_road: 0,
            off_road: Since::START,
            last_start: None,
            loaded: VecDeque::new(),
            committed: 0,
        }
    }
}
