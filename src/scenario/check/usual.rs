//! Usual ranges of inputs: a note where a value lies far outside, since a slip of unit or digit is likelier than so odd a plan.
//!
//! The ranges are wide on purpose, about ten times off what is common. They judge nothing: the value is run as it is written.

use super::Check;
use crate::model::params::{Departures, Mode, Params, PathPart};
use crate::scenario::change;
use crate::scenario::document::{Kind, Value};
use crate::scenario::keys::KeyKind;
use crate::scenario::problem::ProblemKind;
use crate::scenario::quantity;
use crate::scenario::source::Span;
use crate::units::{Duration, TICKS_PER_HOUR};

/// A value that was read, with what its key may hold and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) path: String,
    pub(super) kind: KeyKind,
    pub(super) value: Value,
    pub(super) span: Span,
}

/// The usual range of a value: its key, with `*` for any id or leg; lowest and highest as one would write them; the reason or source.
struct Usual(&'static str, &'static str, &'static str, &'static str);

/// Every usual range. A duration, share or rate of 0 means that there is none, and is never noted.
const USUAL: &[Usual] = &[
    // Roads and routes.
    Usual("route.*.path.*.speed", "5 km/h", "110 km/h", "a walking pace to a motorway; convoys march at 20 to 80 km/h (ATP 4-16)"),
    Usual("route.*.path.*.rate_of_march", "5 km/h", "90 km/h", "a rate of march contains halts, so it is below the speed"),
    Usual("route.*.return_speed", "5 km/h", "120 km/h", "empty buses drive alone, little faster than a convoy"),
    Usual("route.*.path.*.distance", "0.1 km", "3000 km", "a leg within one region"),
    Usual("route.*.return_time", "5 min", "7 d", "the way back of one trip"),
    Usual("route.*.headway", "1 min", "2 d", "convoys of a route follow each other within minutes to hours"),
    Usual("route.*.flight", "5 min", "16 h", "a short hop to the longest flights of transport aircraft"),
    Usual("route.*.distance", "5 km", "15000 km", "a short hop to the longest flights of transport aircraft"),
    Usual("route.*.halts.every", "15 min", "12 h", "march columns halt every 1 to 3 hours (ATP 4-16)"),
    Usual("route.*.halts.length", "1 min", "8 h", "short halts take minutes, a meal an hour"),
    Usual("route.*.buses.per_convoy", "1", "100", "a march unit has at most some tens of vehicles"),
    Usual("route.*.escorts.per_convoy", "1", "100", "a march unit has at most some tens of vehicles"),
    Usual("route.*.escorts.wait_at_most", "1 min", "7 d", "a loaded convoy waits for hours, not weeks"),
    Usual("route.*.form.wait_at_most", "1 min", "14 d", "a dispatcher fills up a convoy for hours or days"),
    // Vehicles.
    Usual("buses.*.seats", "1", "100", "a van has 8 seats, a double-decker coach about 85"),
    Usual("buses.*.fill", "0.1", "1", "a vehicle with people in it is seldom nine tenths empty"),
    Usual("buses.*.count", "1", "5000", "the largest national evacuations used some thousands of buses"),
    Usual("buses.*.breakdown.mean_distance", "300 km", "1000000 km", "military trucks 5,000 to 10,000 km, new coaches 100,000 km and more"),
    Usual("buses.*.breakdown.repair", "1 min", "14 d", "a repair on the spot, or the wait for another vehicle"),
    Usual("buses.*.inspection", "1 min", "2 d", "a look round the vehicle, cleaning, fuel"),
    Usual("buses.*.driver.max_driving", "1 h", "16 h", "daily driving is limited to 9 to 11 h (EU 561/2006, 49 CFR 395)"),
    Usual("buses.*.driver.rest", "1 h", "3 d", "daily rest is 8 to 11 h (EU 561/2006, 49 CFR 395)"),
    Usual("buses.*.driver.break.after", "30 min", "12 h", "a break is due after 4.5 to 8 h (EU 561/2006, 49 CFR 395)"),
    Usual("buses.*.driver.break.length", "5 min", "8 h", "a break takes 30 to 45 min (EU 561/2006, 49 CFR 395)"),
    Usual("escorts.*.breakdown.mean_distance", "300 km", "1000000 km", "military vehicles break down every 2,000 to 20,000 km"),
    Usual("escorts.*.breakdown.repair", "1 min", "14 d", "a repair on the spot, or the wait for another vehicle"),
    Usual("escorts.*.rest.after", "1 h", "7 d", "crews serve for some hours to some days"),
    Usual("escorts.*.rest.length", "30 min", "7 d", "crews rest for a night"),
    Usual("aircraft.*.seats", "1", "600", "a light helicopter to the largest airliner"),
    Usual("aircraft.*.fill", "0.1", "1", "a vehicle with people in it is seldom nine tenths empty"),
    Usual("aircraft.*.count", "0", "500", "no air bridge had more aircraft on one fleet"),
    Usual("aircraft.*.onload", "1 min", "8 h", "minutes for a helicopter, an hour or two for a transport aircraft"),
    Usual("aircraft.*.offload", "1 min", "8 h", "minutes for a helicopter, an hour or two for a transport aircraft"),
    Usual("aircraft.*.mission_capable", "0.2", "1", "fleets are 50 to 90 % mission capable"),
    Usual("aircraft.*.repair", "10 min", "30 d", "a repair between two sorties"),
    Usual("aircraft.*.duty", "2 h", "36 h", "crew duty is 12 to 18 h, augmented 24 h"),
    Usual("aircraft.*.rest", "1 h", "4 d", "crew rest is 10 to 12 h"),
    Usual("air_cover.*.endurance", "15 min", "48 h", "a helicopter stays up 2 to 3 h, a large uncrewed aircraft more than a day"),
    Usual("air_cover.*.transit", "1 min", "12 h", "the way to the orbit is a part of the endurance"),
    Usual("air_cover.*.ground", "1 min", "4 d", "turn-round takes minutes to a day"),
    Usual("air_cover.*.mission_capable", "0.2", "1", "fleets are 50 to 90 % mission capable"),
    // Places.
    Usual("site.*.boarding.per_person", "2 s", "1 h", "search and boarding take 10 s to some minutes per person"),
    Usual("site.*.boarding.search", "2 s", "1 h", "a search takes 10 s to some minutes per person"),
    Usual("site.*.boarding.aboard", "1 s", "15 min", "passengers step aboard at 2 to 5 s each, restrained ones in a minute"),
    Usual("site.*.boarding.manifest", "5 s", "12 h", "paperwork of one bus"),
    Usual("site.*.unfit.share", "0", "0.6", "most people called can travel"),
    Usual("site.*.unfit.back_after", "10 min", "60 d", "unfit people are seen again after hours or days"),
    Usual("site.*.breakout.hazard", "0 /site-day", "0.2 /site-day", "a breakout every week would be a lost site"),
    Usual("hub.*.boarding.per_person", "2 s", "1 h", "search and boarding take 10 s to some minutes per person"),
    Usual("hub.*.boarding.search", "2 s", "1 h", "a search takes 10 s to some minutes per person"),
    Usual("hub.*.boarding.aboard", "1 s", "15 min", "passengers step aboard at 2 to 5 s each, restrained ones in a minute"),
    Usual("hub.*.boarding.manifest", "5 s", "12 h", "paperwork of one bus"),
    Usual("hub.*.arrival.per_person", "1 s", "15 min", "people get off a bus in seconds to a minute each"),
    Usual("facility.*.intake.per_person", "2 s", "4 h", "registration takes 1 to 30 min per person and lane"),
    Usual("*.*.airfield.transfer", "1 min", "12 h", "the way between a perimeter and its airfield"),
    // Borders.
    Usual("crossing.*.lanes", "1", "100", "the busiest land borders have some tens of lanes"),
    Usual("crossing.*.service", "10 s", "12 h", "a bus takes 1 min to 2 h at a border"),
    Usual("crossing.*.service_empty", "5 s", "12 h", "an empty bus takes no longer than a full one"),
    Usual("crossing.*.paperwork", "10 s", "2 d", "papers of one convoy"),
    Usual("crossing.*.closure.every", "1 h", "10000 d", "unplanned closures are days to months apart"),
    Usual("crossing.*.closure.length", "1 min", "90 d", "unplanned closures last minutes to weeks"),
    // Surroundings.
    Usual("weather.slot", "1 h", "7 d", "weather persists for hours to days"),
    Usual("weather.air.bad_share", "0", "0.8", "with worse weather nobody plans flights"),
    Usual("weather.land.bad_share", "0", "0.8", "with worse weather nobody plans convoys"),
    Usual("incidents.rate", "0 /h", "1 /h", "more than one incident per convoy-hour is a battle, not a transfer"),
    Usual("incidents.delay", "1 min", "7 d", "an incident delays a convoy by minutes to a day"),
    Usual("incidents.turn_back", "0", "0.9", "most convoys continue after an incident"),
    Usual("incidents.halted", "0", "50", "a multiplier of the rate"),
    Usual("incidents.uncovered", "0", "50", "a multiplier of the rate"),
    Usual("incidents.daylight", "0", "50", "a multiplier of the rate"),
    Usual("incidents.under_escorted", "0", "50", "a multiplier of the rate"),
    Usual("welfare.max_aboard", "30 min", "3 d", "limits on time aboard are 4 to 24 h"),
    Usual("calendar.*.speed_factor", "0.1", "3", "bad roads halve the speed"),
    Usual("calendar.*.cap_factor", "0", "10", "a cap is changed, not replaced"),
    Usual("scenario.horizon", "1 h", "1000 d", "an operation of hours to a year or two"),
];

