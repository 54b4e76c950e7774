//! Threads to run on.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::experiment::runner::Pool;

/// So many threads, or one a processor; says why there are none, and how to end.
pub(super) fn pool(threads: Option<u16>, terminal: &mut Terminal<'_>) -> Result<Pool, Exit> {
    Pool::new(threads.unwrap_or(0).into()).map_err(|error| {
        terminal.complain(&error.to_string());
        Exit::Bug
    })
}
