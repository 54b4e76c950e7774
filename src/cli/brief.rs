//! `convoysim brief`.

use super::args::BriefOptions;
use super::exit::Exit;
use super::open::{self, Held, OpenError};
use super::save::save;
use super::terminal::{Terminal, WriteError};
use crate::report::briefing::{self, Beside, Compared, Subject};
use crate::results::Kind;

/// Writes the briefing of a finished run from its folder, with what is set beside it; its name goes to standard output.
pub(super) fn brief(options: &BriefOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let opened: Result<Vec<Held>, OpenError> = options.dirs.iter().map(|dir| open::any(dir)).collect();
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::DataInvalid);
        }
    };
    let mut beside = Beside::default();
    for (held, dir) in opened.iter().zip(&options.dirs) {
        match held {
            Held::Run(one) => beside.runs.push(Subject { manifest: &one.manifest, output: &one.output }),
            Held::Comparison(manifest, comparison) => beside.comparisons.push(Compared { manifest, comparison }),
            Held::Assumptions(assumed) => beside.assumed.push(assumed),
            Held::Sweep => {
                terminal.complain(&OpenError::OtherKind(dir.into(), Kind::Sweep).to_string());
                return Ok(Exit::DataInvalid);
            }
        }
    }
    if beside.runs.is_empty() {
        terminal
            .complain("a briefing is about a run: give the folder of one (`convoysim run`), and comparisons and explanations beside it");
        return Ok(Exit::Usage);
    }
    let subject = beside.runs.remove(0);
    if options.release_safe && !beside.assumed.is_empty() {
        terminal.say("note: assumptions are left out, as all inputs are");
    }
    let page = if options.release_safe { briefing::releasable_page(subject, &beside) } else { Ok(briefing::page(subject, &beside)) };
    let page = match page {
        Ok(page) => page,
        Err(leak) => {
            terminal.complain(&format!("{leak}; nothing was written"));
            return Ok(Exit::DataInvalid);
        }
    };
    if let Some(error) = opened.iter().find_map(Held::broken) {
        return Err(error);
    }
    save(&options.out, page.as_bytes()).map_err(|source| WriteError::new(options.out.display(), source))?;
    terminal.print(&format!("{}\n", options.out.display()))?;
    Ok(Exit::Done)
}
