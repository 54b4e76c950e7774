//! Shipped variants against the base plan: what pairing buys, and what it lets one say.
//!
//! Seeds are fixed, so these are facts about this version.

use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

/// What `compare --json` says of shipped variants against the base plan.
fn compared(variants: &[&str], replications: u32) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let done = cargo_bin_cmd!("convoysim")
        .current_dir(folder)
        .args(["compare", "hasakah-iraq.toml", "--json", "-n", &replications.to_string()])
        .args(variants)
        .output()
        .expect("the command runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("one JSON object")
}

/// Days to completion of the first variant.
fn days(comparison: &Value) -> &Value {
    let first = &comparison["variants"][0]["responses"][0];
    assert_eq!(first["response"], "days_to_completion");
    first
}

/// What the first variant changes that a replication depends on.
fn changes(comparison: &Value) -> Vec<&str> {
    let changes = comparison["variants"][0]["changes"].as_array().expect("a list");
    changes.iter().filter(|change| change["matters"] == true).map(|change| change["path"].as_str().expect("a path")).collect()
}

#[test]
fn one_more_convoy_set_is_told_with_a_fraction_of_the_replications() {
    let comparison = compared(&["convoy-set-road.toml"], 60);
    let pairing = &days(&comparison)["pairing"];
    let ratio = pairing["variance_ratio"].as_f64().expect("both vary");
    // A quarter or so with 200 pairs; independent runs would have 1.
    assert!(ratio < 0.5, "{pairing}");
    assert!(pairing["independent_replications"].as_f64().is_some_and(|needed| needed > 120.0), "{pairing}");
    let changes = changes(&comparison);
    assert_eq!(changes, ["buses.coaches-east.count", "escorts.escort-west.count", "escorts.escort-east.count"]);
}

#[test]
fn a_third_lane_makes_no_material_change() {
    let comparison = compared(&["third-lane.toml"], 200);
    let first = days(&comparison);
    assert_eq!(first["figures"][0]["verdict"], "no material change", "{first:#}");
    assert_eq!(changes(&comparison), ["crossing.border.lanes"]);
}
