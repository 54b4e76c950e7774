//! `convoysim brief`.

use super::args::BriefOptions;
use super::exit::Exit;
use super::open::{self, Opened};
use super::terminal::{Terminal, WriteError};
use crate::report::briefing::{self, Subject};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

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
    save(&options.out, &page).map_err(|source| WriteError::new(options.out.display(), source))?;
    terminal.print(&format!("{}\n", options.out.display()))?;
    Ok(Exit::Done)
}

/// Writes the file whole or not at all.
fn save(path: &Path, page: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets; the umask takes its part away.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(page.as_bytes())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
