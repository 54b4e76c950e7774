//! Tables as CSV: comma, point, line feed, one heading line, quotes only where a text needs them.

mod detail;
mod pairs;
mod runs;
mod sensitivity;
mod setting;

pub(super) use detail::motion_column;
pub use detail::{convoys, hours, nodes, segments, trace};
pub use pairs::pairs;
pub use runs::{attribution, daily, failures, left, paths, replications, resources};
pub use sensitivity::sensitivity;
pub use setting::{inputs, light, observed};

use crate::units::TICKS_PER_HOUR;
use std::io::{self, Write};

/// A CSV table under way.
pub(super) struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    /// Begins a table with its heading.
    pub(super) fn new<S: AsRef<str>>(out: W, heading: impl IntoIterator<Item = S>) -> io::Result<Self> {
        let mut table = Self(csv::Writer::from_writer(out));
        for name in heading {
            table.0.write_field(name.as_ref()).map_err(io::Error::from)?;
        }
        table.end()?;
        Ok(table)
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) -> io::Result<&mut Self> {
        self.0.write_field(text).map_err(io::Error::from)?;
        Ok(self)
    }

    /// Adds a whole number.
    pub(super) fn count(&mut self, n: impl Into<u64>) -> io::Result<&mut Self> {
        self.text(&n.into().to_string())
    }

    /// Adds a number, empty where it is unknown.
    pub(super) fn number(&mut self, x: f64) -> io::Result<&mut Self> {
        self.text(&number(x))
    }

    /// Adds an instant as hours since the start, empty where it did not come.
    pub(super) fn hour(&mut self, ticks: impl Into<Option<u64>>) -> io::Result<&mut Self> {
        self.number(ticks.into().map_or(f64::NAN, hours_of))
    }

    /// Ends a row.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.0.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    /// Ends the table.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Ticks as hours.
pub(super) fn hours_of(ticks: u64) -> f64 {
    ticks as f64 / TICKS_PER_HOUR as f64
}

/// A number in the shortest form that reads back to it; empty where it is not finite.
pub(super) fn number(x: f64) -> String {
    match x {
        _ if !x.is_finite() => String::new(),
        0.0 => "0".into(),
        _ => x.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_have_a_point_and_are_empty_when_unknown() {
        let shown: Vec<String> = [996.0 / 1440.0, 1e6, -0.0, 0.1, f64::NAN, f64::INFINITY].map(number).into();
        assert_eq!(shown, ["0.6916666666666667", "1000000", "0", "0.1", "", ""]);
    }
}
