//! Local date and time of an instant, as tables and texts show it.
//!
//! The calendar is the proleptic Gregorian one; there is no daylight saving time, the offset of the scenario holds throughout.

use crate::units::{TICKS_PER_DAY, TICKS_PER_SECOND};

/// The local clock of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Year, month 1–12, day 1–31 of the start; `None` where days are only counted, as in what is released: `D+0` is then that of the start.
    pub date: Option<(i32, u8, u8)>,
    /// Ticks since local midnight at the start.
    pub time_of_day: u64,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
}

impl Clock {
    /// Local date and time so many ticks after the start: `2026-01-21T12:00:00`, with a fraction only where there is one.
    #[must_use]
    pub fn local(&self, ticks: u64) -> String {
        let since_midnight = self.time_of_day + ticks;
        let (days, rest) = (since_midnight / TICKS_PER_DAY, since_midnight % TICKS_PER_DAY);
        let (seconds, fraction) = (rest / TICKS_PER_SECOND, rest % TICKS_PER_SECOND);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let date = self.date_after(days as i64);
        let mut text = format!("{date}T{hour:02}:{minute:02}:{second:02}");
        if fraction > 0 {
            text.push_str(format!(".{fraction:06}").trim_end_matches('0'));
        }
        text
    }

    /// The clock whose [`local`](Self::local) shows this text at the start; `None` where it is no date and time.
    #[must_use]
    pub fn starting(text: &str, utc_offset_minutes: i32) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let mut parts = date.rsplitn(3, '-');
        let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
        let parts: Vec<u64> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [hour, minute, second] = parts[..] else { return None };
        let fraction: u64 = format!("{fraction:0<6}").parse().ok()?;
        let ticks = ((hour.checked_mul(60)?.checked_add(minute)?).checked_mul(60)?.checked_add(second)?).checked_mul(TICKS_PER_SECOND)?;
        let clock = Self { date: Some((year, month, day)), time_of_day: ticks.checked_add(fraction)?, utc_offset_minutes };
        (hour < 24 && (1..=12).contains(&month) && (1..=31).contains(&day) && clock.local(0) == text).then_some(clock)
    }

    /// The date of local day `day`; day 1 is the day of the start.
    #[must_use]
    pub fn date_of_day(&self, day: usize) -> String {
        self.date_of(day as i64)
    }

    /// The same, also for days before the start.
    #[must_use]
    pub fn date_of(&self, day: i64) -> String {
        self.date_after(day - 1)
    }

    fn date_after(&self, days: i64) -> String {
        self.date.map_or_else(|| format!("D{days:+}"), |date| iso_date(days_from_civil(date) + days))
    }

    /// The offset as `UTC+3` or `UTC-3:30`; without a date there is no zone either.
    #[must_use]
    pub fn zone(&self) -> String {
        if self.date.is_none() {
            return "local time".into();
        }
        let (sign, minutes) = (if self.utc_offset_minutes < 0 { '-' } else { '+' }, self.utc_offset_minutes.unsigned_abs());
        if minutes.is_multiple_of(60) {
            format!("UTC{sign}{}", minutes / 60)
        } else {
            format!("UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// Days from 1970-01-01 to a date (H. Hinnant, "chrono-compatible low-level date algorithms").
#[must_use]
pub fn days_from_civil((year, month, day): (i32, u8, u8)) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `2026-01-21` for a number of days since 1970-01-01; the inverse of [`days_from_civil`].
#[must_use]
pub fn iso_date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

    const NOON: Clock = Clock { date: Some((2026, 1, 21)), time_of_day: 12 * TICKS_PER_HOUR, utc_offset_minutes: 180 };

    #[test]
    fn an_instant_shows_its_local_date_and_time() {
        assert_eq!(NOON.local(0), "2026-01-21T12:00:00");
        assert_eq!(NOON.local(996 * TICKS_PER_MINUTE), "2026-01-22T04:36:00");
        assert_eq!(NOON.local(500_000), "2026-01-21T12:00:00.5");
        assert_eq!(NOON.zone(), "UTC+3");
    }

    #[test]
    fn a_clock_is_known_by_what_it_shows_at_the_start() {
        for time_of_day in [0, 1, 500_000, 12 * TICKS_PER_HOUR, TICKS_PER_DAY - 1] {
            let clock = Clock { time_of_day, ..NOON };
            assert_eq!(Clock::starting(&clock.local(0), 180), Some(clock));
        }
        for text in ["", "2026-01-21", "2026-02-30T00:00:00", "2026-01-21T24:00:00", "2026-01-21T99999999999999999:00:00", "x-y-zT1:2:3"] {
            assert_eq!(Clock::starting(text, 180), None, "{text}");
        }
    }

    #[test]
    fn day_one_is_the_day_of_the_start_and_leap_years_count() {
        assert_eq!(NOON.date_of_day(1), "2026-01-21");
        assert_eq!(Clock { date: Some((2028, 2, 28)), ..NOON }.date_of_day(2), "2028-02-29");
        assert_eq!(Clock { date: Some((2100, 2, 28)), ..NOON }.date_of_day(2), "2100-03-01");
    }

    #[test]
    fn without_a_date_days_are_counted_from_that_of_the_start() {
        let clock = Clock { date: None, ..NOON };
        assert_eq!([clock.date_of(1), clock.date_of(6), clock.date_of(-1), clock.zone()], ["D+0", "D+5", "D-2", "local time"]);
    }

    #[test]
    fn dates_survive_the_way_there_and_back() {
        for days in (-800_000..800_000).step_by(37) {
            let text = iso_date(days);
            let parts: Vec<&str> = text.rsplitn(3, '-').collect();
            let date = (parts[2].parse().expect("a year"), parts[1].parse().expect("a month"), parts[0].parse().expect("a day"));
            assert_eq!(days_from_civil(date), days, "{text}");
        }
    }
}
