//! Were there enough replications: how the half-widths of mean and P80 of days to completion shrink, in the order of replications.
//!
//! A running mean looks settled long before it is; the half-width tells. Both axes are logarithmic, so an error that falls with the root of
//! the number of replications is a straight line, drawn dashed through the last half-width of the mean.

use super::axis::{self, Scale};
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Point, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order};
use crate::report::released::days_error;
use crate::report::words::{grouped, plain};
use crate::results::Output;
use crate::stats::Estimand;
use crate::stats::stopping::Precision;

/// Numbers of replications at which half-widths are computed, evenly spaced in their logarithm.
const POINTS: usize = 80;
/// What is estimated, with its name.
const ESTIMANDS: [(Estimand, &str); 2] = [(Estimand::Mean, "mean"), (Estimand::Quantile(0.8), "P80")];

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let days = output.table.reached("days_to_completion").unwrap_or_default();
    let curves = ESTIMANDS.map(|(estimand, _)| half_widths(&days, estimand));
    if curves.iter().all(Vec::is_empty) {
        return Err(NotDrawn("there is no half-width of the days to completion: too few replications finished, or all alike".into()));
    }
    let view = View { curves, wanted: wanted(output), runs: days.len(), released: output.info.is_released(), look: order.look };
    let look = order.look;
    let mut sheet = Sheet::new(look, &output.info, view.runs, view.words());
    let plot = sheet.plot();
    let widths = view.curves.iter().flatten().map(|(_, half)| *half).chain(view.wanted.iter().map(|(half, _)| *half));
    let (low, high) = widths.fold((f64::INFINITY, 0.0_f64), |(low, high), half| (low.min(half), high.max(half)));
    let (low, high) = (low * 0.8, high * 1.25);
    let steps = one_two_five(low, high);
    let names: Vec<String> = steps.iter().map(|step| plain(*step)).collect();
    let left = plot.left + axis::width_at_left(look, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let area = Area {
        left,
        top: plot.top + look.type_size(Use::Tick) * 1.6,
        bottom: plot.bottom - axis::height_below(look),
        right: plot.right - look.px(if look.is_small() { 20.0 } else { 130.0 }),
    };
    let frame = Frame {
        across: Scale::new((0.0, libm::log10(view.runs as f64)), (area.left, area.right)),
        up: Scale::new((libm::log10(low), libm::log10(high)), (area.bottom, area.top)),
    };
    sheet.layer("axes", |pen| {
        let logs: Vec<f64> = steps.iter().map(|step| libm::log10(*step)).collect();
        axis::values_at_left(pen, look, area, frame.up, &logs, |log| plain(libm::pow(10.0, log)));
        let counts = one_two_five(1.0, view.runs as f64);
        let logs: Vec<f64> = counts.iter().map(|count| libm::log10(*count)).collect();
        axis::values_below(pen, look, area, frame.across, &logs, |i, _| grouped(counts[i] as usize));
        if !look.is_small() {
            let head = "Half-width in days (95%), against the number of replications";
            let face = Type::new(Use::Tick, look.palette().ink[1]);
            pen.text_where_free(&[((plot.left, area.top - look.type_size(Use::Tick) * 0.6), Anchor::Start)], head, face);
        }
    });
    view.draw_guides(&mut sheet, &frame, area);
    view.draw_curves(&mut sheet, &frame);
    Ok(sheet.finish())
}

/// The half-width of an estimate after so many replications, where there is one.
fn half_widths(days: &[f64], estimand: Estimand) -> Vec<(usize, f64)> {
    let last = libm::log10(days.len().max(1) as f64);
    let mut counts: Vec<usize> =
        (0..=POINTS).map(|i| (libm::pow(10.0, last * i as f64 / POINTS as f64).round() as usize).min(days.len())).collect();
    counts.dedup();
    let half = |n: usize| {
        let interval = estimand.interval(&days[..n], 0.95)?;
        let half = (interval.upper - interval.lower) / 2.0;
        (half.is_finite() && half > 0.0).then_some((n, half))
    };
    counts.into_iter().filter_map(half).collect()
}

/// Half-widths that were asked for, with the words that asked.
fn wanted(output: &Output) -> Vec<(f64, String)> {
    let conditions = output.info.until.iter().flat_map(|until| &until.conditions);
    let of_days = conditions.filter(|condition| condition.response == "days_to_completion");
    of_days
        .filter_map(|condition| match condition.precision {
            Precision::Absolute(half) if half > 0.0 => Some((half, condition.text.clone())),
            _ => None,
        })
        .collect()
}

/// 1, 2 and 5 times powers of ten from `low` to `high`; only the powers where there are many.
fn one_two_five(low: f64, high: f64) -> Vec<f64> {
    let decades = libm::floor(libm::log10(low)) as i32..=libm::ceil(libm::log10(high)) as i32;
    let digits: &[f64] = if decades.clone().count() > 4 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let all = decades.flat_map(|power| digits.iter().map(move |digit| digit * libm::pow(10.0, f64::from(power))));
    all.filter(|step| (low..=high).contains(step)).collect()
}

/// From replications and half-widths to places.
struct Frame {
    across: Scale,
    up: Scale,
}

impl Frame {
    fn at(&self, n: f64, half: f64) -> Point {
        (self.across.at(libm::log10(n)), self.up.at(libm::log10(half)))
    }
}

struct View {
    curves: [Vec<(usize, f64)>; 2],
    wanted: Vec<(f64, String)>,
    runs: usize,
    /// Whether errors are given as a page gives them that may leave the house.
    released: bool,
    look: Look,
}

