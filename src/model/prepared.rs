//! A model prepared once from its parameters: addresses, light, plans, and the list of resources that reports name.

use std::sync::Arc;

use super::bus::{planned_driving, planned_march};
use super::chain::{Cause, Via};
use super::environment::planned_leads;
use super::horizon;
use super::keys::Keys;
use super::light::LightTable;
use super::params::{CalendarEffect, CalendarTarget, Mode, NodeKind, Params, Schedule};
use super::room::Room;
use crate::units::{Duration, SimTime};

/// Everything about a scenario that replications share.
#[derive(Clone, Debug)]
pub struct Model {
    /// The parameters.
    pub params: Params,
    /// Addresses of draws.
    pub(super) keys: Keys,
    /// Light.
    pub(super) light: LightTable,
    /// Intervals from sunset to sunrise.
    pub(super) nights: Vec<(SimTime, SimTime)>,
    /// By route: crossings and the planned time to them.
    pub(super) leads: Vec<Vec<(usize, Duration)>>,
    /// By route: planned driving time of one way.
    pub(super) driving: Vec<Duration>,
    /// By fleet: longest planned driving between two rests at home.
    pub(super) longest_trip: Vec<Duration>,
    /// By node: whether hours or the calendar ever shut it.
    pub(super) may_shut: Vec<bool>,
    /// By route: from when on no movement can start any more.
    pub(super) last_starts: Vec<SimTime>,
    /// By route: from when on each movement is planned before it forms, as it might come too late to start.
    pub(super) careful_from: Vec<SimTime>,
    /// People at all sites at the start.
    pub(super) people: u32,
    /// What reports name as resources.
    resources: Vec<ReportedResource>,
    /// Room that replications need.
    pub(super) room: Arc<Room>,
    /// Whether dispatchers check what they remember.
    pub(super) asks_anew: bool,
}

/// A resource that reports name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedResource {
    /// Name in columns.
    pub name: String,
    /// What it is, for sentences.
    pub label: String,
    /// Units at the start; 0 for outside causes.
    pub units: u32,
    /// What of the active chain is laid to it.
    pub binding: Binding,
}

/// What a piece of the active chain is laid to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// A resource that handed over.
    Resource(Via),
    /// An outside cause.
    Outside(Cause),
}

impl Model {
    /// Prepares a model under a root seed.
    #[must_use]
    pub fn new(mut params: Params, seed: u64) -> Self {
        horizon::beyond_is_never(&mut params);
        let keys = Keys::new(&params, seed);
        let light = LightTable::new(&params.light, params.start, params.horizon);
        let nights = light.nights();
        let leads = params.routes.iter().map(planned_leads).collect();
        let driving: Vec<Duration> = params
            .routes
            .iter()
            .map(|r| match &r.mode {
                Mode::Land(land) => planned_driving(land),
                Mode::Air(_) => Duration::ZERO,
            })
            .collect();
        let longest_trip = (0..params.buses.len())
            .map(|fleet| {
                let trips = params.routes.iter().zip(&driving).filter_map(|(r, driving)| match &r.mode {
                    // A bus based at the destination drives out and back before it is home again.
                    Mode::Land(land) if land.fleet == fleet => {
                        let ways = if params.buses[fleet].home == r.to { 2 } else { 1 };
                        Some(*driving * ways)
                    }
                    _ => None,
                });
                trips.max().unwrap_or(Duration::ZERO)
            })
            .collect();
        let people = params
            .nodes
            .iter()
            .map(|n| match &n.kind {
                NodeKind::Site(site) => site.detainees.iter().map(|d| d.people).sum(),
                _ => 0,
            })
            .sum();
        let may_shut = (0..params.nodes.len()).map(|n| may_shut(&params, n)).collect();
        let resources = resources(&params);
        let mut model = Self {
            params,
            keys,
            light,
            nights,
            leads,
            driving,
            longest_trip,
            may_shut,
            last_starts: Vec::new(),
            careful_from: Vec::new(),
            people,
            resources,
            room: Arc::default(),
            asks_anew: false,
        };
        model.last_starts = horizon::last_starts(&model);
        model.careful_from = (0..model.params.routes.len())
            .map(|route| {
                let last = model.last_starts[route].min(SimTime::ZERO + model.params.horizon);
                last.saturating_sub(horizon::careful_before(&model, route))
            })
            .collect();
        model
    }

