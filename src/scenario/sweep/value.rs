//! Values of factors as numbers and as text.

use crate::scenario::change;
use crate::scenario::document::{Kind, Value, parse, write};
use crate::scenario::quantity::{self, Decimal, Wrong};
use crate::scenario::source::Span;

/// A value as a number with its unit, where it is one: `4`, `"30 min"`.
pub(super) fn number(value: &Value) -> Option<(f64, String)> {
    match &value.kind {
        Kind::Integer(text) | Kind::Float(text) => text.replace('_', "").parse().ok().map(|number| (number, String::new())),
        Kind::Text(text) => {
            let (number, unit) = quantity::leading(text.trim());
            let (number, unit) = (Decimal::read(number).ok()?.real(), unit.trim());
            let is_unit = unit.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '%');
            (is_unit && !unit.contains(|c: char| c.is_whitespace() || c.is_numeric() || c == '_')).then(|| (number, unit.to_owned()))
        }
        _ => None,
    }
}

/// What is wrong with the number that a value begins with, where it has a comma that does not separate thousands.
pub(super) fn with_comma(value: &Value) -> Option<Wrong> {
    let Kind::Text(text) = &value.kind else { return None };
    let (number, _) = quantity::leading(text.trim());
    if number.contains(',') { Decimal::read(number).err() } else { None }
}

/// What a cell of a list says, as a value: a number, anything else that TOML can say, or a text.
pub(super) fn of_cell(cell: &str, span: Span) -> Value {
    let kind = match Decimal::read(cell) {
        Ok(number) if number.whole().is_some() => Kind::Integer(number.text()),
        Ok(number) => Kind::Float(number.text()),
        Err(_) => parse::value(cell, span.file, span.start).map_or_else(|| Kind::Text(cell.to_owned()), |value| value.kind),
    };
    Value { kind, span }
}

/// What a value is called: a text without its quotes, anything else as TOML writes it.
pub(super) fn name(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => text.clone(),
        _ => write::value(value, &[]),
    }
}

/// A number as a label.
pub(super) fn label(number: f64, unit: &str) -> String {
    if unit.is_empty() { format!("{number}") } else { format!("{number} {unit}") }
}

/// A number as TOML.
pub(super) fn written(number: f64, unit: &str, whole: bool) -> String {
    match (unit, whole) {
        ("", true) => format!("{}", number as i64),
        ("", false) => format!("{number:?}"),
        _ => format!("\"{number} {unit}\""),
    }
}

/// The value of the base times a number; as it is where the number is 1.
pub(super) fn multiplied(path: &str, base: &str, number: f64) -> String {
    change::times(path, base, number).unwrap_or_else(|| base.to_owned())
}

/// Rounded to six significant digits, so that a point can be written down and set again by hand.
pub(super) fn six_digits(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_in_six_digits() {
        assert_eq!(six_digits(41.230_512_9), 41.2305);
        assert_eq!(six_digits(0.000_123_456_78), 0.000_123_457);
        assert_eq!(six_digits(0.0), 0.0);
    }

    #[test]
    fn values_are_written_as_toml() {
        assert_eq!(written(3.0, "", true), "3");
        assert_eq!(written(3.0, "", false), "3.0");
        assert_eq!(written(40.5, "km/h", false), "\"40.5 km/h\"");
    }
}
