//! `replications.parquet` of a run, row by row, some rows of every column at a time.

use super::Misread;
use crate::results::{Daily, FAILED, Outcome, ReplicationRecord, RunTable};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};

const NAME: &str = "replications.parquet";
/// Columns before the responses.
const BEFORE: [&str; 3] = ["replication", "censored", "outcome"];
/// Rows that are held.
const ROWS: usize = 1_024;

/// The rows of the table in order.
pub(super) struct Rows<R: ChunkReader + 'static> {
    file: SerializedFileReader<R>,
    /// The next group of rows.
    group: usize,
    /// Columns of the group that is being read.
    columns: Vec<ColumnReader>,
    numbers: Vec<i32>,
    censored: Vec<bool>,
    outcomes: Vec<ByteArray>,
    /// One list a response.
    values: Vec<Vec<f64>>,
    /// The next of these rows.
    next: usize,
}

impl<R: ChunkReader + 'static> Rows<R> {
    /// Begins; the columns have to be those of the table.
    pub(super) fn of(file: R, table: &RunTable) -> Result<Self, Misread> {
        let file = SerializedFileReader::new(file).map_err(|error| wrong(&error))?;
        let names = file.metadata().file_metadata().schema_descr();
        let names = (0..names.num_columns()).map(|column| names.column(column).name().to_owned());
        if !names.eq(BEFORE.into_iter().chain(table.responses.iter().map(|info| &*info.name))) {
            return Err(misread("its columns are not the responses of summary.json"));
        }
        let values = vec![Vec::new(); table.responses.len()];
        Ok(Self { file, group: 0, columns: Vec::new(), numbers: Vec::new(), censored: Vec::new(), outcomes: Vec::new(), values, next: 0 })
    }

    /// The next replication, with its record unless it failed; nothing behind the last.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Option<ReplicationRecord>)>, Misread> {
        while self.next == self.numbers.len() {
            if !self.columns.is_empty() {
                self.fill()?;
            }
            if self.numbers.is_empty() && !self.open_group()? {
                return Ok(None);
            }
        }
        let n = self.next;
        self.next += 1;
        let replication = u32::try_from(self.numbers[n]).map_err(|_| misread("a replication has a negative number"))?;
        let word = self.outcomes[n].as_utf8().map_err(|error| wrong(&error))?;
        let outcome = match Outcome::of(word) {
            None if word != FAILED => return Err(misread(format!("outcome is {word:?}, which this version does not know"))),
            outcome => outcome,
        };
        if self.censored[n] != outcome.is_some_and(Outcome::is_censored) {
            return Err(misread(format!("censored and outcome of replication {replication} contradict each other")));
        }
        let record = outcome.map(|outcome| ReplicationRecord {
            replication,
            outcome,
            left: Vec::new(),
            values: self.values.iter().map(|column| column[n]).collect(),
            daily: Daily::default(),
            attribution: Vec::new(),
            resources: Vec::new(),
            events: 0,
            draws: 0,
        });
        Ok(Some((replication, record)))
    }

    /// Opens the columns of the next group of rows; `false` behind the last.
    fn open_group(&mut self) -> Result<bool, Misread> {
        if self.group == self.file.num_row_groups() {
            return Ok(false);
        }
        let group = self.file.get_row_group(self.group).map_err(|error| wrong(&error))?;
        self.columns = (0..group.num_columns())
            .map(|column| group.get_column_reader(column))
            .collect::<Result<_, _>>()
            .map_err(|error| wrong(&error))?;
        self.group += 1;
        Ok(true)
    }

    /// Reads some rows of every column; none where the group is at its end.
    fn fill(&mut self) -> Result<(), Misread> {
        self.next = 0;
        let mut known = Vec::new();
        for (at, column) in self.columns.iter_mut().enumerate() {
            match (at, column) {
                (0, ColumnReader::Int32ColumnReader(column)) => take(column, None, &mut self.numbers)?,
                (1, ColumnReader::BoolColumnReader(column)) => take(column, None, &mut self.censored)?,
                (2, ColumnReader::ByteArrayColumnReader(column)) => take(column, None, &mut self.outcomes)?,
                (3.., ColumnReader::DoubleColumnReader(column)) => {
                    let values = &mut self.values[at - BEFORE.len()];
                    take(column, Some(&mut known), values)?;
                    let mut defined = std::mem::take(values).into_iter();
                    let value = |known: &i16| if *known == 1 { defined.next().unwrap_or(f64::NAN) } else { f64::NAN };
                    *values = known.iter().map(value).collect();
                }
                _ => return Err(misread("its columns do not have the types that a run writes")),
            }
        }
        let rows = self.numbers.len();
        let whole = self.censored.len() == rows && self.outcomes.len() == rows && self.values.iter().all(|column| column.len() == rows);
        if whole { Ok(()) } else { Err(misread("its columns are not equally long")) }
    }
}

/// Reads some rows of a column in place of those before.
fn take<T: DataType>(column: &mut ColumnReaderImpl<T>, mut known: Option<&mut Vec<i16>>, values: &mut Vec<T::T>) -> Result<(), Misread> {
    values.clear();
    if let Some(known) = &mut known {
        known.clear();
    }
    column.read_records(ROWS, known, None, values).map(|_| ()).map_err(|error| wrong(&error))
}

fn misread(what: impl Into<String>) -> Misread {
    Misread::new(NAME, None, what)
}

fn wrong(error: &ParquetError) -> Misread {
    misread(error.to_string())
}
