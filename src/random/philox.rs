//! The block function Philox2x64-10: two words of counter and one of key in, two random words out.

/// Multiplier of a round (Salmon et al. 2011, table 2).
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
/// Step of the key from round to round: the golden ratio.
const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;

/// Philox2x64-10 of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
///
/// A bijection of the counter for each key, so different counters never give the same block. Pinned by the known
/// answers of the authors' Random123 library.
///
/// # Examples
///
/// ```
/// assert_eq!(convoysim::random::philox2x64_10([0, 0], 0), [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]);
/// ```
#[inline(always)]
#[must_use]
pub const fn philox2x64_10(counter: [u64; 2], key: u64) -> [u64; 2] {
    let [block] = side_by_side([counter], key);
    block
}

/// The same of several counters, round by round: the rounds of one block wait for each other, those of several blocks do not.
#[inline(always)]
pub(super) const fn side_by_side<const N: usize>(mut blocks: [[u64; 2]; N], mut key: u64) -> [[u64; 2]; N] {
    let mut round = 0;
    while round < 10 {
        let mut at = 0;
        while at < N {
            let [low, high] = blocks[at];
            let product = low as u128 * MULTIPLIER as u128;
            blocks[at] = [(product >> 64) as u64 ^ key ^ high, product as u64];
            at += 1;
        }
        key = key.wrapping_add(WEYL);
        round += 1;
    }
    blocks
}
