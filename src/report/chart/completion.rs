//! Days to completion: fifty dots, each one of fifty equally likely outcomes, over the share of runs that have finished.
//!
//! Both panels stand on one scale of days. Runs that the horizon ended count as later than every day: the curve stops below 100 % and
//! their dots stand apart at the right, so no run is lost from sight.

use super::axis::{self, Scale};
use super::claims::{self, Day, all_stuck, stuck};
use super::figures::{self, Figure};
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Point, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order};
use crate::report::words::{counted, ends, grouped, percent, plain};
use crate::results::{Bound, Output, Verdict};
use crate::stats::band::empirical_cdf;
use crate::stats::proportion::wilson;
use crate::stats::quantile::{Definition, quantile_sorted};

/// Dots; each stands for so many equal parts of all runs.
const DOTS: usize = 50;
/// Quantiles that are marked on the curve.
const MARKED: [(f64, &str); 3] = [(0.50, "P50"), (0.80, "P80"), (0.95, "P95")];

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let days = claims::days(output);
    if days.is_empty() {
        return Err(NotDrawn("no replication came to an end".into()));
    }
    let look = order.look;
    let view = View { output, days: &days, deadline: deadline(output), horizon: output.info.horizon_days, look };
    let mut sheet = Sheet::new(look, &output.info, days.len(), view.words());
    let (plot, column) = sheet.plot_and_column();
    let left = plot.left + axis::width_at_left(look, &["100%"]);
    let plot = Area { left, bottom: plot.bottom - axis::height_below(look), ..plot };
    let scale = view.scale(plot);
    let split = if look.is_small() { 0.5 } else { 0.44 };
    let dots = Area { bottom: plot.top + plot.height() * split, ..plot };
    let heading = if look.is_small() { look.px(30.0) } else { look.type_size(Use::Label) * 2.2 };
    let curve = Area { top: dots.bottom + heading, ..plot };

    view.draw_curve(&mut sheet, curve, scale);
    if let Some((day, _)) = view.deadline {
        let x = scale.at(day);
        sheet.dashed("deadline", [10.0, 8.0], |pen| pen.line(&[(x, plot.top), (x, plot.bottom)], 2.2, look.palette().ink[0]));
    }
    if let Some((day, _)) = view.deadline.as_ref().filter(|(day, _)| *day <= view.horizon) {
        let (day, x) = (*day, scale.at(*day));
        sheet.layer("deadline-mark", |pen| view.draw_diamond(pen, (x, share_scale(curve).at(empirical_cdf(&days, day) * 100.0))));
    }
    sheet.layer("dots", |pen| view.draw_dots(pen, dots, scale));
    sheet.haloed("labels", |pen| view.draw_labels(pen, dots, curve, scale));
    if let Some(column) = column {
        sheet.layer("figures", |pen| figures::column(pen, look, column, &view.figures()));
    }
    Ok(sheet.finish())
}

/// The objective on the day of completion, and how the runs did.
fn deadline(output: &Output) -> Option<(f64, Verdict)> {
    output.summary.objectives.iter().find_map(|verdict| match verdict.objective.bound {
        Bound::AtMost(day) if verdict.objective.response == "days_to_completion" => Some((day, verdict.clone())),
        _ => None,
    })
}

fn share_scale(area: Area) -> Scale {
    Scale::new((0.0, 100.0), (area.bottom, area.top))
}

struct View<'v> {
    output: &'v Output,
    /// Ascending, infinite where unfinished.
    days: &'v [f64],
    deadline: Option<(f64, Verdict)>,
    horizon: f64,
    look: Look,
}

