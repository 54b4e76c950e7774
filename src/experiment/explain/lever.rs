//! Levers: every value of a scenario that can be changed by a little, each a change on its own.
//!
//! One more of each resource, one hour more of each window, each pause halved, each speed a tenth higher. A value that several
//! entries share because it is written once (a route that is `like` another) is one lever.

use crate::model::params::{CalendarEffect, CalendarEntry, Mode, Params};
use crate::scenario::{Assumption, Scenario, change};
use crate::units::SimTime;

/// A change of a scenario by a little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// What is changed, from what to what: `border lanes 2 -> 3`.
    pub label: String,
    /// The changes, as for `--set`.
    pub overrides: Vec<String>,
}

/// How a value is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// One more.
    One,
    /// As many more as a convoy takes.
    Set,
    /// As many more as the largest vehicle brings.
    Load,
    /// Windows end an hour later.
    Hour,
    /// Half as long.
    Half,
    /// A tenth faster.
    Tenth,
}

use Change::{Half, Hour, Load, One, Set, Tenth};

/// Which values are levers: path (`*` is an id), change, and what it is called.
const RULES: &[(&str, Change, &str)] = &[
    ("buses.*.count", One, "buses {}"),
    ("buses.*.count", Set, "buses {}"),
    ("buses.*.driver.crews", One, "crews a bus of {}"),
    ("escorts.*.count", One, "escorts {}"),
    ("escorts.*.count", Set, "escorts {}"),
    ("air_cover.*.aircraft", One, "covering aircraft {}"),
    ("air_cover.*.orbits", One, "orbits {}"),
    ("aircraft.*.count", One, "aircraft {}"),
    ("crossing.*.lanes", One, "lanes {}"),
    ("site.*.boarding.bays", One, "boarding bays {}"),
    ("site.*.boarding.lanes", One, "search lanes {}"),
    ("site.*.boarding.lanes_per_bay", One, "lanes a bay {}"),
    ("hub.*.boarding.bays", One, "boarding bays {}"),
    ("hub.*.boarding.lanes", One, "search lanes {}"),
    ("hub.*.boarding.lanes_per_bay", One, "lanes a bay {}"),
    ("hub.*.holding", Load, "places {}"),
    ("facility.*.intake.bays", One, "intake bays {}"),
    ("facility.*.intake.lanes_per_bay", One, "intake lanes a bay {}"),
    ("facility.*.beds", Load, "beds {}"),
    ("facility.*.beds.start", Load, "beds at the start {}"),
    ("facility.*.beds.per_day", Load, "further beds a day {}"),
    ("facility.*.yard", One, "yard {}"),
    ("site.*.parking", One, "parking {}"),
    ("hub.*.parking", One, "parking {}"),
    ("facility.*.parking", One, "parking {}"),
    ("route.*.max_on_road", One, "convoys at once {}"),
    ("route.*.departures", Hour, "departures {}"),
    ("site.*.hours", Hour, "hours {}"),
    ("hub.*.hours", Hour, "hours {}"),
    ("crossing.*.hours", Hour, "hours {}"),
    ("facility.*.intake.hours", Hour, "intake hours {}"),
    ("route.*.headway", Half, "headway {}"),
    ("route.*.halts.length", Half, "halts {}"),
    ("route.*.form.wait_at_most", Half, "patience in forming {}"),
    ("buses.*.inspection", Half, "inspection {}"),
    ("buses.*.driver.rest", Half, "drivers' rest {}"),
    ("buses.*.driver.break.length", Half, "drivers' break {}"),
    ("escorts.*.rest.length", Half, "escorts' rest {}"),
    ("air_cover.*.ground", Half, "ground time {}"),
    ("aircraft.*.rest", Half, "crews' rest {}"),
    ("aircraft.*.repair", Half, "repair {}"),
    ("aircraft.*.onload", Half, "onload {}"),
    ("aircraft.*.offload", Half, "offload {}"),
    ("crossing.*.paperwork", Half, "paperwork {}"),
    ("site.*.boarding.manifest", Half, "manifest {}"),
    ("hub.*.boarding.manifest", Half, "manifest {}"),
    ("site.*.unfit.back_after", Half, "unfit back after {}"),
    ("route.*.path.*.speed", Tenth, "speed {}"),
    ("route.*.path.*.rate_of_march", Tenth, "rate of march {}"),
    ("route.*.return_speed", Tenth, "return speed {}"),
];

/// The levers of a scenario, in a fixed order.
#[must_use]
pub fn levers(scenario: &Scenario) -> Vec<Lever> {
    let mut levers: Vec<Lever> = RULES.iter().flat_map(|rule| of_rule(scenario, *rule)).collect();
    levers.extend(pauses(scenario));
    levers
}

/// The levers that one rule finds, a lever for each value that is written once.
fn of_rule(scenario: &Scenario, (pattern, change, words): (&str, Change, &str)) -> Vec<Lever> {
    let mut groups: Vec<Vec<&Assumption>> = Vec::new();
    for value in scenario.assumptions.iter().filter(|value| matches(pattern, &value.path)) {
        match groups.iter_mut().find(|group| same_value(group[0], value)) {
            Some(group) => group.push(value),
            None => groups.push(vec![value]),
        }
    }
    groups.iter().filter_map(|group| lever(&scenario.params, group, change, words)).collect()
}

