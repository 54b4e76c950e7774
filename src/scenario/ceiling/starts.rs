//! How often something can start by a time: the earliest starts in windows, one cycle apart.

use crate::model::params::{Departures, Light, LocalStart, Params, Schedule, Window};
use crate::units::{Duration, SimTime, TICKS_PER_HOUR};

/// More starts than this are as good as no limit.
const MANY: usize = 200_000;

/// The earliest starts of one vehicle in the windows of some routes, at least `cycle` hours apart; `None` for no limit.
pub(super) fn greedy(params: &Params, windows: &[&Departures], from: f64, cycle: f64) -> Option<Vec<f64>> {
    let horizon = params.horizon.hours();
    if cycle <= 0.0 || horizon / cycle > MANY as f64 {
        return None;
    }
    let mut starts = Vec::new();
    let mut t = from;
    while t <= horizon {
        let open = windows.iter().map(|window| next_start(params, window, t)).fold(f64::INFINITY, f64::min);
        if open > horizon {
            break;
        }
        starts.push(open);
        t = open + cycle;
    }
    Some(starts)
}

/// The first time from `t` on at which a movement may start, in hours; never later than the truth.
fn next_start(params: &Params, window: &Departures, t: f64) -> f64 {
    // A tick early, so that rounding never skips an opening.
    let at = SimTime::from_ticks((t * TICKS_PER_HOUR as f64) as u64);
    let next = match window {
        Departures::Open(schedule) => schedule.next_open(params.start, at),
        Departures::Night => match params.light {
            Light::Fixed { sunrise, sunset, .. } => Schedule::Daily(vec![Window { from: sunset, to: sunrise }]).next_open(params.start, at),
            Light::Sun { .. } => at,
        },
        Departures::Timetable(times) => times.iter().map(|time| params.start.next_clock(at, *time)).min().unwrap_or(SimTime::NEVER),
    };
    if next == SimTime::NEVER { f64::INFINITY } else { next.elapsed().hours().max(t) }
}

/// Hours within `[from, to)` during which a schedule is open, and `after` each closing, in which what is under way ends.
/// Windows that overlap count twice, which is generous.
pub(super) fn open_hours(schedule: &Schedule, start: LocalStart, from: f64, to: f64, after: f64) -> f64 {
    let overlap = |a: f64, b: f64| (b.min(to) - a.max(from)).max(0.0);
    match schedule {
        Schedule::Always => (to - from).max(0.0),
        Schedule::Elapsed(windows) => windows.iter().map(|window| overlap(window.from.hours(), window.to.hours() + after)).sum(),
        Schedule::Daily(windows) => {
            let offset = start.time_of_day.hours();
            let days = (to / 24.0) as i64 + 2;
            let day = |day: i64| day as f64 * 24.0 - offset;
            let one = |window: &Window, number: i64| {
                let end = if window.from < window.to { window.to } else { window.to + Duration::from_days(1) };
                overlap(day(number) + window.from.hours(), day(number) + end.hours() + after)
            };
            windows
                .iter()
                .flat_map(|window| (-1..=days).map(move |number| (window, number)))
                .map(|(window, number)| one(window, number))
                .sum()
        }
    }
}
