//! A scenario as written: tables, keys and values, each with the place that wrote it.
//!
//! [`parse`] makes the tree of one file, [`merge`] lays one tree over another, [`extends`], [`like`] and [`set`] are the
//! three ways in which a scenario says so, [`write`] prints the tree in a fixed order for programs, and [`annotate`] for people, with the
//! place of every value. Nothing here knows what a key
//! means; the checks do.

pub(super) mod annotate;
pub(super) mod extends;
pub(super) mod like;
pub(super) mod merge;
pub(super) mod parse;
pub(super) mod set;
pub(super) mod write;

use super::source::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What TOML can say. Numbers keep their text, so that decimals stay exact.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text(String),
    /// Digits in base 10 with an optional minus.
    Integer(String),
    Float(String),
    Flag(bool),
    /// A date, a time or both, as TOML prints it.
    Date(String),
    Array(Vec<Value>),
    Table(Table),
}

impl Kind {
    /// What it is, for messages.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date or time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Keys with values, in file order.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    /// A problem about this table is known already; what is missing in it is no news.
    pub(super) broken: bool,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Value,
}

impl Table {
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// The text under a key, if it is one.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key).map(|value| &value.kind) {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether this table is one value, which an override replaces whole.
    pub(super) fn is_one_value(&self) -> bool {
        self.entries.iter().any(|entry| entry.key == "dist" || entry.key == "value")
    }
}

impl Value {
    pub(super) fn as_table(&self) -> Option<&Table> {
        match &self.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }
}
