//! The way of a movement over the map: pieces of time with two points, in whole minutes.

use super::map::{Map, Point, over};
use crate::report::chart::one_run::{Class, Movement};
use crate::units::TICKS_PER_MINUTE;

/// What an aircraft does between take-off and landing.
pub(super) const IN_FLIGHT: &str = "in flight";

/// A piece of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece<'o> {
    /// Minutes since the start of the run.
    pub(super) start: u64,
    pub(super) end: u64,
    /// What it does: boarding, moving, border queue …
    pub(super) kind: &'static str,
    /// Leg, crossing or node id.
    pub(super) place: &'o str,
    pub(super) class: Class,
    pub(super) from: Point,
    pub(super) to: Point,
}

impl Piece<'_> {
    /// Where it is at a minute.
    pub(super) fn at(&self, minute: u64) -> Point {
        let share = if self.end > self.start { (minute - self.start) as f64 / (self.end - self.start) as f64 } else { 0.0 };
        if self.kind == IN_FLIGHT {
            return over(self.from, self.to, share);
        }
        (self.from.0 + (self.to.0 - self.from.0) * share, self.from.1 + (self.to.1 - self.from.1) * share)
    }

    /// Whether people are exposed in it.
    pub(super) fn is_exposed(&self) -> bool {
        self.class != Class::Custody
    }
}

/// All pieces of a movement in order of time, without gaps.
pub(super) fn of<'o>(movement: &Movement<'o>, map: &Map<'_>) -> Vec<Piece<'o>> {
    let convoy = movement.convoy;
    let Some((origin, destination)) = map.ends(&convoy.route) else { return Vec::new() };
    let minute = |ticks: u64| ticks / TICKS_PER_MINUTE;
    let landed = convoy.arrive.map_or(u64::MAX, minute);
    let on_the_ground = |start: u64| if start >= landed { destination } else { origin };
    let mut pieces: Vec<Piece<'o>> = Vec::new();
    for stretch in &movement.stretches {
        let (start, end) = (minute(stretch.start), minute(stretch.end));
        let on_road = |km| map.at(&convoy.route, km).unwrap_or(origin);
        let [from, to] = if movement.is_by_air() { [on_the_ground(start); 2] } else { [stretch.km.0, stretch.km.1].map(on_road) };
        let piece = |(start, end), kind, from, to| Piece { start, end, kind, place: stretch.place, class: Class::Custody, from, to };
        if let Some(last) = pieces.last().copied().filter(|last| last.end < start) {
            match (convoy.start_point.map(minute), convoy.arrive.map(minute)) {
                (Some(off), Some(landed)) if movement.is_by_air() && off >= last.end && landed <= start => {
                    pieces.push(piece((last.end, off), "at the airfield", origin, origin));
                    pieces.push(piece((off, landed), IN_FLIGHT, origin, destination));
                    pieces.push(piece((landed, start), "at the airfield", destination, destination));
                }
                _ if movement.is_by_air() => pieces.push(piece((last.end, start), "at the airfield", last.to, from)),
                _ => pieces.push(piece((last.end, start), "inside a crossing", last.to, from)),
            }
        }
        pieces.push(Piece { class: stretch.class, ..piece((start, end), stretch.kind, from, to) });
    }
    pieces.retain(|piece| piece.end > piece.start);
    pieces
}
