//! Days to completion of several scenarios, one below the other: twenty dots each, on one scale of days.
//!
//! Sorted by the day by whose end 8 in 10 runs are done. Dots are quantiles and not a smoothed shape, so nothing is drawn where no run
//! ended. Runs that the horizon ended stand apart at the right.

use super::axis::{self, Scale};
use super::claims::{self, Day};
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Type};
use super::sheet::{Identity, Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::difference::{Phrases, range};
use crate::report::words::{counted, grouped, plain};
use crate::results::{Comparison, Contrast, Measure, PairedResponse};
use crate::stats::Finding;
use crate::stats::quantile::{Definition, quantile_sorted, sorted};
use std::collections::BTreeMap;

const DAYS: &str = "days_to_completion";
/// Dots of a row; each stands for so many equal parts of its runs.
const DOTS: usize = 20;
/// Most rows on a page.
const ROWS: usize = 8;

pub(super) fn draw(comparison: &Comparison, order: Order) -> Result<String, NotDrawn> {
    let rows = rows(comparison);
    if rows.is_empty() {
        return Err(NotDrawn("no pair of replications has days to completion".into()));
    }
    let look = order.look;
    let pairs = comparison.contrasts.iter().map(|contrast| contrast.pairs.len()).max().unwrap_or(0);
    let sides: Vec<_> = comparison.sides().collect();
    let view = View { hidden: rows.len().saturating_sub(ROWS), rows, comparison, look };
    let mut sheet = Sheet::of(look, &Identity::of_sides(comparison, &sides, pairs), view.words());
    let layout = Layout::of(&view, sheet.plot());
    let scale = view.scale(layout.strips);
    view.draw_axis(&mut sheet, &layout, scale);
    let radius = view.radius(&layout, scale);
    sheet.layer("rows", |pen| {
        for (place, row) in view.shown().iter().enumerate() {
            view.draw_row(pen, &layout, scale, radius, place, row);
        }
    });
    if !look.is_small() {
        sheet.layer("heads", |pen| view.draw_heads(pen, &layout));
        sheet.layer("key", |pen| view.draw_key(pen, &layout));
    }
    Ok(sheet.finish())
}

/// The runs of a scenario.
struct Row {
    label: String,
    base: bool,
    /// Ascending, infinite where unfinished.
    days: Vec<f64>,
}

impl Row {
    fn at(&self, share: f64) -> f64 {
        quantile_sorted(&self.days, share, Definition::default()).unwrap_or(f64::INFINITY)
    }

    /// Twenty equally likely outcomes, each one of the runs.
    fn outcomes(&self) -> impl Iterator<Item = f64> {
        (0..DOTS).map(|i| quantile_sorted(&self.days, (i as f64 + 0.5) / DOTS as f64, Definition::Inverse).unwrap_or(f64::INFINITY))
    }

    fn unfinished(&self) -> usize {
        self.days.iter().filter(|days| days.is_infinite()).count()
    }
}

/// Every scenario with its runs, the one whose 8 in 10 are done first on top.
fn rows(comparison: &Comparison) -> Vec<Row> {
    let with_days = || comparison.contrasts.iter().filter_map(|contrast| Some((contrast, contrast.response(DAYS)?)));
    // A replication of the base stands in the pairs of several variants.
    let base: BTreeMap<u32, f64> =
        with_days().flat_map(|(contrast, one)| contrast.pairs.iter().copied().zip(one.base.iter().copied())).collect();
    if base.is_empty() {
        return Vec::new();
    }
    let of_base = Row { label: comparison.base.label.clone(), base: true, days: sorted(&base.into_values().collect::<Vec<_>>()) };
    let variants =
        with_days().map(|(contrast, one)| Row { label: contrast.variant.label.clone(), base: false, days: sorted(&one.variant) });
    let mut rows: Vec<Row> = std::iter::once(of_base).chain(variants).filter(|row| !row.days.is_empty()).collect();
    rows.sort_by(|a, b| a.at(0.8).total_cmp(&b.at(0.8)));
    rows
}

/// What may be said: of one variant by how much 8 in 10 are sooner, of several how many are known to finish sooner.
fn title(comparison: &Comparison) -> String {
    let base = &comparison.base.label;
    let days: Vec<(&Contrast, &PairedResponse)> =
        comparison.contrasts.iter().filter_map(|contrast| Some((contrast, contrast.response(DAYS)?))).collect();
    if let [(contrast, one)] = days.as_slice() {
        let name = &contrast.variant.label;
        let late = one.figures.iter().find(|figure| figure.measure != Measure::Mean).filter(|figure| figure.difference.is_some());
        return match late.and_then(|figure| Some((figure.difference?, figure.finding))) {
            Some((difference, Finding::Lower | Finding::Higher)) => {
                let (low, high) = range(&difference);
                let says = Phrases::of(&one.info);
                let way = if difference.estimate < 0.0 { says.lower } else { says.higher };
                format!("8 in 10 runs are done {low} to {high} days {way} with {name}")
            }
            Some((_, Finding::NoMaterialChange)) if one.mean().finding == Finding::NoMaterialChange => {
                format!("{name} finishes on much the same days as {base}")
            }
            _ => format!("Days to completion with {name} and with {base}"),
        };
    }
    let found = |wanted: &[Finding]| -> Vec<&str> {
        let ones = days.iter().filter(|(_, one)| wanted.contains(&one.mean().finding));
        ones.map(|(contrast, _)| contrast.variant.label.as_str()).collect()
    };
    let sooner = found(&[Finding::Lower, Finding::SlightlyLower]);
    let open = found(&[Finding::NotResolved]);
    // Where runs do not complete there is no mean: a variant is better by completing more often.
    let known = days
        .iter()
        .filter(|(contrast, _)| sooner.contains(&contrast.variant.label.as_str()))
        .all(|(_, one)| one.mean().difference.is_some());
    let (sooner_by_one, sooner_by_more) = if known {
        (format!("finishes sooner than {base} on average"), format!("finish sooner than {base} on average"))
    } else {
        (format!("completes more often or sooner than {base}"), format!("complete more often or sooner than {base}"))
    };
    let rest = match open.len() {
        0 => String::new(),
        1 => "; 1 variant is not resolved".into(),
        n => format!("; {} variants are not resolved", grouped(n)),
    };
    match sooner.as_slice() {
        [] => format!("No variant is known to finish sooner than {base}"),
        [one] if open.is_empty() => format!("Only {one} {sooner_by_one}"),
        [one] => format!("{one} {sooner_by_one}{rest}"),
        more => format!("{} of {} variants {sooner_by_more}{rest}", more.len(), days.len()),
    }
}

struct View<'v> {
    rows: Vec<Row>,
    /// Rows for which there is no room.
    hidden: usize,
    comparison: &'v Comparison,
    look: Look,
}

