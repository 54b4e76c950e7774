//! The JSON Schema of scenario files and the page that lists every key, both printed from [`keys::TABLES`].
//!
//! [`keys::TABLES`]: super::keys::TABLES

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::keys::{ABOUT_VALUES, Default, Key, KeyKind, TABLES};

/// A JSON Schema (draft 7, plain keywords) of scenario files, for editors.
#[must_use]
pub fn schema() -> String {
    let mut properties = Map::new();
    properties.insert("extends".into(), json!({ "description": "another scenario, or several, that this one changes", "type": ["string", "array"], "items": { "type": "string" } }));
    for table in TABLES {
        let mut one = object(table.keys, table.name != "compare");
        one["description"] = json!(table.about);
        let value = if table.many { json!({ "type": "array", "items": one }) } else { one };
        properties.insert(table.name.into(), value);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "convoysim scenario",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

/// A table. Nothing is required, because an override may give a part.
fn object(keys: &[Key], closed: bool) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut value = of(key.kind);
        let default = if let Default::Is(default) = key.default { format!(" (default: {default})") } else { String::new() };
        value["description"] = json!(format!("{}{default}", key.about));
        properties.insert(key.name.into(), value);
    }
    for key in ABOUT_VALUES {
        properties.insert((*key).into(), json!({ "type": "string" }));
    }
    properties.insert("remove".into(), json!({ "const": true }));
    json!({ "type": "object", "properties": properties, "additionalProperties": !closed })
}

/// A value of a kind; a quantity may also be a table with `value` or `dist`.
fn of(kind: KeyKind) -> Value {
    let number = |schema: Value| json!({ "anyOf": [schema, { "type": "object", "required": ["value"] }] });
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let varies = |pattern: &str| {
        json!({ "anyOf": [
            { "type": "string", "pattern": pattern },
            { "type": "object", "required": ["value"] },
            { "type": "object", "required": ["dist"], "properties": { "dist": { "enum": [
                "uniform", "triangular", "pert", "lognormal", "exponential", "gamma", "erlang", "weibull", "normal", "discrete", "empirical"
            ] } } },
        ] })
    };
    let time = r"^\s*([0-9][0-9._,]*\s*(s|sec|seconds?|min|minutes?|h|hours?|d|days?|weeks?)\s*)+$";
    let speed = r"^\s*[0-9][0-9._,]*\s*(km/h|kmh|kph|m/s|mph|mi/h|kn|kt)\s*$";
    let distance = r"^\s*[0-9][0-9._,]*\s*(km|m|mi|miles?)\s*$";
    let rate = r"^\s*[0-9][0-9._,]*\s*(/|per )\s*[a-z-]+\s*$";
    match kind {
        KeyKind::Text | KeyKind::Date | KeyKind::Clock => json!({}),
        KeyKind::Id | KeyKind::Of(_) => text("^[A-Za-z0-9_-]+$"),
        KeyKind::Word(words) => json!({ "enum": words }),
        KeyKind::Whole(least) => {
            let least = if least == i64::MIN {
                json!({ "type": ["integer", "string"] })
            } else {
                json!({ "type": ["integer", "string"], "minimum": least })
            };
            number(least)
        }
        KeyKind::Number => number(json!({ "type": "number" })),
        KeyKind::Share => number(json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        KeyKind::Flag => json!({ "type": "boolean" }),
        KeyKind::Time => number(text(time)),
        KeyKind::TimeVaries => varies(time),
        KeyKind::SpeedVaries => varies(speed),
        KeyKind::Distance => number(text(distance)),
        KeyKind::Rate => number(text(rate)),
        KeyKind::RateVaries => varies(rate),
        KeyKind::Hours => json!({ "type": ["string", "array", "object"] }),
        KeyKind::Windows(words) => json!({ "anyOf": [{ "enum": words }, { "type": "array" }] }),
        KeyKind::Window(words, keys) => json!({ "anyOf": [{ "enum": words }, { "type": "array" }, object(keys, true)] }),
        KeyKind::Clocks | KeyKind::List => json!({ "type": "array" }),
        KeyKind::Table(keys) => object(keys, true),
        KeyKind::WholeOr(keys) => {
            json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "object", "required": ["value"] }, object(keys, true)] })
        }
        KeyKind::Sizes(keys) => {
            json!({ "anyOf": [{ "type": ["integer", "string"] }, { "type": "object", "required": ["dist"] }, { "type": "object", "required": ["value"] }, object(keys, true)] })
        }
        KeyKind::WordOr(words, keys) => json!({ "anyOf": [{ "enum": words }, object(keys, true)] }),
        KeyKind::Tables(keys) => json!({ "type": "array", "items": object(keys, true) }),
        KeyKind::Classes => json!({ "type": ["integer", "string", "object"] }),
        KeyKind::Amounts => json!({ "type": "object" }),
        KeyKind::Bound => json!({ "type": ["number", "string"] }),
    }
}

