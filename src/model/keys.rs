//! The addresses of random draws: one key for each purpose and entity of a scenario.
//!
//! A value is a function of (seed, purpose, entity, replication, number, occurrence) and of nothing else. `number` is the place of a
//! movement within its route, or the number of a vehicle within its fleet; `occurrence` counts within that. Adding a bus, an
//! escort, a route or a purpose therefore moves no other draw.

use super::params::{Mode, Params, PathPart};
use crate::random::StreamKey;

/// Keys of a route.
#[derive(Clone, Debug)]
pub struct RouteKeys {
    /// Buses wanted.
    pub size: StreamKey,
    /// One entry a path part: a leg's keys, or a crossing's as seen by this route.
    pub parts: Vec<PartKeys>,
    /// Search of people, by bus.
    pub search: StreamKey,
    /// Stepping aboard, by bus.
    pub aboard: StreamKey,
    /// Fitness, by bus.
    pub unfit: StreamKey,
    /// Time until a deferred person is back, by bus.
    pub unfit_back: StreamKey,
    /// Manifest, by bus.
    pub manifest: StreamKey,
    /// Getting off at a hub, by bus.
    pub arrival: StreamKey,
    /// Intake, by bus.
    pub intake: StreamKey,
    /// Empty trip of fixed time, by bus.
    pub return_time: StreamKey,
    /// Inspection, by bus.
    pub inspection: StreamKey,
    /// Hazard until the next incident.
    pub incident: StreamKey,
    /// How long an incident halts a convoy.
    pub incident_delay: StreamKey,
    /// Whether the convoy turns back.
    pub incident_turn: StreamKey,
    /// Flight out.
    pub flight: StreamKey,
    /// Flight back.
    pub flight_back: StreamKey,
    /// Onload.
    pub onload: StreamKey,
    /// Offload.
    pub offload: StreamKey,
}

/// Keys of one part of a path.
#[derive(Clone, Copy, Debug)]
pub struct PartKeys {
    /// Speed of the convoy on a leg; service of loaded buses at a crossing.
    pub out: StreamKey,
    /// Speed of a bus alone; service of empty buses.
    pub back: StreamKey,
    /// Speed of escorts on the way back; paperwork at a crossing.
    pub other: StreamKey,
}

/// Keys of a fleet of vehicles or aircraft.
#[derive(Clone, Copy, Debug)]
pub struct FleetKeys {
    /// Distance to the next breakdown, or whether an aircraft can fly.
    pub condition: StreamKey,
    /// Repair.
    pub repair: StreamKey,
}

/// Every key of a scenario.
#[derive(Clone, Debug)]
pub struct Keys {
    /// By route.
    pub routes: Vec<RouteKeys>,
    /// By bus fleet.
    pub buses: Vec<FleetKeys>,
    /// By escort pool.
    pub escorts: Vec<FleetKeys>,
    /// By air cover.
    pub air_cover: Vec<StreamKey>,
    /// By aircraft fleet.
    pub aircraft: Vec<FleetKeys>,
    /// By crossing: time to the next closure and its length.
    pub closures: Vec<(StreamKey, StreamKey)>,
    /// Weather slots, air and land.
    pub weather: (StreamKey, StreamKey),
    /// Rate of incidents.
    pub incident_rate: StreamKey,
}

impl Keys {
    /// The keys of a scenario under a root seed.
    ///
    /// # Panics
    ///
    /// If two keys agree, which for a given scenario and seed happens with a chance below 10⁻¹².
    #[must_use]
    pub fn new(params: &Params, seed: u64) -> Self {
        let mut made: Vec<u64> = Vec::new();
        let mut key = |purpose: &str, table: &str, entity: &str| {
            let key = StreamKey::new(seed, purpose, table, entity);
            made.push(key.bits());
            key
        };
        let routes = params
            .routes
            .iter()
            .map(|route| {
                let id = route.id.as_str();
                let parts = match &route.mode {
                    Mode::Air(_) => Vec::new(),
                    Mode::Land(land) => land
                        .path
                        .iter()
                        .map(|part| match part {
                            PathPart::Leg(leg) => {
                                let entity = format!("{id}/{}", leg.id);
                                PartKeys {
                                    out: key("speed", "leg", &entity),
                                    back: key("return speed", "leg", &entity),
                                    other: key("escort return speed", "leg", &entity),
                                }
                            }
                            PathPart::Crossing(crossing) => {
                                let entity = format!("{id}/{}", params.crossings[*crossing].id);
                                PartKeys {
                                    out: key("border service", "crossing", &entity),
                                    back: key("empty border service", "crossing", &entity),
                                    other: key("paperwork", "crossing", &entity),
                                }
                            }
                        })
                        .collect(),
                };
                RouteKeys {
                    parts,
                    size: key("buses per convoy", "route", id),
                    search: key("search", "route", id),
                    aboard: key("stepping aboard", "route", id),
                    unfit: key("unfit", "route", id),
                    unfit_back: key("unfit back after", "route", id),
                    manifest: key("manifest", "route", id),
                    arrival: key("arrival", "route", id),
                    intake: key("intake", "route", id),
                    return_time: key("return time", "route", id),
                    inspection: key("inspection", "route", id),
                    incident: key("incident", "route", id),
                    incident_delay: key("incident delay", "route", id),
                    incident_turn: key("incident turn back", "route", id),
                    flight: key("flight", "route", id),
                    flight_back: key("flight back", "route", id),
                    onload: key("onload", "route", id),
                    offload: key("offload", "route", id),
                }
            })
            .collect();
        let buses = params
            .buses
            .iter()
            .map(|f| FleetKeys { condition: key("breakdown", "buses", &f.id), repair: key("repair", "buses", &f.id) })
            .collect();
        let escorts = params
            .escorts
            .iter()
            .map(|f| FleetKeys { condition: key("breakdown", "escorts", &f.id), repair: key("repair", "escorts", &f.id) })
            .collect();
        let air_cover = params.air_cover.iter().map(|f| key("mission capable", "air_cover", &f.id)).collect();
        let aircraft = params
            .aircraft
            .iter()
            .map(|f| FleetKeys { condition: key("mission capable", "aircraft", &f.id), repair: key("repair", "aircraft", &f.id) })
            .collect();
        let closures =
            params.crossings.iter().map(|c| (key("closure", "crossing", &c.id), key("closure length", "crossing", &c.id))).collect();
        let weather = (key("weather", "weather", "air"), key("weather", "weather", "land"));
        let incident_rate = key("incident rate", "incidents", "");
        made.sort_unstable();
        assert!(made.windows(2).all(|pair| pair[0] != pair[1]), "two streams of this scenario share a key; use another seed");
        Self { routes, buses, escorts, air_cover, aircraft, closures, weather, incident_rate }
    }
}
