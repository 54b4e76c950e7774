//! Rows by replication, of a sweep or of a run, as Parquet: doubles for numbers, text for levels that are none, `null` for what is not defined.
//!
//! A row group is written one column after the other, and the footer tells of each column of each group, so small groups make a large
//! footer and large groups need much memory. Groups are large here, and are gathered in a [`Spill`] block by block.

use crate::results::{Cell, FAILED, FactorInfo, Outcome, Output, Parts, ResponseInfo, RunInfo, SweepInfo, SweepRow};
use parquet::basic::{Compression, ConvertedType, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex};

/// Rows that are held in memory.
const BLOCK: usize = 8_192;
/// Blocks of a group.
const BLOCKS: usize = 16;

/// Somewhere to lay rows aside, such as a temporary file.
pub trait Spill: Read + Write + Seek {}

impl<T: Read + Write + Seek> Spill for T {}

/// One column of the block that is being filled or written.
enum Column {
    Whole(Vec<i32>),
    Flag(Vec<bool>),
    Number {
        values: Vec<f64>,
        known: Vec<i16>,
    },
    Text {
        values: Vec<ByteArray>,
        known: Vec<i16>,
    },
    /// A text that every row has.
    Word(Vec<ByteArray>),
}

/// A Parquet file of the replications of a sweep or of a run.
pub struct Parquet<W: Write, S: Spill> {
    out: W,
    spill: S,
    /// Where each column of each block of the group lies in the spill: first byte and length.
    blocks: Vec<Vec<(u64, usize)>>,
    file: SerializedFileWriter<Pipe>,
    pipe: Pipe,
    columns: Vec<Column>,
    /// A column of a block on its way to the spill or back.
    bytes: Vec<u8>,
    /// Columns of whole numbers that come first: point and replication, or replication alone.
    leading: usize,
    factors: usize,
    rows: usize,
}

