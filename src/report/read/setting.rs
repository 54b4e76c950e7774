//! Tables of what a run was given.

use super::Misread;
use super::sheet::Sheet;
use crate::results::vocabulary::LIGHT;
use crate::results::{InputRow, LightRow, ObservedRow};

/// `light.csv`.
pub(super) fn light(text: &str) -> Result<Vec<LightRow>, Misread> {
    Sheet::of("light.csv", text)?
        .each(|row| Ok(LightRow { start: row.hours("start_h")?, end: row.hours("end_h")?, light: row.word("light", &[LIGHT])? }))
}

/// `observed.csv`.
pub(super) fn observed(text: &str) -> Result<Vec<ObservedRow>, Misread> {
    Sheet::of("observed.csv", text)?.each(|row| {
        Ok(ObservedRow { day: row.count("day")?, value: row.number("value")?, bound: row.text("bound")?, source: row.text("source")? })
    })
}

/// `inputs.csv`.
pub(super) fn inputs(text: &str) -> Result<Vec<InputRow>, Misread> {
    Sheet::of("inputs.csv", text)?.each(|row| {
        Ok(InputRow {
            path: row.text("path")?,
            value: row.text("value")?,
            source: row.text_if_any("source")?,
            range: row.text_if_any("range")?,
            note: row.text_if_any("note")?,
            place: row.text("place")?,
        })
    })
}
