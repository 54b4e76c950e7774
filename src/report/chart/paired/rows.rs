//! The rows of a paired difference: what was found of each measure, in words and as numbers with better on the left.

use crate::report::difference::{Phrases, amount, both_ways, range, words};
use crate::report::words::{capital, grouped, plain};
use crate::results::{Better, Comparison, Contrast, Figure, Measure, PairedResponse};
use crate::stats::Finding;
use crate::stats::quantile::{Definition, quantile_sorted, sorted};

/// Rings of a row: equally likely differences of a single pair.
pub(super) const RINGS: usize = 40;

/// What a verdict comes to; decides its colour, beside the word and the sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Better,
    Worse,
    /// Too small to matter, or a change of something that no way is better of.
    Even,
    NotResolved,
}

/// A measure of the chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) label: String,
    /// Whether one way is better.
    pub(super) judged: bool,
    /// Whether the base scenario says something about it: such rows are the last to be left out.
    pub(super) asked: bool,
    /// Unit, kind of figure, whether it must not worsen.
    pub(super) notes: Vec<String>,
    pub(super) standing: Standing,
    /// `← Better`.
    pub(super) verdict: String,
    /// The interval in words, then what else there is to say.
    pub(super) details: Vec<String>,
    /// Lower end, estimate, upper end; better on the left.
    pub(super) bar: Option<[f64; 3]>,
    /// Quantiles of single pairs, or all of them where they are few; better on the left, ascending.
    pub(super) rings: Vec<f64>,
    /// Whether pairs lie beyond every number, left and right: one of the two runs was not finished.
    pub(super) beyond: [bool; 2],
    /// Differences up to this do not matter.
    pub(super) zone: f64,
    /// Whether more stands on the left.
    pub(super) flipped: bool,
    /// In the unit, for sentences: `lower end to upper end`.
    pub(super) told: String,
}

/// All rows of a variant, in the order of the comparison.
pub(super) fn of(comparison: &Comparison, contrast: &Contrast) -> Vec<Row> {
    let figures = contrast.responses.iter().flat_map(|one| one.figures.iter().map(move |figure| (one, figure)));
    figures.map(|(one, figure)| row(comparison, contrast, one, figure)).collect()
}

fn row(comparison: &Comparison, contrast: &Contrast, one: &PairedResponse, figure: &Figure) -> Row {
    let flipped = one.info.better == Better::Higher;
    let turned = |x: f64| if flipped { -x } else { x };
    let bar = figure.difference.map(|difference| {
        let (a, b) = (turned(difference.lower), turned(difference.upper));
        [a.min(b), turned(difference.estimate), a.max(b)]
    });
    let differences: Vec<f64> = one.differences().map(turned).filter(|x| !x.is_nan()).collect();
    let mean = figure.measure == Measure::Mean;
    let rings = if mean { rings(&differences) } else { Vec::new() };
    let standing = match (one.info.better, one.judged(figure)) {
        (_, Finding::NotResolved) => Standing::NotResolved,
        (Better::Neither, _) | (_, Finding::NoMaterialChange) => Standing::Even,
        (_, Finding::Lower | Finding::SlightlyLower) => Standing::Better,
        (_, Finding::Higher | Finding::SlightlyHigher) => Standing::Worse,
    };
    let sign = match (if flipped { figure.finding.mirrored() } else { figure.finding }, standing) {
        (_, Standing::NotResolved) => "?",
        (Finding::Lower | Finding::SlightlyLower, _) => "←",
        (Finding::Higher | Finding::SlightlyHigher, _) => "→",
        _ => "=",
    };
    let says = Phrases::of(&one.info);
    Row {
        label: match figure.measure {
            Measure::Mean => capital(&words(&one.info)),
            Measure::Quantile(p) => format!("{}, P{:.0}", capital(&words(&one.info)), p * 100.0),
        },
        judged: one.info.better != Better::Neither,
        asked: one.must_not_worsen || one.too_small.stated,
        notes: notes(comparison, one, figure),
        standing,
        verdict: format!("{sign}  {}", capital(one.verdict(figure))),
        details: details(contrast, one, figure, &says),
        bar,
        beyond: if mean { [f64::NEG_INFINITY, f64::INFINITY].map(|end| differences.contains(&end)) } else { [false; 2] },
        rings,
        zone: one.too_small.amount.abs(),
        flipped,
        told: figure.difference.map_or_else(|| "unknown".into(), |difference| both_ways(&difference, &says)),
    }
}

