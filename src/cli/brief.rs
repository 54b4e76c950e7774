//! `convoysim brief`.

use super::args::BriefOptions;
use super::exit::Exit;
use super::open::{self, Opened};
use super::save::save;
use super::terminal::{Terminal, WriteError};
use crate::report::briefing::{self, Subject};

/// Writes the briefing of finished runs from their folders; its name goes to standard output.
pub(super) fn brief(options: &BriefOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let mut opened: Vec<Opened> = Vec::new();
    for dir in &options.dirs {
        match open::open(dir) {
            Ok(one) => opened.push(one),
            Err(error) => {
                terminal.complain(&error.to_string());
                return Ok(Exit::DataInvalid);
            }
        }
    }
    let subjects: Vec<Subject<'_>> = opened.iter().map(|Opened { manifest, output }| Subject { manifest, output }).collect();
    let (first, others) = subjects.split_first().expect("the command line asks for one folder at least");
    let page = if options.release_safe { briefing::releasable_page(*first, others) } else { Ok(briefing::page(*first, others)) };
    let page = match page {
        Ok(page) => page,
        Err(leak) => {
            terminal.complain(&format!("{leak}; nothing was written"));
            return Ok(Exit::DataInvalid);
        }
    };
    save(&options.out, page.as_bytes()).map_err(|source| WriteError::new(options.out.display(), source))?;
    terminal.print(&format!("{}\n", options.out.display()))?;
    Ok(Exit::Done)
}
