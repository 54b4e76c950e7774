//! The folder of an explanation.

use super::folder::{Held, Made};
use super::run::check_pictures;
use super::{Means, Stop};
use crate::cli::explain::save::manifest;
use crate::cli::explain::told::{Question, Told, Untold};
use crate::cli::open::OpenError;
use crate::cli::room;
use crate::cli::terminal::WriteError;
use crate::experiment::Plan;
use crate::experiment::explain::variant::Origin;
use crate::experiment::operation::Operation;
use crate::report::{json, read};
use crate::results::{ExplanationManifest, Scope, Verification};
use std::path::Path;

/// Asks the same of the same scenario again, and compares.
pub(super) fn verified(dir: &Path, text: &str, means: &Means) -> Result<Verification, Stop> {
    if means.sample.is_some() {
        return Err(Stop::Usage("it holds an explanation, of which all is run again; leave --sample and --quick out".into()));
    }
    let listed = read::explanation_manifest(text).map_err(|misread| OpenError::Misread(dir.into(), misread))?;
    let texts: Vec<(String, String)> = listed.texts.iter().map(|one| (one.name.clone(), one.text.clone())).collect();
    let origin = Origin::new(&texts, &listed.overrides);
    let scenario = origin.scenario().map_err(Stop::Scenario)?;
    let plan = Plan::of(&scenario, Some(listed.replications), Some(listed.seed));
    let operation = Operation::new(&scenario, plan.seed);
    let question = Question { scenario: &scenario, origin: &origin, plan: &plan, operation: &operation, asked: &listed.asked };
    let progress = means.growing();
    let answer = question.ask(&means.pool, &progress);
    progress.end();
    means.unless_stopped()?;
    let (told, table) = answer.map_err(|why| match why {
        Untold::Room(error) => Stop::Write(WriteError::new(room::TEMPORARY, error)),
        Untold::NoResponse | Untold::Cancelled => Stop::Scenario(format!("it has no response {:?}", listed.asked.response)),
    })?;
    let object = question.object(&told, &table);

    let mut held = Held::new(dir, &listed.files);
    match object {
        Some(object) => held.check("explanation.json", Made::Whole(json::text(&object).as_bytes()))?,
        None => held.check("explanation.json", Made::Nothing)?,
    }
    if let Told::Assumptions(assumed) = &told {
        check_pictures(assumed.into(), &mut held)?;
    }
    let again = manifest(&question, &listed.overrides, listed.files.clone());
    let again = ExplanationManifest { version: listed.version.clone(), target: listed.target.clone(), ..again };
    held.check_manifest(text, &json::text(&json::explanation_manifest(&again)), scenario.resolved == listed.resolved);
    Ok(Verification {
        scenarios: vec![listed.scenario],
        seed: listed.seed,
        scope: Scope::All(if listed.asked.replication.is_some() { 1 } else { listed.replications as usize }),
        files: held.finish(false)?,
        written_by: [listed.version, listed.target],
        made_by: [env!("CARGO_PKG_VERSION").into(), env!("CONVOYSIM_TARGET").into()],
    })
}
