//! The way of a convoy through time and distance: where each stretch of it begins and ends in the picture.

use super::super::pen::Point;
use super::clock::ClockAxis;
use super::distance::{self, Stop};
use super::movement::{Class, Movement, Stretch};

/// A stretch as a straight line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece<'o> {
    pub(super) from: Point,
    pub(super) to: Point,
    /// In ticks; the line itself may be cut at the edge.
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) kind: &'static str,
    /// `None` in a secured crossing, where nobody is exposed.
    pub(super) class: Option<Class>,
    /// The crossing in whose row it lies.
    pub(super) crossing: Option<&'o str>,
}

/// The pieces of a movement in order of time; in bands it has row `i` of so many.
pub(super) fn pieces<'o>(clock: &ClockAxis, stops: &[Stop<'o>], (i, rows): (usize, usize), movement: &Movement<'o>) -> Vec<Piece<'o>> {
    let exposed: Vec<&Stretch<'o>> = movement.stretches.iter().filter(|stretch| stretch.is_exposed()).collect();
    let in_row = |stop: &Stop<'o>, kind, class, (start, end): (u64, u64)| {
        let y = stop.row(i, rows);
        let (from, to) = ((clock.at(start as i64), y), (clock.at(end as i64), y));
        Piece { from, to, start, end, kind, class, crossing: Some(&stop.node.id) }
    };
    let mut pieces: Vec<Piece<'o>> = Vec::new();
    for (n, stretch) in exposed.iter().enumerate() {
        if let Some(before) = n.checked_sub(1).map(|before| exposed[before]).filter(|before| before.end < stretch.start) {
            // Nothing is booked in a secured crossing, but the way leads through it.
            let crossing = stops.iter().find(|stop| stop.is_crossing() && (stop.km - before.km.1).abs() < 1e-6);
            pieces.extend(crossing.map(|stop| in_row(stop, "secured", None, (before.end, stretch.start))));
        }
        let crossing = stops.iter().find(|stop| stop.is_crossing() && stretch.is_at_node() && stop.node.id == stretch.place);
        pieces.push(match crossing {
            Some(stop) => in_row(stop, stretch.kind, Some(stretch.class), (stretch.start, stretch.end)),
            None => on_road(clock, stops, &exposed, n),
        });
    }
    pieces
}

fn on_road<'o>(clock: &ClockAxis, stops: &[Stop<'o>], exposed: &[&Stretch<'o>], n: usize) -> Piece<'o> {
    let stretch = exposed[n];
    let (from, mut to) = stretch.km;
    // A line that goes on beyond the edge keeps its slope.
    if stretch.end as i64 > clock.to {
        let part = (clock.to - stretch.start as i64) as f64 / (stretch.end - stretch.start) as f64;
        to = from + (to - from) * part.max(0.0);
    }
    let (comes, goes) = if stretch.km.0 == stretch.km.1 { sides(exposed, n) } else { stretch.km };
    Piece {
        from: (clock.at(stretch.start as i64), distance::at(stops, from, goes)),
        to: (clock.at(stretch.end as i64), distance::at(stops, to, if stretch.km.0 == stretch.km.1 { goes } else { comes })),
        start: stretch.start,
        end: stretch.end,
        kind: stretch.kind,
        class: Some(stretch.class),
        crossing: None,
    }
}

/// Towards which kilometre somebody stands who halts on the road: before a crossing still towards where they came from, after it already
/// towards where they go.
fn sides(exposed: &[&Stretch<'_>], n: usize) -> (f64, f64) {
    let later = exposed[n..].windows(2).take_while(|pair| pair[0].end == pair[1].start && !pair[1].is_at_node()).map(|pair| pair[1]);
    let next = later.into_iter().find(|stretch| stretch.km.0 != stretch.km.1).map(|stretch| stretch.km.1);
    let last = exposed[..n].iter().rfind(|stretch| stretch.km.0 != stretch.km.1).map(|stretch| stretch.km.0);
    let side = next.or(last).unwrap_or(exposed[n].km.0);
    (side, side)
}
