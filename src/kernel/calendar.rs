//! The calendar: timed events in order of time, [`Order`](super::Order) and scheduling.
//!
//! The next events stand in a short sorted list, the others in a 4-ary heap behind it. A replication rarely has more
//! pending events than the list takes: then to take one is a pop and to schedule one is a short loop, together cheaper than
//! a heap (docs/performance.md). A withdrawn event leaves the list at once; in the heap it stays where it is and is thrown
//! away when it comes to the top; when such events are the majority there, all are removed.

use std::collections::BTreeSet;

use super::order::Order;

/// A scheduled event in one word: time (48 bits), order (28), sequence (32), process slot (20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

const SLOT_BITS: u32 = 20;
const SEQUENCE_BITS: u32 = 32;
const TIME_BITS: u32 = 128 - Order::BITS - SEQUENCE_BITS - SLOT_BITS;

/// The last instant that a key can name, 8.9 years after the start.
pub(super) const LAST_TICK: u64 = (1 << TIME_BITS) - 1;

/// Process slots that a key can name.
pub(super) const MAX_SLOTS: usize = 1 << SLOT_BITS;

impl Key {
    #[inline]
    fn new(time: u64, order: u32, sequence: u32, slot: u32) -> Self {
        // Later instants are all this last one, which lies far behind every horizon.
        let time = time.min(LAST_TICK);
        // The low word is put together in 64 bits; only the time and the upper part of the order cross into the high word.
        let low = u64::from(order) << (SEQUENCE_BITS + SLOT_BITS) | u64::from(sequence) << SLOT_BITS | u64::from(slot);
        let high = time << (64 - TIME_BITS) | u64::from(order) >> (64 - SEQUENCE_BITS - SLOT_BITS);
        Self(u128::from(high) << 64 | u128::from(low))
    }

    #[inline]
    pub(super) fn time(self) -> u64 {
        (self.0 >> (128 - TIME_BITS)) as u64
    }

    #[inline]
    pub(super) fn sequence(self) -> u32 {
        (self.0 >> SLOT_BITS) as u32
    }

    #[inline]
    pub(super) fn slot(self) -> u32 {
        self.0 as u32 & ((1 << SLOT_BITS) - 1)
    }
}

/// What the calendar has next.
pub(super) enum Next {
    /// This event, now removed.
    Event(Key),
    /// Nothing up to the horizon, but something after it.
    BeyondHorizon,
    /// Nothing at all.
    Empty,
}

/// The most events in the sorted list. Beyond it, moving memory costs more than a heap does.
const NEAR: usize = 64;

/// Pending events.
#[derive(Default)]
pub(super) struct Calendar {
    /// The next events, last one first; all of them before all of `far`.
    near: Vec<Key>,
    /// The others, as a heap.
    far: Vec<Key>,
    sequence: u32,
    /// Sequence numbers of events in `far` that will never happen.
    withdrawn: BTreeSet<u32>,
}

impl Calendar {
    /// Forgets all events and numbers anew; keeps the buffers.
    pub(super) fn reset(&mut self) {
        self.near.clear();
        self.far.clear();
        self.sequence = 0;
        self.withdrawn.clear();
    }

    /// Schedules an event and returns its sequence number, which is never 0.
    #[inline(always)]
    pub(super) fn schedule(&mut self, time: u64, order: u32, slot: u32) -> u32 {
        let sequence = self.reserve();
        self.insert(Key::new(time, order, sequence, slot));
        sequence
    }

    /// A sequence number for an event to be scheduled later.
    #[inline]
    pub(super) fn reserve(&mut self) -> u32 {
        self.sequence = self.sequence.checked_add(1).expect("fewer than 2^32 timed events in a replication");
        self.sequence
    }

    /// Schedules an event under a reserved sequence number.
    #[inline]
    pub(super) fn schedule_reserved(&mut self, time: u64, order: u32, sequence: u32, slot: u32) {
        self.insert(Key::new(time, order, sequence, slot));
    }

    /// Takes back a pending event: it will never happen.
    pub(super) fn withdraw(&mut self, sequence: u32) {
        if let Some(at) = self.near.iter().rposition(|key| key.sequence() == sequence) {
            self.near.remove(at);
        } else if !self.far.is_empty() {
            // An empty calendar means that the simulation is being finished.
            self.withdrawn.insert(sequence);
            if self.withdrawn.len() > 64 && 2 * self.withdrawn.len() > self.far.len() {
                self.remove_withdrawn();
            }
        }
    }

    /// Removes and returns the first event, unless it lies after `horizon`.
    #[inline]
    pub(super) fn next(&mut self, horizon: u64) -> Next {
        if self.near.is_empty() && !self.far.is_empty() {
            self.refill();
        }
        match self.near.last() {
            None => Next::Empty,
            Some(first) if first.time() > horizon => Next::BeyondHorizon,
            Some(&first) => {
                self.near.pop();
                Next::Event(first)
            }
        }
    }

    #[inline(always)]
    fn insert(&mut self, key: Key) {
        if self.near.len() == NEAR && !self.belongs_to_far(key) {
            self.spill();
        }
        if self.belongs_to_far(key) {
            self.push(key);
            return;
        }
        // A loop, because few keys move: cheaper than a binary search and a call of `memmove`.
        let last = self.near.len();
        self.near.push(key);
        let near = &mut self.near[..=last];
        let mut hole = last;
        for at in (0..last).rev() {
            if near[at] > key {
                break;
            }
            near[at + 1] = near[at];
            hole = at;
        }
        near[hole] = key;
    }

