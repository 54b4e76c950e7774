//! Quantities as text: `"45 min"`, `"60 km/h"`, `"18:00"`, `"2026-01-31"`.
//!
//! Decimals are read exactly and rounded once. Every reader takes the text and says in words what would be right.

mod civil;
mod measure;
mod number;

pub(super) use civil::{CivilDay, clock, date_or_time, utc_offset};
pub(super) use measure::{distance, duration, rate_per_hour, speed};
pub(super) use number::{Decimal, leading, share};

/// What is wrong with a quantity, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Goes on from "… is …, but".
    pub(super) why: String,
    /// An example that is right.
    pub(super) help: String,
}

impl Wrong {
    pub(super) fn new(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { why: why.into(), help: help.into() }
    }
}
