//! Integrals of smooth functions.

use std::f64::consts::PI;

/// The integral of `function` from `from` to `to` by Gauss and Legendre, on stretches with 20 points each; exact for polynomials up to
/// degree 39 on each.
pub(in crate::stats) fn integrate(from: f64, to: f64, stretches: usize, function: impl Fn(f64) -> f64) -> f64 {
    let rule = rule();
    let width = (to - from) / stretches as f64;
    let stretch = |i: usize| {
        let (centre, half) = (from + (i as f64 + 0.5) * width, width / 2.0);
        half * rule.iter().map(|(node, weight)| weight * (function(centre - half * node) + function(centre + half * node))).sum::<f64>()
    };
    (0..stretches).map(stretch).sum()
}

/// Half of the 20 nodes on [-1, 1] with their weights: the roots of the Legendre polynomial P₂₀, found by Newton's method.
fn rule() -> [(f64, f64); 10] {
    const POINTS: usize = 20;
    std::array::from_fn(|i| {
        // Abramowitz and Stegun 22.16.6 is near enough to start from.
        let mut x = libm::cos(PI * (i as f64 + 0.75) / (POINTS as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut before, mut value) = (1.0, x);
            for n in 2..=POINTS {
                let n = n as f64;
                (before, value) = (value, ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n);
            }
            slope = POINTS as f64 * (x * value - before) / (x * x - 1.0);
            x -= value / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
}

#[cfg(test)]
mod tests {
    use super::integrate;

    #[test]
    fn polynomials_up_to_degree_39_are_exact() {
        let power = |x: f64, n: u32| (0..n).fold(1.0, |product, _| product * x);
        assert!((integrate(0.0, 1.0, 1, |x| power(x, 39)) - 1.0 / 40.0).abs() < 1e-15);
        assert!((integrate(-1.0, 3.0, 3, |x| power(x, 4)) - 244.0 / 5.0).abs() < 1e-12);
    }
}
