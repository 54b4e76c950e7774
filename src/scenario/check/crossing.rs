//! `[[crossing]]`: a border crossing.

use super::reader::Reader;
use crate::model::params::{Crossing, RandomClosure, Schedule, VaryingDuration};
use crate::units::Duration;

/// Reads one crossing.
pub(super) fn read(r: &Reader<'_>) -> Option<Crossing> {
    let id = r.need("id", |i| i.text());
    let label = r.quietly("label", id.clone().unwrap_or_default(), |i| i.text());
    let lanes = r.need("lanes", |i| i.whole());
    let service = r.need("service", |i| i.time_varies());
    let service_empty = r.or("service_empty", service.clone(), |i| i.time_varies().map(Some));
    let paperwork = r.or("paperwork", VaryingDuration::constant(Duration::ZERO), |i| i.time_varies());
    let hours = r.or("hours", Schedule::Always, |i| i.hours());
    let closure = r.open("closure", |i| {
        let r = i.table()?;
        let every = r.need("every", |i| i.interval_varies());
        let length = r.need("length", |i| i.time_varies());
        let (every, length) = (every?, length?);
        i.closures(every.mean() + length.mean())?;
        Some(RandomClosure { every, length })
    });
    let secured = r.or("secured", false, |i| i.flag());
    Some(Crossing {
        id: id?,
        label: label?,
        lanes: lanes?,
        service: service?,
        service_empty: service_empty??,
        paperwork: paperwork?,
        hours: hours?,
        closure: closure?,
        secured: secured?,
    })
}
