//! The records of a run: held in memory while they are few, laid aside block by block when they are many.
//!
//! Whoever uses records goes through them ([`Records::each`]), asks for one number of each ([`Records::column`]) or for one of them
//! ([`Records::record`]); all of these give the same, bit by bit, wherever the records are. What is asked for decides what is read: a
//! [`Block`](block::Block) keeps each part of its records in a place of its own.
//!
//! This layer opens no files. Somewhere to lay records aside is given from outside ([`Room`]); an error of it is remembered
//! ([`Records::error`]) and what could not be read counts as zeros, so nothing may be published before that was asked.

mod block;

use super::{ReplicationRecord, ResourceUse};
pub use block::Parts;
use block::{BLOCK, Block};
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Somewhere to lay records aside, such as a temporary file.
pub trait Spill: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Spill for T {}

/// Makes somewhere to lay records aside, when they become too many.
pub type NewSpill = dyn Fn() -> io::Result<Box<dyn Spill>> + Send + Sync;

/// How many records are held in memory, and where more of them go.
#[derive(Clone)]
pub struct Room {
    most: usize,
    spill: Arc<NewSpill>,
}

impl Room {
    /// Most records that are held in memory unless something else is wanted.
    pub const MOST: usize = 10_000;

    /// Holds at most so many records; `spill` makes a place for all of them once there are more.
    #[must_use]
    pub fn new(most: usize, spill: impl Fn() -> io::Result<Box<dyn Spill>> + Send + Sync + 'static) -> Self {
        Self { most, spill: Arc::new(spill) }
    }

    /// Records of a block.
    fn block(&self) -> usize {
        self.most.clamp(1, BLOCK)
    }
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").field("most", &self.most).finish_non_exhaustive()
    }
}

/// Records in the order of their numbers.
#[derive(Clone, Default)]
pub struct Records {
    /// Those behind the blocks: all of them while there are no blocks.
    held: Vec<ReplicationRecord>,
    blocks: Vec<Block>,
    shelf: Option<Arc<Mutex<Shelf>>>,
    room: Option<Room>,
}

/// Where blocks are.
struct Shelf {
    place: io::Result<Box<dyn Spill>>,
    /// Length of what was written.
    end: u64,
    /// Causes and what handed over, by the number that stands for them in blocks.
    words: Vec<&'static str>,
}

impl Records {
    /// No records yet; with room for so many as memory is to hold.
    #[must_use]
    pub fn within(room: Room) -> Self {
        Self { room: Some(room), ..Self::default() }
    }

