//! So many records laid aside together, each part of them in a place of its own.
//!
//! Numbers of which every record has as many stand column by column, so that one of them is read without the others.

use super::super::record::MEASURES_OF_DAY;
use super::super::{AttributionPart, Daily, Outcome, ReplicationRecord, ResourceUse, Waiting, known};
use super::Shelf;
use std::ops::BitOr;

/// Records of a block.
pub(super) const BLOCK: usize = 512;

/// Bytes of what every record says of itself.
const HEAD: usize = 21;
/// Bytes of a part of the attribution.
const SPENT: usize = 12;
/// Numbers of a resource's use.
const USED: usize = 5;

/// Parts of a record that are read only where they are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts(u8);

impl Parts {
    /// None of them: number and outcome only.
    pub const NONE: Self = Self(0);
    /// The values of responses.
    pub const VALUES: Self = Self(1);
    /// What the time went to.
    pub const ATTRIBUTION: Self = Self(2);
    /// How resources were used.
    pub const RESOURCES: Self = Self(4);
    /// Who was left, and what they wait for.
    pub const LEFT: Self = Self(8);
    /// Day by day.
    pub const DAYS: Self = Self(16);
    /// What the folder of a run holds.
    pub const ALL_BUT_DAYS: Self = Self(15);
    /// All of them.
    pub const ALL: Self = Self(31);

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Parts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Where the parts of a block begin, and how large they are.
#[derive(Clone, Debug)]
pub(super) struct Block {
    first: u32,
    records: usize,
    columns: usize,
    resources: usize,
    days: usize,
    /// First byte of head, values, attribution, resources, left, days; then the byte behind the last.
    at: [u64; 7],
}

impl Block {
    /// Writes records. What no table holds (counts of events and draws) is left out, and numbers are as tables hold them.
    pub(super) fn write(records: &[ReplicationRecord], shelf: &mut Shelf) -> Self {
        let most = |of: fn(&ReplicationRecord) -> usize| records.iter().map(of).max().unwrap_or(0);
        let mut block = Self {
            first: records.first().map_or(0, |record| record.replication),
            records: records.len(),
            columns: most(|record| record.values.len()),
            resources: most(|record| record.resources.len()),
            days: most(|record| record.daily.days.len()),
            at: [0; 7],
        };
        let mut bytes = Vec::with_capacity(block.length());
        for record in records {
            bytes.extend(record.replication.to_le_bytes());
            bytes.push(Outcome::ALL.iter().position(|outcome| *outcome == record.outcome).unwrap_or_default() as u8);
            let counts = [record.daily.days.len(), record.attribution.len(), record.resources.len(), record.left.len()];
            bytes.extend(counts.iter().flat_map(|count| (*count as u32).to_le_bytes()));
        }
        let mut lengths = [0; 6];
        lengths[0] = bytes.len();
        for column in 0..block.columns {
            let value = |record: &ReplicationRecord| known(record.values.get(column).copied().unwrap_or(f64::NAN));
            bytes.extend(records.iter().flat_map(|record| value(record).to_le_bytes()));
        }
        lengths[1] = bytes.len();
        for part in records.iter().flat_map(|record| &record.attribution) {
            bytes.extend(shelf.number_of(part.cause).to_le_bytes());
            bytes.extend(shelf.number_of(part.via).to_le_bytes());
            bytes.extend(part.ticks.to_le_bytes());
        }
        lengths[2] = bytes.len();
        for resource in 0..block.resources {
            for used in records.iter().map(|record| record.resources.get(resource).copied().unwrap_or_default()) {
                let numbers = [used.available_h, used.busy_h, used.held_waiting_h, used.idle_h, used.binding_share];
                bytes.extend(numbers.iter().flat_map(|number| known(*number).to_le_bytes()));
            }
        }
        lengths[3] = bytes.len();
        for group in records.iter().flat_map(|record| &record.left) {
            let mut group = group.clone();
            group.make_readable();
            bytes.extend(group.people.to_le_bytes());
            for text in [&group.place, &group.waits_for] {
                bytes.extend((text.len() as u32).to_le_bytes());
                bytes.extend(text.as_bytes());
            }
        }
        lengths[4] = bytes.len();
        for day in 1..=block.days {
            let rows: Vec<_> = records.iter().map(|record| record.daily.on_day(day)).collect();
            for measure in 0..MEASURES_OF_DAY {
                bytes.extend(rows.iter().flat_map(|row| row[measure].to_le_bytes()));
            }
        }
        lengths[5] = bytes.len();
        let from = shelf.put(&bytes);
        block.at[0] = from;
        block.at.iter_mut().skip(1).zip(lengths).for_each(|(at, length)| *at = from + length as u64);
        block
    }

