//! The sentence that answers, for each variant.
//!
//! It is about the first response, says what else gets worse, and never leaves out a response that must not worsen. It names a variant
//! as better only where the interval clears what is too small to matter.

use crate::report::difference::{Phrases, amount as amount_of, both_ways, range, words};
use crate::report::words::{counted, grouped};
use crate::results::{Comparison, Contrast, Measure, PairedResponse, Side};
use crate::stats::Finding;

/// All sentences as one text.
#[must_use]
pub fn answer(comparison: &Comparison) -> String {
    sentences(comparison).join(" ")
}

/// One text a variant.
pub(super) fn sentences(comparison: &Comparison) -> Vec<String> {
    comparison.contrasts.iter().map(|contrast| format!("{}.", sentence(comparison, contrast))).collect()
}

fn sentence(comparison: &Comparison, contrast: &Contrast) -> String {
    let name = &contrast.variant.label;
    let Some(first) = contrast.responses.first().filter(|_| contrast.pairs.len() > 1) else {
        return match contrast.pairs.len() {
            0 => format!("No replication ended in both scenarios, so nothing can be said about {name}"),
            _ => format!("One pair does not show how much pairs differ, so nothing can be said about {name}"),
        };
    };
    if contrast.responses.iter().all(PairedResponse::identical) && contrast.missing.is_empty() {
        return format!(
            "{name} changes nothing that is compared: all {} are the same in both",
            counted(contrast.pairs.len(), "pair", "pairs")
        );
    }
    let main = about(comparison, contrast, first);
    let others = &contrast.responses[1..];
    let named = |wanted: &dyn Fn(&PairedResponse) -> bool| -> Vec<String> {
        others.iter().filter(|one| wanted(one)).map(|one| words(&one.info)).collect()
    };
    let marked = named(&|one| one.must_not_worsen && one.is_worse());
    let mut worse = named(&|one| !one.must_not_worsen && one.is_worse());
    if first.figures[1..].iter().any(|figure| matches!(first.judged(figure), Finding::Higher | Finding::SlightlyHigher)) {
        worse.insert(0, "the day by which 8 in 10 are done".into());
    }
    let open = named(&|one| one.must_not_worsen && !one.is_worse() && one.is_unresolved());
    let mut text = main;
    if !marked.is_empty() {
        let are = if marked.len() == 1 { "is" } else { "are" };
        text.push_str(&format!(", but {}, which must not worsen, {are} worse: your call", list(&marked)));
    }
    if !worse.is_empty() {
        text.push_str(&format!("; worse: {}", list(&worse)));
    }
    if !open.is_empty() {
        text.push_str(&format!("; whether {} worsens, which must not, is not resolved", list(&open)));
    }
    if comparison.base.censored + contrast.variant.censored > 0 && contrast.responses.iter().any(|one| !one.info.is_time_to_reach()) {
        text.push_str("; other figures than days cover only what moved in runs that did not complete");
    }
    if !contrast.missing.is_empty() {
        let names: Vec<String> = contrast.missing.iter().map(|name| name.replace('_', " ")).collect();
        text.push_str(&format!("; {} could not be compared", list(&names)));
    }
    text
}

/// What is found about the first response.
fn about(comparison: &Comparison, contrast: &Contrast, one: &PairedResponse) -> String {
    let name = &contrast.variant.label;
    let of = one.mean();
    let Some(difference) = of.difference else { return unknown(comparison, contrast, one) };
    let says = Phrases::of(&one.info);
    let (low, high) = range(&difference);
    let in_pairs = |word: &str, n: usize| {
        let pairs = if comparison.common { "pairs" } else { "pairs drawn at random" };
        format!("({word} in {} of {} {pairs})", grouped(n), grouped(contrast.pairs.len()))
    };
    match of.finding {
        Finding::Lower => format!(
            "{name} {} {low} to {high}{} {} on average {}",
            says.verb,
            says.unit,
            says.lower,
            in_pairs(says.lower, one.counts.lower)
        ),
        Finding::Higher => format!(
            "{name} {} {low} to {high}{} {} on average {}",
            says.verb,
            says.unit,
            says.higher,
            in_pairs(says.higher, one.counts.higher)
        ),
        finding @ (Finding::SlightlyLower | Finding::SlightlyHigher) => {
            let way = if finding == Finding::SlightlyLower { says.lower } else { says.higher };
            format!(
                "{name} {} {low} to {high}{} {way} on average, which may be too small to matter ({}{})",
                says.verb,
                says.unit,
                amount_of(one.too_small.amount),
                says.unit
            )
        }
        Finding::NoMaterialChange if one.identical() => format!("{name} leaves {} as they are in every pair", words(&one.info)),
        Finding::NoMaterialChange => format!("{name} makes no material change to {} ({})", words(&one.info), both_ways(&difference, &says)),
        Finding::NotResolved => {
            let more = of.pairs_wanted.map_or_else(String::new, |pairs| {
                format!("; about {} pairs would narrow it to ±{}{}", grouped(pairs), amount_of(one.too_small.amount), says.unit)
            });
            format!("Whether {name} {} {} is not resolved ({} on average){more}", says.verb, says.sought, both_ways(&difference, &says))
        }
    }
}

/// What can be said where some runs did not complete, so that no mean is known.
fn unknown(comparison: &Comparison, contrast: &Contrast, one: &PairedResponse) -> String {
    let (base, variant, name) = (&comparison.base, &contrast.variant, &contrast.variant.label);
    let says = Phrases::of(&one.info);
    let why = if base.censored + variant.censored > 0 {
        let found = match one.judged(one.mean()) {
            Finding::Lower => format!("{name} is better, as it completes more often"),
            Finding::Higher => format!("{name} is worse, as it completes less often"),
            _ => format!("Whether {name} completes more often is not resolved"),
        };
        format!("{found}: {} and {} do not complete, so the mean difference is not known", incomplete(base), incomplete(variant))
    } else {
        format!("The mean difference of {} is not known", words(&one.info))
    };
    let counts = one.counts;
    let pairs = format!(
        "{name} is {} in {} of {} pairs and {} in {}",
        says.lower,
        grouped(counts.lower),
        grouped(contrast.pairs.len()),
        says.higher,
        grouped(counts.higher)
    );
    let late = one.figures.iter().find_map(|figure| match (figure.measure, figure.difference) {
        (Measure::Quantile(p), Some(difference)) if difference.half_width().is_finite() => {
            Some(format!("; {} in 10 runs are done {}", p * 10.0, both_ways(&difference, &says)))
        }
        _ => None,
    });
    format!("{why}; {pairs}{}", late.unwrap_or_default())
}

/// `34 of 50 runs of larger-hub (all in a deadlock: 148 people at City B wait for a place)`.
fn incomplete(side: &Side) -> String {
    let of = format!("{} of {} of {}", grouped(side.censored), counted(side.replications, "run", "runs"), side.label);
    let reason = side.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    match side.deadlocks {
        0 if reason.is_empty() => of,
        0 => format!("{of} ({}{reason})", "at the horizon"),
        n if n == side.censored => format!("{of} (deadlock{reason})"),
        n => format!("{of} ({} of them in a deadlock{reason})", grouped(n)),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    }
}
