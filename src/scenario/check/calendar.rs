//! `[[calendar]]`: dated changes.

use super::Check;
use super::item::Item;
use super::plan::Parts;
use super::reader::Reader;
use crate::model::params::{CalendarEffect, CalendarEntry, CalendarTarget, LevelTarget, NodeKind};
use crate::scenario::document::Kind;
use crate::scenario::problem::{ProblemKind, did_you_mean};
use crate::scenario::source::Span;

const EFFECTS: [&str; 6] = ["no_departures", "closed", "daily_cap", "cap_factor", "speed_factor", "add"];

/// Reads every entry; one that is over before the start, or begins after the horizon, is left out with a note.
pub(super) fn read(check: &Check<'_>, parts: &Parts<'_>) -> Option<Vec<CalendarEntry>> {
    let mut fine = true;
    let mut entries = Vec::new();
    let mut places = Vec::new();
    for (at, entry) in check.each("calendar", |r| Some(one(r, parts))).into_iter().enumerate() {
        match entry.flatten() {
            Some(Some(entry)) => {
                entries.push(entry);
                places.push(at);
            }
            Some(None) => {}
            None => fine = false,
        }
    }
    if fine {
        for (entry, at) in entries.iter().zip(&places) {
            factor_without_cap(check, entry, &entries, *at);
        }
    }
    fine.then_some(entries)
}

fn factor_without_cap(check: &Check<'_>, entry: &CalendarEntry, entries: &[CalendarEntry], at: usize) {
    if !matches!(entry.effect, CalendarEffect::CapFactor(_)) {
        return;
    }
    let Some((table, span, path)) = check.again("calendar", at) else { return };
    for target in &entry.applies_to {
        let capped = entries.iter().any(|other| {
            matches!(other.effect, CalendarEffect::DailyCap(_))
                && other.from < entry.to
                && entry.from < other.to
                && other.applies_to.contains(target)
        });
        if !capped {
            let span = table.get("cap_factor").map_or(span, |value| value.span);
            let what = match target {
                CalendarTarget::Route(route) => {
                    format!("route.{}", check.ids.get("route").and_then(|ids| ids.get(*route)).map_or("?", String::as_str))
                }
                _ => "what it applies to".to_owned(),
            };
            check.book.error(
                span,
                format!("{path} has a cap_factor, but no daily_cap is in force on {what} then"),
                "add an entry with a daily_cap for it",
            );
        }
    }
}

