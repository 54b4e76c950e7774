//! A picture as PNG: the SVG drawn by resvg with the embedded face.

use super::font;
use resvg::{tiny_skia, usvg};
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
        Arc::new(fonts)
    });
    usvg::Options { fontdb: Arc::clone(fonts), font_family: font::FAMILY.into(), ..usvg::Options::default() }
}

/// The picture with `pixels` columns.
///
/// # Errors
///
/// If the text is no SVG, or there is no room for so many pixels.
pub fn rasterise(svg: &str, pixels: u32) -> Result<Vec<u8>, NotRasterised> {
    let tree = usvg::Tree::from_str(svg, &options()).map_err(|error| NotRasterised(error.to_string()))?;
    let scale = pixels as f32 / tree.size().width();
    let rows = (tree.size().height() * scale).round() as u32;
    let mut canvas = tiny_skia::Pixmap::new(pixels, rows).ok_or_else(|| NotRasterised(format!("{pixels} × {rows} pixels")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| NotRasterised(error.to_string()))
}
