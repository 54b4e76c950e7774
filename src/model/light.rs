//! Day, civil twilight and night as a function of time.
//!
//! Sunrise and sunset follow the low-precision solar formulas of the NOAA Global Monitoring Laboratory
//! ("General Solar Position Calculations"): sun's centre 90.833° from the zenith at sunrise and sunset, 96° at civil dawn and dusk.

use std::cell::Cell;

use super::params::{Light, LocalStart};
use crate::units::{Duration, SimTime, TICKS_PER_DAY, TICKS_PER_MINUTE};

/// How light it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daylight {
    /// Between sunrise and sunset.
    Day,
    /// Between civil dawn and sunrise, or sunset and civil dusk.
    Twilight,
    /// Otherwise.
    Night,
}

impl Daylight {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Twilight => "civil twilight",
            Self::Night => "night",
        }
    }
}

/// All changes of light from before the start to after the horizon.
#[derive(Clone, Debug)]
pub struct LightTable {
    /// Each entry holds from its instant to the next one; the first is at the start of the run.
    changes: Vec<(SimTime, Daylight)>,
}

impl LightTable {
    /// The table from the start to a day after the horizon.
    #[must_use]
    pub fn new(light: &Light, start: LocalStart, horizon: Duration) -> Self {
        let days = horizon.ticks() / TICKS_PER_DAY + 3;
        let mut changes = vec![(SimTime::ZERO, Daylight::Night)];
        for day in 0..days {
            let Some(times) = times_of_day(light, start, day) else { continue };
            for (of_day, then) in times {
                let at = day * TICKS_PER_DAY + of_day.ticks();
                let since_start = at.saturating_sub(start.time_of_day.ticks());
                if at <= start.time_of_day.ticks() {
                    changes[0].1 = then;
                } else {
                    changes.push((SimTime::from_ticks(since_start), then));
                }
            }
        }
        changes.dedup_by_key(|c| c.0);
        Self { changes }
    }

    /// The light at `t` and the instant at which it changes next.
    #[must_use]
    pub fn at(&self, t: SimTime) -> (Daylight, SimTime) {
        let next = self.changes.partition_point(|c| c.0 <= t);
        (self.changes[next - 1].1, self.changes.get(next).map_or(SimTime::NEVER, |c| c.0))
    }

    /// The same, looking first where the last question was answered: instants asked for mostly go forward.
    #[must_use]
    pub fn at_near(&self, t: SimTime, hint: &Cell<usize>) -> (Daylight, SimTime) {
        for here in hint.get()..(hint.get() + 3).min(self.changes.len()) {
            let next = self.changes.get(here + 1).map_or(SimTime::NEVER, |c| c.0);
            if self.changes[here].0 <= t && t < next {
                hint.set(here);
                return (self.changes[here].1, next);
            }
        }
        hint.set(self.changes.partition_point(|c| c.0 <= t) - 1);
        self.at(t)
    }

    /// Intervals from sunset to sunrise, as they follow each other.
    #[must_use]
    pub fn nights(&self) -> Vec<(SimTime, SimTime)> {
        let mut nights = Vec::new();
        let mut since = None;
        for &(at, light) in &self.changes {
            match (light, since) {
                (Daylight::Day, Some(from)) => {
                    nights.push((from, at));
                    since = None;
                }
                (Daylight::Day, None) => {}
                (_, None) => since = Some(at),
                (_, Some(_)) => {}
            }
        }
        if let Some(from) = since {
            nights.push((from, SimTime::NEVER));
        }
        nights
    }
}

/// Dawn, sunrise, sunset and dusk of one day after the start's date, as times of day with what begins then.
fn times_of_day(light: &Light, start: LocalStart, day: u64) -> Option<[(Duration, Daylight); 4]> {
    let (dawn, sunrise, sunset, dusk) = match *light {
        Light::Fixed { dawn, sunrise, sunset, dusk } => (dawn, sunrise, sunset, dusk),
        Light::Sun { latitude, longitude } => {
            let (rise, set) = sun(latitude, longitude, start, day, 90.833)?;
            let (dawn, dusk) = sun(latitude, longitude, start, day, 96.0)?;
            (dawn, rise, set, dusk)
        }
    };
    Some([(dawn, Daylight::Twilight), (sunrise, Daylight::Day), (sunset, Daylight::Twilight), (dusk, Daylight::Night)])
}