/// One entry; `Some(None)` where it is never in force.
#[expect(clippy::option_option, reason = "wrong, never in force and given are three things")]
fn one(r: &Reader<'_>, parts: &Parts<'_>) -> Option<Option<CalendarEntry>> {
    let check = r.check;
    let id = r.need("id", |i| i.text());
    let from = r.need("from", |i| i.instant(false));
    let to = r.need("to", |i| i.instant(true));
    let reason = r.quietly("reason", String::new(), |i| i.text());
    let said: Vec<&str> = EFFECTS.into_iter().filter(|key| r.has(key)).collect();
    if said.len() != 1 {
        let key = said.get(1).copied().unwrap_or_default();
        let what =
            if said.is_empty() { "says nothing to do".to_owned() } else { format!("has {} effects: {}", said.len(), said.join(", ")) };
        r.error_at(&[key], format!("{} {what}", r.path), format!("give exactly one of {}", EFFECTS.join(", ")));
    }
    let levels = said == ["add"];
    if !levels && !r.has("applies_to") && !said.is_empty() {
        r.missing("applies_to");
    }
    let targets = r.quietly("applies_to", Vec::new(), |i| targets(i, said.first().copied().unwrap_or_default(), levels));
    let is_true = |i: &Item<'_>| match i.flag()? {
        true => Some(()),
        false => i.wrong(i.value, "must be true", "leave the entry out, or remove = true"),
    };
    let effect = match said[..] {
        ["no_departures"] => r.need("no_departures", is_true).map(|()| CalendarEffect::NoDepartures),
        ["closed"] => r.need("closed", is_true).map(|()| CalendarEffect::Closed),
        ["daily_cap"] => r.need("daily_cap", |i| i.whole()).map(CalendarEffect::DailyCap),
        ["cap_factor"] => r.need("cap_factor", |i| i.number()).map(CalendarEffect::CapFactor),
        ["speed_factor"] => r.need("speed_factor", |i| i.positive()).map(CalendarEffect::SpeedFactor),
        ["add"] => r.need("add", |i| amounts(i, parts)).map(CalendarEffect::Add),
        _ => None,
    };
    let (from, to) = (from?, to?);
    if to.signed <= from.signed {
        r.error_at(&["to"], format!("{} ends before it begins", r.path), "`to` is exclusive; a bare date means through that day");
        return None;
    }
    let (id, reason, effect, mut applies_to) = (id?, reason?, effect?, targets?);
    let note = |span: Span, message: String| check.book.report(ProblemKind::Note, span, message, Some("it changes nothing".to_owned()));
    if to.signed <= 0 {
        note(r.span_of("to"), format!("{} is over before the run starts", r.path));
        return Some(None);
    }
    if check.horizon.is_some_and(|horizon| from.at.elapsed() >= horizon) {
        note(r.span_of("from"), format!("{} begins after the horizon", r.path));
        return Some(None);
    }
    if let CalendarEffect::Add(levels) = &effect {
        applies_to = levels.iter().map(|(level, _)| target_of(*level)).collect();
    }
    applies_to.sort_by_key(|target| match target {
        CalendarTarget::Route(at) => (0, *at),
        CalendarTarget::Node(at) => (1, *at),
        CalendarTarget::Crossing(at) => (2, *at),
    });
    applies_to.dedup();
    Some(Some(CalendarEntry { id, from: from.at, to: to.at, applies_to, effect, reason }))
}

const fn target_of(level: LevelTarget) -> CalendarTarget {
    match level {
        LevelTarget::Lanes(crossing) => CalendarTarget::Crossing(crossing),
        LevelTarget::Beds(node)
        | LevelTarget::Yard(node)
        | LevelTarget::IntakeBays(node)
        | LevelTarget::Holding(node)
        | LevelTarget::BoardingBays(node) => CalendarTarget::Node(node),
    }
}

