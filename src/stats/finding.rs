//! What an interval of a difference lets one say, where differences up to some size do not matter.

use super::Interval;

/// A finding about a difference, before anybody says which way is better.
///
/// With the zone from −z to z of differences too small to matter:
///
/// * the whole interval beyond the zone: the difference is there, and it matters;
/// * the whole interval inside: no material change, which is a finding too;
/// * 0 outside the interval, but part of the zone inside: the sign is known, whether it matters is not;
/// * else: not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Lower, and it matters.
    Lower,
    /// Lower, but it may not matter.
    SlightlyLower,
    /// Too small to matter, whichever way.
    NoMaterialChange,
    /// Higher, but it may not matter.
    SlightlyHigher,
    /// Higher, and it matters.
    Higher,
    /// The interval holds 0 and differences that would matter.
    NotResolved,
}

impl Finding {
    /// All of them, from lower to higher.
    pub const ALL: [Self; 6] =
        [Self::Lower, Self::SlightlyLower, Self::NoMaterialChange, Self::SlightlyHigher, Self::Higher, Self::NotResolved];

    /// The finding from an interval of the difference and the largest difference that does not matter, which is at least 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use convoysim::stats::{Finding, Interval};
    ///
    /// let days = |mean, half_width| Interval::symmetric(mean, half_width, 0.95, 60);
    /// assert_eq!(Finding::of(&days(-4.1, 0.7), 0.5), Finding::Lower);
    /// assert_eq!(Finding::of(&days(-0.9, 0.7), 0.5), Finding::SlightlyLower);
    /// assert_eq!(Finding::of(&days(0.1, 0.3), 0.5), Finding::NoMaterialChange);
    /// assert_eq!(Finding::of(&days(0.6, 1.9), 0.5), Finding::NotResolved);
    /// ```
    #[must_use]
    pub fn of(difference: &Interval, too_small: f64) -> Self {
        let (lower, upper) = (difference.lower, difference.upper);
        if -too_small <= lower && upper <= too_small {
            Self::NoMaterialChange
        } else if upper < -too_small {
            Self::Lower
        } else if lower > too_small {
            Self::Higher
        } else if upper < 0.0 {
            Self::SlightlyLower
        } else if lower > 0.0 {
            Self::SlightlyHigher
        } else {
            Self::NotResolved
        }
    }

    /// The finding about the same difference with its sign turned.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Lower => Self::Higher,
            Self::SlightlyLower => Self::SlightlyHigher,
            Self::SlightlyHigher => Self::SlightlyLower,
            Self::Higher => Self::Lower,
            same @ (Self::NoMaterialChange | Self::NotResolved) => same,
        }
    }
}

/// About how many pairs would make the half-width as small as `target`: `n (half-width / target)²`, rounded up to two digits.
/// `None` where no number of pairs would, or the interval is open.
#[must_use]
pub fn pairs_wanted(difference: &Interval, target: f64) -> Option<usize> {
    let ratio = difference.half_width() / target;
    if target <= 0.0 || !ratio.is_finite() {
        return None;
    }
    let wanted = difference.n as f64 * ratio * ratio;
    let mut unit = 1.0;
    while wanted / unit >= 100.0 {
        unit *= 10.0;
    }
    // What rounding left over from a whole number does not count.
    Some(((wanted / unit - 1e-9).ceil() * unit) as usize)
}
