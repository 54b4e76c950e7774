//! What `sweep --json` prints.

use crate::report::json::outcomes;
use crate::results::{PointFigure, SweepInfo};
use crate::stats::Estimand;
use serde_json::{Value, json};

/// Schema of the object that `sweep --json` prints.
pub const SWEEP_SCHEMA: &str = "convoysim.sweep/1";

/// The leading figure of every point, and where everything was written.
#[must_use]
pub fn answer(info: &SweepInfo, figures: &[PointFigure], failures: u64, folder: &str, files: &[String]) -> Value {
    let finite = |x: f64| x.is_finite().then_some(x);
    let point = |point: &PointFigure| {
        let [lower, upper] = point.ends.map(finite);
        json!({"point": point.point, "value": point.value, "lower": lower, "upper": upper, "meets": point.meets.map(|meets| meets.word()),
            "outcomes": outcomes(&point.outcomes)})
    };
    let leading = info.leading().map(|(column, estimand)| {
        let (figure, parameter) = match estimand {
            Estimand::Mean => ("mean", None),
            Estimand::Quantile(p) => ("quantile", Some(p)),
            Estimand::ShareAtMost(bound) => ("share_at_most", Some(bound)),
            Estimand::ShareAtLeast(bound) => ("share_at_least", Some(bound)),
        };
        json!({"response": info.columns[column].name, "unit": info.columns[column].unit, "figure": figure, "of": parameter})
    });
    json!({
        "schema": SWEEP_SCHEMA,
        "sweep": info.name,
        "question": info.question,
        "handling": info.handling,
        "base": {"name": info.base, "sha256": info.base_sha256, "set": info.overrides},
        "plan_sha256": info.plan_sha256,
        "seed": info.seed,
        "replications": info.replications,
        "common_random_numbers": info.common,
        "requirement": info.requirement.as_ref().map(|wanted| wanted.text.as_str()),
        "leading": leading,
        "points": figures.iter().map(point).collect::<Vec<_>>(),
        "invalid": info.invalid.iter().map(|one| json!({"point": one.point, "problem": one.problem})).collect::<Vec<_>>(),
        "failures": failures,
        "out": folder,
        "files": files,
    })
}
