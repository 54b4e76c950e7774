//! The algebra of exposure windows: pure functions on half-open intervals.
//!
//! Definitions: sum Σ|W|, union |∪W|, longest connected part, and the count K(t) of windows that contain t, with
//! `max|W| ≤ |∪W| ≤ Σ|W|` and `∫K dt = Σ|W|`.

use crate::units::{Duration, SimTime};

/// A half-open interval `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// First instant inside.
    pub from: SimTime,
    /// First instant no longer inside.
    pub to: SimTime,
}

impl Interval {
    /// The interval `[from, to)`; empty where `to` is not after `from`.
    #[must_use]
    pub const fn new(from: SimTime, to: SimTime) -> Self {
        Self { from, to }
    }

    /// Its length.
    #[must_use]
    pub const fn length(self) -> Duration {
        self.to.since(self.from)
    }

    /// The part it shares with another.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}

/// Σ|W|.
#[must_use]
pub fn sum(windows: &[Interval]) -> Duration {
    windows.iter().map(|w| w.length()).sum()
}

/// The windows joined where they touch or overlap, in order.
#[must_use]
pub fn union(windows: &[Interval]) -> Vec<Interval> {
    let mut sorted: Vec<Interval> = windows.iter().copied().filter(|w| w.to > w.from).collect();
    sorted.sort_unstable();
    let mut joined: Vec<Interval> = Vec::new();
    for window in sorted {
        match joined.last_mut() {
            Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
            _ => joined.push(window),
        }
    }
    joined
}

/// The longest connected part of the union.
#[must_use]
pub fn longest(windows: &[Interval]) -> Duration {
    union(windows).iter().map(|w| w.length()).max().unwrap_or(Duration::ZERO)
}

/// The parts of the windows outside `cover`, window by window.
#[must_use]
pub fn outside(windows: &[Interval], cover: &[Interval]) -> Vec<Interval> {
    let cover = union(cover);
    let mut left = Vec::new();
    for window in windows {
        let mut from = window.from;
        for c in &cover {
            let shared = window.overlap(*c);
            if shared.to > shared.from {
                if shared.from > from {
                    left.push(Interval::new(from, shared.from));
                }
                from = from.max(shared.to);
            }
        }
        if window.to > from {
            left.push(Interval::new(from, window.to));
        }
    }
    left
}

/// Σ of the parts of the windows inside `within`.
#[must_use]
pub fn sum_within(windows: &[Interval], within: &[Interval]) -> Duration {
    let within = union(within);
    windows.iter().flat_map(|w| within.iter().map(|c| w.overlap(*c).length())).sum()
}

/// The most that weights of windows add up to at once, over intervals of positive length.
#[must_use]
pub fn peak(weighted: &[(Interval, u32)]) -> u32 {
    let mut edges: Vec<(SimTime, i64)> =
        weighted.iter().filter(|(w, _)| w.to > w.from).flat_map(|(w, n)| [(w.from, i64::from(*n)), (w.to, -i64::from(*n))]).collect();
    edges.sort_unstable();
    let (mut now, mut peak) = (0, 0);
    for (_, change) in edges {
        now += change;
        peak = peak.max(now);
    }
    u32::try_from(peak).expect("weights are not negative")
}

/// Time in which at least `k` windows hold.
#[must_use]
pub fn time_with_at_least(windows: &[Interval], k: u32) -> Duration {
    let mut edges: Vec<(SimTime, i32)> = windows.iter().filter(|w| w.to > w.from).flat_map(|w| [(w.from, 1), (w.to, -1)]).collect();
    edges.sort_unstable();
    let (mut count, mut total, mut since) = (0_i32, Duration::ZERO, SimTime::ZERO);
    for (at, change) in edges {
        if count >= k.cast_signed() {
            total += at - since;
        }
        count += change;
        since = at;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: u64, minutes: u64) -> SimTime {
        // Clock times of the worked examples; those before noon belong to the next day.
        let day = if hours < 12 { 24 } else { 0 };
        SimTime::ZERO + Duration::from_minutes((hours + day) * 60 + minutes)
    }

    fn hours(d: Duration) -> f64 {
        d.hours()
    }

    #[test]
    fn w18_three_windows_under_two_spells_of_cover() {
        let a = Interval::new(at(20, 0), at(1, 0));
        let b = Interval::new(at(20, 45), at(1, 45));
        let c = Interval::new(at(3, 0), at(8, 0));
        let windows = [a, b, c];
        let cover = [Interval::new(at(19, 30), at(0, 30)), Interval::new(at(2, 30), at(7, 30))];
        let day = [Interval::new(at(6, 30), at(11, 59))];
        assert_eq!(hours(sum(&windows)), 15.0);
        assert_eq!(hours(sum(&union(&windows))), 10.75);
        assert_eq!(hours(longest(&windows)), 5.75);
        assert_eq!(peak(&[(a, 1), (b, 1), (c, 1)]), 2);
        assert_eq!(hours(time_with_at_least(&windows, 2)), 4.25);
        assert_eq!(peak(&[(a, 200), (b, 160), (c, 240)]), 360);
        let people = |parts: &[(Interval, u32)]| parts.iter().map(|(w, n)| w.length().hours() * f64::from(*n)).sum::<f64>();
        assert_eq!(people(&[(a, 200), (b, 160), (c, 240)]), 3000.0);
        let uncovered = outside(&windows, &cover);
        assert_eq!(hours(sum(&uncovered)), 2.25);
        assert_eq!(hours(sum(&union(&uncovered))), 1.75);
        let uncovered_people: f64 =
            [(a, 200), (b, 160), (c, 240)].iter().map(|(w, n)| sum(&outside(&[*w], &cover)).hours() * f64::from(*n)).sum();
        assert_eq!(uncovered_people, 420.0);
        assert_eq!(hours(sum_within(&windows, &day)), 1.5);
    }

    #[test]
    fn g2_two_windows_under_cover_with_a_gap() {
        let minute = |m| SimTime::ZERO + Duration::from_minutes(m);
        let windows = [Interval::new(minute(180), minute(516)), Interval::new(minute(360), minute(696))];
        let cover = [Interval::new(minute(120), minute(360)), Interval::new(minute(480), minute(720))];
        let uncovered = outside(&windows, &cover);
        assert_eq!(sum(&uncovered), Duration::from_minutes(240));
        assert_eq!(sum(&union(&uncovered)), Duration::from_minutes(120));
        assert_eq!(sum(&windows), Duration::from_minutes(672));
        assert_eq!(sum(&union(&windows)), Duration::from_minutes(516));
        assert_eq!(time_with_at_least(&windows, 2), Duration::from_minutes(156));
    }

    #[test]
    fn an_interval_that_ends_where_another_begins_joins_it_and_adds_nothing_to_the_peak() {
        let minute = |m| SimTime::ZERO + Duration::from_minutes(m);
        let (first, second) = (Interval::new(minute(0), minute(10)), Interval::new(minute(10), minute(20)));
        assert_eq!(union(&[first, second]), [Interval::new(minute(0), minute(20))]);
        assert_eq!(peak(&[(first, 5), (second, 7)]), 7);
    }
}
