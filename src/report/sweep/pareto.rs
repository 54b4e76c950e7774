//! `pareto.csv`: where each point stands in two responses at once.

use crate::report::csv::Table;
use crate::results::SweepOutput;
use crate::stats::Standing;
use std::io::{self, Write};

/// One row a point, with the mean and half-width of both responses, its `standing` (`front`, `open`, `dominated`, `unknown`) and, for the two in the
/// middle, the number of the point that leads it the most clearly. Nothing is written where nothing is known of two responses.
///
/// # Errors
///
/// Those of the writer.
pub fn pareto(output: &SweepOutput, out: impl Write) -> io::Result<()> {
    let Some(pareto) = &output.pareto else { return Ok(()) };
    let names = pareto.responses.map(|nth| output.info.columns[output.info.shown[nth]].name.as_str());
    let columns = names.iter().flat_map(|name| ["mean", "half_width"].map(|figure| format!("{name}.{figure}")));
    let heading = ["point".to_owned()].into_iter().chain(columns).chain(["standing", "by"].map(String::from));
    let mut csv = Table::new(out, heading)?;
    for (row, standing) in output.points.iter().zip(&pareto.standings) {
        csv.count(row.point)?;
        for nth in pareto.responses {
            let one = &row.shown[nth];
            csv.number(one.mean.unwrap_or(f64::NAN))?.number(one.half_width.unwrap_or(f64::NAN))?;
        }
        let (word, by) = match standing {
            Standing::NonDominated => ("front", None),
            Standing::Open { by } => ("open", Some(*by)),
            Standing::Dominated { by } => ("dominated", Some(*by)),
            Standing::Unknown => ("unknown", None),
        };
        csv.text(word)?.text(&by.map_or_else(String::new, |by| by.to_string()))?;
        csv.end()?;
    }
    csv.finish()
}
