//! Prints a tree as TOML to read: one key a line, each with the place that wrote it.
//!
//! The same content and order as [`super::write`], so the text loads to the same scenario; there for programs, here for people. Tables
//! within tables get headers of their own, so that every value has a line; a table with `dist` or `value` is one value.

use std::fmt::Write;

use super::write::{bare, ordered, value};
use super::{Entry, Kind, Table, Value};
use crate::scenario::keys::{self, Key};
use crate::scenario::source::{Book, Span};

/// Comments begin here, where there is room.
const COLUMN: usize = 48;

/// A line that is longer has its comment above it.
const LONG: usize = 80;

/// The whole scenario.
pub(in crate::scenario) fn document(book: &Book<'_>, root: &Table) -> String {
    let mut page = Page { book, text: String::new() };
    for table in keys::TABLES {
        match root.get(table.name).map(|value| &value.kind) {
            Some(Kind::Table(inner)) => page.block(&format!("[{}]", table.name), inner, table.keys, table.name),
            Some(Kind::Array(items)) => {
                for item in items.iter().filter_map(Value::as_table) {
                    page.block(&format!("[[{}]]", table.name), item, table.keys, table.name);
                }
            }
            _ => {}
        }
    }
    page.text
}

struct Page<'b> {
    book: &'b Book<'b>,
    text: String,
}

impl Page<'_> {
    /// A table: values first, since what stands below a header belongs to it, then the tables within.
    fn block(&mut self, header: &str, table: &Table, keys: &[Key], path: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(header);
        self.text.push('\n');
        let inner = |entry: &Entry| keys.iter().find(|key| key.name == entry.key).map_or(&[][..], |key| key.kind.keys());
        let entries = ordered(table, keys);
        for entry in entries.iter().filter(|entry| blocks(&entry.value).is_none()) {
            self.line(&format!("{} = {}", bare(&entry.key), value(&entry.value, inner(entry))), entry.value.span);
        }
        for entry in &entries {
            let path = format!("{path}.{}", bare(&entry.key));
            let many = matches!(entry.value.kind, Kind::Array(_));
            for table in blocks(&entry.value).unwrap_or_default() {
                let header = if many { format!("[[{path}]]") } else { format!("[{path}]") };
                self.block(&header, table, inner(entry), &path);
            }
        }
    }

    fn line(&mut self, text: &str, written: Span) {
        let place = self.book.short_place(written);
        let _ = if text.chars().count() > LONG {
            writeln!(self.text, "# {place}\n{text}")
        } else {
            writeln!(self.text, "{text:<COLUMN$}  # {place}")
        };
    }
}

/// The tables that a value consists of, where they can have headers of their own.
fn blocks(value: &Value) -> Option<Vec<&Table>> {
    let block = |table: &Table| !table.is_one_value() && !table.entries.is_empty();
    match &value.kind {
        Kind::Table(table) => block(table).then(|| vec![table]),
        Kind::Array(items) if !items.is_empty() => items.iter().map(|item| item.as_table().filter(|table| block(table))).collect(),
        _ => None,
    }
}
