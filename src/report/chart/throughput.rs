//! What one day looks like: people accepted on each day, by land and by air, each mode in a panel of its own on one axis of days.
//!
//! Uncertain series are never stacked. A bar is where 8 in 10 runs lie on that day, the line across it the median; a day on which hardly any
//! run accepts anybody is a gap. Runs that have ended accept nobody, so the bars sink where runs begin to end.

use super::axis::{self, Scale};
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Point, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::words::{capital, counted, decimals, figure, grouped};
use crate::results::Output;
use crate::results::daily::{DayRow, ON_DAY};
use crate::stats::{mean, mean_interval};

/// Positions in the quantiles of a day: 10 %, 50 %, 90 %.
const MARKED: [usize; 3] = [1, 3, 5];
/// Modes in the order of their measures.
const MODES: [&str; 2] = ["land", "air"];
/// With more days than this, bars run into steps.
const SINGLE_BARS: usize = 130;
/// A mean is said in the title if its half-width is at most this share of it.
const CLEAR: f64 = 0.1;

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let modes: Vec<Mode> = (0..MODES.len()).filter_map(|n| Mode::of(output, n)).collect();
    if modes.is_empty() {
        return Err(NotDrawn("nobody is accepted on any day".into()));
    }
    let look = order.look;
    let view = View { modes, days: output.last_day(), runs: output.table.records.len(), unfinished: output.summary.censored, look };
    let mut sheet = Sheet::new(look, &output.info, view.runs, view.words());
    let plot = sheet.plot();
    let most = view.modes.iter().flat_map(|mode| &mode.days).map(|day| day[2]).fold(1.0, f64::max);
    let steps = axis::round_steps(0.0, most, if look.is_small() { 2 } else { 5 });
    let names: Vec<String> = steps.iter().map(|step| grouped(*step as usize)).collect();
    let left = plot.left + axis::width_at_left(look, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let area = Area { left, bottom: plot.bottom - axis::height_below(look), ..plot };
    let across = Scale::new((0.0, view.days as f64), (area.left, area.right));
    let heading = look.type_size(Use::Label) * 1.9;
    let high = area.height() / view.modes.len() as f64;
    let panels: Vec<Area> = (0..view.modes.len())
        .map(|n| Area { top: area.top + high * n as f64 + heading, bottom: area.top + high * (n + 1) as f64, ..area })
        .collect();
    sheet.layer("axes", |pen| {
        for panel in &panels {
            let up = Scale::new((0.0, most), (panel.bottom, panel.top));
            axis::values_at_left(pen, look, *panel, up, &steps, |step| grouped(step as usize));
        }
        let days = axis::day_steps(0.0, view.days as f64, if look.is_small() { 4 } else { 8 });
        axis::values_below(pen, look, area, across, &days, |i, day| if i == 0 { format!("Day {day:.0}") } else { format!("{day:.0}") });
    });
    for (mode, panel) in view.modes.iter().zip(&panels) {
        let up = Scale::new((0.0, most), (panel.bottom, panel.top));
        sheet.layer(mode.name, |pen| view.draw_days(pen, mode, across, up));
    }
    sheet.layer("headings", |pen| view.draw_headings(pen, &panels));
    Ok(sheet.finish())
}

/// One mode of transport.
struct Mode {
    name: &'static str,
    /// Day by day the quantiles of [`MARKED`].
    days: Vec<[f64; 3]>,
    /// Mean people a day with its half-width, if it is known; a run that did not complete went on to the horizon.
    rate: Option<(f64, Option<f64>)>,
}

impl Mode {
    /// `None` if no run ever accepts anybody by this mode.
    fn of(output: &Output, n: usize) -> Option<Self> {
        let of_day = |row: &DayRow| MARKED.map(|at| f64::from(row.quantiles[at]));
        let days = output.days.iter().filter(|row| row.measure == ON_DAY[n]).map(of_day).collect();
        let accepted = output.table.reached(&format!("accepted_people.{}", MODES[n]))?;
        let ends = output.table.reached("days_to_completion")?;
        let any = accepted.iter().any(|people| *people > 0.0);
        // A run that did not complete went on to the horizon: leaving it out would make a plan that stops look quick.
        let until = |end: f64| if end.is_finite() { end } else { output.info.horizon_days };
        let lengths = accepted.into_iter().zip(ends).map(|(people, end)| (people, until(end))).filter(|(_, end)| *end > 0.0);
        // People accepted by days to closure, or to the horizon where it did not complete, in each run.
        let rates: Vec<f64> = lengths.map(|(people, end)| people / end).collect();
        // People and days that are rounded for a page that leaves the house give a rate that is not that of the run.
        let rate = if output.info.is_released() { None } else { rate(&rates) };
        any.then_some(Self { name: MODES[n], days, rate })
    }

    /// `112 by land`, if that is known well enough.
    fn said(&self) -> Option<String> {
        let (mean, half) = self.rate?;
        let clear = half.is_none_or(|half| half <= CLEAR * mean);
        clear.then(|| format!("{} by {}", figure(mean, decimals(half.or(Some(1.0)))), self.name))
    }
}

/// The mean of the rates with its half-width.
fn rate(rates: &[f64]) -> Option<(f64, Option<f64>)> {
    Some((mean(rates)?, mean_interval(rates, 0.95).map(|interval| interval.half_width())))
}

struct View {
    modes: Vec<Mode>,
    days: usize,
    runs: usize,
    /// Runs that did not complete.
    unfinished: usize,
    look: Look,
}

