//! `[[aircraft]]`: a fleet of transport aircraft or helicopters.

use super::buses::load;
use super::reader::Reader;
use crate::model::params::{AircraftFleet, VaryingDuration};
use crate::units::Duration;

/// Reads one fleet.
pub(super) fn read(r: &Reader<'_>) -> Option<AircraftFleet> {
    let none = VaryingDuration::constant(Duration::ZERO);
    let id = r.need("id", |i| i.text());
    let count = r.need("count", |i| i.whole());
    let seats = r.need("seats", |i| i.whole());
    let load = load(r, seats);
    let onload = r.or("onload", none.clone(), |i| i.time_varies());
    let offload = r.or("offload", none.clone(), |i| i.time_varies());
    let mission_capable = r.or("mission_capable", 1.0, |i| i.chance_of_success());
    let repair = r.or("repair", none, |i| i.time_varies());
    let duty = r.open("duty", |i| i.time_above_zero());
    let rest = r.or("rest", Duration::ZERO, |i| i.time());
    let home = r.need("home", |i| i.id_of()).map(|(_, node)| node);
    Some(AircraftFleet {
        id: id?,
        count: count?,
        seats: seats?,
        load: load?,
        onload: onload?,
        offload: offload?,
        mission_capable: mission_capable?,
        repair: repair?,
        duty: duty?,
        rest: rest?,
        home: home?,
    })
}
