//! The procedure of Kim and Nelson: one more replication of each system still in, until one is left.

use crate::stats::{Tally, variance};

/// The constants of the boundary that shrinks with the number of replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boundary {
    /// η.
    pub eta: f64,
    /// h² = 2 η (n₀ − 1), with the constant c = 1 that its authors recommend.
    pub h2: f64,
}

impl Boundary {
    /// For systems that may be dependent, as under common random numbers: `η = ((2α/(k−1))^(−2/(n₀−1)) − 1) / 2`.
    #[must_use]
    pub fn common(systems: usize, first_stage: usize, alpha: f64) -> Self {
        Self::from_tail(2.0 * alpha / (systems as f64 - 1.0), first_stage)
    }

    /// For independent systems, a little narrower: `2(1 − (1 − α)^(1/(k−1)))` in place of `2α/(k−1)`.
    #[must_use]
    pub fn independent(systems: usize, first_stage: usize, alpha: f64) -> Self {
        Self::from_tail(-2.0 * libm::expm1(libm::log1p(-alpha) / (systems as f64 - 1.0)), first_stage)
    }

    fn from_tail(tail: f64, first_stage: usize) -> Self {
        let df = first_stage as f64 - 1.0;
        let eta = (libm::pow(tail, -2.0 / df) - 1.0) / 2.0;
        Self { eta, h2: 2.0 * eta * df }
    }
}

/// A selection under way; larger is better.
///
/// Of k systems whose best is at least δ ahead, the selected one is the best with probability 1 − α or more: Kim and Nelson, "A fully
/// sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11 (2001). Observations are to be normal, which
/// means of much that happens in a replication mostly are; replications of different systems may be dependent.
#[derive(Clone, Debug)]
pub struct KimNelson {
    delta: f64,
    /// The boundary.
    pub boundary: Boundary,
    /// `variances[i][l]`: the variance of the difference of systems i and l over the first stage.
    pub variances: Vec<Vec<f64>>,
    tallies: Vec<Tally>,
    survivors: Vec<usize>,
    /// Systems that were screened out, each with the number of replications at which it was, in order.
    pub eliminated: Vec<(usize, usize)>,
    replications: usize,
}

impl KimNelson {
    /// Begins with the first stage of every system, and screens once.
    ///
    /// # Panics
    ///
    /// If there are fewer than two systems, fewer than two replications, unequal numbers of them, or `delta` is not above 0.
    #[must_use]
    pub fn begin(first_stage: &[Vec<f64>], delta: f64, boundary: Boundary) -> Self {
        let n = first_stage.first().map_or(0, Vec::len);
        assert!(first_stage.len() > 1 && n > 1, "two systems with two replications each are the least");
        assert!(first_stage.iter().all(|values| values.len() == n), "every system has the same first stage");
        assert!(delta > 0.0, "a difference of {delta} is no indifference zone");
        let between = |i: &Vec<f64>, l: &Vec<f64>| {
            let differences: Vec<f64> = i.iter().zip(l).map(|(i, l)| i - l).collect();
            variance(&differences).expect("there are two replications")
        };
        let mut selection = Self {
            delta,
            boundary,
            variances: first_stage.iter().map(|i| first_stage.iter().map(|l| between(i, l)).collect()).collect(),
            tallies: first_stage.iter().map(|values| values.iter().copied().collect()).collect(),
            survivors: (0..first_stage.len()).collect(),
            eliminated: Vec::new(),
            replications: n,
        };
        selection.screen();
        selection
    }

    /// The systems still in, in their order.
    #[must_use]
    pub fn survivors(&self) -> &[usize] {
        &self.survivors
    }

    /// Replications that each system still in has.
    #[must_use]
    pub fn replications(&self) -> usize {
        self.replications
    }

    /// The mean of a system over the replications it got.
    #[must_use]
    pub fn mean(&self, system: usize) -> f64 {
        self.tallies[system].mean().expect("every system has a first stage")
    }

    /// Where a system must have been decided about: `⌊max h² S²ᵢₗ / δ²⌋`, over all others.
    #[must_use]
    pub fn bound_of(&self, system: usize) -> usize {
        let others = self.variances[system].iter().enumerate().filter(|(other, _)| *other != system);
        others.map(|(_, variance)| (self.boundary.h2 * variance / (self.delta * self.delta)).floor() as usize).max().unwrap_or(0)
    }

    /// The number of replications at which it ends at the latest: `max Nᵢ + 1`, at least the first stage.
    #[must_use]
    pub fn ends_by(&self) -> usize {
        let last = (0..self.tallies.len()).map(|system| self.bound_of(system) + 1).max().unwrap_or(0);
        last.max(self.tallies.iter().map(Tally::n).min().unwrap_or(0))
    }

    /// The system selected; `None` while more than one is in and the end has not come.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        if self.survivors.len() > 1 && self.replications < self.ends_by() {
            return None;
        }
        // The first of equals.
        self.survivors.iter().copied().rev().max_by(|a, b| self.mean(*a).total_cmp(&self.mean(*b)))
    }

    /// Adds one replication of every system still in, in their order, and screens.
    ///
    /// # Panics
    ///
    /// If there is not one value for each.
    pub fn add(&mut self, values: &[f64]) {
        assert_eq!(values.len(), self.survivors.len(), "one value for each system still in");
        for (system, value) in self.survivors.iter().zip(values) {
            self.tallies[*system].push(*value);
        }
        self.replications += 1;
        self.screen();
    }

    /// Keeps system i where `Ȳᵢ ≥ Ȳₗ − max(0, δ/2r (h² S²ᵢₗ/δ² − r))` for every other l that was in before.
    fn screen(&mut self) {
        let r = self.replications as f64;
        let before = std::mem::take(&mut self.survivors);
        let slack = |i: usize, l: usize| {
            let reach = self.boundary.h2 * self.variances[i][l] / (self.delta * self.delta);
            (self.delta / (2.0 * r) * (reach - r)).max(0.0)
        };
        let stays = |i: usize| before.iter().all(|&l| l == i || self.mean(i) >= self.mean(l) - slack(i, l));
        let (kept, out): (Vec<usize>, Vec<usize>) = before.iter().copied().partition(|&i| stays(i));
        self.survivors = kept;
        self.eliminated.extend(out.into_iter().map(|system| (system, self.replications)));
    }
}
