//! What a response depends on: one row an input, most important first, with two measures and their intervals.
//!
//! Of Sobol' indices the total, and beside it what the input does alone; of a screening the mean size mu* of elementary effects, and beside it
//! their spread sigma, on one scale: a spread as large as the size says curved, or dependent on other inputs. An estimate below 0 stands where
//! it is. What does not clear the noise floor by its interval is grey.

mod layout;
mod rows;

use self::layout::{Layout, two_lines};
use self::rows::{NO_EFFECT, Row, Rows};
use super::identity_of;
use crate::report::chart::axis;
use crate::report::chart::key::{self, Item};
use crate::report::chart::look::{Colour, Look, Use};
use crate::report::chart::pen::{Anchor, Area, Pen, Point, Type};
use crate::report::chart::sheet::{Sheet, Words};
use crate::report::chart::{NotDrawn, Order, font};
use crate::report::difference::words;
use crate::report::sensitivity::{finding, share};
use crate::report::words::{capital, counted, grouped};
use crate::results::{Measures, ResponseSensitivity, Sensitivity, SweepInfo, SweepOutput};

/// Letters that the names of inputs may take in a title.
const NAMES: usize = 70;

pub(in crate::report::chart) fn draw(output: &SweepOutput, order: Order) -> Result<String, NotDrawn> {
    let analysis = output.sensitivity.get(order.nth).ok_or_else(|| {
        NotDrawn("it shows what a response depends on, from a block with design = \"morris\" or \"sobol\"; this sweep has none".into())
    })?;
    let response = leading(&output.info, analysis).ok_or_else(|| NotDrawn("no response is shown".into()))?;
    let rows = rows::of(analysis, response);
    if rows.rows.is_empty() {
        return Err(NotDrawn(format!(
            "nothing can be said of {}: too few points have all their values, or it does not vary beyond noise",
            words(&response.info)
        )));
    }
    let view = View { analysis, response, rows, look: order.look };
    let mut sheet = Sheet::of(order.look, &identity_of(output, analysis.points), view.words());
    let key = view.key(0);
    let layout = Layout::of(&view, sheet.plot(), &key);
    // What is not shown has a word in the key, which may then need a line more.
    let key = view.key(view.rows.rows.len() - layout.rows);
    let layout = Layout::of(&view, sheet.plot(), &key);
    view.draw(&mut sheet, &layout, &key);
    Ok(sheet.finish())
}

/// What is told of: the response that the sweep leads with.
fn leading<'s>(info: &SweepInfo, analysis: &'s Sensitivity) -> Option<&'s ResponseSensitivity> {
    let name = info.leading().map(|(column, _)| info.columns[column].name.as_str());
    analysis.responses.iter().find(|one| Some(one.info.name.as_str()) == name).or(analysis.responses.first())
}

struct View<'v> {
    analysis: &'v Sensitivity,
    response: &'v ResponseSensitivity,
    rows: Rows,
    look: Look,
}

