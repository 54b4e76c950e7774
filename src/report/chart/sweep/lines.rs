//! One factor: the number of each setting with its interval, and the requirement as a line.

use super::grid::levels;
use super::{Leading, identity};
use crate::report::chart::axis::{self, Scale};
use crate::report::chart::look::{Look, Use};
use crate::report::chart::pen::{Anchor, Area, Pen, Point, Type};
use crate::report::chart::sheet::{Sheet, Words};
use crate::report::chart::{NotDrawn, Order, font};
use crate::report::words::capital;
use crate::results::{Meets, PointFigure, SweepOutput};

/// More settings cannot be told apart.
const MOST: usize = 200;

pub(in crate::report::chart) fn draw(output: &SweepOutput, order: Order) -> Result<String, NotDrawn> {
    let [_] = output.info.factors.as_slice() else {
        return Err(NotDrawn(format!("it shows one factor, and this sweep has {}", output.info.factors.len())));
    };
    let leading = Leading::of(output)?;
    let look = order.look;
    let cells = || output.points.iter().filter_map(|row| row.cells.first()?.as_ref());
    let labels = levels(cells());
    let numbers: Option<Vec<f64>> = labels.iter().map(|label| cells().find(|cell| cell.label == *label)?.number).collect();
    let places = numbers.unwrap_or_else(|| (0..labels.len()).map(|i| i as f64).collect());
    let settings = labels.into_iter().zip(places).filter_map(|(label, place)| {
        let row = output.points.iter().position(|row| row.cells[0].as_ref().is_some_and(|cell| cell.label == label))?;
        Some(Setting { label, place, figure: leading.figures[row] })
    });
    let view = View { settings: settings.collect(), output, leading, look };
    if !(2..=MOST).contains(&view.settings.len()) {
        return Err(NotDrawn(format!("it shows 2 to {MOST} settings, and there are {}", view.settings.len())));
    }
    let mut sheet = Sheet::of(look, &identity(output), view.words());
    view.draw(&mut sheet);
    Ok(sheet.finish())
}

/// A level of the factor.
struct Setting {
    label: String,
    /// Its number; where levels are no numbers its place among them.
    place: f64,
    figure: PointFigure,
}

struct View<'v> {
    settings: Vec<Setting>,
    output: &'v SweepOutput,
    leading: Leading<'v>,
    look: Look,
}

