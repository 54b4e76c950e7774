//! `[[air_cover]]`: aircraft that watch over convoys.

use super::reader::Reader;
use crate::model::params::{AirCover, OnStation};
use crate::units::{Duration, TICKS_PER_SECOND};

/// Reads one orbit.
pub(super) fn read(r: &Reader<'_>) -> Option<AirCover> {
    let id = r.need("id", |i| i.text());
    let aircraft = r.need("aircraft", |i| i.whole());
    let endurance = r.need("endurance", |i| i.time_above_zero());
    let transit = r.or("transit", Duration::ZERO, |i| i.time());
    let ground = r.or("ground", Duration::ZERO, |i| i.time());
    let mission_capable = r.or("mission_capable", 1.0, |i| i.chance_of_success());
    let orbits = r.or("orbits", 1, |i| i.whole());
    let convoys_per_orbit = r.or("convoys_per_orbit", 1, |i| i.whole());
    let on_station = r.or("on_station", OnStation::OnDemand, |i| i.on_station());
    let (endurance, transit) = (endurance?, transit?);
    if endurance <= transit * 2 {
        let message = format!("{}.endurance leaves no time on station: out and back take {}", r.path, transit * 2);
        r.error_at(&["endurance"], message, "both transits are inside endurance");
        return None;
    }
    if endurance - transit * 2 < Duration::from_ticks(TICKS_PER_SECOND) {
        let message = format!("{}.endurance leaves less than 1 s on station", r.path);
        r.error_at(&["endurance"], message, "a relief would follow the other without end; check the unit");
        return None;
    }
    Some(AirCover {
        id: id?,
        aircraft: aircraft?,
        endurance,
        transit,
        ground: ground?,
        mission_capable: mission_capable?,
        orbits: orbits?,
        convoys_per_orbit: convoys_per_orbit?,
        on_station: on_station?,
    })
}
