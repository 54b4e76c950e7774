//! The column of key figures at the right of a chart.

use super::font;
use super::look::{Colour, Look, Use};
use super::pen::{Area, Pen, Type};

/// A key figure with words over and under it.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) over: String,
    /// Large; nothing where only words are wanted.
    pub(super) value: String,
    pub(super) under: String,
    pub(super) colour: Colour,
}

/// Figures from the top of the column down.
pub(super) fn column(pen: &mut Pen<'_>, look: Look, area: Area, figures: &[Figure]) {
    let ink = look.palette().ink[1];
    let (small, large) = (look.type_size(Use::Tick), look.type_size(Use::Figure));
    let mut y = area.top + small;
    for figure in figures {
        for line in font::lines(&figure.over, small, false, area.width()) {
            pen.text((area.left, y), &line, Type::new(Use::Tick, ink));
            y += small * 1.3;
        }
        if !figure.value.is_empty() {
            y += large - small * 0.95;
            let value = font::fitted(&figure.value, large, true, area.width());
            pen.text((area.left, y), &value, Type::new(Use::Figure, figure.colour).bold());
            y += small * 1.55;
        }
        for line in font::lines(&figure.under, small, false, area.width()) {
            pen.text((area.left, y), &line, Type::new(Use::Tick, ink));
            y += small * 1.3;
        }
        y += small * 1.5;
    }
}
