//! `[[route]]`: one kind of movement between two custody nodes.

use super::item::Item;
use super::limits;
use super::plan::Parts;
use super::reader::Reader;
use crate::model::params::{
    AirRoute, Board, CoverNeed, CoverPolicy, Departures, EscortNeed, Halts, HandOver, LandRoute, Leg, LegSpeed, Mode, NodeKind, OnLoss,
    PathPart, ReturnTrip, Route, Schedule,
};
use crate::random::Distribution;
use crate::scenario::document::{Kind, Value};
use crate::scenario::source::Span;
use crate::units::Duration;

/// Keys that only one mode has.
const LAND_ONLY: &[&str] = &["path", "buses", "escorts", "air_cover", "hand_over", "halts", "return_time", "return_speed"];
const AIR_ONLY: &[&str] = &["aircraft", "flight", "distance"];

/// Reads one route.
pub(super) fn read(r: &Reader<'_>, parts: &Parts<'_>) -> Option<Route> {
    let id = r.need("id", |i| i.text());
    let mode = r.need("mode", |i| i.word());
    let from = r.need("from", |i| end(i, &["site", "hub"]));
    let to = r.need("to", |i| end(i, &["hub", "facility"]));
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        r.error_at(&["to"], format!("{} goes from a place to itself", r.path), "");
    }
    let timetable = r.open("timetable", |i| i.timetable());
    if r.has("timetable") && r.has("departures") {
        r.error_at(&["timetable"], format!("{} has both departures and a timetable", r.path), "a timetable replaces departures");
    }
    let departures =
        if r.has("timetable") { timetable.flatten() } else { r.or("departures", Departures::Open(Schedule::Always), |i| i.departures()) };
    let priority = r.quietly("priority", 0, |i| i.signed());
    let board = r.or("board", Board::ForDeparture, |i| {
        let board = if i.word()? == 0 { Board::ForDeparture } else { Board::AtOnce };
        i.noted(Some(board))
    });
    let headway = r.or("headway", Duration::ZERO, |i| i.time());
    let max_on_road = r.or("max_on_road", None, |i| i.whole().map(Some));
    let classes = r.open("classes", |i| i.check.class_list(i));
    let form = form(r);
    let known = mode?;
    for key in if known == 0 { AIR_ONLY } else { LAND_ONLY } {
        let none = matches!(r.table.get(key), Some(Value { kind: Kind::Text(text), .. }) if text == "none");
        if r.has(key) && !none {
            let (is, only) = if known == 0 { ("land", "air") } else { ("air", "land") };
            r.error_at(&[key], format!("{} goes by {is}, and {key} is for routes by {only}", r.path), "leave it out, or change mode");
        }
    }
    let mode = if known == 0 { land(r, parts, form.as_ref()).map(Mode::Land) } else { air(r, parts, form.as_ref()).map(Mode::Air) };
    let (from, to) = (from?, to?);
    let classes = match classes? {
        Some(classes) => classes,
        None => accepted(r, parts, to)?,
    };
    Some(Route {
        id: id?,
        from,
        to,
        classes,
        departures: departures?,
        priority: priority?,
        form_wait_at_most: form?.1,
        board: board?,
        headway: headway?,
        max_on_road: max_on_road?,
        mode: mode?,
    })
}

/// An end of a route, with a word on the kinds of place that cannot be one.
fn end(i: &Item<'_>, allowed: &[&'static str]) -> Option<usize> {
    let id = i.text()?;
    match i.check.find(&["site", "hub", "facility"], &id) {
        Some((table, node)) if allowed.contains(&table) => Some(node),
        Some((table, _)) => {
            let but = if table == "facility" { "nobody leaves a facility" } else { "nobody is brought to a site" };
            i.wrong(i.value, but, format!("{} is a {}", i.key.name, allowed.join(" or a ")))
        }
        None => i.id_of().map(|(_, node)| node),
    }
}

