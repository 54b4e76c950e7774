//! Two responses against each other, one dot a setting with its intervals: which settings no other is better than in both.
//!
//! Where a setting stands is decided by differences of pairs of runs ([`stats::pareto`](crate::stats::pareto)), all of them together with 95 %; the
//! intervals that are drawn are those of each setting by itself.

use super::identity;
use crate::report::chart::axis::{self, Scale};
use crate::report::chart::key::{self, Item};
use crate::report::chart::look::{Look, Use};
use crate::report::chart::pen::{Anchor, Area, Pen, Point, Type};
use crate::report::chart::sheet::{Sheet, Words};
use crate::report::chart::{NotDrawn, Order, font};
use crate::report::difference::words;
use crate::report::words::{capital, counted, grouped, plain};
use crate::results::{Better, Pareto, PointRow, ResponseInfo, ResponseSummary, SweepOutput};
use crate::stats::Standing;

/// Settings that are named at their dot.
const NAMED: usize = 8;

pub(in crate::report::chart) fn draw(output: &SweepOutput, order: Order) -> Result<String, NotDrawn> {
    let Some(Pareto { responses, standings }) = &output.pareto else {
        return Err(NotDrawn(format!(
            "it needs two responses of which one way is better, and 2 to {} settings of at most {} runs",
            Pareto::MOST_POINTS,
            grouped(Pareto::MOST_REPLICATIONS as usize)
        )));
    };
    let setting = |row: &PointRow| Setting::of(output, row, *responses, standings.get(row.point as usize)?);
    let settings: Vec<Setting> = output.points.iter().filter_map(setting).collect();
    if settings.len() < 2 {
        return Err(NotDrawn(format!("one setting is no choice; both means are known of {}", settings.len())));
    }
    let info = &output.info;
    let view = View { settings, responses: responses.map(|nth| &info.columns[info.shown[nth]]), output, look: order.look };
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
    stands: Stands,
}

impl Setting {
    fn of(output: &SweepOutput, row: &PointRow, responses: [usize; 2], standing: &Standing) -> Option<Self> {
        let stands = match standing {
            Standing::NonDominated => Stands::Front,
            Standing::Open { .. } => Stands::Open,
            Standing::Dominated { .. } => Stands::Worse,
            Standing::Unknown => return None,
        };
        let mean =
            |nth: usize| row.shown.get(nth).and_then(|one: &ResponseSummary| Some((one.mean?, one.half_width.unwrap_or(f64::INFINITY))));
        let ((x, half_x), (y, half_y)) = mean(responses[0]).zip(mean(responses[1]))?;
        let cells = row.cells.iter().flatten().map(|cell| cell.label.as_str());
        let label = cells.collect::<Vec<_>>().join(" · ");
        Some(Self { label, base: output.info.base_point == Some(row.point), mean: [x, y], half: [half_x, half_y], stands })
    }
}

/// How a setting stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// By its means nothing is better in both.
    Front,
    /// Another is better in both by its means, but not beyond doubt.
    Open,
    /// Another is better in both beyond doubt.
    Worse,
}

struct View<'v> {
    settings: Vec<Setting>,
    responses: [&'v ResponseInfo; 2],
    output: &'v SweepOutput,
    look: Look,
}

impl View<'_> {
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
        let count = |wanted| self.settings.iter().filter(|one| one.stands == wanted).count();
        let (front, open, all) = (count(Stands::Front), count(Stands::Open), self.settings.len());
        let left = front + open;
        let title = if left == all {
            format!("Of {} settings none is clearly worse than another in both", grouped(all))
        } else {
            let are = if all - left == 1 { "is" } else { "are" };
            format!("{} of {} settings {are} clearly worse than another in both", grouped(all - left), grouped(all))
        };
        let left_out = match self.output.points.iter().filter(|row| row.censored > 0).count() {
            0 => String::new(),
            n => format!(" Left out: {}, as some runs there do not complete.", counted(n, "setting", "settings")),
        };
        let runs = if self.output.info.common { "pairs of runs with the same random numbers" } else { "runs of their own" };
        Words {
            id: "pareto",
            subtitle: format!(
                "Mean {} against mean {}, with 95% Monte Carlo intervals",
                words(self.responses[0]),
                words(self.responses[1])
            ),
            caveat: format!(
                "Bars: each setting by itself. Clearly worse: behind in both by {runs}, all such statements together with 95%.{left_out}"
            ),
            description: format!(
                "Dots with intervals, one a setting. {title}; {} on the front by their means, {} cannot be told. Bars show the Monte Carlo error. Data: \
                 pareto.csv, points.csv.",
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
        sheet.layer("settings", |pen| self.draw_settings(pen, across, up));
        if !small {
            sheet.haloed("labels", |pen| self.draw_labels(pen, across, up));
            sheet.layer("key", |pen| {
                let top = area.bottom + axis::height_below(look) + label * 1.5 + look.type_size(Use::Tick) * 0.2;
                self.draw_key(pen, Area { top, ..whole });
            });
        }
    }

    fn draw_settings(&self, pen: &mut Pen<'_>, across: Scale, up: Scale) {
        let palette = self.look.palette();
        // What matters most is drawn last.
        for wanted in [Stands::Worse, Stands::Open, Stands::Front] {
            for one in self.settings.iter().filter(|one| one.stands == wanted) {
                let colour = if wanted == Stands::Worse { palette.outline } else { palette.progress };
                let centre = (across.at(one.mean[0]), up.at(one.mean[1]));
                let ends = |nth: usize, scale: Scale| [-1.0, 1.0].map(|way| scale.at(one.mean[nth] + way * one.half[nth]));
                let [left, right] = ends(0, across);
                let [low, high] = ends(1, up);
                pen.line(&[(left, centre.1), (right, centre.1)], 1.7, colour);
                pen.line(&[(centre.0, low), (centre.0, high)], 1.7, colour);
                self.draw_dot(pen, centre, wanted);
            }
        }
    }

    /// The dot of a setting.
    fn draw_dot(&self, pen: &mut Pen<'_>, centre: Point, stands: Stands) {
        let (look, palette) = (self.look, self.look.palette());
        let (r, colour) = match stands {
            Stands::Worse => (look.px(7.0), palette.outline),
            Stands::Front | Stands::Open => (look.px(11.0), palette.progress),
        };
        pen.disc(centre, r, colour);
        if stands == Stands::Open {
            pen.disc(centre, r * 0.62, palette.paper);
        }
    }

    fn draw_labels(&self, pen: &mut Pen<'_>, across: Scale, up: Scale) {
        let (look, palette) = (self.look, self.look.palette());
        let tick = look.type_size(Use::Tick);
        let front = self.settings.iter().filter(|one| one.stands == Stands::Front || one.base);
        for one in front.take(NAMED) {
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
            let colour = if one.stands == Stands::Worse { palette.ink[1] } else { palette.progress };
            pen.text_where_free(&places, &words, Type::new(Use::Tick, colour));
        }
    }

    fn draw_key(&self, pen: &mut Pen<'_>, area: Area) {
        let key = [(Stands::Front, "not behind any"), (Stands::Open, "cannot be told"), (Stands::Worse, "clearly worse")];
        let item = |(stands, words)| Item::new(words, move |pen: &mut Pen<'_>, area: Area| self.draw_dot(pen, area.centre(), stands));
        key::draw(pen, self.look, area, &key.map(item));
    }
}
