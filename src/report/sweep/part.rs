//! The rows of one shard as a file that says of itself whether it is whole.
//!
//! ```text
//! {"schema":"convoysim.part/2","plan":"<sha256>","shard":12,"columns":70}⏎
//! 1 point replication outcome value…    a row: u32 u32 u8, then one f64 a column (little-endian; NaN where not defined)
//! 2 point replication length text       a failed replication: u32 u32 u32, then its story as JSON
//! 0 rows failures                       the end: u64 u64
//! sha256                                of everything before it, 32 bytes
//! ```
//!
//! A part that was cut off, that has a wrong bit anywhere, or that belongs to another plan or shard is found out by [`check`] and run
//! again; it never gives a wrong row.

use crate::results::digest::Running;
use crate::results::{Outcome, SweepFailure, SweepRow, SweepValues};
use serde_json::{Value, json};
use std::io::{self, Read, Write};

const SCHEMA: &str = "convoysim.part/2";
const ROW: u8 = 1;
const FAILURE: u8 = 2;
const END: u8 = 0;
/// No story of a failure is longer.
const LONGEST_STORY: u32 = 1 << 20;

/// Which part of which plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'p> {
    /// SHA-256 of the plan.
    pub plan: &'p str,
    /// The shard.
    pub shard: u32,
    /// Columns of a row.
    pub columns: usize,
}

impl Name<'_> {
    fn line(&self) -> String {
        format!("{}\n", json!({"schema": SCHEMA, "plan": self.plan, "shard": self.shard, "columns": self.columns}))
    }
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Replications that ended.
    pub rows: u64,
    /// Replications that failed.
    pub failures: u64,
    /// SHA-256 of the content.
    pub sha256: String,
}

/// A part that is being written.
pub struct Writer<W: Write> {
    out: W,
    digest: Running,
    rows: u64,
    failures: u64,
    line: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins a part.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn new(out: W, name: Name<'_>) -> io::Result<Self> {
        let mut part = Self { out, digest: Running::default(), rows: 0, failures: 0, line: Vec::new() };
        part.put(name.line().as_bytes())?;
        Ok(part)
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row(&mut self, row: &SweepRow) -> io::Result<()> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.push(if row.outcome.is_ok() { ROW } else { FAILURE });
        line.extend(row.point.to_le_bytes());
        line.extend(row.replication.to_le_bytes());
        match &row.outcome {
            Ok(found) => {
                line.push(found.outcome as u8);
                line.extend(found.values.iter().flat_map(|value| value.to_le_bytes()));
                self.rows += 1;
            }
            Err(failure) => {
                let story = json!({"kind": failure.kind, "message": failure.message, "waits": failure.waits}).to_string();
                line.extend((story.len() as u32).to_le_bytes());
                line.extend(story.as_bytes());
                self.failures += 1;
            }
        }
        self.put(&line)?;
        self.line = line;
        Ok(())
    }

    /// Ends the part.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<(W, Held)> {
        let mut end = vec![END];
        end.extend(self.rows.to_le_bytes());
        end.extend(self.failures.to_le_bytes());
        self.put(&end)?;
        let sha256 = self.digest.finish();
        self.out.write_all(&bytes_of(&sha256))?;
        Ok((self.out, Held { rows: self.rows, failures: self.failures, sha256 }))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }
}

/// The 32 bytes that a SHA-256 in hexadecimal digits stands for.
fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap_or(0)).collect()
}

/// Reads a part from its first byte to its last and says what it holds; `None` where it is not whole or not the one that is meant.
///
/// # Errors
///
/// Those of the reader.
pub fn check(part: impl Read, name: Name<'_>) -> io::Result<Option<Held>> {
    let mut counted = (0_u64, 0_u64);
    let read = Reader::new(part, name)?.map(|mut reader| -> io::Result<Option<Held>> {
        loop {
            match reader.next()? {
                Next::Row if reader.row.outcome.is_ok() => counted.0 += 1,
                Next::Row => counted.1 += 1,
                Next::End(held) => return Ok((counted == (held.rows, held.failures)).then_some(held)),
                Next::Broken => return Ok(None),
            }
        }
    });
    read.unwrap_or(Ok(None))
}

/// What comes next in a part.
enum Next {
    /// A row, which the reader has.
    Row,
    End(Held),
    Broken,
}

/// A part that is being read.
pub struct Reader<R: Read> {
    part: R,
    digest: Running,
    columns: usize,
    /// What was read last; its room is used again and again, as that of the row.
    bytes: Vec<u8>,
    row: SweepRow,
}

