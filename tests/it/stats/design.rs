//! Designs of experiments against known answers and their defining properties.

use std::collections::BTreeSet;

use convoysim::random::StreamKey;
use convoysim::stats::design::{
    GeneratorError, Grid, Matrix, PlackettBurman, Saltelli, SignedWord, Sobol, Trajectory, TwoLevel, coordinate, halton, latin_column,
};
use proptest::prelude::*;

use super::fixture::{case, close, number, numbers};

const FILE: &str = "designs";

fn key(purpose: &str) -> StreamKey {
    StreamKey::new(7, purpose, "design", "test")
}

/// The coins of a scrambling: one word an address.
fn coins(purpose: &str) -> impl Fn(usize, u64) -> u64 + use<> {
    let key = key(purpose);
    move |dimension, node| key.stream(dimension as u32, 0, node).bits()
}

/// FNV-1a, 64 bits.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn sobol_points_are_those_of_joe_and_kuo() {
    let case = case(FILE, "sobol-points");
    let sobol = Sobol::new(10).expect("few dimensions");
    let row = |index: u32| {
        let sobol = &sobol;
        (0..10).map(move |dimension| sobol.integer(index, dimension))
    };
    let points = case["expected"]["points_times_2_32"].as_array().expect("points");
    for (index, known) in points.iter().enumerate() {
        let found: Vec<f64> = row(index as u32).map(f64::from).collect();
        assert_eq!(found, numbers(known), "point {index}");
    }
    let all = (0..4096).flat_map(row).flat_map(|integer| u64::from(integer).to_le_bytes());
    assert_eq!(format!("{:016x}", fnv1a(all)), case["expected"]["fnv1a64_of_first_4096_points"].as_str().expect("a hash"));
    for (dimension, known) in numbers(&case["expected"]["coordinate_sums_first_4096"]).into_iter().enumerate() {
        let sum: f64 = (0..4096).map(|index| f64::from(sobol.integer(index, dimension)) / 4_294_967_296.0).sum();
        assert_eq!(sum, known);
    }
    assert_eq!(Sobol::new(1000).expect("as many as there are").dimensions(), 1000);
    assert_eq!(Sobol::new(1001).expect_err("too many").to_string(), "1001 dimensions, but Sobol' points have at most 1000");
}

#[test]
fn scrambled_points_stay_balanced() {
    let sobol = Sobol::new(4).expect("few dimensions");
    let coins = coins("balance");
    for dimension in 0..4 {
        let cells: BTreeSet<u32> = (0..256).map(|index| sobol.scrambled(index, dimension, &coins) >> 24).collect();
        assert_eq!(cells.len(), 256, "one of 256 points in each of 256 intervals");
    }
    // The first two dimensions are a (0, 8, 2)-net: one point in each box of volume 2⁻⁸, however it is cut.
    for bits in 0..=8 {
        let boxes: BTreeSet<(u32, u32)> = (0..256)
            .map(|index| [0, 1].map(|dimension| u64::from(sobol.scrambled(index, dimension, &coins))))
            .map(|[x, y]| ((x >> (32 - bits)) as u32, (y >> (24 + bits)) as u32))
            .collect();
        assert_eq!(boxes.len(), 256, "{bits} bits of the first and the rest of the second");
    }
}

