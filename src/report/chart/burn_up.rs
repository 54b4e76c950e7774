//! People accepted by day: a fan of runs, five of them drawn, the days on which runs finish, and public counts beside them.
//!
//! The fan has neither outline nor middle line: readers take a line for the forecast and an edge for a limit. Bands are day by day; no run
//! follows one. The twenty dots stand on the line of all people, where the fan says nothing any more.

use super::axis::{self, Scale};
use super::claims::{self, Day};
use super::figures::{self, Figure};
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Point, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::words::{counted, grouped, plain};
use crate::results::Output;
use crate::results::daily::DayRow;
use crate::stats::quantile::{Definition, quantile_sorted};

/// Bands from the outermost in: positions in the quantiles of a day, and what they hold.
const BANDS: [(usize, usize, &str); 3] = [(0, 6, "9 in 10 runs"), (1, 5, "8 in 10 runs"), (2, 4, "Middle half of runs")];
/// Dots of the days of finishing.
const DOTS: usize = 20;

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    // The first measure is people accepted.
    let rows: Vec<&DayRow> = output.days.iter().filter(|row| row.measure == 0).collect();
    if rows.is_empty() {
        return Err(NotDrawn("no replication came to an end".into()));
    }
    let view = View { output, rows, days: claims::days(output), people: people(output), look: order.look };
    let look = order.look;
    let mut sheet = Sheet::new(look, &output.info, view.days.len(), view.words());
    let (plot, column) = sheet.plot_and_column();
    let steps = axis::round_steps(0.0, view.people, if look.is_small() { 3 } else { 8 });
    let names: Vec<String> = steps.iter().chain([&view.people]).map(|step| grouped(*step as usize)).collect();
    let left = plot.left + axis::width_at_left(look, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let above = if look.is_small() { look.px(56.0) } else { look.type_size(Use::Label) * 3.4 };
    let area = Area { left, top: plot.top + above, bottom: plot.bottom - axis::height_below(look), ..plot };
    let last = (view.rows.len() as f64).max(view.last_finish().unwrap_or(1.0).ceil());
    let across = Scale::new((0.0, last), (area.left, area.right));
    let up = Scale::new((0.0, view.people), (area.bottom, area.top));

    sheet.layer("axes", |pen| {
        axis::values_at_left(pen, look, area, up, &steps, |step| grouped(step as usize));
        let days = axis::day_steps(0.0, last, if look.is_small() { 4 } else { 8 });
        axis::values_below(pen, look, area, across, &days, |i, day| if i == 0 { format!("Day {day:.0}") } else { format!("{day:.0}") });
    });
    view.draw_fan(&mut sheet, across, up);
    view.draw_paths(&mut sheet, across, up);
    let palette = look.palette();
    sheet.dashed("target", [14.0, 8.0], |pen| pen.line(&[(area.left, area.top), (area.right, area.top)], 2.2, palette.ink[0]));
    sheet.layer("finish", |pen| view.draw_finish(pen, area, across));
    sheet.layer("observed", |pen| view.draw_observed(pen, across, up));
    if !look.is_small() {
        sheet.haloed("labels", |pen| view.draw_labels(pen, area, across, up));
    }
    if let Some(column) = column {
        sheet.layer("figures", |pen| figures::column(pen, look, column, &view.figures()));
    }
    Ok(sheet.finish())
}

/// Everybody: accepted and at source, in hubs or under way; constant over a run.
fn people(output: &Output) -> f64 {
    let start = output.details.iter().find_map(|detail| detail.hours.first());
    let all = start.map(|hour| hour.people.iter().sum::<u32>());
    let most = output.days.iter().filter(|row| row.measure == 0).map(|row| f64::from(row.quantiles[6])).fold(1.0, f64::max);
    all.map_or(most, |all| f64::from(all).max(most))
}

struct View<'v> {
    output: &'v Output,
    rows: Vec<&'v DayRow>,
    /// Days to completion, ascending, infinite where unfinished.
    days: Vec<f64>,
    people: f64,
    look: Look,
}

