//! The briefing: one HTML file that answers, shows why, and says what it rests on. It can be mailed, opened from a disk, read without
//! script and printed.
//!
//! Everything in it comes from the [`Output`]s of finished runs, comparisons and explanations, and the manifests beside them. Findings are not worded here: they are the
//! answer that `run` prints and the titles of the charts, which say only what clears its uncertainty. The file loads nothing, ever:
//! style, script, fonts and data are inside, and its policy lets a browser run that one script and nothing else.
//!
//! * `markup`, `table`, `figure`: what the page is made of; text is escaped by construction
//! * `release`, `leak`: a page that may leave the house, and the reader that lets it go
//! * `shell`: head, policy, navigation, foot
//! * one room a section, in the order of [`page`]

mod assumptions;
mod compare;
mod completion;
mod data;
mod evidence;
mod exposure;
mod figure;
mod findings;
mod glossary;
mod leak;
mod limits;
mod markup;
mod release;
mod replay;
mod shell;
mod table;
mod trust;

pub use leak::Leak;

use crate::results::{Assumed, Clock, Comparison, ComparisonManifest, Manifest, Output, Records, RunInfo, RunTable, Setting};
use figure::Figure;
use markup::Html;

/// A finished run.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'r> {
    /// What determines its bytes.
    pub manifest: &'r Manifest,
    /// What it holds.
    pub output: &'r Output,
}

/// A finished comparison.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'r> {
    /// What determines its bytes.
    pub manifest: &'r ComparisonManifest,
    /// What it holds.
    pub comparison: &'r Comparison,
}

/// What stands in a briefing beside the run that it is about.
#[derive(Clone, Debug, Default)]
pub struct Beside<'r> {
    /// Other runs, which are shown and not judged.
    pub runs: Vec<Subject<'r>>,
    /// Comparisons, with their verdicts.
    pub comparisons: Vec<Compared<'r>>,
    /// Assumptions moved over their ranges; left out of a page that may leave the house, as all inputs are.
    pub assumed: Vec<&'r Assumed>,
}

/// Charts of the page by section.
const COMPLETION: &[&str] = &["completion", "burn-up", "throughput"];
const EXPOSURE: &[&str] = &["exposure-calendar", "swimlane", "time-distance"];
const LIMITS: &[&str] = &["bottlenecks", "attribution"];
const TRUST: &[&str] = &["convergence"];

/// Charts that were drawn, and those that could not be, each with its reason.
struct Figures {
    drawn: Vec<Figure>,
    left_out: Vec<(&'static str, String)>,
}

impl Figures {
    fn of(output: &Output) -> Self {
        let mut figures = Self { drawn: Vec::new(), left_out: Vec::new() };
        for name in [COMPLETION, EXPOSURE, LIMITS, TRUST].concat() {
            match Figure::draw(name, output.into(), 0, "") {
                Some(Ok(figure)) => figures.drawn.push(figure),
                Some(Err(why)) => figures.left_out.push((name, why.to_string())),
                None => {}
            }
        }
        figures
    }

    fn named(&self, name: &str) -> Option<&Figure> {
        self.drawn.iter().find(|figure| figure.chart.name == name)
    }

