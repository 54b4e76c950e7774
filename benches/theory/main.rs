//! The theory studies in full: every estimate with its standard error and z, for the seeds given (1 by default).
//!
//! `cargo bench --bench theory -- 1 2 3 4 5` — heavy traffic and tails take minutes. `usual` as first argument leaves
//! them out, as the tests do.

#[path = "../../tests/it/kernel/theory/mod.rs"]
#[expect(dead_code, reason = "shared with the tests, which use other parts")]
mod theory;

use theory::{Check, Depth, STUDIES, cases, id};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let depth = if args.first().is_some_and(|arg| arg == "usual") { Depth::Usual } else { Depth::Full };
    let mut seeds: Vec<u64> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if seeds.is_empty() {
        seeds.push(1);
    }
    for seed in seeds {
        let mut all: Vec<Check> = Vec::new();
        for (file, prefix, study) in STUDIES {
            for case in cases(file, prefix) {
                let checks = study(&case, depth, seed);
                for check in &checks {
                    let verdict = if check.passes() {
                        ""
                    } else if check.is_precise() {
                        "  FAILS"
                    } else {
                        "  NOT PRECISE"
                    };
                    println!("{seed} {:<18} {check}{verdict}", id(&case));
                }
                all.extend(checks);
            }
        }
        let n = all.len() as f64;
        let mean_square = all.iter().map(|check| check.z() * check.z()).sum::<f64>() / n;
        let largest = all.iter().map(|check| check.z().abs()).fold(0.0, f64::max);
        let failed = all.iter().filter(|check| !check.passes()).count();
        println!("seed {seed}: {n} numbers, {failed} fail, mean square of z {mean_square:.2}, largest |z| {largest:.2}");
    }
}
