//! `convoysim compare`: variants against a base, under the same random numbers.

pub(super) mod prepared;

use super::args::CompareOptions;
use super::charts::{self, Picture};
use super::diff::Origin;
use super::exit::Exit;
use super::folder::Folder;
use super::precision;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::stamp;
use super::terminal::{Terminal, WriteError};
use super::threads;
use crate::experiment::Plan;
use crate::report::terminal::compare;
use crate::report::{files, json};
use crate::results::{Comparison, Contrast, Reached};
use prepared::{Given, Prepared, Ran, Request};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Runs base and variants together, prints what differs, and how sure that is.
pub(super) fn compare(options: &CompareOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let (date, begun) = (SystemTime::now(), Instant::now());
    let prepared = match prepare(options, terminal) {
        Ok(prepared) => prepared,
        Err(exit) => return Ok(exit),
    };
    let folder = options.out.as_deref().map(Folder::prepare).transpose()?;
    let pool = match threads::pool(options.threads, terminal) {
        Ok(pool) => pool,
        Err(exit) => return Ok(exit),
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let progress = match &prepared.until {
        None => Progress::new(prepared.replications_in_all(), options.quiet, signals.clone()),
        Some(until) => Progress::until_precise(prepared.scenarios(), until.at_most, options.quiet, signals.clone(), terminal.style_err),
    };
    let ran = prepared.run(&pool, &progress);
    let comparison = prepared.compare(&ran, &pool, &progress);
    progress.end();
    let mut wrote = String::new();
    if let (Some(folder), Some(path)) = (folder, &options.out) {
        let record = stamp::record(typed, pool.threads(), date, begun.elapsed());
        let (pictures, not_drawn) = charts::draw((&comparison).into(), &options.charts, charts::USUAL_ORDER);
        write(&comparison, &prepared, &ran, &pictures, &record, folder)?;
        charts::tell(&not_drawn, terminal);
        let folder = path.display().to_string();
        let charts = if pictures.is_empty() { String::new() } else { format!("{} charts, ", pictures.len()) };
        wrote = format!("Wrote {}/: {charts}comparison.json, pairs.csv, manifest.json, run.json", folder.trim_end_matches('/'));
    }
    if options.json {
        terminal.print(&json::text(&json::comparison(&comparison)))?;
    } else if options.quiet {
        terminal.print(&format!("{}\n", compare::answer(&comparison)))?;
    } else {
        let text = compare::text(&comparison, &wrote, terminal.style);
        terminal.print(&text)?;
    }
    Ok(end(options, &comparison, &signals))
}

/// Reads the scenarios and what is wanted of them.
fn prepare(options: &CompareOptions, terminal: &mut Terminal<'_>) -> Result<Prepared, Exit> {
    let files: Vec<&PathBuf> = std::iter::once(&options.base).chain(&options.variants).collect();
    let mut given = Vec::new();
    for (file, label) in files.iter().zip(labels(&files)) {
        let loaded = scenario_file::load(file, &options.set, terminal)?;
        let origin = Origin { name: file.to_str().unwrap_or_default(), sources: &scenario_file::read };
        given.push(Given { label, origin, loaded });
    }
    if !options.quiet {
        scenario_file::show_notes(given.iter().map(|one| &one.loaded), terminal);
    }
    let plan = Plan::of(&given[0].loaded.scenario, options.replications, options.seed);
    let request =
        Request { overrides: options.set.clone(), responses: options.response.clone(), common: !options.no_crn, split: options.split };
    let horizon_days = shortest_horizon(&given);
    // An objective bounds a response, not a difference, so none can be named here.
    let wanted =
        |responses: &[_], terminal: &mut Terminal<'_>| precision::wanted(&options.precision, responses, &[], horizon_days, terminal);
    Prepared::of(given, request, &plan, wanted, terminal)
}

/// The shortest horizon of scenarios, in days.
pub(super) fn shortest_horizon(given: &[Given<'_>]) -> f64 {
    given.iter().map(|one| one.loaded.scenario.params.horizon.days()).fold(f64::INFINITY, f64::min)
}

/// A signal comes first, then failed replications, then precision, then the gate.
fn end(options: &CompareOptions, comparison: &Comparison, signals: &Signals) -> Exit {
    let failed = comparison.base.failed + comparison.contrasts.iter().map(|contrast| contrast.variant.failed).sum::<usize>();
    if let Some(exit) = signals.exit().filter(|_| comparison.interrupted) {
        exit
    } else if failed > 0 {
        Exit::SomeFailed
    } else if !comparison.contrasts.iter().flat_map(|contrast| &contrast.precision).all(Reached::met) {
        Exit::PrecisionNotReached
    } else if options.gate && !comparison.contrasts.iter().all(Contrast::passes) {
        Exit::Worse
    } else {
        Exit::Done
    }
}

/// A short name for each file, different from all others: its own without the ending, the whole path where that is not enough.
pub(super) fn labels(files: &[&PathBuf]) -> Vec<String> {
    let stem = |file: &Path| file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let stems: Vec<String> = files.iter().map(|file| stem(file)).collect();
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let alone = |label: &str, labels: &[String]| labels.iter().filter(|other| *other == label).count() == 1;
    (0..files.len())
        .map(|i| match (alone(&stems[i], &stems), alone(&paths[i], &paths)) {
            (true, _) => stems[i].clone(),
            (false, true) => paths[i].clone(),
            (false, false) => format!("{} ({})", stems[i], i + 1),
        })
        .collect()
}

/// Writes the folder.
fn write(
    comparison: &Comparison,
    prepared: &Prepared,
    ran: &Ran,
    pictures: &[Picture],
    record: &serde_json::Value,
    mut folder: Folder,
) -> Result<(), WriteError> {
    for (name, content) in files::of_comparison(comparison) {
        folder.write(name, content)?;
    }
    for picture in pictures {
        picture.write(&mut folder)?;
    }
    let manifest = json::comparison_manifest(&prepared.manifest(ran, comparison, folder.entries()));
    folder.write("manifest.json", |out| out.write_all(json::text(&manifest).as_bytes()))?;
    folder.write("run.json", |out| out.write_all(json::text(record).as_bytes()))?;
    folder.publish()
}
