//! What limits the rate: for each resource the share of days on which it binds, beside what the time of its units went to.
//!
//! Sorted by binding, not by utilisation: a resource may be busy all the time and hold nobody up. Causes that are no resource (a
//! window, forming, weather) bind too; they have a row and no bar, so that what the title names always stands on top.

mod rows;

pub(in crate::report) use rows::printed;

use self::rows::{Row, leader};
use super::axis::Scale;
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Type};
use super::sheet::{Sheet, Words};
use super::{NotDrawn, Order, font};
use crate::report::words::{counted, grouped};
use crate::results::Output;

/// Most rows on a page.
const ROWS: usize = 10;

pub(super) fn draw(output: &Output, order: Order) -> Result<String, NotDrawn> {
    let all = rows::of(output);
    let closed = output.table.records.len() - output.table.censored();
    if closed == 0 {
        return Err(NotDrawn("no replication came to closure, and what binds is known of those only".into()));
    }
    if all.is_empty() {
        return Err(NotDrawn("the run has no resources".into()));
    }
    let look = order.look;
    let view = View { title: leader(&all, closed), rows: all, closed, runs: output.table.records.len(), look };
    let mut sheet = Sheet::new(look, &output.info, view.runs, view.words());
    let columns = Columns::of(&view, sheet.plot());
    let shown = &view.rows[..view.rows.len().min(columns.rows)];
    sheet.layer("heads", |pen| view.draw_heads(pen, &columns));
    sheet.layer("rows", |pen| {
        for (place, row) in shown.iter().enumerate() {
            view.draw_row(pen, &columns, place, row);
        }
    });
    if !look.is_small() {
        sheet.layer("key", |pen| view.draw_key(pen, &columns, shown.len()));
    }
    Ok(sheet.finish())
}

struct View {
    title: String,
    /// What binds most often first.
    rows: Vec<Row>,
    /// Replications that came to closure; shares of days are over these.
    closed: usize,
    runs: usize,
    look: Look,
}

/// Where things stand.
struct Columns {
    labels: Area,
    bars: Area,
    binding: Area,
    /// Width kept for the figure at the right of the binding scale.
    figure: f64,
    /// Height of a row, and how many there is room for.
    step: f64,
    rows: usize,
}

impl Columns {
    fn of(view: &View, plot: Area) -> Self {
        let look = view.look;
        let label = look.type_size(Use::Label);
        let (above, below) = if look.is_small() { (label * 1.3, 0.0) } else { (label * 2.9, label * 1.9) };
        let body = Area { top: plot.top + above, bottom: plot.bottom - below, ..plot };
        let most = ((body.height() / (label * 1.65)).floor().max(1.0) as usize).min(if look.is_small() { 5 } else { ROWS });
        let rows = most.min(view.rows.len());
        let widest = view.rows[..rows].iter().map(|row| font::width(&row.label, label, false)).fold(0.0, f64::max);
        let gap = look.px(36.0);
        let labels = Area { right: body.left + (widest + 1.0).min(body.width() * 0.36), ..body };
        let rest = body.right - labels.right - 2.0 * gap;
        let bars = Area { left: labels.right + gap, right: labels.right + gap + rest * 0.51, ..body };
        let figure = font::width("100% ± 10", label, true) + look.px(10.0);
        let step = (body.height() / rows as f64).min(label * 2.6);
        Self { labels, bars, binding: Area { left: bars.right + gap, ..body }, figure, step, rows }
    }

    /// From share to place on the binding scale.
    fn share(&self) -> Scale {
        Scale::new((0.0, 1.0), (self.binding.left, self.binding.right - self.figure))
    }
}

impl View {
    fn words(&self) -> Words {
        let first: Vec<String> =
            self.rows.iter().take(3).filter(|row| row.mean > 0.0).map(|row| format!("{} {}", row.label, row.said(row.mean))).collect();
        let first = if first.is_empty() { String::new() } else { format!(" Share of operating days: {}.", first.join(", ")) };
        let busiest = self.rows.iter().filter_map(|row| Some((row.time?[0], row))).max_by(|a, b| a.0.total_cmp(&b.0));
        let busiest = busiest.map_or_else(String::new, |(share, row)| format!(" Busiest: {}, {} of its time.", row.label, row.said(share)));
        let left = match self.runs - self.closed {
            0 => String::new(),
            n => format!(" Binding is over the {} that finished; {} did not.", counted(self.closed, "run", "runs"), grouped(n)),
        };
        Words {
            id: "bottlenecks",
            title: self.title.clone(),
            subtitle: "Time of each resource’s units, and share of operating days on which it binds".into(),
            caveat: format!("Binding: the largest part of that day on the active chain, among resources and outside causes.{left}"),
            description: format!(
                "Stacked bars with shares of days. {}.{first}{busiest} Ticks show run-to-run spread (8 in 10 runs), ± is the 95% Monte \
                 Carlo half-width of the mean over {}. Data: resources.csv.",
                self.title,
                counted(self.closed, "run", "runs")
            ),
        }
    }

