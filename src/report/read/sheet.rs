//! A CSV table by columns and rows, each cell asked for by the name of its column.

use super::Misread;
use crate::report::csv::restored;
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};
use csv::StringRecord;
use std::io::{Read, Seek};
use std::str::FromStr;

/// Simulated time is shorter, in ticks; rounding is exact below it.
const LONGEST: f64 = (1u64 << 48) as f64;

/// A table that was read.
pub(super) struct Sheet<'n> {
    file: &'n str,
    /// Names of the columns.
    pub(super) heading: Vec<String>,
    rows: Vec<StringRecord>,
}

impl<'n> Sheet<'n> {
    /// Reads a table; every row has a cell for every column.
    pub(super) fn of(file: &'n str, text: &str) -> Result<Self, Misread> {
        let wrong = |error: csv::Error| wrong(file, &error);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let heading = reader.headers().map_err(wrong)?.iter().map(|name| restored(name).to_owned()).collect();
        Ok(Self { file, heading, rows: reader.into_records().collect::<Result<_, _>>().map_err(wrong)? })
    }

    /// The rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { file: self.file, heading: &self.heading, cells })
    }

    /// Makes something of every row.
    pub(super) fn each<T>(&self, read: impl Fn(&Row<'_>) -> Result<T, Misread>) -> Result<Vec<T>, Misread> {
        self.rows().map(|row| read(&row)).collect()
    }

    /// Something wrong with the heading.
    pub(super) fn misread(&self, what: impl Into<String>) -> Misread {
        Misread::new(self.file, Some(1), what)
    }
}

/// What is wrong with a table, in words.
fn wrong(file: &str, error: &csv::Error) -> Misread {
    let line = error.position().map(csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} cells, but there are {expected_len} columns"),
        _ => error.to_string(),
    };
    Misread::new(file, line, what)
}

/// A table that is read row by row.
pub(super) struct Stream<R> {
    file: &'static str,
    /// Names of the columns.
    pub(super) heading: Vec<String>,
    reader: csv::Reader<R>,
    /// The row that it stands at, if there is one.
    cells: Option<StringRecord>,
}

impl<R: Read + Seek> Stream<R> {
    /// Begins at the first row.
    pub(super) fn of(file: &'static str, table: R) -> Result<Self, Misread> {
        let mut reader = csv::Reader::from_reader(table);
        let heading = reader.headers().map_err(|error| wrong(file, &error))?.iter().map(String::from).collect();
        let mut stream = Self { file, heading, reader, cells: Some(StringRecord::new()) };
        stream.advance()?;
        Ok(stream)
    }

    /// The row that it stands at; nothing behind the last.
    pub(super) fn row(&self) -> Option<Row<'_>> {
        self.cells.as_ref().map(|cells| Row { file: self.file, heading: &self.heading, cells })
    }

    /// Goes on to the next row.
    pub(super) fn advance(&mut self) -> Result<(), Misread> {
        if let Some(cells) = &mut self.cells
            && !self.reader.read_record(cells).map_err(|error| wrong(self.file, &error))?
        {
            self.cells = None;
        }
        Ok(())
    }

    /// Goes to the row at a position.
    pub(super) fn go_to(&mut self, position: csv::Position) -> Result<(), Misread> {
        self.reader.seek(position).map_err(|error| wrong(self.file, &error))?;
        self.cells = Some(StringRecord::new());
        self.advance()
    }
}

/// A row of a table.
pub(super) struct Row<'s> {
    file: &'s str,
    heading: &'s [String],
    cells: &'s StringRecord,
}

