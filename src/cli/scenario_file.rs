//! Scenario files: read, checked, and every problem shown.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::scenario::Scenario;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A scenario that may run, and how many notes were shown about it.
pub(super) struct Loaded {
    pub(super) scenario: Scenario,
    pub(super) notes: usize,
}

/// No scenario and no data file is longer.
const LONGEST: u64 = 64 << 20;

/// Reads and checks a scenario; problems and notes go to standard error.
pub(super) fn load(file: &Path, _overrides: &[String], terminal: &mut Terminal<'_>) -> Result<Loaded, Exit> {
    let problem = read(&file.to_string_lossy()).err().unwrap_or_else(|| "the scenario layer is not there yet".into());
    terminal.complain(&format!("{}: {problem}", file.display()));
    Err(Exit::ScenarioInvalid)
}

/// The scenarios that `new` writes: name and text.
pub(super) fn templates() -> Vec<(String, String)> {
    Vec::new()
}

/// What the plan can do at most, in lines.
pub(super) fn ceiling(_scenario: &Scenario) -> Vec<String> {
    Vec::new()
}

/// The bytes of a file, or why there are none, in words.
fn read(name: &str) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| error.to_string();
    let file = File::open(name).map_err(said)?;
    if file.metadata().map_err(said)?.is_dir() {
        return Err("it is a folder, not a file".into());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(said)?;
    if bytes.len() as u64 > LONGEST { Err(format!("it is longer than {} MB", LONGEST >> 20)) } else { Ok(bytes) }
}
