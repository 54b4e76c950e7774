//! One mistake in a scenario: where, what, and what would be right.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// What a problem is about, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The scenario is wrong: nothing can run (exit code 10).
    Scenario,
    /// A data file is wrong: nothing can run (exit code 11).
    Data,
    /// The scenario can run; somebody should look.
    Note,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the caller named it, or `--set`.
    pub file: String,
    /// Line, from 1 (for `--set`: which of them). 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1. 0 where the file as a whole is meant.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}:{}", self.file, self.line, self.column) }
    }
}

/// A mistake, or with [`ProblemKind::Note`] something to look at.
///
/// `Display` gives one line, `file:line:column: message`; [`Problem::render`] shows the source line as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is about.
    pub kind: ProblemKind,
    /// Where it is written.
    pub place: Place,
    /// How many characters of the line are meant; at least 1.
    pub length: usize,
    /// The line, without its end; of a long line the part around the place.
    pub line: String,
    /// How many characters of the line are cut off before that part.
    pub(super) cut: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// Position among all texts, for sorting.
    pub(super) order: (u32, usize),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// A long value is underlined so far only: it is found by its beginning.
const MOST_UNDERLINED: usize = 80;

impl Problem {
    /// A text in the manner of rustc: message, place, source line with the words underlined, help.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let level = if self.kind == ProblemKind::Note { Level::NOTE } else { Level::ERROR };
        let mut group = if self.place.line == 0 {
            Group::with_title(level.primary_title(&self.message)).element(annotate_snippets::Origin::path(&self.place.file))
        } else {
            let column = self.place.column.saturating_sub(1 + self.cut);
            let from = self.line.char_indices().nth(column).map_or(self.line.len(), |(at, _)| at);
            let length = self.length.min(MOST_UNDERLINED);
            let to = self.line[from..].char_indices().nth(length).map_or(self.line.len(), |(at, _)| from + at);
            let snippet = Snippet::source(&self.line).line_start(self.place.line).annotation(AnnotationKind::Primary.span(from..to));
            let group = Group::with_title(level.primary_title(&self.message));
            if self.cut == 0 {
                group.element(snippet.path(&self.place.file))
            } else {
                // The column is that of the whole line, not of the part that is shown.
                let origin = annotate_snippets::Origin::path(&self.place.file).line(self.place.line).char_column(self.place.column);
                group.element(origin).element(snippet)
            }
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }
}

/// The nearest of some known words, if one is near enough to have been meant.
#[must_use]
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    /// Candidates beyond these are not looked at: a file with many mistakes is refused as fast as one with few.
    const MOST: usize = 500;
    let length = word.chars().count();
    let near = 1 + length / 4;
    if length > 200 {
        return None;
    }
    known
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= 1_000)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= near || (word.len() > 3 && candidate.contains(word)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
