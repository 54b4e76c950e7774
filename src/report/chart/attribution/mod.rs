//! What the days were spent on: one bar of the mean makespan whose parts sum to it, and how far each part ranges over the runs.
//!
//! Two kinds of part stand apart: activities of convoys, buses and aircraft (blue), and waiting for something from outside such as a
//! window or weather (grey; hatched in print). Whose queue it was, is in `bottlenecks`.

mod parts;

use self::parts::{Makespan, Part};
use super::axis::{self, Scale};
use super::look::{Colour, Look, Theme, Use};
use super::pen::{Anchor, Area, Pen, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::words::{counted, figure, grouped, plain};
use crate::results::Output;

/// Names of the two kinds of part.
const KINDS: [&str; 2] = ["Activities", "Waiting, outside causes"];
/// Most parts; the same in every format, so that figures are too.
const PARTS: usize = 9;

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let look = order.look;
    let makespan = Makespan::of(output, PARTS)
        .ok_or_else(|| NotDrawn("no replication came to closure, and where time goes is known of those only".into()))?;
    let view = View { makespan, runs: output.table.records.len(), look };
    let mut sheet = Sheet::new(look, &output.info, view.runs, view.words());
    let plot = sheet.plot();
    let label = look.type_size(Use::Label);
    let top = plot.top + label * 1.6;
    let bar = Area { top, bottom: if look.is_small() { plot.bottom - label } else { top + label * 3.8 }, ..plot };
    sheet.layer("bar", |pen| view.draw_bar(pen, bar));
    if look.theme == Theme::Print {
        sheet.haloed("bar-labels", |pen| view.draw_names(pen, bar));
    } else {
        sheet.layer("bar-labels", |pen| view.draw_names(pen, bar));
    }
    if !look.is_small() {
        let rows = Area { top: bar.bottom + label * 2.1, bottom: plot.bottom - axis::height_below(look), ..plot };
        sheet.layer("parts", |pen| view.draw_rows(pen, rows));
    }
    Ok(sheet.finish())
}

struct View {
    makespan: Makespan,
    /// Replications, those without closure too.
    runs: usize,
    look: Look,
}

impl View {
    fn words(&self) -> Words {
        let span = &self.makespan;
        let title = span.finding();
        let listed: Vec<String> = span.parts.iter().zip(span.printed()).map(|(part, days)| format!("{} {days}", part.name)).collect();
        let left = match self.runs - span.runs {
            0 => String::new(),
            n => format!(" Over the {} that finished; {} did not.", counted(span.runs, "run", "runs"), grouped(n)),
        };
        let spread =
            if span.runs > 1 { "Lines show run-to-run spread (8 in 10 runs), ± the 95% Monte Carlo half-width" } else { "One run" };
        Words {
            id: "attribution",
            subtitle: format!("Mean time from start to closure, {} days, along the chain of events that led there", span.whole()),
            caveat: format!("Shortening one part shortens the whole by that much at most: another chain may take over.{left}"),
            description: format!("One stacked bar with ranges. {title}. Days: {}. {spread}. Data: attribution.csv.", listed.join(", ")),
            title,
        }
    }

    fn fill(&self, part: &Part) -> Colour {
        let palette = self.look.palette();
        if part.outside { palette.custody } else { palette.fan[1] }
    }

    fn swatch(&self, pen: &mut Pen<'_>, area: Area, part: &Part) {
        pen.fill(area, self.fill(part));
        if part.outside && self.look.theme == Theme::Print {
            pen.hatch(area, self.look.palette().outline);
        }
    }

    /// Where each part stands in the bar.
    fn segments(&self, bar: Area) -> Vec<Area> {
        let scale = Scale::new((0.0, self.makespan.ticks() as f64), (bar.left, bar.right));
        let mut from = 0;
        let place = |part: &Part| {
            let left = scale.at(from as f64);
            from += part.ticks;
            Area { left, right: scale.at(from as f64), ..bar }
        };
        self.makespan.parts.iter().map(place).collect()
    }

    fn draw_bar(&self, pen: &mut Pen<'_>, bar: Area) {
        let palette = self.look.palette();
        let segments = self.segments(bar);
        for (part, area) in self.makespan.parts.iter().zip(&segments) {
            self.swatch(pen, *area, part);
        }
        for area in &segments[1..] {
            pen.line(&[(area.left, bar.top), (area.left, bar.bottom)], 3.0, palette.paper);
        }
        pen.outline(bar, 1.5, palette.outline);
        if let Some((_, area)) = self.makespan.parts.iter().zip(&segments).find(|(part, area)| part.outside && area.left > bar.left) {
            let over = self.look.px(26.0);
            pen.line(&[(area.left, bar.top - over), (area.left, bar.bottom + over * 0.4)], 3.0, palette.ink[0]);
        }
    }

