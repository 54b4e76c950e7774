//! The same bits in every build: digests of random scenarios, pinned. A debug build and a release build meet the same constants.
//!
//! They change when results change, and then a commit says why.

use super::generate::{RICH, scenario, some_choices};
use super::told;
use convoysim::model::Model;
use sha2::{Digest, Sha256};

/// The digest of all that three replications of a scenario did.
fn digest(number: u64) -> String {
    let model = Model::new(scenario(&some_choices(number), RICH), number);
    let mut hasher = Sha256::new();
    for replication in 0..3 {
        match model.replicate(replication, false) {
            Ok(o) => hasher.update(told(&o)),
            Err(failure) => hasher.update(format!("{failure:?}")),
        }
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_build_gives_the_same_bits() {
    let digests: Vec<String> = (0..8).map(digest).collect();
    assert_eq!(digests.join(" "), PINNED);
}

const PINNED: &str = "dba5f4face48a7de 521c55008130f4b6 5c201b863a163600 20239a72b40ebef3 2afa0464869c42f5 f40dc13d3168737c \
                      8b522ee978998d5b e39f4502dbcf3a8c";
