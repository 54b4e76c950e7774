//! Where two versions of a file first differ, told in the file's own terms: row and column of a table, key of a document, line of a
//! text, byte of anything else.

use crate::results::{FirstDifference, Rows};
use serde_json::Value;

/// Most characters of a value that are shown.
const SHOWN: usize = 40;

/// The first difference between a file as it was found and as it was made again; `None` where the bytes are the same.
///
/// `rows` picks rows of a table, where no others were made again.
#[must_use]
pub fn first(name: &str, found: &[u8], made: &[u8], rows: Option<&Rows>) -> Option<FirstDifference> {
    if found == made {
        return None;
    }
    if name.ends_with(".csv") {
        match (table(found, rows), table(made, rows)) {
            (Some(found), Some(made)) => match in_tables(&found, &made) {
                // Quotes or line ends; where only some rows were made again, those are the same.
                None if rows.is_some() => return None,
                None => {}
                told => return told,
            },
            (None, _) => return Some(told("the file", Some("no table that can be read".into()), None)),
            (_, None) => {}
        }
    }
    let (found_text, made_text) = (std::str::from_utf8(found).ok(), std::str::from_utf8(made).ok());
    if name.ends_with(".json") {
        match (found_text.map(serde_json::from_str), made_text.map(serde_json::from_str)) {
            (Some(Ok(found)), Some(Ok(made))) => {
                if let Some(told) = in_documents("", &found, &made) {
                    return Some(told);
                }
            }
            (Some(Err(error)), _) => return Some(told(format!("line {}", error.line()), Some("no JSON".into()), None)),
            _ => {}
        }
    }
    Some(match (found_text, made_text) {
        (Some(found), Some(made)) => in_lines(found, made),
        _ => in_bytes(found, made),
    })
}

fn told(place: impl Into<String>, found: Option<String>, made: Option<String>) -> FirstDifference {
    // Long texts are shown from shortly before the first letter in which they differ.
    let from = match (&found, &made) {
        (Some(found), Some(made)) => found.chars().zip(made.chars()).take_while(|(found, made)| found == made).count(),
        _ => 0,
    };
    let shown = |text: String| short(&text, from);
    FirstDifference { place: place.into(), found: found.map(shown), made: made.map(shown) }
}

/// A text short enough to be shown in a line, with the letter `at` in it.
fn short(text: &str, at: usize) -> String {
    let letters = text.chars().count();
    if letters <= SHOWN {
        return text.into();
    }
    let first = if at < SHOWN - 10 { 0 } else { at - 10 };
    let part: String = text.chars().skip(first).take(SHOWN - 6).collect();
    let [before, after] = [first > 0, first + SHOWN - 6 < letters].map(|more| if more { "..." } else { "" });
    format!("{before}{part}{after}")
}

/// A table: its heading, and its rows with their numbers from 1.
struct Table {
    heading: csv::StringRecord,
    rows: Vec<(usize, csv::StringRecord)>,
}

fn table(bytes: &[u8], wanted: Option<&Rows>) -> Option<Table> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let heading = reader.headers().ok()?.clone();
    let column = wanted.and_then(|rows| heading.iter().position(|name| name == rows.column));
    let mut rows = Vec::new();
    for (i, row) in reader.into_records().enumerate() {
        let row = row.ok()?;
        let keep = match (wanted, column) {
            (Some(wanted), Some(column)) => row.get(column).is_some_and(|value| wanted.values.contains(value)),
            _ => true,
        };
        if keep {
            rows.push((i + 1, row));
        }
    }
    Some(Table { heading, rows })
}

fn in_tables(found: &Table, made: &Table) -> Option<FirstDifference> {
    let text = |cell: Option<&str>| cell.map(String::from);
    let columns = found.heading.len().max(made.heading.len());
    if let Some(n) = (0..columns).find(|n| found.heading.get(*n) != made.heading.get(*n)) {
        return Some(told(format!("heading, column {}", n + 1), text(found.heading.get(n)), text(made.heading.get(n))));
    }
    for n in 0..found.rows.len().max(made.rows.len()) {
        let (number, of_found, of_made) = match (found.rows.get(n), made.rows.get(n)) {
            (Some((number, of_found)), Some((_, of_made))) => (number, of_found, of_made),
            (Some((number, row)), None) => return Some(told(format!("row {number}"), Some(joined(row)), None)),
            (None, row) => {
                let last = found.rows.last().map_or(0, |(number, _)| *number);
                return Some(told(format!("after row {last}"), None, row.map(|(_, row)| joined(row))));
            }
        };
        let cells = of_found.len().max(of_made.len());
        if let Some(column) = (0..cells).find(|column| of_found.get(*column) != of_made.get(*column)) {
            let name = found.heading.get(column).map_or_else(|| (column + 1).to_string(), String::from);
            // The first column says which row this is, unless it differs itself.
            let key = found.heading.get(0).zip(of_found.get(0)).filter(|_| column > 0);
            let key = key.map_or_else(String::new, |(heading, value)| format!(" ({heading} {value})"));
            return Some(told(format!("row {number}{key}, column {name}"), text(of_found.get(column)), text(of_made.get(column))));
        }
    }
    None
}

fn joined(row: &csv::StringRecord) -> String {
    row.iter().collect::<Vec<_>>().join(",")
}

