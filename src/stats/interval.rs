//! An estimate with its uncertainty.

use std::fmt;

/// An estimate and the interval around it, with the confidence level and the number of observations behind it.
///
/// An end may be infinite: then the data do not bound it at this level.
///
/// # Examples
///
/// ```
/// use convoysim::stats::Interval;
///
/// let days = Interval::symmetric(4.2, 0.31, 0.95, 30);
/// assert_eq!(days.to_string(), "4.20 ± 0.31 (95 %, n = 30)");
/// let share = Interval::new(0.0, 0.0, 0.161, 0.95, 20);
/// assert_eq!(share.to_string(), "0.00 [0.00, 0.16] (95 %, n = 20)");
/// assert_eq!(format!("{share:.3}"), "0.000 [0.000, 0.161] (95 %, n = 20)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The point estimate.
    pub estimate: f64,
    /// The lower end; minus infinity if the data set none.
    pub lower: f64,
    /// The upper end; infinity if the data set none.
    pub upper: f64,
    /// The confidence level, in (0, 1).
    pub level: f64,
    /// How many independent observations.
    pub n: usize,
    /// Whether it was made as estimate ± half-width.
    symmetric: bool,
}

impl Interval {
    /// `estimate ± half_width`.
    #[must_use]
    pub fn symmetric(estimate: f64, half_width: f64, level: f64, n: usize) -> Self {
        let (lower, upper) = (estimate - half_width, estimate + half_width);
        Self { symmetric: true, ..Self::new(estimate, lower, upper, level, n) }
    }

    /// An interval whose ends lie at different distances from the estimate.
    #[must_use]
    pub fn new(estimate: f64, lower: f64, upper: f64, level: f64, n: usize) -> Self {
        assert!(level > 0.0 && level < 1.0, "a confidence level of {level} is not between 0 and 1");
        Self { estimate, lower, upper, level, n, symmetric: false }
    }

    /// Half the distance of the two ends.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.upper - self.lower) / 2.0
    }

    /// The distance from the estimate to the end that is further away: "estimate ± reach" holds the whole interval.
    /// Infinite or NaN where the data bound the estimate on one side only, or not at all.
    #[must_use]
    pub fn reach(&self) -> f64 {
        let (below, above) = (self.estimate - self.lower, self.upper - self.estimate);
        if below > above { below } else { above }
    }

    /// Whether `value` lies in the interval.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Whether the interval was made as estimate ± half-width.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.symmetric
    }

    /// The same statement with every number passed through an increasing straight line, as for a change of unit.
    #[must_use]
    pub fn map(&self, line: impl Fn(f64) -> f64) -> Self {
        Self { estimate: line(self.estimate), lower: line(self.lower), upper: line(self.upper), ..*self }
    }
}

/// `4.20 ± 0.31 (95 %, n = 30)`, or `0.03 [0.01, 0.17] (95 %, n = 29)`; two decimals unless told otherwise.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(2);
        let Self { estimate, lower, upper, level, n, symmetric } = self;
        // 0.975 is 97.5 %, 0.95 is 95 %: as many digits as the level has, and no more.
        let percent = (level * 1e6).round() / 1e4;
        write!(f, "{estimate:.decimals$} ")?;
        if *symmetric {
            write!(f, "± {:.decimals$}", self.half_width())?;
        } else {
            write!(f, "[{lower:.decimals$}, {upper:.decimals$}]")?;
        }
        write!(f, " ({percent} %, n = {n})")
    }
}
