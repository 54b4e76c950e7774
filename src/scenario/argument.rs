//! Numbers given on a command line, by the one reader of numbers.

use super::quantity::{self, Decimal, Wrong};
use std::ops::RangeInclusive;

fn words(Wrong { why, help }: Wrong) -> String {
    if help.is_empty() { why } else { format!("it {why}; {help}") }
}

/// A part of 1: `0.95` or `95 %`.
///
/// # Errors
///
/// What is wrong with it, and what to write.
pub fn share(text: &str) -> Result<f64, String> {
    quantity::share(text).map(Decimal::real).map_err(words)
}

/// A whole number in a range: `1000`, `1,000`, `1e3`.
///
/// # Errors
///
/// What is wrong with it, and what to write.
pub fn count(text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let number = Decimal::read(text).map_err(words)?;
    let whole = number.whole().ok_or_else(|| "it must be a whole number".to_owned())?;
    u32::try_from(whole)
        .ok()
        .filter(|whole| range.contains(whole))
        .ok_or_else(|| format!("it must be from {} to {}", range.start(), range.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_held_to_the_grammar_of_scenarios() {
        assert_eq!(share("95 %"), Ok(0.95));
        assert_eq!(share("0,95"), Err("it has a comma that does not separate thousands; write 0.95".into()));
        assert_eq!(count("1,000", 1..=5_000), Ok(1_000));
        assert_eq!(count("1e3", 1..=5_000), Ok(1_000));
        assert_eq!(count("0", 1..=5_000), Err("it must be from 1 to 5000".into()));
        assert_eq!(count("1.5", 1..=5_000), Err("it must be a whole number".into()));
        assert_eq!(count("1 000", 1..=5_000), Err("it has something other than a comma between its thousands; write 1000".into()));
    }
}
