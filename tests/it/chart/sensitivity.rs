//! Sensitivity as its chart sees it: a made-up study of two blocks, and odd ones.

use super::picture::{faults, tagged};
use super::sweeps::made;
use super::{fixture, pictures, twice};
use convoysim::report::chart::{Chart, Look, Order, Size, Theme};
use convoysim::results::{Measures, Outcomes, ResponseSensitivity, Sensitivity, SensitivityDesign, SweepOutput, VariedFactor};
use convoysim::stats::Interval;
use convoysim::stats::sensitivity::{Floor, Morris, MorrisFactor, MorrisFloor, SobolIndices, Step};
use std::ffi::OsStr;

const ORDER: Order = Order::new(Look { size: Size::Slide, theme: Theme::Light });

/// Names of inputs, as planners write them.
const NAMES: [&str; 15] = [
    "places at the hub",
    "aircraft",
    "share of seats used",
    "bad slots, air",
    "coaches, hub to facilities",
    "coaches, sites to hub",
    "escorts, west leg",
    "service at the border, times",
    "headway, all roads",
    "border lanes",
    "comfort halts",
    "drivers a coach",
    "time to load",
    "search at the gate",
    "speed at night",
];

fn near(estimate: f64, half_width: f64) -> Interval {
    Interval::new(estimate, estimate - half_width, estimate + half_width, 0.95, 1_024)
}

fn factors(labels: &[&str]) -> Vec<VariedFactor> {
    let factor = |(at, label): (usize, &&str)| VariedFactor {
        id: format!("input_{at}"),
        label: (*label).into(),
        ends: [(10 * at).to_string(), (10 * at + 24).to_string()],
    };
    labels.iter().enumerate().map(factor).collect()
}

/// Neighbours in the order of a measure, as far apart as two independent errors let them be.
fn steps(of: &[Interval]) -> Vec<Step> {
    let mut order: Vec<usize> = (0..of.len()).collect();
    order.sort_by(|i, j| of[*j].estimate.total_cmp(&of[*i].estimate));
    let step = |pair: &[usize]| {
        let (larger, smaller) = (&of[pair[0]], &of[pair[1]]);
        let difference = near(larger.estimate - smaller.estimate, libm::hypot(larger.half_width(), smaller.half_width()));
        Step { larger: pair[0], smaller: pair[1], difference }
    };
    order.windows(2).map(step).collect()
}

fn analysis(output: &SweepOutput, design: SensitivityDesign, factors: Vec<VariedFactor>, measures: Measures) -> Sensitivity {
    Sensitivity {
        sweep: output.info.name.clone(),
        question: None,
        handling: output.info.handling.clone(),
        plan_sha256: output.info.plan_sha256.clone(),
        seed: output.info.seed,
        design,
        points: 768,
        replications: 10,
        common: true,
        level: 0.95,
        factors,
        outcomes: Outcomes::default(),
        responses: output
            .info
            .shown
            .iter()
            .map(|at| ResponseSensitivity { info: output.info.columns[*at].clone(), measures: measures.clone() })
            .collect(),
    }
}

/// Sobol' indices of so many inputs: total and first of each.
fn indices(of: &[(Interval, Interval)], floor: Option<Floor>) -> Measures {
    let total: Vec<Interval> = of.iter().map(|(total, _)| *total).collect();
    Measures::Sobol(SobolIndices {
        rows: 128,
        left_out: 4,
        variance: 11.4,
        first: of.iter().map(|(_, first)| *first).collect(),
        first_jansen: of.iter().map(|(_, first)| *first).collect(),
        pairs: Vec::new(),
        sum_of_first: near(of.iter().map(|(_, first)| first.estimate).sum(), 0.2),
        noise_variance: floor.map(|_| 3.5),
        noise_share: floor.map(|_| near(0.26, 0.1)),
        floor,
        knows_seeds: floor.is_some(),
        steps: steps(&total),
        total,
    })
}

/// A screening of so many inputs: mean, mean size and spread of each, with the half-width of all three.
fn effects(of: &[(f64, f64, f64, f64)], floor: Option<MorrisFloor>) -> Measures {
    let factor = |&(mu, mu_star, sigma, half): &(f64, f64, f64, f64)| MorrisFactor {
        mu: near(mu, half),
        mu_star: near(mu_star, half),
        sigma: near(sigma, half),
    };
    let factors: Vec<MorrisFactor> = of.iter().map(factor).collect();
    let sizes: Vec<Interval> = factors.iter().map(|one| one.mu_star).collect();
    Measures::Morris(Morris {
        trajectories: 20,
        left_out: 0,
        noise_variance: floor.map(|_| 3.5),
        floor,
        knows_seeds: floor.is_some(),
        steps: steps(&sizes),
        factors,
    })
}

