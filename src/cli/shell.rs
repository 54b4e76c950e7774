//! `convoysim completions` and `convoysim man`.

use super::args::Args;
use super::exit::Exit;
use super::terminal::{Terminal, WriteError};
use clap::CommandFactory;
use clap_complete::Shell;

/// Prints a completion script.
pub(super) fn completions(shell: Shell, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    // The generator panics on a writer that fails, so it gets one that does not.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "convoysim", &mut script);
    terminal.print_with(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}

/// Prints the manual page.
pub(super) fn manual(terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    terminal.print_with(|mut out| clap_mangen::Man::new(Args::command()).render(&mut out))?;
    Ok(Exit::Done)
}
