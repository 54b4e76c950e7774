//! What stands beside and below the calendar: totals by row, and the bounds of the colours.

use super::super::super::axis::{self, Scale};
use super::super::super::font;
use super::super::super::look::{Theme, Use};
use super::super::super::pen::{Anchor, Area, Pen, Type};
use super::{View, person_hours};
use crate::report::words::plain;

/// Bars of so many rows are high enough for hatching.
const HATCHED: usize = 40;

impl View<'_> {
    pub(super) fn draw_legend(&self, pen: &mut Pen<'_>, area: Area) {
        let (look, palette) = (self.look, self.look.palette());
        let size = look.type_size(Use::Tick);
        let face = Type::new(Use::Tick, palette.ink[1]);
        let ranges: Vec<String> = (1..=6)
            .map(|n| match n {
                1 => format!("up to {}", plain(self.step)),
                6 => format!("over {}", plain(self.step * 5.0)),
                n => format!("to {}", plain(self.step * f64::from(n))),
            })
            .collect();
        let (swatch, gap) = (size * 1.2, size * 0.4);
        let needed: f64 = ranges.iter().map(|range| swatch + gap + font::width(range, size, false)).sum();
        let heading = "Person-hours in the hour:";
        let base = area.bottom - size * 0.75;
        let mut x = area.left;
        if font::width(heading, size, false) + needed + size * 5.0 <= area.width() {
            x = pen.text((x, base), heading, face).right + size;
        }
        let between = ((area.right - x - needed) / 6.0).clamp(0.0, size * 1.4);
        for (range, colour) in ranges.iter().zip(palette.heat) {
            let sample = Area { left: x, right: x + swatch, top: base - size * 0.75, bottom: base + size * 0.05 };
            pen.fill(sample, colour);
            pen.outline(sample, 1.5, palette.outline);
            let place = ((x + swatch + gap, base), Anchor::Start);
            let Some(area) = pen.text_where_free(&[place], range, face) else { return };
            x = area.right + between;
        }
    }

    /// Totals by row: dark filled, daylight hatched, or hollow where rows are thin.
    pub(super) fn draw_totals(&self, pen: &mut Pen<'_>, column: Area, area: Area) {
        let (look, palette) = (self.look, self.look.palette());
        let size = look.type_size(Use::Tick);
        let (dark, edge) = (palette.heat[if look.theme == Theme::Dark { 2 } else { 4 }], palette.late);
        let most = self.rows.iter().map(|row| person_hours(row.total())).fold(0.0, f64::max);
        let face = Type::new(Use::Tick, palette.ink[1]);
        let across = Scale::new((0.0, axis::round_up(most)), (area.left, area.right - size * 0.6));
        // Hatching of many thin bars is not seen; their outlines are.
        let hatching = self.rows.len() <= HATCHED;
        let hatched = |pen: &mut Pen<'_>, area: Area| {
            if hatching {
                pen.hatch(area, edge);
            }
            pen.outline(area, 1.5, edge);
        };
        for (i, row) in self.rows.iter().enumerate() {
            let cells = self.row(area, i);
            let inset = (cells.height() * 0.12).min(look.px(3.0));
            let bar = Area { top: cells.top + inset, bottom: cells.bottom - inset, ..area };
            let middle = across.at(person_hours(row.dark));
            pen.fill(Area { left: across.at(0.0), right: middle, ..bar }, dark);
            let daylight = Area { left: middle, right: across.at(person_hours(row.total())), ..bar };
            if daylight.width() > 0.3 {
                hatched(pen, daylight);
            }
        }
        let steps = axis::round_steps(0.0, across.values().1, 3);
        axis::values_below(pen, look, area, across, &steps, |_, value| plain(value));
        let heading = if self.by_week() { "Total a week" } else { "Total a day" };
        pen.text((column.left, area.top - size * 1.75), heading, face);
        if !self.knows_light() {
            return;
        }
        let base = area.top - size * 0.5;
        let sample = |left: f64| Area { left, right: left + size, top: base - size * 0.7, bottom: base };
        pen.fill(sample(column.left), dark);
        let next = pen.text((column.left + size * 1.3, base), "dark", face).right + size * 0.6;
        hatched(pen, sample(next));
        pen.text_where_free(&[((next + size * 1.3, base), Anchor::Start)], "daylight", face);
    }
}
