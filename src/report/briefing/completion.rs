//! When the movement is done.

use super::markup::Html;
use super::{COMPLETION, Figures};
use crate::results::Output;

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("completion", "Completion", |html| figures.write(html, COMPLETION, output));
}
