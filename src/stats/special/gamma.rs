//! The gamma distribution with scale 1: the regularised incomplete gamma functions and their inverse.

use super::root::increasing;
use super::stirling::poisson_term;

/// The density `x^(shape-1) e^(-x) / Γ(shape)`.
#[must_use]
pub fn gamma_density(shape: f64, x: f64) -> f64 {
    if x < 0.0 {
        return 0.0;
    }
    if x == 0.0 {
        return if shape > 1.0 {
            0.0
        } else if shape < 1.0 {
            f64::INFINITY
        } else {
            1.0
        };
    }
    poisson_term(shape, x) * shape / x
}

/// The distribution function `P(shape, x)`.
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    tails(shape, x).0
}

/// The survival function `Q(shape, x) = 1 - P(shape, x)`, accurate where it is small.
#[must_use]
pub fn gamma_survival(shape: f64, x: f64) -> f64 {
    tails(shape, x).1
}

/// The inverse of [`gamma_cdf`]: the x that is exceeded with probability `1 - p`.
#[must_use]
pub fn gamma_quantile(p: f64, shape: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    // On the scale of ln x both tails are nearly straight in logarithms. In the far lower tail P = x^a / Γ(a+1).
    let far = (libm::log(p) + libm::lgamma(shape + 1.0)) / shape;
    let guess = far.min(libm::log(shape + 1.0));
    let t = increasing(guess, |t| {
        let x = libm::exp(t);
        let (lower, upper) = tails(shape, x);
        let weight = poisson_term(shape, x) * shape;
        if p <= 0.5 { (libm::log(lower / p), weight / lower) } else { (libm::log((1.0 - p) / upper), weight / upper) }
    });
    libm::exp(t)
}

/// Both tails at once: series below `shape + 1`, continued fraction above (Press et al., *Numerical Recipes*, §6.2).
fn tails(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let front = poisson_term(shape, x);
    if x < shape + 1.0 {
        let (mut term, mut total, mut k) = (1.0, 1.0, shape);
        while term > total * f64::EPSILON / 8.0 {
            k += 1.0;
            term *= x / k;
            total += term;
        }
        let lower = front * total;
        (lower, 1.0 - lower)
    } else {
        // Modified Lentz; the fraction's b grows by 2 from x + 1 - shape.
        let tiny = 1e-300;
        let mut b = x + 1.0 - shape;
        let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
        let mut fraction = d;
        for i in 1..100_000 {
            let i = f64::from(i);
            let a = -i * (i - shape);
            b += 2.0;
            d = a * d + b;
            d = 1.0 / if d.abs() < tiny { tiny } else { d };
            c = b + a / c;
            if c.abs() < tiny {
                c = tiny;
            }
            let step = d * c;
            fraction *= step;
            if (step - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        let upper = front * shape * fraction;
        (1.0 - upper, upper)
    }
}
