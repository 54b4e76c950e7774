//! Assumptions that were moved over their ranges, read back from `explanation.json`.

use super::Misread;
use super::comparison::{better, interval, unit};
use super::documents::document;
use crate::report::json::EXPLAIN_SCHEMA;
use crate::results::{Assumed, Effect, Margin, ResponseInfo, Side, Swing, Swings, Terms, Tried};
use crate::stats::multiple::each_of;
use crate::stats::{Finding, pairs_wanted};
use serde::Deserialize;

const JSON: &str = "explanation.json";
/// The files that an explanation is read from.
pub const EXPLANATION_FILES: [&str; 1] = [JSON];

#[derive(Deserialize)]
struct ExplanationFile {
    scenario: ScenarioPart,
    seed: u64,
    replications: Option<usize>,
    terms: Option<TermsPart>,
    assumptions: Option<Vec<SwingPart>>,
    others: Option<Vec<SwingPart>>,
    fixed: Option<usize>,
}

#[derive(Deserialize)]
struct ScenarioPart {
    name: String,
    sha256: String,
    handling: String,
}

#[derive(Deserialize)]
struct TermsPart {
    response: String,
    unit: String,
    better: String,
    base_mean: Option<f64>,
    too_small: Option<f64>,
    too_small_stated: bool,
    joint_level: f64,
    intervals: usize,
    looks: Vec<u32>,
}

#[derive(Deserialize)]
struct SwingPart {
    path: String,
    entries: usize,
    value: String,
    source: Option<String>,
    range_stated: bool,
    low: Option<EndPart>,
    high: Option<EndPart>,
}

#[derive(Deserialize)]
struct EndPart {
    value: String,
    set: Vec<String>,
    verdict: Option<String>,
    difference: Option<f64>,
    interval: Option<(Option<f64>, Option<f64>)>,
    pairs: usize,
    unfinished: usize,
    not_possible: Option<String>,
}

/// The assumptions that a folder holds, from its texts by name; `None` where it explains something else.
///
/// # Errors
///
/// A [`Misread`] where the file is missing or does not hold what it should.
pub fn assumed<'t>(text_of: impl Fn(&str) -> Option<&'t str>) -> Result<Option<Assumed>, Misread> {
    let text = text_of(JSON).ok_or_else(|| Misread::new(JSON, None, "the folder does not have it"))?;
    let file: ExplanationFile = document(JSON, text, EXPLAIN_SCHEMA)?;
    let (Some(rows), Some(others), Some(part)) = (file.assumptions, file.others, file.terms) else { return Ok(None) };
    let terms = terms(part).map_err(|what| Misread::new(JSON, None, what))?;
    let swings = |parts: Vec<SwingPart>| parts.into_iter().map(|part| swing(part, &terms)).collect();
    let (rows, others) = (swings(rows), swings(others));
    let base = Side {
        label: file.scenario.name.clone(),
        name: file.scenario.name,
        handling: file.scenario.handling,
        sha256: file.scenario.sha256,
        seed: Some(file.seed),
        replications: file.replications.unwrap_or(0),
        ..Side::default()
    };
    Ok(Some(Assumed { base, swings: Swings { terms, rows, others, fixed: file.fixed.unwrap_or(0) } }))
}

fn terms(part: TermsPart) -> Result<Terms, String> {
    // So many intervals that nothing is left to be wrong in each are too many.
    let level = part.joint_level;
    if !(level > 0.0 && level < 1.0) || part.intervals == 0 || each_of(part.intervals, level) >= 1.0 {
        return Err("terms must have a level between 0 and 1, and intervals".into());
    }
    Ok(Terms {
        response: ResponseInfo {
            unit: unit(&part.response, &part.unit)?,
            better: better(&part.response, &part.better)?,
            name: part.response,
            reading: "".into(),
        },
        base: part.base_mean,
        too_small: Margin { amount: part.too_small.unwrap_or(f64::NAN), stated: part.too_small_stated },
        level: part.joint_level,
        intervals: part.intervals,
        looks: part.looks,
    })
}

fn swing(part: SwingPart, terms: &Terms) -> Swing {
    Swing {
        path: part.path,
        entries: part.entries,
        value: part.value,
        source: part.source,
        stated: part.range_stated,
        ends: [part.low, part.high].map(|end| end.map(|end| tried(end, terms))),
    }
}

fn tried(part: EndPart, terms: &Terms) -> Tried {
    let level = each_of(terms.intervals, terms.level);
    let interval = part.difference.zip(part.interval).map(|(estimate, ends)| interval(estimate, ends, level, part.pairs));
    let stated = Finding::ALL.into_iter().find(|finding| part.verdict.as_deref() == Some(terms.response.better.verdict(*finding)));
    let finding = interval.map_or(stated.unwrap_or(Finding::NotResolved), |interval| Finding::of(&interval, terms.too_small.amount));
    let open = interval.filter(|_| finding == Finding::NotResolved);
    let effect = Effect {
        pairs: part.pairs,
        unfinished: part.unfinished,
        interval,
        finding,
        pairs_wanted: open.and_then(|interval| pairs_wanted(&interval, terms.too_small.amount)),
    };
    Tried { label: part.value, set: part.set, outcome: part.not_possible.map_or(Ok(effect), Err) }
}