impl Row<'_> {
    /// Where the row begins.
    pub(super) fn position(&self) -> Option<csv::Position> {
        self.cells.position().cloned()
    }

    /// Its number cells behind the first so many, with the names of their columns for complaints.
    pub(super) fn numbers_from(&self, first: usize) -> Result<Vec<f64>, Misread> {
        self.heading.iter().enumerate().skip(first).map(|(position, column)| self.number_at(position, column)).collect()
    }

    /// Something wrong with this row.
    pub(super) fn misread(&self, what: impl Into<String>) -> Misread {
        Misread::new(self.file, self.cells.position().map(csv::Position::line), what)
    }

    fn cell(&self, column: &str) -> Result<&str, Misread> {
        let position = self.heading.iter().position(|name| name == column);
        position.and_then(|position| self.cells.get(position)).ok_or_else(|| self.misread(format!("there is no column {column:?}")))
    }

    /// A text.
    pub(super) fn text(&self, column: &str) -> Result<String, Misread> {
        self.cell(column).map(|cell| restored(cell).into())
    }

    /// A text, `None` where the cell is empty.
    pub(super) fn text_if_any(&self, column: &str) -> Result<Option<String>, Misread> {
        self.cell(column).map(|cell| (!cell.is_empty()).then(|| restored(cell).into()))
    }

    /// One of the words known.
    pub(super) fn word(&self, column: &str, known: &[&[&'static str]]) -> Result<&'static str, Misread> {
        let text = self.cell(column)?;
        let word = known.iter().copied().flatten().find(|word| **word == text).copied();
        word.ok_or_else(|| self.misread(format!("{column} is {text:?}, which this version does not know")))
    }

    /// One of the words known, or nothing.
    pub(super) fn word_if_any(&self, column: &str, known: &[&'static str]) -> Result<&'static str, Misread> {
        self.word(column, &[known, &[""]])
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, column: &str) -> Result<bool, Misread> {
        self.word(column, &[&["true", "false"]]).map(|word| word == "true")
    }

    /// A whole number.
    pub(super) fn count<T: FromStr>(&self, column: &str) -> Result<T, Misread> {
        let text = self.cell(column)?;
        text.parse().map_err(|_| self.misread(format!("{column} is {text:?}, but must be a whole number")))
    }

    /// A number; NaN where the cell is empty.
    pub(super) fn number(&self, column: &str) -> Result<f64, Misread> {
        self.real(column, self.cell(column)?)
    }

    /// The number in a cell by position, with the column's name for complaints.
    pub(super) fn number_at(&self, position: usize, column: &str) -> Result<f64, Misread> {
        self.real(column, self.cells.get(position).unwrap_or_default())
    }

    /// A number of single precision; NaN where the cell is empty.
    pub(super) fn single(&self, column: &str) -> Result<f32, Misread> {
        let text = self.cell(column)?;
        // Straight to single precision: by way of double it could be rounded twice.
        self.real(column, text).map(|_| text.parse().unwrap_or(f32::NAN))
    }

    fn real(&self, column: &str, text: &str) -> Result<f64, Misread> {
        if text.is_empty() {
            return Ok(f64::NAN);
        }
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| self.misread(format!("{column} is {text:?}, but must be a number")))
    }

    /// Days as ticks.
    pub(super) fn days(&self, column: &str) -> Result<u64, Misread> {
        self.instant(column, self.number(column)? * TICKS_PER_DAY as f64)
    }

    /// Hours as ticks.
    pub(super) fn hours(&self, column: &str) -> Result<u64, Misread> {
        self.instant(column, self.number(column)? * TICKS_PER_HOUR as f64)
    }

    /// Hours as ticks, `None` where the cell is empty.
    pub(super) fn hours_if_any(&self, column: &str) -> Result<Option<u64>, Misread> {
        if self.cell(column)?.is_empty() { Ok(None) } else { self.hours(column).map(Some) }
    }

    fn instant(&self, column: &str, ticks: f64) -> Result<u64, Misread> {
        if (0.0..LONGEST).contains(&ticks) {
            Ok(ticks.round() as u64)
        } else {
            Err(self.misread(format!("{column} must be a time from 0 to 8.9 years")))
        }
    }
}
