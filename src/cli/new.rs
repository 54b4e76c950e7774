//! `convoysim new`: scenarios to start from.

use super::args::NewOptions;
use super::argument::argument;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};
use std::fs::{self, File};
use std::io::Write;

/// Writes the templates; never over a file that is there.
pub(super) fn new(options: &NewOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let dir = &options.dir;
    fs::create_dir_all(dir).map_err(|source| WriteError::new(dir.display(), source))?;
    // The first lines of the scenarios name the schema, so that editors find it.
    let mut templates = scenario_file::templates();
    templates.push(("convoysim.schema.json".into(), scenario_file::schema(false)));
    let paths: Vec<_> = templates.iter().map(|(name, _)| dir.join(name)).collect();
    // Nothing at all is written where one of them is in the way.
    if let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        terminal.complain(&format!("{} is there already; nothing was written", there.display()));
        return Ok(Exit::CannotWrite);
    }
    for ((_, text), path) in templates.iter().zip(&paths) {
        let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|source| WriteError::new(path.display(), source))?;
        terminal.print(&format!("Wrote {}\n", path.display()))?;
    }
    if let Some(first) = paths.first() {
        terminal.print(&format!("\nNext: convoysim check {0}    convoysim run {0}\n", argument(first)))?;
    }
    Ok(Exit::Done)
}
