//! A sweep with its folder: from its file, with a plan that is made now, or from the folder alone.

use super::args::{StudyOptions, WorkOptions};
use super::store::{Store, StoreError};
use super::study::{self, Instead, Study};
use super::tell;
use crate::cli::exit::Exit;
use crate::cli::folder::Folder;
use crate::cli::scenario_file;
use crate::cli::terminal::{Terminal, WriteError};
use std::path::{Path, PathBuf};

/// A sweep with its folder, to be worked on.
pub(super) struct Opened {
    pub(super) folder: Folder,
    pub(super) store: Store,
}

/// Reads the sweep file, checks every point, and makes the folder hold the plan; `then` goes on with both.
pub(super) fn begin(
    options: &StudyOptions,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Study<'_>, Opened, &mut Terminal<'_>) -> Result<Exit, WriteError>,
) -> Result<Exit, WriteError> {
    let name = match study::name_of(options.file(), terminal) {
        Ok(name) => name,
        Err(exit) => return Ok(exit),
    };
    let sources = scenario_file::read;
    let read = match study::read(name, &sources, &options.set, terminal) {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    if !options.quiet {
        scenario_file::show_notes([&read.base], terminal);
    }
    let study = match Study::new(&read.sweep, &read.template, options.into(), terminal) {
        Ok(study) => study,
        Err(exit) => return Ok(exit),
    };
    let invalid = match study.check(threads(&options.work), options.skip_invalid, terminal) {
        Ok(invalid) => invalid,
        Err(exit) => return Ok(exit),
    };
    let study = study.without(&invalid);
    if !invalid.is_empty() && !options.quiet {
        terminal.say(&tell::left_out(&study));
    }
    let path = options.out.clone().unwrap_or_else(|| default_folder(options.file()));
    let folder = Folder::prepare(&path)?;
    let mut design = Vec::new();
    crate::report::sweep::design(&study.info, |point| study.points.cells(point), &mut design)
        .map_err(|source| WriteError::new("the design", source))?;
    let store = match Store::begin(&path, &study.written, &design, options.shard_size.is_some()) {
        Ok(store) => store,
        Err(error) => return told(error, terminal),
    };
    // Nobody asked for another size: the one that the sweep began with holds.
    let study = Study { plan: crate::experiment::sweep::Plan { shard_size: store.plan().shard_size, ..study.plan }, ..study };
    then(&study, Opened { folder, store }, terminal)
}

/// `out/<sweep file name>/`.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("out").join(file.file_stem().unwrap_or(file.as_os_str()))
}

/// Says why a folder cannot be used.
fn told(error: StoreError, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    match error {
        StoreError::Write(error) => Err(error),
        other => {
            terminal.complain(&other.to_string());
            Ok(Exit::DataInvalid)
        }
    }
}

/// So many threads as asked for, or one a processor.
pub(super) fn threads(options: &WorkOptions) -> usize {
    options.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Opens a planned sweep by its folder alone; `then` goes on with it.
pub(super) fn planned(
    dir: &Path,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Study<'_>, Store, &mut Terminal<'_>) -> Result<Exit, WriteError>,
) -> Result<Exit, WriteError> {
    let store = match Store::open(dir) {
        Ok(store) => store,
        Err(error) => return told(error, terminal),
    };
    let texts = study::texts(store.plan());
    let main = store.plan().texts.first().map_or("", |(name, _)| name).to_owned();
    let read = match study::read(&main, &texts, &store.plan().overrides, terminal) {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    let study = match Study::new(&read.sweep, &read.template, Instead::from(store.plan()), terminal) {
        Ok(study) => study,
        Err(exit) => return Ok(exit),
    };
    let study = study.without(&store.plan().invalid);
    let differences = store.plan().differences(&study.written);
    if !differences.is_empty() {
        return told(StoreError::OtherPlan { folder: dir.display().to_string(), differences }, terminal);
    }
    then(&study, store, terminal)
}

/// The shards of which there is no whole part.
pub(super) fn missing(study: &Study<'_>, store: &Store) -> std::io::Result<Vec<u32>> {
    let mut missing = Vec::new();
    for shard in 0..study.plan.shards() {
        if store.held(shard)?.is_none() {
            missing.push(shard);
        }
    }
    Ok(missing)
}