    /// Writes those of a section, in its order; the table alone where there is no picture, and why.
    fn write(&self, html: &mut Html, names: &[&str], output: &Output) {
        for name in names {
            if let Some(figure) = self.named(name) {
                figure.write(html, evidence::of(name, output).as_ref());
                continue;
            }
            if let Some((_, why)) = self.left_out.iter().find(|(left_out, _)| left_out == name) {
                html.line("p", &[("class", "note")], &format!("No chart `{name}`: {why}."));
            }
            if let Some(table) = evidence::of(name, output) {
                table.write(html, "data");
            }
        }
    }
}

/// The page of a run, and of what is set beside it. The same folders give the same bytes.
#[must_use]
pub fn page(subject: Subject<'_>, beside: &Beside<'_>) -> String {
    compose(subject, beside, Some(subject.output))
}

/// The same without dates, names of places, sources and paths, and with people in tens.
///
/// # Errors
///
/// If the finished page would still give something away, as when the handling line names a place.
pub fn releasable_page(subject: Subject<'_>, beside: &Beside<'_>) -> Result<String, Leak> {
    let all: Vec<Subject<'_>> = std::iter::once(subject).chain(beside.runs.iter().copied()).collect();
    let guard = leak::Guard::of(&all, &beside.comparisons, &shell::without_own(&blank()))?;
    guard.look_at_verbatim()?;
    let released: Vec<Output> =
        all.iter().enumerate().map(|(nth, one)| release::released(one.output, nth, follows_the_sun(one.manifest))).collect();
    let named: Vec<Subject<'_>> = all.iter().zip(&released).map(|(one, output)| Subject { manifest: one.manifest, output }).collect();
    let compared: Vec<Comparison> =
        beside.comparisons.iter().enumerate().map(|(nth, one)| release::released_comparison(one.comparison, nth)).collect();
    let comparisons = beside.comparisons.iter().zip(&compared);
    let comparisons = comparisons.map(|(one, comparison)| Compared { manifest: one.manifest, comparison }).collect();
    let page = compose(named[0], &Beside { runs: named[1..].to_vec(), comparisons, assumed: Vec::new() }, None);
    guard.look_at_page(&shell::without_own(&page))?;
    Ok(page)
}

/// Whether departures of a run follow the sun. A scenario that cannot be read is taken for one of them.
fn follows_the_sun(manifest: &Manifest) -> bool {
    fn by_night(value: &toml::Value) -> bool {
        match value {
            toml::Value::Table(table) => table.iter().any(|(key, value)| key == "departures" && is_night(value) || by_night(value)),
            toml::Value::Array(values) => values.iter().any(by_night),
            _ => false,
        }
    }
    fn is_night(value: &toml::Value) -> bool {
        match value {
            toml::Value::String(text) => text == "night",
            toml::Value::Table(table) => table.get("value").is_some_and(is_night),
            _ => false,
        }
    }
    manifest.resolved.parse::<toml::Table>().map_or(true, |scenario| by_night(&toml::Value::Table(scenario)))
}

/// The page of no scenario: what the program says in any case.
fn blank() -> String {
    let clock = Clock { date: None, time_of_day: 0, utc_offset_minutes: 0 };
    let info = RunInfo {
        scenario: String::new(),
        question: String::new(),
        handling: String::new(),
        sha256: String::new(),
        seed: 0,
        requested: 0,
        until: None,
        interrupted: false,
        horizon_days: 1.0,
        clock,
        objectives: Vec::new(),
        shown: Vec::new(),
    };
    let table = RunTable { responses: Vec::new(), resources: Vec::new(), records: Records::default(), failures: Vec::new() };
    let output = Output::of(info, Setting::default(), table, Vec::new(), Vec::new());
    let manifest = Manifest {
        version: String::new(),
        target: String::new(),
        scenario: String::new(),
        texts: Vec::new(),
        overrides: Vec::new(),
        resolved: String::new(),
        seed: 0,
        replications: 0,
        until: None,
        interrupted: false,
        finished: Vec::new(),
        files: Vec::new(),
    };
    compose(Subject { manifest: &manifest, output: &output }, &Beside::default(), None)
}

/// The page; without the inputs and files of the scenario where they may not be told.
fn compose(subject: Subject<'_>, beside: &Beside<'_>, told: Option<&Output>) -> String {
    let output = subject.output;
    let figures = Figures::of(output);
    let mut main = Html::default();
    findings::write(&mut main, output, &figures);
    completion::write(&mut main, output, &figures);
    let replayed = replay::write(&mut main, output);
    exposure::write(&mut main, output, &figures);
    limits::write(&mut main, output, &figures, &beside.assumed);
    let compared = !beside.runs.is_empty() || !beside.comparisons.is_empty();
    if compared {
        compare::write(&mut main, output, beside);
    }
    trust::write(&mut main, output, &figures);
    if let Some(told) = told {
        assumptions::write(&mut main, told);
        data::write(&mut main, subject, beside);
    } else {
        data::write_released(&mut main, subject, beside);
    }
    glossary::write(&mut main);
    let sections = ["findings", "completion", "replay", "exposure", "limits", "compare", "trust", "assumptions", "data", "glossary"];
    let absent = |id: &str| id == "compare" && !compared || id == "replay" && !replayed || id == "assumptions" && told.is_none();
    let present: Vec<&str> = sections.into_iter().filter(|id| !absent(id)).collect();
    shell::around(output, &present, &main.finish())
}

#[cfg(test)]
mod tests;