const SOBOL: SensitivityDesign = SensitivityDesign::Sobol { rows: 128, pairs: false };
const MORRIS: SensitivityDesign = SensitivityDesign::Morris { trajectories: 20, levels: 4 };
const FLOOR: Floor = Floor { first: 0.03, total: 0.012, total_uncorrected: 0.04 };
const MORRIS_FLOOR: MorrisFloor = MorrisFloor { mu_star: 1.4, sigma: 1.8 };

/// A sweep with these analyses, whose own points make neither grid nor line.
fn sweep_with(analyses: &[(&[&str], Measures)]) -> SweepOutput {
    let mut output = made(&[("a", "a", 3), ("b", "b", 2), ("c", "c", 2)], 25.0);
    for (labels, measures) in analyses {
        let design = if matches!(measures, Measures::Morris(_)) { MORRIS } else { SOBOL };
        let one = analysis(&output, design, factors(labels), measures.clone());
        output.sensitivity.push(one);
    }
    output
}

fn screening() -> Measures {
    let of = [
        (-16.1, 16.1, 9.9, 4.9),
        (-3.7, 3.9, 4.4, 2.2),
        (-0.7, 4.8, 5.9, 1.7),
        (4.7, 4.7, 3.1, 2.0),
        (-2.6, 2.6, 2.8, 1.6),
        (-1.4, 1.8, 2.6, 1.2),
        (-0.6, 1.1, 1.4, 0.6),
        (0.08, 0.38, 0.57, 0.4),
        (0.0, 0.24, 0.37, 0.2),
        (-0.14, 0.29, 0.36, 0.15),
    ];
    effects(&of, Some(MORRIS_FLOOR))
}

fn shares() -> Measures {
    let of = [
        (near(0.61, 0.12), near(0.48, 0.16)),
        (near(0.31, 0.07), near(0.22, 0.12)),
        (near(0.01, 0.012), near(-0.03, 0.06)),
        (near(-0.004, 0.009), near(0.02, 0.05)),
    ];
    indices(&of, Some(FLOOR))
}

/// A screening of ten inputs, then the indices of four.
pub fn study() -> SweepOutput {
    sweep_with(&[(&NAMES[..10], screening()), (&NAMES[..4], shares())])
}

/// Every picture of a sweep's sensitivity, in every look; how many there are.
fn keeps_the_rules(sweep: &SweepOutput) -> usize {
    let drawn: Vec<_> = pictures(sweep, &Size::ALL, &Theme::ALL).filter(|(name, ..)| name.starts_with("sensitivity")).collect();
    let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    drawn.len()
}

fn drawn(sweep: &SweepOutput, nth: usize) -> String {
    Chart::named("sensitivity").expect("a chart").draw(sweep, Order { nth, ..ORDER }).expect("a picture")
}

fn title(labels: &[&str], measures: Measures) -> String {
    tagged(&drawn(&sweep_with(&[(labels, measures)]), 0), "title").expect("a title").to_owned()
}

#[test]
fn each_block_has_a_picture_of_its_own_with_every_input_and_the_floor() {
    let study = study();
    let (first, second) = (drawn(&study, 0), drawn(&study, 1));
    for name in &NAMES[..10] {
        assert!(first.contains(&format!("\n{name}<")), "{name}");
    }
    assert!(first.contains("spread (sigma)") && first.contains("up to 1.4"));
    assert!(second.contains("alone (first order)") && second.contains("up to 0.01") && !second.contains("headway"));
    for svg in [&first, &second] {
        assert!(svg.contains("input without effect") && svg.contains("sensitivity-floor") && svg.contains("768 settings"));
    }
    let ranked = |svg: &str, names: &[&str]| {
        let at: Vec<Option<usize>> = names.iter().map(|name| svg.find(&format!("\n{name}<"))).collect();
        at.iter().all(Option::is_some) && at.is_sorted()
    };
    assert!(ranked(&first, &["places at the hub", "share of seats used", "bad slots, air", "aircraft"]), "by size, not as in the file");
}

#[test]
fn what_does_not_clear_the_floor_is_said_not_to() {
    let svg = drawn(&study(), 1);
    // Of four inputs two do not; the key says what grey means.
    assert_eq!(svg.matches("not told from noise").count(), 3);
    let alone = |floor| {
        drawn(&sweep_with(&[(&NAMES[..2], indices(&[(near(0.6, 0.1), near(0.5, 0.1)), (near(0.01, 0.02), near(0.0, 0.02))], floor))]), 0)
    };
    assert!(alone(None).contains("not told from 0") && !alone(None).contains("noise floor of"), "one run a point knows no noise");
    assert!(alone(None).contains("noise cannot be told from inputs") && alone(None).contains("for these seeds alone"));
}

