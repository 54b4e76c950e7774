//! Newton's method that cannot run away.

/// The `t` at which an increasing `function` is 0, started at `guess`.
///
/// `function` gives value and slope. Steps that leave the interval known to hold the root, or that are not numbers,
/// are replaced by halving it; where one end is not known yet, by walking in doubling steps.
pub(in crate::stats) fn increasing(guess: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut below, mut above) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut t, mut stride) = (guess, 1.0);
    for _ in 0..400 {
        let (value, slope) = function(t);
        if value == 0.0 {
            return t;
        }
        if value < 0.0 {
            below = t;
        } else {
            above = t;
        }
        let newton = t - value / slope;
        let next = if newton > below && newton < above && (newton - t).abs() <= 4.0 * stride {
            newton
        } else if below == f64::NEG_INFINITY {
            stride *= 2.0;
            t - stride
        } else if above == f64::INFINITY {
            stride *= 2.0;
            t + stride
        } else {
            below + (above - below) / 2.0
        };
        if (next - t).abs() <= 4.0 * f64::EPSILON * t.abs().max(f64::MIN_POSITIVE) || next == t {
            return next;
        }
        t = next;
    }
    t
}
