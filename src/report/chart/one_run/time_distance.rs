//! Distance along one route against time: where convoys bunch, halt and meet daylight.
//!
//! Slope is speed. Route and day are those with most convoys, of routes with a crossing where there are such. Empty trips back are not among
//! the data and not drawn.

use super::super::font;
use super::super::look::{Look, Use};
use super::super::pen::{Anchor, Area, Pen, Point, Type};
use super::super::sheet::{Sheet, Words};
use super::super::{NotDrawn, Order, axis};
use super::clock::ClockAxis;
use super::distance::{self, Stop};
use super::legend;
use super::line::{Piece, pieces};
use super::movement::{Class, Movement, class_rule};
use super::replication::OneRun;
use crate::report::words::{counted, grouped, hours, plain};
use crate::results::{NodeRow, Output};
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};

/// Lines that a picture holds.
const LINES: usize = 20;
/// Whoever travels for longer than that beyond the next noon is cut at the edge.
const BEYOND: i64 = 12 * TICKS_PER_HOUR as i64;
/// Room before the first line.
const HALF_AN_HOUR: i64 = TICKS_PER_HOUR as i64 / 2;

pub(in super::super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let run = OneRun::of(output, order.percent)?;
    let look = order.look;
    let view = View::of(&run, look)?;
    let mut sheet = Sheet::new(look, &output.info, output.table.records.len(), view.words());
    let plot = sheet.plot();
    let names = if look.is_small() { 0.0 } else { view.width_of_names(plot) };
    let bottom = plot.bottom - axis::height_below(look) - legend::height(look);
    let area = Area { left: plot.left + names, bottom, ..plot };
    let clock = ClockAxis::new(&run, look, area, view.span());
    let above = if look.is_small() { look.px(16.0) } else { look.type_size(Use::Tick) * 2.8 };
    let inner = Area { top: area.top + above, bottom: area.bottom - look.px(16.0), ..area };
    let stops = distance::stops(look, inner, &view.along, view.shown.len());

    let rows = view.shown.len();
    let lines: Vec<_> = view.shown.iter().enumerate().map(|(i, movement)| pieces(&clock, &stops, (i, rows), movement)).collect();

    clock.draw_nights(&mut sheet, &run);
    sheet.layer("axis", |pen| clock.draw_hours(pen));
    sheet.layer("places", |pen| view.draw_places(pen, plot, area, &stops));
    sheet.layer("convoys", |pen| {
        for pieces in &lines {
            view.draw_line(pen, &clock, pieces);
        }
    });
    if look.is_small() {
        return Ok(sheet.finish());
    }
    sheet.haloed("labels", |pen| view.draw_labels(pen, &clock, &lines));
    sheet.layer("legend", |pen| {
        let strip = Area { top: plot.bottom - legend::height(look), ..plot };
        legend::classes(pen, look, strip, &Class::ALL[1..], None, legend::line);
        if stops.iter().any(|stop| stop.stretched) {
            let (words, face) = ("// drawn longer than to scale", Type::new(Use::Tick, look.palette().ink[1]));
            pen.text_where_free(&[((strip.right, legend::base(look, strip)), Anchor::End)], words, face);
        }
    });
    Ok(sheet.finish())
}

struct View<'v> {
    run: &'v OneRun<'v>,
    look: Look,
    day: i64,
    route: &'v str,
    along: Vec<(f64, &'v NodeRow)>,
    /// Convoys of the route that set out on the day.
    all: usize,
    /// The first of them.
    shown: Vec<&'v Movement<'v>>,
}

impl<'v> View<'v> {
    fn of(run: &'v OneRun<'v>, look: Look) -> Result<Self, NotDrawn> {
        let nodes = &run.output.nodes;
        let mut best: Option<((bool, usize, u64), i64, &str)> = None;
        for movement in run.movements.iter().filter(|movement| !movement.is_by_air()) {
            let (route, day) = (movement.convoy.route.as_str(), run.day(movement.set_out));
            let same: Vec<&Movement<'_>> = on(run, route, day).collect();
            let exposed = same.iter().flat_map(|other| &other.stretches).filter(|stretch| stretch.is_exposed());
            let has_crossing = distance::nodes_along(nodes, route).iter().any(|(_, node)| node.kind == "crossing");
            let key = (has_crossing, same.len(), exposed.map(|stretch| stretch.end - stretch.start).sum());
            if best.is_none_or(|(known, ..)| key > known) {
                best = Some((key, day, route));
            }
        }
        let Some((_, day, route)) = best else { return Err(NotDrawn("no movement by land in the run shown".into())) };
        let along = distance::nodes_along(nodes, route);
        if along.len() < 2 {
            return Err(NotDrawn(format!("no distances are known along {route}")));
        }
        let mut shown: Vec<&Movement<'_>> = on(run, route, day).collect();
        shown.sort_by_key(|movement| (movement.set_out, movement.convoy.nth));
        let all = shown.len();
        shown.truncate(LINES);
        Ok(Self { run, look, day, route, along, all, shown })
    }

