//! Assumptions by how far they move the answer: each moved to both ends of its range, all else as it is.
//!
//! A bar goes from the base value to what an end makes of the response; the low end is filled, the high end open. What chance alone could
//! have made is grey. Two ends that go the same way are drawn above each other, and marked: one line cannot tell them.

mod ends;
mod finding;

use self::ends::{End, ends};
use super::axis::{self, Scale};
use super::key::{self, Item};
use super::look::{Colour, Look, Use};
use super::pen::{Anchor, Area, Pen, Type};
use super::sheet::{Identity, Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::difference::words as words_of;
use crate::report::words::{counted, plain, points};
use crate::results::{Assumed, Swing, Swings};

/// Most rows on a page.
const ROWS: usize = 8;

pub(super) fn draw(assumed: &Assumed, order: Order) -> Result<String, NotDrawn> {
    let swings = &assumed.swings;
    let told = swings.rows.iter().any(|swing| ends(swing).iter().flatten().any(|end| end.interval.is_some()));
    if !told {
        return Err(NotDrawn("no assumption could be moved to an end at which every run finished".into()));
    }
    let look = order.look;
    let view = View { swings, look };
    let mut sheet = Sheet::of(look, &Identity::of_side(&assumed.base), view.words());
    let layout = Layout::of(&view, sheet.plot());
    sheet.layer("axis", |pen| view.draw_axis(pen, &layout));
    sheet.layer("rows", |pen| {
        for (place, swing) in swings.rows[..layout.rows].iter().enumerate() {
            view.draw_row(pen, &layout, place, swing);
        }
    });
    if !look.is_small() {
        sheet.haloed("values", |pen| {
            for (place, swing) in swings.rows[..layout.rows].iter().enumerate() {
                view.draw_values(pen, &layout, place, swing);
            }
        });
    }
    sheet.layer("base", |pen| {
        let x = layout.scale.at(0.0);
        pen.line(&[(x, layout.plot.top), (x, layout.plot.bottom)], 2.0, look.palette().ink[0]);
    });
    if !look.is_small() {
        sheet.layer("key", |pen| view.draw_key(pen, &layout));
    }
    Ok(sheet.finish())
}

struct View<'v> {
    swings: &'v Swings,
    look: Look,
}

/// Where things stand.
struct Layout {
    labels: Area,
    plot: Area,
    swing: Area,
    scale: Scale,
    /// Width kept for the value of an end beside its bar.
    beside: f64,
    step: f64,
    rows: usize,
}

impl Layout {
    fn of(view: &View<'_>, area: Area) -> Self {
        let look = view.look;
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let small = look.is_small();
        let (above, below) = if small { (0.0, 0.0) } else { (label * 1.5, axis::height_below(look) + tick * 1.9) };
        let body = Area { top: area.top + above, bottom: area.bottom - below, ..area };
        let most = ((body.height() / (label * 2.35)).floor().max(1.0) as usize).min(if small { 5 } else { ROWS });
        let rows = view.swings.rows.len().min(most);
        let step = (body.height() / rows.max(1) as f64).min(label * 3.4);
        let gap = look.px(30.0);
        let labels = Area { right: body.left + body.width() * if small { 0.42 } else { 0.31 }, ..body };
        let width = if small { 0.0 } else { font::width("≥ 99.9 people/d", label, true) * 0.8 };
        let swing = Area { left: body.right - width, ..body };
        let plot = Area {
            left: labels.right + gap,
            right: if small { body.right } else { swing.left - gap },
            bottom: body.top + step * rows as f64,
            ..body
        };
        let beside = if small { 0.0 } else { plot.width() * 0.17 };
        let shown = view.swings.rows[..rows].iter().flat_map(|swing| ends(swing).into_iter().flatten());
        let reach = shown.filter_map(|end| end.interval);
        let finite = reach.flat_map(|interval| [interval.lower, interval.upper, interval.estimate]).filter(|x| x.is_finite());
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        let spread = if high > low { high - low } else { 1.0 };
        // Where nothing goes one way there is still room for words that way.
        let scale = Scale::new((low - spread * 0.02, high + spread * 0.02), (plot.left + beside, plot.right - beside));
        Self { labels, plot, swing, scale, beside, step, rows }
    }
}