/// The page that lists every table and key.
#[must_use]
pub fn reference() -> String {
    let mut page = String::from(INTRODUCTION);
    for table in TABLES {
        let header = if table.many { format!("[[{}]]", table.name) } else { format!("[{}]", table.name) };
        let _ = write!(page, "\n## `{header}`: {}\n\n", table.about);
        page.push_str("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        rows(&mut page, table.keys, "");
        if table.name == "compare" {
            page.push_str("| *response* | number in the unit of the response | | difference too small to matter |\n");
        }
    }
    page
}

fn rows(page: &mut String, keys: &[Key], before: &str) {
    for key in keys {
        let default = match key.default {
            Default::Needed => "**needed**",
            Default::Open => "",
            Default::Is(text) => text,
        };
        let _ = writeln!(page, "| `{before}{}` | {} | {default} | {} |", key.name, key.kind.words(), key.about);
        let of = if matches!(key.kind, KeyKind::Tables(_)) { "[]." } else { "." };
        rows(page, key.kind.keys(), &format!("{before}{}{of}", key.name));
    }
}

const INTRODUCTION: &str = "# Keys of a scenario file

Printed from the list in `src/scenario/keys.rs` that the checks use; a test holds the two together.

A scenario is TOML. Quantities carry their unit in a text: `\"45 min\"`, `\"2 h 30 min\"`, `\"60 km/h\"`, `\"120 km\"`, `\"0.003 /h\"`, `\"18:00\"`,
`\"2026-01-31\"`. Units: time s, min, h, d, week; speed km/h, m/s, mph, kn; distance km, m, mi; rate /h, /d, /site-day. A count may carry
a word: `\"3 buses\"`.

**A value that varies** is a table with `dist`: `uniform` (min, max), `triangular` and `pert` (min, mode, max), `lognormal` (median and sigma,
or mean and cv), `exponential` (mean), `gamma`, `erlang` and `weibull` (shape, mean; weibull also shape, scale), `normal` (mean, sd, drawn
again below 0), `discrete` (values, weights), `empirical` (file, column, unit; a CSV file with a header).

**Any value** may be written `{ value = ..., source = \"...\", range = [lowest, highest], note = \"...\" }`; a table with `dist` takes the last
three as well, and every table takes `source` and `note` for those of its values that have none. A source speaks of values of its own
file only: whoever overrides a value brings the source. Values without a source are listed as assumptions.

**`extends = \"base.toml\"`**, above the first table, takes another scenario (or several, later ones over earlier ones) and changes it: tables merge
by key, entries of `[[...]]` by `id`; lists, paths and tables with `dist` or `value` are replaced whole; `remove = true` drops a table or an
entry. Where a thing can be said in two ways (`departures` or `timetable`), saying it the other way drops the first.

**`like`** gives a route the keys of another one by the same rule, after `extends`. **`--set`** comes last and changes one dotted path: the
table's word, the id, the key. An entry of a path is named by its leg or crossing; `*` instead of an id means every entry:
`--set route.road.headway=\"30 min\"`, `--set 'route.road.path.\"to border\".speed=\"50 km/h\"'`, `--set 'route.*.headway=\"30 min\"'`.
";
