//! An explanation into a folder of its own.

use super::ExplainOptions;
use super::told::{Question, Told};
use crate::cli::charts;
use crate::cli::folder::Folder;
use crate::cli::stamp;
use crate::cli::terminal::{Terminal, WriteError};
use crate::report::json;
use crate::results::{ExplanationManifest, FileEntry, RunInfo, RunTable, Side, TextEntry};
use std::ffi::OsString;
use std::path::Path;
use std::time::{Instant, SystemTime};

/// Whether two paths name one folder that is there.
pub(super) fn same_folder(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(a).is_some_and(|a| Some(a) == real(b))
}

/// The scenario, as charts name it.
pub(super) fn side(info: &RunInfo, table: &RunTable) -> Side {
    Side {
        label: info.scenario.clone(),
        name: info.scenario.clone(),
        handling: info.handling.clone(),
        sha256: info.sha256.clone(),
        seed: Some(info.seed),
        ..Side::default()
    }
    .counted(table)
}

/// Writes an explanation into its folder, where one is wanted.
pub(super) struct Saver<'s> {
    pub(super) folder: Option<Folder>,
    pub(super) options: &'s ExplainOptions,
    pub(super) question: &'s Question<'s>,
    pub(super) overrides: &'s [String],
    pub(super) typed: &'s [OsString],
    pub(super) begun: (SystemTime, Instant),
    pub(super) threads: usize,
}

impl Saver<'_> {
    /// Writes the object, the charts of assumptions, and what determines both.
    pub(super) fn save(self, object: &serde_json::Value, told: &Told, terminal: &mut Terminal<'_>) -> Result<(), WriteError> {
        let Some(mut folder) = self.folder else { return Ok(()) };
        folder.write("explanation.json", |out| out.write_all(json::text(object).as_bytes()))?;
        let (pictures, not_drawn) = match told {
            Told::Assumptions(assumed) => charts::draw(assumed.into(), &self.options.charts, charts::USUAL_ORDER),
            _ => Default::default(),
        };
        for picture in &pictures {
            picture.write(&mut folder)?;
        }
        charts::tell(&not_drawn, terminal);
        let manifest = json::explanation_manifest(&manifest(self.question, self.overrides, folder.entries()));
        folder.write("manifest.json", |out| out.write_all(json::text(&manifest).as_bytes()))?;
        let record = stamp::record(self.typed, self.threads, self.begun.0, self.begun.1.elapsed());
        folder.write("run.json", |out| out.write_all(json::text(&record).as_bytes()))?;
        folder.publish()
    }
}

/// What makes an explanation again.
pub(in crate::cli) fn manifest(question: &Question<'_>, overrides: &[String], files: Vec<FileEntry>) -> ExplanationManifest {
    let Question { scenario, plan, asked, .. } = question;
    ExplanationManifest {
        version: env!("CARGO_PKG_VERSION").into(),
        target: env!("CONVOYSIM_TARGET").into(),
        scenario: scenario.info.name.clone(),
        seed: plan.seed,
        replications: plan.replications,
        asked: (*asked).clone(),
        overrides: overrides.to_vec(),
        resolved: scenario.resolved.clone(),
        texts: TextEntry::all(&scenario.texts),
        files,
    }
}
