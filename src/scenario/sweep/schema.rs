//! The JSON Schema of sweep files, printed from [`TABLES`], for editors; in the manner of that of scenario files.
//!
//! What a block needs or may say depends on its design; that, ids and paths are left to the program, which says more about them.

use super::tables::{DESIGNS, Key, Kind, LARGEST, LEVEL, TABLES};
use crate::scenario::keys::Default;
use crate::scenario::schema::common::{self, ID, described};
use serde_json::{Map, Value, json};

/// A JSON Schema (draft 7, plain keywords) of sweep files, for editors.
#[must_use]
pub fn schema() -> String {
    let tables: Map<String, Value> =
        TABLES.iter().map(|table| (table.name.to_owned(), common::table(object(table.keys), table.about, table.many))).collect();
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    common::document("sweep", "A sweep of convoysim. `convoysim sweep plan` finds what a schema cannot say.", tables, &names)
}

/// A table with these keys and no others.
fn object(keys: &[Key]) -> Value {
    let mut object = json!({ "type": "object", "properties": properties(keys), "additionalProperties": false });
    let needed: Vec<&str> =
        keys.iter().filter(|key| key.default == Default::Needed && key.designs.is_empty()).map(|key| key.name).collect();
    if !needed.is_empty() {
        object["required"] = json!(needed);
    }
    object
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    keys.iter().map(|key| (key.name.to_owned(), property(key))).collect()
}

fn property(key: &Key) -> Value {
    let about = match key.designs {
        [] => key.about.to_owned(),
        designs => format!("{} (design {})", key.about, designs.join(", ")),
    };
    let mut schema = described(value(key.kind), common::hover(&about, &key.kind.words(), key.default));
    if let (Default::Is(text), Kind::Flag | Kind::Whole(..)) = (key.default, key.kind)
        && let Ok(default) = serde_json::from_str::<Value>(text)
    {
        schema["default"] = default;
    }
    schema
}

/// What may stand under a key of this kind.
fn value(kind: Kind) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    match kind {
        Kind::Text => text,
        Kind::Texts => json!({ "type": "array", "minItems": 1, "items": text }),
        Kind::Id => json!({ "type": "string", "pattern": ID }),
        Kind::Design => json!({ "enum": DESIGNS }),
        Kind::Flag => json!({ "type": "boolean" }),
        // TOML itself has no larger number.
        Kind::Whole(least, LARGEST) => json!({ "type": "integer", "minimum": least }),
        Kind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Number => json!({ "type": ["number", "string"] }),
        Kind::Range => json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": value(Kind::Number) }),
        // A level may be any value that a scenario has, also a table; one with `set` is a table of the sweep.
        Kind::Levels => json!({
            "type": "array",
            "minItems": 1,
            "items": { "properties": properties(LEVEL.keys), "dependencies": { "set": object(LEVEL.keys) } },
        }),
        Kind::Set => json!({ "type": "object" }),
    }
}
