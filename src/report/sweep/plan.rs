//! The plan of a sweep as JSON: everything that determines its results, and nothing else; and its manifest.

use crate::results::FileEntry;
use crate::results::digest::sha256_hex;
use serde_json::{Value, json};

/// Schema of `plan.json`.
pub const PLAN_SCHEMA: &str = "convoysim.sweep-plan/1";
/// Schema of the `manifest.json` of a sweep.
pub const MANIFEST_SCHEMA: &str = "convoysim.sweep-manifest/1";

/// What determines the results of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepPlan {
    /// Version of the program.
    pub version: String,
    /// Target triple of the program that began the sweep: a note, since every target gives the same bytes; no part of [`SweepPlan::sha256`].
    pub target: String,
    /// The sweep file as seen from its own folder, and every other text read: (name, content), the sweep file first.
    pub texts: Vec<(String, String)>,
    /// What is laid over the base at every point, as given with `--set`; in order.
    pub overrides: Vec<String>,
    /// Root seed.
    pub seed: u64,
    /// Replications a point; the most that are allowed, with `until`.
    pub replications: u32,
    /// The conditions that replications of a point go on for, in place of their number.
    pub until: Option<String>,
    /// Points.
    pub points: u32,
    /// Points that are invalid and are left out, in order.
    pub invalid: Vec<u32>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// SHA-256 of `design.csv`.
    pub design_sha256: String,
    /// Rows of a shard (points, with `until`). It shares the work out and changes no result, so it is no part of [`SweepPlan::sha256`].
    pub shard_size: u32,
}

impl SweepPlan {
    /// The SHA-256 that every part and every table carries.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(self.determining().to_string().as_bytes())
    }

    fn determining(&self) -> Value {
        let texts: Vec<Value> =
            self.texts.iter().map(|(name, text)| json!({"name": name, "sha256": sha256_hex(text.as_bytes()), "text": text})).collect();
        let mut plan = json!({
            "schema": PLAN_SCHEMA,
            "version": self.version,
            "seed": self.seed,
            "replications": self.replications,
            "until": self.until,
            "points": self.points,
            "columns": self.columns,
            "design_sha256": self.design_sha256,
            "texts": texts,
        });
        // Where nothing was set nothing is said, so that plans from before there was such a thing keep their digest.
        if !self.overrides.is_empty() {
            plan["set"] = json!(self.overrides);
        }
        if !self.invalid.is_empty() {
            plan["invalid"] = json!(self.invalid);
        }
        plan
    }

    /// `plan.json`.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut plan = self.determining();
        plan["target"] = self.target.clone().into();
        plan["shard_size"] = self.shard_size.into();
        plan["plan_sha256"] = self.sha256().into();
        plan
    }

    /// Reads `plan.json`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))?;
        if value["schema"] != PLAN_SCHEMA {
            return Err(format!("it is no plan of this kind of sweep ({PLAN_SCHEMA})"));
        }
        Self::of(&value)
    }

    /// The plan that a manifest of a sweep tells. It does not say the size of the shards, which changes no table; a usual one stands in.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn of_manifest(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        if value["schema"] != MANIFEST_SCHEMA {
            return Err(format!("it is no manifest of this kind of sweep ({MANIFEST_SCHEMA})"));
        }
        Self::of(&value)
    }

    fn of(value: &Value) -> Result<Self, String> {
        let text = |value: &Value| value.as_str().map(String::from);
        let whole = |key: &str| value[key].as_u64().and_then(|n| u32::try_from(n).ok());
        let texts = || -> Option<Vec<(String, String)>> {
            value["texts"].as_array()?.iter().map(|one| Some((text(&one["name"])?, text(&one["text"])?))).collect()
        };
        let overrides = || match &value["set"] {
            Value::Null => Some(Vec::new()),
            set => set.as_array()?.iter().map(text).collect(),
        };
        let invalid = || match &value["invalid"] {
            Value::Null => Some(Vec::new()),
            points => points.as_array()?.iter().map(|point| u32::try_from(point.as_u64()?).ok()).collect::<Option<Vec<u32>>>(),
        };
        let read = || {
            Some(Self {
                version: text(&value["version"])?,
                target: text(&value["target"])?,
                texts: texts()?,
                overrides: overrides()?,
                seed: value["seed"].as_u64()?,
                replications: whole("replications")?,
                until: text(&value["until"]),
                points: whole("points")?,
                invalid: invalid().filter(|points| points.is_sorted())?,
                columns: value["columns"].as_array()?.iter().map(text).collect::<Option<_>>()?,
                design_sha256: text(&value["design_sha256"])?,
                shard_size: whole("shard_size").unwrap_or(256).max(1),
            })
        };
        let plan: Self = read().ok_or("something is missing in it")?;
        if value["plan_sha256"] != plan.sha256() {
            return Err("its content is not what its plan_sha256 says: it was changed".into());
        }
        Ok(plan)
    }

    /// What another plan says otherwise, in sentences; nothing where their results are the same.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut note = |what: &str, old: String, new: String| {
            if old != new {
                found.push(format!("{what} was {old} and is now {new}"));
            }
        };
        note("the version of convoysim", self.version.clone(), other.version.clone());
        let set = |plan: &Self| if plan.overrides.is_empty() { "nothing".to_owned() } else { plan.overrides.join(" and ") };
        note("--set", set(self), set(other));
        note("the seed", self.seed.to_string(), other.seed.to_string());
        note("the number of replications", self.replications.to_string(), other.replications.to_string());
        note("until", format!("{:?}", self.until), format!("{:?}", other.until));
        note("the number of points", self.points.to_string(), other.points.to_string());
        note("the points left out as invalid", format!("{:?}", self.invalid), format!("{:?}", other.invalid));
        note("the number of columns", self.columns.len().to_string(), other.columns.len().to_string());
        for (name, text) in &other.texts {
            match self.texts.iter().find(|(old, _)| old == name) {
                None => found.push(format!("{name} is new")),
                Some((_, old)) if old != text => {
                    let line = old.lines().zip(text.lines()).take_while(|(old, new)| old == new).count() + 1;
                    found.push(format!("{name} has changed, first in line {line}"));
                }
                Some(_) => {}
            }
        }
        found.extend(
            self.texts.iter().filter(|(name, _)| other.texts.iter().all(|(new, _)| new != name)).map(|(name, _)| format!("{name} is gone")),
        );
        if found.is_empty() && self.sha256() != other.sha256() {
            found.push("the points of the design have changed".into());
        }
        found
    }
}

/// `manifest.json` of a sweep: what determines the merged files, and the files with their digests.
#[must_use]
pub fn manifest(plan: &SweepPlan, files: &[FileEntry]) -> Value {
    let mut manifest = plan.determining();
    manifest["schema"] = MANIFEST_SCHEMA.into();
    manifest["target"] = plan.target.clone().into();
    manifest["plan_sha256"] = plan.sha256().into();
    manifest["files"] = files.iter().map(|file| json!({"name": file.name, "bytes": file.bytes, "sha256": file.sha256})).collect();
    manifest
}