    /// About how many bytes it takes.
    fn length(&self) -> usize {
        self.records * (HEAD + 8 * self.columns + 16 * SPENT + 8 * USED * self.resources + 4 * MEASURES_OF_DAY * self.days)
    }

    /// Number of the first record.
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// Number of records.
    pub(super) fn len(&self) -> usize {
        self.records
    }

    /// Days until the last record has ended.
    pub(super) fn days(&self) -> usize {
        self.days
    }

    /// Adds the values of a response.
    pub(super) fn column(&self, column: usize, bytes: &mut Vec<u8>, shelf: &mut Shelf, values: &mut Vec<f64>) {
        if column >= self.columns {
            values.resize(values.len() + self.records, f64::NAN);
            return;
        }
        shelf.get(self.at[1] + (column * self.records * 8) as u64, self.records * 8, bytes);
        values.extend(bytes.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)));
    }

    /// Adds a measure at the end of a day, from 1.
    pub(super) fn on_day(&self, day: usize, measure: usize, bytes: &mut Vec<u8>, shelf: &mut Shelf, values: &mut Vec<f32>) {
        // After the last day all stays as it is, and what falls on a day is nothing.
        if self.days == 0 || day > self.days && measure == Daily::FLOW {
            values.resize(values.len() + self.records, 0.0);
            return;
        }
        let row = (day.min(self.days) - 1) * MEASURES_OF_DAY + measure;
        shelf.get(self.at[5] + (row * self.records * 4) as u64, self.records * 4, bytes);
        values.extend(bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
    }
}

/// A block that is being read, and one of its records at a time.
#[derive(Default)]
pub(super) struct Reading {
    /// Bytes of each part; empty where it was not wanted.
    parts: [Vec<u8>; 6],
    records: usize,
    columns: usize,
    /// The resource of which the uses were read, where only those of one were.
    resource: usize,
    /// Records whose attribution and left were passed, and where in these parts that was.
    passed: (usize, usize, usize),
    wanted: Option<Parts>,
    words: Vec<&'static str>,
    record: Option<ReplicationRecord>,
}

impl Reading {
    /// Reads these parts of a block.
    pub(super) fn load(&mut self, block: &Block, parts: Parts, shelf: &mut Shelf) {
        let wanted = [
            true,
            parts.has(Parts::VALUES),
            parts.has(Parts::ATTRIBUTION),
            parts.has(Parts::RESOURCES),
            parts.has(Parts::LEFT),
            parts.has(Parts::DAYS),
        ];
        for (part, bytes) in self.parts.iter_mut().enumerate() {
            bytes.clear();
            if wanted[part] {
                shelf.get(block.at[part], (block.at[part + 1] - block.at[part]) as usize, bytes);
            }
        }
        if self.words.len() != shelf.words.len() {
            self.words.clone_from(&shelf.words);
        }
        (self.records, self.columns, self.passed, self.wanted) = (block.records, block.columns, (0, 0, 0), Some(parts));
    }

    /// Reads the uses of one resource.
    pub(super) fn load_use(&mut self, block: &Block, resource: usize, shelf: &mut Shelf) {
        self.load(block, Parts::NONE, shelf);
        self.resource = resource;
        if resource < block.resources {
            let length = block.records * 8 * USED;
            shelf.get(block.at[3] + (resource * length) as u64, length, &mut self.parts[3]);
        }
    }

    /// The use of that resource in the record at a position.
    pub(super) fn used(&mut self, n: usize) -> Option<(&ReplicationRecord, ResourceUse)> {
        let recorded = word(self.head(n), 13) as usize;
        let used = use_of(self.parts[3].get(n * 8 * USED..)?.get(..8 * USED).filter(|_| self.resource < recorded)?);
        Some((self.record(n), used))
    }

    fn head(&self, n: usize) -> &[u8] {
        &self.parts[0][n * HEAD..][..HEAD]
    }

    /// Number of the record at a position.
    pub(super) fn number(&self, n: usize) -> u32 {
        word(self.head(n), 0)
    }

