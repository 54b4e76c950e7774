//! What the tables say together: whether the plan can work at all.

use super::Check;
use super::reader::{Reader, TableWide};
use crate::model::params::{
    AircraftFleet, BusFleet, CalendarEffect, CalendarEntry, Departures, EscortPool, LevelTarget, Mode, Node, NodeKind, PathPart, Route,
    Schedule,
};
use crate::units::{Duration, SimTime};

/// The tables that routes refer to; `None` where one is wrong.
pub(super) struct Parts<'p> {
    pub(super) nodes: &'p [Option<Node>],
    pub(super) buses: &'p [Option<BusFleet>],
    pub(super) escorts: &'p [Option<EscortPool>],
    pub(super) aircraft: &'p [Option<AircraftFleet>],
}

/// Checks the plan as a whole.
pub(super) fn check(check: &Check<'_>, parts: &Parts<'_>, routes: &[Option<Route>], calendar: Option<&[CalendarEntry]>) {
    for (at, route) in routes.iter().enumerate() {
        let Some(route) = route else { continue };
        let Some((table, span, path)) = check.again("route", at) else { continue };
        // The keys were checked before: this reader only finds places.
        let r = Reader::places(check, table, path, span, &TableWide::default());
        homes(&r, parts, route);
        ends(&r, parts, route);
        drivers(&r, parts, route);
        opens(&r, parts, route);
    }
    let told = ["site", "facility", "route"].iter().any(|table| check.tables(table).is_empty());
    if !told && parts.nodes.iter().all(Option::is_some) && routes.iter().all(Option::is_some) {
        let nodes: Vec<&Node> = parts.nodes.iter().flatten().collect();
        let routes: Vec<&Route> = routes.iter().flatten().collect();
        reach(check, &nodes, &routes);
        dead_ends(check, &nodes, &routes);
        if let Some(calendar) = calendar {
            beds(check, &nodes, calendar);
        }
    }
}

/// The home of a fleet is an end of each route that uses it.
fn homes(r: &Reader<'_>, parts: &Parts<'_>, route: &Route) {
    let name = |node: usize| parts.nodes.get(node).and_then(Option::as_ref).map_or("?", |node| node.id.as_str());
    match &route.mode {
        Mode::Land(land) => {
            let Some(fleet) = parts.buses[land.fleet].as_ref() else { return };
            if fleet.home != route.from && fleet.home != route.to {
                let message = format!("{} uses the fleet {:?}, whose home {:?} is at neither end", r.path, fleet.id, name(fleet.home));
                let help = format!("use a fleet at home at {:?} or {:?}", name(route.from), name(route.to));
                r.error_at(&["buses", "fleet"], message, help);
            }
        }
        Mode::Air(air) => {
            let Some(fleet) = parts.aircraft[air.fleet].as_ref() else { return };
            if fleet.home != route.from {
                let message = format!("{} uses the fleet {:?}, whose home is {:?}", r.path, fleet.id, name(fleet.home));
                r.error_at(&["aircraft", "fleet"], message, format!("use a fleet at home at the origin {:?}", name(route.from)));
            }
        }
    }
}

/// Parking for aircraft at both ends.
fn ends(r: &Reader<'_>, parts: &Parts<'_>, route: &Route) {
    let node = |at: usize| parts.nodes.get(at).and_then(Option::as_ref);
    if matches!(route.mode, Mode::Air(_)) {
        for (key, at) in [("from", route.from), ("to", route.to)] {
            let Some(node) = node(at) else { continue };
            let parking = match &node.kind {
                NodeKind::Site(site) => site.parking,
                NodeKind::Hub(hub) => hub.parking,
                NodeKind::Facility(facility) => facility.parking,
            };
            if parking == 0 {
                let message = format!("{} flies, but no aircraft can park at {:?}", r.path, node.id);
                r.error_at(&[key], message, format!("give {:?} parking = 1 or more", node.id));
            }
        }
    }
}

/// Whether a crew may drive the path at all.
fn drivers(r: &Reader<'_>, parts: &Parts<'_>, route: &Route) {
    let Mode::Land(land) = &route.mode else { return };
    let Some(BusFleet { id, driver: Some(rule), .. }) = parts.buses[land.fleet].as_ref() else { return };
    let driving: Duration = land
        .path
        .iter()
        .filter_map(|part| match part {
            PathPart::Leg(leg) => Some(leg.distance.at(leg.speed.distribution().mean())),
            PathPart::Crossing(_) => None,
        })
        .sum();
    let allowed = rule.max_driving * u64::from(rule.crews);
    if driving > allowed {
        let message = format!(
            "{} takes {:.1} h of driving one way, but the drivers of {id:?} may drive {:.1} h",
            r.path,
            driving.hours(),
            allowed.hours()
        );
        let help = if rule.crews < 2 { "two crews drive twice as long: crews = 2" } else { "shorten the path, or raise max_driving" };
        r.error_at(&["path"], message, help);
    }
}

