//! A variant against the base, one row a measure: the mean difference with its interval, the differences of single pairs below it, and
//! the verdict in words.
//!
//! Each row has a scale of its own; all share the line of no difference, and left of it is better on every row that has a better side; the
//! others are marked. What is drawn is the paired difference itself: two intervals beside each other would not tell whether scenarios differ.

mod finding;
mod rows;

use self::rows::{RINGS, Row, Standing};
use super::axis::{Scale, round_down};
use super::look::{Colour, Look, Use};
use super::pen::{Anchor, Area, Pen, Type};
use super::sheet::{Identity, Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::words::{counted, grouped, points};
use crate::results::{Comparison, Contrast, Side};

/// Most rows on a page.
const ROWS: usize = 7;

pub(super) fn draw(comparison: &Comparison, order: Order) -> Result<String, NotDrawn> {
    let contrast = comparison.contrasts.get(order.nth).ok_or_else(|| NotDrawn("there is no such variant".into()))?;
    if contrast.pairs.is_empty() {
        return Err(NotDrawn(format!("no replication ended in both {} and {}", comparison.base.label, contrast.variant.label)));
    }
    let look = order.look;
    let view = View { rows: rows::of(comparison, contrast), comparison, contrast, look };
    let identity = Identity::of_sides(comparison, &[&comparison.base, &contrast.variant], contrast.pairs.len());
    let mut sheet = Sheet::of(look, &identity, view.words());
    let layout = Layout::of(&view, sheet.plot());
    let shown: Vec<&Row> = layout.shown.iter().map(|nth| &view.rows[*nth]).collect();
    if !look.is_small() {
        sheet.layer("heads", |pen| view.draw_heads(pen, &layout));
    }
    sheet.layer("rows", |pen| {
        for (place, row) in shown.into_iter().enumerate() {
            view.draw_row(pen, &layout, place, row);
        }
    });
    if !look.is_small() {
        sheet.layer("key", |pen| view.draw_key(pen, &layout));
    }
    Ok(sheet.finish())
}

struct View<'v> {
    rows: Vec<Row>,
    comparison: &'v Comparison,
    contrast: &'v Contrast,
    look: Look,
}

/// How many rows have a better side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judged {
    All,
    Some,
    None,
}

/// Where things stand.
struct Layout {
    labels: Area,
    plot: Area,
    verdicts: Area,
    /// Height of a row, and which are shown.
    step: f64,
    shown: Vec<usize>,
    /// Where the line of no difference stands.
    zero: f64,
    /// Lines of the key, below the rows.
    key: Vec<String>,
}

impl Layout {
    fn of(view: &View<'_>, area: Area) -> Self {
        let whole = Self::with_key(view, area, &view.key(0));
        match view.rows.len() - whole.shown.len() {
            0 => whole,
            hidden => Self::with_key(view, area, &view.key(hidden)),
        }
    }

    fn with_key(view: &View<'_>, area: Area, key: &str) -> Self {
        let look = view.look;
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let key = if look.is_small() { Vec::new() } else { font::lines(key, tick, false, area.width()) };
        let above = if look.is_small() { 0.0 } else { label * 1.4 };
        let below = tick * 1.35 * key.len() as f64 + look.px(20.0);
        let body = Area { top: area.top + above, bottom: area.bottom - below, ..area };
        let least = if look.is_small() { label * 2.0 } else { label * 2.6 };
        let most = ((body.height() / least).floor().max(1.0) as usize).min(if look.is_small() { 5 } else { ROWS });
        let shown = view.most_telling(most);
        let step = (body.height() / shown.len().max(1) as f64).min(label * 5.4);
        let gap = look.px(36.0);
        let (left, right) = if look.is_small() { (0.34, 0.32) } else { (0.23, 0.28) };
        let labels = Area { right: body.left + body.width() * left, ..body };
        let verdicts = Area { left: body.right - body.width() * right, ..body };
        let plot = Area { left: labels.right + gap, right: verdicts.left - gap, ..body };
        // Zero stands where the rows need it: in the middle where they go both ways.
        let extents = shown.iter().map(|nth| extent(&view.rows[*nth])).filter(|[left, right]| left + right > 0.0);
        let shares: Vec<f64> = extents.map(|[left, right]| left / (left + right)).collect();
        let share = if shares.is_empty() { 0.5 } else { (shares.iter().sum::<f64>() / shares.len() as f64).clamp(0.3, 0.7) };
        Self { zero: plot.left + plot.width() * share, labels, plot, verdicts, step, shown, key }
    }

