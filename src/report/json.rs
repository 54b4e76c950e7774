//! Results and manifests as JSON. Keys stand in a fixed order; what is unknown is `null`, never `NaN`.

mod comparison;
mod explanation;
mod precision;
mod selection;
mod sensitivity;
mod verification;

pub use comparison::{COMPARE_SCHEMA, DIFF_SCHEMA, comparison, comparison_manifest, diff};
pub use explanation::{EXPLAIN_SCHEMA, assumptions, chain, explanation, explanation_manifest};
pub use selection::{BEST_SCHEMA, selection};
pub use sensitivity::{SENSITIVITY_SCHEMA, sensitivity};
pub use verification::{RERUN_SCHEMA, VERIFY_SCHEMA, replayed, verification};

use precision::precision;

use super::csv::hours_of;
use super::outcomes::partial;
use crate::results::{
    Bound, Clock, FileEntry, Manifest, Outcomes, Output, QUANTILES, Reason, ResourceInfo, ResponseSummary, RouteRow, TextEntry, TraceRow,
    Verdict,
};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Schema of `summary.json`.
pub const SUMMARY_SCHEMA: &str = "convoysim.summary/1";
/// Schema of the object that `run --json` prints.
pub const RUN_SCHEMA: &str = "convoysim.run/1";
/// Schema of `manifest.json`.
pub const MANIFEST_SCHEMA: &str = "convoysim.manifest/1";

/// `summary.json`.
#[must_use]
pub fn summary(output: &Output) -> Value {
    let Output { info, setting, table, summary, .. } = output;
    let responses: Map<String, Value> = summary.responses.iter().map(|one| (one.info.name.clone(), response(one))).collect();
    let shown: Vec<Value> = info.shown.iter().map(|one| json!({"percent": one.percent, "replication": one.replication})).collect();
    json!({
        "schema": SUMMARY_SCHEMA,
        "scenario": {"name": info.scenario, "sha256": info.sha256, "question": info.question, "handling": info.handling},
        "seed": info.seed,
        "replications": summary.replications,
        "requested": info.requested,
        "status": status(info.interrupted),
        "censored": summary.censored,
        "failed": summary.failed,
        "outcomes": outcomes(&summary.outcomes),
        "commonest_reason": summary.reason.as_ref().map(reason),
        "note": partial(summary.censored, summary.replications, ""),
        "start": info.clock.local(0),
        "utc_offset_minutes": info.clock.utc_offset_minutes,
        "horizon_days": number(info.horizon_days),
        "responses": responses,
        "objectives": summary.objectives.iter().map(objective).collect::<Vec<_>>(),
        "precision": info.until.as_ref().map(|until| precision(until, &summary.precision)),
        "too_small": setting.too_small.iter().map(|one| (one.response.clone(), number(one.difference))).collect::<Map<_, _>>(),
        "must_not_worsen": setting.must_not_worsen,
        "shown": shown,
        "resources": table.resources.iter().map(resource).collect::<Vec<_>>(),
        "routes": setting.routes.iter().map(route).collect::<Vec<_>>(),
    })
}

/// The object of `run --json`: the summary, where it was written, and what.
#[must_use]
pub fn run(output: &Output, folder: &str, files: &[&str]) -> Value {
    let mut object = summary(output);
    object["schema"] = RUN_SCHEMA.into();
    object["out"] = folder.into();
    object["files"] = files.into();
    object
}

/// `manifest.json`.
#[must_use]
pub fn manifest(manifest: &Manifest) -> Value {
    json!({
        "schema": MANIFEST_SCHEMA,
        "version": manifest.version,
        "target": manifest.target,
        "scenario": manifest.scenario,
        "seed": manifest.seed,
        "replications": manifest.replications,
        "until": manifest.until.as_ref().map(until),
        "status": status(manifest.interrupted),
        "finished": manifest.finished,
        "set": manifest.overrides,
        "resolved_sha256": crate::results::digest::sha256_hex(manifest.resolved.as_bytes()),
        "resolved": manifest.resolved,
        "texts": manifest.texts.iter().map(text_entry).collect::<Vec<_>>(),
        "files": manifest.files.iter().map(file).collect::<Vec<_>>(),
    })
}

