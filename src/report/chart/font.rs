//! The embedded face, and how wide a text is in it.
//!
//! Two static faces of Inter (`assets/fonts`) are registered with plotters, which measures with them; the same bytes go to the rasteriser
//! and into the briefing. Fonts of the system are never looked at, so a picture is the same everywhere. Letters that Inter's Latin subset
//! lacks come from [`MORE`]: Greek, Cyrillic, Arabic, Hebrew. What none of them has is drawn as a box in pixels, and `check` names it.

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;
use ttf_parser::Face;

/// The regular face (400).
pub const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
/// The face of titles and figures (600).
pub const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");
/// Faces for other scripts: weight, the range that a style sheet names, bytes.
pub const MORE: [(u32, &str, &[u8]); 4] = [
    (400, "U+300-52F", include_bytes!("../../../assets/fonts/InterGreekCyrillic-Regular.ttf")),
    (600, "U+300-52F", include_bytes!("../../../assets/fonts/InterGreekCyrillic-SemiBold.ttf")),
    (400, "U+600-6FF", include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf")),
    (400, "U+590-5FF", include_bytes!("../../../assets/fonts/NotoSansHebrew-Regular.ttf")),
];
/// Stands for a letter that no face has.
pub(super) const BOX: char = '\u{25a1}';
/// Name of the family.
pub(super) const FAMILY: &str = "Inter";

/// Units of the drawing in one unit of the format: plotters knows whole numbers only.
pub(super) const FINE: f64 = 10.0;

/// What plotters divides every size by when it writes SVG.
const EM_BOX: f64 = 1.24;

/// A plotters font that is written with this size, but for the last bit.
pub(super) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    static REGISTERED: OnceLock<()> = OnceLock::new();
    REGISTERED.get_or_init(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, SEMI_BOLD)] {
            assert!(register_font(FAMILY, style, bytes).is_ok(), "the embedded face is a font");
        }
    });
    FontDesc::new(FontFamily::Name(FAMILY), size * FINE * EM_BOX, if bold { FontStyle::Bold } else { FontStyle::Normal })
}

/// The regular faces: Inter, then those of [`MORE`]. A bold one has the same letters.
fn faces() -> &'static [Face<'static>] {
    static FACES: OnceLock<Vec<Face<'static>>> = OnceLock::new();
    FACES.get_or_init(|| {
        let regular = MORE.iter().filter(|(weight, ..)| *weight == 400).map(|(_, _, bytes)| *bytes);
        std::iter::once(REGULAR).chain(regular).map(|bytes| Face::parse(bytes, 0).expect("the embedded face is a font")).collect()
    })
}

/// Whether Inter's Latin subset has a letter.
fn is_latin(letter: char) -> bool {
    letter.is_ascii() || faces()[0].glyph_index(letter).is_some()
}

/// Whether charts can draw a character: one of the embedded faces has it, or there is nothing to be drawn.
#[must_use]
pub fn draws(letter: char) -> bool {
    letter.is_control() || letter.is_whitespace() || is_latin(letter) || faces().iter().any(|face| face.glyph_index(letter).is_some())
}

/// Width of a text in units of the format. Letters that join, as Arabic ones do, come out a little narrower.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let of_inter = |text: &str| font(size, bold).layout_box(text).map_or(0.0, |((left, _), (right, _))| f64::from(right - left) / FINE);
    if text.chars().all(is_latin) {
        return of_inter(text);
    }
    let (latin, others): (String, String) = text.chars().partition(|letter| is_latin(*letter));
    of_inter(&latin) + others.chars().map(|letter| advance(letter) * size).sum::<f64>()
}

/// Width of a letter outside Latin in ems; that of the box where no face has it.
fn advance(letter: char) -> f64 {
    let of = |letter: char| {
        let face = faces().iter().find(|face| face.glyph_index(letter).is_some())?;
        let units = face.glyph_hor_advance(face.glyph_index(letter)?)?;
        Some(f64::from(units) / f64::from(face.units_per_em()))
    };
    of(letter).or_else(|| of(BOX)).unwrap_or(1.0)
}

/// The text, or as much of its beginning and end as fits, with `…` between.
pub(super) fn fitted(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.into();
    }
    let letters: Vec<char> = text.chars().collect();
    let shortened = |kept: usize| {
        let head: String = letters[..kept.div_ceil(2)].iter().collect();
        let tail: String = letters[letters.len() - kept / 2..].iter().collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    (1..letters.len()).rev().map(shortened).find(|text| width(text, size, bold) <= room).unwrap_or_else(|| "…".into())
}

/// The text in lines that fit, broken at spaces; a word that does not fit alone is shortened.
pub(super) fn lines(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitted(word, size, bold, room)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_scripts_have_a_width_and_those_of_no_face_are_known() {
        for (text, letters) in [("Ω-Центр", 7.0), ("الموقع", 6.0), ("אתר", 3.0), ("地点", 2.0)] {
            let ems = width(text, 24.0, false) / 24.0;
            assert!(ems > letters * 0.2 && ems < letters * 1.2, "{text}: {ems}");
        }
        assert!("Größe Ωμέγα Центр Ґрунт الموقع گەڕ אתר ±≥".chars().all(draws));
        assert!(!draws('地') && !draws('ก') && !draws('😀') && draws(BOX));
    }

    #[test]
    fn text_that_does_not_fit_keeps_its_ends() {
        let room = width("Northern site", 24.0, false);
        assert_eq!(fitted("Northern site", 24.0, false, room), "Northern site");
        let short = fitted("Northern site of the first assembly", 24.0, false, room);
        assert!(short.starts_with("North") && short.ends_with("mbly") && width(&short, 24.0, false) <= room, "{short}");
        assert_eq!(lines("one two three", 24.0, false, width("one two ", 24.0, false)), ["one two", "three"]);
    }
}