/// The classes that the destination accepts; a hub takes all.
fn accepted(r: &Reader<'_>, parts: &Parts<'_>, to: usize) -> Option<Vec<usize>> {
    match &parts.nodes.get(to)?.as_ref()?.kind {
        NodeKind::Facility(facility) => Some(facility.accepts.clone()),
        _ => Some((0..r.check.classes.len()).collect()),
    }
}

/// `form`: the fewest buses, if given, and the wait.
fn form(r: &Reader<'_>) -> Option<(Option<u32>, Duration)> {
    let wait = Duration::from_hours(6);
    let form = r.open("form", |i| {
        let r = i.table()?;
        let at_least = r.open("at_least", |i| i.whole());
        let wait = r.or("wait_at_most", wait, |i| i.time());
        Some((at_least?, wait?))
    });
    match form? {
        Some(form) => Some(form),
        None => {
            r.check.assume_default(format!("{}.form.wait_at_most", r.path), "6 h".to_owned());
            Some((None, wait))
        }
    }
}

fn land(r: &Reader<'_>, parts: &Parts<'_>, form: Option<&(Option<u32>, Duration)>) -> Option<LandRoute> {
    ["path", "buses"].iter().filter(|key| !r.has(key)).for_each(|key| r.missing(key));
    let path = r.need("path", |i| path(i));
    let sizes = r.need("buses", |i| {
        let r = i.table()?;
        let fleet = r.need("fleet", |i| i.id_of()).map(|(_, fleet)| fleet);
        let sizes = r.need("per_convoy", |i| {
            let (sizes, least) = sizes(i)?;
            let count = fleet.and_then(|fleet| Some((fleet, parts.buses.get(fleet)?.as_ref()?)));
            if let Some((_, fleet)) = count.filter(|(_, fleet)| sizes.maximum() > f64::from(fleet.count)) {
                let message = format!("{} asks for {} buses, but the fleet {:?} has {}", i.path, sizes.maximum(), fleet.id, fleet.count);
                i.check.book.error(i.value.span, message, format!("at most {}, or a larger fleet", fleet.count));
                return None;
            }
            Some((sizes, least))
        });
        Some((fleet?, sizes?))
    });
    let at_least = match (&sizes, form) {
        (Some((_, (sizes, least))), Some((at_least, _))) => {
            let most = sizes.maximum();
            if let Some(at_least) = at_least.filter(|at_least| f64::from(*at_least) > most) {
                let message = format!("{}.form.at_least is {at_least}, but no convoy has more than {most} buses", r.path);
                r.error_at(&["form", "at_least"], message, format!("at most {most}"));
            }
            if at_least.is_none() {
                r.check.assume_default(format!("{}.form.at_least", r.path), least.to_string());
            }
            Some(at_least.unwrap_or(*least))
        }
        _ => None,
    };
    let escorts = match r.table.get("escorts").map(|value| &value.kind) {
        Some(Kind::Text(_)) => r.open("escorts", |i| i.noted(i.word())).map(|_| None),
        Some(_) => r.need("escorts", |i| escort_need(&i.table()?, parts)).map(Some),
        None => r.or("escorts", None, |_| None),
    };
    let cover = cover_need(r);
    let on_path = path.as_ref();
    let hand_over = r.quietly("hand_over", Vec::new(), |i| hand_overs(i, parts, on_path, r));
    let halts = r.open("halts", |i| {
        let r = i.table()?;
        let every = r.need("every", |i| i.interval());
        let length = r.need("length", |i| i.time());
        let comfort = r.quietly("comfort", false, |i| i.flag());
        Some(Halts { every: every?, length: length?, comfort: comfort? })
    });
    let marches = path.iter().flatten().any(|part| matches!(part, PathPart::Leg(Leg { speed: LegSpeed::RateOfMarch(_), .. })));
    if marches && r.has("halts") {
        let help = "give speed instead, or leave halts out";
        r.error_at(&["halts"], format!("{} has halts, but its rate_of_march already contains short halts", r.path), help);
        return None;
    }
    if r.has("return_time") && r.has("return_speed") {
        r.error_at(&["return_speed"], format!("{} has both return_time and return_speed", r.path), "give one of them");
        return None;
    }
    let return_time = r.open("return_time", |i| i.time_varies());
    let return_speed = r.open("return_speed", |i| i.speed_varies());
    let return_trip = match (return_time?, return_speed?) {
        (Some(time), _) => ReturnTrip::Time(time),
        (None, Some(speed)) => ReturnTrip::Speed(speed),
        (None, None) => ReturnTrip::AsTheLegs,
    };
    let (fleet, (per_convoy, _)) = sizes?;
    Some(LandRoute {
        path: path?,
        fleet,
        per_convoy,
        at_least: at_least?,
        escorts: escorts?,
        cover: cover?,
        hand_over: hand_over?,
        halts: halts?,
        return_trip,
    })
}

