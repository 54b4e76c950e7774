//! How large a plan may be in all: what a replication holds grows with its people and vehicles, before anything has happened.

use super::Check;
use super::plan::Parts;
use crate::model::params::{AirCover, NodeKind, Route};
use crate::model::params::{LandRoute, Mode};

/// Most people of a plan: about 500 MB in a replication.
const MOST_PEOPLE: u64 = 10_000_000;
/// Most buses, escorts and aircraft of a plan: about 300 MB where each is a movement of its own.
const MOST_VEHICLES: u64 = 100_000;
/// Most buses of one convoy.
const MOST_IN_A_CONVOY: f64 = 10_000.0;

/// Refuses a plan that is too large to hold, at the table with which it becomes so.
pub(super) fn check(check: &Check<'_>, parts: &Parts<'_>, cover: &[Option<AirCover>], routes: &[Option<Route>]) {
    let people = parts.nodes.iter().map(|node| match node.as_ref().map(|node| &node.kind) {
        Some(NodeKind::Site(site)) => site.detainees.iter().map(|class| class.people).sum::<u32>(),
        _ => 0,
    });
    // Sites come first among the nodes.
    let sites: Vec<u32> = people.take(check.tables("site").len()).collect();
    within(check, &[("site", "detainees", sites)], MOST_PEOPLE, "people");
    let fleets = [
        ("buses", "count", parts.buses.iter().map(|one| one.as_ref().map_or(0, |fleet| fleet.count)).collect()),
        ("escorts", "count", parts.escorts.iter().map(|one| one.as_ref().map_or(0, |pool| pool.count)).collect()),
        ("aircraft", "count", parts.aircraft.iter().map(|one| one.as_ref().map_or(0, |fleet| fleet.count)).collect()),
        ("air_cover", "aircraft", cover.iter().map(|one| one.as_ref().map_or(0, |orbit| orbit.aircraft)).collect()),
    ];
    within(check, &fleets, MOST_VEHICLES, "vehicles");
    for (at, route) in routes.iter().enumerate() {
        let Some(Route { mode: Mode::Land(LandRoute { per_convoy, .. }), .. }) = route else { continue };
        if let Some((table, span, path)) = check.again("route", at).filter(|_| per_convoy.mean() > MOST_IN_A_CONVOY) {
            let span = table.get("buses").map_or(span, |value| value.span);
            check.book.error(span, format!("{path} sends more than {MOST_IN_A_CONVOY} buses in one convoy"), "send several convoys");
        }
    }
}

/// Counts of tables, added up as far as they may go.
fn within(check: &Check<'_>, counts: &[(&'static str, &str, Vec<u32>)], most: u64, what: &str) {
    let mut all = 0;
    for (table, key, counts) in counts {
        for (at, count) in counts.iter().enumerate() {
            all += u64::from(*count);
            if all > most {
                let Some((table, span, path)) = check.again(table, at) else { return };
                let span = table.get(key).map_or(span, |value| value.span);
                check.book.error(span, format!("with {path} the plan has {all} {what}, but {most} are the most"), "");
                return;
            }
        }
    }
}