#[test]
fn every_bit_has_a_coin_of_its_own_for_each_value_of_those_above_it() {
    let sobol = Sobol::new(1).expect("one dimension");
    // In one dimension the first 2^m points are all multiples of 2^-m, so which node a coin belongs to can be seen.
    let of = |index: u32, coins: &dyn Fn(usize, u64) -> u64| sobol.scrambled(index, 0, coins);
    assert_eq!(of(9, &|_, _| 0), sobol.integer(9, 0), "no coin, no change");
    assert_eq!(of(9, &|_, _| u64::MAX), !sobol.integer(9, 0), "all coins turn every bit");
    // One coin of the tree: depth 3, below the bits 101. It turns bit 3 of those coordinates that begin with 101, and nothing else.
    let one = |_: usize, node: u64| if node == 1 { 1 << 0b1101 } else { 0 };
    // One coin in a later word: depth 8, below the bits 1010_1100, that is two levels below the node 1_101011.
    let later = |_: usize, node: u64| if node == 0b110_1011 { 1 << 0b100 } else { 0 };
    for index in 0..512 {
        let plain = sobol.integer(index, 0);
        assert_eq!(of(index, &one) ^ plain, if plain >> 29 == 0b101 { 1 << 28 } else { 0 });
        assert_eq!(of(index, &later) ^ plain, if plain >> 24 == 0b1010_1100 { 1 << 23 } else { 0 });
    }
}

#[test]
fn scrambled_means_beat_those_of_independent_points_by_far() {
    let sobol = Sobol::new(3).expect("few dimensions");
    let product = |index: u32, coins: &dyn Fn(usize, u64) -> u64| -> f64 {
        (0..3).map(|dimension| 12_f64.sqrt() * (coordinate(sobol.scrambled(index, dimension, coins)) - 0.5) + 1.0).product()
    };
    let errors = (0..40).map(|scramble| {
        let coins = coins(&format!("mean {scramble}"));
        let mean = (0..256).map(|index| product(index, &coins)).sum::<f64>() / 256.0;
        (mean - 1.0) * (mean - 1.0)
    });
    // The variance of the product is 2³ − 1 = 7, so that of a mean of 256 independent points 7 / 256.
    let of_scrambled = errors.sum::<f64>() / 40.0;
    assert!(of_scrambled < 7.0 / 256.0 / 50.0, "mean square error {of_scrambled:e}");
}

#[test]
fn halton_points_are_the_known_ones() {
    let case = case(FILE, "halton-points");
    for (index, known) in case["expected"].as_array().expect("points").iter().enumerate() {
        for (dimension, known) in numbers(known).into_iter().enumerate() {
            close(halton(index as u64, dimension), known, 1e-12, format_args!("point {index}, dimension {dimension}"));
        }
    }
}

/// A design in signs, as fixtures write it.
fn signs(runs: usize, factors: usize, is_high: impl Fn(usize, usize) -> bool) -> Vec<Vec<f64>> {
    (0..runs).map(|run| (0..factors).map(|factor| if is_high(run, factor) { 1.0 } else { -1.0 }).collect()).collect()
}

fn matrix(value: &serde_json::Value) -> Vec<Vec<f64>> {
    value.as_array().expect("rows").iter().map(numbers).collect()
}

#[test]
fn effects_of_a_full_factorial_are_the_known_ones() {
    let case = case(FILE, "factorial-effects");
    let design = TwoLevel::full(3).expect("three factors");
    assert_eq!(signs(8, 3, |run, factor| design.is_high(run as u64, factor)), matrix(&case["inputs"]["design_yates_order"]));
    let responses = numbers(&case["inputs"]["response"]);
    close(responses.iter().sum::<f64>() / 8.0, &case["expected"]["mean"], 1e-12, "mean");
    for (name, known) in case["expected"]["effects"].as_object().expect("effects") {
        let factors: Vec<usize> = name.split('x').map(|factor| factor.parse::<usize>().expect("a number") - 1).collect();
        close(design.effect(SignedWord::of(&factors), &responses), known, 1e-12, name);
    }
    assert_eq!((design.resolution(), design.defining_relation().len()), (None, 0));
}

#[test]
fn half_of_five_factors_is_the_known_one() {
    let case = case(FILE, "2^(5-1)-resolution-V");
    let design = TwoLevel::fraction(5, &[case["inputs"]["generator"].as_str().expect("a generator")]).expect("a good generator");
    assert_eq!(signs(16, 5, |run, factor| design.is_high(run as u64, factor)), matrix(&case["expected"]["design"]));
    let relation: Vec<String> = design.defining_relation().iter().map(|word| format!("I={}", in_numbers(*word))).collect();
    assert_eq!(relation, [case["expected"]["defining_relation"].as_str().expect("a word")]);
    assert_eq!(design.resolution(), Some(5));
}

