//! What an input without any effect would show.
//!
//! Let replications be r and the mean of a point be off by an error of variance τ². At rows A and AB of an input without effect the expected
//! response is the same, so that the two means differ by two errors e and e′ alone.
//!
//! *Total index.* The term `½(e − e′)²` has the mean τ², which the correction takes off; for normal errors its variance is 2τ⁴, and that of the
//! correction τ⁴/(r − 1) with independent random numbers, 2τ⁴/(r − 1) where differences are taken replication by replication.
//!
//! *First index.* The term `(f_B − f₀)(e′ − e)` has the mean 0 and the variance 2τ²(V + τ²), where V is the variance of the expected response.
//!
//! *Elementary effect.* `(e′ − e)/Δ` has the standard deviation ν = τ√2/Δ, on average over factors where their steps differ; the mean of its size is ν√(2/π), the variance ν²(1 − 2/π), and its
//! sample variance over t trajectories ν²χ²/(t − 1) with t − 1 degrees of freedom.
//!
//! Sums over N rows are near normal. A floor is the value that such an input exceeds in 5 of 100 studies.

use crate::stats::Pairing;
use crate::stats::special::{chi_squared_quantile, normal_quantile};

/// What an input without any effect stays below in 95 of 100 studies of this size.
const PROBABILITY: f64 = 0.95;

/// The floor of Sobol' indices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Of a first index.
    pub first: f64,
    /// Of a total index.
    pub total: f64,
    /// What a total index would be on average, were noise not taken off: `τ² / (V + τ²)`.
    pub total_uncorrected: f64,
}

impl Floor {
    /// From V, the mean of τ² and of τ⁴ over points, N rows and r replications.
    pub(super) fn of(v: f64, [tau2, tau4]: [f64; 2], rows: usize, replications: usize, pairing: Pairing) -> Self {
        let (n, df) = (rows as f64, replications as f64 - 1.0);
        let correction = match pairing {
            Pairing::Independent => 1.0 / df,
            Pairing::Common => 2.0 / df,
        };
        let z = normal_quantile(PROBABILITY);
        Self {
            first: z * (2.0 * tau2 * (v + tau2) / n).sqrt() / v,
            total: z * ((2.0 + correction) * tau4 / n).sqrt() / v,
            total_uncorrected: tau2 / (v + tau2),
        }
    }
}

/// The floor of Morris's measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MorrisFloor {
    /// Of μ*.
    pub mu_star: f64,
    /// Of σ.
    pub sigma: f64,
}

impl MorrisFloor {
    /// From ν² and the number of trajectories.
    pub(super) fn of(nu2: f64, trajectories: usize) -> Self {
        let (nu, t) = (nu2.sqrt(), trajectories as f64);
        let size = std::f64::consts::FRAC_2_PI;
        Self {
            mu_star: nu * (size.sqrt() + normal_quantile(PROBABILITY) * ((1.0 - size) / t).sqrt()),
            sigma: nu * (chi_squared_quantile(PROBABILITY, t - 1.0) / (t - 1.0)).sqrt(),
        }
    }
}
