//! The samplers: from uniforms to values, with the same bits on every platform.
//!
//! Where the inverse distribution function is at hand it is used: one uniform a draw, and a larger uniform is never a
//! smaller value, so common and antithetic random numbers keep their grip. Gamma and beta go by rejection, which is
//! harmless because every draw has a stream of its own.

use super::logarithm::ln;
use super::{Distribution, Family};
use crate::random::Stream;
use crate::stats::special::normal_quantile;

impl Distribution {
    /// One value, drawn from the start of what is left of `stream`.
    #[inline]
    pub fn sample(&self, stream: &mut Stream) -> f64 {
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Erlang { shape, scale } => scale * standard_erlang(*shape, stream),
            Family::Exponential { mean } => mean * standard_exponential(stream),
            _ => self.sample_others(stream),
        }
    }

    /// Fills `values` with draws from one stream, in order: the same as so many calls of [`sample`](Self::sample), but quicker.
    pub fn sample_into(&self, stream: &mut Stream, values: &mut [f64]) {
        match &self.0 {
            Family::Constant { value } => values.fill(*value),
            Family::Erlang { shape, scale } => {
                // First all uniforms, then all logarithms: neither loop waits for the other.
                stream.products_of_complements(*shape, values);
                values.iter_mut().for_each(|value| *value = scale * -ln(*value));
            }
            _ => values.iter_mut().for_each(|value| *value = self.sample(stream)),
        }
    }

    /// The families that are drawn too seldom, or for too long, to be worth inlining.
    fn sample_others(&self, stream: &mut Stream) -> f64 {
        match &self.0 {
            Family::Constant { value } => *value,
            Family::Uniform { min, max } => uniform_between(*min, *max, stream.uniform()),
            Family::Triangular { min, mode, max } => triangular_at(*min, *mode, *max, stream.uniform_open()),
            Family::Beta { alpha, beta, min, width } => (min + width * standard_beta(*alpha, *beta, stream)).min(min + width),
            Family::Lognormal { median, sigma } => median * libm::exp(sigma * standard_normal(stream)),
            Family::Exponential { mean } => mean * standard_exponential(stream),
            Family::Gamma { shape, scale } => scale * standard_gamma(*shape, stream),
            Family::Erlang { shape, scale } => scale * standard_erlang(*shape, stream),
            Family::Weibull { shape, scale } => scale * libm::pow(standard_exponential(stream), 1.0 / shape),
            Family::TruncatedNormal { mean, sd, kept } => {
                // By the upper tail: P(X > x) = u kept, which is accurate however little is kept.
                let above = 1.0 - stream.uniform_open();
                (mean - sd * normal_quantile(above * kept)).max(0.0)
            }
            Family::Discrete { values, cumulative } => {
                let u = stream.uniform();
                values[cumulative.partition_point(|upto| *upto <= u)]
            }
            Family::Empirical { values } => values[(stream.uniform() * values.len() as f64) as usize],
        }
    }
}

/// A value in [min, max) at the height `u` in [0, 1).
fn uniform_between(min: f64, max: f64, u: f64) -> f64 {
    // Rounding may reach max; a value just below it is as good.
    (min + (max - min) * u).min(max)
}

/// The inverse distribution function of the triangle.
pub(super) fn triangular_at(min: f64, mode: f64, max: f64, u: f64) -> f64 {
    let width = max - min;
    if u * width < mode - min { min + (u * width * (mode - min)).sqrt() } else { max - ((1.0 - u) * width * (max - mode)).sqrt() }
}

/// The inverse distribution function at an open uniform; `1 - u` is exact there, so the plain logarithm will do.
#[inline]
fn standard_exponential(stream: &mut Stream) -> f64 {
    -libm::log(stream.product_of_complements(1))
}

/// The inverse distribution function at an open uniform.
fn standard_normal(stream: &mut Stream) -> f64 {
    normal_quantile(stream.uniform_open())
}

/// A sum of exponentials as the logarithm of a product of uniforms.
///
/// Each factor is at least 2⁻⁵³, so sixteen of them stay far above the smallest normal number. Uniforms of 32 bits move no probability by
/// more than 2⁻³³ each, and end each exponential at 33 ln 2 = 22.9 of its means, beyond which one in 10¹⁰ would lie.
fn standard_erlang(shape: u32, stream: &mut Stream) -> f64 {
    -ln(stream.product_of_complements(shape))
}

/// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
fn standard_gamma(shape: f64, stream: &mut Stream) -> f64 {
    if shape < 1.0 {
        return libm::exp(log_small_gamma(shape, stream));
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = standard_normal(stream);
        let root = 1.0 + c * x;
        let u = stream.uniform_open();
        if root <= 0.0 {
            continue;
        }
        let (v, square) = (root * root * root, x * x);
        // The first test is a cheap squeeze that accepts most; the second is the exact rule.
        if u < 1.0 - 0.0331 * square * square || libm::log(u) < 0.5 * square + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

/// The logarithm of a gamma variable with a shape below 1: `G(shape) = G(shape + 1) U^(1/shape)` (same paper, §6).
///
/// In logarithms, because the value itself may lie below the smallest number.
fn log_small_gamma(shape: f64, stream: &mut Stream) -> f64 {
    let above = libm::log(standard_gamma(shape + 1.0, stream));
    above + libm::log(stream.uniform_open()) / shape
}

/// `X / (X + Y)` with two gamma variables.
fn standard_beta(alpha: f64, beta: f64, stream: &mut Stream) -> f64 {
    if alpha >= 1.0 && beta >= 1.0 {
        let x = standard_gamma(alpha, stream);
        let y = standard_gamma(beta, stream);
        return x / (x + y);
    }
    let mut log_gamma = |shape: f64| {
        if shape < 1.0 { log_small_gamma(shape, stream) } else { libm::log(standard_gamma(shape, stream)) }
    };
    let (x, y) = (log_gamma(alpha), log_gamma(beta));
    1.0 / (1.0 + libm::exp(y - x))
}