    /// Names and days within the bar where they fit, and over it what the two sides come to.
    fn draw_names(&self, pen: &mut Pen<'_>, bar: Area) {
        let (look, palette, span) = (self.look, self.look.palette(), &self.makespan);
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let segments = self.segments(bar);
        for (side, kind) in KINDS.into_iter().enumerate() {
            let own: Vec<(&Part, &Area)> = span.parts.iter().zip(&segments).filter(|(part, _)| part.outside == (side == 1)).collect();
            let Some((_, first)) = own.first() else { continue };
            let days = span.printed_side(side == 1);
            let words = if look.is_small() { format!("{kind} {days}") } else { format!("{kind}: {days} days") };
            let y = bar.top - label * 0.45;
            let gap = if side == 1 && first.left > bar.left { look.px(14.0) } else { 0.0 };
            let places = [((first.left + gap, y), Anchor::Start), ((bar.right, y), Anchor::End), ((bar.left, y), Anchor::Start)];
            pen.text_where_free(&places, &words, Type::new(Use::Label, palette.ink[0]).bold());
        }
        for ((part, days), area) in span.parts.iter().zip(span.printed()).zip(&segments) {
            let room = area.width() - look.px(16.0);
            let lines: Vec<String> = font::lines(part.name, tick, true, room).into_iter().chain([days]).collect();
            let fits = lines.len() <= 3 && !lines.iter().any(|line| line.contains('…') || font::width(line, tick, true) > room);
            let first = (bar.top + bar.bottom) / 2.0 - (lines.len() as f64 - 1.0) * tick * 0.6 + tick * 0.36;
            for (n, line) in lines.iter().enumerate().filter(|_| fits) {
                let face = Type::new(Use::Tick, palette.ink[0]);
                let face = if n + 1 == lines.len() { face.bold() } else { face };
                pen.text((area.left + look.px(10.0), first + tick * 1.2 * n as f64), line, face);
            }
        }
    }

    /// Each part in the order of the bar, the smallest left out where there is no room: mean, and what 8 in 10 runs lie between.
    fn draw_rows(&self, pen: &mut Pen<'_>, rows: Area) {
        let (look, palette, span) = (self.look, self.look.palette(), &self.makespan);
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let mut largest: Vec<usize> = (0..span.parts.len()).collect();
        largest.sort_by_key(|part| std::cmp::Reverse(span.parts[*part].ticks));
        largest.truncate((rows.height() / (label * 1.25)).floor().max(1.0) as usize);
        largest.sort_unstable();
        let step = (rows.height() / largest.len() as f64).min(label * 2.2);
        let rows = Area { bottom: rows.top + step * largest.len() as f64, ..rows };

        let widest = span.parts.iter().map(|part| font::width(part.name, label, false)).fold(0.0, f64::max);
        let names = rows.left + look.px(44.0);
        let lines = Area { left: names + widest + font::width("88.8 ± 8.8", label, true) + look.px(30.0), ..rows };
        let most = largest.iter().filter_map(|part| span.parts[*part].range).map(|(_, high)| high).fold(f64::MIN_POSITIVE, f64::max);
        let across = Scale::new((0.0, most), (lines.left, lines.right - font::width(" days", tick, false)));
        let steps = axis::round_steps(0.0, most, 6);
        for day in &steps {
            pen.line(&[(across.at(*day), lines.top), (across.at(*day), lines.bottom)], 1.5, palette.grid);
        }
        let last = steps.len().saturating_sub(1);
        axis::values_below(pen, look, lines, across, &steps, |i, day| if i == last { format!("{} days", plain(day)) } else { plain(day) });
        let head = if span.runs > 1 { "Mean days, and what 8 in 10 runs lie between" } else { "Days in this one run" };
        let head = font::fitted(head, tick, false, lines.width());
        pen.text((lines.left, lines.top - label * 0.4), &head, Type::new(Use::Tick, palette.ink[1]));

        let printed = span.printed();
        for (place, n) in largest.into_iter().enumerate() {
            let part = &span.parts[n];
            let middle = rows.top + step * (place as f64 + 0.5);
            let (baseline, half) = (middle + label * 0.36, label * 0.5);
            let swatch = Area { left: rows.left, top: middle - half, right: rows.left + 2.0 * half, bottom: middle + half };
            self.swatch(pen, swatch, part);
            pen.outline(swatch, 1.5, palette.outline);
            pen.text((names, baseline), part.name, Type::new(Use::Label, palette.ink[0]));
            let error = part.half_width.map_or_else(String::new, |half| format!(" ± {}", up(half, span.decimals())));
            let figure = format!("{}{error}", printed[n]);
            pen.text((lines.left - look.px(24.0), baseline), &figure, Type::new(Use::Label, palette.progress).end());
            if let Some((low, high)) = part.range.filter(|_| span.runs > 1) {
                pen.line(&[(across.at(low), middle), (across.at(high), middle)], 4.0, palette.fan[2]);
                for end in [low, high] {
                    pen.line(&[(across.at(end), middle - step * 0.2), (across.at(end), middle + step * 0.2)], 2.5, palette.progress);
                }
            }
            pen.disc((across.at(span.mean_days(part.ticks)), middle), look.px(9.0), palette.progress);
        }
    }
}

/// The parts with their mean days and half-widths as the chart prints them, for a table that says the same; nothing where no replication
/// came to closure.
pub(in crate::report) fn printed(output: &Output) -> Vec<[String; 3]> {
    let Some(span) = Makespan::of(output, PARTS) else { return Vec::new() };
    let error = |part: &Part| part.half_width.map_or_else(String::new, |half| up(half, span.decimals()));
    span.parts.iter().zip(span.printed()).map(|(part, days)| [part.name.to_owned(), days, error(part)]).collect()
}

/// An error with so many decimals, rounded up.
fn up(error: f64, decimals: usize) -> String {
    let scale = libm::pow(10.0, decimals as f64);
    figure((error * scale - 1e-9).ceil() / scale, decimals)
}