impl View<'_> {
    fn unfinished(&self) -> usize {
        self.days.iter().filter(|days| days.is_infinite()).count()
    }

    fn at(&self, share: f64) -> f64 {
        quantile_sorted(self.days, share, Definition::default()).unwrap_or(f64::INFINITY)
    }

    fn words(&self) -> Words {
        let runs = self.days.len();
        let finding = self.finding();
        let marks: Vec<String> =
            MARKED.iter().filter_map(|(share, name)| Some(format!("{name} {}", Day::of(self.days, *share)?.words()))).collect();
        let deadlocks = match self.output.summary.outcomes.deadlock {
            0 => String::new(),
            n => format!(", {} of them in a deadlock", grouped(n)),
        };
        let unfinished = match self.unfinished() {
            0 => format!("All {} finish within the horizon.", counted(runs, "run", "runs")),
            n => {
                format!("{} of {} do not finish within {} days{deadlocks}.", grouped(n), counted(runs, "run", "runs"), plain(self.horizon))
            }
        };
        Words {
            id: "completion",
            subtitle: "Days from start until the last person is accepted; spread of single runs".into(),
            caveat: format!("{unfinished} A day named is the end of that day."),
            description: format!(
                "Fifty dots over a cumulative curve. {finding}. {}. {unfinished} Dots and curve show run-to-run spread, the band around \
                 the curve Monte Carlo error. Data: replications.csv.",
                if marks.is_empty() { "Fewer than half of the runs finish".into() } else { marks.join(", ") },
            ),
            title: finding,
        }
    }

    fn finding(&self) -> String {
        all_stuck(self.output).unwrap_or_else(|| format!("{}{}", self.of_days(), stuck(self.output)))
    }

    fn of_days(&self) -> String {
        let runs = self.days.len();
        let nine = Day::of(self.days, 0.9).filter(|day| day.is_clear());
        if runs == 1 {
            return match self.days[0] {
                days if days.is_finite() => format!("One run: done on day {}; one run shows no spread", plain(days.ceil().max(1.0))),
                _ => format!("One run: not done within {} days", plain(self.horizon)),
            };
        }
        if self.unfinished() == runs {
            return format!("None of {} runs finishes within {} days", grouped(runs), plain(self.horizon));
        }
        match (&self.deadline, nine) {
            (Some((day, verdict)), _) if verdict.not_known > 0 => {
                let often = claims::often(verdict.kept, verdict.runs);
                format!("Day {} is met in at least {often}; the horizon, day {}, comes first", plain(*day), plain(self.horizon))
            }
            (Some((day, verdict)), nine) => {
                let met = format!("Day {} is met in {}", plain(*day), claims::often(verdict.kept, verdict.runs));
                match nine {
                    Some(nine) if nine.day as f64 > *day => format!("{met}; allow {} for a 9-in-10 chance", nine.words()),
                    _ => met,
                }
            }
            (None, _) => match (Day::of(self.days, 0.5), Day::of(self.days, 0.8)) {
                (Some(half), Some(most)) if half.is_clear() && most.is_clear() => {
                    format!("Half of runs finish by {}, 8 in 10 by {}", half.words(), most.words())
                }
                (Some(half), _) if half.is_clear() => format!("Half of runs finish by {}", half.words()),
                _ => "Days to completion, run by run".into(),
            },
        }
    }

    fn scale(&self, area: Area) -> Scale {
        let finite: Vec<f64> = self.days.iter().copied().filter(|days| days.is_finite()).collect();
        let (mut low, mut high) = match (finite.first(), finite.last()) {
            (Some(low), Some(high)) => ((low.floor() - 2.0).max(0.0), high.ceil() + 2.0),
            _ => (0.0, self.horizon),
        };
        if let Some((day, _)) = self.deadline {
            (low, high) = (low.min(day - 2.0).max(0.0), high.max(day + 2.0));
        }
        // Runs that never finished stand beyond the last day.
        let room = if self.unfinished() > 0 && !finite.is_empty() { self.look.px(150.0) } else { 0.0 };
        Scale::new((low, high), (area.left, area.right - room))
    }

    fn draw_curve(&self, sheet: &mut Sheet, area: Area, scale: Scale) {
        let (look, palette, shares) = (self.look, self.look.palette(), share_scale(area));
        let steps: &[f64] = if look.is_small() { &[0.0, 50.0, 100.0] } else { &[0.0, 25.0, 50.0, 75.0, 100.0] };
        sheet.layer("axes", |pen| {
            axis::values_at_left(pen, look, area, shares, steps, |share| format!("{share:.0}%"));
            let (low, high) = scale.values();
            let days = axis::day_steps(low, high, if look.is_small() { 4 } else { 7 });
            axis::values_below(pen, look, area, scale, &days, |i, day| if i == 0 { format!("Day {day:.0}") } else { format!("{day:.0}") });
        });
        let n = self.days.len();
        let (low, high) = self.known(scale);
        let columns = 400;
        let at = |i: usize| low + (high - low) * i as f64 / columns as f64;
        let interval = |day: f64| {
            let done = self.days.partition_point(|days| *days <= day);
            wilson(done, n, 0.95).map_or((0.0, 1.0), |share| (share.lower, share.upper))
        };
        if n > 1 {
            let mut band: Vec<Point> = (0..=columns).map(|i| (scale.at(at(i)), shares.at(interval(at(i)).1 * 100.0))).collect();
            band.extend((0..=columns).rev().map(|i| (scale.at(at(i)), shares.at(interval(at(i)).0 * 100.0))));
            sheet.layer("band", |pen| pen.polygon(&band, palette.fan[1]));
        }
        let curve: Vec<Point> = self.steps(scale, shares);
        sheet.layer("curve", |pen| pen.line(&curve, 4.0, palette.progress));
    }

    /// The part of the scale of which anything is known: nothing is beyond the horizon.
    fn known(&self, scale: Scale) -> (f64, f64) {
        let (low, high) = scale.values();
        (low, high.min(self.horizon).max(low))
    }

    /// The empirical distribution function as a stair, at most one step a unit of the format.
    fn steps(&self, scale: Scale, shares: Scale) -> Vec<Point> {
        let n = self.days.len() as f64;
        let (low, high) = self.known(scale);
        let mut points: Vec<Point> = vec![(scale.at(low), shares.at(0.0))];
        for (i, day) in self.days.iter().enumerate().filter(|(_, day)| day.is_finite()) {
            let (x, y) = (scale.at(*day), shares.at((i + 1) as f64 * 100.0 / n));
            let last = points[points.len() - 1];
            if x - last.0 < 1.0 && points.len() > 2 {
                let end = points.len() - 1;
                points[end].1 = y;
            } else {
                points.push((x, last.1));
                points.push((x, y));
            }
        }
        let last = points[points.len() - 1];
        points.push((scale.at(high), last.1));
        points
    }

    fn draw_dots(&self, pen: &mut Pen<'_>, area: Area, scale: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        pen.line(&[(area.left, area.bottom), (area.right, area.bottom)], 1.5, palette.rule);
        let outcomes: Vec<f64> = (0..DOTS).map(|i| self.outcome(i)).collect();
        // Bins of whole days, wide enough for a dot that can be seen.
        let wide = (look.px(16.0) / scale.unit()).ceil().max(1.0);
        let bin = |day: f64| (day.ceil().max(1.0) - 1.0).div_euclid(wide);
        let mut heights: Vec<(Option<i64>, f64)> = Vec::new();
        let mut stacks: Vec<(f64, f64, bool)> = Vec::new();
        for day in outcomes {
            let key = day.is_finite().then(|| bin(day) as i64);
            let height = match heights.iter_mut().find(|(known, _)| *known == key) {
                Some((_, height)) => {
                    *height += 1.0;
                    *height
                }
                None => {
                    heights.push((key, 1.0));
                    1.0
                }
            };
            let middle = key.map_or(f64::INFINITY, |key| (key as f64 + 0.5) * wide);
            stacks.push((middle, height, self.deadline.as_ref().is_some_and(|(limit, _)| day > *limit) || day.is_infinite()));
        }
        let tallest = heights.iter().map(|(_, height)| *height).fold(1.0, f64::max);
        let room = area.height() - if look.is_small() { 0.0 } else { look.type_size(Use::Label) * 3.1 };
        let radius = (scale.unit() * wide * 0.46).min(room / tallest / 2.0).min(look.px(18.0));
        for (middle, height, late) in stacks {
            let x = if middle.is_finite() { scale.at(middle) } else { area.right - look.px(70.0) };
            let centre = (x, area.bottom - look.px(2.0) - radius * (2.0 * height - 1.0) * 1.04);
            if late {
                pen.ring(centre, radius * 0.90, 3.0, palette.late);
            } else {
                pen.disc(centre, radius * 0.96, palette.progress);
            }
        }
    }

    /// The i-th of fifty equally likely outcomes: the quantile in the middle of the i-th fiftieth, always one of the runs.
    fn outcome(&self, i: usize) -> f64 {
        quantile_sorted(self.days, (i as f64 + 0.5) / DOTS as f64, Definition::Inverse).unwrap_or(f64::INFINITY)
    }

    fn draw_diamond(&self, pen: &mut Pen<'_>, (x, y): Point) {
        let r = self.look.px(11.0);
        pen.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], self.look.palette().ink[0]);
    }

    fn draw_labels(&self, pen: &mut Pen<'_>, dots: Area, curve: Area, scale: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        if look.is_small() {
            return;
        }
        let label = look.type_size(Use::Label);
        let line = |n: f64| dots.top + label * (0.9 + 1.25 * n);
        if let Some((day, verdict)) = &self.deadline {
            let late = (0..DOTS).filter(|i| self.outcome(*i) > *day).count();
            let (x, gap) = (scale.at(*day), look.px(16.0));
            let on_time = format!("{} of {DOTS} on time", DOTS - late);
            pen.text((x - gap, line(0.0)), &on_time, Type::new(Use::Label, palette.progress).bold().end());
            let late = if verdict.not_known > 0 { format!("{late} of {DOTS} not known") } else { format!("{late} of {DOTS} late") };
            pen.text((x + gap, line(0.0)), &late, Type::new(Use::Label, palette.late).bold());
            let named = format!("deadline: end of day {}", plain(*day));
            pen.text_where_free(&[((x + gap, line(1.0)), Anchor::Start)], &named, Type::new(Use::Tick, palette.ink[1]));
        }
        let each = [((dots.left, line(0.0)), "Each dot: one of 50"), ((dots.left, line(1.0)), "equally likely outcomes")];
        if each.iter().all(|(point, text)| pen.is_free(pen.measure(*point, text, Type::new(Use::Tick, palette.ink[1])))) {
            for (point, text) in each {
                pen.text(point, text, Type::new(Use::Tick, palette.ink[1]));
            }
        }
        if self.unfinished() > 0 && self.unfinished() < self.days.len() {
            let share = format!("{} unfinished", percent(self.unfinished() as f64 / self.days.len() as f64));
            let place = (dots.right, dots.bottom + label * 0.95);
            pen.text_where_free(&[(place, Anchor::End)], &share, Type::new(Use::Tick, palette.late));
        }
        let y = curve.top - label * 0.6;
        let headings = [
            "Share of runs finished by the day shown (shading: 95% Monte Carlo band)",
            "Runs finished by the day shown (shading: 95% Monte Carlo band)",
            "Runs finished by then (95% Monte Carlo band)",
        ];
        let size = look.type_size(Use::Tick);
        let fits = |heading: &&str| super::font::width(heading, size, false) <= curve.width();
        let heading = headings.into_iter().find(fits).unwrap_or(headings[2]);
        let fitted = super::font::fitted(heading, size, false, curve.width());
        pen.text_where_free(&[((curve.left, y), Anchor::Start)], &fitted, Type::new(Use::Tick, palette.ink[1]));
        let shares = share_scale(curve);
        for (share, name) in MARKED {
            let Some(day) = Day::of(self.days, share).filter(|_| self.days.len() > 1) else { continue };
            let point = (scale.at(self.at(share)), shares.at(share * 100.0));
            pen.disc(point, look.px(9.0), palette.progress);
            let gap = look.px(20.0);
            let below = point.1 + label * 1.15;
            let places = [
                ((point.0 + gap, below), Anchor::Start),
                ((point.0 - gap, point.1 - gap * 0.6), Anchor::End),
                ((point.0 + gap, point.1 + label * 2.0), Anchor::Start),
            ];
            pen.text_where_free(&places, &format!("{name}: {}", day.words()), Type::new(Use::Label, palette.progress).bold());
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let palette = self.look.palette();
        let mut figures = Vec::new();
        if let Some((day, verdict)) = &self.deadline
            && let (Some(share), Some((low, high))) = (verdict.share(), verdict.interval)
        {
            figures.push(Figure {
                over: format!("Chance by day {}", plain(*day)),
                value: if verdict.not_known > 0 { format!("≥ {}", percent(share)) } else { percent(share) },
                under: if verdict.runs > 1 { format!("95%: {}%", ends(low, high)) } else { String::new() },
                colour: palette.progress,
            });
            let late: Vec<f64> = self.days.iter().filter(|days| **days > *day).map(|days| days - day).collect();
            if late.len() >= 10 && late[late.len() / 2].is_finite() {
                let median = quantile_sorted(&late, 0.5, Definition::default()).unwrap_or(0.0);
                let tenth = quantile_sorted(&late, 0.9, Definition::default()).unwrap_or(0.0);
                let tail =
                    if tenth.is_finite() { format!("(median), or {}+ days in 1 of 10", plain(tenth.round())) } else { "(median)".into() };
                let days = median.round().max(1.0);
                let value = if days == 1.0 { "1 day".into() } else { format!("{} days", plain(days)) };
                figures.push(Figure { over: "Late runs are late by".into(), value, under: tail, colour: palette.late });
            }
        } else {
            for (share, words) in [(0.5, "Half of runs finish by"), (0.8, "8 in 10 finish by"), (0.95, "19 in 20 finish by")] {
                let Some(day) = Day::of(self.days, share).filter(|_| self.days.len() > 1) else { continue };
                figures.push(Figure { over: words.into(), value: day.words(), under: day.error(), colour: palette.progress });
            }
        }
        figures
    }
}
