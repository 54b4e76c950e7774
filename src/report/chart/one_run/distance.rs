//! The axis of distance along a route, downwards from its origin.
//!
//! Kilometres are to scale but for two things. A crossing is one point of the road, where everybody who waits would lie on one line; it is
//! drawn expanded into a band, a row for each movement. And a leg too short to be seen gets the least height that can be, and a mark.

use super::super::look::{Look, Use};
use super::super::pen::Area;
use crate::results::NodeRow;

/// A node on the axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop<'o> {
    pub(super) node: &'o NodeRow,
    pub(super) km: f64,
    /// Where it begins and ends; the same but for a crossing.
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Whether the leg from here to the next node is drawn longer than to scale.
    pub(super) stretched: bool,
}

impl Stop<'_> {
    pub(super) fn is_crossing(&self) -> bool {
        self.node.kind == "crossing"
    }

    /// The middle of the row of a movement in the band.
    pub(super) fn row(&self, i: usize, rows: usize) -> f64 {
        self.top + (self.bottom - self.top) * (i as f64 + 0.5) / rows as f64
    }
}

/// Least height of a leg, as on the slide.
const LEAST: f64 = 40.0;

/// The nodes of a route from its origin, each at its kilometre.
pub(super) fn nodes_along<'o>(nodes: &'o [NodeRow], route: &str) -> Vec<(f64, &'o NodeRow)> {
    let km = |node: &'o NodeRow| Some((node.along.iter().find(|(id, _)| id == route)?.1, node));
    let mut along: Vec<(f64, &NodeRow)> = nodes.iter().filter_map(km).collect();
    along.sort_by(|a, b| a.0.total_cmp(&b.0));
    along
}

/// The axis over the height of an area, with bands of so many rows.
pub(super) fn stops<'o>(look: Look, area: Area, along: &[(f64, &'o NodeRow)], rows: usize) -> Vec<Stop<'o>> {
    let crossings = along.iter().filter(|(_, node)| node.kind == "crossing").count().max(1) as f64;
    let row = if look.is_small() { look.px(24.0) } else { look.type_size(Use::Tick) * 1.2 };
    let band = (row * (rows as f64 + 0.6)).max(look.px(60.0)).min(area.height() * 0.45 / crossings);
    let bands = band * along.iter().filter(|(_, node)| node.kind == "crossing").count() as f64;
    let lengths: Vec<f64> = along.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let heights = leg_heights(&lengths, area.height() - bands, look.px(LEAST));
    let mut y = area.top;
    let mut stops = Vec::new();
    for (i, (km, node)) in along.iter().enumerate() {
        let bottom = if node.kind == "crossing" { y + band } else { y };
        let (height, stretched) = heights.get(i).copied().unwrap_or((0.0, false));
        stops.push(Stop { node, km: *km, top: y, bottom, stretched });
        y = bottom + height;
    }
    stops
}

/// Heights that fill the room, in proportion to length but for those that would be lower than the least: (height, whether stretched).
fn leg_heights(lengths: &[f64], room: f64, least: f64) -> Vec<(f64, bool)> {
    let least = least.min(room / lengths.len().max(1) as f64);
    let mut stretched = vec![false; lengths.len()];
    loop {
        let left = room - least * stretched.iter().filter(|is| **is).count() as f64;
        let km: f64 = lengths.iter().zip(&stretched).filter(|(_, is)| !**is).map(|(km, _)| km).sum();
        let height = |km_of_leg: f64| if km > 0.0 { left * km_of_leg / km } else { 0.0 };
        match lengths.iter().zip(&stretched).position(|(km, is)| !is && height(*km) < least) {
            Some(too_short) => stretched[too_short] = true,
            None => return lengths.iter().zip(&stretched).map(|(km, is)| (if *is { least } else { height(*km) }, *is)).collect(),
        }
    }
}

/// Where a kilometre stands for somebody who goes or comes `toward` another: a crossing has two edges.
pub(super) fn at(stops: &[Stop<'_>], km: f64, toward: f64) -> f64 {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return 0.0 };
    let near = |stop: &&Stop<'_>| (stop.km - km).abs() < 1e-6;
    if let Some(stop) = stops.iter().find(near) {
        return if toward > km { stop.bottom } else { stop.top };
    }
    match stops.windows(2).find(|leg| leg[0].km < km && km < leg[1].km) {
        Some(leg) => leg[0].bottom + (leg[1].top - leg[0].bottom) * (km - leg[0].km) / (leg[1].km - leg[0].km),
        None if km < first.km => first.top,
        None => last.bottom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Size, Theme};

    #[test]
    fn legs_fill_the_room_and_short_ones_are_marked() {
        assert_eq!(leg_heights(&[100.0, 300.0], 400.0, 40.0), [(100.0, false), (300.0, false)]);
        assert_eq!(leg_heights(&[20.0, 530.0], 600.0, 40.0), [(40.0, true), (560.0, false)]);
        // The second falls below the least only when the first has taken its own.
        assert_eq!(leg_heights(&[1.0, 10.5, 88.5], 400.0, 40.0), [(40.0, true), (40.0, true), (320.0, false)]);
        // No room for the least of all: equal shares.
        assert_eq!(leg_heights(&[1.0, 0.0], 50.0, 40.0).iter().map(|leg| leg.0).sum::<f64>(), 50.0);
        assert_eq!(leg_heights(&[], 50.0, 40.0), []);
    }

    #[test]
    fn the_axis_fills_its_area_and_a_crossing_has_two_edges() {
        let node = |id: &str, kind| NodeRow { id: id.into(), label: id.into(), kind, along: Vec::new() };
        let (origin, border, end) = (node("a", "site"), node("b", "crossing"), node("c", "facility"));
        let look = Look { size: Size::Slide, theme: Theme::Light };
        let area = Area { left: 0.0, top: 100.0, right: 500.0, bottom: 700.0 };
        let stops = stops(look, area, &[(0.0, &origin), (120.0, &border), (200.0, &end)], 4);
        assert_eq!((stops[0].top, stops[2].bottom), (100.0, 700.0));
        assert_eq!((at(&stops, 120.0, 0.0), at(&stops, 120.0, 200.0)), (stops[1].top, stops[1].bottom));
        assert!(stops[1].top < stops[1].row(0, 4) && stops[1].row(3, 4) < stops[1].bottom);
        let per_km = (stops[1].top - stops[0].bottom) / 120.0;
        assert!((at(&stops, 30.0, 120.0) - 100.0 - 30.0 * per_km).abs() < 1e-9);
    }
}
