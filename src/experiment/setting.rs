//! What of a scenario reports show beside the results.

use crate::model::Model;
use crate::model::params::Mode;
use crate::results::{InputRow, LightRow, ObservedRow, RouteRow, Setting, TooSmall};
use crate::scenario::{Assumption, Observation, Scenario};

/// The setting of a scenario and its model.
#[must_use]
pub(super) fn of(scenario: &Scenario, model: &Model) -> Setting {
    let params = &model.params;
    let routes = params.routes.iter().map(|route| RouteRow {
        id: route.id.clone(),
        mode: if matches!(route.mode, Mode::Land(_)) { "land" } else { "air" },
        from: params.nodes[route.from].id.clone(),
        to: params.nodes[route.to].id.clone(),
    });
    let light = model.light_stretches();
    let time_of_day = params.start.time_of_day.days();
    Setting {
        routes: routes.collect(),
        light: light.map(|(start, end, light)| LightRow { start: start.ticks(), end: end.ticks(), light: light.word() }).collect(),
        observed: scenario.observed.iter().map(|count| observed(count, time_of_day)).collect(),
        too_small: scenario.compare.iter().map(|one| TooSmall { response: one.response.clone(), difference: one.difference }).collect(),
        must_not_worsen: scenario.must_not_worsen.clone(),
        inputs: scenario.assumptions.iter().map(input).collect(),
    }
}

/// A count, by the local day at whose end it holds.
fn observed(count: &Observation, time_of_day: f64) -> ObservedRow {
    let day = libm::round(count.as_of_day + time_of_day) as i64;
    ObservedRow { day, value: count.value, bound: count.bound.clone(), source: count.source.clone() }
}

fn input(value: &Assumption) -> InputRow {
    let Assumption { path, value, source, range, note, place } = value.clone();
    InputRow { path, value, source, range, note, place }
}
