//! Instants and durations in whole microsecond ticks.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

/// Ticks in a second: one tick is a microsecond.
pub const TICKS_PER_SECOND: u64 = 1_000_000;
/// Ticks in a minute.
pub const TICKS_PER_MINUTE: u64 = 60 * TICKS_PER_SECOND;
/// Ticks in an hour.
pub const TICKS_PER_HOUR: u64 = 60 * TICKS_PER_MINUTE;
/// Ticks in a day of 24 hours.
pub const TICKS_PER_DAY: u64 = 24 * TICKS_PER_HOUR;

/// A length of simulation time, in ticks, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Longer than any run.
    pub const MAX: Self = Self(u64::MAX);

    /// A duration of so many ticks (microseconds).
    #[must_use]
    pub const fn from_ticks(ticks: u64) -> Self {
        Self(ticks)
    }

    /// A duration of whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: u64) -> Self {
        Self(minutes * TICKS_PER_MINUTE)
    }

    /// A duration of whole hours.
    #[must_use]
    pub const fn from_hours(hours: u64) -> Self {
        Self(hours * TICKS_PER_HOUR)
    }

    /// A duration of whole days of 24 hours.
    #[must_use]
    pub const fn from_days(days: u64) -> Self {
        Self(days * TICKS_PER_DAY)
    }

    /// The duration nearest to a real number of ticks; negative numbers and NaN give zero.
    ///
    /// Samples are rounded here once, at the draw, and never again.
    #[must_use]
    #[inline]
    pub fn round_ticks(ticks: f64) -> Self {
        /// Below this a number fits into 63 bits.
        const SIGNED: f64 = (1_u64 << 63) as f64;
        // `as` saturates: NaN and negatives become 0. Adding one half and cutting rounds halves up.
        let half_up = ticks + 0.5;
        // What a signed number holds, nearly always, takes half as long to convert.
        if half_up < SIGNED { Self((half_up as i64).max(0) as u64) } else { Self(half_up as u64) }
    }

    /// Adds the durations [nearest](Self::round_ticks) to so many numbers of ticks.
    ///
    /// Where all are of ordinary size, as draws are, they are rounded side by side, without a branch and without a conversion.
    pub fn round_ticks_each(ticks: &[f64], durations: &mut Vec<Self>) {
        /// From here to its double, the last bit of a number is one: adding this rounds to a whole number, and its bits count on.
        const WHOLE: f64 = (1_u64 << 52) as f64;
        /// Half of that leaves room for the half that is added.
        const ORDINARY: f64 = WHOLE / 2.0;
        if ticks.iter().fold(true, |all, ticks| all & (*ticks >= 0.0) & (*ticks < ORDINARY)) {
            durations.extend(ticks.iter().map(|ticks| {
                let half_up = ticks + 0.5;
                let nearest = half_up + WHOLE;
                let above = nearest - WHOLE > half_up;
                Self(nearest.to_bits() - WHOLE.to_bits() - u64::from(above))
            }));
        } else {
            durations.extend(ticks.iter().map(|ticks| Self::round_ticks(*ticks)));
        }
    }

    /// The ticks of this duration.
    #[must_use]
    pub const fn ticks(self) -> u64 {
        self.0
    }

    /// This duration as a real number of hours.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.0 as f64 / TICKS_PER_HOUR as f64
    }

    /// This duration as a real number of minutes.
    #[must_use]
    pub fn minutes(self) -> f64 {
        self.0 as f64 / TICKS_PER_MINUTE as f64
    }

    /// This duration as a real number of 24-hour days.
    #[must_use]
    pub fn days(self) -> f64 {
        self.0 as f64 / TICKS_PER_DAY as f64
    }

    /// The difference, or zero where `other` is the longer one.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Whether this is no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Duration {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Mul<u64> for Duration {
    type Output = Self;
    fn mul(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl std::iter::Sum for Duration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Add::add)
    }
}

/// `2 d 03:04:05`, for messages and traces.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / TICKS_PER_SECOND;
        let (days, rest) = (seconds / 86_400, seconds % 86_400);
        if days > 0 {
            write!(f, "{days} d ")?;
        }
        write!(f, "{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
    }
}

/// An instant of simulation time: ticks since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

impl SimTime {
    /// The start of the run.
    pub const ZERO: Self = Self(0);
    /// Later than any run lasts.
    pub const NEVER: Self = Self(u64::MAX);

    /// The instant so many ticks after the start.
    #[must_use]
    pub const fn from_ticks(ticks: u64) -> Self {
        Self(ticks)
    }

    /// Ticks since the start.
    #[must_use]
    pub const fn ticks(self) -> u64 {
        self.0
    }

    /// The time since the start.
    #[must_use]
    pub const fn elapsed(self) -> Duration {
        Duration(self.0)
    }

    /// The time since an earlier instant, or zero where `earlier` is in fact later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }

    /// The instant `before` this one, but not before the start.
    #[must_use]
    pub const fn saturating_sub(self, before: Duration) -> Self {
        Self(self.0.saturating_sub(before.0))
    }
}

impl Add<Duration> for SimTime {
    type Output = Self;
    fn add(self, after: Duration) -> Self {
        Self(self.0.saturating_add(after.0))
    }
}

impl AddAssign<Duration> for SimTime {
    fn add_assign(&mut self, after: Duration) {
        *self = *self + after;
    }
}

impl Sub for SimTime {
    type Output = Duration;
    fn sub(self, earlier: Self) -> Duration {
        debug_assert!(self >= earlier, "{self:?} is before {earlier:?}");
        Duration(self.0 - earlier.0)
    }
}

impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.elapsed().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_rounded_together_are_rounded_as_one_by_one(
            ordinary in prop::collection::vec(prop_oneof![0.0..3.0, 0.0..1e9, 0.0..2.25e15, (0_u32..1_000_000).prop_map(|n| f64::from(n) / 2.0)], 0..20),
            odd in prop::option::of((0_usize..20, prop::sample::select(vec![-0.0, -1.5, f64::NAN, f64::INFINITY, 2.3e15, 1e19, 1e300]))),
        ) {
            let mut ticks = ordinary;
            if let Some((at, ticks_there)) = odd {
                ticks.insert(at.min(ticks.len()), ticks_there);
            }
            let mut together = vec![Duration::ZERO];
            Duration::round_ticks_each(&ticks, &mut together);
            let one_by_one: Vec<Duration> = ticks.iter().map(|ticks| Duration::round_ticks(*ticks)).collect();
            prop_assert_eq!(&together[1..], &one_by_one);
        }
    }
}
