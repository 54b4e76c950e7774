//! The calendar: timed events in order of time, [`Order`](super::Order) and scheduling.
//!
//! A 4-ary heap of one-word keys with a one-entry *hot slot* in front: the usual "take the first event, schedule one
//! more, take the first event" then costs one sift instead of two. Withdrawn events stay in the heap and are thrown
//! away when they come up, without moving the clock; when they are the majority, the heap is rebuilt without them.

use std::collections::BTreeSet;

use super::order::Order;

/// A scheduled event in one word: time (48 bits), order (28), sequence (32), process slot (20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

const SLOT_BITS: u32 = 20;
const SEQUENCE_BITS: u32 = 32;
const TIME_BITS: u32 = 128 - Order::BITS - SEQUENCE_BITS - SLOT_BITS;

/// Process slots that a key can name.
pub(super) const MAX_SLOTS: usize = 1 << SLOT_BITS;

impl Key {
    /// Sorts after every event.
    const NONE: Self = Self(u128::MAX);

    #[inline]
    fn new(time: u64, order: u32, sequence: u32, slot: u32) -> Self {
        assert!(time < 1 << TIME_BITS, "an event lies more than 2^48 ticks (8.9 years) after the start");
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

/// Pending events, first one first.
pub(super) struct Calendar {
    heap: Vec<Key>,
    hot: Key,
    sequence: u32,
    withdrawn: BTreeSet<u32>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { heap: Vec::new(), hot: Key::NONE, sequence: 0, withdrawn: BTreeSet::new() }
    }
}

impl Calendar {
    /// Forgets all events and numbers anew; keeps the buffer.
    pub(super) fn reset(&mut self) {
        self.heap.clear();
        self.hot = Key::NONE;
        self.sequence = 0;
        self.withdrawn.clear();
    }

    /// Schedules an event and returns its sequence number, which is never 0.
    #[inline]
    pub(super) fn schedule(&mut self, time: u64, order: u32, slot: u32) -> u32 {
        self.sequence = self.sequence.checked_add(1).expect("fewer than 2^32 timed events in a replication");
        self.insert(Key::new(time, order, self.sequence, slot));
        self.sequence
    }

    /// Marks a pending event as never to happen.
    pub(super) fn withdraw(&mut self, sequence: u32) {
        if self.heap.is_empty() && self.hot == Key::NONE {
            // The simulation is being finished.
            return;
        }
        self.withdrawn.insert(sequence);
        if self.withdrawn.len() > 64 && 2 * self.withdrawn.len() > self.heap.len() {
            self.rebuild();
        }
    }

    /// Removes and returns the first event, unless it lies after `horizon`.
    #[inline]
    pub(super) fn next(&mut self, horizon: u64) -> Next {
        loop {
            let top = self.heap.first().copied().unwrap_or(Key::NONE);
            let first = if self.hot < top {
                if self.hot.time() > horizon {
                    return self.beyond();
                }
                std::mem::replace(&mut self.hot, Key::NONE)
            } else {
                // `NONE` lies beyond every horizon but the last, which no event reaches.
                if top.time() > horizon || top == Key::NONE {
                    return self.beyond();
                }
                let refill = std::mem::replace(&mut self.hot, Key::NONE);
                self.replace_top(refill);
                top
            };
            if self.withdrawn.is_empty() || !self.withdrawn.remove(&first.sequence()) {
                return Next::Event(first);
            }
        }
    }

    /// What to say when no event is left up to the horizon.
    #[cold]
    fn beyond(&self) -> Next {
        let pending = self.heap.len() + usize::from(self.hot != Key::NONE);
        if pending == self.withdrawn.len() { Next::Empty } else { Next::BeyondHorizon }
    }

    #[inline]
    fn insert(&mut self, key: Key) {
        if self.hot == Key::NONE {
            self.hot = key;
            return;
        }
        let later = self.hot.max(key);
        self.hot = self.hot.min(key);
        self.heap.push(later);
        self.sift_up(later);
    }

    /// Removes the top of the heap; `refill` takes a place in it, or the last key where there is none.
    #[inline]
    fn replace_top(&mut self, refill: Key) {
        if refill != Key::NONE {
            self.sift_down(0, refill);
        } else if let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sift_down(0, last);
        }
    }

    /// Moves `key`, just pushed at the end, to its place.
    #[inline]
    fn sift_up(&mut self, key: Key) {
        let heap = self.heap.as_mut_slice();
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

    /// Puts `key` into the hole at `hole` or below it.
    #[inline]
    fn sift_down(&mut self, mut hole: usize, key: Key) {
        let heap = self.heap.as_mut_slice();
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

    /// Drops the withdrawn events and makes the rest a heap again.
    fn rebuild(&mut self) {
        let withdrawn = std::mem::take(&mut self.withdrawn);
        if withdrawn.contains(&self.hot.sequence()) {
            self.hot = Key::NONE;
        }
        self.heap.retain(|key| !withdrawn.contains(&key.sequence()));
        // A sorted list is a heap.
        self.heap.sort_unstable();
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
    fn withdrawn_events_never_come_up_also_after_a_rebuild() {
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
