//! One TOML text to a tree.

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{Entry, Kind, Table, Value};
use crate::scenario::source::{Book, Span, folder_of, join};

/// What is told of a text that is not TOML: one slip makes the parser stumble over all that follows.
const MOST_ERRORS: usize = 3;

/// The tree of a text of the book, or `None` where the text is not TOML; then the problems are recorded.
pub(in crate::scenario) fn document(book: &Book<'_>, file: u32) -> Option<Table> {
    let source = book.text(file).clone();
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    if errors.is_empty() {
        let place = Placing { file, shift: 0, folder: folder_of(&source.name) };
        return Some(place.table(root.get_ref(), false));
    }
    for error in errors.into_iter().take(MOST_ERRORS) {
        let range = error.span().unwrap_or(0..0);
        let span = Span { file, start: range.start, end: range.end };
        let (message, help) = in_words(error.message());
        book.error(span, message, help);
    }
    None
}

/// A single TOML value that begins at byte `shift` of a text, or `None` where it is no TOML value.
pub(in crate::scenario) fn value(text: &str, file: u32, shift: usize) -> Option<Value> {
    let parsed = DeValue::parse(text).ok()?;
    Some(Placing { file, shift, folder: "" }.value(&parsed, false))
}

/// The parser's message with a hint for what happens most.
fn in_words(message: &str) -> (String, String) {
    let message = message.trim_end().replace('\n', ", ");
    let help = if message.contains("recursion limit") {
        "values nested more than 80 deep are not read"
    } else if message.contains("duplicate key") {
        "keep one of the two"
    } else if message.contains("newlines are unsupported in inline tables") || message.contains("missing comma") {
        "keep an inline table on one line, with a comma between its keys"
    } else {
        ""
    };
    (format!("this is not TOML: {message}"), help.to_owned())
}

/// Where the bytes of a value lie in the book.
struct Placing<'n> {
    file: u32,
    shift: usize,
    /// Names of data files are taken from here.
    folder: &'n str,
}

impl Placing<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { file: self.file, start: range.start + self.shift, end: range.end + self.shift }
    }

    fn table(&self, table: &DeTable<'_>, observed: bool) -> Table {
        let names_a_file = observed || table.iter().any(|(key, _)| key.get_ref() == "dist");
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| {
                let is_name = names_a_file && key.get_ref() == "file";
                Entry {
                    key: key.get_ref().to_string(),
                    key_span: self.span(key.span()),
                    value: if is_name { self.name(value) } else { self.value(value, key.get_ref() == "observed") },
                }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Table { entries, broken: false }
    }

    /// The name of a data file, seen from the main file.
    fn name(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let mut value = self.value(value, false);
        if let Kind::Text(name) = &mut value.kind {
            *name = join(self.folder, name);
        }
        value
    }

    fn value(&self, value: &Spanned<DeValue<'_>>, observed: bool) -> Value {
        let kind = match value.get_ref() {
            DeValue::String(text) => Kind::Text(text.to_string()),
            DeValue::Integer(number) => Kind::Integer(decimal(number)),
            DeValue::Float(number) => Kind::Float(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Kind::Flag(*flag),
            DeValue::Datetime(date) => Kind::Date(date.to_string()),
            DeValue::Array(items) => Kind::Array(items.iter().map(|item| self.value(item, false)).collect()),
            DeValue::Table(table) => Kind::Table(self.table(table, observed)),
        };
        Value { kind, span: self.span(value.span()) }
    }
}

/// The digits of an integer in base 10; those of a number too large for any use stay as they are.
fn decimal(number: &DeInteger<'_>) -> String {
    i128::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.to_string(), |value| value.to_string())
}
