//! Little's law as a check of bookkeeping: the same stay seen from the clock and from those who stay.

use super::TimeWeighted;
use super::special::sum;

/// Who came and went in a period, seen both ways.
///
/// Where a period begins and ends empty, L = λW holds exactly for any order of service; it is an identity of areas, not a
/// theorem about queues (Little 2011, "Little's law as viewed on its 50th anniversary").
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// The area under the number present, in unit-time.
    pub area: f64,
    /// L: the time average of the number present.
    pub mean_present: f64,
    /// λ: arrivals in a unit of time.
    pub arrival_rate: f64,
    /// W: the mean stay.
    pub mean_stay: f64,
}

impl Flow {
    /// From the times at which each arrived and left, over the period from `start` to the last departure; nothing if
    /// nobody came. L is taken from the clock and W from the stays, so that they can disagree.
    ///
    /// # Panics
    ///
    /// If the lists are not equally long.
    #[must_use]
    pub fn of_stays(arrivals: &[f64], departures: &[f64], start: f64) -> Option<Self> {
        assert_eq!(arrivals.len(), departures.len(), "each arrival has one departure");
        let end = departures.iter().copied().reduce(f64::max)?;
        let ups = arrivals.iter().map(|time| (*time, 1.0));
        let downs = departures.iter().map(|time| (*time, -1.0));
        let mut steps: Vec<(f64, f64)> = ups.chain(downs).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut present = 0.0;
        let changes = steps.into_iter().map(|(time, step)| {
            present += step;
            (time, present)
        });
        let changes: Vec<(f64, f64)> = std::iter::once((start, 0.0)).chain(changes).collect();
        let number = TimeWeighted::new(&changes, end);
        let count = arrivals.len() as f64;
        let stays = arrivals.iter().zip(departures).map(|(arrival, departure)| departure - arrival);
        Some(Self {
            area: number.integral(),
            mean_present: number.average()?,
            arrival_rate: count / number.duration(),
            mean_stay: sum(stays) / count,
        })
    }

    /// Whether L = λW up to rounding.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let product = self.arrival_rate * self.mean_stay;
        (self.mean_present - product).abs() <= 1e-9 * product.abs().max(self.mean_present.abs())
    }
}
