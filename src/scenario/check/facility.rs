//! `[[facility]]`: where people are accepted.

use super::reader::Reader;
use super::site::airfield;
use crate::model::params::{BedLevel, Facility, Intake, Node, NodeKind, Schedule};
use crate::scenario::document::Kind;
use crate::units::{Duration, SimTime};

/// Reads one facility.
pub(super) fn read(r: &Reader<'_>) -> Option<Node> {
    let id = r.need("id", |i| i.text());
    let label = r.quietly("label", id.clone().unwrap_or_default(), |i| i.text());
    let beds = r.need("beds", |i| {
        if !matches!(i.value.kind, Kind::Table(_)) {
            let start = i.whole()?;
            return Some(BedLevel { start, per_day: 0, from: SimTime::ZERO, up_to: start });
        }
        let r = i.table()?;
        let start = r.need("start", |i| i.whole());
        let per_day = r.or("per_day", 0, |i| i.whole());
        let from = r.quietly("from", SimTime::ZERO, |i| i.instant(false).map(|instant| instant.at));
        let up_to = r.open("up_to", |i| i.whole());
        let (start, per_day, from, up_to) = (start?, per_day?, from?, up_to?);
        if let Some(most) = up_to.filter(|most| *most < start) {
            r.error_at(&["up_to"], format!("{}.up_to is {most}, but {start} beds are there at the start", r.path), "");
            return None;
        }
        let growing = i.check.horizon?.saturating_sub(from.elapsed()).ticks() / Duration::from_days(1).ticks();
        let unlimited = u64::from(start) + u64::from(per_day) * growing;
        let up_to = up_to.unwrap_or(u32::try_from(unlimited).unwrap_or(u32::MAX));
        Some(BedLevel { start, per_day, from, up_to })
    });
    let intake = r.need("intake", |i| {
        let r = i.table()?;
        let bays = r.need("bays", |i| i.whole());
        let lanes_per_bay = r.or("lanes_per_bay", 1, |i| i.whole());
        let per_person = r.need("per_person", |i| i.time_varies());
        let hours = r.or("hours", Schedule::Always, |i| i.hours());
        Some(Intake { bays: bays?, lanes_per_bay: lanes_per_bay?, per_person: per_person?, hours: hours? })
    });
    let yard = r.or("yard", None, |i| i.whole().map(Some));
    let parking = r.quietly("parking", 0, |i| i.whole());
    let airfield = airfield(r);
    let all = (0..r.check.classes.len()).collect();
    let accepts = r.or("accepts", all, |i| i.check.class_list(i));
    let facility = Facility { beds: beds?, intake: intake?, yard: yard?, parking: parking?, airfield: airfield?, accepts: accepts? };
    Some(Node { id: id?, label: label?, kind: NodeKind::Facility(facility) })
}
