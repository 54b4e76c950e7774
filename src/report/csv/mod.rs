//! Tables as CSV: comma, point, line feed, one heading line, quotes only where a text needs them.

mod detail;
mod pairs;
mod runs;
mod sensitivity;
mod setting;

pub(super) use detail::motion_column;
pub use detail::{convoys, hours, nodes, segments, trace};
pub use pairs::pairs;
pub use runs::{attribution, daily, failures, paths, replications, resources, unfinished};
pub use sensitivity::sensitivity;
pub use setting::{inputs, light, observed};

use crate::units::TICKS_PER_HOUR;
use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// A CSV table under way.
pub(super) struct Table<W: Write> {
    writer: csv::Writer<W>,
    /// The number that is being written: tables of a million rows have no room made for each cell.
    digits: String,
}

impl<W: Write> Table<W> {
    /// Begins a table with its heading.
    pub(super) fn new<S: AsRef<str>>(out: W, heading: impl IntoIterator<Item = S>) -> io::Result<Self> {
        let mut table = Self { writer: csv::Writer::from_writer(out), digits: String::new() };
        for name in heading {
            table.text(name.as_ref())?;
        }
        table.end()?;
        Ok(table)
    }

    /// Adds a text. One that a spreadsheet would take for a formula gets an apostrophe in front, which [`restored`] takes away.
    pub(super) fn text(&mut self, text: &str) -> io::Result<&mut Self> {
        self.writer.write_field(&*harmless(text)).map_err(io::Error::from)?;
        Ok(self)
    }

    /// Adds a whole number.
    pub(super) fn count(&mut self, n: impl Into<u64>) -> io::Result<&mut Self> {
        self.shown(n.into())
    }

    /// Adds a number in the shortest form that reads back to it, empty where it is not finite.
    pub(super) fn number(&mut self, x: f64) -> io::Result<&mut Self> {
        match x {
            _ if !x.is_finite() => self.text(""),
            // Also -0.
            0.0 => self.text("0"),
            _ => self.shown(x),
        }
    }

    /// Adds a number of single precision, in its own shortest form.
    pub(super) fn single(&mut self, x: f32) -> io::Result<&mut Self> {
        if x == 0.0 || !x.is_finite() { self.number(x.into()) } else { self.shown(x) }
    }

    /// Adds what something is shown as.
    fn shown(&mut self, what: impl Display) -> io::Result<&mut Self> {
        self.digits.clear();
        write!(self.digits, "{what}").expect("a String takes everything");
        self.writer.write_field(&self.digits).map_err(io::Error::from)?;
        Ok(self)
    }

    /// Adds an instant as hours since the start, empty where it did not come.
    pub(super) fn hour(&mut self, ticks: impl Into<Option<u64>>) -> io::Result<&mut Self> {
        self.number(ticks.into().map_or(f64::NAN, hours_of))
    }

    /// Ends a row.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    /// Ends the table.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether a spreadsheet would compute the text, once apostrophes before it are gone. Numbers are no formulas.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    // A line break or tabulator in front is eaten by some programs, and what follows it computed.
    let first = text.chars().next();
    let begins = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let is_number = || text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) && text.parse::<f64>().is_ok();
    matches!(first, Some('\t' | '\r' | '\n')) || begins && !is_number()
}

/// The text as a cell that no spreadsheet computes.
fn harmless(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that [`Table::text`] wrote.
pub(super) fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

/// Ticks as hours.
pub(super) fn hours_of(ticks: u64) -> f64 {
    ticks as f64 / TICKS_PER_HOUR as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_compute_gets_an_apostrophe_and_reads_back() {
        for text in ["=1+2", "+cmd", "-1+1", "@SUM(A1)", "\t=1", "\rx", "\n=1", " =1", "＝1", "'=1", "''@x", "-", "=HYPERLINK(\"x\"\n,2)"]
        {
            let cell = harmless(text);
            assert_eq!((cell.as_ref(), restored(&cell)), (format!("'{text}").as_str(), text));
        }
        for text in ["", "-1.5", "+3", "1e-3", "a=b", "'quoted'", "'", "it's", "route-1", "− 2"] {
            assert_eq!((harmless(text).as_ref(), restored(text)), (text, text));
        }
    }

    #[test]
    fn numbers_are_short_have_a_point_and_are_empty_when_unknown() {
        let mut text = Vec::new();
        let mut table = Table::new(&mut text, ["a", "b", "c", "d", "e", "f"]).expect("memory");
        for x in [996.0 / 1440.0, 1e6, -0.0, 0.1, f64::NAN, f64::INFINITY] {
            table.number(x).expect("memory");
        }
        table.end().and_then(|()| table.finish()).expect("memory");
        assert_eq!(String::from_utf8_lossy(&text), "a,b,c,d,e,f\n0.6916666666666667,1000000,0,0.1,,\n");
    }
}
