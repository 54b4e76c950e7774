//! Time of one replication of a shipped scenario, tracing off, on one thread: `cargo bench --bench replication [FILE] [REPLICATIONS]`.
//!
//! Prints CPU-bound wall time (best and median of five rounds), events and random draws per replication. The figure to quote is the
//! median on a quiet machine; instruction counts come from `benches/instructions.sh`.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use convoysim::model::Model;
use convoysim::scenario;

/// The allocator of the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;

fn main() {
    // `cargo bench` adds its own flag.
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let file = words.next().unwrap_or_else(|| "scenarios/hasakah-iraq.toml".to_owned());
    let replications: u32 = words.next().and_then(|n| n.parse().ok()).unwrap_or(400);
    let read = |name: &str| std::fs::read(name).map_err(|error| error.to_string());
    let loaded = match scenario::load(&file, &read, &[]) {
        Ok(loaded) => loaded,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            std::process::exit(10);
        }
    };
    let model = Model::new(loaded.scenario.params.clone(), loaded.scenario.info.seed);
    let (mut events, mut draws, mut failed) = (0, 0, 0);
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let begun = Instant::now();
            for replication in 0..replications {
                match model.replicate(replication, false) {
                    Ok(seen) if round == 0 => {
                        events += seen.events;
                        draws += seen.draws;
                    }
                    Ok(_) => {}
                    Err(_) => failed += 1,
                }
            }
            begun.elapsed().as_secs_f64() * 1e3 / f64::from(replications)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    let per = |total: u64| total as f64 / f64::from(replications);
    println!("{file}: {replications} replications, {ROUNDS} rounds, one thread, tracing off");
    println!("  time per replication    best {:.3} ms, median {:.3} ms", rounds[0], rounds[ROUNDS / 2]);
    println!("  events per replication  {:.0}", per(events));
    println!("  streams per replication {:.0}", per(draws));
    if failed > 0 {
        println!("  {failed} replications failed");
    }
}