fn in_documents(path: &str, found: &Value, made: &Value) -> Option<FirstDifference> {
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (found, made) {
        (Value::Object(of_found), Value::Object(of_made)) => {
            let added = of_made.keys().filter(|key| !of_found.contains_key(*key));
            let mut keys = of_found.keys().chain(added);
            keys.find_map(|key| match (of_found.get(key), of_made.get(key)) {
                (Some(found), Some(made)) => in_documents(&at(key), found, made),
                (found, made) => Some(told(at(key), found.map(Value::to_string), made.map(Value::to_string))),
            })
        }
        (Value::Array(of_found), Value::Array(of_made)) => {
            (0..of_found.len().max(of_made.len())).find_map(|n| match (of_found.get(n), of_made.get(n)) {
                (Some(found), Some(made)) => in_documents(&format!("{path}[{n}]"), found, made),
                (found, made) => Some(told(format!("{path}[{n}]"), found.map(Value::to_string), made.map(Value::to_string))),
            })
        }
        _ if found == made => None,
        _ => Some(told(path, Some(found.to_string()), Some(made.to_string()))),
    }
}

fn in_lines(found: &str, made: &str) -> FirstDifference {
    let (mut of_found, mut of_made) = (found.split('\n'), made.split('\n'));
    let mut number = 1;
    loop {
        match (of_found.next(), of_made.next()) {
            (Some(found), Some(made)) if found == made => number += 1,
            (found, made) => return told(format!("line {number}"), found.map(String::from), made.map(String::from)),
        }
    }
}

fn in_bytes(found: &[u8], made: &[u8]) -> FirstDifference {
    let at = found.iter().zip(made).position(|(found, made)| found != made).unwrap_or(found.len().min(made.len()));
    let byte = |bytes: &[u8]| bytes.get(at).map(|byte| format!("0x{byte:02X}"));
    told(format!("byte {}", at + 1), byte(found), byte(made))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, found and made again, in one line.
    fn line(name: &str, found: &str, made: &str, rows: Option<&Rows>) -> Option<String> {
        let shown = |text: Option<String>| text.unwrap_or_else(|| "nothing".into());
        first(name, found.as_bytes(), made.as_bytes(), rows).map(|one| format!("{}: {} | {}", one.place, shown(one.found), shown(one.made)))
    }

    #[test]
    fn a_table_differs_in_a_row_and_a_column() {
        let table = "replication,days\n0,3.5\n1,4\n";
        assert_eq!(line("a.csv", table, table, None), None);
        let told = |found: &str| line("a.csv", found, table, None).expect("they differ");
        assert_eq!(told("replication,days\n0,3.5\n1,4.5\n"), "row 2 (replication 1), column days: 4.5 | 4");
        assert_eq!(told("replication,days\n7,3.5\n1,4\n"), "row 1, column replication: 7 | 0");
        assert_eq!(told("replication,hours\n0,3.5\n1,4\n"), "heading, column 2: hours | days");
        assert_eq!(told("replication,days\n0,3.5\n"), "after row 1: nothing | 1,4");
        assert_eq!(told("replication,days\n0,3.5\n1,4\n2,9\n"), "row 3: 2,9 | nothing");
        assert_eq!(told("replication,days\r\n0,3.5\r\n1,4\r\n"), "line 1: replication,days\r | replication,days");
    }

    #[test]
    fn of_some_rows_only_those_are_compared_and_they_keep_their_numbers() {
        let rows = Rows { column: "replication", values: ["1".to_owned()].into() };
        let found = "replication,days\n0,9\n1,4\n2,9\n";
        assert_eq!(line("a.csv", found, "replication,days\n1,4\n", Some(&rows)), None);
        let told = line("a.csv", found, "replication,days\n1,5\n", Some(&rows));
        assert_eq!(told.as_deref(), Some("row 2 (replication 1), column days: 4 | 5"));
    }

    #[test]
    fn a_document_differs_at_a_key_a_text_in_a_line_and_a_picture_in_a_byte() {
        let told = |found: &str, made: &str| line("a.json", found, made, None).expect("they differ");
        assert_eq!(told(r#"{"a": {"b": [1, 2]}}"#, r#"{"a": {"b": [1, 3]}}"#), "a.b[1]: 2 | 3");
        assert_eq!(told(r#"{"a": 1, "c": null}"#, r#"{"a": 1}"#), "c: null | nothing");
        assert_eq!(told(r#"{"a":1}"#, r#"{"a": 1}"#), r#"line 1: {"a":1} | {"a": 1}"#);
        let long = |end: &str| format!("{}{end} and so on, and on", "word ".repeat(20));
        assert_eq!(
            line("a.svg", &long("one"), &long("two"), None).as_deref(),
            Some("line 1: ...word word one and so on, and on | ...word word two and so on, and on")
        );
        assert_eq!(line("a.svg", "<svg>\nx\n", "<svg>\ny\n", None).as_deref(), Some("line 2: x | y"));
        let bytes = first("a.png", &[0xFF, 0x01], &[0xFF, 0x02], None).expect("they differ");
        assert_eq!((bytes.place.as_str(), bytes.found.as_deref(), bytes.made.as_deref()), ("byte 2", Some("0x01"), Some("0x02")));
    }
}
