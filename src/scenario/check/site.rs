//! `[[site]]`, with what sites and hubs share: boarding and airfield.

use super::reader::Reader;
use super::{Check, limits};
use crate::model::params::{Airfield, Boarding, Breakout, ClassCount, Node, NodeKind, Schedule, Searching, Site, Unfit, VaryingDuration};
use crate::scenario::document::{Kind, Value};
use crate::scenario::quantity;
use crate::units::Duration;

/// The class of people of whom only the number is known.
const GENERAL: &str = "general";

/// Every class of people, in file order.
pub(super) fn classes(check: &Check<'_>) -> Vec<String> {
    let mut classes: Vec<String> = Vec::new();
    let mut add = |class: &str| {
        if !classes.iter().any(|known| known == class) {
            classes.push(class.to_owned());
        }
    };
    for site in check.tables("site").iter().filter_map(Value::as_table) {
        match site.get("detainees").map(|value| &value.kind) {
            Some(Kind::Table(table)) if table.is_one_value() => match table.get("value").map(|value| &value.kind) {
                Some(Kind::Table(inner)) => inner.entries.iter().for_each(|entry| add(&entry.key)),
                _ => add(GENERAL),
            },
            Some(Kind::Table(table)) => {
                let about = ["source", "note"];
                table.entries.iter().filter(|entry| !about.contains(&entry.key.as_str())).for_each(|entry| add(&entry.key));
            }
            Some(_) => add(GENERAL),
            None => {}
        }
    }
    classes
}

/// Reads one site.
pub(super) fn read(r: &Reader<'_>) -> Option<Node> {
    let id = r.need("id", |i| i.text());
    let label = r.quietly("label", id.clone().unwrap_or_default(), |i| i.text());
    let detainees = r.need("detainees", |i| {
        let check = i.check;
        let position = |class: &str| check.classes.iter().position(|known| known == class);
        let Kind::Table(table) = &i.value.kind else {
            let people = i.whole()?;
            return Some(vec![ClassCount { class: position(GENERAL)?, people }]);
        };
        if table.is_one_value() {
            return i.wrong(i.value, "must be a number of people that does not vary", "write 480 or { general = 400, separate = 80 }");
        }
        let mut counts = Vec::new();
        for entry in table.entries.iter().filter(|entry| entry.key != "source" && entry.key != "note") {
            let people = i.whole_of(&entry.value, 0)?;
            if let Some(wrong) = limits::too_long(&entry.key) {
                i.check.book.error(entry.key_span, format!("the class of these people {wrong}"), limits::SHORTER);
                return None;
            }
            counts.push(ClassCount { class: position(&entry.key)?, people });
        }
        if counts.is_empty() {
            return i.wrong(i.value, "names no class", "write a number, or { general = 400, separate = 80 }");
        }
        i.noted(Some(counts))
    });
    let hours = r.or("hours", Schedule::Always, |i| i.hours());
    let boarding = boarding(r);
    let unfit = r.open("unfit", |i| {
        let r = i.table()?;
        let share = r.need("share", |i| i.share_that_fails());
        let back_after = r.need("back_after", |i| i.time_varies());
        Some(Unfit { share: share?, back_after: back_after? })
    });
    let breakout = r.open("breakout", |i| {
        let r = i.table()?;
        let hazard = r.need("hazard", |i| {
            let rate = i.quantity(i.value, "a rate", "0.0003 /site-day", quantity::rate_per_hour);
            i.noted(rate)
        });
        let fraction = r.need("fraction", |i| {
            // Expectations alone are reported, and they hang on nothing but the mean.
            if i.is_distribution() {
                i.wrong(i.value, "must be one share that does not vary", "write its mean")
            } else {
                i.share(false, false)
            }
        });
        Some(Breakout { hazard_per_day: hazard? * 24.0, fraction: fraction? })
    });
    let parking = r.quietly("parking", 0, |i| i.whole());
    let airfield = airfield(r);
    let site = Site {
        detainees: detainees?.into_iter().filter(|count| count.people > 0).collect(),
        hours: hours?,
        boarding: boarding?,
        unfit: unfit?,
        breakout: breakout?,
        parking: parking?,
        airfield: airfield?,
    };
    Some(Node { id: id?, label: label?, kind: NodeKind::Site(site) })
}

/// `boarding` of a site or hub.
pub(super) fn boarding(r: &Reader<'_>) -> Option<Boarding> {
    r.need("boarding", |i| {
        let r = i.table()?;
        let bays = r.need("bays", |i| i.whole());
        let manifest = r.or("manifest", VaryingDuration::constant(Duration::ZERO), |i| i.time_varies());
        let at_the_bay = ["lanes_per_bay", "per_person"];
        let shared = ["lanes", "search", "aboard"];
        let [bay_keys, shared_keys] = [&at_the_bay[..], &shared[..]].map(|keys| keys.iter().filter(|key| r.has(key)).count());
        let both = "give lanes_per_bay and per_person (search and boarding in one), or lanes, search and aboard";
        if bay_keys > 0 && shared_keys > 0 {
            let key = if r.has("per_person") { "per_person" } else { "lanes_per_bay" };
            r.error_at(&[key], format!("{} mixes two ways of searching", r.path), both);
            return None;
        }
        if bay_keys + shared_keys == 0 {
            r.error_at(&[], format!("{} says nothing about searching", r.path), both);
            return None;
        }
        let searching = if shared_keys > 0 {
            shared.iter().filter(|key| !r.has(key)).for_each(|key| r.missing(key));
            let lanes = r.need("lanes", |i| i.whole());
            let search = r.need("search", |i| i.time_varies());
            let aboard = r.need("aboard", |i| i.time_varies());
            Searching::SharedLanes { lanes: lanes?, search: search?, aboard: aboard? }
        } else {
            if !r.has("per_person") {
                r.missing("per_person");
            }
            let lanes_per_bay = r.quietly("lanes_per_bay", 1, |i| i.whole());
            let per_person = r.need("per_person", |i| i.time_varies());
            Searching::AtTheBay { lanes_per_bay: lanes_per_bay?, per_person: per_person? }
        };
        Some(Boarding { bays: bays?, searching, manifest: manifest? })
    })
}

/// `airfield` of any node.
pub(super) fn airfield(r: &Reader<'_>) -> Option<Airfield> {
    r.quietly("airfield", Airfield::default(), |i| {
        let r = i.table()?;
        let transfer = r.or("transfer", Duration::ZERO, |i| i.time());
        let buses = r.open("buses", |i| i.whole());
        Some(Airfield { transfer: transfer?, buses: buses? })
    })
}