impl View<'_> {
    fn words(&self) -> Words {
        let leading = &self.leading;
        let factor = &self.output.info.factors[0].label;
        let title = leading.title(&format!("by {factor}"));
        let (low, high) = leading.range();
        let unit = if leading.unit().is_empty() { String::new() } else { format!(", {}", leading.unit()) };
        Words {
            id: "lines",
            subtitle: format!("{}{unit}, by {factor}; bars: 95% Monte Carlo interval", capital(&leading.named())),
            caveat: leading.caveat(),
            description: format!(
                "Dots with intervals over {} settings of {factor}. {title}. Values from {} to {}. Bars show the Monte Carlo error. Data: points.csv.",
                self.settings.len(),
                leading.with_unit(low),
                leading.with_unit(high)
            ),
            title,
        }
    }

    fn scales(&self, area: Area) -> (Scale, Scale) {
        let (mut low, mut high) = self.leading.range();
        let ends = self.settings.iter().flat_map(|one| one.figure.ends).filter(|end| end.is_finite());
        for value in ends.chain(self.leading.bound()) {
            (low, high) = (low.min(value), high.max(value));
        }
        let room = if high > low { (high - low) * 0.08 } else { high.abs().max(1.0) * 0.1 };
        let (first, last) = (self.settings[0].place, self.settings[self.settings.len() - 1].place);
        let inset = (area.width() * 0.06).min(self.look.px(80.0));
        let across = Scale::new((first, last), (area.left + inset, area.right - inset));
        (across, Scale::new((low - room, high + room), (area.bottom, area.top)))
    }

    fn draw(&self, sheet: &mut Sheet) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let below = if look.is_small() { 0.0 } else { label * 1.5 };
        let whole = sheet.plot();
        let (_, up) = self.scales(whole);
        let (low, high) = up.values();
        let steps = axis::round_steps(low, high, if look.is_small() { 3 } else { 6 });
        let apart = axis::named_apart(&steps);
        let name = |value: f64| if self.leading.estimand.is_share() { self.leading.text(value) } else { apart(value) };
        let names: Vec<String> = steps.iter().map(|step| name(*step)).collect();
        let margin = axis::width_at_left(look, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let area = Area { left: whole.left + margin, bottom: whole.bottom - axis::height_below(look) - below, ..whole };
        let (across, up) = self.scales(area);
        sheet.layer("axes", |pen| {
            axis::values_at_left(pen, look, area, up, &steps, name);
            let places: Vec<f64> = self.settings.iter().map(|one| one.place).collect();
            let wide = area.width() / places.len() as f64;
            axis::values_below(pen, look, area, across, &places, |i, _| {
                font::fitted(&self.settings[i].label, look.type_size(Use::Tick), false, wide.max(label * 3.0))
            });
            if !look.is_small() {
                let factor = font::fitted(&self.output.info.factors[0].label, label, true, area.width());
                let place = (f64::midpoint(area.left, area.right), area.bottom + axis::height_below(look) + label * 1.05);
                pen.text(place, &factor, Type::new(Use::Label, palette.ink[0]).bold().middle());
            }
        });
        if let Some(bound) = self.leading.bound() {
            let y = up.at(bound);
            sheet.dashed("requirement", [10.0, 8.0], |pen| pen.line(&[(area.left, y), (area.right, y)], 2.2, palette.ink[0]));
        }
        sheet.layer("settings", |pen| self.draw_settings(pen, area, across, up));
        sheet.haloed("labels", |pen| self.draw_labels(pen, area, across, up));
    }

    fn draw_settings(&self, pen: &mut Pen<'_>, area: Area, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let known: Vec<Point> = self.settings.iter().filter_map(|one| Some((across.at(one.place), up.at(one.figure.value?)))).collect();
        if known.len() > 1 {
            pen.line(&known, 3.0, palette.fan[2]);
        }
        for one in &self.settings {
            let x = across.at(one.place);
            if one.figure.invalid {
                continue;
            }
            let Some(value) = one.figure.value else {
                // Not reached: beyond the scale.
                let r = look.px(11.0);
                pen.polygon(&[(x, area.top), (x + r, area.top + r * 1.5), (x - r, area.top + r * 1.5)], palette.late);
                continue;
            };
            let [low, high] = one.figure.ends.map(|end| up.at(end));
            pen.line(&[(x, low), (x, high)], 2.5, palette.progress);
            for y in [low, high] {
                pen.line(&[(x - look.px(8.0), y), (x + look.px(8.0), y)], 2.5, palette.progress);
            }
            let y = up.at(value);
            pen.disc((x, y), look.px(11.0), palette.progress);
            if matches!(one.figure.meets, Some(Meets::No)) {
                pen.disc((x, y), look.px(7.5), palette.paper);
            }
        }
    }

    fn draw_labels(&self, pen: &mut Pen<'_>, area: Area, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        if look.is_small() {
            return;
        }
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        if let (Some(bound), Some(wanted)) = (self.leading.bound(), self.leading.wanted()) {
            let y = up.at(bound);
            let places = [
                ((area.right, y - tick * 0.4), Anchor::End),
                ((area.right, y + tick * 1.1), Anchor::End),
                ((area.left, y - tick * 0.4), Anchor::Start),
                ((area.left, y + tick * 1.1), Anchor::Start),
            ];
            let words = format!("required: {wanted}");
            let words = font::fitted(&words, tick, false, area.width() * 0.6);
            let face = Type::new(Use::Tick, palette.ink[1]);
            // Not upon a bar.
            let clear = |(point, anchor): &(Point, Anchor)| {
                let text = pen.measure(*point, &words, Type { anchor: *anchor, ..face });
                !self.settings.iter().any(|one| {
                    let (x, ends) = (across.at(one.place), one.figure.ends.map(|end| up.at(end)));
                    (text.left..=text.right).contains(&x) && ends[1] <= text.bottom && ends[0] >= text.top
                })
            };
            let free: Vec<_> = places.iter().copied().filter(clear).collect();
            pen.text_where_free(if free.is_empty() { &places } else { &free }, &words, face);
        }
        for one in &self.settings {
            let base = self.output.info.base_point == Some(one.figure.point);
            let x = across.at(one.place);
            let close = if one.figure.meets == Some(Meets::Open) { "≈ " } else { "" };
            let (y, mut words) = match one.figure.value {
                Some(value) => (up.at(value), format!("{close}{}", self.leading.text(value))),
                None if one.figure.invalid => (area.bottom - label * 0.6, "invalid".into()),
                None => (area.top + label, "not reached".into()),
            };
            if base {
                words.push_str(" base");
            }
            let gap = look.px(18.0);
            let places = [
                ((x + gap, y - label * 0.25), Anchor::Start),
                ((x - gap, y - label * 0.25), Anchor::End),
                ((x + gap, y + label * 0.9), Anchor::Start),
                ((x - gap, y + label * 0.9), Anchor::End),
            ];
            pen.text_where_free(&places, &words, Type::new(Use::Label, palette.progress).bold());
        }
    }
}
