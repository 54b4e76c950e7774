//! What a shown replication writes down in addition: segments and the trace.

use super::Model;
use super::exposure::Booked;
use super::movement::{Movement, MovementId, Where};
use super::params::{Mode, PathPart};
use crate::units::SimTime;

/// A stretch of time in which nothing about a movement changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Movement.
    pub movement: MovementId,
    /// What it did.
    pub kind: &'static str,
    /// Where.
    pub place: String,
    /// Start.
    pub from: SimTime,
    /// End.
    pub to: SimTime,
    /// Distance from the origin at the start.
    pub km_from: f64,
    /// Distance from the origin at the end.
    pub km_to: f64,
    /// People aboard and exposed, or aboard inside a wall.
    pub people: u32,
    /// Flags: motion, cover, escort, light, welfare; empty inside a wall.
    pub flags: [&'static str; 5],
}

/// A change of state with its cause.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceEntry {
    /// When.
    pub time: SimTime,
    /// Kind of entity.
    pub entity: &'static str,
    /// Which.
    pub id: String,
    /// New state.
    pub state: &'static str,
    /// Where.
    pub place: String,
    /// Why.
    pub cause: &'static str,
}

/// Writes segments and trace of one replication.
#[derive(Debug, Default)]
pub struct Recorder {
    /// Segments, in order of booking.
    pub segments: Vec<Segment>,
    /// Trace, in order of time.
    pub trace: Vec<TraceEntry>,
}

impl Recorder {
    /// An exposed stretch.
    #[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
    pub fn segment(&mut self, model: &Model, movement: MovementId, route: usize, place: Where, booked: Booked, km_from: f64, km_to: f64) {
        let cell = booked.cell;
        self.segments.push(Segment {
            movement,
            kind: cell.motion.word(),
            place: place_name(model, route, place),
            from: booked.from,
            to: booked.to,
            km_from,
            km_to,
            people: booked.people,
            flags: [
                cell.motion.word(),
                if cell.covered { "covered" } else { "uncovered" },
                if cell.adequate { "adequate" } else { "under-escorted" },
                cell.light.word(),
                if cell.over { "over" } else { "within" },
            ],
        });
    }

    /// A change of state.
    pub fn trace(&mut self, time: SimTime, entity: &'static str, id: String, state: &'static str, place: String, cause: &'static str) {
        self.trace.push(TraceEntry { time, entity, id, state, place, cause });
    }

    /// A change of a movement's state.
    pub fn movement(&mut self, model: &Model, time: SimTime, m: &Movement, state: &'static str, cause: &'static str) {
        let entity = if m.aircraft.is_some() { "flight" } else { "convoy" };
        let name = m.name(model);
        let place = place_name(model, m.route, m.place);
        self.trace(time, entity, name, state, place, cause);
    }
}

/// The id of the place where a movement is.
fn place_name(model: &Model, route: usize, place: Where) -> String {
    let params = &model.params;
    let spec = &params.routes[route];
    match (place, &spec.mode) {
        (Where::Origin, _) => params.nodes[spec.from].id.clone(),
        (Where::Destination, _) => params.nodes[spec.to].id.clone(),
        (Where::Part(part), Mode::Land(land)) => match &land.path[part] {
            PathPart::Leg(leg) => leg.id.clone(),
            PathPart::Crossing(crossing) => params.crossings[*crossing].id.clone(),
        },
        (Where::Air | Where::Part(_), _) => "air".to_owned(),
    }
}
