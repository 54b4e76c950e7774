//! Halton's points.

/// The first prime numbers; one a dimension. Beyond a dozen dimensions, neighbouring columns are visibly correlated: use
/// [`Sobol`](super::Sobol).
const PRIMES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/// Coordinate `dimension` (from 0, below 12) of point `index`: the digits of the index in the base of the dimension's prime, mirrored at
/// the point (Halton, Numerische Mathematik 2, 1960).
///
/// # Examples
///
/// ```
/// use convoysim::stats::design::halton;
///
/// assert_eq!([0, 1, 2, 3, 4].map(|index| halton(index, 0)), [0.0, 0.5, 0.25, 0.75, 0.125]);
/// ```
///
/// # Panics
///
/// If there is no such dimension.
#[must_use]
pub fn halton(index: u64, dimension: usize) -> f64 {
    let base = PRIMES[dimension];
    let (mut rest, mut unit, mut value) = (index, 1.0, 0.0);
    while rest > 0 {
        unit /= base as f64;
        value += (rest % base) as f64 * unit;
        rest /= base;
    }
    value
}
