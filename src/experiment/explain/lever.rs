//! Levers: every value of a scenario that can be changed by a little, each a change on its own.
//!
//! One more of each resource, one hour more of each window, each pause halved, each speed a tenth higher. A value that several
//! entries share because it is written once (a route that is `like` another) is one lever.

use crate::model::params::{CalendarEffect, CalendarEntry, LandRoute, Mode, Params};
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
    /// As many more as a convoy takes, or brings.
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

/// Path (`*` is an id), change, and what the value is called.
type Rule = (&'static str, Change, &'static str);

/// Which values are levers.
const RULES: &[Rule] = &[
    ("buses.*.count", One, "buses"),
    ("buses.*.count", Set, "buses"),
    ("escorts.*.count", One, "escorts"),
    ("escorts.*.count", Set, "escorts"),
    ("air_cover.*.aircraft", One, "covering aircraft"),
    ("air_cover.*.orbits", One, "orbits"),
    ("aircraft.*.count", One, "aircraft"),
    ("crossing.*.lanes", One, "lanes"),
    ("site.*.boarding.bays", One, "boarding bays"),
    ("site.*.boarding.lanes", One, "search lanes"),
    ("site.*.boarding.lanes_per_bay", One, "lanes a bay"),
    ("hub.*.boarding.bays", One, "boarding bays"),
    ("hub.*.boarding.lanes", One, "search lanes"),
    ("hub.*.boarding.lanes_per_bay", One, "lanes a bay"),
    ("hub.*.holding", Load, "places"),
    ("hub.*.holding", Set, "places"),
    ("facility.*.intake.bays", One, "intake bays"),
    ("facility.*.beds", Load, "beds"),
    ("facility.*.beds.start", Load, "beds at the start"),
    ("facility.*.beds.per_day", Load, "further beds a day"),
    ("site.*.parking", One, "parking"),
    ("hub.*.parking", One, "parking"),
    ("facility.*.parking", One, "parking"),
    ("route.*.max_on_road", One, "convoys at once"),
    ("route.*.departures", Hour, "departures"),
    ("site.*.hours", Hour, "hours"),
    ("hub.*.hours", Hour, "hours"),
    ("crossing.*.hours", Hour, "hours"),
    ("facility.*.intake.hours", Hour, "intake hours"),
    ("route.*.headway", Half, "headway"),
    ("route.*.halts.length", Half, "halts"),
    ("buses.*.driver.rest", Half, "drivers' rest"),
    ("buses.*.driver.break.length", Half, "drivers' break"),
    ("escorts.*.rest.length", Half, "escorts' rest"),
    ("air_cover.*.ground", Half, "ground time"),
    ("aircraft.*.rest", Half, "crews' rest"),
    ("site.*.unfit.back_after", Half, "unfit back after"),
    ("route.*.path.*.speed", Tenth, "speed"),
    ("route.*.path.*.rate_of_march", Tenth, "rate of march"),
    ("route.*.return_speed", Tenth, "return speed"),
];

/// The levers of a scenario, in a fixed order.
#[must_use]
pub fn levers(scenario: &Scenario) -> Vec<Lever> {
    let mut levers: Vec<Lever> = RULES.iter().flat_map(|rule| of_rule(scenario, *rule)).collect();
    levers.extend(pauses(scenario));
    // Two rules can come to the same change: as many more as the largest vehicle brings, and as many as a convoy does.
    let mut seen: Vec<Vec<String>> = Vec::new();
    levers.retain(|lever| {
        let new = !seen.contains(&lever.overrides);
        seen.push(lever.overrides.clone());
        new
    });
    levers
}

/// The levers that one rule finds. Entries that share all their values because these are written once make one lever.
fn of_rule(scenario: &Scenario, (pattern, change, words): Rule) -> Vec<Lever> {
    // The values of each entry, then the entries with the same ones.
    let mut entries: Vec<Vec<&Assumption>> = Vec::new();
    for value in scenario.assumptions.iter().filter(|value| matches(pattern, &value.path)) {
        match entries.last_mut().filter(|values| id_of(values[0]) == id_of(value)) {
            Some(values) => values.push(value),
            None => entries.push(vec![value]),
        }
    }
    let mut shared: Vec<Vec<Vec<&Assumption>>> = Vec::new();
    for values in entries {
        match shared.iter_mut().find(|others| same_values(&others[0], &values)) {
            Some(others) => others.push(values),
            None => shared.push(vec![values]),
        }
    }
    shared.iter().filter_map(|entries| lever(&scenario.params, entries, change, words)).collect()
}

