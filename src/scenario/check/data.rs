//! Data files: CSV with a header line.

use super::cells::{self, Located};
use crate::scenario::problem::{ProblemKind, did_you_mean};
use crate::scenario::source::{Book, Span};

/// A cell and its place.
pub(in crate::scenario) type Cell = (String, Span);

/// What may stand between cells elsewhere.
const SEPARATORS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

/// The cells of the columns named, row by row. `None` where the file cannot be read or is wrong; then that is a problem already.
///
/// Every row must have a cell for every column of the header, also for those that are not asked for: a row of another length has its cells
/// in the wrong columns.
pub(in crate::scenario) fn columns(book: &Book<'_>, name: &str, asked: Span, wanted: &[&str]) -> Option<Vec<Vec<Cell>>> {
    let file = match book.find(name) {
        Some(file) => file,
        None => book.read(name, Some(asked), true)?,
    };
    let text = book.text(file).text.clone();
    let records = match cells::records(&text) {
        Ok(records) => records,
        Err(wrong) => {
            let span = Span { file, start: wrong.at.start, end: wrong.at.end };
            book.report(ProblemKind::Data, span, wrong.why.to_owned(), Some(wrong.help.to_owned()));
            return None;
        }
    };
    let mut records = records.into_iter();
    let nothing = || {
        let help = format!("give a header line with {} and lines below it", wanted.join(","));
        book.report(ProblemKind::Data, Span { file, start: 0, end: 0 }, format!("{name} has no rows"), Some(help));
    };
    let Some(header) = records.next() else {
        nothing();
        return None;
    };
    let sheet = Sheet { book, file, name };
    let at = sheet.header(&header, wanted)?;
    let mut rows = Vec::new();
    let mut fine = true;
    for record in records {
        if record.len() == header.len() {
            rows.push(at.iter().map(|at| sheet.cell(&record[*at])).collect());
        } else {
            sheet.other_length(&record, header.len());
            fine = false;
        }
    }
    if rows.is_empty() && fine {
        nothing();
    }
    (fine && !rows.is_empty()).then_some(rows)
}

/// The file that is read, for problems in it.
struct Sheet<'b> {
    book: &'b Book<'b>,
    file: u32,
    name: &'b str,
}

impl Sheet<'_> {
    fn cell(&self, (cell, at): &Located) -> Cell {
        (cell.clone(), Span { file: self.file, start: at.start, end: at.end })
    }

    fn wrong(&self, at: &Located, message: String, help: impl Into<String>) {
        self.book.report(ProblemKind::Data, self.cell(at).1, message, Some(help.into()));
    }

    /// The positions of the columns wanted.
    fn header(&self, header: &[Located], wanted: &[&str]) -> Option<Vec<usize>> {
        let find = |column: &str| header.iter().position(|(cell, _)| cell == column);
        if let [only] = header
            && wanted.iter().any(|column| find(column).is_none())
            && let Some((separator, called)) = SEPARATORS.iter().find(|(separator, _)| only.0.contains(*separator))
        {
            let message = format!("{} uses {called} ({separator:?}) between its cells, but must use commas", self.name);
            self.wrong(only, message, "save it as CSV with commas between cells and a decimal point in numbers");
            return None;
        }
        let mut fine = true;
        for (at, cell) in header.iter().enumerate() {
            if cell.0.trim().is_empty() {
                let last = at + 1 == header.len();
                let help = if last { "leave out the comma at the end of each line, or name the column" } else { "name every column" };
                self.wrong(cell, format!("column {} of {} has no name", at + 1, self.name), help);
                fine = false;
            } else if header[..at].iter().any(|before| before.0 == cell.0) {
                self.wrong(cell, format!("{} has two columns {:?}", self.name, cell.0), "give each column its own name");
                fine = false;
            }
        }
        let mut positions = Vec::new();
        for column in wanted {
            let Some(position) = find(column) else {
                let known = || header.iter().map(|(cell, _)| cell.as_str());
                let help = did_you_mean(column, known()).map_or_else(
                    || format!("columns: {}", known().collect::<Vec<_>>().join(", ")),
                    |near| format!("did you mean {near:?}?"),
                );
                let (first, last) = (header.first()?, header.last()?);
                let span = Span { file: self.file, start: first.1.start, end: last.1.end };
                self.book.report(ProblemKind::Data, span, format!("{} has no column {column:?}", self.name), Some(help));
                return None;
            };
            positions.push(position);
        }
        fine.then_some(positions)
    }

    /// Says that a row has more or fewer cells than there are columns.
    fn other_length(&self, record: &[Located], columns: usize) {
        let Some(last) = record.last() else { return };
        let first_too_many = record.get(columns);
        let (cells, named) = (counted(record.len(), "cell"), counted(columns, "column"));
        let help = match first_too_many {
            Some(_) => "write one cell a column: a decimal point in numbers, and quotes around a cell that holds a comma",
            None => "write one cell a column; a cell that is not known may be left empty between commas",
        };
        self.wrong(first_too_many.unwrap_or(last), format!("this line has {cells}, but the header names {named}"), help);
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The cells of one column.
pub(super) fn column(book: &Book<'_>, name: &str, asked: Span, wanted: &str) -> Option<Vec<Cell>> {
    Some(columns(book, name, asked, &[wanted])?.into_iter().flatten().collect())
}
