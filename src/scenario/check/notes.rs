//! What can run and may not be meant: notes on the plan as a whole, told by every command that reads it.

use super::{Check, comfort};
use crate::model::params::{Mode, Node, NodeKind, Params, PathPart, Route};
use crate::scenario::document::{Entry, Kind, Table, Value};
use crate::scenario::drawable::is_drawable;
use crate::scenario::problem::ProblemKind;
use crate::scenario::source::Span;
use crate::units::Duration;
use std::collections::BTreeSet;

/// Notes on a plan that can run; `comfort_every` is `welfare.comfort_stop.every`.
pub(super) fn on(check: &Check<'_>, params: &Params, comfort_every: Option<Duration>) {
    unused(check, &params.routes);
    unstated_hazards(check, &params.nodes);
    undrawable(check, check.root, &mut BTreeSet::new());
    if let Some(every) = comfort_every {
        comfort::notes(check, params, every);
    }
}

/// What no route uses.
fn unused(check: &Check<'_>, routes: &[Route]) {
    let mut used: BTreeSet<(&str, usize)> = BTreeSet::new();
    for route in routes {
        match &route.mode {
            Mode::Land(land) => {
                used.insert(("buses", land.fleet));
                used.extend(land.escorts.iter().map(|need| ("escorts", need.pool)));
                used.extend(land.cover.iter().map(|need| ("air_cover", need.orbit)));
                used.extend(land.hand_over.iter().filter_map(|change| change.escorts).map(|need| ("escorts", need.pool)));
                used.extend(land.hand_over.iter().filter_map(|change| change.cover.flatten()).map(|need| ("air_cover", need.orbit)));
                used.extend(land.path.iter().filter_map(|part| match part {
                    PathPart::Crossing(crossing) => Some(("crossing", *crossing)),
                    PathPart::Leg(_) => None,
                }));
            }
            Mode::Air(air) => {
                used.insert(("aircraft", air.fleet));
            }
        }
    }
    for table in ["buses", "escorts", "air_cover", "aircraft", "crossing"] {
        for at in 0..check.tables(table).len() {
            if used.contains(&(table, at)) {
                continue;
            }
            if let Some((tree, span, path)) = check.again(table, at) {
                let span = tree.get("id").map_or(span, |id| id.span);
                check.book.report(ProblemKind::Note, span, format!("no route uses {path}"), None);
            }
        }
    }
}

/// Names with letters that no embedded face has: charts draw a box for each. A name that other entries take over is noted once.
fn undrawable(check: &Check<'_>, table: &Table, seen: &mut BTreeSet<Span>) {
    for Entry { key, value, .. } in &table.entries {
        match &value.kind {
            Kind::Table(table) => undrawable(check, table, seen),
            Kind::Array(items) => items.iter().filter_map(Value::as_table).for_each(|table| undrawable(check, table, seen)),
            Kind::Text(text) if ["label", "leg", "name", "handling"].contains(&key.as_str()) && !seen.contains(&value.span) => {
                let mut missing: Vec<char> = text.chars().filter(|letter| !is_drawable(*letter)).collect();
                missing.sort_unstable();
                missing.dedup();
                if missing.is_empty() {
                    continue;
                }
                seen.insert(value.span);
                let shown: Vec<String> = missing.iter().take(8).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
                let more = missing.len().checked_sub(9).map_or_else(String::new, |more| format!(" and {} more", more + 1));
                let message = format!("charts cannot draw {}{more}: a box stands for each", shown.join(", "));
                let help = "charts have Latin, Greek, Cyrillic, Arabic and Hebrew letters; tables and texts have all";
                check.book.report(ProblemKind::Note, value.span, message, Some(help.to_owned()));
            }
            _ => {}
        }
    }
}

/// Sites without `breakout` beside sites that have one: what is expected of some only must not pass for the whole operation.
///
/// Where no site states a hazard nothing is claimed, and nothing is said.
fn unstated_hazards(check: &Check<'_>, nodes: &[Node]) {
    let sites =
        || nodes.iter().enumerate().filter_map(|(at, node)| if let NodeKind::Site(site) = &node.kind { Some((at, site)) } else { None });
    if sites().all(|(_, site)| site.breakout.is_none()) {
        return;
    }
    for (at, _) in sites().filter(|(_, site)| site.breakout.is_none() && !site.detainees.is_empty()) {
        let Some((tree, span, path)) = check.again("site", at) else { continue };
        let span = tree.get("id").map_or(span, |id| id.span);
        let message = format!("expected_breakouts and expected_escapees leave out {path}, which has no breakout");
        let help = "give it one; hazard = \"0 /site-day\" says that there is none";
        check.book.report(ProblemKind::Note, span, message, Some(help.to_owned()));
    }
}
