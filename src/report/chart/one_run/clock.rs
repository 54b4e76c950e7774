//! The axis of local time, with nights behind what stands on it.

use super::super::axis::{self, Scale};
use super::super::look::{Look, Use};
use super::super::pen::{Anchor, Area, Pen, Type};
use super::super::sheet::Sheet;
use super::super::{font, look};
use super::replication::OneRun;
use crate::units::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// An axis of time below an area.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClockAxis {
    pub(super) area: Area,
    look: Look,
    /// First and last instant, in ticks since the start; the first may lie before it.
    pub(super) from: i64,
    pub(super) to: i64,
    /// Ticks since local midnight at the start.
    time_of_day: i64,
}

const HOUR: i64 = TICKS_PER_HOUR as i64;

impl ClockAxis {
    /// From the hour before one instant to the hour after another.
    pub(super) fn new(run: &OneRun<'_>, look: Look, area: Area, (from, to): (i64, i64)) -> Self {
        let time_of_day = run.output.info.clock.time_of_day as i64;
        let first = (from + time_of_day).div_euclid(HOUR) * HOUR - time_of_day;
        let last = -(-(to + time_of_day)).div_euclid(HOUR) * HOUR - time_of_day;
        Self { area, look, from: first, to: last.max(first + HOUR), time_of_day }
    }

    /// Where an instant stands; at the edge where it is not shown.
    pub(super) fn at(&self, ticks: i64) -> f64 {
        self.scale().at(ticks as f64)
    }

    fn scale(&self) -> Scale {
        Scale::new((self.from as f64, self.to as f64), (self.area.left, self.area.right))
    }

    /// `18:00`; minutes rounded.
    pub(super) fn time(&self, ticks: i64) -> String {
        let minute = TICKS_PER_MINUTE as i64;
        let minutes = (ticks + self.time_of_day + minute / 2).div_euclid(minute);
        format!("{:02}:{:02}", minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60))
    }

    /// Axis and hours below the area.
    pub(super) fn draw_hours(&self, pen: &mut Pen<'_>) {
        let widest = font::width("00:00", self.look.type_size(Use::Tick), false) * 1.5;
        let span = (self.to - self.from) / HOUR;
        let fits = |every: &i64| self.area.width() / (span as f64 / *every as f64) >= widest;
        let every = [1, 2, 3, 6, 12, 24].into_iter().find(fits).unwrap_or(24) * HOUR;
        let first = (self.from + self.time_of_day + every - 1).div_euclid(every) * every - self.time_of_day;
        let steps: Vec<f64> = (0..).map(|n| first + n * every).take_while(|ticks| *ticks <= self.to).map(|ticks| ticks as f64).collect();
        axis::values_below(pen, self.look, self.area, self.scale(), &steps, |_, ticks| self.time(ticks as i64));
    }

    /// Nights as a shade of the whole area, sunset and sunrise as dashed lines with their times above.
    pub(super) fn draw_nights(&self, sheet: &mut Sheet, run: &OneRun<'_>) {
        let (area, palette) = (self.area, self.look.palette());
        let nights: Vec<(i64, i64)> =
            run.output.setting.nights(self.from.max(0) as u64, self.to.max(0) as u64).iter().map(|(a, b)| (*a as i64, *b as i64)).collect();
        // Where a night is cut by the edge, or by the start of the run, the sun neither sets nor rises.
        let sunsets = nights.iter().map(|night| night.0).filter(|ticks| *ticks > self.from && *ticks > 0).map(|at| (at, "sunset"));
        let sunrises = nights.iter().map(|night| night.1).filter(|ticks| *ticks < self.to).map(|at| (at, "sunrise"));
        let turns: Vec<(i64, &str)> = sunsets.chain(sunrises).collect();
        sheet.layer("night", |pen| {
            for (start, end) in &nights {
                pen.fill(Area { left: self.at(*start), right: self.at(*end), ..area }, palette.night);
            }
        });
        sheet.dashed("sun", [5.0, 5.0], |pen| {
            for (at, _) in &turns {
                pen.line(&[(self.at(*at), area.top), (self.at(*at), area.bottom)], 1.8, palette.ink[1]);
            }
        });
        if self.look.size == look::Size::Thumb {
            return;
        }
        sheet.layer("sun-times", |pen| {
            let (tick, gap) = (self.look.type_size(Use::Tick), self.look.px(10.0));
            for (at, what) in &turns {
                let (x, y) = (self.at(*at), area.top + tick * 1.05);
                let inside = if *what == "sunset" { (x + gap, Anchor::Start) } else { (x - gap, Anchor::End) };
                let outside = if *what == "sunset" { (x - gap, Anchor::End) } else { (x + gap, Anchor::Start) };
                let (words, face) = (format!("{what} {}", self.time(*at)), Type::new(Use::Tick, palette.ink[1]));
                let stays = |(x, anchor)| {
                    let wide = pen.measure((x, y), &words, Type { anchor, ..face });
                    (area.left <= wide.left && wide.right <= area.right).then_some(((x, y), anchor))
                };
                let places: Vec<_> = [inside, outside].into_iter().filter_map(stays).collect();
                pen.text_where_free(&places, &words, face);
            }
        });
    }
}