/// Years in which an operation is likely to start.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Driving one way that crews without a stated rule would hardly do in one go: two crews of 9 h each.
const MOST_DRIVING: Duration = Duration::from_hours(18);
/// Ground speeds of aircraft over a whole flight, km/h.
const FLIGHT_SPEED: (f64, f64) = (80.0, 1_000.0);

/// Notes on values far outside their usual ranges.
pub(super) fn notes(check: &Check<'_>, params: &Params) {
    let written = check.written.borrow();
    let mut noted: Vec<Span> = Vec::new();
    for one in written.iter() {
        let pieces = change::pieces(&one.path);
        let Some(usual) = USUAL.iter().find(|usual| matches(usual.0, &pieces)) else { continue };
        let Some((figure, written)) = figure(one) else { continue };
        let bound = |text: &str| bound(text, one.kind);
        let (Some(low), Some(high)) = (bound(usual.1), bound(usual.2)) else { continue };
        // A value that entries share through `like` is noted once.
        if figure == 0.0 || (low..=high).contains(&figure) || noted.contains(&one.span) {
            continue;
        }
        noted.push(one.span);
        let side = if figure < low { format!("below the usual {}", usual.1) } else { format!("above the usual {}", usual.2) };
        let rate = rate(&pieces, figure);
        let message = format!("{} is {written}{rate}, {side}", one.path);
        let help = format!("usual is {} to {}: {}; check unit and digits", usual.1, usual.2, usual.3);
        check.book.report(ProblemKind::Note, one.span, message, Some(help));
    }
    drop(written);
    start(check, params);
    driving(check, params);
    flights(check, params);
    timetables(check, params);
}

