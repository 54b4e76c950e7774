//! Two factors: one cell a setting with its value, seven steps of blue, light is better.
//!
//! The staircase goes around the cells whose estimate keeps the requirement; what is too close to call has ≈. Cells are discrete: nothing is
//! interpolated between settings that were run. Of more than twelve levels the values have no room, and the staircase alone says where the
//! requirement is kept.

use super::grid::Grid;
use super::{Leading, identity};
use crate::report::chart::axis;
use crate::report::chart::look::{Colour, Look, Use};
use crate::report::chart::pen::{Anchor, Area, Pen, Type};
use crate::report::chart::sheet::{Sheet, Words};
use crate::report::chart::{NotDrawn, Order, font};
use crate::report::words::{figure, plain, signed};
use crate::results::{Meets, PointFigure, SweepOutput};

/// More levels of a factor leave no room for values.
const MOST: usize = 12;
/// Steps of the ramp.
const STEPS: usize = 7;

pub(in crate::report::chart) fn draw(output: &SweepOutput, order: Order) -> Result<String, NotDrawn> {
    let leading = Leading::of(output)?;
    let grid = Grid::of(output, &leading.figures).ok_or_else(|| {
        NotDrawn(format!(
            "it shows two factors on a grid; this sweep has {} factors, or its points make no grid",
            output.info.factors.len()
        ))
    })?;
    let look = order.look;
    let bins = bins(leading.range());
    let view = View { output, leading, grid, bins, look };
    let mut sheet = Sheet::of(look, &identity(output), view.words());
    let layout = Layout::of(&view, sheet.plot());
    sheet.layer("cells", |pen| view.draw_cells(pen, &layout));
    sheet.layer("staircase", |pen| view.draw_staircase(pen, &layout));
    if let Some((x, y)) = view.grid.base {
        let area = layout.cell(x, y).shrunk(look.px(7.0));
        let colour = view.on(view.grid.at(x, y));
        let Area { left, top, right, bottom } = area;
        let around = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        sheet.dashed("base", [10.0, 7.0], |pen| pen.line(&around, 3.0, colour));
    }
    sheet.layer("values", |pen| view.draw_values(pen, &layout));
    sheet.layer("levels", |pen| view.draw_levels(pen, &layout));
    if let Some(column) = layout.column {
        sheet.layer("key", |pen| view.draw_key(pen, column));
    }
    Ok(sheet.finish())
}

impl Area {
    /// The rectangle within it at a distance from each side.
    fn shrunk(self, by: f64) -> Self {
        Self { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }
}

/// Upper ends of all steps but the last: round values, at most six.
fn bins((low, high): (f64, f64)) -> Vec<f64> {
    let mut edges = axis::round_steps(low, high, STEPS - 1);
    edges.retain(|edge| *edge > low && *edge < high);
    edges.truncate(STEPS - 1);
    edges
}

struct View<'v> {
    output: &'v SweepOutput,
    leading: Leading<'v>,
    grid: Grid,
    bins: Vec<f64>,
    look: Look,
}

/// Where things stand.
struct Layout {
    cells: Area,
    wide: usize,
    high: usize,
    column: Option<Area>,
    /// Room left of the cells for the second factor and its levels.
    margin: f64,
}

impl Layout {
    fn of(view: &View<'_>, area: Area) -> Self {
        let look = view.look;
        let label = look.type_size(Use::Label);
        let (wide, high) = (view.grid.across.len(), view.grid.up.len());
        let key = if look.is_small() { 0.0 } else { area.width() * 0.26 };
        let column = (key > 0.0).then_some(Area { left: area.right - key, ..area });
        let room = area.right - key - if key > 0.0 { look.px(48.0) } else { 0.0 };
        let widest = view.grid.up.iter().map(|level| font::width(level, label, false)).fold(0.0, f64::max);
        let most = (room - area.left) * 0.2;
        let name = if look.is_small() { 0.0 } else { view.name_width() };
        let margin = widest.min(most) + look.px(14.0) + name;
        let below = label * if look.is_small() { 1.5 } else { 3.3 };
        let cells = Area { left: area.left + margin, right: room, top: area.top, bottom: area.bottom - below };
        Self { cells, wide, high, column, margin }
    }

