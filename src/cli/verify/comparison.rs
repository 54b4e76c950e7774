//! The folder of a comparison.

use super::folder::{Held, Made};
use super::run::check_pictures;
use super::{Means, Stop};
use crate::cli::compare::prepared::{Given, Prepared, Request};
use crate::cli::diff::Origin;
use crate::cli::open::{self, OpenError};
use crate::cli::scenario_file;
use crate::cli::terminal::Terminal;
use crate::experiment::Plan;
use crate::experiment::until;
use crate::report::{files, json, read};
use crate::results::{ComparisonManifest, ScenarioEntry, Scope, Verification};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs every scenario of the comparison again, and compares.
pub(super) fn verified(dir: &Path, text: &str, means: &Means, terminal: &mut Terminal<'_>) -> Result<Verification, Stop> {
    if means.sample.is_some() {
        return Err(Stop::Usage("it holds a comparison, of which all is run again; leave --sample and --quick out".into()));
    }
    let manifest = read::comparison_manifest(text).map_err(|misread| OpenError::Misread(dir.into(), misread))?;
    // A row of the table is a pair: as many as the base has replications.
    let most = manifest.scenarios.iter().map(|one| open::replications_of(&one.finished)).max().unwrap_or(0);
    open::room_for(dir, "pairs.csv", most)?;
    let prepared = prepare(&manifest, terminal)?;
    let progress = means.progress(prepared.replications_in_all() as usize);
    let ran = if manifest.interrupted {
        prepared.run_some(&manifest.scenarios.iter().map(numbers).collect::<Vec<_>>(), &means.pool, &progress)
    } else {
        prepared.run(&means.pool, &progress)
    };
    let comparison = prepared.compare(&ran, &means.pool, &progress);
    progress.end();
    means.unless_stopped()?;

    let mut held = Held::new(dir, &manifest.files);
    for (name, content) in files::of_comparison(&comparison) {
        let mut made = Vec::new();
        content(&mut made).map_err(|error| Stop::Bug(error.to_string()))?;
        held.check(name, Made::Whole(&made))?;
    }
    check_pictures((&comparison).into(), &mut held)?;
    let again = prepared.manifest(&ran, &comparison, manifest.files.clone());
    let same_scenarios = again.scenarios.iter().zip(&manifest.scenarios).all(|(again, was)| again.resolved == was.resolved);
    let again = ComparisonManifest { version: manifest.version.clone(), target: manifest.target.clone(), ..again };
    held.check_manifest(text, &json::text(&json::comparison_manifest(&again)), same_scenarios);
    let replications = manifest.scenarios.iter().map(|one| numbers(one).len()).sum();
    Ok(Verification {
        scenarios: manifest.scenarios.iter().map(|one| one.label.clone()).collect(),
        seed: manifest.seed,
        scope: Scope::All(replications),
        files: held.finish(false)?,
        written_by: [manifest.version, manifest.target],
        made_by: [env!("CARGO_PKG_VERSION").into(), env!("CONVOYSIM_TARGET").into()],
    })
}

/// The comparison of a manifest, ready to run.
fn prepare(manifest: &ComparisonManifest, terminal: &mut Terminal<'_>) -> Result<Prepared, Stop> {
    let bytes = |one: &ScenarioEntry| -> BTreeMap<String, Vec<u8>> {
        one.texts.iter().map(|text| (text.name.clone(), text.text.clone().into_bytes())).collect()
    };
    let texts: Vec<BTreeMap<String, Vec<u8>>> = manifest.scenarios.iter().map(bytes).collect();
    let mut given = Vec::new();
    for (one, texts) in manifest.scenarios.iter().zip(&texts) {
        let origin = Origin { name: one.texts.first().map_or("", |text| text.name.as_str()), sources: texts };
        let loaded = scenario_file::load_from(origin, &manifest.overrides, terminal).map_err(Stop::Told)?;
        given.push(Given { label: one.label.clone(), origin, loaded });
    }
    let [base, _, ..] = &given[..] else { return Err(Stop::Usage("its manifest names fewer than two scenarios".into())) };
    let plan = Plan::of(&base.loaded.scenario, Some(manifest.replications), Some(manifest.seed));
    let request = Request {
        overrides: manifest.overrides.clone(),
        responses: manifest.responses.clone(),
        common: manifest.common,
        split: manifest.split,
    };
    let horizon_days = crate::cli::compare::shortest_horizon(&given);
    let until = |responses: &[_], terminal: &mut Terminal<'_>| {
        let Some((conditions, at_most)) = &manifest.until else { return Ok(None) };
        until::read(&conditions.join(", "), responses, &[], horizon_days, *at_most).map(Some).map_err(|problems| {
            scenario_file::show(&problems, terminal);
            crate::cli::exit::Exit::DataInvalid
        })
    };
    Prepared::of(given, request, &plan, until, terminal).map_err(Stop::Told)
}

/// The replications that a scenario had.
fn numbers(one: &ScenarioEntry) -> Vec<u32> {
    one.finished.iter().flat_map(|(first, last)| *first..=*last).collect()
}
