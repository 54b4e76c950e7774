//! The tables of a sweep as CSV.

use crate::report::csv::Table;
use crate::results::{Cell, FactorInfo, PointRow, SweepInfo, SweepRow};
use std::io::{self, Write};

/// `design.csv`: one row a point, with the value of each factor; empty where it is left as in the base.
///
/// # Errors
///
/// Those of the writer.
pub fn design(info: &SweepInfo, cells: impl Fn(u32) -> Vec<Option<Cell>>, out: impl Write) -> io::Result<()> {
    let heading = ["point", "design"].into_iter().chain(info.factors.iter().map(|factor| factor.column.as_str()));
    let mut csv = Table::new(out, heading)?;
    for (design, first, last) in &info.blocks {
        for point in *first..=*last {
            csv.count(point)?.text(design)?;
            put_cells(&mut csv, &info.factors, &cells(point))?;
            csv.end()?;
        }
    }
    csv.finish()
}

fn put_cells<W: Write>(csv: &mut Table<W>, factors: &[FactorInfo], cells: &[Option<Cell>]) -> io::Result<()> {
    for (factor, cell) in factors.iter().zip(cells) {
        match cell {
            None => csv.text("")?,
            Some(Cell { number: Some(number), .. }) if factor.unit.is_some() => csv.number(*number)?,
            Some(cell) => csv.text(&cell.label)?,
        };
    }
    Ok(())
}

/// The heading of `replications.csv`.
#[must_use]
pub fn replication_columns(info: &SweepInfo) -> Vec<String> {
    let factors = info.factors.iter().map(|factor| factor.column.as_str());
    let responses = info.columns.iter().map(|response| response.name.as_str());
    ["point", "replication"].into_iter().chain(factors).chain(["censored", "outcome"]).chain(responses).map(String::from).collect()
}

/// `replications.csv`: one row per replication.
pub struct Replications<'i, W: Write> {
    csv: Table<W>,
    info: &'i SweepInfo,
}

impl<'i, W: Write> Replications<'i, W> {
    /// Begins the table.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn new(info: &'i SweepInfo, out: W) -> io::Result<Self> {
        Ok(Self { csv: Table::new(out, replication_columns(info))?, info })
    }

    /// Adds a row; one that failed has no values.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row(&mut self, row: &SweepRow, cells: &[Option<Cell>]) -> io::Result<()> {
        self.csv.count(row.point)?.count(row.replication)?;
        put_cells(&mut self.csv, &self.info.factors, cells)?;
        self.csv.text(if row.is_censored() { "true" } else { "false" })?.text(row.outcome_word())?;
        match &row.outcome {
            Ok(found) => {
                for value in &found.values {
                    self.csv.number(*value)?;
                }
            }
            Err(_) => {
                for _ in &self.info.columns {
                    self.csv.text("")?;
                }
            }
        }
        self.csv.end()
    }

    /// Ends the table.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        self.csv.finish()
    }
}

/// `failures.csv`: one row a replication that failed.
pub struct Failures<W: Write>(Table<W>);

impl<W: Write> Failures<W> {
    /// Begins the table.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn new(out: W) -> io::Result<Self> {
        Ok(Self(Table::new(out, ["point", "replication", "kind", "message", "waits"])?))
    }

    /// Adds a row, if it failed.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row(&mut self, row: &SweepRow) -> io::Result<()> {
        let Err(failure) = &row.outcome else { return Ok(()) };
        self.0.count(row.point)?.count(row.replication)?.text(&failure.kind)?.text(&failure.message)?.text(&failure.waits.join("; "))?;
        self.0.end()
    }

    /// Ends the table.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        self.0.finish()
    }
}

/// What is told of each shown response, behind its name and a point.
const FIGURES: [&str; 7] = ["n", "mean", "half_width", "p50", "p80", "p95", "p80_mcse"];

/// The heading of `points.csv`.
#[must_use]
pub fn point_columns(info: &SweepInfo) -> Vec<String> {
    let mut heading: Vec<String> = vec!["point".into(), "design".into()];
    heading.extend(info.factors.iter().map(|factor| factor.column.clone()));
    heading.extend(["status", "replications", "censored", "complete", "horizon", "deadlock", "failed"].map(String::from));
    for at in &info.shown {
        heading.extend(FIGURES.map(|figure| format!("{}.{figure}", info.columns[*at].name)));
    }
    if info.requirement.is_some() {
        heading.extend(["required", "required_lower", "required_upper", "meets"].map(String::from));
    }
    heading.push("problem".into());
    heading
}

/// `points.csv`: one row a point, with a summary of each shown response. Unknown is empty.
pub struct Points<'i, W: Write> {
    csv: Table<W>,
    info: &'i SweepInfo,
}

impl<'i, W: Write> Points<'i, W> {
    /// Begins the table.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn new(info: &'i SweepInfo, out: W) -> io::Result<Self> {
        Ok(Self { csv: Table::new(out, point_columns(info))?, info })
    }

    /// Adds a point.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row(&mut self, row: &PointRow) -> io::Result<()> {
        let (csv, info) = (&mut self.csv, self.info);
        let design = info.blocks.iter().find(|(_, first, last)| (*first..=*last).contains(&row.point)).map_or("", |block| block.0);
        csv.count(row.point)?.text(design)?;
        put_cells(csv, &info.factors, &row.cells)?;
        let outcomes = row.outcomes();
        let problem = info.problem_of(row.point);
        csv.text(if problem.is_some() { "invalid" } else { "run" })?;
        csv.count(row.replications)?.count(row.censored)?;
        for count in [outcomes.complete, outcomes.horizon, outcomes.deadlock, outcomes.failed] {
            csv.count(count as u64)?;
        }
        for one in &row.shown {
            let known = |x: Option<f64>| x.unwrap_or(f64::NAN);
            let [p50, p80, p95] = ["p50", "p80", "p95"].map(|name| one.quantile(name));
            let value = |quantile: Option<(f64, Option<f64>)>| quantile.map_or(f64::NAN, |(value, _)| value);
            csv.count(one.n as u64)?.number(known(one.mean))?.number(known(one.half_width))?;
            csv.number(value(p50))?.number(value(p80))?.number(value(p95))?;
            csv.number(p80.and_then(|(_, mcse)| mcse).unwrap_or(f64::NAN))?;
        }
        if let Some(required) = &row.required {
            let meets = if problem.is_some() { "" } else { required.meets.word() };
            csv.number(required.value.unwrap_or(f64::NAN))?.number(required.lower)?.number(required.upper)?.text(meets)?;
        }
        csv.text(problem.unwrap_or_default())?;
        csv.end()
    }

    /// Ends the table.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        self.csv.finish()
    }
}
