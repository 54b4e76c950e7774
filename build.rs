//! Hands the target triple to the crate, which names it in every manifest.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=CONVOYSIM_TARGET={}", std::env::var("TARGET").expect("cargo sets TARGET"));
}
