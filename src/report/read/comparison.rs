//! A comparison read back, from `comparison.json` and `pairs.csv`.
//!
//! What `--until` asked for and how precise it became is not read: no chart shows it.

use super::Misread;
use super::documents::{document, known};
use super::sheet::{Row, Sheet};
use crate::report::json::COMPARE_SCHEMA;
use crate::results::vocabulary::UNITS;
use crate::results::{
    Better, Change, Comparison, Contrast, Counts, Figure, Gain, Margin, Measure, PairedResponse, ResponseInfo, Side, Split,
};
use crate::stats::multiple::each_of;
use crate::stats::{Finding, Interval};
use serde::Deserialize;

const JSON: &str = "comparison.json";
const PAIRS: &str = "pairs.csv";
/// The files that a comparison is read from.
pub const COMPARISON_FILES: [&str; 2] = [JSON, PAIRS];

#[derive(Deserialize)]
struct ComparisonFile {
    base: SidePart,
    requested: u32,
    status: String,
    common_random_numbers: bool,
    horizon_days: f64,
    deadline_days: Option<f64>,
    intervals: IntervalsPart,
    variants: Vec<ContrastPart>,
}

#[derive(Deserialize)]
struct IntervalsPart {
    level_together: f64,
    statements: usize,
}

#[derive(Deserialize)]
struct SidePart {
    label: String,
    scenario: String,
    handling: String,
    sha256: String,
    seed: Option<u64>,
    replications: usize,
    censored: usize,
    failed: usize,
    outcomes: OutcomesPart,
    commonest_reason: Option<String>,
}

#[derive(Deserialize)]
struct OutcomesPart {
    deadlock: usize,
}

#[derive(Deserialize)]
struct ContrastPart {
    variant: SidePart,
    pairs: usize,
    changes: Vec<ChangePart>,
    responses: Vec<ResponsePart>,
    missing: Vec<String>,
    split: Option<SplitPart>,
}

#[derive(Deserialize)]
struct ChangePart {
    path: String,
    base: Option<String>,
    variant: Option<String>,
    base_place: Option<String>,
    variant_place: Option<String>,
    matters: bool,
}

#[derive(Deserialize)]
struct ResponsePart {
    response: String,
    unit: String,
    better: String,
    must_not_worsen: bool,
    too_small: Option<f64>,
    too_small_stated: bool,
    pairs: CountsPart,
    pairing: Option<PairingPart>,
    figures: Vec<FigurePart>,
}

#[derive(Deserialize)]
struct CountsPart {
    lower: usize,
    equal: usize,
    higher: usize,
    unknown: usize,
}

#[derive(Deserialize)]
struct PairingPart {
    correlation: Option<f64>,
    correlation_ci95: Option<(f64, f64)>,
    variance_ratio: Option<f64>,
    independent_replications: Option<f64>,
}

#[derive(Deserialize)]
struct FigurePart {
    measure: String,
    base: Option<f64>,
    variant: Option<f64>,
    difference: Option<f64>,
    interval: Option<(Option<f64>, Option<f64>)>,
    verdict: String,
    pairs_wanted: Option<usize>,
    skewed_below_pairs: Option<usize>,
}

#[derive(Deserialize)]
struct SplitPart {
    response: String,
    unit: String,
    scenarios: usize,
    pairs: usize,
    parts: Vec<SharePart>,
    total: TotalPart,
}

#[derive(Deserialize)]
struct SharePart {
    changes: String,
    difference: f64,
    interval: (Option<f64>, Option<f64>),
}

#[derive(Deserialize)]
struct TotalPart {
    difference: f64,
    interval: (Option<f64>, Option<f64>),
}

/// The comparison that a folder holds, from its texts by name.
///
/// # Errors
///
/// A [`Misread`] where a file is missing or does not hold what it should.
pub fn comparison<'t>(text_of: impl Fn(&str) -> Option<&'t str>) -> Result<Comparison, Misread> {
    let needed = |name: &str| text_of(name).ok_or_else(|| Misread::new(name, None, "the folder does not have it"));
    let file: ComparisonFile = document(JSON, needed(JSON)?, COMPARE_SCHEMA)?;
    let IntervalsPart { level_together, statements } = file.intervals;
    // So many statements that nothing is left to be wrong in each are too many.
    if !(level_together > 0.0 && level_together < 1.0) || statements == 0 || each_of(statements, level_together) >= 1.0 {
        return Err(Misread::new(JSON, None, "intervals must have a level between 0 and 1, and statements"));
    }
    let pairs = Sheet::of(PAIRS, needed(PAIRS)?)?;
    let mut rows = pairs.rows();
    let level = each_of(statements, level_together);
    let contrasts = file.variants.into_iter().map(|part| contrast(part, level, &mut rows)).collect::<Result<_, _>>()?;
    if let Some(row) = rows.next() {
        return Err(row.misread(format!("{JSON} knows nothing of this pair")));
    }
    Ok(Comparison {
        base: side(file.base),
        requested: file.requested,
        until: None,
        interrupted: file.status != "complete",
        horizon_days: file.horizon_days,
        deadline_days: file.deadline_days,
        common: file.common_random_numbers,
        level: level_together,
        statements,
        contrasts,
    })
}

fn side(part: SidePart) -> Side {
    Side {
        label: part.label,
        name: part.scenario,
        handling: part.handling,
        sha256: part.sha256,
        seed: part.seed,
        replications: part.replications,
        // More would be a contradiction, and is not believed.
        censored: part.censored.min(part.replications),
        deadlocks: part.outcomes.deadlock.min(part.censored.min(part.replications)),
        failed: part.failed,
        reason: part.commonest_reason,
    }
}

