//! Screening of many factors with few runs.

/// The design of Plackett and Burman (Biometrika 33, 1946): up to N − 1 two-level factors in N runs, all columns orthogonal.
///
/// Main effects are not mixed with each other, but each is mixed with parts of many interactions of two others: a screening, not an answer.
/// Here N − 1 is a prime that leaves 3 when divided by 4 (N = 4, 8, 12, 20, 24, 32, 44 …). Then the first row is high at 0 and at the
/// squares modulo N − 1 (Paley, Journal of Mathematics and Physics 12, 1933), each further row is the one before it turned by one place, and
/// the last row is low throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlackettBurman {
    runs: usize,
}

impl PlackettBurman {
    /// The design with just so many runs; `None` if it is not one of those described.
    #[must_use]
    pub fn with_runs(runs: usize) -> Option<Self> {
        let prime = |q: usize| q > 2 && (2..).take_while(|d| d * d <= q).all(|d| !q.is_multiple_of(d));
        (runs.is_multiple_of(4) && prime(runs - 1)).then_some(Self { runs })
    }

    /// The smallest design for so many factors.
    #[must_use]
    pub fn for_factors(factors: usize) -> Self {
        // There is always one: primes of the form 4k + 3 do not end.
        (factors + 1..).find_map(Self::with_runs).expect("there is no largest prime of the form 4k + 3")
    }

    /// N.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// Whether this factor (from 0, below N − 1) is high in this run.
    ///
    /// # Panics
    ///
    /// If there is no such run or factor.
    #[must_use]
    pub fn is_high(&self, run: usize, factor: usize) -> bool {
        let q = self.runs - 1;
        assert!(run < self.runs && factor < q, "run {run} and factor {factor} of {} runs", self.runs);
        let place = (factor + q - run % q) % q;
        run < q && (0..=q / 2).any(|root| root * root % q == place)
    }
}