/// The wanted size of convoys and its smallest value.
fn sizes(i: &Item<'_>) -> Option<(Distribution, u32)> {
    match &i.value.kind {
        Kind::Table(table) if !table.is_one_value() => {
            let r = i.table()?;
            let (min, max) = (r.need("min", |i| i.whole()), r.need("max", |i| i.whole()));
            let (min, max) = (min?, max?);
            if min > max {
                return i.wrong(i.value, format!("min {min} is above max {max}"), "");
            }
            Some((Distribution::constant(f64::from(max)).expect("a count is finite"), min))
        }
        _ => {
            let sizes = i.varies(super::distribution::Unit::Whole)?;
            let least = sizes.minimum() as u32;
            Some((sizes, least))
        }
    }
}

fn escort_need(r: &Reader<'_>, parts: &Parts<'_>) -> Option<EscortNeed> {
    let pool = r.need("pool", |i| i.id_of()).map(|(_, pool)| pool);
    let per_convoy = r.need("per_convoy", |i| {
        let wanted = i.whole()?;
        let known = pool.and_then(|pool| parts.escorts.get(pool)?.as_ref());
        if let Some(pool) = known.filter(|pool| wanted > pool.count) {
            return i.wrong(
                i.value,
                format!("the pool {:?} has {}", pool.id, pool.count),
                format!("at most {}, or a larger pool", pool.count),
            );
        }
        Some(wanted)
    });
    let minimum = r.or("minimum", per_convoy, |i| {
        let minimum = i.whole()?;
        match per_convoy {
            Some(wanted) if minimum > wanted => {
                i.wrong(i.value, format!("only {wanted} are wanted per convoy"), format!("at most {wanted}"))
            }
            _ => Some(Some(minimum)),
        }
    });
    let wait_at_most = r.or("wait_at_most", Duration::ZERO, |i| i.time());
    Some(EscortNeed { pool: pool?, per_convoy: per_convoy?, minimum: minimum??, wait_at_most: wait_at_most? })
}

/// `air_cover` of a route or a hand-over: none where it says so, or where it is left out.
#[expect(clippy::option_option, reason = "wrong, none and given are three things")]
fn cover_need(r: &Reader<'_>) -> Option<Option<CoverNeed>> {
    match r.table.get("air_cover").map(|value| &value.kind) {
        Some(Kind::Text(_)) => r.need("air_cover", |i| i.noted(i.word())).map(|_| None),
        None => r.quietly("air_cover", None, |_| None),
        Some(_) => r.need("air_cover", |i| {
            let r = i.table()?;
            let orbit = r.need("orbit", |i| i.id_of()).map(|(_, orbit)| orbit);
            let policy =
                r.need("policy", |i| i.noted(i.word())).map(|word| if word == 0 { CoverPolicy::Required } else { CoverPolicy::Preferred });
            let on_loss = r.or("on_loss", OnLoss::Proceed, |i| {
                let word = i.word()?;
                i.noted(Some(if word == 0 { OnLoss::Hold } else { OnLoss::Proceed }))
            });
            Some(Some(CoverNeed { orbit: orbit?, policy: policy?, on_loss: on_loss? }))
        }),
    }
}

