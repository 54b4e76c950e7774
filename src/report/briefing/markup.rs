//! HTML under way: text is escaped by construction, since only [`Html::picture`] and [`Html::text`] write anything from outside.

use crate::report::chart::escaped;
use std::fmt::Write as _;

/// Elements that have no end tag.
const VOID: [&str; 4] = ["meta", "input", "br", "hr"];

/// A page, or a part of one.
#[derive(Default)]
pub(super) struct Html(String);

/// Names and values of an element's attributes; an empty value leaves the name alone, as in `hidden`.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Html {
    /// An element with what `inside` writes.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            if value.is_empty() {
                write!(self.0, " {attribute}").expect("a String takes everything");
            } else {
                write!(self.0, " {attribute}=\"{}\"", escaped(value)).expect("a String takes everything");
            }
        }
        self.0.push('>');
        inside(self);
        if !VOID.contains(&name) {
            write!(self.0, "</{name}>").expect("a String takes everything");
        }
    }

    /// An element with a text, on a line of its own.
    pub(super) fn line(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |html| html.text(text));
        self.0.push('\n');
    }

    /// An element around others, on lines of its own.
    pub(super) fn block(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.element(name, attributes, |html| {
            html.0.push('\n');
            inside(html);
        });
        self.0.push('\n');
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) {
        self.0.push_str(&escaped(text));
    }

    /// A picture, which is markup already.
    pub(super) fn picture(&mut self, svg: &str) {
        self.0.push_str(svg);
    }

    /// Style or script of ours, or data that cannot end its element: none of them may hold `</`.
    pub(super) fn verbatim(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        assert!(!text.contains("</"), "what stands in <{name}> would end it");
        self.element(name, attributes, |html| html.0.push_str(text));
        self.0.push('\n');
    }

    /// A section of the page with its heading.
    pub(super) fn section(&mut self, id: &str, heading: &str, inside: impl FnOnce(&mut Self)) {
        let heading_id = format!("{id}-heading");
        self.block("section", &[("id", id), ("aria-labelledby", &heading_id)], |html| {
            html.line("h2", &[("id", &heading_id)], heading);
            inside(html);
        });
    }

    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_values_are_escaped() {
        let mut html = Html::default();
        html.line("p", &[("title", "\"><script>"), ("hidden", "")], "</p><script>alert('x')</script>");
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;\" hidden>&lt;/p&gt;&lt;script&gt;alert('x')&lt;/script&gt;</p>\n");
    }

    #[test]
    #[should_panic(expected = "would end it")]
    fn nothing_verbatim_ends_its_element() {
        Html::default().verbatim("script", &[], "let x = '</script>'");
    }
}
