//! `extends`: a scenario that takes others and changes them.

use super::{Kind, Table, merge, parse};
use crate::scenario::source::{Book, Span, folder_of, join};
use std::collections::BTreeMap;

/// Files that extend one another go no deeper.
const DEEPEST: usize = 64;
/// A scenario is made of no more files.
const MOST_FILES: usize = 1_000;

/// What is known while files are read.
#[derive(Default)]
struct Reading {
    /// The files from the first to the one that is read.
    open: Vec<String>,
    /// Every file read so far with all it extends: one that is extended on several ways is read and laid together once.
    read: BTreeMap<String, Option<Table>>,
}

/// The scenario in the text `name` with everything it extends, or `None` where no tree could be made.
pub(in crate::scenario) fn read(book: &Book<'_>, name: &str) -> Option<Table> {
    read_once(book, name, None, &mut Reading::default())
}

fn read_once(book: &Book<'_>, name: &str, asked: Option<Span>, reading: &mut Reading) -> Option<Table> {
    let open = &reading.open;
    if let (Some(at), Some(span)) = (open.iter().position(|file| file == name), asked) {
        let circle: Vec<&str> = open[at..].iter().map(String::as_str).chain([name]).collect();
        book.error(span, format!("extends goes in a circle: {}", circle.join(" -> ")), "let one of them extend nothing");
        return None;
    }
    if let Some(known) = reading.read.get(name) {
        return known.clone();
    }
    if let Some(span) = asked {
        let too_much = if open.len() >= DEEPEST {
            Some(format!("extends goes more than {DEEPEST} files deep: {}", chain(open, name)))
        } else {
            (reading.read.len() + open.len() >= MOST_FILES).then(|| format!("the scenario extends more than {MOST_FILES} files"))
        };
        if let Some(message) = too_much {
            book.error(span, message, "put several of these files together");
            return None;
        }
    }
    let table = read_one(book, name, asked, reading);
    reading.read.insert(name.to_owned(), table.clone());
    table
}

/// The first and the last files on the way to one.
fn chain(open: &[String], name: &str) -> String {
    let first = open.iter().take(3).map(String::as_str);
    let last = open.iter().skip(3.max(open.len().saturating_sub(1))).map(String::as_str);
    first.chain(["..."]).chain(last).chain([name]).collect::<Vec<_>>().join(" -> ")
}

fn read_one(book: &Book<'_>, name: &str, asked: Option<Span>, reading: &mut Reading) -> Option<Table> {
    let file = match book.find(name) {
        Some(file) => file,
        None => book.read(name, asked, false)?,
    };
    let mut own = parse::document(book, file)?;
    if let Some(span) = misplaced(&own) {
        book.error(
            span,
            "extends stands below a [table], so it belongs to that table",
            "put it at the top of the file, above the first [table]",
        );
        return None;
    }
    let Some(entry) = own.take("extends") else {
        merge::nothing_to_remove(book, &mut own);
        return Some(own);
    };
    let mut names = Vec::new();
    let span = entry.value.span;
    let items = match entry.value.kind {
        Kind::Array(items) => items,
        _ => vec![entry.value],
    };
    for item in items {
        match item.kind {
            Kind::Text(base) if !base.trim().is_empty() => names.push((join(folder_of(name), &base), item.span)),
            other => {
                let message = format!("extends is {}, but must be the name of a scenario file, or a list of names", other.name());
                book.error(item.span, message, "write extends = \"base.toml\"");
            }
        }
    }
    if names.is_empty() {
        if !book.has_errors() {
            book.error(span, "extends names no file", "write extends = \"base.toml\", or leave it out");
        }
        return None;
    }
    reading.open.push(name.to_owned());
    let mut merged: Option<Table> = None;
    let mut whole = true;
    for (base, span) in names {
        match (read_once(book, &base, Some(span), reading), &mut merged) {
            (None, _) => whole = false,
            (Some(table), None) => merged = Some(table),
            (Some(table), Some(merged)) => merge::roots(book, merged, table),
        }
    }
    reading.open.pop();
    let mut merged = merged.filter(|_| whole)?;
    merge::roots(book, &mut merged, own);
    Some(merged)
}

/// The place of an `extends` that ended up in a table.
fn misplaced(root: &Table) -> Option<Span> {
    root.entries.iter().find_map(|entry| match &entry.value.kind {
        Kind::Table(table) => table.entry("extends").map(|entry| entry.key_span),
        Kind::Array(items) => items.iter().find_map(|item| item.as_table()?.entry("extends").map(|entry| entry.key_span)),
        _ => None,
    })
}
