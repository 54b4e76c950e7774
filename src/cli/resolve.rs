//! `convoysim resolve`: the scenario after `extends`, `like` and `--set`, with the place that set each value.

use super::args::ResolveOptions;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};
use crate::report::json;
use crate::results::digest;
use serde_json::json;

/// Schema of the object that `resolve --json` prints.
const SCHEMA: &str = "convoysim.resolve/1";

/// Prints the scenario as TOML with places as comments, or its values with their places.
pub(super) fn resolve(options: &ResolveOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let text = if options.json { object(options, terminal) } else { scenario_file::resolved(&options.file, &options.set, terminal) };
    match text {
        Ok(text) => terminal.print(&text).map(|()| Exit::Done),
        Err(exit) => Ok(exit),
    }
}

/// The resolved scenario, its digest as manifests have it, and every value with its place.
fn object(options: &ResolveOptions, terminal: &mut Terminal<'_>) -> Result<String, Exit> {
    let scenario = scenario_file::load(&options.file, &options.set, terminal)?.scenario;
    let values: Vec<_> = scenario_file::written(&options.file, &options.set, terminal)?
        .into_iter()
        .map(|one| json!({"path": one.path, "value": one.value, "place": one.place}))
        .collect();
    Ok(json::text(&json!({
        "schema": SCHEMA,
        "scenario": {"name": scenario.info.name, "sha256": digest::sha256_hex(scenario.resolved.as_bytes())},
        "set": options.set,
        "texts": scenario.texts.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "values": values,
        "resolved": scenario.resolved,
    })))
}
