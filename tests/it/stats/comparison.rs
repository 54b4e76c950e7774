//! Comparing systems against known answers, and what must hold of any comparison.

use convoysim::random::StreamKey;
use convoysim::stats::multiple::{benjamini_hochberg, bonferroni, each_of, holm};
use convoysim::stats::select::{dunnett_one_sided, hsu, nelson_matejcik};
use convoysim::stats::special::student_t_quantile;
use convoysim::stats::{Finding, Interval, Paired, Pairing, correlation_interval, pairs_wanted, quantile_difference, shapley, welch};
use proptest::prelude::*;
use serde_json::Value;

use super::fixture::{case, close, number, numbers};

const FILE: &str = "stats_comparison";

fn systems(case: &Value) -> Vec<Vec<f64>> {
    case["inputs"]["systems"].as_array().expect("systems").iter().map(numbers).collect()
}

#[test]
fn two_inventory_policies_differ_as_the_book_says_and_pairing_backfires() {
    let case = case(FILE, "two-systems");
    let [x, y] = ["x", "y"].map(|name| numbers(&case["inputs"][name]));
    let (level, expected) = (number(&case["inputs"]["confidence"]), &case["expected"]);
    let paired = Paired::of(&y, &x).expect("five pairs");
    let (interval, known) = (paired.interval(level), &expected["paired_t"]);
    close(interval.estimate, &known["mean_difference"], 1e-12, "mean difference");
    close(paired.variance_of_differences / 5.0, &known["var_of_mean"], 1e-12, "variance of the mean");
    close(student_t_quantile(0.95, 4.0), &known["t_critical"], 1e-10, "t");
    close(interval.lower, &known["lower"], 1e-10, "lower");
    close(interval.upper, &known["upper"], 1e-10, "upper");
    close(paired.p_value(), &known["p_value_two_sided"], 1e-10, "p");
    close(paired.correlation.expect("both vary"), &expected["sample_correlation"], 1e-10, "correlation");
    close(paired.variance_ratio().expect("both vary"), &expected["variance_ratio_crn_vs_independent"], 1e-10, "variance ratio");
    let (found, known) = (welch(&y, &x, level).expect("five each"), &expected["welch"]);
    close(found.df, &known["df"], 1e-10, "degrees of freedom");
    close(student_t_quantile(0.95, found.df), &known["t_critical"], 1e-10, "Welch's t");
    close(found.interval.lower, &known["lower"], 1e-10, "Welch's lower");
    close(found.interval.upper, &known["upper"], 1e-10, "Welch's upper");
}

#[test]
fn all_pairs_of_five_systems_hold_together() {
    let case = case(FILE, "all-pairs");
    let systems = systems(&case);
    let pairs: Vec<(usize, usize)> = (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))).collect();
    let level = each_of(pairs.len(), 1.0 - number(&case["inputs"]["familywise_alpha"]));
    close(student_t_quantile((1.0 + level) / 2.0, 11.0), &case["expected"]["t_critical_bonferroni"], 1e-10, "t");
    // The fixture takes the first system less the second.
    let compared: Vec<Paired> = pairs.iter().map(|(a, b)| Paired::of(&systems[*b], &systems[*a]).expect("twelve pairs")).collect();
    let raw: Vec<f64> = compared.iter().map(Paired::p_value).collect();
    let adjusted = [("bonferroni_p", bonferroni(&raw)), ("holm_p", holm(&raw)), ("benjamini_hochberg_q", benjamini_hochberg(&raw))];
    for (place, known) in case["expected"]["pairs"].as_array().expect("pairs").iter().enumerate() {
        let (a, b) = pairs[place];
        assert_eq!(numbers(&known["pair"]), [a as f64 + 1.0, b as f64 + 1.0]);
        let interval = compared[place].interval(level);
        close(interval.estimate, &known["mean_difference"], 1e-12, "mean difference");
        close(interval.lower, &known["bonferroni_lower"], 1e-10, "lower");
        close(interval.upper, &known["bonferroni_upper"], 1e-10, "upper");
        close(raw[place], &known["raw_p"], 1e-10, format_args!("p of {:?}", pairs[place]));
        for (name, adjusted) in &adjusted {
            close(adjusted[place], &known[*name], 1e-10, format_args!("{name} of {:?}", pairs[place]));
        }
    }
}

