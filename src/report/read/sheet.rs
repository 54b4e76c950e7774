//! A CSV table by columns and rows, each cell asked for by the name of its column.

use super::Misread;
use crate::report::csv::restored;
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};
use csv::StringRecord;
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
        let wrong = |error: csv::Error| {
            let line = error.position().map(csv::Position::line);
            let what = match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} cells, but there are {expected_len} columns"),
                _ => error.to_string(),
            };
            Misread::new(file, line, what)
        };
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

/// A row of a table.
pub(super) struct Row<'s> {
    file: &'s str,
    heading: &'s [String],
    cells: &'s StringRecord,
}

impl Row<'_> {
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
