//! The texts that a scenario is made of, and the problems found in them.
//!
//! The scenario layer never touches a file system: a [`Sources`] hands it bytes by name. [`Book`] keeps every text read,
//! turns a [`Span`] into file, line and column, and collects problems.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::problem::{Place, Problem, ProblemKind};

/// Gives the bytes of a file by name.
pub trait Sources {
    /// The bytes of `name`, which is the main name as the caller gave it, or a name written in a scenario, joined to
    /// the folder of the file that wrote it.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in words for the user.
    fn read(&self, name: &str) -> Result<Vec<u8>, String>;
}

impl<F: Fn(&str) -> Result<Vec<u8>, String>> Sources for F {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        self(name)
    }
}

/// Texts in memory, by name.
impl Sources for BTreeMap<String, Vec<u8>> {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        self.get(name).cloned().ok_or_else(|| "there is no such file".to_owned())
    }
}

/// A stretch of one of the texts of a [`Book`], in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// Which text.
    pub(super) file: u32,
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
}

/// One text.
#[derive(Clone, Debug)]
pub(super) struct SourceText {
    /// The name that problems show and that [`Sources`] was asked for.
    pub(super) shown: String,
    /// The name relative to the main file's folder.
    pub(super) name: String,
    /// The content.
    pub(super) text: String,
    origin: Origin,
    /// Where its lines begin.
    lines: Vec<usize>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// A file of values.
    Scenario,
    /// A file of data, which a value names.
    Data,
    /// No file: a command line, or a point of a sweep.
    Given,
}

impl SourceText {
    fn new(shown: String, name: &str, text: String, origin: Origin) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { shown, name: name.to_owned(), text, origin, lines }
    }

    /// The line of a byte, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|begin| *begin <= at) - 1
    }
}

/// Every text read, and every problem found.
pub(super) struct Book<'s> {
    sources: &'s dyn Sources,
    /// Folder of the main file, with its last slash.
    folder: String,
    texts: RefCell<Vec<Arc<SourceText>>>,
    problems: RefCell<Vec<Problem>>,
}

impl<'s> Book<'s> {
    pub(super) fn new(sources: &'s dyn Sources, main: &str) -> Self {
        Self { sources, folder: folder_of(main).to_owned(), texts: RefCell::default(), problems: RefCell::default() }
    }

    /// A book that has these texts already, those of [`Book::into_texts`].
    pub(super) fn with_texts(sources: &'s dyn Sources, main: &str, texts: Vec<Arc<SourceText>>) -> Self {
        Self { texts: RefCell::new(texts), ..Self::new(sources, main) }
    }

    /// Every text read, for another book.
    pub(super) fn into_texts(self) -> Vec<Arc<SourceText>> {
        self.texts.into_inner()
    }

    /// Adds a text that did not come from a file.
    pub(super) fn add(&self, name: &str, text: String) -> u32 {
        self.push(SourceText::new(name.to_owned(), name, text, Origin::Given))
    }

    fn push(&self, text: SourceText) -> u32 {
        let mut texts = self.texts.borrow_mut();
        texts.push(Arc::new(text));
        u32::try_from(texts.len() - 1).expect("a scenario has few texts")
    }

