//! Whether anything in a plan varies from run to run.

use crate::model::params::{LandRoute, Mode, NodeKind, Params, PathPart, ReturnTrip, TwoState, VaryingDuration};

/// Whether every run of a plan is the same: all times and sizes fixed, and nothing that comes by chance.
pub fn without_chance(params: &Params) -> bool {
    let nodes = params.nodes.iter().all(|node| match &node.kind {
        NodeKind::Site(site) => boards(&site.boarding) && site.unfit.as_ref().is_none_or(|unfit| unfit.share == 0.0),
        NodeKind::Hub(hub) => boards(&hub.boarding) && fixed(&hub.arrival_per_person),
        NodeKind::Facility(facility) => fixed(&facility.intake.per_person),
    });
    let crossings = params.crossings.iter().all(|crossing| {
        crossing.closure.is_none() && fixed(&crossing.service) && fixed(&crossing.service_empty) && fixed(&crossing.paperwork)
    });
    let fleets = params.buses.iter().all(|fleet| fleet.breakdown.is_none() && fixed(&fleet.inspection))
        && params.escorts.iter().all(|pool| pool.breakdown.is_none())
        && params.air_cover.iter().all(|cover| cover.mission_capable >= 1.0)
        && params.aircraft.iter().all(|fleet| fleet.mission_capable >= 1.0 && fixed(&fleet.onload) && fixed(&fleet.offload));
    let routes = params.routes.iter().all(|route| match &route.mode {
        Mode::Land(land) => land_is_fixed(land),
        Mode::Air(air) => fixed(&air.flight),
    });
    let never = |weather: Option<TwoState>| weather.is_none_or(|weather| weather.bad_share == 0.0);
    nodes && crossings && fleets && routes && never(params.weather.air) && never(params.weather.land) && params.incidents.is_none()
}

fn fixed(time: &VaryingDuration) -> bool {
    time.fixed().is_some()
}

fn boards(boarding: &crate::model::params::Boarding) -> bool {
    let (search, aboard) = boarding.searching.times();
    fixed(search) && aboard.is_none_or(fixed) && fixed(&boarding.manifest)
}

fn land_is_fixed(land: &LandRoute) -> bool {
    let legs = land.path.iter().all(|part| match part {
        PathPart::Leg(leg) => leg.speed.distribution().0.is_constant().is_some(),
        PathPart::Crossing(_) => true,
    });
    let back = match &land.return_trip {
        ReturnTrip::Time(time) => fixed(time),
        ReturnTrip::Speed(speed) => speed.0.is_constant().is_some(),
        ReturnTrip::AsTheLegs => true,
    };
    legs && back && land.per_convoy.is_constant().is_some()
}
