//! What a route needs on its way and what the calendar can take away for good: bays, lanes, places.

use crate::model::params::{LevelTarget, Mode, NodeKind, Params, PathPart};
use crate::scenario::ceiling::gone_from;
use crate::units::SimTime;

/// What is gone, and from when on.
pub(super) struct Gone {
    pub(super) from: SimTime,
    /// `boarding bays at "camp"`.
    pub(super) what: String,
}

/// The first of what a route cannot do without that is gone up to the horizon.
pub(super) fn gone(params: &Params, at: usize) -> Option<Gone> {
    let route = &params.routes[at];
    let name = |node: usize| &params.nodes[node].id;
    let mut needs: Vec<(LevelTarget, u32, String)> = Vec::new();
    if let Mode::Land(land) = &route.mode {
        match &params.nodes[route.from].kind {
            NodeKind::Site(site) => needs.push(boarding(route.from, site.boarding.bays, name(route.from))),
            NodeKind::Hub(hub) => needs.push(boarding(route.from, hub.boarding.bays, name(route.from))),
            NodeKind::Facility(_) => {}
        }
        for part in &land.path {
            if let PathPart::Crossing(crossing) = part {
                let spec = &params.crossings[*crossing];
                needs.push((LevelTarget::Lanes(*crossing), spec.lanes, format!("lanes of {:?}", spec.id)));
            }
        }
    }
    match &params.nodes[route.to].kind {
        NodeKind::Hub(hub) => needs.push((LevelTarget::Holding(route.to), hub.holding, format!("places at {:?}", name(route.to)))),
        NodeKind::Facility(facility) => {
            needs.push((LevelTarget::IntakeBays(route.to), facility.intake.bays, format!("intake bays at {:?}", name(route.to))));
        }
        NodeKind::Site(_) => {}
    }
    let gone = needs.into_iter().filter_map(|(level, own, what)| Some(Gone { from: gone_from(params, level, own)?, what }));
    gone.min_by_key(|one| one.from)
}

fn boarding(node: usize, bays: u32, name: &str) -> (LevelTarget, u32, String) {
    (LevelTarget::BoardingBays(node), bays, format!("boarding bays at {name:?}"))
}
