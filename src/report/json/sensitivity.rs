//! Sensitivity as JSON.

use super::{number, outcomes};
use crate::results::{Measures, ResponseSensitivity, Sensitivity, SensitivityDesign, VariedFactor};
use crate::stats::Interval;
use crate::stats::sensitivity::{Morris, SobolIndices, Step};
use serde_json::{Map, Value, json};

/// Schema of `sensitivity.json`, and of the object that `sensitivity --json` prints.
pub const SENSITIVITY_SCHEMA: &str = "convoysim.sensitivity/1";

/// `sensitivity.json`: one analysis a block.
///
/// # Panics
///
/// If there is no analysis.
#[must_use]
pub fn sensitivity(analyses: &[Sensitivity]) -> Value {
    let of = analyses.first().expect("a file is written where there is an analysis");
    json!({
        "schema": SENSITIVITY_SCHEMA,
        "sweep": of.sweep,
        "question": of.question,
        "handling": of.handling,
        "plan_sha256": of.plan_sha256,
        "seed": of.seed,
        "common_random_numbers": of.common,
        "level": number(of.level),
        "analyses": analyses.iter().map(analysis).collect::<Vec<_>>(),
    })
}

fn analysis(one: &Sensitivity) -> Value {
    let design = match one.design {
        SensitivityDesign::Morris { trajectories, levels } => json!({"trajectories": trajectories, "levels": levels}),
        SensitivityDesign::Sobol { rows, pairs } => json!({"rows": rows, "second_order": pairs}),
    };
    let factor = |factor: &VariedFactor| json!({"id": factor.id, "label": factor.label, "low": factor.ends[0], "high": factor.ends[1]});
    let responses: Map<String, Value> = one.responses.iter().map(|found| (found.info.name.clone(), response(one, found))).collect();
    json!({
        "method": one.design.word(),
        "design": design,
        "points": one.points,
        "replications": one.replications,
        "outcomes": outcomes(&one.outcomes),
        "factors": one.factors.iter().map(factor).collect::<Vec<_>>(),
        "responses": responses,
    })
}

fn response(analysis: &Sensitivity, one: &ResponseSensitivity) -> Value {
    let mut object = match &one.measures {
        Measures::Morris(found) => morris(analysis, found),
        Measures::Sobol(found) => sobol(analysis, found),
        Measures::Unknown => json!({"factors": null}),
    };
    if analysis.is_refused(one) {
        object["refused"] = "some runs did not complete, so the expected time is infinite".into();
    }
    object["unit"] = one.info.unit.into();
    object["ranking"] = one.measures.ranking().iter().map(|factor| id(analysis, *factor)).collect::<Vec<_>>().into();
    object["order_not_known"] = one.measures.steps().iter().filter(|step| !step.is_clear()).map(|step| open(analysis, step)).collect();
    object
}

fn sobol(analysis: &Sensitivity, found: &SobolIndices) -> Value {
    let factors: Vec<Value> = (0..found.total.len())
        .map(|factor| {
            json!({
                "id": id(analysis, factor), "first": interval(&found.first[factor]), "total": interval(&found.total[factor]),
                "first_jansen": interval(&found.first_jansen[factor]),
            })
        })
        .collect();
    let pairs: Vec<Value> = found
        .pairs
        .iter()
        .map(|pair| json!({"ids": pair.factors.map(|factor| id(analysis, factor)), "second": interval(&pair.index)}))
        .collect();
    json!({
        "rows": found.rows,
        "rows_left_out": found.left_out,
        "variance_of_expected_response": number(found.variance),
        "variance_of_one_run": number(found.noise_variance),
        "noise_share": found.noise_share.as_ref().map(interval),
        "noise_floor": found.floor.map(|floor| json!({
            "first": number(floor.first), "total": number(floor.total), "total_if_noise_were_left_in": number(floor.total_uncorrected),
        })),
        "holds_for_other_seeds": found.knows_seeds,
        "sum_of_first": interval(&found.sum_of_first),
        "factors": factors,
        "pairs": pairs,
    })
}

fn morris(analysis: &Sensitivity, found: &Morris) -> Value {
    let factors: Vec<Value> = found
        .factors
        .iter()
        .enumerate()
        .map(|(factor, one)| {
            let (mu, mu_star, sigma) = (interval(&one.mu), interval(&one.mu_star), interval(&one.sigma));
            json!({"id": id(analysis, factor), "mu_star": mu_star, "mu": mu, "sigma": sigma})
        })
        .collect();
    json!({
        "trajectories": found.trajectories,
        "trajectories_left_out": found.left_out,
        "variance_of_one_run": number(found.noise_variance),
        "noise_floor": found.floor.map(|floor| json!({"mu_star": number(floor.mu_star), "sigma": number(floor.sigma)})),
        "holds_for_other_seeds": found.knows_seeds,
        "factors": factors,
    })
}

fn open(analysis: &Sensitivity, step: &Step) -> Value {
    json!({"ids": [id(analysis, step.larger), id(analysis, step.smaller)], "difference": interval(&step.difference)})
}

fn id(analysis: &Sensitivity, factor: usize) -> &str {
    &analysis.factors[factor].id
}

fn interval(one: &Interval) -> Value {
    json!({"estimate": number(one.estimate), "lower": number(one.lower), "upper": number(one.upper)})
}
