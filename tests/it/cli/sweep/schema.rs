//! The JSON Schema of sweep files takes what the reader takes, and refuses what an editor ought to mark.

use super::{EVERY_DESIGN, EVERY_SCALE, LANES, case, studies};
use convoysim::scenario::sweep::schema;
use convoysim::scenario::sweep::tables::TABLES;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What a value breaks of a schema, by the keywords that the schema of sweeps has; a keyword that is not known here fails the test.
fn broken(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
        let size = || value.as_array().map_or_else(|| value.as_str().map(|text| text.chars().count()), |items| Some(items.len()));
        let limit = || wanted.as_u64().expect("a number") as usize;
        let fine = match keyword.as_str() {
            "$schema" | "title" | "description" | "default" => true,
            "type" => match wanted {
                Value::Array(types) => types.iter().any(|one| is(value, one)),
                one => is(value, one),
            },
            "enum" => wanted.as_array().is_some_and(|words| words.contains(value)),
            "pattern" => {
                assert_eq!(wanted, "^[A-Za-z0-9_-]+$", "another pattern has to be told here");
                value.as_str().is_none_or(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)))
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().expect("a number")),
            "minLength" => !value.is_string() || size() >= Some(limit()),
            "minItems" => !value.is_array() || size() >= Some(limit()),
            "maxItems" => !value.is_array() || size() <= Some(limit()),
            "required" => value.as_object().is_none_or(|object| {
                wanted.as_array().expect("a list").iter().all(|key| object.contains_key(key.as_str().expect("a text")))
            }),
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(broken(wanted, item, &format!("{place}[{at}]")));
                }
                true
            }
            "properties" => {
                for (key, inner) in wanted.as_object().expect("an object") {
                    found.extend(value.get(key).map_or_else(Vec::new, |value| broken(inner, value, &format!("{place}.{key}"))));
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(wanted, &Value::Bool(false), "schemas of other keys have to be told here");
                value.as_object().is_none_or(|object| object.keys().all(|key| schema["properties"].get(key).is_some()))
            }
            "dependencies" => {
                for (key, inner) in wanted.as_object().expect("an object") {
                    if value.get(key).is_some() {
                        found.extend(broken(inner, value, place));
                    }
                }
                true
            }
            other => panic!("the keyword {other} has to be told here"),
        };
        if !fine {
            found.push(format!("{place}: {keyword}"));
        }
    }
    found
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        other => panic!("the type {other:?} has to be told here"),
    }
}

fn broken_by(text: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(&schema()).expect("it is JSON");
    broken(&schema, &toml::from_str(text).expect("it is TOML"), "")
}

#[test]
fn sweeps_that_run_are_valid() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/charts/sweep.toml");
    for file in studies().into_iter().chain([golden]) {
        let text = fs::read_to_string(&file).expect("a text");
        assert_eq!(broken_by(&text), Vec::<String>::new(), "{}", file.display());
    }
    let head = LANES.split("[[factor]]").next().expect("a head");
    let precise = LANES.replace("replications = 4", "until = \"mean(days_to_completion) +- 0.02 d\"\nat_most = 60\nseed = 7");
    for text in [LANES, &precise, &format!("{head}{EVERY_SCALE}{EVERY_DESIGN}")] {
        assert_eq!(broken_by(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses_at_the_same_key() {
    let every = format!("{}{EVERY_SCALE}{EVERY_DESIGN}", LANES.split("[[factor]]").next().expect("a head"));
    // What stands there, what is written in its place, what the schema says, and what the reader names.
    for (old, new, told, named) in [
        ("replications = 4", "replicatoins = 4", ".sweep: additionalProperties", "replicatoins"),
        ("replications = 4", "replications = \"4\"", ".sweep.replications: type", "sweep.replications"),
        ("replications = 4", "replications = 0", ".sweep.replications: minimum", "sweep.replications"),
        ("replications = 4", "replications = 4\nat_most = 20_000_000", ".sweep.at_most: maximum", "sweep.at_most"),
        ("replications = 4", "replications = 4\ncommon_random_numbers = 1", ".sweep.common_random_numbers: type", "common_random_numbers"),
        ("base = \"case.toml\"", "", ".sweep: required", "\"base\""),
        ("[sweep]", "[sweeps]\n[sweep]", ": additionalProperties", "sweeps"),
        ("id = \"lanes\"", "id = \"border lanes\"", ".factor[0].id: pattern", "has characters that ids do not have"),
        ("range = [1, 4]", "range = [1, 2, 4]", ".factor[0].range: maxItems", "range"),
        ("whole = true", "wholly = true", ".factor[0]: additionalProperties", "wholly"),
        ("{ label = \"one bay\", set", "{ lable = \"one bay\", set", ".factor[3].levels[0]: additionalProperties", "lable"),
        ("{ label = \"one bay\", set", "{ set", ".factor[3].levels[0]: required", "\"label\""),
        ("design = \"lhs\"", "design = \"lsh\"", ".block[0].design: enum", "block.design"),
        ("design = \"lhs\"", "", ".block[0]: required", "\"design\""),
        ("points = 6", "points = 1", ".block[0].points: minimum", "block.points"),
        ("rows = 2", "rows = true", ".block[1].rows: type", "block.rows"),
        ("factors = [\"shift\"]", "factors = \"shift\"", ".block[4].factors: type", "block.factors"),
    ] {
        assert!(every.contains(old), "{old}");
        let wrong = every.replacen(old, new, 1);
        assert!(broken_by(&wrong).contains(&told.to_owned()), "{new}: {:?}", broken_by(&wrong));
        let case = case(&wrong);
        fs::write(case.path("list.csv"), "shift,lanes\none bay,4\n").expect("a file");
        let end = case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept"]).code(10);
        let said = String::from_utf8_lossy(&end.get_output().stderr).into_owned();
        assert!(said.contains(named), "{new}: {said}");
    }
}

#[test]
fn every_key_is_in_the_schema_and_on_the_page_of_sweeps() {
    let schema: Value = serde_json::from_str(&schema()).expect("it is JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sweeps.md")).expect("the page is there");
    for table in TABLES {
        let one = &schema["properties"][table.name];
        let one = if table.many { &one["items"] } else { one };
        for key in table.keys {
            assert!(one["properties"][key.name].is_object(), "{}.{}", table.name, key.name);
            assert!(page.contains(&format!("`{}`", key.name)) || page.contains(&format!("`{} =", key.name)), "{}.{}", table.name, key.name);
        }
    }
}
