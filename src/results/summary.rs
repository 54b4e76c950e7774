//! Every response over all replications: mean with half-width, quantiles with Monte Carlo error, what to be careful about.
//!
//! A replication that did not reach a time counts as later than everything: the mean is then unknown, and so is every quantile
//! that such a replication touches. Where a response is not defined in some replications (a share of nothing), it is summed up over
//! the others, and `n` says over how many.

use super::{Outcomes, Reached, Reason, ResponseInfo, RunInfo, RunTable, Verdict};
use crate::stats::quantile::{Definition, enclosing_ranks, quantile_at, quantile_standard_error_at};
use crate::stats::{mean, mean_interval, skewness, too_skewed_for_t};

/// The quantiles of a summary: name and probability.
pub const QUANTILES: [(&str, f64); 5] = [("p10", 0.10), ("p50", 0.50), ("p80", 0.80), ("p90", 0.90), ("p95", 0.95)];

/// Confidence of every interval of a summary.
const LEVEL: f64 = 0.95;

/// What of a response is known without the order of its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Replications in which it is defined (not reached included).
    pub n: usize,
    /// Replications that did not reach it.
    pub not_reached: usize,
    /// Mean; `None` where some did not reach it.
    pub mean: Option<f64>,
    /// Half the width of the 95 % t interval of the mean.
    pub half_width: Option<f64>,
    /// Skewness.
    pub skewness: Option<f64>,
}

/// One response over all replications; what is unknown is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseSummary {
    /// Name, unit, which way is better.
    pub info: ResponseInfo,
    /// Replications in which it is defined (not reached included).
    pub n: usize,
    /// Replications that did not reach it.
    pub not_reached: usize,
    /// Mean.
    pub mean: Option<f64>,
    /// Half the width of the 95 % t interval of the mean.
    pub half_width: Option<f64>,
    /// Quantiles (definition 7), in the order of [`QUANTILES`].
    pub quantiles: [Option<f64>; 5],
    /// Monte Carlo standard errors of the quantiles.
    pub mcse: [Option<f64>; 5],
    /// Smallest value.
    pub min: Option<f64>,
    /// Largest value.
    pub max: Option<f64>,
    /// Skewness asks for more replications than there are before the interval of the mean is to be trusted; so many.
    pub wanted_for_mean: Option<usize>,
    /// Names of the quantiles for which there are too few replications to bound them with 95 % confidence.
    pub thin: Vec<&'static str>,
}

impl ResponseSummary {
    /// The quantile of a name of [`QUANTILES`], with its Monte Carlo error.
    #[must_use]
    pub fn quantile(&self, name: &str) -> Option<(f64, Option<f64>)> {
        let position = QUANTILES.iter().position(|(known, _)| *known == name)?;
        self.quantiles[position].map(|value| (value, self.mcse[position]))
    }

    /// What to be careful about, in sentences.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.n > 1 && !self.thin.is_empty() {
            warnings.push(format!("{} replications are too few to bound {} with 95 % confidence", self.n, self.thin.join(", ")));
        }
        if self.not_reached > 0 && self.not_reached < self.n {
            warnings.push(format!(
                "{} of {} replications did not reach it: its mean is unknown, quantiles count them as later than all others",
                self.not_reached, self.n
            ));
        }
        if let Some(wanted) = self.wanted_for_mean {
            warnings.push(format!(
                "the values are skewed: the interval of the mean is too narrow with fewer than {wanted} replications; read the quantiles"
            ));
        }
        warnings
    }

    /// Sums up a response: one value a replication, positive infinity where a time was not reached, NaN where it is not defined.
    #[must_use]
    pub fn of(info: &ResponseInfo, mut values: Vec<f64>) -> Self {
        values.retain(|value| !value.is_nan());
        let not_reached = values.iter().filter(|value| value.is_infinite()).count();
        let reached = if not_reached == 0 { values.as_slice() } else { &[] };
        let moments = Moments {
            n: values.len(),
            not_reached,
            mean: mean(reached),
            half_width: mean_interval(reached, LEVEL).map(|interval| interval.half_width()),
            skewness: skewness(reached),
        };
        values.sort_unstable_by(f64::total_cmp);
        Self::from_ranks(info, &moments, |rank| values[rank - 1])
    }

    /// Sums up a response of which the moments are known, and by `at` the value of each rank, from 1; so that nobody needs to hold all
    /// values at once.
    #[must_use]
    pub fn from_ranks(info: &ResponseInfo, moments: &Moments, at: impl Fn(usize) -> f64) -> Self {
        let n = moments.n;
        let finite = |value: f64| value.is_finite().then_some(value);
        let ends = (n > 0).then(|| [at(1), at(n)]);
        let varies = ends.is_some_and(|[first, last]| first != last);
        let skew = moments.skewness.filter(|g1| n > 2 && too_skewed_for_t(n, *g1));
        let bounded = |p: f64| {
            let ranks = enclosing_ranks(n, p, LEVEL);
            ranks.lower.is_some() && ranks.upper.is_some()
        };
        Self {
            info: info.clone(),
            n,
            not_reached: moments.not_reached,
            mean: moments.mean,
            half_width: moments.half_width,
            quantiles: QUANTILES.map(|(_, p)| quantile_at(n, p, Definition::default(), &at).and_then(finite)),
            mcse: QUANTILES.map(|(_, p)| quantile_standard_error_at(n, p, &at).and_then(finite)),
            min: ends.and_then(|[first, _]| finite(first)),
            max: ends.and_then(|[_, last]| finite(last)),
            wanted_for_mean: skew.map(|g1| (25.0 * g1 * g1).ceil() as usize),
            thin: QUANTILES.iter().filter(|(_, p)| varies && !bounded(*p)).map(|(name, _)| *name).collect(),
        }
    }
}

