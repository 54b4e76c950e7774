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
    facts.extend(params.buses.iter().map(|fleet| {
        let convoys: Vec<String> =
            land_routes(params).filter(|(_, land)| params.buses[land.fleet].id == fleet.id).map(per_convoy).collect();
        fact(
            "Fleet",
            format!("{} {} x {} = {} people at once; {}", fleet.count, fleet.id, fleet.load, fleet.count * fleet.load, or_unused(&convoys)),
        )
    }));
    facts.extend(params.aircraft.iter().map(|fleet| fact("Aircraft", format!("{} {} x {} people", fleet.count, fleet.id, fleet.load))));
    facts.extend(params.escorts.iter().map(|pool| {
        let needs: Vec<String> = land_routes(params)
            .filter_map(|(id, land)| land.escorts.filter(|need| params.escorts[need.pool].id == pool.id).map(|need| (id, need)))
            .map(|(id, need)| format!("{id} wants {} a convoy, at least {}", need.per_convoy, need.minimum))
            .collect();
        fact("Escorts", format!("{} {}; {}", pool.count, pool.id, or_unused(&needs)))
    }));
    facts.extend(params.air_cover.iter().map(|orbit| {
        fact(
            "Air cover",
            format!(
                "{} aircraft on {}, {} convoys an orbit, {} orbits at once",
                orbit.aircraft, orbit.id, orbit.convoys_per_orbit, orbit.orbits
            ),
        )
    }));
    facts.extend(params.crossings.iter().map(|crossing| {
        fact(
            "Border",
            format!(
                "{}: {} lanes, {} a bus on average, {}",
                crossing.id,
                crossing.lanes,
                span(crossing.service.mean()),
                hours(&crossing.hours)
            ),
        )
    }));
    facts.extend(params.routes.iter().map(|route| {
        let mode = if matches!(route.mode, Mode::Land(_)) { "land" } else { "air" };
        let (from, to) = (&params.nodes[route.from].label, &params.nodes[route.to].label);
        fact("Route", format!("{} ({mode}): {from} -> {to}, {}", route.id, departures(&route.departures)))
    }));
    if !params.calendar.is_empty() {
        facts.push(fact("Calendar", plural(params.calendar.len(), "dated change", "dated changes")));
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
    let via = if hubs > 0 { format!(" -> {}", plural(hubs, "hub", "hubs")) } else { String::new() };
    let ends = plural(facilities, "facility", "facilities");
    fact("People", format!("{} at {}{via} -> {ends}", grouped(people), plural(sites, "site", "sites")))
}

fn land_routes(params: &Params) -> impl Iterator<Item = (&str, &LandRoute)> {
    params.routes.iter().filter_map(|route| match &route.mode {
        Mode::Land(land) => Some((route.id.as_str(), land)),
        Mode::Air(_) => None,
    })
}

fn per_convoy((id, land): (&str, &LandRoute)) -> String {
    let wanted = land.per_convoy.mean();
    format!("{id} takes {wanted} a convoy, at least {}", land.at_least)
}

fn or_unused(uses: &[String]) -> String {
    if uses.is_empty() { "no route uses them".into() } else { uses.join("; ") }
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

fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `7,000` for 7000.
fn grouped(n: u64) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}
