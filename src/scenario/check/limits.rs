//! Limits that keep a run finite and its memory bounded: counts, intervals, and how much of anything there may be in all.
//!
//! A value beyond a limit is an error with its place, never a run that ends in an abort.

use super::Check;
use super::item::Item;
use crate::model::params::VaryingDuration;
use crate::scenario::document::Kind;
use crate::scenario::problem::ProblemKind;
use crate::units::{Duration, Kilometres, TICKS_PER_SECOND};

/// People, beds, places and seats.
pub(super) const MOST: i128 = 10_000_000;
/// Lanes: each of them is remembered.
const MOST_LANES: i128 = 2_000_000;
/// Vehicles of a fleet or pool: each of them is a process at times.
const MOST_VEHICLES: i128 = 100_000;
/// Places for vehicles that are looked through one by one.
const MOST_SPOTS: i128 = 10_000;
/// Vehicles of all fleets together: some 300 MB where each of them is a movement of its own, before anything has happened.
const MOST_VEHICLES_IN_ALL: u64 = 100_000;
/// Entries of a table: positions have 16 bits.
const MOST_ENTRIES: usize = 65_535;
/// Entries of the calendar: each change looks through all of them.
const MOST_DATED: usize = 10_000;
/// Windows or times of one list.
pub(super) const MOST_WINDOWS: usize = 1_440;
/// The shortest interval in which something comes again and again.
const SHORTEST: Duration = Duration::from_ticks(TICKS_PER_SECOND);
/// An interval below this is probably not meant.
const SHORT: Duration = Duration::from_minutes(1);
/// Closures of one crossing in a run: half as many as the model draws at most, so that no run uses them all up.
const MOST_CLOSURES: u64 = 50_000;
/// Openings and closings of one place in a run that take long.
const MANY_TIMES: u64 = 10_000;
/// The shortest mean distance between breakdowns.
const SHORTEST_DISTANCE: f64 = 0.001;
/// The smallest chance that something tried again and again succeeds.
const SMALLEST_CHANCE: f64 = 0.001;

/// Characters of an id, of a leg's name or of a class: each line of a trace repeats them.
pub(in crate::scenario) const LONGEST_NAME: usize = 100;

/// What to do about a name that is too long.
pub(in crate::scenario) const SHORTER: &str = "give a shorter one; a label or a note may be longer";

/// What is wrong with a name that is too long.
pub(in crate::scenario) fn too_long(name: &str) -> Option<String> {
    let length = name.chars().count();
    (length > LONGEST_NAME).then(|| format!("has {length} characters, but may have at most {LONGEST_NAME}"))
}

/// The most that may be counted under a key.
pub(super) fn most(key: &str) -> i128 {
    match key {
        "lanes" | "lanes_per_bay" => MOST_LANES,
        "count" | "aircraft" => MOST_VEHICLES,
        "bays" | "parking" | "orbits" => MOST_SPOTS,
        _ => MOST,
    }
}

