//! Other generators, written down briefly, against their known answers.
//!
//! The product draws from Philox2x64-10 alone. These are here because the fixture has them: that they come out right
//! says that the file, its reading and its conventions are sound, and gives a second opinion where one is wanted.

use serde_json::Value;

use crate::stats::fixture::{case, cases_like, close, number, numbers};

/// A hexadecimal word, with or without `0x`.
pub(super) fn word(value: &Value) -> u64 {
    let text = value.as_str().expect("words are text");
    u64::from_str_radix(text.trim_start_matches("0x"), 16).expect("words are hexadecimal")
}

/// A list of so many words.
pub(super) fn words<const N: usize>(value: &Value) -> [u64; N] {
    let list: Vec<u64> = value.as_array().expect("a list of words").iter().map(word).collect();
    list.try_into().expect("as many words as asked for")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Philox4x64 and, with `bits` 32, Philox4x32 (Salmon et al. 2011).
fn philox4([mut a, mut b, mut c, mut d]: [u64; 4], [mut k, mut l]: [u64; 2], bits: u32) -> [u64; 4] {
    let (multipliers, weyl) = match bits {
        32 => ([0xD251_1F53, 0xCD9E_8D57], [0x9E37_79B9, 0xBB67_AE85]),
        _ => ([0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157], [0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B]),
    };
    let mask = u64::MAX >> (64 - bits);
    let parts = |x: u64, m: u64| {
        let product = u128::from(x) * u128::from(m);
        ((product >> bits) as u64 & mask, product as u64 & mask)
    };
    for _ in 0..10 {
        let ((high_a, low_a), (high_c, low_c)) = (parts(a, multipliers[0]), parts(c, multipliers[1]));
        (a, b, c, d) = (high_c ^ b ^ k, low_c, high_a ^ d ^ l, low_a);
        (k, l) = (k.wrapping_add(weyl[0]) & mask, l.wrapping_add(weyl[1]) & mask);
    }
    [a, b, c, d]
}

#[test]
fn philox4x32_and_4x64() {
    for (name, bits) in [("philox4x32-10", 32), ("philox4x64-10", 64)] {
        let case = case("rng_vectors", name);
        for (input, expected) in list(&case["inputs"]).iter().zip(list(&case["expected"])) {
            assert_eq!(philox4(words(&input["ctr"]), words(&input["key"]), bits), words(expected), "{name}");
        }
    }
}

/// Threefry with 2 or 4 words and 20 rounds (Salmon et al. 2011).
fn threefry<const N: usize>(counter: [u64; N], key: [u64; N], rotations: [[u32; 2]; 8]) -> [u64; N] {
    let parity = key.iter().fold(0x1BD1_1BDA_A9FC_1A22, |parity, word| parity ^ word);
    let subkey = |i: usize| if i % (N + 1) == N { parity } else { key[i % (N + 1)] };
    let mut x = counter;
    let inject = |x: &mut [u64; N], round: usize| {
        for (i, word) in x.iter_mut().enumerate() {
            *word = word.wrapping_add(subkey(round + i));
        }
        x[N - 1] = x[N - 1].wrapping_add(round as u64);
    };
    inject(&mut x, 0);
    for round in 0..20 {
        // With four words, the partners change from round to round.
        for (pair, rotation) in rotations[round % 8].into_iter().enumerate().take(N / 2) {
            let (left, right) = match (N, round % 2) {
                (4, 1) => (2 * pair, 3 - 2 * pair),
                _ => (2 * pair, 2 * pair + 1),
            };
            x[left] = x[left].wrapping_add(x[right]);
            x[right] = x[right].rotate_left(rotation) ^ x[left];
        }
        if round % 4 == 3 {
            inject(&mut x, round / 4 + 1);
        }
    }
    x
}

#[test]
fn threefry2x64_and_4x64() {
    let two = [16, 42, 12, 31, 16, 32, 24, 21].map(|r| [r, 0]);
    let four = [[14, 16], [52, 57], [23, 40], [5, 37], [25, 33], [46, 12], [58, 22], [32, 32]];
    let case2 = case("rng_vectors", "threefry2x64-20");
    for (input, expected) in list(&case2["inputs"]).iter().zip(list(&case2["expected"])) {
        assert_eq!(threefry::<2>(words(&input["ctr"]), words(&input["key"]), two), words(expected));
    }
    let case4 = case("rng_vectors", "threefry4x64-20");
    for (input, expected) in list(&case4["inputs"]).iter().zip(list(&case4["expected"])) {
        assert_eq!(threefry::<4>(words(&input["ctr"]), words(&input["key"]), four), words(expected));
    }
}

/// The ChaCha block function (RFC 8439 §2.3) with any even number of rounds.
fn chacha(key: [u32; 8], last: [u32; 4], rounds: u32) -> Vec<u32> {
    let constants = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
    let start: Vec<u32> = constants.into_iter().chain(key).chain(last).collect();
    let mut x = start.clone();
    let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
        for (to, from, mix, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
            x[to] = x[to].wrapping_add(x[from]);
            x[mix] = (x[mix] ^ x[to]).rotate_left(by);
        }
    };
    for _ in 0..rounds / 2 {
        (0..4).for_each(|i| quarter(i, 4 + i, 8 + i, 12 + i));
        (0..4).for_each(|i| quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4));
    }
    x.iter().zip(&start).map(|(mixed, word)| mixed.wrapping_add(*word)).collect()
}

