//! What the title of a paired difference says: what was found of the first response, then what gets worse, and no more than was resolved.

use crate::report::difference::{Phrases, range, words};
use crate::report::words::grouped;
use crate::results::{Comparison, Contrast, PairedResponse};
use crate::stats::Finding;

/// The finding of a variant, in a sentence without a full stop.
///
/// A `brief` one says only that something is worse, not what.
pub(super) fn title(comparison: &Comparison, contrast: &Contrast, brief: bool) -> String {
    let name = short(&contrast.variant.label);
    let Some(first) = contrast.responses.first() else { return format!("{name} and {}: nothing to compare", comparison.base.label) };
    if contrast.pairs.len() < 2 {
        return format!("{name} against {}: one pair shows no spread", short(&comparison.base.label));
    }
    if contrast.responses.iter().all(PairedResponse::identical) && contrast.missing.is_empty() {
        return format!("{name} changes nothing that is compared");
    }
    let rest = otherwise(contrast);
    format!("{}{}", about(&name, first), if brief && !rest.is_empty() { "; not all is better" } else { &rest })
}

fn about(name: &str, one: &PairedResponse) -> String {
    let says = Phrases::of(&one.info);
    let figure = one.mean();
    let Some(difference) = figure.difference else { return format!("What {name} changes in {} is not known", words(&one.info)) };
    let (low, high) = range(&difference);
    let way = if difference.estimate < 0.0 { says.lower } else { says.higher };
    let by = format!("{low} to {high}{} {way} on average", says.unit);
    let subject = if one.info.name == "days_to_completion" { name.to_owned() } else { format!("{}: {name}", words(&one.info)) };
    match figure.finding {
        Finding::Lower | Finding::Higher => format!("{subject} {} {by}", says.verb),
        Finding::SlightlyLower | Finding::SlightlyHigher => format!("{subject} {} {by}, which may not matter", says.verb),
        Finding::NoMaterialChange => format!("{name} makes no material change to {}", words(&one.info)),
        Finding::NotResolved => format!("Whether {subject} {} {} is not resolved", says.verb, says.sought),
    }
}

/// What else is worse; what must not worsen comes first and is always named.
fn otherwise(contrast: &Contrast) -> String {
    let worse: Vec<&PairedResponse> = contrast.responses[1..].iter().filter(|one| one.is_worse()).collect();
    let (marked, others): (Vec<_>, Vec<_>) = worse.into_iter().partition(|one| one.must_not_worsen);
    let list = |ones: &[&PairedResponse]| ones.iter().map(|one| words(&one.info)).collect::<Vec<_>>().join(" and ");
    match (marked.as_slice(), others.as_slice()) {
        ([], []) => String::new(),
        ([], [one]) => format!("; {} is worse", words(&one.info)),
        ([], more) => format!("; {} other measures are worse", grouped(more.len())),
        (marked, _) => format!("; worse, and must not be: {}", list(marked)),
    }
}

/// A label that leaves room for the rest of a sentence.
fn short(label: &str) -> String {
    const LONGEST: usize = 28;
    if label.chars().count() <= LONGEST { label.into() } else { label.chars().take(LONGEST - 1).chain(['…']).collect() }
}
