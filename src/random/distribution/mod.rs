//! Probability distributions over real numbers: made with a check, sampled, and known in closed form.
//!
//! One value type, [`Distribution`]; `construct` makes and refuses, `sample` draws, `moments` knows mean, variance and
//! range. A distribution deliberately carries no unit and no name of what it describes.

mod construct;
mod error;
mod known;
mod logarithm;
mod moments;
mod sample;

pub use error::DistributionError;

/// A probability distribution over real numbers, checked when it was made.
///
/// Constructors are named after their parameters. A distribution without spread (equal bounds, zero standard
/// deviation) is a constant, takes no random number, and says so in [`is_constant`](Self::is_constant).
///
/// # Examples
///
/// ```
/// use convoysim::random::{Distribution, StreamKey};
///
/// let lane_minutes = Distribution::triangular(4.0, 6.0, 12.0)?;
/// let mut stream = StreamKey::new(1, "lane time", "crossing", "border").stream(0, 3, 0);
/// let minutes = lane_minutes.sample(&mut stream);
/// assert!((4.0..=12.0).contains(&minutes));
/// assert!(Distribution::triangular(4.0, 3.0, 12.0).is_err());
/// # Ok::<(), convoysim::random::DistributionError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution(Family);

/// The families, with the parameters their samplers want. Scale parameters are kept apart from shapes, so that a change
/// of unit is one multiplication of each.
#[derive(Clone, Debug, PartialEq)]
enum Family {
    Constant {
        value: f64,
    },
    Uniform {
        min: f64,
        max: f64,
    },
    Triangular {
        min: f64,
        mode: f64,
        max: f64,
    },
    /// A beta distribution on [min, min + width]; PERT is one of these.
    Beta {
        alpha: f64,
        beta: f64,
        min: f64,
        width: f64,
    },
    Lognormal {
        median: f64,
        sigma: f64,
    },
    Exponential {
        mean: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    /// A gamma distribution with a small whole shape, drawn by another sampler.
    Erlang {
        shape: u32,
        scale: f64,
    },
    Weibull {
        shape: f64,
        scale: f64,
    },
    /// A normal distribution of which only what lies above 0 is kept; `kept` is its probability.
    TruncatedNormal {
        mean: f64,
        sd: f64,
        kept: f64,
    },
    /// Values in ascending order, with the probability of each value or a smaller one.
    Discrete {
        values: Vec<f64>,
        cumulative: Vec<f64>,
    },
    /// Observed values in ascending order, each as likely as the others.
    Empirical {
        values: Vec<f64>,
    },
}

impl Distribution {
    /// The same distribution in another unit: every value times `factor`.
    ///
    /// The change is exact in the sense that only scale parameters are multiplied; shapes stay as they are.
    ///
    /// # Panics
    ///
    /// If `factor` is negative or not finite.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        assert!(factor.is_finite() && factor >= 0.0, "scale factor {factor} must be at least 0");
        if factor == 0.0 {
            return Self(Family::Constant { value: 0.0 });
        }
        let times = |values: &[f64]| values.iter().map(|value| value * factor).collect();
        Self(match &self.0 {
            Family::Constant { value } => Family::Constant { value: value * factor },
            Family::Uniform { min, max } => Family::Uniform { min: min * factor, max: max * factor },
            Family::Triangular { min, mode, max } => Family::Triangular { min: min * factor, mode: mode * factor, max: max * factor },
            Family::Beta { alpha, beta, min, width } => {
                Family::Beta { alpha: *alpha, beta: *beta, min: min * factor, width: width * factor }
            }
            Family::Lognormal { median, sigma } => Family::Lognormal { median: median * factor, sigma: *sigma },
            Family::Exponential { mean } => Family::Exponential { mean: mean * factor },
            Family::Gamma { shape, scale } => Family::Gamma { shape: *shape, scale: scale * factor },
            Family::Erlang { shape, scale } => Family::Erlang { shape: *shape, scale: scale * factor },
            Family::Weibull { shape, scale } => Family::Weibull { shape: *shape, scale: scale * factor },
            Family::TruncatedNormal { mean, sd, kept } => Family::TruncatedNormal { mean: mean * factor, sd: sd * factor, kept: *kept },
            Family::Discrete { values, cumulative } => Family::Discrete { values: times(values), cumulative: cumulative.clone() },
            Family::Empirical { values } => Family::Empirical { values: times(values) },
        })
    }

    /// The one value this distribution can give, if it has only one.
    #[must_use]
    pub fn is_constant(&self) -> Option<f64> {
        match self.0 {
            Family::Constant { value } => Some(value),
            _ => None,
        }
    }
}
