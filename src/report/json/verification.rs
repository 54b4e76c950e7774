//! Folders and replications that were made again, as JSON.

use super::number;
use crate::results::{CheckedFile, FirstDifference, Replayed, Scope, Verification};
use serde_json::{Map, Value, json};

/// Schema of the object that `verify --json` prints.
pub const VERIFY_SCHEMA: &str = "convoysim.verify/1";

/// Schema of the object that `rerun --json` prints.
pub const RERUN_SCHEMA: &str = "convoysim.rerun/1";

/// What `rerun --json` prints.
#[must_use]
pub fn replayed(of: &Replayed) -> Value {
    let record = of.table.records.iter().next();
    let responses = record.as_ref().map(|record| {
        let values = of.table.responses.iter().zip(&record.values);
        values.map(|(info, value)| (info.name.clone(), number(*value))).collect::<Map<_, _>>()
    });
    let failure = of.table.failures.first();
    json!({
        "schema": RERUN_SCHEMA,
        "agrees": of.first.is_none(),
        "scenario": {"name": of.info.scenario, "sha256": of.info.sha256},
        "seed": of.info.seed,
        "replication": of.replication,
        "responses": responses,
        "censored": record.as_ref().map(|record| record.censored()),
        "failure": failure.map(|failure| json!({"kind": failure.kind, "message": failure.message, "waits": failure.waits})),
        "first": of.first.as_ref().map(first),
    })
}

/// What `verify --json` prints.
#[must_use]
pub fn verification(of: &Verification) -> Value {
    let (all, sample) = match &of.scope {
        Scope::All(all) => (*all, None),
        Scope::Sample(numbers, all) => (*all, Some(numbers)),
        Scope::Shards(..) => (0, None),
    };
    let shards = if let Scope::Shards(numbers, of) = &of.scope { json!({"run": numbers, "of": of}) } else { Value::Null };
    let program = |[version, target]: &[String; 2]| json!({"version": version, "target": target});
    json!({
        "schema": VERIFY_SCHEMA,
        "agrees": of.agrees(),
        "scenarios": of.scenarios,
        "seed": of.seed,
        "written_by": program(&of.written_by),
        "made_by": program(&of.made_by),
        "replications": all,
        "sample": sample,
        "shards": shards,
        "files": of.files.iter().map(file).collect::<Vec<_>>(),
    })
}

fn file(file: &CheckedFile) -> Value {
    json!({
        "name": file.name,
        "finding": file.finding.word(),
        "agrees": !file.finding.is_difference(),
        "first": file.first.as_ref().map(first),
    })
}

fn first(first: &FirstDifference) -> Value {
    json!({"place": first.place, "found": first.found, "made": first.made})
}