fn hand_overs(i: &Item<'_>, parts: &Parts<'_>, path: Option<&Vec<PathPart>>, route: &Reader<'_>) -> Option<Vec<HandOver>> {
    let mut changes: Vec<HandOver> = Vec::new();
    let mut fine = true;
    for (number, value) in i.list()?.iter().enumerate() {
        let Kind::Table(table) = &value.kind else { return i.not_a(value, "a table") };
        let name = table.text("at").map_or_else(|| number.to_string(), str::to_owned);
        let r = i.reader(table, value.span, format!("{}.{name}", i.path), i.key.kind.keys());
        let at = r.need("at", |i| {
            let (_, crossing) = i.id_of()?;
            let on_path = path.is_none_or(|path| path.iter().any(|part| matches!(part, PathPart::Crossing(on) if *on == crossing)));
            if !on_path {
                return i.wrong(i.value, format!("this crossing is not on the path of {}", route.path), "");
            }
            if changes.iter().any(|change| change.at == crossing) {
                return i.wrong(i.value, "there is a hand-over at this crossing already", "");
            }
            Some(crossing)
        });
        let escorts = r.open("escorts", |i| escort_need(&i.table()?, parts));
        let cover = if r.has("air_cover") { cover_need(&r).map(Some) } else { Some(None) };
        if !r.has("escorts") && !r.has("air_cover") {
            r.error_at(&[], format!("{} changes nothing", r.path), "give escorts, air_cover, or both");
            fine = false;
        }
        match (at, escorts, cover) {
            (Some(at), Some(escorts), Some(cover)) => changes.push(HandOver { at, escorts, cover }),
            _ => fine = false,
        }
    }
    fine.then_some(changes)
}

fn path(i: &Item<'_>) -> Option<Vec<PathPart>> {
    let mut path: Vec<PathPart> = Vec::new();
    let mut fine = true;
    let mut last: Option<Span> = None;
    for (number, value) in i.list()?.iter().enumerate() {
        let Kind::Table(table) = &value.kind else { return i.not_a(value, "a table") };
        let named =
            table.text("leg").or_else(|| table.text("crossing")).map_or_else(|| number.to_string(), crate::scenario::document::write::bare);
        let r = i.reader(table, value.span, format!("{}.{named}", i.path), i.key.kind.keys());
        last = Some(value.span);
        let part = match (r.has("leg"), r.has("crossing")) {
            (true, false) => leg(&r).map(PathPart::Leg),
            (false, true) => {
                for key in ["distance", "speed", "rate_of_march"].iter().filter(|key| r.has(key)) {
                    r.error_at(&[key], format!("{} is a crossing and has no {key}", r.path), "legs have distance and speed");
                    fine = false;
                }
                r.need("crossing", |i| i.id_of()).map(|(_, crossing)| PathPart::Crossing(crossing))
            }
            (true, true) => {
                r.error_at(&["crossing"], format!("{} is a leg and a crossing at once", r.path), "make two entries of it");
                None
            }
            (false, false) => {
                let help = "write { leg = \"...\", distance = ..., speed = ... } or { crossing = \"...\" }";
                r.error_at(&[], format!("{} is neither a leg nor a crossing", r.path), help);
                None
            }
        };
        let Some(part) = part else {
            fine = false;
            continue;
        };
        let twice = path.iter().any(|known| match (known, &part) {
            (PathPart::Leg(known), PathPart::Leg(leg)) => known.id == leg.id,
            (PathPart::Crossing(known), PathPart::Crossing(crossing)) => known == crossing,
            _ => false,
        });
        if twice {
            let key = if r.has("leg") { "leg" } else { "crossing" };
            let help = if key == "leg" { "give each leg its own name" } else { "a path passes a crossing once" };
            r.error_at(&[key], format!("{} stands on the path twice", r.path), help);
            fine = false;
        }
        if matches!(part, PathPart::Crossing(_)) && !matches!(path.last(), Some(PathPart::Leg(_))) && fine {
            let gap = if path.is_empty() { "no leg leads to it" } else { "no leg lies between it and the crossing before" };
            r.error_at(&["crossing"], format!("the path does not connect at {}: {gap}", r.path), "put a leg before it");
            fine = false;
        }
        path.push(part);
    }
    let no_leg = !path.iter().any(|part| matches!(part, PathPart::Leg(_)));
    if no_leg && fine {
        return i.wrong(i.value, "it has no leg", "write path = [{ leg = \"to receiving\", distance = \"120 km\", speed = \"40 km/h\" }]");
    }
    if matches!(path.last(), Some(PathPart::Crossing(_))) && fine {
        let span = last.unwrap_or(i.value.span);
        i.check.book.error(span, format!("the path does not connect: {} ends at a crossing", i.path), "put a leg after it");
        return None;
    }
    fine.then_some(path)
}

