//! Prints a tree as TOML in a fixed order: tables and keys as the reference lists them, entries as written.

use std::fmt::Write;

use super::{Kind, Table, Value};
use crate::scenario::keys::{self, Key};

/// The whole scenario.
pub(in crate::scenario) fn document(root: &Table) -> String {
    let mut text = String::new();
    for table in keys::TABLES {
        match root.get(table.name).map(|value| &value.kind) {
            Some(Kind::Table(inner)) => block(&mut text, &format!("[{}]", table.name), inner, table.keys),
            Some(Kind::Array(items)) => {
                for item in items.iter().filter_map(Value::as_table) {
                    block(&mut text, &format!("[[{}]]", table.name), item, table.keys);
                }
            }
            _ => {}
        }
    }
    text
}

fn block(text: &mut String, header: &str, table: &Table, keys: &[Key]) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(header);
    text.push('\n');
    for entry in ordered(table, keys) {
        let inner = keys.iter().find(|key| key.name == entry.key).map_or(&[][..], |key| key.kind.keys());
        let _ = writeln!(text, "{} = {}", bare(&entry.key), value(&entry.value, inner));
    }
}

/// The entries in the order of the keys; unknown ones last, as written.
pub(super) fn ordered<'t>(table: &'t Table, keys: &[Key]) -> Vec<&'t super::Entry> {
    let mut entries: Vec<_> = table.entries.iter().collect();
    entries.sort_by_key(|entry| keys.iter().position(|key| key.name == entry.key).unwrap_or(usize::MAX));
    entries
}

/// A value in one line.
pub(in crate::scenario) fn value(value: &Value, keys: &[Key]) -> String {
    match &value.kind {
        Kind::Text(text) => quoted(text),
        Kind::Integer(number) | Kind::Float(number) | Kind::Date(number) => number.clone(),
        Kind::Flag(flag) => flag.to_string(),
        Kind::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| self::value(item, keys)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Table(table) => {
            let entries: Vec<String> = ordered(table, keys)
                .into_iter()
                .map(|entry| {
                    let inner = keys.iter().find(|key| key.name == entry.key).map_or(&[][..], |key| key.kind.keys());
                    format!("{} = {}", bare(&entry.key), self::value(&entry.value, inner))
                })
                .collect();
            if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
        }
    }
}

/// A key, in quotes where TOML wants them.
pub(in crate::scenario) fn bare(key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if plain { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
