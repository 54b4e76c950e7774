//! `convoysim sweep status`: how far a sweep is, from its parts and its journal.

use super::opened::planned;
use super::store::Store;
use super::tell;
use crate::cli::argument::argument;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, WriteError};
use crate::report::json::text;
use serde_json::{Value, json};
use std::path::Path;

/// Prints how many shards are there, how long one takes, and what stands in the way.
pub(super) fn status(dir: &Path, as_json: bool, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    planned(dir, terminal, |study, store, terminal| {
        let fail = |source| WriteError::new(dir.display(), source);
        let shards = study.plan.shards();
        let (mut there, mut rows, mut failures, mut first_missing) = (0_u32, 0, 0, None);
        for shard in 0..shards {
            match store.held(shard).map_err(fail)? {
                Some(held) => {
                    there += 1;
                    rows += held.rows;
                    failures += held.failures;
                }
                None => first_missing = first_missing.or(Some(shard)),
            }
        }
        let merged = dir.join("manifest.json").is_file();
        let (journal, broken) = store.journal();
        let each = mean_seconds(&journal);
        if as_json {
            return terminal
                .print(&text(&json!({
                    "schema": "convoysim.sweep-status/1", "sweep": study.info.name, "points": study.plan.points, "shards": shards,
                    "shards_there": there, "rows": rows, "failures": failures, "invalid": study.plan.invalid, "first_missing": first_missing, "merged": merged,
                    "seconds_a_shard": each, "journal_lines_broken": broken, "set": study.sweep.overrides,
                })))
                .map(|()| Exit::Done);
        }
        let mut said = format!("{}: {there} of {shards} shards are there, {rows} runs", study.info.name);
        if failures > 0 {
            said += &format!(", {failures} failed");
        }
        said += ".\n";
        if !study.plan.invalid.is_empty() {
            said += &format!("{}\n", tell::left_out(study));
        }
        said += &tell::changed(study, "");
        said += &match (first_missing, merged) {
            (None, true) => "It is complete and merged.\n".to_owned(),
            (None, false) => format!("Every shard is there; put them together with: convoysim sweep merge {}\n", argument(dir)),
            (Some(shard), _) => {
                let left = each
                    .map_or_else(String::new, |each| format!(" About {:.0} s of one thread are left.", each * f64::from(shards - there)));
                format!("The first missing shard is {shard}.{left} The command that began it goes on with it.\n")
            }
        };
        said += &events(&store, &journal);
        if broken > 0 {
            said += &format!("{broken} lines of the journal are broken; nothing hangs on them.\n");
        }
        terminal.print(&said)?;
        Ok(Exit::Done)
    })
}

/// Mean seconds of the shards that the journal tells of.
fn mean_seconds(journal: &[Value]) -> Option<f64> {
    let seconds: Vec<f64> = journal.iter().filter_map(|line| line["run_s"].as_f64()).collect();
    (!seconds.is_empty()).then(|| seconds.iter().sum::<f64>() / seconds.len() as f64)
}

/// How often the sweep was begun and stopped.
fn events(store: &Store, journal: &[Value]) -> String {
    let count = |event: &str| journal.iter().filter(|line| line["event"] == event).count();
    match (count("begun"), count("stopped")) {
        (0 | 1, 0) => String::new(),
        (begun, stopped) => {
            format!("It was begun {begun} times and stopped {stopped} times, says {}/journal.jsonl.\n", store.path().display())
        }
    }
}