/// Whether two paths hold one written value.
fn same_value(a: &Assumption, b: &Assumption) -> bool {
    let tail = |path: &str| change::pieces(path).split_off(2);
    a.place == b.place && a.value == b.value && tail(&a.path) == tail(&b.path)
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<String>) = (pattern.split('.').collect(), change::pieces(path));
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(wanted, word)| *wanted == "*" || wanted == word)
}

fn lever(params: &Params, group: &[&Assumption], change: Change, words: &str) -> Option<Lever> {
    let first = group[0];
    // A value that nobody wrote and that stands for "none" is no lever.
    if first.place == "default" && matches!(change, One | Load | Set) && first.value == "0" {
        return None;
    }
    let value = &first.value;
    let ids: Vec<String> = group.iter().map(|value| change::pieces(&value.path)[1].clone()).collect();
    let (new, from_to) = match change {
        One => counted(value, 1)?,
        Set => counted(value, set_of(params, &first.path).filter(|set| *set > 1)?)?,
        Load => counted(value, load_to(params, &ids[0])?)?,
        Hour => {
            let new = change::an_hour_longer(value)?;
            let words = format!("{} -> {}", window(value), window(&new));
            (new, words)
        }
        Half => {
            let new = change::times(&first.path, value, 0.5)?;
            let words = if value.starts_with('{') { "halved".into() } else { format!("{} -> half", bare(value)) };
            (new, words)
        }
        Tenth => (change::times(&first.path, value, 1.1)?, "+10 %".into()),
    };
    let whose = match change::pieces(&first.path).as_slice() {
        [_, _, path, leg, _] if path == "path" => format!("\"{leg}\" of {}", among(&ids)),
        _ => among(&ids),
    };
    Some(Lever {
        label: format!("{} {from_to}", words.replace("{}", &whose)),
        overrides: group.iter().map(|value| format!("{}={new}", value.path)).collect(),
    })
}

fn counted(value: &str, more: u32) -> Option<(String, String)> {
    let new = change::plus(value, more)?;
    let words = format!("{} -> {new}", change::count(value)?);
    Some((new, words))
}

/// `large-to-hub` or `large-to-hub and 2 more`.
fn among(ids: &[String]) -> String {
    match ids {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    }
}

fn bare(value: &str) -> &str {
    value.trim_matches('"')
}

/// `18:00-02:00` for a written window.
fn window(value: &str) -> String {
    let clocks: Vec<&str> = value.split('"').filter(|part| part.contains(':')).collect();
    let windows: Vec<String> = clocks.chunks(2).map(|ends| ends.join("-")).collect();
    windows.join(", ")
}

/// How many of a fleet or pool one convoy takes at most, by what is wanted.
fn set_of(params: &Params, path: &str) -> Option<u32> {
    let pieces = change::pieces(path);
    let lands = || {
        params.routes.iter().filter_map(|route| match &route.mode {
            Mode::Land(land) => Some(land),
            Mode::Air(_) => None,
        })
    };
    if pieces[0] == "buses" {
        let fleet = params.buses.iter().position(|buses| buses.id == pieces[1])?;
        return lands().filter(|land| land.fleet == fleet).map(|land| land.per_convoy.quantile(0.5).round() as u32).max();
    }
    let pool = params.escorts.iter().position(|escorts| escorts.id == pieces[1])?;
    let needs = lands().flat_map(|land| land.escorts.into_iter().chain(land.hand_over.iter().filter_map(|change| change.escorts)));
    needs.filter(|need| need.pool == pool).map(|need| need.per_convoy).max()
}

/// What the largest vehicle brings to a node.
fn load_to(params: &Params, id: &str) -> Option<u32> {
    let node = params.nodes.iter().position(|node| node.id == id)?;
    let loads = params.routes.iter().filter(|route| route.to == node).map(|route| match &route.mode {
        Mode::Land(land) => params.buses[land.fleet].load,
        Mode::Air(air) => params.aircraft[air.fleet].load,
    });
    loads.max()
}

/// Pauses of the calendar, each ending half-way.
fn pauses(scenario: &Scenario) -> Vec<Lever> {
    let clock = crate::experiment::plan::clock(scenario.params.start);
    let stops = |entry: &&CalendarEntry| matches!(entry.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed);
    let pauses = scenario.params.calendar.iter().filter(stops);
    pauses
        .map(|pause| {
            let half = SimTime::from_ticks(pause.from.ticks().midpoint(pause.to.ticks()));
            Lever {
                label: format!("pause {} {} d -> half", pause.id, decimal((pause.to - pause.from).days())),
                overrides: vec![format!("calendar.{}.to=\"{}\"", pause.id, clock.local(half.ticks()))],
            }
        })
        .collect()
}

/// A number with two decimals at most.
fn decimal(number: f64) -> String {
    format!("{number:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}
