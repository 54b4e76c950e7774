//! Addresses: bits of the generator, keys that differ, streams that do not touch.

use std::collections::BTreeSet;

use convoysim::random::{OCCURRENCES, Stream, StreamKey, philox2x64_10};
use proptest::prelude::*;
use rand::Rng;

use super::reference::{word, words};
use crate::stats::fixture::case;

fn key() -> StreamKey {
    StreamKey::new(1, "lane time", "crossing", "border")
}

fn first_bits(mut stream: Stream, count: usize) -> Vec<u64> {
    (0..count).map(|_| stream.bits()).collect()
}

#[test]
fn philox_has_the_bits_of_its_authors() {
    let case = case("rng_vectors", "philox2x64-10");
    for (input, expected) in case["inputs"].as_array().expect("a list").iter().zip(case["expected"].as_array().expect("a list")) {
        assert_eq!(philox2x64_10(words(&input["ctr"]), word(&input["key"][0])), words(expected));
    }
}

#[test]
fn the_address_fills_the_counter() {
    let (replication, number, occurrence) = (7, 3, 5);
    let high = 7 << 32 | 3;
    let blocks: Vec<u64> = (0..3).flat_map(|block| philox2x64_10([5 << 24 | block, high], key().bits())).collect();
    assert_eq!(first_bits(key().stream(replication, number, occurrence), 6), blocks);
}

#[test]
fn the_key_of_an_address_does_not_drift() {
    assert_eq!(
        key().bits(),
        17_369_641_568_197_137_850,
        "the hash of addresses has changed: every result of every scenario changes with it. If that is meant, renew \
         this number, say so in the changelog, and renew all golden runs"
    );
}

#[test]
fn uniforms_are_the_known_ones() {
    let case = case("rng_vectors", "u64-to-f64");
    let [half_open, open] = ["half_open_0_1", "open_0_1"].map(|rule| &case["expected"][rule]);
    // The rules as they stand in the fixture; that a stream follows them is the second half of the test.
    let low = |bits: u64| (bits >> 11) as f64 / (1_u64 << 53) as f64;
    let middle = |bits: u64| ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
    for (i, input) in case["inputs"].as_array().expect("a list").iter().enumerate() {
        assert_eq!(low(word(input)).to_bits(), word(&half_open[i]["bits"]), "half open {input}");
        assert_eq!(middle(word(input)).to_bits(), word(&open[i]["bits"]), "open {input}");
    }
    for occurrence in 0..1000 {
        let stream = || key().stream(0, 0, occurrence);
        let bits = stream().bits();
        assert_eq!(stream().uniform(), low(bits));
        assert_eq!(stream().uniform_open(), middle(bits));
        assert_eq!(stream().next_u64(), bits);
        assert_eq!(u64::from(stream().next_u32()), bits >> 32);
    }
}

#[test]
fn bytes_are_the_words_in_order() {
    let mut bytes = [0; 20];
    key().stream(0, 0, 0).fill_bytes(&mut bytes);
    let words: Vec<u8> = first_bits(key().stream(0, 0, 0), 3).into_iter().flat_map(u64::to_le_bytes).collect();
    assert_eq!(bytes, words[..20]);
}

#[test]
fn streams_do_not_depend_on_the_order_of_their_use() {
    let addresses: Vec<(u32, u32, u64)> = (0..4).flat_map(|r| (0..4).flat_map(move |n| (0..4).map(move |o| (r, n, o)))).collect();
    let one_by_one: Vec<Vec<u64>> = addresses.iter().map(|(r, n, o)| first_bits(key().stream(*r, *n, *o), 5)).collect();
    let mut streams: Vec<Stream> = addresses.iter().rev().map(|(r, n, o)| key().stream(*r, *n, *o)).collect();
    let mut interleaved = vec![Vec::new(); streams.len()];
    for _ in 0..5 {
        for (stream, seen) in streams.iter_mut().zip(&mut interleaved) {
            seen.push(stream.bits());
        }
    }
    interleaved.reverse();
    assert_eq!(one_by_one, interleaved);
}