#[test]
fn intervals_for_the_distance_from_the_best_are_the_known_ones() {
    let case = case(FILE, "mcb");
    let (systems, level) = (systems(&case), number(&case["inputs"]["confidence"]));
    let (found, known) = (hsu(&systems, level).expect("five systems"), &case["expected"]["hsu_equal_variance"]);
    close(found.variance, &known["pooled_variance"], 1e-12, "pooled variance");
    close(found.df as f64, &known["df"], 0.0, "degrees of freedom");
    close(found.critical, &known["dunnett_one_sided_d"], 1e-8, "d");
    for (one, known) in found.systems.iter().zip(known["intervals_mu_i_minus_max_other"].as_array().expect("systems")) {
        close(one.mean, &known["mean"], 1e-12, "mean");
        close(one.lower, &known["lower"], 1e-8, "Hsu's lower");
        close(one.upper, &known["upper"], 1e-8, "Hsu's upper");
    }
    let (found, known) = (nelson_matejcik(&systems, level).expect("five systems"), &case["expected"]["nelson_matejcik_crn"]);
    close(found.variance, &known["S2"], 1e-10, "S²");
    close(found.df as f64, &known["df"], 0.0, "degrees of freedom");
    close(found.critical, &known["critical"], 1e-8, "g");
    close(found.half_width, &known["half_width"], 1e-8, "half-width");
    for (one, known) in found.systems.iter().zip(known["intervals_mu_i_minus_max_other"].as_array().expect("systems")) {
        close(one.lower, &known["lower"], 1e-8, "lower");
        close(one.upper, &known["upper"], 1e-8, "upper");
    }
    assert_eq!((hsu(&systems[..1], level), nelson_matejcik(&[vec![1.0], vec![2.0]], level)), (None, None));
}

#[test]
fn points_of_dunnett_are_the_known_ones() {
    let case = case(FILE, "dunnett-one-sided");
    let (comparisons, level) = (numbers(&case["inputs"]["p"]), number(&case["inputs"]["confidence"]));
    for (df, row) in numbers(&case["inputs"]["df"]).into_iter().zip(case["expected"].as_array().expect("rows")) {
        for (p, known) in comparisons.iter().zip(numbers(row)) {
            close(dunnett_one_sided(*p as usize, df, level), known, 1e-8, format_args!("p = {p}, df = {df}"));
        }
    }
}

#[test]
fn a_finding_says_no_more_than_the_interval() {
    let of = |lower: f64, upper: f64, zone: f64| Finding::of(&Interval::new((lower + upper) / 2.0, lower, upper, 0.95, 60), zone);
    assert_eq!(of(-4.8, -3.4, 0.5), Finding::Lower);
    assert_eq!(of(-0.8, -0.1, 0.5), Finding::SlightlyLower);
    assert_eq!(of(-0.5, -0.1, 0.5), Finding::NoMaterialChange, "sure to be there, and sure not to matter");
    assert_eq!(of(0.0, 0.0, 0.0), Finding::NoMaterialChange, "exactly the same");
    assert_eq!(of(-0.1, 0.6, 0.5), Finding::NotResolved);
    assert_eq!(of(0.0, 0.6, 0.0), Finding::NotResolved, "an end at 0 holds 0");
    assert_eq!(of(-1.0, f64::INFINITY, 0.5), Finding::NotResolved);
    assert_eq!(of(1.0, f64::INFINITY, 0.5), Finding::Higher);
}

#[test]
fn pairs_wanted_shrink_the_half_width_to_the_target() {
    let interval = Interval::symmetric(0.6, 1.9, 0.95, 60);
    assert_eq!(pairs_wanted(&interval, 0.5), Some(870), "60 (1.9 / 0.5)², to two digits");
    assert_eq!(pairs_wanted(&interval, 1.9), Some(60));
    assert_eq!(pairs_wanted(&interval, 0.0), None);
    assert_eq!(pairs_wanted(&Interval::new(0.0, -1.0, f64::INFINITY, 0.95, 60), 0.5), None);
}

#[test]
fn the_interval_of_a_correlation_is_that_of_fisher() {
    // By hand: atanh 0.5 = 0.549306, z / √25 = 0.391993; tanh 0.157313 and tanh 0.941299.
    let found = correlation_interval(0.5, 28, 0.95);
    close(found.lower, 0.156_028, 1e-5, "lower");
    close(found.upper, 0.735_818, 1e-5, "upper");
    assert_eq!((correlation_interval(1.0, 9, 0.95).lower, correlation_interval(0.3, 3, 0.95).lower), (1.0, -1.0));
}

#[test]
fn degenerate_pairs_give_no_false_certainty() {
    assert_eq!(Paired::of(&[1.0], &[2.0]), None);
    assert_eq!(Paired::of(&[1.0, f64::INFINITY], &[2.0, 3.0]), None);
    let same = Paired::of(&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]).expect("three pairs");
    assert_eq!((same.interval(0.95).half_width(), same.p_value(), same.variance_ratio()), (0.0, 1.0, Some(0.0)));
    assert_eq!(same.independent_replications(), None);
    let constant = Paired::of(&[1.0, 1.0], &[3.0, 3.0]).expect("two pairs");
    assert_eq!((constant.correlation, constant.variance_ratio(), constant.p_value()), (None, None, 0.0));
    assert_eq!(welch(&[1.0], &[1.0, 2.0], 0.95), None);
}