    /// First and last instant that is shown.
    fn span(&self) -> (i64, i64) {
        let noon = self.run.noon(self.day);
        let start = self.shown.iter().map(|movement| movement.set_out as i64).min().unwrap_or(noon);
        (start - HALF_AN_HOUR, self.last_exposed().min(noon + TICKS_PER_DAY as i64 + BEYOND))
    }

    fn last_exposed(&self) -> i64 {
        let exposed = self.shown.iter().flat_map(|movement| &movement.stretches).filter(|stretch| stretch.is_exposed());
        exposed.map(|stretch| stretch.end as i64).max().unwrap_or(0)
    }

    fn has_crossing(&self) -> bool {
        self.along.iter().any(|(_, node)| node.kind == "crossing")
    }

    fn words(&self) -> Words {
        let title = self.finding();
        let convoys = counted(self.all, "convoy", "convoys");
        let first = if self.all > self.shown.len() { format!(" The first {} of {convoys}.", grouped(LINES)) } else { String::new() };
        let rule = if self.has_crossing() { " (of those with a crossing)" } else { "" };
        let cut = if self.last_exposed() > self.span().1 { " Lines go on beyond the edge." } else { "" };
        let day = self.run.day_in_words(self.day);
        let km = self.along.last().map_or(0.0, |(km, _)| *km);
        let on_road: Vec<f64> = self.shown.iter().map(|movement| movement.convoy.exposed_h).collect();
        let range = match (on_road.iter().copied().reduce(f64::min), on_road.iter().copied().reduce(f64::max)) {
            (Some(least), Some(most)) => format!("exposed for {} to {} each", hours(least), hours(most)),
            _ => String::new(),
        };
        let classes = class_rule(self.run.output);
        Words {
            id: "time-distance",
            subtitle: format!(
                "Distance along {}, {day}, {}; steeper is faster, flat is halted",
                self.route,
                self.run.output.info.clock.zone()
            ),
            caveat: format!("{} Shown: the route{rule} and the day with most convoys.{first}{cut}", self.run.caveat()),
            description: format!(
                "Time-distance diagram of {} over {} km. {title}. {convoys} of one day, {day}, {range}. {classes}. {} No uncertainty is \
                 shown. Data: segments.csv, nodes.csv.",
                self.route,
                plain(km),
                self.run.caveat(),
            ),
            title,
        }
    }

    fn finding(&self) -> String {
        let convoys = format!("{} on {}", counted(self.all, "convoy", "convoys"), self.route);
        let longest = self.shown.iter().map(|movement| queue(movement)).max().unwrap_or(0);
        match (self.has_crossing(), longest) {
            (true, 0) => format!("{convoys}: no queue at the crossing"),
            (true, ticks) => {
                let long = hours(ticks as f64 / TICKS_PER_HOUR as f64);
                if self.all == 1 {
                    format!("{convoys}: {long} in the border queue")
                } else {
                    format!("{convoys}: up to {long} in the border queue")
                }
            }
            (false, _) => {
                let most = self.shown.iter().map(|movement| movement.convoy.exposed_h).fold(0.0, f64::max);
                format!("{convoys}: exposed for up to {}", hours(most))
            }
        }
    }

    fn width_of_names(&self, plot: Area) -> f64 {
        let look = self.look;
        let size = look.type_size(Use::Tick);
        let wide = |(km, node): &(f64, &NodeRow)| font::width(&node.label, size, true) + font::width(&far(*km), size, false) + size * 0.6;
        let widest = self.along.iter().map(wide).fold(0.0, f64::max);
        widest.min(plot.width() * 0.3) + look.px(28.0)
    }