impl View {
    fn words(&self) -> Words {
        let up = |half: f64| if self.released { days_error(half) } else { (half * 100.0).ceil() / 100.0 };
        let last: Vec<String> = self
            .curves
            .iter()
            .zip(ESTIMANDS)
            .filter_map(|(curve, (_, name))| Some((name, curve.last().filter(|(n, _)| *n == self.runs)?.1)))
            .map(|(name, half)| format!("{name} ± {} days", plain(up(half))))
            .collect();
        let title = if last.is_empty() {
            format!("After {} runs neither mean nor P80 of the days is bounded", grouped(self.runs))
        } else {
            format!("After {} runs: {}", grouped(self.runs), last.join(", "))
        };
        let wanted: Vec<&str> = self.wanted.iter().map(|(_, text)| text.as_str()).collect();
        let wanted = if wanted.is_empty() { String::new() } else { format!(" Wanted: {}.", wanted.join(", ")) };
        Words {
            id: "convergence",
            subtitle: "Days to completion: Monte Carlo half-width of mean and of P80, in the order of replications".into(),
            caveat: format!("Mean: Student’s interval; P80: two order statistics; each for itself at 95%.{wanted}"),
            description: format!(
                "Lines on logarithmic axes. {title}.{wanted} Shown is Monte Carlo error, which shrinks with replications, not the spread of \
                 runs. Data: replications.csv."
            ),
            title,
        }
    }

    fn draw_guides(&self, sheet: &mut Sheet, frame: &Frame, area: Area) {
        let (look, palette) = (self.look, self.look.palette());
        let face = Type::new(Use::Tick, palette.ink[1]);
        if let Some((n, half)) = self.curves.iter().find_map(|curve| curve.last().copied()) {
            // As far up as the plot goes.
            let part = half / libm::pow(10.0, frame.up.values().1);
            let least = (n as f64 * part * part).max(2.0).min(n as f64);
            let guide = [frame.at(least, half * (n as f64 / least).sqrt()), frame.at(n as f64, half)];
            sheet.dashed("root", [10.0, 8.0], |pen| pen.line(&guide, 2.2, palette.outline));
            sheet.haloed("root-label", |pen| {
                let place = (guide[0].0 + (guide[1].0 - guide[0].0) * 0.35, guide[0].1 + (guide[1].1 - guide[0].1) * 0.35);
                let below = (place.0 - look.px(16.0), place.1 + look.type_size(Use::Tick) * 1.4);
                if !look.is_small() {
                    pen.text_where_free(&[(below, Anchor::End), (below, Anchor::Start)], "falls with the root of n", face);
                }
            });
        }
        for (half, text) in &self.wanted {
            let y = frame.up.at(libm::log10(*half));
            sheet.dashed("wanted", [14.0, 8.0], |pen| pen.line(&[(area.left, y), (area.right, y)], 2.2, palette.ink[0]));
            sheet.haloed("wanted-label", |pen| {
                let places = [((area.left + look.px(12.0), y - look.px(10.0)), Anchor::Start)];
                pen.text_where_free(&places, &format!("wanted: {text}"), Type::new(Use::Tick, palette.ink[0]));
            });
        }
    }

    fn draw_curves(&self, sheet: &mut Sheet, frame: &Frame) {
        let palette = self.look.palette();
        let points = |curve: &[(usize, f64)]| curve.iter().map(|(n, half)| frame.at(*n as f64, *half)).collect::<Vec<Point>>();
        sheet.layer("mean", |pen| pen.line(&points(&self.curves[0]), 4.0, palette.progress));
        sheet.dashed("p80", [5.0, 5.0], |pen| pen.line(&points(&self.curves[1]), 4.0, palette.fan[2]));
        sheet.haloed("names", |pen| {
            for ((curve, (_, name)), colour) in self.curves.iter().zip(ESTIMANDS).zip([palette.progress, palette.ink[1]]) {
                let Some((x, y)) = points(curve).last().copied() else { continue };
                self.name(pen, (x, y), name, Type::new(Use::Label, colour).bold());
            }
        });
    }

    /// A name at the end of its line.
    fn name(&self, pen: &mut Pen<'_>, (x, y): Point, name: &str, face: Type) {
        let (gap, size) = (self.look.px(14.0), self.look.type_size(face.used));
        let right = |shift: f64| ((x + gap, y + size * shift), Anchor::Start);
        pen.text_where_free(&[right(0.36), right(1.3), right(-0.6), ((x - gap, y - size * 0.6), Anchor::End)], name, face);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_widths_stand_where_there_are_enough_runs_that_ended() {
        let days: Vec<f64> = (0..100).map(|i| f64::from(i % 10)).collect();
        let mean = half_widths(&days, Estimand::Mean);
        assert_eq!((mean[0].0, mean[mean.len() - 1].0), (2, 100));
        // An upper bound of P80 with 95 % confidence needs 14 values at least (0.8^14 < 0.05), both bounds a few more.
        assert!(half_widths(&days, Estimand::Quantile(0.8)).iter().all(|(n, _)| *n >= 14));
        assert_eq!(half_widths(&[1.0], Estimand::Mean), []);
        assert_eq!(half_widths(&[f64::INFINITY; 5], Estimand::Mean), []);
        assert_eq!(half_widths(&[2.0; 50], Estimand::Mean), []);
    }

    #[test]
    fn steps_are_ones_twos_and_fives() {
        assert_eq!(one_two_five(0.15, 3.0), [0.2, 0.5, 1.0, 2.0]);
        assert_eq!(one_two_five(1.0, 100_000.0), [1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0]);
    }
}
