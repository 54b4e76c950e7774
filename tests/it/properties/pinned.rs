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

const PINNED: &str = "964da495928fda2f 5e23ed473e660ed9 4740bd74cb9cac87 56caebf257a4d947 5385431cb5d732a5 fa5c6a2b322cc85d \
                      125bb31b07939e81 aa586c504074c7a6";