#[test]
fn an_axis_goes_below_zero_where_an_interval_does() {
    let below = |svg: &str| svg.contains("\n−0.2<");
    let of = |low: f64| indices(&[(near(0.6, 0.1), near(0.5, 0.1)), (near(0.01, 0.02), near(low, 0.1))], Some(FLOOR));
    assert!(below(&drawn(&sweep_with(&[(&NAMES[..2], of(-0.2))]), 0)));
    assert!(!below(&drawn(&sweep_with(&[(&NAMES[..2], of(0.2))]), 0)));
    assert!(drawn(&sweep_with(&[(&NAMES[..2], of(-0.2))]), 0).contains("\n1<"), "of shares the whole is on the axis");
}

#[test]
fn titles_claim_what_clears_its_uncertainty() {
    let of = |totals: &[(f64, f64)]| {
        let all: Vec<_> = totals.iter().map(|(total, half)| (near(*total, *half), near(total * 0.8, *half))).collect();
        indices(&all, Some(FLOOR))
    };
    let names = |n: usize| &NAMES[..n];
    assert_eq!(title(names(2), of(&[(0.6, 0.1), (0.2, 0.1)])), "Days to complete depends most on places at the hub");
    assert_eq!(
        title(names(3), of(&[(0.5, 0.1), (0.45, 0.1), (0.01, 0.02)])),
        "Days to complete depends most on places at the hub and aircraft; which of them comes first cannot be told"
    );
    assert_eq!(
        title(names(6), of(&[(0.5, 0.2), (0.5, 0.2), (0.49, 0.2), (0.48, 0.2), (0.47, 0.2), (0.0, 0.01)])),
        "Days to complete depends most on 5 inputs; which of them comes first cannot be told"
    );
    assert_eq!(
        title(names(2), of(&[(0.5, 0.3), (0.2, 0.25)])),
        "Days to complete depends on places at the hub; on what it depends most cannot be told"
    );
    assert_eq!(
        title(names(2), of(&[(0.02, 0.1), (0.01, 0.1)])),
        "Days to complete: which inputs matter cannot be told from this many runs"
    );
}

#[test]
fn the_response_that_the_sweep_leads_with_is_told() {
    let mut study = study();
    let wanted = study.info.requirement.as_mut().expect("it asks for something");
    wanted.column = 1;
    assert!(tagged(&drawn(&study, 0), "title").is_some_and(|title| title.starts_with("Exposed person hours")));
}

#[test]
fn few_many_long_lost_and_boundless_keep_the_rules() {
    let long = "The Northern Assembly Area And Receiving Point Of The Region";
    let many: Vec<(Interval, Interval)> =
        (0..15).map(|at| (near(0.4 / f64::from(at + 1), 0.03), near(0.3 / f64::from(at + 1), 0.05))).collect();
    let sizes: Vec<(f64, f64, f64, f64)> = (0..15).map(|at| (0.0, 40_000.0 / f64::from(at + 1), 9_000.0, 2_000.0)).collect();
    let zero = vec![(near(0.001, 0.004), near(-0.002, 0.006)); 4];
    let open = Interval::new(0.4, f64::NEG_INFINITY, f64::INFINITY, 0.95, 2);
    let wild = [(near(3.1, 9.0), near(-2.2, 7.0)), (open, open)];
    let nothing = effects(&[(0.0, 0.0, 0.0, 0.0); 3], Some(MorrisFloor { mu_star: 0.0, sigma: 0.0 }));
    let odd = ["<script>alert(1)</script>", "سجن المنطقة", "x"];
    for (labels, measures) in [
        (&NAMES[..15], indices(&many, Some(FLOOR))),
        (&NAMES[..15], effects(&sizes, None)),
        (&[long; 15], indices(&many, Some(FLOOR))),
        (&[long; 2], effects(&sizes[..2], Some(MORRIS_FLOOR))),
        (&["x1"; 15], effects(&sizes, Some(MORRIS_FLOOR))),
        (&NAMES[..1], indices(&many[..1], Some(FLOOR))),
        (&NAMES[..4], indices(&zero, Some(FLOOR))),
        (&NAMES[..2], indices(&wild, None)),
        (&odd, nothing),
    ] {
        assert_eq!(keeps_the_rules(&sweep_with(&[(labels, measures)])), Size::ALL.len() * Theme::ALL.len());
    }
}

#[test]
fn where_nothing_can_be_said_it_is_said_why() {
    let why =
        |sweep: &SweepOutput| Chart::named("sensitivity").expect("a chart").draw(sweep, ORDER).expect_err("nothing to show").to_string();
    assert!(why(&sweep_with(&[(&NAMES[..2], Measures::Unknown)])).contains("nothing can be said of days to complete"));
    assert!(why(&sweep_with(&[])).contains("design = \"morris\" or \"sobol\""));
}

#[test]
fn charts_of_a_study_drawn_again_have_the_same_bytes() {
    let file = fixture("study.toml");
    let command: [&OsStr; 3] = ["sweep".as_ref(), file.as_os_str(), "-q".as_ref()];
    twice(&command, &["pareto.png", "pareto.svg", "sensitivity-1.png", "sensitivity-1.svg", "sensitivity-2.png", "sensitivity-2.svg"]);
}