#[test]
fn chacha_8_12_and_20() {
    let u32s = |value: &Value| -> Vec<u32> { list(value).iter().map(|text| word(text) as u32).collect() };
    for rounds in [8, 12, 20] {
        let block = case("rng_vectors", &format!("chacha{rounds}-block"));
        let key = u32s(&block["inputs"]["key_words"]).try_into().expect("eight words");
        let last = u32s(&block["inputs"]["words_12_to_15"]).try_into().expect("four words");
        assert_eq!(chacha(key, last, rounds), u32s(&block["expected"]));
        let zero = case("rng_vectors", &format!("chacha{rounds}-zero-stream"));
        assert_eq!(chacha([0; 8], [0; 4], rounds), u32s(&zero["expected"]));
    }
    cases_like("rng_vectors", "chacha", 6);
}

fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[test]
fn splitmix64_from_three_seeds() {
    let case = case("rng_vectors", "splitmix64");
    for (seed, expected) in list(&case["inputs"]["seeds"]).iter().zip(list(&case["expected"])) {
        let mut state = seed.as_u64().expect("a whole number");
        assert_eq!([0; 5].map(|_| splitmix64(&mut state)), words(expected));
    }
}

/// One step of xoshiro256 (Blackman and Vigna 2021).
fn xoshiro_step(s: &mut [u64; 4]) {
    let t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = s[3].rotate_left(45);
}

fn xoshiro_plus_plus(s: &mut [u64; 4]) -> u64 {
    let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
    xoshiro_step(s);
    result
}

fn xoshiro_star_star(s: &mut [u64; 4]) -> u64 {
    let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
    xoshiro_step(s);
    result
}

fn xoshiro_jump(mut s: [u64; 4], polynomial: [u64; 4]) -> [u64; 4] {
    let mut jumped = [0; 4];
    for bit in polynomial.into_iter().flat_map(|word| (0..64).map(move |bit| word >> bit & 1)) {
        if bit == 1 {
            jumped.iter_mut().zip(s).for_each(|(word, state)| *word ^= state);
        }
        xoshiro_step(&mut s);
    }
    jumped
}

#[test]
fn xoshiro256_with_both_scramblers_jumps_and_seeding() {
    let start = [1, 2, 3, 4];
    let find = |name| case("rng_vectors", name);
    let mut state = start;
    assert_eq!([0; 10].map(|_| xoshiro_plus_plus(&mut state)), words(&find("xoshiro256++")["expected"]));
    let mut state = start;
    assert_eq!([0; 10].map(|_| xoshiro_star_star(&mut state)), words(&find("xoshiro256**")["expected"]));
    let expected = &find("xoshiro256++-jump")["expected"];
    let jump = [0x180e_c6d3_3cfd_0aba, 0xd5a6_1266_f0c9_392c, 0xa958_2618_e03f_c9aa, 0x39ab_dc45_29b1_661c];
    let long = [0x76e1_5d3e_fefd_cbbf, 0xc500_4e44_1c52_2fb3, 0x7771_0069_854e_e241, 0x3910_9bb0_2acb_e635];
    let mut state = xoshiro_jump(start, jump);
    assert_eq!(state, words(&expected["state_after_jump"]));
    assert_eq!([0; 3].map(|_| xoshiro_plus_plus(&mut state)), words(&expected["first_outputs_after_jump"]));
    assert_eq!(xoshiro_jump(start, long), words(&expected["state_after_long_jump"]));
    let case = find("seed_from_u64-splitmix-xoshiro256++");
    let mut seed = case["inputs"]["seed"].as_u64().or(case["inputs"]["u64_seed"].as_u64()).expect("a seed");
    let mut state = [0; 4].map(|_| splitmix64(&mut seed));
    assert_eq!([0; 5].map(|_| xoshiro_plus_plus(&mut state)), words(&case["expected"]));
}

