//! People accepted by day: a fan of runs, five of them drawn, the days on which runs finish, and public counts beside them.
//!
//! The fan has neither outline nor middle line: readers take a line for the forecast and an edge for a limit. Bands are day by day; no run
//! follows one. The twenty dots stand on the line of all people, where the fan says nothing any more.

use super::axis::{self, Scale};
use super::claims::{self, Day, all_stuck, stuck};
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
        sheet.layer("reports", |pen| view.name_counts(pen, area));
        sheet.haloed("labels", |pen| view.draw_labels(pen, area, across, up));
    }
    if let Some(column) = column {
        sheet.layer("figures", |pen| figures::column(pen, look, column, &view.figures()));
    }
    Ok(sheet.finish())
}

/// Everybody: accepted and at source, in hubs or under way; constant over a run.
pub(in crate::report) fn people(output: &Output) -> f64 {
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
        self.days.iter().copied().rfind(|days| days.is_finite())
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
        all_stuck(self.output).unwrap_or_else(|| format!("{}{}", self.of_days(), stuck(self.output)))
    }

    fn of_days(&self) -> String {
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

    /// Where public counts lie, if that can be said: all of the stated figures on one side of the middle half, or how many lie outside
    /// the fan.
    fn reports(&self) -> Option<String> {
        let row = |day: i64| self.rows.get(usize::try_from(day - 1).ok()?).map(|row| row.quantiles.map(f64::from));
        let counts = self.output.setting.observed.iter().filter(|count| count.bound == "exact");
        let exact: Vec<(f64, [f64; 7])> = counts.filter_map(|count| Some((count.value, row(count.day)?))).collect();
        let outside = exact.iter().filter(|(value, at)| *value < at[0] || *value > at[6]).count();
        let (below, above) = (exact.iter().all(|(value, at)| *value < at[2]), exact.iter().all(|(value, at)| *value > at[4]));
        match (exact.len(), outside) {
            (0 | 1, _) => None,
            _ if below => Some("reports run slower".into()),
            _ if above => Some("reports run faster".into()),
            (_, 0) => None,
            (n, 1) => Some(format!("1 of {n} reports lies outside the fan")),
            (n, outside) => Some(format!("{outside} of {n} reports lie outside the fan")),
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
            let y = area.top - look.px(8.0) - radius - step * height;
            pen.disc((x, y), radius.min(step * 0.5), palette.progress);
            let room = radius + look.px(8.0);
            pen.reserve(Area { left: x - room, right: x + room, top: y - radius, bottom: y + radius });
        }
    }

    fn draw_observed(&self, pen: &mut Pen<'_>, across: Scale, up: Scale) {
        for count in self.output.setting.observed.iter().filter(|count| count.day >= 0) {
            self.draw_count(pen, (across.at(count.day as f64), up.at(count.value)), &count.bound);
        }
    }

    /// A disc for a stated figure; for a bound an open triangle that points to where the truth is.
    fn draw_count(&self, pen: &mut Pen<'_>, (x, y): Point, bound: &str) {
        let (r, palette) = (self.look.px(10.0), self.look.palette());
        let up = if bound == "at_most" { -1.0 } else { 1.0 };
        let triangle = |r: f64| [(x, y - r * up), (x + r, y + r * 0.75 * up), (x - r, y + r * 0.75 * up)];
        if bound == "exact" {
            pen.disc((x, y), r * 1.3, palette.paper);
            pen.disc((x, y), r * 0.9, palette.ink[0]);
        } else {
            pen.polygon(&triangle(r * 1.9), palette.paper);
            pen.polygon(&triangle(r * 1.45), palette.ink[0]);
            pen.polygon(&triangle(r * 0.85), palette.paper);
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
            let place = [((area.left + look.px(12.0), area.top - label * 1.6), Anchor::Start)];
            let words = ["Finish day: each dot is a 1-in-20 chance", "Finish: a dot is 1 run in 20", "A dot: 1 run in 20"];
            let _ = words.into_iter().find_map(|dots| pen.text_where_free(&place, dots, quiet));
            self.name_bands(pen, area, across, up);
        }
    }

    /// What the signs of public counts mean, at the lower right where no run ever is.
    fn name_counts(&self, pen: &mut Pen<'_>, area: Area) {
        let (look, tick) = (self.look, self.look.type_size(Use::Tick));
        let kinds: Vec<(&str, &str)> =
            [("exact", "reported figure"), ("at_least", "reported “more than …”"), ("at_most", "reported “up to …”")]
                .into_iter()
                .filter(|(bound, _)| self.output.setting.observed.iter().any(|count| count.bound == *bound))
                .collect();
        let widest = kinds.iter().map(|(_, words)| font::width(words, tick, false)).fold(0.0, f64::max);
        let x = area.right - widest;
        for (i, (bound, words)) in kinds.iter().rev().enumerate() {
            let y = area.bottom - tick * (0.7 + 1.45 * i as f64);
            self.draw_count(pen, (x - look.px(22.0), y - tick * 0.34), bound);
            pen.text((x, y), words, Type::new(Use::Tick, look.palette().ink[1]));
        }
    }

    /// Names of the bands to the right of the fan, the innermost at the top, with leaders to their lower edges that cross nothing.
    fn name_bands(&self, pen: &mut Pen<'_>, area: Area, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let face = Type::new(Use::Label, palette.ink[0]);
        let widest = BANDS.iter().map(|(_, _, name)| font::width(name, label, false)).fold(0.0, f64::max);
        let top = area.top + area.height() * 0.48;
        // Halfway up there is room to the right of the fan; each leader begins lower and goes lower.
        let edge = |low: usize, part: f64| {
            let row = self.rows.iter().find(|row| f64::from(row.quantiles[low]) >= self.people * part)?;
            Some((across.at(row.day as f64), up.at(f64::from(row.quantiles[low]))))
        };
        let starts: Vec<Option<Point>> = BANDS.iter().rev().zip([0.64, 0.56, 0.48]).map(|((low, ..), part)| edge(*low, part)).collect();
        let rightmost = starts.iter().flatten().map(|point| point.0).fold(area.left, f64::max);
        let x = (rightmost + look.px(190.0)).min(area.right - widest);
        if x < rightmost + look.px(60.0) {
            return;
        }
        for (i, ((_, _, name), start)) in BANDS.into_iter().rev().zip(starts).enumerate() {
            let place = (x, top + label * 1.4 * i as f64);
            if let Some(start) = start.filter(|start| start.1 < place.1 && pen.is_free(pen.measure(place, name, face))) {
                pen.text(place, name, face);
                pen.line(&[start, (x - look.px(8.0), place.1 - label * 0.35)], 1.7, palette.ink[1]);
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