    /// The position of a text already read.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let at = self.texts.borrow().iter().position(|text| text.name == name)?;
        u32::try_from(at).ok()
    }

    pub(super) fn text(&self, file: u32) -> Ref<'_, SourceText> {
        Ref::map(self.texts.borrow(), |texts| &*texts[file as usize])
    }

    /// Reads a text; `asked` is what asked for it. `None` when it could not be read, and then that is a problem already.
    pub(super) fn read(&self, name: &str, asked: Option<Span>, data: bool) -> Option<u32> {
        let shown = if is_absolute(name) { name.to_owned() } else { format!("{}{name}", self.folder) };
        let (kind, origin) = if data { (ProblemKind::Data, Origin::Data) } else { (ProblemKind::Scenario, Origin::Scenario) };
        let bytes = match self.sources.read(&shown) {
            Ok(bytes) => bytes,
            Err(why) => {
                let message = format!("cannot read {shown:?}: {why}");
                match asked {
                    Some(span) => self.report(kind, span, message, None),
                    None => self.report_file(kind, &shown, message, None),
                }
                return None;
            }
        };
        let content = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let (valid, bytes) = (error.utf8_error().valid_up_to(), error.into_bytes());
                let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
                let message = if utf16 {
                    "the file is UTF-16, but must be UTF-8".to_owned()
                } else {
                    format!("the byte 0x{:02X} is not UTF-8", bytes[valid])
                };
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let file = self.push(SourceText::new(shown, name, text, origin));
                let at = if utf16 { 0 } else { valid };
                let span = Span { file, start: at, end: at + 1 };
                self.report(kind, span, message, Some("save the file as UTF-8".to_owned()));
                return None;
            }
        };
        let text = content.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(content);
        Some(self.push(SourceText::new(shown, name, text, origin)))
    }

    /// Records a problem.
    pub(super) fn report(&self, kind: ProblemKind, span: Span, message: String, help: Option<String>) {
        if self.is_full() {
            return;
        }
        let (message, help) = (shorter(message), help.map(shorter));
        let text = self.text(span.file);
        let Located { place, line, cut, length } = locate(&text, span);
        let order = (span.file, span.start);
        drop(text);
        self.problems.borrow_mut().push(Problem { kind, place, length, line, cut, message, help, order });
    }

    /// Records a mistake in the scenario.
    pub(super) fn error(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let help = help.into();
        self.report(ProblemKind::Scenario, span, message.into(), (!help.is_empty()).then_some(help));
    }

    /// Records a problem of a file as a whole.
    pub(super) fn report_file(&self, kind: ProblemKind, shown: &str, message: String, help: Option<String>) {
        let place = Place { file: shown.to_owned(), line: 0, column: 0 };
        let (line, order) = (String::new(), (0, 0));
        self.problems.borrow_mut().push(Problem { kind, place, length: 1, line, cut: 0, message, help, order });
    }

    /// Whether more problems are known than anybody reads. That there are more is the last of them.
    pub(super) fn is_full(&self) -> bool {
        let known = self.problems.borrow().len();
        if known == MOST_PROBLEMS {
            let place = Place { file: self.texts.borrow().first().map_or_else(String::new, |text| text.shown.clone()), line: 0, column: 0 };
            let message = format!("there are more than {MOST_PROBLEMS} problems; the others are not listed");
            let (kind, line, order) = (ProblemKind::Scenario, String::new(), (u32::MAX, usize::MAX));
            self.problems.borrow_mut().push(Problem { kind, place, length: 1, line, cut: 0, message, help: None, order });
        }
        known >= MOST_PROBLEMS
    }

    /// The place of a span.
    pub(super) fn place(&self, span: Span) -> Place {
        locate(&self.text(span.file), span).place
    }

    /// `file:line` of a span, with the name relative to the main file's folder.
    pub(super) fn short_place(&self, span: Span) -> String {
        let text = self.text(span.file);
        format!("{}:{}", text.name, text.line_of(span.start) + 1)
    }

    /// Whether anything found so far stops the scenario.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.borrow().iter().any(|problem| problem.kind != ProblemKind::Note)
    }

    /// Everything found, in order of the texts, each once.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = self.problems.borrow().clone();
        problems.sort_by(|a, b| (a.order, a.kind, &a.message).cmp(&(b.order, b.kind, &b.message)));
        problems.dedup();
        problems
    }

    /// What stops the scenario, without the notes.
    pub(super) fn errors(&self) -> Vec<Problem> {
        let mut problems = self.problems();
        problems.retain(|problem| problem.kind != ProblemKind::Note);
        problems
    }

    /// (name, content) of every file read: the main one first, data last.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let texts = self.texts.borrow();
        let files = |origin: Origin| texts.iter().filter(move |text| text.origin == origin);
        files(Origin::Scenario).chain(files(Origin::Data)).map(|t| (t.name.clone(), t.text.clone())).collect()
    }
}

/// The name of the text that holds the overrides of a command line, one a line.
pub(super) const OVERRIDES: &str = "--set";

/// The name of the text that holds what a point of a sweep puts into its base, one value a line.
pub(super) const POINT: &str = "--point";

/// The folder part of a name, with its last slash; empty where there is none.
pub(super) fn folder_of(name: &str) -> &str {
    name.rfind(['/', '\\']).map_or("", |at| &name[..=at])
}

fn is_absolute(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.get(1..3).is_some_and(|drive| drive == ":\\" || drive == ":/")
}

/// `name` as written in a file of `folder`, without `.` and without `x/..`.
pub(super) fn join(folder: &str, name: &str) -> String {
    if is_absolute(name) {
        return name.to_owned();
    }
    // A folder that begins at the root keeps its slash, and has nothing above it.
    let root = if folder.starts_with(['/', '\\']) { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split(['/', '\\']).chain(name.split(['/', '\\'])) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// Problems beyond these are not kept.
const MOST_PROBLEMS: usize = 1_000;

/// Of a longer line only the part around a place is kept.
const LONGEST_LINE: usize = 400;

/// A longer message is cut: it quotes what somebody wrote, which may be of any length.
const LONGEST_MESSAGE: usize = 1_000;

/// A message of a length that somebody reads.
fn shorter(message: String) -> String {
    if message.len() <= LONGEST_MESSAGE {
        return message;
    }
    message.chars().take(LONGEST_MESSAGE / 4).chain("...".chars()).collect()
}

/// Where a span is.
struct Located {
    place: Place,
    line: String,
    cut: usize,
    length: usize,
}

fn locate(text: &SourceText, span: Span) -> Located {
    let content = &text.text;
    let mut start = span.start.min(content.len());
    while !content.is_char_boundary(start) {
        start -= 1;
    }
    let number = text.line_of(start);
    let begin = text.lines[number];
    let stop = content[start..].find('\n').map_or(content.len(), |at| start + at);
    let line = content[begin..stop].trim_end_matches('\r');
    let mut end = span.end.clamp(start, stop);
    while !content.is_char_boundary(end) {
        end -= 1;
    }
    let place = Place { file: text.shown.clone(), line: number + 1, column: content[begin..start].chars().count() + 1 };
    let length = content[start..end].trim_end().chars().count().max(1);
    if line.len() <= LONGEST_LINE {
        return Located { place, line: line.to_owned(), cut: 0, length };
    }
    let (before, after) = content[begin..begin + line.len()].split_at(start.min(begin + line.len()) - begin);
    let shown = before.chars().count().min(LONGEST_LINE / 4);
    let from =
        before.char_indices().rev().nth(shown.saturating_sub(1)).map_or(before.len(), |(at, _)| if shown == 0 { before.len() } else { at });
    let kept = before[from..].chars().chain(after.chars()).take(LONGEST_LINE / 2).collect();
    Located { cut: place.column - 1 - shown, line: kept, place, length }
}
