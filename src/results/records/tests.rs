//! Records that were laid aside are the same as those in memory, whoever asks for what.

use super::super::{Outcome, RunTable, Waiting, sample};
use super::*;
use std::io::Cursor;

/// Room for a few records in memory, and for the rest in another piece of memory.
fn room(most: usize) -> Room {
    Room::new(most, || Ok(Box::new(Cursor::new(Vec::new()))))
}

/// Records of 137 replications, some with gaps before them, some with people left, days or parts of their own.
fn records() -> impl Iterator<Item = ReplicationRecord> {
    (0..137).filter(|r| r % 11 != 3).map(|r| {
        let mut record = sample::record(r, r % 7 == 0);
        record.daily.days.truncate(if r % 5 == 0 { 0 } else { r as usize });
        record.attribution.truncate(r as usize % 3);
        let group = |people| Waiting { people, place: format!("at “überall” {r}"), waits_for: "beds; or buses".into() };
        record.left.extend((0..r % 4).map(group));
        record.left.iter_mut().for_each(Waiting::make_readable);
        record.outcome = Outcome::ALL[r as usize % 3];
        record.resources.truncate(usize::from(r % 13 != 5));
        (record.events, record.draws) = (0, 0);
        record
    })
}

fn held_and_laid_aside(most: usize) -> (Records, Records) {
    let mut laid_aside = Records::within(room(most));
    records().for_each(|record| laid_aside.push(record));
    assert!(!laid_aside.blocks.is_empty() && laid_aside.held.len() < most.max(1), "most are laid aside");
    (records().collect(), laid_aside)
}

/// With NaN equal to itself.
fn shown(what: &impl fmt::Debug) -> String {
    format!("{what:?}")
}

#[test]
fn every_part_of_every_record_comes_back_to_the_last_bit() {
    for most in [1, 7, 50, 100] {
        let (held, laid_aside) = held_and_laid_aside(most);
        assert_eq!(laid_aside.len(), held.len());
        let all = |records: &Records| {
            let mut all = Vec::new();
            records.each(Parts::ALL, |record| all.push(record.clone()));
            shown(&all)
        };
        assert_eq!(all(&laid_aside), all(&held), "{most} in memory");
        assert_eq!(laid_aside.numbers(), held.numbers());
        assert_eq!(laid_aside.days(), held.days());
        for column in 0..sample::responses().len() {
            assert_eq!(shown(&laid_aside.column(column)), shown(&held.column(column)));
        }
        for day in [1, 2, 9, 40, 200] {
            for measure in 0..6 {
                assert_eq!(laid_aside.on_day(day, measure), held.on_day(day, measure), "measure {measure} on day {day}");
            }
        }
        let uses = |records: &Records| {
            let mut uses = Vec::new();
            records.each_use(0, |record, used| uses.push((record.replication, record.censored(), *used)));
            uses
        };
        assert_eq!(uses(&laid_aside), uses(&held));
        assert!(laid_aside.error().is_none());
    }
}

#[test]
fn only_the_parts_that_are_wanted_are_read() {
    let (held, laid_aside) = held_and_laid_aside(20);
    let (mut n, aside) = (0, laid_aside.laid_aside());
    laid_aside.each(Parts::LEFT, |record| {
        let same = held.record(record.replication).expect("it is there");
        assert_eq!((record.censored(), &record.left), (same.censored(), &same.left));
        let nothing =
            record.values.is_empty() && record.attribution.is_empty() && record.resources.is_empty() && record.daily.days.is_empty();
        // Those in memory have all parts.
        assert_eq!(nothing, n < aside);
        n += 1;
    });
    assert_eq!(n, held.len());
}

#[test]
fn a_record_is_found_by_its_number() {
    let (held, laid_aside) = held_and_laid_aside(20);
    for number in 0..150 {
        assert_eq!(shown(&laid_aside.record(number)), shown(&held.record(number)), "replication {number}");
    }
    assert!(laid_aside.record(3).is_none() && laid_aside.record(136).is_some());
}

#[test]
fn a_change_reaches_records_that_were_laid_aside_and_no_copy_of_them() {
    let (mut held, mut laid_aside) = held_and_laid_aside(20);
    let before = laid_aside.clone();
    let change = |record: &mut ReplicationRecord| {
        record.left.clear();
        record.values[1] = 7.0;
    };
    held.change(change);
    laid_aside.change(change);
    assert_eq!(shown(&laid_aside.column(1)), shown(&held.column(1)));
    let left = |records: &Records| records.iter().any(|record| !record.left.is_empty());
    assert!(left(&before) && !left(&laid_aside));
    let numbers = |records: &Records| shown(&records.iter().map(|record| (record.replication, record.outcome)).collect::<Vec<_>>());
    assert_eq!(numbers(&laid_aside), numbers(&held));
    assert_ne!(shown(&before), shown(&laid_aside));
}

#[test]
fn copies_that_grow_apart_do_not_meet() {
    let (_, mut one) = held_and_laid_aside(20);
    let mut other = one.clone();
    for n in 0..100 {
        one.push(sample::record(1_000 + n, false));
        other.push(sample::record(2_000 + n, true));
    }
    assert_eq!((one.numbers().last(), other.numbers().last()), (Some(&1_099), Some(&2_099)));
    assert!(one.record(1_050).is_some_and(|record| !record.censored()) && other.record(2_050).is_some_and(|record| record.censored()));
}

#[test]
fn the_days_of_a_table_are_the_same_wherever_its_records_are() {
    let (held, laid_aside) = held_and_laid_aside(10);
    let table = |records| RunTable { responses: sample::responses(), resources: sample::resources(), records, failures: Vec::new() };
    let (held, laid_aside) = (table(held), table(laid_aside));
    let days = |table: &RunTable| shown(&super::super::daily::quantiles(table).collect::<Vec<_>>());
    assert_eq!(days(&laid_aside), days(&held));
    assert_eq!(super::super::daily::paths(&laid_aside), super::super::daily::paths(&held));
}

#[test]
fn a_place_that_cannot_be_made_or_written_is_an_error_and_no_panic() {
    /// Room for so many bytes.
    struct Full(Cursor<Vec<u8>>, u64);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.position() + bytes.len() as u64 > self.1 { Err(io::ErrorKind::StorageFull.into()) } else { self.0.write(bytes) }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Read for Full {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            self.0.read(bytes)
        }
    }
    impl Seek for Full {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }
    let none = Room::new(20, || Err(io::Error::other("no place")));
    let full = Room::new(20, || Ok(Box::new(Full(Cursor::new(Vec::new()), 60_000))));
    for (room, why) in [(none, io::ErrorKind::Other), (full, io::ErrorKind::StorageFull)] {
        let mut kept = Records::within(room);
        records().for_each(|record| kept.push(record));
        assert_eq!(kept.error().map(|error| error.kind()), Some(why));
        // What is asked for all the same has the right shape.
        assert_eq!((kept.len(), kept.column(0).len(), kept.on_day(3, 2).len(), kept.iter().count()), (124, 124, 124, 124));
        kept.each_use(0, |_, _| {});
        let before = kept.clone();
        kept.change(|record| record.left.clear());
        assert!(kept.error().is_some() && before.error().is_some());
    }
}
