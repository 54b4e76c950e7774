//! Reads the keys of one table, and says at once which are unknown and which are missing.

use super::Check;
use super::item::Item;
use crate::scenario::document::write::bare;
use crate::scenario::document::{Kind, Table};
use crate::scenario::keys::{ABOUT_VALUES, Default, Key};
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::Span;

/// Where values come from when they do not say so themselves; it holds for values of the same text.
#[derive(Clone, Debug, Default)]
pub(super) struct TableWide {
    pub(super) source: Option<(String, u32)>,
    pub(super) note: Option<(String, u32)>,
}

/// One table with the keys it may have.
pub(super) struct Reader<'a> {
    pub(super) check: &'a Check<'a>,
    pub(super) table: &'a Table,
    keys: &'static [Key],
    /// Dotted path, as for `--set`.
    pub(super) path: String,
    /// The header, or the table itself where it stands in a line.
    pub(super) span: Span,
    wide: TableWide,
}

impl<'a> Reader<'a> {
    /// Begins a table: unknown and missing keys are problems at once.
    pub(super) fn new(check: &'a Check<'a>, table: &'a Table, keys: &'static [Key], path: String, span: Span, outer: &TableWide) -> Self {
        let mut wide = outer.clone();
        for entry in &table.entries {
            let Kind::Text(text) = &entry.value.kind else { continue };
            match entry.key.as_str() {
                "source" => wide.source = Some((text.clone(), entry.value.span.file)),
                "note" => wide.note = Some((text.clone(), entry.value.span.file)),
                _ => {}
            }
        }
        let reader = Self { check, table, keys, path, span, wide };
        reader.unknown_keys();
        if !table.broken {
            for key in keys.iter().filter(|key| key.default == Default::Needed && table.get(key.name).is_none()) {
                reader.missing(key.name);
            }
        }
        reader
    }

    /// A reader that only finds places, of a table whose keys were checked before.
    pub(super) fn places(check: &'a Check<'a>, table: &'a Table, path: String, span: Span, outer: &TableWide) -> Self {
        Self { check, table, keys: &[], path, span, wide: outer.clone() }
    }

    fn unknown_keys(&self) {
        for entry in &self.table.entries {
            let name = entry.key.as_str();
            if ABOUT_VALUES.contains(&name) {
                if !matches!(entry.value.kind, Kind::Text(_)) {
                    let message = format!("{}.{name} is {}, but must be a text", self.path, entry.value.kind.name());
                    self.check.book.error(entry.value.span, message, "");
                }
                continue;
            }
            if self.keys.iter().any(|key| key.name == name) {
                continue;
            }
            if name == "remove" && !matches!(entry.value.kind, Kind::Flag(true)) {
                continue; // Told when the texts were laid over each other.
            }
            let known = self.keys.iter().map(|key| key.name);
            let help = match did_you_mean(name, known.clone()) {
                Some(near) => format!("did you mean {near:?}?"),
                None if name == "extends" => "extends stands at the top of the file, above the first [table]".to_owned(),
                None => format!("known keys: {}", known.collect::<Vec<_>>().join(", ")),
            };
            self.check.book.error(entry.key_span, format!("{} has no key {name:?}", self.path), help);
        }
    }

    /// Reports a key that must be given here.
    pub(super) fn missing(&self, key: &str) {
        if self.table.broken {
            return;
        }
        let example = self.keys.iter().find(|known| known.name == key).map(|key| key.kind.example()).unwrap_or_default();
        self.check.book.error(self.span, format!("{} lacks the key {key:?}", self.path), format!("write {key} = {example}"));
    }

    /// Whether the key is written.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The place of a key's value, or of the table.
    pub(super) fn span_of(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.span, |value| value.span)
    }

    /// The place of a value deeper down, or of the nearest table around it.
    pub(super) fn span_at(&self, keys: &[&str]) -> Span {
        let (mut table, mut span) = (self.table, self.span);
        for key in keys {
            let Some(value) = table.get(key) else { return span };
            span = value.span;
            let Some(inner) = value.as_table() else { return span };
            table = inner;
        }
        span
    }

    /// Records a mistake at a key.
    pub(super) fn error_at(&self, keys: &[&str], message: impl Into<String>, help: impl Into<String>) {
        self.check.book.error(self.span_at(keys), message, help);
    }

    fn item(&self, name: &str) -> Option<Item<'a>> {
        let key = self.keys.iter().find(|key| key.name == name).expect("the checks read keys of the list only");
        let entry = self.table.entry(name)?;
        let path = format!("{}.{}", self.path, bare(name));
        Some(Item::new(self.check, &entry.value, key, path, &self.wide))
    }

    /// A key that must be given: `None` where it is missing or wrong, and then that is a problem already.
    pub(super) fn need<T>(&self, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
        read(&self.item(key)?)
    }

    /// A key that may be left out: `None` only where it is wrong.
    #[expect(clippy::option_option, reason = "wrong, absent and given are three things")]
    pub(super) fn open<T>(&self, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<Option<T>> {
        match self.item(key) {
            Some(item) => read(&item).map(Some),
            None => Some(None),
        }
    }

    /// A key with a default, which is listed as an assumption where it is used.
    pub(super) fn or<T>(&self, key: &str, default: T, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
        match self.item(key) {
            Some(item) => read(&item),
            None => {
                let known = self.keys.iter().find(|known| known.name == key).expect("the checks read keys of the list only");
                if let Default::Is(text) = known.default {
                    self.check.assume_default(format!("{}.{}", self.path, bare(key)), text.to_owned());
                }
                Some(default)
            }
        }
    }

    /// A key with a default that nobody needs to hear of.
    pub(super) fn quietly<T>(&self, key: &str, default: T, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
        self.item(key).map_or(Some(default), |item| read(&item))
    }
}
