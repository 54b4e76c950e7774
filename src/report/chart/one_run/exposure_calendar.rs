//! Exposed person-hours by operating day and clock hour: at what hours, on which nights, how much by daylight.
//!
//! Rows run from noon to noon, so a night is one block. Steps of colour have round bounds that the legend names; nothing is drawn where
//! nobody is exposed.

mod margins;

use super::super::axis::{self, Scale};
use super::super::look::{Look, Use};
use super::super::pen::{Anchor, Area, Pen, Point, Type};
use super::super::sheet::{Sheet, Words};
use super::super::{NotDrawn, Order};
use super::days::{self, DayRow};
use super::replication::OneRun;
use crate::report::released::tens;
use crate::report::words::{grouped, percent};
use crate::results::Output;
use crate::units::TICKS_PER_HOUR;

pub(in super::super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let run = OneRun::of(output, order.percent)?;
    let look = order.look;
    let rows = days::rows(&run);
    let most = rows.iter().flat_map(|row| row.hours).max().unwrap_or(0);
    if most == 0 {
        return Err(NotDrawn("nobody is exposed in the run shown".into()));
    }
    let view = View { run: &run, look, step: axis::round_up(person_hours(most) / 6.0), rows };
    let mut sheet = Sheet::new(look, &output.info, output.table.records.len(), view.words());
    let (plot, column) = sheet.plot_and_column();
    let tick = look.type_size(Use::Tick);
    let names = if look.is_small() { 0.0 } else { axis::width_at_left(look, &["Day 000"]) };
    let (above, legend) = if look.is_small() { (0.0, 0.0) } else { (tick * 2.7, tick * 2.1) };
    let bottom = plot.bottom - axis::height_below(look) - legend;
    let top = plot.top + above;
    // Few days are not blown up.
    let area = Area { left: plot.left + names, top, bottom: bottom.min(top + look.px(70.0) * view.rows.len() as f64), ..plot };

    sheet.layer("hours", |pen| view.draw_hours(pen, area));
    sheet.layer("sun", |pen| view.draw_sun(pen, area));
    if look.is_small() {
        return Ok(sheet.finish());
    }
    sheet.layer("axis", |pen| view.draw_axis(pen, area));
    sheet.layer("pauses", |pen| view.draw_pauses(pen, area));
    sheet.layer("legend", |pen| {
        view.draw_legend(pen, Area { right: look.page().width - look.page().margin, top: plot.bottom - legend, ..plot })
    });
    if let Some(column) = column {
        let bars = Area { top: area.top, bottom: area.bottom, ..column };
        sheet.layer("totals", |pen| view.draw_totals(pen, column, bars));
    }
    Ok(sheet.finish())
}

struct View<'v> {
    run: &'v OneRun<'v>,
    look: Look,
    rows: Vec<DayRow>,
    /// Person-hours between two bounds of colour.
    step: f64,
}

