//! The JSON Schema of scenario files, printed from [`TABLES`], for editors: what may stand where, and what it means.
//!
//! Draft 7 with plain keywords. Most values may be a text or number, or a table that says more; the keywords for texts, numbers and
//! tables stand side by side, because each of them speaks of its own type only. An editor then marks the key that is wrong, where
//! `anyOf` would make it mark the whole value. Every schema is spelt out where it stands: behind a `$ref`, the descriptions that
//! some editors show would be those of the definition. Nothing but `id` is required, because a scenario may extend another one.
//!
//! A schema cannot say what `check` does: which ids exist, which values go together.

pub(super) mod common;

use super::keys::{ABOUT_VALUES, Default, FAMILIES, Key, KeyKind, TABLES};
use common::{ID, described};
use serde_json::{Map, Value, json};

/// A JSON Schema (draft 7, plain keywords) of scenario files, for editors.
#[must_use]
pub fn schema() -> String {
    let mut properties = Map::new();
    properties.insert(
        "extends".into(),
        json!({
            "description": "Another scenario, or several (later ones over earlier ones), that this one changes.",
            "type": ["string", "array"],
            "items": { "type": "string" },
        }),
    );
    for table in TABLES {
        let mut one = object(table.keys);
        if table.name == "compare" {
            let text = "A response: the difference too small to matter, in its unit.";
            one["additionalProperties"] = described(value(KeyKind::Bound), text.to_owned());
        }
        if table.many {
            one["required"] = json!(["id"]);
        }
        properties.insert(table.name.into(), common::table(one, table.about, table.many));
    }
    common::document("scenario", "A scenario of convoysim. `convoysim check` finds what a schema cannot say.", properties, &[])
}

/// A table with these keys and no others.
fn object(keys: &[Key]) -> Value {
    let mut object = json!({ "type": "object", "properties": properties(keys), "additionalProperties": false });
    let about = object["properties"].as_object_mut().expect("it was made above");
    about.insert("remove".into(), json!({ "description": "Drops this table of the scenario that is extended.", "const": true }));
    object
}

/// The keys of a table, and what every table may say of its values.
fn properties(keys: &[Key]) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in keys {
        let mut schema = described(value(key.kind), common::hover(key.about, &key.kind.words(), key.default));
        if let Some(default) = default(key) {
            schema["default"] = default;
        }
        properties.insert(key.name.into(), schema);
    }
    for key in ABOUT_VALUES {
        let text = if *key == "source" { "Where the values of this table come from, unless they say so." } else { "A remark." };
        properties.entry(*key).or_insert_with(|| json!({ "description": text, "type": "string" }));
    }
    properties
}

/// The default as a value, which editors offer; nothing where it is told in words.
fn default(key: &Key) -> Option<Value> {
    let Default::Is(text) = key.default else { return None };
    match key.kind {
        KeyKind::Whole(_) | KeyKind::WholeOr(_) => text.parse::<i64>().ok().map(Value::from),
        KeyKind::Number | KeyKind::Share => text.parse::<f64>().ok().map(Value::from),
        KeyKind::Flag => text.parse::<bool>().ok().map(Value::from),
        KeyKind::Time | KeyKind::TimeVaries => text.starts_with(|c: char| c.is_ascii_digit()).then(|| text.into()),
        KeyKind::Word(words) | KeyKind::WordOr(words, _) | KeyKind::Window(words, _) | KeyKind::Windows(words) => {
            words.contains(&text).then(|| text.into())
        }
        KeyKind::Hours => Some(text.into()),
        _ => None,
    }
}

/// A number as `quantity/number.rs` reads it: a comma stands before groups of three digits only.
macro_rules! with_number {
    ($before:literal, $after:literal) => {
        concat!($before, r"[+]?([0-9][0-9_]*|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9][0-9_]*)?([eE][+-]?[0-9]+)?", $after)
    };
}

const TIME: &str = with_number!(r"^\s*(", r"\s*(s|sec|seconds?|min|minutes?|h|hours?|d|days?|weeks?)\s*)+$");
const SPEED: &str = with_number!(r"^\s*", r"\s*(km/h|kmh|kph|m/s|mph|mi/h|kn|kt)\s*$");
const DISTANCE: &str = with_number!(r"^\s*", r"\s*(km|m|mi|miles?)\s*$");
const RATE: &str = with_number!(r"^\s*", r"\s*(/|per )\s*[a-z-]+\s*$");
const PERCENT: &str = with_number!(r"^\s*", r"\s*%\s*$");
const CLOCK: &str = r"^\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\s*$";
const DATE: &str = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$";
const COUNT: &str = r"^\s*-?[0-9]+\s*[a-z]*\s*$";

