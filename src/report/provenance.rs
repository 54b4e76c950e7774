//! What a picture or a page says of itself to programs: which scenarios, which seed, how many replications, which version.
//!
//! The same line of JSON stands in the `<metadata>` of an SVG, in the text chunk `convoysim` of a PNG and in a `<meta name="convoysim">`
//! of a page, so whoever finds one of them alone finds the run that made it. It tells no more than the footer does.

use crate::report::visible::visible_json;
use crate::results::{RunInfo, Side, SweepInfo};
use serde_json::{Value, json};

/// The name under which programs find it.
pub const KEYWORD: &str = "convoysim";

/// One line of JSON: what a run's numbers come from. Of a page that may leave the house it tells neither seed nor digest.
#[must_use]
pub fn of_run(run: &RunInfo, replications: usize) -> String {
    of(vec![scenario(&run.scenario, &run.sha256)], run.clock.date.map(|_| run.seed), replications)
}

/// The same of scenarios beside each other, the base first.
#[must_use]
pub fn of_sides(sides: &[&Side], replications: usize) -> String {
    let scenarios = sides.iter().map(|side| scenario(&side.name, &side.sha256)).collect();
    of(scenarios, sides.first().and_then(|base| base.seed), replications)
}

/// The same of a sweep: its base, and so many replications of each point.
#[must_use]
pub fn of_sweep(sweep: &SweepInfo) -> String {
    of(vec![scenario(&sweep.base, &sweep.base_sha256)], Some(sweep.seed), sweep.replications as usize)
}

fn scenario(name: &str, sha256: &str) -> Value {
    json!({"name": name, "sha256": (!sha256.is_empty()).then_some(sha256)})
}

fn of(scenarios: Vec<Value>, seed: Option<u64>, replications: usize) -> String {
    let of = json!({"version": env!("CARGO_PKG_VERSION"), "scenarios": scenarios, "seed": seed, "replications": replications});
    visible_json(&of.to_string()).into_owned()
}