fn in_numbers(word: SignedWord) -> String {
    (0..9).filter(|factor| word.factors >> factor & 1 == 1).map(|factor| (factor + 1).to_string()).collect()
}

#[test]
fn a_quarter_has_the_aliases_of_the_textbook() {
    // Box, Hunter and Hunter: 2^(7-4) with D=AB, E=AC, F=BC, G=ABC is resolution III; 2^(6-2) with E=ABC, F=BCD is IV.
    let quarter = TwoLevel::fraction(6, &["E=ABC", "F=BCD"]).expect("good generators");
    let relation: Vec<String> = quarter.defining_relation().iter().map(ToString::to_string).collect();
    assert_eq!(relation, ["ABCE", "ADEF", "BCDF"]);
    let of = |factors: &[usize]| quarter.aliases(SignedWord::of(factors)).iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    assert_eq!(of(&[0, 1]), "CE + ACDF + BDEF");
    assert_eq!(of(&[0]), "BCE + DEF + ABCDF");
    let saturated = TwoLevel::fraction(7, &["D=AB", "E=AC", "F=BC", "G=ABC"]).expect("good generators");
    assert_eq!((saturated.runs(), saturated.resolution(), saturated.defining_relation().len()), (8, Some(3), 15));
    let turned = TwoLevel::fraction(4, &["d = -abc"]).expect("small letters and blanks");
    assert_eq!(turned.defining_relation().iter().map(ToString::to_string).collect::<Vec<_>>(), ["-ABCD"]);
    assert_eq!(turned.aliases(SignedWord::of(&[3])).iter().map(ToString::to_string).collect::<Vec<_>>(), ["-ABC"]);
    assert!((0..8).all(|run| turned.is_high(run, 3) != ((0..3).filter(|f| !turned.is_high(run, *f)).count() % 2 == 0)));
}

#[test]
fn what_is_wrong_with_a_generator_is_said() {
    let error = |factors, generators: &[&str]| TwoLevel::fraction(factors, generators).expect_err("a bad generator").to_string();
    insta::assert_snapshot!(
        [
            error(5, &["E"]),
            error(5, &["EF=AB"]),
            error(5, &["E="]),
            error(5, &["E=AB?"]),
            error(5, &["F=AB"]),
            error(5, &["E=AAB"]),
            error(5, &["E=AE"]),
            error(5, &["E=AB", "E=AC"]),
            error(5, &["D=AB", "E=AD"]),
            error(26, &[]),
        ]
        .join("\n"),
        @r#"
    "E" is not a generator: write one factor, "=" and a product of others, as in E=ABCD or F=-ABC
    "EF=AB" is not a generator: write one factor, "=" and a product of others, as in E=ABCD or F=-ABC
    "E=" is not a generator: write one factor, "=" and a product of others, as in E=ABCD or F=-ABC
    "E=AB?" is not a generator: write one factor, "=" and a product of others, as in E=ABCD or F=-ABC
    "F=AB" names F, but the factors end with E
    "E=AAB" has a factor twice
    "E=AE" uses a factor that is generated itself: write it as a product of free factors
    "E=AC" generates a factor that another generator generates already
    "E=AD" uses a factor that is generated itself: write it as a product of free factors
    26 factors, but a two-level design has at most 25
    "#
    );
    assert_eq!(TwoLevel::full(26), None);
    assert_eq!(TwoLevel::fraction(0, &["A=B"]), Err(GeneratorError::Form("A=B".into())));
}

#[test]
fn plackett_and_burman_with_twelve_runs_is_the_known_one() {
    let case = case(FILE, "plackett-burman-12");
    let design = PlackettBurman::for_factors(11);
    assert_eq!(design.runs() as f64, number(&case["inputs"]["runs"]));
    assert_eq!(signs(12, 11, |run, factor| design.is_high(run, factor)), matrix(&case["expected"]["design"]));
}