/// What may stand under a key of this kind.
fn value(kind: KeyKind) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match kind {
        KeyKind::Text => json!({ "type": "string" }),
        KeyKind::Id | KeyKind::Of(_) => text(ID),
        KeyKind::Date => text(DATE),
        KeyKind::Clock => or_sourced(text(CLOCK)),
        // Editors offer the words of the `enum`; the pattern makes their message name them.
        KeyKind::Word(words) => json!({
            "anyOf": [{ "enum": words }, { "type": "object", "required": ["value"] }],
            "pattern": format!("^({})$", words.join("|")),
        }),
        KeyKind::Whole(least) => or_sourced(whole(least)),
        KeyKind::Number => or_sourced(json!({ "type": "number", "minimum": 0 })),
        KeyKind::Share => or_sourced(json!({ "type": ["number", "string"], "minimum": 0, "maximum": 1, "pattern": PERCENT })),
        KeyKind::Degrees(limit) => or_sourced(json!({ "type": "number", "minimum": -limit, "maximum": limit })),
        KeyKind::Flag => or_sourced(json!({ "type": "boolean" })),
        KeyKind::Time => or_sourced(text(TIME)),
        KeyKind::Distance => or_sourced(text(DISTANCE)),
        KeyKind::Rate => or_sourced(text(RATE)),
        KeyKind::TimeVaries => varies(text(TIME), &[]),
        KeyKind::SpeedVaries => varies(text(SPEED), &[]),
        KeyKind::RateVaries => varies(text(RATE), &[]),
        KeyKind::Sizes(keys) => varies(whole(1), keys),
        KeyKind::Hours => {
            json!({ "anyOf": [{ "enum": ["24 h", "24h", "always", "24 hours"] }, { "type": "array" }, { "type": "object" }] })
        }
        KeyKind::Windows(words) => json!({ "anyOf": [{ "enum": words }, { "type": "array" }, { "type": "object" }] }),
        KeyKind::Window(words, keys) | KeyKind::WordOr(words, keys) => {
            let mut schema = object(keys);
            let types = if matches!(kind, KeyKind::Window(..)) { json!(["object", "array"]) } else { json!("object") };
            schema["anyOf"] = json!([{ "enum": words }, { "type": types }]);
            schema.as_object_mut().expect("it is one").remove("type");
            schema
        }
        KeyKind::Clocks => json!({ "type": "array", "items": text(CLOCK) }),
        KeyKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        KeyKind::Table(keys) => object(keys),
        KeyKind::Tables(keys) => json!({ "type": "array", "items": object(keys) }),
        KeyKind::WholeOr(keys) => joined(or_sourced(whole(0)), keys),
        KeyKind::Classes => json!({ "type": ["integer", "string", "object"], "minimum": 0 }),
        KeyKind::Amounts => json!({ "type": "object", "additionalProperties": { "type": "number" } }),
        KeyKind::Bound => json!({ "type": ["number", "string", "object"], "minimum": 0 }),
    }
}

/// A whole number, bare or with a word behind it.
fn whole(least: i64) -> Value {
    let mut schema = json!({ "type": ["integer", "string"], "pattern": COUNT });
    if least != i64::MIN {
        schema["minimum"] = json!(least);
    }
    schema
}

/// `{ value = …, source = …, range = …, note = … }`.
fn sourced(plain: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["value"],
        "properties": about(plain),
        "additionalProperties": false,
    })
}

fn about(plain: &Value) -> Value {
    json!({
        "value": described(plain.clone(), "The value.".into()),
        "source": { "description": "Where the value comes from.", "type": "string" },
        "range": { "description": "The lowest and the highest that it might be.", "type": "array", "minItems": 2, "maxItems": 2 },
        "note": { "description": "A remark.", "type": "string" },
    })
}

/// The value itself, or a table that says where it comes from.
fn or_sourced(plain: Value) -> Value {
    let table = sourced(&plain);
    let mut schema = plain;
    let mut types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    types.push("object".into());
    schema["type"] = types.into();
    for keyword in ["required", "properties", "additionalProperties"] {
        schema[keyword] = table[keyword].clone();
    }
    schema
}

/// A value that may vary: also a table with `dist`, or with these keys.
fn varies(plain: Value, keys: &[Key]) -> Value {
    let names: Vec<&str> = FAMILIES.iter().map(|family| family.0).collect();
    let mut own = Map::new();
    own.insert("dist".into(), json!({ "description": "The family of the distribution.", "enum": names }));
    for (_, with_unit, without) in FAMILIES {
        let families = |name: &str| {
            let having = FAMILIES.iter().filter(|(_, a, b)| a.contains(&name) || b.contains(&name));
            format!("Parameter of {}.", having.map(|(family, ..)| *family).collect::<Vec<_>>().join(", "))
        };
        for name in *with_unit {
            let schema = if *name == "values" { json!({ "type": "array", "items": plain }) } else { plain.clone() };
            own.entry(*name).or_insert_with(|| described(schema, families(name)));
        }
        for name in *without {
            let schema = match *name {
                "weights" => json!({ "type": "array", "items": { "type": ["number", "string"], "minimum": 0, "pattern": PERCENT } }),
                "cv" => json!({ "type": ["number", "string"], "minimum": 0, "pattern": PERCENT }),
                "file" | "column" | "unit" => json!({ "type": "string" }),
                _ => json!({ "type": "number" }),
            };
            own.entry(*name).or_insert_with(|| described(schema, families(name)));
        }
    }
    own.insert("per".into(), json!({ "description": "A rate is drawn once per replication.", "const": "replication" }));
    let mut schema = or_sourced(plain);
    let known = schema["properties"].as_object_mut().expect("it is a table");
    known.extend(own);
    joined(schema, keys)
}

/// The schema with further keys of its table, of which none is required any more.
fn joined(mut schema: Value, keys: &[Key]) -> Value {
    schema["properties"].as_object_mut().expect("it is a table").extend(properties(keys));
    schema.as_object_mut().expect("it is a schema").remove("required");
    schema
}
