//! Tables of what a run was given: light, public counts, inputs.

use super::Table;
use crate::results::{Clock, InputRow, LightRow, ObservedRow};
use std::io::{self, Write};

/// `light.csv`: one row a stretch of day, civil twilight or night, from the start to the horizon without gaps.
///
/// # Errors
///
/// Those of the writer.
pub fn light(rows: &[LightRow], clock: &Clock, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["light", "start", "end", "start_h", "end_h"])?;
    for row in rows {
        csv.text(row.light)?.text(&clock.local(row.start))?.text(&clock.local(row.end))?.hour(row.start)?.hour(row.end)?.end()?;
    }
    csv.finish()
}

/// `observed.csv`: one row a public count, which holds for the end of its local day.
///
/// # Errors
///
/// Those of the writer.
pub fn observed(rows: &[ObservedRow], clock: &Clock, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["as_of", "day", "value", "bound", "source"])?;
    for row in rows {
        csv.text(&clock.date_of(row.day))?.text(&row.day.to_string())?.number(row.value)?.text(&row.bound)?.text(&row.source)?.end()?;
    }
    csv.finish()
}

/// `inputs.csv`: one row an input with what is known about it; an empty source makes it an assumption.
///
/// # Errors
///
/// Those of the writer.
pub fn inputs(rows: &[InputRow], out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["path", "value", "source", "range", "note", "place"])?;
    for row in rows {
        csv.text(&row.path)?.text(&row.value)?;
        for text in [&row.source, &row.range, &row.note] {
            csv.text(text.as_deref().unwrap_or_default())?;
        }
        csv.text(&row.place)?.end()?;
    }
    csv.finish()
}
