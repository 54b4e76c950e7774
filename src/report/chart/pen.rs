//! Marks and words on one layer of a picture, in units of the format.
//!
//! The one place that calls plotters' SVG backend. It knows whole numbers only, so everything is drawn ten times as large
//! ([`font::FINE`]); it writes every attribute on every element, so what a layer shares is written once, on its group.

use super::font::{self, FINE};
use super::look::{Colour, Look, Use};
use crate::report::visible::visible;
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle, TextStyle};

/// A point: right, down.
pub(super) type Point = (f64, f64);

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The point in its middle.
    pub(super) fn centre(self) -> Point {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// Whether they share more than an edge.
    pub(super) fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies within.
    pub(super) fn holds(self, other: Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

/// Where a text stands on its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    pub(super) used: Use,
    pub(super) bold: bool,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
}

impl Type {
    pub(super) const fn new(used: Use, colour: Colour) -> Self {
        Self { used, bold: false, colour, anchor: Anchor::Start }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(super) const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }
}

/// Draws on one layer.
pub(super) struct Pen<'p> {
    backend: SVGBackend<'p>,
    look: Look,
    /// Where words stand already, on this layer and those below.
    words: &'p mut Vec<Area>,
    /// Within which words must stay.
    bounds: Area,
}

impl<'p> Pen<'p> {
    pub(super) fn new(svg: &'p mut String, look: Look, words: &'p mut Vec<Area>, bounds: Area) -> Self {
        let page = look.page();
        let backend = SVGBackend::with_string(svg, ((page.width * FINE) as u32, (page.height * FINE) as u32));
        Self { backend, look, words, bounds }
    }

    /// Ends the layer.
    pub(super) fn lift(mut self) {
        done(self.backend.present());
    }

    /// A line through points, `width` as on a slide.
    pub(super) fn line(&mut self, points: &[Point], width: f64, colour: Colour) {
        let style = ShapeStyle { color: rgb(colour).to_rgba(), filled: false, stroke_width: self.stroke(width) };
        done(self.backend.draw_path(points.iter().map(|point| fine(*point)), &style));
    }

    /// A filled polygon.
    pub(super) fn polygon(&mut self, points: &[Point], fill: Colour) {
        done(self.backend.fill_polygon(points.iter().map(|point| fine(*point)), &ShapeStyle::from(rgb(fill)).filled()));
    }

    /// A filled rectangle; nothing where it has no area.
    pub(super) fn fill(&mut self, area: Area, fill: Colour) {
        if area.width() > 0.0 && area.height() > 0.0 {
            let style = ShapeStyle::from(rgb(fill)).filled();
            done(self.backend.draw_rect(fine((area.left, area.top)), fine((area.right, area.bottom)), &style, true));
        }
    }

    /// The outline of a rectangle.
    pub(super) fn outline(&mut self, area: Area, width: f64, colour: Colour) {
        let Area { left, top, right, bottom } = area;
        // A rectangle loses its stroke width in plotters; a closed path keeps it. The last piece closes the first corner.
        self.line(&[(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)], width, colour);
    }

    /// Slanted lines across a rectangle, clipped to it.
    pub(super) fn hatch(&mut self, area: Area, colour: Colour) {
        let step = self.look.px(9.0);
        let mut offset = step / 2.0;
        while offset < area.width() + area.height() {
            // The line x − left + y − top = offset, from the lower left to the upper right.
            let (down, across) = (offset.min(area.height()), offset.min(area.width()));
            let from = (area.left + offset - down, area.top + down);
            let to = (area.left + across, area.top + offset - across);
            self.line(&[from, to], 1.5, colour);
            offset += step;
        }
    }

    /// A disc.
    pub(super) fn disc(&mut self, centre: Point, radius: f64, fill: Colour) {
        done(self.backend.draw_circle(fine(centre), (radius * FINE).round() as u32, &ShapeStyle::from(rgb(fill)).filled(), true));
    }

    /// A ring.
    pub(super) fn ring(&mut self, centre: Point, radius: f64, width: f64, colour: Colour) {
        let style = ShapeStyle { color: rgb(colour).to_rgba(), filled: false, stroke_width: self.stroke(width) };
        done(self.backend.draw_circle(fine(centre), (radius * FINE).round() as u32, &style, false));
    }

    /// A text on its baseline; gives back the space that it takes.
    pub(super) fn text(&mut self, (x, y): Point, text: &str, face: Type) -> Area {
        // XML has no way to hold control characters, and names come from scenario files.
        let text: String = visible(text).chars().filter(|letter| !letter.is_control()).collect();
        let area = self.measure((x, y), &text, face);
        let size = self.look.type_size(face.used);
        let anchor = match face.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // plotters puts the baseline 0.76 em below a top anchor, in so many words; other anchors depend on who reads the SVG.
        let top = y - 0.76 * size;
        let style =
            TextStyle { font: font::font(size, face.bold), color: rgb(face.colour).to_backend_color(), pos: Pos::new(anchor, VPos::Top) };
        done(self.backend.draw_text(&text, &style, fine((x, top))));
        self.words.push(area);
        area
    }

    /// The space that a text would take.
    pub(super) fn measure(&self, (x, y): Point, text: &str, face: Type) -> Area {
        let size = self.look.type_size(face.used);
        let width = font::width(text, size, face.bold);
        let left = match face.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Area { left, top: y - 0.80 * size, right: left + width, bottom: y + 0.24 * size }
    }

    /// Whether a text at a place would leave the page or touch another.
    pub(super) fn is_free(&self, area: Area) -> bool {
        self.bounds.holds(area) && !self.words.iter().any(|word| word.meets(area))
    }

    /// A text at the first place that is free; nothing where none is.
    pub(super) fn text_where_free(&mut self, places: &[(Point, Anchor)], text: &str, face: Type) -> Option<Area> {
        let (point, anchor) =
            places.iter().copied().find(|(point, anchor)| self.is_free(self.measure(*point, text, Type { anchor: *anchor, ..face })))?;
        Some(self.text(point, text, Type { anchor, ..face }))
    }

    /// Keeps words away from an area.
    pub(super) fn reserve(&mut self, area: Area) {
        self.words.push(area);
    }

    fn stroke(&self, on_slide: f64) -> u32 {
        // Half a point is the least that a printer keeps.
        let least = if self.look.hairlines() { 0.5 } else { 0.3 };
        (self.look.px(on_slide).max(least) * FINE).round() as u32
    }
}

/// Writing to a string does not fail.
fn done<E>(result: Result<(), E>) {
    debug_assert!(result.is_ok(), "a String takes everything");
}

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn fine((x, y): Point) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}
