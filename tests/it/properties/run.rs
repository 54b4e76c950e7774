//! Runs a property over random scenarios with a fixed seed.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// Cases of all properties together, unless `CONVOYSIM_CASES` says otherwise.
const CASES: u32 = 2_000;

/// Runs a property over its part of all cases, in percent. `CONVOYSIM_CASES` says how many there are altogether, and
/// `CONVOYSIM_CASES_SEED` begins elsewhere.
pub fn property<S: Strategy>(percent: u32, strategy: &S, holds: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let number =
        |name: &str| std::env::var(name).ok().map(|text| text.parse::<u32>().unwrap_or_else(|_| panic!("{name} is a whole number")));
    let cases = (number("CONVOYSIM_CASES").unwrap_or(CASES) * percent).div_ceil(100);
    let seed = number("CONVOYSIM_CASES_SEED").unwrap_or(0).to_le_bytes();
    let mut bytes = [percent as u8; 32];
    bytes[..4].copy_from_slice(&seed);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    if let Err(error) = runner.run(strategy, holds) {
        panic!("{error}");
    }
}
