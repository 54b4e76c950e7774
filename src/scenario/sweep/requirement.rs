//! What a point of a sweep is to meet, as in `p80(days_to_completion) <= 36 d`.

use crate::scenario::condition::{Known, Statistic, bounded};
use crate::scenario::problem::Problem;
use crate::scenario::scenario_type::Bound;

/// A bound on a number of the distribution of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// As written.
    pub text: String,
    /// Name of the response.
    pub response: String,
    /// Which number of it.
    pub statistic: Statistic,
    /// The bound, in the unit of the response (of a share, as a part of 1).
    pub bound: Bound,
}

/// Reads a requirement; the place of a problem counts from the beginning of the text.
///
/// # Errors
///
/// What is wrong with it.
pub fn requirement(text: &str, known: Known<'_>) -> Result<Requirement, Vec<Problem>> {
    let (response, statistic, bound) = bounded(text, known)?;
    Ok(Requirement { text: text.trim().to_owned(), response, statistic, bound })
}
