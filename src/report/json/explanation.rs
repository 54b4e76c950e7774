//! `explain --json`: one object, whatever was asked for.

use super::{MANIFEST_SCHEMA, file, number, outcomes, reason, text_entry};
use crate::results::{
    Asked, Blocked, Closure, Effect, Explanation, ExplanationManifest, Kind, Levers, Outcome, Raised, RunInfo, Swing, Swings, Terms,
    TraceRow, Tried, Waiting, digest,
};
use crate::stats::Interval;
use serde_json::{Map, Value, json};

/// Schema of the object that `explain --json` prints.
pub const EXPLAIN_SCHEMA: &str = "convoysim.explain/1";

/// What limits a plan, what its days went to, and what the levers did.
#[must_use]
pub fn explanation(one: &Explanation, info: &RunInfo) -> Value {
    let mut object = head(info);
    object.insert("replications".into(), one.of.into());
    object.insert("ended".into(), one.runs.into());
    object.insert("outcomes".into(), outcomes(&one.outcomes));
    object.insert("blocked".into(), one.blocked.as_ref().map_or(Value::Null, blocked));
    object.insert("days".into(), number(one.days));
    let limits = one.limits.iter().map(|limit| {
        json!({"name": limit.name, "label": limit.label, "share_of_days": number(limit.share), "ci95": limit.interval.map(|i| ends(&i))})
    });
    object.insert("limits".into(), limits.collect());
    let spent = one.spent.iter().map(|part| {
        json!({
            "cause": part.cause,
            "days": number(part.days),
            "ci95": part.interval.map(|i| ends(&i)),
            "of_spread": number(part.of_spread.map(|share| share.estimate)),
            "of_spread_ci95": part.of_spread.map(|share| ends(&share)),
        })
    });
    object.insert("spent".into(), spent.collect());
    object.insert("levers".into(), one.levers.as_ref().map_or(Value::Null, levers));
    object.into()
}

/// The assumptions that drive the answer.
#[must_use]
pub fn assumptions(swings: &Swings, info: &RunInfo, runs: usize) -> Value {
    let mut object = head(info);
    object.insert("replications".into(), runs.into());
    object.insert("terms".into(), terms(&swings.terms));
    object.insert("assumptions".into(), swings.rows.iter().map(|one| swing(one, &swings.terms)).collect());
    object.insert("others".into(), swings.others.iter().map(|one| swing(one, &swings.terms)).collect());
    object.insert("fixed".into(), swings.fixed.into());
    object.into()
}

/// How one replication came to its end; `chain` is `null` where it did not complete, and then `left` says who waits for what.
#[must_use]
pub fn chain(replication: u32, closure: &Closure, info: &RunInfo) -> Value {
    let mut object = head(info);
    object.insert("replication".into(), replication.into());
    let (chain, open) = match closure {
        Closure::Decided(chain) => (Some(chain), None),
        Closure::Unfinished(open) => (None, Some(open)),
    };
    object.insert("outcome".into(), open.map_or(Outcome::Complete, |open| open.outcome).word().into());
    object.insert("closure_us".into(), chain.map_or(Value::Null, |chain| chain.closure.into()));
    object.insert("sum_us".into(), chain.map_or(Value::Null, |chain| chain.sum().into()));
    let rows = chain.map(|chain| {
        let row = |row: &crate::results::ChainRow| {
            json!({
                "start_us": row.start, "end_us": row.end, "start_local": info.clock.local(row.start), "end_local": info.clock.local(row.end),
                "cause": row.cause, "via": row.via, "resource": known(&row.resource), "movement": known(&row.movement),
                "place": known(&row.place),
            })
        };
        chain.rows.iter().map(row).collect::<Vec<Value>>()
    });
    object.insert("chain".into(), rows.into());
    if let Some(open) = open {
        let group = |one: &Waiting| json!({"people": one.people, "place": one.place, "waits_for": one.waits_for});
        let change = |row: &TraceRow| {
            json!({
                "time_us": row.time, "time_local": info.clock.local(row.time), "entity": row.entity, "id": row.id, "state": row.state,
                "place": row.place, "cause": row.cause,
            })
        };
        object.insert("end_us".into(), open.end.into());
        object.insert("last_change_us".into(), open.last_change.into());
        object.insert("people".into(), open.people.into());
        object.insert("accepted".into(), open.accepted.into());
        object.insert("left".into(), open.left.iter().map(group).collect());
        object.insert("last_changes".into(), open.last.iter().map(change).collect());
    }
    object.into()
}

