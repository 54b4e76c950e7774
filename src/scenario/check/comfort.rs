//! Whether the halts of a route keep to `welfare.comfort_stop.every`: a plan by mean times, before anything runs.
//!
//! The plan is one convoy of mean size that meets nobody: legs at their mean speeds, scheduled halts as the simulation takes them, and
//! each crossing for its mean service and paperwork. Queues, hand-overs, drivers' pauses and the time aboard inside a wall are left out: a
//! run with mean times mostly has a longer stretch than this, and a shorter one only where the calendar adds lanes.

use super::Check;
use super::reader::{Reader, TableWide};
use crate::model::params::{Crossing, Halts, LandRoute, LegSpeed, Mode, Params, PathPart, PlannedPart};
use crate::scenario::problem::ProblemKind;
use crate::units::{Duration, TICKS_PER_MINUTE};

/// Length of a halt in a proposal where the scenario states none, and the step by which proposals grow more frequent.
const QUARTER: Duration = Duration::from_minutes(15);

/// Proposals tried, by the quarter of an hour: two days' worth.
const MOST_TRIED: usize = 192;

/// Time on the road from the start, or from the end of a comfort halt, to the next one or to the destination. The longer is the greater.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    time: Duration,
    /// Part of it at crossings.
    at_crossings: Duration,
}

/// Notes each land route that by mean times has people on the road for longer than `every` without a comfort halt.
pub(super) fn notes(check: &Check<'_>, params: &Params, every: Duration) {
    let at_least = params.welfare.comfort_at_least;
    for (at, route) in params.routes.iter().enumerate() {
        let Mode::Land(land) = &route.mode else { continue };
        let longest = longest_stretch(land, land.halts, &params.crossings, at_least);
        if longest.time <= every {
            continue;
        }
        let Some((table, span, path)) = check.again("route", at) else { continue };
        let r = Reader::places(check, table, path, span, &TableWide::default());
        let key = if r.has("halts") { "halts" } else { "id" };
        let crossings =
            if longest.at_crossings.is_zero() { String::new() } else { format!(" ({} at crossings)", written(longest.at_crossings)) };
        let message = format!(
            "{} goes {} by mean times{crossings} without a comfort halt, but welfare.comfort_stop.every is {}",
            r.path,
            written(longest.time),
            written(every)
        );
        check.book.report(ProblemKind::Note, r.span_of(key), message, Some(proposal(land, params, every)));
    }
}

/// The longest stretch of a route with these halts.
fn longest_stretch(land: &LandRoute, halts: Option<Halts>, crossings: &[Crossing], at_least: Duration) -> Stretch {
    let [mut stretch, mut longest] = [Stretch::default(); 2];
    let mut moved = Duration::ZERO;
    for part in land.planned_path() {
        let drive = match part {
            PlannedPart::Drive(time) => time,
            PlannedPart::Crossing(crossing) => {
                let time = through(&crossings[crossing], land);
                stretch.time += time;
                stretch.at_crossings += time;
                continue;
            }
        };
        // The first halt of the leg, if one is due before its end: one due exactly there is taken as the next leg begins.
        let halt = halts.map(|halt| (halt, halt.every.saturating_sub(moved))).filter(|(_, until)| *until < drive);
        if let Some((halt, until)) = halt {
            let rest = drive - until;
            let more = (rest.ticks() - 1) / halt.every.ticks();
            moved = rest - halt.every * more;
            if halt.comfort && halt.length >= at_least {
                stretch.time += until;
                longest = longest.max(stretch).max(Stretch { time: halt.every * more.min(1), ..Stretch::default() });
                stretch = Stretch { time: moved, ..Stretch::default() };
            } else {
                stretch.time += drive + halt.length * (more + 1);
            }
        } else {
            stretch.time += drive;
            moved += drive;
        }
    }
    longest.max(stretch)
}

/// The time from the first bus in a lane until the convoy goes on, with free lanes.
fn through(crossing: &Crossing, land: &LandRoute) -> Duration {
    let turns = (land.per_convoy.mean() as u64).div_ceil(u64::from(crossing.lanes));
    crossing.service.mean() * turns + crossing.paperwork.mean()
}

/// What would keep to `every`.
fn proposal(land: &LandRoute, params: &Params, every: Duration) -> String {
    let at_least = params.welfare.comfort_at_least;
    let marches = |part: &PathPart| matches!(part, PathPart::Leg(leg) if matches!(leg.speed, LegSpeed::RateOfMarch(_)));
    let length = land.halts.map_or(at_least, |halts| halts.length.max(at_least));
    let length = if length.is_zero() { QUARTER } else { length };
    let kept = |halts: &Halts| longest_stretch(land, Some(*halts), &params.crossings, at_least).time <= every;
    // As often as the route halts now, else as `every` says, else by the quarter of an hour below: whatever keeps to it first.
    let quarters = (1..=every.ticks() / QUARTER.ticks()).rev().map(|quarters| QUARTER * quarters).take(MOST_TRIED);
    let tried = land.halts.map(|halts| halts.every).into_iter().chain([every]).chain(quarters);
    let whole = tried.filter(|every| every.ticks() % TICKS_PER_MINUTE == 0);
    let Some(halts) = whole.map(|every| Halts { every, length, comfort: true }).find(kept) else {
        let alone = land.path.iter().any(|part| matches!(part, PathPart::Crossing(at) if through(&params.crossings[*at], land) > every));
        return if alone { "a crossing alone takes longer than that" } else { "more frequent halts would keep to it" }.to_owned();
    };
    let halts = format!("halts = {{ every = \"{}\", length = \"{}\", comfort = true }}", written(halts.every), written(halts.length));
    if land.path.iter().any(marches) {
        format!("its rate_of_march counts as one stretch: write speed instead, and {halts}")
    } else {
        format!("write {halts}")
    }
}

/// A duration as a scenario has it, to the minute above.
fn written(time: Duration) -> String {
    let minutes = time.ticks().div_ceil(TICKS_PER_MINUTE);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
