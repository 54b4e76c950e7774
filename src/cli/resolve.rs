//! `convoysim resolve`: the scenario after `extends`, `like` and `--set`, with the place that set each value.

use super::args::ResolveOptions;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::{Terminal, WriteError};

/// Prints the scenario as TOML with places as comments.
pub(super) fn resolve(options: &ResolveOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    match scenario_file::resolved(&options.file, &options.set, terminal) {
        Ok(text) => terminal.print(&text).map(|()| Exit::Done),
        Err(exit) => Ok(exit),
    }
}