    /// No records yet, with the same room.
    #[must_use]
    pub fn like(&self) -> Self {
        Self { room: self.room.clone(), ..Self::default() }
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.laid_aside() + self.held.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn laid_aside(&self) -> usize {
        self.blocks.iter().map(Block::len).sum()
    }

    /// Adds a record; its number is larger than those before it.
    pub fn push(&mut self, record: ReplicationRecord) {
        self.held.push(record);
        let most = match &self.room {
            None => return,
            Some(room) if self.shelf.is_some() => room.block() - 1,
            Some(room) => room.most,
        };
        if self.held.len() > most {
            self.lay_aside();
        }
    }

    /// Lays aside what is held, as whole blocks.
    fn lay_aside(&mut self) {
        if let (None, Some(room)) = (&self.shelf, &self.room) {
            let place = (room.spill)();
            self.shelf = Some(Arc::new(Mutex::new(Shelf { place, end: 0, words: Vec::new() })));
        }
        let Some(mut shelf) = self.shelf.as_deref().map(locked) else { return };
        let block = self.room.as_ref().map_or(BLOCK, Room::block);
        let whole = self.held.len() / block * block;
        for records in self.held[..whole].chunks(block) {
            self.blocks.push(Block::write(records, &mut shelf));
        }
        drop(shelf);
        self.held.drain(..whole);
        self.held.shrink_to(2 * BLOCK);
    }

    /// What went wrong where records are laid aside. Until this is asked, no figure may be relied on.
    #[must_use]
    pub fn error(&self) -> Option<io::Error> {
        let shelf = self.shelf.as_deref().map(locked)?;
        shelf.place.as_ref().err().map(|error| io::Error::new(error.kind(), error.to_string()))
    }

    /// Goes through all records. Of those that are laid aside only these parts are read, the others are empty; number and outcome are
    /// always there.
    pub fn each(&self, parts: Parts, mut take: impl FnMut(&ReplicationRecord)) {
        let gone: Result<(), Infallible> = self.try_each(parts, |record| {
            take(record);
            Ok(())
        });
        match gone {
            Ok(()) => {}
        }
    }

    /// As [`Records::each`], until something goes wrong.
    ///
    /// # Errors
    ///
    /// The first error of `take`.
    pub fn try_each<E>(&self, parts: Parts, mut take: impl FnMut(&ReplicationRecord) -> Result<(), E>) -> Result<(), E> {
        if let Some(shelf) = &self.shelf {
            let mut reading = block::Reading::default();
            for block in &self.blocks {
                // Others may read while this block is gone through.
                reading.load(block, parts, &mut locked(shelf));
                for n in 0..block.len() {
                    take(reading.record(n))?;
                }
            }
        }
        self.held.iter().try_for_each(take)
    }

    /// Goes through the uses of one resource by its position, with number and outcome of the replication, until something goes wrong.
    ///
    /// # Errors
    ///
    /// The first error of `take`.
    pub fn try_each_use<E>(
        &self,
        resource: usize,
        mut take: impl FnMut(&ReplicationRecord, &ResourceUse) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(shelf) = &self.shelf {
            let mut reading = block::Reading::default();
            for block in &self.blocks {
                reading.load_use(block, resource, &mut locked(shelf));
                for n in 0..block.len() {
                    if let Some((record, used)) = reading.used(n) {
                        take(record, &used)?;
                    }
                }
            }
        }
        self.held.iter().try_for_each(|record| record.resources.get(resource).map_or(Ok(()), |used| take(record, used)))
    }

    /// As [`Records::try_each_use`], for what cannot go wrong.
    pub fn each_use(&self, resource: usize, mut take: impl FnMut(&ReplicationRecord, &ResourceUse)) {
        let gone: Result<(), Infallible> = self.try_each_use(resource, |record, used| {
            take(record, used);
            Ok(())
        });
        match gone {
            Ok(()) => {}
        }
    }

    /// All records one by one, with all parts but their days. Where only some parts are needed, [`Records::each`] is faster.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, ReplicationRecord>> {
        let of_block = |block| {
            let mut reading = block::Reading::default();
            if let Some(shelf) = &self.shelf {
                reading.load(block, Parts::ALL_BUT_DAYS, &mut locked(shelf));
            }
            (0..block.len()).map(move |n| Cow::Owned(reading.record(n).clone()))
        };
        self.blocks.iter().flat_map(of_block).chain(self.held.iter().map(Cow::Borrowed))
    }

    /// The records that are in memory: all of them, where none was laid aside.
    pub fn held_mut(&mut self) -> &mut Vec<ReplicationRecord> {
        &mut self.held
    }

    /// Changes every record; those that were laid aside are laid aside again.
    pub fn change(&mut self, mut change: impl FnMut(&mut ReplicationRecord)) {
        if self.blocks.is_empty() {
            self.held.iter_mut().for_each(change);
            return;
        }
        let mut changed = self.like();
        self.each(Parts::ALL, |record| {
            let mut record = record.clone();
            change(&mut record);
            changed.push(record);
        });
        // What could not be read is wrong in the copy; and copies of the records before the change tell of what could not be written after it.
        for (from, to) in [(&*self, &changed), (&changed, &*self)] {
            if let (Some(error), Some(shelf)) = (from.error(), to.shelf.as_deref()) {
                locked(shelf).place = Err(error);
            }
        }
        *self = changed;
    }

