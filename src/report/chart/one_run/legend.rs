//! The strip that names the classes of exposure, in plotting order.

use super::super::font;
use super::super::look::{Colour, Look, Use};
use super::super::pen::{Area, Pen, Type};
use super::movement::Class;

/// Height of the strip.
pub(super) fn height(look: Look) -> f64 {
    if look.is_small() { 0.0 } else { look.type_size(Use::Tick) * 2.1 }
}

/// Colour of a class.
pub(super) fn colour(look: Look, class: Class) -> Colour {
    match class {
        Class::Custody => look.palette().custody,
        exposed => look.palette().exposure[exposed as usize - 1],
    }
}

/// Outline of a class: pale fills need one, on a printer all do.
pub(super) fn outline(look: Look, class: Class) -> Colour {
    let palette = look.palette();
    match class {
        _ if look.hairlines() => palette.ink[1],
        Class::Custody | Class::Low => palette.outline,
        _ => palette.paper,
    }
}

/// Baseline of the strip in an area.
pub(super) fn base(look: Look, area: Area) -> f64 {
    area.bottom - look.type_size(Use::Tick) * 0.75
}

/// Draws a class as the chart draws it, into an area.
pub(super) type Sample = fn(&mut Pen<'_>, Look, Area, Class);

/// A class as a bar.
pub(super) fn bar(pen: &mut Pen<'_>, look: Look, area: Area, class: Class) {
    let bar = Area { top: area.bottom - area.height() * class.height(), ..area };
    pen.fill(bar, colour(look, class));
    pen.outline(bar, 1.8, outline(look, class));
}

/// A class as a line.
pub(super) fn line(pen: &mut Pen<'_>, look: Look, area: Area, class: Class) {
    let y = area.bottom - area.height() * 0.3;
    let points = [(area.left, y), (area.right, y)];
    pen.line(&points, width(class) + 2.5, edge(look, class));
    pen.line(&points, width(class), colour(look, class));
}

/// Width of a class's line, as on the slide.
pub(super) const fn width(class: Class) -> f64 {
    [2.0, 4.0, 6.5, 9.5, 13.0][class as usize]
}

/// What a line is edged with, so that pale ones are seen and neighbours stay apart.
pub(super) fn edge(look: Look, class: Class) -> Colour {
    match class {
        Class::Low | Class::Moderate => look.palette().ink[1],
        _ => look.palette().paper,
    }
}

/// Names of classes with a sample of each, from the left of an area; what has no room is left to the description.
pub(super) fn classes(pen: &mut Pen<'_>, look: Look, area: Area, classes: &[Class], beside: Option<&str>, sample: Sample) {
    let palette = look.palette();
    let size = look.type_size(Use::Tick);
    let face = Type::new(Use::Tick, palette.ink[1]);
    let (swatch, gap) = (size * 1.3, size * 0.45);
    let words: Vec<&str> = classes.iter().map(|class| class.word()).chain(beside).collect();
    let needed: f64 = words.iter().map(|word| font::width(word, size, false) + swatch + gap).sum();
    let heading = "Exposure class:";
    let with_heading = font::width(heading, size, false) + size + needed + size * 0.8 * words.len() as f64 <= area.width();
    let base = base(look, area);
    let mut x = area.left;
    if with_heading {
        x = pen.text((x, base), heading, face).right + size;
    }
    let between = ((area.right - x - needed) / words.len() as f64).clamp(size * 0.3, size * 1.6);
    for (i, word) in words.iter().enumerate() {
        if x + swatch + gap + font::width(word, size, false) > area.right + 0.5 {
            return;
        }
        match classes.get(i) {
            Some(class) => {
                sample(pen, look, Area { left: x, right: x + swatch, top: base - size * 1.1, bottom: base }, *class);
            }
            None => pen.line(&[(x, base - size * 0.3), (x + swatch, base - size * 0.3)], 2.5, palette.outline),
        }
        x = pen.text((x + swatch + gap, base), word, face).right + between;
    }
}
