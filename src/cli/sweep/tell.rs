//! What `sweep` says: how much there is to do, and what came of it.

use super::merge::Merged;
use super::study::{Study, runs};
use crate::cli::terminal::{Terminal, WriteError};
use crate::report::json;
use crate::report::shell::quoted;
use crate::report::terminal::sweep::{SweepView, answer, text};

/// How much there is to do, in words.
pub(super) fn size(study: &Study<'_>) -> String {
    let plan = &study.plan;
    let points = plan.points as usize - plan.invalid.len();
    let runs = match &plan.until {
        None => format!("{points} points x {} replications = {} runs", plan.replications, points as u64 * u64::from(plan.replications)),
        Some(_) => format!("{points} points, up to {} replications each", plan.replications),
    };
    format!("{runs}, in {} shards.", plan.shards())
}

/// Which points are left out, in words.
pub(super) fn left_out(study: &Study<'_>) -> String {
    let invalid = &study.plan.invalid;
    let points = if invalid.len() == 1 { "point is invalid and is" } else { "points are invalid and are" };
    format!("{} of {} {points} left out: {}.", invalid.len(), study.plan.points, runs(invalid))
}

/// How a finished sweep is told.
pub(in crate::cli) struct Shown<'s> {
    pub(in crate::cli) path: &'s str,
    pub(in crate::cli) json: bool,
    pub(in crate::cli) quiet: bool,
}

/// The table and what may be concluded, or one JSON object.
pub(super) fn report(study: &Study<'_>, merged: &Merged, shown: Shown<'_>, terminal: &mut Terminal<'_>) -> Result<(), WriteError> {
    let folder = shown.path.trim_end_matches('/');
    if shown.json {
        return terminal.print(&json::text(&crate::report::sweep::answer(
            &study.info,
            &merged.figures,
            merged.failures,
            folder,
            &merged.files,
        )));
    }
    let wrote = format!("Wrote {folder}/: {}", merged.files.join(", "));
    let view = SweepView {
        info: &study.info,
        figures: &merged.figures,
        cells: &|point| study.points.cells(point),
        failures: merged.failures,
        wrote: &wrote,
        base: study.template.name(),
        arguments: &|point| {
            let of_point = study.points.set(point).into_iter().map(|(path, value)| format!("{path}={value}"));
            arguments(study.sweep.overrides.iter().cloned().chain(of_point)).collect::<Vec<_>>().join(" ")
        },
    };
    if shown.quiet { terminal.print(&format!("{}\n", answer(&view))) } else { terminal.print(&text(&view, terminal.style)) }
}

/// Overrides as arguments of a command, each in one line: a line break counts as a space, and would end the comment of a script.
fn arguments(overrides: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    overrides.into_iter().map(|one| format!("--set {}", quoted(&one.replace(['\n', '\r'], " "))))
}

/// What is laid over the base at every point, in lines that begin so; nothing where nothing is.
pub(super) fn changed(study: &Study<'_>, margin: &str) -> String {
    let set: String = arguments(study.sweep.overrides.iter().cloned()).map(|one| format!("{margin}  {one}\n")).collect();
    if set.is_empty() { set } else { format!("{margin}Its base is changed at every point:\n{set}") }
}