#[test]
fn columns_of_plackett_and_burman_are_orthogonal() {
    let sizes: Vec<usize> = (1..50).filter(|runs| PlackettBurman::with_runs(*runs).is_some()).collect();
    assert_eq!(sizes, [4, 8, 12, 20, 24, 32, 44, 48]);
    assert_eq!(PlackettBurman::for_factors(12).runs(), 20);
    for runs in sizes {
        let design = PlackettBurman::with_runs(runs).expect("one of those");
        let rows = signs(runs, runs - 1, |run, factor| design.is_high(run, factor));
        for i in 0..runs - 1 {
            assert_eq!(rows.iter().map(|row| row[i]).sum::<f64>(), 0.0, "as often high as low");
            for j in 0..i {
                assert_eq!(rows.iter().map(|row| row[i] * row[j]).sum::<f64>(), 0.0, "columns {i} and {j} of {runs} runs");
            }
        }
    }
}

#[test]
fn a_latin_hypercube_meets_every_class_once() {
    let case = case(FILE, "lhs-property");
    let design =
        |n: usize, d: u32| -> Vec<Vec<f64>> { (0..d).map(|column| latin_column(n, &mut key("lhs").stream(column, 0, 0))).collect() };
    for n in numbers(&case["inputs"]["n"]) {
        let n = n as usize;
        let widest = design(n, 20);
        for d in numbers(&case["inputs"]["d"]) {
            assert_eq!(design(n, d as u32), widest[..d as usize], "the same seed, whatever other columns there are");
        }
        for column in widest {
            assert!(column.iter().all(|u| (0.0..1.0).contains(u)));
            let classes: BTreeSet<usize> = column.iter().map(|u| (u * n as f64) as usize).collect();
            assert_eq!(classes.into_iter().collect::<Vec<_>>(), (0..n).collect::<Vec<_>>());
        }
    }
}

#[test]
fn orders_of_a_latin_hypercube_are_equally_likely() {
    let mut seen = [0_u32; 6];
    for column in 0..6_000 {
        let cells: Vec<usize> = latin_column(3, &mut key("orders").stream(column, 0, 0)).iter().map(|u| (u * 3.0) as usize).collect();
        seen[cells[0] * 2 + usize::from(cells[1] > cells[2])] += 1;
    }
    // χ² with five degrees of freedom stays below 20.5 with a probability of 0.999.
    let chi2: f64 = seen.iter().map(|seen| (f64::from(*seen) - 1_000.0) * (f64::from(*seen) - 1_000.0) / 1_000.0).sum();
    assert!(chi2 < 20.5, "{seen:?}");
}

#[test]
fn every_level_is_equally_likely_along_a_trajectory() {
    let mut seen = [0_u32; 4];
    for index in 0..1_000 {
        let trajectory = Trajectory::random(3, 4, &mut key("levels").stream(index, 0, 0));
        (0..trajectory.points()).flat_map(|step| trajectory.levels_at(step)).for_each(|level| seen[level] += 1);
    }
    assert!(seen.iter().all(|seen| (2_800..3_200).contains(seen)), "{seen:?} of 12,000");
}

