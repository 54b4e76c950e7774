//! What people read, as snapshots.

use super::*;
use crate::results::{Better, Measures, Outcomes, ResponseInfo, VariedFactor};
use crate::stats::Interval;
use crate::stats::sensitivity::{Floor, Morris, MorrisFactor, MorrisFloor, PairIndex, SobolIndices, Step};

fn near(estimate: f64, half: f64) -> Interval {
    Interval::new(estimate, estimate - half, estimate + half, 0.95, 1024)
}

fn step(larger: usize, smaller: usize, difference: f64, half: f64) -> Step {
    Step { larger, smaller, difference: near(difference, half) }
}

fn indices() -> SobolIndices {
    SobolIndices {
        rows: 1024,
        left_out: 0,
        variance: 11.4,
        first: vec![near(0.214, 0.04), near(0.482, 0.07), near(-0.004, 0.012), near(0.18, 0.05)],
        first_jansen: vec![near(0.21, 0.04), near(0.48, 0.07), near(0.0, 0.012), near(0.18, 0.05)],
        total: vec![near(0.301, 0.05), near(0.612, 0.06), near(-0.002, 0.004), near(0.262, 0.05)],
        pairs: Vec::new(),
        sum_of_first: near(0.87, 0.08),
        noise_variance: Some(3.5),
        noise_share: Some(near(0.235, 0.04)),
        floor: Some(Floor { first: 0.021, total: 0.0045, total_uncorrected: 0.032 }),
        knows_seeds: true,
        steps: vec![step(1, 0, 0.311, 0.08), step(0, 3, 0.039, 0.06), step(3, 2, 0.264, 0.05)],
    }
}

fn analysis(measures: Measures, design: SensitivityDesign) -> Sensitivity {
    let factor =
        |id: &str, label: &str, low: &str, high: &str| VariedFactor { id: id.into(), label: label.into(), ends: [low.into(), high.into()] };
    Sensitivity {
        sweep: "Lanes and escorts".into(),
        question: None,
        handling: None,
        plan_sha256: "ab".repeat(32),
        seed: 7,
        design,
        points: 6_144,
        replications: 10,
        common: true,
        level: 0.95,
        factors: vec![
            factor("escorts", "escort teams", "3", "8"),
            factor("lanes", "border lanes", "1", "6"),
            factor("halt", "comfort halts of the convoys on the road", "5 min", "15 min"),
            factor("speed", "speed on the road", "30 km/h", "50 km/h"),
        ],
        outcomes: Outcomes::default(),
        responses: vec![ResponseSensitivity {
            info: ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() },
            measures,
        }],
    }
}

const SOBOL: SensitivityDesign = SensitivityDesign::Sobol { rows: 1024, pairs: false };

#[track_caller]
fn narrow(text: &str) {
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn indices_are_ranked_with_their_floor() {
    let text = text(&analysis(Measures::Sobol(indices()), SOBOL), "", Style::default());
    narrow(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn pairs_lost_rows_and_single_runs_are_told() {
    let mut found = indices();
    found.pairs = vec![PairIndex { factors: [0, 1], index: near(0.08, 0.05) }, PairIndex { factors: [0, 2], index: near(-0.01, 0.03) }];
    (found.noise_share, found.floor, found.noise_variance, found.knows_seeds, found.left_out) = (None, None, None, false, 12);
    found.sum_of_first = near(0.97, 0.08);
    let mut analysis = analysis(Measures::Sobol(found), SensitivityDesign::Sobol { rows: 1036, pairs: true });
    analysis.replications = 1;
    analysis.handling = Some("For planning only".into());
    let text = text(&analysis, "Wrote out/x.", Style { colour: false, ascii: true });
    narrow(&text);
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_screening_is_ranked_with_its_floor() {
    let factor =
        |mu: f64, mu_star: f64, sigma: f64| MorrisFactor { mu: near(mu, 0.9), mu_star: near(mu_star, 0.7), sigma: near(sigma, 0.5) };
    let found = Morris {
        trajectories: 20,
        left_out: 1,
        factors: vec![factor(-4.1, 4.1, 1.8), factor(-11.2, 11.2, 6.3), factor(0.1, 0.6, 0.7), factor(-3.6, 3.7, 1.2)],
        noise_variance: Some(3.5),
        floor: Some(MorrisFloor { mu_star: 0.81, sigma: 1.1 }),
        knows_seeds: true,
        steps: vec![step(1, 0, 7.1, 1.4), step(0, 3, 0.4, 0.9), step(3, 2, 3.1, 0.8)],
    };
    let mut analysis = analysis(Measures::Morris(found), SensitivityDesign::Morris { trajectories: 21, levels: 4 });
    (analysis.points, analysis.common) = (105, false);
    let text = text(&analysis, "", Style::default());
    narrow(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn sentences_claim_only_what_clears_its_error() {
    let with = |steps: Vec<Step>, total: Vec<Interval>| {
        let found = SobolIndices { steps, total, ..indices() };
        answers(&analysis(Measures::Sobol(found), SOBOL)).concat()
    };
    let clear = indices().total;
    let small = vec![near(0.01, 0.02); 4];
    let open = |half: f64| vec![step(1, 0, 0.1, half), step(0, 3, 0.1, half), step(3, 2, 0.1, half)];
    insta::assert_snapshot!(
        [
            with(open(0.05), clear.clone()),
            with([&open(0.2)[..1], &open(0.05)[1..]].concat(), clear),
            with(open(0.2), small.clone()),
            with(open(0.05), small),
            answers(&analysis(Measures::Unknown, SOBOL)).concat(),
        ]
        .join("\n"),
        @r"
    Days to complete depends most on border lanes.
    Days to complete depends most on border lanes and escort teams; which of them comes first cannot be told.
    Days to complete: which inputs matter cannot be told from this many runs.
    Days to complete: no input stands out from chance.
    Days to complete: nothing can be said.
    "
    );
}
