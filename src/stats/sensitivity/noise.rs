//! What chance contributes to means over replications, and to their products.

use crate::stats::special::sum;
use crate::stats::{Pairing, variance};

/// The responses at some points, `replications` values each.
///
/// With common random numbers the replications of all points belong together: replication k met the same chance everywhere. Then the
/// overall mean of replication k is first taken off all its values. It is common to all points and falls out of every
/// difference; what is left is how chance and inputs act together, and only that blurs an index.
pub(super) struct Points {
    /// Values less the mean of all points: of the same replication with common random numbers, else of all.
    centred: Vec<f64>,
    /// Their mean at each point.
    means: Vec<f64>,
    replications: usize,
    pairing: Pairing,
}

impl Points {
    /// From the values of all points, one point after the other.
    ///
    /// `of_mean` says which points count for the overall mean, by their number. `replications` is a list of those that are used.
    pub(super) fn new(values: &[f64], all: usize, used: &[usize], pairing: Pairing, of_mean: impl Fn(usize) -> bool) -> Self {
        let points = || values.chunks_exact(all).enumerate();
        let counted = || points().filter(|(at, _)| of_mean(*at)).map(|(_, point)| point);
        let number = counted().count() as f64;
        let mut means: Vec<f64> = used.iter().map(|k| sum(counted().map(|point| point[*k])) / number).collect();
        if pairing == Pairing::Independent {
            let overall = sum(means.iter().copied()) / used.len() as f64;
            means.fill(overall);
        }
        let centred: Vec<f64> = points().flat_map(|(_, point)| used.iter().zip(&means).map(|(k, mean)| point[*k] - mean)).collect();
        let replications = used.len();
        let means = centred.chunks_exact(replications).map(|point| sum(point.iter().copied()) / replications as f64).collect();
        Self { centred, means, replications, pairing }
    }

    fn values(&self, point: usize) -> &[f64] {
        &self.centred[point * self.replications..][..self.replications]
    }

    /// The mean of a point over replications, less the overall mean.
    pub(super) fn mean(&self, point: usize) -> f64 {
        self.means[point]
    }

    /// The covariance of the errors of two such means: what chance adds on average to their product. 0 where it cannot be known, with a
    /// single replication.
    ///
    /// `S² / r` for a point and itself. For two points with independent random numbers 0, with common ones the covariance over
    /// replications, divided by their number.
    pub(super) fn covariance(&self, one: usize, other: usize) -> f64 {
        let r = self.replications as f64;
        if self.replications < 2 || (one != other && self.pairing == Pairing::Independent) {
            return 0.0;
        }
        let (mean_one, mean_other) = (self.mean(one), self.mean(other));
        let products = self.values(one).iter().zip(self.values(other)).map(|(x, y)| (x - mean_one) * (y - mean_other));
        sum(products) / (r - 1.0) / r
    }

    /// What chance adds on average to the square of the difference of two means.
    pub(super) fn of_difference(&self, one: usize, other: usize) -> f64 {
        self.covariance(one, one) + self.covariance(other, other) - 2.0 * self.covariance(one, other)
    }
}

/// The sample variance of a single run at a point over the replications used, seeds and all; 0 for a single one.
pub(super) fn of_one_run(values: &[f64], used: &[usize]) -> f64 {
    variance(&used.iter().map(|k| values[*k]).collect::<Vec<f64>>()).unwrap_or(0.0)
}

/// At most so many parts are left out in turn.
const MOST_GROUPS: usize = 50;

/// Replications without each group of them in turn, where they are common to all points and enough to say how they matter: at least
/// three. Else nothing.
pub(super) fn left_out_in_turn(replications: usize, pairing: Pairing) -> Vec<Vec<usize>> {
    if pairing == Pairing::Independent || replications < 3 {
        return Vec::new();
    }
    let groups = replications.min(MOST_GROUPS);
    (0..groups).map(|out| (0..replications).filter(|k| k % groups != out).collect()).collect()
}
