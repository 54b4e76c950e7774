//! What the schemas of all files have in common: their head, what editors show of a key, and how they are put into lines.

use crate::scenario::keys::Default;
use serde_json::{Map, Value, json};

/// The pattern of ids.
pub(in crate::scenario) const ID: &str = "^[A-Za-z0-9_-]+$";

/// The whole schema of a kind of file with these tables, as text.
pub(in crate::scenario) fn document(of: &str, description: &str, tables: Map<String, Value>, required: &[&str]) -> String {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("convoysim {of}"),
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "properties": tables,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let mut text = String::new();
    print(&mut text, &schema, 0);
    text.push('\n');
    text
}

/// A table, or where there are many of them the list, with what it is.
pub(in crate::scenario) fn table(mut one: Value, about: &str, many: bool) -> Value {
    one["description"] = json!(sentence(about));
    if many { json!({ "description": sentence(about), "type": "array", "items": one }) } else { one }
}

/// Prints JSON over several lines where it would not fit into one.
fn print(text: &mut String, value: &Value, depth: usize) {
    const WIDTH: usize = 140;
    let compact = value.to_string();
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (format!("{}: ", Value::from(key.as_str())), value)).collect(),
        Value::Array(items) => items.iter().map(|value| (String::new(), value)).collect(),
        _ => Vec::new(),
    };
    if entries.is_empty() || compact.chars().count() + 2 * depth <= WIDTH {
        text.push_str(&compact);
        return;
    }
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    let indent = "  ".repeat(depth + 1);
    text.push(open);
    for (i, (key, value)) in entries.iter().enumerate() {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        text.push_str(&indent);
        text.push_str(key);
        print(text, value, depth + 1);
    }
    text.push('\n');
    text.push_str(&indent[2..]);
    text.push(close);
}

/// What an editor shows of a key.
pub(in crate::scenario) fn hover(about: &str, kind: &str, default: Default) -> String {
    let default = match default {
        Default::Needed => ", needed".to_owned(),
        Default::Open => String::new(),
        Default::Is(text) => format!(", default: {text}"),
    };
    format!("{}\n\n{kind}{default}", sentence(about))
}

/// A text that begins with a capital and ends with a full stop.
pub(in crate::scenario) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// The schema with a description, also of its alternatives: some editors show theirs only.
pub(in crate::scenario) fn described(mut schema: Value, text: String) -> Value {
    for one in schema.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
        one["description"] = json!(text);
    }
    schema["description"] = json!(text);
    schema
}
