//! The folder of a run.

use super::folder::{Held, Made};
use super::{Means, Stop, sample};
use crate::cli::again::Again;
use crate::cli::carry_out::{NoOutput, whole};
use crate::cli::charts;
use crate::cli::open;
use crate::cli::room;
use crate::cli::terminal::WriteError;
use crate::report::chart::Material;
use crate::report::sweep::parquet as columns;
use crate::report::{files, json};
use crate::results::{Manifest, Output, Scope, TextEntry, Verification, finished};
use std::path::Path;

/// Runs the folder again, whole or in a sample, and compares.
pub(super) fn verified(dir: &Path, text: &str, means: &Means) -> Result<Verification, Stop> {
    let manifest = open::run_manifest(dir, text)?;
    let again = Again::of(&manifest).map_err(Stop::Scenario)?;
    let mut held = Held::new(dir, &manifest.files);
    let (scope, files) = match means.sample {
        Some(wanted) if (wanted as usize) < again.finished().len() => {
            let numbers = sample::check(dir, &again, wanted, means, &mut held)?;
            held.check_manifest(text, &manifest_again(&manifest, &again, None), again.scenario.resolved == manifest.resolved);
            (Scope::Sample(numbers, again.finished().len()), held.finish(true)?)
        }
        _ => {
            let output = all(dir, &again, means)?;
            // Which form the table of replications has is the folder's own.
            let [csv, parquet] = ["replications.csv", "replications.parquet"].map(|name| held.has(name));
            for (name, content) in files::of(&output).into_iter().filter(|(name, _)| csv || !parquet || *name != "replications.csv") {
                held.check_content(name, content)?;
            }
            if parquet {
                let aside = tempfile::tempfile().map_err(|error| Stop::Write(WriteError::new("a temporary file", error)))?;
                held.check_content("replications.parquet", Box::new(|out| columns::of_run(&output, out, aside)))?;
            }
            whole(&output.table.records).map_err(no_output)?;
            check_pictures((&output).into(), &mut held)?;
            held.check_manifest(text, &manifest_again(&manifest, &again, Some(&output)), again.scenario.resolved == manifest.resolved);
            (Scope::All(again.finished().len()), held.finish(false)?)
        }
    };
    Ok(Verification {
        written_by: [manifest.version, manifest.target],
        made_by: [env!("CARGO_PKG_VERSION").into(), env!("CONVOYSIM_TARGET").into()],
        scenarios: vec![manifest.scenario],
        seed: manifest.seed,
        scope,
        files,
    })
}

/// Every replication again.
fn all(dir: &Path, again: &Again, means: &Means) -> Result<Output, Stop> {
    let progress = means.progress(again.finished().len());
    let output = again.output(room::beside(dir), &means.pool, &progress);
    progress.end();
    means.unless_stopped()?;
    output.map_err(no_output)
}

fn no_output(why: NoOutput) -> Stop {
    match why {
        NoOutput::Room(error) => Stop::Write(WriteError::new(room::TEMPORARY, error)),
        NoOutput::NotReproduced(_) => Stop::Bug(why.to_string()),
    }
}

/// Draws every picture again that the folder has or should have, also those that `chart` drew later.
pub(super) fn check_pictures(material: Material<'_>, held: &mut Held<'_>) -> Result<(), Stop> {
    let names = held.unchecked()?;
    let mut stems: Vec<&str> = names.iter().filter(|name| charts::is_picture(name)).filter_map(|name| charts::stem(name)).collect();
    stems.dedup();
    for stem in stems {
        let drawn = charts::again(material, stem);
        for extension in ["svg", "png"] {
            let name = format!("{}/{stem}.{extension}", charts::FOLDER);
            let wanted = names.contains(&name);
            match &drawn {
                Some(picture) if wanted => held.check(&name, Made::Whole(picture.bytes(extension)))?,
                None if wanted => held.check(&name, Made::Nothing)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The manifest as a run writes it today, but for what it says of the program that wrote it and of the other files: those are looked at
/// one by one.
fn manifest_again(manifest: &Manifest, again: &Again, output: Option<&Output>) -> String {
    let info = again.info();
    let made = Manifest {
        scenario: info.scenario,
        texts: TextEntry::all(&again.scenario.texts),
        resolved: again.scenario.resolved.clone(),
        replications: output.map_or(manifest.replications, |output| output.info.requested),
        finished: output.map_or_else(|| manifest.finished.clone(), |output| finished(&output.table)),
        ..manifest.clone()
    };
    json::text(&json::manifest(&made))
}
