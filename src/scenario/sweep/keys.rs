//! The keys of one table of a sweep file: which there are, and values of the type that is meant.

use super::Written;
use super::tables::{self, Key, Kind as Wanted};
use crate::scenario::document::{Kind, Table, Value};
use crate::scenario::keys::Default;
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
    known: &'static [Key],
}

impl<'t> Keys<'t> {
    /// Begins a table; keys that nobody knows, and those that must be there and are not, are problems at once.
    pub(super) fn new(book: &'t Book<'t>, table: &'t Table, span: Span, path: impl Into<String>, of: &tables::Table) -> Self {
        let keys = Self { book, table, span, path: path.into(), known: of.keys };
        let known = || keys.known.iter().map(|key| key.name);
        for entry in table.entries.iter().filter(|entry| known().all(|key| key != entry.key)) {
            let help = match did_you_mean(&entry.key, known()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("known keys: {}", known().collect::<Vec<_>>().join(", ")),
            };
            book.error(entry.key_span, format!("{} has no key {:?}", keys.path, entry.key), help);
        }
        keys.needed(|key| key.designs.is_empty());
        keys
    }

    /// The table once more: what is wrong with its keys is known already.
    pub(super) fn again(book: &'t Book<'t>, table: &'t Table, span: Span, path: impl Into<String>, of: &tables::Table) -> Self {
        Self { book, table, span, path: path.into(), known: of.keys }
    }

    /// Of a block: the keys that say something to its design, and no others.
    pub(super) fn of_design(&self, design: &str) {
        for key in self.known.iter().filter(|key| !key.designs.is_empty() && !key.designs.contains(&design)) {
            if self.value(key.name).is_some() {
                self.wrong::<()>(key.name, format!("says nothing to a block of design {design:?}"), "leave it out");
            }
        }
        self.needed(|key| key.designs.contains(&design));
    }

    /// Records which of these keys must be there and are not.
    fn needed(&self, which: impl Fn(&Key) -> bool) {
        for key in self.known.iter().filter(|key| key.default == Default::Needed && which(key) && self.value(key.name).is_none()) {
            self.missing(key.name, key.example);
        }
    }

    /// What the list says of a key.
    fn key(&self, name: &str) -> &'static Key {
        self.known.iter().find(|key| key.name == name).expect("the reader asks for keys of the list")
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

    /// What to write under a key, by example.
    fn example(&self, key: &str) -> String {
        format!("write {key} = {}", self.key(key).example)
    }

    pub(super) fn text(&self, key: &str) -> Option<Written> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Text(text) if !text.trim().is_empty() => Some(Written { text: text.clone(), place: self.book.place(value.span) }),
            Kind::Text(_) => self.wrong(key, "is empty", self.example(key)),
            _ => self.not_a(key, value, "a text", &self.example(key)),
        }
    }

    /// Whether it is so; the default where nothing is said.
    pub(super) fn flag(&self, key: &str) -> bool {
        let default = self.key(key).default == Default::Is("true");
        match self.value(key).map(|value| (value, &value.kind)) {
            None => default,
            Some((_, Kind::Flag(flag))) => *flag,
            Some((value, _)) => self.not_a(key, value, "true or false", "").unwrap_or(default),
        }
    }

    /// A whole number within its bounds; the default where nothing is said and the default is a number.
    pub(super) fn whole(&self, key: &str) -> Option<u64> {
        let of = self.key(key);
        let Wanted::Whole(least, most) = of.kind else { unreachable!("the reader asks for a whole number where the list has one") };
        let Some(value) = self.value(key) else {
            let Default::Is(default) = of.default else { return None };
            return default.parse().ok();
        };
        let Kind::Integer(text) = &value.kind else { return self.not_a(key, value, "a whole number", &format!("write {key} = {least}")) };
        match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => self.wrong(key, format!("is {text}, but must be from {least} to {most}"), ""),
        }
    }

    pub(super) fn list(&self, key: &str) -> Option<&'t [Value]> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Array(items) if !items.is_empty() => Some(items),
            Kind::Array(_) => self.wrong(key, "is empty", self.example(key)),
            _ => self.not_a(key, value, "a list", &self.example(key)),
        }
    }

    /// A list of texts; those that are none are problems.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<Written>> {
        let items = self.list(key)?;
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