/// What raising blocked levels does.
fn blocked(one: &Blocked) -> Value {
    let raised = |one: &Raised| json!({"label": one.label, "set": one.set, "from": one.from, "to": one.to, "deadlocks": one.deadlocks, "complete": one.complete, "runs": one.runs});
    json!({"reason": one.reason.as_ref().map(reason), "raised": one.raised.iter().map(raised).collect::<Vec<_>>()})
}

/// The manifest of a folder that holds an explanation.
#[must_use]
pub fn explanation_manifest(manifest: &ExplanationManifest) -> Value {
    let Asked { response, pairs, assumptions, replication } = &manifest.asked;
    json!({
        "schema": MANIFEST_SCHEMA,
        "kind": Kind::Explanation.word(),
        "version": manifest.version,
        "target": manifest.target,
        "scenario": manifest.scenario,
        "seed": manifest.seed,
        "replications": manifest.replications,
        "response": response,
        "pairs": pairs,
        "assumptions": assumptions,
        "replication": replication,
        "set": manifest.overrides,
        "resolved_sha256": digest::sha256_hex(manifest.resolved.as_bytes()),
        "resolved": manifest.resolved,
        "texts": manifest.texts.iter().map(text_entry).collect::<Vec<_>>(),
        "files": manifest.files.iter().map(file).collect::<Vec<_>>(),
    })
}

fn head(info: &RunInfo) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("schema".into(), EXPLAIN_SCHEMA.into());
    let scenario = json!({"name": info.scenario, "sha256": info.sha256, "question": info.question, "handling": info.handling});
    object.insert("scenario".into(), scenario);
    object.insert("seed".into(), info.seed.into());
    object
}

fn levers(tested: &Levers) -> Value {
    json!({
        "terms": terms(&tested.terms),
        "rows": tested.rows.iter().map(|row| tried(row, &tested.terms)).collect::<Vec<Value>>(),
        "tied": tested.tied,
        "together": tested.together.as_ref().map(|row| tried(row, &tested.terms)),
    })
}

fn terms(terms: &Terms) -> Value {
    json!({
        "response": terms.response.name,
        "unit": terms.response.unit,
        "better": terms.response.better.word(),
        "base_mean": number(terms.base),
        "too_small": number(terms.too_small.amount),
        "too_small_stated": terms.too_small.stated,
        "joint_level": number(terms.level),
        "intervals": terms.intervals,
        "looks": terms.looks,
    })
}

fn tried(row: &Tried, terms: &Terms) -> Value {
    let mut object = Map::new();
    object.insert("label".into(), row.label.clone().into());
    object.insert("set".into(), row.set.clone().into());
    match &row.outcome {
        Ok(effect) => effect_into(&mut object, effect, terms),
        Err(why) => {
            object.insert("verdict".into(), "not possible".into());
            object.insert("why".into(), why.clone().into());
        }
    }
    object.into()
}

fn effect_into(object: &mut Map<String, Value>, effect: &Effect, terms: &Terms) {
    object.insert("verdict".into(), terms.response.better.verdict(effect.finding).into());
    object.insert("difference".into(), number(effect.interval.map(|i| i.estimate)));
    object.insert("interval".into(), effect.interval.map(|i| ends(&i)).into());
    object.insert("pairs".into(), effect.pairs.into());
    object.insert("unfinished".into(), effect.unfinished.into());
    object.insert("pairs_wanted".into(), effect.pairs_wanted.into());
}

fn swing(one: &Swing, terms: &Terms) -> Value {
    let end = |end: &Option<Tried>| {
        end.as_ref().map(|row| {
            json!({
                "value": row.label,
                "set": row.set,
                "verdict": row.finding().map(|finding| terms.response.better.verdict(finding)),
                "difference": number(row.interval().map(|i| i.estimate)),
                "interval": row.interval().map(|i| ends(&i)),
                "pairs": row.outcome.as_ref().map_or(0, |effect| effect.pairs),
                "unfinished": row.outcome.as_ref().map_or(0, |effect| effect.unfinished),
                "not_possible": row.outcome.as_ref().err(),
            })
        })
    };
    json!({
        "path": one.path,
        "entries": one.entries,
        "value": one.value,
        "source": one.source,
        "range_stated": one.stated,
        "swing": number(one.size()),
        "low": end(&one.ends[0]),
        "high": end(&one.ends[1]),
    })
}

fn ends(interval: &Interval) -> [Value; 2] {
    [number(interval.lower), number(interval.upper)]
}

fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