/// A trace, one object a line.
///
/// # Errors
///
/// Those of the writer.
pub fn trace(rows: &[TraceRow], clock: &Clock, mut out: impl Write) -> io::Result<()> {
    for row in rows {
        let object = json!({
            "time_h": hours_of(row.time), "time_local": clock.local(row.time), "entity": row.entity, "id": row.id, "state": row.state,
            "place": row.place, "cause": row.cause,
        });
        writeln!(out, "{object}")?;
    }
    out.flush()
}

/// A JSON value as a text file: indented, with a line end.
#[must_use]
pub fn text(value: &Value) -> String {
    super::visible::visible_json(&format!("{value:#}\n")).into_owned()
}

fn status(interrupted: bool) -> &'static str {
    if interrupted { "interrupted" } else { "complete" }
}

/// How many replications ended in each way.
pub(super) fn outcomes(counts: &Outcomes) -> Value {
    json!({"complete": counts.complete, "horizon": counts.horizon, "deadlock": counts.deadlock, "failed": counts.failed})
}

/// Why most of those that did not complete did not.
pub(super) fn reason(one: &Reason) -> Value {
    json!({
        "outcome": one.outcome.word(),
        "of": one.of,
        "runs": one.runs,
        "people_median": one.group.people,
        "place": one.group.place,
        "waits_for": one.group.waits_for,
        "words": one.words(),
    })
}

fn number(value: impl Into<Option<f64>>) -> Value {
    // serde_json makes `null` of what is not finite.
    value.into().map_or(Value::Null, Value::from)
}

fn response(one: &ResponseSummary) -> Value {
    let mut object = Map::new();
    object.insert("unit".into(), one.info.unit.into());
    object.insert("better".into(), one.info.better.word().into());
    object.insert("reading".into(), one.info.reading.as_ref().into());
    object.insert("n".into(), one.n.into());
    object.insert("not_reached".into(), one.not_reached.into());
    object.insert("mean".into(), number(one.mean));
    object.insert("half_width".into(), number(one.half_width));
    for ((name, _), value) in QUANTILES.iter().zip(one.quantiles) {
        object.insert((*name).into(), number(value));
    }
    object.insert("min".into(), number(one.min));
    object.insert("max".into(), number(one.max));
    let errors: Map<String, Value> = QUANTILES.iter().zip(one.mcse).map(|((name, _), error)| ((*name).into(), number(error))).collect();
    object.insert("mcse".into(), errors.into());
    object.insert("warnings".into(), one.warnings().into());
    object.into()
}

fn objective(verdict: &Verdict) -> Value {
    let wanted = &verdict.objective;
    let (side, bound) = match wanted.bound {
        Bound::AtMost(bound) => ("at_most", bound),
        Bound::AtLeast(bound) => ("at_least", bound),
    };
    json!({
        "id": wanted.id,
        "response": wanted.response,
        side: number(bound),
        "in_share_of_runs": number(wanted.in_share_of_runs),
        "runs": verdict.runs,
        "kept": verdict.kept,
        "not_known": verdict.not_known,
        "value": number(verdict.share()),
        "ci95": verdict.interval.map(|(low, high)| [low, high]),
        "met": verdict.met(),
        "resolved": verdict.resolved(),
        "verdict": verdict.word(),
    })
}

fn resource(one: &ResourceInfo) -> Value {
    json!({"name": one.name, "label": one.label, "units": one.units})
}

fn route(row: &RouteRow) -> Value {
    json!({"id": row.id, "mode": row.mode, "from": row.from, "to": row.to})
}

fn until((conditions, at_most): &(Vec<String>, u32)) -> Value {
    json!({"conditions": conditions, "at_most": at_most})
}

fn text_entry(entry: &TextEntry) -> Value {
    json!({"name": entry.name, "sha256": entry.sha256, "text": entry.text})
}

fn file(entry: &FileEntry) -> Value {
    json!({"name": entry.name, "bytes": entry.bytes, "sha256": entry.sha256})
}
