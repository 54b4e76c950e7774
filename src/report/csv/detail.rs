//! Tables of the shown replications, and of the nodes they move between.
//!
//! Instants stand twice: as hours since the start in a column whose name ends in `_h`, for computing, and as local date and time,
//! for reading.

use super::Table;
use crate::results::{Clock, Detail, NodeRow, TraceRow};
use std::io::{self, Write};

/// `nodes.csv`: one row a node, with its distance along each route that passes it.
///
/// # Errors
///
/// Those of the writer.
pub fn nodes(nodes: &[NodeRow], out: impl Write) -> io::Result<()> {
    let mut routes: Vec<&str> = Vec::new();
    for (route, _) in nodes.iter().flat_map(|node| &node.along) {
        if !routes.contains(&route.as_str()) {
            routes.push(route);
        }
    }
    routes.sort_unstable();
    let distances = routes.iter().map(|route| format!("km.{route}"));
    let mut csv = Table::new(out, ["id", "label", "kind"].into_iter().map(String::from).chain(distances))?;
    for node in nodes {
        csv.text(&node.id)?.text(&node.label)?.text(node.kind)?;
        for route in &routes {
            let along = node.along.iter().find(|(id, _)| id == route);
            csv.number(along.map_or(f64::NAN, |(_, km)| *km))?;
        }
        csv.end()?;
    }
    csv.finish()
}

/// The column of `convoys.csv` that holds the hours of a motion.
pub(in crate::report) fn motion_column(motion: &str) -> String {
    format!("{}_h", motion.replace([' ', '-'], "_"))
}

/// `convoys.csv`: one row a movement.
///
/// # Errors
///
/// Those of the writer.
pub fn convoys<'d>(details: impl IntoIterator<Item = &'d Detail> + Clone, clock: &Clock, out: impl Write) -> io::Result<()> {
    let rows = || details.clone().into_iter().flat_map(|detail| &detail.convoys);
    let mut motions: Vec<&str> = Vec::new();
    for (motion, _) in rows().flat_map(|row| &row.motion_h) {
        if !motions.contains(motion) {
            motions.push(motion);
        }
    }
    let before = [
        "replication",
        "movement",
        "route",
        "mode",
        "nth",
        "formed_h",
        "loaded_h",
        "start_point_h",
        "arrive_h",
        "clear_h",
        "accepted_h",
        "start_point_local",
        "arrive_local",
        "accepted_local",
        "turned_back",
        "people",
        "vehicles",
        "escorts",
        "wait_to_start_h",
        "border_queue_bus_h",
    ];
    let after = [
        "exposed_h",
        "uncovered_h",
        "longest_halt_h",
        "longest_uncovered_h",
        "class_low_h",
        "class_moderate_h",
        "class_high_h",
        "class_highest_h",
    ];
    let middle = motions.iter().map(|motion| motion_column(motion));
    let mut csv = Table::new(out, before.map(String::from).into_iter().chain(middle).chain(after.map(String::from)))?;
    for row in rows() {
        csv.count(row.replication)?.count(row.movement)?.text(&row.route)?.text(row.mode)?.count(row.nth)?.hour(row.formed)?;
        for instant in [row.loaded, row.start_point, row.arrive, row.clear, row.accepted] {
            csv.hour(instant)?;
        }
        for instant in [row.start_point, row.arrive, row.accepted] {
            csv.text(&instant.map_or_else(String::new, |ticks| clock.local(ticks)))?;
        }
        csv.text(if row.turned_back { "true" } else { "false" })?.count(row.people)?.count(row.vehicles)?.count(row.escorts)?;
        csv.number(row.wait_to_start_h)?.number(row.border_queue_bus_h)?;
        for motion in &motions {
            let spent = row.motion_h.iter().find(|(name, _)| name == motion);
            csv.number(spent.map_or(0.0, |(_, hours)| *hours))?;
        }
        for value in [row.exposed_h, row.uncovered_h, row.longest_halt_h, row.longest_uncovered_h].into_iter().chain(row.class_h) {
            csv.number(value)?;
        }
        csv.end()?;
    }
    csv.finish()
}

/// `segments.csv`: one row a stretch of time in which nothing about a movement changed. `start` and `end` are local date and
/// time, `start_h` and `end_h` hours since the start.
///
/// # Errors
///
/// Those of the writer.
pub fn segments<'d>(details: impl IntoIterator<Item = &'d Detail>, clock: &Clock, out: impl Write) -> io::Result<()> {
    let heading = [
        "replication",
        "movement",
        "kind",
        "place",
        "start",
        "end",
        "km_from",
        "km_to",
        "people",
        "motion",
        "cover",
        "escort",
        "light",
        "welfare",
        "start_h",
        "end_h",
    ];
    let mut csv = Table::new(out, heading)?;
    for row in details.into_iter().flat_map(|detail| &detail.segments) {
        csv.count(row.replication)?.count(row.movement)?.text(row.kind)?.text(&row.place)?;
        csv.text(&clock.local(row.start))?.text(&clock.local(row.end))?.number(row.km_from)?.number(row.km_to)?.count(row.people)?;
        for word in [row.motion, row.cover, row.escort, row.light, row.welfare] {
            csv.text(word)?;
        }
        csv.hour(row.start)?.hour(row.end)?.end()?;
    }
    csv.finish()
}

/// `hours.csv`: people by place at the start of each hour.
///
/// # Errors
///
/// Those of the writer.
pub fn hours<'d>(details: impl IntoIterator<Item = &'d Detail>, out: impl Write) -> io::Result<()> {
    let heading = ["replication", "hour", "at_source", "on_the_way", "in_hubs", "at_facility", "accepted"];
    let mut csv = Table::new(out, heading)?;
    for row in details.into_iter().flat_map(|detail| &detail.hours) {
        csv.count(row.replication)?.count(row.hour)?;
        for people in row.people {
            csv.count(people)?;
        }
        csv.end()?;
    }
    csv.finish()
}

/// A trace: every change of state, with its cause.
///
/// # Errors
///
/// Those of the writer.
pub fn trace(rows: &[TraceRow], clock: &Clock, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["time_h", "time_local", "entity", "id", "state", "place", "cause"])?;
    for row in rows {
        csv.hour(row.time)?.text(&clock.local(row.time))?.text(row.entity)?.text(&row.id)?.text(&row.state)?.text(&row.place)?;
        csv.text(&row.cause)?.end()?;
    }
    csv.finish()
}
