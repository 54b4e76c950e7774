//! Texts made of paragraphs and notes, 80 columns wide.

use crate::report::style::Style;
use crate::report::words::wrapped;
use std::fmt::Write as _;

/// Text under way, in paragraphs of at most 80 columns.
pub(super) struct Paragraphs {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Paragraphs {
    /// Adds a paragraph without a gap.
    pub(super) fn say(&mut self, words: &str) {
        self.say_as(words, |line| line.to_owned());
    }

    /// As [`Paragraphs::say`], each line with a look.
    pub(super) fn say_as(&mut self, words: &str, look: impl Fn(&str) -> String) {
        for line in wrapped(words, 80) {
            writeln!(self.text, "{}", look(&line)).expect("a String takes everything");
        }
    }

    /// Adds what to look at.
    pub(super) fn note(&mut self, words: &str) {
        for (i, line) in wrapped(words, 74).iter().enumerate() {
            let word = if i == 0 { self.style.caution("note") } else { "    ".into() };
            writeln!(self.text, "{word}  {line}").expect("a String takes everything");
        }
    }

    /// An empty line, but no two of them.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
