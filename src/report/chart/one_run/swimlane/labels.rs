//! Words on the lanes, and the column of exposed time beside them.

use super::super::super::font;
use super::super::super::look::Use;
use super::super::super::pen::{Anchor, Area, Pen, Type};
use super::super::clock::ClockAxis;
use super::super::legend;
use super::super::movement::{Class, Movement, Stretch, halt_ticks};
use super::View;
use crate::report::words::hours;
use crate::units::TICKS_PER_HOUR;

impl View<'_> {
    /// Names of the movements at the left.
    pub(super) fn draw_names(&self, pen: &mut Pen<'_>, plot: Area, lanes: &[Area], clock: &ClockAxis) {
        let (look, palette) = (self.look, self.look.palette());
        let tick = look.type_size(Use::Tick);
        let room = clock.area.left - plot.left - look.px(20.0);
        for (movement, lane) in self.shown.iter().zip(lanes) {
            let name = font::fitted(&movement.name(), tick, true, room + 0.5);
            let y = lane.bottom - lane.height().min(tick * 2.2) * 0.5 + tick * 0.36;
            let place = ((clock.area.left - look.px(16.0), y), Anchor::End);
            pen.text_where_free(&[place], &name, Type::new(Use::Tick, palette.ink[0]).bold());
        }
    }

    /// What the first movement does, over its lane; the longest parts are named first, and what has no room is not.
    pub(super) fn draw_doing(&self, pen: &mut Pen<'_>, lanes: &[Area], clock: &ClockAxis) {
        let (Some(first), Some(lane)) = (self.shown.first(), lanes.first()) else { return };
        let size = self.look.type_size(Use::Tick);
        let face = Type::new(Use::Tick, self.look.palette().ink[1]).middle();
        let bars = |part: &[Stretch<'_>]| -> Vec<Area> { part.iter().map(|stretch| self.bar(clock, stretch, *lane)).collect() };
        for bar in bars(&first.stretches) {
            pen.reserve(bar);
        }
        let one = |a: &Stretch<'_>, b: &Stretch<'_>| {
            a.place == b.place && a.is_exposed() == b.is_exposed() && (a.is_exposed() || a.kind == b.kind)
        };
        let mut parts: Vec<&[Stretch<'_>]> = first.stretches.chunk_by(one).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part[part.len() - 1].end - part[0].start));
        for part in parts {
            let bars = bars(part);
            let (left, right) = (bars[0].left, bars[bars.len() - 1].right);
            let top = bars.iter().map(|bar| bar.top).fold(f64::INFINITY, f64::min);
            let (words, middle) = (self.doing(part), (left + right) / 2.0);
            // Words may be wider than what they name, but not by so much that they seem to name its neighbours.
            if font::width(&words, size, false) < (right - left) * 1.6 {
                let highest = lane.bottom - lane.height() * Class::Highest.height();
                let places = [top, highest].map(|top| ((middle, top - size * 0.35), Anchor::Middle));
                pen.text_where_free(&places, &words, face);
            }
        }
    }

    /// What a movement does at a place, in a word or two.
    fn doing(&self, part: &[Stretch<'_>]) -> String {
        let first = &part[0];
        let label = self.run.label(first.place);
        match first.is_exposed() {
            false => first.kind.into(),
            true if part.iter().all(Stretch::is_at_node) => label.into(),
            true if label == first.place => label.into(),
            true => format!("to {label}"),
        }
    }

    /// How long every stay in the highest class takes, and the longest halt whatever its class, upon them.
    pub(super) fn draw_minutes(&self, pen: &mut Pen<'_>, lanes: &[Area], clock: &ClockAxis) {
        let longest = self.longest_halt();
        let mut named: Vec<(&[Stretch<'_>], &Movement<'_>, Area)> = Vec::new();
        for (movement, lane) in self.shown.iter().zip(lanes) {
            let stays = movement.stretches.chunk_by(|a, b| a.class == b.class && a.end == b.start);
            named.extend(stays.filter(|stay| stay[0].class == Class::Highest).map(|stay| (stay, *movement, *lane)));
            if let Some((_, halt)) =
                longest.filter(|(halting, halt)| halting == movement && halt.iter().all(|part| part.class < Class::Highest))
            {
                named.push((halt, *movement, *lane));
            }
        }
        for (stay, movement, lane) in named {
            // Words stand on the longest part, which has one colour.
            let Some(main) = stay.iter().max_by_key(|part| part.end - part.start) else { continue };
            let bar = self.bar(clock, main, lane);
            let (size, colours) = (self.look.type_size(Use::Tick), self.look.palette().on_exposure);
            let long = hours(halt_ticks(stay) as f64 / TICKS_PER_HOUR as f64);
            let bare = long.trim_end_matches(" min").to_owned();
            let face = Type::new(Use::Tick, colours[main.class as usize - 1]).bold().middle();
            let fits = |words: &String| font::width(words, size, true) + self.look.px(8.0) <= bar.width();
            let middle = (bar.left + bar.right) / 2.0;
            if let Some(words) = [format!("{} {long}", main.kind), long.clone(), bare].into_iter().find(fits) {
                pen.text((middle, (bar.top + bar.bottom) / 2.0 + size * 0.36), &words, face);
                continue;
            }
            // Beside or above it, if no bar of its lane is in the way.
            let face = Type::new(Use::Tick, self.look.palette().ink[0]).bold();
            let (beside, gap) = (bar.top + size * 0.82, self.look.px(5.0));
            let places = [
                ((middle, bar.top - size * 0.3), Anchor::Middle),
                ((bar.right + gap, beside), Anchor::Start),
                ((bar.left - gap, beside), Anchor::End),
            ];
            let bars: Vec<Area> = movement.stretches.iter().map(|stretch| self.bar(clock, stretch, lane)).collect();
            let clear = |((x, y), anchor): &((f64, f64), Anchor)| {
                let area = pen.measure((*x, *y), &long, Type { anchor: *anchor, ..face });
                area.top >= lane.top && area.right <= clock.area.right && !bars.iter().any(|bar| bar.meets(area))
            };
            let places: Vec<_> = places.into_iter().filter(clear).collect();
            pen.text_where_free(&places, &long, face);
        }
    }

    /// Exposed time by class, a stack a lane.
    pub(super) fn draw_totals(&self, pen: &mut Pen<'_>, column: Area, lanes: &[Area]) {
        let (look, palette) = (self.look, self.look.palette());
        let size = look.type_size(Use::Tick);
        let widest = self.shown.iter().map(|movement| font::width(&hours(movement.convoy.exposed_h), size, true)).fold(0.0, f64::max);
        let most = self.shown.iter().map(|movement| movement.convoy.exposed_h).fold(0.0, f64::max);
        let room = column.width() - widest - look.px(14.0);
        let heading = font::lines("Loaded and exposed", size, false, column.width());
        for (i, line) in heading.iter().enumerate() {
            pen.text((column.left, column.top + size * (1.05 + 1.25 * i as f64)), line, Type::new(Use::Tick, palette.ink[1]));
        }
        for (movement, lane) in self.shown.iter().zip(lanes) {
            let mut x = column.left;
            let middle = lane.bottom - lane.height().min(size * 2.2) * 0.5;
            let half = (lane.height() * 0.32).min(size * 0.5);
            for class in [Class::Low, Class::Moderate, Class::High, Class::Highest] {
                let hours = movement.convoy.class_h[class as usize - 1];
                let wide = if most > 0.0 { hours / most * room } else { 0.0 };
                let part = Area { left: x, right: x + wide, top: middle - half, bottom: middle + half };
                if wide > 0.0 {
                    pen.fill(part, legend::colour(look, class));
                    pen.outline(part, 1.5, legend::outline(look, class));
                }
                x += wide;
            }
            let exposed = movement.convoy.exposed_h;
            let face = Type::new(Use::Tick, palette.ink[0]);
            let face = if exposed == most { face.bold() } else { face };
            pen.text_where_free(&[((x + look.px(10.0), middle + size * 0.36), Anchor::Start)], &hours(exposed), face);
        }
    }
}
