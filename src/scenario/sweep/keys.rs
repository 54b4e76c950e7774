//! The keys of one table of a sweep file: which there are, and values of the type that is meant.

use super::Written;
use crate::scenario::document::{Kind, Table, Value};
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::{Book, Span};

/// A table that is read; a value of the wrong type is a problem at once and then `None`.
pub(super) struct Keys<'t> {
    pub(super) book: &'t Book<'t>,
    pub(super) table: &'t Table,
    /// Where it stands.
    pub(super) span: Span,
    /// What it is called in messages.
    pub(super) path: String,
}

impl<'t> Keys<'t> {
    /// Begins a table; keys that nobody knows are problems at once.
    pub(super) fn new(book: &'t Book<'t>, table: &'t Table, span: Span, path: impl Into<String>, known: &[&str]) -> Self {
        let path = path.into();
        for entry in table.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let help = match did_you_mean(&entry.key, known.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("known keys: {}", known.join(", ")),
            };
            book.error(entry.key_span, format!("{path} has no key {:?}", entry.key), help);
        }
        Self { book, table, span, path }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'t Value> {
        self.table.get(key)
    }

    /// Records that a key that must be there is not.
    pub(super) fn missing(&self, key: &str, example: &str) {
        self.book.error(self.span, format!("{} lacks the key {key:?}", self.path), format!("write {key} = {example}"));
    }

    /// Records a mistake at a key.
    pub(super) fn wrong<T>(&self, key: &str, what: impl AsRef<str>, help: impl Into<String>) -> Option<T> {
        let span = self.value(key).map_or(self.span, |value| value.span);
        self.book.error(span, format!("{}.{key} {}", self.path, what.as_ref()), help);
        None
    }

    fn not_a<T>(&self, key: &str, value: &Value, wanted: &str, help: &str) -> Option<T> {
        self.wrong(key, format!("is {}, but must be {wanted}", value.kind.name()), help)
    }

    pub(super) fn text(&self, key: &str, example: &str) -> Option<Written> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Text(text) if !text.trim().is_empty() => Some(Written { text: text.clone(), place: self.book.place(value.span) }),
            Kind::Text(_) => self.wrong(key, "is empty", format!("write {key} = {example}")),
            _ => self.not_a(key, value, "a text", &format!("write {key} = {example}")),
        }
    }

    pub(super) fn flag(&self, key: &str, default: bool) -> bool {
        match self.value(key).map(|value| (value, &value.kind)) {
            None => default,
            Some((_, Kind::Flag(flag))) => *flag,
            Some((value, _)) => self.not_a(key, value, "true or false", "").unwrap_or(default),
        }
    }

    /// A whole number within bounds.
    pub(super) fn whole(&self, key: &str, least: u64, most: u64) -> Option<u64> {
        let value = self.value(key)?;
        let Kind::Integer(text) = &value.kind else { return self.not_a(key, value, "a whole number", &format!("write {key} = {least}")) };
        match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => self.wrong(key, format!("is {text}, but must be from {least} to {most}"), ""),
        }
    }

    pub(super) fn list(&self, key: &str, example: &str) -> Option<&'t [Value]> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Array(items) if !items.is_empty() => Some(items),
            Kind::Array(_) => self.wrong(key, "is empty", format!("write {key} = {example}")),
            _ => self.not_a(key, value, "a list", &format!("write {key} = {example}")),
        }
    }

    /// A list of texts; those that are none are problems.
    pub(super) fn texts(&self, key: &str, example: &str) -> Option<Vec<Written>> {
        let items = self.list(key, example)?;
        let text = |item: &Value| match &item.kind {
            Kind::Text(text) => Some(Written { text: text.clone(), place: self.book.place(item.span) }),
            other => {
                self.book.error(item.span, format!("{}.{key} has {} in it, but must be a list of texts", self.path, other.name()), "");
                None
            }
        };
        Some(items.iter().filter_map(text).collect())
    }
}
