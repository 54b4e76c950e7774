//! What may be said of a result: sentences that clear their uncertainty.
//!
//! Every figure in a title is an estimate from a number of replications. A day is said as it is if other seeds would hardly move it (its
//! 95 % order-statistic interval spans at most [`CLEAR_DAYS`] whole days beside it); otherwise the sentence gives the range.

use crate::report::words::{grouped, points};
use crate::stats::quantile::{quantile_interval, sorted};

/// How many whole days an interval may span for its day to be said without a range.
const CLEAR_DAYS: u64 = 3;

/// The day by whose end a share of the runs has finished, as far as so many runs can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// Estimate, whole and rounded up.
    pub(super) day: u64,
    /// 95 % order-statistic interval, rounded up too; no upper end where the runs cannot give one.
    pub(super) from: u64,
    pub(super) to: Option<u64>,
}

impl Day {
    /// The day at a share of ascending days, unfinished runs being infinite. `None` if more than the rest is unfinished.
    pub(super) fn of(ascending: &[f64], share: f64) -> Option<Self> {
        let interval = quantile_interval(ascending, share, 0.95).filter(|interval| interval.estimate.is_finite())?;
        let whole = |days: f64| days.ceil().max(1.0) as u64;
        Some(Self {
            day: whole(interval.estimate),
            from: if interval.lower.is_finite() { whole(interval.lower) } else { 1 },
            to: interval.upper.is_finite().then(|| whole(interval.upper)),
        })
    }

    /// Whether simulation noise is small beside a day.
    pub(super) fn is_clear(self) -> bool {
        self.to.is_some_and(|to| to - self.from < CLEAR_DAYS)
    }

    /// `day 36`.
    pub(super) fn words(self) -> String {
        format!("day {}", grouped(self.day as usize))
    }

    /// What is known of its error, in words.
    pub(super) fn error(self) -> String {
        match self.to {
            Some(to) if to == self.from => "95%: the same day".into(),
            Some(to) => format!("95%: day {} to {}", self.from, to),
            None => format!("95%: day {} or later", self.from),
        }
    }
}

/// Days to completion of every replication in ascending order, infinite where the horizon came first.
pub(super) fn days(output: &crate::results::Output) -> Vec<f64> {
    sorted(&output.table.reached("days_to_completion").unwrap_or_default())
}

/// `; 6 of 40 runs deadlock`, for a title that claims something of completion; empty where none does.
pub(super) fn stuck(output: &crate::results::Output) -> String {
    let outcomes = &output.summary.outcomes;
    match outcomes.deadlock {
        0 => String::new(),
        n => format!("; {} deadlock", often(n, outcomes.ended())),
    }
}

/// What a title says where no run completed: `All 40 runs deadlock`; `None` where the horizon ended some of them.
pub(super) fn all_stuck(output: &crate::results::Output) -> Option<String> {
    let outcomes = &output.summary.outcomes;
    match outcomes.ended() {
        runs if runs == 0 || runs != outcomes.deadlock => None,
        1 => Some("One run: it ends in a deadlock".into()),
        runs => Some(format!("All {} runs deadlock", grouped(runs))),
    }
}

/// A share of runs: `76 of 100 runs`; of fewer than 100 runs as they were counted.
pub(super) fn often(kept: usize, runs: usize) -> String {
    let share = kept as f64 / runs as f64;
    if runs <= 100 || share > 0.0 && share < 0.01 || share > 0.99 && share < 1.0 {
        format!("{} of {} runs", grouped(kept), grouped(runs))
    } else {
        format!("{} of 100 runs", points(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_clear_only_if_its_interval_is_narrow() {
        let many: Vec<f64> = (0..2_000).map(|i| 30.0 + f64::from(i) / 400.0).collect();
        let clear = Day::of(&many, 0.8).expect("a day");
        assert_eq!((clear.day, clear.is_clear()), (34, true));
        let few: Vec<f64> = (0..10).map(|i| 30.0 + f64::from(i)).collect();
        let vague = Day::of(&few, 0.8).expect("a day");
        assert_eq!((vague.to, vague.is_clear()), (None, false));
        assert_eq!(Day::of(&[1.0, f64::INFINITY, f64::INFINITY], 0.8), None);
    }

    #[test]
    fn shares_are_said_as_frequencies() {
        assert_eq!(
            [often(3, 4), often(760, 1_000), often(89, 200), often(999, 1_000), often(1_000, 1_000)],
            ["3 of 4 runs", "76 of 100 runs", "45 of 100 runs", "999 of 1,000 runs", "100 of 100 runs"]
        );
        assert_eq!([often(193, 200), often(29, 200)], ["97 of 100 runs", "15 of 100 runs"]);
    }
}