    /// Whether it comes after the first event of the heap.
    #[inline]
    fn belongs_to_far(&self, key: Key) -> bool {
        self.far.first().is_some_and(|&first| first < key)
    }

    /// Moves the later half of the sorted list to the heap.
    #[cold]
    fn spill(&mut self) {
        for at in 0..NEAR / 2 {
            self.push(self.near[at]);
        }
        self.near.drain(..NEAR / 2);
    }

    /// Fills half of the sorted list from the heap.
    #[cold]
    fn refill(&mut self) {
        while self.near.len() < NEAR / 2
            && let Some(first) = self.pop()
        {
            if !self.withdrawn.remove(&first.sequence()) {
                self.near.push(first);
            }
        }
        self.near.reverse();
    }

    /// Adds a key to the heap.
    fn push(&mut self, key: Key) {
        self.far.push(key);
        self.sift_up(key);
    }

    /// Removes the first key of the heap.
    fn pop(&mut self) -> Option<Key> {
        let last = self.far.pop()?;
        let Some(&first) = self.far.first() else { return Some(last) };
        self.sift_down(last);
        Some(first)
    }

    /// Moves `key`, just pushed at the end, to its place.
    fn sift_up(&mut self, key: Key) {
        let heap = self.far.as_mut_slice();
        let mut hole = heap.len() - 1;
        while hole > 0 {
            let parent = (hole - 1) / 4;
            if heap[parent] <= key {
                break;
            }
            heap[hole] = heap[parent];
            hole = parent;
        }
        heap[hole] = key;
    }

    /// Puts `key` at the top, which is free, or below it.
    fn sift_down(&mut self, key: Key) {
        let heap = self.far.as_mut_slice();
        let mut hole = 0;
        loop {
            let first = 4 * hole + 1;
            let (least, at) = match heap.get(first..) {
                Some(&[a, b, c, d, ..]) => {
                    let (left, at_left) = if b < a { (b, first + 1) } else { (a, first) };
                    let (right, at_right) = if d < c { (d, first + 3) } else { (c, first + 2) };
                    if right < left { (right, at_right) } else { (left, at_left) }
                }
                Some(&[a, ref rest @ ..]) => rest.iter().zip(first + 1..).fold((a, first), |least, (&key, at)| least.min((key, at))),
                Some([]) | None => break,
            };
            if key < least {
                break;
            }
            heap[hole] = least;
            hole = at;
        }
        heap[hole] = key;
    }

    /// Removes the withdrawn events from the heap.
    fn remove_withdrawn(&mut self) {
        let withdrawn = std::mem::take(&mut self.withdrawn);
        self.far.retain(|key| !withdrawn.contains(&key.sequence()));
        // A sorted list is a heap.
        self.far.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::{Calendar, Key, Next};

    fn drain(calendar: &mut Calendar) -> Vec<(u64, u32)> {
        std::iter::from_fn(|| match calendar.next(u64::MAX) {
            Next::Event(key) => Some((key.time(), key.slot())),
            Next::BeyondHorizon | Next::Empty => None,
        })
        .collect()
    }

    #[test]
    fn a_key_gives_back_what_went_in_and_sorts_by_time_order_sequence() {
        let key = Key::new(1 << 47, (1 << 28) - 1, u32::MAX, (1 << 20) - 1);
        assert_eq!((key.time(), key.sequence(), key.slot()), (1 << 47, u32::MAX, (1 << 20) - 1));
        assert!(Key::new(1, 9, 9, 9) < Key::new(2, 0, 0, 0));
        assert!(Key::new(1, 1 << 20, 9, 9) < Key::new(1, (1 << 20) + 1, 0, 0));
        assert!(Key::new(1, 1, 1, 9) < Key::new(1, 1, 2, 0));
    }

    #[test]
    fn events_come_out_sorted_whatever_the_order_of_scheduling() {
        let mut calendar = Calendar::default();
        let mut expected: Vec<(u64, u32)> = (0..1000).map(|i| (u64::from(i * 7919 % 1009), i)).collect();
        for &(time, slot) in &expected {
            calendar.schedule(time, 0, slot);
        }
        expected.sort_by_key(|&(time, _)| time);
        assert_eq!(drain(&mut calendar), expected);
    }

    #[test]
    fn events_scheduled_while_others_are_taken_come_out_in_order_from_list_and_heap() {
        let (mut calendar, mut pending) = (Calendar::default(), std::collections::BTreeSet::new());
        let (mut now, mut state) = (0, 1_u64);
        for step in 0..20_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Grows to some hundreds, then shrinks to nothing, again and again.
            let grows = step % 2_000 < 1_000;
            if pending.is_empty() || (state >> 40) % 4 < if grows { 3 } else { 1 } {
                let time = now + (state >> 50) % 500;
                pending.insert((time, calendar.schedule(time, 0, 0)));
            } else if let Next::Event(key) = calendar.next(u64::MAX) {
                now = key.time();
                assert_eq!(pending.pop_first(), Some((now, key.sequence())));
            }
        }
        assert_eq!(drain(&mut calendar).len(), pending.len());
    }

    #[test]
    fn withdrawn_events_never_come_up_also_after_a_clearance() {
        let mut calendar = Calendar::default();
        let sequences: Vec<u32> = (0..400).map(|i| calendar.schedule(u64::from(i * 31 % 401), 0, i)).collect();
        for (i, &sequence) in sequences.iter().enumerate() {
            if i % 3 != 0 {
                calendar.withdraw(sequence);
            }
        }
        let kept = drain(&mut calendar);
        assert_eq!(kept.len(), 134);
        assert!(kept.is_sorted() && kept.iter().all(|&(_, slot)| slot % 3 == 0));
    }
}
