//! When something is open: hours, windows of the clock, intervals since the start, dates.

use super::item::Item;
use super::limits::MOST_WINDOWS;
use crate::model::params::{Departures, LocalStart, OnStation, Schedule, Window};
use crate::scenario::document::{Kind, Value};
use crate::scenario::keys::KeyKind;
use crate::scenario::quantity::{self, CivilDay};
use crate::units::{Duration, SimTime};

const DAY: Duration = Duration::from_days(1);

/// The two ends of a window, as values.
fn ends(value: &Value) -> Option<(&Value, &Value)> {
    match &value.kind {
        Kind::Array(ends) => match &ends[..] {
            [from, to] if ends.iter().all(|end| !matches!(end.kind, Kind::Array(_) | Kind::Table(_))) => Some((from, to)),
            _ => None,
        },
        Kind::Table(table) if table.entries.len() == 2 => Some((table.get("from")?, table.get("to")?)),
        _ => None,
    }
}

impl Item<'_> {
    /// `"24 h"`, or windows of the clock.
    pub(super) fn hours(&self) -> Option<Schedule> {
        if matches!(&self.value.kind, Kind::Text(text) if ["24 h", "24h", "always", "24 hours"].contains(&text.as_str())) {
            return self.noted(Some(Schedule::Always));
        }
        self.noted(self.daily())
    }

    /// Each look at the clock goes through the whole list.
    fn not_too_many(&self, count: usize, what: &str) -> Option<()> {
        if count > MOST_WINDOWS {
            return self.wrong(self.value, format!("it has {count} {what}, but at most {MOST_WINDOWS} are taken"), "");
        }
        Some(())
    }

    fn daily(&self) -> Option<Schedule> {
        let example = "write \"24 h\" or [[\"06:00\", \"22:00\"]]";
        let single = ends(self.value).map(|_| std::slice::from_ref(self.value));
        let Some(windows) = single.or(match &self.value.kind {
            Kind::Array(windows) => Some(&windows[..]),
            _ => None,
        }) else {
            return self.wrong(self.value, "must be hours of opening", example);
        };
        if windows.is_empty() {
            return self.wrong(self.value, "it has no window, so it never opens", example);
        }
        self.not_too_many(windows.len(), "windows")?;
        let mut daily = Vec::new();
        for window in windows {
            let Some((from, to)) = ends(window) else {
                return self.wrong(window, "must be a window from one time of day to another", example);
            };
            daily.push(self.clock_window(window, from, to)?);
        }
        if daily.contains(&None) {
            return Some(Schedule::Always);
        }
        let daily: Vec<Window> = daily.into_iter().flatten().collect();
        let days = self.check.horizon.map_or(0, |horizon| horizon.ticks() / DAY.ticks());
        self.often(days.saturating_mul(daily.len() as u64), "openings");
        Some(Schedule::Daily(daily))
    }

    /// A window of the clock; `Some(None)` where it is the whole day.
    #[expect(clippy::option_option, reason = "wrong, the whole day and a part of it are three things")]
    fn clock_window(&self, window: &Value, from: &Value, to: &Value) -> Option<Option<Window>> {
        let (from, to) = (self.clock_of(from), self.clock_of(to));
        let (mut from, to) = (from?, to?);
        if from.is_zero() && to == DAY {
            return Some(None);
        }
        if from == DAY {
            from = Duration::ZERO;
        }
        if from == to {
            let message = format!("{} opens and closes at the same time of day, so it never opens", self.path);
            self.check.book.error(window.span, message, "write from = \"00:00\", to = \"24:00\" for the whole day");
            return None;
        }
        Some(Some(Window { from, to }))
    }

    /// `{ from, to }` or `"night"`; only the two keys count.
    pub(super) fn departures(&self) -> Option<Departures> {
        let departures = match &self.value.kind {
            Kind::Text(_) => match self.word()? {
                0 => Departures::Night,
                _ => Departures::Open(Schedule::Always),
            },
            Kind::Table(table) => {
                let KeyKind::Window(_, keys) = self.key.kind else { unreachable!("departures are a window") };
                self.reader(table, self.value.span, self.path.clone(), keys);
                let (from, to) = (table.get("from")?, table.get("to")?);
                Departures::Open(self.clock_window(self.value, from, to)?.map_or(Schedule::Always, |window| Schedule::Daily(vec![window])))
            }
            _ => Departures::Open(self.daily()?),
        };
        self.noted(Some(departures))
    }

    /// Times of day, sorted, each once.
    pub(super) fn timetable(&self) -> Option<Departures> {
        let times = self.list()?;
        if times.is_empty() {
            return self.wrong(self.value, "nothing ever starts, because it is empty", "write times of day, as in [\"20:00\", \"22:00\"]");
        }
        self.not_too_many(times.len(), "times")?;
        let mut sorted = Vec::new();
        for value in times {
            let time = self.clock_of(value)?;
            let time = if time == DAY { Duration::ZERO } else { time };
            if sorted.contains(&time) {
                return self.wrong(value, "stands in the timetable twice", "");
            }
            sorted.push(time);
        }
        sorted.sort_unstable();
        self.noted(Some(Departures::Timetable(sorted)))
    }

    /// `"on_demand"`, `"always"`, or windows: of the clock, or since the start.
    pub(super) fn on_station(&self) -> Option<OnStation> {
        if matches!(self.value.kind, Kind::Text(_)) {
            let word = self.word()?;
            return self.noted(Some(if word == 0 { OnStation::OnDemand } else { OnStation::Always }));
        }
        let example = "write [[\"2 h\", \"6 h\"]] since the start, or [[\"18:00\", \"02:00\"]] of the clock";
        let Kind::Array(windows) = &self.value.kind else { return self.not_a(self.value, "\"on_demand\", \"always\" or windows") };
        let is_clock = |value: &Value| matches!(&value.kind, Kind::Text(text) | Kind::Date(text) if text.contains(':'));
        let pairs: Option<Vec<(&Value, &Value)>> = windows.iter().map(ends).collect();
        let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else {
            return self.wrong(self.value, "must be windows, at least one", example);
        };
        let clocks = pairs.iter().flat_map(|(from, to)| [from, to]).filter(|end| is_clock(end)).count();
        if clocks == 2 * pairs.len() {
            let schedule = self.daily()?;
            return self.noted(Some(OnStation::Fixed(schedule)));
        }
        if clocks > 0 {
            return self.wrong(self.value, "mixes times of day with times since the start", example);
        }
        self.not_too_many(pairs.len(), "windows")?;
        let mut elapsed = Vec::new();
        for ((from, to), window) in pairs.into_iter().zip(windows) {
            let (begin, end) = (self.time_of(from)?, self.time_of(to)?);
            if end <= begin {
                return self.wrong(window, "a window ends before it opens", "put the earlier time first");
            }
            if self.check.horizon.is_some_and(|horizon| begin >= horizon) {
                return self.wrong(window, "it opens after the horizon, so it never opens", "");
            }
            elapsed.push(Window { from: begin, to: end });
        }
        elapsed.sort_by_key(|window| (window.from, window.to));
        let mut apart: Vec<Window> = Vec::new();
        for window in elapsed {
            match apart.last_mut() {
                Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
                _ => apart.push(window),
            }
        }
        self.noted(Some(OnStation::Fixed(Schedule::Elapsed(apart))))
    }

    /// The instant of a date; a bare date is its midnight, or with `through` the midnight after it. `None` before the start
    /// gives the start itself together with `false`.
    pub(super) fn instant(&self, through: bool) -> Option<Instant> {
        let (date, time, offset) = self.quantity(self.value, "a date", "2026-01-31", quantity::date_or_time)?;
        let start = self.check.start?;
        if offset.is_some_and(|offset| offset != start.utc_offset_minutes) {
            return self.wrong(self.value, "the scenario's utc_offset is another one", "write local time without an offset");
        }
        let day = CivilDay::new(date.0, date.1, date.2).0 + i64::from(through && time.is_none());
        let ticks = i128::from(day - first_day(start).0) * i128::from(DAY.ticks()) + i128::from(time.unwrap_or_default().ticks())
            - i128::from(start.time_of_day.ticks());
        let clipped = u64::try_from(ticks.max(0)).unwrap_or(u64::MAX);
        self.noted(Some(Instant { at: SimTime::from_ticks(clipped), signed: ticks }))
    }
}

/// An instant that a date names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instant {
    /// The instant; the start where the date lies before it.
    pub(super) at: SimTime,
    /// Ticks since the start, negative before it.
    pub(super) signed: i128,
}

/// The calendar day of the start.
pub(super) fn first_day(start: LocalStart) -> CivilDay {
    CivilDay::new(start.date.0, start.date.1, start.date.2)
}