type Matrix = [[u64; 3]; 3];
const M1: u64 = 4_294_967_087;
const M2: u64 = 4_294_944_443;
const A1: Matrix = [[0, 1, 0], [0, 0, 1], [M1 - 810_728, 1_403_580, 0]];
const A2: Matrix = [[0, 1, 0], [0, 0, 1], [M2 - 1_370_589, 0, 527_612]];

fn times(a: &Matrix, b: &[[u64; 3]], m: u64) -> Vec<[u64; 3]> {
    // `b` is a list of columns.
    b.iter().map(|column| [0, 1, 2].map(|row| (0..3).fold(0, |sum, i| (sum + a[row][i] * column[i] % m) % m))).collect()
}

/// The state 2^doublings steps on.
fn mrg_ahead(state: [u64; 6], doublings: u32) -> [u64; 6] {
    let half = |a: &Matrix, m: u64, part: &[u64]| {
        let mut power = *a;
        for _ in 0..doublings {
            let columns = [0, 1, 2].map(|c| [power[0][c], power[1][c], power[2][c]]);
            let square = times(&power, &columns, m);
            power = [0, 1, 2].map(|r| [square[0][r], square[1][r], square[2][r]]);
        }
        times(&power, &[[part[0], part[1], part[2]]], m)[0]
    };
    let (first, second) = (half(&A1, M1, &state[..3]), half(&A2, M2, &state[3..]));
    [first[0], first[1], first[2], second[0], second[1], second[2]]
}

/// The next number of MRG32k3a (L'Ecuyer 1999).
fn mrg(state: &mut [u64; 6]) -> f64 {
    *state = mrg_ahead(*state, 0);
    let difference = (state[2] + M1 - state[5] % M1) % M1;
    let whole = if difference == 0 { M1 } else { difference };
    whole as f64 * 2.328_306_549_295_728e-10
}

#[test]
fn mrg32k3a_its_streams_and_substreams() {
    let case = case("rng_vectors", "mrg32k3a");
    let expected = &case["expected"];
    let start = [12_345; 6];
    let mut state = start;
    for value in numbers(&expected["first_10"]) {
        close(mrg(&mut state), value, 1e-14, "MRG32k3a");
    }
    let as_floats = |state: [u64; 6]| state.map(|word| word as f64).to_vec();
    assert_eq!(as_floats(mrg_ahead(start, 127)), numbers(&expected["state_next_stream_2p127"]));
    let mut substream = mrg_ahead(start, 76);
    assert_eq!(as_floats(substream), numbers(&expected["state_next_substream_2p76"]));
    for value in numbers(&expected["first_3_of_next_substream"]) {
        close(mrg(&mut substream), value, 1e-14, "substream of MRG32k3a");
    }
}

/// A whole number below `bound` without bias (Lemire 2019).
fn lemire(bound: u64, mut next: impl FnMut() -> u64) -> u64 {
    loop {
        let product = u128::from(next()) * u128::from(bound);
        if product as u64 >= bound.wrapping_neg() % bound {
            return (product >> 64) as u64;
        }
    }
}

#[test]
fn lemire_bounded() {
    let case = case("rng_vectors", "lemire-bounded");
    let raw: [u64; 8] = words(&case["inputs"]["raw"]);
    for (bound, expected) in list(&case["inputs"]["bounds"]).iter().zip(list(&case["expected"])) {
        let bound = bound.as_u64().expect("a whole number");
        let mut source = raw.into_iter();
        let found: Vec<f64> = list(expected).iter().map(|_| lemire(bound, || source.next().expect("none is rejected")) as f64).collect();
        assert_eq!(found, numbers(expected), "below {bound}");
    }
}

#[test]
fn inverse_distribution_functions_at_given_uniforms() {
    use convoysim::random::Distribution;
    let case = case("rng_vectors", "inverse-cdf-from-uniforms");
    let expected = &case["expected"];
    let families = [
        ("exponential_mean_5", Distribution::exponential_with_mean(5.0)),
        ("triangular_2_3_7", Distribution::triangular(2.0, 3.0, 7.0)),
        ("weibull_shape_1_5_scale_4", Distribution::weibull_shape_scale(1.5, 4.0)),
    ];
    for (i, u) in numbers(&case["inputs"]["u"]).into_iter().enumerate() {
        for (name, family) in &families {
            let found = family.as_ref().expect("these parameters make sense").quantile(u);
            let value = number(&expected[name][i]);
            let ulps = found.to_bits().abs_diff(value.to_bits());
            assert!(ulps <= 2, "{name} at {u}: {found} is {ulps} ulp from {value}");
        }
        assert_eq!((u * 6.0).floor() + 1.0, number(&expected["uniform_int_1_6"][i]));
    }
}
