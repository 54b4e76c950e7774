//! `--set K=V`: an override of one dotted path.
//!
//! The path is the table's own word, the id where the table has one, then the keys: `route.road.headway`. An entry of a
//! list is named by its id, leg or crossing: `route.road.path."to border".speed`. `*` in the place of a name means every entry: of
//! `[[...]]` tables each, where a key of theirs is set (`route.*.headway`), otherwise each that has the table or the key already
//! (`route.*.form.at_least`, `route.*.path.*.speed`).

use super::{Entry, Kind, Table, Value, merge, parse};
use crate::scenario::keys;
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::{Book, Span};

/// One piece of a path.
struct Piece {
    word: String,
    span: Span,
}

/// No path of a scenario is longer.
const DEEPEST: usize = 16;

/// Lays the overrides over the tree, in order. Problems are those of a text of this name, with a line for each override.
pub(in crate::scenario) fn apply(book: &Book<'_>, root: &mut Table, name: &str, overrides: &[String]) {
    for (path, value) in written(book, name, overrides) {
        lay(book, root, &path, value);
    }
}

/// The paths that overrides name, each as its words and where it is written.
pub(in crate::scenario) fn paths(book: &Book<'_>, name: &str, overrides: &[String]) -> Vec<(Vec<String>, Span)> {
    let place = |path: &[Piece]| Some(Span { end: path.last()?.span.end, ..path.first()?.span });
    let words = |path: Vec<Piece>| path.into_iter().map(|piece| piece.word).collect();
    written(book, name, overrides).into_iter().filter_map(|(path, _)| place(&path).map(|place| (words(path), place))).collect()
}

/// The overrides as paths and values; those that are none are problems.
fn written(book: &Book<'_>, name: &str, overrides: &[String]) -> Vec<(Vec<Piece>, Value)> {
    if overrides.is_empty() {
        return Vec::new();
    }
    let lines: Vec<String> = overrides.iter().map(|text| text.replace(['\n', '\r'], " ")).collect();
    let file = book.add(name, lines.join("\n"));
    let mut at = 0;
    let mut found = Vec::new();
    for line in &lines {
        found.extend(read(book, line, file, at));
        at += line.len() + 1;
    }
    found
}

fn read(book: &Book<'_>, line: &str, file: u32, at: usize) -> Option<(Vec<Piece>, Value)> {
    let whole = Span { file, start: at, end: at + line.len() };
    let example = "write --set 'route.road.headway=\"30 min\"'";
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start();
        let start = at + line.len() - trimmed.len();
        let (word, length) = match trimmed.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let Some(end) = trimmed[1..].find(quote) else {
                    book.error(whole, format!("{line:?} has a quote that is never closed"), example);
                    return None;
                };
                (trimmed[1..=end].to_owned(), end + 2)
            }
            _ => {
                let end = trimmed.find(['.', '=']).unwrap_or(trimmed.len());
                (trimmed[..end].trim_end().to_owned(), end)
            }
        };
        if word.is_empty() {
            book.error(whole, format!("{line:?} has an empty part in its path"), example);
            return None;
        }
        pieces.push(Piece { span: Span { file, start, end: start + length }, word });
        if pieces.len() > DEEPEST {
            book.error(whole, format!("a path has at most {DEEPEST} parts"), example);
            return None;
        }
        rest = trimmed[length..].trim_start();
        match rest.chars().next() {
            Some('.') => rest = &rest[1..],
            Some('=') => break,
            _ => {
                book.error(whole, format!("{line:?} has no value"), example);
                return None;
            }
        }
    }
    let written = rest[1..].trim();
    let start = at + line.len() - rest[1..].trim_start().len();
    if written.is_empty() {
        book.error(whole, format!("{line:?} has no value"), example);
        return None;
    }
    // A shell takes the quotes away, so what is no TOML value is a text.
    let span = Span { file, start, end: start + written.len() };
    let value = parse::value(written, file, start).unwrap_or_else(|| Value { kind: Kind::Text(written.to_owned()), span });
    Some((pieces, Value { span, ..value }))
}

