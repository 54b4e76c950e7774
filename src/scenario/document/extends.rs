//! `extends`: a scenario that takes others and changes them.

use super::{Kind, Table, merge, parse};
use crate::scenario::source::{Book, Span, folder_of, join};

/// The scenario in the text `name` with everything it extends, or `None` where no tree could be made.
pub(in crate::scenario) fn read(book: &Book<'_>, name: &str) -> Option<Table> {
    let mut open = Vec::new();
    read_one(book, name, None, &mut open)
}

fn read_one(book: &Book<'_>, name: &str, asked: Option<Span>, open: &mut Vec<String>) -> Option<Table> {
    if let Some(at) = open.iter().position(|file| file == name) {
        let circle: Vec<&str> = open[at..].iter().map(String::as_str).chain([name]).collect();
        let span = asked.expect("the first file is asked for by nobody and closes no circle");
        book.error(span, format!("extends goes in a circle: {}", circle.join(" -> ")), "let one of them extend nothing");
        return None;
    }
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
    open.push(name.to_owned());
    let mut merged: Option<Table> = None;
    let mut whole = true;
    for (base, span) in names {
        match (read_one(book, &base, Some(span), open), &mut merged) {
            (None, _) => whole = false,
            (Some(table), None) => merged = Some(table),
            (Some(table), Some(merged)) => merge::roots(book, merged, table),
        }
    }
    open.pop();
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
