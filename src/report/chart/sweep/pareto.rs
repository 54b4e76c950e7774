//! Two responses against each other, one dot a setting with its intervals: which settings no other is better than in both.
//!
//! A setting is put aside as worse only if another one is better in both responses with intervals that do not overlap. Every setting has its
//! intervals for itself, so this puts aside fewer than a comparison in pairs would.

use super::identity;
use crate::report::chart::axis::{self, Scale};
use crate::report::chart::look::{Look, Use};
use crate::report::chart::pen::{Anchor, Area, Pen, Type};
use crate::report::chart::sheet::{Sheet, Words};
use crate::report::chart::{NotDrawn, Order, font};
use crate::report::difference::words;
use crate::report::words::{capital, grouped, plain};
use crate::results::{Better, ResponseInfo, ResponseSummary, SweepOutput};

/// More settings cannot be told apart.
const MOST: usize = 200;
/// Settings that are named at their dot.
const NAMED: usize = 8;

pub(in crate::report::chart) fn draw(output: &SweepOutput, order: Order) -> Result<String, NotDrawn> {
    let info = &output.info;
    let judged: Vec<usize> = (0..info.shown.len()).filter(|nth| info.columns[info.shown[*nth]].better != Better::Neither).collect();
    let [x, others @ ..] = judged.as_slice() else {
        return Err(NotDrawn("it needs two responses of which one way is better".into()));
    };
    // Throughput is days told the other way round: against days it says nothing new.
    let pace = |nth: usize| ["days_to_", "throughput_"].iter().any(|stem| info.columns[info.shown[nth]].name.starts_with(stem));
    let other = others.iter().find(|y| !(pace(*x) && pace(**y))).or(others.first());
    let y = other.ok_or_else(|| NotDrawn("it needs two responses of which one way is better".into()))?;
    let settings: Vec<Setting> = output.points.iter().filter_map(|row| Setting::of(output, row, [*x, *y])).collect();
    // One dot is no choice.
    if !(2..=MOST).contains(&settings.len()) {
        return Err(NotDrawn(format!("it shows 2 to {MOST} settings; both means are known of {}", settings.len())));
    }
    let view = View { settings, responses: [*x, *y].map(|nth| &info.columns[info.shown[nth]]), output, look: order.look };
    let mut sheet = Sheet::of(order.look, &identity(output), view.words());
    view.draw(&mut sheet);
    Ok(sheet.finish())
}

/// A point with two means and their 95 % intervals.
struct Setting {
    label: String,
    base: bool,
    mean: [f64; 2],
    half: [f64; 2],
}

impl Setting {
    fn of(output: &SweepOutput, row: &crate::results::PointRow, responses: [usize; 2]) -> Option<Self> {
        let mean =
            |nth: usize| row.shown.get(nth).and_then(|one: &ResponseSummary| Some((one.mean?, one.half_width.unwrap_or(f64::INFINITY))));
        let ((x, half_x), (y, half_y)) = mean(responses[0]).zip(mean(responses[1]))?;
        let cells = row.cells.iter().flatten().map(|cell| cell.label.as_str());
        let label = cells.collect::<Vec<_>>().join(" · ");
        Some(Self { label, base: output.info.base_point == Some(row.point), mean: [x, y], half: [half_x, half_y] })
    }
}

/// How a setting stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// By its means nothing is better in both.
    Front,
    /// Another is better in both, but the intervals overlap.
    Open,
    /// Another is better in both beyond the intervals.
    Worse,
}

/// The standing of each setting; `turn` makes less better.
fn standings(settings: &[Setting], turn: [f64; 2]) -> Vec<Standing> {
    let beats = |q: &Setting, p: &Setting, by: &dyn Fn(usize) -> f64| (0..2).all(|m| turn[m] * (p.mean[m] - q.mean[m]) > by(m));
    let at_least = |q: &Setting, p: &Setting| (0..2).all(|m| turn[m] * (p.mean[m] - q.mean[m]) >= 0.0) && q.mean != p.mean;
    let of = |p: &Setting| {
        if settings.iter().any(|q| beats(q, p, &|m| q.half[m] + p.half[m])) {
            Standing::Worse
        } else if settings.iter().any(|q| at_least(q, p)) {
            Standing::Open
        } else {
            Standing::Front
        }
    };
    settings.iter().map(of).collect()
}