    fn cell(&self, x: usize, y: usize) -> Area {
        let (w, h) = (self.cells.width() / self.wide as f64, self.cells.height() / self.high as f64);
        let left = self.cells.left + w * x as f64;
        let bottom = self.cells.bottom - h * y as f64;
        Area { left, right: left + w, top: bottom - h, bottom }
    }
}

impl View<'_> {
    fn words(&self) -> Words {
        let leading = &self.leading;
        let factors = &self.output.info.factors;
        let title = leading.title("by setting");
        let (low, high) = leading.range();
        let base = self.grid.base.and_then(|(x, y)| self.grid.at(x, y)?.value);
        let base = base.map_or_else(String::new, |value| format!(" The base is at {}.", leading.with_unit(value)));
        let unit = if leading.unit().is_empty() { String::new() } else { format!(", {}", leading.unit()) };
        Words {
            id: "heat-map",
            subtitle: format!("{}{unit}, for each pair of {} and {}", leading.named(), factors[0].label, factors[1].label),
            caveat: leading.caveat(),
            description: format!(
                "Heat map of {} by {} settings. {title}. Values from {} to {}.{base} Cells marked ≈ hold the requirement within their 95% Monte \
                 Carlo interval. Data: points.csv.",
                self.grid.across.len(),
                self.grid.up.len(),
                leading.with_unit(low),
                leading.with_unit(high)
            ),
            title,
        }
    }

    /// Which step a value is in, from the best.
    fn step(&self, value: f64) -> usize {
        let above = self.bins.iter().filter(|edge| value > **edge).count();
        let place = if self.leading.less_is_better() { above } else { self.bins.len() - above };
        // Few steps are spread over the ramp.
        if self.bins.is_empty() { 1 } else { place * (STEPS - 1) / self.bins.len() }
    }

    fn fill(&self, one: Option<&PointFigure>) -> Colour {
        let palette = self.look.palette();
        match one {
            Some(PointFigure { value: Some(value), .. }) => palette.days[self.step(*value)],
            _ => palette.custody,
        }
    }

    /// Ink upon a cell.
    fn on(&self, one: Option<&PointFigure>) -> Colour {
        let palette = self.look.palette();
        match one {
            Some(PointFigure { value: Some(value), .. }) => palette.on_days[self.step(*value)],
            _ => palette.ink[0],
        }
    }

    fn draw_cells(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let gap = self.look.px(2.5).min(layout.cells.width() / layout.wide as f64 * 0.06);
        for (x, y, one) in self.grid.cells() {
            let area = layout.cell(x, y).shrunk(gap);
            if one.is_some() {
                pen.fill(area, self.fill(one));
                if self.look.hairlines() || one.is_some_and(|one| one.value.is_none_or(|value| self.step(value) == 0)) {
                    pen.outline(area, 1.0, self.look.palette().outline);
                }
            }
        }
    }

    /// Between cells of which one keeps the requirement and the other does not.
    fn draw_staircase(&self, pen: &mut Pen<'_>, layout: &Layout) {
        if self.leading.bound().is_none() {
            return;
        }
        let ink = self.look.palette().ink[0];
        let inside = |x: usize, y: usize| self.grid.at(x, y).filter(|one| !one.invalid).map(|one| self.leading.inside(one));
        for (x, y, _) in self.grid.cells() {
            let area = layout.cell(x, y);
            let differ = |other: Option<bool>| inside(x, y).zip(other).is_some_and(|(a, b)| a != b);
            if differ(inside(x + 1, y)) {
                pen.line(&[(area.right, area.top), (area.right, area.bottom)], 6.0, ink);
            }
            if y + 1 < layout.high && differ(inside(x, y + 1)) {
                pen.line(&[(area.left, area.top), (area.right, area.top)], 6.0, ink);
            }
        }
    }

    /// The value of a cell, with ≈ where it is too close to call.
    fn value(&self, one: &PointFigure) -> String {
        let close = if one.meets == Some(Meets::Open) { "≈ " } else { "" };
        match one.value {
            _ if one.invalid => "×".into(),
            Some(value) => format!("{close}{}", self.leading.text(value)),
            None => format!("{close}–"),
        }
    }

    fn draw_values(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let look = self.look;
        if layout.wide > MOST || layout.high > MOST {
            return;
        }
        let first = layout.cell(0, 0);
        let room = first.width() - look.px(10.0);
        let fits = |used: Use| {
            let size = look.type_size(used);
            let widest = self.grid.cells().filter_map(|(.., one)| Some(font::width(&self.value(one?), size, true))).fold(0.0, f64::max);
            widest <= room && size * 1.3 <= first.height()
        };
        let Some(used) = [Use::Cell, Use::Label, Use::Tick].into_iter().find(|used| fits(*used)) else { return };
        let size = look.type_size(used);
        for (x, y, one) in self.grid.cells() {
            let (Some(one), area) = (one, layout.cell(x, y)) else { continue };
            let middle = f64::midpoint(area.left, area.right);
            let small = look.type_size(Use::Tick);
            let base = self.grid.base == Some((x, y)) && !look.is_small() && area.height() > size * 1.3 + small * 1.6;
            let y = f64::midpoint(area.top, area.bottom) + size * 0.36 - if base { small * 0.4 } else { 0.0 };
            let face = Type::new(used, self.on(Some(one))).middle();
            pen.text((middle, y), &self.value(one), if self.leading.inside(one) { face.bold() } else { face });
            if base {
                pen.text((middle, y + small * 1.15), "base", Type::new(Use::Tick, self.on(Some(one))).middle());
            }
        }
    }

    fn name_width(&self) -> f64 {
        let label = self.look.type_size(Use::Label);
        let longest = self.output.info.factors[1].label.split_whitespace().map(|word| font::width(word, label, true)).fold(0.0, f64::max);
        longest.min(self.look.page().width * 0.11) + self.look.px(16.0)
    }

    fn draw_levels(&self, pen: &mut Pen<'_>, layout: &Layout) {
        let (look, palette) = (self.look, self.look.palette());
        let label = look.type_size(Use::Label);
        let quiet = Type::new(Use::Label, palette.ink[1]);
        let names = if look.is_small() { 0.0 } else { self.name_width() };
        for (y, level) in self.grid.up.iter().enumerate() {
            let area = layout.cell(0, y);
            let level = font::fitted(level, label, false, layout.margin - names - look.px(12.0));
            let place = (layout.cells.left - look.px(12.0), f64::midpoint(area.top, area.bottom) + label * 0.36);
            pen.text_where_free(&[(place, Anchor::End)], &level, quiet);
        }
        for (x, level) in self.grid.across.iter().enumerate() {
            let area = layout.cell(x, 0);
            let level = font::fitted(level, label, false, area.width().max(label * 2.0));
            let place = (f64::midpoint(area.left, area.right), layout.cells.bottom + label * 1.25);
            pen.text_where_free(&[(place, Anchor::Middle)], &level, quiet);
        }
        if look.is_small() {
            return;
        }
        let bold = Type::new(Use::Label, palette.ink[0]).bold();
        let [across, up] = self.output.info.factors.as_slice() else { return };
        for (i, line) in font::lines(&up.label, label, true, names - look.px(10.0)).iter().take(3).enumerate() {
            pen.text_where_free(
                &[((layout.cells.left - layout.margin, layout.cells.top + label * (1.0 + 1.2 * i as f64)), Anchor::Start)],
                line,
                bold,
            );
        }
        let name = font::fitted(&across.label, label, true, layout.cells.width());
        pen.text((f64::midpoint(layout.cells.left, layout.cells.right), layout.cells.bottom + label * 2.75), &name, bold.middle());
    }

    /// What one more of each factor does from the base, what the marks mean, and the ramp.
    fn draw_key(&self, pen: &mut Pen<'_>, area: Area) {
        let (look, palette) = (self.look, self.look.palette());
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let quiet = Type::new(Use::Tick, palette.ink[1]);
        let mut y = area.top + tick;
        let steps = self.beside_base();
        if !steps.is_empty() {
            pen.text((area.left, y), "From the base (95%)", quiet);
            for (to, change, clear) in steps {
                y += tick * 1.5;
                pen.text((area.left, y), &font::fitted(&format!("{to}:"), tick, false, area.width()), quiet);
                y += label * 1.2;
                let face = Type::new(Use::Label, if clear { palette.progress } else { palette.ink[1] }).bold();
                pen.text((area.left, y), &font::fitted(&change, label, true, area.width()), face);
            }
            y += label * 1.8;
        }
        let sample = look.px(60.0);
        if let Some(wanted) = self.leading.wanted() {
            pen.line(&[(area.left, y - tick * 0.35), (area.left + sample, y - tick * 0.35)], 6.0, palette.ink[0]);
            for line in font::lines(&format!("around {wanted}"), tick, false, area.width() - sample - look.px(16.0)) {
                pen.text((area.left + sample + look.px(16.0), y), &line, quiet);
                y += tick * 1.3;
            }
            y += tick * 0.2;
            pen.text((area.left + sample / 2.0, y), "≈", Type::new(Use::Tick, palette.ink[0]).bold().middle());
            for line in font::lines("within Monte Carlo error: too close to call", tick, false, area.width() - sample - look.px(16.0)) {
                pen.text((area.left + sample + look.px(16.0), y), &line, quiet);
                y += tick * 1.3;
            }
            y += tick * 0.8;
        }
        let marks = [
            ("–", "not known, or not reached", self.leading.figures.iter().any(|one| one.value.is_none() && !one.invalid)),
            ("×", "invalid: not run", self.leading.figures.iter().any(|one| one.invalid)),
        ];
        for (mark, words, _) in marks.into_iter().filter(|(.., there)| *there) {
            pen.text((area.left + sample / 2.0, y), mark, Type::new(Use::Tick, palette.ink[0]).bold().middle());
            for line in font::lines(words, tick, false, area.width() - sample - look.px(16.0)) {
                pen.text((area.left + sample + look.px(16.0), y), &line, quiet);
                y += tick * 1.3;
            }
            y += tick * 0.2;
        }
        let rows = self.bins.len() + 1;
        let step = tick * 1.42;
        if y + step * (rows as f64 + 0.6) > area.bottom {
            return;
        }
        let unit = self.leading.unit();
        let head = if unit.is_empty() { self.leading.measure() } else { format!("{}, {unit}", self.leading.measure()) };
        pen.text((area.left, y), &font::fitted(&head, tick, false, area.width()), quiet);
        for row in 0..rows {
            let low = row.checked_sub(1).map(|before| self.bins[before]);
            let high = self.bins.get(row).copied();
            let words = match (low, high) {
                (None, Some(high)) => format!("up to {}", self.edge(high)),
                (Some(low), Some(high)) => format!("{} to {}", self.edge(low), self.edge(high)),
                (Some(low), None) => format!("over {}", self.edge(low)),
                (None, None) => "all alike".into(),
            };
            let top = y + step * row as f64 + tick * 0.42;
            let swatch = Area { left: area.left, right: area.left + sample, top, bottom: top + tick * 1.1 };
            let within = high.unwrap_or_else(|| low.map_or(0.0, |low| low + low.abs().max(1.0)));
            pen.fill(swatch, palette.days[self.step(within)]);
            pen.outline(swatch, 1.0, palette.outline);
            pen.text((swatch.right + look.px(16.0), top + tick * 0.9), &words, quiet);
        }
    }

    fn edge(&self, value: f64) -> String {
        if self.leading.estimand.is_share() { self.leading.text(value) } else { plain(value) }
    }

    /// From the base one level up in each factor, else one down: the change with a bound on its error, and whether it clears it.
    fn beside_base(&self) -> Vec<(String, String, bool)> {
        let Some((x, y)) = self.grid.base else { return Vec::new() };
        let Some(base) = self.grid.at(x, y) else { return Vec::new() };
        let factors = &self.output.info.factors;
        let next = |factor: usize| {
            let (at, levels) = if factor == 0 { (x, &self.grid.across) } else { (y, &self.grid.up) };
            let to = if at + 1 < levels.len() { at + 1 } else { at.checked_sub(1)? };
            let one = if factor == 0 { self.grid.at(to, y) } else { self.grid.at(x, to) }?;
            let change = one.value? - base.value?;
            // As if independent: with common random numbers the error is smaller.
            let half = |one: &PointFigure| (one.ends[1] - one.ends[0]) / 2.0;
            let error = (half(one) * half(one) + half(base) * half(base)).sqrt();
            let places = self.leading.decimals.max(1);
            let scale = if self.leading.estimand.is_share() { 100.0 } else { 1.0 };
            let unit = if self.leading.estimand.is_share() { "points" } else { self.leading.unit() };
            let shown = signed(change * scale, places);
            let error_shown = if error.is_finite() { format!("(± {})", figure(error * scale, places)) } else { "(± unknown)".into() };
            let text = format!("{shown} {unit} {error_shown}").replace("  ", " ");
            Some((format!("{} {}", factors[factor].label, levels[to]), text, change.abs() > error))
        };
        [0, 1].into_iter().filter_map(next).collect()
    }
}
