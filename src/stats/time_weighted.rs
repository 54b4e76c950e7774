//! Averages of what holds for a while: queue lengths, buses in use, states.

use super::special::sum;

/// A value that changes at instants and holds in between, from its first change to an end.
///
/// Right-continuous: at the instant of a change the new value holds. A value replaced at the same instant lasted no time
/// and counts nowhere, not even for minimum and maximum. Times may be in any unit.
///
/// # Examples
///
/// ```
/// use convoysim::stats::TimeWeighted;
///
/// let queue = TimeWeighted::new(&[(0.0, 0.0), (2.0, 3.0)], 8.0);
/// assert_eq!(queue.average(), Some(2.25));
/// assert_eq!(queue.between(0.0, 4.0).average(), Some(1.5));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TimeWeighted {
    /// Lengths of time and the values that held, in order; no length is 0.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    from: f64,
    to: f64,
    value: f64,
}

impl Piece {
    fn length(self) -> f64 {
        self.to - self.from
    }
}

impl TimeWeighted {
    /// From (time, value) changes and the time at which the last value ends.
    ///
    /// # Panics
    ///
    /// If times go back.
    #[must_use]
    pub fn new(changes: &[(f64, f64)], end: f64) -> Self {
        let ends = changes.iter().skip(1).map(|change| change.0).chain(std::iter::once(end));
        let pieces = changes.iter().zip(ends).map(|((from, value), to)| {
            assert!(*from <= to, "time goes back from {from} to {to}");
            Piece { from: *from, to, value: *value }
        });
        Self { pieces: pieces.filter(|piece| piece.to > piece.from).collect() }
    }

    /// What happened from one time to another; a piece that reaches over an end is cut there.
    #[must_use]
    pub fn between(&self, from: f64, to: f64) -> Self {
        let cut = |piece: &Piece| Piece { from: piece.from.max(from), to: piece.to.min(to), value: piece.value };
        Self { pieces: self.pieces.iter().map(cut).filter(|piece| piece.to > piece.from).collect() }
    }

    /// All the time covered.
    #[must_use]
    pub fn duration(&self) -> f64 {
        sum(self.pieces.iter().map(|piece| piece.length()))
    }

    /// The integral of the value over time.
    #[must_use]
    pub fn integral(&self) -> f64 {
        sum(self.pieces.iter().map(|piece| piece.length() * piece.value))
    }

    /// The integral over the time; nothing if no time passed.
    #[must_use]
    pub fn average(&self) -> Option<f64> {
        (!self.pieces.is_empty()).then(|| self.integral() / self.duration())
    }

    /// The time average of the squared distance from the time average.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let average = self.average()?;
        let squares = self.pieces.iter().map(|p| p.length() * (p.value - average) * (p.value - average));
        Some(sum(squares) / self.duration())
    }

    /// The smallest value that held for a while.
    #[must_use]
    pub fn minimum(&self) -> Option<f64> {
        self.pieces.iter().map(|piece| piece.value).reduce(f64::min)
    }

    /// The largest value that held for a while.
    #[must_use]
    pub fn maximum(&self) -> Option<f64> {
        self.pieces.iter().map(|piece| piece.value).reduce(f64::max)
    }

    /// Each value that held, with how long it did, in ascending order of the values.
    #[must_use]
    pub fn time_at_values(&self) -> Vec<(f64, f64)> {
        let mut pieces = self.pieces.clone();
        pieces.sort_by(|a, b| a.value.total_cmp(&b.value));
        pieces.chunk_by(|a, b| a.value == b.value).map(|same| (same[0].value, sum(same.iter().map(|piece| piece.length())))).collect()
    }

    /// The smallest value at or below which a share `p` of the time was spent.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let wanted = p * self.duration();
        let times = self.time_at_values();
        let mut spent = 0.0;
        let reached = times.iter().find(|(_, time)| {
            spent += time;
            // A thousandth of a billionth of the time is rounding, not time.
            spent >= wanted - 1e-12 * wanted.abs()
        });
        reached.or(times.last()).map(|(value, _)| *value)
    }
}

/// Busy unit-time over available unit-time: a ratio of integrals, because capacity changes and windows close.
///
/// Nothing if nothing was ever available.
#[must_use]
pub fn utilization(busy: &TimeWeighted, available: &TimeWeighted) -> Option<f64> {
    let available = available.integral();
    (available > 0.0).then(|| busy.integral() / available)
}
