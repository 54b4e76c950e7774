//! Loader's way to binomial and Poisson probabilities without cancellation.
//!
//! Catherine Loader, "Fast and accurate computation of binomial probabilities" (2000): a probability is a power of e
//! whose exponent is a sum of small terms, instead of a difference of large logarithms of factorials.

use std::f64::consts::TAU;

/// What Stirling's formula leaves out: `ln Γ(x+1) - (x+½) ln x + x - ½ ln 2π`, for x > 0.
pub(super) fn stirling_error(x: f64) -> f64 {
    if x < 16.0 {
        return libm::lgamma(x + 1.0) - (x + 0.5) * libm::log(x) + x - 0.5 * libm::log(TAU);
    }
    let square = x * x;
    let inner = 1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - inner / square) / square) / square) / x
}

/// `x ln(x/m) + m - x`, the deviance, without cancellation near x = m.
pub(super) fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let mut total = (x - m) * v;
    let mut term = 2.0 * x * v;
    for k in 1..1000 {
        term *= v * v;
        let next = total + term / f64::from(2 * k + 1);
        if next == total {
            break;
        }
        total = next;
    }
    total
}

/// `m^x e^(-m) / Γ(x+1)` for real x ≥ 0 and m > 0: a Poisson probability when x is whole.
pub(super) fn poisson_term(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return libm::exp(-m);
    }
    if m == 0.0 {
        return 0.0;
    }
    libm::exp(-stirling_error(x) - deviance(x, m)) / (TAU * x).sqrt()
}

/// `Γ(n+1) / (Γ(x+1) Γ(n-x+1)) p^x q^(n-x)` with `y = n - x`: a binomial probability when x and y are whole.
pub(super) fn binomial_term(x: f64, y: f64, p: f64, q: f64) -> f64 {
    let n = x + y;
    if p == 0.0 || q == 0.0 {
        return if (p == 0.0 && x == 0.0) || (q == 0.0 && y == 0.0) { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return libm::exp(y * if p < 0.5 { libm::log1p(-p) } else { libm::log(q) });
    }
    if y == 0.0 {
        return libm::exp(x * if q < 0.5 { libm::log1p(-q) } else { libm::log(p) });
    }
    let exponent = stirling_error(n) - stirling_error(x) - stirling_error(y) - deviance(x, n * p) - deviance(y, n * q);
    libm::exp(exponent) * (n / (TAU * x * y)).sqrt()
}
