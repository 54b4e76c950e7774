//! The embedded face, and how wide a text is in it.
//!
//! Two static faces of Inter (`assets/fonts`) are registered with plotters, which measures with them; the same bytes go to the rasteriser
//! and into the briefing. Fonts of the system are never looked at, so a picture is the same everywhere.

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// The regular face (400).
pub const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
/// The face of titles and figures (600).
pub const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");
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

/// Width of a text in units of the format.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    font(size, bold).layout_box(text).map_or(0.0, |((left, _), (right, _))| f64::from(right - left) / FINE)
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
    fn text_that_does_not_fit_keeps_its_ends() {
        let room = width("Northern site", 24.0, false);
        assert_eq!(fitted("Northern site", 24.0, false, room), "Northern site");
        let short = fitted("Northern site of the first assembly", 24.0, false, room);
        assert!(short.starts_with("North") && short.ends_with("mbly") && width(&short, 24.0, false) <= room, "{short}");
        assert_eq!(lines("one two three", 24.0, false, width("one two ", 24.0, false)), ["one two", "three"]);
    }
}
