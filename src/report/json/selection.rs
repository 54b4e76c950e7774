//! Selections as JSON.

use super::number;
use crate::results::{Selection, SelectionEnd};
use serde_json::{Value, json};

/// Schema of the object that `best --json` prints.
pub const BEST_SCHEMA: &str = "convoysim.best/1";

/// What `best --json` prints.
#[must_use]
pub fn selection(selection: &Selection) -> Value {
    let label = |place: usize| selection.competitors[place].side.label.as_str();
    let (end, selected, why) = match &selection.end {
        SelectionEnd::Selected(best) => ("selected", Some(label(*best)), None),
        SelectionEnd::Capped => ("capped", None, None),
        SelectionEnd::Interrupted => ("interrupted", None, None),
        SelectionEnd::NoneCompletes => ("none_completes", None, None),
        SelectionEnd::NoValue { competitor, replication } => {
            ("no_value", None, Some(json!({"scenario": label(*competitor), "replication": replication})))
        }
        SelectionEnd::Failed { competitor, replication, message } => {
            ("failed", None, Some(json!({"scenario": label(*competitor), "replication": replication, "message": message})))
        }
    };
    let scenarios: Vec<Value> = selection
        .competitors
        .iter()
        .map(|one| {
            json!({
                "label": one.side.label,
                "scenario": one.side.name,
                "sha256": one.side.sha256,
                "replications": one.side.replications,
                "mean": number(one.mean),
                "out_at": one.out_at,
                "not_completed": one.side.censored,
                "behind_best_other": one.behind.map(|(low, high)| [number(low), number(high)]),
                "behind_selected": one.behind_selected.map(|(low, high)| [number(low), number(high)]),
                "standing": one.standing.word(),
                "feasible": if one.broken.is_empty() && one.open.is_empty() { Some(true) } else { (!one.broken.is_empty()).then_some(false) },
                "breaks": one.broken.iter().map(|broken| json!({
                    "response": broken.response.name,
                    "difference": [number(broken.lower), number(broken.upper)],
                })).collect::<Vec<_>>(),
                "not_resolved": one.open,
            })
        })
        .collect();
    json!({
        "schema": BEST_SCHEMA,
        "response": selection.response.name,
        "unit": selection.response.unit,
        "better": selection.response.better.word(),
        "method": "kim_nelson",
        "delta": number(selection.delta),
        "confidence": number(selection.confidence),
        "first_stage": selection.first_stage,
        "completion": selection.completion.map(|one| json!({
            "replications": one.replications,
            "not_completed_at_most": number(one.unfinished_at_most),
            "settled": one.settled,
        })),
        "ends_by": selection.ends_by,
        "seed": selection.seed,
        "end": end,
        "selected": selected,
        "within_delta": selection.within_delta(),
        "must_not_worsen": selection.constraints.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        "why": why,
        "comparisons_with_best": {"method": "nelson_matejcik", "replications": selection.common},
        "scenarios": scenarios,
    })
}
