//! `[[buses]]`: a fleet of buses, with what vehicles share: load and breakdown.

use super::reader::Reader;
use crate::model::params::{Breakdown, BusFleet, DriverBreak, DriverRule, VaryingDuration};
use crate::scenario::quantity::Decimal;
use crate::units::Duration;

/// Reads one fleet.
pub(super) fn read(r: &Reader<'_>) -> Option<BusFleet> {
    let id = r.need("id", |i| i.text());
    let count = r.need("count", |i| i.whole());
    let seats = r.need("seats", |i| i.whole());
    let load = load(r, seats);
    let home = r.need("home", |i| i.id_of()).map(|(_, node)| node);
    let breakdown = breakdown(r);
    let inspection = r.or("inspection", VaryingDuration::constant(Duration::ZERO), |i| i.time_varies());
    let driver = r.open("driver", |i| driver(&i.table()?));
    Some(BusFleet {
        id: id?,
        count: count?,
        seats: seats?,
        load: load?,
        home: home?,
        breakdown: breakdown?,
        inspection: inspection?,
        driver: driver?,
    })
}

/// `floor(seats × fill)` on the decimals as written; at least 1.
pub(super) fn load(r: &Reader<'_>, seats: Option<u32>) -> Option<u32> {
    let one = Decimal::read("1").expect("one is a number");
    let fill = r.or("fill", one, |i| {
        i.share(true, false)?;
        i.decimal().or_else(|| i.wrong(i.value, "has too many digits", ""))
    });
    let (fill, seats) = (fill?, seats?);
    let load = fill.times_floor(u64::from(seats)).and_then(|load| u32::try_from(load).ok()).unwrap_or(0);
    if load == 0 {
        r.error_at(&["fill"], format!("{}.fill leaves no seat of {seats} to anybody", r.path), "a vehicle carries floor(seats x fill)");
        return None;
    }
    Some(load)
}

/// `breakdown` of buses or escorts.
#[expect(clippy::option_option, reason = "wrong, absent and given are three things")]
pub(super) fn breakdown(r: &Reader<'_>) -> Option<Option<Breakdown>> {
    r.open("breakdown", |i| {
        let r = i.table()?;
        let mean_distance = r.need("mean_distance", |i| i.mean_distance());
        let repair = r.need("repair", |i| i.time_varies());
        Some(Breakdown { mean_distance: mean_distance?, repair: repair? })
    })
}

fn driver(r: &Reader<'_>) -> Option<DriverRule> {
    let max_driving = r.need("max_driving", |i| i.interval());
    let pause = r.open("break", |i| {
        let r = i.table()?;
        let after = r.need("after", |i| i.interval());
        let length = r.need("length", |i| i.time());
        Some(DriverBreak { after: after?, length: length? })
    });
    let rest = r.need("rest", |i| i.time());
    let crews = r.or("crews", 1, |i| {
        let crews = i.whole()?;
        if crews > 2 { i.wrong(i.value, "a bus has one crew or two", "") } else { Some(crews) }
    });
    Some(DriverRule { max_driving: max_driving?, pause: pause?, rest: rest?, crews: crews? })
}
