//! The differential oracle: processes and hand-written event loops agree to the tick.

#[path = "../../../benches/yardstick/convoy_cycle.rs"]
mod convoy_cycle;
#[path = "../../../benches/yardstick/single_server.rs"]
mod single_server;

use convoysim::kernel::Memory;

#[test]
fn convoys_as_processes_and_by_hand_complete_at_the_same_tick() {
    let mut memory = Memory::new();
    for seed in 0..400 {
        let draws = convoy_cycle::Draws::new(seed, 7_000);
        assert_eq!(convoy_cycle::by_processes(&draws, &mut memory), convoy_cycle::by_hand(&draws), "seed {seed}");
    }
    let large = convoy_cycle::Draws::new(1, 120_000);
    assert_eq!(convoy_cycle::by_processes(&large, &mut memory), convoy_cycle::by_hand(&large));
}

#[test]
fn the_convoy_cycle_takes_the_days_that_independent_programs_found() {
    let mut memory = Memory::new();
    let days: Vec<f64> =
        (0..5_000).map(|seed| convoy_cycle::by_processes(&convoy_cycle::Draws::new(seed, 7_000), &mut memory) as f64 / 86_400e6).collect();
    let n = days.len() as f64;
    let mean = days.iter().sum::<f64>() / n;
    let error = (days.iter().map(|day| (day - mean) * (day - mean)).sum::<f64>() / (n * (n - 1.0))).sqrt();
    // The reference has a standard error of its own: 100,000 replications, 0.0020 at 95 %.
    let allowed = 4.0 * libm::hypot(error, 0.0020 / 1.96);
    assert!((mean - 5.6155).abs() <= allowed, "{mean} ± {error}");
}

#[test]
fn single_servers_as_processes_and_by_hand_agree_to_the_tick() {
    let mut memory = Memory::new();
    for seed in 0..20 {
        let draws = single_server::Draws::new(seed, 5_000);
        let expected = single_server::by_hand(&draws);
        assert_eq!(single_server::by_long_lived_processes(&draws, &mut memory), expected);
        assert_eq!(single_server::by_a_process_per_customer(&draws, &mut memory), expected);
    }
}