#[test]
fn neighbouring_addresses_share_no_word() {
    let mut seen = BTreeSet::new();
    for purpose in ["leg time", "lane time"] {
        for entity in ["a", "b"] {
            let key = StreamKey::new(1, purpose, "crossing", entity);
            for (replication, number) in [(0, 0), (0, 1), (1, 0), (1, 1), (u32::MAX, 0), (0, u32::MAX)] {
                for occurrence in [0, 1, 2, OCCURRENCES - 1] {
                    seen.extend(first_bits(key.stream(replication, number, occurrence), 8));
                }
            }
        }
    }
    assert_eq!(seen.len(), 2 * 2 * 6 * 4 * 8);
}

#[test]
fn uniforms_across_addresses_are_uncorrelated() {
    // First uniforms of neighbouring addresses, along each part of the address: the lag-1 correlation of n independent
    // values has a standard error of 1/√n.
    let along: [fn(u32) -> Stream; 4] = [
        |i| key().stream(i, 0, 0),
        |i| key().stream(0, i, 0),
        |i| key().stream(0, 0, u64::from(i)),
        |i| StreamKey::new(u64::from(i), "leg time", "leg", "road").stream(0, 0, 0),
    ];
    for (part, stream) in along.into_iter().enumerate() {
        let n = 100_000;
        let values: Vec<f64> = (0..n).map(|i| stream(i).uniform() - 0.5).collect();
        let correlation = values.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() * 12.0 / f64::from(n);
        assert!(correlation.abs() < 4.0 / f64::from(n).sqrt(), "part {part}: correlation {correlation}");
    }
}

#[test]
fn failures_before_a_success_are_as_many_as_trials_one_by_one_would_have() {
    let waits = |chance: f64| (0..40_000).map(move |i| key().stream(5, 0, i).failures_before_success(chance));
    for chance in [0.005, 0.02, 0.3, 0.9] {
        // At least n failures have the probability (1 - chance)ⁿ.
        for n in [1_u32, 2, 10, 100] {
            let (found, p) = (waits(chance).filter(|wait| *wait >= n).count() as f64 / 40_000.0, libm::pow(1.0 - chance, f64::from(n)));
            let error = (p * (1.0 - p) / 40_000.0).sqrt();
            assert!((found - p).abs() <= 4.0 * error + 1e-4, "chance {chance}, at least {n}: {found} instead of {p}");
        }
    }
    assert!(waits(0.0).all(|wait| wait == u32::MAX) && waits(1.0).all(|wait| wait == 0));
}

#[test]
#[should_panic(expected = "does not fit into 40 bits")]
fn an_occurrence_beyond_the_address_is_our_mistake() {
    let _ = key().stream(0, 0, OCCURRENCES);
}

#[test]
#[should_panic(expected = "all 2^25 words")]
fn a_stream_ends_rather_than_run_into_the_next() {
    let mut stream = key().stream(0, 0, 0);
    loop {
        stream.bits();
    }
}

proptest! {
    #[test]
    fn a_greater_chance_is_never_a_longer_wait(occurrence in 0_u64..1_000_000, chance in 0.0..=1.0, other in 0.0..=1.0) {
        let wait = |chance| key().stream(3, 1, occurrence).failures_before_success(chance);
        prop_assert_eq!(wait(f64::max(chance, other)), wait(chance).min(wait(other)));
    }

    #[test]
    fn keys_of_different_names_differ(
        a in (0_u64..3, "[ab:]{0,3}", "[ab:]{0,3}", "[ab:]{0,3}"),
        b in (0_u64..3, "[ab:]{0,3}", "[ab:]{0,3}", "[ab:]{0,3}"),
    ) {
        let key = |(seed, purpose, table, entity): &(u64, String, String, String)| {
            StreamKey::new(*seed, purpose, table, entity)
        };
        prop_assert_eq!(a == b, key(&a) == key(&b));
    }
}
