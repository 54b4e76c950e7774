//! Latin hypercube samples.

use rand::Rng;

use crate::stats::resample::index_below;

/// One column of a Latin hypercube of `n` points: `xᵢ = (π(i) + Uᵢ) / n` with a random permutation π and Uᵢ uniform in [0, 1).
///
/// So each of n equally wide classes is met just once (McKay, Beckman, Conover, Technometrics 21, 1979). Give every column a generator of
/// its own: then a further column leaves the others as they are.
pub fn latin_column(n: usize, generator: &mut impl Rng) -> Vec<f64> {
    permutation(n, generator).into_iter().map(|cell| within(cell, n, generator)).collect()
}

/// The numbers from 0 to `n` − 1 in random order (Fisher and Yates).
pub(super) fn permutation(n: usize, generator: &mut impl Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, index_below(last + 1, generator));
    }
    order
}

/// A random place in class `cell` of `n`.
fn within(cell: usize, n: usize, generator: &mut impl Rng) -> f64 {
    let uniform = (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let place = (cell as f64 + uniform) / n as f64;
    // Rounding can carry the last step of a class into the next one; its middle is surely inside.
    if (place * n as f64) as usize == cell { place } else { (cell as f64 + 0.5) / n as f64 }
}