/// Bytes on their way from the encoder, which wants to own its writer, to ours.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    /// Lets everything out; the room stays, since room asked for again and again tears memory to pieces.
    fn drain(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = self.0.lock().map_err(|_| io::Error::other("a writer panicked"))?;
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("a writer panicked"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write, S: Spill> Parquet<W, S> {
    /// Begins a file of a sweep with its columns and with what it is a result of.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn new(out: W, spill: S, info: &SweepInfo) -> io::Result<Self> {
        Self::begin(out, spill, &["point", "replication"], &info.factors, &info.columns, &said_of_sweep(info))
    }

    /// Begins a file of a run.
    ///
    /// # Errors
    ///
    /// Those of the writer, here and below.
    pub fn of_run(out: W, spill: S, info: &RunInfo, responses: &[ResponseInfo]) -> io::Result<Self> {
        Self::begin(out, spill, &["replication"], &[], responses, &said_of_run(info))
    }

    fn begin(
        out: W,
        spill: S,
        leading: &[&str],
        factors: &[FactorInfo],
        responses: &[ResponseInfo],
        said: &[(&str, String)],
    ) -> io::Result<Self> {
        let optional = |name: &str, physical| Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).build();
        let required = |name: &str, physical| Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).build();
        let mut fields: Vec<_> = leading.iter().map(|name| required(name, Physical::INT32)).collect();
        let mut columns: Vec<_> = leading.iter().map(|_| Column::Whole(Vec::with_capacity(BLOCK))).collect();
        for factor in factors {
            if factor.unit.is_some() {
                fields.push(optional(&factor.column, Physical::DOUBLE));
                columns.push(Column::number());
            } else {
                fields.push(text_column(&factor.column, Repetition::OPTIONAL));
                columns.push(Column::text());
            }
        }
        fields.push(required("censored", Physical::BOOLEAN));
        columns.push(Column::Flag(Vec::with_capacity(BLOCK)));
        fields.push(text_column("outcome", Repetition::REQUIRED));
        columns.push(Column::Word(Vec::with_capacity(BLOCK)));
        for response in responses {
            fields.push(optional(&response.name, Physical::DOUBLE));
            columns.push(Column::number());
        }
        let fields = fields.into_iter().map(|field| field.map(Arc::new)).collect::<Result<Vec<_>>>().map_err(io_error)?;
        let schema = Type::group_type_builder("replications").with_fields(fields).build().map_err(io_error)?;
        let pipe = Pipe::default();
        let file =
            SerializedFileWriter::new(pipe.clone(), Arc::new(schema), Arc::new(properties(leading, responses, said))).map_err(io_error)?;
        let (leading, factors) = (leading.len(), factors.len());
        Ok(Self { out, spill, blocks: Vec::new(), file, pipe, columns, bytes: Vec::new(), leading, factors, rows: 0 })
    }

    /// Adds a row of a sweep; one that failed has no values.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row(&mut self, row: &SweepRow, cells: &[Option<Cell>]) -> io::Result<()> {
        let values = row.outcome.as_ref().map_or(&[][..], |found| &found.values);
        self.put(&[row.point, row.replication], cells, (row.is_censored(), row.outcome_word()), values)
    }

    /// Adds a row of a run; one that failed has no outcome and no values.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn row_of_run(&mut self, replication: u32, outcome: Option<Outcome>, values: &[f64]) -> io::Result<()> {
        let ended = (outcome.is_some_and(Outcome::is_censored), outcome.map_or(FAILED, Outcome::word));
        self.put(&[replication], &[], ended, values)
    }

    fn put(&mut self, leading: &[u32], cells: &[Option<Cell>], (censored, outcome): (bool, &str), numbers: &[f64]) -> io::Result<()> {
        let factors = self.leading..self.leading + self.factors;
        // Behind the factors there are two more columns.
        let first = factors.end + 2;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let cell = || cells.get(at - factors.start).and_then(Option::as_ref);
            match column {
                Column::Whole(values) => values.push(leading[at] as i32),
                Column::Flag(values) => values.push(censored),
                Column::Word(values) => push_shared(values, outcome.as_bytes()),
                Column::Text { values, known } => {
                    known.push(cell().is_some().into());
                    if let Some(cell) = cell() {
                        push_shared(values, cell.label.as_bytes());
                    }
                }
                Column::Number { values, known } => {
                    let number = if factors.contains(&at) { cell().and_then(|cell| cell.number) } else { numbers.get(at - first).copied() };
                    let number = number.filter(|number| number.is_finite());
                    known.push(number.is_some().into());
                    values.extend(number);
                }
            }
        }
        self.rows += 1;
        if self.rows == BLOCK { self.end_block() } else { Ok(()) }
    }

    /// Lays the block aside.
    fn end_block(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        if self.blocks.is_empty() {
            self.spill.seek(SeekFrom::Start(0))?;
        }
        let mut at = self.spill.stream_position()?;
        let mut places = Vec::with_capacity(self.columns.len());
        for column in &mut self.columns {
            self.bytes.clear();
            column.put(&mut self.bytes);
            column.clear();
            self.spill.write_all(&self.bytes)?;
            places.push((at, self.bytes.len()));
            at += self.bytes.len() as u64;
        }
        self.blocks.push(places);
        if self.blocks.len() == BLOCKS { self.end_group() } else { Ok(()) }
    }

    /// Writes what was laid aside, one column after the other, block by block.
    fn end_group(&mut self) -> io::Result<()> {
        let blocks = std::mem::take(&mut self.blocks);
        if blocks.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group().map_err(io_error)?;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let mut writer = group.next_column().map_err(io_error)?.ok_or_else(|| io::Error::other("a column too many"))?;
            for (first, length) in blocks.iter().map(|places| places[at]) {
                self.bytes.resize(length, 0);
                self.spill.seek(SeekFrom::Start(first))?;
                self.spill.read_exact(&mut self.bytes)?;
                column.take(&self.bytes);
                match column {
                    Column::Whole(values) => writer.typed::<Int32Type>().write_batch(values, None, None),
                    Column::Flag(values) => writer.typed::<BoolType>().write_batch(values, None, None),
                    Column::Number { values, known } => writer.typed::<DoubleType>().write_batch(values, Some(known), None),
                    Column::Text { values, known } => writer.typed::<ByteArrayType>().write_batch(values, Some(known), None),
                    Column::Word(values) => writer.typed::<ByteArrayType>().write_batch(values, None, None),
                }
                .map_err(io_error)?;
                column.clear();
                self.pipe.drain(&mut self.out)?;
            }
            writer.close().map_err(io_error)?;
        }
        group.close().map_err(io_error)?;
        self.file.flush()?;
        self.pipe.drain(&mut self.out)
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.end_block()?;
        self.end_group()?;
        self.file.finish().map_err(io_error)?;
        self.file.flush()?;
        self.pipe.drain(&mut self.out)
    }
}

