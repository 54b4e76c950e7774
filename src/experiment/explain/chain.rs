//! The active chain of one replication in rows that people read.

use crate::experiment::operation::Operation;
use crate::experiment::records;
use crate::experiment::runner::Watch;
use crate::model::params::{Mode, PathPart};
use crate::model::{Cause, ChainPart, Model, Observations};
use crate::results::{ChainRow, ChainRows, Closure, FailureRecord, TraceRow, Unfinished};

/// Changes of state that are kept before the end of a replication that did not complete.
const LAST: usize = 12;

/// How a replication came to its end: the chain that decided it, or who is left where it did not complete; nothing where the
/// watch cancelled it.
///
/// # Errors
///
/// A [`FailureRecord`] where the replication fails.
pub fn of(operation: &Operation, replication: u32, watch: &dyn Watch) -> Option<Result<Closure, FailureRecord>> {
    // Places on the road are read off the segments, which only a replication in detail keeps.
    Some(operation.observe(replication, true, watch)?.map(|observations| closure(operation.model(), &observations)))
}

fn closure(model: &Model, o: &Observations) -> Closure {
    let Some(closure) = o.closure else { return Closure::Unfinished(unfinished(model, o)) };
    let rows = o.chain.iter().map(|part| row(model, o, part)).collect();
    Closure::Decided(ChainRows { replication: o.replication, closure: closure.ticks(), rows })
}

fn unfinished(model: &Model, o: &Observations) -> Unfinished {
    // Weather and windows change on to the horizon, whether anybody moves or not.
    let of_movements = |row: &TraceRow| !matches!(row.entity, "weather" | "calendar" | "light");
    let mut last: Vec<TraceRow> = records::detail(model, o).trace.into_iter().filter(of_movements).collect();
    last.drain(..last.len().saturating_sub(LAST));
    Unfinished {
        replication: o.replication,
        outcome: records::outcome(o.ending),
        end: o.end.ticks(),
        last_change: Some(o.last_change.ticks()).filter(|last| *last > 0),
        people: o.people,
        accepted: o.accepted.len() as u32,
        left: o.left.iter().map(records::waiting).collect(),
        last,
    }
}

fn row(model: &Model, o: &Observations, part: &ChainPart) -> ChainRow {
    let movement = part.whose.map(|id| {
        let m = &o.movements[id as usize];
        format!("{}#{}", model.params.routes[m.route].id, m.nth + 1)
    });
    ChainRow {
        start: part.start.ticks(),
        end: part.end.ticks(),
        cause: part.cause.name(),
        via: part.via.name(),
        resource: model.resource_of(part.via).map_or_else(String::new, |resource| resource.label.clone()),
        movement: movement.unwrap_or_default(),
        place: place(model, o, part),
    }
}

/// Where a part was spent.
fn place(model: &Model, o: &Observations, part: &ChainPart) -> String {
    let Some(id) = part.whose else { return String::new() };
    let (m, id) = (&o.movements[id as usize], id as usize);
    let route = &model.params.routes[m.route];
    let node = |n: usize| model.params.nodes[n].id.clone();
    let started = m.started.is_some_and(|started| started <= part.start);
    match part.cause {
        Cause::Return | Cause::Inspection | Cause::Rest | Cause::Repair => String::new(),
        Cause::Intake | Cause::Arrival | Cause::Offload => node(route.to),
        Cause::Flight => "air".to_owned(),
        Cause::Transfer => node(if started { route.to } else { route.from }),
        _ if !started => node(route.from),
        _ => {
            let there = o.segments.iter().find(|s| s.movement == id && s.from <= part.start && part.start < s.to);
            there.map(|segment| segment.place.clone()).or_else(|| only_crossing(model, m.route)).unwrap_or_default()
        }
    }
}

/// The crossing of a route that has one: where an empty bus is served, and a convoy inside a secured compound.
fn only_crossing(model: &Model, route: usize) -> Option<String> {
    let Mode::Land(land) = &model.params.routes[route].mode else { return None };
    let crossings = land.path.iter().filter_map(|part| match part {
        PathPart::Crossing(crossing) => Some(*crossing),
        PathPart::Leg(_) => None,
    });
    let crossings: Vec<usize> = crossings.collect();
    match crossings[..] {
        [one] => Some(model.params.crossings[one].id.clone()),
        _ => None,
    }
}