fn contrast<'s>(part: ContrastPart, level: f64, rows: &mut impl Iterator<Item = Row<'s>>) -> Result<Contrast, Misread> {
    let variant = side(part.variant);
    let mut pairs: Vec<u32> = Vec::new();
    let mut responses = Vec::new();
    for one in part.responses {
        let mut one = response(one, level).map_err(|what| Misread::new(JSON, None, what))?;
        for nth in 0..part.pairs {
            let missing =
                || Misread::new(PAIRS, None, format!("{:?} of {:?} has fewer than {} pairs", one.info.name, variant.label, part.pairs));
            let row = rows.next().ok_or_else(missing)?;
            if row.text("scenario")? != variant.label || row.text("metric")? != one.info.name {
                return Err(row.misread(format!("a pair of {:?} in {:?} should stand here", variant.label, one.info.name)));
            }
            let pair = row.count("pair")?;
            match pairs.get(nth) {
                None => pairs.push(pair),
                Some(known) if *known == pair => {}
                Some(known) => return Err(row.misread(format!("pair {pair} stands where {known} should"))),
            }
            one.base.push(one.info.reached(row.number("base")?));
            one.variant.push(one.info.reached(row.number("variant")?));
        }
        responses.push(one);
    }
    let split = part.split.map(|split| self::split(split, &responses)).transpose().map_err(|what| Misread::new(JSON, None, what))?;
    let change = |one: ChangePart| Change {
        path: one.path,
        values: [one.base, one.variant],
        places: [one.base_place, one.variant_place],
        matters: one.matters,
    };
    let changes = part.changes.into_iter().map(change).collect();
    Ok(Contrast { variant, changes, pairs, precision: Vec::new(), responses, missing: part.missing, split })
}

/// A response without its pairs.
fn response(part: ResponsePart, level: f64) -> Result<PairedResponse, String> {
    let info = ResponseInfo {
        unit: unit(&part.response, &part.unit)?,
        better: better(&part.response, &part.better)?,
        name: part.response,
        reading: "".into(),
    };
    let n = part.pairs.lower + part.pairs.equal + part.pairs.higher;
    let figures: Vec<Figure> = part.figures.into_iter().map(|one| figure(one, info.better, level, n)).collect::<Result<_, _>>()?;
    if figures.is_empty() {
        return Err(format!("response {:?} has no figures", info.name));
    }
    Ok(PairedResponse {
        must_not_worsen: part.must_not_worsen,
        too_small: Margin { amount: part.too_small.unwrap_or(f64::NAN), stated: part.too_small_stated },
        base: Vec::new(),
        variant: Vec::new(),
        counts: Counts { lower: part.pairs.lower, equal: part.pairs.equal, higher: part.pairs.higher, unknown: part.pairs.unknown },
        gain: part.pairing.map(|one| Gain {
            correlation: one.correlation,
            correlation_interval: one.correlation_ci95,
            variance_ratio: one.variance_ratio.unwrap_or(f64::NAN),
            independent_replications: one.independent_replications,
        }),
        figures,
        info,
    })
}

fn figure(part: FigurePart, better: Better, level: f64, n: usize) -> Result<Figure, String> {
    let measure = match part.measure.as_str() {
        "mean" => Some(Measure::Mean),
        word => {
            word.strip_prefix('p').and_then(|p| p.parse::<u8>().ok()).filter(|p| *p < 100).map(|p| Measure::Quantile(f64::from(p) / 100.0))
        }
    };
    let finding = Finding::ALL.into_iter().find(|finding| better.verdict(*finding) == part.verdict);
    Ok(Figure {
        measure: measure.ok_or_else(|| format!("this version does not know the measure {:?}", part.measure))?,
        base: part.base,
        variant: part.variant,
        difference: part.difference.zip(part.interval).map(|(estimate, ends)| interval(estimate, ends, level, n)),
        finding: finding.ok_or_else(|| format!("this version does not know the verdict {:?}", part.verdict))?,
        pairs_wanted: part.pairs_wanted,
        skewed: part.skewed_below_pairs,
    })
}

fn split(part: SplitPart, responses: &[PairedResponse]) -> Result<Split, String> {
    let better = responses.iter().find(|one| one.info.name == part.response).map_or(Better::Neither, |one| one.info.better);
    let unit = unit(&part.response, &part.unit)?;
    let level = each_of(part.parts.len() + 1, 0.95);
    let share = |one: SharePart| (one.changes, interval(one.difference, one.interval, level, part.pairs));
    Ok(Split {
        response: ResponseInfo { name: part.response, unit, better, reading: "".into() },
        scenarios: part.scenarios,
        pairs: part.pairs,
        total: interval(part.total.difference, part.total.interval, level, part.pairs),
        parts: part.parts.into_iter().map(share).collect(),
    })
}

/// An interval; an open end is `null`.
pub(super) fn interval(estimate: f64, (lower, upper): (Option<f64>, Option<f64>), level: f64, n: usize) -> Interval {
    Interval::new(estimate, lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY), level, n)
}

pub(super) fn unit(of: &str, word: &str) -> Result<&'static str, String> {
    known(word, UNITS).ok_or_else(|| format!("the unit of {of:?} is {word:?}, which this version does not know"))
}

pub(super) fn better(of: &str, word: &str) -> Result<Better, String> {
    let found = [Better::Lower, Better::Higher, Better::Neither].into_iter().find(|known| known.word() == word);
    found.ok_or_else(|| format!("{of:?} is better {word:?}, which this version does not know"))
}