impl View<'_> {
    fn last_finish(&self) -> Option<f64> {
        self.days.iter().copied().filter(|days| days.is_finite()).next_back()
    }

    fn words(&self) -> Words {
        let runs = self.days.len();
        let finding = self.finding();
        let counts = self.output.setting.observed.len();
        let observed = match counts {
            0 => String::new(),
            n => format!(" {} beside it.", counted(n, "public count stands", "public counts stand")),
        };
        let unfinished = self.days.iter().filter(|days| days.is_infinite()).count();
        let left = match unfinished {
            0 => String::new(),
            n => format!(
                " {} of {} unfinished after {} days.",
                grouped(n),
                counted(runs, "run", "runs"),
                plain(self.output.info.horizon_days)
            ),
        };
        let known = |share, words: &str| Day::of(&self.days, share).map(|day| format!("{words} by {}", day.words()));
        let days: Vec<String> = [known(0.5, "half finish"), known(0.8, "8 in 10"), known(0.95, "19 in 20")].into_iter().flatten().collect();
        let days = if days.is_empty() { String::new() } else { format!(" Of {}, {}.", counted(runs, "run", "runs"), days.join(", ")) };
        Words {
            id: "burn-up",
            subtitle: "People accepted, by day of operation; bands show run-to-run spread".into(),
            caveat: format!("Bands are day by day, from day 0 and not conditioned on reports; 1 run in 10 lies outside the widest.{left}"),
            description: format!(
                "Fan chart. {finding}.{days}{left}{observed} Bands show run-to-run spread, five single runs are drawn. Data: daily.csv, paths.csv."
            ),
            title: finding,
        }
    }

    fn finding(&self) -> String {
        let runs = self.days.len();
        let unfinished = self.days.iter().filter(|days| days.is_infinite()).count();
        let all = grouped(self.people as usize);
        if unfinished == runs {
            let horizon = plain(self.output.info.horizon_days);
            return if runs == 1 {
                format!("One run: not all {all} accepted within {horizon} days")
            } else {
                format!("In none of {} runs are all {all} accepted within {horizon} days", grouped(runs))
            };
        }
        let reports = self.reports().map(|words| format!("; {words}")).unwrap_or_default();
        match (Day::of(&self.days, 0.8).filter(|day| day.is_clear()), runs) {
            (_, 1) => format!("One run: all {all} accepted on day {}", self.days[0].ceil().max(1.0)),
            (Some(day), _) => format!("8 in 10 runs have all {all} accepted by {}{reports}", day.words()),
            (None, _) => format!("People accepted, by day{reports}"),
        }
    }

    /// Where public counts lie, if that can be said: all of those that are exact, on the same side of the middle half.
    fn reports(&self) -> Option<&'static str> {
        let exact: Vec<_> = self.output.setting.observed.iter().filter(|count| count.bound == "exact" && count.day >= 1).collect();
        let row = |day: i64| self.rows.get(usize::try_from(day - 1).ok()?).map(|row| row.quantiles);
        let below = exact.iter().all(|count| row(count.day).is_some_and(|quantiles| count.value < f64::from(quantiles[2])));
        let above = exact.iter().all(|count| row(count.day).is_some_and(|quantiles| count.value > f64::from(quantiles[4])));
        match (exact.len(), below, above) {
            (0 | 1, _, _) => None,
            (_, true, _) => Some("reports run slower"),
            (_, _, true) => Some("reports run faster"),
            _ => None,
        }
    }

    fn draw_fan(&self, sheet: &mut Sheet, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        if self.days.len() < 2 {
            return;
        }
        sheet.layer("fan", |pen| {
            for ((low, high, _), colour) in BANDS.into_iter().zip(palette.fan) {
                let edge = |at: usize| {
                    let points = self.rows.iter().map(move |row| (across.at(row.day as f64), up.at(f64::from(row.quantiles[at]))));
                    std::iter::once((across.at(0.0), up.at(0.0))).chain(points).collect::<Vec<Point>>()
                };
                let mut band = edge(high);
                band.extend(edge(low).into_iter().rev());
                pen.polygon(&band, colour);
                if look.hairlines() {
                    pen.line(&edge(low), 0.5, palette.paper);
                    pen.line(&edge(high), 0.5, palette.paper);
                }
            }
        });
    }

    fn draw_paths(&self, sheet: &mut Sheet, across: Scale, up: Scale) {
        let palette = self.look.palette();
        let mut percents: Vec<u32> = self.output.paths.iter().map(|row| row.percent).collect();
        percents.sort_unstable();
        percents.dedup();
        let path = |percent: u32| {
            let mut points: Vec<Point> = vec![(across.at(0.0), up.at(0.0))];
            for row in self.output.paths.iter().filter(|row| row.percent == percent) {
                points.push((across.at(row.day as f64), up.at(f64::from(row.accepted))));
                // Once everybody is there the run says no more.
                if f64::from(row.accepted) >= self.people {
                    break;
                }
            }
            points
        };
        sheet.layer("runs", |pen| {
            for percent in percents {
                let points = path(percent);
                pen.line(&points, 4.5, palette.paper);
                pen.line(&points, 1.8, palette.progress);
            }
        });
    }

    fn draw_finish(&self, pen: &mut Pen<'_>, area: Area, across: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let radius = look.px(9.0);
        let mut stacks: Vec<(i64, f64)> = Vec::new();
        // Bins as wide as a dot.
        let wide = (radius * 2.1 / across.unit()).max(1.0).ceil();
        for i in 0..if self.days.len() > 1 { DOTS } else { 0 } {
            let share = (i as f64 + 0.5) / DOTS as f64;
            let day = quantile_sorted(&self.days, share, Definition::Inverse).filter(|day| day.is_finite());
            let Some(day) = day else { continue };
            let bin = ((day.ceil().max(1.0) - 1.0) / wide).floor() as i64;
            let height = stacks.iter().filter(|(known, _)| *known == bin).count() as f64;
            stacks.push((bin, height));
        }
        let tallest = stacks.iter().map(|(_, height)| height + 1.0).fold(1.0, f64::max);
        let room = area.top - look.px(10.0) - (area.top - look.type_size(Use::Label) * 3.4).max(0.0);
        let step = (radius * 2.1).min((room - radius) / tallest);
        for (bin, height) in stacks {
            let x = across.at(((bin as f64 + 0.5) * wide).min(across.values().1));
            pen.disc((x, area.top - look.px(8.0) - radius - step * height), radius.min(step * 0.5), palette.progress);
        }
    }

    fn draw_observed(&self, pen: &mut Pen<'_>, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        for count in self.output.setting.observed.iter().filter(|count| count.day >= 0) {
            let (x, y) = (across.at(count.day as f64), up.at(count.value));
            let r = look.px(10.0);
            let triangle = |r: f64, up: f64| [(x, y - r * up), (x + r, y + r * 0.75 * up), (x - r, y + r * 0.75 * up)];
            match count.bound.as_str() {
                "exact" => {
                    pen.disc((x, y), r + look.px(3.0), palette.paper);
                    pen.disc((x, y), r * 0.9, palette.ink[0]);
                }
                bound => {
                    let up = if bound == "at_most" { -1.0 } else { 1.0 };
                    pen.polygon(&triangle(r * 1.9, up), palette.paper);
                    pen.polygon(&triangle(r * 1.45, up), palette.ink[0]);
                    pen.polygon(&triangle(r * 0.85, up), palette.paper);
                }
            }
        }
    }

    fn draw_labels(&self, pen: &mut Pen<'_>, area: Area, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let plain_label = Type::new(Use::Label, palette.ink[0]);
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let target = format!("All {} people", grouped(self.people as usize));
        pen.text_where_free(&[((area.left + look.px(12.0), area.top + label * 1.15), Anchor::Start)], &target, plain_label.bold());
        if self.days.len() > 1 {
            let dots = "Finish day: each dot is a 1-in-20 chance";
            pen.text_where_free(&[((area.left + look.px(12.0), area.top - label * 1.6), Anchor::Start)], dots, quiet);
            self.name_bands(pen, area, across, up);
        }
        if self.output.setting.observed.is_empty() {
            return;
        }
        let kinds = |bound: &str| self.output.setting.observed.iter().any(|count| count.bound == bound);
        let mut y = area.bottom - label * 2.2;
        let x = area.left + area.width() * 0.42;
        pen.text((x, y), "Public reports", plain_label.bold());
        y += label * 1.25;
        let mut at = x;
        for (bound, words) in [("exact", "● stated figure"), ("at_least", "△ “more than …”"), ("at_most", "▲ “up to …”")]
        {
            if kinds(bound) {
                let area = pen.text((at, y), words, quiet);
                at = area.right + look.px(34.0);
            }
        }
    }

    /// Names of the bands to the right of the fan, with leaders to where they end.
    fn name_bands(&self, pen: &mut Pen<'_>, area: Area, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        for (i, (low, _, name)) in BANDS.into_iter().rev().enumerate() {
            // Halfway up the lower edge there is room to the right of the fan.
            let part = 0.62 - 0.06 * i as f64;
            let Some(row) = self.rows.iter().find(|row| f64::from(row.quantiles[low]) >= self.people * part) else { continue };
            let from = (across.at(row.day as f64), up.at(f64::from(row.quantiles[low])));
            let y = area.top + area.height() * 0.60 + label * 1.4 * i as f64;
            let width = font::width(name, label, false);
            let x = (from.0 + look.px(210.0)).min(area.right - width);
            let place = (x, y);
            let free = pen.is_free(pen.measure(place, name, Type::new(Use::Label, palette.ink[0])));
            if free && x > from.0 + look.px(30.0) {
                pen.text(place, name, Type::new(Use::Label, palette.ink[0]));
                pen.line(&[from, (x - look.px(8.0), y - label * 0.35)], 1.7, palette.ink[1]);
            }
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let palette = self.look.palette();
        let mut figures = Vec::new();
        for (share, words) in [(0.5, "Half of runs finish by"), (0.8, "8 in 10 finish by"), (0.95, "19 in 20 finish by")] {
            let Some(day) = Day::of(&self.days, share).filter(|_| self.days.len() > 1) else { continue };
            figures.push(Figure { over: words.into(), value: day.words(), under: String::new(), colour: palette.progress });
        }
        let errors: Vec<f64> = [0.5, 0.8, 0.95].iter().filter_map(|share| error_of(&self.days, *share)).collect();
        if let Some(worst) = errors.into_iter().reduce(f64::max) {
            let under = format!("Monte Carlo error on these days: at most ± {}", one_place(worst));
            figures.push(Figure { over: under, value: String::new(), under: String::new(), colour: palette.progress });
        }
        figures
    }
}

/// Monte Carlo standard error of a quantile of days, where there is one.
fn error_of(days: &[f64], share: f64) -> Option<f64> {
    crate::stats::quantile::quantile_standard_error(days, share).filter(|error| error.is_finite())
}

/// An error in days with one decimal place, rounded up.
fn one_place(days: f64) -> String {
    let tenths = (days * 10.0).ceil().max(1.0) / 10.0;
    if tenths == 1.0 { "1 day".into() } else { format!("{} days", plain(tenths)) }
}