impl Column {
    fn number() -> Self {
        Self::Number { values: Vec::with_capacity(BLOCK), known: Vec::with_capacity(BLOCK) }
    }

    fn text() -> Self {
        Self::Text { values: Vec::with_capacity(BLOCK), known: Vec::with_capacity(BLOCK) }
    }

    fn clear(&mut self) {
        match self {
            Self::Whole(values) => values.clear(),
            Self::Flag(values) => values.clear(),
            Self::Word(values) => values.clear(),
            Self::Number { values, known } => {
                values.clear();
                known.clear();
            }
            Self::Text { values, known } => {
                values.clear();
                known.clear();
            }
        }
    }

    /// Adds its bytes: of what may be unknown the number of rows, a byte a row whether it is known, then what is.
    fn put(&self, bytes: &mut Vec<u8>) {
        let flags = |bytes: &mut Vec<u8>, known: &[i16]| {
            bytes.extend((known.len() as u32).to_le_bytes());
            bytes.extend(known.iter().map(|known| *known as u8));
        };
        let texts = |bytes: &mut Vec<u8>, values: &[ByteArray]| {
            for value in values {
                bytes.extend((value.len() as u32).to_le_bytes());
                bytes.extend(value.data());
            }
        };
        match self {
            Self::Whole(values) => bytes.extend(values.iter().flat_map(|value| value.to_le_bytes())),
            Self::Flag(values) => bytes.extend(values.iter().map(|value| u8::from(*value))),
            Self::Number { values, known } => {
                flags(bytes, known);
                bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
            Self::Text { values, known } => {
                flags(bytes, known);
                texts(bytes, values);
            }
            Self::Word(values) => texts(bytes, values),
        }
    }

    /// Takes the bytes of a block behind what it has.
    fn take(&mut self, bytes: &[u8]) {
        fn flags<'b>(bytes: &'b [u8], known: &mut Vec<i16>) -> &'b [u8] {
            let (rows, rest) = bytes.split_at(4);
            let (flags, rest) = rest.split_at(length(rows));
            known.extend(flags.iter().map(|flag| i16::from(*flag)));
            rest
        }
        fn length(bytes: &[u8]) -> usize {
            u32::from_le_bytes(bytes.try_into().expect("four bytes")) as usize
        }
        fn texts(mut rest: &[u8], values: &mut Vec<ByteArray>) {
            while !rest.is_empty() {
                let (head, tail) = rest.split_at(4);
                let (text, tail) = tail.split_at(length(head));
                push_shared(values, text);
                rest = tail;
            }
        }
        match self {
            Self::Whole(values) => {
                values.extend(bytes.chunks_exact(4).map(|bytes| i32::from_le_bytes(bytes.try_into().expect("four bytes"))));
            }
            Self::Flag(values) => values.extend(bytes.iter().map(|byte| *byte == 1)),
            Self::Number { values, known } => {
                let rest = flags(bytes, known);
                values.extend(rest.chunks_exact(8).map(|bytes| f64::from_le_bytes(bytes.try_into().expect("eight bytes"))));
            }
            Self::Text { values, known } => {
                texts(flags(bytes, known), values);
            }
            Self::Word(values) => texts(bytes, values),
        }
    }
}