/// Where things stand.
struct Layout {
    labels: Area,
    strips: Area,
    answers: Area,
    /// Height of a row.
    step: f64,
}

impl Layout {
    fn of(view: &View<'_>, area: Area) -> Self {
        let look = view.look;
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let above = if look.is_small() { 0.0 } else { label * 1.4 };
        let below = axis::height_below(look) + if look.is_small() { 0.0 } else { tick * 1.8 };
        let body = Area { top: area.top + above, bottom: area.bottom - below, ..area };
        let step = (body.height() / view.shown().len() as f64).min(label * 6.4);
        let body = Area { bottom: body.top + step * view.shown().len() as f64, ..body };
        let gap = look.px(36.0);
        let (left, right) = if look.is_small() { (0.30, 0.0) } else { (0.22, 0.25) };
        let labels = Area { right: body.left + body.width() * left, ..body };
        let answers = Area { left: body.right - body.width() * right, ..body };
        let strips = Area { left: labels.right + gap, right: if look.is_small() { body.right } else { answers.left - gap }, ..body };
        Self { labels, strips, answers, step }
    }
}

impl View<'_> {
    fn shown(&self) -> &[Row] {
        &self.rows[..self.rows.len().min(ROWS)]
    }

    fn on_time(&self, row: &Row) -> Option<usize> {
        self.comparison.deadline_days.map(|deadline| row.days.partition_point(|days| *days <= deadline))
    }

    fn words(&self) -> Words {
        let title = title(self.comparison);
        let marks: Vec<String> = self.rows.iter().take(5).map(|row| format!("{} {}", row.label, self.late(row))).collect();
        let deadline =
            self.comparison.deadline_days.map_or_else(String::new, |day| format!("; open dots are later than day {}", plain(day)));
        let numbers = if self.comparison.common { "the same random numbers" } else { "random numbers of their own" };
        let left = match self.hidden {
            0 => String::new(),
            n => format!(" {} in comparison.json.", counted(n, "more scenario is", "more scenarios are")),
        };
        Words {
            id: "scenarios",
            subtitle: format!("Days from start until the last person is accepted; spread of single runs{deadline}"),
            caveat: format!("Each scenario over the same replications, under {numbers}. A day named is the end of that day.{left}"),
            description: format!(
                "Strips of {DOTS} dots, one row a scenario. {title}. 8 in 10 runs are done: {}. Dots show run-to-run spread; the range of a day is its \
                 95% Monte Carlo interval. Data: pairs.csv.",
                marks.join("; ")
            ),
            title,
        }
    }

    /// `by day 36 (35 to 37)`.
    fn late(&self, row: &Row) -> String {
        match Day::of(&row.days, 0.8) {
            None => format!("not within {} days", plain(self.comparison.horizon_days)),
            Some(day) => match day.to {
                Some(to) if to == day.from => format!("by {}", day.words()),
                Some(to) => format!("by {} ({} to {to})", day.words(), day.from),
                None => format!("by {} ({} or later)", day.words(), day.from),
            },
        }
    }

    fn scale(&self, area: Area) -> Scale {
        let finite = || self.shown().iter().flat_map(|row| &row.days).copied().filter(|days| days.is_finite());
        let (low, high) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let (mut low, mut high) =
            if low <= high { ((low.floor() - 1.0).max(0.0), high.ceil() + 1.0) } else { (0.0, self.comparison.horizon_days) };
        if let Some(day) = self.comparison.deadline_days {
            (low, high) = (low.min(day - 1.0).max(0.0), high.max(day + 1.0));
        }
        let open = self.shown().iter().any(|row| row.unfinished() > 0);
        // Runs that never finished stand beyond the last day.
        Scale::new((low, high), (area.left, area.right - if open { self.look.px(90.0) } else { 0.0 }))
    }

    /// Days that a stack of dots holds: whole ones, as many as a dot that can be seen is wide.
    fn bin(&self, scale: Scale) -> f64 {
        (self.look.px(15.0) / scale.unit()).ceil().max(1.0)
    }

    /// The dots of a row by stacks: the middle of the stack, infinite where unfinished, and the place in it from 1.
    fn stacks(&self, row: &Row, scale: Scale) -> Vec<(f64, usize, f64)> {
        let wide = self.bin(scale);
        let mut heights: BTreeMap<Option<i64>, usize> = BTreeMap::new();
        let dot = |day: f64| {
            let key = day.is_finite().then(|| ((day.ceil().max(1.0) - 1.0) / wide).floor() as i64);
            let height = heights.entry(key).and_modify(|height| *height += 1).or_insert(1);
            (key.map_or(f64::INFINITY, |key| (key as f64 + 0.5) * wide), *height, day)
        };
        row.outcomes().map(dot).collect()
    }

    /// One size for the dots of all rows, so that heights can be compared.
    fn radius(&self, layout: &Layout, scale: Scale) -> f64 {
        let tallest = self.shown().iter().flat_map(|row| self.stacks(row, scale)).map(|(_, height, _)| height).max().unwrap_or(1);
        let room = layout.step * 0.82 - self.look.px(8.0);
        (scale.unit() * self.bin(scale) * 0.46).min(room / tallest as f64 / 2.08).min(self.look.px(17.0))
    }

    fn draw_axis(&self, sheet: &mut Sheet, layout: &Layout, scale: Scale) {
        let (look, palette, strips) = (self.look, self.look.palette(), layout.strips);
        sheet.layer("axis", |pen| {
            let (low, high) = scale.values();
            let days = axis::day_steps(low, high, if look.is_small() { 4 } else { 7 });
            axis::values_below(
                pen,
                look,
                strips,
                scale,
                &days,
                |i, day| if i == 0 { format!("Day {day:.0}") } else { format!("{day:.0}") },
            );
            if self.shown().iter().any(|row| row.unfinished() > 0) {
                let y = strips.bottom + look.px(14.0) + look.type_size(Use::Tick);
                pen.text_where_free(&[((strips.right, y), Anchor::End)], "unfinished", Type::new(Use::Tick, palette.late));
            }
        });
        let Some(day) = self.comparison.deadline_days else { return };
        let x = scale.at(day);
        sheet.dashed("deadline", [10.0, 8.0], |pen| pen.line(&[(x, strips.top - look.px(6.0)), (x, strips.bottom)], 2.2, palette.ink[0]));
        if !look.is_small() {
            let words = format!("deadline: end of day {}", plain(day));
            let y = strips.top - look.px(14.0);
            let places = [((x, y), Anchor::Middle), ((x, y), Anchor::End), ((x, y), Anchor::Start)];
            sheet.layer("deadline-name", |pen| {
                pen.text_where_free(&places, &words, Type::new(Use::Tick, palette.ink[1]));
            });
        }
    }

    fn draw_row(&self, pen: &mut Pen<'_>, layout: &Layout, scale: Scale, radius: f64, place: usize, row: &Row) {
        let (look, palette, strips) = (self.look, self.look.palette(), layout.strips);
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let line = strips.top + layout.step * (place + 1) as f64 - look.px(6.0);
        pen.line(&[(strips.left, line), (strips.right, line)], 1.5, palette.grid);
        for (middle, height, day) in self.stacks(row, scale) {
            let x = if middle.is_finite() { scale.at(middle) } else { strips.right - look.px(40.0) };
            let centre = (x, line - look.px(2.0) - radius * (2.0 * height as f64 - 1.0) * 1.04);
            if day.is_infinite() || self.comparison.deadline_days.is_some_and(|deadline| day > deadline) {
                pen.ring(centre, radius * 0.88, 3.0, palette.late);
            } else {
                pen.disc(centre, radius * 0.95, palette.progress);
            }
        }
        let late = row.at(0.8);
        if late.is_finite() {
            let x = scale.at(late);
            pen.polygon(&[(x, line), (x - look.px(9.0), line + look.px(13.0)), (x + look.px(9.0), line + look.px(13.0))], palette.ink[0]);
        }
        // Words hang on the foot of the strip.
        let foot = line - look.px(2.0);
        let noted = row.base && !look.is_small();
        let room = (layout.step - look.px(8.0)) / (label * 1.2);
        let lines = font::lines(&row.label, label, true, layout.labels.width());
        let fits = lines.len() <= 2 && (lines.len() + usize::from(noted)) as f64 <= room;
        let lines = if fits { lines } else { vec![font::fitted(&row.label, label, true, layout.labels.width())] };
        let noted = noted && (lines.len() + 1) as f64 <= room;
        let mut y = foot - label * 1.2 * (lines.len() - 1) as f64 - if noted { tick * 1.2 } else { 0.0 };
        for line in &lines {
            pen.text((layout.labels.left, y), line, Type::new(Use::Label, palette.ink[0]).bold());
            y += label * 1.2;
        }
        if noted {
            pen.text((layout.labels.left, foot), "base", Type::new(Use::Tick, palette.ink[1]));
        }
        if look.is_small() {
            return;
        }
        let late = font::fitted(&self.late(row), label, true, layout.answers.width());
        let on_time = self.on_time(row).map(|kept| format!("on time in {}", claims::often(kept, row.days.len())));
        let below = on_time.filter(|_| room >= 2.0);
        let y = foot - if below.is_some() { tick * 1.25 } else { 0.0 };
        pen.text((layout.answers.left, y), &late, Type::new(Use::Label, palette.progress).bold());
        if let Some(words) = below {
            let words = font::fitted(&words, tick, false, layout.answers.width());
            pen.text((layout.answers.left, foot), &words, Type::new(Use::Tick, palette.ink[1]));
        }
    }

    fn draw_heads(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let quiet = Type::new(Use::Tick, self.look.palette().ink[1]);
        let y = layout.labels.top - self.look.px(14.0);
        pen.text_where_free(&[((layout.labels.left, y), Anchor::Start)], "Scenario", quiet);
        pen.text_where_free(&[((layout.answers.left, y), Anchor::Start)], "8 in 10 runs done", quiet);
    }

    fn draw_key(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette) = (self.look, self.look.palette());
        let tick = look.type_size(Use::Tick);
        let key = format!("Each dot: one of {DOTS} equally likely outcomes. Pointer: 8 in 10 runs are done (95% interval at the right).");
        let y = layout.strips.bottom + axis::height_below(look) + tick * 1.15;
        let key = font::fitted(&key, tick, false, layout.answers.right - layout.labels.left);
        pen.text((layout.labels.left, y), &key, Type::new(Use::Tick, palette.ink[1]));
    }
}
