//! What a response counts in, by its name.

use super::quantity::{self, Decimal, Wrong};
use crate::units::Duration;

/// What a response counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseUnit {
    Days,
    Hours,
    Kilometres,
    Plain,
}

impl ResponseUnit {
    pub(super) fn of(response: &str) -> Self {
        let name = response.split('.').next().unwrap_or(response);
        let name = name.split('(').next_back().unwrap_or(name);
        if name.starts_with("days_") || name.ends_with("_days") || name.ends_with("_days_lost") {
            Self::Days
        } else if name.ends_with("_hours") {
            Self::Hours
        } else if name.ends_with("_km") {
            Self::Kilometres
        } else {
            Self::Plain
        }
    }

    /// A quantity as text, in this unit. A plain number may carry a word: `"200 people"`.
    pub(super) fn read(self, text: &str) -> Result<f64, Wrong> {
        match self {
            Self::Days => quantity::duration(text).map(|time: Duration| time.hours() / 24.0),
            Self::Hours => quantity::duration(text).map(Duration::hours),
            Self::Kilometres => quantity::distance(text),
            Self::Plain => {
                let (number, word) = text.split_at(text.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(text.len()));
                if !word.is_empty() && (quantity::duration(text).is_ok() || quantity::distance(text).is_ok()) {
                    return Err(Wrong::new(format!("has the unit {word:?}"), "write a number without a unit"));
                }
                let number = Decimal::read(number.trim()).ok_or_else(|| Wrong::new("is no number", "write a number, as in 0.9"))?;
                if number.is_negative() { Err(Wrong::new("must not be negative", "")) } else { Ok(number.real()) }
            }
        }
    }

    /// What it is, for messages.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Days => "in days",
            Self::Hours => "in hours",
            Self::Kilometres => "in kilometres",
            Self::Plain => "a plain number",
        }
    }

    /// The unit behind a number; empty for a plain one.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Days => "d",
            Self::Hours => "h",
            Self::Kilometres => "km",
            Self::Plain => "",
        }
    }

    /// A value, by example.
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Days => "30 d",
            Self::Hours => "500 h",
            Self::Kilometres => "500 km",
            Self::Plain => "0.9",
        }
    }

    /// How far a truth may lie from its estimate, by example.
    pub(super) const fn example_width(self) -> &'static str {
        match self {
            Self::Days => "0.5 d",
            Self::Hours => "2 h",
            Self::Kilometres => "100 km",
            Self::Plain => "5 %",
        }
    }
}
