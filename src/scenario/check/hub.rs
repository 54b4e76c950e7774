//! `[[hub]]`: an intermediate custody site.

use super::reader::Reader;
use super::site::{airfield, boarding};
use crate::model::params::{Hub, Node, NodeKind, Schedule};

/// Reads one hub.
pub(super) fn read(r: &Reader<'_>) -> Option<Node> {
    let id = r.need("id", |i| i.text());
    let label = r.quietly("label", id.clone().unwrap_or_default(), |i| i.text());
    let holding = r.need("holding", |i| i.whole());
    let arrival = r.need("arrival", |i| {
        let r = i.table()?;
        r.need("per_person", |i| i.time_varies())
    });
    let hours = r.or("hours", Schedule::Always, |i| i.hours());
    let boarding = boarding(r);
    let parking = r.quietly("parking", 0, |i| i.whole());
    let airfield = airfield(r);
    let hub =
        Hub { holding: holding?, arrival_per_person: arrival?, hours: hours?, boarding: boarding?, parking: parking?, airfield: airfield? };
    Some(Node { id: id?, label: label?, kind: NodeKind::Hub(hub) })
}
