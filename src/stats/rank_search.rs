//! Values of given ranks among more numbers than fit into memory.

use std::collections::BTreeMap;

/// Bits that a pass finds out.
const DIGIT: u32 = 11;

/// Finds the values of given ranks in numbers that can be gone through several times.
///
/// The bits of a float, brought into an order, are found from the first to the last, eleven a pass: the numbers that share the bits found
/// so far are counted by the next eleven. Six passes give every bit, exactly, with a few thousand counters a rank. This is selection by
/// radix (Knuth, *The Art of Computer Programming* 3, §5.2.5), from the most significant digit.
///
/// # Examples
///
/// ```
/// use convoysim::stats::RankSearch;
///
/// let values = [2.5, -1.0, f64::INFINITY, 0.0];
/// let mut search = RankSearch::new([1, 3]);
/// while !search.is_over() {
///     values.iter().for_each(|value| search.see(*value));
///     search.end_pass();
/// }
/// assert_eq!((search.value(1), search.value(3)), (Some(-1.0), Some(2.5)));
/// ```
#[derive(Clone, Debug)]
pub struct RankSearch {
    wanted: Vec<Wanted>,
    /// Counters by the bits found so far.
    counts: BTreeMap<u64, Vec<u64>>,
    found: u32,
}

#[derive(Clone, Debug)]
struct Wanted {
    rank: usize,
    /// The bits found so far.
    prefix: u64,
    /// Rank among the numbers that begin with them, from 1.
    within: u64,
}

impl RankSearch {
    /// Looks for these ranks, from 1.
    #[must_use]
    pub fn new(ranks: impl IntoIterator<Item = usize>) -> Self {
        let mut ranks: Vec<usize> = ranks.into_iter().collect();
        ranks.sort_unstable();
        ranks.dedup();
        let wanted = ranks.into_iter().map(|rank| Wanted { rank, prefix: 0, within: rank as u64 }).collect();
        let mut search = Self { wanted, counts: BTreeMap::new(), found: 0 };
        search.begin_pass();
        search
    }

    /// Whether every bit is found; otherwise show every number once more, then [`RankSearch::end_pass`].
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.found == u64::BITS || self.wanted.is_empty()
    }

    /// Takes a number of this pass.
    ///
    /// # Panics
    ///
    /// If it is NaN, which has no rank.
    pub fn see(&mut self, value: f64) {
        assert!(!value.is_nan(), "a NaN has no rank");
        if self.is_over() {
            return;
        }
        let bits = ordered(value);
        let prefix = if self.found == 0 { 0 } else { bits >> (u64::BITS - self.found) };
        if let Some(counts) = self.counts.get_mut(&prefix) {
            counts[digit(bits, self.found)] += 1;
        }
    }

    /// Ends a pass.
    pub fn end_pass(&mut self) {
        if self.is_over() {
            return;
        }
        let width = DIGIT.min(u64::BITS - self.found);
        for wanted in &mut self.wanted {
            let Some(counts) = self.counts.get(&wanted.prefix) else { continue };
            let mut next = 0;
            while next + 1 < counts.len() && wanted.within > counts[next] {
                wanted.within -= counts[next];
                next += 1;
            }
            wanted.prefix = (wanted.prefix << width) | next as u64;
        }
        self.found += width;
        self.begin_pass();
    }

    fn begin_pass(&mut self) {
        let width = DIGIT.min(u64::BITS - self.found);
        self.counts = self.wanted.iter().map(|wanted| (wanted.prefix, vec![0; 1 << width])).collect();
    }

    /// The value of a rank that was looked for; nothing before the search is over.
    #[must_use]
    pub fn value(&self, rank: usize) -> Option<f64> {
        let wanted = self.wanted.iter().find(|wanted| wanted.rank == rank)?;
        (self.found == u64::BITS).then(|| from_ordered(wanted.prefix))
    }
}

/// The next bits of a number, as a position.
fn digit(bits: u64, found: u32) -> usize {
    let width = DIGIT.min(u64::BITS - found);
    ((bits >> (u64::BITS - found - width)) & ((1 << width) - 1)) as usize
}

/// Bits whose order as whole numbers is that of the floats.
fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn from_ordered(bits: u64) -> f64 {
    f64::from_bits(if bits >> 63 == 1 { bits & !(1 << 63) } else { !bits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_values_of_all_ranks_are_those_of_the_sorted_list(values in prop::collection::vec(prop_oneof![
            any::<f64>().prop_filter("a number", |x| !x.is_nan()), (-3..3_i32).prop_map(f64::from), Just(f64::INFINITY), Just(-0.0)
        ], 1..60)) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let mut search = RankSearch::new(1..=values.len());
            let mut passes = 0;
            while !search.is_over() {
                values.iter().for_each(|value| search.see(*value));
                search.end_pass();
                passes += 1;
            }
            let found: Vec<u64> = (1..=values.len()).map(|rank| search.value(rank).expect("it is over").to_bits()).collect();
            prop_assert_eq!(found, sorted.iter().map(|value| value.to_bits()).collect::<Vec<_>>());
            prop_assert_eq!(passes, 6);
        }
    }
}
