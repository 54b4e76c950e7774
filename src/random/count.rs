//! Probability distributions over whole numbers.

use super::{DistributionError, Stream};
use crate::stats::special::{beta_cdf, binomial_cdf, binomial_pmf, poisson_cdf, poisson_pmf};

/// Counts above this are not looked for: far more than anything that is counted here.
const LARGEST: u64 = 1 << 50;

/// A probability distribution over whole numbers from 0 (or 1), checked when it was made.
///
/// Drawn by inversion, so one uniform a draw, and a larger uniform is never a smaller count.
///
/// # Examples
///
/// ```
/// use convoysim::random::CountDistribution;
///
/// let incidents = CountDistribution::poisson(3.7)?;
/// assert_eq!(incidents.quantile(0.5), 4);
/// # Ok::<(), convoysim::random::DistributionError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CountDistribution(Family);

#[derive(Clone, Debug, PartialEq)]
enum Family {
    Poisson { mean: f64 },
    Binomial { n: u64, p: f64 },
    NegativeBinomial { mean: f64, k: f64 },
    Geometric { p: f64 },
}

impl CountDistribution {
    /// The number of events where `mean` are expected and none knows of another.
    ///
    /// # Errors
    ///
    /// If `mean` is not above 0 and at most a million million.
    pub fn poisson(mean: f64) -> Result<Self, DistributionError> {
        check("poisson", "mean", mean, mean > 0.0 && mean <= 1e12, "above 0 and at most 1e12")?;
        Ok(Self(Family::Poisson { mean }))
    }

    /// The number of successes in `n` trials of probability `p`.
    ///
    /// # Errors
    ///
    /// If `p` is not in [0, 1].
    pub fn binomial(n: u64, p: f64) -> Result<Self, DistributionError> {
        check("binomial", "p", p, (0.0..=1.0).contains(&p), "from 0 to 1")?;
        Ok(Self(Family::Binomial { n, p }))
    }

    /// A Poisson count whose expectation itself varies: variance `mean + mean² / dispersion`.
    ///
    /// # Errors
    ///
    /// If a parameter is not above 0 and at most a million million.
    pub fn negative_binomial(mean: f64, dispersion: f64) -> Result<Self, DistributionError> {
        let name = "negative binomial";
        check(name, "mean", mean, mean > 0.0 && mean <= 1e12, "above 0 and at most 1e12")?;
        check(name, "dispersion", dispersion, dispersion > 0.0 && dispersion <= 1e12, "above 0 and at most 1e12")?;
        Ok(Self(Family::NegativeBinomial { mean, k: dispersion }))
    }

    /// The number of trials up to and with the first success of probability `p`; at least 1.
    ///
    /// # Errors
    ///
    /// If `p` is not above 0 and at most 1.
    pub fn geometric_from_1(p: f64) -> Result<Self, DistributionError> {
        check("geometric", "p", p, p > 0.0 && p <= 1.0, "above 0 and at most 1")?;
        Ok(Self(Family::Geometric { p }))
    }

    /// One count.
    pub fn sample(&self, stream: &mut Stream) -> u64 {
        self.quantile(stream.uniform_open())
    }

    /// The expected count.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.0 {
            Family::Poisson { mean } | Family::NegativeBinomial { mean, .. } => mean,
            Family::Binomial { n, p } => n as f64 * p,
            Family::Geometric { p } => 1.0 / p,
        }
    }

    /// The expected squared distance from the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self.0 {
            Family::Poisson { mean } => mean,
            Family::Binomial { n, p } => n as f64 * p * (1.0 - p),
            Family::NegativeBinomial { mean, k } => mean + mean * mean / k,
            Family::Geometric { p } => (1.0 - p) / (p * p),
        }
    }

    /// The probability of exactly `count`.
    #[must_use]
    pub fn probability(&self, count: u64) -> f64 {
        match self.0 {
            Family::Poisson { mean } => poisson_pmf(count, mean),
            Family::Binomial { n, p } => binomial_pmf(count, n, p),
            Family::NegativeBinomial { mean, k } => {
                // Γ(x+k) / (Γ(k) x!) p^k q^x with p = k / (k + mean).
                let x = count as f64;
                let chosen = libm::lgamma(x + k) - libm::lgamma(k) - libm::lgamma(x + 1.0);
                libm::exp(chosen - k * libm::log1p(mean / k) - x * libm::log1p(k / mean))
            }
            Family::Geometric { .. } if count == 0 => 0.0,
            Family::Geometric { p: 1.0 } => f64::from(u8::from(count == 1)),
            Family::Geometric { p } => p * libm::exp((count - 1) as f64 * libm::log1p(-p)),
        }
    }

    /// The probability of at most `count`.
    #[must_use]
    pub fn cdf(&self, count: u64) -> f64 {
        match self.0 {
            Family::Poisson { mean } => poisson_cdf(count, mean),
            Family::Binomial { n, p } => binomial_cdf(count, n, p),
            Family::NegativeBinomial { mean, k } => beta_cdf(k, count as f64 + 1.0, k / (k + mean)),
            Family::Geometric { .. } if count == 0 => 0.0,
            Family::Geometric { p } => -libm::expm1(count as f64 * libm::log1p(-p)),
        }
    }

    /// The smallest count with a probability of at least `p` to stay at or below it.
    #[must_use]
    pub fn quantile(&self, p: f64) -> u64 {
        // Doubling steps from the mean bracket the answer, halving finds it.
        let start = self.mean() as u64;
        let (mut below, mut above, mut stride);
        if self.cdf(start) >= p {
            (below, above, stride) = (start, start, 1);
            while below > 0 && self.cdf(below) >= p {
                above = below;
                below = below.saturating_sub(stride);
                stride *= 2;
            }
            if self.cdf(below) >= p {
                return below;
            }
        } else {
            (below, above, stride) = (start, start + 1, 1);
            while above < LARGEST && self.cdf(above) < p {
                below = above;
                above += stride;
                stride *= 2;
            }
        }
        while above - below > 1 {
            let middle = below + (above - below) / 2;
            if self.cdf(middle) >= p {
                above = middle;
            } else {
                below = middle;
            }
        }
        above
    }
}

fn check(
    distribution: &'static str,
    parameter: &'static str,
    value: f64,
    holds: bool,
    right: &'static str,
) -> Result<(), DistributionError> {
    if holds { Ok(()) } else { Err(DistributionError::Parameter { distribution, parameter, value, right }) }
}
