//! The folder of a sweep: all of it again in a folder of its own, or the rows of some shards.

use super::folder::Held;
use super::run::check_pictures;
use super::sample::evenly;
use super::{Means, Stop};
use crate::cli::open;
use crate::cli::sweep::{Study, again};
use crate::cli::terminal::Terminal;
use crate::report::sweep::{SweepPlan, design, manifest};
use crate::report::{json, read};
use crate::results::{FileEntry, Scope, Verification};
use std::fs;
use std::io;
use std::path::Path;

/// Files of the work itself: they are in no manifest, and how the work went is in them.
const WORK: [&str; 2] = ["plan.json", "journal.jsonl"];

/// Runs the sweep again, whole or in a sample of its shards, and compares.
pub(super) fn verified(dir: &Path, text: &str, means: &Means, terminal: &mut Terminal<'_>) -> Result<Verification, Stop> {
    let plan = SweepPlan::of_manifest(text).map_err(|why| Stop::Usage(format!("its manifest cannot be used: {why}")))?;
    let (_, files) = open::kind(dir, text)?;
    // With `until`, points have fewer replications than are allowed, and how many shows only by running them.
    if plan.until.is_none() {
        open::room_for(dir, "replications.csv", u64::from(plan.points) * u64::from(plan.replications))?;
    }
    let cut = again::shard_size(dir, &plan);
    let plan = SweepPlan { shard_size: cut.unwrap_or(plan.shard_size), ..plan };
    let mut parts = Vec::new();
    let found = again::of_manifest(&plan, terminal, |study, _| match means.sample {
        Some(wanted) if wanted < study.plan.shards() => {
            parts = again::parts(dir, &plan, None).map_err(|error| Stop::Bug(error.to_string()))?;
            sample(dir, study, &files, wanted, means)
        }
        _ => whole(dir, study, &files, means, &mut |made| {
            parts = again::parts(dir, &plan, cut.map(|_| made))?;
            Ok(())
        }),
    });
    let (scope, mut checked, again) = found.map_err(Stop::Told)??;
    parts.into_iter().for_each(|(name, same)| checked.check_part(name, same));
    // What the plan says of the program that made it is no finding of its own.
    let again = SweepPlan { version: plan.version.clone(), target: plan.target.clone(), ..again };
    checked.check_manifest(text, &json::text(&manifest(&again, &files)), again.texts == plan.texts);
    let sampled = matches!(scope, Scope::Shards(..));
    let mut files = checked.finish(sampled)?;
    files.retain(|file| !WORK.contains(&file.name.as_str()));
    Ok(Verification {
        scenarios: vec![study_name(text)],
        seed: plan.seed,
        scope,
        files,
        written_by: [plan.version, plan.target],
        made_by: [env!("CARGO_PKG_VERSION").into(), env!("CONVOYSIM_TARGET").into()],
    })
}

/// The name of the sweep file, which stands first among the texts.
fn study_name(manifest: &str) -> String {
    SweepPlan::of_manifest(manifest).ok().and_then(|plan| plan.texts.into_iter().next()).map_or_else(String::new, |(name, _)| name)
}

type Found<'f> = Result<(Scope, Held<'f>, SweepPlan), Stop>;

/// All of it again, in a folder that goes away after a `look` at it.
fn whole<'f>(
    dir: &'f Path,
    study: &Study<'_>,
    files: &'f [FileEntry],
    means: &Means,
    look: &mut dyn FnMut(&Path) -> io::Result<()>,
) -> Found<'f> {
    let bug = |why: String| Stop::Bug(why);
    let place = tempfile::tempdir().map_err(|error| bug(error.to_string()))?;
    let path = place.path().join("again");
    let rows = study.plan.rows_at_most();
    let progress = means.progress(rows as usize);
    let ran = again::whole(study, &path, means.pool.threads(), &progress);
    progress.end();
    means.unless_stopped()?;
    let output = ran.map_err(bug)?;
    let mut held = Held::new(dir, files);
    let made = fs::read_to_string(path.join("manifest.json")).map_err(|error| bug(error.to_string()))?;
    let (_, names) = read::contents(&made).map_err(|error| bug(error.to_string()))?;
    for entry in &names {
        held.check_file(&entry.name, &path.join(&entry.name))?;
    }
    look(&path).map_err(|error| bug(error.to_string()))?;
    check_pictures((&output).into(), &mut held)?;
    Ok((Scope::All(rows as usize), held, study.written.clone()))
}

/// The rows of so many shards again.
fn sample<'f>(dir: &'f Path, study: &Study<'_>, files: &'f [FileEntry], wanted: u32, means: &Means) -> Found<'f> {
    let all: Vec<u32> = (0..study.plan.shards()).collect();
    let shards = evenly(&all, wanted);
    let progress = means.progress(shards.len() * study.plan.shard_size as usize);
    let lines = again::lines(study, &shards, &progress);
    progress.end();
    means.unless_stopped()?;
    let lines = lines.ok_or_else(|| Stop::Bug("a point that had been checked was refused".into()))?;
    let mut held = Held::new(dir, files);
    let table = "replications.csv";
    // That the table is missing is told below.
    let first = again::first_otherwise(&dir.join(table), &lines).unwrap_or(None);
    held.check_rows(table, first)?;
    let mut points = Vec::new();
    design(&study.info, |point| study.points.cells(point), &mut points).map_err(|error| Stop::Bug(error.to_string()))?;
    held.check("design.csv", super::folder::Made::Whole(&points))?;
    Ok((Scope::Shards(shards, all.len()), held, study.written.clone()))
}
