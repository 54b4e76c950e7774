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

/// Names of classes with a sample of each, from the left of an area; what has no room is left to the description.
pub(super) fn classes(pen: &mut Pen<'_>, look: Look, area: Area, classes: &[Class], beside: Option<&str>) {
    let palette = look.palette();
    let size = look.type_size(Use::Tick);
    let face = Type::new(Use::Tick, palette.ink[1]);
    let (swatch, gap) = (size * 1.3, size * 0.45);
    let words: Vec<&str> = classes.iter().map(|class| class.word()).chain(beside).collect();
    let needed: f64 = words.iter().map(|word| font::width(word, size, false) + swatch + gap).sum();
    let heading = "Exposure class:";
    let with_heading = font::width(heading, size, false) + size + needed + size * 0.8 * words.len() as f64 <= area.width();
    let base = area.bottom - size * 0.75;
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
                let sample = Area { left: x, right: x + swatch, top: base - size * 1.1 * class.height(), bottom: base };
                pen.fill(sample, colour(look, *class));
                pen.outline(sample, 1.8, outline(look, *class));
            }
            None => pen.line(&[(x, base - size * 0.3), (x + swatch, base - size * 0.3)], 2.5, palette.outline),
        }
        x = pen.text((x + swatch + gap, base), word, face).right + between;
    }
}
