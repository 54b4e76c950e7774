//! How often intervals cover and the best is selected, in full: `cargo bench --bench calibration`. The tests run a small part.
//!
//! A word after `--` runs only the parts whose names contain it, as in `cargo bench --bench calibration -- indices`.

#[path = "../../tests/it/stats/calibration/mod.rs"]
mod calibration;

use calibration::sensitivity::{Chance, NONE, covers, dummies, g, ishigami, with_dummy};
use calibration::{Measured, means, pairs, proportions, quantile_differences, quantiles, selection, warnings};
use convoysim::stats::Pairing;

/// Repetitions of what is cheap.
const MANY: u32 = 20_000;
/// Repetitions of what is not.
const SOME: u32 = 1_000;

/// Scramblings of a design.
const SCRAMBLES: u32 = 1_000;

/// As much noise as inputs make, in runs with random numbers of their own and with common ones.
const NOISE: [Chance; 2] = [
    Chance { replications: 4, pairing: Pairing::Independent, own: 1.0, shared: 0.0 },
    Chance { replications: 10, pairing: Pairing::Common, own: 0.5, shared: 2.0 },
];

/// A part by name, and what it measures.
type Part = (&'static str, fn() -> Vec<Measured>);

/// All parts.
const PARTS: [Part; 11] = [
    ("means", || means(MANY)),
    ("warnings", || vec![warnings(MANY)]),
    ("quantiles", || quantiles(MANY)),
    ("proportions", || proportions(MANY)),
    ("pairs", || pairs(MANY)),
    ("quantile differences", || [20, 60, 200].map(|n| quantile_differences(2 * SOME, n)).into()),
    ("selection", || [(2, false), (10, false), (10, true)].map(|(k, common)| selection(SOME, k, common)).into()),
    ("indices of Ishigami", || covers(&ishigami(), &[0, 1, 2], 1024, SCRAMBLES, NONE)),
    ("indices of the g function", || covers(&g(), &[0, 1, 2, 3], 1024, SCRAMBLES, NONE)),
    ("indices under noise", || NOISE.into_iter().flat_map(|noise| covers(&with_dummy(), &[0, 1, 2], 64, SOME, noise)).collect()),
    ("noise floor", || dummies(SOME)),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let chosen = PARTS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())));
    println!("{:<74} {:>11} {:>7}  allowed", "", "repetitions", "share");
    for one in chosen.flat_map(|(_, measure)| measure()) {
        println!("{one}");
    }
}
