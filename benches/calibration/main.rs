//! How often intervals cover and the best is selected, in full: `cargo bench --bench calibration`. The tests run a small part.

#[path = "../../tests/it/stats/calibration/mod.rs"]
mod calibration;

use calibration::{Measured, means, pairs, proportions, quantile_differences, quantiles, selection, warnings};

/// Repetitions of what is cheap.
const MANY: u32 = 20_000;
/// Repetitions of what is not.
const SOME: u32 = 1_000;

fn main() {
    let mut all: Vec<Measured> = Vec::new();
    all.extend(means(MANY));
    all.push(warnings(MANY));
    all.extend(quantiles(MANY));
    all.extend(proportions(MANY));
    all.extend(pairs(MANY));
    all.extend([20, 60, 200].map(|n| quantile_differences(2 * SOME, n)));
    all.extend([(2, false), (10, false), (10, true)].map(|(k, common)| selection(SOME, k, common)));
    println!("{:<74} {:>11} {:>7}  allowed", "", "repetitions", "share");
    for one in &all {
        println!("{one}");
    }
}
