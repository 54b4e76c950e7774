//! `summary.json`: who was run.

use super::Misread;
use crate::report::json::SUMMARY_SCHEMA;
use crate::results::vocabulary::{MODES, UNITS};
use crate::results::{
    Better, Bound, Clock, Condition, Objective, ResourceInfo, ResponseInfo, RouteRow, RunInfo, Setting, Shown, TooSmall, Until,
};
use crate::stats::Estimand;
use crate::stats::stopping::Precision;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What is taken from `summary.json`; its figures are made anew from the table.
pub(super) struct SummaryParts {
    pub(super) info: RunInfo,
    pub(super) responses: Vec<ResponseInfo>,
    pub(super) resources: Vec<ResourceInfo>,
    /// Without light, counts and inputs, which have their own tables.
    pub(super) setting: Setting,
}

#[derive(Deserialize)]
struct SummaryFile {
    scenario: ScenarioPart,
    seed: u64,
    requested: u32,
    status: Status,
    start: String,
    utc_offset_minutes: i32,
    horizon_days: f64,
    responses: Map<String, Value>,
    objectives: Vec<ObjectivePart>,
    precision: Option<PrecisionPart>,
    too_small: Map<String, Value>,
    must_not_worsen: Vec<String>,
    shown: Vec<ShownPart>,
    resources: Vec<ResourcePart>,
    routes: Vec<RoutePart>,
}

#[derive(Deserialize)]
struct ScenarioPart {
    name: String,
    sha256: String,
    question: String,
    handling: String,
}

/// How a run ended.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Complete,
    Interrupted,
}

#[derive(Deserialize)]
struct ObjectivePart {
    id: String,
    response: String,
    at_most: Option<f64>,
    at_least: Option<f64>,
    in_share_of_runs: f64,
}

/// What replications went on for; how precise it became is made anew.
#[derive(Deserialize)]
struct PrecisionPart {
    at_most: u32,
    conditions: Vec<ConditionPart>,
}

#[derive(Deserialize)]
struct ConditionPart {
    condition: String,
    response: String,
    unit: String,
    estimand: EstimandPart,
    precision: WidthPart,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EstimandPart {
    Mean,
    Quantile(f64),
    ShareAtMost(f64),
    ShareAtLeast(f64),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WidthPart {
    Absolute(f64),
    Relative(f64),
}

#[derive(Deserialize)]
struct ShownPart {
    percent: u32,
    replication: u32,
}

#[derive(Deserialize)]
struct ResourcePart {
    name: String,
    label: String,
    units: u32,
}

#[derive(Deserialize)]
struct RoutePart {
    id: String,
    mode: String,
    from: String,
    to: String,
}

/// A document of a schema.
pub(super) fn document<T: DeserializeOwned>(file: &str, text: &str, schema: &str) -> Result<T, Misread> {
    #[derive(Deserialize)]
    struct Schema {
        schema: String,
    }
    let wrong = |error: serde_json::Error| {
        let text = error.to_string();
        // The place is told before.
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        Misread::new(file, Some(error.line() as u64), what)
    };
    let found = serde_json::from_str::<Schema>(text).map_err(wrong)?.schema;
    if found != schema {
        return Err(Misread::new(file, None, format!("its schema is {found:?}, but this version reads {schema:?}")));
    }
    serde_json::from_str(text).map_err(wrong)
}

/// What is taken from `summary.json`.
pub(super) fn summary(text: &str) -> Result<SummaryParts, Misread> {
    let name = "summary.json";
    let wrong = |what: String| Misread::new(name, None, what);
    let file: SummaryFile = document(name, text, SUMMARY_SCHEMA)?;
    let clock = Clock::starting(&file.start, file.utc_offset_minutes);
    let clock = clock.ok_or_else(|| wrong(format!("start is {:?}, but must be a date and time", file.start)))?;
    let responses = file.responses.iter().map(|(name, one)| response(name, one)).collect::<Result<_, _>>().map_err(wrong)?;
    let routes = file.routes.into_iter().map(|RoutePart { id, mode, from, to }| {
        let mode = known(&mode, MODES).ok_or_else(|| format!("the mode of route {id:?} is {mode:?}, which this version does not know"))?;
        Ok(RouteRow { id, mode, from, to })
    });
    let routes = routes.collect::<Result<_, String>>().map_err(wrong)?;
    let too_small = file.too_small.into_iter().map(|(response, difference)| {
        let difference = difference.as_f64().ok_or_else(|| format!("the difference of {response:?} must be a number"))?;
        Ok(TooSmall { response, difference })
    });
    let too_small = too_small.collect::<Result<_, String>>().map_err(wrong)?;
    let objectives = file.objectives.into_iter().map(objective).collect::<Result<_, _>>().map_err(wrong)?;
    Ok(SummaryParts {
        info: RunInfo {
            scenario: file.scenario.name,
            question: file.scenario.question,
            handling: file.scenario.handling,
            sha256: file.scenario.sha256,
            seed: file.seed,
            requested: file.requested,
            until: file.precision.map(until),
            interrupted: file.status == Status::Interrupted,
            horizon_days: file.horizon_days,
            clock,
            objectives,
            shown: file.shown.iter().map(|one| Shown { percent: one.percent, replication: one.replication }).collect(),
        },
        responses,
        resources: file.resources.into_iter().map(|one| ResourceInfo { name: one.name, label: one.label, units: one.units }).collect(),
        setting: Setting { routes, too_small, must_not_worsen: file.must_not_worsen, ..Setting::default() },
    })
}

fn until(part: PrecisionPart) -> Until {
    let condition = |one: ConditionPart| Condition {
        text: one.condition,
        response: one.response,
        unit: one.unit,
        estimand: match one.estimand {
            EstimandPart::Mean => Estimand::Mean,
            EstimandPart::Quantile(p) => Estimand::Quantile(p),
            EstimandPart::ShareAtMost(bound) => Estimand::ShareAtMost(bound),
            EstimandPart::ShareAtLeast(bound) => Estimand::ShareAtLeast(bound),
        },
        precision: match one.precision {
            WidthPart::Absolute(limit) => Precision::Absolute(limit),
            WidthPart::Relative(share) => Precision::Relative(share),
        },
    };
    Until { conditions: part.conditions.into_iter().map(condition).collect(), sides: 1, at_most: part.at_most }
}

pub(super) fn known(word: &str, words: &[&'static str]) -> Option<&'static str> {
    words.iter().find(|known| **known == word).copied()
}

fn response(name: &str, one: &Value) -> Result<ResponseInfo, String> {
    let text = |key: &str| one[key].as_str().ok_or_else(|| format!("response {name:?} has no {key}"));
    let unit = text("unit")?;
    let better = text("better")?;
    Ok(ResponseInfo {
        name: name.into(),
        unit: known(unit, UNITS).ok_or_else(|| format!("the unit of {name:?} is {unit:?}, which this version does not know"))?,
        better: [Better::Lower, Better::Higher, Better::Neither]
            .into_iter()
            .find(|known| known.word() == better)
            .ok_or_else(|| format!("{name:?} is better {better:?}, which this version does not know"))?,
        reading: text("reading")?.to_owned().into(),
    })
}

fn objective(part: ObjectivePart) -> Result<Objective, String> {
    let bound = match (part.at_most, part.at_least) {
        (Some(bound), None) => Bound::AtMost(bound),
        (None, Some(bound)) => Bound::AtLeast(bound),
        _ => return Err(format!("objective {:?} must have one bound", part.id)),
    };
    Ok(Objective { id: part.id, response: part.response, bound, in_share_of_runs: part.in_share_of_runs })
}
