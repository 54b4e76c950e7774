//! Generators of a fraction as people write them.

use thiserror::Error;

use super::SignedWord;

/// The letters of factors, in order. I is left out: it stands for the column of ones.
pub(super) const LETTERS: &str = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

/// What is wrong with a generator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GeneratorError {
    /// More factors than letters.
    #[error("{0} factors, but a two-level design has at most {most}", most = LETTERS.len())]
    TooManyFactors(usize),
    /// Not of the form.
    #[error("\"{0}\" is not a generator: write one factor, \"=\" and a product of others, as in E=ABCD or F=-ABC")]
    Form(String),
    /// A letter beyond the factors.
    #[error("\"{generator}\" names {letter}, but the factors end with {last}")]
    UnknownFactor {
        /// The generator.
        generator: String,
        /// What it names.
        letter: char,
        /// The letter of the last factor.
        last: char,
    },
    /// A factor that stands twice in a product.
    #[error("\"{0}\" has a factor twice")]
    Repeated(String),
    /// Two generators for one factor.
    #[error("\"{0}\" generates a factor that another generator generates already")]
    Twice(String),
    /// A product with a factor that is itself generated.
    #[error("\"{0}\" uses a factor that is generated itself: write it as a product of free factors")]
    Generated(String),
}

/// The factor on the left side and the product on the right.
pub(super) fn read(generator: &str, factors: usize) -> Result<(usize, SignedWord), GeneratorError> {
    let form = || GeneratorError::Form(generator.into());
    let (left, right) = generator.split_once('=').ok_or_else(form)?;
    let (negative, product) = match right.trim().strip_prefix(['-', '−']) {
        Some(product) => (true, product),
        None => (false, right.trim().trim_start_matches('+')),
    };
    let mut lefts = left.trim().chars();
    let (Some(left), None, Some(_)) = (lefts.next(), lefts.next(), product.trim().chars().next()) else { return Err(form()) };
    let named = |letter: char| {
        let upper = letter.to_ascii_uppercase();
        let number = upper.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1));
        let place = number.or_else(|| LETTERS.chars().position(|known| known == upper)).ok_or_else(form)?;
        let last = factors.checked_sub(1).and_then(|last| LETTERS.chars().nth(last)).ok_or_else(form)?;
        if place < factors { Ok(place) } else { Err(GeneratorError::UnknownFactor { generator: generator.into(), letter, last }) }
    };
    let left = named(left)?;
    let mut word = SignedWord { factors: 0, negative };
    for letter in product.trim().chars() {
        let bit = 1 << named(letter)?;
        if word.factors & bit != 0 {
            return Err(GeneratorError::Repeated(generator.into()));
        }
        word.factors |= bit;
    }
    if word.factors >> left & 1 == 1 { Err(GeneratorError::Generated(generator.into())) } else { Ok((left, word)) }
}
