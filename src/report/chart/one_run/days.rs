//! Exposed person-hours by operating day and clock hour.

use super::replication::OneRun;
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};

/// More operating days than that are drawn by the week.
const ROWS: usize = 120;

/// An operating day, or a week of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayRow {
    /// First and last operating day.
    pub(super) days: (i64, i64),
    /// Exposed person-ticks in each hour from noon.
    pub(super) hours: [u64; 24],
    /// Exposed person-ticks between sunset and sunrise, and by daylight; together the sum of the hours.
    pub(super) dark: u64,
    pub(super) daylight: u64,
    /// Whether a movement was under way.
    pub(super) moved: bool,
}

impl DayRow {
    pub(super) fn total(&self) -> u64 {
        self.dark + self.daylight
    }

    /// `day 23`, `days 15 to 21`.
    pub(super) fn words(&self) -> String {
        match self.days {
            (first, last) if first == last => format!("day {first}"),
            (first, last) => format!("days {first} to {last}"),
        }
    }
}

/// All operating days of a run, in order; weeks where they are too many to be seen.
pub(super) fn rows(run: &OneRun<'_>) -> Vec<DayRow> {
    let segments = &run.detail.segments;
    let hours = run.detail.hours.last();
    let unfinished = hours.is_some_and(|hour| hour.people[..4].iter().any(|people| *people > 0));
    // Of a run that the horizon ended, the days without movement up to there count too.
    let horizon = hours.filter(|_| unfinished).map(|hour| u64::from(hour.hour) * TICKS_PER_HOUR);
    let end = segments.iter().map(|segment| segment.end).chain(horizon).max().unwrap_or(1);
    // The start may lie before the first noon: that morning has a row only if somebody is exposed then.
    let (first, last) = (run.day(0), run.day(end.saturating_sub(1)));
    let empty = |day| DayRow { days: (day, day), hours: [0; 24], dark: 0, daylight: 0, moved: false };
    let mut rows: Vec<DayRow> = (first..=last).map(empty).collect();
    let place = |day: i64| usize::try_from(day - first).unwrap_or(0);
    for segment in segments.iter().filter(|segment| !segment.motion.is_empty()) {
        let mut from = segment.start;
        while from < segment.end {
            let day = run.day(from);
            let since_noon = (from as i64 - run.noon(day)) as u64;
            let hour = since_noon / TICKS_PER_HOUR;
            let to = segment.end.min(from + (hour + 1) * TICKS_PER_HOUR - since_noon);
            let exposed = u64::from(segment.people) * (to - from);
            if let Some(row) = rows.get_mut(place(day)) {
                row.hours[(hour as usize).min(23)] += exposed;
                *if segment.light == "day" { &mut row.daylight } else { &mut row.dark } += exposed;
            }
            from = to;
        }
    }
    for movement in &run.movements {
        let until = movement.stretches.iter().filter(|stretch| stretch.is_exposed()).map(|stretch| stretch.end).max();
        let arrived = movement.convoy.clear.or(until).unwrap_or(movement.set_out).max(movement.set_out);
        for day in run.day(movement.set_out)..=run.day(arrived) {
            if let Some(row) = rows.get_mut(place(day)) {
                row.moved = true;
            }
        }
    }
    if first < 1 && rows.len() > 1 && !rows[0].moved {
        rows.remove(0);
    }
    if rows.len() > ROWS { rows.chunks(7).map(week).collect() } else { rows }
}

fn week(days: &[DayRow]) -> DayRow {
    let mut week = days[0].clone();
    for day in &days[1..] {
        week.days.1 = day.days.1;
        week.dark += day.dark;
        week.daylight += day.daylight;
        week.moved |= day.moved;
        week.hours.iter_mut().zip(day.hours).for_each(|(sum, hour)| *sum += hour);
    }
    week
}

/// When the sun sets and rises on an operating day, in ticks after its noon; `None` where it does not, or where that is not known.
pub(super) fn sun(run: &OneRun<'_>, nights: &[(u64, u64)], day: i64) -> [Option<i64>; 2] {
    let (noon, next) = (run.noon(day), run.noon(day) + TICKS_PER_DAY as i64);
    // The first night may be cut by the start of the run, the last by its horizon.
    let horizon = run.output.setting.light.last().map_or(0, |row| row.end);
    let within = |at: &u64| (noon..next).contains(&(*at as i64)) && *at > 0 && *at < horizon;
    let sunset = nights.iter().map(|night| night.0).find(within);
    let sunrise = nights.iter().map(|night| night.1).find(within);
    [sunset, sunrise].map(|at| at.map(|ticks| ticks as i64 - noon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Output, sample};

    /// 240 people move from 18:00 to 21:00; then three stretches more, one of them by daylight, one beyond noon.
    fn output() -> Output {
        let mut detail = sample::detail(0);
        let (moving, minutes) = (detail.segments[0].clone(), TICKS_PER_HOUR / 60);
        let more = [(9 * 60 + 30, 10 * 60 + 15, "night"), (20 * 60, 20 * 60 + 30, "day"), (23 * 60 + 45, 24 * 60 + 30, "day")];
        detail.segments.extend(more.map(|(start, end, light)| crate::results::SegmentRow {
            start: start * minutes,
            end: end * minutes,
            light,
            ..moving.clone()
        }));
        let mut info = sample::info(1);
        info.shown = vec![crate::results::Shown { percent: 50, replication: 0 }];
        Output::of(info, sample::setting(), sample::table(1, 0), Vec::new(), vec![detail])
    }

    #[test]
    fn person_hours_fall_into_their_clock_hours_and_none_is_lost() {
        let output = output();
        let run = OneRun::of(&output, 50).expect("a run");
        let rows = rows(&run);
        assert_eq!(rows.iter().map(|row| row.days).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
        let person_hours = |row: &DayRow| row.hours.map(|ticks| ticks as f64 / TICKS_PER_HOUR as f64);
        let mut first = [0.0; 24];
        (first[6], first[7], first[8]) = (240.0, 240.0, 240.0);
        (first[9], first[10], first[20], first[23]) = (120.0, 60.0, 120.0, 60.0);
        assert_eq!(person_hours(&rows[0]), first);
        assert_eq!(person_hours(&rows[1])[0], 120.0);
        for row in &rows {
            assert_eq!(row.hours.iter().sum::<u64>(), row.dark + row.daylight);
        }
        assert_eq!(rows[0].daylight, 180 * TICKS_PER_HOUR);
        assert_eq!(week(&rows), DayRow { days: (1, 2), ..week(&rows) });
        assert_eq!(week(&rows).total(), rows[0].total() + rows[1].total());
    }

    #[test]
    fn the_sun_sets_and_rises_after_noon() {
        let output = output();
        let run = OneRun::of(&output, 50).expect("a run");
        let nights = output.setting.nights(0, u64::MAX);
        let hour = TICKS_PER_HOUR as i64;
        assert_eq!(sun(&run, &nights, 1), [Some(6 * hour), Some(18 * hour)]);
        assert_eq!(sun(&run, &nights, 61), [None, None]);
    }
}