impl View<'_> {
    fn response(&self) -> String {
        words_of(&self.swings.terms.response)
    }

    fn unit(&self) -> &'static str {
        match self.swings.terms.response.unit {
            "d" => "days",
            unit => unit,
        }
    }

    fn words(&self) -> Words {
        let terms = &self.swings.terms;
        let title = finding::title(self.swings);
        let first: Vec<String> =
            self.swings.rows.iter().take(3).map(|swing| format!("{} {} {}", swing.path, plain(swing.size()), self.unit())).collect();
        let base = terms.base.map_or_else(String::new, |base| format!("; base {} {}", plain(base), self.unit()));
        let pairs = terms.looks.last().copied().unwrap_or(0);
        Words {
            id: "tornado",
            subtitle: format!("Change of mean {} when one input alone is moved over its range{base}", self.response()),
            caveat: format!(
                "One at a time, up to {} under the same random numbers: what two inputs do together is not in it. Caps: Monte Carlo error; \
                 all intervals hold together with {}%.",
                counted(pairs as usize, "pair", "pairs"),
                points(terms.level)
            ),
            description: format!(
                "Tornado of bars, one row an input. {title}. Largest swings: {}. Caps show the Monte Carlo error of each end, as intervals that \
                 hold together. Data: explanation.json.",
                first.join(", ")
            ),
            title,
        }
    }

    fn draw_axis(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette) = (self.look, self.look.palette());
        if look.is_small() {
            return;
        }
        let (plot, scale) = (layout.plot, layout.scale);
        let (low, high) = scale.values();
        let steps = axis::round_steps(low, high, 6);
        for step in &steps {
            pen.line(&[(scale.at(*step), plot.top), (scale.at(*step), plot.bottom)], 1.5, palette.grid);
        }
        axis::values_below(pen, look, plot, scale, &steps, |_, step| ends::signed(step));
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let y = plot.top - look.px(12.0);
        pen.text((layout.labels.left, y), "Input, value, range", quiet);
        let (less, more) =
            if self.swings.terms.response.name == "days_to_completion" { ("← sooner", "later →") } else { ("← lower", "higher →") };
        let zero = scale.at(0.0);
        pen.text((zero - look.px(20.0), y), less, quiet.end());
        pen.text_where_free(&[((zero + look.px(20.0), y), Anchor::Start)], more, quiet);
        pen.text_where_free(&[((layout.swing.right, y), Anchor::End)], "Swing", quiet);
    }

    fn draw_row(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize, swing: &Swing) {
        let (look, palette) = (self.look, self.look.palette());
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let top = layout.plot.top + layout.step * place as f64;
        let middle = top + layout.step / 2.0;
        pen.line(&[(layout.labels.left, top), (layout.swing.right, top)], 1.5, palette.grid);
        let marks = format!("{}{}", if swing.stated { "" } else { "*" }, if ends::same_way(swing) { "†" } else { "" });
        let room = layout.labels.width() - font::width(&marks, label, true);
        let name = font::fitted(&ends::name(swing), label, true, room) + &marks;
        let two = !look.is_small() && layout.step >= label * 2.3;
        let y = if two { middle - label * 0.12 } else { middle + label * 0.36 };
        pen.text((layout.labels.left, y), &name, Type::new(Use::Label, palette.ink[0]).bold());
        if two {
            let about = font::fitted(&ends::about(swing), tick, false, layout.labels.width());
            pen.text((layout.labels.left, middle + tick * 1.05), &about, Type::new(Use::Tick, palette.ink[1]));
        }
        let colour = if swing.is_known() { palette.progress } else { palette.outline };
        self.draw_bars(pen, layout, middle, swing, colour);
        if !look.is_small() {
            let figure = format!("{} {}", ends::size(swing), self.swings.terms.response.unit);
            let face = Type::new(Use::Label, if swing.is_known() { palette.progress } else { palette.ink[1] });
            pen.text((layout.swing.right, middle + label * 0.36), figure.trim_end(), face.bold().end());
        }
    }

    /// Upper and lower edge of the bar of an end about the middle of its row.
    fn edges(&self, layout: &Layout, middle: f64, swing: &Swing, nth: usize) -> (f64, f64) {
        let half = (layout.step * 0.28).min(self.look.type_size(Use::Label) * 0.7);
        match (ends::same_way(swing), nth) {
            (false, _) => (middle - half, middle + half),
            (true, 0) => (middle - half, middle),
            (true, _) => (middle, middle + half),
        }
    }

    fn draw_bars(&self, pen: &mut Pen<'_>, layout: &Layout, middle: f64, swing: &Swing, colour: Colour) {
        let (look, palette) = (self.look, self.look.palette());
        let zero = layout.scale.at(0.0);
        for (nth, end) in ends(swing).into_iter().enumerate() {
            let Some(interval) = end.and_then(|end| end.interval) else { continue };
            let (from, to) = self.edges(layout, middle, swing, nth);
            let centre = f64::midpoint(from, to);
            let x = layout.scale.at(interval.estimate);
            let bar = Area { left: zero.min(x), right: zero.max(x), top: from, bottom: to };
            if nth == 0 {
                pen.fill(bar, colour);
            } else {
                pen.fill(bar, palette.paper);
                if look.hairlines() {
                    pen.hatch(bar, colour);
                }
                pen.outline(bar, 2.5, colour);
            }
            let (low, high) = (layout.scale.at(interval.lower), layout.scale.at(interval.upper));
            let cap = (to - from) * 0.22;
            let ink = if nth == 0 { palette.ink[2] } else { palette.ink[1] };
            pen.line(&[(low, centre), (high, centre)], 1.7, ink);
            for x in [low, high] {
                pen.line(&[(x, centre - cap), (x, centre + cap)], 1.7, ink);
            }
        }
    }

    /// What the input is at each end; where an end has no bar, why.
    fn draw_values(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize, swing: &Swing) {
        let look = self.look;
        let (tick, face) = (look.type_size(Use::Tick), Type::new(Use::Tick, look.palette().ink[1]));
        let zero = layout.scale.at(0.0);
        let middle = layout.plot.top + layout.step * (place as f64 + 0.5);
        for (nth, end) in ends(swing).into_iter().enumerate().filter_map(|(nth, end)| Some((nth, end?))) {
            let (from, to) = self.edges(layout, middle, swing, nth);
            let y = f64::midpoint(from, to) + tick * 0.36;
            let End { value, interval, why } = end;
            let Some(interval) = interval else {
                // The words stand where the other end leaves room.
                let other = ends(swing)[1 - nth].as_ref().and_then(|end| end.interval).map_or(0.0, |interval| interval.estimate);
                let (room, place) = if other > 0.0 {
                    (zero - layout.plot.left, ((zero - look.px(10.0), y), Anchor::End))
                } else {
                    (layout.plot.right - zero, ((zero + look.px(10.0), y), Anchor::Start))
                };
                let words = why.iter().map(|why| format!("{value}: {why}"));
                let fitting = words.into_iter().find(|words| font::width(words, tick, false) <= room - look.px(12.0));
                pen.text_where_free(&[place], &fitting.unwrap_or_else(|| "?".into()), face);
                continue;
            };
            let x = layout.scale.at(interval.estimate);
            let way = if interval.estimate < 0.0 || interval.estimate == 0.0 && nth == 0 { -1.0 } else { 1.0 };
            let cap = layout.scale.at(if way < 0.0 { interval.lower } else { interval.upper });
            let edge = if way < 0.0 { cap.min(x) } else { cap.max(x) } + way * look.px(8.0);
            let words = font::fitted(&value, tick, false, layout.beside);
            let anchor = if way < 0.0 { Anchor::End } else { Anchor::Start };
            let places =
                [y, middle - layout.step * 0.5 + tick * 0.95, middle + layout.step * 0.5 - tick * 0.15].map(|y| ((edge, y), anchor));
            pen.text_where_free(&places, &words, face);
        }
    }

    fn draw_key(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette) = (self.look, self.look.palette());
        let (tick, quiet) = (look.type_size(Use::Tick), Type::new(Use::Tick, palette.ink[1]));
        let y = layout.plot.bottom + axis::height_below(look) + tick * 1.2;
        let items = [
            Item::new("low end", |pen, area| pen.fill(area, palette.progress)),
            Item::new("high end", |pen, area| pen.outline(area, 2.5, palette.progress)),
            Item::new("grey: not resolved", |pen, area| pen.fill(area, palette.outline)),
        ];
        let strip = Area { left: layout.plot.left, right: layout.swing.right, top: y - tick, bottom: y + tick };
        key::draw(pen, look, strip, &items);
        let words = font::fitted(&self.others(layout.rows), tick, false, layout.labels.width());
        pen.text((layout.labels.left, y), &words, quiet);
        let mut notes = Vec::new();
        let shown = &self.swings.rows[..layout.rows];
        if shown.iter().any(|swing| !swing.stated) {
            notes.push("* no range stated: ±20%");
        }
        if shown.iter().any(ends::same_way) {
            notes.push("† both ends go the same way");
        }
        let y = layout.plot.bottom + look.px(14.0) + tick;
        let words = font::fitted(&notes.join("  "), tick, false, layout.labels.width());
        if !words.is_empty() {
            pen.text_where_free(&[((layout.labels.left, y), Anchor::Start)], &words, quiet);
        }
    }

    /// `12 others: ≤ 0.4 d`.
    fn others(&self, shown: usize) -> String {
        let others: Vec<&Swing> = self.swings.rows[shown..].iter().chain(&self.swings.others).collect();
        let Some(most) = others.iter().map(|swing| swing.size()).reduce(f64::max) else { return String::new() };
        let unit = self.swings.terms.response.unit;
        let text = format!("{}: ≤ {} {unit}", counted(others.len(), "other", "others"), plain(most));
        text.trim_end().into()
    }
}
