//! A picture as PNG: the SVG drawn by resvg with the embedded face, and what its metadata says as text chunks.

use super::font;
use super::sheet::unescaped;
use crate::report::provenance::KEYWORD;
use resvg::{tiny_skia, usvg};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be drawn: {0}")]
pub struct NotRasterised(String);

/// The options under which every SVG is read: the embedded face and nothing of the system.
#[must_use]
pub fn options() -> usvg::Options<'static> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(font::REGULAR.to_vec());
        fonts.load_font_data(font::SEMI_BOLD.to_vec());
        font::MORE.iter().for_each(|(_, _, bytes)| fonts.load_font_data(bytes.to_vec()));
        Arc::new(fonts)
    });
    let font_resolver = usvg::FontResolver { select_fallback: Box::new(fallback), ..usvg::FontResolver::default() };
    usvg::Options { fontdb: Arc::clone(fonts), font_family: font::FAMILY.into(), font_resolver, ..usvg::Options::default() }
}

/// The face for a letter that those tried lack: of the same weight where there is one.
fn fallback(letter: char, tried: &[usvg::fontdb::ID], fonts: &mut Arc<usvg::fontdb::Database>) -> Option<usvg::fontdb::ID> {
    let has =
        |id| fonts.with_face_data(id, |data, nth| ttf_parser::Face::parse(data, nth).is_ok_and(|face| face.glyph_index(letter).is_some()));
    let weight = tried.first().and_then(|id| fonts.face(*id)).map(|face| face.weight);
    let mut able: Vec<_> = fonts.faces().filter(|face| !tried.contains(&face.id) && has(face.id).unwrap_or(false)).collect();
    able.sort_by_key(|face| Some(face.weight) != weight);
    able.first().map(|face| face.id)
}

/// The picture with a box for each letter that no embedded face has: nothing would be drawn for it.
fn with_boxes(svg: &str) -> Cow<'_, str> {
    if svg.chars().all(font::draws) {
        return Cow::Borrowed(svg);
    }
    Cow::Owned(svg.chars().map(|letter| if font::draws(letter) { letter } else { font::BOX }).collect())
}

/// The picture with `pixels` columns, and the text of the SVG's metadata.
///
/// # Errors
///
/// If the text is no SVG, or there is no room for so many pixels.
pub fn rasterise(svg: &str, pixels: u32) -> Result<Vec<u8>, NotRasterised> {
    let tree = usvg::Tree::from_str(&with_boxes(svg), &options()).map_err(|error| NotRasterised(error.to_string()))?;
    let scale = pixels as f32 / tree.size().width();
    let rows = (tree.size().height() * scale).round() as u32;
    let mut canvas = tiny_skia::Pixmap::new(pixels, rows).ok_or_else(|| NotRasterised(format!("{pixels} × {rows} pixels")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let png = canvas.encode_png().map_err(|error| NotRasterised(error.to_string()))?;
    let metadata = svg.split_once("<metadata>").and_then(|(_, rest)| rest.split_once("</metadata>"));
    Ok(match metadata {
        Some((text, _)) => with_text(&png, KEYWORD, &unescaped(text)),
        None => png,
    })
}

/// Signature and header: eight bytes, then length, type, thirteen bytes and checksum of the chunk `IHDR`, which every PNG begins with.
const HEADER: usize = 8 + 12 + 13;

/// The picture with a text chunk after its header (PNG, third edition, §11.3.3.4: `iTXt`, not compressed, no language).
fn with_text(png: &[u8], keyword: &str, text: &str) -> Vec<u8> {
    let mut chunk = b"iTXt".to_vec();
    chunk.extend_from_slice(keyword.as_bytes());
    // End of the keyword, no compression and its method, no language, no translated keyword.
    chunk.extend_from_slice(&[0, 0, 0, 0, 0]);
    chunk.extend_from_slice(text.as_bytes());
    let length = u32::try_from(chunk.len() - 4).expect("metadata are short");
    let (header, rest) = png.split_at(HEADER);
    [header, &length.to_be_bytes(), &chunk, &checksum(&chunk).to_be_bytes(), rest].concat()
}

/// CRC-32 as PNG wants it (ISO 3309: polynomial 0x04C11DB7, least significant bit first).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_of_the_digits_is_the_published_one() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn letters_of_other_scripts_are_drawn_and_those_of_no_face_are_boxes() {
        let ink = |text: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\"><text x=\"5\" y=\"30\" font-family=\"Inter\" \
                 font-size=\"24\">{text}</text></svg>"
            );
            let png = rasterise(&svg, 200).expect("it is an SVG");
            tiny_skia::Pixmap::decode_png(&png).expect("it is a PNG").pixels().iter().filter(|pixel| pixel.alpha() > 128).count()
        };
        for text in ["Ωμέγα", "Центр", "الموقع", "אתר"] {
            assert!(ink(text) > 60, "{text}: {}", ink(text));
        }
        assert_eq!(ink("地点"), ink("\u{25a1}\u{25a1}"));
        assert!(ink("地点") > 60);
        // Joined letters are others than those that stand alone.
        assert_ne!(ink("سسس"), ink("س س س"));
    }

    #[test]
    fn a_picture_carries_the_metadata_of_its_svg() {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\">";
        let plain = rasterise(&format!("{head}</svg>"), 4).expect("it is an SVG");
        let told = rasterise(&format!("{head}<metadata>{{&quot;seed&quot;:1}} &amp;lt;</metadata></svg>"), 4).expect("it is an SVG");
        let text = b"iTXtconvoysim\0\0\0\0\0{\"seed\":1} &lt;";
        assert!(told.windows(text.len()).any(|part| part == text));
        assert_eq!(
            (told.len(), &told[..HEADER], &told[told.len() - 40..]),
            (plain.len() + text.len() + 8, &plain[..HEADER], &plain[plain.len() - 40..])
        );
        assert_eq!(told[HEADER..HEADER + 4], (text.len() as u32 - 4).to_be_bytes());
    }
}