    fn draw_heads(&self, pen: &mut Pen<'_>, columns: &Columns) {
        let (look, palette) = (self.look, self.look.palette());
        let (tick, quiet) = (look.type_size(Use::Tick), Type::new(Use::Tick, palette.ink[1]));
        let (bars, binding) = (columns.bars, columns.binding);
        if look.is_small() {
            pen.text_where_free(&[((binding.left, binding.top - tick * 0.4), Anchor::Start)], "Binds, of days", quiet);
            return;
        }
        let lines = [["Time of its units,", "start to closure"], ["Binds: share of operating", "days, mean and 8 in 10 runs"]];
        for (area, words) in [bars, binding].into_iter().zip(lines) {
            for (n, line) in words.iter().enumerate() {
                let y = area.top - tick * (1.75 - 1.25 * n as f64);
                let line = font::fitted(line, tick, false, area.width());
                pen.text((area.left, y), &line, quiet);
            }
        }
    }

    fn draw_row(&self, pen: &mut Pen<'_>, columns: &Columns, place: usize, row: &Row) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let top = columns.labels.top + columns.step * place as f64;
        let (middle, baseline) = (top + columns.step / 2.0, top + columns.step / 2.0 + label * 0.36);
        pen.line(&[(columns.labels.left, top), (columns.binding.right, top)], 1.5, palette.grid);
        let name = font::fitted(&row.label, label, place == 0, columns.labels.width());
        let face = Type::new(Use::Label, palette.ink[0]);
        pen.text((columns.labels.left, baseline), &name, if place == 0 { face.bold() } else { face });

        let half = (columns.step * 0.30).min(label * 0.62);
        let bar = Area { top: middle - half, bottom: middle + half, ..columns.bars };
        match row.time {
            Some([busy, waiting, _]) => {
                let at = |share: f64| bar.left + bar.width() * share.clamp(0.0, 1.0);
                pen.fill(Area { right: at(busy), ..bar }, palette.fan[2]);
                pen.hatch(Area { left: at(busy), right: at(busy + waiting), ..bar }, palette.fan[2]);
                pen.outline(bar, 1.5, palette.outline);
            }
            None if !look.is_small() => {
                let words = font::fitted("not a resource", look.type_size(Use::Tick), false, bar.width());
                pen.text((bar.left, middle + look.type_size(Use::Tick) * 0.36), &words, Type::new(Use::Tick, palette.ink[2]));
            }
            None => {}
        }

        let share = columns.share();
        let (from, to) = share.values();
        pen.line(&[(share.at(from), middle), (share.at(to), middle)], 1.5, palette.grid);
        if let Some((low, high)) = row.range.filter(|_| self.closed > 1) {
            pen.line(&[(share.at(low), middle), (share.at(high), middle)], 4.0, palette.fan[2]);
            for end in [low, high] {
                pen.line(&[(share.at(end), middle - half * 0.7), (share.at(end), middle + half * 0.7)], 2.5, palette.progress);
            }
        }
        pen.disc((share.at(row.mean), middle), look.px(9.0), palette.progress);
        let figure = Type::new(Use::Label, palette.progress).end();
        pen.text((columns.binding.right, baseline), &row.figure(look.is_small()), if place == 0 { figure.bold() } else { figure });
    }

    /// What fills mean, and what has no row.
    fn draw_key(&self, pen: &mut Pen<'_>, columns: &Columns, shown: usize) {
        let (look, palette) = (self.look, self.look.palette());
        let (tick, quiet) = (look.type_size(Use::Tick), Type::new(Use::Tick, palette.ink[1]));
        let y = columns.labels.top + columns.step * shown as f64 + tick * 1.5;
        let mut x = columns.bars.left;
        for (kind, words) in ["busy", "held, waiting", "idle"].into_iter().enumerate() {
            let swatch = Area { left: x, top: y - tick * 0.72, right: x + tick * 0.9, bottom: y + tick * 0.08 };
            match kind {
                0 => pen.fill(swatch, palette.fan[2]),
                1 => pen.hatch(swatch, palette.fan[2]),
                _ => {}
            }
            pen.outline(swatch, 1.5, palette.outline);
            let text = pen.text((swatch.right + look.px(10.0), y), words, quiet);
            x = text.right + look.px(20.0);
        }
        let share = columns.share();
        for (part, words) in [(0.0, "0"), (0.5, "50"), (1.0, "100%")] {
            pen.line(&[(share.at(part), y - tick * 1.35), (share.at(part), y - tick * 1.05)], 1.5, palette.outline);
            pen.text_where_free(&[((share.at(part), y), Anchor::Middle)], words, quiet);
        }
        let rest = &self.rows[shown..];
        let Some(next) = rest.first() else { return };
        let more = grouped(rest.len());
        let words = match next.said(next.mean) {
            _ if next.mean == 0.0 => format!("{more} more, none binding"),
            under if under.starts_with("under") => format!("{more} more, {under} each"),
            most => format!("{more} more, up to {most} each"),
        };
        let words = font::fitted(&words, tick, false, columns.bars.left - columns.labels.left - look.px(10.0));
        pen.text((columns.labels.left, y), &words, quiet);
    }
}
