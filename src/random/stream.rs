//! The counted half of an address, and the uniforms found there.

use std::convert::Infallible;

use rand::TryRng;

use super::philox::{philox2x64_10, side_by_side};

/// Bits of the low counter word that number the blocks within one draw.
const BLOCK_BITS: u32 = 24;
/// How many draws one (key, replication, number) can have: occurrences run from 0 to just below this, 2⁴⁰.
pub const OCCURRENCES: u64 = 1 << (64 - BLOCK_BITS);

/// The random numbers of one draw, in order; made by [`StreamKey::stream`](super::StreamKey::stream).
///
/// The counter of Philox2x64-10 holds the address: high word `replication · 2³² + number`, low word
/// `occurrence · 2²⁴ + block`. A stream therefore has 2²⁵ words, and no two streams of a key share a block. A sampler
/// that rejects may take as many words as it likes without moving anybody else's draws.
#[derive(Clone, Debug)]
pub struct Stream {
    key: u64,
    high: u64,
    low: u64,
    /// The second word of the last block, until it is used.
    spare: Option<u64>,
}

impl Stream {
    #[inline]
    pub(super) fn new(key: u64, replication: u32, number: u32, occurrence: u64) -> Self {
        assert!(occurrence < OCCURRENCES, "occurrence {occurrence} does not fit into 40 bits");
        Self { key, high: u64::from(replication) << 32 | u64::from(number), low: occurrence << BLOCK_BITS, spare: None }
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        match self.spare.take() {
            Some(word) => word,
            None => {
                let (first, second) = self.block();
                self.spare = Some(second);
                first
            }
        }
    }

    /// The next two words as a fresh block, dropping a word left over from the last one.
    ///
    /// Inlined by force: two words returned through memory are a store that the next load has to wait for.
    #[inline(always)]
    fn block(&mut self) -> (u64, u64) {
        let [first, second] = philox2x64_10([self.low, self.high], self.key);
        self.advance();
        (first, second)
    }

    /// The next four blocks.
    #[inline(always)]
    fn blocks(&mut self) -> [[u64; 2]; 4] {
        let counters = [0; 4].map(|_| {
            let counter = [self.low, self.high];
            self.advance();
            counter
        });
        side_by_side(counters, self.key)
    }

    #[inline(always)]
    fn advance(&mut self) {
        self.low = self.low.wrapping_add(1);
        assert!(self.low << (64 - BLOCK_BITS) != 0, "one draw took all 2^25 words of its stream");
    }

    /// A uniform number in [0, 1) with 53 random bits.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        half_open(self.bits())
    }

    /// A uniform number in (0, 1), never 0 and never 1: what an inverse distribution function or a logarithm wants.
    #[inline]
    pub fn uniform_open(&mut self) -> f64 {
        open(self.bits())
    }

    /// How many trials fail before the first that succeeds, where each does so with this `chance`: one uniform, by the inverse distribution
    /// function. At most [`u32::MAX`], which stands for never too; a greater chance is never a longer wait.
    ///
    /// The geometric distribution counted from 0, in closed form for the hot path;
    /// [`CountDistribution::geometric_from_1`](super::CountDistribution::geometric_from_1) looks for its quantile.
    pub fn failures_before_success(&mut self, chance: f64) -> u32 {
        // (1 - chance)ⁿ, the probability of at least n failures, falls to `u` at n = ln u / ln (1 - chance).
        (libm::log(self.uniform_open()) / libm::log1p(-chance)) as u32
    }

    /// The product of `1 - u` over `count` open uniforms, at least 1, for sums of exponentials.
    ///
    /// A word is two of them, each with 32 bits; where the count is odd, the last takes a word of its own, with 52. Inlined by force: with
    /// a count that the compiler knows, nothing is left of the loops.
    #[inline(always)]
    pub(super) fn product_of_complements(&mut self, count: u32) -> f64 {
        let mut product = 1.0;
        for _ in 0..count / 2 {
            product *= complements(self.bits());
        }
        if count % 2 == 1 {
            product *= open(!self.bits());
        }
        product
    }

    /// Fills `products` with as many such products, in order.
    pub(super) fn products_of_complements(&mut self, count: u32, products: &mut [f64]) {
        match count {
            2 if self.spare.is_none() => {
                let mut eight = products.chunks_exact_mut(8);
                for products in &mut eight {
                    let blocks = self.blocks();
                    for (product, word) in products.iter_mut().zip(blocks.as_flattened()) {
                        *product = complements(*word);
                    }
                }
                eight.into_remainder().iter_mut().for_each(|product| *product = self.product_of_complements(2));
            }
            4 if self.spare.is_none() => {
                let mut four = products.chunks_exact_mut(4);
                for products in &mut four {
                    let blocks = self.blocks();
                    for (product, [first, second]) in products.iter_mut().zip(blocks) {
                        *product = complements(first) * complements(second);
                    }
                }
                four.into_remainder().iter_mut().for_each(|product| *product = self.product_of_complements(4));
            }
            _ => products.iter_mut().for_each(|product| *product = self.product_of_complements(count)),
        }
    }
}

/// `⌊bits / 2¹¹⌋ · 2⁻⁵³`, in [0, 1).
#[inline]
fn half_open(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}

/// `(⌊bits / 2¹²⌋ + ½) · 2⁻⁵²`, in (0, 1); `1 - open(bits)` is exact and equals `open(!bits)`.
#[inline]
fn open(bits: u64) -> f64 {
    // The 52 bits are the fraction of a number in [1, 2). Taking off 1 - 2⁻⁵³ is exact and leaves the middle of the step.
    f64::from_bits(bits >> 12 | 0x3FF0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
}

/// `(1 - u)(1 - v)` with `u` and `v` the open uniforms `(h + ½) · 2⁻³²` of the upper and the lower half `h` of a word. All but the
/// product is exact.
#[inline(always)]
fn complements(word: u64) -> f64 {
    // The half's 32 bits are the first of the fraction of a number in [1, 2). Taking off 1 - 2⁻³³ leaves the middle of the step.
    let middle = |fraction: u64| f64::from_bits(fraction | 0x3FF0_0000_0000_0000) - (1.0 - 1.0 / (1_u64 << 33) as f64);
    middle(!word >> 32 << 20) * middle(!word << 32 >> 12)
}

impl TryRng for Stream {
    type Error = Infallible;

    /// The upper half of the next word.
    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    /// The next words as little-endian bytes; the rest of the last word is dropped.
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.bits().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}