/// So many equally likely differences, each one of the pairs; every pair once where they are fewer.
fn rings(differences: &[f64]) -> Vec<f64> {
    let ascending = sorted(differences);
    let mut rings: Vec<f64> = if ascending.len() <= RINGS {
        ascending
    } else {
        (0..RINGS).filter_map(|i| quantile_sorted(&ascending, (i as f64 + 0.5) / RINGS as f64, Definition::Inverse)).collect()
    };
    rings.retain(|x| x.is_finite());
    rings.dedup();
    rings
}

fn notes(comparison: &Comparison, one: &PairedResponse, figure: &Figure) -> Vec<String> {
    let unit = match one.info.unit {
        "d" => "days",
        unit => unit,
    };
    let of = match figure.measure {
        Measure::Mean => "mean",
        Measure::Quantile(_) if comparison.common => "paired bootstrap",
        Measure::Quantile(_) => "bootstrap",
    };
    let mut notes = vec![if unit.is_empty() { of.to_owned() } else { format!("{unit}, {of}") }];
    if one.must_not_worsen {
        notes.push("must not worsen".into());
    }
    notes
}

fn details(contrast: &Contrast, one: &PairedResponse, figure: &Figure, says: &Phrases) -> Vec<String> {
    let small = format!("±{}{}", amount(one.too_small.amount), says.unit);
    let mut details = Vec::new();
    match (figure.difference, figure.finding) {
        _ if one.identical() => return vec!["the same in every pair".into()],
        (None, _) => details.push(match one.base.iter().chain(&one.variant).filter(|value| value.is_infinite()).count() {
            0 => "the difference is not known".to_owned(),
            _ => match figure.finding {
                Finding::Lower if figure.measure == Measure::Mean => "completes more often".to_owned(),
                Finding::Higher if figure.measure == Measure::Mean => "completes less often".to_owned(),
                Finding::Lower => "never reached in the base".to_owned(),
                Finding::Higher => "never reached in the variant".to_owned(),
                _ => "not known: runs are unfinished".to_owned(),
            },
        }),
        (Some(difference), Finding::Lower | Finding::Higher | Finding::SlightlyLower | Finding::SlightlyHigher) => {
            let (low, high) = range(&difference);
            let way = if matches!(figure.finding, Finding::Lower | Finding::SlightlyLower) { says.lower } else { says.higher };
            details.push(format!("{low} to {high}{} {way}", says.unit));
        }
        (Some(difference), _) => details.push(both_ways(&difference, says)),
    }
    details.push(match figure.finding {
        Finding::SlightlyLower | Finding::SlightlyHigher => format!("may not matter ({small})"),
        Finding::NoMaterialChange => format!("all inside {small}"),
        Finding::NotResolved => match figure.pairs_wanted {
            Some(pairs) => format!("≈ {} pairs to resolve {small}", grouped(pairs)),
            None => return details,
        },
        // Of a quantile there is no single pair to count.
        Finding::Lower | Finding::Higher if figure.measure != Measure::Mean => return details,
        Finding::Lower => in_pairs(contrast, one.counts.lower, says.lower),
        Finding::Higher => in_pairs(contrast, one.counts.higher, says.higher),
    });
    details
}

/// `sooner in 57 of 60 pairs`.
fn in_pairs(contrast: &Contrast, n: usize, way: &str) -> String {
    format!("{way} in {} of {} pairs", grouped(n), grouped(contrast.pairs.len()))
}

/// The value of a tick on the axis of a row: signed as the difference is, whichever way better lies.
pub(super) fn tick(row: &Row, at: f64) -> String {
    let value = if row.flipped { -at } else { at };
    let size = if value == 0.0 { "0".into() } else { amount(value.abs()) };
    let size = if value.abs() >= 1_000.0 { plain(value.abs()) } else { size };
    match value {
        v if v > 0.0 => format!("+{size}"),
        v if v < 0.0 => format!("−{size}"),
        _ => size,
    }
}