    /// People at all sites at the start.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.people
    }

    /// Every stretch of the same light from the start to the horizon, half-open, without gaps.
    pub fn light_stretches(&self) -> impl Iterator<Item = (SimTime, SimTime, super::light::Daylight)> + '_ {
        self.light.stretches(SimTime::ZERO + self.params.horizon)
    }

    /// The light at an instant.
    #[must_use]
    pub fn light_at(&self, t: SimTime) -> super::light::Daylight {
        self.light.at(t).0
    }

    /// Resources and outside causes that reports name, in their order.
    #[must_use]
    pub fn resources(&self) -> &[ReportedResource] {
        &self.resources
    }

    /// The resource behind a hand-over, if there was one.
    #[must_use]
    pub fn resource_of(&self, via: Via) -> Option<&ReportedResource> {
        self.resources.iter().find(|resource| via != Via::None && resource.binding == Binding::Resource(via))
    }

    /// Planned time of a route from start to destination: march and border by means.
    #[must_use]
    pub fn planned_time(&self, route: usize) -> Duration {
        match &self.params.routes[route].mode {
            Mode::Land(land) => planned_march(land),
            Mode::Air(air) => air.flight.mean(),
        }
    }
}

/// Whether hours or the calendar ever shut a node.
fn may_shut(params: &Params, node: usize) -> bool {
    let hours = match &params.nodes[node].kind {
        NodeKind::Site(site) => &site.hours,
        NodeKind::Hub(hub) => &hub.hours,
        NodeKind::Facility(facility) => &facility.intake.hours,
    };
    let target = CalendarTarget::Node(node);
    !matches!(hours, Schedule::Always)
        || params.calendar.iter().any(|e| matches!(e.effect, CalendarEffect::Closed) && e.applies_to.contains(&target))
}

/// Outside causes, and what they are in sentences.
const OUTSIDE: [(Cause, &str); 11] = [
    (Cause::Formation, "forming (larger movements, people still to come)"),
    (Cause::Unfit, "people unfit to travel, until they are back"),
    (Cause::Window, "departure windows"),
    (Cause::Timetable, "timetables"),
    (Cause::Headway, "headway"),
    (Cause::OnRoadLimit, "the limit on the road"),
    (Cause::Cover, "waiting for air cover"),
    (Cause::Calendar, "calendar entries"),
    (Cause::Weather, "weather"),
    (Cause::Closure, "closed places"),
    (Cause::Beds, "beds not there yet"),
];

/// Every resource of a scenario, then the outside causes. Each name stands once: a resource that is called like another one, or like an
/// outside cause, has its table before its name.
fn resources(params: &Params) -> Vec<ReportedResource> {
    let mut list: Vec<ReportedResource> = Vec::new();
    let mut add = |table: &str, name: String, label: String, units: u32, via: Via| {
        let taken = list.iter().any(|r| r.name == name) || OUTSIDE.iter().any(|(cause, _)| cause.name() == name);
        let name = if taken { format!("{table}.{name}") } else { name };
        list.push(ReportedResource { name, label, units, binding: Binding::Resource(via) });
    };
    for (n, f) in params.buses.iter().enumerate() {
        add("buses", f.id.clone(), format!("buses {}", f.id), f.count, Via::Bus(n as u16));
    }
    for (n, f) in params.escorts.iter().enumerate() {
        add("escorts", f.id.clone(), format!("escorts {}", f.id), f.count, Via::Escort(n as u16));
    }
    for (n, f) in params.air_cover.iter().enumerate() {
        add("air_cover", f.id.clone(), format!("air cover {}", f.id), f.aircraft, Via::Cover(n as u16));
    }
    for (n, f) in params.aircraft.iter().enumerate() {
        add("aircraft", f.id.clone(), format!("aircraft {}", f.id), f.count, Via::Aircraft(n as u16));
    }
    for (n, c) in params.crossings.iter().enumerate() {
        add("crossing", c.id.clone(), format!("{} lanes", c.label), c.lanes, Via::Lane(n as u16));
    }
    for (n, node) in params.nodes.iter().enumerate() {
        let (id, label, n) = (&node.id, &node.label, n as u16);
        let parking = match &node.kind {
            NodeKind::Site(site) => {
                add("site", format!("{id}.boarding"), format!("{label} boarding"), site.boarding.bays, Via::Boarding(n));
                site.parking
            }
            NodeKind::Hub(hub) => {
                add("hub", format!("{id}.boarding"), format!("{label} boarding"), hub.boarding.bays, Via::Boarding(n));
                add("hub", format!("{id}.holding"), format!("{label} places"), hub.holding, Via::Place(n));
                hub.parking
            }
            NodeKind::Facility(facility) => {
                add("facility", format!("{id}.intake"), format!("{label} intake"), facility.intake.bays, Via::Bay(n));
                add("facility", format!("{id}.beds"), format!("{label} beds"), facility.beds.start, Via::Place(n));
                facility.parking
            }
        };
        if parking > 0 {
            add("node", format!("{id}.parking"), format!("{label} parking"), parking, Via::Parking(n));
        }
    }
    for (cause, label) in OUTSIDE {
        list.push(ReportedResource { name: cause.name().to_owned(), label: label.to_owned(), units: 0, binding: Binding::Outside(cause) });
    }
    list
}
