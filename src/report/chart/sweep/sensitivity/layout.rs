//! Where rows, axis, figures and key stand.

use super::View;
use super::rows::NO_EFFECT;
use crate::report::chart::axis::{self, Scale};
use crate::report::chart::font;
use crate::report::chart::key::{self, Item};
use crate::report::chart::look::{Look, Use};
use crate::report::chart::pen::Area;
use crate::results::Measures;

/// An index beyond these is no share that anybody would read; its bar goes on as an arrow.
const SHARES: (f64, f64) = (-1.0, 2.0);

/// Where things stand.
pub(super) struct Layout {
    pub(super) labels: Area,
    pub(super) plot: Area,
    pub(super) figures: Area,
    pub(super) key: Area,
    pub(super) scale: Scale,
    /// Height of a row, and how many inputs are shown.
    pub(super) step: f64,
    pub(super) rows: usize,
    /// Whether ranges stand beside the names, as rows have no second line.
    pub(super) ranges_beside: bool,
}

impl Layout {
    pub(super) fn of(view: &View<'_>, area: Area, key: &[Item<'_>]) -> Self {
        let look = view.look;
        let (label, tick) = (look.type_size(Use::Label), look.type_size(Use::Tick));
        let small = look.is_small();
        let strip = if small { 0.0 } else { key::height(look, area.width(), key) };
        let (above, below) = if small { (0.0, 0.0) } else { (label * 1.5, axis::height_below(look) + strip + tick * 0.7) };
        let body = Area { top: area.top + above, bottom: area.bottom - below, ..area };
        let floor = usize::from(view.rows.floor.is_some() && !small);
        let most = (body.height() / (label * 1.24)).floor().max(2.0) as usize - floor;
        let rows = view.rows.rows.len().min(if small { most.min(5) } else { most });
        let step = (body.height() / (rows + floor) as f64).min(label * 4.0);
        let gap = look.px(30.0);
        let widest = |words: &mut dyn Iterator<Item = &str>, used, bold| {
            words.map(|words| font::width(words, look.type_size(used), bold)).fold(0.0, f64::max)
        };
        let told = |nth: usize| view.rows.rows.iter().map(move |row| row.told[nth].as_str());
        let figures = if small {
            0.0
        } else {
            let beside = if two_lines(look, step) { widest(&mut told(1), Use::Tick, false) } else { 0.0 };
            widest(&mut told(0), Use::Label, true).max(beside).min(body.width() * 0.32)
        };
        // Ranges stand below the names; where a row has one line they stand beside them, all or none.
        let most = body.width() * if small { 0.5 } else { 0.31 } - view.indent();
        let words = view.rows.rows.iter().map(|row| [row.label.as_str(), row.about.as_str()]);
        let words: Vec<[&str; 2]> = words.chain((floor > 0).then_some(NO_EFFECT)).collect();
        let name = |[name, _]: &[&str; 2]| font::width(name, label, true);
        let beside = |words: &[&str; 2]| name(words) + look.px(24.0) + font::width(words[1], tick, false);
        let widest_of = |width: &dyn Fn(&[&str; 2]) -> f64| words.iter().map(width).fold(body.width() * 0.2, f64::max);
        let ranges_beside = !small && !two_lines(look, step) && widest_of(&beside) <= most;
        let names = view.indent() + if ranges_beside { widest_of(&beside) } else { widest_of(&name).min(most) };
        let labels = Area { right: body.left + names, ..body };
        let figures = Area { left: body.right - figures, ..body };
        let right = if small { body.right } else { figures.left - gap };
        let plot = Area { left: labels.right + gap, right, bottom: body.top + step * (rows + floor) as f64, ..body };
        let key = Area { top: plot.bottom + axis::height_below(look) + tick * 0.3, ..area };
        Self { ranges_beside, labels, plot, figures, key, scale: Scale::new(view.range(rows), (plot.left, plot.right)), step, rows }
    }

    /// The middle of a row.
    pub(super) fn middle(&self, place: usize) -> f64 {
        self.plot.top + self.step * (place as f64 + 0.5)
    }

    /// Above and below the middle of a row, where its two measures stand.
    pub(super) fn lanes(&self, look: Look, place: usize) -> [f64; 2] {
        let off = (self.step * 0.2).min(look.type_size(Use::Label) * 0.42);
        [self.middle(place) - off, self.middle(place) + off]
    }

    /// Radius of a mark.
    pub(super) fn radius(&self, look: Look) -> f64 {
        look.px(9.0).min(self.step * 0.19)
    }
}

/// Whether a row has room for a second line of words.
pub(super) fn two_lines(look: Look, step: f64) -> bool {
    !look.is_small() && step >= look.type_size(Use::Label) * 2.3
}

impl View<'_> {
    /// First and last value of the axis for so many rows: 0 lies on it, of shares 1 as well.
    fn range(&self, rows: usize) -> (f64, f64) {
        let shares = matches!(self.response.measures, Measures::Sobol(_));
        let marks = || self.rows.rows[..rows].iter().flat_map(|row| row.marks);
        let ends = marks().flat_map(|one| [one.lower, one.upper]).filter(|end| end.is_finite());
        let ends = ends.map(|end| if shares { end.clamp(SHARES.0, SHARES.1) } else { end });
        let floor = self.rows.floor.as_ref().map(|floor| floor.ends).into_iter().flatten();
        let all = ends.chain(floor).chain(marks().map(|one| one.estimate));
        let most: f64 = if shares { 1.0 } else { 0.0 };
        let (low, high) = all.fold((0.0_f64, most), |(low, high), x| (low.min(x), high.max(x)));
        let high = if high > low { high } else { 1.0 };
        let room = (high - low) * 0.02;
        (if low < 0.0 { low - room } else { low }, high + room)
    }
}
