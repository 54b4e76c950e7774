//! Two-stage procedures for independent runs: a first stage of n₀ each, then as many as the variance seen asks for.

use crate::stats::special::{gamma_density, integrate, normal_cdf, root, student_t_cdf};

/// Rinott's h (1978) for `k` systems with `first_stage` replications each and probability of correct selection `confidence`.
///
/// The root of `P* = E_Y[(E_X Φ(h / √((n₀ − 1)(1/X + 1/Y))))^(k−1)]` with X, Y independent χ² of n₀ − 1. Conservative; works with
/// [`second_stage`] and the plain mean of all replications.
#[must_use]
pub fn rinott_h(k: usize, first_stage: usize, confidence: f64) -> f64 {
    let df = first_stage as f64 - 1.0;
    // √χ² is smooth at 0, and normal enough that nine units above √df nothing is left.
    let (from, to) = ((df.sqrt() - 9.0).max(0.0), df.sqrt() + 9.0);
    let density = chi_density(df);
    let over = |function: &dyn Fn(f64) -> f64| integrate(from, to, 4, |x| if x > 0.0 { density(x) * function(x) } else { 0.0 });
    let selected = |h: f64| over(&|y| power(over(&|x| normal_cdf(h / (df * (1.0 / (x * x) + 1.0 / (y * y))).sqrt())), k - 1));
    root_of(|h| selected(h) - confidence)
}

/// The h of Dudewicz and Dalal (1975), smaller than Rinott's for three systems and more; it works with weighted means.
///
/// The root of `P* = ∫ F(t + h)^(k−1) f(t) dt` with Student's t of n₀ − 1 degrees of freedom.
#[must_use]
pub fn dudewicz_dalal_h(k: usize, first_stage: usize, confidence: f64) -> f64 {
    let df = first_stage as f64 - 1.0;
    let scale = libm::exp(libm::lgamma((df + 1.0) / 2.0) - libm::lgamma(df / 2.0)) / std::f64::consts::PI.sqrt();
    // t = √df tan θ: the tails come within reach, and the density becomes a power of the cosine.
    let selected = |h: f64| {
        integrate(-std::f64::consts::FRAC_PI_2, std::f64::consts::FRAC_PI_2, 6, |angle| {
            let t = df.sqrt() * libm::tan(angle);
            scale * libm::pow(libm::cos(angle), df - 1.0) * power(student_t_cdf(t + h, df), k - 1)
        })
    };
    root_of(|h| selected(h) - confidence)
}

/// How many replications a system with this first-stage variance needs in all: `max(n₀, ⌈h² S² / δ²⌉)`.
#[must_use]
pub fn second_stage(first_stage: usize, h: f64, variance: f64, delta: f64) -> usize {
    first_stage.max((h * h * variance / (delta * delta)).ceil() as usize)
}

/// The density of √χ² with `df` degrees of freedom.
pub(super) fn chi_density(df: f64) -> impl Fn(f64) -> f64 {
    move |x| x * gamma_density(df / 2.0, x * x / 2.0)
}

/// `base` times itself, `exponent` times.
pub(super) fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// Where an increasing function is 0, near 2; its slope is taken over a small step.
pub(super) fn root_of(function: impl Fn(f64) -> f64) -> f64 {
    const STEP: f64 = 1e-5;
    root::increasing(2.0, |t| {
        let value = function(t);
        // Far out the function is flat to the last bit; the walk of the root finder then goes on without a slope.
        (if value.abs() < 1e-14 { 0.0 } else { value }, (function(t + STEP) - value) / STEP)
    })
}