impl View<'_> {
    fn unit(&self) -> &'static str {
        match self.response.info.unit {
            "d" => "days",
            unit => unit,
        }
    }

    /// Room at the left for the mark of an open order.
    fn indent(&self) -> f64 {
        if self.rows.open.is_empty() || self.look.is_small() { 0.0 } else { self.look.px(20.0) }
    }

    fn words(&self) -> Words {
        let of = words(&self.response.info);
        let title = Some(finding(self.analysis, self.response, NAMES)).filter(|title| title.chars().count() <= NAMES * 2);
        let title = title.unwrap_or_else(|| finding(self.analysis, self.response, 0));
        let first: Vec<String> = self.rows.rows.iter().take(3).map(|row| format!("{} {}", row.label, row.told[0])).collect();
        let floor = self.rows.floor.as_ref().map_or_else(String::new, |floor| format!("; input without effect {}", floor.told[0]));
        let (kind, subtitle) = match &self.response.measures {
            Measures::Morris(_) => {
                let unit = if self.unit().is_empty() { String::new() } else { format!(" ({})", self.unit()) };
                ("Elementary effects after Morris", format!("How far mean {of} moves over the whole range of an input{unit}"))
            }
            _ => ("Sobol' indices", format!("Share of the variance of mean {of} that is due to each input")),
        };
        Words {
            id: "sensitivity",
            subtitle,
            caveat: self.caveat(),
            description: format!(
                "{kind}: dots with intervals, one row an input. {title}. {}: {}{floor}. Bars show the Monte Carlo error. Data: sensitivity.csv.",
                capital(self.rows.measures[0]),
                first.join("; ")
            ),
            title,
        }
    }

    /// Which error is drawn, what the floor is, and what else figures depend on.
    fn caveat(&self) -> String {
        let (over, knows, out, used, what) = match &self.response.measures {
            Measures::Morris(found) => ("trajectories", found.knows_seeds, found.left_out, found.trajectories, "trajectories"),
            Measures::Sobol(found) => ("blocks of rows", found.knows_seeds, found.left_out, found.rows, "rows"),
            Measures::Unknown => ("", true, 0, 0, ""),
        };
        let seeds = match (self.analysis.common, knows) {
            (true, true) => " and seeds",
            (true, false) => ", for these seeds alone",
            (false, _) => "",
        };
        let floor = match (&self.rows.floor, self.analysis.common) {
            (None, _) => "One run a point: noise cannot be told from inputs.",
            (Some(_), true) => "An input that only makes chance fall otherwise stays below the noise floor in 95 of 100 such studies.",
            (Some(_), false) => "An input without effect stays below the noise floor in 95 of 100 such studies.",
        };
        let left_out = match out {
            0 => String::new(),
            out => format!(" {} of {} {what} left out: a run there has no value.", grouped(out), grouped(out + used)),
        };
        format!(
            "Bars: 95% bootstrap intervals (Monte Carlo error) over {over}{seeds}, each by itself. {floor} Other ranges give other figures.{left_out}"
        )
    }

    /// What marks mean, and how many inputs have no row.
    fn key(&self, hidden: usize) -> Vec<Item<'_>> {
        let (look, palette) = (self.look, self.look.palette());
        let radius = look.px(9.0);
        let centre = |area: Area| (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
        let across = move |area: Area| [(area.left, centre(area).1), (area.right, centre(area).1)];
        let mut items: Vec<Item<'_>> = (0..2)
            .map(|nth| {
                Item::new(self.rows.measures[nth], move |pen, area| {
                    pen.line(&across(area), 2.5, palette.progress);
                    self.mark(pen, centre(area), radius, nth, palette.progress);
                })
            })
            .collect();
        if self.rows.floor.is_some() {
            items.push(Item::new(format!("noise floor of {}", self.rows.measures[0]), move |pen, area| {
                let (x, _) = centre(area);
                let third = area.height() / 3.0;
                for top in [area.top - third * 0.25, area.top + third * 1.75] {
                    pen.line(&[(x, top), (x, top + third * 1.3)], 2.2, palette.ink[1]);
                }
            }));
        }
        if self.rows.rows.iter().any(|row| !row.known) {
            items.push(Item::new(self.not_told(), move |pen, area| self.mark(pen, centre(area), radius, 0, palette.outline)));
        }
        if !self.rows.open.is_empty() {
            items.push(Item::new("order not known", move |pen, area| {
                let (x, _) = centre(area);
                pen.line(&[(x, area.top), (x, area.bottom)], 5.0, palette.outline);
            }));
        }
        if let Measures::Sobol(found) = &self.response.measures {
            items.push(Item::note(format!("sum of all alone: {}", share(&found.sum_of_first))));
        }
        if hidden > 0 {
            let next = &self.rows.rows[self.rows.rows.len() - hidden];
            let of = if hidden > 1 { ", the largest" } else { ":" };
            items.push(Item::note(format!("{} not shown{of} {}", counted(hidden, "input", "inputs"), next.told[0])));
        }
        items
    }

    /// What is said of an input whose interval does not clear the floor.
    fn not_told(&self) -> &'static str {
        if self.rows.floor.is_some() { "not told from noise" } else { "not told from 0" }
    }

    fn draw(&self, sheet: &mut Sheet, layout: &Layout, key: &[Item<'_>]) {
        let (look, palette, plot) = (self.look, self.look.palette(), layout.plot);
        sheet.layer("axis", |pen| self.draw_axis(pen, layout));
        if let Some(floor) = &self.rows.floor {
            let x = layout.scale.at(floor.ends[0]);
            sheet.dashed("floor", [9.0, 7.0], |pen| pen.line(&[(x, plot.top), (x, plot.bottom)], 2.2, palette.ink[1]));
        }
        sheet.layer("rows", |pen| {
            for (place, row) in self.rows.rows[..layout.rows].iter().enumerate() {
                self.draw_row(pen, layout, place, row);
            }
            if !look.is_small() {
                self.draw_floor(pen, layout);
                self.draw_open(pen, layout);
            }
        });
        if !look.is_small() {
            sheet.layer("key", |pen| key::draw(pen, look, layout.key, key));
        }
    }

    fn draw_axis(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette, plot, scale) = (self.look, self.look.palette(), layout.plot, layout.scale);
        let zero = scale.at(0.0);
        pen.line(&[(zero, plot.top), (zero, plot.bottom)], 2.0, palette.outline);
        if look.is_small() {
            return;
        }
        let (low, high) = scale.values();
        let steps = axis::round_steps(low, high, if plot.width() < look.px(700.0) { 4 } else { 7 });
        for step in &steps {
            pen.line(&[(scale.at(*step), plot.top), (scale.at(*step), plot.bottom)], 1.5, palette.grid);
        }
        pen.line(&[(zero, plot.top), (zero, plot.bottom)], 2.0, palette.outline);
        let name = axis::named_apart(&steps);
        axis::values_below(pen, look, plot, scale, &steps, |_, step| name(step));
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let y = plot.top - look.px(12.0);
        pen.text(
            (layout.labels.left, y),
            if layout.ranges_beside || two_lines(look, layout.step) { "Input, range" } else { "Input" },
            quiet,
        );
        let head = format!("{}, 95% interval", capital(self.rows.measures[0]));
        pen.text_where_free(&[((layout.figures.right, y), Anchor::End)], &head, quiet);
    }

    /// A mark of the measure that ranks, or of the one beside it.
    fn mark(&self, pen: &mut Pen<'_>, centre: Point, radius: f64, nth: usize, colour: Colour) {
        pen.disc(centre, radius, colour);
        if nth == 1 {
            pen.disc(centre, radius * 0.6, self.look.palette().paper);
        }
    }

    fn draw_row(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize, row: &Row) {
        let (look, palette, plot) = (self.look, self.look.palette(), layout.plot);
        let colour = if row.known { palette.progress } else { palette.outline };
        let (low, high) = layout.scale.values();
        let radius = layout.radius(look);
        self.draw_rule(pen, layout, place);
        for (nth, (one, y)) in row.marks.iter().zip(layout.lanes(look, place)).enumerate().rev() {
            pen.line(&[(layout.scale.at(one.lower), y), (layout.scale.at(one.upper), y)], if nth == 0 { 3.5 } else { 2.0 }, colour);
            // What goes beyond the axis goes on.
            for (beyond, x, way) in [(one.lower < low, plot.left, -1.0), (one.upper > high, plot.right, 1.0)] {
                if beyond {
                    let base = x - way * radius * 1.4;
                    pen.polygon(&[(x, y), (base, y - radius * 0.7), (base, y + radius * 0.7)], colour);
                }
            }
            self.mark(pen, (layout.scale.at(one.estimate), y), radius, nth, colour);
        }
        let strong = Type::new(Use::Label, if row.known { palette.ink[0] } else { palette.ink[1] });
        let strong = if row.known { strong.bold() } else { strong };
        let second = if row.known { row.told[1].as_str() } else { self.not_told() };
        self.draw_words(pen, layout, place, [&row.label, &row.about], [&row.told[0], second], strong);
    }

    /// The line above a row.
    fn draw_rule(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize) {
        let y = layout.plot.top + layout.step * place as f64;
        pen.line(&[(layout.labels.left, y), (layout.figures.right, y)], 1.5, self.look.palette().grid);
    }

    /// Name and figures of a row, each with a second line where there is room.
    fn draw_words(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize, names: [&str; 2], figures: [&str; 2], strong: Type) {
        let look = self.look;
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let (middle, two) = (layout.middle(place), two_lines(look, layout.step));
        let y = if two { middle - label * 0.12 } else { middle + label * 0.36 };
        let quiet = Type::new(Use::Tick, look.palette().ink[1]);
        let left = layout.labels.left + self.indent();
        let room = layout.labels.right - left;
        pen.text((left, y), &font::fitted(names[0], label, strong.bold, room), strong);
        if two {
            pen.text((left, middle + tick * 1.05), &font::fitted(names[1], tick, false, room), quiet);
        } else if layout.ranges_beside {
            pen.text((layout.labels.right, y), names[1], quiet.end());
        }
        if !look.is_small() {
            let room = layout.figures.width() + 0.5;
            pen.text((layout.figures.right, y), &font::fitted(figures[0], label, strong.bold, room), strong.end());
            if two {
                pen.text((layout.figures.right, middle + tick * 1.05), &font::fitted(figures[1], tick, false, room), quiet.end());
            }
        }
    }

    /// The row of an input without effect.
    fn draw_floor(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let Some(floor) = &self.rows.floor else { return };
        let (look, palette, place) = (self.look, self.look.palette(), layout.rows);
        self.draw_rule(pen, layout, place);
        let half = layout.radius(look) * 0.6;
        for (nth, (end, y)) in floor.ends.iter().zip(layout.lanes(look, place)).enumerate() {
            let bar = Area { left: layout.scale.at(0.0), right: layout.scale.at(*end), top: y - half, bottom: y + half };
            pen.fill(bar, if nth == 0 { palette.outline } else { palette.paper });
            pen.outline(bar, 1.7, palette.outline);
        }
        let quiet = Type::new(Use::Label, palette.ink[1]);
        let second = match self.response.measures {
            Measures::Morris(_) => format!("spread {}", floor.told[1]),
            _ => format!("alone {}", floor.told[1]),
        };
        self.draw_words(pen, layout, place, NO_EFFECT, [&floor.told[0], &second], quiet);
    }

    /// A line beside rows whose order is not known.
    fn draw_open(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let x = layout.labels.left + self.look.px(4.0);
        let inset = layout.step * 0.16;
        for (first, last) in self.rows.open.iter().filter(|(first, _)| *first < layout.rows) {
            let top = layout.plot.top + layout.step * *first as f64 + inset;
            let bottom = layout.plot.top + layout.step * (last.min(&(layout.rows - 1)) + 1) as f64 - inset;
            pen.line(&[(x, top), (x, bottom)], 5.0, self.look.palette().outline);
        }
    }
}