/// Whether a pattern names a path.
fn matches(pattern: &str, pieces: &[String]) -> bool {
    let mut words = pattern.split('.');
    pieces.iter().all(|piece| words.next().is_some_and(|word| word == "*" || word == piece)) && words.next().is_none()
}

/// The figure by which a value is judged, and how it is written.
fn figure(one: &Written) -> Option<(f64, String)> {
    match &one.value.kind {
        Kind::Table(table) => {
            let figure = change::typical(table, one.kind).or_else(|| {
                let Kind::Array(values) = &table.get("values")?.kind else { return None };
                let values: Option<Vec<f64>> = values.iter().map(|value| change::measure(value, one.kind)).collect();
                values.filter(|values| !values.is_empty()).map(|values| values.iter().sum::<f64>() / values.len() as f64)
            })?;
            Some((figure, format!("about {}", worded(figure, one.kind)?)))
        }
        _ => Some((change::measure(&one.value, one.kind)?, crate::scenario::document::write::value(&one.value, &[]))),
    }
}

/// An end of a usual range in the unit of a kind.
fn bound(text: &str, kind: KeyKind) -> Option<f64> {
    match kind {
        KeyKind::Time | KeyKind::TimeVaries => quantity::duration(text).ok().map(|time| time.ticks() as f64),
        KeyKind::SpeedVaries => quantity::speed(text).ok(),
        KeyKind::Distance => quantity::distance(text).ok(),
        KeyKind::Rate | KeyKind::RateVaries => quantity::rate_per_hour(text).ok(),
        _ => text.parse().ok(),
    }
}

