//! Data files: CSV with a header line.

use crate::scenario::problem::{ProblemKind, did_you_mean};
use crate::scenario::source::{Book, Span};

/// A cell and its place.
pub(in crate::scenario) type Cell = (String, Span);

/// The cells of the columns named, row by row. `None` where the file cannot be read or is wrong; then that is a problem already.
pub(in crate::scenario) fn columns(book: &Book<'_>, name: &str, asked: Span, wanted: &[&str]) -> Option<Vec<Vec<Cell>>> {
    let file = match book.find(name) {
        Some(file) => file,
        None => book.read(name, Some(asked), true)?,
    };
    let text = book.text(file).text.clone();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut at: Option<Vec<usize>> = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let start = error.position().map_or(0, |at| at.byte() as usize);
                book.report(ProblemKind::Data, Span { file, start, end: start + 1 }, format!("this is no CSV: {error}"), None);
                return None;
            }
        };
        let mut start = record.position().map_or(0, |at| at.byte() as usize);
        // A blank or a comment line before the record belongs to its position.
        while let Some(line) = text.get(start..).and_then(|rest| rest.split_inclusive('\n').next()) {
            if !line.trim().is_empty() && !line.starts_with('#') {
                break;
            }
            start += line.len();
        }
        let line = text[start..].lines().next().unwrap_or_default();
        let span = Span { file, start, end: start + line.len() };
        let Some(at) = &at else {
            let mut positions = Vec::new();
            for column in wanted {
                let Some(position) = record.iter().position(|cell| cell == *column) else {
                    let near = did_you_mean(column, record.iter());
                    let known = record.iter().collect::<Vec<_>>().join(", ");
                    let help = near.map_or_else(|| format!("columns: {known}"), |near| format!("did you mean {near:?}?"));
                    book.report(ProblemKind::Data, span, format!("{name} has no column {column:?}"), Some(help));
                    return None;
                };
                positions.push(position);
            }
            at = Some(positions);
            continue;
        };
        let mut row = Vec::new();
        for (position, column) in at.iter().zip(wanted) {
            let Some(cell) = record.get(*position) else {
                book.report(ProblemKind::Data, span, format!("this line has no column {column:?}"), None);
                return None;
            };
            let start = line.find(cell).map_or(start, |offset| start + offset);
            row.push((cell.to_owned(), Span { file, start, end: start + cell.len() }));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        let help = format!("give a header line with {} and lines below it", wanted.join(","));
        book.report(ProblemKind::Data, Span { file, start: 0, end: 0 }, format!("{name} has no rows"), Some(help));
        return None;
    }
    Some(rows)
}

/// The cells of one column.
pub(super) fn column(book: &Book<'_>, name: &str, asked: Span, wanted: &str) -> Option<Vec<Cell>> {
    Some(columns(book, name, asked, &[wanted])?.into_iter().flatten().collect())
}
