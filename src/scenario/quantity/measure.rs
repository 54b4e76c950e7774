//! Durations, speeds, distances and rates.

use super::{Decimal, Wrong, leading};
use crate::units::{Duration, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

/// Longest duration that can be written: ticks beyond it are no exact floats.
const LONGEST: u64 = 100_000 * TICKS_PER_DAY;

/// Splits `"2 h 30 min"` into numbers and units.
fn pieces(text: &str) -> Result<Vec<(Decimal, &str)>, Wrong> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (number, behind) = numbered(rest)?;
        rest = behind;
        let unit_end = rest.find(|c: char| c.is_numeric() || c.is_whitespace() || matches!(c, '-' | '+' | ',')).unwrap_or(rest.len());
        pieces.push((number, &rest[..unit_end]));
        rest = rest[unit_end..].trim_start();
    }
    if pieces.is_empty() { Err(Wrong::new("", "")) } else { Ok(pieces) }
}

/// One number and its unit.
fn single(text: &str) -> Result<(Decimal, &str), Wrong> {
    numbered(text.trim())
}

/// A number and what follows it. Where there is none, what to write is left to the caller.
fn numbered(text: &str) -> Result<(Decimal, &str), Wrong> {
    let (number, rest) = leading(text);
    let rest = rest.trim_start();
    if !number.contains(char::is_numeric) {
        return Err(Wrong::new("", ""));
    }
    if rest.strip_prefix(['-', '\u{2013}', '\u{2014}']).is_some_and(|to| to.trim_start().starts_with(char::is_numeric)) {
        return Err(Wrong::new("is a range", "write one number, or a distribution such as { dist = \"uniform\", min = ..., max = ... }"));
    }
    Ok((Decimal::read(number)?, rest))
}

/// The problem of a text in which there is no number, or what is wrong with its number.
fn or(what: &str, help: &str) -> impl Fn(Wrong) -> Wrong {
    move |wrong| if wrong.why.is_empty() { Wrong::new(what, help) } else { wrong }
}

fn no_negative(number: Decimal) -> Result<(), Wrong> {
    if number.is_negative() { Err(Wrong::new("must not be negative", "")) } else { Ok(()) }
}

/// A duration: `"45 min"`, `"2 h 30 min"`, `"3 d"`, `"90 s"`.
pub(in crate::scenario) fn duration(text: &str) -> Result<Duration, Wrong> {
    let pieces = pieces(text).map_err(or("is no duration", "write a number with its unit, as in \"45 min\" or \"2 h 30 min\""))?;
    let mut ticks: u64 = 0;
    for (number, unit) in pieces {
        let unit_ticks = match unit {
            "s" | "sec" | "second" | "seconds" => TICKS_PER_SECOND,
            "min" | "minute" | "minutes" => TICKS_PER_MINUTE,
            "h" | "hour" | "hours" => TICKS_PER_HOUR,
            "d" | "day" | "days" => TICKS_PER_DAY,
            "week" | "weeks" => 7 * TICKS_PER_DAY,
            "" => return Err(Wrong::new("has no unit", format!("write the unit, as in \"{} min\" (s, min, h, d)", text.trim()))),
            "m" => return Err(Wrong::new("has the unit \"m\", which is a metre", "write min for minutes")),
            other => return Err(Wrong::new(format!("has the unit {other:?}, which is no unit of time"), "use s, min, h or d")),
        };
        no_negative(number)?;
        let more = number.times(unit_ticks).and_then(|ticks| u64::try_from(ticks).ok()).filter(|more| *more <= LONGEST);
        ticks = more
            .map(|more| ticks + more)
            .filter(|sum| *sum <= LONGEST)
            .ok_or_else(|| Wrong::new("is too long", "durations go up to \"100000 d\""))?;
    }
    Ok(Duration::from_ticks(ticks))
}

/// A speed in km/h.
pub(in crate::scenario) fn speed(text: &str) -> Result<f64, Wrong> {
    let (number, unit) = single(text).map_err(or("is no speed", "write a number with its unit, as in \"60 km/h\""))?;
    no_negative(number)?;
    let factor = match unit {
        "km/h" | "kmh" | "kph" => 1.0,
        "m/s" => 3.6,
        "mph" | "mi/h" => 1.609_344,
        "kn" | "kt" => 1.852,
        "" => return Err(Wrong::new("has no unit", format!("write the unit, as in \"{} km/h\"", text.trim()))),
        other => return Err(Wrong::new(format!("has the unit {other:?}, which is no unit of speed"), "use km/h, m/s, mph or kn")),
    };
    Ok(number.real() * factor)
}

/// A distance in kilometres.
pub(in crate::scenario) fn distance(text: &str) -> Result<f64, Wrong> {
    let (number, unit) = single(text).map_err(or("is no distance", "write a number with its unit, as in \"120 km\""))?;
    no_negative(number)?;
    let factor = match unit {
        "km" => 1.0,
        "m" => 0.001,
        "mi" | "mile" | "miles" => 1.609_344,
        "" => return Err(Wrong::new("has no unit", format!("write the unit, as in \"{} km\"", text.trim()))),
        other => return Err(Wrong::new(format!("has the unit {other:?}, which is no unit of distance"), "use km, m or mi")),
    };
    Ok(number.real() * factor)
}

/// A rate per hour: `"0.003 /h"`, `"0.0003 /site-day"`.
pub(in crate::scenario) fn rate_per_hour(text: &str) -> Result<f64, Wrong> {
    let example = "write a number per time, as in \"0.003 /h\" or \"0.0003 /site-day\"";
    let (number, unit) = single(text).map_err(or("is no rate", example))?;
    no_negative(number)?;
    let Some(per) = unit.strip_prefix('/').or_else(|| unit.strip_prefix("per ")) else {
        return Err(Wrong::new(if unit.is_empty() { "has no unit" } else { "is no rate" }, example));
    };
    let hours = match per.trim() {
        "h" | "hour" | "convoy-h" | "convoy-hour" => 1.0,
        "d" | "day" | "site-day" | "convoy-day" => 24.0,
        other => return Err(Wrong::new(format!("has the unit \"/{other}\", which is none here"), "use /h, /d or /site-day")),
    };
    Ok(number.real() / hours)
}
