//! The named half of an address: who draws, and what for.

use sha2::{Digest, Sha256};

use super::Stream;

/// Mark of the encoding below; a new encoding would get a new mark.
const ENCODING: &[u8] = b"convoysim stream key 1";

/// The key of all draws for one purpose and one entity under one root seed.
///
/// It is the start of a SHA-256 digest of four things that a person wrote down, never of an order of registration, so
/// a new kind of draw leaves the draws of all others alone. Two different quadruples give the same key with probability
/// 2⁻⁶⁴; the scenario layer checks that all its keys differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamKey(u64);

impl StreamKey {
    /// The key for `purpose` (breakdown, leg time …) of the entity named `entity` in the scenario's `table`.
    ///
    /// # Examples
    ///
    /// ```
    /// use convoysim::random::StreamKey;
    ///
    /// let lanes = StreamKey::new(42, "lane time", "crossing", "border");
    /// assert_ne!(lanes, StreamKey::new(43, "lane time", "crossing", "border"));
    /// assert_ne!(lanes, StreamKey::new(42, "lane timec", "rossing", "border"));
    /// ```
    #[must_use]
    pub fn new(seed: u64, purpose: &str, table: &str, entity: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(ENCODING);
        hasher.update(seed.to_le_bytes());
        for name in [purpose, table, entity] {
            // The length before the text makes the encoding injective: no two lists of names run together.
            hasher.update((name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
        }
        let digest = hasher.finalize();
        Self(digest.iter().take(8).fold(0, |word, byte| word << 8 | u64::from(*byte)))
    }

    /// The stream of one draw: replication, number of the movement or unit, and how manieth such draw it is.
    ///
    /// # Panics
    ///
    /// If `occurrence` does not fit into 40 bits ([`OCCURRENCES`](super::OCCURRENCES)).
    #[inline]
    #[must_use]
    pub fn stream(self, replication: u32, number: u32, occurrence: u64) -> Stream {
        Stream::new(self.0, replication, number, occurrence)
    }

    /// The key as a number, for logs of draws.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}
