//! The beta distribution: the regularised incomplete beta function and its inverse.

use super::root::increasing;
use super::stirling::binomial_term;

/// The density `x^(a-1) (1-x)^(b-1) / B(a, b)` on [0, 1].
#[must_use]
pub fn beta_density(a: f64, b: f64, x: f64) -> f64 {
    if !(0.0..=1.0).contains(&x) {
        return 0.0;
    }
    let (at_end, other) = if x == 0.0 { (a, b) } else { (b, a) };
    if x == 0.0 || x == 1.0 {
        return if at_end > 1.0 {
            0.0
        } else if at_end < 1.0 {
            f64::INFINITY
        } else {
            other
        };
    }
    weight(a, b, x, 1.0 - x) / (x * (1.0 - x))
}

/// The distribution function `I_x(a, b)`.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    tails(a, b, x, 1.0 - x).0
}

/// The inverse of [`beta_cdf`].
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit_quantile(p, 1.0 - p, a, b)))
}

/// `ln(x / (1-x))` at the quantile x of probability `p`, where `q = 1 - p` is given for its own accuracy.
///
/// The logit keeps full relative accuracy of x and of 1 - x, which the F and t quantiles need.
pub(super) fn logit_quantile(p: f64, q: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 || q == 0.0 {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    increasing(libm::log(a / b), |t| {
        let (x, y) = (1.0 / (1.0 + libm::exp(-t)), 1.0 / (1.0 + libm::exp(t)));
        let (lower, upper) = tails(a, b, x, y);
        let weight = weight(a, b, x, y);
        if p <= q { (libm::log(lower / p), weight / lower) } else { (libm::log(q / upper), weight / upper) }
    })
}

/// `x^a y^b / B(a, b)` with `y = 1 - x`.
fn weight(a: f64, b: f64, x: f64, y: f64) -> f64 {
    binomial_term(a, b, x, y) * (a * b / (a + b))
}

/// `I_x(a, b)` and `I_y(b, a)`, with `y = 1 - x` given for its own accuracy.
pub(super) fn tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let front = weight(a, b, x, y);
    // The fraction converges fast on the side of the mean where the tail is the smaller one.
    if x <= (a + 1.0) / (a + b + 2.0) {
        let lower = front / a * fraction(a, b, x);
        (lower, 1.0 - lower)
    } else {
        let upper = front / b * fraction(b, a, y);
        (1.0 - upper, upper)
    }
}

/// Continued fraction of the incomplete beta function by modified Lentz (Press et al., *Numerical Recipes*, §6.4).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let tiny = 1e-300;
    let away = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            step = d * c;
            value *= step;
        }
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}