impl View<'_> {
    fn by_week(&self) -> bool {
        self.rows.iter().any(|row| row.days.0 < row.days.1)
    }

    fn words(&self) -> Words {
        let title = if self.knows_light() { finding(&self.rows) } else { "Exposed person-hours by day and clock hour".into() };
        let total: u64 = self.rows.iter().map(DayRow::total).sum();
        let idle = self.rows.iter().filter(|row| !row.moved).count();
        let (one, many) = if self.by_week() { ("week, its days summed", "weeks") } else { ("day, noon to noon", "days") };
        let worst = self.rows.iter().max_by_key(|row| (row.total(), std::cmp::Reverse(row.days.0)));
        let worst = worst.map_or_else(String::new, |row| format!(", at most {} on {}", self.whole(row.total()), row.words()));
        Words {
            id: "exposure-calendar",
            subtitle: format!(
                "Person-hours loaded and outside custody sites, by clock hour ({}), in one run. Each row is one {one}.",
                self.run.output.info.clock.zone()
            ),
            caveat: format!("{} {} exposed person-hours in all; flights are not among them.", self.run.caveat(), self.whole(total)),
            description: format!(
                "Calendar of {} {many} by clock hour, noon to noon. {title}. {} exposed person-hours in all{worst}; {} {many} without \
                 movement. {} No uncertainty is shown. Data: segments.csv, light.csv.",
                grouped(self.rows.len()),
                self.whole(total),
                grouped(idle),
                self.run.caveat()
            ),
            title,
        }
    }

    /// Whole person-hours; as a page gives them that may leave the house, where this is one.
    fn whole(&self, person_ticks: u64) -> String {
        let hours = person_hours(person_ticks);
        grouped(if self.run.output.info.is_released() { tens(hours) } else { hours.round() } as usize)
    }

    /// Whether it is known when the sun sets and rises.
    fn knows_light(&self) -> bool {
        !self.run.output.setting.light.is_empty()
    }

    fn row(&self, area: Area, i: usize) -> Area {
        let high = area.height() / self.rows.len() as f64;
        Area { top: area.top + high * i as f64, bottom: area.top + high * (i + 1) as f64, ..area }
    }

    /// The step of colour of an hour, from 0.
    fn shade(&self, person_ticks: u64) -> Option<usize> {
        (person_ticks > 0).then(|| ((person_hours(person_ticks) / self.step).ceil() as usize).clamp(1, 6) - 1)
    }

    /// Hours of the same colour beside each other are one piece; lines of paper part them.
    fn draw_hours(&self, pen: &mut Pen<'_>, area: Area) {
        let palette = self.look.palette();
        let across = hours_across(area);
        pen.fill(area, palette.panel);
        for (i, row) in self.rows.iter().enumerate() {
            let cells = self.row(area, i);
            let mut from = 0;
            for same in row.hours.chunk_by(|a, b| self.shade(*a) == self.shade(*b)) {
                let to = from + same.len();
                if let Some(shade) = self.shade(same[0]) {
                    pen.fill(Area { left: across.at(from as f64), right: across.at(to as f64), ..cells }, palette.heat[shade]);
                }
                from = to;
            }
        }
        for hour in 1..24 {
            let x = across.at(f64::from(hour));
            pen.line(&[(x, area.top), (x, area.bottom)], 3.0, palette.paper);
        }
        let high = area.height() / self.rows.len() as f64;
        for i in 1..if high < self.look.px(6.0) { 1 } else { self.rows.len() } {
            let y = self.row(area, i).top;
            pen.line(&[(area.left, y), (area.right, y)], 3.0f64.min(high * 0.3), palette.paper);
        }
    }

    /// Sunset and sunrise from row to row, named above the first.
    fn draw_sun(&self, pen: &mut Pen<'_>, area: Area) {
        let (look, ink) = (self.look, self.look.palette().ink[0]);
        let across = hours_across(area);
        let nights = self.run.output.setting.nights(0, u64::MAX);
        let suns: Vec<[Option<i64>; 2]> =
            self.rows.iter().map(|row| days::sun(self.run, &nights, (row.days.0 + row.days.1).div_euclid(2))).collect();
        for (which, name) in ["sunset", "sunrise"].into_iter().enumerate() {
            let mut named = false;
            let known: Vec<Option<f64>> =
                suns.iter().map(|sun| sun[which].map(|ticks| across.at(ticks as f64 / TICKS_PER_HOUR as f64))).collect();
            let mut i = 0;
            for same in known.chunk_by(|a, b| a.is_some() == b.is_some()) {
                let (first, last) = (i, i + same.len() - 1);
                i += same.len();
                let Some(x) = same[0] else { continue };
                // From the upper edge of the first row to the lower one of the last, so that a single row has a line too.
                let mut points: Vec<Point> = vec![(x, self.row(area, first).top)];
                points.extend(same.iter().flatten().enumerate().map(|(n, x)| {
                    let row = self.row(area, first + n);
                    (*x, (row.top + row.bottom) / 2.0)
                }));
                points.push((points[points.len() - 1].0, self.row(area, last).bottom));
                pen.line(&points, 2.4, ink);
                if !named && !look.is_small() {
                    let face = Type::new(Use::Tick, ink).bold();
                    let place = (x, area.top - look.type_size(Use::Tick) * 0.5);
                    named = pen.text_where_free(&[(place, Anchor::Middle)], name, face).is_some();
                }
            }
        }
    }

    fn draw_axis(&self, pen: &mut Pen<'_>, area: Area) {
        let (look, palette) = (self.look, self.look.palette());
        let tick = look.type_size(Use::Tick);
        let every = if area.width() > tick * 30.0 { 3 } else { 6 };
        // The last noon goes without saying, and its name would touch the axis of totals.
        let steps: Vec<f64> = (0..24).step_by(every).map(f64::from).collect();
        axis::values_below(pen, look, area, hours_across(area), &steps, |_, hour| format!("{:02}:00", (hour as u32 + 12) % 24));
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        let at_most = (area.height() / (tick * 1.6)).max(2.0) as usize;
        let steps = axis::day_steps(first.days.0 as f64, last.days.1 as f64, at_most);
        for (i, row) in self.rows.iter().enumerate() {
            let (from, to) = (row.days.0 as f64, row.days.1 as f64);
            let wanted = i == 0 || steps.iter().any(|step| (from..=to).contains(step));
            if wanted {
                let cells = self.row(area, i);
                let y = (cells.top + cells.bottom) / 2.0 + tick * 0.36;
                let name = if i == 0 { format!("Day {}", row.days.0) } else { row.days.0.to_string() };
                let place = ((area.left - look.px(12.0), y), Anchor::End);
                pen.text_where_free(&[place], &name, Type::new(Use::Tick, palette.ink[1]));
            }
        }
    }

    /// Words in rows in which nobody moves, or nobody is exposed while others fly.
    fn draw_pauses(&self, pen: &mut Pen<'_>, area: Area) {
        let look = self.look;
        let size = look.type_size(Use::Footer);
        let kind = |row: &DayRow| if row.moved { if row.total() == 0 { "nobody exposed" } else { "" } } else { "no movement" };
        let mut i = 0;
        for same in self.rows.chunk_by(|a, b| kind(a) == kind(b)) {
            let (top, bottom) = (self.row(area, i).top, self.row(area, i + same.len() - 1).bottom);
            i += same.len();
            let words = kind(&same[0]);
            if !words.is_empty() && bottom - top >= size * 1.05 {
                let place = ((area.left + area.right) / 2.0, (top + bottom) / 2.0 + size * 0.36);
                pen.text_where_free(&[(place, Anchor::Middle)], words, Type::new(Use::Footer, look.palette().ink[1]));
            }
        }
    }
}

