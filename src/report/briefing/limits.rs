//! What limits the rate, and what the days went to.

use super::markup::Html;
use super::{Figures, LIMITS};
use crate::results::Output;

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("limits", "What limits it", |html| figures.write(html, LIMITS, output));
}