impl View {
    fn words(&self) -> Words {
        let title = self.finding();
        let rates: Vec<String> = self
            .modes
            .iter()
            .filter_map(|mode| mode.rate.map(|rate| (mode, rate)))
            .map(|(mode, rate)| rate_words(mode.name, rate))
            .collect();
        let rates = if rates.is_empty() { String::new() } else { format!(" Mean people a day, start to closure: {}.", rates.join(", ")) };
        let best = self.modes.iter().map(|mode| {
            let best = mode.days.iter().map(|day| day[1]).fold(0.0, f64::max);
            format!("by {} {}", mode.name, grouped(best as usize))
        });
        let best = best.collect::<Vec<_>>().join(", ");
        let shown = if self.runs > 1 {
            "Bars show run-to-run spread (8 in 10 runs) of each day by itself, ± the 95% Monte Carlo half-width"
        } else {
            "One run"
        };
        let unfinished = match self.unfinished {
            0 => String::new(),
            n => format!(" {} of {} did not complete: they count up to the horizon.", grouped(n), counted(self.runs, "run", "runs")),
        };
        Words {
            id: "throughput",
            subtitle: "People accepted on each local calendar day, land and air apart on the same scale".into(),
            caveat: if self.runs > 1 {
                format!("Each day by itself: no single run follows the bars. Runs that have ended count as nobody accepted.{unfinished}")
            } else {
                format!("One run shows no spread.{unfinished}")
            },
            description: format!("Bars by day. {title}.{rates} Highest daily median: {best}. {shown}. Data: daily.csv, replications.csv."),
            title,
        }
    }

    fn finding(&self) -> String {
        let said: Option<Vec<String>> = self.modes.iter().map(Mode::said).collect();
        match said {
            Some(said) if self.runs == 1 => format!("One run: people accepted a day, {}", said.join(", ")),
            Some(said) => format!("People accepted a day, on average: {}", said.join(", ")),
            None => format!("People accepted on each day{}", if self.modes.len() > 1 { ", by land and by air" } else { "" }),
        }
    }

    fn draw_headings(&self, pen: &mut Pen<'_>, panels: &[Area]) {
        let (look, palette) = (self.look, self.look.palette());
        for (n, (mode, panel)) in self.modes.iter().zip(panels).enumerate() {
            let y = panel.top - look.type_size(Use::Label) * 0.55;
            let words = match mode.rate {
                Some(rate) if !look.is_small() => rate_words(mode.name, rate),
                _ => format!("By {}", mode.name),
            };
            pen.text((panel.left, y), &capital(&words), Type::new(Use::Label, palette.ink[0]).bold());
            if n == 0 && self.runs > 1 && !look.is_small() {
                let key = "Bar: 8 in 10 runs; line: median";
                let fitted = font::fitted(key, look.type_size(Use::Tick), false, panel.width());
                pen.text_where_free(&[((panel.right, y), Anchor::End)], &fitted, Type::new(Use::Tick, palette.ink[1]));
            }
        }
    }

    /// Bars of days, or one shape for days that follow each other where there are too many for bars.
    fn draw_days(&self, pen: &mut Pen<'_>, mode: &Mode, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let single = self.days <= SINGLE_BARS;
        let gap = if single { 0.14 } else { 0.0 };
        let sides = |n: usize| (across.at(n as f64 + gap), across.at((n + 1) as f64 - gap));
        let mut from = 0;
        // What is 0 in nine of ten runs is a gap.
        while let Some(first) = (from..mode.days.len()).find(|n| mode.days[*n][2] > 0.0) {
            let stretch = (first..mode.days.len()).take_while(|n| mode.days[*n][2] > 0.0).take(if single { 1 } else { usize::MAX });
            let days: Vec<usize> = stretch.collect();
            from = first + days.len();
            let edge = |at: usize| -> Vec<Point> {
                days.iter().flat_map(|n| [sides(*n).0, sides(*n).1].map(|x| (x, up.at(mode.days[*n][at])))).collect()
            };
            let mut shape = edge(2);
            shape.extend(edge(0).into_iter().rev());
            if self.runs > 1 {
                pen.polygon(&shape, palette.fan[1]);
                shape.push(shape[0]);
                pen.line(&shape, if look.hairlines() { 0.5 } else { 1.0 }, palette.outline);
            }
            pen.line(&edge(1), 4.0, palette.progress);
        }
    }
}

/// `by land 112 ± 3 people a day`.
fn rate_words(mode: &str, (mean, half): (f64, Option<f64>)) -> String {
    let places = decimals(half.or(Some(1.0)));
    let error = half.map_or_else(String::new, |half| format!(" ± {}", figure(half, places)));
    format!("by {mode} {}{error} people a day", figure(mean, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(name: &'static str, rates: &[f64]) -> Mode {
        Mode { name, days: vec![[0.0, 5.0, 9.0]], rate: rate(rates) }
    }

    #[test]
    fn a_rate_is_said_only_if_it_is_known_well() {
        let look = Look { size: super::super::Size::Slide, theme: super::super::Theme::Light };
        let said = |modes: Vec<Mode>, runs| View { modes, days: 1, runs, unfinished: 0, look }.finding();
        let steady = || mode("land", &[110.0, 114.0, 112.0, 112.0]);
        assert_eq!(said(vec![steady()], 4), "People accepted a day, on average: 112 by land");
        assert_eq!(
            said(vec![steady(), mode("air", &[104.0, 105.0, 104.0, 103.0])], 4),
            "People accepted a day, on average: 112 by land, 104 by air"
        );
        assert_eq!(said(vec![steady(), mode("air", &[10.0, 200.0])], 4), "People accepted on each day, by land and by air");
        assert_eq!(said(vec![mode("land", &[])], 4), "People accepted on each day");
        assert_eq!(said(vec![mode("land", &[111.6])], 1), "One run: people accepted a day, 112 by land");
    }
}
