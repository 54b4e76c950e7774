//! Measures of sensitivity, one a row.

use super::Table;
use crate::results::{Measures, Sensitivity};
use crate::stats::Interval;
use std::io::{self, Write};

/// One row an analysis, response, factor (or pair of factors) and measure, with the noise floor of that measure where there is one. Factors stand in
/// the order of the sweep file. Indices are shares; elementary effects have the unit of the response.
///
/// # Errors
///
/// Those of the writer.
pub fn sensitivity(analyses: &[Sensitivity], out: impl Write) -> io::Result<()> {
    let mut csv =
        Table::new(out, ["method", "response", "unit", "factor", "with", "measure", "estimate", "lower", "upper", "noise_floor"])?;
    for (analysis, response) in analyses.iter().flat_map(|one| one.responses.iter().map(move |response| (one, response))) {
        let id = |factor: usize| analysis.factors[factor].id.as_str();
        let mut row = |unit: &str, factor: &str, with: &str, measure: &str, of: &Interval, floor: Option<f64>| {
            csv.text(analysis.design.word())?.text(&response.info.name)?.text(unit)?.text(factor)?.text(with)?.text(measure)?;
            csv.number(of.estimate)?.number(of.lower)?.number(of.upper)?.number(floor.unwrap_or(f64::NAN))?.end()
        };
        match &response.measures {
            Measures::Morris(morris) => {
                let floor = morris.floor;
                for (factor, one) in morris.factors.iter().enumerate() {
                    row(response.info.unit, id(factor), "", "mu", &one.mu, None)?;
                    row(response.info.unit, id(factor), "", "mu_star", &one.mu_star, floor.map(|floor| floor.mu_star))?;
                    row(response.info.unit, id(factor), "", "sigma", &one.sigma, floor.map(|floor| floor.sigma))?;
                }
            }
            Measures::Sobol(sobol) => {
                let floor = sobol.floor;
                for factor in 0..sobol.total.len() {
                    row("", id(factor), "", "first", &sobol.first[factor], floor.map(|floor| floor.first))?;
                    row("", id(factor), "", "first_jansen", &sobol.first_jansen[factor], None)?;
                    row("", id(factor), "", "total", &sobol.total[factor], floor.map(|floor| floor.total))?;
                }
                for pair in &sobol.pairs {
                    row("", id(pair.factors[0]), id(pair.factors[1]), "second", &pair.index, None)?;
                }
                row("", "", "", "sum_of_first", &sobol.sum_of_first, None)?;
                if let Some(share) = &sobol.noise_share {
                    row("", "", "", "noise_share", share, None)?;
                }
            }
            Measures::Unknown => {}
        }
    }
    csv.finish()
}
