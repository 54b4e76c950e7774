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
        let before_start = i64::try_from(start.time_of_day.ticks()).expect("a time of day is short");
        // A day before and a day after: a dusk may fall behind midnight.
        let mut edges: Vec<(i64, Daylight)> = (0..days + 2)
            .flat_map(|day| {
                let midnight = (i64::try_from(day).expect("few days") - 1) * TICKS_PER_DAY.cast_signed() - before_start;
                changes_of_day(light, start, day).into_iter().map(move |(of_day, then)| (midnight + of_day, then))
            })
            .collect();
        edges.sort_by_key(|edge| edge.0);
        let mut changes = vec![(SimTime::ZERO, Daylight::Night)];
        for (at, then) in edges {
            match u64::try_from(at) {
                Ok(at) if at > 0 => changes.push((SimTime::from_ticks(at), then)),
                _ => changes[0].1 = then,
            }
        }
        changes.dedup_by(|later, earlier| later.1 == earlier.1);
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
        if let Some([here, next, ..]) = self.changes.get(hint.get()..)
            && here.0 <= t
        {
            if t < next.0 {
                return (here.1, next.0);
            }
            if let Some([here, next, ..]) = self.changes.get(hint.get() + 1..)
                && t < next.0
            {
                hint.set(hint.get() + 1);
                return (here.1, next.0);
            }
        }
        hint.set(self.changes.partition_point(|c| c.0 <= t) - 1);
        self.at(t)
    }

    /// Every stretch of the same light from the start to an instant, half-open, without gaps.
    pub fn stretches(&self, until: SimTime) -> impl Iterator<Item = (SimTime, SimTime, Daylight)> + '_ {
        let ends = self.changes.iter().skip(1).map(|change| change.0).chain([SimTime::NEVER]);
        self.changes
            .iter()
            .zip(ends)
            .map(move |(&(start, light), end)| (start, end.min(until), light))
            .filter(|(start, end, _)| start < end)
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

/// What begins when on the day before the start's date (`day` 0), on that date (1) and so on: ticks since that day's local midnight.
fn changes_of_day(light: &Light, start: LocalStart, day: u64) -> Vec<(i64, Daylight)> {
    use Daylight::{Day, Night, Twilight};
    match *light {
        Light::Fixed { dawn, sunrise, sunset, dusk } => [(dawn, Twilight), (sunrise, Day), (sunset, Twilight), (dusk, Night)]
            .map(|(at, then)| (at.ticks().cast_signed(), then))
            .to_vec(),
        Light::Sun { latitude, longitude } => {
            let above = |zenith: f64| sun(latitude, longitude, start, day, zenith);
            match (above(90.833), above(96.0)) {
                (Sun::Crosses(rise, set), Sun::Crosses(dawn, dusk)) => {
                    vec![(dawn, Twilight), (rise, Day), (set, Twilight), (dusk, Night)]
                }
                // It never gets darker than twilight.
                (Sun::Crosses(rise, set), _) => vec![(rise, Day), (set, Twilight)],
                (Sun::Above, _) => vec![(0, Day)],
                (Sun::Below, Sun::Crosses(dawn, dusk)) => vec![(dawn, Twilight), (dusk, Night)],
                (Sun::Below, Sun::Above) => vec![(0, Twilight)],
                (Sun::Below, Sun::Below) => vec![(0, Night)],
            }
        }
    }
}

/// The sun against a zenith distance on one day.
enum Sun {
    /// Above it from the first to the second time: ticks since local midnight, which may lie outside the day.
    Crosses(i64, i64),
    /// All day above it.
    Above,
    /// All day below it.
    Below,
}

/// When the sun's centre passes `zenith` degrees on a day, counted as in [`changes_of_day`].
fn sun(latitude: f64, longitude: f64, start: LocalStart, day: u64, zenith: f64) -> Sun {
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
    if cosine < -1.0 {
        return Sun::Above;
    }
    if cosine > 1.0 {
        return Sun::Below;
    }
    let hour_angle = libm::acos(cosine) / radians;
    let at = |angle: f64| {
        let local = 720.0 - 4.0 * (longitude + angle) - equation_of_time + f64::from(start.utc_offset_minutes);
        // Whole minutes: the formula promises no more.
        libm::round(local) as i64 * TICKS_PER_MINUTE.cast_signed()
    };
    Sun::Crosses(at(hour_angle), at(-hour_angle))
}

/// Length of the year and day of the year (from 1) so many days after the eve of a date.
fn calendar_day(date: (i32, u8, u8), days_after: u64) -> (u32, u32) {
    let length = |year: i32| if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 { 366 } else { 365 };
    let leap = u32::from(length(date.0) == 366);
    let before =
        [0, 31, 59 + leap, 90 + leap, 120 + leap, 151 + leap, 181 + leap, 212 + leap, 243 + leap, 273 + leap, 304 + leap, 334 + leap];
    let mut year = date.0;
    // The eve of 1 January counts as day 0 of the new year: the sun knows no new year.
    let mut day = u64::from(before[usize::from(date.1.clamp(1, 12)) - 1] + u32::from(date.2)) + days_after - 1;
    while day > u64::from(length(year)) {
        day -= u64::from(length(year));
        year += 1;
    }
    (length(year), day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(clock: &str) -> i64 {
        clock[..2].parse::<i64>().unwrap() * 60 + clock[3..].parse::<i64>().unwrap()
    }

    #[test]
    fn the_sun_over_36_5_north_41_east_keeps_the_published_times_within_a_minute() {
        // Planning table, row 47: computed with the same formula for UTC+3.
        let start = LocalStart { date: (2026, 1, 21), time_of_day: Duration::ZERO, utc_offset_minutes: 180 };
        for (day, rise, set) in [(1, "07:24", "17:28"), (12, "07:17", "17:40"), (23, "07:07", "17:52")] {
            let Sun::Crosses(r, s) = sun(36.5, 41.0, start, day, 90.833) else { panic!("the sun rises and sets") };
            for (got, want) in [(r, rise), (s, set)] {
                let off = (got / TICKS_PER_MINUTE.cast_signed() - minutes(want)).abs();
                assert!(off <= 1, "day {day}: {got} ticks instead of {want}");
            }
        }
    }

    #[test]
    fn a_midsummer_night_at_64_north_is_twilight_and_its_day_is_day() {
        let start = LocalStart { date: (2026, 6, 21), time_of_day: Duration::ZERO, utc_offset_minutes: 60 };
        let table = LightTable::new(&Light::Sun { latitude: 64.0, longitude: 15.0 }, start, Duration::from_days(2));
        let light_at = |hour: u64| table.at(SimTime::ZERO + Duration::from_hours(hour)).0;
        assert_eq!(light_at(12), Daylight::Day);
        assert_eq!(light_at(24), Daylight::Twilight);
        assert_eq!(light_at(36), Daylight::Day);
    }

    #[test]
    fn days_run_over_the_end_of_leap_years() {
        assert_eq!(calendar_day((2024, 12, 31), 1), (366, 366));
        assert_eq!(calendar_day((2024, 12, 31), 2), (365, 1));
        assert_eq!(calendar_day((2026, 1, 21), 1), (365, 21));
    }
}