impl<R: Read> Reader<R> {
    /// Begins; `None` where it is another part.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn new(part: R, name: Name<'_>) -> io::Result<Option<Self>> {
        let none = SweepValues { outcome: Outcome::Complete, values: Vec::with_capacity(name.columns) };
        let row = SweepRow { point: 0, replication: 0, outcome: Ok(none) };
        let mut reader = Self { part, digest: Running::default(), columns: name.columns, bytes: Vec::new(), row };
        let line = name.line();
        Ok(if reader.take(line.len())? && reader.bytes == line.as_bytes() { Some(reader) } else { None })
    }

    /// The next row; `None` behind the last.
    ///
    /// # Errors
    ///
    /// Those of the reader, and where the part is broken; [`check`] says so beforehand.
    pub fn row(&mut self) -> io::Result<Option<&SweepRow>> {
        match self.next()? {
            Next::Row => Ok(Some(&self.row)),
            Next::End(_) => Ok(None),
            Next::Broken => Err(io::Error::new(io::ErrorKind::InvalidData, "the part is broken")),
        }
    }

    fn next(&mut self) -> io::Result<Next> {
        if !self.take(1)? {
            return Ok(Next::Broken);
        }
        let kind = self.bytes[0];
        Ok(match kind {
            ROW => self.values()?,
            FAILURE => self.failure()?,
            END => self.end()?.map_or(Next::Broken, Next::End),
            _ => Next::Broken,
        })
    }

    fn values(&mut self) -> io::Result<Next> {
        if !self.take(9 + 8 * self.columns)? {
            return Ok(Next::Broken);
        }
        let Some(outcome) = Outcome::ALL.get(usize::from(self.bytes[8])).copied() else { return Ok(Next::Broken) };
        (self.row.point, self.row.replication) = (self.word(0), self.word(4));
        if self.row.outcome.is_err() {
            self.row.outcome = Ok(SweepValues { outcome: Outcome::Complete, values: Vec::with_capacity(self.columns) });
        }
        if let Ok(found) = &mut self.row.outcome {
            found.outcome = outcome;
            found.values.clear();
            found.values.extend(self.bytes[9..].as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)));
        }
        Ok(Next::Row)
    }

    fn failure(&mut self) -> io::Result<Next> {
        if !self.take(12)? {
            return Ok(Next::Broken);
        }
        let (point, replication, length) = (self.word(0), self.word(4), self.word(8));
        if length > LONGEST_STORY || !self.take(length as usize)? {
            return Ok(Next::Broken);
        }
        let Ok(story) = serde_json::from_slice::<Value>(&self.bytes) else { return Ok(Next::Broken) };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let waits = story["waits"].as_array().into_iter().flatten().map(text).collect();
        let failure = SweepFailure { kind: text(&story["kind"]), message: text(&story["message"]), waits };
        self.row = SweepRow { point, replication, outcome: Err(failure) };
        Ok(Next::Row)
    }

    fn end(&mut self) -> io::Result<Option<Held>> {
        if !self.take(16)? {
            return Ok(None);
        }
        let long = |at: usize| u64::from_le_bytes(self.bytes[at..at + 8].try_into().expect("eight bytes"));
        let (rows, failures) = (long(0), long(8));
        let sha256 = std::mem::take(&mut self.digest).finish();
        let mut rest = Vec::new();
        self.part.by_ref().take(33).read_to_end(&mut rest)?;
        Ok((rest == bytes_of(&sha256)).then_some(Held { rows, failures, sha256 }))
    }

    fn word(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes"))
    }

    /// Reads so many bytes; whether there were so many.
    fn take(&mut self, length: usize) -> io::Result<bool> {
        self.bytes.resize(length, 0);
        match self.part.read_exact(&mut self.bytes) {
            Ok(()) => {
                self.digest.update(&self.bytes);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Name<'static> = Name { plan: "ab12", shard: 3, columns: 2 };

    fn rows() -> Vec<SweepRow> {
        let values = |outcome, values: [f64; 2]| Ok(SweepValues { outcome, values: values.to_vec() });
        let story = SweepFailure { kind: "livelock".into(), message: "nothing moves".into(), waits: vec!["480 people".into()] };
        vec![
            SweepRow { point: 7, replication: 0, outcome: values(Outcome::Complete, [0.1, -3.5]) },
            SweepRow { point: 7, replication: 1, outcome: Err(story) },
            SweepRow { point: 8, replication: 0, outcome: values(Outcome::Deadlock, [f64::INFINITY, 2.0]) },
        ]
    }

    fn written() -> Vec<u8> {
        let mut part = Writer::new(Vec::new(), NAME).expect("memory");
        rows().iter().for_each(|row| part.row(row).expect("memory"));
        part.finish().expect("memory").0
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let bytes = written();
        let mut reader = Reader::new(bytes.as_slice(), NAME).expect("memory").expect("it is the part");
        let back: Vec<SweepRow> = std::iter::from_fn(|| reader.row().expect("it is whole").cloned()).collect();
        assert_eq!(back, rows());
        let held = check(bytes.as_slice(), NAME).expect("memory").expect("it is whole");
        assert_eq!((held.rows, held.failures), (2, 1));
    }

    #[test]
    fn a_part_of_another_plan_or_shard_is_not_taken() {
        let bytes = written();
        for other in [Name { plan: "ab13", ..NAME }, Name { shard: 4, ..NAME }, Name { columns: 3, ..NAME }] {
            assert_eq!(check(bytes.as_slice(), other).expect("memory"), None);
        }
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_found() {
        let bytes = written();
        for length in 0..bytes.len() {
            assert_eq!(check(&bytes[..length], NAME).expect("memory"), None, "cut at {length}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(check(flipped.as_slice(), NAME).expect("memory"), None, "bit {bit} of byte {at}");
            }
        }
        let longer = [bytes.as_slice(), b"x"].concat();
        assert_eq!(check(longer.as_slice(), NAME).expect("memory"), None);
    }
}
