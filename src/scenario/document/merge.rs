//! Lays one tree over another: the rule that `extends`, `like` and `--set` share.
//!
//! Tables merge by key, arrays of tables at the top by `id`; everything else is replaced. A table with `dist` or `value`
//! is one value and is replaced whole. `remove = true` drops a table. Where two keys say the same thing in two ways, the
//! one laid over drops the other.

use super::{Entry, Kind, Table, Value};
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::Book;
use std::collections::{BTreeMap, BTreeSet};

/// Ways of saying one thing: a key of one way drops the keys of the other ways.
const ALTERNATIVES: &[&[&[&str]]] = &[
    &[&["return_time"], &["return_speed"]],
    &[&["departures"], &["timetable"]],
    &[&["speed"], &["rate_of_march"]],
    &[&["sun"], &["fixed"]],
    &[&["no_departures"], &["closed"], &["daily_cap"], &["cap_factor"], &["speed_factor"], &["add"]],
];

/// The same for `boarding`, whose keys mean other things elsewhere.
const BOARDING: &[&[&str]] = &[&["lanes_per_bay", "per_person"], &["lanes", "search", "aboard"]];

/// Whether of two keys of one table, below the key `parent`, each drops the other.
pub(in crate::scenario) fn alternatives(parent: &str, a: &str, b: &str) -> bool {
    let boarding = (parent == "boarding").then_some(&BOARDING);
    ALTERNATIVES.iter().chain(boarding).any(|group| {
        let way = |key: &str| group.iter().position(|way| way.contains(&key));
        matches!((way(a), way(b)), (Some(a), Some(b)) if a != b)
    })
}

/// Lays the root of one scenario over that of another.
pub(in crate::scenario) fn roots(book: &Book<'_>, base: &mut Table, over: Table) {
    for entry in over.entries {
        let both = match (base.get_mut(&entry.key), entry.value) {
            (Some(Value { kind: Kind::Array(old), .. }), Value { kind: Kind::Array(new), .. }) if tables(old) && tables(&new) => {
                by_id(book, &entry.key, old, new);
                continue;
            }
            (_, value) => Entry { value, ..entry },
        };
        lay(book, base, both, "");
    }
}

fn tables(values: &[Value]) -> bool {
    values.iter().all(|value| matches!(value.kind, Kind::Table(_)))
}

fn by_id(book: &Book<'_>, name: &str, base: &mut Vec<Value>, over: Vec<Value>) {
    let id_of = |value: &Value| value.as_table().and_then(|table| table.text("id")).map(str::to_owned);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, old) in base.iter().enumerate() {
        if let Some(id) = id_of(old) {
            places.entry(id).or_insert(at);
        }
    }
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for value in over {
        let id = id_of(&value);
        let Kind::Table(table) = value.kind else { continue };
        let at = id.as_ref().and_then(|id| places.get(id)).copied();
        let path = format!("{name}.{}", id.as_deref().unwrap_or("?"));
        if removed(book, &table, &path) {
            if let Some(at) = at {
                dropped.insert(at);
                id.as_ref().and_then(|id| places.remove(id));
            } else {
                let known = base.iter().filter_map(|old| old.as_table().and_then(|t| t.text("id")));
                let near = id.as_deref().and_then(|id| did_you_mean(id, known));
                let help = near.map_or("the scenario extended has no such id".to_owned(), |near| format!("did you mean {near:?}?"));
                book.error(value.span, format!("{path} is to be removed, but does not exist"), help);
            }
            continue;
        }
        match at.and_then(|at| base.get_mut(at)) {
            Some(Value { kind: Kind::Table(old), .. }) => over_table(book, old, table, &path),
            _ => {
                if let Some(id) = id {
                    places.insert(id, base.len());
                }
                base.push(Value { kind: Kind::Table(table), span: value.span });
            }
        }
    }
    let mut at = 0;
    base.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
}

/// Lays the keys of `over` over those of `base`.
pub(in crate::scenario) fn over_table(book: &Book<'_>, base: &mut Table, over: Table, path: &str) {
    let boarding = path.ends_with(".boarding").then_some(&BOARDING);
    for group in ALTERNATIVES.iter().chain(boarding) {
        let said: Vec<&&[&str]> = group.iter().filter(|way| way.iter().any(|key| over.get(key).is_some())).collect();
        if let [said] = said[..] {
            let others = group.iter().filter(|way| *way != said).flat_map(|way| way.iter());
            for key in others {
                base.take(key);
            }
        }
    }
    for entry in over.entries {
        lay(book, base, entry, path);
    }
}

/// Lays one key over a table.
pub(in crate::scenario) fn lay(book: &Book<'_>, base: &mut Table, entry: Entry, path: &str) {
    let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
    let old = base.entries.iter().position(|old| old.key == entry.key);
    if let Kind::Table(over) = &entry.value.kind
        && removed(book, over, &path)
    {
        match old {
            Some(at) => drop(base.entries.remove(at)),
            None => book.error(entry.value.span, format!("{path} is to be removed, but does not exist"), ""),
        }
        return;
    }
    let Some(at) = old else {
        base.entries.push(entry);
        return;
    };
    let old = &mut base.entries[at];
    match (&mut old.value.kind, entry.value.kind) {
        (Kind::Table(base), Kind::Table(over)) if !base.is_one_value() && !over.is_one_value() => {
            over_table(book, base, over, &path);
            old.value.span = entry.value.span;
        }
        (_, kind) => *old = Entry { value: Value { kind, span: entry.value.span }, ..entry },
    }
}

/// Whether a table says `remove = true`, and nothing else.
fn removed(book: &Book<'_>, table: &Table, path: &str) -> bool {
    let Some(entry) = table.entry("remove") else { return false };
    match entry.value.kind {
        Kind::Flag(true) => {
            if let Some(more) = table.entries.iter().find(|entry| entry.key != "remove" && entry.key != "id") {
                let message = format!("{path} is removed, so {} means nothing", more.key);
                book.error(more.key_span, message, "leave remove = true alone with its id");
            }
            true
        }
        _ => {
            book.error(entry.value.span, format!("{path}.remove must be true"), "leave the key out to keep the table");
            false
        }
    }
}

/// Reports `remove` where there is nothing to remove from.
pub(in crate::scenario) fn nothing_to_remove(book: &Book<'_>, table: &mut Table) {
    for entry in &mut table.entries {
        match &mut entry.value.kind {
            Kind::Table(inner) => sweep(book, inner, entry.key_span),
            Kind::Array(items) => {
                for item in items.iter_mut() {
                    let span = item.span;
                    if let Kind::Table(inner) = &mut item.kind {
                        sweep(book, inner, span);
                    }
                }
            }
            _ => {}
        }
    }
}

fn sweep(book: &Book<'_>, table: &mut Table, _at: crate::scenario::source::Span) {
    if let Some(entry) = table.take("remove") {
        let help = "remove = true drops an entry of the scenario that this one extends";
        book.error(entry.key_span, "there is nothing to remove here", help);
        table.broken = true;
    }
    nothing_to_remove(book, table);
}
