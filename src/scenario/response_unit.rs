//! What a response counts in, by its name.

use super::quantity::{self, Decimal, Wrong, leading};
use crate::units::Duration;

/// What a response counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseUnit {
    Days,
    Hours,
    Kilometres,
    /// A part of 1.
    Share,
    Plain,
}

/// Whether a response is a time that is reached in complete runs only: its bounds ask about the time up to the horizon.
pub(super) fn is_time_to_reach(response: &str) -> bool {
    response.starts_with("days_to_")
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
        } else if name.contains("_share") || name.starts_with("share_") || name == "utilisation" {
            Self::Share
        } else {
            Self::Plain
        }
    }

    /// A quantity as text, in this unit. A plain number may carry a word: `"200 people"`.
    pub(super) fn read(self, text: &str) -> Result<f64, Wrong> {
        match self {
            Self::Days => quantity::duration(text).map(Duration::days),
            Self::Hours => quantity::duration(text).map(Duration::hours),
            Self::Kilometres => quantity::distance(text),
            Self::Share => not_negative(quantity::share(text)?),
            Self::Plain => {
                let (number, word) = leading(text.trim());
                let word = word.trim();
                if word.starts_with('%') || !word.is_empty() && (quantity::duration(text).is_ok() || quantity::distance(text).is_ok()) {
                    return Err(Wrong::new(format!("has the unit {word:?}"), "write a number without a unit"));
                }
                if number.is_empty() || !(word.is_empty() || word.starts_with(char::is_alphabetic)) {
                    return Err(Wrong::new("is no number", "write a number, as in 12 or 0.9"));
                }
                not_negative(Decimal::read(number)?)
            }
        }
    }

    /// What it is, for messages.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Days => "in days",
            Self::Hours => "in hours",
            Self::Kilometres => "in kilometres",
            Self::Share => "a share",
            Self::Plain => "a plain number",
        }
    }

    /// The unit behind a number; empty for a plain one.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Days => "d",
            Self::Hours => "h",
            Self::Kilometres => "km",
            Self::Share | Self::Plain => "",
        }
    }

    /// A value, by example.
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Days => "30 d",
            Self::Hours => "500 h",
            Self::Kilometres => "500 km",
            Self::Share | Self::Plain => "0.9",
        }
    }

    /// How far a truth may lie from its estimate, by example.
    pub(super) const fn example_width(self) -> &'static str {
        match self {
            Self::Days => "0.5 d",
            Self::Hours => "2 h",
            Self::Kilometres => "100 km",
            Self::Share | Self::Plain => "5 %",
        }
    }
}

fn not_negative(number: Decimal) -> Result<f64, Wrong> {
    if number.is_negative() { Err(Wrong::new("must not be negative", "")) } else { Ok(number.real()) }
}
