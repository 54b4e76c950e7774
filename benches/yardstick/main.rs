//! The yardstick: processes on the kernel against event loops written by hand, on the same draws.
//!
//! `cargo bench --bench yardstick` prints time ratios: medians over interleaved runs in one process.
//! `yardstick count WORKLOAD REPETITIONS` only runs one workload, for an instruction counter (see `instructions.sh`).
//! `yardstick mean REPLICATIONS` prints the mean of the convoy cycle in days with its standard error.

mod convoy_cycle;
mod single_server;

use std::hint::black_box;
use std::time::Instant;

use convoysim::kernel::Memory;
use convoysim::units::TICKS_PER_DAY;
use single_server::{by_a_process_per_customer, by_hand, by_long_lived_processes};

/// A way to run a workload once.
type Run<'a> = Box<dyn FnMut() + 'a>;

/// The allocator of the program, for both sides.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    match args.first().map(String::as_str) {
        Some("count") => count(&args[1], args[2].parse().expect("a number of repetitions")),
        Some("mean") => mean(args[1].parse().expect("a number of replications")),
        _ => compare(),
    }
}

struct Workloads {
    convoy: Vec<convoy_cycle::Draws>,
    large: convoy_cycle::Draws,
    single: single_server::Draws,
}

impl Workloads {
    fn new() -> Self {
        Self {
            convoy: (0..50).map(|seed| convoy_cycle::Draws::new(seed, 7_000)).collect(),
            large: convoy_cycle::Draws::new(1, 120_000),
            single: single_server::Draws::new(1, 10_000),
        }
    }

    /// Every workload: its name, what it counts as one, the hand-written run and the runs on the kernel.
    fn named(&self, name: &str) -> Run<'_> {
        let mut memory = Memory::new();
        match name {
            "convoy-hand" => Box::new(|| {
                for draws in &self.convoy {
                    black_box(convoy_cycle::by_hand(draws));
                }
            }),
            "convoy" => Box::new(move || {
                for draws in &self.convoy {
                    black_box(convoy_cycle::by_processes(draws, &mut memory));
                }
            }),
            "large-hand" => Box::new(|| _ = black_box(convoy_cycle::by_hand(&self.large))),
            "large" => Box::new(move || _ = black_box(convoy_cycle::by_processes(&self.large, &mut memory))),
            "single-hand" => Box::new(|| _ = black_box(by_hand(&self.single))),
            "single-long" => Box::new(move || _ = black_box(by_long_lived_processes(&self.single, &mut memory))),
            "single-each" => Box::new(move || _ = black_box(by_a_process_per_customer(&self.single, &mut memory))),
            other => panic!("no workload {other:?}"),
        }
    }

    fn check(&self) {
        let mut memory = Memory::new();
        for draws in self.convoy.iter().chain([&self.large]) {
            assert_eq!(convoy_cycle::by_hand(draws), convoy_cycle::by_processes(draws, &mut memory));
        }
        let expected = by_hand(&self.single);
        assert_eq!(by_long_lived_processes(&self.single, &mut memory), expected);
        assert_eq!(by_a_process_per_customer(&self.single, &mut memory), expected);
    }
}

fn compare() {
    let workloads = Workloads::new();
    workloads.check();
    println!("{:<14}{:>14}{:>14}{:>10}", "workload", "by hand", "processes", "ratio");
    for (hand, processes, ones) in [
        ("convoy-hand", "convoy", 50),
        ("large-hand", "large", 1),
        ("single-hand", "single-long", 10_000),
        ("single-hand", "single-each", 10_000),
    ] {
        let (mut by_hand, mut by_processes) = (workloads.named(hand), workloads.named(processes));
        let (mut hand_times, mut process_times, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..201 {
            let (one, other) = (seconds(&mut by_hand), seconds(&mut by_processes));
            hand_times.push(one);
            process_times.push(other);
            ratios.push(other / one);
        }
        let nanoseconds = |times| format!("{:.1} ns", median(times) / f64::from(ones) * 1e9);
        let (one, other) = (nanoseconds(hand_times), nanoseconds(process_times));
        println!("{processes:<14}{one:>14}{other:>14}{:>10.2}", median(ratios));
    }
}

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
fn seconds(run: &mut Run<'_>) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn count(workload: &str, repetitions: u32) {
    let workloads = Workloads::new();
    let mut run = workloads.named(workload);
    for _ in 0..repetitions {
        run();
    }
}

fn mean(replications: u64) {
    let mut memory = Memory::new();
    let days: Vec<f64> = (0..replications)
        .map(|seed| {
            let ticks = convoy_cycle::by_processes(&convoy_cycle::Draws::new(seed, 7_000), &mut memory);
            ticks as f64 / TICKS_PER_DAY as f64
        })
        .collect();
    let n = replications as f64;
    let mean = days.iter().sum::<f64>() / n;
    let variance = days.iter().map(|day| (day - mean) * (day - mean)).sum::<f64>() / (n - 1.0);
    println!("{mean:.4} d, standard error {:.4}, standard deviation {:.3}", (variance / n).sqrt(), variance.sqrt());
}