    /// The record at a position, with the parts that were read.
    pub(super) fn record(&mut self, n: usize) -> &ReplicationRecord {
        let wanted = self.wanted.unwrap_or(Parts::NONE);
        // Attribution and left have no fixed length; whoever goes through them in order passes each once.
        if n < self.passed.0 {
            self.passed = (0, 0, 0);
        }
        while self.passed.0 < n {
            let (spent, left) = self.lengths(self.passed.0);
            self.passed = (self.passed.0 + 1, self.passed.1 + spent, self.passed.2 + left);
        }
        let mut record = self.record.take().unwrap_or_else(empty);
        let head = self.head(n);
        record.replication = word(head, 0);
        record.outcome = Outcome::ALL.get(usize::from(head[4])).copied().unwrap_or_default();
        let [days, spent, used, left] = [5, 9, 13, 17].map(|at| word(head, at) as usize);
        let at = |part: usize, size: usize, row: usize| &self.parts[part][(row * self.records + n) * size..][..size];
        record.values.clear();
        if wanted.has(Parts::VALUES) {
            record.values.extend((0..self.columns).map(|column| double(at(1, 8, column), 0)));
        }
        record.attribution.clear();
        if wanted.has(Parts::ATTRIBUTION) {
            let parts = self.parts[2][self.passed.1..].as_chunks::<SPENT>().0.iter().take(spent);
            let name = |bytes: &[u8]| self.words.get(usize::from(u16::from_le_bytes([bytes[0], bytes[1]]))).copied().unwrap_or_default();
            record.attribution.extend(parts.map(|bytes| AttributionPart {
                cause: name(bytes),
                via: name(&bytes[2..]),
                ticks: u64::from_le_bytes(eight(&bytes[4..])),
            }));
        }
        record.resources.clear();
        if wanted.has(Parts::RESOURCES) {
            record.resources.extend((0..used).map(|resource| use_of(at(3, 8 * USED, resource))));
        }
        record.left.clear();
        if wanted.has(Parts::LEFT) {
            let mut rest = &self.parts[4][self.passed.2..];
            for _ in 0..left {
                let (people, texts) = rest.split_at(4);
                let (place, texts) = text(texts);
                let (waits_for, texts) = text(texts);
                record.left.push(Waiting { people: word(people, 0), place, waits_for });
                rest = texts;
            }
        }
        record.daily.days.clear();
        if wanted.has(Parts::DAYS) {
            let row = |day: usize| std::array::from_fn(|measure| f32::from_le_bytes(four(at(5, 4, day * MEASURES_OF_DAY + measure))));
            record.daily.days.extend((0..days).map(row));
        }
        self.record.insert(record)
    }

    /// Bytes of attribution and left of the record at a position, the next that was not passed.
    fn lengths(&self, n: usize) -> (usize, usize) {
        let head = self.head(n);
        let texts = &self.parts[4];
        let mut left = 0;
        if !texts.is_empty() {
            for _ in 0..word(head, 17) {
                // A number of people and two texts.
                left += 4;
                for _ in 0..2 {
                    left += 4 + word(&texts[self.passed.2 + left..], 0) as usize;
                }
            }
        }
        (word(head, 9) as usize * SPENT, left)
    }
}

fn empty() -> ReplicationRecord {
    ReplicationRecord {
        replication: 0,
        outcome: Outcome::default(),
        left: Vec::new(),
        values: Vec::new(),
        daily: Daily::default(),
        attribution: Vec::new(),
        resources: Vec::new(),
        events: 0,
        draws: 0,
    }
}

/// A text with its length before it, and what follows.
fn text(bytes: &[u8]) -> (String, &[u8]) {
    let (length, rest) = bytes.split_at(4);
    let (text, rest) = rest.split_at(word(length, 0) as usize);
    (String::from_utf8_lossy(text).into_owned(), rest)
}

fn use_of(bytes: &[u8]) -> ResourceUse {
    ResourceUse {
        available_h: double(bytes, 0),
        busy_h: double(bytes, 1),
        held_waiting_h: double(bytes, 2),
        idle_h: double(bytes, 3),
        binding_share: double(bytes, 4),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(four(&bytes[at..]))
}

fn double(bytes: &[u8], nth: usize) -> f64 {
    f64::from_le_bytes(eight(&bytes[8 * nth..]))
}

fn four(bytes: &[u8]) -> [u8; 4] {
    [bytes[0], bytes[1], bytes[2], bytes[3]]
}

fn eight(bytes: &[u8]) -> [u8; 8] {
    std::array::from_fn(|at| bytes[at])
}