/// Adds a text; one that is the same as the last shares its bytes, since all rows of a point have the same.
fn push_shared(values: &mut Vec<ByteArray>, text: &[u8]) {
    let shared = values.last().filter(|last| last.data() == text).cloned();
    values.push(shared.unwrap_or_else(|| ByteArray::from(text.to_vec())));
}

/// A column of text.
fn text_column(name: &str, repetition: Repetition) -> Result<Type> {
    Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(repetition)
        .with_converted_type(ConvertedType::UTF8)
        .with_logical_type(Some(LogicalType::String))
        .build()
}

/// The replications of a run, with those that failed in their places.
///
/// # Errors
///
/// Those of the writer and of the place to lay rows aside.
pub fn of_run(output: &Output, out: impl Write, spill: impl Spill) -> io::Result<()> {
    let table = &output.table;
    let mut file = Parquet::of_run(out, spill, &output.info, &table.responses)?;
    let mut failures = table.failures.iter().peekable();
    table.records.try_each(Parts::VALUES, |record| {
        while let Some(failure) = failures.next_if(|failure| failure.replication < record.replication) {
            file.row_of_run(failure.replication, None, &[])?;
        }
        file.row_of_run(record.replication, Some(record.outcome), &record.values)
    })?;
    for failure in failures {
        file.row_of_run(failure.replication, None, &[])?;
    }
    file.finish()
}

/// What a file of a sweep says of where it comes from.
fn said_of_sweep(info: &SweepInfo) -> Vec<(&'static str, String)> {
    let mut said = vec![
        ("convoysim_sweep", info.name.clone()),
        ("convoysim_plan_sha256", info.plan_sha256.clone()),
        ("scenario", info.base.clone()),
        ("scenario_sha256", info.base_sha256.clone()),
        ("seed", info.seed.to_string()),
        ("version", env!("CARGO_PKG_VERSION").into()),
    ];
    said.extend(info.handling.iter().map(|line| ("handling", line.clone())));
    said
}

/// What a file of a run says of where it comes from.
fn said_of_run(info: &RunInfo) -> Vec<(&'static str, String)> {
    let mut said = vec![
        ("scenario", info.scenario.clone()),
        ("scenario_sha256", info.sha256.clone()),
        ("seed", info.seed.to_string()),
        ("version", env!("CARGO_PKG_VERSION").into()),
    ];
    if !info.handling.is_empty() {
        said.push(("handling", info.handling.clone()));
    }
    said
}

/// How columns are packed, and where the file comes from.
fn properties(leading: &[&str], responses: &[ResponseInfo], said: &[(&str, String)]) -> WriterProperties {
    let said = said.iter().map(|(key, value)| KeyValue { key: (*key).into(), value: Some(value.clone()) }).collect();
    let mut properties = WriterProperties::builder()
        .set_created_by(format!("convoysim {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(said))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // A page a block: no more than a block of a column is held while it is written.
        .set_data_page_row_count_limit(BLOCK)
        .set_write_batch_size(BLOCK)
        .set_offset_index_disabled(true);
    // Numbers that go up by one or stay: a dictionary of them would be as long as the column.
    for name in leading {
        let path = ColumnPath::new(vec![(*name).into()]);
        properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    // Doubles that hardly ever repeat pack better byte by byte than as a dictionary.
    for response in responses {
        let path = ColumnPath::new(vec![response.name.clone()]);
        properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, Encoding::BYTE_STREAM_SPLIT);
    }
    properties.build()
}

fn io_error(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