    /// One value per record: that of a response by its position.
    #[must_use]
    pub fn column(&self, column: usize) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.len());
        if let Some(shelf) = &self.shelf {
            let mut bytes = Vec::new();
            self.blocks.iter().for_each(|block| block.column(column, &mut bytes, &mut locked(shelf), &mut values));
        }
        values.extend(self.held.iter().map(|record| record.values[column]));
        values
    }

    /// One value per record: a measure of [`Daily`](super::Daily) at the end of a local day, from 1; also after the last day of a record.
    #[must_use]
    pub fn on_day(&self, day: usize, measure: usize) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.len());
        if let Some(shelf) = &self.shelf {
            let mut bytes = Vec::new();
            self.blocks.iter().for_each(|block| block.on_day(day, measure, &mut bytes, &mut locked(shelf), &mut values));
        }
        values.extend(self.held.iter().map(|record| record.daily.on_day(day)[measure]));
        values
    }

    /// Days until the last record has ended.
    #[must_use]
    pub fn days(&self) -> usize {
        let held = self.held.iter().map(|record| record.daily.days.len());
        self.blocks.iter().map(Block::days).chain(held).max().unwrap_or(0)
    }

    /// The numbers of the records, in order.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(self.len());
        self.each(Parts::NONE, |record| numbers.push(record.replication));
        numbers
    }

    /// The record of a number, whole.
    #[must_use]
    pub fn record(&self, replication: u32) -> Option<Cow<'_, ReplicationRecord>> {
        if let Ok(at) = self.held.binary_search_by_key(&replication, |record| record.replication) {
            return Some(Cow::Borrowed(&self.held[at]));
        }
        let block = self.blocks[..self.blocks.partition_point(|block| block.first() <= replication)].last()?;
        let mut reading = block::Reading::default();
        reading.load(block, Parts::ALL, &mut locked(self.shelf.as_deref()?));
        let n = (0..block.len()).find(|n| reading.number(*n) == replication)?;
        Some(Cow::Owned(reading.record(n).clone()))
    }
}

fn locked(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// Adds bytes; where they begin.
    fn put(&mut self, bytes: &[u8]) -> u64 {
        let at = self.end;
        self.end += bytes.len() as u64;
        if let Ok(place) = &mut self.place
            && let Err(error) = place.seek(SeekFrom::Start(at)).and_then(|_| place.write_all(bytes))
        {
            self.place = Err(error);
        }
        at
    }

    /// So many bytes from there on; zeros where they cannot be read.
    fn get(&mut self, at: u64, length: usize, bytes: &mut Vec<u8>) {
        bytes.resize(length, 0);
        if let Ok(place) = &mut self.place
            && let Err(error) = place.seek(SeekFrom::Start(at)).and_then(|_| place.read_exact(bytes))
        {
            self.place = Err(error);
        }
        if self.place.is_err() {
            bytes.fill(0);
        }
    }

    /// The number that stands for a word.
    fn number_of(&mut self, word: &'static str) -> u16 {
        // Words are mostly the same text in the same place.
        let known =
            self.words.iter().position(|known| std::ptr::eq(*known, word)).or_else(|| self.words.iter().position(|known| *known == word));
        known.unwrap_or_else(|| {
            self.words.push(word);
            self.words.len() - 1
        }) as u16
    }
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl From<Vec<ReplicationRecord>> for Records {
    fn from(held: Vec<ReplicationRecord>) -> Self {
        Self { held, ..Self::default() }
    }
}

impl FromIterator<ReplicationRecord> for Records {
    fn from_iter<I: IntoIterator<Item = ReplicationRecord>>(records: I) -> Self {
        Vec::from_iter(records).into()
    }
}

#[cfg(test)]
mod tests;