fn id_of(value: &Assumption) -> Option<String> {
    change::pieces(&value.path).into_iter().nth(1)
}

fn same_values(a: &[&Assumption], b: &[&Assumption]) -> bool {
    let tail = |value: &Assumption| change::pieces(&value.path).split_off(2);
    let same = |(a, b): (&&Assumption, &&Assumption)| a.place == b.place && a.value == b.value && tail(a) == tail(b);
    a.len() == b.len() && a.iter().zip(b).all(same)
}

pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<String>) = (pattern.split('.').collect(), change::pieces(path));
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(wanted, word)| *wanted == "*" || wanted == word)
}

/// The lever of entries that share their values.
fn lever(params: &Params, entries: &[Vec<&Assumption>], change: Change, words: &str) -> Option<Lever> {
    let first = entries[0][0];
    // What is not there because nobody wrote it is no lever.
    if first.place == "default" && first.value == "0" {
        return None;
    }
    let changed = |value: &Assumption| changed(params, value, change);
    let overrides: Option<Vec<String>> =
        entries.iter().flatten().map(|value| changed(value).map(|new| format!("{}={new}", value.path))).collect();
    let (value, new) = (&first.value, changed(first)?);
    let from_to = match change {
        One | Set | Load => format!("{} -> {new}", change::count(value)?),
        Hour => format!("{} -> {}", window(value), window(&new)),
        Half if value.starts_with('{') => "halved".into(),
        Half => format!("{} -> half", value.trim_matches('"')),
        Tenth => "+10 %".into(),
    };
    let ids: Vec<String> = entries.iter().filter_map(|values| id_of(values[0])).collect();
    Some(Lever { label: format!("{words} {} {from_to}", among(&ids)), overrides: overrides? })
}

/// The new text of a value, or `None` where the change makes no sense for it.
fn changed(params: &Params, value: &Assumption, change: Change) -> Option<String> {
    let Assumption { path, value, .. } = value;
    match change {
        One => change::plus(value, 1),
        Set => change::plus(value, set_of(params, path).filter(|set| *set > 1)?),
        Load => change::plus(value, load_to(params, &change::pieces(path)[1])?),
        Hour => change::an_hour_longer(value),
        Half => change::times(path, value, 0.5),
        Tenth => change::times(path, value, 1.1),
    }
}

/// The path of an override.
#[must_use]
pub fn path_of(set: &str) -> &str {
    set.split_once('=').map_or(set, |(path, _)| path)
}

/// `large-to-hub` or `large-to-hub and 2 more`.
fn among(ids: &[String]) -> String {
    match ids {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    }
}

/// `18:00-02:00` for a written window.
fn window(value: &str) -> String {
    let clocks: Vec<&str> = value.split('"').filter(|part| part.contains(':')).collect();
    let windows: Vec<String> = clocks.chunks(2).map(|ends| ends.join("-")).collect();
    windows.join(", ")
}

/// How many of a fleet or pool one convoy takes at most, or how many people it brings to a hub, by what is wanted.
fn set_of(params: &Params, path: &str) -> Option<u32> {
    let pieces = change::pieces(path);
    let wanted = |land: &LandRoute| land.per_convoy.quantile(0.5).round() as u32;
    let lands = || {
        params.routes.iter().filter_map(|route| match &route.mode {
            Mode::Land(land) => Some(land),
            Mode::Air(_) => None,
        })
    };
    if pieces[0] == "buses" {
        let fleet = params.buses.iter().position(|buses| buses.id == pieces[1])?;
        return lands().filter(|land| land.fleet == fleet).map(wanted).max();
    }
    if pieces[0] == "hub" {
        let node = params.nodes.iter().position(|node| node.id == pieces[1])?;
        let to_it = params.routes.iter().filter(|route| route.to == node);
        let convoys = to_it.filter_map(|route| match &route.mode {
            Mode::Land(land) => Some(wanted(land) * params.buses[land.fleet].load),
            Mode::Air(_) => None,
        });
        return convoys.max();
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