/// The summary of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Replications that ended.
    pub replications: usize,
    /// Of them, those that did not complete.
    pub censored: usize,
    /// How many ended in each way.
    pub outcomes: Outcomes,
    /// The commonest reason why some did not complete.
    pub reason: Option<Reason>,
    /// Replications that failed; they are in no other number.
    pub failed: usize,
    /// One entry a response, in column order.
    pub responses: Vec<ResponseSummary>,
    /// One entry an objective, in file order.
    pub objectives: Vec<Verdict>,
    /// One entry a condition of [`RunInfo::until`], in order.
    pub precision: Vec<Reached>,
}

impl Summary {
    /// Sums up a table.
    #[must_use]
    pub fn of(info: &RunInfo, table: &RunTable) -> Self {
        let responses = table.responses.iter().enumerate();
        Self {
            replications: table.records.len(),
            censored: table.censored(),
            outcomes: Outcomes::of(table),
            reason: Reason::commonest(table),
            failed: table.failures.len(),
            responses: responses.map(|(column, info)| ResponseSummary::of(info, table.reached_in(column))).collect(),
            objectives: info.objectives.iter().filter_map(|objective| Verdict::of(objective, table, info.horizon_days)).collect(),
            precision: info.until.as_ref().map_or_else(Vec::new, |until| until.judge(|response| table.reached(response))),
        }
    }

    /// A response by name.
    #[must_use]
    pub fn response(&self, name: &str) -> Option<&ResponseSummary> {
        self.responses.iter().find(|response| response.info.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Better;

    fn days(values: &[f64]) -> ResponseSummary {
        let info = ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() };
        let reached: Vec<f64> = values.iter().map(|value| info.reached(*value)).collect();
        ResponseSummary::of(&info, reached)
    }

    #[test]
    fn one_replication_has_a_mean_and_no_half_width() {
        let one = days(&[0.5]);
        assert_eq!((one.mean, one.half_width, one.quantiles[4], one.mcse[4]), (Some(0.5), None, Some(0.5), None));
        assert_eq!(one.warnings(), Vec::<String>::new());
    }

    #[test]
    fn a_censored_replication_is_later_than_everything() {
        let some = days(&[1.0, f64::NAN, 2.0, 3.0]);
        assert_eq!((some.mean, some.half_width, some.min, some.max, some.not_reached), (None, None, Some(1.0), None, 1));
        assert_eq!(some.quantiles, [Some(1.3), Some(2.5), None, None, None]);
    }

    #[test]
    fn skewed_values_ask_for_more_replications() {
        let mut values = vec![1.0; 49];
        values.push(100.0);
        assert!(days(&values).wanted_for_mean.is_some_and(|n| n > 50));
        assert!(days(&[1.0, 2.0, 3.0, 4.0]).wanted_for_mean.is_none());
    }

    #[test]
    fn few_replications_cannot_bound_the_tail() {
        assert_eq!(days(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]).thin, ["p10", "p80", "p90", "p95"]);
        assert_eq!(days(&[2.0, 2.0]).thin, Vec::<&str>::new());
    }
}
