//! `pairs.csv`: every pair of replications of a comparison.

use super::Table;
use crate::results::Comparison;
use std::io::{self, Write};

/// One row a pair, scenario and response; a value that was not reached or is not defined is empty, and so is its difference.
///
/// # Errors
///
/// Those of the writer.
pub fn pairs(comparison: &Comparison, out: impl Write) -> io::Result<()> {
    let mut csv = Table::new(out, ["pair", "scenario", "metric", "base", "variant", "diff"])?;
    for contrast in &comparison.contrasts {
        for response in &contrast.responses {
            let values = response.base.iter().zip(&response.variant).zip(response.differences());
            for (pair, ((base, variant), difference)) in contrast.pairs.iter().zip(values) {
                csv.count(*pair)?.text(&contrast.variant.label)?.text(&response.info.name)?;
                csv.number(*base)?.number(*variant)?.number(difference)?.end()?;
            }
        }
    }
    csv.finish()
}
