//! How many replications are enough.
//!
//! A [`Precision`] says how narrow an interval must be. [`Sequence`] runs a sequential procedure: rounds of replications that end
//! at fixed numbers, a look at each end, and a stop when the look and the one before it found every interval narrow enough.
//! [`Plan::stops_at`] is the textbook's rule for one mean, which stops at the first look that does.
//!
//! A look sees whole rounds of replications in index order, so a stop does not depend on which thread finished first.

use super::mean::critical_t;
use super::{Interval, Tally};

/// How precise an estimate must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// The half-width is at most this.
    Absolute(f64),
    /// The error is at most this share of the true value; means a half-width of at most `γ / (1 + γ)` of the estimate
    /// (Law, *Simulation Modeling and Analysis*, §9.4.1). Never met by an estimate of 0.
    Relative(f64),
}

impl Precision {
    /// The largest half-width that will do around this estimate.
    #[must_use]
    pub fn limit(self, estimate: f64) -> f64 {
        match self {
            Self::Absolute(limit) => limit,
            Self::Relative(share) => share / (1.0 + share) * estimate.abs(),
        }
    }

    /// Whether an interval is narrow enough: the estimate ± the limit holds all of it. For a quantile give its
    /// order-statistic interval.
    #[must_use]
    pub fn is_met_by(self, interval: &Interval) -> bool {
        interval.reach() <= self.limit(interval.estimate)
    }
}

/// The ends of the rounds of a sequential procedure: 30, and then a twentieth more each time, at least 10 more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounds {
    /// No decision before so many replications: an early S may be small by luck (Law, §9.4.1, has 10; 30 is safer).
    pub floor: usize,
    /// The last end; whatever is known then has to do.
    pub at_most: usize,
}

impl Rounds {
    /// Fewest replications to decide on.
    pub const FLOOR: usize = 30;

    /// Rounds with the usual floor.
    #[must_use]
    pub fn up_to(at_most: usize) -> Self {
        Self { floor: Self::FLOOR, at_most }
    }

    /// The first end after `n` replications.
    #[must_use]
    pub fn end_after(self, n: usize) -> usize {
        let end = if n < self.floor { self.floor } else { n + (n / 20).max(10) };
        end.min(self.at_most)
    }
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Every interval is narrow enough.
    Enough,
    /// One is not yet.
    NotYet,
    /// One will not be, whatever else comes: a mean of which one value is infinite.
    Never,
}

/// Why a procedure stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Two looks, one after the other, found every interval narrow enough; or the last one that was allowed did.
    Reached,
    /// No more replications are allowed.
    AtMost,
    /// No number of replications would do.
    Never,
}

/// A sequential procedure under way.
///
/// The second look is the guard against a variance that was small by luck: Hoad, Robinson and Davies ("Automating warm-up
/// length estimation and replication selection", Journal of the Operational Research Society 61, 2010) go on for a
/// twentieth of the replications, at least 5, and ask that the precision holds.
///
/// # Examples
///
/// ```
/// use convoysim::stats::stopping::{Found, Rounds, Sequence, Stop};
///
/// let mut sequence = Sequence::new(Rounds::up_to(1_000));
/// assert_eq!(sequence.end(), 30);
/// assert_eq!(sequence.look(Found::Enough), None);
/// assert_eq!((sequence.end(), sequence.look(Found::Enough)), (40, Some(Stop::Reached)));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sequence {
    rounds: Rounds,
    end: usize,
    enough_before: bool,
}

impl Sequence {
    /// A procedure before its first replication.
    #[must_use]
    pub fn new(rounds: Rounds) -> Self {
        Self { rounds, end: rounds.end_after(0), enough_before: false }
    }

    /// The end of the round to run now: the number of replications at the next look.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// Takes what the look at this end found; nothing means that another round begins.
    pub fn look(&mut self, found: Found) -> Option<Stop> {
        let last = self.end >= self.rounds.at_most;
        let stop = match found {
            Found::Never => Some(Stop::Never),
            Found::Enough if self.enough_before || last => Some(Stop::Reached),
            _ => last.then_some(Stop::AtMost),
        };
        self.enough_before = found == Found::Enough;
        self.end = self.rounds.end_after(self.end);
        stop
    }
}

/// When to look, and when to give up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// No decision before so many replications: an early S may be small by luck. At least 10, better 30.
    pub minimum: usize,
    /// Decisions are made at the minimum and then after every so many further replications.
    pub round: usize,
    /// The confidence level of the intervals looked at.
    pub level: f64,
}

impl Plan {
    /// Whether a decision is due after `n` replications.
    #[must_use]
    pub fn looks_at(&self, n: usize) -> bool {
        n >= self.minimum && (n - self.minimum).is_multiple_of(self.round)
    }

    /// The first number of replications at which the mean of `values` is precise enough; nothing if it never is.
    #[must_use]
    pub fn stops_at(&self, values: &[f64], precision: Precision) -> Option<usize> {
        let mut tally = Tally::default();
        values.iter().enumerate().find_map(|(index, value)| {
            tally.push(*value);
            let n = index + 1;
            let met = self.looks_at(n) && precision.is_met_by(&tally.interval(self.level)?);
            met.then_some(n)
        })
    }
}

/// How many replications a pilot of `n` with this mean and variance lets expect: a planning hint, no promise.
///
/// The smallest `i ≥ n` with `t_(i-1) √(variance / i)` within the limit, mean and variance taken as known (Law, §9.4.1).
#[must_use]
pub fn replications_expected(pilot: &Tally, precision: Precision, level: f64, cap: usize) -> Option<usize> {
    let (mean, variance) = (pilot.mean()?, pilot.variance()?);
    let limit = precision.limit(mean);
    (pilot.n()..=cap).find(|i| critical_t(i - 1, level) * (variance / *i as f64).sqrt() <= limit)
}