/// Local times of day at which the sun's centre passes `zenith` degrees, or nothing where it does not that day.
fn sun(latitude: f64, longitude: f64, start: LocalStart, day: u64, zenith: f64) -> Option<(Duration, Duration)> {
    let radians = std::f64::consts::PI / 180.0;
    let (year_length, day_of_year) = calendar_day(start.date, day);
    let gamma = 2.0 * std::f64::consts::PI / f64::from(year_length) * (f64::from(day_of_year) - 1.0);
    let equation_of_time = 229.18
        * (0.000_075 + 0.001_868 * libm::cos(gamma)
            - 0.032_077 * libm::sin(gamma)
            - 0.014_615 * libm::cos(2.0 * gamma)
            - 0.040_849 * libm::sin(2.0 * gamma));
    let declination = 0.006_918 - 0.399_912 * libm::cos(gamma) + 0.070_257 * libm::sin(gamma) - 0.006_758 * libm::cos(2.0 * gamma)
        + 0.000_907 * libm::sin(2.0 * gamma)
        - 0.002_697 * libm::cos(3.0 * gamma)
        + 0.001_48 * libm::sin(3.0 * gamma);
    let lat = latitude * radians;
    let cosine = libm::cos(zenith * radians) / (libm::cos(lat) * libm::cos(declination)) - libm::tan(lat) * libm::tan(declination);
    if !(-1.0..=1.0).contains(&cosine) {
        return None;
    }
    let hour_angle = libm::acos(cosine) / radians;
    let at = |angle: f64| {
        let utc_minutes = 720.0 - 4.0 * (longitude + angle) - equation_of_time;
        let local = utc_minutes + f64::from(start.utc_offset_minutes);
        // Whole minutes: the formula promises no more.
        Duration::from_ticks(libm::round(local.clamp(0.0, 1439.0)) as u64 * TICKS_PER_MINUTE)
    };
    Some((at(hour_angle), at(-hour_angle)))
}

/// Length of the year and day of the year (from 1) so many days after a date.
fn calendar_day(date: (i32, u8, u8), days_after: u64) -> (u32, u32) {
    let length = |year: i32| if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 { 366 } else { 365 };
    let leap = u32::from(length(date.0) == 366);
    let before =
        [0, 31, 59 + leap, 90 + leap, 120 + leap, 151 + leap, 181 + leap, 212 + leap, 243 + leap, 273 + leap, 304 + leap, 334 + leap];
    let mut year = date.0;
    let mut day = u64::from(before[usize::from(date.1.clamp(1, 12)) - 1] + u32::from(date.2)) + days_after;
    while day > u64::from(length(year)) {
        day -= u64::from(length(year));
        year += 1;
    }
    (length(year), day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(t: Duration) -> String {
        let minutes = t.ticks() / TICKS_PER_MINUTE;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    #[test]
    fn the_sun_over_36_5_north_41_east_keeps_the_published_times_within_a_minute() {
        // Planning table, row 47: computed with the same formula for UTC+3.
        let start = LocalStart { date: (2026, 1, 21), time_of_day: Duration::ZERO, utc_offset_minutes: 180 };
        for (day, rise, set) in [(0, "07:24", "17:28"), (11, "07:17", "17:40"), (22, "07:07", "17:52")] {
            let (r, s) = sun(36.5, 41.0, start, day, 90.833).expect("the sun rises");
            for (got, want) in [(r, rise), (s, set)] {
                let want_minutes: i64 = want[..2].parse::<i64>().unwrap() * 60 + want[3..].parse::<i64>().unwrap();
                let off = (got.minutes() as i64 - want_minutes).abs();
                assert!(off <= 1, "day {day}: {} instead of {want}", clock(got));
            }
        }
    }

    #[test]
    fn days_run_over_the_end_of_leap_years() {
        assert_eq!(calendar_day((2024, 12, 31), 0), (366, 366));
        assert_eq!(calendar_day((2024, 12, 31), 1), (365, 1));
        assert_eq!(calendar_day((2026, 1, 21), 0), (365, 21));
    }
}
