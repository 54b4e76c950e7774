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
    let Some(difference) = figure.difference else {
        return match one.judged(figure) {
            Finding::Lower => format!("{name} completes more often"),
            Finding::Higher => format!("{name} completes less often"),
            _ => format!("What {name} changes in {} is not known", words(&one.info)),
        };
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Better, Counts, Figure, Margin, Measure, ResponseInfo, Side};
    use crate::stats::Interval;

    fn response(name: &str, difference: f64, half_width: f64) -> PairedResponse {
        let interval = Interval::symmetric(difference, half_width, 0.99, 60);
        let figure = Figure {
            measure: Measure::Mean,
            base: Some(30.0),
            variant: Some(30.0 + difference),
            difference: Some(interval),
            finding: Finding::of(&interval, 0.5),
            pairs_wanted: None,
            skewed: None,
        };
        PairedResponse {
            info: ResponseInfo { name: name.into(), unit: "d", better: Better::Lower, reading: "".into() },
            must_not_worsen: name == "queue",
            too_small: Margin { amount: 0.5, stated: true },
            base: Vec::new(),
            variant: Vec::new(),
            counts: Counts { lower: 50, equal: 0, higher: 10, unknown: 0 },
            gain: None,
            figures: vec![figure],
        }
    }

    fn said(responses: Vec<PairedResponse>) -> String {
        let variant = Side { label: "lanes-3".into(), ..Side::default() };
        let contrast = Contrast {
            variant,
            changes: Vec::new(),
            pairs: (0..60).collect(),
            precision: Vec::new(),
            responses,
            missing: Vec::new(),
            split: None,
        };
        let comparison = Comparison {
            base: Side { label: "base".into(), ..Side::default() },
            requested: 60,
            until: None,
            interrupted: false,
            horizon_days: 60.0,
            deadline_days: None,
            common: true,
            level: 0.95,
            statements: 1,
            contrasts: Vec::new(),
        };
        title(&comparison, &contrast, false)
    }

    #[test]
    fn a_title_says_what_the_interval_lets_it_and_what_is_worse() {
        let days = |difference, half_width| response("days_to_completion", difference, half_width);
        let cases = [
            (vec![days(-4.1, 0.7)], "lanes-3 finishes 3.4 to 4.8 days sooner on average"),
            (vec![days(4.1, 0.7)], "lanes-3 finishes 3.4 to 4.8 days later on average"),
            (vec![days(-0.9, 0.7)], "lanes-3 finishes 0.2 to 1.6 days sooner on average, which may not matter"),
            (vec![days(0.1, 0.3)], "lanes-3 makes no material change to days to complete"),
            (vec![days(-0.6, 1.9)], "Whether lanes-3 finishes sooner is not resolved"),
            (vec![days(-4.1, 0.7), response("halts", 2.0, 0.5)], "lanes-3 finishes 3.4 to 4.8 days sooner on average; halts is worse"),
            (
                vec![days(-4.1, 0.7), response("halts", 2.0, 0.5), response("queue", 2.0, 0.5)],
                "lanes-3 finishes 3.4 to 4.8 days sooner on average; worse, and must not be: queue",
            ),
        ];
        for (responses, wanted) in cases {
            assert_eq!(said(responses), wanted);
        }
        let mut open = days(0.0, 1.0);
        (open.figures[0].difference, open.figures[0].finding) = (None, Finding::NotResolved);
        assert_eq!(said(vec![open]), "What lanes-3 changes in days to complete is not known");
    }
}