/// A scale of hours from noon to noon.
fn hours_across(area: Area) -> Scale {
    Scale::new((0.0, 24.0), (area.left, area.right))
}

fn person_hours(person_ticks: u64) -> f64 {
    person_ticks as f64 / TICKS_PER_HOUR as f64
}

/// Person-hours, whole.
fn whole(person_ticks: u64) -> u64 {
    person_hours(person_ticks).round() as u64
}

/// How much falls in daylight, and which row has most of it.
fn finding(rows: &[DayRow]) -> String {
    let (dark, daylight) = rows.iter().fold((0, 0), |sum, row| (sum.0 + row.dark, sum.1 + row.daylight));
    let most = rows.iter().map(|row| row.daylight).max().unwrap_or(0);
    // Of two with as much, none has the most.
    let with_most: Vec<&DayRow> = rows.iter().filter(|row| whole(row.daylight) == whole(most)).collect();
    match with_most.as_slice() {
        days if daylight > 0 && dark > 0 => {
            let share = percent(daylight as f64 / (dark + daylight) as f64);
            match days {
                [row] if rows.len() > 1 => format!("{share} of exposed person-hours fall in daylight, the most on {}", row.words()),
                _ => format!("{share} of exposed person-hours fall in daylight"),
            }
        }
        _ if daylight > 0 => "All exposed person-hours fall in daylight".into(),
        _ => "All exposed person-hours fall between sunset and sunrise".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_how_much_falls_in_daylight_and_never_rounds_to_none_or_all() {
        let row = |day, dark: u64, daylight: u64| DayRow {
            days: (day, day),
            hours: [0; 24],
            dark: dark * TICKS_PER_HOUR,
            daylight: daylight * TICKS_PER_HOUR,
            moved: true,
        };
        let cases = [
            (vec![row(1, 70, 0), row(2, 0, 0)], "All exposed person-hours fall between sunset and sunrise"),
            (vec![row(1, 0, 5)], "All exposed person-hours fall in daylight"),
            (vec![row(1, 50, 20), row(2, 20, 10)], "30% of exposed person-hours fall in daylight, the most on day 1"),
            (vec![row(1, 50, 15), row(2, 20, 15)], "30% of exposed person-hours fall in daylight"),
            (vec![row(1, 1_000, 1)], "under 1% of exposed person-hours fall in daylight"),
            (vec![row(1, 1, 1_000)], "over 99% of exposed person-hours fall in daylight"),
        ];
        for (rows, title) in cases {
            assert_eq!(finding(&rows), title);
        }
    }
}
