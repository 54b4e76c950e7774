//! Comparisons and differences of scenarios as JSON.

use super::{MANIFEST_SCHEMA, file, number, outcomes, precision, status, text_entry as text, until};
use crate::results::{
    Change, Comparison, ComparisonManifest, Contrast, Figure, Kind, PairedResponse, ScenarioEntry, Side, Split, Until, digest,
};
use crate::stats::Interval;
use serde_json::{Value, json};

/// Schema of `comparison.json` and of the object that `compare --json` prints.
pub const COMPARE_SCHEMA: &str = "convoysim.compare/1";
/// Schema of the object that `diff --json` prints.
pub const DIFF_SCHEMA: &str = "convoysim.diff/1";

/// `comparison.json`.
#[must_use]
pub fn comparison(comparison: &Comparison) -> Value {
    json!({
        "schema": COMPARE_SCHEMA,
        "base": side(&comparison.base),
        "seed": comparison.base.seed,
        "requested": comparison.requested,
        "status": status(comparison.interrupted),
        "common_random_numbers": comparison.common,
        "horizon_days": number(comparison.horizon_days),
        "deadline_days": number(comparison.deadline_days),
        "intervals": {"level_together": comparison.level, "statements": comparison.statements, "correction": "bonferroni"},
        "variants": comparison.contrasts.iter().map(|one| contrast(one, comparison.until.as_ref())).collect::<Vec<_>>(),
    })
}

/// The manifest of a folder that holds a comparison.
#[must_use]
pub fn comparison_manifest(manifest: &ComparisonManifest) -> Value {
    json!({
        "schema": MANIFEST_SCHEMA,
        "kind": Kind::Comparison.word(),
        "version": manifest.version,
        "target": manifest.target,
        "seed": manifest.seed,
        "replications": manifest.replications,
        "until": manifest.until.as_ref().map(until),
        "common_random_numbers": manifest.common,
        "split": manifest.split,
        "responses": manifest.responses,
        "status": status(manifest.interrupted),
        "set": manifest.overrides,
        "scenarios": manifest.scenarios.iter().map(scenario).collect::<Vec<_>>(),
        "files": manifest.files.iter().map(file).collect::<Vec<_>>(),
    })
}

fn scenario(entry: &ScenarioEntry) -> Value {
    json!({
        "label": entry.label,
        "scenario": entry.scenario,
        "seed": entry.seed,
        "finished": entry.finished,
        "resolved_sha256": digest::sha256_hex(entry.resolved.as_bytes()),
        "resolved": entry.resolved,
        "texts": entry.texts.iter().map(text).collect::<Vec<_>>(),
    })
}

/// What `diff --json` prints.
#[must_use]
pub fn diff(files: &[String; 2], changes: &[Change]) -> Value {
    json!({"schema": DIFF_SCHEMA, "base": files[0], "variant": files[1], "changes": changes.iter().map(change).collect::<Vec<_>>()})
}

fn side(side: &Side) -> Value {
    json!({
        "label": side.label,
        "scenario": side.name,
        "handling": side.handling,
        "sha256": side.sha256,
        "seed": side.seed,
        "replications": side.replications,
        "censored": side.censored,
        "failed": side.failed,
        "outcomes": outcomes(&side.outcomes()),
        "commonest_reason": side.reason,
    })
}

fn contrast(contrast: &Contrast, until: Option<&Until>) -> Value {
    json!({
        "variant": side(&contrast.variant),
        "pairs": contrast.pairs.len(),
        "precision": until.map(|until| precision(until, &contrast.precision)),
        "changes": contrast.changes.iter().map(change).collect::<Vec<_>>(),
        "responses": contrast.responses.iter().map(response).collect::<Vec<_>>(),
        "missing": contrast.missing,
        "split": contrast.split.as_ref().map(split),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "path": change.path,
        "base": change.values[0],
        "variant": change.values[1],
        "base_place": change.places[0],
        "variant_place": change.places[1],
        "matters": change.matters,
    })
}

fn response(one: &PairedResponse) -> Value {
    json!({
        "response": one.info.name,
        "unit": one.info.unit,
        "better": one.info.better.word(),
        "must_not_worsen": one.must_not_worsen,
        "too_small": number(one.too_small.amount),
        "too_small_stated": one.too_small.stated,
        "pairs": {"lower": one.counts.lower, "equal": one.counts.equal, "higher": one.counts.higher, "unknown": one.counts.unknown},
        "pairing": one.gain.map(|gain| json!({
            "correlation": number(gain.correlation),
            "correlation_ci95": gain.correlation_interval.map(|(low, high)| [low, high]),
            "variance_ratio": number(gain.variance_ratio),
            "independent_replications": number(gain.independent_replications),
        })),
        "figures": one.figures.iter().map(|figure| self::figure(one, figure)).collect::<Vec<_>>(),
    })
}

fn figure(of: &PairedResponse, one: &Figure) -> Value {
    json!({
        "measure": one.measure.word(),
        "base": number(one.base),
        "variant": number(one.variant),
        "difference": number(one.difference.map(|difference| difference.estimate)),
        "interval": one.difference.map(ends),
        "verdict": of.verdict(one),
        "pairs_wanted": one.pairs_wanted,
        "skewed_below_pairs": one.skewed,
    })
}

fn split(split: &Split) -> Value {
    let part = |(changes, interval): &(String, Interval)| json!({"changes": changes, "difference": number(interval.estimate), "interval": ends(*interval)});
    json!({
        "response": split.response.name,
        "unit": split.response.unit,
        "method": "shapley",
        "scenarios": split.scenarios,
        "pairs": split.pairs,
        "parts": split.parts.iter().map(part).collect::<Vec<_>>(),
        "total": {"difference": number(split.total.estimate), "interval": ends(split.total)},
    })
}

/// Both ends of an interval; an open one is `null`.
fn ends(interval: Interval) -> Value {
    json!([number(interval.lower), number(interval.upper)])
}