fn leg(r: &Reader<'_>) -> Option<Leg> {
    if !r.has("distance") {
        r.missing("distance");
    }
    let id = r.need("leg", |i| {
        let name = i.text()?;
        if name.trim().is_empty() {
            return i.wrong(i.value, "a leg has a name", "");
        }
        if let Some(wrong) = limits::too_long(&name) {
            i.check.book.error(i.value.span, format!("the name of this leg {wrong}"), limits::SHORTER);
            return None;
        }
        Some(name)
    });
    let distance = r.need("distance", |i| i.distance());
    if r.has("speed") == r.has("rate_of_march") {
        if r.has("speed") {
            r.error_at(&["rate_of_march"], format!("{} has both speed and rate_of_march", r.path), "give one of them");
        } else {
            r.missing("speed");
        }
        return None;
    }
    let speed = r.open("speed", |i| i.speed_varies());
    let march = r.open("rate_of_march", |i| i.speed_varies());
    let speed = speed?.map(LegSpeed::Moving).or(march?.map(LegSpeed::RateOfMarch))?;
    Some(Leg { id: id?, distance: distance?, speed })
}

fn air(r: &Reader<'_>, parts: &Parts<'_>, form: Option<&(Option<u32>, Duration)>) -> Option<AirRoute> {
    ["aircraft", "flight"].iter().filter(|key| !r.has(key)).for_each(|key| r.missing(key));
    let flight = r.need("flight", |i| i.time_varies_above_zero());
    let distance = r.open("distance", |i| i.distance());
    let fleet = r.need("aircraft", |i| {
        let r = i.table()?;
        let fleet = r.need("fleet", |i| i.id_of()).map(|(_, fleet)| fleet);
        let known = fleet.and_then(|fleet| parts.aircraft.get(fleet)?.as_ref());
        let at_least = r.or("at_least", known.map(|fleet| fleet.load), |i| {
            let at_least = i.whole()?;
            match known {
                Some(fleet) if at_least > fleet.load => {
                    i.wrong(i.value, format!("an aircraft of {:?} carries {}", fleet.id, fleet.load), format!("at most {}", fleet.load))
                }
                _ => Some(Some(at_least)),
            }
        });
        Some((fleet?, at_least??))
    });
    if form.is_some_and(|form| form.0.is_some()) {
        r.error_at(
            &["form", "at_least"],
            format!("{} goes by air: form.at_least counts buses", r.path),
            "write aircraft.at_least, in people",
        );
    }
    let (fleet, at_least) = fleet?;
    Some(AirRoute { fleet, at_least, flight: flight?, distance: distance? })
}
