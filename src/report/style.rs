//! How terminal texts look: with colour or without, with signs beyond ASCII or without.

/// Stands for the escape character in texts under way. Where they are printed it becomes one, and an escape character that came with a name
/// does not: it is shown as `\u{1b}`. No text holds this character, which is none.
pub const ESCAPE: char = '\u{fdd0}';

/// The looks of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether escape sequences are allowed.
    pub colour: bool,
    /// Whether only ASCII is.
    pub ascii: bool,
}

impl Style {
    /// Bold, for headings and the answer.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Yellow, for what to look at.
    #[must_use]
    pub fn caution(self, text: &str) -> String {
        self.paint("33", text)
    }

    /// Red, for what went wrong.
    #[must_use]
    pub fn alarm(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("{ESCAPE}[{code}m{text}{ESCAPE}[0m") } else { text.into() }
    }

    /// The text with ASCII in place of the few signs that texts use beyond it, where that is wanted.
    /// Names from a scenario keep their letters.
    #[must_use]
    pub fn finish(self, text: String) -> String {
        if self.ascii {
            text.replace('±', "+-").replace('≥', ">=").replace(['–', '−'], "-").replace('→', "->").replace('·', ".").replace('×', "x")
        } else {
            text
        }
    }
}
