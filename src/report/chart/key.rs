//! The strip that says what marks mean: samples with their words, in as many lines as they need.

use super::font;
use super::look::{Look, Use};
use super::pen::{Area, Pen, Type};

/// Draws a mark as the chart draws it, into the area of a letter.
type Sample<'k> = Box<dyn Fn(&mut Pen<'_>, Area) + 'k>;

/// A mark and what it means.
pub(super) struct Item<'k> {
    sample: Option<Sample<'k>>,
    words: String,
}

impl<'k> Item<'k> {
    pub(super) fn new(words: impl Into<String>, sample: impl Fn(&mut Pen<'_>, Area) + 'k) -> Self {
        Self { sample: Some(Box::new(sample)), words: words.into() }
    }

    /// Words that need no mark.
    pub(super) fn note(words: impl Into<String>) -> Self {
        Self { sample: None, words: words.into() }
    }

    /// Width of the sample and the gap behind it.
    fn before(&self, size: f64) -> f64 {
        if self.sample.is_some() { size * 1.7 } else { 0.0 }
    }
}

/// Distance of two baselines.
fn step(look: Look) -> f64 {
    look.type_size(Use::Tick) * 1.4
}

/// Where each item begins: its line and how far from the left.
fn places(look: Look, width: f64, items: &[Item<'_>]) -> Vec<(usize, f64)> {
    let size = look.type_size(Use::Tick);
    let (mut line, mut x) = (0, 0.0);
    let place = |item: &Item<'_>| {
        let wide = item.before(size) + font::width(&item.words, size, false);
        if x > 0.0 && x + wide > width {
            (line, x) = (line + 1, 0.0);
        }
        let at = (line, x);
        x += wide + size * 1.3;
        at
    };
    items.iter().map(place).collect()
}

/// Height that the strip needs.
pub(super) fn height(look: Look, width: f64, items: &[Item<'_>]) -> f64 {
    places(look, width, items).last().map_or(0.0, |(line, _)| (line + 1) as f64 * step(look))
}

/// Draws the strip from the top of an area.
pub(super) fn draw(pen: &mut Pen<'_>, look: Look, area: Area, items: &[Item<'_>]) {
    let size = look.type_size(Use::Tick);
    for (item, (line, x)) in items.iter().zip(places(look, area.width(), items)) {
        let base = area.top + size + line as f64 * step(look);
        let left = area.left + x;
        if let Some(sample) = &item.sample {
            sample(pen, Area { left, right: left + size * 1.3, top: base - size * 0.72, bottom: base + size * 0.04 });
        }
        let words = font::fitted(&item.words, size, false, area.width() - item.before(size));
        pen.text((left + item.before(size), base), &words, Type::new(Use::Tick, look.palette().ink[1]));
    }
}
