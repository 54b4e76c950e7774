//! What can run and may not be meant: notes on the plan as a whole, told by every command that reads it.

use super::{Check, comfort};
use crate::model::params::{Mode, Node, NodeKind, Params, PathPart, Route};
use crate::scenario::problem::ProblemKind;
use crate::units::Duration;

/// Notes on a plan that can run; `comfort_every` is `welfare.comfort_stop.every`.
pub(super) fn on(check: &Check<'_>, params: &Params, comfort_every: Option<Duration>) {
    unused(check, &params.routes);
    unstated_hazards(check, &params.nodes);
    if let Some(every) = comfort_every {
        comfort::notes(check, params, every);
    }
}

/// What no route uses.
fn unused(check: &Check<'_>, routes: &[Route]) {
    let mut used: Vec<(&str, usize)> = Vec::new();
    for route in routes {
        match &route.mode {
            Mode::Land(land) => {
                used.push(("buses", land.fleet));
                used.extend(land.escorts.iter().map(|need| ("escorts", need.pool)));
                used.extend(land.cover.iter().map(|need| ("air_cover", need.orbit)));
                used.extend(land.hand_over.iter().filter_map(|change| change.escorts).map(|need| ("escorts", need.pool)));
                used.extend(land.hand_over.iter().filter_map(|change| change.cover.flatten()).map(|need| ("air_cover", need.orbit)));
                used.extend(land.path.iter().filter_map(|part| match part {
                    PathPart::Crossing(crossing) => Some(("crossing", *crossing)),
                    PathPart::Leg(_) => None,
                }));
            }
            Mode::Air(air) => used.push(("aircraft", air.fleet)),
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