struct View<'v> {
    settings: Vec<Setting>,
    responses: [&'v ResponseInfo; 2],
    output: &'v SweepOutput,
    look: Look,
}

impl View<'_> {
    fn standings(&self) -> Vec<Standing> {
        standings(&self.settings, self.responses.map(|info| if info.better == Better::Higher { -1.0 } else { 1.0 }))
    }

    fn axis_name(&self, nth: usize) -> String {
        let info = self.responses[nth];
        let unit = match info.unit {
            "" => String::new(),
            "d" => " (days)".into(),
            unit => format!(" ({unit})"),
        };
        let way = if info.better == Better::Higher { "more is better" } else { "less is better" };
        format!("{}{unit}, {way}", capital(&words(info)))
    }

    fn words(&self) -> Words {
        let standings = self.standings();
        let count = |wanted| standings.iter().filter(|one| **one == wanted).count();
        let (front, open, all) = (count(Standing::Front), count(Standing::Open), standings.len());
        let left = front + open;
        let title = if left == all {
            format!("Of {} settings none is clearly worse than another in both", grouped(all))
        } else {
            let are = if all - left == 1 { "is" } else { "are" };
            format!("{} of {} settings {are} clearly worse than another in both", grouped(all - left), grouped(all))
        };
        let numbers = if self.output.info.common {
            "the same random numbers at every setting"
        } else {
            "each setting with random numbers of its own"
        };
        Words {
            id: "pareto",
            subtitle: format!(
                "Mean {} against mean {}, with 95% Monte Carlo intervals",
                words(self.responses[0]),
                words(self.responses[1])
            ),
            caveat: format!("Intervals each for itself; {numbers}. Clearly worse: behind in both beyond both intervals."),
            description: format!(
                "Dots with intervals, one a setting. {title}; {} on the front by their means, {} cannot be told. Bars show the Monte Carlo error. Data: \
                 points.csv.",
                grouped(front),
                grouped(open)
            ),
            title,
        }
    }

    /// Values of a response from the smallest to the largest, intervals included.
    fn range(&self, nth: usize) -> (f64, f64) {
        let ends = self.settings.iter().flat_map(|one| {
            let half = if one.half[nth].is_finite() { one.half[nth] } else { 0.0 };
            [one.mean[nth] - half, one.mean[nth] + half]
        });
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let room = if high > low { (high - low) * 0.07 } else { high.abs().max(1.0) * 0.1 };
        (low - room, high + room)
    }

    fn draw(&self, sheet: &mut Sheet) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let small = look.is_small();
        let whole = sheet.plot();
        let (x, y) = (self.range(0), self.range(1));
        let steps = axis::round_steps(y.0, y.1, if small { 3 } else { 6 });
        let names: Vec<String> = steps.iter().map(|step| plain(*step)).collect();
        let margin = axis::width_at_left(look, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let (above, below) = if small { (0.0, 0.0) } else { (label * 1.6, label * 1.5 + look.type_size(Use::Tick) * 1.9) };
        let area =
            Area { left: whole.left + margin, top: whole.top + above, bottom: whole.bottom - axis::height_below(look) - below, ..whole };
        let across = Scale::new(x, (area.left, area.right));
        let up = Scale::new(y, (area.bottom, area.top));
        sheet.layer("axes", |pen| {
            axis::values_at_left(pen, look, area, up, &steps, plain);
            let steps = axis::round_steps(x.0, x.1, if small { 4 } else { 7 });
            axis::values_below(pen, look, area, across, &steps, |_, step| plain(step));
            if !small {
                let bold = Type::new(Use::Label, palette.ink[0]).bold();
                let name = font::fitted(&self.axis_name(1), label, true, whole.width());
                pen.text((whole.left, whole.top + label * 0.8), &name, bold);
                let name = font::fitted(&self.axis_name(0), label, true, area.width());
                pen.text(
                    (f64::midpoint(area.left, area.right), area.bottom + axis::height_below(look) + label * 1.05),
                    &name,
                    bold.middle(),
                );
            }
        });
        let standings = self.standings();
        sheet.layer("settings", |pen| self.draw_settings(pen, &standings, across, up));
        if !small {
            sheet.haloed("labels", |pen| self.draw_labels(pen, &standings, across, up));
            sheet.layer("key", |pen| self.draw_key(pen, whole, area.bottom + axis::height_below(look) + label * 1.5));
        }
    }

    fn draw_settings(&self, pen: &mut Pen<'_>, standings: &[Standing], across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        // What matters most is drawn last.
        for wanted in [Standing::Worse, Standing::Open, Standing::Front] {
            for (one, _) in self.settings.iter().zip(standings).filter(|(_, standing)| **standing == wanted) {
                let colour = if wanted == Standing::Worse { palette.outline } else { palette.progress };
                let centre = (across.at(one.mean[0]), up.at(one.mean[1]));
                let ends = |nth: usize, scale: Scale| [-1.0, 1.0].map(|way| scale.at(one.mean[nth] + way * one.half[nth]));
                let [left, right] = ends(0, across);
                let [low, high] = ends(1, up);
                pen.line(&[(left, centre.1), (right, centre.1)], 1.7, colour);
                pen.line(&[(centre.0, low), (centre.0, high)], 1.7, colour);
                let r = look.px(if wanted == Standing::Worse { 7.0 } else { 11.0 });
                pen.disc(centre, r, colour);
                if wanted == Standing::Open {
                    pen.disc(centre, r * 0.62, palette.paper);
                }
            }
        }
    }

    fn draw_labels(&self, pen: &mut Pen<'_>, standings: &[Standing], across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let tick = look.type_size(Use::Tick);
        let front = || self.settings.iter().zip(standings).filter(|(one, standing)| **standing == Standing::Front || one.base);
        for (one, standing) in front().take(NAMED) {
            let (x, y) = (across.at(one.mean[0]), up.at(one.mean[1]));
            let words = if one.base { format!("{} (base)", one.label) } else { one.label.clone() };
            let words = font::fitted(&words, tick, false, look.page().width * 0.3);
            let gap = look.px(16.0);
            let places = [
                ((x + gap, y - gap * 0.6), Anchor::Start),
                ((x - gap, y - gap * 0.6), Anchor::End),
                ((x + gap, y + tick), Anchor::Start),
                ((x - gap, y + tick), Anchor::End),
            ];
            let colour = if *standing == Standing::Worse { palette.ink[1] } else { palette.progress };
            pen.text_where_free(&places, &words, Type::new(Use::Tick, colour));
        }
    }

    fn draw_key(&self, pen: &mut Pen<'_>, area: Area, top: f64) {
        let (look, palette) = (self.look, self.look.palette());
        let (tick, quiet) = (look.type_size(Use::Tick), Type::new(Use::Tick, palette.ink[1]));
        let (mut x, y) = (area.left + look.px(14.0), top + tick * 1.2);
        for (standing, words) in
            [(Standing::Front, "not behind any"), (Standing::Open, "cannot be told"), (Standing::Worse, "clearly worse")]
        {
            let colour = if standing == Standing::Worse { palette.outline } else { palette.progress };
            let r = look.px(if standing == Standing::Worse { 7.0 } else { 11.0 });
            let place = (x + look.px(22.0), y);
            if pen.measure(place, words, quiet).right > area.right {
                break;
            }
            pen.disc((x, y - tick * 0.34), r, colour);
            if standing == Standing::Open {
                pen.disc((x, y - tick * 0.34), r * 0.62, palette.paper);
            }
            x = pen.text(place, words, quiet).right + look.px(44.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_worse_only_beyond_both_intervals() {
        let setting = |x: f64, y: f64, half: f64| Setting { label: String::new(), base: false, mean: [x, y], half: [half, half] };
        let settings =
            [setting(1.0, 1.0, 0.1), setting(2.0, 2.0, 0.1), setting(1.1, 1.1, 0.1), setting(0.5, 3.0, 0.1), setting(3.0, 1.0, 0.1)];
        let wanted = [Standing::Front, Standing::Worse, Standing::Open, Standing::Front, Standing::Open];
        assert_eq!(standings(&settings, [1.0, 1.0]), wanted);
        assert_eq!(standings(&settings, [-1.0, -1.0])[1], Standing::Front, "where more is better");
    }
}
