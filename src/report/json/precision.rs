//! How precise something was to be, and how precise it is, as JSON.

use super::number;
use crate::results::{Reached, Until};
use crate::stats::Estimand;
use crate::stats::stopping::Precision;
use serde_json::{Value, json};

/// What replications went on for, and how precise it is.
pub(super) fn precision(until: &Until, reached: &[Reached]) -> Value {
    json!({
        "reached": reached.iter().all(Reached::met),
        "at_most": until.at_most,
        "level": Until::LEVEL,
        "level_each": until.level_each(),
        "conditions": reached.iter().map(condition).collect::<Vec<_>>(),
    })
}

/// One condition with the interval that was reached.
fn condition(one: &Reached) -> Value {
    json!({
        "condition": one.condition.text,
        "response": one.condition.response,
        "unit": one.condition.unit,
        "estimand": estimand(one.condition.estimand),
        "precision": match one.condition.precision {
            Precision::Absolute(limit) => json!({"absolute": limit}),
            Precision::Relative(share) => json!({"relative": share}),
        },
        "n": one.n,
        "estimate": number(one.interval.map(|interval| interval.estimate)),
        "interval": one.interval.map(|interval| [number(interval.lower), number(interval.upper)]),
        "half_width": number(one.half_width()),
        "wanted": number(one.wanted()),
        "reached": one.met(),
        "replications_expected": one.expected().filter(|_| !one.met()),
    })
}

fn estimand(estimand: Estimand) -> Value {
    match estimand {
        Estimand::Mean => "mean".into(),
        Estimand::Quantile(p) => json!({"quantile": p}),
        Estimand::ShareAtMost(bound) => json!({"share_at_most": bound}),
        Estimand::ShareAtLeast(bound) => json!({"share_at_least": bound}),
    }
}