impl Item<'_> {
    /// An interval in which something comes again and again.
    pub(super) fn interval(&self) -> Option<Duration> {
        let time = self.time_above_zero()?;
        self.interval_at_least(time, SHORTEST, "1 s")
    }

    /// The same of at least a minute, where a list has a place for each.
    pub(super) fn slot(&self) -> Option<Duration> {
        let time = self.time_above_zero()?;
        self.interval_at_least(time, SHORT, "1 min")
    }

    /// The same, that may vary.
    pub(super) fn interval_varies(&self) -> Option<VaryingDuration> {
        let time = self.time_varies_above_zero()?;
        self.interval_at_least(time.mean(), SHORTEST, "1 s").map(|_| time)
    }

    fn interval_at_least(&self, time: Duration, least: Duration, words: &str) -> Option<Duration> {
        if time < least {
            let but =
                if self.is_distribution() { format!("its mean must be at least {words}") } else { format!("must be at least {words}") };
            return self.wrong(self.value, but, "a run would take for ever over so short an interval");
        }
        if time < SHORT {
            let message = format!("{} is {}, which is less than a minute", self.path, self.shown(self.value));
            let help = "a run takes long over so short an interval; check the unit";
            self.check.book.report(ProblemKind::Note, self.value.span, message, Some(help.to_owned()));
        }
        Some(time)
    }

    /// Closures that come once in so long a time on the mean.
    pub(super) fn closures(&self, once_in: Duration) -> Option<()> {
        let times = self.check.horizon.map_or(0, |horizon| horizon.ticks() / once_in.ticks().max(1));
        if times > MOST_CLOSURES {
            let message = format!("{} comes to some {times} closures within the horizon, but at most {MOST_CLOSURES} are taken", self.path);
            self.check.book.error(self.value.span, message, "check the units of every and length, or give a shorter horizon");
            return None;
        }
        self.often(times, "closures");
        Some(())
    }

    /// Notes on something that opens or closes a place very often within the horizon.
    pub(super) fn often(&self, times: u64, what: &str) {
        if times > MANY_TIMES {
            let message = format!("{} comes to some {times} {what} within the horizon", self.path);
            let help = "a run looks at each of them and takes long";
            self.check.book.report(ProblemKind::Note, self.value.span, message, Some(help.to_owned()));
        }
    }

    /// A mean distance between breakdowns.
    pub(super) fn mean_distance(&self) -> Option<Kilometres> {
        let distance = self.distance()?;
        if distance.0 < SHORTEST_DISTANCE {
            return self.wrong(self.value, "must be at least 1 m", "a vehicle would break down without end; check the unit");
        }
        Some(distance)
    }

    /// The chance of what is tried again and again until it succeeds.
    pub(super) fn chance_of_success(&self) -> Option<f64> {
        let share = self.share(true, false)?;
        if share < SMALLEST_CHANCE {
            return self.wrong(self.value, format!("must be at least {SMALLEST_CHANCE}"), "it would be tried without end");
        }
        Some(share)
    }

    /// The share of what is tried again and again that fails.
    pub(super) fn share_that_fails(&self) -> Option<f64> {
        let share = self.share(false, true)?;
        if share > 1.0 - SMALLEST_CHANCE {
            return self.wrong(self.value, format!("must be at most {}", 1.0 - SMALLEST_CHANCE), "people would be searched without end");
        }
        Some(share)
    }
}

/// How much there is in all.
pub(super) fn totals(check: &Check<'_>) {
    for table in crate::scenario::keys::TABLES.iter().filter(|table| table.many) {
        let entries = check.tables(table.name);
        let most = if table.name == "calendar" { MOST_DATED } else { MOST_ENTRIES };
        if let Some(first) = entries.get(most) {
            let message = format!("there are {} [[{}]] entries, but at most {most} are taken", entries.len(), table.name);
            check.book.error(first.span, message, "leave out what the question does not need");
        }
    }
    let vehicles = ["buses", "escorts", "aircraft"].into_iter().flat_map(|table| check.tables(table));
    in_all(check, vehicles, "count", MOST_VEHICLES_IN_ALL, "vehicles");
    in_all(check, check.tables("site").iter(), "detainees", MOST as u64, "people");
}

/// The sum of a key over some tables.
fn in_all<'v>(check: &Check<'_>, tables: impl Iterator<Item = &'v crate::scenario::document::Value>, key: &str, most: u64, what: &str) {
    let mut sum = 0_u64;
    for value in tables.filter_map(|table| table.as_table()?.get(key)) {
        let before = sum;
        sum = sum.saturating_add(counted(&value.kind));
        if before <= most && sum > most {
            check.book.error(
                value.span,
                format!("with these there are more than {most} {what} in all"),
                format!("at most {most} are taken"),
            );
        }
    }
}

/// The number that a value or the values of its table come to; what is no number was reported where it was read.
fn counted(kind: &Kind) -> u64 {
    match kind {
        Kind::Integer(text) | Kind::Text(text) => {
            let digits: String = text.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '_').filter(|c| *c != '_').collect();
            digits.parse().unwrap_or(0)
        }
        Kind::Table(table) => {
            let values = table.entries.iter().filter(|entry| !["source", "note", "range"].contains(&entry.key.as_str()));
            values.map(|entry| counted(&entry.value.kind)).fold(0, u64::saturating_add)
        }
        _ => 0,
    }
}