#[test]
fn points_of_saltelli_mix_the_columns_of_two_samples() {
    let key = key("saltelli");
    let coins = |block: u32, dimension: usize, node: u64| key.stream(dimension as u32, block, node).bits();
    let design = Saltelli::new(3, 8, true).expect("few factors");
    assert_eq!((design.points_a_row(), design.points()), (8, 64));
    let matrices: Vec<Matrix> = (0..8).map(|index| design.address(index + 16).1).collect();
    assert_eq!(matrices, design.matrices().collect::<Vec<_>>());
    for row in 0..8_u64 {
        let point = |matrix: Matrix| {
            let place = design.matrices().position(|other| other == matrix).expect("one of them") as u64;
            assert_eq!(design.address(8 * row + place), (row as u32, matrix));
            design.point(8 * row + place, coins)
        };
        let (a, b) = (point(Matrix::A), point(Matrix::B));
        for i in 0..3 {
            let (ab, ba) = (point(Matrix::AB(i)), point(Matrix::BA(i)));
            for j in 0..3 {
                assert_eq!((ab[j], ba[j]), if i == j { (b[j], a[j]) } else { (a[j], b[j]) });
            }
        }
    }
    let plain = Saltelli::new(3, 16, false).expect("few factors");
    assert_eq!((plain.points_a_row(), plain.address(7)), (5, (1, Matrix::AB(0))));
    assert_eq!(plain.point(7, coins), design.point(8 + 2, coins), "neither more rows nor pairs move a point");
    assert!(Saltelli::new(501, 8, false).is_err());
    // Each block of 64 rows is balanced by itself, in every column of both samples.
    let many = Saltelli::new(2, 1024, false).expect("few factors");
    for block in 0..Saltelli::BLOCKS {
        let rows = (0..64).map(|place| u64::from(place * Saltelli::BLOCKS + block));
        let points: Vec<[Vec<f64>; 2]> = rows.map(|row| [0, 1].map(|matrix| many.point(4 * row + matrix, coins))).collect();
        for (matrix, factor) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let cells: BTreeSet<usize> = points.iter().map(|point| (64.0 * point[matrix][factor]) as usize).collect();
            assert_eq!(cells.len(), 64);
        }
    }
}

proptest! {
    #[test]
    fn a_grid_numbers_each_combination_once(levels in prop::collection::vec(1_usize..5, 0..5)) {
        let grid = Grid::new(&levels).expect("few points");
        prop_assert_eq!(grid.points(), levels.iter().product::<usize>() as u64);
        for index in 0..grid.points() {
            prop_assert_eq!(grid.index(&grid.levels(index)), Some(index));
        }
    }

    #[test]
    fn a_trajectory_changes_one_factor_at_a_time_by_delta(seed in 0_u32..10_000, factors in 1_usize..8, half in 1_usize..6) {
        let trajectory = Trajectory::random(factors, 2 * half, &mut key("walk").stream(seed, 0, 0));
        for step in 0..factors {
            let (from, to) = (trajectory.point(step), trajectory.point(step + 1));
            for factor in 0..factors {
                let moved = (to[factor] - from[factor]).abs();
                let expected = if factor == trajectory.order[step] { trajectory.delta() } else { 0.0 };
                prop_assert!((moved - expected).abs() < 1e-12);
                prop_assert!((0.0..=1.0).contains(&to[factor]));
            }
        }
        let mut order = trajectory.order.clone();
        order.sort_unstable();
        prop_assert_eq!(order, (0..factors).collect::<Vec<_>>(), "each factor once");
    }

    #[test]
    fn effects_of_a_full_design_give_back_its_responses(responses in prop::array::uniform16(-9.0_f64..9.0)) {
        let design = TwoLevel::full(4).expect("four factors");
        for run in 0..16 {
            // Every response is the mean plus or minus half of each effect.
            let rebuilt: f64 = (0..16_u32).map(|factors| {
                let word = SignedWord { factors, negative: false };
                let lows = (0..4).filter(|f| factors >> f & 1 == 1 && !design.is_high(run, *f)).count();
                let half = design.effect(word, &responses) / 2.0;
                if lows % 2 == 0 { half } else { -half }
            }).sum();
            prop_assert!((rebuilt - responses[run as usize]).abs() < 1e-9);
        }
    }
}

#[test]
fn grids_beyond_all_numbers_are_refused() {
    assert_eq!(Grid::new(&[usize::MAX, 2]), None);
    assert_eq!(Grid::new(&[]).map(|grid| grid.points()), Some(1));
    assert_eq!(Grid::new(&[2, 3]).expect("six points").index(&[0, 3]), None);
}
