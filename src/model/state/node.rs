//! A site, hub or facility during a replication: who waits there, and the places that are free or taken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::super::Model;
use super::super::chain::{Cause, Since};
use super::super::params::{NodeKind, Route};
use super::super::places::{People, Places, Waiting};
use super::super::watched::{Asks, Routes, Sight, Watched};
use super::{SearchLanes, Spot, Station};
use crate::kernel::{Signal, Sim, TimeIntegral};
use crate::units::{Duration, SimTime};

/// A site, hub or facility as it is now.
pub struct NodeState<'s> {
    /// People waiting, by class.
    pub waiting: Watched<Vec<Waiting>>,
    /// People deferred as unfit.
    pub deferred: Cell<u32>,
    /// Holding places or beds.
    pub places: Watched<Places>,
    /// Places in all.
    pub level: Cell<u32>,
    /// Places there are, or taken where those are more, over time.
    pub level_over_time: RefCell<TimeIntegral>,
    /// Places taken, over time.
    pub taken_over_time: RefCell<TimeIntegral>,
    /// People inside the wall, over time.
    pub present_over_time: RefCell<TimeIntegral>,
    /// 1 while anybody is inside the wall, else 0.
    pub anybody_over_time: RefCell<TimeIntegral>,
    /// Boarding bays.
    pub boarding: Station<'s>,
    /// Search lanes that the bays share.
    pub lanes: RefCell<SearchLanes>,
    /// Intake bays.
    pub intake: Station<'s>,
    /// Places in the yard, where it has a limit.
    pub yard: Station<'s>,
    /// Fires when the yard loses its last place.
    pub yard_gone: Signal<'s>,
    /// Aircraft parking.
    pub parking: Station<'s>,
    /// Loads between perimeter and aircraft.
    pub transfer: Station<'s>,
    /// Parking as planned.
    pub spots: RefCell<Vec<Spot>>,
    /// Why it is shut, if it is.
    pub shut: Cell<Option<Cause>>,
}

impl<'s> NodeState<'s> {
    /// A node as it is at the start.
    pub fn new(sim: &'s Sim<'s>, model: &Model, node: usize, asks: &Rc<Asks>) -> Self {
        let params = &model.params;
        let (mut boarding, mut bays, mut yard) = (None, 0, 0);
        let (parking, airfield);
        let mut waiting = vec![Waiting::default(); params.classes.len()];
        let mut level = 0;
        let mut present = 0;
        match &params.nodes[node].kind {
            NodeKind::Site(site) => {
                boarding = Some(&site.boarding);
                for group in &site.detainees {
                    waiting[group.class]
                        .join(People { count: group.people, called: None, exposed_for: Duration::ZERO, over_limit: false }, Since::START);
                    present += u64::from(group.people);
                }
                (parking, airfield) = (site.parking, site.airfield);
            }
            NodeKind::Hub(hub) => {
                boarding = Some(&hub.boarding);
                level = hub.holding;
                (parking, airfield) = (hub.parking, hub.airfield);
            }
            NodeKind::Facility(facility) => {
                bays = facility.intake.bays;
                yard = facility.yard.unwrap_or(0);
                level = u32::try_from(model.beds_at(node, SimTime::ZERO)).unwrap_or(u32::MAX);
                (parking, airfield) = (facility.parking, facility.airfield);
            }
        }
        let routes = |belongs: &dyn Fn(&Route) -> bool| Routes::of(params.routes.len(), |r| belongs(&params.routes[r]));
        Self {
            waiting: Watched::new(waiting, Sight::People, routes(&|route| route.from == node), asks),
            deferred: Cell::new(0),
            places: Watched::new(Places::new(level), Sight::Means, routes(&|route| route.to == node), asks),
            level: Cell::new(level),
            level_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, u64::from(level))),
            taken_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, 0)),
            present_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, present)),
            anybody_over_time: RefCell::new(TimeIntegral::new(SimTime::ZERO, u64::from(present > 0))),
            boarding: Station::new(sim, boarding.map_or(0, |b| b.bays)),
            lanes: RefCell::new(SearchLanes::shared(boarding)),
            intake: Station::new(sim, bays),
            yard: Station::new(sim, yard),
            yard_gone: Signal::new(sim),
            parking: Station::new(sim, parking),
            transfer: Station::new(sim, airfield.buses.unwrap_or(0)),
            spots: RefCell::new(vec![Spot { planned_free: SimTime::ZERO, held: 0 }; parking as usize]),
            shut: Cell::new(None),
        }
    }
}