#[test]
fn pairs_a_constant_apart_have_quantiles_just_so_far_apart() {
    let base: Vec<f64> = (0..37).map(|i| f64::from(i * i % 101)).collect();
    let sooner: Vec<f64> = base.iter().map(|value| value - 2.0).collect();
    let stream = || StreamKey::new(1, "bootstrap", "test", "pairs").stream(0, 0, 0);
    let of = |variant: &[f64], pairing| quantile_difference(&base, variant, 0.8, 0.95, 400, pairing, &mut stream());
    let paired = of(&sooner, Pairing::Common).expect("finite");
    assert_eq!((paired.estimate, paired.lower, paired.upper), (-2.0, -2.0, -2.0));
    let unpaired = of(&sooner, Pairing::Independent).expect("finite");
    assert!(unpaired.estimate == -2.0 && unpaired.lower < -2.0 && unpaired.upper > -2.0, "{unpaired}");
}

#[test]
fn quantiles_that_were_not_reached_leave_an_end_open_or_all_of_it() {
    let of = |base: &[f64], variant: &[f64]| {
        let mut stream = StreamKey::new(1, "bootstrap", "test", "censored").stream(0, 0, 0);
        quantile_difference(base, variant, 0.8, 0.95, 400, Pairing::Common, &mut stream)
    };
    let base: Vec<f64> = (0..50).map(f64::from).collect();
    // Five unfinished runs of fifty: the 0.8 quantile is known, some resamples have more of them.
    let some: Vec<f64> = base.iter().map(|value| if *value < 45.0 { *value } else { f64::INFINITY }).collect();
    let open = of(&base, &some).expect("the quantile itself is finite");
    assert!(open.estimate == 0.0 && open.lower == 0.0 && open.upper >= 0.0, "{open}");
    let many: Vec<f64> = base.iter().map(|value| if *value < 41.0 { *value } else { f64::INFINITY }).collect();
    assert_eq!(of(&base, &many).map(|interval| interval.upper), Some(f64::INFINITY));
    let most: Vec<f64> = base.iter().map(|value| if *value < 20.0 { *value } else { f64::INFINITY }).collect();
    assert_eq!((of(&base, &most), of(&most, &most), of(&[], &[])), (None, None, None));
}

proptest! {
    #[test]
    fn turning_the_sign_turns_every_finding(values in prop::collection::vec((-10.0_f64..10.0, -10.0_f64..10.0), 3..30), zone in 0.0_f64..3.0) {
        let (base, variant): (Vec<f64>, Vec<f64>) = values.into_iter().unzip();
        let negated = |values: &[f64]| values.iter().map(|value| -value).collect::<Vec<f64>>();
        let here = Paired::of(&base, &variant).expect("finite").interval(0.95);
        let there = Paired::of(&negated(&base), &negated(&variant)).expect("finite").interval(0.95);
        prop_assert_eq!(Finding::of(&here, zone), Finding::of(&there, zone).mirrored());
        let back = Paired::of(&variant, &base).expect("finite").interval(0.95);
        prop_assert_eq!(Finding::of(&here, zone), Finding::of(&back, zone).mirrored());
    }

    #[test]
    fn holm_finds_at_least_what_bonferroni_finds(p in prop::collection::vec(0.0_f64..1.0, 1..20)) {
        for (place, (holm, bonferroni)) in holm(&p).into_iter().zip(bonferroni(&p)).enumerate() {
            prop_assert!(p[place] <= holm && holm <= bonferroni);
        }
    }

    #[test]
    fn contributions_add_up_and_a_change_without_effect_gets_nothing(outcome in prop::collection::vec(-10.0_f64..10.0, 8)) {
        let parts = shapley(3, &outcome);
        prop_assert!((parts.iter().sum::<f64>() - (outcome[7] - outcome[0])).abs() < 1e-12);
        // A fourth change that changes nothing, in front of the others.
        let doubled: Vec<f64> = outcome.iter().flat_map(|value| [*value, *value]).collect();
        let with_dummy = shapley(4, &doubled);
        prop_assert!(with_dummy[0].abs() < 1e-12);
        for (alone, beside) in parts.iter().zip(&with_dummy[1..]) {
            prop_assert!((alone - beside).abs() < 1e-12);
        }
    }
}
