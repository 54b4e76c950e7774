//! `convoysim compare`: variants against a base, under the same random numbers.

use super::args::CompareOptions;
use super::charts::{self, Picture};
use super::diff;
use super::exit::Exit;
use super::folder::Folder;
use super::precision;
use super::progress::Progress;
use super::scenario_file;
use super::signals::Signals;
use super::split::Blends;
use super::stamp;
use super::terminal::{Terminal, WriteError};
use crate::experiment::Plan;
use crate::experiment::compare::{LEVEL, Terms, differences, run_together};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Job, Pool, Watch};
use crate::experiment::until;
use crate::report::terminal::compare;
use crate::report::{csv, json};
use crate::results::{Bound, Change, Comparison, Contrast, Objective, Reached, ResponseInfo, RunInfo, RunTable, Side, Until};
use crate::scenario::Loaded;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Runs base and variants together, prints what differs, and how sure that is.
pub(super) fn compare(options: &CompareOptions, typed: &[OsString], terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let (date, begun) = (SystemTime::now(), Instant::now());
    let prepared = match Prepared::new(options, terminal) {
        Ok(prepared) => prepared,
        Err(exit) => return Ok(exit),
    };
    let folder = options.out.as_deref().map(Folder::prepare).transpose()?;
    let pool = match Pool::new(options.threads.unwrap_or(0).into()) {
        Ok(pool) => pool,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::Bug);
        }
    };
    let signals = Signals::listen().map_err(|source| WriteError::new("signal handlers", source))?;
    let progress = match &prepared.until {
        None => Progress::new(prepared.replications_in_all(), options.quiet, signals.clone()),
        Some(until) => {
            Progress::until_precise(prepared.operations.len(), until.at_most, options.quiet, signals.clone(), terminal.style_err)
        }
    };
    let comparison = prepared.run(options, &pool, &progress);
    progress.end();
    let mut wrote = String::new();
    if let (Some(folder), Some(path)) = (folder, &options.out) {
        let record = stamp::record(typed, pool.threads(), date, begun.elapsed());
        let (pictures, not_drawn) = charts::draw((&comparison).into(), &options.charts, charts::USUAL_ORDER);
        write(&comparison, &prepared.loaded, &options.set, &pictures, &record, folder)?;
        for (name, why) in &not_drawn {
            terminal.say(&format!("no chart `{name}`: {why}"));
        }
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

/// Everything that is known before the first replication; the base comes first.
struct Prepared {
    loaded: Vec<Loaded>,
    labels: Vec<String>,
    operations: Vec<Operation>,
    plans: Vec<Plan>,
    /// What the differences are to be known to, where the number of replications is not given.
    until: Option<Until>,
    /// What each variant changes, and the scenarios in between where they are wanted.
    variants: Vec<(Vec<Change>, Option<Blends>)>,
}

impl Prepared {
    fn new(options: &CompareOptions, terminal: &mut Terminal<'_>) -> Result<Self, Exit> {
        let files: Vec<&PathBuf> = std::iter::once(&options.base).chain(&options.variants).collect();
        let loaded = files.iter().map(|file| scenario_file::load(file, &options.set, terminal)).collect::<Result<Vec<_>, Exit>>()?;
        let plan = Plan::of(&loaded[0].scenario, options.replications, options.seed);
        // Independent runs differ in their root seed, and in nothing else.
        let seed = |i: usize| if options.no_crn { plan.seed.wrapping_add(i as u64) } else { plan.seed };
        let plans: Vec<Plan> = (0..files.len()).map(|i| Plan { seed: seed(i), ..plan.clone() }).collect();
        let operations: Vec<Operation> = loaded.iter().zip(&plans).map(|(one, plan)| Operation::new(&one.scenario, plan.seed)).collect();
        if let Some(unknown) = options.response.iter().find(|name| operations[0].responses.iter().all(|info| info.name != **name)) {
            terminal.complain(&format!("the base scenario has no response {unknown:?}"));
            return Err(Exit::Usage);
        }
        let in_all = |info: &&ResponseInfo| operations.iter().all(|operation| operation.responses.iter().any(|one| one.name == info.name));
        let responses: Vec<ResponseInfo> = operations[0].responses.iter().filter(in_all).cloned().collect();
        // An objective bounds a response, not a difference, so none can be named here.
        let until =
            precision::wanted(&options.precision, &responses, &[], terminal)?.map(|until| Until { sides: files.len() - 1, ..until });
        let mut variants = Vec::new();
        for (file, one) in files.iter().zip(&loaded).skip(1) {
            let changes = diff::changes([(files[0], &loaded[0]), (file, one)], &options.set);
            let blends = if options.split {
                Blends::prepare(&changes, [files[0].as_path(), file.as_path()], &options.set, plan.seed, terminal)?
            } else {
                None
            };
            variants.push((changes, blends));
        }
        Ok(Self { labels: labels(&files), loaded, operations, plans, until, variants })
    }

    fn replications_in_all(&self) -> u32 {
        let between: usize = self.variants.iter().filter_map(|(_, blends)| blends.as_ref()).map(Blends::scenarios).sum();
        self.plans[0].replications.saturating_mul((self.operations.len() + between) as u32)
    }

    fn run(&self, options: &CompareOptions, pool: &Pool, progress: &Progress) -> Comparison {
        let (base, plan) = (&self.loaded[0].scenario, &self.plans[0]);
        let jobs: Vec<_> = self.operations.iter().map(|operation| |replication, detail| operation.replicate(replication, detail)).collect();
        let jobs: Vec<&Job<'_>> = jobs.iter().map(|job| job as &Job<'_>).collect();
        let mut tables: Vec<RunTable> = self.operations.iter().map(Operation::empty_table).collect();
        let judged = |until: &Until, tables: &[RunTable]| -> Vec<Vec<Reached>> {
            tables[1..].iter().map(|variant| until.judge(|response| differences(&tables[0], variant, response))).collect()
        };
        let (finished, replications) = match &self.until {
            None => (run_together(pool, &jobs, &mut tables, 0, plan.replications, progress), plan.replications),
            Some(until) => {
                let ended = until::drive(until, |round| {
                    let finished = run_together(pool, &jobs, &mut tables, round.start, round.end, progress);
                    let reached = finished.then(|| judged(until, &tables).concat());
                    progress.looked(reached.as_deref().unwrap_or_default());
                    reached
                });
                (ended.stop.is_some(), if ended.stop.is_some() { ended.replications } else { until.at_most })
            }
        };
        let precision = self.until.as_ref().map_or_else(|| vec![Vec::new(); self.variants.len()], |until| judged(until, &tables));
        let infos: Vec<RunInfo> = self.loaded.iter().zip(&self.plans).map(|(one, plan)| plan.describe(&one.scenario)).collect();
        let side = |i: usize| side(&self.labels[i], &infos[i], &tables[i]);
        let terms = Terms::of(base, plan.seed, self.variants.len(), !options.no_crn, &options.response);
        let contrast = |(i, (changes, blends)): (usize, &(Vec<Change>, Option<Blends>))| {
            let mut contrast = terms.compare(&tables[0], &tables[i + 1], side(i + 1));
            contrast.changes.clone_from(changes);
            contrast.precision.clone_from(&precision[i]);
            let blends = blends.as_ref().filter(|_| finished);
            contrast.split = blends.and_then(|blends| blends.split(&contrast, [&tables[0], &tables[i + 1]], replications, pool, progress));
            contrast
        };
        Comparison {
            contrasts: self.variants.iter().enumerate().map(contrast).collect(),
            base: side(0),
            deadline_days: deadline(&infos[0].objectives),
            requested: replications,
            until: self.until.clone(),
            interrupted: !finished,
            horizon_days: infos[0].horizon_days,
            common: !options.no_crn,
            level: LEVEL,
            statements: terms.statements,
        }
    }
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

/// The first bound on the days to completion.
fn deadline(objectives: &[Objective]) -> Option<f64> {
    objectives.iter().find_map(|one| match one.bound {
        Bound::AtMost(day) if one.response == "days_to_completion" => Some(day),
        _ => None,
    })
}

fn side(label: &str, info: &RunInfo, table: &RunTable) -> Side {
    Side {
        label: label.to_owned(),
        name: info.scenario.clone(),
        handling: info.handling.clone(),
        sha256: info.sha256.clone(),
        seed: Some(info.seed),
        replications: table.records.len(),
        censored: table.censored(),
        failed: table.failures.len(),
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
    loaded: &[Loaded],
    overrides: &[String],
    pictures: &[Picture],
    record: &serde_json::Value,
    mut folder: Folder,
) -> Result<(), WriteError> {
    folder.write("comparison.json", |out| out.write_all(json::text(&json::comparison(comparison)).as_bytes()))?;
    folder.write("pairs.csv", |out| csv::pairs(comparison, out))?;
    for picture in pictures {
        picture.write(&mut folder)?;
    }
    let texts: Vec<&[(String, String)]> = loaded.iter().map(|one| one.scenario.texts.as_slice()).collect();
    let resolved: Vec<&str> = loaded.iter().map(|one| one.scenario.resolved.as_str()).collect();
    let manifest = json::comparison_manifest(comparison, &texts, &resolved, overrides, &folder.entries());
    folder.write("manifest.json", |out| out.write_all(json::text(&manifest).as_bytes()))?;
    folder.write("run.json", |out| out.write_all(json::text(record).as_bytes()))?;
    folder.publish()
}
