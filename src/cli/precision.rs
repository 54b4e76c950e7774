//! `--until`: what is to be precise, and whether it is.

use super::args::PrecisionOptions;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::Terminal;
use crate::experiment::until;
use crate::results::{Reached, ResponseInfo, Summary, Until};
use crate::scenario::Objective;

/// Reads the conditions of a command line; `horizon_days` is the shortest horizon of the runs. Errors go to standard error.
pub(super) fn wanted(
    options: &PrecisionOptions,
    responses: &[ResponseInfo],
    objectives: &[Objective],
    horizon_days: f64,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Until>, Exit> {
    let Some(text) = &options.until else { return Ok(None) };
    until::read(text, responses, objectives, horizon_days, options.at_most).map(Some).map_err(|problems| {
        scenario_file::show(&problems, terminal);
        Exit::Usage
    })
}

/// Whether everything that was to be precise is.
pub(super) fn reached(summary: &Summary) -> bool {
    summary.precision.iter().all(Reached::met)
}