fn lay(book: &Book<'_>, root: &mut Table, path: &[Piece], value: Value) {
    let Some(table) = keys::TABLES.iter().find(|table| table.name == path[0].word) else {
        let near = did_you_mean(&path[0].word, keys::TABLES.iter().map(|table| table.name));
        let help =
            near.map_or_else(|| "begin with a table's name, as in route.road.headway".to_owned(), |n| format!("did you mean {n:?}?"));
        book.error(path[0].span, format!("there is no table {:?}", path[0].word), help);
        return;
    };
    let needed = if table.many { 3 } else { 2 };
    if path.len() < needed {
        let help = if table.many { format!("write {}.<id>.<key>", table.name) } else { format!("write {}.<key>", table.name) };
        book.error(path[path.len() - 1].span, "this path is too short".to_owned(), help);
        return;
    }
    if !table.many && root.get(table.name).is_none() {
        let kind = Kind::Table(Table::default());
        let span = path[0].span;
        root.entries.push(Entry { key: table.name.to_owned(), key_span: span, value: Value { kind, span } });
    }
    let Some(place) = root.get_mut(table.name) else {
        book.error(path[0].span, format!("the scenario has no [[{}]]", table.name), "");
        return;
    };
    if table.many && path[1].word == "*" && path.len() == 3 {
        if let Kind::Array(items) = &mut place.kind {
            for item in items {
                descend(book, item, &path[2..], value.clone(), &format!("{}.*", table.name));
            }
        }
        return;
    }
    descend(book, place, &path[1..], value, table.name);
}

/// Whether a key belongs to the table under `value`, beside which stand its source, range and note.
fn says_more(table: &Table, key: &str) -> bool {
    !["value", "source", "range", "note"].contains(&key) && table.get("value").and_then(Value::as_table).is_some()
}

/// Goes down the path from `place`; the last piece is a key of a table.
fn descend(book: &Book<'_>, place: &mut Value, path: &[Piece], value: Value, so_far: &str) {
    let (piece, rest) = (&path[0], &path[1..]);
    match &mut place.kind {
        Kind::Table(table) if rest.is_empty() && !says_more(table, &piece.word) => {
            let entry = Entry { key: piece.word.clone(), key_span: piece.span, value };
            let over = Table { entries: vec![entry], broken: false };
            merge::over_table(book, table, over, so_far);
        }
        // A value with its source: what is said of a part of it is said of the value.
        Kind::Table(table) if says_more(table, &piece.word) => {
            let inner = table.get_mut("value").expect("it was found");
            descend(book, inner, path, value, so_far);
        }
        Kind::Table(table) => {
            let path = format!("{so_far}.{}", piece.word);
            if table.get(&piece.word).is_none() {
                let kind = Kind::Table(Table::default());
                let empty = Value { kind, span: piece.span };
                table.entries.push(Entry { key: piece.word.clone(), key_span: piece.span, value: empty });
            }
            let inner = table.get_mut(&piece.word).expect("it was put there if it was missing");
            descend(book, inner, rest, value, &path);
        }
        Kind::Array(items) if piece.word == "*" && !rest.is_empty() => {
            let having = items.iter_mut().filter(|item| item.as_table().is_some_and(|table| table.get(&rest[0].word).is_some()));
            let mut found = false;
            for item in having {
                found = true;
                descend(book, item, rest, value.clone(), &format!("{so_far}.*"));
            }
            if !found {
                book.error(
                    rest[0].span,
                    format!("no entry of {so_far} has the key {:?}", rest[0].word),
                    "name the entry to give it the key",
                );
            }
        }
        Kind::Array(items) => {
            let named = |item: &Value| {
                let table = item.as_table()?;
                ["id", "leg", "crossing", "at"].iter().find_map(|key| table.text(key)).map(str::to_owned)
            };
            let names: Vec<Option<String>> = items.iter().map(named).collect();
            let Some(at) = names.iter().position(|name| name.as_deref() == Some(&piece.word)) else {
                let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
                let near = did_you_mean(&piece.word, known.iter().copied());
                let help = near.map_or_else(|| format!("known: {}", known.join(", ")), |near| format!("did you mean {near:?}?"));
                book.error(piece.span, format!("{so_far} has no entry {:?}", piece.word), help);
                return;
            };
            let path = format!("{so_far}.{}", piece.word);
            if rest.is_empty() {
                book.error(piece.span, format!("{path} is an entry, not a key"), "name a key of it");
            } else {
                descend(book, &mut items[at], rest, value, &path);
            }
        }
        other => {
            let message = format!("{so_far} is {}, and has no key {:?}", other.name(), piece.word);
            book.error(piece.span, message, format!("set {so_far} as a whole"));
        }
    }
}
