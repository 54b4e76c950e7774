//! `convoysim sensitivity`: a sweep, told by what its responses depend on.

use super::exit::Exit;
use super::scenario_file;
use super::sweep::{self, StudyOptions};
use super::terminal::{Terminal, WriteError};
use crate::experiment::sweep::sensitivity::design;
use crate::report::json;
use crate::report::terminal::sensitivity::{answers, text};
use crate::report::terminal::sweep::changed;
use crate::results::{Sensitivity, SensitivityDesign};
use std::ffi::OsString;

/// A sweep with a block made for this, and how to run it.
#[derive(Debug, clap::Args)]
pub(super) struct SensitivityOptions {
    #[command(flatten)]
    study: StudyOptions,
    /// Tell only of blocks with design = "morris"
    #[arg(long, conflicts_with = "sobol")]
    morris: bool,
    /// Tell only of blocks with design = "sobol"
    #[arg(long)]
    sobol: bool,
}

impl SensitivityOptions {
    /// Turns options that stand for a value of the scenario into values of `--set`.
    pub(super) fn lay_over(&mut self) {
        self.study.lay_over();
    }

    /// Whether a design is asked for.
    fn wants(&self, design: SensitivityDesign) -> bool {
        match design {
            SensitivityDesign::Morris { .. } => !self.sobol,
            SensitivityDesign::Sobol { .. } => !self.morris,
        }
    }

    /// The designs that are asked for, as a sweep file writes them.
    fn designs(&self) -> &'static str {
        match (self.morris, self.sobol) {
            (true, _) => "design = \"morris\"",
            (_, true) => "design = \"sobol\"",
            _ => "design = \"morris\" or \"sobol\"",
        }
    }
}

/// Runs what is missing of the sweep, in the folder that `sweep` would use, and prints the analyses.
pub(super) fn sensitivity(options: &SensitivityOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let name = match sweep::name_of(options.study.file(), terminal) {
        Ok(name) => name,
        Err(exit) => return Ok(exit),
    };
    // Looked at before anything is made or run; what is wrong otherwise is told by the sweep itself.
    match sweep::read(name, &scenario_file::read, &options.study.set, terminal) {
        Ok(read) if read.sweep.blocks.iter().filter_map(design).any(|design| options.wants(design)) => {}
        Ok(_) => {
            terminal.complain(&format!("{name} has no block with {}; write one, or use `convoysim sweep`", options.designs()));
            return Ok(Exit::ScenarioInvalid);
        }
        Err(exit) => return Ok(exit),
    }
    sweep::all(&options.study, typed, terminal, &|study, merged, shown, terminal| {
        let found: Vec<Sensitivity> = merged.sensitivity.iter().filter(|one| options.wants(one.design)).cloned().collect();
        if shown.json {
            return terminal.print(&json::text(&json::sensitivity(&found)));
        }
        if shown.quiet {
            return terminal.print(&found.iter().flat_map(answers).map(|sentence| sentence + "\n").collect::<String>());
        }
        let wrote = format!("{} Wrote {}/: {}", changed(&study.info), shown.path.trim_end_matches('/'), merged.files.join(", "));
        let last = found.len() - 1;
        let pages = found.iter().enumerate().map(|(at, one)| text(one, if at == last { &wrote } else { "" }, terminal.style));
        let pages: Vec<String> = pages.collect();
        terminal.print(&pages.join("\n"))
    })
}
