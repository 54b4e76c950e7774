//! What can be wrong with a distribution, in words that say what would be right.

use thiserror::Error;

/// Why a distribution was refused.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DistributionError {
    /// One parameter lies outside its range.
    #[error("{parameter} of the {distribution} distribution is {value}, but must be {right}")]
    Parameter {
        /// The family, as written in a scenario.
        distribution: &'static str,
        /// The parameter's name.
        parameter: &'static str,
        /// What it was.
        value: f64,
        /// What it must be.
        right: &'static str,
    },
    /// Two bounds, or the mode among them, are in the wrong order.
    #[error("the {distribution} distribution has {lower_name} {lower} above {upper_name} {upper}; give {right}")]
    Order {
        /// The family, as written in a scenario.
        distribution: &'static str,
        /// Name of the parameter that should be the lower one.
        lower_name: &'static str,
        /// Its value.
        lower: f64,
        /// Name of the parameter that should be the upper one.
        upper_name: &'static str,
        /// Its value.
        upper: f64,
        /// The right order.
        right: &'static str,
    },
    /// A list without values.
    #[error("the {distribution} distribution has no values; give at least one")]
    NoValues {
        /// The family, as written in a scenario.
        distribution: &'static str,
    },
    /// Values and weights do not pair up.
    #[error("the discrete distribution has {values} values but {weights} weights; give one weight for each value")]
    WeightCount {
        /// How many values.
        values: usize,
        /// How many weights.
        weights: usize,
    },
    /// Nothing could ever be drawn.
    #[error("all weights of the discrete distribution are 0; give at least one above 0")]
    NoWeight,
}