/// `applies_to`, checked against the effect.
fn targets(i: &Item<'_>, effect: &str, levels: bool) -> Option<Vec<CalendarTarget>> {
    let check = i.check;
    let mut targets = Vec::new();
    let mut fine = true;
    for (name, span) in i.texts()? {
        if name == "all routes" || name == "route.*" {
            targets.extend((0..check.ids("route").count()).map(CalendarTarget::Route));
            continue;
        }
        let (table, id) = name.split_once('.').unwrap_or((&name, ""));
        let found = match table {
            "route" => check.find(&["route"], id).map(|(_, at)| CalendarTarget::Route(at)),
            "crossing" => check.find(&["crossing"], id).map(|(_, at)| CalendarTarget::Crossing(at)),
            "site" => check.find(&["site"], id).map(|(_, at)| CalendarTarget::Node(at)),
            "hub" => check.find(&["hub"], id).map(|(_, at)| CalendarTarget::Node(at)),
            "facility" => check.find(&["facility"], id).map(|(_, at)| CalendarTarget::Node(at)),
            _ => None,
        };
        let Some(target) = found else {
            let all = ["route", "site", "hub", "facility", "crossing"];
            let known: Vec<String> = all.iter().flat_map(|table| check.ids(table).map(move |id| format!("{table}.{id}"))).collect();
            let near = did_you_mean(&name, known.iter().map(String::as_str));
            let help = near.map_or_else(
                || "write \"route.x\", \"facility.y\", \"crossing.z\", \"site.w\", \"hub.v\" or \"route.*\"".to_owned(),
                |n| format!("did you mean {n:?}?"),
            );
            check.book.error(span, format!("{} names {name:?}, which does not exist", i.path), help);
            fine = false;
            continue;
        };
        let route = matches!(target, CalendarTarget::Route(_));
        let wrong = match effect {
            "daily_cap" | "cap_factor" if !route => Some("applies to routes only"),
            "speed_factor" if !route => Some("applies to routes only"),
            "no_departures" if matches!(target, CalendarTarget::Crossing(_)) || table == "facility" => {
                Some("applies to routes, sites and hubs")
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            check.book.error(span, format!("{} names {name:?}, but {effect} {wrong}", i.path), "");
            fine = false;
        }
        targets.push(target);
    }
    if targets.is_empty() && fine && !levels {
        return i.wrong(i.value, "names nothing", "write at least one, as in [\"route.x\"]");
    }
    fine.then_some(targets)
}

/// `add`: levels by dotted path.
fn amounts(i: &Item<'_>, parts: &Parts<'_>) -> Option<Vec<(LevelTarget, i64)>> {
    let Kind::Table(table) = &i.value.kind else { return i.not_a(i.value, "a table of amounts") };
    let mut levels = Vec::new();
    let mut fine = true;
    let help = "levels: facility.x.beds, facility.x.yard, facility.x.intake.bays, hub.x.holding, hub.x.boarding.bays, site.x.boarding.bays, crossing.x.lanes";
    for entry in &table.entries {
        if entry.key == "source" || entry.key == "note" {
            continue;
        }
        let mut pieces = entry.key.splitn(3, '.');
        let (table, id, level) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
        let Some(name) = ["facility", "hub", "site", "crossing"].into_iter().find(|known| *known == table) else {
            i.check.book.error(entry.key_span, format!("{} names the level {:?}, which does not exist", i.path, entry.key), help);
            fine = false;
            continue;
        };
        let Some((_, at)) = i.check.find(&[name], id) else {
            let near = did_you_mean(id, i.check.ids(name)).map_or_else(|| help.to_owned(), |near| format!("did you mean {near:?}?"));
            i.check.book.error(entry.key_span, format!("{} names {table}.{id}, which does not exist", i.path), near);
            fine = false;
            continue;
        };
        let target = match (table, level) {
            ("facility", "beds") => LevelTarget::Beds(at),
            ("facility", "yard") => LevelTarget::Yard(at),
            ("facility", "intake.bays") => LevelTarget::IntakeBays(at),
            ("hub", "holding") => LevelTarget::Holding(at),
            ("hub" | "site", "boarding.bays") => LevelTarget::BoardingBays(at),
            ("crossing", "lanes") => LevelTarget::Lanes(at),
            _ => {
                i.check.book.error(entry.key_span, format!("{} names the level {:?}, which no calendar changes", i.path, entry.key), help);
                fine = false;
                continue;
            }
        };
        if let LevelTarget::Yard(at) = target
            && let Some(Some(node)) = parts.nodes.get(at)
            && matches!(&node.kind, NodeKind::Facility(facility) if facility.yard.is_none())
        {
            i.check.book.error(
                entry.key_span,
                format!("{table}.{id} has no limit of its yard that could change"),
                "give the facility a yard",
            );
            fine = false;
            continue;
        }
        match &entry.value.kind {
            Kind::Integer(text) if text.parse::<i64>().is_ok_and(|amount| amount.abs() <= 10_000_000) => {
                levels.push((target, text.parse().expect("it was parsed before")));
            }
            _ => {
                i.wrong::<()>(&entry.value, "an amount is a whole number", "write how many more, or with a minus how many fewer");
                fine = false;
            }
        }
    }
    if levels.is_empty() && fine {
        return i.wrong(i.value, "adds nothing", help);
    }
    if fine { i.noted(Some(levels)) } else { None }
}
