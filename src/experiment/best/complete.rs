//! Which entrants complete: settled before anything is compared.
//!
//! A run that does not finish is later than any number of days, so a scenario with such runs cannot be the best of any that always
//! finishes, however few they are. Without an unfinished run among `n` the share of unfinished runs is at most `1 − α^(1/n)` with
//! confidence `1 − α` (the exact upper bound of Clopper and Pearson for no event in `n`).

use super::race::Race;
use crate::results::{Completion, SelectionEnd};

/// The share of runs that may stay unfinished without being seen, at most.
const UNSEEN_SHARE: f64 = 0.01;

impl Race<'_, '_> {
    /// Runs every entrant as often as it takes to say with `level`, of all entrants together, that one without an unfinished run has at
    /// most [`UNSEEN_SHARE`] of them; less often where the cap comes first.
    pub(super) fn completion(&mut self, level: f64) -> Result<Completion, SelectionEnd> {
        let wrong = (1.0 - level) / self.entrants.len() as f64;
        let replications = runs_to_see(UNSEEN_SHARE, wrong).max(self.question.first_stage).min(self.question.cap);
        let all: Vec<usize> = (0..self.entrants.len()).collect();
        self.run_ahead(&all, replications)?;
        let unfinished_at_most = 1.0 - libm::pow(wrong, 1.0 / replications as f64);
        Ok(Completion { replications, unfinished_at_most, settled: unfinished_at_most <= UNSEEN_SHARE })
    }
}

/// The smallest `n` with `(1 − share)ⁿ ≤ wrong`.
fn runs_to_see(share: f64, wrong: f64) -> usize {
    libm::ceil(libm::log(wrong) / libm::log1p(-share)) as usize
}

#[cfg(test)]
mod tests {
    use super::runs_to_see;

    #[test]
    fn as_many_runs_as_it_takes_to_see_one_in_a_hundred() {
        // (1 − 0.01)^n ≤ 0.05: 299 is the known answer, the "rule of three" gives 300.
        assert_eq!(runs_to_see(0.01, 0.05), 299);
        assert_eq!(runs_to_see(0.5, 0.25), 2);
    }
}
