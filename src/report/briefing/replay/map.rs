//! The schematic map: places in columns by kind, routes between them. Nothing of it comes from where a place is; it cannot, since scenarios
//! hold no coordinates.

use crate::report::chart::escaped;
use crate::report::chart::one_run::Movement;
use crate::results::{NodeRow, Output};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Size of the map in its own units.
pub(super) const SIZE: (f64, f64) = (1000.0, 660.0);
/// Columns from left to right.
const COLUMNS: [(&str, &str); 4] = [("site", "Sites"), ("hub", "Hubs"), ("crossing", "Crossings"), ("facility", "Facilities")];
/// Height of the heads of the columns.
const HEAD: f64 = 56.0;
/// Most letters of a label; the rest stands in the tables.
const LABEL: usize = 20;

/// How far above its ends the way of a flight turns.
const ARC: f64 = 110.0;

/// A point of the map.
pub(super) type Point = (f64, f64);

/// Where an aircraft is on its arc (a quadratic Bézier curve).
pub(super) fn over((x0, y0): Point, (x1, y1): Point, share: f64) -> Point {
    let (a, b, c) = ((1.0 - share) * (1.0 - share), 2.0 * share * (1.0 - share), share * share);
    (a * x0 + b * (x0 + x1) / 2.0 + c * x1, a * y0 + b * (y0.min(y1) - ARC) + c * y1)
}

/// Where everything stands.
pub(super) struct Map<'o> {
    output: &'o Output,
    places: BTreeMap<&'o str, Point>,
    /// Left to right: kind, heading, x.
    columns: Vec<(&'static str, &'static str, f64)>,
}

impl<'o> Map<'o> {
    pub(super) fn of(output: &'o Output) -> Self {
        let present: Vec<_> = COLUMNS.into_iter().filter(|(kind, _)| output.nodes.iter().any(|node| node.kind == *kind)).collect();
        let (left, right) = (120.0, SIZE.0 - 120.0);
        let step = if present.len() > 1 { (right - left) / (present.len() - 1) as f64 } else { 0.0 };
        let columns: Vec<_> = present.iter().enumerate().map(|(i, (kind, name))| (*kind, *name, left + step * i as f64)).collect();
        let mut places = BTreeMap::new();
        for (kind, _, x) in &columns {
            let nodes: Vec<&NodeRow> = output.nodes.iter().filter(|node| node.kind == *kind).collect();
            let step = (SIZE.1 - HEAD - 20.0) / nodes.len() as f64;
            for (i, node) in nodes.iter().enumerate() {
                places.insert(node.id.as_str(), (*x, HEAD + step * (i as f64 + 0.5) - 8.0));
            }
        }
        Self { output, places, columns }
    }

    /// Columns for the scale of the time–distance diagram: heading and x.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.columns.iter().map(|(_, name, x)| (*name, *x))
    }

    /// The places along a route by distance.
    fn along(&self, route: &str) -> Vec<(f64, Point)> {
        let mut along: Vec<(f64, Point)> = self
            .output
            .nodes
            .iter()
            .filter_map(|node| {
                let km = node.along.iter().find(|(id, _)| id == route)?.1;
                Some((km, *self.places.get(node.id.as_str())?))
            })
            .collect();
        along.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.0.total_cmp(&b.1.0)));
        along
    }

    /// From and to of a route.
    pub(super) fn ends(&self, route: &str) -> Option<(Point, Point)> {
        let route = self.output.setting.routes.iter().find(|row| row.id == route)?;
        Some((*self.places.get(route.from.as_str())?, *self.places.get(route.to.as_str())?))
    }

    /// Where a convoy is that has come so far along its route.
    pub(super) fn at(&self, route: &str, km: f64) -> Option<Point> {
        let along = self.along(route);
        let after = along.iter().position(|(there, _)| *there >= km).unwrap_or(along.len().checked_sub(1)?);
        let (to_km, to) = along[after];
        let Some((from_km, from)) = after.checked_sub(1).map(|before| along[before]) else { return Some(to) };
        let share = if to_km > from_km { ((km - from_km) / (to_km - from_km)).clamp(0.0, 1.0) } else { 1.0 };
        Some((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share))
    }

    /// The map without movements: `<g>` of ways, crossings, places and names.
    pub(super) fn draw(&self, movements: &[Movement<'_>]) -> String {
        let mut svg = String::from("<g class=\"map\">");
        let mut moved: BTreeMap<(String, &str), f64> = BTreeMap::new();
        for movement in movements {
            let mode = if movement.is_by_air() { "air" } else { "land" };
            for line in self.lines(&movement.convoy.route, movement.is_by_air()) {
                *moved.entry((line, mode)).or_default() += f64::from(movement.convoy.people);
            }
        }
        // Routes that nothing used are there too, thin.
        for route in &self.output.setting.routes {
            for line in self.lines(&route.id, route.mode == "air") {
                moved.entry((line, if route.mode == "air" { "air" } else { "land" })).or_default();
            }
        }
        let most = moved.values().fold(1.0, |most: f64, people| most.max(*people));
        for ((line, mode), people) in &moved {
            let width = if *mode == "air" { 2.5 } else { 3.0 + 13.0 * (people / most).sqrt() };
            put(&mut svg, format_args!("<path class=\"way {mode}\" d=\"{line}\" stroke-width=\"{width:.1}\"/>"));
        }
        for (kind, name, x) in &self.columns {
            put(&mut svg, format_args!("<text class=\"head\" x=\"{x:.0}\" y=\"26\">{name}</text>"));
            if *kind == "crossing" {
                put(&mut svg, format_args!("<path class=\"border\" d=\"M{x:.0} {HEAD}V{}\"/>", SIZE.1));
            }
        }
        for node in &self.output.nodes {
            let Some((x, y)) = self.places.get(node.id.as_str()) else { continue };
            let (left, top) = (x - 17.0, y - 17.0);
            let round = if node.kind == "crossing" { 2 } else { 8 };
            put(&mut svg, format_args!("<rect class=\"node\" x=\"{left:.0}\" y=\"{top:.0}\" width=\"34\" height=\"34\" rx=\"{round}\"/>"));
            let label = shortened(if node.label.is_empty() { &node.id } else { &node.label });
            put(&mut svg, format_args!("<text class=\"name\" x=\"{x:.0}\" y=\"{:.0}\">{}</text>", y + 42.0, escaped(&label)));
        }
        svg.push_str("</g>");
        svg
    }

    /// Outlines of the ways of a route, one between two neighbouring places.
    fn lines(&self, route: &str, by_air: bool) -> Vec<String> {
        if by_air {
            let arc = |((x0, y0), (x1, y1)): (Point, Point)| {
                format!("M{x0:.0} {y0:.0}Q{:.0} {:.0} {x1:.0} {y1:.0}", (x0 + x1) / 2.0, y0.min(y1) - ARC)
            };
            return self.ends(route).map(arc).into_iter().collect();
        }
        let along = self.along(route);
        along.windows(2).map(|two| format!("M{:.0} {:.0}L{:.0} {:.0}", two[0].1.0, two[0].1.1, two[1].1.0, two[1].1.1)).collect()
    }
}

fn put(svg: &mut String, piece: std::fmt::Arguments<'_>) {
    svg.write_fmt(piece).expect("a String takes everything");
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LABEL { label.into() } else { label.chars().take(LABEL - 1).chain(['…']).collect() }
}