/// A figure in the unit of its kind, in words.
fn worded(figure: f64, kind: KeyKind) -> Option<String> {
    Some(match kind {
        KeyKind::Time | KeyKind::TimeVaries => Duration::round_ticks(figure).to_string(),
        KeyKind::SpeedVaries => format!("{figure:.1} km/h"),
        KeyKind::RateVaries => format!("{figure:.4} /h"),
        KeyKind::Sizes(_) => format!("{figure:.1}"),
        _ => return None,
    })
}

/// The people per hour and lane that a time per person comes to.
fn rate(pieces: &[String], figure: f64) -> String {
    let each = ["per_person", "search", "aboard"];
    match pieces.last() {
        Some(last) if each.contains(&last.as_str()) && figure > 0.0 => {
            format!(" ({} people per hour and lane)", (TICKS_PER_HOUR as f64 / figure).round())
        }
        _ => String::new(),
    }
}

/// The year of the start.
fn start(check: &Check<'_>, params: &Params) {
    let year = params.start.date.0;
    if YEARS.contains(&year) {
        return;
    }
    let Some(value) = check.root.get("scenario").and_then(Value::as_table).and_then(|table| table.get("start")) else { return };
    let message = format!("scenario.start is in the year {year}, outside the usual {} to {}", YEARS.start(), YEARS.end());
    check.book.report(ProblemKind::Note, value.span, message, Some("check the date: it sets the light".to_owned()));
}

/// Driving times that a route implies where no rule limits them.
fn driving(check: &Check<'_>, params: &Params) {
    for (at, route) in params.routes.iter().enumerate() {
        let Mode::Land(land) = &route.mode else { continue };
        let fleet = &params.buses[land.fleet];
        let legs = land.path.iter().filter_map(|part| match part {
            PathPart::Leg(leg) => Some(leg.distance.at(leg.speed.distribution().mean())),
            PathPart::Crossing(_) => None,
        });
        let driving: Duration = legs.sum();
        if fleet.driver.is_some() || driving <= MOST_DRIVING {
            continue;
        }
        let Some((table, span, path)) = check.again("route", at) else { continue };
        let span = table.get("path").map_or(span, |value| value.span);
        let message = format!("{path} takes {:.0} h of driving one way, and the drivers of {:?} have no limit", driving.hours(), fleet.id);
        let help = "state a driver rule: crews drive 9 h a day (EU 561/2006), two of them 18 h";
        check.book.report(ProblemKind::Note, span, message, Some(help.to_owned()));
    }
}

/// Ground speeds that a flight and its distance imply.
fn flights(check: &Check<'_>, params: &Params) {
    for (at, route) in params.routes.iter().enumerate() {
        let Mode::Air(air) = &route.mode else { continue };
        let (Some(distance), hours) = (air.distance, air.flight.mean().hours()) else { continue };
        let speed = distance.0 / hours;
        if (FLIGHT_SPEED.0..=FLIGHT_SPEED.1).contains(&speed) {
            continue;
        }
        let Some((table, span, path)) = check.again("route", at) else { continue };
        let span = table.get("flight").map_or(span, |value| value.span);
        let message = format!("{path} flies {} km in {hours:.2} h, which is {speed:.0} km/h", distance.0);
        let help = format!("usual is {} to {} km/h over a whole flight; check flight and distance", FLIGHT_SPEED.0, FLIGHT_SPEED.1);
        check.book.report(ProblemKind::Note, span, message, Some(help));
    }
}

/// Timetables with less than a minute from one start to the next.
fn timetables(check: &Check<'_>, params: &Params) {
    for (at, route) in params.routes.iter().enumerate() {
        let Departures::Timetable(times) = &route.departures else { continue };
        let Some(pair) = times.windows(2).find(|pair| pair[1] - pair[0] < Duration::from_minutes(1)) else { continue };
        let Some((table, span, path)) = check.again("route", at) else { continue };
        let span = table.get("timetable").map_or(span, |value| value.span);
        let message = format!("{path}.timetable has two starts {} apart, less than a minute", pair[1] - pair[0]);
        check.book.report(ProblemKind::Note, span, message, Some("check the times".to_owned()));
    }
}
