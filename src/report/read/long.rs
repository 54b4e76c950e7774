//! The tables by replication of a run that is too long for memory, or has its replications as Parquet: all of them row by row, side by side.
//!
//! Rows have to be in the order in which they were written; folders of few replications are read without that (`runs.rs`).

use super::sheet::{Row, Stream};
use super::{Misread, parquet, runs};
use crate::results::{Records, ReplicationRecord, Room, RunTable};
use ::parquet::file::reader::ChunkReader;
use std::io::{self, Read, Seek};

/// Adds the records to a table whose responses, resources and failures are known. `open` opens a table by its name, as often as it is asked;
/// it gives nothing where the folder has no such table.
pub(super) fn records<R: Read + Seek + ChunkReader + 'static>(
    table: &mut RunTable,
    open: &impl Fn(&str) -> io::Result<Option<R>>,
    room: Room,
) -> Result<(), Misread> {
    let opened = |name: &'static str| -> Result<Option<Stream<R>>, Misread> {
        let file = open(name).map_err(|error| Misread::new(name, None, error.to_string()))?;
        file.map(|file| Stream::of(name, file)).transpose()
    };
    let needed = |name: &'static str| opened(name)?.ok_or_else(|| Misread::new(name, None, "the folder does not have it"));
    let mut rows = match opened("replications.csv")? {
        Some(rows) => {
            runs::check_heading(&rows.heading, table)?;
            Rows::Csv(rows)
        }
        None => {
            let file = open("replications.parquet").map_err(|error| Misread::new("replications.parquet", None, error.to_string()))?;
            let file = file.ok_or_else(|| Misread::new("replications.csv", None, "the folder does not have it"))?;
            Rows::Parquet(Box::new(parquet::Rows::of(file, table)?))
        }
    };
    let mut attribution = needed("attribution.csv")?;
    let mut unfinished = opened("unfinished.csv")?;
    let mut resources = by_resource(table, needed)?;
    let mut failures = table.failures.iter().map(|failure| failure.replication);
    let mut records = Records::within(room);
    let mut last = None;
    while let Some((number, record)) = rows.next()? {
        if last.is_some_and(|last| last >= number) {
            return Err(rows.misread(runs::NOT_IN_ORDER));
        }
        last = Some(number);
        match record {
            Some(mut record) => {
                while let Some(row) = of(&attribution, number)? {
                    record.attribution.push(runs::part(&row)?);
                    attribution.advance()?;
                }
                if let Some(unfinished) = &mut unfinished
                    && let Some(row) = of(unfinished, number)?
                {
                    record.left = runs::left(&row, &record)?;
                    unfinished.advance()?;
                }
                for (stream, info) in resources.iter_mut().zip(&table.resources) {
                    add_use(&mut record, stream, &info.name)?;
                }
                records.push(record);
            }
            None if failures.next() == Some(number) => {}
            None => return Err(rows.misread(runs::OTHER_FAILURES)),
        }
    }
    if failures.next().is_some() {
        return Err(rows.misread(runs::OTHER_FAILURES));
    }
    for stream in std::iter::once(&attribution).chain(&unfinished) {
        if let Some(row) = stream.row() {
            return Err(not_there(&row)?);
        }
    }
    for (n, stream) in resources.iter().enumerate() {
        if let Some(row) = stream.row()
            && table.resources.get(n + 1).is_none_or(|next| row.text("resource").ok().as_deref() != Some(&*next.name))
        {
            return Err(not_there(&row)?);
        }
    }
    table.records = records;
    Ok(())
}

/// The table of replications in either form.
enum Rows<R: Read + Seek + ChunkReader + 'static> {
    Csv(Stream<R>),
    Parquet(Box<parquet::Rows<R>>),
}

impl<R: Read + Seek + ChunkReader + 'static> Rows<R> {
    /// The next replication, with its record unless it failed; nothing behind the last.
    fn next(&mut self) -> Result<Option<(u32, Option<ReplicationRecord>)>, Misread> {
        match self {
            Self::Parquet(rows) => rows.next(),
            Self::Csv(rows) => {
                let found = rows.row().map(|row| runs::record(&row)).transpose()?;
                rows.advance()?;
                Ok(found)
            }
        }
    }

    /// Something wrong with the table.
    fn misread(&self, what: &str) -> Misread {
        Misread::new(if matches!(self, Self::Csv(_)) { "replications.csv" } else { "replications.parquet" }, None, what)
    }
}

/// The row that a table stands at, if it is of that replication.
fn of<R: Read + Seek>(stream: &Stream<R>, number: u32) -> Result<Option<Row<'_>>, Misread> {
    match stream.row() {
        Some(row) if row.count::<u32>("replication")? == number => Ok(Some(row)),
        Some(row) if row.count::<u32>("replication")? < number => Err(not_there(&row)?),
        _ => Ok(None),
    }
}

fn not_there(row: &Row<'_>) -> Result<Misread, Misread> {
    let number: u32 = row.count("replication")?;
    Ok(row.misread(format!("replication {number} is not in replications.csv, or not in its place")))
}

/// The next use of a resource, which has to be that of the record.
fn add_use<R: Read + Seek>(record: &mut ReplicationRecord, stream: &mut Stream<R>, name: &str) -> Result<(), Misread> {
    let number = record.replication;
    let missing = || format!("there is no row of {name:?} for replication {number}");
    match stream.row() {
        Some(row) if row.text("resource")? == name && row.count::<u32>("replication")? == number => {
            record.resources.push(runs::used(&row)?)
        }
        Some(row) => return Err(row.misread(missing())),
        None => return Err(Misread::new("resources.csv", None, missing())),
    }
    stream.advance()
}

/// The table of resources once for each resource, at its first row: its rows stand by resource, and are needed by replication.
fn by_resource<R: Read + Seek>(
    table: &RunTable,
    open: impl Fn(&'static str) -> Result<Stream<R>, Misread>,
) -> Result<Vec<Stream<R>>, Misread> {
    const NAME: &str = "resources.csv";
    let mut all = open(NAME)?;
    let (mut names, mut begins) = (table.resources.iter(), Vec::new());
    let mut last: Option<&str> = None;
    while let Some(row) = all.row() {
        let name = row.text("resource")?;
        if last != Some(name.as_str()) {
            let next = names.next().filter(|info| info.name == name);
            let next = next.ok_or_else(|| row.misread(format!("{name:?} is not the next resource of summary.json")))?;
            last = Some(&next.name);
            begins.push(row.position());
        }
        all.advance()?;
    }
    let at = |begin: Option<csv::Position>| {
        let mut stream = open(NAME)?;
        if let Some(begin) = begin {
            stream.go_to(begin)?;
        }
        Ok(stream)
    };
    begins.into_iter().map(at).collect()
}
