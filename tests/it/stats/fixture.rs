//! Known answers in `tests/fixtures`, and comparison with them.

use std::fmt::Display;
use std::path::Path;

use serde_json::Value;

/// The cases of `tests/fixtures/<name>.json`.
pub(crate) fn cases(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).expect("the fixture is in the repository");
    let mut document: Value = serde_json::from_str(&text).expect("the fixture is JSON");
    let Value::Array(cases) = document["cases"].take() else { panic!("{name} has no cases") };
    cases
}

/// The one case of a fixture with this name.
pub(crate) fn case(name: &str, id: &str) -> Value {
    let found = cases(name).into_iter().find(|case| case["id"] == id);
    found.unwrap_or_else(|| panic!("{name} has no case {id}"))
}

/// The cases of a fixture whose names begin like this; there must be `count`.
pub(crate) fn cases_like(name: &str, start: &str, count: usize) -> Vec<Value> {
    let mut found = cases(name);
    found.retain(|case| case["id"].as_str().expect("cases have names").starts_with(start));
    assert_eq!(found.len(), count, "cases of {name} that start with {start}");
    found
}

/// A number, or a list of numbers as they stand in a fixture.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// A number; null stands for "not there".
pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// An expected number, from a fixture or from here.
pub(crate) trait Expected {
    fn value(self) -> f64;
}

impl Expected for f64 {
    fn value(self) -> f64 {
        self
    }
}

impl Expected for &Value {
    fn value(self) -> f64 {
        number(self)
    }
}

/// Asserts a relative error of at most `tolerance`; where 0 is expected, an absolute one.
#[track_caller]
pub(crate) fn close(found: f64, expected: impl Expected, tolerance: f64, what: impl Display) {
    let expected = expected.value();
    let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
    let error = (found - expected).abs() / scale;
    assert!(error <= tolerance, "{what}: {found} instead of {expected}, relative error {error:e}");
}
