//! Factors at two levels each: all combinations, or a regular fraction of them.

use std::fmt;

use super::generator::{GeneratorError, LETTERS, read};
use crate::stats::special::sum;

/// A product of factors with a sign, such as `ABCD` or `-ABD`: an effect, or a word of a defining relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignedWord {
    /// Bit f is set if factor f is in the product.
    pub factors: u32,
    /// Whether the product has a minus.
    pub negative: bool,
}

impl SignedWord {
    /// The product of these factors (from 0), each once, with a plus.
    ///
    /// # Panics
    ///
    /// If a factor is beyond the 25 that have letters.
    #[must_use]
    pub fn of(factors: &[usize]) -> Self {
        assert!(factors.iter().all(|factor| *factor < TwoLevel::FACTORS), "a factor without a letter");
        Self { factors: factors.iter().fold(0, |word, factor| word | 1 << factor), negative: false }
    }

    /// How many factors it has.
    #[must_use]
    pub fn order(self) -> u32 {
        self.factors.count_ones()
    }

    /// The product of two words; a factor in both falls out, since its square is 1.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self { factors: self.factors ^ other.factors, negative: self.negative != other.negative }
    }
}

/// `ABD`, `-ABC`, or `I` for no factor. Factors have the letters from A on, without I.
impl fmt::Display for SignedWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = LETTERS.chars().enumerate().filter(|(factor, _)| self.factors >> factor & 1 == 1).map(|(_, letter)| letter);
        let word: String = letters.collect();
        write!(f, "{}{}", if self.negative { "-" } else { "" }, if word.is_empty() { "I" } else { &word })
    }
}

/// A two-level factorial design, full or fractional, in Yates' order: the first factor changes at every run, the next at every second.
///
/// Box, Hunter and Hunter, *Statistics for Experimenters* (2005), chapters 5 and 6.
///
/// # Examples
///
/// ```
/// use convoysim::stats::design::{SignedWord, TwoLevel};
///
/// let half = TwoLevel::fraction(4, &["D=ABC"])?;
/// assert_eq!((half.runs(), half.resolution()), (8, Some(4)));
/// let with_ab: Vec<String> = half.aliases(SignedWord::of(&[0, 1])).iter().map(ToString::to_string).collect();
/// assert_eq!(with_ab, ["CD"], "this design cannot tell AB from CD");
/// # Ok::<(), convoysim::stats::design::GeneratorError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoLevel {
    /// For each factor the product of base columns that is its own: one column for a base factor.
    columns: Vec<SignedWord>,
    /// How many factors are free.
    base: usize,
    /// The generators as words: `E=ABCD` is `ABCDE`.
    words: Vec<SignedWord>,
}

impl TwoLevel {
    /// The most factors: one a letter, without I.
    pub const FACTORS: usize = LETTERS.len();

    /// All 2ᵏ combinations; `None` for more than [`FACTORS`](Self::FACTORS) factors.
    #[must_use]
    pub fn full(factors: usize) -> Option<Self> {
        let columns = (0..factors).map(|factor| SignedWord { factors: 1 << factor, negative: false });
        (factors <= Self::FACTORS).then(|| Self { columns: columns.collect(), base: factors, words: Vec::new() })
    }