/// Starts are allowed, and the origin works, at some time within the horizon.
fn opens(r: &Reader<'_>, parts: &Parts<'_>, route: &Route) {
    let (Some(start), Some(horizon)) = (r.check.start, r.check.horizon) else { return };
    let first = |schedule: &Schedule| schedule.next_open(start, SimTime::ZERO);
    let departures = match &route.departures {
        Departures::Open(schedule) => first(schedule),
        Departures::Timetable(times) => times.iter().map(|time| start.next_clock(SimTime::ZERO, *time)).min().unwrap_or(SimTime::NEVER),
        Departures::Night => SimTime::ZERO,
    };
    let key = if matches!(route.departures, Departures::Timetable(_)) { "timetable" } else { "departures" };
    if departures.elapsed() >= horizon {
        r.error_at(&[key], format!("{}.{key} never opens: the run is over before", r.path), "give a longer horizon, or an earlier time");
    }
    let hours = match parts.nodes.get(route.from).and_then(Option::as_ref).map(|node| &node.kind) {
        Some(NodeKind::Site(site)) => first(&site.hours),
        Some(NodeKind::Hub(hub)) => first(&hub.hours),
        _ => return,
    };
    if hours.elapsed() >= horizon {
        r.error_at(
            &["from"],
            format!("{} starts at a place whose hours never open: the run is over before", r.path),
            "give a longer horizon",
        );
    }
}

/// No route carries people to where they cannot go on or are not accepted.
fn dead_ends(check: &Check<'_>, nodes: &[&Node], routes: &[&Route]) {
    for class in 0..check.classes.len() {
        // Where people of the class can come to, and from where they can go on to a facility that accepts them.
        let mut comes: Vec<bool> = nodes
            .iter()
            .map(|node| matches!(&node.kind, NodeKind::Site(site) if site.detainees.iter().any(|count| count.class == class)))
            .collect();
        let mut goes: Vec<bool> =
            nodes.iter().map(|node| matches!(&node.kind, NodeKind::Facility(facility) if facility.accepts.contains(&class))).collect();
        let carrying = || routes.iter().enumerate().filter(|(_, route)| route.classes.contains(&class));
        let (mut out, mut into) = (vec![Vec::new(); nodes.len()], vec![Vec::new(); nodes.len()]);
        for (_, route) in carrying() {
            out[route.from].push(route.to);
            into[route.to].push(route.from);
        }
        spread(&mut comes, &out);
        spread(&mut goes, &into);
        for (at, route) in carrying().filter(|(_, route)| comes[route.from] && !goes[route.to]) {
            let Some((table, span, path)) = check.again("route", at) else { continue };
            // A site without any way out is told already.
            if !goes[route.from] && matches!(nodes[route.from].kind, NodeKind::Site(_)) {
                continue;
            }
            let span = table.get("classes").or_else(|| table.get("to")).map_or(span, |value| value.span);
            let (class, to) = (&check.classes[class], nodes[route.to]);
            let message = match to.kind {
                NodeKind::Facility(_) => format!("{path} carries the class {class:?} to {:?}, which does not accept it", to.id),
                _ => format!(
                    "{path} carries the class {class:?} to {:?}, from where no route brings it to a facility that accepts it",
                    to.id
                ),
            };
            check.book.error(span, message, "name the classes that the route carries: classes = [\"...\"]");
        }
    }
}

/// Marks every node that can be reached from a marked one.
fn spread(marked: &mut [bool], next: &[Vec<usize>]) {
    let mut from: Vec<usize> = (0..marked.len()).filter(|at| marked[*at]).collect();
    while let Some(at) = from.pop() {
        from.extend(next[at].iter().filter(|to| !std::mem::replace(&mut marked[**to], true)));
    }
}

