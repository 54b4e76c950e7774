//! Dates, times of day and the offset to UTC, without a calendar library: the proleptic Gregorian calendar.

use super::Wrong;
use crate::units::{Duration, TICKS_PER_MINUTE, TICKS_PER_SECOND};

/// A calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scenario) struct CivilDay(pub(in crate::scenario) i64);

impl CivilDay {
    /// The day of a date; the date must exist.
    ///
    /// Days from civil: H. Hinnant, "chrono-compatible low-level date algorithms".
    pub(in crate::scenario) fn new(year: i32, month: u8, day: u8) -> Self {
        let (month, day) = (i64::from(month), i64::from(day));
        let year = i64::from(year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Exactly `n` digits.
fn digits(text: &str, n: usize) -> Option<u32> {
    (text.len() == n && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A time of day, `"18:00"` to `"24:00"`, with seconds if wanted.
pub(in crate::scenario) fn clock(text: &str) -> Result<Duration, Wrong> {
    let wrong = || Wrong::new("is no time of day", "write hours and minutes, as in \"18:00\"");
    let parts: Vec<&str> = text.trim().split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [h, m] => (h, m, "00"),
        [h, m, s] => (h, m, s),
        _ => return Err(wrong()),
    };
    let hours = digits(hours, 2).or_else(|| digits(hours, 1)).ok_or_else(wrong)?;
    let minutes = digits(minutes, 2).ok_or_else(wrong)?;
    let seconds = digits(seconds, 2).ok_or_else(wrong)?;
    let last = hours == 24 && minutes == 0 && seconds == 0;
    if (hours > 23 && !last) || minutes > 59 || seconds > 59 {
        return Err(Wrong::new("is no time of day", "a day goes from \"00:00\" to \"24:00\""));
    }
    let minutes = u64::from(hours) * 60 + u64::from(minutes);
    Ok(Duration::from_ticks(minutes * TICKS_PER_MINUTE + u64::from(seconds) * TICKS_PER_SECOND))
}

/// Minutes ahead of UTC: `"+03:00"`, `"-04:30"`, `"Z"`.
pub(in crate::scenario) fn utc_offset(text: &str) -> Result<i32, Wrong> {
    let wrong = || Wrong::new("is no offset to UTC", "write hours and minutes with a sign, as in \"+03:00\"");
    let text = text.trim();
    if text == "Z" || text == "z" {
        return Ok(0);
    }
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(wrong()),
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(wrong)?;
    let (hours, minutes) = (digits(hours, 2).ok_or_else(wrong)?, digits(minutes, 2).ok_or_else(wrong)?);
    if hours > 14 || minutes > 59 {
        return Err(wrong());
    }
    Ok(sign * i32::try_from(hours * 60 + minutes).map_err(|_| wrong())?)
}

/// A date, and the time of day where one is written.
pub(in crate::scenario) type Dated = ((i32, u8, u8), Option<Duration>, Option<i32>);

/// `"2026-01-31"`, `"2026-01-31T06:00"`, `"2026-01-31 06:00:00+03:00"`.
pub(in crate::scenario) fn date_or_time(text: &str) -> Result<Dated, Wrong> {
    let wrong = || Wrong::new("is no date", "write \"2026-01-31\" or \"2026-01-31T06:00\"");
    let text = text.trim();
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim())),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else { return Err(wrong()) };
    let year = i32::try_from(digits(year, 4).ok_or_else(wrong)?).map_err(|_| wrong())?;
    let month = digits(month, 2).filter(|m| (1..=12).contains(m)).ok_or_else(wrong)? as u8;
    let day = digits(day, 2).ok_or_else(wrong)? as u8;
    if day == 0 || day > days_in(year, month) {
        let last = days_in(year, month);
        return Err(Wrong::new("is no date", format!("{year:04}-{month:02} has the days 01 to {last}")));
    }
    let Some(time) = time else { return Ok(((year, month, day), None, None)) };
    let (time, offset) = match time.rfind(['+', '-', 'Z', 'z']) {
        Some(at) => (&time[..at], Some(utc_offset(&time[at..])?)),
        None => (time, None),
    };
    Ok(((year, month, day), Some(clock(time)?), offset))
}

#[cfg(test)]
mod tests {
    use super::CivilDay;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(CivilDay::new(1970, 1, 1), CivilDay(0));
        assert_eq!(CivilDay::new(2000, 3, 1), CivilDay(11_017));
        assert_eq!(CivilDay::new(2026, 1, 21), CivilDay(20_474));
    }
}