    /// A fraction 2ᵏ⁻ᵖ by p generators such as `E=ABCD` or `F=-ABC`, or in numbers, `5=1234`. The factors on their left sides follow from
    /// the others, which are free.
    ///
    /// # Errors
    ///
    /// [`GeneratorError`] if a generator cannot be read, names a factor that there is not, or one that is generated itself.
    pub fn fraction(factors: usize, generators: &[&str]) -> Result<Self, GeneratorError> {
        if factors > Self::FACTORS {
            return Err(GeneratorError::TooManyFactors(factors));
        }
        let mut read_so_far: Vec<(usize, SignedWord)> = Vec::new();
        for generator in generators {
            let (left, right) = read(generator, factors)?;
            if read_so_far.iter().any(|(other, _)| *other == left) {
                return Err(GeneratorError::Twice((*generator).into()));
            }
            read_so_far.push((left, right));
        }
        let generated = read_so_far.iter().fold(0_u32, |set, (left, _)| set | 1 << left);
        if let Some(at) = read_so_far.iter().position(|(_, right)| right.factors & generated != 0) {
            return Err(GeneratorError::Generated(generators[at].into()));
        }
        let free: Vec<usize> = (0..factors).filter(|factor| generated >> factor & 1 == 0).collect();
        // A word of factors becomes a word of columns of the base.
        let in_base = |word: SignedWord| {
            let bits = free.iter().enumerate().filter(|(_, factor)| word.factors >> **factor & 1 == 1);
            SignedWord { factors: bits.fold(0, |set, (column, _)| set | 1 << column), negative: word.negative }
        };
        let column = |factor: usize| match read_so_far.iter().find(|(left, _)| *left == factor) {
            Some((_, right)) => in_base(*right),
            None => in_base(SignedWord::of(&[factor])),
        };
        let words = read_so_far.iter().map(|(left, right)| right.times(SignedWord::of(&[*left])));
        Ok(Self { columns: (0..factors).map(column).collect(), base: free.len(), words: words.collect() })
    }

    /// k.
    #[must_use]
    pub fn factors(&self) -> usize {
        self.columns.len()
    }

    /// How many runs: 2ᵏ, or 2ᵏ⁻ᵖ.
    #[must_use]
    pub fn runs(&self) -> u64 {
        1 << self.base
    }

    /// Whether this factor is high in this run.
    ///
    /// # Panics
    ///
    /// If there is no such run or factor.
    #[must_use]
    pub fn is_high(&self, run: u64, factor: usize) -> bool {
        assert!(run < self.runs(), "run {run} of {}", self.runs());
        let column = self.columns[factor];
        let lows = u64::from(column.factors) & !run;
        lows.count_ones().is_multiple_of(2) != column.negative
    }

    /// The words that are I on every run of the fraction, short ones first; empty for a full design.
    #[must_use]
    pub fn defining_relation(&self) -> Vec<SignedWord> {
        let mut all: Vec<SignedWord> = (1_u32..1 << self.words.len())
            .map(|subset| {
                let chosen = self.words.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1);
                chosen.fold(SignedWord::of(&[]), |product, (_, word)| product.times(*word))
            })
            .collect();
        all.sort_by_key(|word| order_of_reading(*word));
        all
    }

    /// The length of the shortest word of the defining relation; `None` for a full design. At III main effects are mixed with interactions
    /// of two, at IV only those with each other, at V neither.
    #[must_use]
    pub fn resolution(&self) -> Option<u32> {
        self.defining_relation().first().map(|word| word.order())
    }

    /// The effects that this design cannot tell from this one, short ones first.
    #[must_use]
    pub fn aliases(&self, effect: SignedWord) -> Vec<SignedWord> {
        let mut all: Vec<SignedWord> = self.defining_relation().into_iter().map(|word| word.times(effect)).collect();
        all.sort_by_key(|word| order_of_reading(*word));
        all
    }

    /// The effect of a factor, or an interaction, from the responses of all runs in order: the mean where the product of signs is plus,
    /// less the mean where it is minus. Half of it is the coefficient of a regression on −1 and +1. In a fraction it is the sum of the
    /// effect and all its aliases, each with its sign.
    ///
    /// # Panics
    ///
    /// If there is not one response a run.
    #[must_use]
    pub fn effect(&self, effect: SignedWord, responses: &[f64]) -> f64 {
        assert_eq!(responses.len() as u64, self.runs(), "each run has a response");
        let plus = |run: u64| {
            let factors = (0..self.factors()).filter(|factor| effect.factors >> factor & 1 == 1);
            factors.filter(|factor| !self.is_high(run, *factor)).count().is_multiple_of(2) != effect.negative
        };
        let contrast = sum(responses.iter().zip(0..).map(|(response, run)| if plus(run) { *response } else { -response }));
        contrast / (responses.len() as f64 / 2.0)
    }
}

/// Short words first, and among them those with early letters.
fn order_of_reading(word: SignedWord) -> (u32, u32) {
    (word.order(), word.factors.reverse_bits() ^ u32::MAX)
}