/// Everybody can be carried, by some sequence of routes, to a facility that accepts them.
fn reach(check: &Check<'_>, nodes: &[&Node], routes: &[&Route]) {
    let mut anybody = false;
    // Where people of each class can go on to a facility that accepts them.
    let goes: Vec<Vec<bool>> = (0..check.classes.len())
        .map(|class| {
            let accepts = |node: &&Node| matches!(&node.kind, NodeKind::Facility(facility) if facility.accepts.contains(&class));
            let mut goes: Vec<bool> = nodes.iter().map(accepts).collect();
            let mut into = vec![Vec::new(); nodes.len()];
            routes.iter().filter(|route| route.classes.contains(&class)).for_each(|route| into[route.to].push(route.from));
            spread(&mut goes, &into);
            goes
        })
        .collect();
    for (at, node) in nodes.iter().enumerate() {
        let NodeKind::Site(site) = &node.kind else { continue };
        for count in &site.detainees {
            anybody |= count.people > 0;
            if goes[count.class][at] {
                continue;
            }
            let class = &check.classes[count.class];
            let nobody =
                !nodes.iter().any(|node| matches!(&node.kind, NodeKind::Facility(facility) if facility.accepts.contains(&count.class)));
            let Some((tree, span, path)) = check.again("site", at) else { continue };
            let detainees = tree.get("detainees");
            let span = detainees.and_then(|value| value.as_table()?.get(class)).or(detainees).map_or(span, |value| value.span);
            let (message, help) = if nobody {
                (format!("{path} has people of the class {class:?}, whom no facility accepts"), format!("let a facility accept {class:?}"))
            } else if !routes.iter().any(|route| route.from == at) {
                (format!("no route leaves {path}"), format!("add a [[route]] from = {:?}", node.id))
            } else {
                (
                    format!("no sequence of routes brings the class {class:?} from {path} to a facility that accepts it"),
                    "look at the classes and ends of the routes".to_owned(),
                )
            };
            check.book.error(span, message, help);
        }
    }
    if !anybody && let Some((tree, span, path)) = check.again("site", 0) {
        let span = tree.get("detainees").map_or(span, |value| value.span);
        check.book.error(span, format!("nobody waits at {path} or at any other site"), "");
    }
}

/// At their most within the horizon, beds suffice for every set of classes.
fn beds(check: &Check<'_>, nodes: &[&Node], calendar: &[CalendarEntry]) {
    let Some(horizon) = check.horizon else { return };
    let classes = check.classes.len();
    let mut people = vec![0_i64; classes];
    let mut facilities: Vec<(Vec<usize>, i64)> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Site(site) => site.detainees.iter().for_each(|count| people[count.class] += i64::from(count.people)),
            NodeKind::Facility(facility) => facilities.push((facility.accepts.clone(), most_beds(at, facility.beds, horizon, calendar))),
            NodeKind::Hub(_) => {}
        }
    }
    // Sets of classes from small to large; the whole set alone where there are too many.
    let sets: Vec<u32> = if classes <= 8 { (1..1_u32 << classes).collect() } else { vec![u32::MAX] };
    let holds = |set: u32, class: usize| classes > 8 || set & (1 << class) != 0;
    for set in sets {
        let wanted: i64 = (0..classes).filter(|class| holds(set, *class)).map(|class| people[class]).sum();
        let beds: i64 = facilities.iter().filter(|(accepts, _)| accepts.iter().any(|class| holds(set, *class))).map(|(_, beds)| beds).sum();
        if beds >= wanted {
            continue;
        }
        let names: Vec<&str> = (0..classes).filter(|class| holds(set, *class)).map(|class| check.classes[class].as_str()).collect();
        let whom = if names.len() == classes { String::new() } else { format!(" of the class {}", names.join(" or ")) };
        let message = format!("{wanted} people{whom} wait, but there are at most {beds} beds for them within the horizon");
        let Some((tree, span, path)) = (0..check.tables("facility").len()).find_map(|at| {
            let (accepts, _) = facilities.get(at)?;
            accepts.iter().any(|class| holds(set, *class)).then(|| check.again("facility", at)).flatten()
        }) else {
            continue;
        };
        let span = tree.get("beds").map_or(span, |value| value.span);
        check.book.error(span, message, format!("give {path} or another facility {} more", wanted - beds));
        return;
    }
}

/// The largest number of beds of a facility at any time within the horizon.
fn most_beds(node: usize, beds: crate::model::params::BedLevel, horizon: Duration, calendar: &[CalendarEntry]) -> i64 {
    let end = SimTime::ZERO + horizon;
    let own = |t: SimTime| {
        let days = t.since(beds.from).ticks() / Duration::from_days(1).ticks();
        (u64::from(beds.start) + u64::from(beds.per_day).saturating_mul(days)).min(u64::from(beds.up_to)) as i64
    };
    let adds: Vec<(SimTime, SimTime, i64)> = calendar
        .iter()
        .filter_map(|entry| match &entry.effect {
            CalendarEffect::Add(levels) => Some((entry, levels)),
            _ => None,
        })
        .flat_map(|(entry, levels)| {
            let ours = levels.iter().filter(move |(level, _)| *level == LevelTarget::Beds(node));
            ours.map(|(_, amount)| (entry.from, entry.to, *amount))
        })
        .collect();
    // Levels grow by themselves, so the most is there at the end or just before an entry begins or ends.
    let before = |t: SimTime| t.saturating_sub(Duration::from_ticks(1)).min(end);
    let moments = adds.iter().flat_map(|(from, to, _)| [before(*from), before(*to)]).chain([end]);
    moments
        .map(|t| own(t) + adds.iter().filter(|(from, to, _)| *from <= t && t < *to).map(|(_, _, amount)| amount).sum::<i64>())
        .max()
        .unwrap_or(0)
}
