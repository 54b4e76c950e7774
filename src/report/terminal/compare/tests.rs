//! What a person reads of a comparison, as it stands on eighty columns.

use super::*;
use crate::report::difference::places_of;
use crate::results::{Better, Change, Counts, Figure, Gain, Margin, Measure, PairedResponse, ResponseInfo, Side, Split};
use crate::stats::{Finding, Interval, pairs_wanted};

fn side(label: &str) -> Side {
    let sha256 = format!("{}{}", "ab12".repeat(15), "cd34");
    Side { label: label.into(), name: "made up".into(), sha256, seed: Some(7), replications: 60, ..Side::default() }
}

fn figure_of(measure: Measure, base: f64, difference: f64, half_width: f64, too_small: f64) -> Figure {
    let interval = Interval::symmetric(difference, half_width, 0.99, 60);
    let finding = Finding::of(&interval, too_small);
    Figure {
        measure,
        base: Some(base),
        variant: Some(base + difference),
        difference: Some(interval),
        finding,
        pairs_wanted: Some(finding).filter(|finding| *finding == Finding::NotResolved).and_then(|_| pairs_wanted(&interval, too_small)),
        skewed: None,
    }
}

/// A response of 60 pairs with this base mean, difference, half-width and difference too small to matter.
fn response(name: &str, unit: &'static str, better: Better, figures: [f64; 4], lower: usize) -> PairedResponse {
    let [base, difference, half_width, too_small] = figures;
    PairedResponse {
        info: ResponseInfo { name: name.into(), unit, better, reading: "".into() },
        must_not_worsen: false,
        too_small: Margin { amount: too_small, stated: true },
        base: Vec::new(),
        variant: Vec::new(),
        counts: Counts { lower, equal: 0, higher: 60 - lower, unknown: 0 },
        gain: Some(Gain {
            correlation: Some(0.69),
            correlation_interval: Some((0.5, 0.8)),
            variance_ratio: 0.31,
            independent_replications: Some(194.0),
        }),
        figures: vec![figure_of(Measure::Mean, base, difference, half_width, too_small)],
    }
}

fn lanes() -> Contrast {
    let mut queue = response("longest_queue.border", "", Better::Lower, [4.0, -1.8, 0.4, 0.5], 55);
    queue.must_not_worsen = true;
    let mut days = response("days_to_completion", "d", Better::Lower, [32.2, -4.1, 0.7, 0.5], 56);
    days.figures.push(figure_of(Measure::Quantile(0.8), 36.1, -4.4, 1.3, 0.5));
    Contrast {
        variant: side("lanes-3"),
        changes: vec![Change {
            path: "crossing.border.lanes".into(),
            values: [Some("2".into()), Some("3".into())],
            places: [Some("baseline.toml:31".into()), Some("lanes-3.toml:9".into())],
            matters: true,
        }],
        pairs: (0..60).collect(),
        precision: Vec::new(),
        responses: vec![
            days,
            response("exposure_per_convoy_hours", "h", Better::Lower, [7.4, -0.4, 0.25, 0.25], 50),
            queue,
            response("bus_km", "km", Better::Lower, [148_123.0, -1.1, 3.3, 5.0], 30),
            response("escort_hours", "h", Better::Lower, [11.2, 0.6, 1.9, 0.5], 28),
            response("best_day_people", "people", Better::Higher, [412.0, -31.0, 11.0, 10.0], 51),
            response("convoys", "", Better::Neither, [181.0, 12.0, 3.0, 2.0], 4),
        ],
        missing: Vec::new(),
        split: None,
    }
}

fn comparison(contrasts: Vec<Contrast>) -> Comparison {
    Comparison {
        base: side("baseline"),
        requested: 60,
        until: None,
        interrupted: false,
        horizon_days: 60.0,
        deadline_days: None,
        common: true,
        level: 0.95,
        statements: 8 * contrasts.len(),
        contrasts,
    }
}

fn shown(comparison: &Comparison, style: Style) -> String {
    let text = text(comparison, "", style);
    assert!(text.lines().all(|line| style.colour || line.chars().count() <= 80), "{text}");
    assert!(!text.contains("significant"));
    text
}

#[test]
fn every_verdict() {
    insta::assert_snapshot!(shown(&comparison(vec![lanes()]), Style::default()));
}

