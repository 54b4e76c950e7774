//! Mutated inputs of every kind: nothing panics, nothing takes long or much memory, and every refusal names its place.
//!
//! Shipped scenarios, sweeps, data files and result folders are mutated by the words of their formats, then read as the program reads
//! them; some of those that are still valid are run. Case n of a kind is a function of the seed and of n alone.
//!
//! ```console
//! $ cargo test --test fuzz                                    a minute of it, as in CI
//! $ FUZZ_CASES=1000000 FUZZ_RUNS=20000 cargo test --test fuzz -- --test-threads 1 scenarios
//! $ FUZZ_SEED=7 FUZZ_FROM=1234 FUZZ_CASES=1 cargo test --test fuzz -- scenarios      one case again
//! ```

mod budget;
mod corpus;
mod inputs;
mod mutate;

mod conditions;
mod folders;
mod scenarios;
mod sweeps;