    /// Nodes with their kilometres, bands of crossings, marks of legs that are not to scale.
    fn draw_places(&self, pen: &mut Pen<'_>, plot: Area, area: Area, stops: &[Stop<'_>]) {
        let (look, palette) = (self.look, self.look.palette());
        let size = look.type_size(Use::Tick);
        let edge = area.left - look.px(22.0);
        for (i, stop) in stops.iter().enumerate() {
            for y in if stop.is_crossing() { vec![stop.top, stop.bottom] } else { vec![stop.top] } {
                pen.line(&[(area.left, y), (area.right, y)], 1.5, palette.rule);
            }
            if stop.stretched
                && let Some(next) = stops.get(i + 1)
            {
                let (y, r) = ((stop.bottom + next.top) / 2.0, look.px(6.0));
                for x in [area.left - look.px(12.0), area.left - look.px(5.0)] {
                    pen.line(&[(x - r * 0.5, y + r), (x + r * 0.5, y - r)], 1.8, palette.ink[1]);
                }
            }
            if look.is_small() {
                continue;
            }
            let y = (stop.top + stop.bottom) / 2.0 + size * 0.36;
            let km = far(stop.km);
            let wide = font::width(&km, size, false) + size * 0.6;
            let name = font::fitted(&stop.node.label, size, true, edge - wide - plot.left + 0.5);
            let face = Type::new(Use::Tick, palette.ink[0]).bold().end();
            if pen.is_free(pen.measure((edge - wide, y), &name, face)) {
                pen.text((edge - wide, y), &name, face);
                pen.text((edge, y), &km, Type::new(Use::Tick, palette.ink[1]).end());
            }
            if stop.is_crossing() {
                let place = ((edge, y + size * 1.2), Anchor::End);
                pen.text_where_free(&[place], "drawn expanded", Type::new(Use::Tick, palette.ink[2]));
            }
        }
    }

    /// A convoy from node to node; thin lines lead to and from its row in the band.
    fn draw_line(&self, pen: &mut Pen<'_>, clock: &ClockAxis, pieces: &[Piece<'_>]) {
        let look = self.look;
        let secured = pieces.iter().filter(|piece| piece.class.is_none()).map(|piece| [piece.from, piece.to]);
        for line in links(clock, pieces).into_iter().chain(secured) {
            pen.line(&line, 1.6, look.palette().ink[2]);
        }
        for wider in [2.5, 0.0] {
            for piece in pieces.iter().filter(|piece| piece.to.0 > piece.from.0) {
                let Some(class) = piece.class else { continue };
                let colour = if wider > 0.0 { legend::edge(look, class) } else { legend::colour(look, class) };
                pen.line(&[piece.from, piece.to], legend::width(class) + wider, colour);
            }
        }
    }

    /// Numbers of the convoys beside their rows in the bands, with the time in the queue, and above where they set out.
    fn draw_labels(&self, pen: &mut Pen<'_>, clock: &ClockAxis, lines: &[Vec<Piece<'_>>]) {
        let size = self.look.type_size(Use::Tick);
        let (gap, face) = (self.look.px(14.0), Type::new(Use::Tick, self.look.palette().ink[0]));
        let mut links: Vec<Area> = Vec::new();
        for [from, to] in lines.iter().flat_map(|pieces| self::links(clock, pieces)) {
            let wide = self.look.px(4.0);
            links.push(Area { left: from.0 - wide, right: from.0 + wide, top: from.1.min(to.1), bottom: from.1.max(to.1) });
        }
        for (movement, pieces) in self.shown.iter().zip(lines) {
            let number = format!("no. {}", movement.convoy.nth);
            for stay in pieces.chunk_by(|a, b| a.crossing.is_some() && a.crossing == b.crossing) {
                let (first, last) = (&stay[0], &stay[stay.len() - 1]);
                if first.crossing.is_none() {
                    continue;
                }
                let queued: u64 = stay.iter().filter(|piece| piece.kind == "border queue").map(|piece| piece.end - piece.start).sum();
                let words = match queued {
                    0 => number.clone(),
                    ticks => format!("{number}, queue {}", hours(ticks as f64 / TICKS_PER_HOUR as f64)),
                };
                let y = first.from.1 + size * 0.36;
                // Right of the row, or left of it; a queue also right of a thin line that is in the way.
                let near = if queued > 0 { self.look.px(120.0) } else { 0.0 };
                let mut starts: Vec<f64> =
                    links.iter().map(|link| link.right).filter(|x| (last.to.0..last.to.0 + near).contains(x)).collect();
                starts.push(last.to.0);
                starts.sort_by(f64::total_cmp);
                let mut places: Vec<_> = starts.into_iter().map(|x| ((x + gap, y), Anchor::Start)).collect();
                places.insert(1, ((first.from.0 - gap, y), Anchor::End));
                places.retain(|(point, anchor)| {
                    let area = pen.measure(*point, &words, Type { anchor: *anchor, ..face });
                    let within = clock.area.left <= area.left && area.right <= clock.area.right;
                    within && !links.iter().any(|link| link.meets(area))
                });
                pen.text_where_free(&places, &words, face);
            }
            if let Some(first) = pieces.first() {
                let above = (first.from.0, first.from.1 - size * 0.55);
                let quiet = Type::new(Use::Tick, self.look.palette().ink[1]);
                pen.text_where_free(&[(above, Anchor::Middle)], &movement.convoy.nth.to_string(), quiet);
            }
        }
    }
}

/// Thin vertical lines that join what follows each other at different heights, as a road and a row of a band.
fn links(clock: &ClockAxis, pieces: &[Piece<'_>]) -> Vec<[Point; 2]> {
    let joints = pieces.windows(2).filter(|pair| (pair[1].start as i64) < clock.to && (pair[0].to.1 - pair[1].from.1).abs() > 0.5);
    joints.map(|pair| [pair[0].to, (pair[0].to.0, pair[1].from.1)]).collect()
}

/// Convoys of a route that set out on a day.
fn on<'v>(run: &'v OneRun<'v>, route: &'v str, day: i64) -> impl Iterator<Item = &'v Movement<'v>> {
    run.movements.iter().filter(move |movement| movement.convoy.route == route && run.day(movement.set_out) == day)
}

/// Ticks in queues of crossings.
fn queue(movement: &Movement<'_>) -> u64 {
    movement.stretches.iter().filter(|stretch| stretch.kind == "border queue").map(|stretch| stretch.end - stretch.start).sum()
}

fn far(km: f64) -> String {
    format!("{} km", plain(km))
}
