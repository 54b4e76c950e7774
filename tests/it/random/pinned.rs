//! The bits of the draws, pinned.

use convoysim::random::{Stream, StreamKey};
use sha2::{Digest, Sha256};

use super::distributions::families;
use crate::stats::fixture;

/// SHA-256 over the bits of 100,000 draws, each from the stream of its own occurrence.
fn hash(name: &str, draw: impl Fn(&mut Stream) -> u64) -> String {
    let key = StreamKey::new(1, "pinned draws", "distribution", name);
    let mut hasher = Sha256::new();
    for occurrence in 0..100_000 {
        hasher.update(draw(&mut key.stream(1, 2, occurrence)).to_le_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_hundred_thousand_draws_of_each_family_have_the_same_bits_as_ever() {
    let mut found = vec![("bits", hash("bits", Stream::bits))];
    for (name, distribution) in families() {
        found.push((name, hash(name, |stream| distribution.sample(stream).to_bits())));
    }
    for case in fixture::cases("distributions") {
        if let Some(distribution) = super::counts::of_case(&case) {
            let name = case["id"].as_str().expect("cases have names");
            found.push((name.to_owned().leak(), hash(name, |stream| distribution.sample(stream))));
        }
    }
    let list =
        |pairs: &[(&str, String)]| -> Vec<String> { pairs.iter().map(|(name, hash)| format!("    (\"{name}\", \"{hash}\"),")).collect() };
    let pinned = PINNED.map(|(name, hash)| (name, hash.to_owned()));
    assert!(
        found == pinned,
        "draws have changed, and with them every result that uses these families.\n\
         If no sampler was changed on purpose: some mathematics no longer comes from libm, libm itself has a new release \
         that rounds otherwise, or the platform's functions have slipped in; find it and undo it.\n\
         If it is meant: put the list below into PINNED, say \"Changed results\" in the changelog, and renew the golden \
         runs.\n{}",
        list(&found).join("\n")
    );
}

const PINNED: [(&str, &str); 21] = [
    ("bits", "4d9f1aa550ffdac9a358b0f42390e678b5798036f6b45a92c96135da6bccf8fc"),
    ("uniform", "c6b62af5e7633ddc8250f794d9138ac46ccb47a436b7605e84dc841e2ddb6009"),
    ("triangular", "6d3cc0743b70745cff509f8b1409ca4c1b522730b18f62779adfd90ebc66471d"),
    ("pert", "dfbdd95a47b34cb9d8afe58489f40cb6bf080ce80053ef671dae280068e5d200"),
    ("beta", "f6efc037c8f0b076f1f9043ca741b62c11ee817ba8ae1617b3a8dc5e1ff167cf"),
    ("lognormal", "8daf1f07a550b3023690693f888b5b8adc0372f7c5b8e1e494d4bc0638871011"),
    ("exponential", "2cd57f28e823b2f87eadca0d6d1a9dd28c0a1ab25e968d042565705f0b52a713"),
    ("gamma", "e3da02b08cfd985c05dc87492b39ccb2133285cc7475e0e96232d885c55aeeae"),
    ("small gamma", "88ddf3382b090239f2e4ba5155bee47287c49f75ffadab18c6293be42faf1f76"),
    ("erlang 2", "d2b2ac30cf900f3dfac85a606ead30314ccd55a224f476bc891c7facebe7441f"),
    ("erlang 4", "c5de6463e2addaafa4b872efecef5a8e7216b298b8a9370a7f9e57aaa9ad0736"),
    ("erlang 40", "e8d491d9209dcffb6a5ed0692199fc16f9694096902fa582ac335e704a99deff"),
    ("weibull", "0e7b012ac35d894382a2a93cf80465c92965978b977b821923739e36f9bc7105"),
    ("normal", "e5d0fdf6acfcab70a5468f547d08607b3bb99b6b6332f32e6bc4e6cb0f576cf8"),
    ("far normal", "e9c8a75878adf80dca1b1d2fe5f6244955286236405b84f448de2a9ba34dd4a3"),
    ("discrete", "e72b97d1cbad6a056f8ac23d224cd7314fa83780e669dde43aeb584bcd10fb79"),
    ("empirical", "abd0bb538db518b9866f8ebcafc6213561f4abd199d64a09c2509bb6f89f8256"),
    ("poisson", "fe757c7f97be7137536a7a17c10d2f265e2a0e08f587d7d473c259f5609ff45f"),
    ("binomial", "c7d520a6bda4c1af38e60850896e7fa9c04b9e284855e27bc527369d63203d5f"),
    ("neg-binomial", "aeb8038958bc458123b69dfd14f18c1448e6019476dfd979b4e9be0258fbfe4f"),
    ("geometric-from-1", "f553ff3c6842afb18da76870393ca7480f39ac48bdb9aa647ec9c6a383d312c9"),
];