    /// From difference to place, for a row.
    fn scale(&self, row: &Row) -> Scale {
        let [left, right] = extent(row);
        let reach = (left / (self.zero - self.plot.left)).max(right / (self.plot.right - self.zero));
        let reach = if reach > 0.0 { reach * 1.06 } else { 1.0 };
        let values = (-reach * (self.zero - self.plot.left), reach * (self.plot.right - self.zero));
        Scale::new(values, (self.plot.left, self.plot.right))
    }
}

/// How far a row goes to the left and to the right of no difference.
fn extent(row: &Row) -> [f64; 2] {
    let bar = row.bar.into_iter().flatten();
    let all = row.rings.iter().copied().chain(bar).filter(|x| x.is_finite());
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
    let zone = if row.zone.is_finite() { row.zone } else { 0.0 };
    [(-low).max(zone), high.max(zone)]
}

impl View<'_> {
    /// How many runs did not complete, where some did not.
    fn incomplete(&self) -> String {
        let (base, variant) = (&self.comparison.base, &self.contrast.variant);
        if base.censored + variant.censored == 0 {
            return String::new();
        }
        let of = |side: &Side| format!("{} of {}", grouped(side.censored), grouped(side.replications));
        format!(" Not complete: {} of the base, {} of the variant; other measures cover only what moved in them.", of(base), of(variant))
    }

    fn words(&self) -> Words {
        let (comparison, contrast) = (self.comparison, self.contrast);
        let title = finding::title(comparison, contrast, self.look.is_small());
        let pairs = contrast.pairs.len();
        let how =
            if comparison.common { "in paired runs (same random numbers)" } else { "of runs drawn at random (no common random numbers)" };
        let first: Vec<String> = self.rows.iter().take(3).map(|row| format!("{}: {}", row.label, row.told)).collect();
        Words {
            id: "paired",
            subtitle: format!("{} minus {} {how}. {}", contrast.variant.label, comparison.base.label, self.sides()),
            caveat: format!(
                "Monte Carlo error only, over {}; intervals hold together with {}% (Bonferroni over {}).{}",
                counted(pairs, "pair", "pairs"),
                points(comparison.level),
                grouped(comparison.statements),
                self.incomplete()
            ),
            description: format!(
                "Dots with intervals, one row a measure. {title}. Differences over {}: {}. Bars show the Monte Carlo error of the mean, rings \
                 the run-to-run spread of single pairs. Data: pairs.csv, comparison.json.",
                counted(pairs, "pair", "pairs"),
                first.join("; ")
            ),
            title,
        }
    }

    /// Whether every row has a better side, or some, or none.
    fn judged(&self) -> Judged {
        match self.rows.iter().filter(|row| row.judged).count() {
            0 => Judged::None,
            n if n == self.rows.len() => Judged::All,
            _ => Judged::Some,
        }
    }

    /// Which side is better, as far as there is one.
    fn sides(&self) -> &'static str {
        match self.judged() {
            Judged::All => "Left of the line is better on every row.",
            Judged::Some => "Left of the line is better; on rows with † neither way is.",
            Judged::None => "Neither way is better on any row.",
        }
    }

    /// The name of a row, marked where it is one that has no better side among some that have.
    fn marked(&self, row: &Row) -> String {
        let mark = if !row.judged && self.judged() == Judged::Some { "†" } else { "" };
        format!("{}{mark}", row.label)
    }

    /// At most so many rows, in their order: the first, those that the base scenario says something about, then others.
    fn most_telling(&self, most: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|nth| (*nth > 0, !self.rows[*nth].asked, *nth));
        order.truncate(most);
        order.sort_unstable();
        order
    }

    /// What the marks mean, and how many measures have no row.
    fn key(&self, hidden: usize) -> String {
        let rings = if self.contrast.pairs.len() > RINGS { format!("{RINGS} quantiles of single pairs") } else { "single pairs".into() };
        let late = if self.rows.iter().any(|row| row.rings.is_empty() && row.bar.is_some()) {
            if self.comparison.common { " (P80: paired bootstrap)" } else { " (P80: bootstrap)" }
        } else {
            ""
        };
        let hidden = match hidden {
            0 => String::new(),
            n => format!(" Not shown: {}.", counted(n, "more measure", "more measures")),
        };
        format!("Bar and dot: mean difference{late} and its interval. Rings: {rings}. Grey: too small to matter.{hidden}")
    }

    fn colour(&self, standing: Standing) -> Colour {
        let palette = self.look.palette();
        match standing {
            Standing::Better => palette.progress,
            Standing::Worse => palette.bad,
            Standing::Even => palette.ink[1],
            Standing::NotResolved => palette.caution,
        }
    }

    fn draw_heads(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette) = (self.look, self.look.palette());
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let y = layout.labels.top - look.px(14.0);
        pen.text((layout.labels.left, y), "Measure", quiet);
        let [left, right] = if self.judged() == Judged::None { ["← lower", "higher →"] } else { ["← better", "worse →"] };
        pen.text((layout.zero - look.px(24.0), y), left, quiet.end());
        pen.text((layout.zero + look.px(24.0), y), right, quiet);
        let heads = ["Verdict, interval of the difference", "Verdict, interval", "Verdict"];
        let places: Vec<_> =
            heads.iter().filter(|head| font::width(head, look.type_size(Use::Tick), false) <= layout.verdicts.width()).collect();
        if let Some(head) = places.first() {
            pen.text((layout.verdicts.left, y), head, quiet);
        }
    }

    fn draw_row(&self, pen: &mut Pen<'_>, layout: &Layout, place: usize, row: &Row) {
        let (look, palette) = (self.look, self.look.palette());
        let top = layout.labels.top + layout.step * place as f64;
        pen.line(&[(layout.labels.left, top), (layout.verdicts.right, top)], 1.5, palette.grid);
        let bottom = top + layout.step;
        self.draw_words(pen, Area { top, bottom, ..layout.labels }, Area { top, bottom, ..layout.verdicts }, row);
        let axis = if look.is_small() { 0.0 } else { look.type_size(Use::Tick) * 1.3 };
        let body = Area { top: top + look.px(9.0), bottom: bottom - axis - look.px(4.0), ..layout.plot };
        let scale = layout.scale(row);
        if row.zone > 0.0 && row.zone.is_finite() {
            let zone = Area { left: scale.at(-row.zone), right: scale.at(row.zone), ..body };
            pen.fill(zone, palette.grid);
            if look.hairlines() {
                pen.outline(zone, 1.0, palette.outline);
            }
        }
        pen.line(&[(layout.zero, body.top), (layout.zero, body.bottom)], 2.0, palette.ink[0]);
        self.draw_marks(pen, body, scale, row);
        if !look.is_small() {
            let y = bottom - look.px(4.0) - look.type_size(Use::Tick) * 0.3;
            let quiet = Type::new(Use::Tick, palette.ink[1]);
            pen.text((layout.zero, y), "0", quiet.middle());
            let (low, high) = scale.values();
            let [left, right] = extent(row);
            let step = round_down(left.max(right) * 0.85);
            for at in [-step, step].into_iter().filter(|at| (low..=high).contains(at)) {
                pen.text_where_free(&[((scale.at(at), y), Anchor::Middle)], &rows::tick(row, at), quiet);
            }
        }
    }

    /// Bar, dot, rings, and arrows for pairs beyond every number.
    fn draw_marks(&self, pen: &mut Pen<'_>, body: Area, scale: Scale, row: &Row) {
        let (look, palette) = (self.look, self.look.palette());
        let colour = self.colour(row.standing);
        let only_bar = row.rings.is_empty() && row.beyond == [false; 2];
        let upper = body.top + body.height() * if only_bar { 0.5 } else { 0.30 };
        let lower = body.top + body.height() * 0.76;
        let radius = look.px(6.5).min(body.height() * 0.15);
        for ring in &row.rings {
            pen.ring((scale.at(*ring), lower), radius, 2.0, colour);
        }
        for (end, x, way) in [(row.beyond[0], body.left, -1.0), (row.beyond[1], body.right, 1.0)] {
            if end {
                let base = x - way * radius * 2.0;
                pen.polygon(&[(x, lower), (base, lower - radius * 1.2), (base, lower + radius * 1.2)], colour);
            }
        }
        if let Some([low, estimate, high]) = row.bar {
            let half = look.px(5.5).min(body.height() * 0.13);
            pen.fill(Area { left: scale.at(low), right: scale.at(high), top: upper - half, bottom: upper + half }, colour);
            let dot = look.px(11.0).min(body.height() * 0.22);
            pen.disc((scale.at(estimate), upper), dot + look.px(2.5), palette.paper);
            pen.disc((scale.at(estimate), upper), dot, colour);
        }
    }

    /// The measure on the left, the verdict on the right; what does not fit into the row is left out whole, least important first.
    fn draw_words(&self, pen: &mut Pen<'_>, left: Area, right: Area, row: &Row) {
        let (look, palette) = (self.look, self.look.palette());
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let room = left.height() - look.px(8.0);
        let name = self.marked(row);
        let mut names = font::lines(&name, label, true, left.width());
        let lines = |n: usize, m: usize| label * 1.2 * n as f64 + tick * 1.25 * m as f64;
        if names.len() > 1 && (names.len() > 2 || lines(names.len(), 0) > room) {
            names = vec![font::fitted(&name, label, true, left.width())];
        }
        let mut y = left.top + label * 1.25;
        for name in &names {
            pen.text((left.left, y), name, Type::new(Use::Label, palette.ink[0]).bold());
            y += label * 1.2;
        }
        let mut used = 0;
        for note in if look.is_small() { &[] } else { row.notes.as_slice() } {
            let note = font::lines(note, tick, false, left.width());
            if lines(names.len(), used + note.len()) > room {
                continue;
            }
            used += note.len();
            for line in note {
                pen.text((left.left, y), &line, quiet);
                y += tick * 1.25;
            }
        }
        let colour = match row.standing {
            Standing::Better => palette.good,
            other => self.colour(other),
        };
        let mut y = right.top + label * 1.25;
        let verdict = font::fitted(&row.verdict, label, true, right.width());
        pen.text((right.left, y), &verdict, Type::new(Use::Label, colour).bold());
        y += label * 1.2;
        let beside = right.left + font::width(&verdict, label, true) + look.px(22.0);
        let mut used = 0;
        for (nth, detail) in if look.is_small() { &[] } else { row.details.as_slice() }.iter().enumerate() {
            let detail = font::lines(detail, tick, false, right.width());
            if lines(1, used + detail.len()) > room {
                // What has no line of its own may stand beside the verdict.
                let place = ((beside, right.top + label * 1.25), Anchor::Start);
                if let ([line], true) = (detail.as_slice(), nth > 0) {
                    pen.text_where_free(&[place], line, quiet);
                }
                break;
            }
            used += detail.len();
            for line in detail {
                pen.text((right.left, y), &line, if nth == 0 { Type::new(Use::Tick, palette.ink[0]) } else { quiet });
                y += tick * 1.25;
            }
        }
    }

    fn draw_key(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let tick = self.look.type_size(Use::Tick);
        let mut y = layout.labels.top + layout.step * layout.shown.len() as f64 + tick * 1.5;
        for line in &layout.key {
            pen.text((layout.labels.left, y), line, Type::new(Use::Tick, self.look.palette().ink[1]));
            y += tick * 1.35;
        }
    }
}
