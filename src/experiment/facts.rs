//! What a scenario says, in a few lines: people, fleets, escorts, crossings, windows. For `check`, before anything runs.

use crate::model::params::{Departures, LandRoute, Mode, NodeKind, Params, Schedule, Window};
use crate::units::Duration;

/// A line of the overview: its heading and its text, without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Heading, as in `People`.
    pub heading: &'static str,
    /// Text.
    pub text: String,
}

/// The overview of a scenario.
#[must_use]
pub fn of(params: &Params) -> Vec<Fact> {
    let mut facts = vec![people(params)];
    facts.extend(params.buses.iter().enumerate().map(|(fleet, buses)| {
        let uses = land_routes(params).filter(|(_, land)| land.fleet == fleet).map(|(id, land)| (per_convoy(land), id));
        fact(
            "Fleet",
            format!("{} {} x {} = {} people at once; {}", buses.count, buses.id, buses.load, buses.count * buses.load, on_routes(uses)),
        )
    }));
    facts.extend(
        params
            .aircraft
            .iter()
            .map(|fleet| fact("Aircraft", format!("{} x {} people", counted(fleet.count as usize, &fleet.id, &fleet.id), fleet.load))),
    );
    facts.extend(params.escorts.iter().enumerate().map(|(pool, escorts)| {
        let needs = land_routes(params).flat_map(|(id, land)| {
            let handed = land.hand_over.iter().filter_map(|hand_over| hand_over.escorts);
            land.escorts.into_iter().chain(handed).map(move |need| (need, id))
        });
        let uses = needs
            .filter(|(need, _)| need.pool == pool)
            .map(|(need, id)| (format!("{} a convoy, at least {}", need.per_convoy, need.minimum), id));
        fact("Escorts", format!("{} {}; {}", escorts.count, escorts.id, on_routes(uses)))
    }));
    facts.extend(params.air_cover.iter().map(|orbit| {
        let convoys = counted(orbit.convoys_per_orbit as usize, "convoy", "convoys");
        let orbits = counted(orbit.orbits as usize, "orbit", "orbits");
        fact("Air cover", format!("{} aircraft on {}: {orbits} at once, {convoys} each", orbit.aircraft, orbit.id))
    }));
    facts.extend(params.crossings.iter().map(|crossing| {
        let lanes = counted(crossing.lanes as usize, "lane", "lanes");
        let service = span(crossing.service.mean());
        fact("Border", format!("{}: {lanes}, {service} a bus on average, {}", crossing.id, hours(&crossing.hours)))
    }));
    facts.extend(params.routes.iter().map(|route| {
        let mode = if matches!(route.mode, Mode::Land(_)) { "land" } else { "air" };
        let (from, to) = (&params.nodes[route.from].label, &params.nodes[route.to].label);
        fact("Route", format!("{} ({mode}): {from} -> {to}, {}", route.id, departures(&route.departures)))
    }));
    if !params.calendar.is_empty() {
        facts.push(fact("Calendar", counted(params.calendar.len(), "dated change", "dated changes")));
    }
    facts.push(fact("Horizon", span(params.horizon)));
    facts
}

fn fact(heading: &'static str, text: String) -> Fact {
    Fact { heading, text }
}

fn people(params: &Params) -> Fact {
    let (mut people, mut sites, mut hubs, mut facilities) = (0u64, 0, 0, 0);
    for node in &params.nodes {
        match &node.kind {
            NodeKind::Site(site) => {
                sites += 1;
                people += site.detainees.iter().map(|count| u64::from(count.people)).sum::<u64>();
            }
            NodeKind::Hub(_) => hubs += 1,
            NodeKind::Facility(_) => facilities += 1,
        }
    }
    let via = if hubs > 0 { format!(" -> {}", counted(hubs, "hub", "hubs")) } else { String::new() };
    let ends = counted(facilities, "facility", "facilities");
    fact("People", format!("{} at {}{via} -> {ends}", grouped(people), counted(sites, "site", "sites")))
}

fn land_routes(params: &Params) -> impl Iterator<Item = (&str, &LandRoute)> {
    params.routes.iter().filter_map(|route| match &route.mode {
        Mode::Land(land) => Some((route.id.as_str(), land)),
        Mode::Air(_) => None,
    })
}

fn per_convoy(land: &LandRoute) -> String {
    let mean = land.per_convoy.mean();
    let about = if land.per_convoy.is_constant().is_some() { format!("{mean}") } else { format!("about {mean:.1}") };
    format!("{about} a convoy, at least {}", land.at_least)
}

/// What routes want, each wish once: `6 a convoy on road, 8 a convoy on 3 routes`.
fn on_routes<'p>(wishes: impl Iterator<Item = (String, &'p str)>) -> String {
    let mut grouped: Vec<(String, Vec<&str>)> = Vec::new();
    for (wish, route) in wishes {
        match grouped.iter_mut().find(|(known, _)| *known == wish) {
            Some((_, routes)) => routes.push(route),
            None => grouped.push((wish, vec![route])),
        }
    }
    if grouped.is_empty() {
        return "no route uses them".into();
    }
    let named = grouped.into_iter().map(|(wish, routes)| match routes.as_slice() {
        [one] => format!("{wish} on {one}"),
        several => format!("{wish} on {} routes", several.len()),
    });
    named.collect::<Vec<_>>().join("; ")
}

fn departures(departures: &Departures) -> String {
    match departures {
        Departures::Open(Schedule::Always) => "departs at any hour".into(),
        Departures::Open(schedule) => format!("departs {}", hours(schedule)),
        Departures::Night => "departs from sunset to sunrise".into(),
        Departures::Timetable(times) => {
            let times: Vec<String> = times.iter().map(|time| clock(*time)).collect();
            format!("departs at {}", times.join(", "))
        }
    }
}

fn hours(schedule: &Schedule) -> String {
    let windows = |windows: &[Window], show: fn(Duration) -> String| {
        windows.iter().map(|window| format!("{} to {}", show(window.from), show(window.to))).collect::<Vec<_>>().join(", ")
    };
    match schedule {
        Schedule::Always => "open at all hours".into(),
        Schedule::Daily(daily) => windows(daily, clock),
        Schedule::Elapsed(elapsed) => windows(elapsed, span),
    }
}

fn clock(time: Duration) -> String {
    let minutes = time.ticks() / crate::units::TICKS_PER_MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A duration in the largest units that fit: `60 d`, `2 h 30 min`, `12 min`, `45 s`.
fn span(time: Duration) -> String {
    let seconds = time.ticks() / crate::units::TICKS_PER_SECOND;
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let shown: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).take(2).map(|(n, unit)| format!("{n} {unit}")).collect();
    if shown.is_empty() { "0 s".into() } else { shown.join(" ") }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `7,000` for 7000.
fn grouped(n: u64) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}