#[test]
fn a_response_that_must_not_worsen_and_does_is_in_the_sentence() {
    let mut contrast = lanes();
    contrast.responses[2] = response("longest_queue.border", "", Better::Lower, [4.0, 1.8, 0.4, 0.5], 2);
    contrast.responses[2].must_not_worsen = true;
    insta::assert_snapshot!(answer(&comparison(vec![contrast.clone()])));
    contrast.responses[2] = response("longest_queue.border", "", Better::Lower, [4.0, 0.2, 0.9, 0.5], 30);
    contrast.responses[2].must_not_worsen = true;
    assert!(answer(&comparison(vec![contrast])).contains("whether longest queue of border worsens, which must not, is not resolved"));
}

#[test]
fn two_variants_one_of_them_without_effect_and_backfired_pairing() {
    let mut copy = lanes();
    copy.variant = side("a-copy-with-a-long-name");
    copy.changes.clear();
    for one in &mut copy.responses {
        one.counts = Counts { equal: 60, ..Counts::default() };
        one.gain = Some(Gain {
            correlation: Some(1.0),
            correlation_interval: Some((1.0, 1.0)),
            variance_ratio: 0.0,
            independent_replications: None,
        });
        let base = one.mean().base.expect("it is known");
        one.figures = vec![figure_of(Measure::Mean, base, 0.0, 0.0, one.too_small.amount)];
    }
    let mut other = lanes();
    other.responses[0].gain = Some(Gain {
        correlation: Some(-0.57),
        correlation_interval: Some((-0.7, -0.37)),
        variance_ratio: 1.57,
        independent_replications: Some(38.2),
    });
    insta::assert_snapshot!(shown(&comparison(vec![copy, other]), Style { colour: false, ascii: true }));
}

#[test]
fn unfinished_runs_leave_the_mean_open_and_are_told() {
    let mut contrast = lanes();
    contrast.variant.censored = 2;
    contrast.variant.failed = 1;
    let days = &mut contrast.responses[0];
    days.counts = Counts { lower: 50, equal: 0, higher: 8, unknown: 2 };
    days.gain = None;
    days.figures[0] =
        Figure { variant: None, difference: None, finding: Finding::NotResolved, pairs_wanted: None, ..days.figures[0].clone() };
    days.figures[1].difference = Some(Interval::new(-4.4, -6.0, f64::INFINITY, 0.99, 60));
    days.figures[1].finding = Finding::NotResolved;
    contrast.responses[1].figures[0].skewed = Some(210);
    let mut comparison = comparison(vec![contrast]);
    comparison.base.censored = 5;
    comparison.interrupted = true;
    insta::assert_snapshot!(shown(&comparison, Style::default()));
}

#[test]
fn changes_are_split() {
    let mut contrast = lanes();
    contrast.changes = (0..8).map(|i| Change { path: format!("route.road-{i}.headway"), ..contrast.changes[0].clone() }).collect();
    let part = |mean, half_width| Interval::symmetric(mean, half_width, 0.99, 60);
    contrast.split = Some(Split {
        response: contrast.responses[0].info.clone(),
        scenarios: 8,
        pairs: 60,
        parts: vec![
            ("route.road-1.headway".into(), part(-3.6, 0.6)),
            ("route.road-2.path.\"border to central area\".speed".into(), part(-0.5, 0.7)),
            ("buses.coaches-east.count".into(), part(0.0, 0.0)),
        ],
        total: part(-4.1, 0.7),
    });
    insta::assert_snapshot!(shown(&comparison(vec![contrast]), Style::default()));
}

#[test]
fn one_pair_or_none_concludes_nothing() {
    let mut contrast = lanes();
    contrast.pairs.truncate(1);
    assert!(answer(&comparison(vec![contrast.clone()])).starts_with("One pair does not show"));
    contrast.pairs.clear();
    assert!(answer(&comparison(vec![contrast])).starts_with("No replication ended in both"));
}

#[test]
fn an_end_beside_zero_keeps_its_sign() {
    assert_eq!(places_of(&Interval::new(0.25, 0.004, 0.496, 0.95, 40)), 3);
    assert_eq!(places_of(&Interval::new(0.25, 0.0, 0.5, 0.95, 40)), 2);
}
